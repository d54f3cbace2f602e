"""Internal processes from the steps: time per step, waiting between steps, norms kept, and the step that explains most lateness.

Times are working hours, 8 a day. A step asked of the applicant (status 5 or 6) has no norm and explains no lateness: the time is
the applicant's. Steps of dossiers that the snapshot does not hold are left out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd

from metrics import wording
from metrics.dossier_sets import SETS, bounds
from metrics.period import Period
from metrics.reading import Reading, share
from metrics.scope import Scope
from warehouse.database import Database

OFFICE = "(s.status is null or s.status not in (5, 6))"

# steps finished in the period, whatever has become of their dossiers
FINISHED = """finished as (
    select s.*
    from step s
    where s.dossier_id is not null and s.finished_at >= $from and s.finished_at < $after and {scope}
)"""

STEP_TIMES = f"""
with {FINISHED},
timed as (
    select
        s.step_name,
        s.section_id,
        count(*) as steps,
        avg(s.working_minutes) as mean_minutes,
        quantile_cont(s.working_minutes, [0.5, 0.9]) as median_and_p90_minutes,
        quantile_cont(s.wait_minutes, 0.5) as median_wait_minutes,
        count(*) filter (where s.norm_minutes is not null and s.working_minutes is not null and {OFFICE}) as with_norm,
        count(*) filter (where s.working_minutes <= s.norm_minutes and {OFFICE}) as within_norm
    from finished s
    group by s.step_name, s.section_id
)
select
    t.step_name,
    n.section_name as section,
    t.steps,
    t.mean_minutes / 60.0 as mean_hours,
    t.median_and_p90_minutes[1] / 60.0 as median_hours,
    t.median_and_p90_minutes[2] / 60.0 as p90_hours,
    t.median_wait_minutes / 60.0 as median_wait_hours,
    t.with_norm,
    t.within_norm,
    cast(t.within_norm as double) / nullif(t.with_norm, 0) as within_norm_share
from timed t
join section n on n.section_id = t.section_id
order by t.steps desc, t.step_name, n.section_name
"""

WITHIN_NORM = f"""
with {FINISHED}
select
    count(*) filter (where s.norm_minutes is not null and s.working_minutes is not null and {OFFICE}) as with_norm,
    count(*) filter (where s.working_minutes <= s.norm_minutes and {OFFICE}) as within_norm
from finished s
"""

WAITS = f"""
with {FINISHED},
handed_over as (
    select
        s.previous_step as from_step,
        s.step_name as to_step,
        count(*) as times,
        quantile_cont(s.wait_minutes, [0.5, 0.9]) as median_and_p90_minutes,
        sum(cast(s.wait_minutes as double)) as total_minutes
    from finished s
    where s.wait_minutes is not null
    group by s.previous_step, s.step_name
)
select
    from_step,
    to_step,
    times,
    median_and_p90_minutes[1] / 60.0 as median_wait_hours,
    median_and_p90_minutes[2] / 60.0 as p90_wait_hours,
    total_minutes / 60.0 as total_wait_hours
