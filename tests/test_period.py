"""Reporting periods: their days, their neighbours, their names."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.period import KINDS, STYLES, Name, Period, last_months, month_key, month_of, months, named, named_periods

DAY = timedelta(days=1)
days = st.dates(date(1995, 1, 1), date(2095, 12, 31))
styles = st.sampled_from(STYLES)
spans = st.tuples(days, st.integers(0, 1500)).map(lambda pair: Period(pair[0], pair[0] + pair[1] * DAY))
names = st.builds(
    lambda style, kind, year, number: Name(style, kind, year, number % len(KINDS[kind])),
    styles,
    st.sampled_from(list(KINDS)),
    st.integers(1995, 2095),
    st.integers(0, 11),
)


def period(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2020-02-15", "2020-03-14", "Tháng 3/2020 (15/02/2020–14/03/2020)"),
        ("2019-12-15", "2020-01-14", "Tháng 1/2020 (15/12/2019–14/01/2020)"),
        ("2019-12-15", "2020-03-14", "Quý I/2020 (15/12/2019–14/03/2020)"),
        ("2020-09-15", "2020-12-14", "Quý IV/2020 (15/09/2020–14/12/2020)"),
        ("2019-12-15", "2020-06-14", "6 tháng đầu năm 2020 (15/12/2019–14/06/2020)"),
        ("2020-06-15", "2020-12-14", "6 tháng cuối năm 2020 (15/06/2020–14/12/2020)"),
        ("2019-12-15", "2020-09-14", "9 tháng đầu năm 2020 (15/12/2019–14/09/2020)"),
        ("2019-12-15", "2020-12-14", "Năm 2020 (15/12/2019–14/12/2020)"),
        ("2020-02-01", "2020-02-29", "Tháng 2/2020 (01/02/2020–29/02/2020)"),
        ("2020-01-01", "2020-12-31", "Năm 2020 (01/01/2020–31/12/2020)"),
        ("2020-01-05", "2020-03-07", "Từ 05/01/2020 đến 07/03/2020"),
    ],
)
def test_labels(start: str, end: str, label: str) -> None:
    assert period(start, end).label() == label


@pytest.mark.parametrize(
    ("of", "previous", "last_year", "to_date"),
    [
        (("2020-02-15", "2020-03-14"), ("2020-01-15", "2020-02-14"), ("2019-02-15", "2019-03-14"), ("2019-12-15", "2020-03-14")),
        (("2020-01-01", "2020-03-31"), ("2019-10-01", "2019-12-31"), ("2019-01-01", "2019-03-31"), ("2020-01-01", "2020-03-31")),
        (("2019-12-15", "2020-06-14"), ("2019-06-15", "2019-12-14"), ("2018-12-15", "2019-06-14"), ("2019-12-15", "2020-06-14")),
        (("2020-02-01", "2020-02-29"), ("2020-01-01", "2020-01-31"), ("2019-02-01", "2019-02-28"), ("2020-01-01", "2020-02-29")),
        (("2020-01-11", "2020-01-20"), ("2020-01-01", "2020-01-10"), ("2019-01-11", "2019-01-20"), ("2020-01-01", "2020-01-20")),
        (("2021-01-01", "2021-02-28"), ("2020-11-03", "2020-12-31"), ("2020-01-01", "2020-02-29"), ("2021-01-01", "2021-02-28")),
    ],
)
def test_neighbours(of, previous, last_year, to_date) -> None:
    subject = period(*of)
    assert subject.previous() == period(*previous)
    assert subject.same_period_last_year() == period(*last_year)
    assert subject.year_to_date() == period(*to_date)


@given(names)
def test_a_named_period_knows_its_name(name: Name) -> None:
    found = named(name).name()
    assert found == name


@given(names)
def test_periods_of_a_kind_follow_each_other_without_gap(name: Name) -> None:
    subject = named(name)
    before = subject.previous()
    assert before.name().kind == name.kind
    if name.kind != "nine_months":
        assert before.end + DAY == subject.start


@given(spans)
def test_a_free_range_is_preceded_by_as_many_days(span: Period) -> None:
    if span.name() is None:
        assert span.previous().days == span.days
        assert span.previous().end + DAY == span.start


@given(spans, styles)
def test_months_cover_the_span_once_in_order(span: Period, style: str) -> None:
    parts = months(span, style)
    assert parts[0].start == span.start and parts[-1].end == span.end
    assert all(before.end + DAY == after.start for before, after in pairwise(parts))
    assert all(month_of(part.start, style) == month_of(part.end, style) for part in parts)
    keys = [month_key(part.end, style) for part in parts]
    assert keys == sorted(set(keys))


@given(days, styles)
def test_every_day_is_in_its_month(day: date, style: str) -> None:
    month = month_of(day, style)
    assert month.start <= day <= month.end
    assert month.name() == Name(style, "month", int(month_key(day, style)[:4]), int(month_key(day, style)[5:]) - 1)


@given(days, styles)
def test_offered_periods_have_begun_and_are_distinct(day: date, style: str) -> None:
    offered = named_periods(style, day)
    assert len(set(offered)) == len(offered)
    assert all(one.start <= day and one.name().style == style for one in offered)
    assert month_of(day, style) == offered[0]


def test_last_months_end_with_the_period() -> None:
    found = last_months(period("2020-01-01", "2020-03-31"), 4)
    assert [month_key(month.end) for month in found] == ["2019-12", "2020-01", "2020-02", "2020-03"]


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError):
        period("2020-02-01", "2020-01-31")
