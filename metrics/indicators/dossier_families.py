"""The rows that dossier indicators are counted over."""

from __future__ import annotations

from metrics.dossier_sets import IN_HAND, SETS
from metrics.families import SqlFamily, dossier_limits, procedure_limits

_FIRST = "select min(received_on) as first_day from dossier"

IN_HAND_FAMILY = SqlFamily(
    source=f"""from dossier d
{{joins}}
where {IN_HAND} and {{scope}}""",
    limits=dossier_limits,
    first_day=_FIRST,
    lists="dossiers",
)

# the same rows, asked whether somebody was told: without any notice on record there is no data, not "nobody"
NOTIFIED_FAMILY = SqlFamily(
    source=IN_HAND_FAMILY.source,
    limits=dossier_limits,
    first_day=f"select first_day from ({_FIRST}) f where exists (select 1 from notice)",
    lists="dossiers",
)

# also those not accepted, which form 06a does not know
BEFORE_ACCEPTANCE_FAMILY = SqlFamily(
    source="""from dossier d
{joins}
where d.closed_on >= $from and (d.submitted_on <= $to or d.received_on <= $to or d.closed_on <= $to) and {scope}""",
    limits=dossier_limits,
    first_day="select min(coalesce(submitted_on, received_on)) as first_day from dossier",
    lists="dossiers",
)

# one row a procedure in charge with the dossiers it received in the period
PROCEDURE_FAMILY = SqlFamily(
    source=f"""from procedure p
left join (
    select
        d.procedure_id,
        count(*) as received,
        count(*) filter (where d.channel = 2) as online
    from dossier d
    where {SETS["received"]} and {{scope}}
    group by d.procedure_id
) r on r.procedure_id = p.procedure_id
{{joins}}
where p.in_catalogue and p.in_charge and {{procedures}}""",
    limits=procedure_limits,
    first_day=f"select first_day from ({_FIRST}) f where exists (select 1 from procedure where in_catalogue)",
    joins={},
)
