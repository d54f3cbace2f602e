"""A table whose headings its page gives: for columns that only that page shows, and for tables to be read rather than searched."""

from __future__ import annotations

import html
from pathlib import Path

import pandas as pd
import streamlit as st

from metrics.wording import missing
from ui.column_labels import Label
from ui.data_table import FORMS, NO_ROWS, NOTHING, downloads

STYLE = Path(__file__).parent / "read_table.css"
FIT_A_PHONE = 4  # columns
NUMBERS = ("count", "days", "share", "points")


def labelled_table(rows: pd.DataFrame, labels: dict[str, Label], *, key: str, title: str, files: bool = True) -> None:
    """Show the columns named in `labels`, in that order; with `files`, downloads named after `title`."""
    if rows.empty:
        st.text(NO_ROWS)
        return
    named = rows[list(labels)].rename(columns={name: label.heading for name, label in labels.items()})
    forms = {label.heading: FORMS[label.form] for label in labels.values()}
    st.dataframe(named.style.format(forms, na_rep=NOTHING), hide_index=True, placeholder=NOTHING, key=f"{key}_rows")
    if files:
        downloads(lambda: rows, labels, key=key, title=title)


def read_table(rows: pd.DataFrame, labels: dict[str, Label]) -> None:
    """The same as plain text in rows and columns, which wraps and grows with the type: to be read from the back of a room or on paper.

    On a phone a table of more columns than fit becomes a block a row, each value after its heading.
    """
    st.html(STYLE)
    wide = " wide" if len(labels) > FIT_A_PHONE else ""
    heads = "".join(f"<th{_place(label)}>{html.escape(label.heading)}</th>" for label in labels.values())
    lines = "".join(
        "<tr>" + "".join(_cell(_written(row[name], label), label) for name, label in labels.items()) + "</tr>"
        for row in rows.to_dict("records")
    )
    st.html(f'<table class="read-table{wide}"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>')


def _cell(text: str, label: Label) -> str:
    return f'<td{_place(label)} title="{html.escape(label.heading)}">{html.escape(text)}</td>'


def _place(label: Label) -> str:
    return ' class="number"' if label.form in NUMBERS else ""


def _written(value: object, label: Label) -> str:
    return NOTHING if missing(value) else FORMS[label.form](value)
