"""Đối chiếu: our form 06a beside the one the software prints, cell by cell, and the rules and dossiers behind a difference."""

import streamlit as st

from metrics.period import Period
from metrics.reconciliation import RULES, differences, dossiers_behind, explanations, refused_rows
from metrics.scope import Scope
from metrics.wording import number, signed
from ui.chart_block import nothing_to_show, say
from ui.column_labels import COLUMNS, Label
from ui.labelled_table import labelled_table
from ui.opening import open_page
from ui.plain_text import plain
from ui.served import ask
from warehouse.printed_form import TOTAL, printed_form
from warehouse.read.source import UnreadableFile

CELLS = {
    "group": Label("Lĩnh vực"),
    "column_name": Label("Cột của Biểu 06a"),
    "printed": Label("Phần mềm in ra", "count"),
    "ours": Label("Số ở đây", "count"),
    "difference": Label("Chênh lệch", "count"),
}
DOSSIERS = {
    **{name: COLUMNS[name] for name in ("dossier_code", "procedure", "unit", "submitted_on", "received_on")},
    "due_first_on": Label("Hẹn trả lần đầu", "date"),
    **{name: COLUMNS[name] for name in ("due_on", "closed_on")},
    "returned_on": Label("Trả kết quả", "date"),
    "status_word": Label("Trạng thái ở nguồn"),
}


def shown_group(group: str) -> str:
    return "TỔNG SỐ" if group == TOTAL else group


def explain(period: Period, scope: Scope, cell: dict) -> None:
    """The rules that can move one cell, and the dossiers of the rule that is picked."""
    rules = ask(explanations, period, scope, cell["column"], cell["group"], cell["difference"])
    if rules.empty:
        nothing_to_show("Không có hồ sơ nào thuộc các quy tắc đã biết", "So lại phạm vi, kỳ báo cáo và lần nhập dữ liệu gần nhất.")
        return
    words = {
        row.rule: f"{row.words} – {number(row.dossiers)} hồ sơ{' (khớp đúng chênh lệch)' if row.exact else ''}"
        for row in rules.itertuples()
    }
    rule = st.selectbox("Quy tắc có thể giải thích", list(words), format_func=words.__getitem__, key="quy_tac")
    rows = ask(dossiers_behind, period, scope, rule, cell["group"])
    labelled_table(rows, DOSSIERS, key="behind", title=f"Hồ sơ – {RULES[rule].words[:60]}")


view = open_page("Đối chiếu")
period, scope = view.period, view.scope
st.text("Chọn kỳ đúng như biểu đã in, rồi nhập Biểu 06a do phần mềm một cửa in ra (Excel). Tệp chỉ được đọc để so sánh, không được lưu.")
file = st.file_uploader("Biểu 06a do phần mềm in ra", type=["xlsx", "xls"], key="printed_form")
if file is None:
    st.stop()
try:
    with st.spinner("Đang đọc biểu…"):
        printed = printed_form(file.getvalue(), file.name)
except UnreadableFile as problem:
    st.error(plain(str(problem)), icon=":material/block:")
    st.stop()

cells = ask(differences, printed, period, scope)
cells["column_name"] = [COLUMNS[name].heading for name in cells["column"]]
apart = cells[cells["difference"] != 0].reset_index(drop=True)
say(f"{number(len(cells) - len(apart))} trên {number(len(cells))} ô khớp; {number(len(apart))} ô lệch.")
if apart.empty:
    nothing_to_show("Hai biểu khớp nhau hoàn toàn", "Không có ô nào cần giải thích.")
    st.stop()
labelled_table(apart.assign(group=apart["group"].map(shown_group)), CELLS, key="cells", title="Ô lệch của Biểu 06a")

st.subheader("Vì sao lệch", anchor=False)
names = {
    place: f"{shown_group(row['group'])} · {row['column_name']} ({signed(row['difference'])})"
    for place, row in enumerate(apart.to_dict("records"))
}
picked = st.selectbox("Ô cần giải thích", list(names), format_func=names.__getitem__, key="o_lech")
explain(period, scope, apart.iloc[picked].to_dict())

refused = ask(refused_rows, scope)
if not refused.empty:
    st.subheader("Dòng bị từ chối khi nhập", anchor=False)
    st.text("Các dòng này có trong phần mềm nhưng không có trong số liệu ở đây, cho tới khi được sửa và nhập lại.")
    labelled_table(
        refused, {"reason": Label("Lý do"), "dossiers": Label("Số dòng", "count")}, key="refused", title="Dòng bị từ chối", files=False
    )
