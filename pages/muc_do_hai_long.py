"""Mức độ hài lòng: the official index first, then the office's own survey by factor, unit, procedure and month."""

import streamlit as st

from charts.intervals import intervals
from charts.trend import trend, trends
from metrics import sentences, survey
from metrics.control_limits import meaning, usual_range
from ui.card_row import card_row
from ui.chart_block import chart_block, nothing_to_show, say
from ui.column_labels import CODES
from ui.data_table import data_table
from ui.drawn import drawn
from ui.edits import say_saved
from ui.opening import open_page
from ui.register import Register, register
from ui.served import ask

EVERY_UNIT = 12
OFFICIAL = Register(
    kind="official_index",
    noun="chỉ số công bố",
    named="source",
    key=("year", "source", "factor"),
    choices={"factor": {code: CODES[code] for code in (survey.OVERALL, *survey.FACTORS)}},
)

view = open_page("Mức độ hài lòng")
period, scope = view.period, view.scope
say_saved()
cards = card_row(["official_index", "survey_overall", "survey_responses"], view)
target = cards["survey_overall"].target

st.subheader("Chỉ số hài lòng được công bố", anchor=False)
official = ask(survey.official_index)
say(survey.official_sentence(official, cards["official_index"].target))
if not official.empty:
    shown = official.rename(columns={"value": "index"})
    data_table(shown, key="official", title="Chỉ số hài lòng được công bố", headings={"index": "Chỉ số"})
with st.expander("Sửa, nhập chỉ số công bố", icon=":material/edit:"):
    register(OFFICIAL, official, title="Sổ chỉ số công bố")

factors = ask(survey.survey_index, period, scope)
if not factors["answers"].sum():
    nothing_to_show("Không có phiếu khảo sát nào trong kỳ", "Chọn kỳ khác, hoặc nhập tệp phiếu khảo sát ở trang Nhập dữ liệu.")
    st.stop()

left, right = st.columns(2, gap="large")
with left:
    chart_block(
        "Chỉ số theo yếu tố",
        drawn(intervals, survey.with_words(factors), view.look, label="word", target=target),
        factors,
        survey.factor_sentence(factors),
        key="factors",
    )
with right:
    months = ask(survey.survey_trend, period, scope, style=view.style)
    limits = usual_range(months.rename(columns={"index": "value"}), lowest=0.0, highest=1.0)
    chart_block(
        "Chỉ số khảo sát theo tháng",
        drawn(trend, months, "index", view.look, name="Chỉ số hài lòng", target=target, limits=limits),
        months,
        sentences.of_trend(months, "index", "Chỉ số hài lòng", target=target),
        key="months",
    )
    say(meaning(limits, "up"))

left, right = st.columns(2, gap="large")
with left:
    for by, noun in (("unit", "đơn vị"), ("procedure", "thủ tục")):
        heading = f"Theo {noun}"
        rows = ask(survey.survey_by, period, scope, by)
        shown = rows[rows["index"].notna()]
        if shown.empty:
            st.subheader(heading, anchor=False)
            nothing_to_show("Chưa nhóm nào đủ phiếu để công bố", "Chọn kỳ dài hơn, ví dụ cả năm.")
            continue
        chart_block(
            heading,
            drawn(intervals, shown.head(EVERY_UNIT), view.look, label="group", target=target),
            rows,
            survey.hidden_sentence(rows, noun),
            key=f"by_{by}",
            headings={"group": noun.capitalize()},
        )
with right:
    chart_block(
        "Khảo sát và số suy ra từ Bộ chỉ số 766 (mục 5.4)",
        drawn(trends, months, {"index": "Khảo sát", "proxy": "Suy ra từ hồ sơ, phản ánh"}, view.look),
        months,
        survey.proxy_sentence(months),
        key="proxy",
    )
