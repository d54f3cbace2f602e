"""Nobody gets past the door: no sign-in means this machine only, and every address leads to the door first."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import exception_boxes, new_page, shown_text, visit
from tests.running_app import PROJECT, environment, free_port, running_app, start_line
from ui.listening import is_loopback, reasons_not_to_start
from ui.menu import GROUPS

PAGES = sorted(file.stem for file in (PROJECT / "pages").glob("*.py"))
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "mcdt"
client_secret = "not-a-secret"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""


def refusal_of(data: Path, *options: str, secrets: str | None = None) -> tuple[int, str]:
    """Start the application where it should refuse; its exit code and what it said."""
    file = data / "secrets.toml"
    if secrets is not None:
        file.write_text(secrets, encoding="utf-8")
    line = start_line(free_port(), "--secrets.files", str(file), *options)
    ended = subprocess.run(line, cwd=PROJECT, env=environment(data), capture_output=True, timeout=60, check=False)
    return ended.returncode, (ended.stdout + ended.stderr).decode()


def answer(url: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.status, reply.read().decode(), {k.lower(): v for k, v in reply.headers.items()}
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), {k.lower(): v for k, v in error.headers.items()}


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_it_refuses_to_listen_elsewhere_without_sign_in(tmp_path: Path, address: str) -> None:
    code, said = refusal_of(tmp_path, "--server.address", address)
    assert (code, "Traceback" in said) == (1, False)
    assert f"lắng nghe tại {address} nhưng chưa cấu hình đăng nhập" in said


@pytest.mark.parametrize(("address", "refused"), [("192.0.2.7", True), ("mcdt.example", True), (None, True), ("127.0.0.1", False)])
def test_without_sign_in_every_address_but_this_machine_is_a_reason(address: str | None, refused: bool) -> None:
    reasons = reasons_not_to_start(address)
    assert [f"lắng nghe tại {address or 'mọi địa chỉ'} nhưng" in reason for reason in reasons] == [True] * refused


@pytest.mark.parametrize(
    ("secrets", "reason"),
    [
        ("[auth\nbroken", "không đọc được"),
        (SECRETS.replace('client_id = "mcdt"\n', ""), "thiếu: client_id"),
        (SECRETS.replace("0123456789abcdef0123456789abcdef", "short"), "cookie_secret"),
        (
            SECRETS.replace("http://127.0.0.1:8501/", "http://mcdt.example/"),
            "phải là địa chỉ https",
        ),
    ],
)
def test_it_refuses_to_start_with_a_sign_in_that_cannot_work(tmp_path: Path, secrets: str, reason: str) -> None:
    code, said = refusal_of(tmp_path, secrets=secrets)
    assert (code, reason in said, "Traceback" in said) == (1, True, False)


def test_it_refuses_roles_with_a_right_that_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "roles.toml").write_text('[roles.unit]\nrights = ["veiw"]\n', encoding="utf-8")
    code, said = refusal_of(tmp_path, secrets=SECRETS)
    assert code == 1 and "veiw" in said


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        *(("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("127.9.9.9", True)),
        *(("0.0.0.0", False), ("::", False), ("", False), (None, False), ("127.0.0.1.example", False), ("10.0.0.1", False)),
    ],
)
def test_which_addresses_are_this_machine(host: str | None, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_without_sign_in_only_this_machine_gets_an_answer(tmp_path: Path) -> None:
    with running_app(tmp_path / "data") as app:
        assert answer(app.url)[0] == 200
        assert answer(app.url, Host="mcdt.example")[0] == 403  # a foreign name that was made to point here
        assert answer(app.url, X_Forwarded_For="192.0.2.9")[0] == 403  # a proxy that lets others in
        assert answer(f"{app.url}/_stcore/metrics")[0] == 404
        said = app.output.read_text(encoding="utf-8")
    assert "Chưa cấu hình đăng nhập" in said


def test_the_page_says_its_language_and_closes_the_browsers_side_doors(tmp_path: Path) -> None:
    with running_app(tmp_path / "data") as app:
        status, page, headers = answer(app.url, Accept="text/html", Accept_Encoding="gzip")
    assert status == 200
    assert '<html lang="vi">' in page and "Streamlit</title>" not in page and "enable JavaScript" not in page
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"


def test_every_page_is_in_the_menu_and_asks_for_a_right() -> None:
    entries = {entry.name: entry.right for group in GROUPS.values() for entry in group}
    assert set(PAGES) <= entries.keys()
    assert [name for name, right in entries.items() if right is None] == ["tu_dien_chi_so"]


@pytest.mark.parametrize("name", PAGES)
def test_a_fresh_servers_first_visit_to_each_page_ends_at_the_door(tmp_path: Path, browser: Browser, name: str) -> None:
    with running_app(tmp_path / "data", secrets=SECRETS) as app:
        page, complaints = new_page(browser)
        visit(page, f"{app.url}/{name}")
        text = shown_text(page)
        assert "Mời đăng nhập để tiếp tục." in text
        assert page.get_by_test_id("stSidebar").count() == 0 and exception_boxes(page) == 0
        assert complaints == []
        entry = next(entry for group in GROUPS.values() for entry in group if entry.name == name)
        assert entry.title not in text.replace("Theo dõi chỉ số giải quyết thủ tục hành chính", "")
        assert not list(app.data.rglob("*.duckdb"))  # nobody came in, so nothing was built


def test_before_sign_in_nothing_is_taken_or_handed_out(tmp_path: Path) -> None:
    with running_app(tmp_path / "data", secrets=SECRETS) as app:
        assert answer(f"{app.url}/media/0123456789abcdef.csv")[0] == 403
        request = urllib.request.Request(f"{app.url}/_stcore/upload_file/any/any", data=b"x", method="PUT")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=10)
        assert refused.value.code == 403
        forged = json.dumps({"is_logged_in": True, "aud": "mcdt", "iat": 4102444800, "roles": "quan-tri"})
        assert answer(f"{app.url}/media/x.csv", Cookie=f"_streamlit_user={forged}")[0] == 403
