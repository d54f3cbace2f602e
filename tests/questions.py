"""Every question the project can ask a snapshot: tables, lists behind numbers, changes, and each public metric function."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

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
from warehouse.database import Database

Question = Callable[[Database, Scope], Any]
GROUPED = [one.code for one in CATALOGUE if isinstance(one.family, SqlFamily) and one.family.lists]


def questions(period: Period, before: Period) -> dict[str, Question]:
    """Name → the question about `period` (changes: since `before`), to be asked of a database within a scope."""
    return {
        **{
            f"table {name} by {by}": lambda db, scope, name=name, by=by: table(db, name, period, scope, by)
            for name in TABLES
            for by in (None, "unit", "procedure", "field", "channel", "month")
        },
        **{f"dossiers {which}": lambda db, scope, which=which: dossiers(db, period, scope, which, 500) for which in SETS},
        **{f"count {which}": lambda db, scope, which=which: count_dossiers(db, period, scope, which) for which in SETS},
        **{
            f"complaints {which}": lambda db, scope, which=which: complaint_list(db, period, scope, which, 500, 0)
            for which in COMPLAINT_SETS
        },
        **{f"moved {code}": lambda db, scope, code=code: moved_most(db, code, period, scope, by="procedure", fewest=1) for code in GROUPED},
        **{f"change of {name}": lambda db, scope, name=name: decomposition(db, period, scope, before, name) for name in MEASURES},
        **{
            name: question
            for module in pkgutil.walk_packages(metrics.__path__, "metrics.")
            for name, question in _of_module(module.name, period).items()
        },
    }


def _of_module(module: str, period: Period) -> dict[str, Question]:
    """Every public function of a metrics module that is asked with (db, scope) or (db, period, scope) and needs nothing more."""
    asked: dict[str, Question] = {}
    for name, function in inspect.getmembers(importlib.import_module(module), inspect.isfunction):
        parameters = inspect.signature(function).parameters.values()
        needed = [parameter.name for parameter in parameters if parameter.default is inspect.Parameter.empty]
        if function.__module__ != module or name.startswith("_"):
            continue
        if needed == ["db", "scope"]:
            asked[f"{module}.{name}"] = function
        elif needed == ["db", "period", "scope"]:
            asked[f"{module}.{name}"] = lambda db, scope, function=function: function(db, period, scope)
    return asked
