"""One indicator of the catalogue, and the short ways to write one down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from metrics.dossier_sets import count_of
from metrics.families import FunctionFamily, SqlFamily

# code of a unit of measure, of a direction → what the glossary calls it
UNITS = {
    "share": "tỷ lệ phần trăm",
    "count": "số lượng",
    "working_days": "ngày làm việc",
    "hours": "giờ làm việc",
    "points": "điểm",
    "per_1000": "trên 1.000 hồ sơ",
    "rank": "thứ hạng",
}
DIRECTIONS = {"higher": "càng cao càng tốt", "lower": "càng thấp càng tốt", None: "chỉ để theo dõi"}


@dataclass(frozen=True)
class Indicator:
    """name, formula and note are Vietnamese; legal_basis holds topics of settings/legal_bases.toml.

    numerator, denominator and value are aggregates over the family's rows: value = numerator / denominator unless it is given.
    better: "higher", "lower" or None. which: the named set to list behind the number (of family.lists). page: where it is shown.
    monthly: it makes sense month by month. headline: it stands on the overview.
    """

    code: str
    name: str
    formula: str
    family: SqlFamily | FunctionFamily
    unit: str = "share"
    better: str | None = None
    legal_basis: tuple[str, ...] = ()
    note: str = ""
    numerator: str | None = None
    denominator: str | None = None
    value: str | None = None
    which: str | None = None
    page: str = "tong_quan"
    monthly: bool = True
    headline: bool = False


def share_of(family: SqlFamily, sets: dict[str, str], part: str, whole: str, **about: Any) -> Indicator:
    """The share of the set `part` in the set `whole`; the part is listed unless `which` says otherwise."""
    return Indicator(family=family, numerator=count_of(sets[part]), denominator=count_of(sets[whole]), **{"which": part, **about})


def count_in(family: SqlFamily, sets: dict[str, str], members: str, **about: Any) -> Indicator:
    """How many rows a set holds."""
    return Indicator(family=family, numerator=count_of(sets[members]), unit="count", **{"which": members, **about})


def placed(indicators: list[Indicator], **same: Any) -> tuple[Indicator, ...]:
    """The indicators with what all of them share (page, …) written once."""
    return tuple(replace(one, **same) for one in indicators)
