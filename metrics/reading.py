"""What one indicator reads: a value and the two numbers it is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """numerator and denominator are null where the value is not a ratio of two; value null: no data, or nothing to divide by."""

    numerator: float | None
    denominator: float | None
    value: float | None


NOTHING = Reading(None, None, None)


def share(numerator: float | None, denominator: float | None) -> Reading:
    """numerator / denominator; a zero or missing denominator gives a null value."""
    if numerator is None or not denominator:
        return Reading(numerator, denominator, None)
    return Reading(numerator, denominator, numerator / denominator)
