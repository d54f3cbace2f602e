"""The XLSX reports: the form's exact head and law, typed columns, and text that never runs."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from metrics.period import Period
from metrics.scope import Scope
from metrics.tables import table
from reports.making import make_report
from tests.small_snapshot import small_snapshot
from warehouse.database import Database
from warehouse.printed_form import TOTAL, printed_form

YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))
MADE_AT = datetime(2021, 1, 5, 8, 0)
HEAD_ROW = 9


def opened(content: bytes, *, values: bool = True) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def line(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


@pytest.fixture(scope="module")
def form(sample_db: Database) -> bytes:
    return make_report("form_06a", sample_db, YEAR, Scope(), made_at=MADE_AT)


def test_the_three_line_head_of_the_form(form: bytes) -> None:
    sheet = opened(form)["Biểu 06a"]
    assert sheet["A1"].value == "Biểu số II.06a/VPCP/KSTT"
    assert sheet["I8"].value == "Đơn vị tính: Số hồ sơ TTHC"
    assert "01/01/2020" in sheet["A5"].value and "31/12/2020" in sheet["A5"].value
    assert [word for word in line(sheet, HEAD_ROW) if word] == [
        *("STT", "Lĩnh vực giải quyết", "Số lượng hồ sơ tiếp nhận", "Số lượng hồ sơ đã giải quyết", "Số lượng hồ sơ đang giải quyết")
    ]
    assert line(sheet, HEAD_ROW + 1)[2:6] == ["Tổng số", "Trong kỳ", None, "Từ kỳ trước"]
    assert line(sheet, HEAD_ROW + 2)[3:5] == ["Trực tuyến", "Trực tiếp, dịch vụ bưu chính"]
    assert line(sheet, HEAD_ROW + 3)[2:5] == ["(1)=(2)+(3)+(4)", "(2)", "(3)"]


def test_totals_are_live_formulas_that_keep_the_law(form: bytes, sample_db: Database) -> None:
    _, total = table(sample_db, "form_06a", YEAR, Scope())
    for name in ("Biểu 06a", "Theo đơn vị", "Theo thủ tục"):
        shown, behind = opened(form)[name], opened(form, values=False)[name]
        row = next(cell.row for cell in shown["B"] if cell.value == "TỔNG SỐ")
        figures = line(shown, row)[2:13]
        assert figures == list(total.values())
        assert figures[0] == figures[4] + figures[8]
        assert all(str(formula).startswith("=") for formula in line(behind, row)[2:13])
        assert shown.cell(row + 1, 2).value == "Khớp: (1) = (5) + (9)"


def test_the_form_reads_back_as_the_metrics(form: bytes, sample_db: Database) -> None:
    cells = printed_form(form, "bieu.xlsx").set_index(["group", "column"])["printed"]
    rows, total = table(sample_db, "form_06a", YEAR, Scope(), by="field")
    for row in [*rows.to_dict("records"), {"group": TOTAL, **total}]:
        assert [cells[row["group"], column] for column in total] == [row[column] for column in total]


def test_fields_stand_under_their_tier(form: bytes) -> None:
    names = [cell.value for cell in opened(form)["Biểu 06a"]["B"][HEAD_ROW + 3 :] if cell.value]
    tiers = [name for name in names if name.startswith("TTHC cấp:")]
    assert tiers == ["TTHC cấp: sở", "TTHC cấp: văn phòng đăng ký đất đai"]


def test_names_that_look_like_formulas_stay_text() -> None:
    names = ["=1+1", "+84", "-5", "@SUM(A1)", "\tx"]
    db = small_snapshot(dossier=[dict(received="2020-01-06", closed="2020-01-09", due="2020-01-08", procedure=name) for name in names])
    for report, sheet in (("form_06a", "Theo thủ tục"), ("data_pack", "Biểu 06a theo thủ tục")):
        content = make_report(report, db, YEAR, Scope(), made_at=MADE_AT)
        cells = [cell for row in opened(content, values=False)[sheet].iter_rows() for cell in row if cell.value in names]
        assert {cell.value for cell in cells} == set(names)
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_the_pack_explains_every_column_and_filters_every_table(sample_db: Database) -> None:
    book = opened(make_report("data_pack", sample_db, Period(date(2020, 6, 1), date(2020, 6, 30)), Scope(), made_at=MADE_AT))
    guide = {(row[0].value, row[2].value) for row in book["Giải thích"].iter_rows(min_row=5)}
    for sheet in book.worksheets[1:]:
        heads = [value for value in line(sheet, 4) if value]
        assert {(sheet.title, head) for head in heads} <= guide
        assert sheet.auto_filter.ref or sheet["A5"].value == "Không có dòng nào trong kỳ."
    months = book["Thời gian theo tháng"]
    shares = next(cell.column for cell in months[4] if cell.value == "Tỷ lệ đúng hạn")
    assert all(isinstance(row[shares - 1].value, float | int) for row in months.iter_rows(min_row=5))
    starts = next(cell.column for cell in months[4] if cell.value == "Từ ngày")
    assert isinstance(months.cell(5, starts).value, datetime)


def test_the_pack_names_no_officer(sample_db: Database) -> None:
    content = make_report("data_pack", sample_db, YEAR, Scope(), made_at=MADE_AT)
    officers = sample_db.frame("select officer_name from officer where officer_id > 0")["officer_name"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        words = archive.read("xl/sharedStrings.xml").decode()
    assert [name for name in officers if f">{name}<" in words] == []
