"""What the monthly review looks at: targets, indicators with their usual range, what changed, units, overdue, conclusions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

import settings
from metrics import registers
from metrics.catalogue import BY_CODE, indicators, monthly
from metrics.control_limits import meaning, usual_range
from metrics.decomposition import decomposition, sentence
from metrics.overview import moved_most, ranked
from metrics.period import Period
from metrics.report_content import head
from metrics.scope import Scope
from metrics.targets import target_of
from metrics.worklist import counts_by, worklist
from warehouse.database import Database

MONTHS = 24
UNFINISHED = ["planned", "in_progress"]
HELD = """select
    c.conclusion_code, c.meeting_on, c.text, c.unit_name, c.due_on, c.status, c.action_code,
    coalesce(c.due_on < $at, false) and c.status in ('planned', 'in_progress') as past_due
from conclusion c
where c.meeting_on between $from and $to
order by c.meeting_on, c.conclusion_code"""
SPLIT = {"on_time_share": "on_time_share", "online_share": "online_share", "processing_time_median": "median_days"}


def review_content(db: Database, period: Period, scope: Scope) -> dict[str, Any]:
    """head, targets (indicators that have one), trends, changes, ranking, overdue (by section), conclusions."""
    rules = settings.read("reports")
    known = indicators(db, period, scope)
    until = replace(scope, as_of=min(period.end, scope.at(db)))
    sections = counts_by(worklist(db, until), "section")
    return {
        "head": head(db, period, scope),
        "targets": known[known["target"].notna() & (known["met"].notna())].reset_index(drop=True),
        "unjudged": known[known["target"].notna() & known["met"].isna()].reset_index(drop=True),
        "trends": [trend_content(db, period, scope, code) for code in rules["deck_indicators"]],
        "changes": changes(db, period, scope),
        "ranking_code": rules["ranking_indicator"],
        "ranking": ranked(db, rules["ranking_indicator"], period, scope, by="unit"),
        "overdue": sections[(sections["overdue"] > 0) | (sections["due_soon"] > 0)].head(rules["overdue_sections"]),
        "conclusions": last_conclusions(db, until),
    }


def trend_content(db: Database, period: Period, scope: Scope, code: str) -> dict[str, Any]:
    """One indicator by month: months (start, label, value), limits (XmR, empty under 12 months), sentence, target, unit, name."""
    one = BY_CODE[code]
    months = monthly(db, code, period, scope, MONTHS)
    reach = {"lowest": 0.0, "highest": 1.0} if one.unit == "share" else {"lowest": 0.0}
    limits = usual_range(months, **reach)
    direction = {"higher": "up", "lower": "down"}.get(one.better or "", "")
    unit = "ngày làm việc" if one.unit == "working_days" else ""
    return {
        "code": code,
        "name": one.name,
        "unit": one.unit,
        "months": months,
        "limits": limits,
        "sentence": meaning(limits, direction, share=one.unit == "share", unit=unit),
        "target": target_of(code, period),
    }


def changes(db: Database, period: Period, scope: Scope) -> list[dict[str, Any]]:
    """What changed against the previous period and where: one sentence a measure, and the units that moved it most."""
    found = []
    for code, measure in SPLIT.items():
        said = sentence(decomposition(db, period, scope, period.previous(), measure), measure)
        moved = moved_most(db, code, period, scope, limit=settings.read("reports")["changes_shown"])
        found.append({"code": code, "name": BY_CODE[code].name, "unit": BY_CODE[code].unit, "sentence": said, "moved": moved})
    return found


def last_conclusions(db: Database, scope: Scope) -> pd.DataFrame:
    """The newest meeting's conclusions and all earlier ones not yet done."""
    rows = registers.conclusions(db, scope)
    if rows.empty:
        return rows
    newest = rows["meeting_on"] == rows["meeting_on"].max()
    return rows[newest | rows["status"].isin(UNFINISHED)].reset_index(drop=True)


def held(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """Every conclusion of the meetings held in `period`, oldest first, also of a meeting after the data's as-of date.

    What is laid on another unit is not shown to a user limited to some units; what is laid on nobody is everybody's.
    """
    rows = db.frame(HELD, {"from": period.start, "to": period.end, "at": scope.at(db)})
    if scope.allowed_units is None:
        return rows
    return rows[rows["unit_name"].isna() | rows["unit_name"].isin(scope.allowed_units)].reset_index(drop=True)


def conclusions_content(db: Database, period: Period, scope: Scope) -> dict[str, Any]:
    """The newest meeting held in the period: meeting_on (None without one), rows, and `earlier` ones not yet done before it."""
    rows = held(db, Period(registers.OPEN_START, period.end), scope)
    days = pd.to_datetime(rows["meeting_on"])
    newest = days[days >= pd.Timestamp(period.start)].max()
    if pd.isna(newest):
        return {"head": head(db, period, scope), "meeting_on": None, "rows": rows.head(0), "earlier": rows.head(0)}
    before = rows[(days < newest) & rows["status"].isin(UNFINISHED)]
    return {
        "head": head(db, period, scope),
        "meeting_on": newest.date(),
        "rows": rows[days == newest].reset_index(drop=True),
        "earlier": before.reset_index(drop=True),
    }


def next_codes(rows: pd.DataFrame, meeting_on: date, group: int) -> tuple[str, str]:
    """The codes of a new conclusion of the meeting on `meeting_on` (whose conclusions are `rows`) and of the action it becomes."""
    taken, number = set(rows["conclusion_code"]), 1
    while f"KL-{meeting_on:%Y-%m-%d}-{number}" in taken:
        number += 1
    return f"KL-{meeting_on:%Y-%m-%d}-{number}", f"GP{group}-KL{meeting_on:%Y%m%d}-{number}"
