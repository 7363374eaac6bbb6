"""Draws the days of `itinerary` as numbers, and makes worlds of those that nobody can plan alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import compress
from operator import itemgetter, mul
from typing import Any, NamedTuple, TypeVar

from benchmark.streams import Stream, shuffled_by
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
    write_world,
)  # fmt: skip

T = TypeVar("T")

_HOURS = (((0,), 2), ((1,), 2), ((2,), 2), ((0, 1), 3), ((1, 2), 3), ((0, 2), 3), ((0, 1, 2), 5))
_OPENINGS = tuple(tuple(100 * (part in parts) for part in range(len(PARTS))) for parts, weight in _HOURS for _ in range(weight))
_DRAFTS = 4000
_RENAMINGS = 8

PLEASURES, NUISANCES = 4, 2
TOPICS = PLEASURES + NUISANCES
FACTS = TOPICS + 2
"""How many there are of a place: its topics, its price and its hours, in this order."""

_POINTS = PLACES + TOPICS
_BUDGET = _POINTS + 2 * PLEASURES - 2 + 2 * NUISANCES - 1
_FACTS = _BUDGET + 1
_LISTED = _FACTS + PLACES * FACTS
"""Where the numbers of a sketch begin that tell of points, budget, places and the order of the list; those before choose what there is."""

_EXPECTED = (GOOD,) * PLEASURES + (BAD,) * NUISANCES
_USUAL = (*(HAS,) * TOPICS, PRICE, (OPEN,) * len(PARTS)) * PLACES
"""Points of each topic, and the facts of the places, as one reckons them who was told none."""
_HAD = bytes(one < HAS for one in range(256))
_SAYS = (*((100,) * HAS + (0,) * (100 - HAS),) * TOPICS, range(19), _OPENINGS) * PLACES
"""What the numbers drawn for the facts of places say."""


class Sketch(NamedTuple):
    """The numbers of a day. Nearly all are thrown away, and so nothing is made of them before they are known to fit."""

    scene: str
    drawn: list[int]
    """In the order of ``_limits``."""

    def points(self) -> tuple[int, ...]:
        """By topic, pleasures first."""
        first, second, third, a, b, c, worse, bad, d = self.drawn[_POINTS:_BUDGET]
        return _in_order((a, b, c))((8 + first, 6 + second, 2 + third, 1)) + _in_order((d,))((-5 - worse, -1 - bad))

    def budget(self) -> int:
        return 14 + self.drawn[_BUDGET]

    def facts(self) -> list[Any]:
        """Place by place in alphabetical order: the chance of each topic, the price, and the chances to be open by part of the day."""
        return [says[one] for says, one in zip(_SAYS, self.drawn[_FACTS:_LISTED], strict=True)]

    def day(self) -> Day:
        """What ``_day`` makes of these, but at once."""
        points, facts = self.points(), self.drawn[_FACTS:_LISTED]
        had = bytes(facts).translate(_HAD)
        worth, cost = [], []
        for start in range(0, PLACES * FACTS, FACTS):
            price = start + TOPICS
            gain, charge, (first, second, third) = sum(compress(points, had[start:price])), facts[price], _OPENINGS[facts[price + 1]]
            worth.append((gain * first, gain * second, gain * third))
            cost.append((charge * first, charge * second, charge * third))
        return Day(tuple(worth), tuple(cost), 100 * self.budget())

    def places(self) -> list[str]:
        return sorted(_sample(SCENES[self.scene].places, self.drawn[:PLACES]))

    def draft(self, called: Sequence[str], holders: Mapping[int, tuple[Seat, ...]]) -> Draft:
        """The day with the places ``called`` so, and every fact of them held by the other where ``holders`` does not say."""
        scene, facts = SCENES[self.scene], self.facts()
        pleasures = _sample(scene.pleasures, self.drawn[PLACES : PLACES + PLEASURES])
        topics = pleasures + _sample(scene.nuisances, self.drawn[PLACES + PLEASURES : _POINTS])
        listed = shuffled_by(self.drawn[_LISTED:], topics)
        starts = sorted(range(0, PLACES * FACTS, FACTS), key=lambda start: called[start // FACTS])
        return Draft(
            self.scene,
            tuple(zip(topics, self.points(), strict=True)),
            tuple(topic for topic in listed if topic in pleasures),
            tuple(topic for topic in listed if topic not in pleasures),
            self.budget(),
            tuple(sorted(called)),
            tuple(_row(facts[start : start + FACTS]) for start in starts),
            tuple(tuple(holders.get(number, (SEATS[1],)) for number in range(start, start + FACTS)) for start in starts),
        )


def _row(facts: Sequence[Any]) -> tuple[Json, ...]:
    """What is so of a place, as its facts have it."""
    *topics, price, hours = facts
    return (*("yes" if has else "no" for has in topics), price, tuple(compress(PARTS, hours)))


def _day(points: Sequence[int], facts: Sequence[Any], budget: int) -> Day:
    """The day as one reckons it who takes these for its numbers."""
    worth, cost = [], []
    for start in range(0, PLACES * FACTS, FACTS):
        *topics, price, (first, second, third) = facts[start : start + FACTS]
        gain = sum(map(mul, points, topics))
        worth.append((gain * first // 100, gain * second // 100, gain * third // 100))
        cost.append((price * first, price * second, price * third))
    return Day(tuple(worth), tuple(cost), 100 * budget)


def _changed(facts: Sequence[Any], others: Sequence[Any], numbers: Sequence[int]) -> list[Any]:
    """``facts``, but of those numbered so what ``others`` say."""
    changed = list(facts)
    for number in numbers:
        changed[number] = others[number]
    return changed


def draw_world(draws: Stream, dealing: Dealing, names: tuple[str, str], seed: int) -> World:
    """A day that nobody can plan alone. One draft in 30 or 40 passes; ``_DRAFTS`` that do not are not to be seen.

    Wishes and budget go to the one whose day it is, places to the other; but some facts of these strayed, and some are known to both.
    """
    scene = draws.choice(tuple(SCENES))
    for _ in range(_DRAFTS):
        sketch = Sketch(scene, draws.each_below(_limits(scene)))
        whole = sketch.day()
        best, leads = whole.leading(100 * LEAST, 100 * CLEAR)
        if not leads or whole.gains_by_less(best):
            continue
        most = dealing.skew * best
        numbers = draws.shuffled(range(PLACES * FACTS))
        stray, shared = numbers[: dealing.stray], numbers[dealing.stray :][: dealing.shared]
        facts = sketch.facts()
        theirs = _day(_EXPECTED, _changed(facts, _USUAL, stray), BUDGET)
        if whole.value(theirs.best()) > most:
            continue
        own = _day(sketch.points(), _changed(_USUAL, facts, stray + shared), sketch.budget())
        if (named := _named(draws, sketch.places(), whole, (own, theirs), most)) is not None:
            called, floor = named
            draft = sketch.draft(called, {**dict.fromkeys(shared, SEATS), **dict.fromkeys(stray, (SEATS[0],))})
            return write_world(draws, draft, names, (best // 100, floor // 100), seed)
    raise RuntimeError(f"no day of {dealing} was fit in {_DRAFTS} drafts")


def _named(draws: Stream, places: Sequence[str], whole: Day, seen: Sequence[Day], most: float) -> tuple[Sequence[str], int] | None:
    """Names for the places by which no view alone is worth more than ``most``, and what the best is worth; None if none are found.

    Who knows nothing of the places goes by the order of their names, and so these are exchanged until that leads astray.
    """
    called = places
    for _ in range(_RENAMINGS):
        order = sorted(range(len(called)), key=called.__getitem__)
        truth = whole.in_order(order)
        floor = max(truth.value(view.in_order(order).best()) for view in seen)
        if floor <= most:
            return called, floor
        new = dict(zip(places, draws.shuffled(places), strict=True))
        called = [new[name] for name in called]
    return None


@cache
def _limits(scene: str) -> tuple[int, ...]:
    """Below what each number of a sketch is drawn, in the order in which ``Sketch`` takes them."""
    given = SCENES[scene]
    chosen = [
        len(names) - taken
        for names, count in ((given.places, PLACES), (given.pleasures, PLEASURES), (given.nuisances, NUISANCES))
        for taken in range(count)
    ]
    pleasures, nuisances = (2, 2, 3, *range(PLEASURES, 1, -1)), (3, 2, *range(NUISANCES, 1, -1))
    return (*chosen, *pleasures, *nuisances, 15, *((100,) * TOPICS + (19, len(_OPENINGS))) * PLACES, *range(TOPICS, 1, -1))


def _sample(items: Sequence[T], drawn: Sequence[int]) -> list[T]:
    """What ``Stream.sample`` makes of such draws."""
    left = list(items)
    for start, place in enumerate(drawn):
        left[start], left[start + place] = left[start + place], left[start]
    return left[: len(drawn)]


@cache
def _in_order(drawn: tuple[int, ...]) -> Callable[[tuple[int, ...]], tuple[int, ...]]:
    """What takes as many points in the order of a shuffle with such draws."""
    return itemgetter(*shuffled_by(drawn, range(len(drawn) + 1)))
