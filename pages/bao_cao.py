"""Báo cáo: choose a report, see it being built, download it; and the list of reports made."""

from datetime import datetime

import pandas as pd
import streamlit as st

from metrics.reminders import addressees
from metrics.wording import span
from reports import REPORTS
from ui.chart_block import nothing_to_show
from ui.column_labels import Label
from ui.labelled_table import labelled_table
from ui.opening import open_page
from ui.pinned import opened
from ui.plain_text import plain
from ui.report_form import report_button
from ui.served import ask
from warehouse.location import served_root
from warehouse.period_locks import locked_snapshot
from warehouse.report_log import reports_made
from warehouse.snapshots import snapshot_names

MADE = {
    "title": Label("Báo cáo"),
    "period": Label("Kỳ"),
    "when": Label("Lập lúc", "moment"),
    "who": Label("Người lập"),
    "snapshot": Label("Bản dữ liệu"),
    "sha256": Label("Mã băm SHA-256 của tệp"),
}

view = open_page("Báo cáo")
period, scope, root = view.period, view.scope, served_root()

left, right = st.columns(2)
name = left.selectbox("Loại báo cáo", list(REPORTS), format_func=lambda key: REPORTS[key].title, key="bao_cao", bind="query-params")
locked = locked_snapshot(root, period.start, period.end)
if locked:
    db = opened(locked)
    st.info(f"Kỳ này đã chốt trên bản dữ liệu {plain(locked)}; báo cáo được lập từ bản đó.", icon=":material/lock:")
else:
    names = [view.db.snapshot, *(kept for kept in reversed(snapshot_names(root)) if kept != view.db.snapshot)]
    picked = right.selectbox("Bản dữ liệu", names, format_func=lambda kept: f"{kept}{' (mới nhất)' if kept == view.db.snapshot else ''}")
    db = view.db if picked == view.db.snapshot else opened(picked)

unit = None
if REPORTS[name].needs_unit:
    offered = ask(addressees, scope)
    unit = st.selectbox(
        "Phòng ban, đơn vị nhận", offered, index=0 if offered else None, placeholder="Không có hồ sơ cần đôn đốc", key="noi_nhan"
    )
if REPORTS[name].needs_unit and not unit:
    nothing_to_show("Không có hồ sơ cần đôn đốc", "Đến ngày chốt số liệu không có hồ sơ quá hạn hoặc sắp đến hạn trong phạm vi đang chọn.")
else:
    report_button(name, db, period, scope, unit, key="report")

st.subheader("Báo cáo đã lập", anchor=False)
rows = [row for row in reversed(reports_made(root)) if view.user.allowed_units is None or row["who"] == view.user.account]
if not rows:
    nothing_to_show("Chưa có báo cáo nào", "Chọn loại báo cáo ở trên rồi bấm Lập báo cáo.")
    st.stop()
made = pd.DataFrame(rows)
made["title"] = [REPORTS[key].title if key in REPORTS else key for key in made["report"]]
made["period"] = [span(pd.Timestamp(row["from"]).date(), pd.Timestamp(row["to"]).date()) for row in rows]
made["when"] = [datetime.fromisoformat(row["when"]) for row in rows]
labelled_table(made, MADE, key="made", title="Báo cáo đã lập")
