"""The complaints behind a number, and the complaints table by class."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from metrics.complaints import COMPLAINT_JOINS, COMPLAINT_SETS, COMPLAINTS
from metrics.dossier_sets import joined, named_in, parameters
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

_BY_CLASS = replace(
    COMPLAINTS,
    channel_names="select distinct class as group_id, class as group_name from complaint",
    channel_key="class",
)

LIST = """select
    k.complaint_code,
    u.unit_name as unit,
    k.channel,
    k.class,
    k.dossier_code,
    k.sent_on,
    k.forwarded_on,
    k.due_on,
    case when k.answered_on <= $as_of then k.answered_on end as answered_on,
    case when k.answered_on <= $as_of then k.answer_days end as answer_days,
    k.published_on,
    k.satisfied,
    k.reopened
from complaint k
left join unit u on u.unit_id = k.unit_id
{joins}
where {members} and {scope}
order by k.due_on, k.complaint_code
limit $limit offset $offset"""

COUNT = """select count(*) as n
from complaint k
{joins}
where {members} and {scope}"""


def complaints_by_class(db: Database, period: Period, scope: Scope) -> pd.DataFrame:
    """The columns of the complaints table, one row a class in `group` (regulation, conduct, question, unknown)."""
    return _BY_CLASS.rows(db, period, scope, by="channel")


def complaint_list(db: Database, period: Period, scope: Scope, which: str, limit: int = 100, offset: int = 0) -> pd.DataFrame:
    """One row a complaint of the set `which` (a key of COMPLAINT_SETS), the earliest due first. Raises KeyError."""
    return _ask(db, LIST, period, scope, which, {"limit": limit, "offset": offset})


def count_complaints(db: Database, period: Period, scope: Scope, which: str) -> int:
    """How many complaints the set holds. Raises KeyError for an unknown set."""
    return int(_ask(db, COUNT, period, scope, which, {})["n"].iloc[0])


def _ask(db: Database, sql: str, period: Period, scope: Scope, which: str, paging: dict[str, Any]) -> pd.DataFrame:
    condition, bound = scope.condition("k", channel=False)
    members = COMPLAINT_SETS[which]
    query = sql.format(joins=joined(members, COMPLAINT_JOINS), members=members, scope=condition)
    return db.frame(query, {**named_in(query, parameters(db, period, scope)), **bound, **paging})
