"""How scripted candidates behave: what each pledges and sends back, round by round, and what may be expected of it, exactly.

A share is a whole number of percent of whatever reached the candidate. What a candidate sends back in a round is its centre of that round
plus noise, which is uniform on the whole numbers from -noise to +noise and drawn anew each round.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from benchmark.streams import Stream

STEADY, ERRATIC, BREAKER, IMPROVING = BEHAVIOURS = ("steady", "erratic", "breaker", "improving")

ENDOWMENT = 10
"""Coins that the selector has in every round."""

MULTIPLIER = 3
"""How many coins one that is handed over becomes (Berg, Dickhaut & McCabe 1995, Games and Economic Behavior 10:122)."""

JITTER = 4
"""A centre is drawn within so many percent of the one in ``_CENTRES``, so that a figure gives no behaviour away."""


class Centres(NamedTuple):
    """In the first round and in the last; in between on a straight line."""

    first: int
    last: int


_CENTRES = {STEADY: Centres(52, 52), ERRATIC: Centres(40, 40), BREAKER: Centres(14, 14), IMPROVING: Centres(12, 69)}
_LURE = 78
"""What the promise-breaker pledges, whatever happens (give or take ``JITTER``): nobody else pledges as much."""


@dataclass(frozen=True, slots=True)
class Nature:
    """One candidate's behaviour with its numbers; ``lure`` is what a promise-breaker pledges."""

    behaviour: str
    first: int
    last: int
    noise: int
    lure: int = 0

    def centre(self, number: int, rounds: int) -> int:
        """The expected share in round ``number`` (from 0), in whole percent."""
        steps = rounds - 1
        return (2 * (self.first * (steps - number) + self.last * number) + steps) // (2 * steps)

    def pledge(self, number: int, rounds: int) -> int:
        """What is pledged for a round: what is sure to come back (steady, improving), the middle (erratic), the lure (breaker)."""
        if self.behaviour == BREAKER:
            return self.lure
        return self.centre(number, rounds) - (self.noise if self.behaviour != ERRATIC else 0)


class Planned(NamedTuple):
    """One candidate's round: what it pledges and what it sends back, in percent, and in which of its ways it says so."""

    pledge: int
    share: int
    saying: int


def draw_natures(noise: Mapping[str, int], draw: Stream) -> tuple[Nature, ...]:
    """One candidate of each behaviour, in the order of ``BEHAVIOURS``."""
    natures = []
    for behaviour, centres in _CENTRES.items():
        by = draw.between(-JITTER, JITTER)
        lure = _LURE + draw.between(-JITTER, JITTER) if behaviour == BREAKER else 0
        natures.append(Nature(behaviour, centres.first + by, centres.last + by, noise[behaviour], lure))
    return tuple(natures)


def draw_plan(nature: Nature, rounds: int, sayings: int, draw: Stream) -> tuple[Planned, ...]:
    """What happens in every round, settled before the first, so that it is the same whatever the selector does or is told."""
    plan = []
    for number in range(rounds):
        share = nature.centre(number, rounds) + draw.between(-nature.noise, nature.noise)
        plan.append(Planned(nature.pledge(number, rounds), share, draw.below(sayings)))
    return tuple(plan)


def sent_back(given: int, share: int) -> int:
    """Whole coins that come back of ``given``: the share of what they became, rounded to the nearest coin, halves up."""
    return (MULTIPLIER * given * share + 50) // 100


@lru_cache(maxsize=4096)
def expected_gain(given: int, centre: int, noise: int) -> float:
    """What the selector may expect to win by handing ``given`` coins to one of this centre and noise: E[sent back] - given.

    The mean over all 2·noise + 1 shares that the candidate may draw, the rounding to whole coins included.
    """
    every = [sent_back(given, share) for share in range(centre - noise, centre + noise + 1)]
    return sum(every) / len(every) - given


def best_gain(natures: Mapping[str, Nature], number: int, rounds: int) -> tuple[float, str | None]:
    """The most that any choice may be expected to win in a round, and from whom; (0, None) where keeping everything is best."""
    offers = [
        (expected_gain(given, nature.centre(number, rounds), nature.noise), seat)
        for seat, nature in natures.items()
        for given in range(1, ENDOWMENT + 1)
    ]
    gain, seat = max(offers, key=lambda offer: offer[0])
    return (gain, seat) if gain > 0 else (0.0, None)
