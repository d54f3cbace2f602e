"""One indicator at a glance: value, verdict against the target, the periods to compare with, and the line of the last months."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from charts.sparkline import sparkline
from charts.theme import BAD_SIGN, GOOD_SIGN, Look
from metrics import wording


@dataclass(frozen=True)
class Card:
    """What a card shows. `unit` is "share" (0–1) or the word after the number; null values read as no data."""

    name: str
    value: float | None
    unit: str
    target: float | None = None
    met: bool | None = None
    direction: str = "up"  # "down" when less is better
    previous: float | None = None
    same_period_last_year: float | None = None
    year_to_date: float | None = None
    series: Sequence[float | None] = field(default_factory=tuple)
    empty: str = wording.NO_DATA  # what to say instead of a value


def show_card(card: Card, look: Look) -> None:
    """Draw the card; place it in a bordered container of its own."""
    st.html(card_html(card, look))


def card_html(card: Card, look: Look) -> str:
    """The card as HTML, every text from settings or data escaped."""
    rows = zip(("th", "td", "td"), zip(*_comparisons(card), strict=True), strict=True)
    table = "".join(f"<tr>{''.join(f'<{tag}>{text}</{tag}>' for text in texts)}</tr>" for tag, texts in rows)
    return (
        f'<div class="card"><div class="card-name">{html.escape(card.name)}</div>'
        f'<div class="card-top">{_value(card)}{_line(card, look)}</div>{_verdict(card)}<table>{table}</table></div>'
    )


def written(value: float | None, unit: str) -> str:
    """A value with its unit: "96,3%" or "12,5 ngày"."""
    if unit == "share":
        return wording.percent(value)
    return wording.number(value) if wording.missing(value) else f"{wording.number(value)} {unit}".strip()


def _value(card: Card) -> str:
    if wording.missing(card.value):
        return f'<div class="card-value none">{html.escape(card.empty)}</div>'
    if card.unit == "share":
        return f'<div class="card-value">{wording.percent(card.value)}</div>'
    return f'<div class="card-value">{wording.number(card.value)} <small>{html.escape(card.unit)}</small></div>'


def _verdict(card: Card) -> str:
    if card.target is None:
        return '<div class="card-verdict void">&nbsp;</div>'
    bound = f"{'≥' if card.direction == 'up' else '≤'} {html.escape(written(card.target, card.unit))}"
    if card.met is None:
        return f'<div class="card-verdict none">Chỉ tiêu {bound}</div>'
    sign, word, look = (GOOD_SIGN, "Đạt", "met") if card.met else (BAD_SIGN, "Chưa đạt", "missed")
    return f'<div class="card-verdict {look}" title="Chỉ tiêu {bound}">{sign} {word} {bound}</div>'


def _comparisons(card: Card) -> list[tuple[str, str, str]]:
    """Heading, value and change up to now of each period to compare with; a part of the year says no change."""
    return [
        _comparison(card, "Kỳ trước", card.previous, True),
        _comparison(card, "Cùng kỳ", card.same_period_last_year, True),
        _comparison(card, "Lũy kế", card.year_to_date, False),
    ]


def _comparison(card: Card, name: str, value: float | None, with_change: bool) -> tuple[str, str, str]:
    change = ""
    if with_change and not wording.missing(value) and not wording.missing(card.value):
        difference = float(card.value or 0) - float(value or 0)
        change = wording.signed(difference * 100, 1) if card.unit == "share" else wording.signed(difference)
        change = f'<span title="Thay đổi so với {name.lower()}{", điểm %" if card.unit == "share" else ""}">{change}</span>'
    text = "–" if wording.missing(value) else written(value, card.unit if card.unit == "share" else "")
    return name, text, change


def _line(card: Card, look: Look) -> str:
    svg = sparkline(card.series, look, card.target)
    if not svg:
        return ""
    data = base64.b64encode(svg.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{data}" alt="Diễn biến các tháng gần đây">'
