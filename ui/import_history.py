"""What became of the rows of an import, and all imports so far with the way to take one back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pandas as pd
import streamlit as st

from metrics.wording import number
from ui.chart_block import nothing_to_show
from ui.data_table import data_table
from ui.import_run import SUMMARIES, undo_with_progress
from warehouse.importing import history
from warehouse.kinds import kinds
from warehouse.location import own_root

COUNTS = ["rows_read", "added", "updated", "unchanged", "duplicate", "refused", "warnings"]


def summary_table() -> None:
    """The summaries of the import just run: one row a file and kind, refused rows as downloads."""
    summaries = st.session_state.get(SUMMARIES)
    if not summaries:
        return
    read = sum(summary.rows_read for summary in summaries)
    st.success(f"Đã nhập xong: đọc {number(read)} dòng. Các trang số liệu đã dùng dữ liệu mới.", icon=":material/check_circle:")
    rows = pd.DataFrame([asdict(summary) for summary in summaries])
    rows["kind"] = rows["kind"].map(lambda name: kinds()[name].label)
    data_table(rows[["file", "kind", "batch", *COUNTS]], key="import_summary", title="Kết quả nhập")
    for summary in summaries:
        if summary.refused_file:
            st.download_button(
                f"Tải {number(summary.refused)} dòng bị từ chối ({kinds()[summary.kind].label})",
                Path(summary.refused_file).read_bytes(),
                file_name=f"tu-choi-{summary.batch}-{summary.kind}.csv",
                mime="text/csv",
                key=f"refused_{summary.batch}_{summary.kind}",
                icon=":material/download:",
            )


def history_table() -> None:
    """One row an import and kind, newest first; a standing import can be taken back after a second question."""
    batches = history(own_root())
    if not batches:
        nothing_to_show("Chưa có lần nhập nào", "Chọn tệp ở thẻ Nhập tệp. Đến lúc đó các trang hiển thị dữ liệu mẫu.")
        return
    rows = [
        {
            "batch": batch["batch"],
            "state": "Đã hoàn tác" if batch["undone"] else "Đang dùng",
            "imported_at": pd.Timestamp(batch["imported_at"]),
            "imported_by": batch["imported_by"],
            "file": batch["file"],
            "kind": kinds()[summary["kind"]].label if summary else None,
            **{name: summary.get(name) for name in COUNTS},
        }
        for batch in batches
        for summary in (batch["summaries"] or [{}])
    ]
    data_table(pd.DataFrame(rows), key="import_history", title="Các lần nhập")
    standing = {f"{batch['batch']} – {batch['file']}": batch["batch"] for batch in batches if not batch["undone"] and batch["summaries"]}
    if not standing:
        return
    st.subheader("Hoàn tác một lần nhập", anchor=False)
    picked = st.selectbox("Lần nhập", list(standing), index=None, placeholder="Chọn lần nhập cần bỏ", key="undo_batch")
    sure = st.checkbox("Tôi hiểu: số liệu sẽ được dựng lại như chưa có lần nhập này", key="undo_sure")
    if st.button("Hoàn tác", disabled=not (picked and sure), icon=":material/undo:") and picked:
        undo_with_progress(standing[picked])
