"""A view can be gone back to, sent on and put on paper: Back shows what was seen before, a copied link the same period after newer data
have come, printing gives clean A4."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import new_page, visit, wait_for_page
from tests.running_app import RunningApp, running_app
from tests.screens.layout import settle
from tests.small_import import import_rows


@pytest.fixture(scope="module")
def app(sample_folder: Path) -> Iterator[RunningApp]:
    with running_app(sample_folder) as running:
        yield running


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return new_page(browser, color_scheme="light")[0]


def test_back_shows_the_page_and_the_period_seen_before(app: RunningApp, page: Page) -> None:
    visit(page, f"{app.url}/thoi_gian_giai_quyet?ky=Năm+2020")
    expect(page.get_by_text("Kỳ 01/01/2020 – 31/12/2020")).to_be_visible()
    page.get_by_role("link", name="Dịch vụ công trực tuyến").click()
    expect(page.get_by_role("heading", name="Dịch vụ công trực tuyến", level=1)).to_be_visible()
    expect(page.get_by_text("Kỳ 01/01/2020 – 31/12/2020")).to_be_visible()
    wait_for_page(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Thời gian giải quyết", level=1)).to_be_visible()
    expect(page.get_by_text("Kỳ 01/01/2020 – 31/12/2020")).to_be_visible()


def received_in(day: str) -> dict[str, str]:
    return dict(code=f"H{day}", procedure="Thủ tục 1", unit="Đơn vị 1", status="Đang xử lý", received=day)


@pytest.mark.parametrize("chosen", ["", "?ky=Tự chọn khoảng ngày"])
def test_a_copied_link_keeps_its_period_when_newer_data_have_come(tmp_path: Path, browser: Browser, chosen: str) -> None:
    import_rows(tmp_path, received_in("10/11/2020"), received_in("04/12/2020"))
    shown = "Kỳ 01/01/2020 – 04/12/2020" if chosen else "Kỳ 01/12/2020 – 31/12/2020"
    with running_app(tmp_path) as small:
        sender, _ = new_page(browser)
        visit(sender, f"{small.url}/thoi_gian_giai_quyet{chosen}")
        expect(sender.get_by_text(shown)).to_be_visible()
        link = sender.url

        import_rows(tmp_path, received_in("05/03/2021"))
        receiver, _ = new_page(browser)
        visit(receiver, small.url)
        expect(receiver.get_by_text("Kỳ 01/03/2021 – 31/03/2021")).to_be_visible()
        visit(receiver, link)
        expect(receiver.get_by_text(shown)).to_be_visible()
        sender.context.close()
        receiver.context.close()


def test_back_leads_to_the_first_page_again_and_keeps_the_period(app: RunningApp, browser: Browser) -> None:
    visitor, _ = new_page(browser)
    visit(visitor, app.url)
    newest = visitor.get_by_text("Kỳ 01/12/2020 – 31/12/2020")
    expect(newest).to_be_visible()
    visitor.get_by_role("link", name="Nhập dữ liệu").click()  # a page without the filter
    expect(visitor.get_by_role("heading", name="Nhập dữ liệu", level=1)).to_be_visible()
    visitor.get_by_role("link", name="Biến động").click()
    expect(visitor.get_by_role("heading", name="Biến động", level=1)).to_be_visible()
    expect(newest).to_be_visible()
    passed: list[str] = []
    while "Tổng quan" not in passed and len(passed) < 6:  # a page that writes its period into the address has two entries
        wait_for_page(visitor)
        visitor.go_back()
        wait_for_page(visitor)
        passed.append(visitor.locator("h1").inner_text())
    assert set(passed) <= {"Biến động", "Nhập dữ liệu", "Tổng quan"} and passed[-1] == "Tổng quan", passed
    expect(newest).to_be_visible()
    visitor.context.close()


@pytest.mark.parametrize("name", ["tong_quan", "thoi_gian_giai_quyet", "theo_doi_don_doc"])
def test_a_page_on_paper_is_clean_a4(app: RunningApp, page: Page, tmp_path: Path, name: str) -> None:
    visit(page, f"{app.url}/{name}")
    settle(page, 1366, 768)
    title = page.locator("h1").inner_text()
    file = tmp_path / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    sheets = paper(file)
    assert "DỮ LIỆU MẪU" in sheets[0] and title in sheets[0] and "Số liệu chốt đến" in sheets[0]
    assert 1 <= len(sheets) <= 5
    assert all(len(sheet.split()) > 5 for sheet in sheets), "an empty sheet"
    for left_out in ("Nhập dữ liệu", "Từ điển chỉ số", "Lọc thêm", "Tải XLSX", "Cách tính"):
        assert not any(left_out in sheet for sheet in sheets), left_out


def test_a_lost_server_is_told_in_vietnamese(sample_folder: Path, browser: Browser) -> None:
    left_alone, _ = new_page(browser)
    with running_app(sample_folder) as lost:
        visit(left_alone, f"{lost.url}/tu_dien_chi_so")
        lost.process.terminate()
        dialog = left_alone.get_by_role("dialog")
        expect(dialog).to_be_visible()
        for part, words in ((dialog.locator("h2"), "Mất kết nối với máy chủ"), (dialog.locator("h2 + div > div"), "tải lại trang")):
            shown = part.evaluate("(one) => [getComputedStyle(one).fontSize, getComputedStyle(one, '::after').content]")
            assert shown[0] == "0px" and words in shown[1], shown
    left_alone.context.close()


def test_a_dark_page_goes_on_white_paper_in_dark_ink(app: RunningApp, browser: Browser) -> None:
    dark, _ = new_page(browser, color_scheme="dark")
    visit(dark, f"{app.url}/thoi_gian_giai_quyet")
    settle(dark, 1366, 768)
    dark.emulate_media(media="print")

    def painted(selector: str, what: str) -> str:
        return dark.evaluate("([selector, what]) => getComputedStyle(document.querySelector(selector))[what]", [selector, what])

    assert painted(".stApp", "backgroundColor") == "rgb(255, 255, 255)"
    for words in ('[data-testid="stText"] *', ".card-value", ".sentence", "h1"):
        assert painted(words, "color") == "rgb(28, 39, 51)", words
    assert painted(".main-svg .ytick text", "fill") == "rgb(28, 39, 51)"
    dark.context.close()


def paper(file: Path) -> list[str]:
    """The text of each sheet; fails when one is not A4."""
    told = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True, text=True).stdout
    size = next(line for line in told.splitlines() if line.startswith("Page size"))
    assert "(A4)" in size, size
    text = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1]
