"""What went on round by round, for a terminal: each curve as a row of bars, with its first and last round in figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmark.lines import fitted, plain, shorten, wrapped
from benchmark.vocabulary import Json

Document = Mapping[str, Json]

STEPS = "▁▂▃▄▅▆▇█"
_LABEL, _WIDEST = 36, 40


def rounds_told(document: Document, width: int) -> list[list[str]]:
    """A block for each track: the parts of its score with their intervals, then its curves."""
    return [
        [line for condition, curves in conditions.items() for line in _of(label, condition, curves, document["tasks"][label], width)]
        for label, conditions in document.get("curves", {}).items()
    ]


def _of(label: str, condition: str, curves: Document, cells: Document, width: int) -> list[str]:
    parts = cells.get(condition, {}).get("parts", {})
    lines = [shorten(f"{plain(label)}, {condition}: means with 95 % intervals; n counts plays", width)]
    for name, found in parts.items():
        limits = f"[{found['low']:.3f}, {found['high']:.3f}]"
        lines.append(f"  {fitted(shorten(plain(name), _LABEL), _LABEL)} {found['mean']:8.3f} {limits:>18}  n {found['n']}")
    if not curves:
        return lines
    lines += wrapped("Round by round, from the lowest value of a curve to its highest; first and last round; n counts worlds:", width)
    for name, curve in curves.items():
        known = [point for point in curve if point]
        if known:
            lines.append(f"  {fitted(shorten(plain(name), _LABEL), _LABEL)} {bars(curve)}")
            lines.append(f"    {_point(known[0])} to {_point(known[-1])}")
    return lines


def bars(curve: Sequence[Json], widest: int = _WIDEST) -> str:
    """``curve`` as bars of eight heights, several rounds to a bar where there are more than ``widest``; a blank where none is known."""
    size = -(-len(curve) // widest)
    means = [_mean([point["mean"] for point in curve[at : at + size] if point]) for at in range(0, len(curve), size)]
    known = [mean for mean in means if mean is not None]
    low, high = min([*known, 0.0]), max([*known, 1.0] if all(0 <= mean <= 1 for mean in known) else known)
    height = (high - low) or 1.0
    return "".join(" " if mean is None else STEPS[round((len(STEPS) - 1) * (mean - low) / height)] for mean in means)


def _mean(numbers: Sequence[float]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None


def _point(found: Document) -> str:
    return f"{found['mean']:.3f} [{found['low']:.3f}, {found['high']:.3f}] (n {found['n']})"
