"""How good past warnings were: the share of dossiers that were late, against the probability that was said."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.theme import Look, empty_figure
from metrics.wording import number, percent


def calibration_plot(bins: pd.DataFrame, look: Look) -> go.Figure:
    """`bins` has predicted, observed and dossiers; on the dashed line what was said is what came."""
    figure = empty_figure(look, height=360)
    figure.add_scatter(
        x=[0, 1], y=[0, 1], mode="lines", line={"color": look.line, "width": 1.5, "dash": "dash"}, name="Dự báo đúng", hoverinfo="skip"
    )
    largest = float(bins["dossiers"].max())
    figure.add_scatter(
        x=bins["predicted"],
        y=bins["observed"],
        mode="lines+markers",
        name="Thực tế",
        line={"color": look.main, "width": 2},
        marker={"color": look.main, "size": [8 + 16 * (count / largest) ** 0.5 for count in bins["dossiers"]]},
        hovertext=[
            f"Dự báo {percent(row['predicted'])}: thực tế trễ {percent(row['observed'])}<br>{number(row['dossiers'])} lượt hồ sơ"
            for row in bins.to_dict("records")
        ],
        hoverinfo="text",
    )
    figure.update_xaxes(tickformat=".0%", range=[-0.03, 1.03], title={"text": "Khả năng trễ đã dự báo"}, showgrid=True)
    figure.update_yaxes(tickformat=".0%", range=[-0.03, 1.03], title={"text": "Tỷ lệ trễ thực tế"})
    return figure
