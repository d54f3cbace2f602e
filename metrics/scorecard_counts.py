"""What the national scorecard counts: dossiers, complaints and procedures, for a scope or unit by unit.

A source that does not say (null) is neither a yes nor a no: each `…_known` count leaves such rows out.
"""

from __future__ import annotations

import pandas as pd

from metrics.complaints import COMPLAINT_SETS
from metrics.dossier_sets import IN_HAND, JOIN_WAITING, SETS, WAITING, bounds
from metrics.grouping import NAMES, Table
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

_RECEIVED, _RESOLVED = SETS["received"], SETS["resolved"]
_WITH_FEE = f"{_RESOLVED} and p.has_fee and (d.fee_amount is null or d.fee_amount <> 0)"
_PAPER = "coalesce(p.paper_result, false)"
_RESULT_KNOWN = f"(not {_PAPER} or d.electronic_result is not null)"
_RESULT = f"(not {_PAPER} or d.electronic_result)"

_DOSSIER_COUNTS = {
    "in_hand": IN_HAND,
    "in_time": " or ".join(f"({SETS[name]})" for name in ("early", "on_time", "within_term")),
    "overrun": " or ".join(f"({SETS[name]})" for name in ("late", "overdue")),
    "complained_of": f"{IN_HAND} and l.dossier_code is not null",
    "received": _RECEIVED,
    "online_with_result": f"{_RECEIVED} and d.channel = 2 and {_RESULT}",
    "online": f"{_RECEIVED} and d.channel = 2",
    "online_unknown": f"{_RECEIVED} and d.channel = 2 and not {_RESULT_KNOWN}",
    "digitised": f"{_RECEIVED} and d.digitised and {_RESULT}",
    "digitised_known": f"{_RECEIVED} and d.digitised is not null and {_RESULT_KNOWN}",
    "reused": f"{_RECEIVED} and d.reused",
    "reused_known": f"{_RECEIVED} and d.reused is not null",
    "population": f"{_RECEIVED} and d.population_data",
    "population_known": f"{_RECEIVED} and d.population_data is not null",
    "fee_dossiers": _WITH_FEE,
    "fee_paid_known": f"{_WITH_FEE} and d.paid_online is not null",
    "paid_online": f"{_WITH_FEE} and d.paid_online in (1, 2)",
    "paper_results": f"{_RESOLVED} and p.paper_result",
    "electronic_results_known": f"{_RESOLVED} and p.paper_result and d.electronic_result is not null",
    "electronic_results": f"{_RESOLVED} and p.paper_result and d.electronic_result",
}
_PLAIN = [name for name in _DOSSIER_COUNTS if name not in ("online", "online_unknown", "overrun", "complained_of")]

DOSSIERS = Table(
    steps=WAITING,
    aggregates=",\n        ".join(f"count(*) filter (where {test}) as {name}" for name, test in _DOSSIER_COUNTS.items()),
    source=f"""from dossier d
    join procedure p on p.procedure_id = d.procedure_id
    {JOIN_WAITING}
    left join (
        select distinct k.dossier_code
        from complaint k
        where {COMPLAINT_SETS["received"]} and k.dossier_code is not null and (k.class <> 'question' or not k.satisfied)
    ) l on l.dossier_code = d.dossier_code
    where {IN_HAND} and {{scope}}""",
    columns=f"""
    {", ".join(f"c.{name}" for name in _PLAIN)},
    case when c.online_unknown = c.online and c.online > 0 then 0 else c.received - c.online_unknown end as received_result_known,
    greatest(c.in_hand - c.overrun - c.complained_of, 0) as untroubled""",
)

_SENT, _ANSWERED = COMPLAINT_SETS["received"], COMPLAINT_SETS["resolved"]
_HANDLED = f"(({_SENT}) or ({_ANSWERED}))"
_OVERRUN = f"(({COMPLAINT_SETS['overdue']}) or (k.answered_on <= $to and k.answered_on > k.due_on))"
_COMPLAINT_COUNTS = {
    "complaints_sent": _SENT,
    "complaints_handled": _HANDLED,
    "complaints_in_time": f"{_HANDLED} and not {_OVERRUN}",
    # dissatisfied, reopened or overdue: one complaint counts once, whatever its reasons
    "complaints_settled": f"{_SENT} and not (coalesce(not k.satisfied, false) or k.reopened or {_OVERRUN})",
    "complaints_classified": f"{_SENT} and k.class in ('regulation', 'conduct')",
    "complaints_on_conduct": f"{_SENT} and k.class = 'conduct'",
}

