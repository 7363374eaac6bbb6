"""Where the gap was lost: the plays in which private facts cost something, by what went wrong. What is lost and gained adds up to the gap.

Every play of the headline condition has one cause, read from its record. The difference to its twin in the other arm is booked there
if it is a loss, and under ``GAINED`` if the play did better than its twin. World by world these sum to the paired difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmark.results import statistics
from benchmark.results.causes import CAUSE, CAUSES
from benchmark.results.cells import MEASURES, as_document, in_both, worlds
from benchmark.results.statistics import Estimate, Floats
from benchmark.views import CONTRASTS, HEADLINE
from benchmark.vocabulary import Json

GAINED = "gained"

Document = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Blame:
    """What one task's difference is made of: an estimate for each cause, and how many plays lost or gained there."""

    shares: Mapping[str, Estimate]
    plays: Mapping[str, int]


def split_contrast(conditions: Sequence[str]) -> str:
    """The difference that is split: the first with the headline condition as its second arm that was played. Empty if there is none."""
    found = (name for name, (first, second) in CONTRASTS.items() if second == HEADLINE and {first, second} <= set(conditions))
    return next(found, "")


def blame(tables: Mapping[str, Floats], contrast: str, label: str) -> Blame | None:
    """The parts of the difference ``contrast`` in one task; ``label`` names its draws, which are those of the difference itself."""
    first, second = CONTRASTS[contrast] if contrast else ("", "")
    pair = in_both(tables.get(first), tables.get(second))
    if pair is None:
        return None
    better, own = pair
    one = worlds(better)
    graded = bool((one.column("graded") > 0).any())
    stake = one.column("best") - one.column("floor") if graded else np.ones(len(one.keys))
    if not float(stake.sum()) > 0:
        return None
    moved = _column(better, "raw" if graded else "success") - _column(own, "raw" if graded else "success")
    causes = _column(own, CAUSE).astype(np.int64)
    booked = {GAINED: moved < 0} | {cause: (moved > 0) & (causes == place) for place, cause in enumerate(CAUSES)}
    shares = {}
    for name, here in booked.items():
        parts = one.strata(np.column_stack([_by_world(np.where(here, moved, 0.0), better), stake]))
        shares[name] = (
            statistics.ratio_estimate(parts, label) if graded else statistics.mean_estimate([part[:, 0] for part in parts], label)
        )
    return Blame(shares, {name: int(here.sum()) for name, here in booked.items()})


def blame_told(blames: Sequence[Blame | None]) -> Document | None:
    """What the mean difference over tasks is made of; None unless every task has its part. Causes that cost nothing are left out."""
    known = [one for one in blames if one]
    if not known or len(known) < len(blames):
        return None
    found: Document = {}
    for name in (*CAUSES, GAINED):
        if plays := sum(one.plays[name] for one in known):
            share = statistics.interval(statistics.average([one.shares[name] for one in known]), (-1.0, 1.0))
            found[name] = {**as_document(share), "plays": plays}
    return found


def _column(rows: Floats, measure: str) -> Floats:
    column: Floats = rows[:, 2 + MEASURES.index(measure)]
    return column


def _by_world(numbers: Floats, rows: Floats) -> Floats:
    """The mean of each world's plays, in the order of ``worlds(rows)``."""
    _, starts, counts = np.unique(rows[:, 0].astype(np.int64), return_index=True, return_counts=True)
    means: Floats = np.add.reduceat(numbers, starts) / counts
    return means
