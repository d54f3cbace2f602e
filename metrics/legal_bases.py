"""Legal bases (căn cứ pháp lý): dated settings, so that a figure cites what was in force in its period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import settings
from metrics.period import Period


@dataclass(frozen=True)
class LegalBasis:
    """A legal text; `verified` once the office has checked it and its dates."""

    topic: str
    title: str
    valid_from: date
    valid_to: date
    verified: bool


def legal_bases() -> list[LegalBasis]:
    """Every basis of settings/legal_bases.toml, in its order."""
    return [LegalBasis(**row) for row in settings.read("legal_bases")["basis"]]


def in_force(topics: Iterable[str], period: Period) -> list[LegalBasis]:
    """The bases of these topics in force on some day of the period."""
    wanted = set(topics)
    return [basis for basis in legal_bases() if basis.topic in wanted and basis.valid_from <= period.end and basis.valid_to >= period.start]
