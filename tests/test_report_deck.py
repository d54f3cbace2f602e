"""The meeting's deck: native charts with the right numbers, targets, overdue sections, conclusions."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from pptx import Presentation
from pptx.presentation import Presentation as PresentationType

import settings
from metrics import wording
from metrics.catalogue import BY_CODE, indicators, monthly
from metrics.control_limits import usual_range
from metrics.overview import ranked
from metrics.period import Period
from metrics.scope import Scope
from reports.making import make_report
from tests.small_snapshot import small_snapshot
from warehouse.database import Database

YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))
MADE_AT = datetime(2021, 1, 5, 8, 0)


def opened(db: Database, period: Period = YEAR) -> PresentationType:
    return Presentation(io.BytesIO(make_report("review_deck", db, period, Scope(), made_at=MADE_AT)))


@pytest.fixture(scope="module")
def deck(sample_db: Database) -> PresentationType:
    return opened(sample_db)


def charts(deck: PresentationType) -> dict[str, object]:
    """Title of the slide → its native chart."""
    return {slide.shapes[0].text_frame.text: shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart}


def words(deck: PresentationType) -> str:
    texts = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    return "\n".join(texts + [cell.text for table in tables for row in table.rows for cell in row.cells])


@pytest.mark.parametrize("code", settings.read("reports")["deck_indicators"])
def test_an_indicator_s_chart_holds_its_months_and_its_usual_range(code: str, deck: PresentationType, sample_db: Database) -> None:
    months = monthly(sample_db, code, YEAR, Scope(), 24)
    limits = usual_range(months, lowest=0.0, highest=1.0 if BY_CODE[code].unit == "share" else None)
    plot = charts(deck)[BY_CODE[code].name].plots[0]
    series = {line.name: list(line.values) for line in plot.series}
    assert list(plot.categories) == months["label"].tolist()
    assert series[BY_CODE[code].name] == pytest.approx([None if wording.missing(v) else v for v in months["value"]])
    assert series["Cận trên thường gặp"] == pytest.approx([limits["upper"].iloc[0]] * len(months))
    assert series["Cận dưới thường gặp"] == pytest.approx([limits["lower"].iloc[0]] * len(months))


def test_the_ranking_is_a_native_chart_too(deck: PresentationType, sample_db: Database) -> None:
    chart = charts(deck)["Tỷ lệ giải quyết đúng hạn theo đơn vị"]
    assert list(chart.plots[0].series[0].values) == pytest.approx(ranked(sample_db, "on_time_share", YEAR, Scope())["value"].tolist())


def test_targets_met_and_missed(deck: PresentationType, sample_db: Database) -> None:
    known = indicators(sample_db, YEAR, Scope())
    judged = known[known["target"].notna() & known["met"].notna()]
    said = words(deck)
    assert f"{int(judged['met'].astype(bool).sum())}/{len(judged)} chỉ tiêu đạt" in said
    for row in judged.to_dict("records"):
        assert row["name"] in said


def test_last_conclusions_open_and_new_ones_have_space(deck: PresentationType) -> None:
    said = words(deck)
    assert "Kết luận lần trước và tình hình thực hiện" in said and "Chuẩn bị báo cáo năm gửi Sở Nội vụ" in said
    assert deck.slides[len(deck.slides) - 1].shapes[0].text_frame.text == "Kết luận cuộc họp"


def test_colours_come_from_settings(own_data_folder, sample_db: Database) -> None:
    folder = own_data_folder / "settings"
    folder.mkdir(parents=True)
    (folder / "department.toml").write_text('colour = "#123456"\n', encoding="utf-8")
    slide = opened(sample_db).slides[1]
    assert str(slide.shapes[0].text_frame.paragraphs[0].runs[0].font.color.rgb) == "123456"


def test_a_deck_without_data_says_so() -> None:
    said = words(opened(small_snapshot(), replace(YEAR)))
    assert "Chưa có số liệu." in said and "Không có hồ sơ quá hạn hoặc sắp đến hạn." in said