from handed_over
order by total_wait_hours desc, from_step, to_step
limit $limit
"""

# the usual time of a step where it has no norm: its median in the dossiers of the same procedure that were in time
LATENESS = f"""
with chosen as (
    select d.dossier_id, d.procedure_id, d.due_on is not null and d.closed_on > d.due_on as late
    from dossier d
    where {SETS["done"]} and {{scope}}
),
timed as (
    select c.dossier_id, c.procedure_id, c.late, s.step_name, s.working_minutes, s.norm_minutes
    from chosen c
    join step s on s.dossier_id = c.dossier_id
    where s.working_minutes is not null and {OFFICE}
),
usual as (
    select procedure_id, step_name, quantile_cont(working_minutes, 0.5) as minutes
    from timed
    where not late
    group by procedure_id, step_name
),
late_steps as (
    select
        t.dossier_id,
        t.step_name,
        t.working_minutes - coalesce(t.norm_minutes, u.minutes) as over
    from timed t
    left join usual u on u.procedure_id = t.procedure_id and u.step_name = t.step_name
    where t.late and coalesce(t.norm_minutes, u.minutes) is not null
),
summed as (
    select step_name, count(distinct dossier_id) as late_dossiers, sum(cast(over as double)) / 60.0 as excess_hours
    from late_steps
    where over > 0
    group by step_name
)
select step_name, late_dossiers, excess_hours, excess_hours / nullif(sum(excess_hours) over (), 0) as share
from summed
order by excess_hours desc, step_name
"""


def step_times(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """One row a step and section, of the steps finished in the period, the most frequent first.

    Columns: step_name, section, steps, mean_hours, median_hours, p90_hours, median_wait_hours (before the step began), with_norm
    (steps that have a norm), within_norm, within_norm_share.
    """
    return _ask(db, STEP_TIMES, period, scope)


def reading_within_norm(db: Database, period: Period, scope: Scope) -> Reading:
    """Steps finished in the period within their norm / those that have one."""
    found = _ask(db, WITHIN_NORM, period, scope).iloc[0]
    return share(float(found["within_norm"]), float(found["with_norm"]))


def waits_between(db: Database, period: Period, scope: Scope, limit: int = 20) -> pd.DataFrame:
    """One row a pair of steps that follow each other, most waiting in all first.

    Columns: from_step, to_step, times, median_wait_hours, p90_wait_hours, total_wait_hours (working hours nobody had the dossier).
    """
    return _ask(db, WAITS, period, scope, limit=limit)


def lateness_by_step(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """Which step explains most lateness: one row a step, of the dossiers closed late in the period.

    Columns: step_name, late_dossiers (in which it ran over), excess_hours (working hours beyond its norm, else beyond its median in
    the procedure's dossiers that were in time), share (of all excess hours).
    """
    return _ask(db, LATENESS, period, scope, chosen="d")


def lateness_sentence(rows: pd.DataFrame) -> str:
    """What `lateness_by_step` says, in Vietnamese."""
    if rows.empty:
        return "Không có bước nào vượt thời gian quy định ở các hồ sơ trễ hạn trong kỳ."
    first = rows.iloc[0]
    return (
        f"Bước “{first['step_name']}” giải thích {wording.percent(first['share'])} số giờ vượt của hồ sơ trễ hạn "
        f"({wording.number(first['excess_hours'], 0)} giờ làm việc ở {wording.number(first['late_dossiers'])} hồ sơ)."
    )


def longest(rows: pd.DataFrame, count: int) -> pd.DataFrame:
    """The `count` rows of `step_times` that take most time in all (steps × their mean), most first."""
    order = (rows["steps"] * rows["mean_hours"].fillna(0)).sort_values(ascending=False, kind="stable").index
    return rows.loc[order].head(count).reset_index(drop=True)


def times_sentence(rows: pd.DataFrame) -> str:
    """Which step takes most time in all, from `step_times`, in Vietnamese."""
    first = longest(rows, 1).iloc[0]
    whole = (rows["steps"] * rows["mean_hours"].fillna(0)).sum()
    part = first["steps"] * first["mean_hours"] / whole if whole else None
    return (
        f"Tốn thời gian nhất là “{first['step_name']}” ở {first['section']}: {wording.number(first['steps'])} lượt, trung vị "
        f"{wording.number(first['median_hours'], 1)} giờ làm việc, chiếm {wording.percent(part)} tổng số giờ của mọi bước."
    )


def waits_sentence(rows: pd.DataFrame) -> str:
    """Between which two steps dossiers lie longest in all, from `waits_between`, in Vietnamese."""
    if rows.empty:
        return "Không có thời gian chờ giữa các bước trong kỳ."
    first = rows.iloc[0]
    return (
        f"Chờ nhiều nhất là từ “{first['from_step']}” đến “{first['to_step']}”: {wording.number(first['times'])} lần, "
        f"trung vị {wording.number(first['median_wait_hours'], 1)} giờ làm việc."
    )


def _ask(db: Database, sql: str, period: Period, scope: Scope, chosen: str = "s", **values: Any) -> pd.DataFrame:
    condition, scope_parameters = scope.condition(chosen)
    span = bounds(period, scope.at(db))
    known = {**span, "after": span["to"] + timedelta(days=1), **values}
    return db.frame(sql.replace("{scope}", condition), {name: v for name, v in known.items() if f"${name}" in sql} | scope_parameters)
