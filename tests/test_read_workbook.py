"""The habits of Excel exports, and workbooks made to harm."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlwt

from tests.reading import rows_of, workbook
from warehouse.mapping import mapped_rows, propose
from warehouse.read import UnreadableFile, read_file

HEADER = ["STT", "Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái"]
LINE = [1, "H01", date(2020, 1, 2), "09/01/2020", "Đang xử lý"]
ROW = {"row_number": 2, "dossier_code": "H01", "received_at": "2020-01-02 00:00:00", "due_at": "09/01/2020", "status": "Đang xử lý"}


def xlsx_rows(*rows: list, **options) -> list[dict]:
    return rows_of(workbook({"Hồ sơ": list(rows)}, **options), "hồ sơ.xlsx")


def test_real_dates_text_dates_and_serials():
    assert xlsx_rows(HEADER, LINE, [2, "H02", 43892, datetime(2020, 1, 9, 16, 30), None]) == [
        ROW,
        {"row_number": 3, "dossier_code": "H02", "received_at": "43892", "due_at": "2020-01-09 16:30:00"},
    ]


def test_numbers_as_codes_stay_whole():
    assert xlsx_rows(HEADER, [1, 123456789012, None, None, 4])[0] == {"row_number": 2, "dossier_code": "123456789012", "status": "4"}


def test_title_blank_rows_and_blank_columns_before_the_table():
    rows = [[], [None, None, "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"], [], [None, None, *HEADER], [None, None, *LINE], [], [None, None, *LINE]]
    assert xlsx_rows(*rows) == [{**ROW, "row_number": 5}, {**ROW, "row_number": 7}]


def test_a_merged_two_line_header():
    top, bottom = ["STT", "Mã hồ sơ", "Ngày", None, "Trạng thái"], [None, None, "Tiếp nhận", "Hẹn trả", None]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)]
    content = workbook({"Hồ sơ": [top, bottom, LINE]}, merged={"Hồ sơ": merged})
    [table] = read_file(content, "a.xlsx")
    assert table.headers == ("STT", "Mã hồ sơ", "Ngày – Tiếp nhận", "Ngày – Hẹn trả", "Trạng thái")
    assert rows_of(content, "a.xlsx") == [{**ROW, "row_number": 3}]


def test_totals_and_signatures_below():
    footer = [["Tổng cộng", None, 2], [], [None, None, None, "Ngày 31 tháng 01 năm 2020"], [None, "Người lập biểu", None, "Giám đốc"]]
    names = [[], [None, "Trần Thị B", None, "Nguyễn Văn A"]]
    assert xlsx_rows(HEADER, LINE, *footer, *names) == [ROW]


def test_every_visible_sheet_is_a_table_and_other_sheets_are_nothing():
    book = openpyxl.Workbook()
    for name, state in (("Tháng 1", "visible"), ("Tháng 2", "visible"), ("Danh mục", "hidden")):
        sheet = book.create_sheet(name)
        sheet.append(HEADER)
        sheet.append(LINE)
        sheet.sheet_state = state
    book.create_sheet("Ghi chú").append(["Số liệu tạm tính"])
    file = io.BytesIO()
    book.save(file)
    found = [(table, propose(table)) for table in read_file(file.getvalue(), "a.xlsx")]
    rows = [mapped_rows(table, mapping).to_pylist() for table, mappings in found for mapping in mappings]
    assert [row["sheet"] for part in rows for row in part] == ["Tháng 1", "Tháng 2"]


def test_error_cells_and_formulas():
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append([1, "H01", "#N/A", "=1/0", "Đang xử lý"])
    book.active["C2"].data_type = "e"
    file = io.BytesIO()
    book.save(file)
    assert rows_of(file.getvalue(), "a.xlsx") == [{"row_number": 2, "dossier_code": "H01", "status": "Đang xử lý"}]


def test_xls_under_any_name():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Hồ sơ")
    for r, row in enumerate([HEADER, LINE]):
        for c, value in enumerate(row):
            sheet.write(r, c, value, xlwt.easyxf(num_format_str="dd/mm/yyyy") if isinstance(value, date) else xlwt.Style.default_style)
    file = io.BytesIO()
    book.save(file)
    assert rows_of(file.getvalue(), "đuôi sai.csv") == [ROW]


def test_personal_columns_never_leave_the_reader():
    content = workbook({"Hồ sơ": [[*HEADER, "Chủ hồ sơ", "Số điện thoại"], [*LINE, "MARKname", "MARKphone"]]})
    [table] = read_file(content, "a.xlsx")
    assert "MARK" not in str(table.sample.to_pylist()) + str(table.load(range(7)).to_pylist())


def with_parts(**parts: str) -> bytes:
    """A small workbook whose named parts are replaced: sheet= the sheet's XML, strings= a part of its own."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook({"S": [HEADER, LINE]}))) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get("sheet") if name == "xl/worksheets/sheet1.xml" and "sheet" in parts else old.read(name))
        if "extra" in parts:
            new.writestr("xl/media/x.xml", parts["extra"])
    return file.getvalue()


