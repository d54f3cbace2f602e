"""Numbers and dates in Vietnamese form, the same for screens and reports."""

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import wording


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234.5, "1.234,5"), (0, "0"), (1434, "1.434"), (1234567.25, "1.234.567,3"), (-2.5, "-2,5"), (None, wording.NO_DATA)],
)
def test_number(value, text):
    assert wording.number(value) == text


def test_no_data_is_said_whatever_kind_of_null_it_is():
    for null in (None, float("nan"), pd.NA, pd.NaT):
        assert wording.number(null) == wording.percent(null) == wording.day(null) == wording.points(null) == "chưa có số liệu"


def test_share_is_written_as_percent_rounded_half_up():
    assert wording.percent(0.963) == "96,3%"
    assert wording.percent(0.8125) == "81,3%"
    assert wording.percent(1) == "100,0%"
    assert wording.percent(0) == "0,0%"


def test_change_carries_its_sign():
    assert wording.points(0.021) == "+2,1 điểm %"
    assert wording.points(-0.004) == "−0,4 điểm %"
    assert wording.points(0.0001) == "0,0 điểm %"
    assert wording.signed(3) == "+3"


def test_dates():
    assert wording.day(date(2026, 11, 22)) == "22/11/2026"
    assert wording.day(datetime(2026, 1, 2, 9, 0)) == "02/01/2026"
    assert wording.day(date(9999, 12, 31)) == wording.NO_DATA
    assert wording.moment(datetime(2026, 11, 22, 8, 5)) == "08:05 22/11/2026"
    assert wording.span(date(2020, 1, 1), date(2020, 1, 31)) == "01/01/2020 – 31/01/2020"
    assert wording.month(date(2020, 4, 1)) == "04/2020"


def test_names_are_joined_and_shortened_at_a_word():
    assert wording.listed(["đất đai", "môi trường", "khoáng sản"]) == "đất đai, môi trường và khoáng sản"
    assert wording.shortened("Cấp giấy chứng nhận quyền sử dụng đất", 20) == "Cấp giấy chứng nhận…"
    assert wording.shortened("ngắn", 20) == "ngắn"


def test_a_name_shortened_inside_keeps_its_end():
    name = "Cấp giấy phép khai thác khoáng sản làm vật liệu xây dựng thông thường (gia hạn)"
    assert wording.shortened_inside(name, 40) == "Cấp giấy phép khai thác… (gia hạn)"
    assert wording.shortened_inside("ngắn", 40) == "ngắn"


@given(st.integers(-(10**12), 10**12))
def test_a_written_whole_number_reads_back(value):
    assert int(wording.number(value).replace(".", "")) == value


@given(st.text(min_size=1, max_size=200), st.integers(2, 60))
def test_shortened_text_never_exceeds_its_width(text, width):
    assert len(wording.shortened(text, width)) <= width
    assert len(wording.shortened_inside(text, width + 6)) <= width + 6
