"""Bộ chỉ số 766: points by group and item, what has no data, where the next point is cheapest, units ranked, trend."""

import streamlit as st

from charts.ranking import ranking
from charts.scorecard_bars import scorecard_bars
from charts.trend import trend
from metrics import scorecard as card
from metrics import sentences
from metrics.control_limits import meaning, usual_range
from ui.card_row import card_row
from ui.chart_block import chart_block, nothing_to_show, say
from ui.data_table import data_table
from ui.drawn import drawn
from ui.edits import say_saved
from ui.explain_choice import explain_one_of
from ui.opening import open_page
from ui.scorecard_entry import scorecard_entry
from ui.served import ask

view = open_page("Bộ chỉ số 766")
period, scope = view.period, view.scope
say_saved()
if card.reference_only(period):
    st.info("Kỳ này trước khi Quyết định 766/QĐ-TTg có hiệu lực: điểm chỉ để tham khảo.", icon=":material/info:")

items = ask(card.scorecard, period, scope)
say(card.headline(items))
card_row(["scorecard_points", "scorecard_2_1", "scorecard_3_3", "scorecard_5_4"], view)

left, right = st.columns([3, 2], gap="large")
with left:
    chart_block(
        "Điểm theo nhóm",
        drawn(scorecard_bars, card.groups(items), view.look),
        card.groups(items),
        card.groups_sentence(items),
        key="groups",
    )
    st.caption("\\* Tạm tính: cách chia điểm của nhóm này chưa được công bố, toàn bộ điểm đặt vào mục 3.3.")
with right:
    st.subheader("Điểm còn có thể đạt", anchor=False)
    cheapest = card.next_points(items)
    say(card.next_sentence(cheapest))
    data_table(cheapest[["item", "left", "name", "needed", "counted", "needed_for_all"]], key="next_points", title="Điểm còn có thể đạt")

st.subheader("Từng mục", anchor=False)
columns = ["item", "name", "ratio", "numerator", "denominator", "threshold", "points", "max", "state", "entered_by", "entered_at", "dates"]
data_table(items[columns], key="items", title="Bộ chỉ số 766", headings={"state": "Nguồn số liệu"})
explain_one_of([f"scorecard_{item.replace('.', '_')}" for item in items["item"]], view, key="scorecard_explain")
scorecard_entry(items, period, view.user)

left, right = st.columns(2, gap="large")
with left:
    units = ask(card.scorecard_by_unit, period, scope)
    if units.empty:
        st.subheader("Xếp hạng đơn vị", anchor=False)
        nothing_to_show("Chưa có đơn vị nào có dữ liệu để chấm điểm", "Chọn kỳ khác hoặc bỏ bớt điều kiện lọc.")
    else:
        chart_block(
            "Xếp hạng đơn vị theo tỷ lệ điểm đạt được",
            drawn(ranking, units, "share", view.look, name="Tỷ lệ điểm"),
            units,
            sentences.of_ranking(units.iloc[::-1], "share", "đơn vị"),
            key="units",
            headings={"group": "Đơn vị", "share": "Tỷ lệ điểm"},
        )
with right:
    months = ask(card.scorecard_trend, period, scope, style=view.style)
    limits = usual_range(months.rename(columns={"share": "value"}), lowest=0.0, highest=1.0)
    chart_block(
        "Tỷ lệ điểm đạt được theo tháng",
        drawn(trend, months, "share", view.look, name="Tỷ lệ điểm", limits=limits),
        months,
        sentences.of_trend(months, "share", "Tỷ lệ điểm"),
        key="months",
        headings={"share": "Tỷ lệ điểm"},
    )
    say(meaning(limits, "up"))
