"""Complaints and suggestions (PAKN): sent, answered on time, in hand. Refused ones stand apart.

A complaint's channels are its own (hotline, portals, …), so a scope's dossier channels do not limit it; its field and
procedure are those of the dossier it is linked to.
"""

from __future__ import annotations

from metrics.grouping import Table

_KEPT = "(k.refused_on is null or k.refused_on > $as_of)"
_RESOLVED = f"k.answered_on between $from and $to and {_KEPT}"
_OPEN = "k.sent_on <= $to and k.answered_on > $to and (k.refused_on is null or k.refused_on > $to)"

_STARTED = "coalesce(k.forwarded_on, k.sent_on)"  # the terms run from the last forwarding
# alias → the running count of working days of one of a complaint's dates
COMPLAINT_JOINS: dict[str, str] = {
    alias: f"left join calendar {alias} on {alias}.day = {day}"
    for alias, day in {
        "start_day": _STARTED,
        "answer_day": "k.answered_on",
        "refuse_day": "k.refused_on",
        "supplement_day": "k.supplement_on",
        "publish_day": "k.published_on",
        "last_day": "$to",
    }.items()
}


def _within(later: str, earlier: str, limit: str) -> str:
    return f"{later}.working_day_number - {earlier}.working_day_number <= {limit}"


_REFUSED = "k.refused_on between $from and $to"
_SUPPLEMENTED = f"k.supplement_on between $from and $to and {_KEPT}"
_CONDUCT = f"{_RESOLVED} and k.class = 'conduct'"

# alias `k` is a row of complaint, the others are COMPLAINT_JOINS; $as_of is the as-of date
COMPLAINT_SETS: dict[str, str] = {
    "received": f"k.sent_on between $from and $to and {_KEPT}",
    "resolved": _RESOLVED,
    "on_time": f"{_RESOLVED} and k.answered_on <= k.due_on",
    "late": f"{_RESOLVED} and k.answered_on > k.due_on",
    "in_progress": _OPEN,
    "overdue": f"{_OPEN} and k.due_on < $to",
    "within_term": f"{_OPEN} and k.due_on >= $to",
    "aged": f"{_OPEN} and not {_within('last_day', 'start_day', '$answer_days')}",
    "published": f"{_RESOLVED} and k.published_on <= $as_of",
    "published_in_time": f"{_RESOLVED} and k.published_on <= $as_of and {_within('publish_day', 'answer_day', '$publish_days')}",
    "rated": f"{_RESOLVED} and k.satisfied is not null",
    "satisfied": f"{_RESOLVED} and k.satisfied",
    "dissatisfied": f"{_RESOLVED} and not k.satisfied",
    "reopened": f"{_RESOLVED} and k.reopened",
    "refused": _REFUSED,
    "refused_in_time": f"{_REFUSED} and {_within('refuse_day', 'start_day', '$refuse_days')}",
    "supplemented": _SUPPLEMENTED,
    "supplemented_in_time": f"{_SUPPLEMENTED} and {_within('supplement_day', 'start_day', '$supplement_days')}",
    "forwarded": f"k.forwarded_on between $from and $to and {_KEPT}",
    # by class and channel
    "regulation": f"k.sent_on between $from and $to and {_KEPT} and k.class = 'regulation'",
    "conduct": f"k.sent_on between $from and $to and {_KEPT} and k.class = 'conduct'",
    "question": f"k.sent_on between $from and $to and {_KEPT} and k.class = 'question'",
    "questions_answered": f"{_RESOLVED} and k.class = 'question'",
    "hotline": f"k.sent_on between $from and $to and {_KEPT} and k.channel = 'hotline'",
    "conduct_resolved": _CONDUCT,
    "conduct_confirmed": f"{_CONDUCT} and k.conduct_confirmed",
    "conduct_disciplined": f"{_CONDUCT} and k.conduct_confirmed and k.discipline is not null and k.discipline <> 'none'",
}
_COUNTS = ("received", "resolved", "on_time", "late", "in_progress", "overdue", "published", "rated", "satisfied")

# one row a group: complaints sent and answered in the period, in hand at its end; median answer time in working days
COMPLAINTS = Table(
    row="k",
    scope_has_channel=False,
    channel_names="select distinct channel as group_id, channel as group_name from complaint",
    aggregates=",\n        ".join(f"count(*) filter (where {COMPLAINT_SETS[name]}) as {name}" for name in _COUNTS)
    + f",\n        quantile_cont(k.answer_days, 0.5) filter (where {_RESOLVED}) as median_days",
    source="""from complaint k
    where k.sent_on <= $to and k.answered_on >= $from and {scope}""",
    columns="""
    c.received,
    c.resolved,
    c.on_time,
    c.late,
    c.in_progress,
    c.overdue,
    cast(c.on_time as double) / nullif(c.resolved, 0) as on_time_share,
    c.median_days,
    c.published,
    cast(c.satisfied as double) / nullif(c.rated, 0) as satisfied_share""",
)
