"""How every page begins: its look, the sample banner, the filter and what the figures rest on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

import settings
from charts.theme import Look, look_of
from metrics.period import Period
from metrics.scope import Scope
from ui.access import signed_in
from ui.chart_block import nothing_to_show
from ui.filter_bar import filter_bar
from ui.identity import User
from ui.served import served
from warehouse.database import Database

STYLE = Path(__file__).parent / "style.css"


@dataclass(frozen=True)
class View:
    """What a page works with: the snapshot, the question, and how to draw."""

    db: Database
    period: Period
    scope: Scope
    style: str
    look: Look
    user: User


def open_page(title: str) -> View:
    """Draw the page's head and return what was chosen; stops the page when there is nothing to read yet."""
    head(title)
    db, user = served(), signed_in()
    if db is None:
        nothing_to_show("Chưa có dữ liệu", "Nhập tệp xuất từ phần mềm một cửa ở trang Nhập dữ liệu để bắt đầu.")
        st.stop()
    sample_banner(db)
    chosen = filter_bar(db, user)
    return View(db, chosen.period, chosen.scope, chosen.style, page_look(), user)


def head(title: str) -> None:
    """Style sheet and title."""
    st.html(STYLE)
    st.title(title, anchor=False)


def page_look() -> Look:
    """The office's colours, in tints for the page's own light or dark."""
    return look_of(settings.read("department"), dark=st.context.theme.type == "dark")


def sample_banner(db: Database) -> None:
    """Said on every page and on paper while the data are simulated."""
    if db.simulated:
        st.html(
            '<div class="sample"><b>DỮ LIỆU MẪU</b> – số liệu mô phỏng để dùng thử, không phải số liệu thật.</div>'
        )
