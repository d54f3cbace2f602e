"""The dialog behind "Cách tính": formula, legal basis, the query that was run, and the cases that were counted."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from metrics import catalogue, wording
from metrics.complaints import COMPLAINT_SETS
from metrics.dossier_sets import SETS, count_of
from metrics.indicator import Indicator
from metrics.legal_bases import in_force
from metrics.period import Period
from metrics.reading import Reading
from ui.drill_down import complaint_drill_down, drill_down
from ui.explain import show_queries
from ui.opening import View
from ui.plain_text import plain
from ui.served import ask

LISTS: dict[str, Callable[..., None]] = {"dossiers": drill_down, "complaints": complaint_drill_down}


def explain(code: str, view: View) -> None:
    """Open the indicator `code` as it reads in the view."""
    st.dialog(plain(catalogue.BY_CODE[code].name), width="large")(_behind)(code, view)


def _behind(code: str, view: View) -> None:
    one = catalogue.BY_CODE[code]
    meaning, query, cases = st.tabs(["Công thức, căn cứ", "Truy vấn", "Danh sách"])
    with meaning:
        show_meaning(one, view.period)
        _show_parts(ask(catalogue.read, code, view.period, view.scope))
    with query:
        st.text(f"Chạy trên bản dữ liệu {view.db.snapshot} ({view.db.engine}).")
        show_queries(catalogue.read, code, view.period, view.scope)
    with cases:
        show = LISTS.get(one.family.lists or "")
        if show and one.which:
            show(view.period, view.scope, one.which, key=f"explain_{code}_cases", title=_which_cases(one))
        else:
            st.text("Chỉ số này không tính từ từng hồ sơ.")


def show_meaning(one: Indicator, period: Period) -> None:
    """Formula, note and the legal bases in force in the period, as plain text."""
    st.markdown(f"**Công thức:** {plain(one.formula)}")
    if one.note:
        st.markdown(f"**Ghi chú:** {plain(one.note)}")
    bases = in_force(one.legal_basis, period)
    if bases:
        lines = [f"- {plain(basis.title)}{'' if basis.verified else ' *(chưa kiểm chứng)*'}" for basis in bases]
        st.markdown("**Căn cứ:**\n\n" + "\n".join(lines))
    else:
        st.markdown("**Căn cứ:** không có văn bản nào trong thiết lập có hiệu lực trong kỳ.")


def _which_cases(one: Indicator) -> str:
    """Which side of the figure the list shows: for some shares it is the cases that missed."""
    aggregate = count_of((COMPLAINT_SETS if one.family.lists == "complaints" else SETS)[one.which or ""])
    if one.denominator is None or aggregate == one.numerator:
        return "Được đếm trong chỉ số"
    return "Mẫu số" if aggregate == one.denominator else "Chưa đạt, không nằm trong tử số"


def _show_parts(reading: Reading) -> None:
    if reading.numerator is not None and reading.denominator is not None:
        st.markdown(f"**Tử số:** {wording.number(reading.numerator)} · **Mẫu số:** {wording.number(reading.denominator)}")
    elif reading.denominator is not None:
        st.markdown(f"**Tính trên:** {wording.number(reading.denominator)} trường hợp")
