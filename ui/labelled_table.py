"""A table whose headings its page gives: for columns that only that page shows."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui.column_labels import Label
from ui.data_table import FORMS, NOTHING, downloads


def labelled_table(rows: pd.DataFrame, labels: dict[str, Label], *, key: str, title: str, files: bool = True) -> None:
    """Show the columns named in `labels`, in that order; with `files`, downloads named after `title`."""
    named = rows[list(labels)].rename(columns={name: label.heading for name, label in labels.items()})
    forms = {label.heading: FORMS[label.form] for label in labels.values()}
    st.dataframe(named.style.format(forms, na_rep=NOTHING), hide_index=True, placeholder=NOTHING, key=f"{key}_rows")
    if files:
        downloads(lambda: rows, labels, key=key, title=title)
