"""Time of the internal steps: waiting before a step and working on it, beside each other."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.theme import Look, axis_name, empty_figure, hover_name
from metrics.wording import missing, number


def step_bars(rows: pd.DataFrame, look: Look) -> go.Figure:
    """A bar a row (step_name, section, steps, median_wait_hours, median_hours): the wait hatched, then the work."""
    figure = empty_figure(look, height=90 + 44 * max(2, len(rows)))
    places = list(range(len(rows)))
    parts = [
        ("Chờ trước bước", "median_wait_hours", look.quiet, "/"),
        ("Xử lý", "median_hours", look.main, ""),
    ]
    for name, column, colour, pattern in parts:
        figure.add_bar(
            orientation="h",
            y=places,
            x=rows[column].astype(float).fillna(0.0).tolist(),
            name=name,
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay", "fgopacity": 0.35, "size": 6}},
            customdata=rows["step_name"].astype(str).tolist(),
            hovertext=[
                f"{hover_name(row['step_name'])} – {hover_name(row['section'])}<br>{name}, trung vị: {_hours(row[column])}"
                f"<br>{number(row['steps'])} lượt"
                for row in rows.to_dict("records")
            ],
            hoverinfo="text",
        )
    totals = rows["median_wait_hours"].astype(float).fillna(0.0) + rows["median_hours"].astype(float).fillna(0.0)
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        figure.add_annotation(
            x=float(totals.iloc[place]), y=place, xanchor="left", xshift=6, showarrow=False, text=_hours(row["median_hours"])
        )
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    names = [_name(str(row["step_name"]), str(row["section"])) for row in rows.to_dict("records")]
    figure.update_yaxes(autorange="reversed", tickvals=places, ticktext=names, showgrid=False)
    figure.update_xaxes(visible=False, range=[0, (float(totals.max()) or 1.0) * 1.4 if len(rows) else 1])
    return figure


def _name(step: str, section: str) -> str:
    """Step and section, a line each; a step that is named after its section needs no second line for it."""
    if step.startswith(section):
        return axis_name(step, 28, 2)
    return f"{axis_name(step, 28, 1)}<br>{axis_name(section, 28, 1)}"


def _hours(value: float | None) -> str:
    return "chưa có số liệu" if missing(value) else f"{number(value, 1)} giờ"
