"""Before anything is stored: what each column of a file is taken for, to be corrected by the person who imports."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

import settings
from ui.plain_text import plain
from warehouse.import_plan import TablePlan
from warehouse.kinds import kinds
from warehouse.mapping import Mapping, Profile, save_profile

NOT_READ = "Không đọc cột này"
ACROSS = 3


def mapping_editor(table: TablePlan, *, key: str) -> Mapping:
    """One choice a column of the file; returns the mapping as chosen. Columns of personal data and free text are named and stay out."""
    columns, mapping = kinds()[table.kind].columns, table.mapping
    headings = {NOT_READ: None} | {column.header: name for name, column in columns.items()}
    meaning = {index: name for name, index in mapping.columns.items()}
    fixed = {*mapping.questions, *mapping.personal}
    open_columns = [index for index, header in enumerate(table.source.headers) if header and index not in fixed]
    chosen: dict[str, int] = {}
    for start in range(0, len(open_columns), ACROSS):
        for place, index in zip(st.columns(ACROSS), open_columns[start : start + ACROSS], strict=False):
            asked = index in mapping.ask and index not in meaning
            current = columns[meaning[index]].header if index in meaning else NOT_READ
            label = f"{':material/help: Cần chọn: ' if asked else ''}{plain(table.source.headers[index])}"
            picked = place.selectbox(label, list(headings), index=list(headings).index(current), key=f"{key}_{index}")
            name = headings[picked]
            if name in chosen:
                place.caption(f"Đã có cột khác được ghép vào “{plain(picked)}”; cột này không được đọc.")
            elif name:
                chosen[name] = index
    if mapping.questions:
        st.text("Câu hỏi khảo sát: " + "; ".join(table.source.headers[index] for index in mapping.questions))
    if mapping.personal:
        headers = "; ".join(table.source.headers[index] for index in mapping.personal)
        st.text(f"Không đọc (dữ liệu cá nhân, nội dung tự do): {headers}")
    return replace(mapping, columns=chosen)


def missing_columns(mapping: Mapping) -> list[str]:
    """Headings of the columns without which this kind cannot be read."""
    needed = settings.read(f"kinds/{mapping.kind}")["detect_all"]
    return [kinds()[mapping.kind].columns[name].header for name in needed if name not in mapping.columns]


def save_as_profile(table: TablePlan, mapping: Mapping, *, key: str) -> None:
    """Keep a corrected mapping under a name, so that the next export of the same system needs no correction."""
    with st.form(f"{key}_profile", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Lưu cách ghép cột này với tên", placeholder="ví dụ: xuất từ MCĐT tỉnh", max_chars=60)
        saved = st.form_submit_button("Lưu mẫu ghép cột", icon=":material/save:")
    if saved and name.strip():
        headers: dict[str, tuple[str, ...]] = {column: (table.source.headers[index],) for column, index in mapping.columns.items()}
        save_profile(
            Profile(name.strip(), {mapping.kind: headers}, mapping.words, mapping.date_formats, mapping.time_zone, mapping.year_1904)
        )
        st.success("Đã lưu. Lần sau chọn tên này ở ô “Mẫu ghép cột”.", icon=":material/check:")
