"""Quy trình nội bộ: where the time goes inside the office, step by step, and which step makes dossiers late."""

import streamlit as st

from charts.ranking import ranking
from charts.step_bars import step_bars
from metrics import paths, steps
from ui.card_row import card_row
from ui.chart_block import chart_block, nothing_to_show, say
from ui.data_table import data_table
from ui.drawn import drawn
from ui.opening import open_page
from ui.path_list import path_list
from ui.served import ask

LARGEST = 12
# The numbers stand left of the long names, where a phone shows them.
LOOPS = ["dossiers", "share", "step_name", "returns"]
WAITS = ["times", "median_wait_hours", "from_step", "to_step", "p90_wait_hours", "total_wait_hours"]

view = open_page("Quy trình nội bộ")
period, scope = view.period, view.scope

times = ask(steps.step_times, period, scope)
if times.empty:
    nothing_to_show("Không có bước xử lý nào kết thúc trong kỳ", "Chọn kỳ khác, hoặc nhập tệp bước xử lý ở trang Nhập dữ liệu.")
    st.stop()
card_row(["steps_within_norm_share", "on_time_share", "processing_time_median", "supplement_share"], view)
st.caption("Giờ là giờ làm việc, mỗi ngày 8 giờ. Bước chờ người nộp hồ sơ không tính vào định mức và giờ vượt.")

left, right = st.columns(2, gap="large")
with left:
    shown = steps.longest(times, LARGEST)
    chart_block(
        "Thời gian theo bước và phòng ban",
        drawn(step_bars, shown, view.look),
        times,
        steps.times_sentence(times),
        key="step_times",
        headings={"steps": "Số lượt"},
    )
with right:
    late = ask(steps.lateness_by_step, period, scope)
    if late.empty:
        st.subheader("Bước làm hồ sơ trễ hạn", anchor=False)
        say(steps.lateness_sentence(late))
    else:
        chart_block(
            "Bước làm hồ sơ trễ hạn, theo phần giờ vượt",
            drawn(
                ranking,
                late.head(LARGEST).rename(columns={"step_name": "group"}),
                "share",
                view.look,
                name="Phần giờ vượt",
                count="late_dossiers",
            ),
            late,
            steps.lateness_sentence(late),
            key="lateness",
            headings={"share": "Phần giờ vượt"},
        )

st.subheader("Đường đi nhiều nhất của hồ sơ", anchor=False)
frequent = ask(paths.frequent_paths, period, scope)
say(paths.paths_sentence(frequent))
path_list(frequent)
with st.expander("Bảng số liệu", icon=":material/table:"):
    data_table(
        frequent, key="paths", title="Đường đi nhiều nhất của hồ sơ", headings={"steps": "Số bước", "median_days": "Trung vị (ngày)"}
    )

st.subheader("Quay lại bước đã làm", anchor=False)
loops = ask(paths.rework_loops, period, scope)
say(paths.loops_sentence(loops))
if not loops.empty:
    data_table(loops[LOOPS], key="loops", title="Quay lại bước đã làm")

st.subheader("Chờ giữa hai bước", anchor=False)
waits = ask(steps.waits_between, period, scope)
say(steps.waits_sentence(waits))
if not waits.empty:
    data_table(waits[WAITS], key="waits", title="Chờ giữa hai bước", headings={"median_wait_hours": "Chờ, trung vị (giờ)"})
