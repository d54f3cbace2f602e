"""Biến động: how much of a change between two periods comes from which unit and procedure, as mix and as rate."""

import streamlit as st

from charts.trend import trend
from charts.waterfall import waterfall
from metrics import catalogue
from metrics.control_limits import meaning, usual_range
from metrics.decomposition import MEASURES, decomposition, parts_of, sentence
from ui.chart_block import chart_block, nothing_to_show
from ui.drawn import drawn
from ui.opening import open_page
from ui.served import ask
from ui.trend_block import trend_block

MONTHS = 24
SHOWN = {"on_time_share": "on_time_share", "online_share": "online_share", "median_days": "processing_time_median"}
BEHIND = {"on_time_share": ("done_late", "Trễ hạn"), "online_share": ("online", "Nộp trực tuyến"), "median_days": ("done", "Đã xong")}

view = open_page("Biến động")
period, scope = view.period, view.scope
compared = {
    f"Kỳ trước: {period.previous().label()}": period.previous(),
    f"Cùng kỳ năm trước: {period.same_period_last_year().label()}": period.same_period_last_year(),
}
left, right = st.columns(2)
measure = left.selectbox("Chỉ số", list(MEASURES), format_func=lambda code: MEASURES[code].name, key="chi_so", bind="query-params")
before = compared[right.selectbox("So với", list(compared), key="so_voi")]

change = ask(decomposition, period, scope, before, measure)
asked = MEASURES[measure]
if change.before is None or change.after is None:
    nothing_to_show(sentence(change, measure), "Chọn kỳ khác hoặc bỏ bớt điều kiện lọc.")
else:
    chart_block(
        f"{asked.name}: thay đổi đến từ đâu",
        drawn(waterfall, change.parts, change.before, change.after, view.look, share=asked.share, higher_is_better=asked.share),
        parts_of(change, measure),
        sentence(change, measure),
        key="change",
    )
    st.caption(
        "Do cơ cấu: hồ sơ của đơn vị, thủ tục đó chiếm phần lớn hơn hoặc nhỏ hơn trong tổng số. "
        "Do cách giải quyết: chính đơn vị, thủ tục đó làm tốt lên hoặc kém đi. Cộng tất cả các dòng đúng bằng mức thay đổi chung."
    )

code = SHOWN[measure]
months = ask(catalogue.monthly, code, period, scope, months=MONTHS, style=view.style)
limits = usual_range(months, lowest=0.0, highest=1.0 if asked.share else None)
trend_block(
    f"{asked.name} theo tháng và khoảng dao động thông thường",
    drawn(trend, months, "value", view.look, name=asked.name, share=asked.share, limits=limits),
    months.rename(columns={"value": "share"}) if asked.share else months,
    meaning(limits, "up" if asked.share else "down", share=asked.share, unit="ngày"),
    scope,
    *BEHIND[measure],
    key="months",
    headings={"share": asked.name, "value": f"{asked.name} (ngày)"},
)
