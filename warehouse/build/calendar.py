"""The working-day calendar (Civil Code 2015, art. 147-148): one row a day with a running count of working days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

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
    off = {date.fromisoformat(day): name for day, name in days_off}
    worked = {date.fromisoformat(day) for day, _ in working_days}
    days = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
    working, numbers, labels, number = [], [], [], 0
    for day in days:
        label = off.get(day) or (None if day in worked else names.get(day))
        works = day in worked or (label is None and (day.weekday() < 5 or day in make_up))
        number += works
        working.append(works)
        numbers.append(number)
        labels.append(label)
    return pa.table(
        {
            "day": pa.array(days, pa.date32()),
            "working": pa.array(working),
            "working_day_number": pa.array(numbers, pa.int32()),
            "holiday_name": pa.array(labels, pa.string()),
        }
    )
