"""Pictures as HTML: rows whose marks are SVG placed in per cent, so that they bend to any width and no text ever shrinks.

Each picture is decoration to those who do not see it: one alternative text, and all its figures in the table under it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from benchmark.display.pictures import INKS, Mark, Picture, Row, Span, Table, Told, named_spans
from benchmark.lines import plain
from benchmark.vocabulary import Json

LANE, LABELLED, POINT = 22, 18, 6
"""Pixels: the height of a lane, what names above and below it take, half the size of a mark."""

APART = 25
"""Per cent of the width below which two names at marks are written as one."""

_SHAPES = {
    "circle": f'<circle r="{POINT}"/>',
    "diamond": f'<path d="M0-{POINT + 1} {POINT + 1} 0 0 {POINT + 1} -{POINT + 1} 0z"/>',
    "square": '<path d="M-5-5h10v10h-10z"/>',
    "frame": '<path d="M-8-8h16v16h-16zM-5.5-5.5v11h11v-11z"/>',
    "limits": f'<path d="M-1-{POINT + 3}h2v{2 * POINT + 6}h-2z"/>',
}

_PATTERNS = {
    "hatched": '<pattern id="on-{0}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="of-{0}" width="3.5" height="6"/></pattern>',
    "dotted": '<pattern id="on-{0}" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<circle class="of-{0}" cx="2.5" cy="2.5" r="1.6"/></pattern>',
}
_PATTERNED = {name: ink.shape for name, ink in INKS.items() if ink.shape in _PATTERNS}


def text(value: Json) -> str:
    """Whatever it is, as text of a page and nothing else."""
    return html.escape(plain(str(value)))


def colours() -> str:
    """The style of every ink, on light and on dark paper."""
    light, dark = (";".join(f"--{name}:{getattr(ink, paper)}" for name, ink in INKS.items()) for paper in ("light", "dark"))
    rules = "".join(f".ink-{name}{{fill:var(--{name});stroke:var(--{name})}}\n" for name in INKS)
    rules += "".join(f".of-{name}{{fill:var(--{name})}}rect.ink-{name},.ink-{name} path{{fill:url(#on-{name})}}\n" for name in _PATTERNED)
    return f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n@media print{{:root{{{light}}}}}\n{rules}"


def patterns() -> str:
    """What hatched and dotted inks are made of; stands in a page once."""
    found = "".join(_PATTERNS[shape].format(name) for name, shape in _PATTERNED.items())
    return f'<svg width="0" height="0" aria-hidden="true" class="patterns"><defs>{found}</defs></svg>'


def figure(picture: Picture) -> str:
    """``picture`` with its message above it, its key, and its table under it."""
    rows = "".join(_row(row, picture, place == 0) for place, row in enumerate(picture.rows))
    key = "".join(f"<li>{_swatch(ink)} {text(words)}</li>" for ink, words in picture.key)
    figures = "; ".join(f"{row.label}: {', '.join(told.text for told in row.told)}" for row in picture.rows)
    said = text(f"{picture.message} {figures}.")
    return (
        f'<section id="{picture.name}"><h2>{text(picture.title)}</h2><figure><figcaption>{text(picture.message)}</figcaption>'
        f'<ul class="key">{key}</ul><div class="rows" role="img" aria-label="{said}">{rows}{_axis(picture)}</div>'
        f'<p class="soft">{text(picture.about)}</p><details><summary>The figures as a table</summary>{table(picture.table)}</details>'
        "</figure></section>"
    )


def table(of: Table) -> str:
    """A table that scrolls by itself where it is too wide, by the keyboard too."""
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in of.heads)
    body = "".join(
        f'<tr><th scope="row">{text(first)}</th>{"".join(f"<td>{text(one)}</td>" for one in rest)}</tr>' for first, *rest in of.rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{text(of.about)}"><table><caption>{text(of.about)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Row, picture: Picture, first: bool) -> str:
    lanes = 1 + max((mark.lane for mark in row.marks), default=0)
    names = [mark for mark in row.marks if mark.name] if first else []
    parts = named_spans(row, picture.high - picture.low) if first else []
    above, below = LABELLED if names or parts else 0, LABELLED if names else 0
    height = above + LANE * lanes + below
    grid = "".join(
        f'<line class="{"zero" if tick == 0 else "grid"}" x1="{_at(tick, picture)}" x2="{_at(tick, picture)}" y1="0" y2="{height}"/>'
        for tick in picture.ticks
    )
    spans = "".join(_span(span, picture, above) for span in row.spans)
    marks = "".join(_mark(mark, picture, above + LANE * mark.lane + LANE // 2) for mark in row.marks)
    told = "".join(_told(told) for told in row.told)
    numbers = "".join(
        f'<text x="{_at((span.start + span.end) / 2, picture)}" y="14" text-anchor="middle">{text(span.name)}</text>' for span in parts
    )
    drawn = f'<svg class="track" height="{height}" aria-hidden="true">{grid}{spans}{marks}{numbers}{_names(names, picture, height)}</svg>'
    kind = "row strong" if row.strong else "row"
    return f'<div class="{kind}"><span class="label">{text(row.label)}</span><span class="told">{told}</span>{drawn}</div>'


def _told(told: Told) -> str:
    return f"<span>{_swatch(told.ink) if told.ink else ''}{text(told.text)}</span>"


def _axis(picture: Picture) -> str:
    """The numbers under the last row, and what they count."""
    anchors = ("start", *("middle" for _ in picture.ticks[2:]), "end")
    ticks = "".join(
        f'<text x="{_at(tick, picture)}" y="14" text-anchor="{anchor}">{_number(tick)}</text>'
        for tick, anchor in zip(picture.ticks, anchors, strict=True)
    )
    drawn = f'<svg class="track" height="18" aria-hidden="true">{ticks}</svg>'
    return f'<div class="row axis"><span class="label"></span><span class="told">{text(picture.unit)}</span>{drawn}</div>'


def _number(tick: float) -> str:
    return f"{tick:g}".replace("-", "−")


def _at(number: float, picture: Picture) -> str:
    return f"{100 * (number - picture.low) / (picture.high - picture.low):.2f}%"


def _span(span: Span, picture: Picture, top: int) -> str:
    if span.end <= span.start:
        return ""
    thick = {"band": LANE - 2, "link": 2}.get(span.ink, LANE - 8)
    y = top + (LANE - thick) / 2
    width = f"{100 * (span.end - span.start) / (picture.high - picture.low):.2f}%"
    return f'<rect class="{_class(span.ink)}" x="{_at(span.start, picture)}" y="{y:g}" width="{width}" height="{thick}"/>'


def _mark(mark: Mark, picture: Picture, y: int) -> str:
    limits = ""
    if mark.low is not None and mark.high is not None:
        low, high = (_at(number, picture) for number in (mark.low, mark.high))
        limits = f'<line x1="{low}" x2="{high}" y1="{y}" y2="{y}"/>'
        limits += "".join(f'<line x1="{end}" x2="{end}" y1="{y - 5}" y2="{y + 5}"/>' for end in (low, high))
    shape = _SHAPES[INKS[mark.ink].shape] if mark.low is None or mark.ink != "limits" else ""
    return f'<g class="{_class(mark.ink)}">{limits}<svg x="{_at(mark.at, picture)}" y="{y}" class="mark">{shape}</svg></g>'


def _names(marks: Iterable[Mark], picture: Picture, height: int) -> str:
    """The names of marks: the headline's below, the others above, those of close neighbours as one."""
    groups: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: (mark.low is not None, mark.at)):
        close = groups and (groups[-1][0].low is None) == (mark.low is None) and mark.at - groups[-1][-1].at < APART
        groups = [*groups[:-1], [*groups[-1], mark]] if close else [*groups, [mark]]
    found = ""
    for group in groups:
        middle = sum(mark.at for mark in group) / len(group)
        place = 100 * (middle - picture.low) / (picture.high - picture.low)
        anchor = "start" if place < 25 else "end" if place > 75 else "middle"
        y = height - 4 if group[0].low is not None else 13
        found += (
            f'<text x="{_at(middle, picture)}" y="{y}" text-anchor="{anchor}">{text(", ".join(mark.name for mark in group[::-1]))}</text>'
        )
    return found


def _swatch(ink: str) -> str:
    known = INKS.get(ink)
    inside = _SHAPES.get(known.shape if known else "") or '<path d="M-8-6h16v12h-16z"/>'
    return f'<svg class="swatch {_class(ink)}" width="18" height="16" viewBox="-9 -8 18 16" aria-hidden="true">{inside}</svg>'


def _class(ink: str) -> str:
    """What a file calls an outcome becomes no class: only the inks that there are do."""
    if ink not in INKS:
        return "ink-error"
    return f"ink-{ink}"
