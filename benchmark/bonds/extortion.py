"""What an extortioner takes, over many games: the slope that was enforced and the share that was extorted, as ratios of sums.

An extortioner X with factor χ enforces s_X - P = χ (s_Y - P) in the long run, whatever Y does (Press and Dyson, "Iterated Prisoner's
Dilemma contains strategies that dominate any evolutionary opponent", PNAS 109, 2012, equation 11). A game has an end and luck in it; over
many games Σ (s_X - P) / Σ (s_Y - P) comes close to χ, while a mean of single games' ratios would not exist where a Y gets P.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from benchmark.records import Document
from benchmark.results import statistics
from benchmark.results.statistics import Interval
from benchmark.vocabulary import UsageError

OWN, OTHER = "surplus", "surplus_of_other"
"""Parts of a record's score: what each gets above P a round, the one tested and the strategy it plays against."""


def enforced(records: Iterable[Document]) -> Interval:
    """Σ (s_X - P) / Σ (s_Y - P) over the decided games, which is to be χ: X is the strategy, Y the one tested."""
    found = _surpluses(records)
    return _ratio({world: (other, own) for world, (own, other) in found.items()}, "enforced")


def extorted(records: Iterable[Document]) -> Interval:
    """The part of all that both get above P that goes to the strategy: χ / (1 + χ) where an extortioner enforces χ, ½ where it is even."""
    found = _surpluses(records)
    return _ratio({world: (other, own + other) for world, (own, other) in found.items()}, "extorted")


def _surpluses(records: Iterable[Document]) -> dict[tuple[int, int], tuple[float, float]]:
    """By world (level, seed), what the one tested and the strategy got above P, over all plays of it."""
    sums: dict[tuple[int, int], tuple[float, float]] = {}
    for record in records:
        parts = record["score"]["parts"]
        if record["outcome"] == "decided" and OWN in parts:
            own, other = sums.get((record["level"], record["seed"]), (0.0, 0.0))
            sums[record["level"], record["seed"]] = (own + parts[OWN], other + parts[OTHER])
    return sums


def _ratio(rows: Mapping[tuple[int, int], tuple[float, float]], name: str) -> Interval:
    table = np.array([rows[world] for world in sorted(rows)]).reshape(-1, 2)
    if not len(table) or not float(table[:, 1].sum()) > 0:
        raise UsageError("no decided game against a strategy has anything above mutual defection: play dilemma:against=NAME")
    return statistics.interval(statistics.ratio_estimate([table], "extortion", name))
