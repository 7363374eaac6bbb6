"""What scores are made of, averaged: single numbers (parts), and numbers of which there is one a round (curves).

A name that ends in "/A" is of seat A alone: the seats that the tested model plays count, averaged within a play, under the name without
the seat. Means are over plays; limits are over worlds, whose plays are resampled together.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import numpy as np

from benchmark.results import statistics
from benchmark.results.statistics import Interval
from benchmark.vocabulary import Json, Seat

DIGITS = 12
MOST_ROUNDS = 10_000
"""A curve of a record may be so long. No game of ours is."""


@dataclass(slots=True)
class Numbers:
    """All numbers under one name, each after the world it is of. ``is_count`` as long as each of them was 0 or 1 for every seat."""

    pairs: array[float] = field(default_factory=lambda: array("d"))
    is_count: bool = True

    def add(self, world: float, numbers: Sequence[Json]) -> None:
        """The mean of what the seats of one play have. TypeError, ValueError or OverflowError for what is no finite number."""
        for number in numbers:
            if type(number) not in (int, float):
                raise TypeError(f"a part of the score is {number!r:.40}")
            round(number * 10**DIGITS)
            self.is_count &= number in (0, 1)
        self.pairs.extend((world, sum(numbers) / len(numbers)))


@dataclass(slots=True)
class Parts:
    """The parts and curves of the scores of one cell. ``rounds`` is set by any record with a curve, decided or not."""

    parts: dict[str, Numbers] = field(default_factory=dict)
    curves: dict[str, list[Numbers]] = field(default_factory=dict)
    has_rounds: bool = False

    def take(self, score: Mapping[str, Json], world: float, mine: Collection[Seat], decided: bool) -> None:
        """Adds what the score of a record is made of, if the play was ``decided``; ``mine`` are the seats of the tested model."""
        curves = score.get("curves") or {}
        self.has_rounds |= bool(curves)
        if not decided:
            return
        for name, numbers in _of(score["parts"], mine).items():
            self.parts.setdefault(name, Numbers()).add(world, numbers)
        for name, seats in _of(curves, mine).items():
            longest = max(map(len, seats))
            if longest > MOST_ROUNDS:
                raise ValueError(f"the curve {name!r:.40} has {longest} rounds")
            points = self.curves.setdefault(name, [])
            points.extend(Numbers() for _ in range(longest - len(points)))
            for place in range(longest):
                if known := [curve[place] for curve in seats if place < len(curve) and curve[place] is not None]:
                    points[place].add(world, known)


def _of(found: Mapping[str, Json], mine: Collection[Seat]) -> dict[str, list[Json]]:
    """What counts under each name: of what is given by seat, the seats ``mine``."""
    counted: dict[str, list[Json]] = {}
    for name, value in found.items():
        stem, slash, seat = name.rpartition("/")
        if not slash or seat in mine:
            counted.setdefault(stem if slash else name, []).append(value)
    return counted


def part_means(of: Iterable[Parts], label: str) -> dict[str, Json]:
    """Plain means of the parts of scores, each over the decided plays that have it; ``count`` is how many were 1 where all are 0 or 1.

    A task leaves a part out of a score that it does not apply to, so that what is given an agreement is a mean over agreements.
    ``n`` counts plays here, and the limits are over their worlds.
    """
    every = list(of)
    found: dict[str, Json] = {}
    for name in sorted({name for one in every for name in one.parts}):
        numbers = [one.parts[name] for one in every if name in one.parts]
        values = [value for one in numbers for value in one.pairs[1::2]]
        shares = all(one.is_count for one in numbers)
        total, limits = sum(round(value * 10**DIGITS) for value in values), _interval(numbers, label, shares)
        mean = round(total / 10**DIGITS / len(values), DIGITS)
        count = total // 10**DIGITS if shares and total % 10**DIGITS == 0 else None
        found[name] = {"mean": mean, "n": len(values), "count": count, **_limits(limits)}
    return found


def curve_means(of: Iterable[Parts], label: str) -> dict[str, Json]:
    """The curves, round by round: {mean, low, high, n} over the worlds that have the round; None where none has."""
    every = list(of)
    found: dict[str, Json] = {}
    for name in sorted({name for one in every for name in one.curves}):
        curves = [one.curves[name] for one in every if name in one.curves]
        found[name], shares = [], all(one.is_count for curve in curves for one in curve)
        for place in range(max(map(len, curves))):
            numbers = [curve[place] for curve in curves if place < len(curve) and len(curve[place].pairs)]
            known = _interval(numbers, label, shares) if numbers else None
            found[name].append({"mean": round(known.mean, DIGITS) + 0.0, **_limits(known), "n": known.n} if known else None)
    return found


def _limits(found: Interval) -> dict[str, float]:
    return {name: round(number, DIGITS) + 0.0 for name, number in asdict(found).items() if name in ("low", "high")}


def _interval(numbers: Sequence[Numbers], label: str, shares: bool) -> Interval:
    """The mean over plays with limits over worlds: Wilson's for ``shares`` of what is 0 or 1, else a bootstrap.

    Everything is put in order first, so that the order of the records does not matter.
    """
    pairs = np.concatenate([np.frombuffer(one.pairs, dtype=np.float64).reshape(-1, 2) for one in numbers])
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    _, starts, counts = np.unique(pairs[:, 0], return_index=True, return_counts=True)
    sums = np.add.reduceat(pairs[:, 1], starts)
    if shares:
        return statistics.wilson(float(sums.sum() / counts.sum()) * len(counts), len(counts))
    return statistics.interval(statistics.ratio_estimate([np.column_stack([sums, counts.astype(np.float64)])], label))
