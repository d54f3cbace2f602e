"""Before anything is stored: the first rows as they would be read, and the rows that would be refused."""

from __future__ import annotations

import streamlit as st

from metrics.wording import number
from ui.data_table import data_table
from ui.import_mapping import mapping_editor, missing_columns, save_as_profile
from ui.import_trial import trial
from ui.plain_text import plain
from warehouse.import_plan import FilePlan, with_mapping
from warehouse.kinds import kinds
from warehouse.read import UnreadableFile


def file_preview(planned: FilePlan, *, key: str) -> FilePlan | None:
    """Show one file and let its mapping be corrected; returns the plan to run, or None when it cannot be imported as it is."""
    st.subheader(plain(planned.file), anchor=False)
    if planned.problem:
        st.error(plain(planned.problem), icon=":material/block:")
        return None
    if planned.unread:
        st.info("Không nhận ra loại dữ liệu, bỏ qua: " + plain("; ".join(planned.unread)), icon=":material/info:")
    for position, table in enumerate(planned.tables):
        kind = kinds()[table.kind].label
        sheet = f" – trang tính {table.source.sheet}" if table.source.sheet else ""
        with st.expander(f"**{plain(kind)}**{plain(sheet)}: ghép cột", expanded=bool(table.mapping.ask), icon=":material/table_edit:"):
            mapping = mapping_editor(table, key=f"{key}_{position}")
            save_as_profile(table, mapping, key=f"{key}_{position}")
        planned = with_mapping(planned, position, mapping)
        absent = missing_columns(mapping)
        if absent:
            st.error(f"Chưa ghép cột bắt buộc: {plain(', '.join(absent))}.", icon=":material/block:")
            return None
        with st.expander("Xem trước các dòng đầu", icon=":material/visibility:"):
            st.dataframe(planned.tables[position].preview(), hide_index=True, placeholder="–", key=f"{key}_{position}_preview")
    return planned if _outcome(planned, key=key) else None


def _outcome(planned: FilePlan, *, key: str) -> bool:
    """A trial run in memory: how many rows would be added, updated, refused, and the reasons; False when it cannot be read."""
    try:
        checks = trial(planned, key=key)
    except UnreadableFile as problem:  # a fault further down than the sample that was read so far
        st.error(plain(str(problem)), icon=":material/block:")
        return False
    for position, found in enumerate(checks):
        counts = found.folded
        kept = counts.added + counts.updated + counts.unchanged
        st.text(
            f"{kinds()[found.kind].label}: đọc {number(counts.rows_read)} dòng, sẽ nhận {number(kept)} "
            f"(thêm mới {number(counts.added)}, cập nhật {number(counts.updated)}, không đổi {number(counts.unchanged)}), "
            f"trùng lặp {number(counts.duplicate)}, từ chối {number(counts.refused)}, cảnh báo {number(counts.warnings)}."
        )
        for name, rows, icon in (
            ("Dòng sẽ bị từ chối và lý do", found.refused, ":material/block:"),
            ("Dòng được nhận kèm cảnh báo", found.flagged, ":material/warning:"),
        ):
            if len(rows):
                with st.expander(f"{name} ({number(len(rows))})", icon=icon):
                    data_table(rows, key=f"{key}_{position}_{name}", title=f"{name} - {planned.file}")
    return True
