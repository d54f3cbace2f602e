"""What is checked before the server listens: nobody but the person at this machine comes in without sign-in."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from ui import access
from ui.identity import settings_faults

NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_SHORTEST_SECRET = 32


def is_loopback(host: str | None) -> bool:
    """Whether `host` (a name or an address) can only be this machine."""
    if not host:
        return False
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def reasons_not_to_start(address: str | None) -> list[str]:
    """Why the server must not listen on `address`, in Vietnamese; empty when it may. None means every address of the machine."""
    try:
        auth = access.sign_in_settings()
    except StreamlitSecretNotFoundError:
        return ["Tệp secrets.toml có nhưng không đọc được, nên không biết đăng nhập đã cấu hình hay chưa. Sửa tệp rồi chạy lại."]
    if auth:
        return _sign_in_faults(auth) + settings_faults()
    if not is_loopback(address):
        return [
            f"Được yêu cầu lắng nghe tại {address or 'mọi địa chỉ'} nhưng chưa cấu hình đăng nhập. Chưa có đăng nhập thì chỉ chạy"
            " trên chính máy này (server.address = 127.0.0.1). Cách cấu hình: docs/deploy.md."
        ]
    return []


def _sign_in_faults(auth: Any) -> list[str]:
    missing = [key for key in NEEDED if not auth.get(key)]
    if missing:
        return [f"Cấu hình đăng nhập [auth] trong secrets.toml thiếu: {', '.join(missing)}."]
    faults = []
    if len(auth["cookie_secret"]) < _SHORTEST_SECRET:
        faults.append(f"cookie_secret trong secrets.toml phải dài ít nhất {_SHORTEST_SECRET} ký tự ngẫu nhiên.")
    for key in ("redirect_uri", "server_metadata_url"):
        url = urlsplit(auth[key])
        if url.scheme != "https" and not is_loopback(url.hostname):
            faults.append(f"{key} trong secrets.toml phải là địa chỉ https.")
    if not urlsplit(auth["redirect_uri"]).path.endswith("/oauth2callback"):
        faults.append("redirect_uri trong secrets.toml phải kết thúc bằng /oauth2callback.")
    return faults


def check_start() -> None:
    """Say how the application can be reached, or refuse to start: the reason on stderr, exit code 1."""
    reasons = reasons_not_to_start(st.get_option("server.address"))
    if reasons:
        for reason in reasons:
            _say(f"Không khởi động: {reason}", sys.stderr)
        raise SystemExit(1)
    if access.sign_in_demanded():
        access.demand_sign_in()
        _say("Đã bật đăng nhập.", sys.stdout)
    else:
        _say("Chưa cấu hình đăng nhập: chỉ người ngồi tại máy này mở được ứng dụng.", sys.stdout)


def _say(text: str, stream: Any) -> None:
    encoding = stream.encoding or "ascii"  # a Windows console may know no Vietnamese letters
    print(text.encode(encoding, "replace").decode(encoding), file=stream, flush=True)
