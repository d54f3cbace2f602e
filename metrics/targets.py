"""Targets (chỉ tiêu): settings/targets.toml, by indicator and reporting year."""

from __future__ import annotations

import settings
from metrics.indicator import Indicator
from metrics.period import Period, reporting_year


def target_of(code: str, period: Period) -> float | None:
    """The target of the reporting year the period ends in, else the default, else None."""
    targets = settings.read("targets").get(code, {})
    name = period.name()
    year = reporting_year(period.end, name.style if name else "calendar").end.year
    found = targets.get(str(year), targets.get("default"))
    return None if found is None else float(found)


def met(indicator: Indicator, value: float | None, target: float | None) -> bool | None:
    """Whether the value reaches the target in the indicator's direction; None without a value, a target or a direction."""
    if value is None or target is None or indicator.better is None:
        return None
    return value >= target if indicator.better == "higher" else value <= target
