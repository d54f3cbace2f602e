"""Tổng quan: in five seconds, which targets are met, what moved, where, and which dossiers need a call today."""

import streamlit as st

from metrics import sentences
from metrics.catalogue import HEADLINES
from metrics.decomposition import decomposition
from metrics.period import Period
from metrics.tables import table
from ui.card_row import card_row, cards_of
from ui.chart_block import nothing_to_show
from ui.drill_down import drill_down
from ui.headline import headline
from ui.moved import moved
from ui.opening import open_page
from ui.ranking_block import Measure, ranking_block
from ui.served import ask
from ui.tour import tour

view = open_page("Tổng quan")
period, scope = view.period, view.scope
today = Period(view.scope.at(view.db), view.scope.at(view.db))

cards = cards_of(HEADLINES, view)
if all(card.value is None for card in cards.values()):
    nothing_to_show("Chưa có số liệu trong kỳ", "Chọn kỳ khác, bỏ bớt điều kiện lọc hoặc nhập tệp ở trang Nhập dữ liệu.")
    st.stop()
headline(
    [card.name for card in cards.values() if card.met],
    [card.name for card in cards.values() if card.met is False],
    sentences.of_overdue(cards["overdue"].value),
)
card_row(HEADLINES, view, linked=True)
if view.db.simulated:
    tour(view.user)

left, right = st.columns(2, gap="large")
with left:
    st.subheader("Hồ sơ cần xử lý hôm nay", anchor=False)
    drill_down(today, scope, "overdue", key="overview_overdue", title="Đã quá hạn, chưa có kết quả")
with right:
    st.subheader("Thay đổi so với kỳ trước và nơi thay đổi nhiều nhất", anchor=False)
    for measure in ("on_time_share", "online_share", "median_days"):
        moved(ask(decomposition, period, scope, period.previous(), measure), measure)

on_time = Measure("on_time_share", "Tỷ lệ đúng hạn", "done_late", "closed", target=cards["on_time_share"].target)
left, right = st.columns(2, gap="large")
with left:
    rows, _ = ask(table, "processing_time", period, scope, by="unit")
    ranking_block("Giải quyết đúng hạn theo đơn vị", rows, "unit", on_time, view, key="overview_units")
with right:
    rows, _ = ask(table, "processing_time", period, scope, by="procedure")
    ranking_block("Giải quyết đúng hạn theo thủ tục", rows, "procedure", on_time, view, key="overview_procedures")
