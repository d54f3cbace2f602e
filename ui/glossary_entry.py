"""One indicator in the glossary: formula, note, unit, direction, targets, legal bases, query."""

from __future__ import annotations

import streamlit as st

import settings
from metrics.catalogue import sql_of
from metrics.indicator import DIRECTIONS, UNITS, Indicator
from metrics.legal_bases import LegalBasis, legal_bases
from metrics.wording import OPEN_END, day
from ui.card import written
from ui.card_row import UNIT_WORDS
from ui.menu import GROUPS
from ui.plain_text import plain
from warehouse.mapping import fold

TITLES = {entry.name: entry.title for group in GROUPS.values() for entry in group}


def matches(one: Indicator, sought: str) -> bool:
    """Whether every word sought stands in the indicator's name, code, formula or note (letters without marks match too)."""
    text = fold(f"{one.name} {one.code} {one.formula} {one.note}")
    return all(word in text for word in fold(sought).split())


def shown_on(one: Indicator) -> str:
    """The title of the page the indicator belongs to."""
    return TITLES.get(one.page, "Khác")


def menu_place(one: Indicator) -> int:
    """Where that page stands in the menu."""
    return list(TITLES).index(one.page) if one.page in TITLES else len(TITLES)


def entry(one: Indicator) -> None:
    """Draw the entry, folded up under its name."""
    with st.expander(plain(one.name)):
        lines = [
            f"**Công thức:** {plain(one.formula)}",
            f"**Đơn vị:** {UNITS[one.unit]}, {DIRECTIONS[one.better]} · **Mã:** {plain(one.code)}",
            f"**Chỉ tiêu:** {_targets(one)}",
        ]
        if one.note:
            lines.append(f"**Ghi chú:** {plain(one.note)}")
        bases = [basis for basis in legal_bases() if basis.topic in one.legal_basis]
        lines.append("**Căn cứ:** " + ("; ".join(_basis(basis) for basis in bases) or "không có trong thiết lập"))
        st.markdown("\n\n".join(lines))
        st.code(sql_of(one.code).strip(), language="sql", wrap_lines=True)


def _targets(one: Indicator) -> str:
    targets = settings.read("targets").get(one.code)
    if not targets:
        return "chưa đặt"
    words = {"default": "mọi năm"}
    return "; ".join(f"{words.get(year, f'năm {year}')}: {plain(written(value, UNIT_WORDS[one.unit]))}" for year, value in targets.items())


def _basis(basis: LegalBasis) -> str:
    until = "" if basis.valid_to == OPEN_END else f" đến {day(basis.valid_to)}"
    checked = "" if basis.verified else ", chưa kiểm chứng"
    return f"{plain(basis.title)} (từ {day(basis.valid_from)}{until}{checked})"
