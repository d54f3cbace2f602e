"""What the filter bar offers, and the months a trend is drawn over."""

from datetime import date

import pytest

from metrics.choices import fields, first_day, procedures, units
from metrics.monthly import monthly_table
from metrics.period import Period
from metrics.scope import Scope
from tests.small_snapshot import small_snapshot


@pytest.fixture(scope="module")
def db():
    return small_snapshot(
        unit=[{"unit_name": "Huyện X", "own": False}],
        dossier=[
            {"received": "2020-01-06", "closed": "2020-01-09", "unit": "Chi cục A", "field": "Đất đai", "procedure": "P1"},
            {"received": "2020-03-02", "closed": "2020-03-09", "unit": "Huyện X", "field": "Môi trường", "procedure": "P2"},
        ],
        complaint=[{"sent": "2019-12-30", "unit": "Chi cục B"}],
    )


def test_only_units_with_cases_of_the_department_are_offered_unless_the_whole_sector_is_asked(db):
    assert units(db, Scope()) == ["Chi cục A", "Chi cục B"]
    assert units(db, Scope(whole_sector=True)) == ["Chi cục A", "Chi cục B", "Huyện X"]


def test_a_limited_user_is_offered_nothing_beyond_the_limit(db):
    limited = Scope(allowed_units=("Chi cục A",))
    assert units(db, limited) == ["Chi cục A"]
    assert fields(db, limited) == ["Đất đai"]
    assert procedures(db, limited) == ["P1"]


def test_first_day_of_anything(db):
    assert first_day(db) == date(2019, 12, 30)
    assert first_day(small_snapshot(as_of="2020-05-01")) == date(2020, 5, 1)


def test_a_trend_begins_with_the_first_case(db):
    rows = monthly_table(db, "processing_time", Period(date(2020, 3, 1), date(2020, 3, 31)), Scope(whole_sector=True), count=12)
    assert rows["label"].tolist() == ["01/2020", "02/2020", "03/2020"]


def test_a_month_without_cases_keeps_its_row_with_no_share(db):
    rows = monthly_table(db, "processing_time", Period(date(2020, 3, 1), date(2020, 3, 31)), Scope(whole_sector=True), count=3)
    assert rows["label"].tolist() == ["01/2020", "02/2020", "03/2020"]
    assert rows["closed"].tolist() == [1, 0, 1]
    assert rows["on_time_share"].isna().tolist() == [False, True, False]
