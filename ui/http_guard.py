"""What stands between the network and Streamlit: who may reach it at all, uploads and downloads, and headers for the browser."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from ui import access
from ui.identity import Refused
from ui.listening import is_loopback

HEADERS = {
    # Streamlit's own page has inline scripts, and its tables and charts draw through blobs and workers.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline';"
        " img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self';"
        " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
UPLOAD_RIGHTS = ("import", "edit", "report")  # the rights of the pages that take files
_CLOSED = re.compile(r"/_stcore/(metrics|agent|script-health-check)(/|$)")
_UPLOAD = re.compile(r"/_stcore/upload_file(/|$)")
_DOWNLOAD = re.compile(r"(?<!/static)/media(/|$)")
_PAGE_TEXTS = (
    (rb'<html lang="en">', '<html lang="vi">'),
    (rb"<title>Streamlit</title>", "<title>Chỉ số giải quyết thủ tục hành chính</title>"),
    (rb'<link rel="service-desc"[^>]*>', ""),
    (rb"(?s)<noscript>.*?</noscript>", "<noscript><p>Cần bật JavaScript trong trình duyệt để dùng ứng dụng này.</p></noscript>"),
)


class HttpGuard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 or 404 where the visitor may not go, else pass the request on and set the headers of the answer."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = _refusal(scope)
        if refusal and scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif refusal:
            await PlainTextResponse(refusal[1], refusal[0])(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await self._app(scope, receive, send)
        else:
            await self._app(_uncompressed_if_page(scope), receive, _with_headers(_in_vietnamese(send)))


def _refusal(scope: Scope) -> tuple[int, str] | None:
    headers, path = Headers(scope=scope), scope["path"]
    if not access.sign_in_demanded():
        # A proxy, or a foreign page that had its own name point at this machine, must not pass for the person sitting here.
        forwarded = "x-forwarded-for" in headers or "forwarded" in headers
        if forwarded or not is_loopback(_host_name(headers)) or not is_loopback((scope["client"] or ("",))[0]):
            return 403, "Chưa cấu hình đăng nhập: ứng dụng chỉ mở được trên chính máy đang chạy nó."
    elif _UPLOAD.search(path) and not _has_any_right(headers, UPLOAD_RIGHTS):
        return 403, "Không có quyền tải tệp lên."
    elif _DOWNLOAD.search(path) and not _has_any_right(headers, ()):
        return 403, "Mời đăng nhập để tải tệp."
    return (404, "Không có trang này.") if _CLOSED.search(path) else None


def _host_name(headers: Headers) -> str:
    host = headers.get("host", "")
    return host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.rsplit(":", 1)[0]


def _has_any_right(headers: Headers, rights: tuple[str, ...]) -> bool:
    """Whether the request has the cookie of someone who may be here and has one of `rights` (none asked: that is enough)."""
    try:
        user = access.admitted(_claims(headers))
    except Refused:
        return False
    return not rights or any(user.may(right) for right in rights)


def _claims(headers: Headers) -> Mapping[str, Any]:
    """The claims that Streamlit signed into its cookie; empty when there is no cookie or the signature is not ours."""
    cookie: SimpleCookie = SimpleCookie()
    try:
        cookie.load(headers.get("cookie", ""))
    except CookieError:
        return {}

    def signed(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, cookie[name].value) if name in cookie else None

    found = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    return json.loads(found) if found else {}


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending


def _uncompressed_if_page(scope: Scope) -> Scope:
    headers = Headers(scope=scope)
    if "text/html" not in headers.get("accept", ""):
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]}


def _in_vietnamese(send: Send) -> Send:
    """Streamlit's page is marked as English, for screen readers and translators too: put its fixed words right on the way out."""
    start: Message | None = None
    body = b""

    async def sending(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start" and _is_page(message):
            start = message
        elif start is None:
            await send(message)
        else:
            body += message.get("body", b"")
            if not message.get("more_body"):
                page = _translated(body)
                headers = MutableHeaders(scope=start)
                if page != body:
                    headers["content-length"] = str(len(page))
                    del headers["etag"]
                    del headers["last-modified"]
                await send(start)
                await send({"type": "http.response.body", "body": page})

    return sending


def _is_page(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers


def _translated(page: bytes) -> bytes:
    for english, vietnamese in _PAGE_TEXTS:
        page = re.sub(english, vietnamese.encode(), page, count=1)
    return page
