"""The result of a tournament: as a document, and as text for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
from rich.cells import cell_len, set_cell_size

from benchmark.display.table import NARROWEST
from benchmark.lines import plain, shorten
from benchmark.records import Document
from benchmark.results import statistics
from benchmark.results.cells import as_document
from benchmark.results.crossplay import Compared
from benchmark.results.statistics import Interval
from benchmark.results.strengths import PRIOR, Strength, strengths
from benchmark.vocabulary import Json

TIES = "half a win for each"
_DIGITS = 9
_FIGURES = 54
"""Columns of an entrant's figures."""

_CELL = 10
"""Columns of one pairing, with a space before it."""


def document(
    about: Document, entrants: Sequence[str], anchor: str, found: Compared, pairings: Mapping[tuple[str, str], Interval]
) -> Document:
    """Everything that a tournament says. ``about`` says what was played."""
    place = entrants.index(anchor)
    tables = list(found.strata.values())
    known = strengths(tables, place, "tournament") if tables else [None] * len(entrants)
    rows = [_strength(name, known[i], found, i, name == anchor) for i, name in enumerate(entrants)]
    rows.sort(key=lambda row: (row["strength"] is None, -(row["strength"] or 0.0), row["entrant"]))
    return {
        **about,
        "entrants": list(entrants),
        "anchor": anchor,
        "ties": TIES,
        "prior": PRIOR,
        "confidence": statistics.CONFIDENCE,
        "comparisons": found.comparisons,
        "worlds": found.worlds,
        "left_out": found.left_out,
        "strengths": rows,
        "pairs": [_pair(found, entrants, i, j) for i in range(len(entrants)) for j in range(i + 1, len(entrants))],
        "pairings": [
            {"model": one, "partner": other, "self_play": one == other, about["measure"]: as_document(share)}
            for (one, other), share in pairings.items()
        ],
    }


def _strength(name: str, found: Strength | None, compared: Compared, place: int, is_anchor: bool) -> Document:
    wins, ties = compared.wins, compared.ties
    counts = {"won": int(wins[place].sum()), "lost": int(wins[:, place].sum()), "tied": int(ties[place].sum())}
    row: Document = {
        "entrant": name,
        "anchor": is_anchor,
        "strength": 0.0 if is_anchor else None,
        "low": None,
        "high": None,
        "better": None,
    }
    if found:
        low, high = (None if limit is None else round(limit, _DIGITS) for limit in (found.low, found.high))
        row |= {"strength": round(found.logit, _DIGITS), "low": low, "high": high, "better": as_document(found.better)}
    return {**row, **counts}


def _pair(found: Compared, entrants: Sequence[str], i: int, j: int) -> Document:
    worlds = sum(int(np.count_nonzero(part[:, i, j] + part[:, j, i])) for part in found.strata.values())
    counts = {"won": int(found.wins[i, j]), "lost": int(found.wins[j, i]), "tied": int(found.ties[i, j]), "worlds": worlds}
    return {"first": entrants[i], "second": entrants[j], **counts}


def render(result: Document, width: int = NARROWEST) -> str:
    """``result`` (of ``document``) as text of at most ``width`` columns, 80 at least."""
    width = max(width, NARROWEST)
    blocks = [_head(result, width), _strengths(result, width), *_matrix(result, width), _foot(result, width)]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block)


def _head(result: Document, width: int) -> list[str]:
    tasks = ", ".join(map(plain, result["tasks"]))
    levels = ", ".join(map(str, result["levels"]))
    missing = f", {result['missing']} of them still to be played" if result["missing"] else ""
    return [
        *_wrapped(f"Tournament of {len(result['entrants'])}: {tasks}; {result['condition']}, level {levels}.", width),
        *_wrapped(f"{result['plan']} episodes planned{missing}.", width),
    ]


def _strengths(result: Document, width: int) -> list[str]:
    """A line for each entrant, the strongest first; the number names it in the matrix."""
    label = width - _FIGURES
    lines = [f"{'':<{label}}{'strength':>8} {'95 %':<16} {'better':<14} won lost tied"]
    for number, row in enumerate(result["strengths"], 1):
        name = f"{number} {plain(row['entrant'])}"
        lines += [] if cell_len(name) < label else [shorten(name, width)]
        lines.append(
            set_cell_size(name if cell_len(name) < label else "", label)
            + _figures(row)
            + f"{row['won']:>4}{row['lost']:>5}{row['tied']:>5}"
        )
    note = (
        f"Bradley–Terry strengths by {result['measure']}, in logits beside {plain(result['anchor'])}, which is 0; better: the chance "
        f"to do better than it in %, a tie being {TIES}. {result['comparisons']} comparisons in {result['worlds']} worlds: of two entrants "
        "in the same world, repeat and seat, with the same partner, who is neither. Limits by resampling worlds; ∞: one never "
        "did worse (or better), and only a weak prior keeps the figure finite."
    )
    return [*lines, *_wrapped(note, width)]


def _figures(row: Document) -> str:
    if row["anchor"]:
        return f"{0:>8.2f} {'the anchor':<31}"
    if row["strength"] is None:
        return f"{'–':>8} {'not linked to the anchor':<31}"
    low = "-∞" if row["low"] is None else f"{row['low']:.2f}"
    high = "∞" if row["high"] is None else f"{row['high']:.2f}"
    better = row["better"]
    limits = f"[{_percent(better['low'])},{_percent(better['high'])}]"
    return f"{row['strength']:>8.2f} {f'[{low}, {high}]':<16} {_percent(better['mean']):>3} {limits:<10}"


def _matrix(result: Document, width: int) -> list[list[str]]:
    """Each entrant with each partner, as many columns to a block as fit."""
    order = [row["entrant"] for row in result["strengths"]]
    measure = result["measure"]
    found = {(one["model"], one["partner"]): one[measure] for one in result["pairings"]}
    label = 24
    many = (width - label) // _CELL
    blocks = []
    for start in range(0, len(order), many):
        partners = order[start : start + many]
        title = f"{measure} in %: the row's, in every seat in turn, with the column in the others (*: self-play)"
        lines = _wrapped(title, width) if not start else []
        lines.append(" " * label + "".join(f"{start + place:>{_CELL}}" for place in range(1, len(partners) + 1)))
        for number, entrant in enumerate(order, 1):
            cells = [found.get((entrant, partner)) for partner in partners]
            marks = ["*" if entrant == partner else "" for partner in partners]
            means = "".join(f"{_mean(cell) + mark:>{_CELL}}" for cell, mark in zip(cells, marks, strict=True))
            lines.append(set_cell_size(shorten(f"{number} {plain(entrant)}", label - 1), label) + means)
            lines.append(" " * label + "".join(f"{_limits(cell):>{_CELL}}" for cell in cells))
        blocks.append(lines)
    return blocks


def _foot(result: Document, width: int) -> list[str]:
    counts = sorted({one[result["measure"]]["n"] for one in result["pairings"]})
    n = f"{counts[0]} worlds" if len(counts) == 1 else f"{counts[0]} to {counts[-1]} worlds" if counts else "no world"
    text = f"Each pairing: the mean over tasks, {n}, 95 % intervals. Self-play enters no strength."
    return _wrapped(f"{text} Plays left out, as a partner's fault or a leak ended them: {result['left_out']}.", width)


def _mean(found: Json) -> str:
    return _percent(found["mean"]) if found else "–"


def _limits(found: Json) -> str:
    return f"[{_percent(found['low'])},{_percent(found['high'])}]" if found else ""


def _percent(number: float) -> str:
    return f"{round(100 * number)}"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)
