"""Take the pictures of the documents anew from the running application over simulated data: `python -m docs.make_pictures`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import new_page, open_browser, visit, wait_for_page
from tests.running_app import running_app
from tests.screens.layout import settle
from warehouse.location import sample_root
from warehouse.sample import make_sample

FOLDER = Path(__file__).parent / "pictures"
WIDTH, HEIGHT, COLOURS = 1366, 900, 128  # few colours keep a picture far below 200 kB; the theme has few


def take(page: Page, name: str, *, height: int = HEIGHT, width: int = WIDTH) -> None:
    """Write what the window shows as docs/pictures/<name>.png."""
    settle(page, width, height)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def filter_more(page: Page) -> None:
    """The rest of the filter, opened."""
    page.get_by_role("button", name="Lọc thêm").click()
    expect(page.get_by_text("Ngày chốt số liệu")).to_be_visible()


def explained(page: Page) -> None:
    """What stands behind a card's number."""
    page.get_by_role("button", name="Cách tính").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Công thức")
    wait_for_page(page)


def uploaded(page: Page) -> None:
    """A file as the import page shows it before anything is stored."""
    export = sorted((sample_root() / "exports").glob("*ho-so*.xlsx"))[0]
    page.locator("input[type=file]").set_input_files(export)
    expect(page.get_by_role("button", name="vào kho dữ liệu")).to_be_visible(timeout=60_000)
    wait_for_page(page)


def target_item(page: Page) -> None:
    """The second item of the meeting: which targets are met."""
    page.get_by_role("button", name="Mục sau").click()
    expect(page.locator(".headline")).to_be_visible()
    wait_for_page(page)


PICTURES: dict[str, tuple[str, Callable[[Page], None] | None, int]] = {
    "tong-quan": ("tong_quan", None, HEIGHT),
    "loc-them": ("tong_quan", filter_more, 620),
    "cach-tinh": ("tong_quan", explained, HEIGHT),
    "thoi-gian-giai-quyet": ("thoi_gian_giai_quyet", None, 1180),
    "theo-doi-don-doc": ("theo_doi_don_doc", None, HEIGHT),
    "hop-giao-ban": ("hop_giao_ban", target_item, HEIGHT),
    "nhap-du-lieu": ("nhap_du_lieu", uploaded, 1100),
    "bao-cao": ("bao_cao", None, 620),
    "bo-chi-so-766": ("bo_chi_so_766", None, 1000),
}


def main() -> None:
    """All pictures; a data folder named by $MCDT_DATA that already has the sample is used as it is."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as beside, open_browser() as browser:
        data = Path(os.environ.setdefault("MCDT_DATA", str(Path(beside) / "data")))
        if not sample_root().exists():
            make_sample()
        with running_app(data) as app:
            for name, (address, prepare, height) in PICTURES.items():
                page, _ = new_page(browser, color_scheme="light", viewport={"width": WIDTH, "height": height})
                visit(page, f"{app.url}/{address}")
                settle(page, WIDTH, height)
                if prepare:
                    prepare(page)
                take(page, name, height=height)
                page.context.close()
            phone, _ = new_page(browser, color_scheme="light", viewport={"width": 390, "height": 844})
            visit(phone, f"{app.url}/tong_quan")
            take(phone, "dien-thoai", width=390, height=844)


if __name__ == "__main__":
    main()
