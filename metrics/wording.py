"""Numbers, shares and dates as Vietnamese officials write them (1.234,5 · 96,3% · 22/11/2026), for screens and reports alike."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

import pandas as pd

NO_DATA = "chưa có số liệu"
OPEN_END = date(9999, 12, 31)


def missing(value: Any) -> bool:
    """True for None, NaN and NaT: nothing is known. Zero is a value."""
    return bool(pd.isna(value))


def number(value: float | None, decimals: int | None = None) -> str:
    """`1234.5` → "1.234,5". Whole numbers get no decimals and others one, unless `decimals` says how many."""
    if missing(value):
        return NO_DATA
    assert value is not None
    exact = float(value)
    places = decimals if decimals is not None else (0 if exact == round(exact) else 1)
    text = f"{_rounded(exact, places):,.{places}f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def percent(share: float | None, decimals: int = 1) -> str:
    """A share between 0 and 1: `0.963` → "96,3%"."""
    return NO_DATA if missing(share) else f"{number(float(share) * 100, decimals)}%"  # type: ignore[arg-type]


def points(change: float | None) -> str:
    """A change of a share, in percentage points with its sign: `0.021` → "+2,1 điểm %"."""
    return NO_DATA if missing(change) else f"{signed(float(change) * 100, 1)} điểm %"  # type: ignore[arg-type]


def signed(value: float | None, decimals: int | None = None) -> str:
    """A change with its sign: `3` → "+3", `-1.5` → "−1,5" (a true minus), 0 → "0"."""
    if missing(value):
        return NO_DATA
    assert value is not None
    size = number(abs(float(value)), decimals)
    if not any(digit in size for digit in "123456789"):
        return size
    return ("+" if value > 0 else "−") + size


def day(value: date | datetime | None) -> str:
    """`date(2026, 11, 22)` → "22/11/2026". The open end of a span is no day: it reads as no data."""
    if missing(value):
        return NO_DATA
    assert value is not None
    plain = value.date() if isinstance(value, datetime) else value
    return NO_DATA if plain == OPEN_END else f"{plain.day:02d}/{plain.month:02d}/{plain.year:04d}"


def moment(value: datetime | None) -> str:
    """`datetime(2026, 11, 22, 8, 5)` → "08:05 22/11/2026"."""
    return NO_DATA if missing(value) else f"{value:%H:%M} {day(value)}"


def month(value: date | None) -> str:
    """`date(2026, 11, 1)` → "11/2026"."""
    return NO_DATA if missing(value) else f"{value:%m/%Y}"


def span(start: date, end: date) -> str:
    """Both days of a period: "01/10/2026 – 31/10/2026"."""
    return f"{day(start)} – {day(end)}"


def listed(names: list[str]) -> str:
    """`["A", "B", "C"]` → "A, B và C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}" if names else ""


def shortened(text: str, width: int) -> str:
    """`text` cut at a word to at most `width` signs, with "…" where something was left out."""
    if len(text) <= width:
        return text
    space = text.rfind(" ", 0, width)
    return text[: space if space > width // 2 else width - 1].rstrip(" ,;:-–") + "…"


def shortened_inside(text: str, width: int) -> str:
    """`text` with "…" in its middle: procedures that begin alike differ at their end."""
    if len(text) <= width:
        return text
    tail = text[len(text) - (width - 2) * 2 // 5 :]
    space = tail.find(" ")
    tail = tail[space + 1 :] if 0 <= space < len(tail) // 2 else tail
    return f"{shortened(text, width - len(tail) - 1)} {tail}"


def _rounded(value: float, places: int) -> float:
    """Half away from zero, as people round: 0.25 → 0.3 (binary noise of one part in 10^9 does not count)."""
    scaled = abs(value) * 10**places
    return math.copysign(math.floor(scaled + 0.5 + 1e-9) / 10**places, value)
