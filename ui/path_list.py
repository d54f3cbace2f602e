"""The most frequent paths of dossiers, each written out whole."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from metrics.wording import number, percent

SHOWN = 5
LINE = "border-top:1px solid rgba(128,128,128,.3);padding:.55rem 0"


def path_list(rows: pd.DataFrame) -> None:
    """The first paths of `frequent_paths`, a line of figures above the steps in order."""
    st.html("".join(_line(place, row) for place, row in enumerate(rows.head(SHOWN).to_dict("records"), 1)))


def _line(place: int, row: dict[str, object]) -> str:
    figures = (
        f"{place}. {number(row['dossiers'])} hồ sơ ({percent(row['share'])}) · "  # type: ignore[arg-type]
        f"trung vị {number(row['median_days'])} ngày làm việc · đúng hạn {percent(row['on_time_share'])}"  # type: ignore[arg-type]
    )
    return f'<div style="{LINE}"><b>{html.escape(figures)}</b><br>{html.escape(str(row["path"]))}</div>'
