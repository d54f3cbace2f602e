"""The simulated exports: same seed same bytes, the promised rows, the vendors' bad habits, known words."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
import python_calamine

import settings
from sample_data import errors
from sample_data.catalogue import settings as tables
from sample_data.generate import generate

SMALL = 800


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {path.name: path for path in generate(tmp_path_factory.mktemp("small"), dossiers=SMALL)}


def text_rows(path: Path, encoding: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode(encoding)), delimiter=separator))


def book_rows(path: Path) -> dict[str, list[list]]:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def json_records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def text_layouts() -> list[dict]:
    layouts = tables("exports")
    return [layout for layout in layouts["dossiers"] + layouts["steps"] if "encoding" in layout]


def fold(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    kept = "".join(letter if letter.isalnum() else " " for letter in parts if not unicodedata.combining(letter))
    return " ".join(kept.split())


def test_the_same_seed_writes_the_same_bytes(small: dict[str, Path], tmp_path: Path) -> None:
    again = generate(tmp_path, dossiers=SMALL)
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in again}
    assert digests == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in small.items()}


def test_another_seed_writes_other_dossiers(small: dict[str, Path], tmp_path: Path) -> None:
    generate(tmp_path, seed=7, dossiers=SMALL)
    name = "06-cap-huyen-ho-so-2019.csv"
    assert (tmp_path / name).read_bytes() != small[name].read_bytes()


def test_the_promised_numbers_of_rows(small: dict[str, Path]) -> None:
    asked = tables("complaints")
    share = SMALL / 24000
    responses = [row for rows in book_rows(small["17-phieu-khao-sat.xlsx"]).values() for row in rows if str(row[1]).startswith("PKS-")]
    told = [row for rows in book_rows(small["16-phan-anh-kien-nghi.xlsx"]).values() for row in rows if str(row[1]).startswith("PAKN-")]
    assert (asked["total"], asked["survey"]["total"]) == (600, 1200)
    assert (len(told), len(responses)) == (asked["total"] * share, asked["survey"]["total"] * share)


@pytest.mark.parametrize("layout", text_layouts(), ids=lambda layout: layout["file"])
def test_text_exports_have_titles_above_and_totals_below(small: dict[str, Path], layout: dict) -> None:
    rows = text_rows(small[layout["file"]], layout["encoding"], layout["separator"])
    rows = [[unicodedata.normalize("NFC", cell) for cell in row] for row in rows]
    header = len(layout["title"]) + 1
    assert "DỮ LIỆU MÔ PHỎNG" in rows[0][0]
    assert rows[header - 1] == []
    assert rows[header] == ["STT", *(name for _, name in layout["columns"])]
    assert rows[-2][1].startswith("Tổng cộng: ")
    assert rows[-1][1] == "Người lập biểu"
    assert len(rows) > header + 20


def test_encodings_separators_and_normal_forms_vary(small: dict[str, Path]) -> None:
    layouts = text_layouts()
    assert {layout["encoding"] for layout in layouts} == {"utf-8", "utf-8-sig", "utf-16", "cp1258"}
    assert {layout["separator"] for layout in layouts} == {";", ",", "\t"}
    assert small["06-cap-huyen-ho-so-2019.csv"].read_bytes().startswith(b"\xef\xbb\xbf")
    decomposed = small["10-cap-huyen-ho-so-2020.csv"].read_text(encoding="utf-8")
    assert not unicodedata.is_normalized("NFC", decomposed)


def test_windows_1258_reads_back_as_the_same_words(small: dict[str, Path]) -> None:
    text = small["09-van-phong-dang-ky-ho-so-2020.csv"].read_bytes().decode("cp1258")
    assert "Chi nhánh Văn phòng Đăng ký đất đai tại Diên Khánh" in unicodedata.normalize("NFC", text)


def test_the_2019_workbook_has_a_sheet_a_half_year_with_real_and_text_dates(small: dict[str, Path]) -> None:
    sheets = book_rows(small["04-so-tnmt-ho-so-2019.xlsx"])
    assert list(sheets) == ["6 tháng đầu năm", "6 tháng cuối năm"]
    for rows in sheets.values():
        assert "DỮ LIỆU MÔ PHỎNG" in rows[1][0]
        received = [row[14] for row in rows[5:] if str(row[1]).startswith("000.")]
        assert {type(value).__name__ for value in received} >= {"datetime", "str"}


def test_the_old_binary_workbook_is_one(small: dict[str, Path]) -> None:
    path = small["05-van-phong-dang-ky-ho-so-2019.xls"]
    assert path.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    assert "DỮ LIỆU MÔ PHỎNG" in book_rows(path)["Danh sách"][0][0]


def test_complaints_stand_under_a_merged_two_line_header(small: dict[str, Path]) -> None:
    book = python_calamine.CalamineWorkbook.from_path(str(small["16-phan-anh-kien-nghi.xlsx"]))
    sheet = book.get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    assert rows[2][9] == "Quá trình xử lý" and rows[3][9] == "Ngày gửi"
    assert ((2, 1), (3, 1)) in [(first, last) for first, last in sheet.merged_cell_ranges]


def test_the_national_messages_carry_dossiers_with_steps(small: dict[str, Path]) -> None:
    for name in ("07-so-tnmt-dong-bo-6-thang-2020.jsonl", "12-so-tnmt-dong-bo-nam-2020.jsonl"):
        records = json_records(small[name])
        assert all(record["hoSo"]["GhiChu"] == "Dữ liệu mô phỏng" for record in records)
        assert sum(len(record["tienTrinhDongBo"]) for record in records) > len(records)


def test_personal_columns_are_there_to_be_dropped(small: dict[str, Path]) -> None:
    layouts = [layout for layout in tables("exports")["dossiers"] if "columns" in layout]
    personal = {"owner", "phone", "email", "address", "identity_number"}
    assert all(personal & {name for name, _ in layout["columns"]} for layout in layouts)
    assert {name for layout in layouts for name, _ in layout["columns"]} >= personal
    record = json_records(small["12-so-tnmt-dong-bo-nam-2020.jsonl"])[0]["hoSo"]
    assert record["ChuHoSo"] and record["SoDienThoai"] and record["Email"].endswith("@example.com")


def test_a_later_export_brings_changes_to_dossiers_exported_before(small: dict[str, Path]) -> None:
    first = {r["hoSo"]["MaHoSo"]: r["hoSo"] for r in json_records(small["07-so-tnmt-dong-bo-6-thang-2020.jsonl"])}
    again = [r["hoSo"] for r in json_records(small["12-so-tnmt-dong-bo-nam-2020.jsonl"]) if r["hoSo"]["MaHoSo"] in first]
    assert again
    assert any("NgayKetThucXuLy" in now and "NgayKetThucXuLy" not in first[now["MaHoSo"]] for now in again)


def test_honest_errors_are_there_but_few(small: dict[str, Path]) -> None:
    layout = next(layout for layout in text_layouts() if layout["file"].startswith("06"))
    rows = text_rows(small[layout["file"]], layout["encoding"], layout["separator"])[4:-3]
    names = ["stt", *(name for name, _ in layout["columns"])]
    frame = pd.DataFrame(rows, columns=names)
    assert frame["status"].isin(errors.UNKNOWN_STATUS).sum() in (1, 2, 3)
    assert frame["received_at"].isin(errors.UNREADABLE_DATES).sum() in (1, 2, 3)
    assert (frame["dossier_code"] == "").sum() >= 1
    assert (frame["channel"] == errors.UNKNOWN_CHANNEL).sum() in (2, 3)
    assert frame.drop(columns="stt").duplicated().sum() == 2


def test_every_code_word_of_the_vendors_is_known() -> None:
    known = settings.read("code_words")
    for vendor, vocabulary in tables("exports")["words"].items():
        for table, words in vocabulary.items():
            for code, word in words.items():
                of_code = {fold(entry) for entry in known[table][code]}
                assert fold(word) in of_code, f"{vendor}: {word} is not {table} {code}"


def test_the_words_of_honest_errors_are_unknown() -> None:
    statuses = {fold(word) for words in settings.read("code_words")["status"].values() for word in words}
    assert not statuses & {fold(word) for word in errors.UNKNOWN_STATUS}
    assert fold(errors.UNKNOWN_CHANNEL) not in known_words("channel")


def known_words(table: str) -> set[str]:
    return {fold(word) for words in settings.read("code_words")[table].values() for word in words}


REGISTER_WORDS = [
    ("18-thong-bao.csv", "Lý do thông báo", "notice_reason"),
    ("18-thong-bao.csv", "Hình thức thông báo", "notice_channel"),
    ("18-thong-bao.csv", "Phiếu xin lỗi", "boolean"),
    ("01-don-vi.csv", "Thuộc sở (có/không)", "boolean"),
    ("03-thoi-han-buoc.csv", "Đơn vị tính", "norm_unit"),
    ("02-thu-tuc.xlsx", "Mức độ", "service_level"),
    ("02-thu-tuc.xlsx", "Đơn vị tính", "norm_unit"),
    ("02-thu-tuc.xlsx", "Có phí/lệ phí", "boolean"),
    ("16-phan-anh-kien-nghi.xlsx", "Kênh tiếp nhận", "complaint_channel"),
    ("16-phan-anh-kien-nghi.xlsx", "Phân loại", "complaint_class"),
    ("16-phan-anh-kien-nghi.xlsx", "Trạng thái", "complaint_status"),
    ("16-phan-anh-kien-nghi.xlsx", "Mức độ hài lòng", "satisfaction"),
    ("17-phieu-khao-sat.xlsx", "Câu 7", "score"),
    ("19-nguyen-nhan-tre-han.xlsx", "Nguyên nhân trễ hạn", "late_reason"),
    ("20-giai-phap.xlsx", "Tình trạng", "action_status"),
    ("23-ket-luan-giao-ban.xlsx", "Tình trạng", "action_status"),
    ("24-chi-so-cong-bo.xlsx", "Yếu tố", "survey_factor"),
]


@pytest.mark.parametrize(("file", "header", "table"), REGISTER_WORDS)
def test_every_code_word_of_the_registers_is_known(small: dict[str, Path], file: str, header: str, table: str) -> None:
    path = small[file]
    sheets = book_rows(path).values() if path.suffix == ".xlsx" else [text_rows(path, "utf-8-sig", ";")]
    words = set()
    for rows in sheets:
        start, column = next((number, row.index(header)) for number, row in enumerate(rows) if header in row)
        filled = [row for row in rows[start + 1 :] if len([cell for cell in row if cell not in ("", None)]) > 2]
        words |= {fold(str(row[column])) for row in filled if str(row[column])}
    assert words and words <= known_words(table)


def test_the_words_for_discipline_are_known() -> None:
    assert {fold(word) for word in tables("complaints")["discipline"]} <= known_words("discipline")


def test_every_file_says_that_it_is_simulated(small: dict[str, Path]) -> None:
    for path in small.values():
        if path.suffix in (".xlsx", ".xls"):
            assert any("DỮ LIỆU MÔ PHỎNG" in str(row[0]) for rows in book_rows(path).values() for row in rows[:3]), path.name
        elif path.suffix == ".jsonl":
            assert "Dữ liệu mô phỏng" in path.read_text(encoding="utf-8").splitlines()[0]
    sources = [row[1] for row in book_rows(small["24-chi-so-cong-bo.xlsx"])["Dữ liệu"] if str(row[0]).startswith("20")]
    assert set(sources) == {"số liệu mô phỏng"}
