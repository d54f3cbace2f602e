"""Every question has one answer, whichever engine is asked: each table, list, change, metric and indicator, row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from metrics.catalogue import BY_CODE, indicators
from metrics.period import Period
from metrics.scope import Scope
from tests.questions import questions
from tests.spark.alike import assert_alike
from warehouse.database import Database

PERIODS = {
    "sample": (Period(date(2020, 7, 1), date(2020, 12, 31)), Period(date(2020, 1, 1), date(2020, 6, 30))),
    "wabo": (Period(date(2011, 4, 1), date(2011, 9, 30)), Period(date(2010, 10, 1), date(2011, 3, 31))),
}
QUESTIONS = {snapshot: questions(*periods) for snapshot, periods in PERIODS.items()}
Snapshot = Callable[[str], Database]


@pytest.mark.parametrize("question", QUESTIONS["sample"])
@pytest.mark.parametrize("snapshot", PERIODS)
def test_question(on_duckdb: Snapshot, on_spark: Snapshot, snapshot: str, question: str) -> None:
    ask = QUESTIONS[snapshot][question]
    assert_alike(ask(on_duckdb(snapshot), Scope()), ask(on_spark(snapshot), Scope()))


@pytest.mark.parametrize("snapshot", PERIODS)
def test_every_indicator_within_a_filter_and_as_of_an_earlier_day(on_duckdb: Snapshot, on_spark: Snapshot, snapshot: str) -> None:
    db, period = on_duckdb(snapshot), PERIODS[snapshot][0]
    names = {
        table: tuple(db.frame(f"select {table}_name as n from {table} order by n")["n"][:2]) for table in ("unit", "field", "procedure")
    }
    scopes = [
        Scope(units=names["unit"], channels=(1, 2), as_of=period.end.replace(day=15)),
        Scope(fields=names["field"], procedures=names["procedure"], whole_sector=True),
        Scope(allowed_units=names["unit"][:1], whole_sector=True),
    ]
    for scope in scopes:
        read = indicators(on_spark(snapshot), period, scope)
        assert set(read["code"]) == set(BY_CODE)
        assert_alike(indicators(db, period, scope), read)


@pytest.mark.parametrize("snapshot", PERIODS)
def test_a_period_in_which_nothing_is_known(on_duckdb: Snapshot, on_spark: Snapshot, snapshot: str) -> None:
    period = Period(date(1999, 1, 1), date(1999, 3, 31))
    assert_alike(indicators(on_duckdb(snapshot), period, Scope()), indicators(on_spark(snapshot), period, Scope()))
