"""Curves over rounds as small pictures in a page: SVG without styles or scripts. Beside each stand its figures, in a table."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from benchmark.lines import plain
from benchmark.vocabulary import Json

Document = Mapping[str, Json]

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 170, 46, 22, 8
MARKED = 12
"""Rounds that the table beside a picture lists, at equal distances."""


def rounds_shown(label: str, conditions: Mapping[str, Document], cells: Mapping[str, Document]) -> str:
    """The part of a page about one track: the parts of its score, then a picture and a table for each curve."""
    shown = [f"<h2>{_text(label)}: round by round</h2>"]
    for condition, curves in conditions.items():
        shown.append(f"<h3>{_text(condition)}</h3>")
        shown.append(_parts(cells.get(condition, {}).get("parts", {})))
        shown += [_figure(name, curve) for name, curve in curves.items() if any(curve)]
    return "\n".join(shown)


def _parts(parts: Mapping[str, Document]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_text(name)}</th><td>{_told(found)}</td><td>{found["n"]}</td></tr>' for name, found in parts.items()
    )
    head = '<thead><tr><th scope="col">measure</th><th scope="col">mean</th><th scope="col">n</th></tr></thead>'
    about = "<caption>Means over plays, with 95 % intervals over worlds; n counts plays.</caption>"
    return f'<div class="scroll"><table>{about}{head}<tbody>{rows}</tbody></table></div>' if parts else ""


def _figure(name: str, curve: Sequence[Json]) -> str:
    known = [(place, point) for place, point in enumerate(curve) if point]
    step = max(1, -(-len(known) // MARKED))
    marked = [*known[:-1:step], known[-1]]
    heads = "".join(f'<th scope="col">{place + 1}</th>' for place, _ in marked)
    cells = "".join(f"<td>{_told(point)}</td>" for _, point in marked)
    table = (
        f'<table><thead><tr><th scope="col">round</th>{heads}</tr></thead><tbody><tr><th scope="row">mean</th>{cells}</tr></tbody></table>'
    )
    told = f"<figcaption>{_text(name)}, mean over worlds, with 95 % intervals; n {known[0][1]['n']} to {known[-1][1]['n']}</figcaption>"
    return f'<figure>{told}{_picture(name, curve)}<div class="scroll">{table}</div></figure>'


def _picture(name: str, curve: Sequence[Json]) -> str:
    known = [(place, point) for place, point in enumerate(curve) if point]
    low: float = min([0.0, *(point["low"] for _, point in known)])
    high: float = max(point["high"] for _, point in known)
    high = max(1.0, high) if all(0 <= point["mean"] <= 1 for _, point in known) else high

    def x(place: int) -> float:
        return LEFT + (WIDTH - LEFT - 8) * (place / max(1, len(curve) - 1))

    def y(number: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (number - low) / ((high - low) or 1.0))

    band = [f"{x(place):.1f},{y(point['high']):.1f}" for place, point in known]
    band += [f"{x(place):.1f},{y(point['low']):.1f}" for place, point in reversed(known)]
    line = " ".join(f"{x(place):.1f},{y(point['mean']):.1f}" for place, point in known)
    ticks = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH - 8}" y1="{y(at):.1f}" y2="{y(at):.1f}" stroke="currentColor" stroke-opacity="0.2"/>'
        f'<text x="{LEFT - 6}" y="{y(at) + 4:.1f}" text-anchor="end" font-size="12" fill="currentColor">{at:.3g}</text>'
        for at in (low, (low + high) / 2, high)
    )
    ends = "".join(
        f'<text x="{x(place):.1f}" y="{HEIGHT - 6}" text-anchor="{anchor}" font-size="12" fill="currentColor">round {place + 1}</text>'
        for place, anchor in ((0, "start"), (len(curve) - 1, "end"))
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-label="{_text(name)} by round">{ticks}{ends}'
        f'<polygon points="{" ".join(band)}" fill="currentColor" fill-opacity="0.15"/>'
        f'<polyline points="{line}" fill="none" stroke="currentColor" stroke-width="2"/></svg>'
    )


def _told(found: Document) -> str:
    return f"{found['mean']:.3f} [{found['low']:.3f}, {found['high']:.3f}]"


def _text(value: Json) -> str:
    return html.escape(plain(str(value)))
