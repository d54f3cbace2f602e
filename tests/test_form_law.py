"""The law of form 06a, (1) = (5) + (9), over the simulated data and the real log, whatever the grouping, period and as-of date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from metrics.form_06a import FORM_06A
from metrics.grouping import GROUPINGS
from metrics.period import STYLES, Period, named_periods
from metrics.scope import Scope
from warehouse.database import Database

FREE = [(date(2012, 1, 1), 3650), (date(2020, 1, 25), 0), (date(2011, 3, 7), 90), (date(2019, 12, 31), 45)]


@pytest.fixture(params=["sample_db", "wabo_db"])
def db(request: pytest.FixtureRequest) -> Database:
    return request.getfixturevalue(request.param)


def periods(db: Database) -> list[Period]:
    named = [period for style in STYLES for period in named_periods(style, db.as_of)[::4]]
    return named + [Period(start, start + timedelta(days=days)) for start, days in FREE]


@pytest.mark.parametrize("whole_sector", [False, True])
@pytest.mark.parametrize("by", [None, *GROUPINGS])
def test_received_is_resolved_plus_in_progress(db: Database, by: str | None, whole_sector: bool) -> None:
    rows_seen = 0
    for period in periods(db):
        for as_of in (None, period.start + timedelta(days=10)):
            form = FORM_06A.rows(db, period, Scope(whole_sector=whole_sector, as_of=as_of), by)
            rows_seen += int((form["received_total"] > 0).sum())
            left = form["received_total"] - form["resolved_total"] - form["in_progress_total"]
            assert not left.any(), (period, as_of)
    assert rows_seen > 20


@pytest.mark.parametrize("by", ["field", "unit", "procedure", "channel"])
def test_groups_add_up_to_the_whole(db: Database, by: str) -> None:
    for period in periods(db)[::4]:
        scope = Scope(whole_sector=True)
        rows, whole = FORM_06A.rows(db, period, scope, by), FORM_06A.rows(db, period, scope).iloc[0]
        for column in whole.index:
            assert rows[column].sum() == whole[column], (period, column)
