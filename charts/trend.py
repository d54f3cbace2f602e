"""A figure over time, with its target line and its usual range."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.theme import Look, empty_figure, hover_name, level_line
from metrics.wording import number, percent


def trend(
    rows: pd.DataFrame,
    value: str,
    look: Look,
    *,
    name: str,
    share: bool = True,
    target: float | None = None,
    limits: pd.DataFrame | None = None,
) -> go.Figure:
    """One line over the periods of `rows`: column `label` (text on the axis) and `value`; a null leaves a gap.

    `limits` (what metrics.control_limits.usual_range gives, matched by `start`) is drawn as a band, and a point outside it or in
    a run on one side of the mean as a diamond.
    """
    figure = empty_figure(look)
    labels = rows["label"].astype(str).tolist()
    signals = [False] * len(rows)
    if limits is not None and not limits.empty:
        found = rows[["start"]].merge(limits, on="start", how="left")
        _usual_range(figure, limits, labels, look)
        signals = (found["outside"].eq(True) | found["in_run"].isin(["above", "below"])).tolist()
    words = percent if share else number
    figure.add_scatter(
        x=labels,
        y=rows[value].astype(float),
        name=name,
        mode="lines+markers",
        connectgaps=False,
        line={"color": look.main, "width": 2.5},
        marker={
            "size": [11 if signal else 7 for signal in signals],
            "symbol": ["diamond" if signal else "circle" for signal in signals],
            "color": [look.warning if signal else look.main for signal in signals],
        },
        hovertext=[
            f"{hover_name(label)}: {words(amount)}" + ("<br>◆ khác mức thông thường" if signal else "")
            for label, amount, signal in zip(labels, rows[value], signals, strict=True)
        ],
        hoverinfo="text",
        customdata=labels,
        showlegend=False,
    )
    if target is not None:
        level_line(figure, target, words(target), look)
    figure.update_xaxes(type="category", nticks=6, autotickangles=[0, 60, 90])
    figure.update_yaxes(tickformat=".0%" if share else ",", rangemode="tozero")
    if share:
        _keep_shares_in_sight(figure, rows[value], target, limits)
    return figure


def trends(rows: pd.DataFrame, names: dict[str, str], look: Look, *, share: bool = True, target: float | None = None) -> go.Figure:
    """Several lines over the same periods: `names` gives each column of `rows` its Vietnamese name."""
    figure = empty_figure(look)
    words = percent if share else number
    colours, dashes, symbols = (look.main, look.second, look.quiet), ("solid", "dot", "dash"), ("circle", "square", "triangle-up")
    for position, (column, name) in enumerate(names.items()):
        figure.add_scatter(
            x=rows["label"].astype(str),
            y=rows[column].astype(float),
            name=name,
            mode="lines+markers",
            line={"color": colours[position % 3], "width": 2.5, "dash": dashes[position % 3]},
            marker={"size": 7, "symbol": symbols[position % 3]},
            hovertext=[f"{hover_name(label)} – {name}: {words(amount)}" for label, amount in zip(rows["label"], rows[column], strict=True)],
            hoverinfo="text",
            customdata=rows["label"].astype(str).tolist(),
        )
    if target is not None:
        level_line(figure, target, words(target), look)
    figure.update_xaxes(type="category", nticks=6, autotickangles=[0, 60, 90])
    figure.update_yaxes(tickformat=".0%" if share else ",", rangemode="tozero")
    if share:
        figure.update_yaxes(range=[0, 1.02])
    return figure


def _usual_range(figure: go.Figure, limits: pd.DataFrame, labels: list[str], look: Look) -> None:
    """The limits are the same for every month, so the band spans the whole chart."""
    for column, fill in (("lower", None), ("upper", "tonexty")):
        figure.add_scatter(
            x=labels,
            y=[float(limits[column].iloc[0])] * len(labels),
            mode="lines",
            line={"width": 0},
            fill=fill,
            fillcolor=look.band,
            name="Khoảng thông thường",
            showlegend=column == "upper",
            hoverinfo="skip",
        )


def _keep_shares_in_sight(figure: go.Figure, values: pd.Series, target: float | None, limits: pd.DataFrame | None) -> None:
    """A share's axis ends at 100% and begins at 80% or wherever below it the lowest point, target or limit lies."""
    seen = [float(amount) for amount in values.dropna()] + ([target] if target is not None else [])
    if limits is not None and not limits.empty:
        seen.append(float(limits["lower"].iloc[0]))
    lowest = min(seen, default=0.0) - 0.05
    figure.update_yaxes(range=[max(0.0, min(lowest, 0.8)), 1.02])
