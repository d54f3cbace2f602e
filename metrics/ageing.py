"""How long open dossiers and unanswered complaints have been in hand at the end of the period, by age band."""

from __future__ import annotations

import pandas as pd

from metrics.complaints import COMPLAINT_SETS
from metrics.dossier_sets import JOIN_WAITING, SETS, WAITING, named_in, parameters
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

# lower ends of the bands in working days
BANDS = (0, 6, 11, 21, 31, 61)

DOSSIERS = f"""with {WAITING},
aged as (
    select
        until.working_day_number - start.working_day_number as age,
        w.dossier_id is not null as waiting,
        {SETS["overdue"]} as overdue
    from dossier d
    {JOIN_WAITING}
    join calendar start on start.day = d.received_on
    join calendar until on until.day = $to
    where {SETS["in_progress"]} and {{scope}}
)
select
    age,
    count(*) filter (where not overdue and not waiting) as within_term,
    count(*) filter (where waiting) as waiting,
    count(*) filter (where overdue) as overdue
from aged
group by age
order by age"""

COMPLAINTS = f"""with aged as (
    select
        until.working_day_number - start.working_day_number as age,
        {COMPLAINT_SETS["overdue"]} as overdue
    from complaint k
    join calendar start on start.day = coalesce(k.forwarded_on, k.sent_on)
    join calendar until on until.day = $to
    where {COMPLAINT_SETS["in_progress"]} and {{scope}}
)
select
    age,
    count(*) filter (where not overdue) as within_term,
    count(*) filter (where overdue) as overdue
from aged
group by age
order by age"""


def dossier_ageing(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """One row an age band of dossiers open at the period's end: label, within_term, waiting, overdue (waiting is never overdue).

    Age is in working days from received; pauses are not taken off.
    """
    condition, bound = scope.condition("d")
    return _banded(_ask(db, DOSSIERS.format(scope=condition), period, scope, bound), ["within_term", "waiting", "overdue"])


def complaint_ageing(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """One row an age band of complaints unanswered at the period's end: label, within_term, overdue.

    Age is in working days from the day sent or last forwarded.
    """
    condition, bound = scope.condition("k", channel=False)
    return _banded(_ask(db, COMPLAINTS.format(scope=condition), period, scope, bound), ["within_term", "overdue"])


def _ask(db: Database, sql: str, period: Period, scope: Scope, bound: dict[str, object]) -> pd.DataFrame:
    return db.frame(sql, {**named_in(sql, parameters(db, period, scope)), **bound})


def _banded(ages: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    ends = [*BANDS[1:], float("inf")]
    labels = [f"{low}–{int(end) - 1}" if end != float("inf") else f"từ {low}" for low, end in zip(BANDS, ends, strict=True)]
    band = pd.cut(ages["age"].astype(float).clip(lower=0), [*BANDS, float("inf")], right=False, labels=labels)
    counted = ages[columns].astype(int).groupby(band, observed=False).sum().reindex(labels, fill_value=0)
    return counted.rename_axis("label").reset_index().astype({"label": str})
