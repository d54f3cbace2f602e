"""The habits of CSV exports, each as a small file."""

from __future__ import annotations

import unicodedata

import pytest

from tests.reading import csv_rows, rows_of
from warehouse.mapping import mapped_rows, propose
from warehouse.read import UnreadableFile, read_file

HEADER = "STT,Mã hồ sơ,Tên thủ tục,Ngày tiếp nhận,Trạng thái"
LINE = "1,H01,Cấp giấy phép môi trường,02/01/2020,Đang xử lý"
ROW = {
    "row_number": 2,
    "dossier_code": "H01",
    "procedure_name": "Cấp giấy phép môi trường",
    "received_at": "02/01/2020",
    "status": "Đang xử lý",
}


def numbered(*places: int) -> list[dict[str, object]]:
    return [{**ROW, "row_number": place} for place in places]


def test_header_on_line_one_loses_nothing():
    assert csv_rows(f"{HEADER}\n{LINE}\n{LINE}\n") == numbered(2, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings(encoding: str):
    assert csv_rows(f"{HEADER}\n{LINE}\n", encoding) == [ROW]


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_line_ends(ending: str):
    assert csv_rows(ending.join([HEADER, LINE, LINE])) == numbered(2, 3)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator: str):
    assert csv_rows(f"{HEADER}\n{LINE}\n".replace(",", separator)) == [ROW]


def test_the_separator_that_excel_declares():
    assert csv_rows(f"sep=;\r\n{HEADER}\r\n{LINE}".replace(",", ";")) == numbered(3)


def windows_1258(text: str) -> bytes:
    """Tones apart, the other marks on their letters, as Windows-1258 writes Vietnamese."""
    composed = []
    for sign in unicodedata.normalize("NFC", text):
        try:
            composed.append(sign.encode("cp1258"))
        except UnicodeEncodeError:
            *letter, tone = unicodedata.normalize("NFD", sign)
            kept = [mark for mark in [*letter, tone] if mark in "\u0300\u0301\u0303\u0309\u0323"]
            base = unicodedata.normalize("NFC", "".join(mark for mark in [*letter, tone] if mark not in kept))
            composed.append((base + "".join(kept)).encode("cp1258"))
    return b"".join(composed)


def test_windows_1258():
    assert rows_of(windows_1258(f"{HEADER}\n{LINE}\n"), "a.csv") == [ROW]


def test_a_windows_1258_line_inside_utf_8_is_read_when_it_can_mean_one_thing():
    content = f"{HEADER}\n{LINE}\n".encode() + windows_1258(LINE)
    assert rows_of(content, "a.csv") == numbered(2, 3)


def test_a_line_that_mixes_both_is_refused_by_its_number():
    mixed = LINE.encode() + windows_1258(", Đang xử lý")
    with pytest.raises(UnreadableFile, match="dòng 3") as failure:
        read_file(f"{HEADER}\n{LINE}\n".encode() + mixed, "a.csv")
    assert "H01" not in str(failure.value)


def test_nfd_headers_are_known_and_values_stay_as_they_are():
    [row] = csv_rows(unicodedata.normalize("NFD", f"{HEADER}\n{LINE}\n"))
    assert row["status"] == unicodedata.normalize("NFD", "Đang xử lý")


def test_title_and_filter_lines_above():
    text = f"DANH SÁCH HỒ SƠ\nTừ ngày:,01/01/2020,Đến ngày:,31/01/2020\n\n{HEADER}\n{LINE}\n"
    assert csv_rows(text) == numbered(5)


def test_totals_signatures_and_empty_lines_are_no_data():
    text = (
        f"{HEADER}\n{LINE}\n,,,,\n\n{LINE}\nTổng cộng: 2 hồ sơ,,,,\n,,,,\n"
        ',,,"Khánh Hòa, ngày 31 tháng 01 năm 2020",\nNgười lập biểu,,,KT. GIÁM ĐỐC,\n,,,,\nTrần Thị B,,,Nguyễn Văn A,\n'
    )
    assert csv_rows(text) == numbered(2, 5)


def test_a_signature_over_two_lines_of_one_cell():
    assert csv_rows(f'{HEADER}\n{LINE}\n,,,"KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",\n') == [ROW]


def test_a_last_line_that_may_be_a_dossier_is_kept():
    text = f"{HEADER}\n{LINE}\n,,Tổng cục,03/01/2020,Đang xử lý\nTổng cộng,H02,,,\n"
    assert [row["row_number"] for row in csv_rows(text)] == [2, 3, 4]


