"""How dossiers received in the period came in, overall and on the approved list of level 3/4 procedures."""

from __future__ import annotations

import pandas as pd

from metrics.dossier_sets import SETS, counted
from metrics.grouping import Table
from metrics.period import Period
from metrics.scope import Scope
from warehouse.database import Database

ONLINE_SHARE = Table(
    aggregates=counted("received", "online", "direct", "postal", "listed", "listed_online"),
    source=f"""from dossier d
    where {SETS["received"]} and {{scope}}""",
    columns="""
    c.received,
    c.online,
    c.direct,
    c.postal,
    cast(c.online as double) / nullif(c.received, 0) as online_share,
    c.listed as listed_received,
    c.listed_online,
    cast(c.listed_online as double) / nullif(c.listed, 0) as listed_online_share""",
)


def online_share(db: Database, period: Period, scope: Scope, by: str | None = None, months: str = "calendar") -> pd.DataFrame:
    """Dossiers received by channel, the share submitted online, and the same on the approved list."""
    return ONLINE_SHARE.rows(db, period, scope, by, months)
