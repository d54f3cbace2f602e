"""Form 06a of a quarter by procedure, a recent quarter and one six years back, against passes over all rows.

The limits hold against peers that count over every row, as the DuckDB pass does. What the peers need when a careful author picks the
quarter's rows first is printed beside it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from benchmarks.measure import Limit, Row, medians
from metrics.form_06a import FORM_06A
from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import table
from warehouse.snapshots import open_published, published_name, snapshot_file

if TYPE_CHECKING:
    import polars as pl

RECENT, SIX_YEARS_BACK = Period(date(2020, 7, 1), date(2020, 9, 30)), Period(date(2014, 7, 1), date(2014, 9, 30))
COLUMNS = "procedure_id, dossier_id, channel, judged, received_on, due_on, closed_on"
FULL_PASS = """select
    procedure_id, max(dossier_id), sum(channel), count(*) filter (where judged), max(received_on), max(due_on), max(closed_on)
from dossier
group by procedure_id"""
SMALL, LARGE = 1_000_000, 10_000_000


def limits(n: int) -> tuple[Limit, ...]:
    """What has to hold at n dossiers."""
    if n >= LARGE:
        return (Limit("DuckDB pass", at_most=0.7), Limit("Polars", times_faster=8), Limit("pandas", times_faster=40))
    return (Limit("DuckDB pass", at_most=1.6), Limit("Polars", times_faster=2))


def run(n: int, root: Path) -> list[Row]:
    """One row a quarter."""
    db = open_published(root)
    with duckdb.connect() as reader:
        file = snapshot_file(root, published_name(root) or "")
        reader.execute(f"attach '{file}' as s (read_only); set threads = 2")
        arrow = reader.sql(f"select {COLUMNS} from s.dossier").to_arrow_table()
        waiting = reader.sql("select dossier_id, requested_on, answered_on from s.waiting_interval").to_arrow_table()
    import polars as pl  # a peer, installed for benchmarks only

    lazy, lazy_waiting, frame, frame_waiting = pl.from_arrow(arrow), pl.from_arrow(waiting), arrow.to_pandas(), waiting.to_pandas()
    for name in ("received_on", "due_on", "closed_on"):
        frame[name] = _days(arrow[name])
    for name in ("requested_on", "answered_on"):
        frame_waiting[name] = _days(waiting[name])
    del arrow, waiting
    rows = []
    for label, period in (("recent quarter", RECENT), ("six years back", SIX_YEARS_BACK)):
        ours, theirs = _ours(db, period), _with_polars(lazy, lazy_waiting, period)
        assert ours == theirs == _with_pandas(frame, frame_waiting, period), "the peers count something else"
        found = medians(
            {
                "ours": lambda period=period: FORM_06A.rows(db, period, Scope(), by="procedure"),
                "DuckDB pass": lambda: db.frame(FULL_PASS),
                "Polars": lambda period=period: _with_polars(lazy, lazy_waiting, period),
                "pandas": lambda period=period: _with_pandas(frame, frame_waiting, period),
                "Polars, rows picked first": lambda period=period: _with_polars(lazy, lazy_waiting, period, filtered=True),
                "pandas, rows picked first": lambda period=period: _with_pandas(frame, frame_waiting, period, filtered=True),
            }
        )
        rows.append(Row(f"form 06a by procedure, {label}", n, found.pop("ours"), found, limits(n)))
    return rows


def _days(column: object) -> pd.Series:
    return pd.Series(column.cast("int32").to_numpy())  # type: ignore[attr-defined]


def _ours(db: object, period: Period) -> int:
    rows, total = table(db, "form_06a", period, Scope(), by="procedure")  # type: ignore[arg-type]
    assert len(rows) and int(rows["received_total"].sum()) == total["received_total"]
    return int(total["early"]) * 3 + int(total["overdue"]) + int(total["within_term"]) * 7


def _with_polars(rows: pl.DataFrame, waiting: pl.DataFrame, period: Period, filtered: bool = False) -> int:
    start, end = period.start, period.end
    import polars as pl

    received, closed, due, judged = pl.col("received_on"), pl.col("closed_on"), pl.col("due_on"), pl.col("judged")
    now = (
        waiting.lazy()
        .filter((pl.col("requested_on") <= end) & (pl.col("answered_on") > end))
        .select("dossier_id")
        .unique()
        .with_columns(w=True)
    )
    inside, ended, open_ = received.is_between(start, end), closed.is_between(start, end), (received <= end) & (closed > end)
    counted = (
        (rows.lazy().filter((closed >= start) & (received <= end)) if filtered else rows.lazy())
        .join(now, on="dossier_id", how="left")
        .with_columns(w=pl.col("w").fill_null(False))
        .group_by("procedure_id")
        .agg(
            (inside & (pl.col("channel") == 2)).sum().alias("online"),
            (inside & (pl.col("channel") != 2)).sum().alias("other"),
            ((received < start) & (closed >= start)).sum().alias("carried"),
            (ended & judged & (closed < due)).sum().alias("early"),
            (ended & (~judged | (closed == due))).sum().alias("on_time"),
            (ended & judged & (closed > due)).sum().alias("late"),
            (open_ & ((due >= end) | pl.col("w"))).sum().alias("within"),
            (open_ & (due < end) & ~pl.col("w")).sum().alias("overdue"),
        )
        .collect()
    )
    return int(counted["early"].sum()) * 3 + int(counted["overdue"].sum()) + int(counted["within"].sum()) * 7


def _with_pandas(rows: pd.DataFrame, waiting: pd.DataFrame, period: Period, filtered: bool = False) -> int:
    epoch = date(1970, 1, 1)
    start, end = (period.start - epoch).days, (period.end - epoch).days
    known = rows[(rows["closed_on"] >= start) & (rows["received_on"] <= end)] if filtered else rows
    now = waiting[(waiting["requested_on"] <= end) & (waiting["answered_on"] > end)]["dossier_id"]
    w = known["dossier_id"].isin(now)
    received, closed, due, judged = known["received_on"], known["closed_on"], known["due_on"], known["judged"]
    inside, ended, open_ = received.between(start, end), closed.between(start, end), (received <= end) & (closed > end)
    counted = (
        pd.DataFrame(
            {
                "procedure_id": known["procedure_id"],
                "online": inside & (known["channel"] == 2),
                "other": inside & (known["channel"] != 2),
                "carried": (received < start) & (closed >= start),
                "early": ended & judged & (closed < due),
                "on_time": ended & (~judged | (closed == due)),
                "late": ended & judged & (closed > due),
                "within": open_ & ((due >= end) | w),
                "overdue": open_ & (due < end) & ~w,
            }
        )
        .groupby("procedure_id")
        .sum()
    )
    return int(counted["early"].sum()) * 3 + int(counted["overdue"].sum()) + int(counted["within"].sum()) * 7
