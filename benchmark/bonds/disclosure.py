"""What being told who is a person and who is not does to choices, at first and with experience: pure functions over records.

In Jiang et al. (2025, arXiv 2507.13524) disclosure lowered the share of AI partners at first and let it rise from round to round: an
interaction of round and disclosure. Here each world is played in several arms that differ in the label alone, so that all contrasts are of
the same candidates: per world and arm a line is fitted to its curve, and lines are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from benchmark.bonds.trends import Line, fitted
from benchmark.records import Document
from benchmark.results import statistics
from benchmark.results.statistics import Interval
from benchmark.vocabulary import Json, UsageError

CURVE, LABELLED = "selected_ai/A", "selected_labelled_ai/A"
"""Curves of a record, both of the selector in seat A: whether the one chosen is an AI agent, and whether it is said to be one."""

World = tuple[int, int]
"""(level, seed): what the arms have in common."""


@dataclass(frozen=True, slots=True)
class Arm:
    """Means over worlds with their limits; ``curve`` has the plain mean of each round (None where nobody was chosen)."""

    curve: tuple[float | None, ...]
    start: Interval
    slope: Interval


@dataclass(frozen=True, slots=True)
class Contrast:
    """One arm minus another on the worlds of both. ``slope`` is the interaction of round and disclosure; p of two-sided sign-flip tests."""

    start: Interval
    slope: Interval
    p_start: float
    p_slope: float


def arm(records: Iterable[Document], curve: str = CURVE) -> Arm:
    """What one arm shows by itself. UsageError if no decided record has the curve."""
    found = _curves(records, curve)
    lines = list(_lines(found).values())
    if not lines:
        raise UsageError(f"no decided episode has two rounds with {curve}: play more worlds of this arm")
    every = [one for curves in found.values() for one in curves]
    rounds = [[one[place] for one in every if place < len(one) and one[place] is not None] for place in range(max(map(len, every)))]
    means = tuple(fmean(values) if values else None for values in rounds)
    return Arm(means, _interval([line.start for line in lines], curve), _interval([line.slope for line in lines], curve))


def contrast(first: Iterable[Document], second: Iterable[Document], curve: str = CURVE) -> Contrast:
    """``first`` minus ``second``, world by world. UsageError if they share none: play both with the same seed and level.

    Where somebody is chosen in every round, the mean difference of slopes is the coefficient of round × arm in a least-squares fit to
    all rounds of all worlds.
    """
    one, other = _lines(_curves(first, curve)), _lines(_curves(second, curve))
    both = sorted(one.keys() & other.keys())
    if not both:
        raise UsageError("the two arms have no world in common: play them with the same --seed, --level and number of rounds")
    starts = [one[world].start - other[world].start for world in both]
    slopes = [one[world].slope - other[world].slope for world in both]
    return Contrast(_interval(starts, curve), _interval(slopes, curve), _p(starts), _p(slopes))


def label_and_kind(told_true: Iterable[Document], told_false: Iterable[Document]) -> tuple[Interval, Interval]:
    """How much being called an AI agent, and being one, add to the share of choices, over ½: each with the other held constant.

    In the arm with true labels both go together and in the arm with false ones they are opposed, on the same worlds; so in the mean
    of the two arms the share of those *called* AI owes nothing to what they are or do, and the share of those that *are* AI owes
    nothing to what they are called.
    """
    true, false = _chosen(told_true), _chosen(told_false)
    both = sorted(true.keys() & false.keys())
    if not both:
        raise UsageError("true and false labels have no world in common: play label=true and label=false with the same --seed and --level")
    label = [(true[world][LABELLED] + false[world][LABELLED]) / 2 - 0.5 for world in both]
    kind = [(true[world][CURVE] + false[world][CURVE]) / 2 - 0.5 for world in both]
    return _interval(label, LABELLED), _interval(kind, CURVE)


def _curves(records: Iterable[Document], name: str) -> dict[World, list[Sequence[Json]]]:
    """The curves of each world's decided plays."""
    found: dict[World, list[Sequence[Json]]] = {}
    for record in records:
        curve = (record["score"].get("curves") or {}).get(name)
        if record["outcome"] == "decided" and curve:
            found.setdefault((record["level"], record["seed"]), []).append(curve)
    return found


def _lines(found: Mapping[World, Sequence[Sequence[Json]]]) -> dict[World, Line]:
    """One line a world: the mean of those of its plays."""
    lines = {world: [line for curve in curves if (line := fitted(curve))] for world, curves in found.items()}
    return {
        world: Line(fmean(line.start for line in several), fmean(line.slope for line in several))
        for world, several in lines.items()
        if several
    }


def _chosen(records: Iterable[Document]) -> dict[World, dict[str, float]]:
    """By world, the share of rounds (with a choice) in which the one chosen is AI, and is called so."""
    decided = list(records)
    shares: dict[World, dict[str, float]] = {}
    for name in (CURVE, LABELLED):
        for world, curves in _curves(decided, name).items():
            if known := [fmean(values) for curve in curves if (values := [value for value in curve if value is not None])]:
                shares.setdefault(world, {})[name] = fmean(known)
    return {world: found for world, found in shares.items() if len(found) == len((CURVE, LABELLED))}


def _interval(values: Sequence[float], name: str) -> Interval:
    return statistics.interval(statistics.mean_estimate([np.array(values)], "disclosure", name))


def _p(differences: Sequence[float]) -> float:
    return statistics.sign_flip(np.array(differences), "disclosure").p
