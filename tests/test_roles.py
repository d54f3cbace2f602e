"""A person sees their own units' dossiers and nothing else, whichever way they ask; and each role only what is its to see."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from reports import REPORTS
from tests.browser import exception_boxes, new_page, visit, wait_for_page
from tests.running_app import RunningApp, free_port, running_app
from tests.sign_in_provider import sign_in, sign_in_provider
from tests.two_units import FIELDS, UNITS, fill
from ui.identity import LOCAL_USER, User
from ui.menu import entries, open_to

ACCOUNTS: dict[str, dict[str, Any]] = {
    "lanh-dao": {"claims": {"name": "Lãnh đạo", "preferred_username": "ld", "roles": ["lanh-dao"]}},
    "don-vi-a": {"claims": {"name": "Đơn vị A", "preferred_username": "a", "roles": ["don-vi"], "units": [UNITS["A"]]}},
    "noi-vu": {"claims": {"name": "Nội vụ", "preferred_username": "nv", "roles": ["noi-vu"]}},
    "nhap-lieu": {"claims": {"name": "Nhập liệu", "preferred_username": "nl", "roles": ["nhap-lieu"]}},
}
OTHERS, OFFICERS = "QQB", "QQO"
ASK_FOR_ALL = {"ky": "Năm 2020", "toan_nganh": "true"}
ASK_FOR_THE_OTHER = {**ASK_FOR_ALL, "don_vi": UNITS["B"], "linh_vuc": FIELDS["B"], "hinh_thuc": "Trực tuyến"}


class Visitor:
    """Somebody at a browser: everything the server sends them is kept, so that marks can be looked for in all of it."""

    def __init__(self, browser: Browser, app: RunningApp, account: str) -> None:
        self.app, self.received = app, []
        self.page, self.complaints = new_page(browser)
        self.page.on("websocket", lambda opened: opened.on("framereceived", self._keep))
        sign_in(self.page, app.url, account)

    def _keep(self, payload: str | bytes) -> None:
        self.received.append(payload.encode() if isinstance(payload, str) else payload)

    def open(self, name: str, **address: str) -> Page:
        visit(self.page, f"{self.app.url}/{name}?{urlencode(address)}")
        assert exception_boxes(self.page) == 0, name
        return self.page

    def take_downloads(self) -> int:
        """Press every download button of the page; returns how many files came."""
        buttons = self.page.get_by_test_id("stDownloadButton").get_by_role("button")
        for number in range(buttons.count()):
            if not buttons.nth(number).is_visible():
                continue
            with self.page.expect_download() as download:
                buttons.nth(number).click()
            self.received.append(unpacked(download.value.path().read_bytes()))
            wait_for_page(self.page)
        return len(buttons.all())

    def got(self, mark: str) -> list[bytes]:
        """Where `mark` stands in what came, with what is around it."""
        return [part[max(0, at - 60) : at + 60] for part in self.received if (at := part.find(mark.encode())) >= 0]


def unpacked(content: bytes) -> bytes:
    """The bytes of a file; of an Office file, all its parts."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    folder, port = tmp_path_factory.mktemp("roles"), free_port()
    fill(folder / "data")
    with (
        sign_in_provider(folder / "provider", f"http://127.0.0.1:{port}", ACCOUNTS) as provider,
        running_app(folder / "data", secrets=provider.secrets, port=port) as running,
    ):
        yield running


def pages_with(right: str) -> list[str]:
    return [entry.name for entry in entries() if entry.right == right]


@pytest.fixture(scope="module")
def leader(app: RunningApp, browser: Browser) -> Visitor:
    """Has seen everything before anyone else: what the server keeps in its cache by then covers all units and officers."""
    visitor = Visitor(browser, app, "lanh-dao")
    for name in [*pages_with("view"), *pages_with("report")]:
        visitor.open(name, **ASK_FOR_ALL)
    return visitor


