"""Growth: a quarter's overview over 1, 2, 4 and 8 years of history at the same number of dossiers a year."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from benchmarks.measure import Limit, Row, medians
from benchmarks.overview import ask_overview
from benchmarks.simulated import simulate
from metrics.period import Period
from warehouse.snapshots import open_published

YEARS = (1, 2, 4, 8)
FLAT = 1.3


def run(n: int, root: Path) -> list[Row]:
    """One row a length of history, each against the shortest."""
    with tempfile.TemporaryDirectory(dir=root.parent) as place:
        opened = {}
        for years in YEARS:
            folder = Path(place) / str(years)
            simulate(folder, n * years // YEARS[-1], years=years)
            opened[f"{years}"] = open_published(folder)
        quarter = Period(date(2020, 10, 1), date(2020, 12, 31))
        found = medians({years: lambda db=db: ask_overview(db, quarter) for years, db in opened.items()}, rounds=3)
    first = found["1"]
    return [
        Row(
            f"a quarter's overview over {years} years of history",
            n * int(years) // YEARS[-1],
            seconds,
            {"1 year": first},
            (Limit("1 year", at_most=FLAT),),
        )
        for years, seconds in found.items()
        if years != "1"
    ]
