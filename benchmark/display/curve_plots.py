"""Curves over rounds in a page: lines that bend to any width, beside numbers that stay as they are, and the figures in a table."""

from __future__ import annotations

from collections.abc import Mapping

from benchmark.display.curves import Curve, curve
from benchmark.display.drawing import table, text
from benchmark.display.pictures import Table
from benchmark.vocabulary import Json

Document = Mapping[str, Json]

WIDTH, HEIGHT = 640, 140
MARKED = 12
"""Rounds that the table beside a picture lists, at equal distances."""


def rounds_shown(label: str, conditions: Mapping[str, Document], cells: Mapping[str, Document]) -> str:
    """The part of a page about one track: the parts of its score, then a picture and a table for each curve."""
    shown = [f"<h3>{text(label)}: round by round</h3>"]
    for condition, curves in conditions.items():
        shown.append(f"<h4>{text(condition)}</h4>")
        shown.append(_parts(cells.get(condition, {}).get("parts", {})))
        shown += [_figure(curve(label, condition, name, points)) for name, points in curves.items() if any(points)]
    return "\n".join(shown)


def _parts(parts: Mapping[str, Document]) -> str:
    rows = tuple((name, _told(found), str(found["n"])) for name, found in parts.items())
    about = "Means over plays, with 95 % intervals over worlds; n counts plays."
    return table(Table(about, ("measure", "mean", "n"), rows)) if parts else ""


def _figure(of: Curve) -> str:
    step = max(1, -(-len(of.points) // MARKED))
    marked = [*of.points[:-1:step], of.points[-1]]
    cells = ("mean", *(f"{point.mean:.3f} [{point.low:.3f}, {point.high:.3f}]" for point in marked))
    figures = Table(f"{of.name}: means over worlds, with 95 % intervals", ("round", *(str(point.round) for point in marked)), (cells,))
    heights = "".join(f"<span>{at:.3g}</span>" for at in (of.high, (of.low + of.high) / 2, of.low))
    ends = f"<span>round 1</span><span>round {of.rounds}</span>"
    return (
        f'<figure><figcaption>{text(of.message)}</figcaption><div class="curve" role="img" aria-label="{text(of.message)}">'
        f'<div class="heights">{heights}</div>{_picture(of)}<div class="rounds">{ends}</div></div>'
        f"<details><summary>The figures as a table</summary>{table(figures)}</details></figure>"
    )


def _picture(of: Curve) -> str:
    def x(number: int) -> float:
        return WIDTH * ((number - 1) / max(1, of.rounds - 1))

    def y(number: float) -> float:
        return HEIGHT * (1 - (number - of.low) / (of.high - of.low))

    band = [f"{x(point.round):.1f},{y(point.high):.1f}" for point in of.points]
    band += [f"{x(point.round):.1f},{y(point.low):.1f}" for point in reversed(of.points)]
    line = " ".join(f"{x(point.round):.1f},{y(point.mean):.1f}" for point in of.points)
    grid = "".join(f'<line class="grid" x1="0" x2="{WIDTH}" y1="{at}" y2="{at}"/>' for at in (0, HEIGHT // 2, HEIGHT))
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true">{grid}'
        f'<polygon points="{" ".join(band)}"/><polyline points="{line}"/></svg>'
    )


def _told(found: Document) -> str:
    return f"{found['mean']:.3f} [{found['low']:.3f}, {found['high']:.3f}]"
