"""The DOCX reports: Decree 30/2020 layout, and the metrics' own figures in Vietnamese form."""

from __future__ import annotations

import io
import re
from datetime import date, datetime

import pytest
from docx import Document
from docx.shared import Pt

from metrics import wording
from metrics.catalogue import BY_CODE, indicators
from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import table
from metrics.worklist import FLAGS, worklist
from reports.making import make_report
from reports.word import TEMPLATES
from tests.office_files import part, words_of_docx
from tests.small_snapshot import small_snapshot
from warehouse.database import Database

YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))
MADE_AT = datetime(2021, 1, 5, 8, 0)


@pytest.fixture(scope="module")
def report(sample_db: Database) -> bytes:
    return make_report("home_affairs", sample_db, YEAR, Scope(), made_at=MADE_AT)


@pytest.mark.parametrize("name", ["home_affairs", "reminder", "conclusions"])
def test_page_and_type_follow_decree_30(name: str, sample_db: Database) -> None:
    content = make_report(name, sample_db, YEAR, Scope(), made_at=MADE_AT, unit="Văn phòng Đăng ký đất đai tỉnh Khánh Hòa")
    document = Document(io.BytesIO(content))
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    margins = [round(margin.mm) for margin in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)]
    assert all(low <= margin <= high for margin, (low, high) in zip(margins, [(20, 25), (20, 25), (30, 35), (15, 20)], strict=True))
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Normal"].font.size in (Pt(13), Pt(14))
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml and "PAGE" not in page.first_page_header._element.xml


def test_the_report_has_the_head_the_six_sections_and_the_foot(report: bytes) -> None:
    words = words_of_docx(report)
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "UBND TỈNH KHÁNH HÒA",
        "BÁO CÁO",
        "năm 2020",
        "Nơi nhận:",
        "PHÓ GIÁM ĐỐC",
        "PHỤ LỤC",
    ):
        assert said in words
    assert re.findall(r"^(\d)\. ", words, re.MULTILINE) == ["1", "2", "3", "4", "5", "6"]
    assert "Quyết định số 424/QĐ-UBND ngày 25/02/2020" in words
    assert "Nghị định 61/2018" in words and "118/2025" not in words


def test_the_figures_are_the_metrics(report: bytes, sample_db: Database) -> None:
    words = words_of_docx(report)
    known = indicators(sample_db, YEAR, Scope()).set_index("code")
    assert f"theo danh mục được phê duyệt đạt {wording.percent(known.loc['listed_online_share', 'value'])} (cùng kỳ năm trước" in words
    assert f"trước hạn đạt {wording.percent(known.loc['on_time_share', 'value'])}" in words
    assert f"Tiếp nhận {wording.number(known.loc['received', 'value'])} hồ sơ trong kỳ" in words
    annex = next(table for table in Document(io.BytesIO(report)).tables if len(table.columns) == 13)
    _, total = table(sample_db, "form_06a", YEAR, Scope())
    assert [cell.text for cell in annex.rows[-1].cells][2:] == [wording.number(value) for value in total.values()]


def test_no_tag_and_no_empty_figure_is_left(report: bytes) -> None:
    words = words_of_docx(report)
    assert not re.search(r"[{}]|None|nan|NaT", words)
    assert not re.search(r"đạt\s*[,;.(]|là\s*[,;.(]", words)


def test_a_missing_figure_reads_no_data() -> None:
    db = small_snapshot(dossier=[dict(received="2020-01-06", closed="2020-01-09", due="2020-01-10")])
    words = words_of_docx(make_report("home_affairs", db, YEAR, Scope(), made_at=MADE_AT))
    assert "Thanh toán trực tuyến đạt chưa có số liệu" in words
    assert "chỉ số hài lòng được công bố năm 2020: chưa có số liệu" in words.lower()


def test_a_template_names_only_indicators_of_the_catalogue() -> None:
    text = re.sub(r"<[^>]+>", "", part((TEMPLATES / "home_affairs.docx").read_bytes(), "word/document.xml"))
    named = set(re.findall(r"\bi\.(\w+)\.", text))
    assert len(named) > 30
    assert named <= set(BY_CODE)


def test_a_reminder_lists_the_section_s_dossiers(sample_db: Database) -> None:
    section = "Tổ Đăng ký và cấp giấy chứng nhận Nha Trang"
    words = words_of_docx(make_report("reminder", sample_db, YEAR, Scope(), made_at=MADE_AT, unit=section))
    mine = worklist(sample_db, Scope()).query("section == @section")
    flagged = mine[mine[list(FLAGS)].any(axis=1)]
    assert f"Kính gửi: {section}" in words and "V/v đôn đốc" in words
    assert f"trong đó có {int(mine['overdue'].sum())} hồ sơ quá hạn" in words
    assert all(code in words for code in flagged["dossier_code"])
    assert not any(officer in words for officer in flagged["officer"].dropna())


def test_conclusions_of_the_newest_meeting_of_the_period() -> None:
    rows = [
        dict(
            conclusion_code="K1",
            meeting_on=date(2020, 5, 4),
            text="Tăng thanh toán trực tuyến",
            unit_name="Văn phòng Sở",
            status="in_progress",
        ),
        dict(
            conclusion_code="K2", meeting_on=date(2020, 6, 4), text="Giải quyết hồ sơ quá hạn", due_on=date(2020, 6, 30), status="planned"
        ),
    ]
    month = Period(date(2020, 6, 1), date(2020, 6, 30))
    words = words_of_docx(make_report("conclusions", small_snapshot(conclusion=rows), month, Scope(), made_at=MADE_AT))
    assert "ngày 04/06/2020" in words
    assert "1. Giải quyết hồ sơ quá hạn" in words and "hạn hoàn thành: 30/06/2020" in words
    assert "Tăng thanh toán trực tuyến" in words.split("Tình hình thực hiện")[1]
