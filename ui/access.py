"""Who is looking at this page: the signed-in user, or the one at this machine where sign-in is not set up."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

import settings
from ui.identity import LOCAL_USER, Refused, User, identify
from warehouse import audit

_demanded_since_start = False


def sign_in_settings() -> Mapping[str, Any]:
    """The [auth] table of secrets.toml; empty when there is none.

    Raises StreamlitSecretNotFoundError when a secrets file is there but cannot be read: that must never look like "no sign-in".
    """
    try:
        return st.secrets.get("auth", {})
    except StreamlitSecretNotFoundError as error:
        if error.error_id == "no-secrets-found":
            return {}
        raise


def demand_sign_in() -> None:
    """From now on nobody comes in without signing in, whatever becomes of the secrets file while the server runs."""
    global _demanded_since_start
    _demanded_since_start = True


def sign_in_demanded() -> bool:
    """Whether people have to sign in; False only for the one user at this machine."""
    return _demanded_since_start or bool(sign_in_settings())


def signed_in() -> User:
    """The user of this run, checked anew each time. Raises Refused, which only the door (ui/door.py) has to handle."""
    if not sign_in_demanded():
        return LOCAL_USER
    return admitted(st.user.to_dict())


def admitted(claims: Mapping[str, Any]) -> User:
    """The user of these claims, whose signature Streamlit has checked. Raises Refused."""
    try:
        client_id = str(sign_in_settings().get("client_id", ""))
    except StreamlitSecretNotFoundError as error:
        raise Refused("secrets unreadable", "Không đọc được cấu hình đăng nhập trên máy chủ. Báo người quản trị.") from error
    return identify(claims, client_id, time.time())


def where() -> str:
    """The visitor's network address as the audit log writes it."""
    return st.context.ip_address or "máy này"


def note(event: str, what: str) -> None:
    """Write what the signed-in user just did to the audit log; see warehouse.audit for the events."""
    audit.record(settings.data_dir(), event, signed_in().account, what, where())


def noting(event: str, what: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """`make` for a download button with on_click="ignore", written to the audit log when the button is pressed.

    Streamlit runs it outside the session, so who asks is known here. A callback in its place runs the page again, which
    throws the file away before the browser has it.
    """
    root, who, place = settings.data_dir(), signed_in().account, where()

    def made() -> bytes:
        audit.record(root, event, who, what, place)
        return make()

    return made
