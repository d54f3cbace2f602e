"""Complaints and suggestions (PAKN): sent, answered on time, in hand. Refused ones stand apart.

A complaint's channels are its own (hotline, portals, …), so a scope's dossier channels do not limit it; its field and
procedure are those of the dossier it is linked to.
"""

from __future__ import annotations

import pandas as pd

from metrics.grouping import Table
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

_KEPT = "(k.refused_on is null or k.refused_on > $as_of)"
_RESOLVED = f"k.answered_on between $from and $to and {_KEPT}"
_OPEN = "k.sent_on <= $to and k.answered_on > $to and (k.refused_on is null or k.refused_on > $to)"

# alias `k` is a row of complaint; $as_of is the as-of date
COMPLAINT_SETS: dict[str, str] = {
    "received": f"k.sent_on between $from and $to and {_KEPT}",
    "refused": "k.refused_on between $from and $to",
    "resolved": _RESOLVED,
    "on_time": f"{_RESOLVED} and k.answered_on <= k.due_on",
    "late": f"{_RESOLVED} and k.answered_on > k.due_on",
    "in_progress": _OPEN,
    "overdue": f"{_OPEN} and k.due_on < $to",
    "within_term": f"{_OPEN} and k.due_on >= $to",
    "published": f"{_RESOLVED} and k.published_on <= $as_of",
    "rated": f"{_RESOLVED} and k.satisfied is not null",
    "satisfied": f"{_RESOLVED} and k.satisfied",
    "dissatisfied": f"{_RESOLVED} and not k.satisfied",
    "reopened": f"{_RESOLVED} and k.reopened",
}
_COUNTS = ("received", "resolved", "on_time", "late", "in_progress", "overdue", "published", "rated", "satisfied")

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


def complaints(db: Database, period: Period, scope: Scope, by: str | None = None, months: str = "calendar") -> pd.DataFrame:
    """Complaints sent and answered in the period, in hand at its end; median answer time in working days."""
    return COMPLAINTS.rows(db, period, scope, by, months)
