"""Small pictures inside pages, as SVG without styles or scripts. Beside each stands what it shows, in words and figures.

Shapes tell the marks apart, not colour alone. Every number is rounded before it is written, so equal boards are equal bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

from leaderboard.entry import Figure

WIDTH, HEIGHT, MARGIN = 220, 26, 10
_MIDDLE = HEIGHT / 2

_SHAPES = {
    "private": '<circle class="private" cx="{x}" cy="{y}" r="5"/>',
    "mindreader": '<rect class="mindreader" x="{left}" y="{top}" width="9" height="9"/>',
    "omniscient": '<path class="omniscient" d="M{x} {above}L{right} {below}L{before} {below}Z"/>',
}
NAMED = {"private": "circle", "mindreader": "square", "omniscient": "triangle"}


def dumbbell(spots: Mapping[str, float], earned: Figure | None) -> str:
    """Success from 0 to 1 in each condition of ``spots``, joined; under it the interval of what was earned. "" without any."""
    if not spots:
        return ""
    ends = sorted(spots.values())
    parts = [
        f'<line class="axis" x1="{_at(0)}" y1="{_MIDDLE:g}" x2="{_at(1)}" y2="{_MIDDLE:g}"/>',
        f'<line class="gap" x1="{_at(ends[0])}" y1="{_MIDDLE:g}" x2="{_at(ends[-1])}" y2="{_MIDDLE:g}"/>',
    ]
    if earned:
        low, high = earned.ci95
        parts.append(f'<line class="interval" x1="{_at(low)}" y1="{HEIGHT - 3}" x2="{_at(high)}" y2="{HEIGHT - 3}"/>')
    parts += [_mark(name, spots[name]) for name in ("omniscient", "mindreader", "private") if name in spots]
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{told(spots)}">'
        + "".join(parts)
        + "</svg>"
    )


def told(spots: Mapping[str, float]) -> str:
    """What a dumbbell shows, in words."""
    return "success: " + ", ".join(f"{name} {100 * value:.0f}" for name, value in spots.items())


def _mark(name: str, value: float) -> str:
    x = float(_at(value))
    places = {"x": x, "left": x - 4.5, "right": x + 5.5, "before": x - 5.5, "y": _MIDDLE, "top": _MIDDLE - 4.5}
    places |= {"above": _MIDDLE - 6, "below": _MIDDLE + 4.5}
    return _SHAPES[name].format(**{key: f"{place:g}" for key, place in places.items()})


def _at(share: float) -> str:
    return f"{MARGIN + (WIDTH - 2 * MARGIN) * min(1.0, max(0.0, share)):.1f}"
