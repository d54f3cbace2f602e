"""Parts of a whole as plain bars, the largest on top: read more exactly than a pie."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.theme import Look, axis_name, empty_figure, hover_name
from metrics.wording import number, percent

ROW_HEIGHT = 40


def parts_of_whole(rows: pd.DataFrame, value: str, look: Look, *, noun: str) -> go.Figure:
    """A bar a row: `group` names it, `value` is a count; each says its count and its share of all."""
    found = rows[rows[value] > 0].sort_values(value, ascending=False, ignore_index=True)
    total = float(found[value].sum())
    amounts = found[value].astype(float).tolist()
    figure = empty_figure(look, height=60 + ROW_HEIGHT * max(2, len(found)))
    figure.add_bar(
        orientation="h",
        y=list(range(len(found))),
        x=amounts,
        marker={"color": look.main},
        text=[f"{number(amount)} ({percent(amount / total)})" for amount in amounts],
        textposition="outside",
        cliponaxis=False,
        hovertext=[f"{hover_name(group)}: {number(amount)} {noun}" for group, amount in zip(found["group"], amounts, strict=True)],
        hoverinfo="text",
        customdata=found["group"].tolist(),
        showlegend=False,
    )
    names = [axis_name(group) for group in found["group"]]
    figure.update_yaxes(range=[max(2, len(found)) - 0.5, -0.5], tickvals=list(range(len(found))), ticktext=names, showgrid=False)
    figure.update_xaxes(visible=False, range=[0, max(amounts, default=1.0) * 1.3])
    return figure
