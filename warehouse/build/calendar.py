"""The working-day calendar (Civil Code 2015, art. 147-148): one row a day with a running count of working days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

import numpy as np
import pyarrow as pa

from settings import read

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)


@cache
def _known(years: tuple[int, int]) -> tuple[dict[date, str], frozenset[date]]:
    import holidays  # slow to load, and only a build needs it

    vietnam = holidays.country_holidays("VN", years=range(years[0], years[1] + 1), language="vi")
    names = {day: str(name) for day, name in vietnam.items()}
    return names, frozenset(vietnam.weekend_workdays)


def calendar_table() -> pa.Table:
    """Every day of 1990-2100: day, working, working_day_number (working days up to and including it), holiday_name.

    Holidays, substitute days off and make-up days come from the `holidays` library; settings/holidays.toml overrides day by day.
    """
    overrides = read("holidays")
    return _table(tuple(overrides.get("days_off", {}).items()), tuple(overrides.get("working_days", {}).items()))


@lru_cache(maxsize=4)
def _table(days_off: tuple[tuple[str, str], ...], working_days: tuple[tuple[str, str], ...]) -> pa.Table:
    names, make_up = _known((FIRST.year, LAST.year))
    days = np.arange(np.datetime64(FIRST), np.datetime64(LAST + timedelta(1)))
    labels = np.full(len(days), None, dtype=object)
    working = np.is_busday(days)
    changes = [(day, None, True) for day in make_up] + [(day, name, False) for day, name in names.items()]
    changes += [(date.fromisoformat(day), None, True) for day, _ in working_days]
    changes += [(date.fromisoformat(day), name, False) for day, name in days_off]
    for day, name, works in changes:  # the later one holds
        if FIRST <= day <= LAST:
            place = (day - FIRST).days
            labels[place], working[place] = name, works
    return pa.table(
        {
            "day": pa.array(days, pa.date32()),
            "working": pa.array(working),
            "working_day_number": pa.array(np.cumsum(working), pa.int32()),
            "holiday_name": pa.array(labels, pa.string()),
        }
    )
