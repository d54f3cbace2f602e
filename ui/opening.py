"""How every page begins: its look, the sample banner, the filter and what the figures rest on."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import settings
from charts.theme import Look, look_of
from metrics.period import Period
from metrics.scope import Scope
from ui.access import signed_in
from ui.chart_block import nothing_to_show
from ui.filter_bar import Filter, filter_bar
from ui.identity import User
from ui.served import served
from warehouse.database import Database

STYLE, DARK_ON_PAPER = (Path(__file__).parent / name for name in ("style.css", "dark_on_paper.css"))


@dataclass(frozen=True)
class View:
    """What a page works with: the snapshot, the question, and how to draw."""

    db: Database
    period: Period
    scope: Scope
    style: str
    look: Look
    user: User


@dataclass(frozen=True)
class _Begun:
    """What the door has drawn for the page that it is about to run."""

    db: Database
    user: User
    chosen: Filter
    title_place: DeltaGenerator


_begun: ContextVar[_Begun] = ContextVar("begun")


def begin() -> None:
    """Draw the head and the filter of a page that has one; stops the page when there is nothing to read yet.

    The door calls this: widgets of the main script keep their place in the address from page to page, those of a page do not.
    """
    _style()
    title_place = st.container()
    db, user = served(), signed_in()
    if db is None:
        nothing_to_show("Chưa có dữ liệu", "Nhập tệp xuất từ phần mềm một cửa ở trang Nhập dữ liệu để bắt đầu.")
        st.stop()
    sample_banner(db)
    _begun.set(_Begun(db, user, filter_bar(db, user), title_place))


def open_page(title: str) -> View:
    """The page's title above the filter, and what was chosen in it; for pages that stand in the menu as filtered."""
    begun = _begun.get()
    begun.title_place.title(title, anchor=False)
    chosen = begun.chosen
    return View(begun.db, chosen.period, chosen.scope, chosen.style, page_look(), begun.user)


def head(title: str) -> None:
    """Style sheet and title of a page without the filter."""
    _style()
    st.title(title, anchor=False)


def _style() -> None:
    st.html(STYLE)
    if st.context.theme.type == "dark":
        st.html(DARK_ON_PAPER)


def page_look() -> Look:
    """The office's colours, in tints for the page's own light or dark."""
    return look_of(settings.read("department"), dark=st.context.theme.type == "dark")


def sample_banner(db: Database) -> None:
    """Said on every page and on paper while the data are simulated."""
    if db.simulated:
        st.html('<div class="sample"><b>DỮ LIỆU MẪU</b> – số liệu mô phỏng để dùng thử, không phải số liệu thật.</div>')
