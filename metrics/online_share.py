"""How dossiers received in the period came in, overall and on the approved list of level 3/4 procedures."""

from __future__ import annotations

from metrics.dossier_sets import SETS, counted
from metrics.grouping import Table

# one row a group: dossiers received by channel, the share submitted online, and the same on the approved list
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
