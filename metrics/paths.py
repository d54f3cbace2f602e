"""The ways dossiers take through the steps: the most frequent ones, and the loops back to a step already done.

Two dossiers took the same path when the same steps stand at the same positions. Instead of writing out each dossier's path, which
costs ten times as much, each step's number times a fixed number of its position is summed: equal paths have equal sums, and with
some ten thousand paths the chance that any two different ones share a sum is below one in a hundred thousand.
"""

from __future__ import annotations

import pandas as pd

from metrics import wording
from metrics.dossier_sets import SETS, bounds
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

ARROW = " → "

# one row a path of the dossiers done in the period: how many took it, and one of them as its example
WALKED = f"""
with chosen as (
    select d.dossier_id, d.processing_days, d.due_on is null or d.closed_on <= d.due_on as in_time
    from dossier d
    where {SETS["done"]} and {{scope}}
),
step_number as (
    select step_name, row_number() over (order by step_name) as number
    from (select distinct step_name from step) as names
),
walked as (
    select
        s.dossier_id,
        sum(n.number * ((cast(s.position as bigint) * 1103515245 + 12345) % 2147483647)) as first_key,
        sum(n.number * ((cast(s.position as bigint) * 214013 + 2531011) % 2147483629)) as second_key,
        count(*) as steps
    from step s
    join step_number n on n.step_name = s.step_name
    where s.dossier_id is not null
    group by s.dossier_id
),
path as (
    select
        w.first_key,
        w.second_key,
        w.steps,
        min(c.dossier_id) as example,
        count(*) as dossiers,
        quantile_cont(c.processing_days, 0.5) as median_days,
        cast(count(*) filter (where c.in_time) as double) / count(*) as on_time_share
    from chosen c
    join walked w on w.dossier_id = c.dossier_id
    group by w.first_key, w.second_key, w.steps
)"""

FREQUENT = f"""{WALKED},
ranked as (
    select
        example, steps, dossiers, median_days, on_time_share,
        sum(dossiers) over () as all_dossiers,
        row_number() over (order by dossiers desc, example) as place
    from path
)
select r.place, s.position, s.step_name, r.steps, r.dossiers, r.all_dossiers, r.median_days, r.on_time_share
from ranked r
join step s on s.dossier_id = r.example
where r.place <= $limit
order by r.place, s.position
"""

# a step done again with another one in between; the same step logged twice in a row is no way back
LOOPS = f"""{WALKED},
repeated as (
    select p.example, s.step_name, max(p.dossiers) as dossiers, max(p.dossiers) * (count(*) - 1) as returns
    from path p
    join step s on s.dossier_id = p.example
    group by p.example, s.step_name
    having count(*) > 1 and max(s.position) - min(s.position) > count(*) - 1
),
looping as (
    select distinct example, dossiers
    from repeated
),
of_all as (
    select (select sum(dossiers) from path) as all_dossiers, (select sum(dossiers) from looping) as looping_dossiers
)
select
    r.step_name,
    sum(r.dossiers) as dossiers,
    sum(r.returns) as returns,
    max(o.looping_dossiers) as looping_dossiers,
    max(o.all_dossiers) as all_dossiers
from repeated r
cross join of_all o
group by r.step_name
order by dossiers desc, r.step_name
"""


def frequent_paths(db: Database, period: Period, scope: Scope, limit: int = 10) -> pd.DataFrame:
    """One row a path of the dossiers done in the period, the most frequent first.

    Columns: path ("A → B → C"), steps, dossiers, share (of all dossiers with steps), median_days (working days), on_time_share.
    """
    found = _ask(db, FREQUENT, period, scope, {"limit": limit})
    if found.empty:
        return pd.DataFrame(columns=["path", "steps", "dossiers", "share", "median_days", "on_time_share"])
    rows = found.groupby("place").agg(
        path=("step_name", ARROW.join),
        steps=("steps", "first"),
        dossiers=("dossiers", "first"),
        all_dossiers=("all_dossiers", "first"),
        median_days=("median_days", "first"),
        on_time_share=("on_time_share", "first"),
    )
    rows.insert(3, "share", rows["dossiers"].astype(float) / rows.pop("all_dossiers").astype(float))
    return rows.reset_index(drop=True)


def rework_loops(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """One row a step that dossiers done in the period came back to after another step, the most frequent first.

    Columns: step_name, dossiers (that came back to it), returns (times they did), share (of all dossiers with steps),
    looping_dossiers (dossiers with any way back, the same in each row), looping_share.
    """
    rows = _ask(db, LOOPS, period, scope, {})
    numbers = ["dossiers", "returns", "looping_dossiers", "all_dossiers"]
    rows[numbers] = rows[numbers].astype("int64")
    rows["share"] = rows["dossiers"] / rows["all_dossiers"]
    rows["looping_share"] = rows["looping_dossiers"] / rows["all_dossiers"]
    return rows[["step_name", "dossiers", "returns", "share", "looping_dossiers", "looping_share"]]


def paths_sentence(rows: pd.DataFrame) -> str:
    """How much the most frequent paths cover, from `frequent_paths`, in Vietnamese."""
    if rows.empty:
        return "Không có hồ sơ nào giải quyết xong trong kỳ có ghi bước xử lý."
    first = rows.iloc[0]
    return (
        f"{wording.number(len(rows))} đường đi nhiều nhất gồm {wording.percent(rows['share'].sum())} số hồ sơ; "
        f"đường đi đầu bảng có {wording.number(first['steps'])} bước, {wording.number(first['dossiers'])} hồ sơ, "
        f"đúng hạn {wording.percent(first['on_time_share'])}."
    )


def loops_sentence(rows: pd.DataFrame) -> str:
    """How many dossiers came back to a step, from `rework_loops`, in Vietnamese."""
    if rows.empty:
        return "Không có hồ sơ nào phải quay lại bước đã làm."
    first = rows.iloc[0]
    return (
        f"{wording.number(first['looping_dossiers'])} hồ sơ ({wording.percent(first['looping_share'])}) "
        f"phải quay lại ít nhất một bước đã làm; nhiều nhất là “{first['step_name']}” ({wording.number(first['dossiers'])} hồ sơ)."
    )


def _ask(db: Database, sql: str, period: Period, scope: Scope, values: dict[str, int]) -> pd.DataFrame:
    condition, parameters = scope.condition("d")
    return db.frame(sql.replace("{scope}", condition), {**bounds(period, scope.at(db)), **parameters, **values})
