"""A chart as every page shows it: heading, drawing, one sentence, and the same numbers as a table and a file."""

from __future__ import annotations

import html

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.theme import CONFIG
from ui.data_table import data_table


def chart_block(
    heading: str,
    figure: go.Figure,
    rows: pd.DataFrame,
    sentence: str,
    *,
    key: str,
    headings: dict[str, str] | None = None,
    clickable: bool = False,
) -> str | None:
    """Draw it all; with `clickable`, return what the clicked bar or point stands for (its custom data), else None."""
    st.subheader(heading, anchor=False)
    clicked = None
    if clickable:
        state = st.plotly_chart(
            figure,
            theme=None,
            config=CONFIG,
            key=f"{key}_chart",
            on_select="rerun",
            selection_mode="points",
            alt=f"{heading}. {sentence}",
        )
        points = state.selection.points
        clicked = _meaning(points[0]) if points else None
    else:
        st.plotly_chart(figure, theme=None, config=CONFIG, key=f"{key}_chart", alt=f"{heading}. {sentence}")
    say(sentence)
    table = st.expander("Bảng số liệu", icon=":material/table:", key=f"{key}_table", on_change="rerun")
    if table.open:  # laid out when asked for: on a page of charts the closed tables would cost as much as all the rest
        with table:
            data_table(rows, key=key, title=heading, headings=headings)
    return clicked


def say(sentence: str) -> None:
    """One sentence of plain text; names from the data stay text."""
    st.html(f'<p class="sentence">{html.escape(sentence)}</p>')


def nothing_to_show(what: str, next_step: str) -> None:
    """An empty state: what is missing, and what to do next."""
    st.html(f'<div class="empty"><b>{html.escape(what)}</b>{html.escape(next_step)}</div>')


def _meaning(point: dict[str, object]) -> str | None:
    meant = point.get("customdata")
    return str(meant[0] if isinstance(meant, list) else meant) if meant is not None else None
