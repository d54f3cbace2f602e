"""Any dossier or complaint indicator by unit, field or procedure: ranked, and what moved most."""

from __future__ import annotations

import pandas as pd

from metrics.catalogue import BY_CODE
from metrics.families import SqlFamily
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

FEWEST = 10  # a group with fewer cases than this in either period moves by chance


def by_group(db: Database, code: str, period: Period, scope: Scope, by: str) -> pd.DataFrame:
    """One row a field, unit or procedure with cases: group, numerator, denominator, value. Raises ValueError when the indicator
    has no dossiers or complaints to group."""
    one = BY_CODE[code]
    if not isinstance(one.family, SqlFamily):
        raise ValueError(code)
    return one.family.by_group(db, period, scope, one, by)


def moved_most(
    db: Database, code: str, period: Period, scope: Scope, by: str = "unit", limit: int = 5, fewest: int = FEWEST
) -> pd.DataFrame:
    """The groups whose value changed most against the previous period, the largest change first.

    Columns: group, value, previous, change, denominator, better (True when the change is in the indicator's direction, None when
    it has none). Groups with fewer than `fewest` cases in either period are left out; a count's cases are the count itself.
    """
    now = by_group(db, code, period, scope, by)
    before = by_group(db, code, period.previous(), scope, by)
    rows = now.merge(before[["group", "value", "denominator"]], on="group", suffixes=("", "_before"))
    cases = [rows["denominator"].fillna(rows["value"]), rows["denominator_before"].fillna(rows["value_before"])]
    rows = rows[(cases[0] >= fewest) & (cases[1] >= fewest)]
    rows = rows.rename(columns={"value_before": "previous"}).assign(change=lambda r: r["value"] - r["previous"])
    rows = rows[rows["change"].notna() & (rows["change"] != 0)]
    rows = rows.sort_values(["change", "group"], key=lambda column: -column.abs() if column.name == "change" else column)
    direction = BY_CODE[code].better
    rows["better"] = [None if direction is None else (change > 0) == (direction == "higher") for change in rows["change"]]
    return rows[["group", "value", "previous", "change", "denominator", "better"]].head(limit).reset_index(drop=True)


def ranked(db: Database, code: str, period: Period, scope: Scope, by: str = "unit") -> pd.DataFrame:
    """The groups worst first: group, value, numerator, denominator (n). Groups without a value are left out."""
    rows = by_group(db, code, period, scope, by)
    rows = rows[rows["value"].notna()]
    ascending = BY_CODE[code].better == "higher"
    return rows.sort_values(["value", "group"], ascending=[ascending, True]).reset_index(drop=True)
