"""Nothing personal stays: after importing files full of marked names, phones, e-mails, addresses and numbers, no mark is found anywhere."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as parquet
import pytest
from playwright.sync_api import Browser, expect

from tests.browser import exception_boxes, new_page, visit, wait_for_page
from tests.running_app import PROJECT, environment, running_app

NAME, PHONE, MAIL, PLACE, NUMBER = "QQTENNGUOI", "0987603141", "qqmark@thu.vn", "12 Phố QQDIACHI", "079299603141"
TEXT = "Ông QQTRICHYEU xin cấp lại"
MARKS = ["QQTENNGUOI", "0987603141", "qqmark", "QQDIACHI", "079299603141", "QQTRICHYEU", "QQKHONGGHEP"]
PERSONAL = {
    "Chủ hồ sơ": NAME,
    "Người nộp": NAME,
    "Tên khách hàng": NAME,
    "Số điện thoại": PHONE,
    "SĐT": PHONE,
    "Email": MAIL,
    "Địa chỉ": PLACE,
    "CCCD": NUMBER,
    "Số giấy tờ": NUMBER,
    "Trích yếu hồ sơ": TEXT,
    "Ghi chú": f"{NAME} gọi {PHONE}",
    "Cột lạ": "QQKHONGGHEP",
}
GOOD = {
    "Mã hồ sơ": "H.1",
    "Tên thủ tục hành chính": "Cấp giấy phép môi trường",
    "Lĩnh vực": "Môi trường",
    "Đơn vị xử lý": "Phòng Môi trường",
    "Ngày tiếp nhận": "03/02/2020",
    "Ngày hẹn trả": "20/02/2020",
    "Ngày kết thúc xử lý": "18/02/2020",
    "Trạng thái hồ sơ": "Đã trả kết quả",
}
REFUSED = {**GOOD, "Mã hồ sơ": "H.2", "Ngày tiếp nhận": "không rõ"}
LATER = {**GOOD, "Mã hồ sơ": "H.3", "Trạng thái hồ sơ": "chữ lạ"}
ROWS = [{**row, **PERSONAL} for row in (GOOD, REFUSED, LATER)]


def csv_file() -> bytes:
    heading = [f"Người xuất: {NAME};;", f"Liên hệ {PHONE};;", ";".join(ROWS[0])]
    return "\n".join([*heading, *(";".join(row.values()) for row in ROWS), f"Người lập;{NAME};"]).encode("utf-8-sig")


def xlsx_file() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"DANH SÁCH HỒ SƠ – {NAME}"])
    sheet.append([])
    sheet.append(["STT", *ROWS[0]])
    for number, row in enumerate(ROWS, start=1):
        sheet.append([number, *(value.replace("H.", "X.") for value in row.values())])
    book.create_sheet("Khác").append([NAME, PHONE])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def json_file() -> bytes:
    def message(code: str, received: str) -> dict[str, object]:
        dossier = {
            **{"MaHoSo": code, "TenTTHC": "Cấp giấy phép môi trường", "TenLinhVuc": "Môi trường", "DonViXuLy": "Phòng Môi trường"},
            **{"NgayTiepNhan": received, "NgayHenTra": "20200220", "NgayKetThucXuLy": "20200218", "TrangThaiHoSo": "10"},
            **{"ChuHoSo": NAME, "SoGiayToChuHoSo": NUMBER, "Email": MAIL, "SoDienThoai": PHONE, "TrichYeuHoSo": TEXT},
            **{"GhiChu": TEXT, "DinhDanhCHS": {"SoDinhDanh": NUMBER}, "TaiLieuNop": [{"TenTepDinhKem": f"{NAME}.pdf"}]},
            "DanhSachGiayToKetQua": [{"MaGiayToKetQua": NUMBER, "DuongDanTepTinKetQua": f"/tep/{NAME}.pdf"}],
            "DanhSachHoSoBoSung": [{"NgayBoSung": "20200205", "NgayTiepNhanBoSung": "20200207", "NguoiYeuCau": NAME, "NoiDung": TEXT}],
        }
        steps = [{"MaHoSo": code, "PhongBanXuLy": "Một cửa", "ThoiDiemXuLy": "20200204090000", "NoiDungXuLy": TEXT, "TrangThai": "4"}]
        return {"hoSo": dossier, "tienTrinhDongBo": steps}

    return json.dumps([message("J.1", "20200203"), message("J.2", "hôm nay")], ensure_ascii=False).encode()


def headless_file() -> bytes:
    """Only rows, no header: nothing in it can be recognised, and its refusal must not repeat what it holds."""
    return "\n".join(f"{NAME};{PHONE};{PLACE};{MAIL}" for _ in range(5)).encode()


def broken_json() -> bytes:
    return f'[{{"hoSo": {{"ChuHoSo": "{NAME}", "SoDienThoai": "{PHONE}" '.encode()


FILES = {"ho-so.csv": csv_file(), "ho-so.xlsx": xlsx_file(), "dong-bo.json": json_file()}
NOT_UNDERSTOOD = {"khong-tieu-de.csv": headless_file(), "hong.json": broken_json()}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return written(tmp_path_factory.mktemp("exports"), FILES)


def written(folder: Path, contents: dict[str, bytes]) -> list[Path]:
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def manage(folder: Path, *words: str) -> str:
    """Run one command over `folder`/data with `folder`/tmp for temporary files; what it said, which has no mark in it."""
    (folder / "tmp").mkdir(exist_ok=True)
    surroundings = environment(folder / "data", {"TMPDIR": str(folder / "tmp")})
    line = [sys.executable, "manage.py", *words]
    ended = subprocess.run(line, cwd=PROJECT, env=surroundings, capture_output=True, timeout=180, check=False)
    assert marks_in(ended.stdout + ended.stderr) == [], words
    assert b"Traceback" not in ended.stderr, ended.stderr.decode()
    return ended.stdout.decode()


def marks_in(content: bytes) -> list[str]:
    spellings = {mark: {mark.encode(), mark.encode("utf-16-le"), json.dumps(mark).strip('"').encode()} for mark in MARKS}
    return [mark for mark in MARKS if any(spelling in content for spelling in spellings[mark])]


def readable_forms(file: Path) -> Iterator[bytes]:
    """The bytes of a file as they lie on disk, and what its compressed columns say."""
    yield file.read_bytes()
    if file.suffix == ".parquet":
        yield str(parquet.read_table(file).to_pydict()).encode() + str(parquet.read_metadata(file).metadata).encode()
    if file.suffix == ".duckdb":
        with duckdb.connect(str(file), read_only=True) as connection:
            tables = connection.sql("select schema_name, table_name from duckdb_tables()").fetchall()
            for schema, table in tables:
                yield str(connection.sql(f'select * from "{schema}"."{table}"').fetchall()).encode()


def found_under(folder: Path) -> dict[str, list[str]]:
    everything = {
        str(file): [mark for form in readable_forms(file) for mark in marks_in(form)] for file in folder.rglob("*") if file.is_file()
    }
    names = {str(file): marks_in(str(file.relative_to(folder)).encode()) for file in folder.rglob("*")}
    return {file: marks for file, marks in [*everything.items(), *names.items()] if marks}


def test_the_search_would_find_a_mark(tmp_path: Path, files: list[Path]) -> None:
    assert found_under(files[0].parent).keys() >= {str(file) for file in files if file.suffix != ".xlsx"}
    duckdb.sql(f"select '{NAME}' as name").write_parquet(str(tmp_path / "x.parquet"), compression="zstd")
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute("create table hidden as select $mark || range as name from range(100000)", {"mark": NAME})
    assert len(found_under(tmp_path)) == 2


def test_an_import_from_the_terminal_leaves_no_mark(tmp_path: Path, files: list[Path]) -> None:
    summaries = json.loads(manage(tmp_path, "import", *map(str, files), "--json"))
    read = {(entry["file"], entry["kind"]): (entry["rows_read"], entry["refused"]) for entry in summaries}
    assert read[("ho-so.csv", "dossiers")] == (3, 2) and read[("ho-so.xlsx", "dossiers")] == (3, 2)
    assert read[("dong-bo.json", "dossiers")] == (2, 1)
    manage(tmp_path, "imports")
    manage(tmp_path, "table", "form_06a", "--from", "2020-01-01", "--to", "2020-12-31", "--by", "procedure", "--json")
    manage(tmp_path, "rebuild")
    assert found_under(tmp_path) == {}
    assert {".parquet", ".duckdb"} <= {file.suffix for file in (tmp_path / "data").rglob("*")}


def test_a_file_that_is_not_understood_is_turned_away_without_repeating_it(tmp_path: Path) -> None:
    for file in written(tmp_path, NOT_UNDERSTOOD):
        manage(tmp_path, "import", str(file))
        file.unlink()
    assert found_under(tmp_path) == {}


def test_an_import_through_the_page_leaves_and_shows_no_mark(tmp_path: Path, browser: Browser, files: list[Path]) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    with running_app(tmp_path / "data", more_environment={"TMPDIR": str(temporary)}) as app:
        page, complaints = new_page(browser)
        received: list[bytes] = []
        page.on(
            "websocket",
            lambda opened: opened.on("framereceived", lambda frame: received.append(frame if isinstance(frame, bytes) else frame.encode())),
        )
        visit(page, f"{app.url}/nhap_du_lieu")
        page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(files)
        wait_for_page(page)
        page.get_by_role("button", name="vào kho dữ liệu").click()
        expect(page.get_by_text("Đã nhập xong")).to_be_visible(timeout=60_000)
        wait_for_page(page)
        assert exception_boxes(page) == 0 and complaints == []
        for button in page.get_by_test_id("stDownloadButton").get_by_role("button").all():
            if button.is_visible():
                with page.expect_download() as download:
                    button.click()
                received.append(download.value.path().read_bytes())
                wait_for_page(page)
        assert any(b"H.1" in frame for frame in received)  # the preview did show mapped columns
        assert [mark for frame in received for mark in marks_in(frame)] == []
        assert not marks_in(app.output.read_bytes())
    assert found_under(tmp_path / "data") == {} and found_under(temporary) == {}
    assert list((tmp_path / "data").rglob("*.duckdb"))
