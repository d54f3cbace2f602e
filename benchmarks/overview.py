"""All queries of the overview, cold (a fresh connection, nothing cached by us), against the sum of as many full passes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.form_06a import FULL_PASS
from benchmarks.measure import Limit, Row, medians
from metrics.catalogue import BY_CODE, HEADLINES, indicators, monthly
from metrics.decomposition import MEASURES, decomposition
from metrics.dossiers import count_dossiers, dossiers
from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import table
from warehouse.database import Database
from warehouse.snapshots import open_published

PERIOD = Period(date(2020, 12, 1), date(2020, 12, 31))
TODAY = Period(date(2020, 12, 31), date(2020, 12, 31))
MONTHS = 13


class Counting:
    """A database that counts the questions it is asked."""

    def __init__(self, db: Database) -> None:
        self._db, self.asked = db, 0
        self.as_of, self.snapshot, self.simulated, self.engine = db.as_of, db.snapshot, db.simulated, db.engine

    def frame(self, sql: str, parameters: dict[str, Any] | None = None) -> pd.DataFrame:
        """Pass the question on."""
        self.asked += 1
        return self._db.frame(sql, parameters)


def ask_overview(db: Database, period: Period = PERIOD) -> None:
    """What pages/tong_quan.py asks when it is opened: cards with their months, what moved, who is overdue, two rankings."""
    indicators(db, period, Scope(), HEADLINES)
    monthly(db, [code for code in HEADLINES if BY_CODE[code].monthly], period, Scope(), months=MONTHS)
    for measure in MEASURES:
        decomposition(db, period, Scope(), period.previous(), measure)
    count_dossiers(db, TODAY, Scope(), "overdue")
    dossiers(db, TODAY, Scope(), "overdue")
    for by in ("unit", "procedure"):
        table(db, "processing_time", period, Scope(), by=by)


def run(n: int, root: Path) -> list[Row]:
    """One row: the whole page."""
    counting = Counting(open_published(root))
    ask_overview(counting)
    passes = counting.asked

    def cold_passes() -> None:
        db = open_published(root)
        for _ in range(passes):
            db.frame(FULL_PASS)

    found = medians({"ours": lambda: ask_overview(open_published(root)), f"{passes} DuckDB passes": cold_passes}, rounds=3)
    return [Row("overview, all queries, cold", n, found.pop("ours"), found, (Limit(next(iter(found)), at_most=1.0),))]
