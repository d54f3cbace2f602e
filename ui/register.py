"""A register on a page: its rows, a form to add, change or delete one, and the same rows as an Excel file out and in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from metrics.wording import missing, shortened
from ui.access import noting
from ui.data_table import XLSX, data_table
from ui.download import xlsx_bytes
from ui.edits import import_register, may_edit, save
from warehouse.kinds import Column, kinds

NEW = "＋ Thêm mới"


@dataclass(frozen=True)
class Register:
    """What a register is: its kind of import, how a row is named, which columns have a fixed choice (value → words), and its key.

    `generated` makes the key of a new row, where people do not type it.
    """

    kind: str
    noun: str
    named: str  # the column that names a row in the list
    key: tuple[str, ...]
    choices: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)
    long: frozenset[str] = frozenset()  # columns that want more than a line
    generated: Callable[[pd.DataFrame, dict[str, Any]], str] | None = None

    def columns(self) -> dict[str, Column]:
        """The columns people fill in."""
        hidden = {"removed"} | (set(self.key) if self.generated else set())
        return {name: column for name, column in kinds()[self.kind].columns.items() if name not in hidden}


def register(what: Register, rows: pd.DataFrame, *, title: str) -> None:
    """Draw the register; who may edit also gets the form and the file in."""
    if rows.empty:
        st.text(f"Chưa có {what.noun} nào trong sổ.")
    else:
        shown = in_words(what, rows)
        headings = {name: column.header for name, column in what.columns().items()}
        data_table(shown, key=f"{what.kind}_register", title=title, headings=headings, files=False)
        st.download_button(
            f"Tải {title.lower()} (Excel)",
            noting("export", title, lambda: xlsx_bytes(as_file(what, rows), title)),
            file_name=f"{title}.xlsx",
            mime=XLSX,
            key=f"{what.kind}_file",
            icon=":material/download:",
            on_click="ignore",
            type="tertiary",
        )
    if not may_edit():
        return
    with st.expander(f"Thêm, sửa, xóa {what.noun}", icon=":material/edit:"):
        _form(what, rows)
    with st.expander(f"Nhập {what.noun} từ tệp Excel", icon=":material/upload_file:"):
        st.text("Dùng tệp đã tải ở trên (sửa, thêm dòng) hoặc tệp mẫu ở trang Nhập dữ liệu.")
        file = st.file_uploader("Tệp Excel", type=["xlsx", "xls", "csv"], key=f"{what.kind}_upload")
        if file and st.button("Nhập tệp", key=f"{what.kind}_import", icon=":material/upload:"):
            import_register(what.kind, file.name, file.getvalue())


def in_words(what: Register, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with coded values as the words staff choose from."""
    return rows.assign(**{name: rows[name].map(lambda code, words=words: words.get(code, code)) for name, words in what.choices.items()})


def as_file(what: Register, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows under the headers that the import reads back; the group keeps its number."""
    columns = {name: column for name, column in kinds()[what.kind].columns.items() if name in rows and name != "removed"}
    coded = {name: words for name, words in what.choices.items() if columns[name].type == "code"}
    worded = rows.assign(**{name: rows[name].map(lambda code, words=words: words.get(code, code)) for name, words in coded.items()})
    return worded[list(columns)].rename(columns={name: column.header for name, column in columns.items()})


def _form(what: Register, rows: pd.DataFrame) -> None:
    names = {str(place): shortened(str(row[what.named]), 90) for place, row in rows.iterrows()}
    chosen = st.selectbox("Chọn dòng để sửa", [NEW, *names], format_func=lambda place: names.get(place, NEW), key=f"{what.kind}_chosen")
    known = {} if chosen == NEW else rows.loc[int(chosen)].to_dict()
    with st.form(f"{what.kind}_form_{chosen}", border=False):
        values = {name: _field(what, name, column, known.get(name), chosen) for name, column in what.columns().items()}
        save_place, delete_place = st.columns([1, 1])
        wanted = save_place.form_submit_button("Lưu", type="primary", icon=":material/save:")
        deleted = bool(known) and delete_place.form_submit_button("Xóa khỏi sổ", icon=":material/delete:")
    missed = [column.header for name, column in what.columns().items() if column.required and missing(values[name])]
    if wanted and missed:
        st.error(f"Điền thêm: {', '.join(missed)}.", icon=":material/edit:")
    elif wanted:
        save({what.kind: _rows_to_save(what, rows, known, values)}, f"Đã lưu {what.noun}")
    elif deleted:
        save({what.kind: [{name: known[name] for name in _kept(what)} | {"removed": True}]}, f"Đã xóa {what.noun}")


def _rows_to_save(what: Register, rows: pd.DataFrame, known: dict[str, Any], values: dict[str, Any]) -> list[dict[str, Any]]:
    """The row as filled in. A key that was changed makes another row, so the old one goes."""
    if what.generated:
        return [{what.key[0]: known[what.key[0]] if known else what.generated(rows, values), **values}]
    moved = known and any(_plain(known[name]) != _plain(values[name]) for name in what.key)
    return [{name: known[name] for name in _kept(what)} | {"removed": True}, values] if moved else [values]


def _kept(what: Register) -> list[str]:
    """What a row that says "removed" still has to hold: its key and the columns no row may lack."""
    columns = kinds()[what.kind].columns
    return [name for name in columns if name != "removed" and (name in what.key or columns[name].required)]


def _field(what: Register, name: str, column: Column, known: Any, row: str) -> Any:
    """One input; its key names the row, so that what was typed for one row never lands in another."""
    key = f"{what.kind}_{name}_{row}"
    label = column.header + (" *" if column.required else "")
    value = None if missing(known) else known
    if name in what.choices:
        words = what.choices[name]
        place = list(words).index(value) if value in words else None
        return st.selectbox(label, list(words), index=place, format_func=lambda code: words[code], key=key, placeholder="Chọn")
    if column.type in ("date", "time"):
        return st.date_input(label, value=_plain(value), format="DD/MM/YYYY", key=key)
    if column.type in ("number", "integer"):
        return st.number_input(label, value=None if value is None else float(value), key=key, placeholder="Nhập số")
    if name in what.long:
        return st.text_area(label, value=value or "", key=key)
    return st.text_input(label, value=value or "", key=key)


def _plain(value: Any) -> Any:
    """A day as a date, so that a timestamp from the data equals the day picked."""
    if missing(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value
