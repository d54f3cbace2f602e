"""The dossiers behind a number: a page at a time, all of them as a file."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from metrics import wording
from metrics.complaint_list import complaint_list, count_complaints
from metrics.dossiers import count_dossiers, dossiers
from metrics.period import Period
from metrics.scope import Scope
from ui.access import signed_in
from ui.data_table import data_table, downloads, labelled
from ui.served import ask, served

A_PAGE = 50
AT_MOST = 100_000
TELLING = ["complaint_code", "dossier_code", "overdue_days", "days_left", "due_on", "unit", "section", "procedure", "received_on", "days"]


def drill_down(period: Period, scope: Scope, which: str, *, key: str, title: str) -> None:
    """The dossiers of the set `which` (a key of metrics.dossier_sets.SETS), the longest overdue first."""
    officers = signed_in().may("officers")
    total = ask(count_dossiers, period, scope, which)
    listed(
        total,
        lambda limit, offset: ask(dossiers, period, scope, which, limit, offset, include_officers=officers),
        lambda: dossiers(_db(), period, scope, which, AT_MOST, 0, include_officers=officers),
        key=key,
        title=title,
        noun="hồ sơ",
    )


def complaint_drill_down(period: Period, scope: Scope, which: str, *, key: str, title: str) -> None:
    """The complaints of the set `which` (a key of metrics.complaints.COMPLAINT_SETS), the earliest due first."""
    listed(
        ask(count_complaints, period, scope, which),
        lambda limit, offset: ask(complaint_list, period, scope, which, limit, offset),
        lambda: complaint_list(_db(), period, scope, which, AT_MOST, 0),
        key=key,
        title=title,
        noun="phản ánh",
    )


def listed(
    total: int,
    page_of: Callable[[int, int], pd.DataFrame],
    all_of_them: Callable[[], pd.DataFrame],
    *,
    key: str,
    title: str,
    noun: str,
) -> None:
    """A list of `total` cases: `page_of(limit, offset)` gives the rows in sight, `all_of_them()` those of the file."""
    if not total:
        st.text(f"Không có {noun} nào.")
        return
    st.text(f"{title}: {wording.number(total)} {noun}")
    pages = math.ceil(total / A_PAGE)
    place = st.container()
    number = st.pagination(pages, key=f"{key}_page") if pages > 1 else 1
    with place:
        rows = page_of(A_PAGE, (number - 1) * A_PAGE)
        data_table(_telling_first(rows), key=key, title=title, files=pages == 1)
    if pages > 1:
        downloads(all_of_them, labelled(_telling_first(rows), {}), key=f"{key}_all", title=title)


def chosen_group(clicked: str | None, groups: list[str], *, key: str, label: str) -> str | None:
    """The bar that was clicked, or the name picked from the list: the list is there for keyboard and phone."""
    picked = st.selectbox(label, groups, index=None, placeholder="Chọn để xem danh sách", key=key)
    return picked or clicked


def _telling_first(rows: pd.DataFrame) -> pd.DataFrame:
    """What says most stands on the left, where a phone and a projector show it."""
    first = [name for name in TELLING if name in rows]
    return rows[[*first, *(name for name in rows if name not in first)]]


def _db() -> Any:
    db = served()
    assert db is not None
    return db
