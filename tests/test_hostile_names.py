"""Names that come with the data stay text: never HTML, Markdown, LaTeX, a link, a script or a spreadsheet formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from tests.browser import exception_boxes, new_page, visit, wait_for_page
from tests.running_app import RunningApp, running_app
from ui.menu import entries
from warehouse.import_plan import plan
from warehouse.importing import run

UNITS = ["<b>QQ đậm</b> <img src=x onerror=alert(1)>", "'; drop table dossier; --QQ"]
PROCEDURES = ["[QQ](https://evil.example) **QQ** $x^2$ :red[QQ] `QQ`", '=HYPERLINK("https://evil.example","QQ")', "<i>QQ</i>{{ 7*7 }}"]
FIELDS = ['<a href="https://evil.example">QQ</a>', "# QQ :material/home: $\\frac{1}{2}$"]
OFFICERS, SECTIONS = ["@SUM(1+1)QQ", "+1QQ"], ["-2+3QQ", "~~QQ~~ <script>alert(1)</script>"]
HEADER = [
    *("Mã hồ sơ", "Tên thủ tục hành chính", "Lĩnh vực", "Đơn vị xử lý", "Phòng ban xử lý", "Cán bộ xử lý", "Hình thức nộp"),
    *("Trạng thái hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý"),
]
COMPLAINTS = ["Mã phản ánh", "Ngày gửi", "Ngày trả lời", "Kênh tiếp nhận", "Phân loại", "Đơn vị xử lý"]
TURNED_TO_MARKUP = ", ".join(
    [
        *(
            'img[src="x"]',
            'a[href*="evil"]',
            ".katex",
            "b:has-text('QQ')",
            "strong:has-text('QQ')",
            "i:has-text('QQ')",
            "del:has-text('QQ')",
        ),
        *("code:has-text('QQ')", "em:has-text('QQ')", ".stMarkdownColoredText", "[style*='font-weight: bold']:has-text('QQ')"),
    ]
)


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


def fill(root: Path) -> None:
    dossiers, complaints = [HEADER], [COMPLAINTS]
    for number in range(72):
        received = date(2020, 1, 6) + timedelta(days=4 * number)
        due = received + timedelta(days=14)
        finished = "" if number % 6 == 0 else f"{due + timedelta(days=4 if number % 5 == 0 else -2):%d/%m/%Y}"
        names = [each[number % len(each)] for each in (PROCEDURES, FIELDS, UNITS, SECTIONS, OFFICERS)]
        state = ["Trực tuyến" if number % 2 else "Trực tiếp", "Đã trả kết quả" if finished else "Đang xử lý"]
        dossiers.append([f"=H{number}", *names, *state, f"{received:%d/%m/%Y}", f"{due:%d/%m/%Y}", finished])
        answered = f"{received + timedelta(days=9):%d/%m/%Y}"
        complaints.append([f"@P{number}", f"{received:%d/%m/%Y}", answered, "Đường dây nóng", "Hành vi hành chính", UNITS[number % 2]])
    summaries = run(root, plan([("ho-so.csv", as_csv(dossiers)), ("phan-anh.csv", as_csv(complaints))]), "test")
    assert [(summary.rows_read, summary.refused) for summary in summaries] == [(72, 0), (72, 0)]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    folder = tmp_path_factory.mktemp("hostile")
    fill(folder / "data")
    with running_app(folder / "data") as running:
        yield running


def open_the_lists(page: Page) -> None:
    """Choose the first group in every drill-down of the page, so that its dossiers are listed."""
    choices = page.get_by_placeholder("Chọn để xem danh sách hồ sơ")
    for _ in range(choices.count()):
        option = page.get_by_role("option").first
        choices.first.click()  # once chosen, its placeholder is gone
        try:
            option.wait_for(state="visible", timeout=10_000)
        except TimeoutError:  # the page was drawn anew under the open list
            choices.first.click()
            expect(option).to_be_visible(timeout=30_000)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        wait_for_page(page)


@pytest.mark.parametrize("name", [entry.name for entry in entries() if entry.right in ("view", "report", "meeting")])
def test_no_name_becomes_markup_on_a_page_or_a_formula_in_its_files(app: RunningApp, browser: Browser, name: str) -> None:
    page, complaints = new_page(browser)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    visit(page, f"{app.url}/{name}?{urlencode({'ky': 'Năm 2020', 'toan_nganh': 'true'})}")
    open_the_lists(page)
    assert exception_boxes(page) == 0 and complaints == []
    assert [element.evaluate("it => it.outerHTML") for element in page.locator(TURNED_TO_MARKUP).all()] == []
    for button in page.get_by_test_id("stDownloadButton").get_by_role("button").all():
        if button.is_visible():
            with page.expect_download() as download:
                button.click()
            assert formulas(download.value.suggested_filename, download.value.path().read_bytes()) == []
            wait_for_page(page)
    assert page.locator(TURNED_TO_MARKUP).count() == 0


def formulas(file: str, content: bytes) -> list[str]:
    """The cells that a spreadsheet program would run."""
    if file.endswith(".csv"):
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";") for cell in row]
        return [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t")) and "QQ" in cell]
    if file.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        return [str(cell.value) for cell in cells if (cell.data_type == "f" and "QQ" in str(cell.value)) or cell.hyperlink]
    return []
