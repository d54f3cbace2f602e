"""What changed in a locked period since it was locked: the same dossiers in the pinned snapshot and in the current one."""

from __future__ import annotations

import pandas as pd

from metrics.dossier_sets import IN_HAND, SETS, joined, named_in, parameters
from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import table
from warehouse.database import Database

RECEIVED_CELLS = ("received_online", "received_direct_postal", "carried_over")
RESULT_CELLS = ("early", "on_time", "late", "within_term", "overdue")
COMPARED = ["received_cell", "result_cell", "received_on", "due_on", "closed_on"]


def _cell(cells: tuple[str, ...]) -> str:
    tests = "\n        ".join(f"when {SETS[cell]} then '{cell}'" for cell in cells)
    return f"case\n        {tests}\n    end"


SETTLED = f"""select
    d.dossier_code, u.unit_name as unit, p.procedure_name as procedure,
    {_cell(RECEIVED_CELLS)} as received_cell,
    {_cell(RESULT_CELLS)} as result_cell,
    d.received_on, d.due_on,
    case when d.closed_on <= $to then d.closed_on end as closed_on
from dossier d
{joined("w.")}
left join unit u on u.unit_id = d.unit_id
left join procedure p on p.procedure_id = d.procedure_id
where {IN_HAND} and {{scope}}
order by d.dossier_code"""


def adjustments(pinned: Database, current: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """One row a dossier of form 06a that is not the same in both snapshots, by code.

    Columns: dossier_code, unit, procedure, change (added, removed, changed) and for each of COMPARED its value `_before` (when the
    period was locked) and `_after`; cells are columns of form 06a. A closing after the period is not a change of it.
    """
    before, after = (_settled(db, period, scope) for db in (pinned, current))
    both = before.merge(after, on="dossier_code", how="outer", suffixes=("_before", "_after"), indicator=True)
    both["change"] = both["_merge"].map({"left_only": "removed", "right_only": "added", "both": "changed"}).astype(str)
    same = both["change"] == "changed"
    for name in COMPARED:
        one, other = both[f"{name}_before"], both[f"{name}_after"]
        same &= (one == other) | (one.isna() & other.isna())
    for name in ("unit", "procedure"):
        both[name] = both[f"{name}_after"].fillna(both[f"{name}_before"])
    columns = ["dossier_code", "unit", "procedure", "change", *(f"{name}_{when}" for name in COMPARED for when in ("before", "after"))]
    return both.loc[~same, columns].sort_values("dossier_code").reset_index(drop=True)


def form_changes(pinned: Database, current: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """One row a column of form 06a: column, before (when locked), after (now), difference."""
    before, after = (table(db, "form_06a", period, scope)[1] for db in (pinned, current))
    rows = [{"column": name, "before": before[name], "after": after[name], "difference": after[name] - before[name]} for name in before]
    return pd.DataFrame(rows)


def _settled(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    condition, bound = scope.condition("d")
    sql = SETTLED.format(scope=condition)
    return db.frame(sql, {**named_in(sql, parameters(db, period, scope)), **bound})
