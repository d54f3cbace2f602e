"""Columns of parts: the age of open cases, and how dossiers came in."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.theme import Look, empty_figure, safe, whole_numbers
from metrics.wording import number, percent

PATTERNS = ("", "/", "x", ".")


def stacked(rows: pd.DataFrame, parts: dict[str, str], look: Look, *, as_share: bool = False, last_is_warning: bool = False) -> go.Figure:
    """A column a row (`label`), stacked of the columns that `parts` names in Vietnamese; `as_share` draws each as parts of 100%.

    Parts differ by hatching as well as by colour, so that a black-and-white print still tells them apart.
    """
    figure = empty_figure(look)
    amounts = rows[list(parts)].astype(float)
    totals = amounts.sum(axis=1, min_count=1)
    colours = [look.main, look.quiet, look.second] if last_is_warning else [look.main, look.second, look.quiet]
    for position, (column, name) in enumerate(parts.items()):
        warned = last_is_warning and position == len(parts) - 1
        shares = amounts[column] / totals.where(totals > 0)
        figure.add_bar(
            x=rows["label"].astype(str).tolist(),
            y=(shares if as_share else amounts[column]).tolist(),
            name=name,
            marker={
                "color": look.warning if warned else colours[position % 3],
                "pattern": {"shape": PATTERNS[position % 4], "fillmode": "overlay", "fgopacity": 0.45, "size": 6},
            },
            hovertext=[
                f"{safe(label)} – {name}: {number(amount)}" + (f" ({percent(share)})" if share == share else "")
                for label, amount, share in zip(rows["label"], amounts[column], shares, strict=True)
            ],
            hoverinfo="text",
            customdata=[column] * len(rows),
        )
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    figure.update_xaxes(type="category", nticks=6, autotickangles=[0, 60, 90])
    figure.update_yaxes(tickformat=".0%" if as_share else ",", rangemode="tozero")
    if as_share:
        figure.update_yaxes(range=[0, 1])
    else:
        figure.update_yaxes(whole_numbers(totals.max()))
    return figure
