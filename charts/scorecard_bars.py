"""The scorecard's groups: points reached, points missed, and points that no data stands behind."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.theme import Look, axis_name, empty_figure, safe
from metrics.wording import missing, number


def scorecard_bars(rows: pd.DataFrame, look: Look) -> go.Figure:
    """A bar a group (name, max, rests_on, points, provisional), as long as the group's full points.

    What has no data is hatched, so that it reads neither as reached nor as lost.
    """
    reached = rows["points"].astype(float).fillna(0.0)
    known = rows["rests_on"].astype(float)
    full = rows["max"].astype(float)
    parts = [
        ("Đạt được", reached, look.main, ""),
        ("Chưa đạt", known - reached, look.warning, "x"),
        ("Chưa có dữ liệu", full - known, look.quiet, "/"),
    ]
    figure = empty_figure(look, height=90 + 46 * len(rows))
    places = list(range(len(rows)))
    for name, amounts, colour, pattern in parts:
        figure.add_bar(
            orientation="h",
            y=places,
            x=amounts.tolist(),
            name=name,
            marker={
                "color": colour,
                "opacity": 0.45 if pattern == "/" else 1,
                "pattern": {"shape": pattern, "fillmode": "overlay", "fgopacity": 0.3, "size": 6},
            },
            hovertext=[f"{safe(group)}<br>{name}: {number(amount, 1)} điểm" for group, amount in zip(rows["name"], amounts, strict=True)],
            hoverinfo="text",
        )
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        figure.add_annotation(x=float(row["max"]), y=place, xanchor="left", showarrow=False, xshift=6, text=_points(row))
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    names = [axis_name(name) + (" *" if tentative else "") for name, tentative in zip(rows["name"], rows["provisional"], strict=True)]
    figure.update_yaxes(autorange="reversed", tickvals=places, ticktext=names, showgrid=False)
    figure.update_xaxes(visible=False, range=[0, full.max() * 1.45])
    return figure


def _points(row: dict[str, object]) -> str:
    if missing(row["points"]):
        return f"– / {number(row['max'])}"  # type: ignore[arg-type]
    return f"{number(row['points'], 1)} / {number(row['max'])}"  # type: ignore[arg-type]
