"""A register goes out as an Excel file and comes back changed, through its page in a real browser."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from metrics.registers import actions
from metrics.scope import Scope
from tests.browser import exception_boxes, visit, wait_for_page
from tests.running_app import RunningApp
from warehouse import importing
from warehouse.snapshots import open_published

PATIENCE = 120_000  # a machine that runs other tests at the same time is slow


def on_the_register(page: Page, app: RunningApp) -> None:
    visit(page, f"{app.url}/giai_phap")
    page.get_by_role("tab", name="Sổ giải pháp").click()
    wait_for_page(page)


def uploaded(page: Page, file: Path) -> None:
    page.get_by_text("Nhập giải pháp từ tệp Excel").click()
    page.locator(".st-key-actions_upload input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Nhập tệp").click()


def test_the_register_goes_out_and_comes_back_changed(app: RunningApp, watched: tuple[Page, list[str]], tmp_path: Path) -> None:
    page, complaints = watched
    before = actions(open_published(app.data / "sample"), Scope()).set_index("action_code")
    on_the_register(page, app)
    with page.expect_download() as waited:
        page.get_by_role("button", name="Tải sổ giải pháp (Excel)").click()
    assert waited.value.suggested_filename == "Sổ giải pháp.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(Path(waited.value.path()).read_bytes()))
    header, *rows = book.active.iter_rows()
    place = {cell.value: cell.column - 1 for cell in header}
    assert [row[place["Mã giải pháp"]].value for row in rows] == list(before.index)

    changed = rows[0][place["Mã giải pháp"]].value
    rows[0][place["Kết quả"]].value = "Đã lắp xong"
    added = {"Mã giải pháp": "GP2-90", "Nhóm": 2, "Giải pháp": "Lắp thêm màn hình tra cứu", "Tình trạng": "Chưa thực hiện"}
    book.active.append([added.get(cell.value) for cell in header])
    file = tmp_path / "sua.xlsx"
    book.save(file)
    uploaded(page, file)
    same = len(before) - 1
    expect(page.get_by_text(f"Đã nhập tệp: 1 dòng mới, 1 cập nhật, {same} không đổi, 0 bị từ chối")).to_be_visible(timeout=PATIENCE)
    after = actions(open_published(app.data / "sample"), Scope()).set_index("action_code")
    assert after.loc[changed, "result"] == "Đã lắp xong"
    assert after.loc["GP2-90", ["title", "status"]].tolist() == ["Lắp thêm màn hình tra cứu", "planned"]
    left = before.index.drop(changed)
    assert after.loc[left].equals(before.loc[left])
    assert (exception_boxes(page), complaints) == (0, [])


def test_a_file_that_is_no_register_leaves_it_as_it_was(app: RunningApp, watched: tuple[Page, list[str]], tmp_path: Path) -> None:
    page, complaints = watched
    file = tmp_path / "khac.xlsx"
    file.write_bytes(b"PK\x03\x04 not a workbook")
    before = importing.history(app.data / "sample")
    on_the_register(page, app)
    uploaded(page, file)
    expect(page.get_by_test_id("stAlert").filter(has_text="khac.xlsx")).to_be_visible(timeout=PATIENCE)
    assert importing.history(app.data / "sample") == before
    assert (exception_boxes(page), complaints) == (0, [])
