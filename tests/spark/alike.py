"""Whether two engines gave the same answer: row by row, numbers to nine digits."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pandas as pd
import pytest


def assert_alike(one: Any, other: Any) -> None:
    """Raises AssertionError with the first difference."""
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(other, one, check_dtype=False, check_exact=False, rtol=1e-9, atol=1e-9)
    elif isinstance(one, dict):
        assert list(other) == list(one)
        assert_alike(list(one.values()), list(other.values()))
    elif isinstance(one, list | tuple):
        assert len(other) == len(one)
        for part, its_like in zip(one, other, strict=True):
            assert_alike(part, its_like)
    elif is_dataclass(one):
        assert_alike([getattr(one, field.name) for field in fields(one)], [getattr(other, field.name) for field in fields(one)])
    elif isinstance(one, float):
        assert other == pytest.approx(one, rel=1e-9, abs=1e-9, nan_ok=True)
    else:
        assert other == one
