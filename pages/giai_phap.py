"""Giải pháp: the register of actions in the six groups, with the measures beside each, the documents and hand-entered figures."""

import streamlit as st

from metrics import registers
from ui.chart_block import say
from ui.data_table import data_table
from ui.edits import say_saved
from ui.group_measures import group_measures
from ui.opening import open_page
from ui.register import register
from ui.registers import ACTIONS, CONCLUSIONS, DOCUMENTS, MEASURES
from ui.served import ask

view = open_page("Giải pháp")
period, scope = view.period, view.scope
say_saved()

actions = ask(registers.actions, scope)
states = registers.states(actions)
say(registers.actions_sentence(actions))
if not states.empty:
    data_table(states, key="states", title="Tình trạng giải pháp theo nhóm", headings={"in_progress": "Đang thực hiện"})

by_group, register_tab, documents, measures, conclusions = st.tabs(
    ["Theo nhóm giải pháp", "Sổ giải pháp", "Văn bản ban hành", "Số liệu nhập tay", "Kết luận cuộc họp"]
)
with by_group:
    for number, name in registers.groups().items():
        group_measures(number, name, actions[actions["solution_group"] == number], view)
with register_tab:
    register(ACTIONS, actions, title="Sổ giải pháp")
with documents:
    register(DOCUMENTS, ask(registers.documents, scope), title="Văn bản ban hành")
with measures:
    register(MEASURES, ask(registers.measures, scope), title="Số liệu nhập tay")
with conclusions:
    register(CONCLUSIONS, ask(registers.conclusions, scope), title="Kết luận cuộc họp")
