"""A table on a page: Vietnamese headings and numbers, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from metrics import wording
from ui.access import noting
from ui.column_labels import CODES, COLUMNS, Label
from ui.download import csv_bytes, xlsx_bytes

NOTHING = "–"
NO_ROWS = "Không có dòng nào."  # a drawn table would say "empty"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "count": lambda value: wording.number(value, 0),
    "days": lambda value: wording.number(value, 1),
    "share": wording.percent,
    "points": wording.points,
    "date": wording.day,
    "moment": wording.moment,
    "yes_no": lambda value: "có" if value else "không",
    "code": lambda value: CODES.get(str(value), str(value)),
}
WORDS = ("code", "yes_no")


def data_table(rows: pd.DataFrame, *, key: str, title: str, headings: dict[str, str] | None = None, files: bool = True) -> None:
    """Show the columns of `rows` that have a label, in their order; with `files`, downloads named after `title`.

    `headings` gives some columns another heading here. A null shows as "–" and is an empty cell in the files.
    """
    if rows.empty:
        st.text(NO_ROWS)
        return
    labels = labelled(rows, headings or {})
    shown = rows[list(labels)]
    # Words are put in before the table is drawn, not by its style: a screen reader is told the cell itself.
    words = {name: shown[name].map(FORMS[label.form], na_action="ignore") for name, label in labels.items() if label.form in WORDS}
    styled = shown.assign(**words).rename(columns={name: label.heading for name, label in labels.items()}).style
    forms: dict[Any, Any] = {label.heading: str if label.form in WORDS else FORMS[label.form] for label in labels.values()}
    st.dataframe(styled.format(forms, na_rep=NOTHING), hide_index=True, placeholder=NOTHING, key=f"{key}_rows")
    if files:
        downloads(lambda: shown, labels, key=key, title=title)


def labelled(rows: pd.DataFrame, headings: dict[str, str]) -> dict[str, Label]:
    """The label of every column that may be shown; columns of one heading would hide each other, so headings differ."""
    known = {name: COLUMNS[name] for name in rows.columns if name in COLUMNS}
    return {name: label._replace(heading=headings.get(name, label.heading)) for name, label in known.items()}


def downloads(rows: Callable[[], pd.DataFrame], labels: dict[str, Label], *, key: str, title: str) -> None:
    """Two buttons: the rows as XLSX and as CSV, made only when pressed; each download is written to the audit log."""

    def as_file() -> pd.DataFrame:
        found = rows()[list(labels)]
        words = {name: found[name].map(FORMS["code"], na_action="ignore") for name in labels if labels[name].form == "code"}
        return found.assign(**words).rename(columns={name: label.heading for name, label in labels.items()})

    forms: list[tuple[str, Callable[[], bytes], str]] = [
        ("xlsx", lambda: xlsx_bytes(as_file(), title), XLSX),
        ("csv", lambda: csv_bytes(as_file()), "text/csv"),
    ]
    with st.container(horizontal=True, key=f"{key}_files"):
        for ending, make, kind in forms:
            st.download_button(
                f"Tải {ending.upper()}",
                data=noting("export", f"{title}.{ending}", make),
                file_name=f"{title}.{ending}",
                mime=kind,
                key=f"{key}_{ending}",
                icon=":material/download:",
                on_click="ignore",
                type="tertiary",
            )
