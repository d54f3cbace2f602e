"""The Spark path: every question has one answer on every engine, row by row; publishing, bound values, the dashboard.

One file, so that one worker starts the servers, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pyspark.errors import PySparkException

from metrics.catalogue import BY_CODE, indicators
from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import table
from tests.browser import exception_boxes, new_page, open_browser, shown_text
from tests.questions import questions
from tests.running_app import running_app
from tests.spark.alike import assert_alike
from warehouse.database import Database
from warehouse.parquet import write_parquet
from warehouse.spark_engine import SparkDatabase, current_snapshot
from warehouse.spark_sql import to_spark

_PATIENCE = 300_000  # ms: a hundred questions over a network protocol, on a machine that other tests use as well
YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))
PERIODS = {
    "sample": (Period(date(2020, 7, 1), date(2020, 12, 31)), Period(date(2020, 1, 1), date(2020, 6, 30))),
    "wabo": (Period(date(2011, 4, 1), date(2011, 9, 30)), Period(date(2010, 10, 1), date(2011, 3, 31))),
}
QUESTIONS = {snapshot: questions(*periods) for snapshot, periods in PERIODS.items()}
Snapshot = Callable[[str], Database]
OnSpark = Callable[[str], SparkDatabase]


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


def test_values_stay_bound() -> None:
    text = to_spark("select quantile_cont(days, 0.5) as half from dossier where list_contains($units, unit) limit $limit")
    assert "ARRAY_CONTAINS(:units, `unit`)" in text
    assert text.endswith("LIMIT :limit")
    assert "percentile(`days`, 0.5)" in text.lower()


def test_a_value_is_never_read_as_sql(on_spark: OnSpark) -> None:
    rows, _ = table(on_spark("sample"), "form_06a", YEAR, Scope(units=("x') or true --",)), by="unit")
    assert rows.empty


def test_dossiers_lie_by_the_month_received_and_none_is_lost(parquet: dict[str, Path], on_spark: OnSpark) -> None:
    db = on_spark("sample")
    folder = parquet["sample"] / db.snapshot / "dossier"
    march = folder / "received_year=2020" / "received_month=3"
    asked = "select count(*) as n from dossier where received_on between $from and $to"
    count = db.frame(asked, {"from": date(2020, 3, 1), "to": date(2020, 3, 31)})["n"][0]
    assert db.session.read.parquet(str(march)).count() == count > 0
    not_received = db.frame("select count(*) as n from dossier where received_on is null")["n"][0]
    assert db.session.read.parquet(str(folder / "received_year=0")).count() == not_received > 0


def test_publishing_again_keeps_the_snapshot_that_is_served(
    remote: str, sample_db: object, parquet: dict[str, Path], on_spark: OnSpark
) -> None:
    assert write_parquet(sample_db, parquet["sample"]) == on_spark("sample").snapshot
    assert current_snapshot({"remote": remote, "parquet": str(parquet["sample"])}) == on_spark("sample").snapshot


def test_a_session_that_the_server_has_forgotten_is_opened_again(on_duckdb: Snapshot, on_spark: OnSpark) -> None:
    db, asked = on_spark("wabo"), "select count(*) as not_asked_before from dossier"
    session = db.session
    for name in ("dossier", "snapshot_info"):
        session.catalog.dropTempView(name)
    assert_alike(on_duckdb("wabo").frame(asked), db.frame(asked))
    assert db.session is not session


def test_an_answer_given_again_is_not_changed_by_who_had_it_before(on_spark: OnSpark) -> None:
    db, asked = on_spark("sample"), "select unit_name from unit order by unit_name limit $few"
    three = db.frame(asked, {"few": 3})
    three["unit_name"] = "x"
    assert "x" not in set(db.frame(asked, {"few": 3})["unit_name"])
    assert len(db.frame(asked, {"few": 2})) == 2


def test_a_wrong_question_is_an_error_and_not_a_new_session(on_spark: OnSpark) -> None:
    db = on_spark("sample")
    session = db.session
    with pytest.raises(PySparkException):
        db.frame("select nothing_of_the_kind from dossier")
    assert db.session is session


def test_the_dashboard_opens_on_the_server_and_says_so(remote: str, parquet: dict[str, Path], tmp_path: Path) -> None:
    data = tmp_path / "office"
    (data / "settings").mkdir(parents=True)
    engine = f'kind = "spark"\n[spark]\nremote = "{remote}"\nparquet = "{parquet["sample"].as_posix()}"\n'
    (data / "settings" / "engine.toml").write_text(engine, encoding="utf-8")
    with running_app(data) as app, open_browser() as browser:
        page, complaints = new_page(browser)
        page.goto(app.url)
        expect(page.get_by_text(f"Spark Connect tại {remote}")).to_be_visible(timeout=_PATIENCE)
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=_PATIENCE)
        assert "Giải quyết đúng hạn theo đơn vị" in shown_text(page)
        assert exception_boxes(page) == 0
        assert complaints == []
