"""What stands behind a number: formula, legal basis, the query that was run and the dossiers it counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from metrics import wording
from ui.served import served
from warehouse.database import Database


class Recording:
    """A Database that answers like the one it wraps and keeps what it was asked."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.snapshot, self.as_of, self.simulated, self.engine = db.snapshot, db.as_of, db.simulated, db.engine
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def frame(self, sql: str, parameters: dict[str, Any] | None = None) -> pd.DataFrame:
        """Answer, and remember the question (the same text with other values counts once)."""
        if all(sql != text for text, _ in self.asked):
            self.asked.append((sql, dict(parameters or {})))
        return self._db.frame(sql, parameters)


def queries(function: Callable[..., Any], *arguments: Any, **named: Any) -> list[tuple[str, dict[str, Any]]]:
    """Every query that `function` puts to the published snapshot, with its bound values."""
    db = served()
    assert db is not None
    recording = Recording(db)
    function(recording, *arguments, **named)
    return recording.asked


def show_queries(function: Callable[..., Any], *arguments: Any, **named: Any) -> None:
    """The queries as text, the values bound to each below it."""
    for sql, values in queries(function, *arguments, **named):
        st.code(sql.strip(), language="sql", wrap_lines=True)
        if values:
            st.text("Giá trị: " + "; ".join(f"${name} = {_written(value)}" for name, value in values.items()))


def _written(value: Any) -> str:
    if isinstance(value, date):
        return wording.day(value)
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
