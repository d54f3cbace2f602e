"""Chốt kỳ: lock a period on a snapshot, and see what has changed in it since."""

from datetime import datetime

import pandas as pd
import streamlit as st

from metrics.adjustments import adjustments, form_changes
from metrics.wording import number, span
from ui.access import note, signed_in
from ui.chart_block import nothing_to_show, say
from ui.column_labels import COLUMNS, Label
from ui.labelled_table import labelled_table
from ui.opening import open_page
from ui.pinned import opened
from ui.plain_text import plain
from warehouse.location import served_root
from warehouse.period_locks import lock_period, locks, release_period
from warehouse.snapshots import snapshot_names

LOCKS = {
    "period": Label("Kỳ"),
    "snapshot": Label("Bản dữ liệu"),
    "who": Label("Người chốt"),
    "when": Label("Chốt lúc", "moment"),
}
FORM = {
    "name": Label("Cột của Biểu 06a"),
    "before": Label("Khi chốt", "count"),
    "after": Label("Bây giờ", "count"),
    "difference": Label("Điều chỉnh", "count"),
}
CHANGES = {"added": "Thêm vào kỳ", "removed": "Ra khỏi kỳ", "changed": "Thay đổi"}
DOSSIERS = {
    "dossier_code": Label("Mã hồ sơ"),
    "unit": Label("Đơn vị"),
    "procedure": Label("Thủ tục hành chính"),
    "change": Label("Điều chỉnh"),
    "received_cell_before": Label("Tiếp nhận: khi chốt"),
    "received_cell_after": Label("Tiếp nhận: bây giờ"),
    "result_cell_before": Label("Kết quả: khi chốt"),
    "result_cell_after": Label("Kết quả: bây giờ"),
    "due_on_before": Label("Hẹn trả: khi chốt", "date"),
    "due_on_after": Label("Hẹn trả: bây giờ", "date"),
    "closed_on_before": Label("Kết thúc: khi chốt", "date"),
    "closed_on_after": Label("Kết thúc: bây giờ", "date"),
}

view = open_page("Chốt kỳ")
period, root = view.period, served_root()
days = span(period.start, period.end)
in_force = locks(root)
lock = next((one for one in in_force if (one.start, one.end) == (period.start.isoformat(), period.end.isoformat())), None)

if lock is None:
    st.text(f"Kỳ {days} chưa chốt. Sau khi chốt, báo cáo của kỳ này luôn lập từ bản dữ liệu đã chọn; thay đổi về sau được liệt kê riêng.")
    names = [view.db.snapshot, *(kept for kept in reversed(snapshot_names(root)) if kept != view.db.snapshot)]
    chosen = st.selectbox("Chốt trên bản dữ liệu", names, key="ban_chot")
    if st.button(f"Chốt kỳ {plain(days)}", type="primary", icon=":material/lock:", key="lock"):
        if signed_in().may("lock"):
            lock_period(root, period.start, period.end, chosen, signed_in().account)
            note("lock", f"chốt kỳ {days} trên bản dữ liệu {chosen}")
        st.rerun()
else:
    st.info(f"Kỳ {plain(days)} đã chốt trên bản dữ liệu {plain(lock.snapshot)}.", icon=":material/lock:")
    with st.spinner("Đang so sánh với bản đã chốt…"):
        pinned = opened(lock.snapshot)
        rows = adjustments(pinned, view.db, period, view.scope)
    if rows.empty:
        say("Từ khi chốt đến nay không có hồ sơ nào của kỳ này thay đổi.")
    else:
        say(f"Từ khi chốt đến nay có {number(len(rows))} hồ sơ của kỳ này thay đổi.")
        moved = form_changes(pinned, view.db, period, view.scope)
        moved["name"] = [COLUMNS[name].heading for name in moved["column"]]
        labelled_table(moved, FORM, key="form_changes", title="Điều chỉnh Biểu 06a")
        cells = [name for name in DOSSIERS if "_cell_" in name]
        words = {name: rows[name].map(lambda cell: COLUMNS[cell].heading, na_action="ignore") for name in cells}
        labelled_table(rows.assign(change=rows["change"].map(CHANGES), **words), DOSSIERS, key="adjustments", title="Hồ sơ điều chỉnh")
    if st.button("Bỏ chốt kỳ này", icon=":material/lock_open:", key="release"):
        if signed_in().may("lock"):
            release_period(root, period.start, period.end, signed_in().account)
            note("lock", f"bỏ chốt kỳ {days}")
        st.rerun()

st.subheader("Các kỳ đã chốt", anchor=False)
if not in_force:
    nothing_to_show("Chưa chốt kỳ nào", "Chọn kỳ ở trên rồi bấm Chốt kỳ.")
    st.stop()
table = pd.DataFrame(
    [
        {
            "period": span(pd.Timestamp(one.start).date(), pd.Timestamp(one.end).date()),
            "snapshot": one.snapshot,
            "who": one.who,
            "when": datetime.fromisoformat(one.when),
        }
        for one in reversed(in_force)
    ]
)
labelled_table(table, LOCKS, key="locks", title="Các kỳ đã chốt", files=False)
