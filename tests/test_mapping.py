"""Headers to columns: aliases in any spelling, kinds, ambiguous and personal columns, wide surveys, event logs."""

from __future__ import annotations

import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import csv_rows
from warehouse.mapping import Mapping, Profile, fold, mapped_rows, propose, suggest
from warehouse.read import SourceTable
from warehouse.read.words import read_vocabulary

VOCABULARY = read_vocabulary()


def table_of(*headers: str, row: tuple[str, ...] | None = None) -> SourceTable:
    cells = {str(i): pa.chunked_array([[row[i] if row else "x"]]) for i in range(len(headers))}
    return SourceTable(
        "a.csv", None, headers, pa.table(cells), lambda used: pa.table({"row_number": [2], **{str(i): cells[str(i)] for i in used}})
    )


def kinds_of(*headers: str) -> list[str]:
    return [mapping.kind for mapping in propose(table_of(*headers))]


@pytest.mark.parametrize(
    ("headers", "kinds"),
    [
        ("Số biên nhận|Tên TTHC|Ngày nhận|Hẹn trả|Tình trạng|Phí, lệ phí|Thời hạn giải quyết", ["dossiers"]),
        ("Mã hồ sơ|Công việc|Phòng ban xử lý|Người xử lý|Ngày nhận|Ngày kết thúc|Hạn xử lý|Trạng thái", ["steps"]),
        ("Mã hồ sơ|Ngày tiếp nhận|Ngày hẹn trả|Bước xử lý|Ngày bắt đầu|Ngày kết thúc", ["steps", "dossiers"]),
        ("Mã PAKN|Ngày gửi|Ngày tiếp nhận|Ngày trả lời|Mã hồ sơ|Trạng thái", ["complaints"]),
        ("Mã phiếu|Ngày|Đơn vị|Tên thủ tục|Mã hồ sơ|Câu hỏi|Điểm", ["surveys"]),
        ("Mã TTHC|Tên TTHC|Lĩnh vực|Mức độ|Thời hạn giải quyết|Đơn vị tính|Có phí/lệ phí", ["procedures"]),
        ("Mã|Tên|Cấp|Đơn vị cha|Thuộc sở (có/không)|Từ ngày|Đến ngày", ["units"]),
        ("Bước|Thời hạn bước|Đơn vị tính|Tên thủ tục", ["step_norms"]),
        ("Mã hồ sơ|Nguyên nhân trễ hạn", ["late_reasons"]),
        ("Họ và tên|Ngày sinh|Địa chỉ", []),
        ("Mã hồ sơ|Chủ hồ sơ", []),
    ],
)
def test_kinds_are_told_by_their_columns(headers: str, kinds: list[str]):
    assert kinds_of(*headers.split("|")) == kinds


def test_an_event_log_gives_each_kind_its_own_columns():
    log = table_of("Mã hồ sơ", "Ngày tiếp nhận", "Trạng thái hồ sơ", "Bước xử lý", "Ngày bắt đầu", "Ngày kết thúc", "Trạng thái")
    steps, dossiers = propose(log)
    assert steps.columns == {"dossier_code": 0, "step_name": 3, "started_at": 4, "finished_at": 5, "status": 6}
    assert dossiers.columns == {"dossier_code": 0, "received_at": 1, "status": 2}


def test_a_bare_form_is_asked_about():
    [mapping] = propose(table_of("Mã hồ sơ", "Ngày tiếp nhận", "Hình thức", "Ghi chú", "STT"))
    assert (mapping.ask, mapping.personal, mapping.unmapped) == ((2,), (3,), (4,))
    assert "channel" not in mapping.columns


def test_the_first_of_two_headers_for_a_column_wins():
    [mapping] = propose(table_of("Mã hồ sơ", "Hạn trả", "Ngày hẹn trả"))
    assert mapping.columns == {"dossier_code": 0, "due_at": 1}
    assert mapping.unmapped == (2,)


def test_a_kind_may_be_ordered():
    table = table_of("Mã hồ sơ", "Tên thủ tục")
    assert propose(table) == []
    assert [m.kind for m in propose(table, "dossiers")] == ["dossiers"]
    assert propose(table, "complaints") == []
    assert suggest(table, "procedures").columns == {"procedure_name": 1}


