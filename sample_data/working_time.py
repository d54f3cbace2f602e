"""Working time as one running count of minutes, so that a dossier's life is plain arithmetic on arrays."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import holidays
import numpy as np

MINUTES = 480  # one working day: 07:30–11:30 and 13:30–17:30
FIRST_DAY, LAST_DAY = date(2018, 6, 1), date(2023, 12, 31)


@cache
def working_days() -> np.ndarray:
    """All working days between FIRST_DAY and LAST_DAY, by the public calendar of Việt Nam."""
    calendar = holidays.country_holidays("VN", years=range(FIRST_DAY.year, LAST_DAY.year + 1))
    every = np.arange(np.datetime64(FIRST_DAY), np.datetime64(LAST_DAY) + 1)
    return np.array([day for day in every if calendar.is_working_day(day.astype(object))], dtype="datetime64[D]")


def number_of(day: Any) -> np.ndarray:
    """Position of the last working day at or before each day."""
    return np.searchsorted(working_days(), np.asarray(day, dtype="datetime64[D]"), side="right") - 1


def timestamp(minute: Any) -> np.ndarray:
    """Clock time (datetime64[s]) of each running working minute."""
    minute = np.asarray(minute, dtype=np.int64)
    day, within = np.divmod(minute, MINUTES)
    clock = 450 + within + np.where(within >= 240, 120, 0)  # 07:30, and two hours' rest at noon
    return working_days()[day].astype("datetime64[s]") + (clock * 60).astype("timedelta64[s]")
