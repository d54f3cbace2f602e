"""Where a change comes from: from one period's figure to the other's, a step a group."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.theme import Look, axis_name, empty_figure, hover_name
from metrics.wording import number, percent, points, signed


def waterfall(
    parts: pd.DataFrame, before: float, after: float, look: Look, *, share: bool, higher_is_better: bool, shown: int = 8
) -> go.Figure:
    """`parts` has unit_name, procedure_name, mix, rate, effect, largest first; what is not shown stands in one last step."""
    named = parts.head(shown)
    rest = parts.iloc[shown:]
    names = ["Kỳ trước", *(_name(row) for row in named.to_dict("records"))]
    hovers = [f"Kỳ trước: {_value(before, share)}", *(_hover(row, share) for row in named.to_dict("records"))]
    steps = [before, *named["effect"].astype(float)]
    if len(rest):
        others = float(rest["effect"].sum())
        names.append(f"{number(len(rest))} nhóm còn lại")
        hovers.append(f"{number(len(rest))} nhóm còn lại: {_step(others, share)}")
        steps.append(others)
    # The unit of a step is in the sentence below the drawing and on hover: beside the bars it would not fit a phone.
    texts = [_value(before, share), *(signed(step * 100, 1) if share else signed(step, 2) for step in steps[1:]), _value(after, share)]
    figure = empty_figure(look, height=90 + 40 * (len(steps) + 1))
    good, bad = (look.main, look.warning) if higher_is_better else (look.warning, look.main)
    figure.add_waterfall(
        orientation="h",
        y=list(range(len(steps) + 1)),
        x=[*steps, after],
        measure=["absolute", *["relative"] * (len(steps) - 1), "total"],
        text=texts,
        textposition="outside",
        cliponaxis=False,
        increasing={"marker": {"color": good}},
        decreasing={"marker": {"color": bad}},
        totals={"marker": {"color": look.quiet}},
        connector={"line": {"color": look.quiet, "width": 1, "dash": "dot"}},
        hovertext=[*hovers, f"Kỳ này: {_value(after, share)}"],
        hoverinfo="text",
        showlegend=False,
    )
    levels = [sum(steps[: place + 1]) for place in range(len(steps))]
    reach = max(levels) - min(levels)
    figure.update_xaxes(visible=False, range=[min(levels) - 0.5 * reach - 1e-9, max(levels) + 0.35 * reach + 1e-9])
    figure.update_yaxes(autorange="reversed", tickvals=list(range(len(steps) + 1)), ticktext=[*names, "Kỳ này"], showgrid=False)
    return figure


def _name(row: dict[str, str]) -> str:
    return f"{axis_name(row['procedure_name'], 30, 1)}<br>{axis_name(row['unit_name'], 30, 1)}"


def _hover(row: dict[str, object], share: bool) -> str:
    return (
        f"{hover_name(row['procedure_name'])}<br>{hover_name(row['unit_name'])}<br>đóng góp {_step(row['effect'], share)}"
        f"<br>do cơ cấu {_step(row['mix'], share)}, do cách giải quyết {_step(row['rate'], share)}"
    )


def _value(value: float, share: bool) -> str:
    return percent(value) if share else f"{number(value, 1)} ngày"


def _step(value: object, share: bool) -> str:
    return points(value) if share else f"{signed(value, 2)} ngày"  # type: ignore[arg-type]
