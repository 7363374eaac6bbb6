"""What a log that everyone reads changes: two arms of `settlement` on the same worlds, compared on outcomes and on the audit alone.

After the Foundation Protocol (Liu et al. 2026, arXiv 2605.23218), a position paper that reports no numbers. What is *said* is not compared:
where there is a log, what can be backed by it is so by construction. For the same reason the audit is right in that arm, unless the log was
tampered with; what the contrast shows is how much of the state can be had from talk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from benchmark.records import Document
from benchmark.results import statistics
from benchmark.results.statistics import Interval
from benchmark.views import HEADLINE
from benchmark.vocabulary import UsageError

OUTCOMES = ("complete", "delivered", "paid_and_not_served", "served_and_not_paid", "below_promise", "unauthorised", "gain", "audit")
"""``gain`` is what all gained together, as a share of the best there is; ``unauthorised`` counts what all parties tried."""

_BOUNDED = frozenset(OUTCOMES) - {"unauthorised", "gain"}
"""Those that lie between 0 and 1, so that their difference lies between -1 and 1."""

World = tuple[int, int]
"""(level, seed): what the arms have in common."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """With the log minus without, over the worlds of both; ``p`` of a two-sided sign-flip test, not corrected for there being several."""

    difference: Interval
    p: float


def arm_of(label: str) -> tuple[str, str] | None:
    """(seats, ledger) of a task's label; None if it is no label of `settlement`."""
    name, _, options = label.partition(":")
    if name != "settlement":
        return None
    given = {"ledger": "chain", "seats": "3"} | dict(option.split("=", 1) for option in options.split(",") if "=" in option)
    return given["seats"], given["ledger"]


def contrasts(records: Iterable[Document], seats: str = "3") -> dict[str, Contrast]:
    """Every outcome: what the log changed. Plays that were not decided are left out; a world played several times counts with its mean.

    UsageError if the arms share no world.
    """
    arms: dict[str, dict[World, list[Document]]] = {"chain": {}, "talk": {}}
    for record in records:
        arm = arm_of(record["task"])
        if arm and arm[0] == seats and record["condition"] == HEADLINE and record["outcome"] == "decided":
            arms[arm[1]].setdefault((record["level"], record["seed"]), []).append(record["score"])
    both = sorted(arms["chain"].keys() & arms["talk"].keys())
    if not both:
        tasks = " ".join(f"--task settlement:ledger={ledger},seats={seats}" for ledger in arms)
        raise UsageError(f"no world was played with a log and without one; play {tasks} with one --seed and --level")
    return {
        name: _contrast(name, [_mean(arms["chain"][world], name) - _mean(arms["talk"][world], name) for world in both]) for name in OUTCOMES
    }


def _contrast(name: str, differences: list[float]) -> Contrast:
    values = np.array(differences)
    estimate = statistics.mean_estimate([values], "settlement", name)
    return Contrast(
        statistics.interval(estimate, (-1.0, 1.0) if name in _BOUNDED else None), statistics.sign_flip(values, "settlement", name).p
    )


def _mean(scores: Iterable[Document], name: str) -> float:
    return fmean(_outcome(score, name) for score in scores)


def _outcome(score: Mapping[str, Document], name: str) -> float:
    if name == "gain":
        return float(score["value"]["raw"] / score["value"]["best"])
    return float(sum(value for part, value in score["parts"].items() if part.partition("/")[0] == name))
