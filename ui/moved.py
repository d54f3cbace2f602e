"""What moved most between two periods, and which unit and procedure moved it: a few lines, the full names on hover."""

from __future__ import annotations

import html
from typing import Any

import streamlit as st

from metrics.decomposition import MEASURES, Change
from metrics.sentences import of_change
from metrics.wording import points, shortened, shortened_inside, signed

LARGEST = 3
PROCEDURE_WIDTH, UNIT_WIDTH = 58, 34


def moved(change: Change, measure: str) -> None:
    """One figure's change in a sentence, and its largest parts below it."""
    asked = MEASURES[measure]
    parts = [row for row in change.parts.head(LARGEST).to_dict("records") if abs(row["effect"]) > 1e-9]
    lines = "".join(_line(row, asked.share) for row in parts)
    words = of_change(asked.name, change.before, change.after, share=asked.share)
    st.html(f'<div class="moved"><p class="sentence"><b>{html.escape(words)}</b></p><ul>{lines}</ul></div>')


def _line(row: dict[str, Any], share: bool) -> str:
    size = points(row["effect"]) if share else f"{signed(row['effect'], 1)} ngày"
    procedure, unit = str(row["procedure_name"]), str(row["unit_name"])
    short = f"{shortened_inside(procedure, PROCEDURE_WIDTH)} – {shortened(unit, UNIT_WIDTH)}"
    return f'<li title="{html.escape(f"{procedure} – {unit}")}"><span>{size}</span> {html.escape(short)}</li>'
