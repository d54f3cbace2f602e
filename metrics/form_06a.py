"""Form 06a (Biểu II.06a/VPCP/KSTT, Circular 01/2020/TT-VPCP): received, resolved and in progress, (1) = (5) + (9)."""

from __future__ import annotations

import pandas as pd

from metrics.dossier_sets import IN_HAND, JOIN_WAITING, WAITING, counted
from metrics.grouping import Table
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

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


def form_06a(db: Database, period: Period, scope: Scope, by: str | None = None, months: str = "calendar") -> pd.DataFrame:
    """The form's eleven counts of dossiers, one row a group (see Table.rows)."""
    return FORM_06A.rows(db, period, scope, by, months)
