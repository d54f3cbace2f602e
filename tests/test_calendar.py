"""The working-day calendar against a day-by-day count (Civil Code 2015, art. 147): start < day <= end."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import holidays
from hypothesis import given
from hypothesis import strategies as st

from warehouse.build.calendar import FIRST, LAST, calendar_table

VIETNAM = holidays.country_holidays("VN", years=range(2000, 2032))
OVERRIDDEN = {date(2026, 1, 2): False, date(2026, 1, 10): True}
days = st.dates(date(2001, 1, 1), date(2030, 12, 31))


def numbers() -> dict[date, int]:
    table = calendar_table()
    return dict(zip(table["day"].to_pylist(), table["working_day_number"].to_pylist(), strict=True))


def works(day: date) -> bool:
    known = OVERRIDDEN.get(day)
    return known if known is not None else (day.weekday() < 5 and day not in VIETNAM) or day in VIETNAM.weekend_workdays


@given(start=days, length=st.integers(0, 400))
def test_a_difference_of_two_running_counts_is_the_number_of_working_days(start: date, length: int) -> None:
    counted = numbers()
    end = start + timedelta(length)
    assert counted[end] - counted[start] == sum(works(start + timedelta(n)) for n in range(1, length + 1))


@given(start=days, first=st.integers(0, 200), second=st.integers(0, 200))
def test_working_days_add_up_over_a_day_in_between(start: date, first: int, second: int) -> None:
    counted = numbers()
    middle, end = start + timedelta(first), start + timedelta(first + second)
    assert (counted[middle] - counted[start]) + (counted[end] - counted[middle]) == counted[end] - counted[start] >= 0


def test_every_day_of_the_span_is_there_once() -> None:
    table = calendar_table()
    assert table.num_rows == (LAST - FIRST).days + 1 == len(set(table["day"].to_pylist()))


def test_tet_2020_and_the_swapped_days_of_2026() -> None:
    working = dict(zip(calendar_table()["day"].to_pylist(), calendar_table()["working"].to_pylist(), strict=True))
    assert not any(working[date(2020, 1, day)] for day in range(23, 30))
    assert (working[date(2026, 1, 2)], working[date(2026, 1, 10)]) == (False, True)


def test_an_office_overrides_day_by_day(own_data_folder: Path) -> None:
    (own_data_folder / "settings").mkdir(parents=True)
    (own_data_folder / "settings" / "holidays.toml").write_text('[days_off]\n2020-03-03 = "nghỉ bão"\n', encoding="utf-8")
    table = calendar_table().to_pydict()
    place = table["day"].index(date(2020, 3, 3))
    assert (table["working"][place], table["holiday_name"][place]) == (False, "nghỉ bão")
