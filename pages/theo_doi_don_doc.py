"""Theo dõi, đôn đốc: every open dossier as of the date that needs a call, by whom, and what was already done about it."""

import streamlit as st

from charts.calibration import calibration_plot
from charts.ranking import ranking
from metrics import early_warning as warning
from metrics import sentences, worklist
from ui.card_row import card_row
from ui.chart_block import chart_block, nothing_to_show, say
from ui.data_table import data_table
from ui.drawn import drawn
from ui.edits import say_saved
from ui.open_dossiers import chosen_rows, listed_dossiers, reminder, reminder_files
from ui.opening import open_page
from ui.served import ask

COUNTS = ["overdue", "due_soon", "group", *(flag for flag in worklist.FLAGS if flag not in ("overdue", "due_soon")), "open"]

view = open_page("Theo dõi, đôn đốc")
period, scope = view.period, view.scope
say_saved()

rows = ask(worklist.worklist, scope)
if rows.empty:
    nothing_to_show("Không có hồ sơ nào đang giải quyết", "Chọn ngày chốt khác hoặc bỏ bớt điều kiện lọc.")
    st.stop()
say(worklist.headline(rows))
chosen = chosen_rows(rows)
listed_dossiers(chosen, view)
reminder(chosen, view)
reminder_files(rows, view)

sections, officers = st.tabs(["Theo phòng ban", "Theo cán bộ"])
with sections:
    data_table(worklist.counts_by(rows, "section")[COUNTS], key="sections", title="Hồ sơ theo phòng ban", headings={"group": "Phòng ban"})
with officers:
    if view.user.sees_officers:
        data_table(worklist.counts_by(rows, "officer")[COUNTS], key="officers", title="Hồ sơ theo cán bộ", headings={"group": "Cán bộ"})
    else:
        st.text("Tài khoản này không được xem tên cán bộ.")

left, right = st.columns(2, gap="large")
with left:
    causes = ask(worklist.late_causes, period, scope).assign(group=lambda found: found["late_reason"].map(worklist.late_reason_words()))
    if causes.empty:
        st.subheader("Nguyên nhân trễ hạn trong kỳ", anchor=False)
        st.text("Không có hồ sơ nào trễ hạn trong kỳ.")
    else:
        chart_block(
            "Nguyên nhân trễ hạn trong kỳ",
            drawn(ranking, causes, "share", view.look, name="Tỷ lệ", count="dossiers"),
            causes[["group", "dossiers", "share"]],
            sentences.of_parts(causes, "dossiers", "hồ sơ trễ hạn"),
            key="causes",
            headings={"group": "Nguyên nhân"},
        )
with right:
    st.subheader("Cảnh báo sớm: hồ sơ có khả năng trễ", anchor=False)
    tested = ask(warning.calibration, scope)
    say(warning.verdict(tested))
    if tested.beats_base_rate:
        likely = ask(warning.early_warning, scope).head(50)
        columns = ["dossier_code", "probability", "days_left", "waiting_days", "due_on", "procedure", "unit", "section"]
        if likely.empty:
            st.text("Hiện không có hồ sơ nào có khả năng trễ.")
        else:
            data_table(likely[columns], key="likely", title="Hồ sơ có khả năng trễ")
    if not tested.bins.empty:
        with st.expander("Kiểm nghiệm cảnh báo", icon=":material/fact_check:"):
            chart_block(
                "Dự báo và thực tế",
                drawn(calibration_plot, tested.bins, view.look),
                tested.bins,
                "Điểm càng gần đường gạch thì khả năng đã báo càng đúng với thực tế.",
                key="calibration",
                headings={"dossiers": "Lượt hồ sơ"},
            )

st.subheader("Thông báo cho người nộp và đôn đốc", anchor=False)
card_row(["overdue_notified_share", "pause_notified_share", "apology_share", "reminders_noted"], view)