COMPLAINTS = Table(
    row="k",
    scope_has_channel=False,
    aggregates=",\n        ".join(f"count(*) filter (where {test}) as {name}" for name, test in _COMPLAINT_COUNTS.items()),
    source="""from complaint k
    where k.sent_on <= $to and k.answered_on >= $from and {scope}""",
    columns=", ".join(f"c.{name}" for name in _COMPLAINT_COUNTS),
)

_PROCEDURE_COUNTS = {
    "procedures": "true",
    "procedures_level_known": "p.service_level is not null",
    "procedures_online": "p.service_level in (3, 4)",
    "procedures_online_used": "p.service_level in (3, 4) and u.submitted_online",
    "procedures_with_fee": "p.has_fee",
    "procedures_payment_known": "p.has_fee and p.online_payment is not null",
    "procedures_payable_online": "p.has_fee and p.online_payment",
    "procedures_paid_known": "p.has_fee and u.payment_known",
    "procedures_paid_online": "p.has_fee and u.paid_online",
    "procedures_population_known": "p.uses_population_data is not null",
    "procedures_population": "p.uses_population_data",
}

# what was done with each procedure in the period, by unit where units are asked for
_USE = """with use as (
    select
        d.procedure_id,
        {unit}
        bool_or({received} and d.channel = 2) as submitted_online,
        bool_or({resolved} and d.paid_online is not null) as payment_known,
        bool_or({resolved} and coalesce(d.paid_online, 0) in (1, 2)) as paid_online
    from dossier d
    where {in_hand} and {scope}
    group by {unit} d.procedure_id
)"""


def dossier_counts(db: Database, period: Period, scope: Scope, by: str | None = None) -> pd.DataFrame:
    """One row (a unit, when `by` is "unit", its name in `group`) with the counts of dossiers."""
    return DOSSIERS.rows(db, period, scope, by)


def complaint_counts(db: Database, period: Period, scope: Scope, by: str | None = None) -> pd.DataFrame:
    """One row (a unit, when `by` is "unit") with the counts of complaints, refused ones left out."""
    return COMPLAINTS.rows(db, period, scope, by)


def procedure_counts(db: Database, period: Period, scope: Scope, by: str | None = None) -> pd.DataFrame:
    """One row (a unit, when `by` is "unit") with the counts of procedures of the catalogue that are in charge.

    A unit's procedures are those it has dossiers of in the period; the whole department's are all of the catalogue's.
    """
    use_scope, use_parameters = scope.condition("d")
    own_part = Scope(fields=scope.fields, procedures=scope.procedures, whole_sector=True)
    procedure_scope, procedure_parameters = own_part.condition("p", channel=False)
    whole = by is None and not scope.units and scope.allowed_units is None
    unit = "d.unit_id," if by == "unit" else ""
    named = f"join ({NAMES['unit']}) n on n.group_id = u.unit_id" if by == "unit" else ""
    counts = ", ".join(f"count(*) filter (where {test}) as {name}" for name, test in _PROCEDURE_COUNTS.items())
    use = _USE.format(unit=unit, received=_RECEIVED, resolved=_RESOLVED, in_hand=IN_HAND, scope=use_scope)
    sql = f"""{use}
select {"n.group_name, " if named else ""}{counts}
from procedure p
{"left " if whole else ""}join use u on u.procedure_id = p.procedure_id
{named}
where p.in_catalogue and p.in_charge and {procedure_scope}
{"group by n.group_name" if named else ""}"""
    found = db.frame(sql, {**bounds(period, scope.at(db)), **use_parameters, **procedure_parameters})
    return found.rename(columns={"group_name": "group"})


def sources(db: Database) -> set[str]:
    """What the snapshot holds at all: "dossiers", "complaints", "catalogue", "fees" and "paper_results" (what the catalogue says
    of its procedures). What was never imported is no data, not zero."""
    found = db.frame(
        """
        select
            (select count(*) from (select 1 from dossier limit 1) as one) as dossiers,
            (select count(*) from (select 1 from complaint limit 1) as one) as complaints,
            (select count(*) from (select 1 from procedure where in_catalogue limit 1) as one) as catalogue,
            (select count(*) from (select 1 from procedure where has_fee is not null limit 1) as one) as fees,
            (select count(*) from (select 1 from procedure where paper_result is not null limit 1) as one) as paper_results
        """
    ).iloc[0]
    return {str(name) for name, rows in found.items() if rows}
