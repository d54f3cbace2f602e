"""The pages for people who cannot use a mouse or see the colours: axe-core finds nothing serious, the keyboard reaches everything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import new_page, visit
from tests.running_app import PROJECT, RunningApp, running_app
from tests.screens.layout import settle
from ui.menu import entries

AXE = PROJECT / "tests" / "oidc_provider" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [entry.name for entry in entries()]
# Streamlit groups the entries of its menu in <div>s inside the <ul>; nothing of ours can change that, and readers announce it well.
_ASK = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .flatMap((one) => one.nodes.map((node) => ({rule: one.id, html: node.html.slice(0, 99), why: node.failureSummary,
        at: node.target[0]})))
    .filter(({rule, at}) =>
        !(["list", "listitem"].includes(rule) && document.querySelector(at)?.closest('[data-testid="stSidebarNavItems"]')))
    .map(({rule, html, why}) => `${rule}: ${html} (${why})`)"""


@pytest.fixture(scope="module")
def app(sample_folder) -> Iterator[RunningApp]:
    with running_app(sample_folder) as running:
        yield running


@pytest.fixture(scope="module")
def light(browser: Browser) -> Page:
    return _page(browser, "light")


@pytest.fixture(scope="module")
def dark(browser: Browser) -> Page:
    return _page(browser, "dark")


def _page(browser: Browser, scheme: str) -> Page:
    page, _ = new_page(browser, color_scheme=scheme)
    page.add_init_script(path=AXE)
    return page


def serious_faults(page: Page, url: str) -> list[str]:
    """What axe-core calls serious or critical on the page at `url`."""
    visit(page, url)
    settle(page, 1366, 768)
    return page.evaluate(_ASK)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_in_light(app: RunningApp, light: Page, name: str) -> None:
    assert serious_faults(light, f"{app.url}/{name}") == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_in_dark(app: RunningApp, dark: Page, name: str) -> None:
    assert serious_faults(dark, f"{app.url}/{name}") == []


def test_the_keyboard_reaches_everything_on_the_overview(app: RunningApp, light: Page) -> None:
    visit(light, f"{app.url}/tong_quan")
    settle(light, 1366, 768)
    reached = set()
    for _ in range(120):
        light.keyboard.press("Tab")
        reached.add(light.evaluate("() => `${document.activeElement.innerText || ''} ${document.activeElement.ariaLabel || ''}`"))
    said = "\n".join(reached)
    for target in (
        "Thời gian giải quyết",
        "Nhập dữ liệu",
        "Kỳ báo cáo",
        "Đơn vị",
        "Lọc thêm",
        "Cách tính",
        "Chi tiết",
        "Bảng số liệu",
        "Tải XLSX",
    ):
        assert target in said, (target, said)


def test_a_dialog_opens_and_closes_by_the_keyboard(app: RunningApp, light: Page) -> None:
    visit(light, f"{app.url}/tong_quan")
    light.get_by_role("button", name="Cách tính").first.focus()
    light.keyboard.press("Enter")
    expect(light.get_by_role("dialog")).to_contain_text("Công thức")
    light.keyboard.press("Escape")
    expect(light.get_by_role("dialog")).to_have_count(0)
