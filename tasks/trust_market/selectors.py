"""Known ways to choose, each a function of what the selector sees: the yardsticks beside a model.

``learner`` believes a pledge until it is broken; ``follower`` believes every pledge; ``uniform`` believes nothing and learns nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from benchmark.streams import Stream
from benchmark.vocabulary import Json, Seat, View
from tasks.trust_market.behaviours import ENDOWMENT, MULTIPLIER, sent_back
from tasks.trust_market.worlds import CANDIDATES, FACTOR, PLAYED, PLEDGE

Choice = tuple[tuple[str, Json], ...] | None
"""(("choose", name), ("give", coins)); None: nobody."""

FAIR = 50
"""Percent: what one is taken to send back who has pledged nothing and was never tried."""


class Dealt(NamedTuple):
    """One round as everyone saw it: who was chosen (None: nobody), what was handed over and what came back."""

    seat: Seat | None
    given: int
    returned: int


def dealings(view: View) -> tuple[Dealt, ...]:
    """The rounds so far, in order."""
    return tuple(Dealt(*fact.value) for fact in view.facts if fact.slot[0] == PLAYED)


def pledges(view: View, number: int) -> dict[Seat, int | None]:
    """What is on the board for round ``number`` (from 1)."""
    return {fact.slot[2]: fact.value for fact in view.facts if fact.slot[:2] == (PLEDGE, str(number))}


def choice(view: View, seat: Seat, given: int = ENDOWMENT) -> Choice:
    return (("choose", view.name(seat)), ("give", given))


def learner(view: View, stream: Stream | None = None, heard: Mapping[Seat, int] | None = None) -> Choice:
    """Whoever is worth most: by the pledge, where each one so far was kept; else by what came back on average.

    Where the selector does not know the multiplier, whether a pledge was kept cannot be told: then everyone is tried once and it is what
    came back that counts. ``heard`` are pledges made in words, for those with none on the board.
    """
    del stream
    past, now = dealings(view), pledges(view, len(dealings(view)) + 1)
    known = any(fact.slot == (FACTOR,) for fact in view.facts)

    def worth(seat: Seat) -> float:
        mine = [(number, one) for number, one in enumerate(past, 1) if one.seat == seat and one.given]
        posted = now.get(seat)
        pledge = posted if posted is not None else (heard or {}).get(seat)
        if not mine:
            return math.inf if not known else (FAIR if pledge is None else pledge) * MULTIPLIER / 100
        average = sum(one.returned for _, one in mine) / sum(one.given for _, one in mine)
        kept = all(one.returned >= sent_back(one.given, pledges(view, number).get(seat) or 0) for number, one in mine)
        return pledge * MULTIPLIER / 100 if known and kept and pledge is not None else average

    best = max(CANDIDATES, key=worth)
    return choice(view, best) if worth(best) > 1 else None


def follower(view: View, stream: Stream | None = None) -> Choice:
    """Everything to whoever pledges most; to the first of them where nobody pledges anything."""
    del stream
    now = pledges(view, len(dealings(view)) + 1)
    return choice(view, max(CANDIDATES, key=lambda seat: now.get(seat) or 0))


def uniform(view: View, stream: Stream) -> Choice:
    """Everything to anyone."""
    return choice(view, stream.choice(CANDIDATES))


SELECTORS: Mapping[str, Callable[[View, Stream], Choice]] = {"learner": learner, "follower": follower, "uniform": uniform}