@pytest.fixture(scope="module")
def unit_a(app: RunningApp, browser: Browser, leader: Visitor) -> Visitor:
    return Visitor(browser, app, "don-vi-a")


@pytest.fixture(scope="module")
def home_affairs(app: RunningApp, browser: Browser, leader: Visitor) -> Visitor:
    return Visitor(browser, app, "noi-vu")


def test_the_leader_does_see_what_is_hidden_from_others(leader: Visitor) -> None:
    assert leader.got(OTHERS) and leader.got("QQA") and leader.got(OFFICERS)


@pytest.mark.parametrize("name", pages_with("view") + pages_with("report"))
def test_no_page_filter_or_download_shows_another_units_dossiers(unit_a: Visitor, name: str) -> None:
    unit_a.received.clear()
    for address in (ASK_FOR_THE_OTHER, ASK_FOR_ALL):
        unit_a.open(name, **address)
        assert unit_a.got(OTHERS) == [], address
    unit_a.take_downloads()
    assert unit_a.got(OTHERS) == []


def test_the_unit_does_see_its_own(unit_a: Visitor) -> None:
    unit_a.open(pages_with("view")[0], **ASK_FOR_ALL)
    assert unit_a.got("QQA")


@pytest.mark.parametrize("name", pages_with("view") + pages_with("report"))
def test_home_affairs_sees_no_officers_name(home_affairs: Visitor, name: str) -> None:
    home_affairs.received.clear()
    home_affairs.open(name, **ASK_FOR_ALL)
    home_affairs.take_downloads()
    assert home_affairs.got(OFFICERS) == []


@pytest.mark.parametrize(("reader", "hidden"), [("unit_a", OTHERS), ("home_affairs", OFFICERS)])
@pytest.mark.parametrize("report", REPORTS)
def test_no_report_holds_what_its_maker_may_not_see(request: pytest.FixtureRequest, report: str, reader: str, hidden: str) -> None:
    visitor: Visitor = request.getfixturevalue(reader)
    visitor.received.clear()
    page = visitor.open("bao_cao", **ASK_FOR_ALL, bao_cao=REPORTS[report].title)
    expect(page.get_by_role("combobox", name="Loại báo cáo")).to_have_value(REPORTS[report].title)
    page.get_by_role("button", name="Lập báo cáo").click()
    made = page.get_by_role("button", name=f".{REPORTS[report].ending}")
    expect(made).to_be_visible(timeout=60_000)
    wait_for_page(page)
    with page.expect_download() as download:
        made.click()
    visitor.received.append(unpacked(download.value.path().read_bytes()))
    assert visitor.got(hidden) == []


def test_data_entry_gets_only_the_import_page(app: RunningApp, browser: Browser) -> None:
    visitor = Visitor(browser, app, "nhap-lieu")
    for name in ("tong_quan", "theo_doi_don_doc", "nhat_ky"):
        visitor.open(name)
        expect(visitor.page.get_by_role("heading", name="Không có quyền xem trang này")).to_be_visible()
    visitor.open("nhap_du_lieu")
    expect(visitor.page.get_by_role("heading", name="Nhập dữ liệu")).to_be_visible()


@pytest.mark.parametrize("account", ["don-vi-a", "noi-vu"])
def test_who_may_not_import_cannot_send_files_either(app: RunningApp, browser: Browser, account: str) -> None:
    visitor = Visitor(browser, app, account)
    visitor.open("nhap_du_lieu")
    expect(visitor.page.get_by_role("heading", name="Không có quyền xem trang này")).to_be_visible()
    assert visitor.page.get_by_test_id("stFileUploader").count() == 0


def test_every_page_asks_for_a_right_that_some_role_lacks() -> None:
    nobody = User(name="", role="", account="", rights=frozenset())
    assert [entry.name for entry in entries() if open_to(nobody, entry)] in ([], ["tu_dien_chi_so"])
    assert all(open_to(LOCAL_USER, entry) for entry in entries())
