"""Bars that rank units, procedures or fields, and the dossiers behind the one that is chosen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from charts.ranking import ordered, ranking, worst_and_best
from metrics import sentences
from metrics.scope import Scope
from metrics.wording import number
from ui.chart_block import chart_block, nothing_to_show
from ui.drawn import drawn
from ui.drill_down import chosen_group, drill_down
from ui.opening import View

NOUNS = {"unit": "đơn vị", "procedure": "thủ tục", "field": "lĩnh vực"}
EACH = 5
CODE_AT_END = re.compile(r" \(([^()]+)\)$")


@dataclass(frozen=True)
class Measure:
    """The column that ranks, in words: what it is called, whether it is a share, the target, and which dossiers it counts."""

    column: str
    name: str
    which: str  # the set of dossiers (metrics.dossier_sets.SETS) shown for a bar
    count: str  # the column that says how many cases a bar rests on
    share: bool = True
    target: float | None = None
    higher_is_better: bool = True
    unit: str = ""
    drill: Callable[..., None] = drill_down  # complaints have a list of their own


def ranking_block(heading: str, rows: pd.DataFrame, by: str, measure: Measure, view: View, *, key: str) -> None:
    """`rows` has one row a group of the grouping `by`. The worst and the best are drawn, all of them on request."""
    noun = NOUNS[by]
    ranked = ordered(rows, measure.column, higher_is_better=measure.higher_is_better, count=measure.count)
    if ranked.empty:
        st.subheader(heading, anchor=False)
        nothing_to_show("Không có số liệu trong phạm vi đang chọn", "Chọn kỳ khác hoặc bỏ bớt điều kiện lọc.")
        return
    shown, left_out = worst_and_best(rows, measure.column, higher_is_better=measure.higher_is_better, count=measure.count, each=EACH)
    place = st.container()
    if left_out:
        everything = st.toggle(f"Hiện thêm {number(left_out)} {noun} ở giữa", key=f"{key}_everything")
        shown = ranked if everything else shown
    figure = drawn(
        ranking,
        shown,
        measure.column,
        view.look,
        name=measure.name,
        share=measure.share,
        target=measure.target,
        higher_is_better=measure.higher_is_better,
        count=measure.count,
        unit=f" {measure.unit}" if measure.unit else "",
    )
    sentence = sentences.of_ranking(
        ranked,
        measure.column,
        noun,
        share=measure.share,
        target=measure.target,
        higher_is_better=measure.higher_is_better,
        unit=measure.unit,
    )
    with place:
        clicked = chart_block(heading, figure, rows, sentence, key=key, headings={"group": noun.capitalize()}, clickable=True)
    label = f"Xem hồ sơ của một {noun} (hoặc bấm vào thanh)"
    group = chosen_group(clicked, ranked["group"].tolist(), key=f"{key}_chosen", label=label)
    if group:
        measure.drill(view.period, narrowed(view.scope, by, group), measure.which, key=f"{key}_drill", title=group)


def narrowed(scope: Scope, by: str, group: str) -> Scope:
    """The same question for one group; a procedure that shares its name with another is labelled with its code."""
    code = CODE_AT_END.search(group) if by == "procedure" else None
    names = (group, code[1]) if code else (group,)
    if by == "unit":
        return replace(scope, units=names)
    return replace(scope, procedures=names) if by == "procedure" else replace(scope, fields=names)
