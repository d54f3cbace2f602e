"""Whatever a person limited to unit A asks, the answer is the one of a warehouse that never heard of unit B."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from metrics.period import Period
from metrics.scope import Scope
from tests.questions import questions
from tests.two_units import FIELDS, UNITS, fill
from warehouse.database import Database
from warehouse.snapshots import open_published

HALF, BEFORE = Period(date(2020, 7, 1), date(2020, 12, 31)), Period(date(2020, 1, 1), date(2020, 6, 30))
LIMITED = Scope(whole_sector=True, allowed_units=(UNITS["A"],))
BEYOND = {
    "another unit": replace(LIMITED, units=(UNITS["B"],)),
    "another unit's field": replace(LIMITED, fields=(FIELDS["B"],)),
    "another unit's procedure": replace(LIMITED, procedures=("T.B0",)),
}
QUESTIONS = questions(HALF, BEFORE)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Database:
    root = tmp_path_factory.mktemp("both")
    fill(root)
    return open_published(root)


@pytest.fixture(scope="module")
def only_a(tmp_path_factory: pytest.TempPathFactory) -> Database:
    root = tmp_path_factory.mktemp("only-a")
    fill(root, "A")
    return open_published(root)


def plain(answer: Any) -> str:
    """An answer as text: data frames whole, but for the ids and names that mean nothing beyond their own snapshot."""
    if isinstance(answer, dict):
        return "\n".join(f"{key}: {plain(value)}" for key, value in answer.items() if key != "snapshot")
    if isinstance(answer, tuple | list):
        return "\n".join(plain(part) for part in answer)
    if isinstance(answer, pd.DataFrame):
        return answer[[column for column in answer if not str(column).endswith("_id")]].to_csv(index=False)
    return repr(answer)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_is_that_of_a_warehouse_without_the_other_unit(both: Database, only_a: Database, question: str) -> None:
    assert plain(QUESTIONS[question](both, LIMITED)) == plain(QUESTIONS[question](only_a, LIMITED))


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("way", BEYOND)
def test_asking_for_the_other_unit_brings_nothing_of_it(both: Database, question: str, way: str) -> None:
    assert "QQB" not in plain(QUESTIONS[question](both, BEYOND[way]))


def test_without_the_limit_the_other_unit_is_there(both: Database) -> None:
    everything = "".join(plain(ask(both, Scope())) for ask in QUESTIONS.values())
    assert "QQB" in everything
