"""The named sets of dossiers: each is one SQL condition, used alike by the numbers and by the lists behind them.

Aliases: `d` is a row of dossier, `w` its row of WAITING (null when it is not waiting for the applicant at $to).
$from and $to are the period clipped to the as-of date by `bounds`, so that events after the as-of date do not exist.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from metrics.period import Period

# dossiers waiting for the applicant at $to (DOMAIN: asked by then, not answered by then)
WAITING = """waiting as (
    select distinct dossier_id
    from waiting_interval
    where requested_on <= $to and answered_on > $to
)"""
JOIN_WAITING = "left join waiting w on w.dossier_id = d.dossier_id"

# every dossier of form 06a: in hand at some time of the period
IN_HAND = "d.closed_on >= $from and d.received_on <= $to"

_RECEIVED = "d.received_on between $from and $to"
_RESOLVED = "d.received_on is not null and d.closed_on between $from and $to"
_OPEN = "d.received_on <= $to and d.closed_on > $to"
_DONE = f"{_RESOLVED} and d.outcome = 'done'"
_OVERDUE = f"{_OPEN} and d.due_on < $to and w.dossier_id is null"

SETS: dict[str, str] = {
    # form 06a
    "received_total": IN_HAND,
    "received": _RECEIVED,
    "online": f"{_RECEIVED} and d.channel = 2",
    "received_online": f"{_RECEIVED} and d.channel = 2",
    "direct": f"{_RECEIVED} and d.channel = 1",
    "postal": f"{_RECEIVED} and d.channel = 3",
    "received_direct_postal": f"{_RECEIVED} and d.channel <> 2",
    "carried_over": "d.received_on < $from and d.closed_on >= $from",
    "resolved": _RESOLVED,
    "early": f"{_RESOLVED} and d.judged and d.closed_on < d.due_on",
    "on_time": f"{_RESOLVED} and (not d.judged or d.due_on is null or d.closed_on = d.due_on)",
    "late": f"{_RESOLVED} and d.judged and d.closed_on > d.due_on",
    "in_progress": _OPEN,
    "within_term": f"{_OPEN} and (d.due_on is null or d.due_on >= $to or w.dossier_id is not null)",
    "overdue": _OVERDUE,
    "waiting": f"{_OPEN} and w.dossier_id is not null",
    # closings by outcome
    "done": _DONE,
    "done_in_time": f"{_DONE} and (d.due_on is null or d.closed_on <= d.due_on)",
    "done_late": f"{_DONE} and d.closed_on > d.due_on",
    "refused": f"{_RESOLVED} and d.outcome = 'refused'",
    "withdrawn": f"{_RESOLVED} and d.outcome = 'withdrawn'",
    "stopped": f"{_RESOLVED} and d.outcome = 'stopped'",
    # the approved list of level 3/4 procedures
    "listed": f"{_RECEIVED} and d.listed",
    "listed_online": f"{_RECEIVED} and d.listed and d.channel = 2",
}


def bounds(period: Period, as_of: date) -> dict[str, Any]:
    """$from and $to: the period as far as it has happened by `as_of` (an empty span just after it when it has not begun)."""
    return {"from": min(period.start, as_of + timedelta(days=1)), "to": min(period.end, as_of)}


def counted(*names: str) -> str:
    """Aggregates that count each named set, one column a set."""
    return ",\n        ".join(f"count(*) filter (where {SETS[name]}) as {name}" for name in names)
