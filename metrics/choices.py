"""What a filter may choose from: the names a snapshot knows, within what the user may see."""

from __future__ import annotations

from datetime import date

import pandas as pd

from metrics.scope import Scope
from warehouse.database import Database

# one row a name that stands on a dossier or complaint the scope reaches
_NAMES = """with reached as (
    select d.unit_id, d.field_id, d.procedure_id from dossier d where {dossiers}
    union
    select k.unit_id, k.field_id, k.procedure_id from complaint k where {complaints}
)
select distinct n.{table}_name as name
from {table} n join reached r on r.{table}_id = n.{table}_id
order by name"""


def units(db: Database, scope: Scope) -> list[str]:
    """Names of the units in reach, in the order of the alphabet."""
    return _names(db, scope, "unit")


def fields(db: Database, scope: Scope) -> list[str]:
    """Names of the fields in reach."""
    return _names(db, scope, "field")


def procedures(db: Database, scope: Scope) -> list[str]:
    """Names of the procedures in reach."""
    return _names(db, scope, "procedure")


def first_day(db: Database) -> date:
    """The first day anything was received or sent; the as-of date when there is nothing."""
    sql = """select least(
        (select min(received_on) from dossier),
        (select min(sent_on) from complaint)
    ) as first_day"""
    day = db.frame(sql)["first_day"].iloc[0]
    return db.as_of if pd.isna(day) else pd.Timestamp(day).date()


def _names(db: Database, scope: Scope, table: str) -> list[str]:
    dossiers, parameters = scope.condition("d")
    complaints, more = scope.condition("k", channel=False)
    return db.frame(_NAMES.format(dossiers=dossiers, complaints=complaints, table=table), parameters | more)["name"].tolist()
