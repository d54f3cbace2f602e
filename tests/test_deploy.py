"""The configuration in docs/deploy works: nginx with TLS and websockets in front of the application, and a sign-in through it."""

from __future__ import annotations

import getpass
import re
import shlex
import shutil
import socket
import subprocess
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import new_page, open_browser, visit
from tests.running_app import PROJECT, free_port, running_app
from tests.sign_in_provider import sign_in, sign_in_provider
from ui.listening import NEEDED
from warehouse import audit

DEPLOY = PROJECT / "docs" / "deploy"
NGINX = "/usr/sbin/nginx"
ACCOUNTS = {"quan-tri": {"claims": {"name": "Lê Thị Hà", "preferred_username": "ltha", "roles": "quan-tri"}}}


def site(folder: Path, https: int, http: int, application: int) -> str:
    """docs/deploy/nginx.conf with this test's ports, name and certificate in place of the office's."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    changes = {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{https} ssl http2;",
        "listen 80;": f"listen 127.0.0.1:{http};",
        "chi-so.example.gov.vn": "127.0.0.1",
        "/etc/ssl/chi-so/fullchain.pem": str(folder / "certificate.pem"),
        "/etc/ssl/chi-so/privkey.pem": str(folder / "key.pem"),
        "http://127.0.0.1:8501": f"http://127.0.0.1:{application}",
    }
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


@contextmanager
def nginx(folder: Path, https: int, http: int, application: int) -> Iterator[None]:
    folder.mkdir()
    names = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    files = ("-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem"))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files], check=True, capture_output=True
    )
    (folder / "site.conf").write_text(site(folder, https, http, application), encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
    inside = f"access_log off; {temporary} include {folder / 'site.conf'};"
    main = f"user {getpass.getuser()}; daemon off; pid {folder / 'pid'}; events {{}} http {{ {inside} }}"
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    line = [NGINX, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*line, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(line)
    try:
        wait_for_port(https, process)
        yield
    finally:
        process.terminate()
        process.wait(10)


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not answer")


def test_someone_signs_in_through_nginx_with_tls(tmp_path: Path, sample_folder: Path) -> None:
    shutil.copytree(sample_folder, tmp_path / "data")
    https, http, application = free_port(), free_port(), free_port()
    url = f"https://127.0.0.1:{https}"
    with (
        sign_in_provider(tmp_path / "provider", url, ACCOUNTS) as provider,
        running_app(tmp_path / "data", secrets=provider.secrets, port=application) as app,
        nginx(tmp_path / "nginx", https, http, application),
        open_browser() as browser,
    ):
        page, complaints = new_page(browser, ignore_https_errors=True)
        sockets: list[str] = []
        page.on("websocket", lambda opened: sockets.append(opened.url))
        sign_in(page, url, "quan-tri")
        expect(page.get_by_text("Lê Thị Hà")).to_be_visible()
        visit(page, f"{url}/nhat_ky")
        expect(page.get_by_role("heading", name="Nhật ký")).to_be_visible()
        assert [complaint for complaint in complaints if url in complaint] == []
        assert sockets and all(address.startswith(f"wss://127.0.0.1:{https}/") for address in sockets)

        ours = [cookie for cookie in page.context.cookies(url) if cookie["name"].startswith("_streamlit_user")]
        assert ours and all(cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in ours)
        answer = page.request.get(url)
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        plain = page.request.get(f"http://127.0.0.1:{http}/nhat_ky", max_redirects=0)
        assert (plain.status, plain.headers["location"]) == (301, "https://127.0.0.1/nhat_ky")
        assert "sign_in" in set(audit.events(app.data, audit.months(app.data)[0])["event"])


def test_behind_a_proxy_without_sign_in_nobody_gets_in(tmp_path: Path) -> None:
    https, http, application = free_port(), free_port(), free_port()
    with (
        running_app(tmp_path / "data", port=application),
        nginx(tmp_path / "nginx", https, http, application),
        open_browser() as browser,
    ):
        page, _ = new_page(browser, ignore_https_errors=True)
        answer = page.request.get(f"https://127.0.0.1:{https}/")
        assert answer.status == 403 and "Chưa cấu hình đăng nhập" in answer.text()


def test_the_service_starts_the_application_on_loopback_with_its_secrets() -> None:
    unit = (DEPLOY / "chi-so.service").read_text(encoding="utf-8")
    start = re.search(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    assert start
    words = shlex.split(start.group(1))
    assert words[1:5] == ["-m", "streamlit", "run", "dashboard.py"]
    options = dict(zip(words[5::2], words[6::2], strict=True))
    assert options == {"--server.headless": "true", "--server.port": "8501", "--secrets.files": "/etc/chi-so/secrets.toml"}
    config = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert "proxy_pass http://127.0.0.1:8501;" in (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def test_the_example_secrets_name_all_that_is_needed() -> None:
    example = tomllib.loads((DEPLOY / "secrets.toml.example").read_text(encoding="utf-8"))
    assert set(NEEDED) <= example["auth"].keys()
    assert not any(example["auth"][key] for key in ("cookie_secret", "client_id", "client_secret"))