def test_a_two_line_header():
    text = "STT,Mã hồ sơ,Thời gian,,Trạng thái\n,,Ngày tiếp nhận,Hẹn trả,\n1,H01,02/01/2020,09/01/2020,Đang xử lý\n"
    [row] = csv_rows(text)
    assert row == {"row_number": 3, "dossier_code": "H01", "received_at": "02/01/2020", "due_at": "09/01/2020", "status": "Đang xử lý"}


def test_a_line_that_numbers_the_columns():
    assert csv_rows(f"{HEADER}\n(1),(2),(3),(4),(5)\n{LINE}\n") == numbered(3)


def test_line_breaks_and_spaces_in_headers_and_cells():
    text = 'STT,"MÃ  HỒ\nSƠ",tên thủ tục , NGÀY TIẾP NHẬN,Trạng thái\n1,  H01 ,Cấp giấy phép môi trường,02/01/2020,Đang xử lý\n'
    assert csv_rows(text) == [ROW]


def test_a_quoted_line_break_stays_inside_its_cell():
    text = f'{HEADER}\n1,H01,"Cấp, ""đổi""\ngiấy phép",02/01/2020,Đang xử lý\n{LINE}\n'
    assert csv_rows(text) == [{**ROW, "procedure_name": 'Cấp, "đổi"\ngiấy phép'}, {**ROW, "row_number": 3}]


def test_short_and_long_lines_are_kept():
    text = f"{HEADER}\n1,H01\n{LINE},thừa,nữa\n"
    assert csv_rows(text) == [{"row_number": 2, "dossier_code": "H01"}, {**ROW, "row_number": 3}]


def test_a_quote_left_open_is_refused_by_its_line():
    text = f'{HEADER}\n{LINE}\n1,H02,"Cấp giấy,02/01/2020,Đang xử lý\n{LINE}\n{LINE}\n'
    [table] = read_file(text.encode(), "a.csv")
    with pytest.raises(UnreadableFile, match="dòng 3"):
        mapped_rows(table, propose(table)[0])


def test_a_clean_file_and_a_ragged_one_give_the_same_rows():
    lines = [f"{i},H{i:04d},Thủ tục {i % 7},0{1 + i % 9}/01/2020,Đang xử lý" for i in range(5000)]
    clean = csv_rows("\n".join([HEADER, *lines]))
    ragged = csv_rows("\n".join([HEADER, *lines[:-1], lines[-1] + ",thừa"]))
    assert clean == ragged
    assert [row["row_number"] for row in clean] == list(range(2, 5002))


def test_a_long_file_with_a_total_far_below():
    lines = [f'{i},H{i:05d},"Thủ tục, loại {i % 7}",02/01/2020,Đang xử lý' for i in range(9000)]
    rows = csv_rows("\n".join([HEADER, *lines, "Cộng,9000,,,"]))
    assert len(rows) == 9000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "không có dữ liệu"),
        (b"\xef\xbb\xbf \r\n", "không có dữ liệu"),
        (b"%PDF-1.4 ...", "không phải tệp dữ liệu"),
        (b"<html><table><tr><td>x</td></tr></table>", "trang web"),
        (("a," * 3000).encode() + b"\n1,2\n", "cột"),
        (b"Ma ho so,Ngay tiep nhan\n\xff\xff\x81,02/01/2020\n", "dòng 2"),
    ],
)
def test_what_cannot_be_read_is_said_in_vietnamese(content: bytes, words: str):
    with pytest.raises(UnreadableFile, match=words):
        read_file(content, "../thư mục/a.csv")


def test_personal_columns_are_nowhere_in_what_is_handed_over():
    text = f"{HEADER},Chủ hồ sơ,SĐT,Địa chỉ thường trú,Email người nộp,Số CCCD\n{LINE},MARKname,MARKphone,MARKstreet,MARKmail,MARKid\n"
    [table] = read_file(text.encode(), "a.csv")
    [mapping] = propose(table)
    assert mapping.personal == (5, 6, 7, 8, 9)
    assert "MARK" not in str(table.sample.to_pylist()) + str(mapped_rows(table, mapping).to_pylist())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_nothing_between_rows_are_no_data(end: str):
    assert csv_rows(end.join([HEADER, LINE, "", "", LINE, "", LINE, ""])) == numbered(2, 5, 7)
