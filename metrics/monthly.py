"""The terminal tables over the last months, a row a month with its gaps, as trend charts need them."""

from __future__ import annotations

import pandas as pd

from metrics.period import Period, last_months
from metrics.scope import Scope
from metrics.tables import TABLES
from warehouse.database import Database


def monthly_table(db: Database, name: str, period: Period, scope: Scope, count: int = 24, style: str = "calendar") -> pd.DataFrame:
    """The `count` reporting months that end with the one `period` ends in, oldest first; the last one goes as far as `period`.

    One row a month: start, end, label ("03/2020") and the columns of the table `name` (see metrics.tables). Months after the
    as-of date, and those before the first case, are left out; any other month without cases keeps its row. Raises KeyError for an
    unknown table.
    """
    rows = []
    for month in last_months(period, count, style):
        if month.start > scope.at(db):
            continue
        known = Period(month.start, min(month.end, period.end))
        dates = {"start": month.start, "end": known.end, "label": f"{month.end:%m/%Y}"}
        rows.append(TABLES[name].rows(db, known, scope).assign(**dates))
    if not rows:
        return pd.DataFrame(columns=["start", "end", "label"])
    found = pd.concat(rows, ignore_index=True)
    numbers = found.drop(columns=["start", "end", "label"])
    begun = (numbers.notna() & (numbers != 0)).any(axis=1).cummax()
    return found[begun].reset_index(drop=True) if begun.any() else found
