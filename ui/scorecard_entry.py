"""Scorecard items that no log knows: entered by hand, with who and when."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from metrics import choices
from metrics.period import Period
from metrics.scope import Scope
from metrics.scorecard import ENTERED, NO_DATA
from ui.edits import may_edit, save
from ui.identity import User
from ui.served import ask

DEPARTMENT = "Toàn Sở"


def scorecard_entry(items: pd.DataFrame, period: Period, user: User) -> None:
    """A form for the items without data of their own; nothing for who may not edit."""
    by_hand = items[items["state"].isin([ENTERED, NO_DATA])]
    if not may_edit() or by_hand.empty:
        return
    names = {row["item"]: f"{row['item']}. {row['name']}" for row in by_hand.to_dict("records")}
    with st.expander("Nhập tay mục chưa có dữ liệu", icon=":material/edit:"), st.form("scorecard_entry", border=False):
        item = st.selectbox("Mục", list(names), format_func=lambda code: names[code])
        percent = st.number_input("Tỷ lệ đạt (%)", min_value=0.0, max_value=100.0, value=None, placeholder="Nhập số từ 0 đến 100")
        units = list(user.allowed_units or [DEPARTMENT, *ask(choices.units, Scope(allowed_units=user.allowed_units))])
        unit = st.selectbox("Đơn vị", units)
        start_place, end_place = st.columns(2)
        start = start_place.date_input("Từ ngày", value=period.start, format="DD/MM/YYYY")
        end = end_place.date_input("Đến ngày", value=period.end, format="DD/MM/YYYY")
        wanted = st.form_submit_button("Lưu", type="primary", icon=":material/save:")
    if not wanted:
        return
    if percent is None or end < start:
        st.error("Nhập tỷ lệ từ 0 đến 100 và ngày cuối không trước ngày đầu.", icon=":material/edit:")
        return
    entry = {
        "item": item,
        "valid_from": start,
        "valid_to": end,
        "unit_name": None if unit == DEPARTMENT else unit,
        "ratio": percent / 100,
        "entered_by": user.name,
        "entered_at": datetime.now(),
    }
    save({"scorecard_entries": [entry]}, f"Đã lưu tỷ lệ của mục {item}")
