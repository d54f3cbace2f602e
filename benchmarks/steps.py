"""Step analysis against pm4py: how often each step follows each other one with how long between, and how long cases last."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pm4py

from benchmarks.measure import Limit, Row, medians
from metrics.period import Period
from metrics.scope import Scope
from metrics.steps import step_times, waits_between
from warehouse.snapshots import open_published

EVER = Period(date(2012, 1, 1), date(2020, 12, 31))


def run(n: int, root: Path) -> list[Row]:
    """One row: time per step and waits between steps, over all steps of the snapshot."""
    db = open_published(root)
    log = db.frame(
        """select dossier_code as "case:concept:name", step_name as "concept:name", started_at as "time:timestamp"
        from step order by dossier_id, position"""
    )
    log["time:timestamp"] = pd.to_datetime(log["time:timestamp"], utc=True)
    log["case:concept:name"], log["concept:name"] = log["case:concept:name"].astype(object), log["concept:name"].astype(object)

    def with_pm4py() -> None:
        pm4py.discover_performance_dfg(log)
        pm4py.get_all_case_durations(log)

    def ours() -> None:
        step_times(db, EVER, Scope())
        waits_between(db, EVER, Scope())

    found = medians({"ours": ours, "pm4py": with_pm4py}, rounds=3)
    return [Row("step analysis", len(log), found["ours"], {"pm4py": found["pm4py"]}, (Limit("pm4py", times_faster=20),))]
