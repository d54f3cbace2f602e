"""How many of the dossiers done in the period took how many working days."""

from __future__ import annotations

import pandas as pd

from metrics.dossier_sets import SETS, named_in, parameters
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

DAYS = f"""select cast(d.processing_days as integer) as days, count(*) as dossiers
from dossier d
where {SETS["done"]} and d.processing_days is not null and {{scope}}
group by d.processing_days
order by days"""

NORM = f"""select distinct p.norm_value as norm
from dossier d
join procedure p on p.procedure_id = d.procedure_id
where {SETS["done"]} and p.norm_unit = 'working_day' and p.norm_value is not null and {{scope}}"""


def days_taken(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """One row a number of working days: days, dossiers."""
    return _ask(db, DAYS, period, scope)


def common_norm(db: Database, period: Period, scope: Scope) -> float | None:
    """The norm in working days of the dossiers done, when all their procedures have the same one; else None."""
    norms = _ask(db, NORM, period, scope)["norm"]
    return float(norms.iloc[0]) if len(norms) == 1 else None


def _ask(db: Database, sql: str, period: Period, scope: Scope) -> pd.DataFrame:
    condition, bound = scope.condition("d")
    query = sql.format(scope=condition)
    return db.frame(query, {**named_in(query, parameters(db, period, scope)), **bound})
