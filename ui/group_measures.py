"""One group of solutions: its actions, and the indicators that measure it beside them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from metrics import registers
from metrics.catalogue import BY_CODE, indicators
from metrics.wording import missing, number, percent
from ui.column_labels import COLUMNS, Label
from ui.explain_choice import explain_one_of
from ui.labelled_table import read_table
from ui.opening import View
from ui.register import in_words
from ui.registers import ACTIONS
from ui.served import ask

ACTION = {
    "title": Label("Giải pháp"),
    "unit_name": Label("Đơn vị chủ trì"),
    "due_on": Label("Hạn", "date"),
    "status": Label("Tình trạng"),
    "result": Label("Kết quả"),
}
MEASURE = {name: COLUMNS[name] for name in ("indicator", "this_period", "previous_period", "target_written")}
UNITS = {"working_days": " ngày", "hours": " giờ", "points": " điểm", "per_1000": " ‰"}


def group_measures(group: int, name: str, actions: pd.DataFrame, view: View) -> None:
    """Actions on the left, measures on the right."""
    st.subheader(f"{group}. {name}", anchor=False)
    left, right = st.columns([5, 3], gap="large")
    with left:
        if actions.empty:
            st.text("Chưa có giải pháp nào trong nhóm này.")
        else:
            late = actions["past_due"].map(lambda past_due: " (quá hạn)" if past_due else "")
            shown = in_words(ACTIONS, actions)
            read_table(shown.assign(status=shown["status"].astype(str) + late), ACTION)
    with right:
        codes = registers.indicators_of(group)
        rows = ask(indicators, view.period, view.scope, codes)
        read_table(_written(rows), MEASURE)
        explain_one_of(codes, view, key=f"explain_{group}")


def _written(rows: pd.DataFrame) -> pd.DataFrame:
    """The indicators with their values written out, each in its own unit."""
    figures = {"value": "this_period", "previous": "previous_period", "target": "target_written"}
    return pd.DataFrame(
        {
            "indicator": rows["name"],
            **{
                column: [_figure(value, code) for value, code in zip(rows[name], rows["code"], strict=True)]
                for name, column in figures.items()
            },
        }
    )


def _figure(value: float, code: str) -> str | None:
    if missing(value):
        return None
    unit = BY_CODE[code].unit
    return percent(value) if unit == "share" else f"{number(value)}{UNITS.get(unit, '')}"
