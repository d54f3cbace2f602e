"""The named sets of dossiers: each is one SQL condition, used alike by the numbers and by the lists behind them.

Alias `d` is a row of dossier; the other aliases are joined when a condition names them (`joined`).
$from and $to are the period clipped to the as-of date by `bounds`, so that events after the as-of date do not exist.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import settings
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

_WAITING_ROWS = """select distinct dossier_id
    from waiting_interval
    where requested_on <= $to and answered_on > $to"""
# dossiers waiting for the applicant at $to: asked by then, not answered by then
WAITING = f"waiting as (\n    {_WAITING_ROWS}\n)"
JOIN_WAITING = "left join waiting w on w.dossier_id = d.dossier_id"

# alias → what it brings to a dossier; each brings at most one row
_JOINS: dict[str, str] = {
    "w": f"left join ({_WAITING_ROWS}) w on w.dossier_id = d.dossier_id",
    # asked in the period to wait for the applicant
    "q": """left join (
        select distinct dossier_id from waiting_interval where requested_on between $from and $to
    ) q on q.dossier_id = d.dossier_id""",
    # told by $to, by reason; apologies apart
    "n": """left join (
        select
            dossier_id,
            count(*) filter (where reason = 'refused') > 0 as of_refusal,
            count(*) filter (where reason = 'paused') > 0 as of_pause,
            count(*) filter (where reason = 'overdue') > 0 as of_delay,
            count(*) filter (where reason = 'rescheduled') > 0 as of_rescheduling,
            count(*) filter (where apology) > 0 as with_apology
        from notice
        where sent_on <= $to and dossier_id is not null
        group by dossier_id
    ) n on n.dossier_id = d.dossier_id""",
    "p": "left join procedure p on p.procedure_id = d.procedure_id",
}

# every dossier of form 06a: in hand at some time of the period
IN_HAND = "d.closed_on >= $from and d.received_on <= $to"

_RECEIVED = "d.received_on between $from and $to"
_RESOLVED = "d.received_on is not null and d.closed_on between $from and $to"
_OPEN = "d.received_on <= $to and d.closed_on > $to"
_DONE = f"{_RESOLVED} and d.outcome = 'done'"
_LATE = f"{_RESOLVED} and d.judged and d.closed_on > d.due_on"
_OVERDUE = f"{_OPEN} and d.due_on < $to and w.dossier_id is null"
_OVERRUN = f"(({_LATE}) or ({_OVERDUE}))"
_FEE = f"{_RESOLVED} and p.has_fee and (d.fee_amount is null or d.fee_amount <> 0) and d.paid_online is not null"
_PAUSED_NOW = f"{IN_HAND} and q.dossier_id is not null"

SETS: dict[str, str] = {
    # form 06a
    "received_total": IN_HAND,
    "received": _RECEIVED,
    "online": f"{_RECEIVED} and d.channel = 2",
    "received_online": f"{_RECEIVED} and d.channel = 2",
    "direct": f"{_RECEIVED} and d.channel = 1",
    "postal": f"{_RECEIVED} and d.channel = 3",
    "online_or_postal": f"{_RECEIVED} and d.channel in (2, 3)",
    "received_direct_postal": f"{_RECEIVED} and d.channel <> 2",
    "carried_over": "d.received_on < $from and d.closed_on >= $from",
    "resolved": _RESOLVED,
    "early": f"{_RESOLVED} and d.judged and d.closed_on < d.due_on",
    "on_time": f"{_RESOLVED} and (not d.judged or d.due_on is null or d.closed_on = d.due_on)",
    "early_or_on_time": f"{_RESOLVED} and (not d.judged or d.due_on is null or d.closed_on <= d.due_on)",
    "late": _LATE,
    "in_progress": _OPEN,
    "within_term": f"{_OPEN} and (d.due_on is null or d.due_on >= $to or w.dossier_id is not null)",
    "overdue": _OVERDUE,
    "waiting": f"{_OPEN} and w.dossier_id is not null",
    # closings by outcome
    "done": _DONE,
    "done_early": f"{_DONE} and d.closed_on < d.due_on",
    "done_in_time": f"{_DONE} and (d.due_on is null or d.closed_on <= d.due_on)",
    "done_late": f"{_DONE} and d.closed_on > d.due_on",
    "done_in_first_time": f"{_DONE} and (d.due_first_on is null or d.closed_on <= d.due_first_on)",
    "refused": f"{_RESOLVED} and d.outcome = 'refused'",
    "withdrawn": f"{_RESOLVED} and d.outcome = 'withdrawn'",
    "stopped": f"{_RESOLVED} and d.outcome = 'stopped'",
    # what happened on the way, of the dossiers resolved
    "rescheduled": f"{_RESOLVED} and d.due_changes >= 1",
    "rescheduled_again": f"{_RESOLVED} and d.due_changes >= 2",
    "supplemented": f"{_RESOLVED} and d.supplement_count >= 1",
    "supplemented_again": f"{_RESOLVED} and d.supplement_count >= 2",
    "paused": f"{_RESOLVED} and d.has_waiting",
    "without_due_date": f"{_RECEIVED} and d.due_on is null",
    # before acceptance
    "waiting_for_acceptance": "d.submitted_on <= $to and coalesce(d.received_on, d.closed_on) > $to",
    "rejected": "d.outcome = 'rejected' and d.closed_on between $from and $to",
    "received_or_rejected": f"(({_RECEIVED}) or (d.outcome = 'rejected' and d.closed_on between $from and $to))",
    "acceptance_timed": f"{_RECEIVED} and d.channel = 2 and d.acceptance_minutes is not null",
    "accepted_in_time": f"{_RECEIVED} and d.channel = 2 and d.acceptance_minutes <= $acceptance_minutes",
    # levels and the approved list of level 3/4 procedures
    "listed": f"{_RECEIVED} and d.listed",
    "listed_online": f"{_RECEIVED} and d.listed and d.channel = 2",
    "level_3": f"{_RECEIVED} and d.service_level = 3",
    "level_3_online": f"{_RECEIVED} and d.service_level = 3 and d.channel = 2",
    "level_4": f"{_RECEIVED} and d.service_level = 4",
    "level_4_online": f"{_RECEIVED} and d.service_level = 4 and d.channel = 2",
    "level_3_4": f"{_RECEIVED} and d.service_level in (3, 4)",
    "level_3_4_online": f"{_RECEIVED} and d.service_level in (3, 4) and d.channel = 2",
    "not_in_catalogue": f"{_RECEIVED} and not d.in_catalogue",
    "portal_known": f"{_RECEIVED} and d.channel = 2 and d.national_portal is not null",
    "national_portal": f"{_RECEIVED} and d.channel = 2 and d.national_portal",
    # fees and results; what a source does not say is neither yes nor no
    "with_fee": _FEE,
    "paid_online": f"{_FEE} and d.paid_online in (1, 2)",
    "return_known": f"{_DONE} and d.returned_by_post is not null",
    "returned_by_post": f"{_DONE} and d.returned_by_post",
    "online_return_known": f"{_DONE} and d.channel = 2 and d.returned_by_post is not null",
    "online_returned_by_post": f"{_DONE} and d.channel = 2 and d.returned_by_post",
    # whose applicant was told
    "refused_notified": f"{_RESOLVED} and d.outcome = 'refused' and n.of_refusal",
    "paused_in_period": _PAUSED_NOW,
    "paused_notified": f"{_PAUSED_NOW} and n.of_pause",
    "overrun": _OVERRUN,
    "overrun_notified": f"{_OVERRUN} and n.of_delay",
    "overrun_apologised": f"{_OVERRUN} and n.with_apology",
    "rescheduled_in_hand": f"{IN_HAND} and d.due_changes >= 1",
    "rescheduled_notified": f"{IN_HAND} and d.due_changes >= 1 and n.of_rescheduling",
}


def bounds(period: Period, as_of: date) -> dict[str, Any]:
    """$from and $to: the period as far as it has happened by `as_of` (an empty span just after it when it has not begun)."""
    return {"from": min(period.start, as_of + timedelta(days=1)), "to": min(period.end, as_of)}


def count_of(condition: str) -> str:
    """The aggregate that counts the rows of a condition."""
    return f"count(*) filter (where {condition})"


def counted(*names: str) -> str:
    """Aggregates that count each named set, one column a set."""
    return ",\n        ".join(f"{count_of(SETS[name])} as {name}" for name in names)


def joined(text: str, joins: dict[str, str] | None = None) -> str:
    """The joins whose alias `text` names."""
    return "\n    ".join(join for alias, join in (_JOINS if joins is None else joins).items() if re.search(rf"\b{alias}\.", text))


def parameters(db: Database, period: Period, scope: Scope) -> dict[str, Any]:
    """What a question about `period` may bind besides its scope: $from, $to, $as_of and the office's limits."""
    rules = settings.read("rules")
    terms = rules["complaint_terms"]
    as_of = scope.at(db)
    return {
        **bounds(period, as_of),
        "as_of": as_of,
        "acceptance_minutes": rules["acceptance_hours"] * 60,
        "answer_days": terms["answer"],
        "refuse_days": terms["refuse"],
        "supplement_days": terms["supplement"],
        "publish_days": terms["publish"],
    }


def named_in(text: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values whose `$name` the text mentions: an engine refuses a value that nobody asks for."""
    return {name: value for name, value in values.items() if re.search(rf"\${name}\b", text)}
