"""A real OpenID Connect provider for the tests (tests/oidc_provider), and what the application needs to use it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import wait_for_page
from tests.running_app import free_port, wait_until_it_answers

FOLDER = Path(__file__).parent / "oidc_provider"
CLIENT, SECRET = "mcdt", "a-secret-of-the-tests-only-0123456789"


@dataclass(frozen=True)
class SignInProvider:
    """A provider that answers; `secrets` is the application's secrets.toml for it."""

    url: str
    secrets: str


@contextmanager
def sign_in_provider(folder: Path, public_url: str, accounts: Mapping[str, Mapping[str, Any]]) -> Iterator[SignInProvider]:
    """A provider whose `accounts` may sign in to the application at `public_url`; files go to `folder`.

    An account is {"claims": {...}, "token": {...}}; `token` overrides claims of the signed ID token.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port, callback = free_port(), f"{public_url}/oauth2callback"
    wanted = {
        "port": port,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uris": [callback],
        "accounts": accounts,
    }
    file, output = folder / "provider.json", folder / "provider.txt"
    file.write_text(json.dumps(wanted), encoding="utf-8")
    url = f"http://127.0.0.1:{port}"
    with output.open("wb") as printed:
        process = subprocess.Popen(["node", "provider.js", str(file)], cwd=FOLDER, stdout=printed, stderr=subprocess.STDOUT)
    try:
        wait_until_it_answers(process, f"{url}/.well-known/openid-configuration", output)
        yield SignInProvider(url, _secrets(url, callback))
    finally:
        process.terminate()
        process.wait(10)


def _secrets(provider: str, callback: str) -> str:
    return f"""
[auth]
redirect_uri = "{callback}"
cookie_secret = "{"0123456789abcdef" * 4}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{provider}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid profile roles", prompt = "login" }}
"""


def sign_in(page: Page, url: str, account: str) -> None:
    """Go to the application, press its button, sign in at the provider as `account`, and come back."""
    page.goto(url)
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator("input[name=login]").fill(account)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{url}/**")
    expect(page.get_by_test_id("stApp")).to_be_visible()
    wait_for_page(page)
