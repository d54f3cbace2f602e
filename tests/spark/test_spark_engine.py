"""What the Spark path adds of its own: publishing as Parquet, bound values, and a dashboard that says which engine answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pyspark.errors import PySparkException

from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import table
from tests.browser import exception_boxes, new_page, open_browser, shown_text
from tests.running_app import running_app
from warehouse.parquet import write_parquet
from warehouse.spark_engine import SparkDatabase, current_snapshot
from warehouse.spark_sql import to_spark

_PATIENCE = 300_000  # ms: a hundred questions over a network protocol, on a machine that other tests use as well
YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))


def test_values_stay_bound() -> None:
    text = to_spark("select quantile_cont(days, 0.5) as half from dossier where list_contains($units, unit) limit $limit")
    assert "ARRAY_CONTAINS(:units, `unit`)" in text
    assert text.endswith("LIMIT :limit")
    assert "percentile(`days`, 0.5)" in text.lower()


def test_a_value_is_never_read_as_sql(on_spark: Callable[[str], SparkDatabase]) -> None:
    rows, _ = table(on_spark("sample"), "form_06a", YEAR, Scope(units=("x') or true --",)), by="unit")
    assert rows.empty


def test_dossiers_lie_by_the_month_received_and_none_is_lost(parquet: dict[str, Path], on_spark: Callable[[str], SparkDatabase]) -> None:
    db = on_spark("sample")
    folder = parquet["sample"] / db.snapshot / "dossier"
    march = folder / "received_year=2020" / "received_month=3"
    asked = "select count(*) as n from dossier where received_on between $from and $to"
    count = db.frame(asked, {"from": date(2020, 3, 1), "to": date(2020, 3, 31)})["n"][0]
    assert db.session.read.parquet(str(march)).count() == count > 0
    not_received = db.frame("select count(*) as n from dossier where received_on is null")["n"][0]
    assert db.session.read.parquet(str(folder / "received_year=0")).count() == not_received > 0


def test_publishing_again_keeps_the_snapshot_that_is_served(
    remote: str, sample_db: object, parquet: dict[str, Path], on_spark: Callable[[str], SparkDatabase]
) -> None:
    assert write_parquet(sample_db, parquet["sample"]) == on_spark("sample").snapshot
    assert current_snapshot({"remote": remote, "parquet": str(parquet["sample"])}) == on_spark("sample").snapshot


def test_a_session_that_the_server_has_forgotten_is_opened_again(on_spark: Callable[[str], SparkDatabase]) -> None:
    db = on_spark("wabo")
    before = table(db, "form_06a", Period(date(2011, 1, 1), date(2011, 12, 31)), Scope())
    for name in ("dossier", "snapshot_info"):
        db.session.catalog.dropTempView(name)
    after = table(db, "form_06a", Period(date(2011, 1, 1), date(2011, 12, 31)), Scope())
    assert after[1] == before[1]


def test_a_wrong_question_is_an_error_and_not_a_new_session(on_spark: Callable[[str], SparkDatabase]) -> None:
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
