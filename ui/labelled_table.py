"""A table whose headings its page gives: for columns that only that page shows."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from metrics.wording import missing
from ui.column_labels import Label
from ui.data_table import FORMS, NOTHING, downloads


def labelled_table(rows: pd.DataFrame, labels: dict[str, Label], *, key: str, title: str, files: bool = True) -> None:
    """Show the columns named in `labels`, in that order; with `files`, downloads named after `title`."""
    named = rows[list(labels)].rename(columns={name: label.heading for name, label in labels.items()})
    forms = {label.heading: FORMS[label.form] for label in labels.values()}
    st.dataframe(named.style.format(forms, na_rep=NOTHING), hide_index=True, placeholder=NOTHING, key=f"{key}_rows")
    if files:
        downloads(lambda: rows, labels, key=key, title=title)


def read_table(rows: pd.DataFrame, labels: dict[str, Label]) -> None:
    """The same as plain text in rows and columns, which wraps and grows with the type: to be read from the back of a room."""
    heads = "".join(f"<th>{html.escape(label.heading)}</th>" for label in labels.values())
    lines = "".join(
        "<tr>" + "".join(f"<td>{html.escape(_written(row[name], label))}</td>" for name, label in labels.items()) + "</tr>"
        for row in rows.to_dict("records")
    )
    st.html(f'<table class="read-table"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>')


def _written(value: object, label: Label) -> str:
    return NOTHING if missing(value) else FORMS[label.form](value)
