"""The dossiers behind a number: the same conditions that count them, as a list."""

from __future__ import annotations

from typing import Any

import pandas as pd

from metrics.dossier_sets import SETS, joined, named_in, parameters
from metrics.grouping import NAMES, UNKNOWN
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

LIST = """with procedure_name as (
    {procedures}
),
chosen as (
    select d.*, least(d.closed_on, $to) as until_on, w.dossier_id is not null as waiting
    from dossier d
    {joins}
    where {members} and {scope}
)
select
    c.dossier_code,
    coalesce(p.group_name, '{unknown}') as procedure,
    f.field_name as field,
    u.unit_name as unit,
    s.section_name as section,
    {officer}
    case c.channel when 1 then 'direct' when 2 then 'online' else 'postal' end as channel,
    case when c.closed_on > $as_of and c.received_on is not null then 'open' else c.outcome end as outcome,
    c.submitted_on,
    c.received_on,
    c.due_on,
    case when c.closed_on <= $as_of then c.closed_on end as closed_on,
    case when c.closed_on <= $to then c.processing_days else ended.working_day_number - begun.working_day_number end as days,
    case
        when c.due_on < c.until_on and not c.waiting and (c.judged or c.closed_on > $to)
        then ended.working_day_number - due.working_day_number
    end as overdue_days,
    c.waiting,
    c.supplement_count,
    c.due_changes,
    c.late_reason
from chosen c
left join procedure_name p on p.group_id = c.procedure_id
left join field f on f.field_id = c.field_id
left join unit u on u.unit_id = c.unit_id
left join section s on s.section_id = c.section_id
{join_officer}
left join calendar begun on begun.day = c.received_on
left join calendar ended on ended.day = c.until_on
left join calendar due on due.day = c.due_on
order by overdue_days desc nulls last, c.received_on, c.dossier_code
limit $limit offset $offset"""

COUNT = """select count(*) as n
from dossier d
{joins}
where {members} and {scope}"""


def dossiers(
    db: Database,
    period: Period,
    scope: Scope,
    which: str,
    limit: int = 100,
    offset: int = 0,
    include_officers: bool = False,
) -> pd.DataFrame:
    """One row a dossier of the set `which` (a key of SETS), the longest overdue first.

    days: processing time in working days, or the age at the end of the period while open (pauses not taken off);
    overdue_days: working days past the due date, null when not past it. Raises KeyError for an unknown set.
    """
    officer = {True: "o.officer_name as officer,", False: ""}[include_officers]
    join_officer = {True: "left join officer o on o.officer_id = c.officer_id", False: ""}[include_officers]
    extra = {"officer": officer, "join_officer": join_officer, "procedures": NAMES["procedure"], "unknown": UNKNOWN}
    return _ask(db, LIST, period, scope, which, extra, {"limit": limit, "offset": offset})


def count_dossiers(db: Database, period: Period, scope: Scope, which: str) -> int:
    """How many dossiers the set holds. Raises KeyError for an unknown set."""
    return int(_ask(db, COUNT, period, scope, which, {}, {})["n"].iloc[0])


def _ask(db: Database, sql: str, period: Period, scope: Scope, which: str, texts: dict[str, str], paging: dict[str, Any]) -> pd.DataFrame:
    condition, scope_parameters = scope.condition("d")
    members = SETS[which]
    query = sql.format(joins=joined(members + " w."), members=members, scope=condition, **texts)
    return db.frame(query, {**named_in(query, parameters(db, period, scope)), **scope_parameters, **paging})
