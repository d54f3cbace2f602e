"""How far open dossiers are from their due date at the end of the period, in working days."""

from __future__ import annotations

import pandas as pd

from metrics.dossier_sets import JOIN_WAITING, SETS, WAITING, named_in, parameters
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

# upper ends of the bands in working days to the due date; below 0 is past it
BANDS: tuple[tuple[int, str], ...] = (
    (-11, "quá hạn trên 10 ngày"),
    (-6, "quá hạn 6–10 ngày"),
    (-1, "quá hạn 1–5 ngày"),
    (0, "đến hạn hôm nay"),
    (3, "còn 1–3 ngày"),
    (10, "còn 4–10 ngày"),
    (10**6, "còn trên 10 ngày"),
)

DAYS = f"""with {WAITING},
opened as (
    select
        case
            when w.dossier_id is not null then 'waiting'
            when d.due_on is null then 'no_due'
            when d.due_on < $to then 'overdue'
            else 'within_term'
        end as state,
        due.working_day_number - ended.working_day_number as days_left
    from dossier d
    {JOIN_WAITING}
    join calendar ended on ended.day = $to
    left join calendar due on due.day = d.due_on
    where {SETS["in_progress"]} and {{scope}}
)
select state, days_left, count(*) as dossiers
from opened
group by state, days_left
order by state, days_left"""


def time_to_due(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """One row a band in order, then those waiting for the applicant and those without a due date: label, dossiers.

    A due date on a day off counts as past it by no working day: it stands in the first band of its side.
    """
    condition, bound = scope.condition("d")
    query = DAYS.format(scope=condition)
    rows = db.frame(query, {**named_in(query, parameters(db, period, scope)), **bound})
    counts = {label: 0 for _, label in BANDS} | {"đang chờ người nộp": 0, "không có ngày hẹn trả": 0}
    for row in rows.to_dict("records"):
        counts[_band(row["state"], row["days_left"])] += int(row["dossiers"])
    return pd.DataFrame({"label": list(counts), "dossiers": list(counts.values())})


def _band(state: str, days_left: float) -> str:
    if state == "waiting":
        return "đang chờ người nộp"
    if state == "no_due":
        return "không có ngày hẹn trả"
    days = min(days_left, -1) if state == "overdue" else days_left
    return next(label for upper, label in BANDS if days <= upper)
