"""What went on round by round in a track, as curves: what a page and a figure for a paper both draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from benchmark.vocabulary import Json

Document = Mapping[str, Json]


class Point(NamedTuple):
    """A mean over worlds with its limits, in the round that is number ``round``, from 1."""

    round: int
    mean: float
    low: float
    high: float
    n: int


class Curve(NamedTuple):
    """``points`` has at least one; ``rounds`` counts those without figures too. The axis goes from ``low`` to ``high``."""

    task: str
    condition: str
    name: str
    points: tuple[Point, ...]
    rounds: int
    low: float
    high: float

    @property
    def message(self) -> str:
        first, last = self.points[0], self.points[-1]
        return (
            f"{self.name}: {first.mean:.2f} [{first.low:.2f}, {first.high:.2f}] in round {first.round} (n {first.n}), "
            f"{last.mean:.2f} [{last.low:.2f}, {last.high:.2f}] in round {last.round} (n {last.n})"
        )


def curves_of(document: Document) -> list[Curve]:
    """All curves of ``document`` (of ``benchmark.results.report``)."""
    return [
        curve(task, condition, name, points)
        for task, conditions in document.get("curves", {}).items()
        for condition, found in conditions.items()
        for name, points in found.items()
        if any(points)
    ]


def curve(task: str, condition: str, name: str, found: Sequence[Json]) -> Curve:
    """One curve; shares are shown from 0 to 1, all else as far as it goes."""
    points = tuple(Point(place + 1, *(one[key] for key in Point._fields[1:])) for place, one in enumerate(found) if one)
    low, high = min(0.0, *(point.low for point in points)), max(point.high for point in points)
    high = max(1.0, high) if all(0 <= point.mean <= 1 for point in points) else high
    return Curve(task, condition, name, points, len(found), low, high if high > low else low + 1.0)
