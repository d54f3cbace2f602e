"""The national portal's JSON in all its shapes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from warehouse.mapping import mapped_rows, propose
from warehouse.read import UnreadableFile, read_file

DOSSIER = {
    "MaHoSo": "H01",
    "TenTTHC": "Cấp giấy phép môi trường",
    "ChuHoSo": "MARK người",
    "TrichYeuHoSo": "MARK trích yếu",
    "NgayTiepNhan": "20200102080000",
    "KenhThucHien": 2,
    "DanhSachLePhi": [{"TenPhiLePhi": "MARK", "Gia": 10000}, {"Gia": "5000"}],
    "DanhSachHoSoBoSung": [{"NgayBoSung": "20200103", "NgayTiepNhanBoSung": "20200106", "NguoiYeuCau": "MARK"}],
    "DanhSachGiayToKetQua": [{"MaGiayToKetQua": "G1", "DuongDanTepTinKetQua": "https://x/MARK.pdf"}],
    "TaiLieuNop": [{"DuocSoHoa": 0, "DuocTaiSuDung": 0}, {"DuocSoHoa": 1, "DuocLayTuKhoDMQG": "1"}],
}
STEPS = [
    {"MaHoSo": "H01", "NguoiXuLy": "Cán bộ A", "PhongBanXuLy": "Phòng Môi trường", "TrangThai": 4, "ThoiDiemXuLy": "20200105093000"},
    {"PhongBanXuLy": "Một cửa", "TrangThai": "9", "NoiDungXuLy": "MARK nội dung", "NgayBatDau": "20200106080000"},
]


def tables(content: str | Any) -> dict[str, list[dict[str, Any]]]:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    found = {}
    for table in read_file(text.encode(), "hồ sơ.json"):
        [mapping] = propose(table)
        rows = mapped_rows(table, mapping).drop_columns(["sheet"]).to_pylist()
        found[mapping.kind] = [{k: v for k, v in row.items() if v is not None} for row in rows]
    return found


EXPECTED = {
    "row_number": 1,
    "dossier_code": "H01",
    "procedure_name": "Cấp giấy phép môi trường",
    "received_at": "20200102080000",
    "channel": "2",
    "fee_amount": "15000",
    "electronic_result": "1",
    "digitised": "1",
    "reused": "1",
    "supplements": json.dumps(
        [
            {
                "NgayBoSung": "20200103",
                "NgayTiepNhanBoSung": "20200106",
                "NgayHenTraTruoc": None,
                "NgayHenTraMoi": None,
                "TrangThaiBoSung": None,
            }
        ]
    ),
}


@pytest.mark.parametrize(
    "content",
    [
        DOSSIER,
        [DOSSIER],
        {"hoSo": DOSSIER},
        [{"hoSo": DOSSIER, "tienTrinhDongBo": []}],
        {key.lower(): value for key, value in DOSSIER.items()},
        json.dumps(DOSSIER) + "\n",
        json.dumps([DOSSIER], indent=4),
    ],
    ids=["bare", "array", "wrapped", "wrapped array", "lower case", "line", "indented"],
)
def test_shapes_of_a_message(content: Any):
    assert tables(content) == {"dossiers": [EXPECTED]}


def test_json_lines_count_their_objects():
    found = tables("\n".join(json.dumps({"hoSo": {"MaHoSo": code}, "tienTrinhDongBo": STEPS}) for code in ("H01", "H02")))
    assert [(row["row_number"], row["dossier_code"]) for row in found["dossiers"]] == [(1, "H01"), (2, "H02")]
    assert [(row["row_number"], row["dossier_code"]) for row in found["steps"]] == [(1, "H01"), (1, "H01"), (2, "H01"), (2, "H02")]


def test_a_step_is_named_by_its_section_and_status():
    assert tables({"hoSo": DOSSIER, "tienTrinhDongBo": STEPS})["steps"] == [
        {
            "row_number": 1,
            "dossier_code": "H01",
            "officer_name": "Cán bộ A",
            "section_name": "Phòng Môi trường",
            "status": "4",
            "finished_at": "20200105093000",
            "step_name": "Phòng Môi trường – đang xử lý",
        },
        {
            "row_number": 1,
            "dossier_code": "H01",
            "section_name": "Một cửa",
            "status": "9",
            "started_at": "20200106080000",
            "step_name": "Một cửa – đã xử lý xong",
        },
    ]


def test_nothing_personal_or_free_leaves_the_file():
    content = json.dumps({"hoSo": DOSSIER, "tienTrinhDongBo": STEPS}).encode()
    for table in read_file(content, "a.json"):
        [mapping] = propose(table)
        assert "MARK" not in str(table.sample.to_pylist()) + str(mapped_rows(table, mapping).to_pylist()) + str(table.headers)


def test_a_listed_phrase_is_kept_and_only_that(tmp_path, monkeypatch):
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "code_words.toml").write_text('[step_phrases]\n"Yêu cầu bổ sung" = 5\n', encoding="utf-8")
    monkeypatch.setenv("MCDT_DATA", str(tmp_path))
    steps = [{"MaHoSo": "H01", "TrangThai": 4, "NoiDungXuLy": text} for text in ("Yêu cầu bổ sung", "Yêu cầu bổ sung của bà MARK")]
    assert [row.get("phrase") for row in tables({"tienTrinhDongBo": steps})["steps"]] == ["Yêu cầu bổ sung", None]


def test_absent_lists_are_unknown_and_empty_ones_are_no():
    assert tables([{"MaHoSo": "H01", "DanhSachGiayToKetQua": [], "TaiLieuNop": []}, {"MaHoSo": "H02"}])["dossiers"] == [
        {"row_number": 1, "dossier_code": "H01", "electronic_result": "0", "digitised": "0", "reused": "0"},
        {"row_number": 2, "dossier_code": "H02"},
    ]


def test_a_key_that_the_file_does_not_have_is_no_column():
    [table] = read_file(b'[{"MaHoSo": "H01", "NgayTra": null}]', "a.json")
    assert table.headers == ("MaHoSo", "NgayTra")


def test_what_is_no_object_still_counts_as_a_row():
    assert len(tables('[{"MaHoSo": "H01"}, 7, null, "x"]')["dossiers"]) == 4


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'[{"MaHoSo": "H01"},\n{"MaHoSo": "MARK', "dòng 2"),
        (b'[{"MaHoSo": "H01"}\n{"MaHoSo": "H02"}]', "dòng 2"),
        (b'[{"MaHoSo": "H01"}', "JSON"),
        (b'{"MaHoSo": ' + b"[" * 100_000, "JSON|sâu"),
        (b'{"MaHoSo": "H", "x": ' + b"[" * 60 + b"]" * 60 + b"}", "sâu"),
        (b'[{"khac": 1}]', "MaHoSo"),
        (b"[]", "MaHoSo"),
    ],
)
def test_broken_json_is_refused_with_its_line(content: bytes, words: str):
    with pytest.raises(UnreadableFile, match=words) as failure:
        read_file(content, "a.json")
    assert "MARK" not in str(failure.value)


def test_odd_values_do_no_harm():
    content = '[{"MaHoSo": "H\\ud800", "NgayTra": true, "DanhSachLePhi": [{"Gia": 1e-999999}, {"Gia": 12.5}], "KenhThucHien": NaN}]'
    [row] = tables(content)["dossiers"]
    assert row == {"row_number": 1, "dossier_code": "H?", "returned_at": "1", "fee_amount": "12.50"}
