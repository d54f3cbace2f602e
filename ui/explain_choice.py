"""The way from a table of indicators to what stands behind one of them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from metrics.catalogue import BY_CODE
from ui.explain_dialog import explain
from ui.opening import View


def explain_one_of(codes: Sequence[str], view: View, *, key: str) -> None:
    """A list of the indicators and a button that opens the chosen one: formula, basis, query, cases."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Xem cách tính của một mục",
            list(codes),
            index=None,
            format_func=lambda code: BY_CODE[code].name,
            key=key,
            placeholder="Chọn mục",
        )
        if st.button("Cách tính", key=f"{key}_button", icon=":material/function:", disabled=chosen is None) and chosen:
            explain(chosen, view)
