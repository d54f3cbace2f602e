"""The one look of all charts: calm, colour-blind safe, Vietnamese numbers; what a colour says, a sign or a label says too."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from metrics.wording import shortened, shortened_inside

FONT = "'Segoe UI', 'Noto Sans', 'Source Sans', Roboto, Arial, sans-serif"
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False, "responsive": True}
AXIS_NAME_WIDTH = 34
FEW = 6
GOOD_SIGN, BAD_SIGN = "✓", "▲"


@dataclass(frozen=True)
class Look:
    """Colours of one office. `dark` asks for tints that read on a dark page."""

    colour: str = "#0B5C8A"
    accent: str = "#B45F06"
    dark: bool = False

    @property
    def main(self) -> str:
        """What the chart is about."""
        return _mixed(self.colour, "#ffffff", 0.45) if self.dark else self.colour

    @property
    def warning(self) -> str:
        """What misses its target; always with a sign or a label beside it."""
        return _mixed(self.accent, "#ffffff", 0.35) if self.dark else self.accent

    @property
    def quiet(self) -> str:
        """What stands beside the main thing."""
        return "#8a97a3" if self.dark else "#8b98a5"

    @property
    def second(self) -> str:
        """A second series, told from the first by lightness as well as by colour."""
        return "#d9b36c" if self.dark else "#c79a3b"

    @property
    def line(self) -> str:
        """Target and norm lines."""
        return "#e6e9ec" if self.dark else "#333f48"

    @property
    def text(self) -> str:
        """Labels of axes and legends."""
        return "#d5dee7" if self.dark else "#33424f"

    @property
    def grid(self) -> str:
        """Grid lines, hardly there."""
        return "#2b3641" if self.dark else "#e4e9ee"

    @property
    def on_bar(self) -> str:
        """Numbers written on bars."""
        return "#0f1a24" if self.dark else "#ffffff"

    @property
    def page(self) -> str:
        """Behind hover texts."""
        return "#1c242d" if self.dark else "#ffffff"

    @property
    def band(self) -> str:
        """The usual range, a light band."""
        return _see_through(self.main, 0.14)


def look_of(department: Mapping[str, Any], dark: bool = False) -> Look:
    """The look of the office that settings/department.toml describes."""
    plain = Look()
    return Look(department.get("colour", plain.colour), department.get("accent", plain.accent), dark)


def template(look: Look) -> go.layout.Template:
    """The Plotly template of a look: Vietnamese separators, quiet axes, no title."""
    axis = {"zeroline": False, "automargin": True, "fixedrange": True, "gridcolor": look.grid, "ticks": "", "ticklabelstandoff": 6}
    return go.layout.Template(
        layout={
            "colorway": [look.main, look.second, look.quiet, look.warning],
            "font": {"family": FONT, "size": 13, "color": look.text},
            "separators": ",.",
            "hoverlabel": {
                "font": {"family": FONT, "size": 13, "color": look.text},
                "bgcolor": look.page,
                "bordercolor": look.quiet,
                "align": "left",
                "namelength": -1,
            },
            "margin": {"l": 4, "r": 16, "t": 32, "b": 4},
            "hovermode": "closest",
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            "bargap": 0.25,
            "dragmode": False,
            "xaxis": {**axis, "showgrid": False},
            "yaxis": {**axis, "showgrid": True},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
        }
    )


def empty_figure(look: Look, height: int = 340) -> go.Figure:
    """A figure in our look, with nothing in it yet."""
    return go.Figure(layout={"template": template(look), "height": height})


def safe(text: Any) -> str:
    """A name from the data, so that Plotly shows it as written and makes no bold text or link of it."""
    return html.escape(str(text), quote=False)


def axis_name(text: Any, width: int = AXIS_NAME_WIDTH, lines: int = 2) -> str:
    """A long name for an axis: at most `lines` lines of `width` signs; the full name belongs in the hover text."""
    words, rows = shortened_inside(str(text), width * lines - lines).split(" "), [""]
    for word in words:
        joined = f"{rows[-1]} {word}".strip()
        if len(joined) <= width or not rows[-1] or len(rows) == lines:
            rows[-1] = joined
        else:
            rows.append(word)
    return "<br>".join(safe(shortened(row, width)) for row in rows)


def hover_name(text: Any, width: int = 60) -> str:
    """A full name for the hover text, broken into lines of about `width` signs."""
    rows = [""]
    for word in str(text).split(" "):
        joined = f"{rows[-1]} {word}".strip()
        if len(joined) <= width or not rows[-1]:
            rows[-1] = joined
        else:
            rows.append(word)
    return "<br>".join(safe(row) for row in rows)


def whole_numbers(largest: float) -> dict[str, Any]:
    """What an axis of counts or days up to `largest` needs so that it never says "0,5 hồ sơ"."""
    return {"tickmode": "linear", "tick0": 0, "dtick": 1} if largest <= FEW else {}


def level_line(figure: go.Figure, value: float, written: str, look: Look) -> None:
    """A dashed horizontal line for a target, said in the right margin."""
    figure.add_hline(y=value, line={"color": look.line, "width": 1.5, "dash": "dash"})
    figure.add_annotation(x=1, xref="paper", xanchor="left", y=value, text=f"Chỉ tiêu<br>{written}", showarrow=False, align="left")
    figure.update_layout(margin={"r": 80})


def _channels(colour: str) -> tuple[int, int, int]:
    digits = colour.lstrip("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _mixed(colour: str, other: str, part: float) -> str:
    parts = (round(a * (1 - part) + b * part) for a, b in zip(_channels(colour), _channels(other), strict=True))
    return "#" + "".join(f"{value:02x}" for value in parts)


def _see_through(colour: str, opacity: float) -> str:
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{opacity})"
