"""Sign-in against a real OpenID Connect provider: who gets in, for how long, and who is turned away with what words."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import new_page, shown_text, visit, wait_for_page
from tests.running_app import RunningApp, free_port, running_app
from tests.sign_in_provider import CLIENT, sign_in, sign_in_provider
from ui.identity import Refused, identify
from warehouse import audit

HOUR = 3600
NOW = int(time.time())
ACCOUNTS: dict[str, dict[str, Any]] = {
    "giam-doc": {"claims": {"name": "Trần Văn Đạt", "preferred_username": "tvdat", "roles": "lanh-dao"}},
    "quan-tri": {"claims": {"name": "Lê Thị Hà", "preferred_username": "ltha", "roles": ["quan-tri", "khac"]}},
    "khong-vai-tro": {"claims": {"name": "Phạm Minh", "preferred_username": "pminh", "roles": ["ke-toan"]}},
    "khong-don-vi": {"claims": {"name": "Võ An", "preferred_username": "van", "roles": "don-vi"}},
    "ung-dung-khac": {"claims": {"roles": "quan-tri"}, "token": {"aud": "another-application"}},
    "azp-la-ta": {"claims": {"roles": "quan-tri"}, "token": {"aud": "another-application", "azp": CLIENT}},
    "nhieu-aud": {"claims": {"name": "Đỗ Lan", "roles": "lanh-dao"}, "token": {"aud": ["other", CLIENT], "azp": CLIENT}},
    "phien-cu": {"claims": {"name": "Hồ Nam", "roles": "quan-tri"}, "token": {"iat": NOW - 11 * HOUR, "exp": NOW + HOUR}},
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Iterator[RunningApp]:
    folder, port = tmp_path_factory.mktemp("sign-in"), free_port()
    shutil.copytree(sample_folder, folder / "data")
    with (
        sign_in_provider(folder / "provider", f"http://127.0.0.1:{port}", ACCOUNTS) as provider,
        running_app(folder / "data", secrets=provider.secrets, port=port) as running,
    ):
        yield running


def events_of(app: RunningApp, account: str) -> list[tuple[str, str]]:
    frame = audit.events(app.data, audit.months(app.data)[0])
    mine = frame[frame["who"] == account]
    return list(zip(mine["event"], mine["what"], strict=True))


def at_the_door(page: Page) -> bool:
    return page.get_by_test_id("stSidebar").count() == 0


def test_someone_with_a_role_gets_in_and_is_greeted_by_name(app: RunningApp, browser: Browser) -> None:
    page, complaints = new_page(browser)
    sign_in(page, app.url, "quan-tri")
    expect(page.get_by_text("Lê Thị Hà")).to_be_visible()
    visit(page, f"{app.url}/nhat_ky")
    expect(page.get_by_role("heading", name="Nhật ký")).to_be_visible()
    assert [complaint for complaint in complaints if app.url in complaint] == []
    assert events_of(app, "ltha") == [("sign_in", "Quản trị")]  # one line, however many pages were opened


def test_a_page_of_another_role_is_refused_and_written_down(app: RunningApp, browser: Browser) -> None:
    page, _ = new_page(browser)
    sign_in(page, app.url, "giam-doc")
    assert page.get_by_role("link", name="Nhật ký").count() == 0
    visit(page, f"{app.url}/nhat_ky")
    expect(page.get_by_role("heading", name="Không có quyền xem trang này")).to_be_visible()
    assert ("refusal", "trang nhat_ky: vai trò không có quyền") in events_of(app, "tvdat")


def test_a_token_for_several_applications_and_us_is_good(app: RunningApp, browser: Browser) -> None:
    page, _ = new_page(browser)
    sign_in(page, app.url, "nhieu-aud")
    expect(page.get_by_text("Đỗ Lan")).to_be_visible()


def test_a_token_for_another_application_does_not_open(app: RunningApp, browser: Browser) -> None:
    page, _ = new_page(browser)
    sign_in(page, app.url, "ung-dung-khac")
    expect(page.get_by_text("Mời đăng nhập để tiếp tục.")).to_be_visible()
    assert at_the_door(page)


@pytest.mark.parametrize(
    ("account", "who", "message"),
    [
        ("azp-la-ta", "azp-la-ta", "được cấp cho ứng dụng khác"),
        ("phien-cu", "phien-cu", "Phiên làm việc đã hết hạn"),
        ("khong-vai-tro", "pminh", "chưa được gán vai trò"),
        ("khong-don-vi", "van", "chưa được gán đơn vị"),
    ],
)
def test_who_is_turned_away_is_told_why(app: RunningApp, browser: Browser, account: str, who: str, message: str) -> None:
    page, _ = new_page(browser)
    sign_in(page, app.url, account)
    expect(page.get_by_text(message)).to_be_visible()
    for address in ("tong_quan", "nhat_ky", "nhap_du_lieu"):
        visit(page, f"{app.url}/{address}")
        assert at_the_door(page) and message in shown_text(page)
    cookie = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
    assert page.request.get(f"{app.url}/media/any.csv", headers={"Cookie": cookie}).status == 403
    [(event, what)] = events_of(app, who)
    assert event == "refusal" and what.startswith("đăng nhập: ") and message in what


def test_signing_out_closes_the_door_here_and_at_the_provider(app: RunningApp, browser: Browser) -> None:
    page, _ = new_page(browser)
    sign_in(page, app.url, "giam-doc")
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="Sign out").click()  # the provider asks once more
    expect(page.get_by_text("Mời đăng nhập để tiếp tục.")).to_be_visible()
    assert not [cookie for cookie in page.context.cookies(app.url) if cookie["name"].startswith("_streamlit_user")]
    visit(page, f"{app.url}/tong_quan")
    assert at_the_door(page)
    assert ("sign_out", "") in events_of(app, "tvdat")


def test_an_open_page_ends_when_its_session_does(tmp_path: Path, browser: Browser, sample_folder: Path) -> None:
    port, seconds = free_port(), 8
    shutil.copytree(sample_folder, tmp_path / "data")
    (tmp_path / "data" / "settings").mkdir(parents=True)
    setting = f"session_hours = {seconds / HOUR}\nclock_skew_seconds = 120\n"
    (tmp_path / "data" / "settings" / "sign_in.toml").write_text(setting, encoding="utf-8")
    with (
        sign_in_provider(tmp_path / "provider", f"http://127.0.0.1:{port}", ACCOUNTS) as provider,
        running_app(tmp_path / "data", secrets=provider.secrets, port=port) as short,
    ):
        page, _ = new_page(browser)
        sign_in(page, short.url, "quan-tri")
        expect(page.get_by_text("Lê Thị Hà")).to_be_visible()
        deadline = time.monotonic() + 4 * seconds
        while not at_the_door(page) and time.monotonic() < deadline:
            page.keyboard.press("r")  # Streamlit's key for "run again": the page is used, not opened anew
            page.wait_for_timeout(500)
        wait_for_page(page)
        assert "Phiên làm việc đã hết hạn" in shown_text(page)


def test_losing_the_secrets_file_while_running_does_not_open_the_door(tmp_path: Path, browser: Browser) -> None:
    port = free_port()
    with (
        sign_in_provider(tmp_path / "provider", f"http://127.0.0.1:{port}", ACCOUNTS) as provider,
        running_app(tmp_path / "data", secrets=provider.secrets, port=port) as running,
    ):
        (tmp_path / "data-server" / "secrets.toml").write_text("", encoding="utf-8")
        page, _ = new_page(browser)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            visit(page, f"{running.url}/nhat_ky")
            assert at_the_door(page)


CLAIMS = {"is_logged_in": True, "aud": CLIENT, "iat": 1_000_000, "sub": "s", "roles": "lanh-dao"}


@pytest.mark.parametrize(
    ("change", "now", "reason"),
    [
        ({"is_logged_in": False}, 1_000_010, "not signed in"),
        ({"aud": None}, 1_000_010, "wrong audience"),
        ({"aud": [CLIENT + "x"]}, 1_000_010, "wrong audience"),
        ({"iat": None}, 1_000_010, "session too old"),
        ({"iat": "1000000"}, 1_000_010, "session too old"),
        ({"iat": True}, 1_000_010, "session too old"),
        ({}, 1_000_000 + 10 * HOUR + 1, "session too old"),
        ({}, 1_000_000 - 121, "session too old"),
        ({"roles": None}, 1_000_010, "no role"),
        ({"roles": []}, 1_000_010, "no role"),
        ({"roles": "don-vi", "units": [""]}, 1_000_010, "no unit"),
    ],
)
def test_which_claims_are_refused(change: dict[str, Any], now: int, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        identify({**CLAIMS, **change}, CLIENT, now)
    assert refused.value.reason == reason


def test_an_unset_client_id_admits_nobody() -> None:
    with pytest.raises(Refused):
        identify({**CLAIMS, "aud": ""}, "", 1_000_010)
