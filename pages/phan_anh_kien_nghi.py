"""Phản ánh, kiến nghị: answered on time, what is still unanswered, about what, through which channel, and were people content."""

import streamlit as st

from charts.parts import parts_of_whole
from charts.stacked import stacked
from charts.trend import trend
from metrics import sentences
from metrics.ageing import complaint_ageing
from metrics.complaint_list import complaints_by_class
from metrics.monthly import monthly_table
from metrics.tables import table
from ui.card_row import card_row
from ui.chart_block import chart_block, nothing_to_show
from ui.column_labels import in_words
from ui.drawn import drawn
from ui.drill_down import complaint_drill_down
from ui.opening import open_page
from ui.ranking_block import Measure, ranking_block
from ui.served import ask
from ui.trend_block import trend_block

view = open_page("Phản ánh, kiến nghị")
period, scope = view.period, view.scope

codes = ["complaints_on_time_share", "complaints_overdue", "complaints_published_share", "complaints_satisfied_share"]
cards = card_row(codes, view)
target = cards["complaints_on_time_share"].target

_, total = ask(table, "complaints", period, scope)
if not any(total[name] for name in ("received", "resolved", "in_progress")):
    nothing_to_show("Không có phản ánh, kiến nghị nào trong kỳ", "Chọn kỳ khác, bỏ bớt điều kiện lọc hoặc nhập tệp phản ánh.")
    st.stop()

months = ask(monthly_table, "complaints", period, scope, style=view.style)
left, right = st.columns(2, gap="large")
with left:
    trend_block(
        "Tỷ lệ trả lời đúng hạn theo tháng",
        drawn(trend, months, "on_time_share", view.look, name="Tỷ lệ đúng hạn", target=target),
        months,
        sentences.of_trend(months, "on_time_share", "Tỷ lệ trả lời đúng hạn", target=target),
        scope,
        "late",
        "Trả lời trễ hạn",
        key="complaint_months",
        headings={"received": "Gửi đến"},
        drill=complaint_drill_down,
    )
with right:
    ages = ask(complaint_ageing, period, scope)
    chart_block(
        "Phản ánh chưa trả lời theo số ngày đã qua",
        drawn(stacked, ages, {"within_term": "Trong hạn", "overdue": "Quá hạn"}, view.look, last_is_warning=True),
        ages,
        sentences.of_ageing(ages, "phản ánh chưa trả lời"),
        key="complaint_ageing",
        headings={"label": "Số ngày làm việc từ khi gửi hoặc chuyển"},
    )

left, right = st.columns(2, gap="large")
with left:
    rows = in_words(ask(complaints_by_class, period, scope))
    figure = drawn(parts_of_whole, rows, "received", view.look, noun="phản ánh")
    sentence = sentences.of_parts(rows, "received", "phản ánh gửi đến")
    chart_block("Theo phân loại", figure, rows, sentence, key="classes", headings={"group": "Phân loại"})
with right:
    rows = in_words(ask(table, "complaints", period, scope, by="channel")[0])
    figure = drawn(parts_of_whole, rows, "received", view.look, noun="phản ánh")
    sentence = sentences.of_parts(rows, "received", "phản ánh gửi đến")
    chart_block("Theo kênh tiếp nhận", figure, rows, sentence, key="complaint_channels", headings={"group": "Kênh"})

on_time = Measure("on_time_share", "Trả lời đúng hạn", "late", "resolved", target=target, drill=complaint_drill_down)
left, right = st.columns(2, gap="large")
with left:
    rows, _ = ask(table, "complaints", period, scope, by="unit")
    ranking_block("Trả lời đúng hạn theo đơn vị", rows, "unit", on_time, view, key="complaint_units")
with right:
    st.subheader("Phản ánh chưa trả lời", anchor=False)
    complaint_drill_down(period, scope, "in_progress", key="open_complaints", title="Chưa trả lời đến cuối kỳ")
