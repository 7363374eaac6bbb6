"""Draws the days of `itinerary` as numbers, and makes worlds of those that nobody can plan alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import compress
from typing import NamedTuple, TypeVar

from benchmark.streams import Stream
from benchmark.vocabulary import Json, Seat, World
from tasks.itinerary.scenes import SCENES
from tasks.itinerary.worlds import (
    BAD,
    BUDGET,
    CLEAR,
    GOOD,
    HAS,
    LEAST,
    OPEN,
    PARTS,
    PLACES,
    PRICE,
    SEATS,
    Day,
    Dealing,
    Draft,
    Slot,
    write_world,
)  # fmt: skip

T = TypeVar("T")

_HOURS = (((0,), 2), ((1,), 2), ((2,), 2), ((0, 1), 3), ((1, 2), 3), ((0, 2), 3), ((0, 1, 2), 5))
_OPENINGS = tuple(tuple(part in parts for part in range(len(PARTS))) for parts, weight in _HOURS for _ in range(weight))
_DRAFTS = 4000
_RENAMINGS = 8

PLEASURES, NUISANCES = 4, 2
TOPICS = PLEASURES + NUISANCES
FACTS = TOPICS + 2
"""How many there are of a place: its topics, its price and its hours, in this order."""


class Sketch(NamedTuple):
    """The numbers of a day. Nearly all are thrown away, and so nothing is made of them before they are known to fit."""

    scene: str
    chosen: list[int]
    """What was drawn to choose the places and topics."""
    listed: list[int]
    """What was drawn to shuffle the topics for the list of wishes."""
    points: list[int]
    """By topic, pleasures first."""
    budget: int
    has: list[list[bool]]
    """By place, in alphabetical order, and topic."""
    prices: list[int]
    hours: list[tuple[bool, ...]]
    """By place and part of the day: whether it is open."""

    def day(self) -> Day:
        """The day as it is."""
        worth, cost = [], []
        for row, price, (first, second, third) in zip(self.has, self.prices, self.hours, strict=True):
            gain, price = 100 * sum(compress(self.points, row)), 100 * price  # noqa: PLW2901
            worth.append((gain * first, gain * second, gain * third))
            cost.append((price * first, price * second, price * third))
        return Day(tuple(worth), tuple(cost), 100 * self.budget)

    def day_of_places(self, unseen: Sequence[int]) -> Day:
        """The day as one reckons it who knows all of the places but the facts numbered ``unseen``, and neither wishes nor budget."""
        counts = (GOOD,) * PLEASURES + (BAD,) * NUISANCES
        worth, cost = [], []
        for place, (row, price, hours) in enumerate(zip(self.has, self.prices, self.hours, strict=True)):
            hidden = [number - FACTS * place for number in unseen if number // FACTS == place]
            gain = 100 * sum(compress(counts, row))
            for topic in hidden:
                if topic < TOPICS:
                    gain += counts[topic] * (HAS - 100 * row[topic])
            chances = (OPEN,) * len(PARTS) if TOPICS + 1 in hidden else [100 * opens for opens in hours]
            charge = PRICE if TOPICS in hidden else price
            worth.append(tuple([gain * chance // 100 for chance in chances]))
            cost.append(tuple([charge * chance for chance in chances]))
        return Day(tuple(worth), tuple(cost), 100 * BUDGET)

    def draft(self) -> Draft:
        scene, chosen = SCENES[self.scene], self.chosen
        places = tuple(sorted(_sample(scene.places, chosen[:PLACES])))
        pleasures = _sample(scene.pleasures, chosen[PLACES : PLACES + PLEASURES])
        topics = [(topic, True) for topic in pleasures] + [(topic, False) for topic in _sample(scene.nuisances, chosen[-NUISANCES:])]
        truth: dict[Slot, Json] = {("wish", topic): count for (topic, _), count in zip(topics, self.points, strict=True)}
        truth["budget",] = self.budget
        for place, row, price, hours in zip(places, self.has, self.prices, self.hours, strict=True):
            for (topic, _), has in zip(topics, row, strict=True):
                truth["has", place, topic] = "yes" if has else "no"
            truth["price", place] = price
            for part, opens in zip(PARTS, hours, strict=True):
                truth["open", place, part] = "yes" if opens else "no"
        return Draft(self.scene, places, tuple(_shuffled(topics, self.listed)), truth, {})


def draw_world(draws: Stream, dealing: Dealing, names: tuple[str, str], seed: int) -> World:
    """A day that nobody can plan alone. One draft in 30 or 40 passes; ``_DRAFTS`` that do not are not to be seen."""
    scene = draws.choice(tuple(SCENES))
    for _ in range(_DRAFTS):
        sketch = _sketch(draws, scene)
        whole = sketch.day()
        if sum(map(max, zip(*whole.worth, strict=True))) < 100 * LEAST:
            continue
        best, second = whole.leading()
        if best < 100 * LEAST or best - second < 100 * CLEAR or whole.gains_by_less(best):
            continue
        most = dealing.skew * best
        numbers = draws.shuffled(range(PLACES * FACTS))
        stray, shared = numbers[: dealing.stray], numbers[dealing.stray :][: dealing.shared]
        theirs = sketch.day_of_places(stray)
        if whole.value(theirs.best()) > most:
            continue
        draft = sketch.draft()
        _deal(draft, stray, shared)
        if (named := _named(draws, draft, whole, (draft.seen(SEATS[0]), theirs), most)) is not None:
            called, floor = named
            return write_world(draws, draft.renamed(called), names, (best // 100, floor // 100), seed)
    raise RuntimeError(f"no day of {dealing} was fit in {_DRAFTS} drafts")


def _named(draws: Stream, draft: Draft, whole: Day, seen: Sequence[Day], most: float) -> tuple[Sequence[str], int] | None:
    """Names for the places by which no view alone is worth more than ``most``, and what the best is worth; None if none are found.

    Who knows nothing of the places goes by the order of their names, and so these are exchanged until that leads astray.
    """
    called = draft.places
    for _ in range(_RENAMINGS):
        order = sorted(range(len(called)), key=called.__getitem__)
        truth = whole.in_order(order)
        floor = max(truth.value(view.in_order(order).best()) for view in seen)
        if floor <= most:
            return called, floor
        new = dict(zip(draft.places, draws.shuffled(draft.places), strict=True))
        called = tuple(new[name] for name in called)
    return None


@cache
def _limits(scene: str) -> tuple[int, ...]:
    """Below what each number of a sketch is drawn, in the order in which ``_sketch`` takes them."""
    given = SCENES[scene]
    chosen = [
        len(names) - taken
        for names, count in ((given.places, PLACES), (given.pleasures, PLEASURES), (given.nuisances, NUISANCES))
        for taken in range(count)
    ]
    pleasures, nuisances = (2, 2, 3, *range(PLEASURES, 1, -1)), (3, 2, *range(NUISANCES, 1, -1))
    return (*chosen, *pleasures, *nuisances, 15, *((100,) * TOPICS + (19, len(_OPENINGS))) * PLACES, *range(TOPICS, 1, -1))


def _sketch(draws: Stream, scene: str) -> Sketch:
    """All its numbers are drawn at once: a world takes thousands."""
    drawn = draws.each_below(_limits(scene))
    chosen, rest = drawn[: PLACES + TOPICS], drawn[PLACES + TOPICS :]
    points = _shuffled([8 + rest[0], 6 + rest[1], 2 + rest[2], 1], rest[3:6])
    points += _shuffled([-5 - rest[6], -1 - rest[7]], rest[8:9])
    budget = 14 + rest[9]
    facts = rest[10 : 10 + PLACES * FACTS]
    has = [[one < HAS for one in facts[start : start + TOPICS]] for start in range(0, PLACES * FACTS, FACTS)]
    hours = [_OPENINGS[one] for one in facts[TOPICS + 1 :: FACTS]]
    return Sketch(scene, chosen, rest[10 + PLACES * FACTS :], points, budget, has, facts[TOPICS::FACTS], hours)


def _sample(items: Sequence[T], drawn: Sequence[int]) -> list[T]:
    """What ``Stream.sample`` makes of such draws."""
    left = list(items)
    for start, place in enumerate(drawn):
        left[start], left[start + place] = left[start + place], left[start]
    return left[: len(drawn)]


def _shuffled(items: Sequence[T], drawn: Sequence[int]) -> list[T]:
    """What ``Stream.shuffled`` makes of such draws."""
    found = list(items)
    for last, place in zip(range(len(found) - 1, 0, -1), drawn, strict=True):
        found[last], found[place] = found[place], found[last]
    return found


def _deal(draft: Draft, stray: Sequence[int], shared: Sequence[int]) -> None:
    """Wishes and budget to the one whose day it is, places to the other; but some of these strayed, and some are known to both."""
    owned: Mapping[int, tuple[Seat, ...]] = {**dict.fromkeys(shared, SEATS), **dict.fromkeys(stray, (SEATS[0],))}
    slots = list(dict.fromkeys(slot[:2] if slot[0] == "open" else slot for slot in draft.truth))
    of_places = [slot for slot in slots if slot[0] not in ("wish", "budget")]
    draft.holders.update(dict.fromkeys(slots, (SEATS[0],)))
    draft.holders.update({slot: owned.get(number, (SEATS[1],)) for number, slot in enumerate(of_places)})
