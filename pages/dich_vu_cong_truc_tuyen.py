"""Dịch vụ công trực tuyến: how dossiers come in, overall and on the approved list of level 3/4 procedures."""

import streamlit as st

from charts.stacked import stacked
from charts.trend import trends
from metrics import sentences
from metrics.monthly import monthly_table
from metrics.tables import table
from ui.card_row import card_row
from ui.chart_block import chart_block, nothing_to_show
from ui.drawn import drawn
from ui.opening import open_page
from ui.ranking_block import Measure, ranking_block
from ui.served import ask
from ui.trend_block import trend_block

view = open_page("Dịch vụ công trực tuyến")
period, scope = view.period, view.scope

cards = card_row(["listed_online_share", "online_share", "online_procedures_used_share", "online_postal_share"], view)
target = cards["listed_online_share"].target

_, total = ask(table, "online_share", period, scope)
if not total["received"]:
    nothing_to_show("Không có hồ sơ nào được tiếp nhận trong kỳ", "Chọn kỳ khác hoặc bỏ bớt điều kiện lọc.")
    st.stop()

months = ask(monthly_table, "online_share", period, scope, style=view.style)
left, right = st.columns(2, gap="large")
with left:
    lines = {"listed_online_share": "Trong danh mục được phê duyệt", "online_share": "Tất cả hồ sơ"}
    trend_block(
        "Tỷ lệ nộp trực tuyến theo tháng",
        drawn(trends, months, lines, view.look, target=target),
        months,
        sentences.of_trend(months, "listed_online_share", "Tỷ lệ trực tuyến trong danh mục", target=target),
        scope,
        "listed",
        "Trong danh mục được phê duyệt",
        key="online_months",
    )
with right:
    parts = {"online": "Trực tuyến", "direct": "Trực tiếp", "postal": "Bưu chính"}
    chart_block(
        "Hình thức nộp theo tháng",
        drawn(stacked, months, parts, view.look, as_share=True),
        months[["label", *parts, "received"]],
        sentences.of_channels(total),
        key="channel_mix",
    )

on_list = Measure("listed_online_share", "Tỷ lệ trực tuyến", "listed", "listed_received", target=target)
every = Measure("online_share", "Tỷ lệ trực tuyến", "received", "received")
left, right = st.columns(2, gap="large")
with left:
    rows, _ = ask(table, "online_share", period, scope, by="procedure")
    ranking_block("Thủ tục trong danh mục được phê duyệt", rows, "procedure", on_list, view, key="listed_procedures")
with right:
    rows, _ = ask(table, "online_share", period, scope, by="unit")
    ranking_block("Tỷ lệ trực tuyến theo đơn vị", rows, "unit", every, view, key="online_units")
    rows, _ = ask(table, "online_share", period, scope, by="field")
    ranking_block("Tỷ lệ trực tuyến theo lĩnh vực", rows, "field", every, view, key="online_fields")