@pytest.mark.parametrize("header", ["Chủ hồ sơ", "Trích yếu hồ sơ", "NỘI DUNG XỬ LÝ", "Ghi chú", "Ý kiến chỉ đạo", "GhiChu"])
def test_a_column_of_personal_data_or_free_text_cannot_be_mapped(header: str):
    table = table_of("Mã hồ sơ", "Ngày tiếp nhận", header)
    assert suggest(table, "dossiers").personal == (2,)
    with pytest.raises(ValueError, match="personal"):
        mapped_rows(table, Mapping("dossiers", {"dossier_code": 0, "procedure_name": 2}))
    profile = Profile("riêng", {"dossiers": {"dossier_code": ("Mã hồ sơ",), "procedure_name": (header,)}})
    assert suggest(table, "dossiers", profile).columns == {"dossier_code": 0}


def test_no_alias_is_personal_or_asked():
    assert [
        (name, alias)
        for name, kind in VOCABULARY.kinds.items()
        for column in kind["columns"].values()
        for alias in column["aliases"]
        if VOCABULARY.is_kept_out(alias, name)
    ] == []


@pytest.mark.parametrize("header", ["Họ tên chủ hồ sơ", "SĐT", "E-mail", "Địa chỉ người nộp", "CMND/CCCD", "SoGiayToChuHoSo", "TÊN CHỦ"])
def test_personal_headers(header: str):
    assert VOCABULARY.is_personal(header)


def test_a_wide_survey_becomes_long():
    text = (
        "Mã phiếu,Ngày,Đơn vị,Câu 1,Câu 2: Thời gian giải quyết qua email,Thủ tục hành chính,Câu 3 - Ý kiến khác,Họ tên\n"
        "P1,02/01/2020,Sở,5,Hài lòng,4,MARK,MARK\n"
        "P2,03/01/2020,Sở,,,,MARK,MARK\n"
    )
    answer = {"row_number": 2, "response_code": "P1", "responded_on": "02/01/2020", "unit_name": "Sở"}
    assert csv_rows(text) == [
        {**answer, "question": "Câu 1", "score": "5"},
        {**answer, "question": "Câu 2: Thời gian giải quyết qua email", "score": "Hài lòng"},
        {**answer, "question": "Thủ tục hành chính", "score": "4"},
        {"row_number": 3, "response_code": "P2", "responded_on": "03/01/2020", "unit_name": "Sở"},
    ]


def test_a_long_survey_stays_long():
    assert csv_rows("Mã phiếu,Câu hỏi,Điểm\nP1,access,5\n") == [
        {"row_number": 2, "response_code": "P1", "question": "access", "score": "5"}
    ]


@given(st.text())
def test_fold_is_stable_and_blind_to_marks(text: str):
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(f"  {unicodedata.normalize('NFD', text)}\n") == fold(unicodedata.normalize("NFC", text))


def misspelt(draw: st.DrawFn, header: str) -> str:
    header = draw(st.sampled_from([str.upper, str.lower, str.title, str]))(header)
    header = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), header)
    return (
        draw(st.sampled_from(["{}", " {}  ", "{}:", "({})", "* {}"])).format(header).replace(" ", draw(st.sampled_from([" ", "  ", "\n"])))
    )


@st.composite
def spelt_headers(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Some dossier columns, the code always among them, each under one of its aliases in some spelling."""
    columns = {name: column["aliases"] for name, column in VOCABULARY.kinds["dossiers"]["columns"].items() if column["aliases"]}
    names = draw(st.lists(st.sampled_from([name for name in columns if name != "dossier_code"]), unique=True))
    chosen = draw(st.permutations(["dossier_code", *names]))
    return [(name, misspelt(draw, draw(st.sampled_from(columns[name])))) for name in chosen]


@given(spelt_headers())
@settings(max_examples=60, deadline=None)
def test_any_spelling_of_any_alias_in_any_order(headers: list[tuple[str, str]]):
    mapping = suggest(table_of(*(header for _, header in headers)), "dossiers")
    assert mapping.columns == {name: place for place, (name, _) in enumerate(headers)}


@given(st.lists(st.text(max_size=12), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_every_header_has_one_place(headers: list[str]):
    for kind in ("dossiers", "surveys"):
        m = suggest(table_of(*headers), kind)
        places = [*m.columns.values(), *m.questions, *m.personal, *m.unmapped, *m.ask]
        assert sorted(places) == [i for i, header in enumerate(headers) if header]