def sheet_xml(*cells: str) -> str:
    rows = "".join(f'<row r="{"".join(filter(str.isdigit, cell))}"><c r="{cell}"><v>1</v></c></row>' for cell in cells)
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'


@pytest.fixture
def limits(tmp_path, monkeypatch):
    """Sets an office's own settings/reading.toml."""

    def write(text: str) -> None:
        (tmp_path / "settings").mkdir()
        (tmp_path / "settings" / "reading.toml").write_text(text, encoding="utf-8")
        monkeypatch.setenv("MCDT_DATA", str(tmp_path))

    return write


def test_a_far_away_cell_is_refused_before_it_fills_the_memory():
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match="quá xa"):
        read_file(with_parts(sheet=sheet_xml("A1", "XFD1048576")), "bom.xlsx")
    assert time.monotonic() - started < 10


def test_a_cell_that_hides_from_the_look_over_only_ends_the_child(limits):
    limits("sheet_cells = 1_000_000_000_000")
    with pytest.raises(UnreadableFile, match="quá lớn"):
        read_file(with_parts(sheet=sheet_xml("A1", "XFD1048576")), "bom.xlsx")


def test_a_zip_bomb_is_refused_before_it_unzips(limits):
    limits("unzipped_bytes = 20_000_000")
    content = with_parts(extra=" " * 50_000_000)
    assert len(content) < 100_000
    with pytest.raises(UnreadableFile, match="giải nén"):
        read_file(content, "bom.xlsx")


def test_a_zip_that_lies_about_its_size_is_refused_while_it_unzips(limits):
    limits("unzipped_bytes = 3_000_000")
    content = with_parts(extra=" " * 5_000_000).replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(UnreadableFile, match=r"giải nén|bị hỏng"):
        read_file(content, "bom.xlsx")


def test_a_parser_that_takes_too_long_is_ended(limits):
    limits("sheet_seconds = 0.01")
    with pytest.raises(UnreadableFile, match="không đọc được"):
        read_file(workbook({"S": [HEADER, *([LINE] * 3000)]}), "a.xlsx")


def test_external_entities_are_refused():
    xml = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + sheet_xml("A1")
    with pytest.raises(UnreadableFile, match="thực thể"):
        read_file(with_parts(sheet=xml), "a.xlsx")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (workbook({"S": [HEADER, LINE]})[:3000], "bị hỏng"),
        (with_parts(sheet="<worksheet><sheetData><row r='1'><c"), "bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 20, "mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 20, "không phải bảng tính"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 50, "bị hỏng"),
        (workbook({"S": [[f"cột {i}" for i in range(2500)]]}), "quá nhiều cột"),
    ],
    ids=["cut", "xml", "password", "word", "ole", "columns"],
)
def test_what_cannot_be_read_is_said_in_vietnamese(content: bytes, words: str):
    with pytest.raises(UnreadableFile, match=words) as failure:
        read_file(content, "/nơi/nào/đó/a.xlsx")
    assert "a.xlsx" in str(failure.value)
    assert "nơi" not in str(failure.value)


def test_other_zips_are_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(UnreadableFile, match="không phải bảng tính"):
        read_file(file.getvalue(), "a.xlsx")


def test_an_empty_workbook_holds_no_table():
    assert read_file(workbook({"S": []}), "a.xlsx") == []
