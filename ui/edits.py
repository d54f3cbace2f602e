"""Edits made on a screen: each is a batch in the archive like any import, so that it can be undone and says who made it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import streamlit as st

from metrics.wording import missing
from ui.access import note, signed_in
from ui.plain_text import plain
from warehouse import importing
from warehouse.import_plan import FilePlan, plan
from warehouse.kinds import kinds
from warehouse.location import served_root

Row = dict[str, Any]
SAVED = "edit_saved"
FAILED = "Không lưu được. Số liệu đang hiển thị không thay đổi và không có gì được lưu dở dang. Thử lại sau ít phút."


def may_edit() -> bool:
    """Whether the signed-in user may change the registers."""
    return signed_in().may("edit")


def save(tables: Mapping[str, Sequence[Row]], said: str) -> None:
    """Store rows, kind → canonical columns as values, all or none; then draw the page with the new snapshot. `said`: what was done.

    A sample is edited in the sample's own warehouse, never in the office's. Asks for the right once more: a form may be older than
    the session's rights.
    """
    if not may_edit():
        st.error("Tài khoản này không có quyền sửa.", icon=":material/block:")
        return
    texts: dict[str, Sequence[importing.EditRow]] = {
        kind: [{name: _as_text(value) for name, value in row.items()} for row in rows] for kind, rows in tables.items()
    }
    bar = st.progress(0.0, "Đang lưu…")

    def progress(share: float, text: str) -> None:
        bar.progress(min(share, 1.0), plain(text))

    try:
        summaries = importing.submit(served_root(), texts, signed_in().account, progress)
    except importing.RefusedEdit as refused:
        bar.empty()
        st.error(str(refused), icon=":material/error:")
        return
    except Exception as error:  # the page must say what is safe, whatever went wrong
        logging.getLogger(__name__).error("edit of %s failed: %s", ", ".join(texts), type(error).__name__)
        bar.empty()
        st.error(FAILED, icon=":material/error:")
        return
    bar.empty()
    labels = ", ".join(kinds()[kind].label for kind in texts)
    note("edit", f"{labels}, lần nhập {summaries[0].batch}: {sum(map(len, texts.values()))} dòng")
    st.session_state[SAVED] = said
    st.rerun()


def import_register(kind: str, name: str, content: bytes) -> None:
    """Take a register's file in, as the import page does."""
    plans = [one for one in plan([(name, content)], kind) if _readable(one)]
    if not plans:
        return
    try:
        with st.spinner("Đang nhập tệp…"):
            summaries = importing.run(served_root(), plans, signed_in().account)
    except Exception as error:
        logging.getLogger(__name__).error("import of %s failed: %s", kind, type(error).__name__)
        st.error(FAILED, icon=":material/error:")
        return
    done = summaries[0]
    note("import", f"{kinds()[kind].label}, lần nhập {done.batch}")
    same = done.unchanged + done.duplicate
    st.session_state[SAVED] = f"Đã nhập tệp: {done.added} dòng mới, {done.updated} cập nhật, {same} không đổi, {done.refused} bị từ chối"
    st.rerun()


def say_saved() -> None:
    """After an edit: say what was done, once, at the top of the page."""
    if said := st.session_state.pop(SAVED, None):
        st.success(plain(f"{said}. Có thể hoàn tác ở trang Nhập dữ liệu."), icon=":material/check_circle:")


def _as_text(value: Any) -> str | None:
    """A value as the reader of files takes it: ISO dates, a decimal comma, "có" and "không"."""
    if missing(value) or value == "":
        return None
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value).strip()


def _readable(one: FilePlan) -> bool:
    if one.problem:
        st.error(plain(one.problem), icon=":material/block:")
    return not one.problem
