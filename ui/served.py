"""The published snapshot that all pages read, and the one way they ask it: each answer is computed once a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from metrics.period import Period
from metrics.scope import Scope
from ui.access import signed_in
from warehouse.database import Database
from warehouse.engines import on_a_server, open_served, served_name
from warehouse.location import served_root
from warehouse.snapshots import NoSnapshot, published_name

Answer = TypeVar("Answer")


def served() -> Database | None:
    """The snapshot that CURRENT names now; None before the first import."""
    root = served_root()
    try:
        return _opened(root, _name(root))
    except NoSnapshot:
        return None


def ask(function: Callable[..., Answer], *arguments: Any, **named: Any) -> Answer:
    """`function(db, *arguments, **named)` on the published snapshot, from the cache when it was asked before.

    What a user may see is part of the arguments (Scope.allowed_units), so that answers never pass from one user to another.
    """
    db = served()
    assert db is not None, "a page stops before it asks when nothing is published"
    scopes = [value for value in (*arguments, *named.values()) if hasattr(value, "allowed_units")]
    assert all(scope.allowed_units == signed_in().allowed_units for scope in scopes), "a question beyond the user's units"
    key = f"{function.__module__}.{function.__qualname__}"
    return _answer(str(served_root()), db.snapshot, key, arguments, named, lambda: function(db, *arguments, **named))


@st.cache_resource(max_entries=2, show_spinner="Đang mở bản dữ liệu…")
def _opened(root: Path, name: str | None) -> Database:
    """Old snapshots are dropped without closing: another session may still read them."""
    return open_served(root)


def _name(root: Path) -> str | None:
    """What is published now: on this machine a look at one small file, on a server a question that is not asked at every click."""
    return _name_on_a_server(root) if on_a_server() else published_name(root)


@st.cache_data(ttl="2m", show_spinner=False)
def _name_on_a_server(root: Path) -> str | None:
    return served_name(root)


# their words say all of a period and of a scope, and are made ten times faster than Streamlit's own fingerprint of a dataclass
@st.cache_data(max_entries=4000, ttl="15m", show_spinner="Đang tính…", hash_funcs={Period: repr, Scope: repr})
def _answer(root: str, snapshot: str, key: str, arguments: tuple[Any, ...], named: dict[str, Any], _compute: Callable[[], Any]) -> Any:
    """The time limit lets changed settings (targets, rules) show without a new snapshot."""
    return _compute()
