"""A figure over time, and the cases behind the month that is chosen."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from metrics.period import Period
from metrics.scope import Scope
from ui.chart_block import chart_block
from ui.drill_down import chosen_group, drill_down


def trend_block(
    heading: str,
    figure: go.Figure,
    months: pd.DataFrame,
    sentence: str,
    scope: Scope,
    which: str,
    title: str,
    *,
    key: str,
    headings: dict[str, str] | None = None,
    drill: Callable[..., None] = drill_down,
) -> None:
    """`months` has one row a month: label, start, end. The cases of the set `which` in the chosen month are listed under `title`."""
    clicked = chart_block(heading, figure, months, sentence, key=key, headings=headings, clickable=True)
    spans = {row["label"]: Period(row["start"], row["end"]) for row in months.to_dict("records")}
    label = "Xem danh sách của một tháng (hoặc bấm vào điểm)"
    month = chosen_group(clicked, list(reversed(spans)), key=f"{key}_chosen", label=label)
    if month in spans:
        drill(spans[month], scope, which, key=f"{key}_drill", title=f"{title}, tháng {month}")
