"""Bars that rank units, procedures or fields: the worst and the best in sight, all on request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import BAD_SIGN, Look, axis_name, empty_figure, hover_name
from metrics.wording import number, percent

ROW_HEIGHT = 34
SHORT_BAR = 0.5  # a bar shorter than this part of the longest has its number beside it


def ordered(rows: pd.DataFrame, value: str, *, higher_is_better: bool = True, count: str | None = None) -> pd.DataFrame:
    """The rows that have a value, the worst first; of equals, the one that rests on more cases (column `count`)."""
    keys, upwards = [value, *([count] if count else []), "group"], [higher_is_better, *([False] if count else []), True]
    return rows[rows[value].notna()].sort_values(keys, ascending=upwards, ignore_index=True)


def worst_and_best(
    rows: pd.DataFrame, value: str, *, higher_is_better: bool = True, count: str | None = None, each: int = 5
) -> tuple[pd.DataFrame, int]:
    """The `each` worst and the `each` best rows, worst first, and how many in between were left out."""
    ranked = ordered(rows, value, higher_is_better=higher_is_better, count=count)
    left_out = len(ranked) - 2 * each
    if left_out <= 0:
        return ranked, 0
    best_first = ordered(ranked.iloc[each:], value, higher_is_better=not higher_is_better, count=count)
    return pd.concat([ranked.head(each), best_first.head(each).iloc[::-1]], ignore_index=True), left_out


def ranking(
    rows: pd.DataFrame,
    value: str,
    look: Look,
    *,
    name: str,
    share: bool = True,
    target: float | None = None,
    higher_is_better: bool = True,
    count: str | None = None,
    unit: str = "",
) -> go.Figure:
    """A bar a row, in the rows' order from the top: column `group` names it, `value` is its length.

    A bar that misses the target has the warning colour and a sign before its number. `count` names the column that says how
    many cases the figure rests on (shown in the hover text).
    """
    words: Callable[[Any], str] = percent if share else number
    amounts = rows[value].astype(float).tolist()
    misses = [target is not None and (amount < target if higher_is_better else amount > target) for amount in amounts]
    on = [f"<br>trên {number(cases)} trường hợp" for cases in rows[count]] if count else [""] * len(rows)
    longest = max([amount for amount in amounts if amount == amount] + [target or 0, 0.0]) or 1.0
    figure = empty_figure(look, height=70 + ROW_HEIGHT * max(2, len(rows)))
    figure.add_bar(
        orientation="h",
        y=list(range(len(rows))),
        x=amounts,
        marker={"color": [look.warning if miss else look.main for miss in misses]},
        text=[f"{BAD_SIGN + ' ' if miss else ''}{words(amount)}{unit}" for amount, miss in zip(amounts, misses, strict=True)],
        textposition=["inside" if amount > longest * SHORT_BAR else "outside" for amount in amounts],
        insidetextanchor="start",  # where no target line crosses the number
        insidetextfont={"color": look.on_bar},
        cliponaxis=False,
        customdata=rows["group"].astype(str).tolist(),
        hovertext=[
            f"{hover_name(group)}<br>{name}: {words(amount)}{unit}{cases}"
            for group, amount, cases in zip(rows["group"], amounts, on, strict=True)
        ],
        hoverinfo="text",
        showlegend=False,
    )
    if target is not None:
        figure.add_vline(x=target, line={"color": look.line, "width": 1.5, "dash": "dash"})
        words_of_target = f"Chỉ tiêu {words(target)}{unit}"
        figure.add_annotation(x=target, y=1, yref="paper", xanchor="right", yanchor="bottom", showarrow=False, text=words_of_target)
    names = [axis_name(group) for group in rows["group"]]
    figure.update_yaxes(
        range=[max(2, len(rows)) - 0.5, -0.5], tickvals=list(range(len(rows))), ticktext=names, showgrid=False, tickfont={"size": 13}
    )
    figure.update_xaxes(visible=False, range=[min([0.0, *amounts]), longest * 1.05])
    return figure
