"""The main job in a real browser: open the sample, open every page, change the period, import own data through the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import exception_boxes, shown_text, visit, wait_for_page
from tests.conftest import WABO
from tests.running_app import RunningApp
from ui.menu import Entry, entries

BANNER = "DỮ LIỆU MẪU"


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.name)
def test_every_page_opens(app: RunningApp, watched: tuple[Page, list[str]], entry: Entry) -> None:
    page, complaints = watched
    complaints.clear()
    visit(page, f"{app.url}/{entry.name}")
    assert exception_boxes(page) == 0
    assert entry.title in shown_text(page)
    assert (BANNER in shown_text(page)) == entry.filtered  # wherever a simulated number shows
    assert complaints == []


def test_the_period_changes_the_numbers_and_stays_in_the_address(app: RunningApp, watched: tuple[Page, list[str]]) -> None:
    page, complaints = watched
    visit(page, f"{app.url}/tong_quan")
    before = shown_text(page)
    assert "Kỳ 01/12/2020 – 31/12/2020" in before
    # typing leaves one option: a long list may still be scrolling when it is clicked
    page.get_by_role("combobox", name="Kỳ báo cáo").fill("Tháng 3/2020")
    page.get_by_role("option", name="Tháng 3/2020").click()
    expect(page.get_by_text("Kỳ 01/03/2020 – 31/03/2020").first).to_be_visible()
    wait_for_page(page)
    visit(page, page.url)  # the copied link
    assert "Kỳ 01/03/2020 – 31/03/2020" in shown_text(page)
    assert (exception_boxes(page), complaints) == (0, [])


def test_a_click_on_a_point_of_a_trend_lists_its_dossiers(app: RunningApp, watched: tuple[Page, list[str]]) -> None:
    page, complaints = watched
    visit(page, f"{app.url}/thoi_gian_giai_quyet")
    point = page.locator(".st-key-on_time_months_chart .scatterlayer .points path").nth(-2)
    point.scroll_into_view_if_needed()
    place = point.bounding_box()
    assert place is not None
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(page.get_by_text("Trễ hạn, tháng 11/2020:")).to_be_visible()
    wait_for_page(page)
    assert (exception_boxes(page), complaints) == (0, [])


def test_own_data_imported_on_the_page_takes_the_samples_place(app: RunningApp, watched: tuple[Page, list[str]]) -> None:
    page, complaints = watched
    visit(page, f"{app.url}/nhap_du_lieu?mau=wabo")
    if not page.get_by_text("wabo", exact=True).count():
        page.get_by_role("combobox", name="Mẫu ghép cột").click()
        page.get_by_role("option", name="wabo").click()
    page.locator("input[type=file]").set_input_files(WABO)
    button = page.get_by_role("button", name="Nhập 1 tệp vào kho dữ liệu")
    expect(button).to_be_visible(timeout=60_000)
    button.click()
    expect(page.get_by_text("Đã nhập xong: đọc 17.154 dòng")).to_be_visible(timeout=120_000)  # twice 8.577 events
    visit(page, f"{app.url}/tong_quan")
    assert BANNER not in shown_text(page)
    assert (exception_boxes(page), complaints) == (0, [])
    assert not (app.data / "sample").exists()
