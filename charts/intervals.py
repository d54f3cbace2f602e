"""Shares with their 95% interval: a point and a bar a row, so that a difference and its doubt are seen together."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.theme import Look, axis_name, empty_figure, hover_name
from metrics.wording import number, percent


def intervals(rows: pd.DataFrame, look: Look, *, label: str, target: float | None = None) -> go.Figure:
    """`rows` has index, lower, upper, responses and the column `label` that names the row; rows without an index are left out."""
    known = rows[rows["index"].notna()].reset_index(drop=True)
    figure = empty_figure(look, height=90 + 44 * max(2, len(known)))
    shares = known["index"].astype(float)
    figure.add_scatter(
        x=shares,
        y=list(range(len(known))),
        mode="markers",
        marker={"size": 12, "color": look.main},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (known["upper"].astype(float) - shares).tolist(),
            "arrayminus": (shares - known["lower"].astype(float)).tolist(),
            "color": look.quiet,
            "thickness": 2.5,
            "width": 6,
        },
        hovertext=[
            f"{hover_name(row[label])}: {percent(row['index'])}<br>khoảng tin cậy 95%: {percent(row['lower'])} – {percent(row['upper'])}"
            f"<br>{number(row['responses'])} phiếu"
            for row in known.to_dict("records")
        ],
        hoverinfo="text",
        showlegend=False,
    )
    for place, row in enumerate(known.to_dict("records")):
        text = f"{percent(row['index'])}<br>{number(row['responses'])} phiếu"
        figure.add_annotation(
            x=1, xref="paper", y=place, xanchor="left", xshift=6, showarrow=False, align="left", text=text, font={"size": 12}
        )
    if target is not None:
        figure.add_vline(x=target, line={"color": look.line, "width": 1.5, "dash": "dash"})
        figure.add_annotation(
            x=target, y=1, yref="paper", yanchor="bottom", showarrow=False, text=f"Chỉ tiêu {percent(target)}", font={"size": 12}
        )
    lowest = min([*known["lower"].astype(float), target if target is not None else 1.0, 0.6])
    figure.update_xaxes(tickformat=".0%", range=[max(0.0, lowest - 0.05), 1.02], tickvals=[0, 0.2, 0.4, 0.6, 0.8, 1.0], showgrid=True)
    figure.update_layout(margin={"r": 84})
    names = [axis_name(name, 24, 3) for name in known[label]]
    figure.update_yaxes(autorange="reversed", tickvals=list(range(len(known))), ticktext=names, showgrid=False)
    return figure
