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
PM4PY_AT_MOST = 2_000_000  # steps; it grows linearly, and at 10 million needs more memory than an office has


def run(n: int, root: Path) -> list[Row]:
    """One row: time per step and waits between steps, over all steps of the snapshot."""
    db = open_published(root)
    steps = int(db.frame("select count(*) as n from step")["n"][0])
    log = db.frame(
        """select dossier_code as "case:concept:name", step_name as "concept:name", started_at as "time:timestamp"
        from step order by dossier_id, position limit $most""",
        {"most": PM4PY_AT_MOST},
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
    scaled = found["pm4py"] * steps / len(log)
    what = f"step analysis, {steps:,} steps" + (f" (pm4py measured on {len(log):,} and scaled)" if len(log) < steps else "")
    return [Row(what, steps, found["ours"], {"pm4py": scaled}, (Limit("pm4py", times_faster=20),))]
