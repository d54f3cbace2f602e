"""Processing time of dossiers closed as done in the period, in working days less the days spent waiting for the applicant."""

from __future__ import annotations

from metrics.dossier_sets import SETS
from metrics.grouping import Table

# one row a group: dossiers closed as done, mean, median and 90th percentile (linear interpolation) in working days, share on time
PROCESSING_TIME = Table(
    aggregates=f"""count(*) as closed,
        avg(d.processing_days) as mean,
        quantile_cont(d.processing_days, 0.5) as median,
        quantile_cont(d.processing_days, 0.9) as p90,
        count(*) filter (where {SETS["done_in_time"]}) as in_time""",
    source=f"""from dossier d
    where {SETS["done"]} and {{scope}}""",
    columns="""
    c.closed,
    c.mean,
    c.median,
    c.p90,
    cast(c.in_time as double) / nullif(c.closed, 0) as on_time_share""",
)
