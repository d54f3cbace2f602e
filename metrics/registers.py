"""The registers staff keep: actions in the six groups of solutions, documents issued, hand-entered measures, conclusions of meetings."""

from __future__ import annotations

from datetime import date

import pandas as pd

import settings
from metrics import wording
from metrics.scope import Scope
from warehouse.database import Database

UNFINISHED = "('planned', 'in_progress')"

ACTIONS = f"""
with counted as (
    select action_code, count(*) as documents
    from document
    where action_code is not null
    group by action_code
)
select
    a.action_code, a.solution_group, a.title, a.unit_name, a.due_on, a.status, a.result, a.evidence,
    coalesce(a.due_on < $at, false) and a.status in {UNFINISHED} as past_due,
    coalesce(c.documents, 0) as documents
from action a
left join counted c on c.action_code = a.action_code
where {{mine}}
order by a.solution_group, a.due_on nulls last, a.action_code
"""

# a document belongs to the group it names, else to its action's
DOCUMENTS = """
select
    d.number, d.issued_on, d.kind, d.subject, d.action_code, coalesce(d.solution_group, a.solution_group) as solution_group
from document d
left join action a on a.action_code = d.action_code
where d.issued_on is null or d.issued_on between $from and $to
order by d.issued_on, d.number
"""

MEASURES = """
select solution_group, name, unit_of_measure, measured_on, value, note
from measure
where measured_on between $from and $to
order by solution_group, name, measured_on
"""

CONCLUSIONS = f"""
select
    c.conclusion_code, c.meeting_on, c.text, c.unit_name, c.due_on, c.status, c.action_code,
    coalesce(c.due_on < $at, false) and c.status in {UNFINISHED} as past_due
from conclusion c
where c.meeting_on <= $at and {{mine}}
order by c.meeting_on desc, c.conclusion_code
"""

OPEN_START = date(1990, 1, 1)


def groups() -> dict[int, str]:
    """Number → name of the six groups of solutions, in order."""
    return {int(number): group["name"] for number, group in sorted(settings.read("solution_groups")["groups"].items())}


def indicators_of(group: int) -> tuple[str, ...]:
    """Codes of the catalogue's indicators that measure a group."""
    return tuple(settings.read("solution_groups")["groups"][str(group)]["indicators"])


def actions(db: Database, scope: Scope) -> pd.DataFrame:
    """One row an action of the register: action_code, solution_group, title, unit_name, due_on, status (planned, in_progress, done,
    cancelled), result, evidence, past_due (as of the scope's date, unfinished), documents (issued for it)."""
    return _of_the_user(db, ACTIONS, "a", scope)


def documents(db: Database, scope: Scope, start: date = OPEN_START) -> pd.DataFrame:
    """One row a document issued from `start` to the scope's date (undated ones too): number, issued_on, kind, subject, action_code,
    solution_group (its own, else its action's)."""
    return db.frame(DOCUMENTS, {"from": start, "to": scope.at(db)})


def measures(db: Database, scope: Scope, start: date = OPEN_START) -> pd.DataFrame:
    """One row a value entered by hand from `start` to the scope's date: solution_group, name, unit_of_measure, measured_on, value, note."""
    return db.frame(MEASURES, {"from": start, "to": scope.at(db)})


def latest_measures(db: Database, scope: Scope, start: date = OPEN_START) -> pd.DataFrame:
    """One row a measure, its newest value, with `before` (the value before it, null without one)."""
    rows = measures(db, scope, start)
    named = rows.groupby(["solution_group", "name"], sort=False)
    rows["before"] = named["value"].shift()
    return rows.loc[named.tail(1).index].reset_index(drop=True)


def conclusions(db: Database, scope: Scope) -> pd.DataFrame:
    """One row a conclusion of a meeting held by the scope's date, newest meeting first: conclusion_code, meeting_on, text, unit_name,
    due_on, status, action_code, past_due."""
    return _of_the_user(db, CONCLUSIONS, "c", scope)


def states(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a group with actions: solution_group, name, total, done, in_progress, planned, cancelled, overdue (unfinished past
    their date), done_share (of those not cancelled; null when all are)."""
    names = groups()
    counted = rows.assign(
        total=1,
        overdue=rows["past_due"],
        **{status: rows["status"] == status for status in ("done", "in_progress", "planned", "cancelled")},
    )
    columns = ["total", "done", "in_progress", "planned", "cancelled", "overdue"]
    found = counted.groupby("solution_group")[columns].sum().astype(int).reset_index()
    found.insert(1, "name", found["solution_group"].map(lambda number: names.get(int(number), "Nhóm khác")))
    kept = found["total"] - found["cancelled"]
    found["done_share"] = found["done"] / kept.where(kept > 0)
    return found


def actions_sentence(rows: pd.DataFrame) -> str:
    """How many actions are done and how many are past due, in Vietnamese."""
    if rows.empty:
        return "Sổ giải pháp chưa có mục nào."
    kept = rows[rows["status"] != "cancelled"]
    done, late = int((kept["status"] == "done").sum()), int(kept["past_due"].sum())
    text = f"{wording.number(done)} trên {wording.number(len(kept))} giải pháp đã hoàn thành"
    return f"{text}; {wording.number(late)} giải pháp quá hạn." if late else f"{text}; không có giải pháp nào quá hạn."


def _of_the_user(db: Database, sql: str, row: str, scope: Scope) -> pd.DataFrame:
    """What is laid on another unit is not shown to a user limited to some; what is laid on nobody is everybody's."""
    if scope.allowed_units is None:
        return db.frame(sql.format(mine="true"), {"at": scope.at(db)})
    mine = f"({row}.unit_name is null or list_contains($allowed_units, {row}.unit_name))"
    return db.frame(sql.format(mine=mine), {"at": scope.at(db), "allowed_units": list(scope.allowed_units)})
