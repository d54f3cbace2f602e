"""Every page in a real browser: nothing overflows, overlaps, is cut off or left in English. Structure is looked at, not pixels.

Covered: all pages at 1920×1080, 1366×768 and 390×844 in light, each with the sample, with one unit, with nothing left and with 200
procedures of 120 letters; all pages of the sample at 1366×768 in dark, charts and page in their dark colours. Layout does not depend on
the colours, so that one size stands for dark; contrast in light and in dark is axe-core's job (tests/test_accessibility.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import exception_boxes, new_page, visit
from tests.running_app import running_app
from tests.screens.data_sets import DATA_SETS
from tests.screens.layout import drawn, english, faults, settle
from ui.menu import entries

SIZES = [(1920, 1080), (1366, 768), (390, 844)]
PAGES = [entry.name for entry in entries()]
# The least that stands on a page that has the sample to show: cards, charts, tables.
DRAWN = {
    "tong_quan": (6, 2, 1),
    "thoi_gian_giai_quyet": (4, 5, 1),
    "dich_vu_cong_truc_tuyen": (4, 5, 0),
    "phan_anh_kien_nghi": (4, 5, 1),
    "muc_do_hai_long": (3, 4, 1),
    "bo_chi_so_766": (4, 3, 2),
    "quy_trinh_noi_bo": (4, 2, 2),
    "bien_dong": (0, 2, 0),
    "theo_doi_don_doc": (4, 1, 3),
    "giai_phap": (0, 0, 7),
}
DARK_PAGE, LIGHT_INK = "rgb(18, 24, 31)", "rgb(213, 222, 231)"  # .streamlit/config.toml and charts/theme.py
# The background of an element, or the ink of a text in a drawing, as the browser paints them.
_COLOURS = """(selector) => [...document.querySelectorAll(selector)].map((one) =>
    one.closest("svg") ? one.style.fill : getComputedStyle(one).backgroundColor)"""


class Shown(NamedTuple):
    """A browser window on an application that serves one data set."""

    data_set: str
    url: str
    page: Page
    complaints: list[str]
    dark: Page


@pytest.fixture(scope="module")
def data_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "sample":
        return request.getfixturevalue("sample_folder")
    folder = tmp_path_factory.mktemp(request.param) / "data"
    DATA_SETS[request.param](folder)
    return folder


@pytest.fixture(scope="module")
def shown(request: pytest.FixtureRequest, data_folder: Path, browser: Browser) -> Iterator[Shown]:
    with running_app(data_folder) as app:
        page, complaints = new_page(browser, color_scheme="light")
        dark, _ = new_page(browser, color_scheme="dark")
        yield Shown(request.node.name, app.url, page, complaints, dark)
        page.context.close()
        dark.context.close()


def look_at(shown: Shown, name: str) -> None:
    """Open the page and make sure that it is in order at every size."""
    shown.complaints.clear()
    shown.page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    visit(shown.page, f"{shown.url}/{name}")
    found: dict[str, list[str]] = {}
    for width, height in SIZES:
        settle(shown.page, width, height)
        found[f"{width}×{height}"] = faults(shown.page)
    assert exception_boxes(shown.page) == 0
    assert not any(found.values()), found
    assert english(shown.page) == {}
    assert shown.complaints == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("data_folder", ["sample", *DATA_SETS], indirect=True, scope="module")
def test_page_is_in_order(shown: Shown, data_folder: Path, name: str) -> None:
    look_at(shown, name)
    if "sample" in str(data_folder) and name in DRAWN:
        least = dict(zip(("cards", "charts", "tables"), DRAWN[name], strict=True))
        counts = drawn(shown.page)
        assert all(counts[what] >= least[what] for what in least), counts


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("data_folder", ["sample"], indirect=True, scope="module")
def test_page_is_in_order_in_dark(shown: Shown, data_folder: Path, name: str) -> None:
    visit(shown.dark, f"{shown.url}/{name}")
    settle(shown.dark, 1366, 768)
    assert exception_boxes(shown.dark) == 0
    assert faults(shown.dark) == []
    assert shown.dark.evaluate(_COLOURS, '[data-testid="stApp"]') == [DARK_PAGE]
    assert set(shown.dark.evaluate(_COLOURS, ".main-svg .ytick text")) <= {LIGHT_INK}
