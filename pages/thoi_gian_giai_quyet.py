"""Thời gian giải quyết: on time or not, how long it takes, who is slow, and what is still open."""

import streamlit as st

from charts.distribution import distribution
from charts.stacked import stacked
from charts.trend import trend
from metrics import sentences
from metrics.ageing import dossier_ageing
from metrics.control_limits import meaning, usual_range
from metrics.distribution import common_norm, days_taken
from metrics.monthly import monthly_table
from metrics.tables import table
from ui.card_row import card_row
from ui.chart_block import chart_block, nothing_to_show
from ui.drawn import drawn
from ui.drill_down import drill_down
from ui.opening import open_page
from ui.ranking_block import Measure, ranking_block
from ui.served import ask
from ui.trend_block import trend_block

view = open_page("Thời gian giải quyết")
period, scope = view.period, view.scope

cards = card_row(["on_time_share", "processing_time_median", "overdue", "on_time_first_due_share"], view)
target = cards["on_time_share"].target

months = ask(monthly_table, "processing_time", period, scope, style=view.style)
limits = usual_range(months.rename(columns={"on_time_share": "value"}), lowest=0.0, highest=1.0)
_, total = ask(table, "processing_time", period, scope)
left, right = st.columns(2, gap="large")
with left:
    trend_block(
        "Tỷ lệ giải quyết đúng hạn theo tháng",
        drawn(trend, months, "on_time_share", view.look, name="Tỷ lệ đúng hạn", target=target, limits=limits),
        months,
        sentences.of_trend(months, "on_time_share", "Tỷ lệ đúng hạn", target=target) + " " + meaning(limits, "up"),
        scope,
        "done_late",
        "Trễ hạn",
        key="on_time_months",
    )
with right:
    if total["closed"]:
        days = ask(days_taken, period, scope)
        norm = ask(common_norm, period, scope)
        chart_block(
            "Số ngày làm việc để giải quyết xong một hồ sơ",
            drawn(distribution, days, view.look, median=total["median"], p90=total["p90"], norm=norm),
            days,
            sentences.of_distribution(total),
            key="days_taken",
        )
    else:
        st.subheader("Số ngày làm việc để giải quyết xong một hồ sơ", anchor=False)
        nothing_to_show("Không có hồ sơ nào giải quyết xong trong kỳ", "Chọn kỳ khác hoặc bỏ bớt điều kiện lọc.")

on_time = Measure("on_time_share", "Tỷ lệ đúng hạn", "done_late", "closed", target=target)
left, right = st.columns(2, gap="large")
with left:
    rows, _ = ask(table, "processing_time", period, scope, by="unit")
    ranking_block("Tỷ lệ đúng hạn theo đơn vị", rows, "unit", on_time, view, key="on_time_units")
with right:
    rows, _ = ask(table, "processing_time", period, scope, by="procedure")
    ranking_block("Tỷ lệ đúng hạn theo thủ tục", rows, "procedure", on_time, view, key="on_time_procedures")

ages = ask(dossier_ageing, period, scope)
parts = {"within_term": "Trong hạn", "waiting": "Chờ người nộp", "overdue": "Quá hạn"}
left, right = st.columns(2, gap="large")
with left:
    chart_block(
        "Hồ sơ đang giải quyết theo số ngày đã qua",
        drawn(stacked, ages, parts, view.look, last_is_warning=True),
        ages,
        sentences.of_ageing(ages),
        key="ageing",
        headings={"label": "Số ngày làm việc từ khi tiếp nhận"},
    )
with right:
    st.subheader("Hồ sơ quá hạn", anchor=False)
    drill_down(period, scope, "overdue", key="overdue_list", title="Quá hạn đến cuối kỳ")
