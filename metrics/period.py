"""Reporting periods: calendar months and those of Decree 09/2019 (15th to 14th), their neighbours and their Vietnamese names."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

STYLES = ("calendar", "decree09")
DAY = timedelta(days=1)
ROMAN = ("I", "II", "III", "IV")

# kind → the (first, last) month of each of its periods in a year
KINDS: dict[str, tuple[tuple[int, int], ...]] = {
    "month": tuple((month, month) for month in range(1, 13)),
    "quarter": ((1, 3), (4, 6), (7, 9), (10, 12)),
    "half": ((1, 6), (7, 12)),
    "nine_months": ((1, 9),),
    "year": ((1, 12),),
}


@dataclass(frozen=True)
class Name:
    """What a period is called: its style, its kind, its reporting year and its number (from 0) within that year."""

    style: str
    kind: str
    year: int
    number: int


@dataclass(frozen=True, order=True)
class Period:
    """A span of days, both ends inclusive. Raises ValueError when it ends before it starts."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.start} > {self.end}")

    @property
    def days(self) -> int:
        """Calendar days, both ends counted."""
        return (self.end - self.start).days + 1

    def name(self) -> Name | None:
        """The named period these days are, or None for a free range."""
        for style in STYLES:
            for kind, spans in KINDS.items():
                for number, (_, last) in enumerate(spans):
                    name = Name(style, kind, self.end.year, number)
                    if last == self.end.month and named(name) == self:
                        return name
        return None

    def previous(self) -> Period:
        """The previous period of the same kind; for a free range the equal number of days just before it."""
        name = self.name()
        if name is None:
            return Period(self.start - self.days * DAY, self.start - DAY)
        count = len(KINDS[name.kind])
        year, number = divmod(name.year * count + name.number - 1, count)
        return named(Name(name.style, name.kind, year, number))

    def same_period_last_year(self) -> Period:
        """The period of the same name a year earlier; a free range keeps its days (whole months stay whole)."""
        name = self.name()
        if name is not None:
            return named(Name(name.style, name.kind, name.year - 1, name.number))
        whole_months = self.start.day == 1 and self.end == _month_end(self.end.year, self.end.month)
        end = _month_end(self.end.year - 1, self.end.month) if whole_months else _year_before(self.end)
        return Period(_year_before(self.start), end)

    def year_to_date(self) -> Period:
        """From the first day of the reporting year (15/12 in the decree's style) to this period's end."""
        name = self.name()
        return Period(reporting_year(self.end, name.style if name else "calendar").start, self.end)

    def title(self) -> str:
        """The Vietnamese name alone: "Quý I/2020"; a free range is named by its days."""
        name = self.name()
        if name is None:
            return f"{_shown(self.start)}–{_shown(self.end)}"
        year = name.year
        return {
            "month": f"Tháng {name.number + 1}/{year}",
            "quarter": f"Quý {ROMAN[name.number % 4]}/{year}",
            "half": f"6 tháng {'cuối' if name.number else 'đầu'} năm {year}",
            "nine_months": f"9 tháng đầu năm {year}",
            "year": f"Năm {year}",
        }[name.kind]

    def label(self) -> str:
        """The Vietnamese name with both days: "Tháng 3/2020 (15/02/2020–14/03/2020)"."""
        days = f"{_shown(self.start)}–{_shown(self.end)}"
        return f"{self.title()} ({days})" if self.name() else f"Từ {_shown(self.start)} đến {_shown(self.end)}"


def named(name: Name) -> Period:
    """The days of a named period (Decree 09/2019, art. 12, for the decree's style)."""
    first, last = KINDS[name.kind][name.number]
    if name.style == "calendar":
        return Period(date(name.year, first, 1), _month_end(name.year, last))
    year, month = (name.year - 1, 12) if first == 1 else (name.year, first - 1)
    return Period(date(year, month, 15), date(name.year, last, 14))


def month_of(day: date, style: str = "calendar") -> Period:
    """The reporting month a day belongs to."""
    year, month = _year_and_month(day, style)
    return named(Name(style, "month", year, month - 1))


def reporting_year(day: date, style: str = "calendar") -> Period:
    """The reporting year a day belongs to."""
    return named(Name(style, "year", _year_and_month(day, style)[0], 0))


def month_key(day: date, style: str = "calendar") -> str:
    """The reporting month a day belongs to, as "2020-03"."""
    return "{:04d}-{:02d}".format(*_year_and_month(day, style))


def months(period: Period, style: str = "calendar") -> list[Period]:
    """The span cut into its reporting months, in order; the first and the last may be parts of a month."""
    parts = []
    start = period.start
    while start <= period.end:
        end = min(month_of(start, style).end, period.end)
        parts.append(Period(start, end))
        start = end + DAY
    return parts


def last_months(period: Period, count: int, style: str = "calendar") -> list[Period]:
    """The `count` whole reporting months that end with the one `period` ends in, oldest first."""
    month = month_of(period.end, style)
    found = [month]
    while len(found) < count:
        month = month.previous()
        found.append(month)
    return found[::-1]


def named_periods(style: str, as_of: date, years: int = 2) -> list[Period]:
    """The named periods begun by `as_of` in the last `years` reporting years, as the filter bar offers them:
    months first, then quarters, halves, nine months and years, the newest of each first."""
    return list(_named_periods(style, as_of, years))


def _named_periods(style: str, as_of: date, years: int) -> Iterator[Period]:
    newest = _year_and_month(as_of, style)[0]
    for kind, spans in KINDS.items():
        for year in range(newest, newest - years, -1):
            for number in reversed(range(len(spans))):
                period = named(Name(style, kind, year, number))
                if period.start <= as_of:
                    yield period


def _year_and_month(day: date, style: str) -> tuple[int, int]:
    if style not in STYLES:
        raise ValueError(style)
    month = day.month + (style == "decree09" and day.day >= 15)
    return (day.year + 1, 1) if month > 12 else (day.year, month)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, monthrange(day.year - 1, day.month)[1]))


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"
