"""Whatever a person limited to unit A asks, the answer is the one of a warehouse that never heard of unit B."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

import metrics
from metrics.catalogue import CATALOGUE
from metrics.complaint_list import complaint_list
from metrics.complaints import COMPLAINT_SETS
from metrics.decomposition import MEASURES, decomposition
from metrics.dossier_sets import SETS
from metrics.dossiers import count_dossiers, dossiers
from metrics.families import SqlFamily
from metrics.overview import moved_most
from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import TABLES, table
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


GROUPED = [one.code for one in CATALOGUE if isinstance(one.family, SqlFamily) and one.family.lists]


def questions_of(module: str) -> dict[str, Callable[[Database, Scope], Any]]:
    """Every public function of a metrics module that is asked with (db, scope) or (db, period, scope) and needs nothing more."""
    asked: dict[str, Callable[[Database, Scope], Any]] = {}
    for name, function in inspect.getmembers(importlib.import_module(module), inspect.isfunction):
        needed = [
            parameter.name for parameter in inspect.signature(function).parameters.values() if parameter.default is inspect.Parameter.empty
        ]
        if function.__module__ != module or name.startswith("_"):
            continue
        if needed == ["db", "scope"]:
            asked[f"{module}.{name}"] = function
        elif needed == ["db", "period", "scope"]:
            asked[f"{module}.{name}"] = lambda db, scope, function=function: function(db, HALF, scope)
    return asked


QUESTIONS: dict[str, Callable[[Database, Scope], Any]] = {
    **{
        f"table {name} by {by}": lambda db, scope, name=name, by=by: table(db, name, HALF, scope, by)
        for name in TABLES
        for by in (None, "unit", "procedure", "field", "channel", "month")
    },
    **{f"dossiers {which}": lambda db, scope, which=which: dossiers(db, HALF, scope, which, 500, 0) for which in SETS},
    **{f"count {which}": lambda db, scope, which=which: count_dossiers(db, HALF, scope, which) for which in SETS},
    **{f"complaints {which}": lambda db, scope, which=which: complaint_list(db, HALF, scope, which, 500, 0) for which in COMPLAINT_SETS},
    **{f"moved {code}": lambda db, scope, code=code: moved_most(db, code, HALF, scope, by="procedure", fewest=1) for code in GROUPED},
    **{f"change of {measure}": lambda db, scope, measure=measure: decomposition(db, HALF, scope, BEFORE, measure) for measure in MEASURES},
    **{
        name: question
        for module in pkgutil.walk_packages(metrics.__path__, "metrics.")
        for name, question in questions_of(module.name).items()
    },
}


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
