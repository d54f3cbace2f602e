"""A row of indicator cards from the catalogue; each card opens to what stands behind its number."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from metrics.catalogue import BY_CODE, indicators, monthly
from metrics.wording import missing
from ui import menu
from ui.card import Card, show_card
from ui.explain_dialog import explain
from ui.opening import View
from ui.served import ask

UNIT_WORDS = {
    "share": "share",
    "count": "",
    "working_days": "ngày",
    "hours": "giờ",
    "points": "điểm",
    "per_1000": "‰",
    "rank": "",
}
NUMBERS = ("value", "target", "previous", "same_period_last_year", "year_to_date")
MONTHS = 13


def cards_of(codes: Sequence[str], view: View) -> dict[str, Card]:
    """What the cards of these indicators show, by code."""
    rows = ask(indicators, view.period, view.scope, tuple(codes))
    with_months = tuple(code for code in codes if BY_CODE[code].monthly)
    series = ask(monthly, with_months, view.period, view.scope, months=MONTHS, style=view.style)
    return {row["code"]: _card(row, series[series["code"] == row["code"]]["value"].tolist()) for row in rows.to_dict("records")}


def card_row(codes: Sequence[str], view: View, *, linked: bool = False) -> dict[str, Card]:
    """Draw the cards, as many beside each other as fit, and return them by code; `linked` adds the way to the indicator's page."""
    cards = cards_of(codes, view)
    with st.container(key=f"card_grid_{codes[0]}"):
        for code in codes:
            with st.container(border=True, height="stretch", gap="small", key=f"card_{code}"):
                show_card(cards[code], view.look)
                with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"card_ways_{code}"):
                    if st.button("Cách tính", key=f"explain_{code}", type="tertiary", icon=":material/function:"):
                        explain(code, view)
                    if linked:
                        _link(BY_CODE[code].page, view)
    return cards


def _card(row: dict[str, object], series: list[float | None]) -> Card:
    one = BY_CODE[str(row["code"])]
    numbers = {name: None if missing(row[name]) else float(str(row[name])) for name in NUMBERS}
    met = row["met"]
    return Card(
        name=one.name,
        unit=UNIT_WORDS[one.unit],
        met=None if met is None or pd.isna(met) else bool(met),
        direction="down" if one.better == "lower" else "up",
        series=series,
        empty="Không phát sinh" if row["denominator"] == 0 else "Chưa có dữ liệu",
        **numbers,
    )


def _link(page: str, view: View) -> None:
    entry = next((entry for entry in menu.entries() if entry.name == page), None)
    if entry and menu.open_to(view.user, entry) and entry.name != "tong_quan":
        st.page_link(entry.file, label="Chi tiết", icon=":material/arrow_forward:")
