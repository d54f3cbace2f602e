"""Conclusions typed in during a meeting: each becomes an action of the register and opens the next meeting."""

from __future__ import annotations

from datetime import date

import streamlit as st

from metrics import choices, registers
from metrics.meeting import held, next_codes
from metrics.period import Period
from metrics.scope import Scope
from ui.column_labels import Label
from ui.edits import may_edit, save
from ui.labelled_table import read_table
from ui.served import ask

LABELS = {
    "text": Label("Kết luận"),
    "unit_name": Label("Đơn vị chủ trì"),
    "due_on": Label("Hạn hoàn thành", "date"),
    "action_code": Label("Mã giải pháp"),
}


def conclusion_form(as_of: date, scope: Scope) -> None:
    """The conclusions of the meeting so far, and a form for the next one."""
    meeting_on = st.date_input("Ngày họp", value=as_of, format="DD/MM/YYYY", key="ngay_hop")
    rows = ask(held, Period(meeting_on, meeting_on), scope)
    if rows.empty:
        st.text("Chưa ghi kết luận nào của cuộc họp này.")
    else:
        read_table(rows, LABELS)
    if not may_edit():
        return
    groups = registers.groups()
    with st.form("conclusion", clear_on_submit=True):
        text = st.text_area("Kết luận", key="ket_luan", placeholder="Nội dung, kết quả phải đạt")
        left, middle, right = st.columns([3, 2, 3])
        units = ask(choices.units, Scope(allowed_units=scope.allowed_units, whole_sector=scope.whole_sector))
        unit = left.selectbox("Đơn vị chủ trì", units, index=None, placeholder="Chọn đơn vị", key="don_vi_chu_tri")
        due_on = middle.date_input("Hạn hoàn thành", value=None, format="DD/MM/YYYY", key="han")
        group = right.selectbox("Nhóm giải pháp", list(groups), index=4, format_func=lambda n: f"{n}. {groups[n]}", key="nhom")
        wanted = st.form_submit_button("Ghi kết luận", type="primary", icon=":material/add_task:")
    if wanted and not text.strip():
        st.error("Viết nội dung kết luận trước khi ghi.", icon=":material/edit:")
    elif wanted:
        code, action_code = next_codes(rows, meeting_on, group)
        same = {"unit_name": unit, "due_on": due_on, "status": "planned", "action_code": action_code}
        action = {**same, "solution_group": group, "title": text.strip()}
        conclusion = {**same, "conclusion_code": code, "meeting_on": meeting_on, "text": text.strip()}
        save({"actions": [action], "conclusions": [conclusion]}, "Đã ghi kết luận")
