"""A line as small as a word: the last periods of one figure, as SVG."""

from __future__ import annotations

from collections.abc import Sequence

from charts.theme import Look
from metrics.wording import missing

WIDTH, HEIGHT, EDGE = 120, 32, 4


def sparkline(values: Sequence[float | None], look: Look, target: float | None = None) -> str:
    """SVG text of `values` in order: null is a gap, the last known a dot, the target a dashed line; "" without two values."""
    known = [float(value) for value in values if value is not None and not missing(value)]
    if len(known) < 2:
        return ""
    levels = [*known, target] if target is not None else known
    low, high = min(levels), max(levels)

    def height(value: float) -> float:
        return HEIGHT / 2 if high == low else EDGE + (HEIGHT - 2 * EDGE) * (high - value) / (high - low)

    step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
    places = [
        (EDGE + step * index, height(float(value))) if value is not None and value == value else None for index, value in enumerate(values)
    ]
    path, pen_down = [], False
    for place in places:
        if place:
            path.append(f"{'L' if pen_down else 'M'}{place[0]:.1f} {place[1]:.1f}")
        pen_down = place is not None
    last_x, last_y = next(place for place in reversed(places) if place)
    dashes = ""
    if target is not None:
        dashes = (
            f'<line x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{height(target):.1f}" y2="{height(target):.1f}" '
            f'stroke="{look.quiet}" stroke-width="1" stroke-dasharray="3 3"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">{dashes}'
        f'<path d="{" ".join(path)}" fill="none" stroke="{look.main}" stroke-width="2" stroke-linejoin="round"/>'
        f'<circle cx="{last_x:.1f}" cy="{last_y:.1f}" r="3" fill="{look.main}"/></svg>'
    )
