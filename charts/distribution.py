"""How long dossiers took: a column a number of working days, with median, ninth decile and norm."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.theme import FEW, Look, empty_figure, whole_numbers
from metrics.wording import missing, number


def distribution(
    rows: pd.DataFrame, look: Look, *, median: float | None, p90: float | None, norm: float | None = None, last: int = 60
) -> go.Figure:
    """Columns of `rows` (days, dossiers); days above `last` are gathered in one column at the right end, and it says so."""
    days = rows["days"].astype(int)
    bars = rows["dossiers"].astype(int).groupby(days.clip(upper=last)).sum()
    gathered = last if (days > last).any() else None
    figure = empty_figure(look)
    tallest = int(bars.max()) if len(bars) else 1
    figure.add_bar(
        x=bars.index.tolist(),
        y=bars.tolist(),
        marker={"color": look.main},
        hovertext=[f"{_length(day, day == gathered)}: {number(count)} hồ sơ" for day, count in bars.items()],
        hoverinfo="text",
        customdata=bars.index.tolist(),
        showlegend=False,
    )
    lines = [
        ("Trung vị", median, "solid", look.line),
        ("90% hồ sơ xong trong", p90, "dot", look.warning),
        ("Thời hạn", norm, "dash", look.quiet),
    ]
    for name, value, dash, colour in lines:
        if value is not None and not missing(value):
            figure.add_scatter(
                x=[min(value, last)] * 2,
                y=[0, tallest * 1.05],
                mode="lines",
                line={"color": colour, "width": 2.5, "dash": dash},
                name=f"{name}: {number(value)} ngày",
                hoverinfo="name",
            )
    figure.update_xaxes(ticksuffix=" ngày", tickmode="auto", nticks=10)
    if len(bars) and bars.index.max() - bars.index.min() <= FEW:  # a single day would else fill the whole width
        figure.update_xaxes(range=[bars.index.min() - 3.5, bars.index.max() + 3.5], **whole_numbers(FEW))
    figure.update_yaxes(tickformat=",", rangemode="tozero", **whole_numbers(tallest))
    return figure


def _length(days: object, or_more: bool) -> str:
    return f"từ {days} ngày làm việc trở lên" if or_more else f"{days} ngày làm việc"
