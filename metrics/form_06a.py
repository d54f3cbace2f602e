"""Form 06a (Biểu II.06a/VPCP/KSTT, Circular 01/2020/TT-VPCP): received, resolved and in progress, (1) = (5) + (9)."""

from __future__ import annotations

from metrics.dossier_sets import IN_HAND, JOIN_WAITING, WAITING, counted
from metrics.grouping import Table

# one row a group: the form's eleven counts of dossiers
FORM_06A = Table(
    steps=WAITING,
    aggregates=counted("received_online", "received_direct_postal", "carried_over", "early", "on_time", "late", "within_term", "overdue"),
    source=f"""from dossier d
    {JOIN_WAITING}
    where {IN_HAND} and {{scope}}""",
    columns="""
    c.received_online + c.received_direct_postal + c.carried_over as received_total,
    c.received_online,
    c.received_direct_postal,
    c.carried_over,
    c.early + c.on_time + c.late as resolved_total,
    c.early,
    c.on_time,
    c.late,
    c.within_term + c.overdue as in_progress_total,
    c.within_term,
    c.overdue""",
)
