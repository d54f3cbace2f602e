"""A figure over time, with its target line and its usual range."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.theme import Look, empty_figure, hover_name, level_line
from metrics.wording import number, percent


def trend(rows: pd.DataFrame, value: str, look: Look, *, name: str, share: bool = True, target: float | None = None) -> go.Figure:
    """One line over the periods of `rows`: column `label` (text on the axis) and `value`; a null leaves a gap.

    Optional columns: usual_low, usual_high (the XmR limits, drawn as a band) and signal (true where a point is outside the
    usual range or in a run on one side: drawn as a diamond).
    """
    figure = empty_figure(look)
    labels = rows["label"].astype(str).tolist()
    if {"usual_low", "usual_high"} <= set(rows) and rows["usual_low"].notna().any():
        _usual_range(figure, rows, labels, look)
    signals = rows["signal"].fillna(False).astype(bool).tolist() if "signal" in rows else [False] * len(rows)
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
            f"{hover_name(label)}: {words(amount)}" + ("<br>◆ ngoài khoảng thông thường" if signal else "")
            for label, amount, signal in zip(labels, rows[value], signals, strict=True)
        ],
        hoverinfo="text",
        showlegend=False,
    )
    if target is not None:
        level_line(figure, target, f"Chỉ tiêu {words(target)}", look)
    figure.update_xaxes(type="category", nticks=14)
    figure.update_yaxes(tickformat=".0%" if share else ",", rangemode="normal" if share else "tozero")
    if share:
        _keep_shares_in_sight(figure, rows, value, target)
    return figure


def trends(
    rows: pd.DataFrame, names: dict[str, str], look: Look, *, share: bool = True, target: float | None = None
) -> go.Figure:
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
            hovertext=[
                f"{hover_name(label)} – {name}: {words(amount)}"
                for label, amount in zip(rows["label"], rows[column], strict=True)
            ],
            hoverinfo="text",
        )
    if target is not None:
        level_line(figure, target, f"Chỉ tiêu {words(target)}", look)
    figure.update_xaxes(type="category", nticks=14)
    figure.update_yaxes(tickformat=".0%" if share else ",", rangemode="tozero")
    return figure


def _usual_range(figure: go.Figure, rows: pd.DataFrame, labels: list[str], look: Look) -> None:
    for column, fill in (("usual_low", None), ("usual_high", "tonexty")):
        figure.add_scatter(
            x=labels,
            y=rows[column].astype(float),
            mode="lines",
            line={"width": 0},
            fill=fill,
            fillcolor=look.band,
            name="Khoảng thông thường",
            showlegend=column == "usual_high",
            hoverinfo="skip",
        )


def _keep_shares_in_sight(figure: go.Figure, rows: pd.DataFrame, value: str, target: float | None) -> None:
    """A share is drawn on an axis that holds all points, the target and 100% at most, never a sliver of it."""
    seen = [float(amount) for amount in rows[value].dropna()] + ([target] if target is not None else [])
    if "usual_low" in rows:
        seen += [float(amount) for amount in rows["usual_low"].dropna()]
    low = max(0.0, min(seen) - 0.08) if seen else 0.0
    figure.update_yaxes(range=[min(low, 0.8), 1.02])
