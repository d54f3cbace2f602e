"""The main script: who comes in, and what they may open. Every address of the application leads through here first."""

from __future__ import annotations

import gc
from base64 import b64encode
from pathlib import Path

import streamlit as st

import settings
from ui import access, menu, opening
from ui.first_run import have_something_to_show
from ui.identity import Refused
from warehouse import audit

# Without an icon of ours the browser would fetch the menu's icons from a public font server for its tab.
ICON = "data:image/png;base64," + b64encode((Path(__file__).parent / "favicon.png").read_bytes()).decode()
st.set_page_config(page_title="Chỉ số giải quyết thủ tục hành chính", page_icon=ICON, layout="wide")


@st.cache_resource
def _already_noted() -> set[tuple[str, ...]]:
    """Sign-ins and refusals already in the log: one line each, however often the page runs or is reloaded."""
    return set()


def _note_once(event: str, who: str, what: str, *key: str) -> None:
    noted = _already_noted()
    if (event, who, what, *key) not in noted:
        noted.add((event, who, what, *key))
        audit.record(settings.data_dir(), event, who, what, access.where())


def _sign_in_page(refusal: Refused) -> None:
    department = settings.read("department")
    with st.container(horizontal_alignment="center"), st.container(border=True, width=460):
        st.markdown(f"### {_plain(department['name'])}")
        st.text("Theo dõi chỉ số giải quyết thủ tục hành chính")
        if refusal.reason == "not signed in":
            st.text(refusal.message)
        else:
            st.error(refusal.message, icon=":material/block:")
            if refusal.account:
                st.text(f"Tài khoản: {refusal.account}")
        if refusal.reason in ("not signed in", "session too old", "wrong audience"):
            st.button("Đăng nhập", type="primary", on_click=st.login, width="stretch")
        if refusal.reason != "not signed in":
            st.button("Đăng xuất", on_click=st.logout, width="stretch")


def _plain(text: str) -> str:
    """Text for a place that reads Markdown, with every character that means something there escaped."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()#+-.!|<>~$:&" else sign for sign in text)


def _not_yours() -> None:
    user = access.signed_in()
    address = st.context.url or ""
    page = address.rstrip("/").rsplit("/", 1)[-1].split("?")[0]
    _note_once("refusal", user.account, f"trang {page}: vai trò không có quyền")
    st.title("Không có quyền xem trang này")
    st.text(f"Vai trò của bạn là: {user.role}. Cần thêm quyền, hãy liên hệ người quản trị của đơn vị.")


def _outside(refusal: Refused) -> None:
    if refusal.reason != "not signed in":
        issued = str(st.user.to_dict().get("iat", ""))
        _note_once("refusal", refusal.account, f"đăng nhập: {refusal.message}", issued)
    menu.at_the_door(lambda: _sign_in_page(refusal)).run()


def _signed_out() -> None:
    access.note("sign_out", "")
    st.logout()


def _inside() -> None:
    user = access.signed_in()
    page = menu.inside(user, _not_yours)
    with st.sidebar:
        if access.sign_in_demanded():
            _note_once("sign_in", user.account, user.role, str(st.user.to_dict().get("iat", "")))
            st.text(f"{user.name}\n{user.role}")
            if user.allowed_units is not None:
                st.text("Đơn vị: " + ", ".join(user.allowed_units))
            st.button("Đăng xuất", on_click=_signed_out, icon=":material/logout:")
        else:
            st.text("Chưa bật đăng nhập: chỉ mở được trên máy này.")
    if menu.needs_data(page):
        have_something_to_show()
    if menu.filtered(page, user):
        opening.begin()
    page.run()
    _leave_out_of_collections()


@st.cache_resource
def _leave_out_of_collections() -> None:
    """Streamlit collects garbage after every run of a page; walking through what the libraries loaded, which stays for good, each
    time was a third of a rerun."""
    gc.collect()
    gc.freeze()


try:
    access.signed_in()
except Refused as refusal:
    _outside(refusal)
else:
    _inside()
