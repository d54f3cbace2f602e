"""The tables by name, as the terminal, the pages and the reports ask for them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from metrics.complaints import COMPLAINTS
from metrics.form_06a import FORM_06A
from metrics.grouping import Table
from metrics.online_share import ONLINE_SHARE
from metrics.period import Period
from metrics.processing_time import PROCESSING_TIME
from metrics.scope import Scope
from warehouse.database import Database

TABLES: dict[str, Table] = {
    "form_06a": FORM_06A,
    "processing_time": PROCESSING_TIME,
    "online_share": ONLINE_SHARE,
    "complaints": COMPLAINTS,
}


def table(
    db: Database, name: str, period: Period, scope: Scope, by: str | None = None, months: str = "calendar"
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Rows (column `group` first; none without `by`) and the total: the answer for the whole span, never the sum of months.

    Raises KeyError for an unknown table and ValueError for an unknown grouping.
    """
    asked = TABLES[name]
    total = asked.rows(db, period, scope)
    rows = asked.rows(db, period, scope, by, months) if by else total.head(0).assign(group="")[["group", *total.columns]]
    return rows, records(total)[0]


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as plain dictionaries ready for JSON: null is None, whole numbers are int."""
    return [{str(key): _plain(value) for key, value in row.items()} for row in rows.to_dict("records")]


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
