"""What is known of everyone's calendar, from notes or from what was said, and which slots can then still be best.

A *cell* is one person's stance on one slot: the set of values (a cost, or OUT) that are still possible. Cells are independent, and one slot
is promised to be best alone, so a slot is live exactly if its lowest possible total is below every other slot's highest possible one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import combinations

from benchmark.quoting import length
from benchmark.vocabulary import Answer, Claim, Fact, Json, Seat, View, World
from tasks.schedule.worlds import COST, OUT, TOP

Cell = frozenset[Json]
ANYTHING: Cell = frozenset((OUT, *range(TOP + 1)))
POSSIBLE: Cell = ANYTHING - {OUT}
NEVER: Cell = frozenset((OUT,))
POSSIBLE_SLOTS = "possible slots"
"""Slot of a count: how many of the slots a speaker can make."""


def priced(cells: Mapping[str, Cell]) -> dict[str, int]:
    """What slots cost whose ``cells`` these are, where that is known."""
    return {slot: cost for slot, cell in cells.items() if len(cell) == 1 for cost in cell if isinstance(cost, int)}


@dataclass(slots=True)
class Calendar:
    """What is known of one person's slots. ``number`` is how many they can make, once they have said so."""

    slots: tuple[str, ...]
    cells: dict[str, Cell] = field(default_factory=dict)
    number: int | None = None

    def __getitem__(self, slot: str) -> Cell:
        cell = self.cells.get(slot, ANYTHING) or ANYTHING
        return NEVER if OUT in cell and self.closed else cell

    def row(self, slots: Sequence[str]) -> list[Cell]:
        """The cells of all ``slots``."""
        closed, cells = self.closed, self.cells
        return [NEVER if closed and OUT in cell else cell for cell in (cells.get(slot, ANYTHING) or ANYTHING for slot in slots)]

    @property
    def possible(self) -> list[str]:
        """Slots that this person is known to be able to make."""
        return [slot for slot, cell in self.cells.items() if cell and OUT not in cell]

    @property
    def closed(self) -> bool:
        """Whether all the slots that they can make are named."""
        return self.number is not None and len(self.possible) >= self.number

    def take(self, claim: Claim) -> None:
        """A contradiction leaves a cell empty, which says nothing."""
        if claim.kind == "count" and claim.slot[0] == POSSIBLE_SLOTS:
            self.number = claim.value
        elif claim.slot[0] == COST and claim.kind in ("affirm", "exclude") and claim.slot[2] in self.slots:
            known = self.cells.get(claim.slot[2], ANYTHING)
            self.cells[claim.slot[2]] = known & {claim.value} if claim.kind == "affirm" else known - {claim.value}


Calendars = dict[Seat, Calendar]


def told(claims: Iterable[Claim], view: View) -> Calendars:
    """What everyone has said of their own calendar."""
    slots = view.public("slots")
    known = {seat: Calendar(slots) for seat in view.seats}
    for claim in claims:
        if len(claim.slot) > 1 and claim.slot[1] in known:
            known[claim.slot[1]].take(claim)
    return known


def noted(view: View) -> Calendars:
    """What the view itself shows: whole calendars."""
    return {seat: _noted(view.held_by(seat), view.public("slots")) for seat in view.sees}


def _noted(facts: Iterable[Fact], slots: tuple[str, ...]) -> Calendar:
    return Calendar(slots, {fact.slot[2]: frozenset((fact.value,)) for fact in facts if fact.slot[0] == COST})


@lru_cache(maxsize=4096)
def _low(cell: Cell) -> float:
    return min((float(value) for value in cell if value != OUT), default=math.inf)


@lru_cache(maxsize=4096)
def _high(cell: Cell) -> float:
    return math.inf if OUT in cell else float(max(cell))


def lowest(cells: Iterable[Cell]) -> float:
    """The lowest total that a slot can have; infinite if someone cannot make it."""
    return sum(map(_low, cells))


def highest(cells: Iterable[Cell]) -> float:
    """The highest total that a slot can have; infinite if someone may not be able to make it."""
    return sum(map(_high, cells))


def best_bound(known: Mapping[Seat, Calendar], slots: Sequence[str]) -> float:
    """The best slot costs no more than this, in total."""
    return min(map(highest, zip(*(own.row(slots) for own in known.values()), strict=True)))


def live(known: Mapping[Seat, Calendar], slots: Sequence[str], declining: bool = True) -> list[Answer]:
    """Answers that are still possible, likeliest first; None where every slot may fail someone, if ``declining`` can be right at all."""
    columns = dict(zip(slots, zip(*(own.row(slots) for own in known.values()), strict=True), strict=True))
    totals = {slot: _totals(cells) for slot, cells in columns.items()}
    first, second, *_ = sorted([*(most for _, most, _ in totals.values()), math.inf])
    found: list[tuple[float, Answer]] = []
    for slot, (least, most, guess) in totals.items():
        if least < (first if most > first or first == second else second):
            found.append((guess, slot))
    found.sort(key=lambda pair: pair[0])
    answers = [answer for _, answer in found]
    if declining and first == math.inf:
        failing = math.prod(1 - math.prod(map(_chance, columns[slot])) for slot in answers)
        answers = [None, *answers] if failing > 0.9 else [*answers, None]
    return answers or [*slots, None]


def _chance(cell: Cell) -> float:
    """How likely someone can make a slot of which this much is known: about two in five are possible."""
    return 1.0 if OUT not in cell else 0.4 if len(cell) > 1 else 0.0


@lru_cache(maxsize=4096)
def _guess(cell: Cell) -> float:
    """What a slot looks like costing somebody; one that they have not vouched for looks dear."""
    return sum(float(value) for value in cell if value != OUT) / max(1, len(cell - NEVER)) + (3 if OUT in cell else 0)


@lru_cache(maxsize=4096)
def _totals(cells: tuple[Cell, ...]) -> tuple[float, float, float]:
    """What a slot of ``cells`` costs in total: at least, at most, and by the look of it."""
    return lowest(cells), highest(cells), sum(map(_guess, cells))


def cheapest_settling(world: World) -> tuple[Fact, ...]:
    """The shortest facts that settle the answer for everyone, slot by slot (slots are independent once the target is known)."""
    notes = {fact.slot[1:]: fact for fact in world.facts if fact.slot[0] == COST}
    slots = next(fact.value for fact in world.facts if fact.slot == ("slots",))
    goal = math.inf if world.target is None else sum(notes[seat, world.target].value for seat in world.seats)
    chosen: list[Fact] = []
    for slot in slots:
        facts = [notes[seat, slot] for seat in world.seats]
        chosen += facts if slot == world.target else _ruling_out(facts, goal)
    return tuple(chosen)


def _ruling_out(facts: Sequence[Fact], goal: float) -> tuple[Fact, ...]:
    """The shortest of ``facts`` on one slot that, beside their own, show everyone that it costs ``goal`` or more.

    What is told must come to ``goal`` by itself: whoever tells it has nothing beside it. Nothing need be told where everyone's own does.
    """
    prices = [math.inf if fact.value == OUT else float(fact.value) for fact in facts]
    if min(prices) >= goal:
        return ()
    sufficient = [way for way in _ways(len(facts)) if sum([prices[i] for i in way]) >= goal]
    if len(sufficient) > 1:
        lengths = [length(fact.text) for fact in facts]
        sufficient.sort(key=lambda way: sum([lengths[i] for i in way]))
    return tuple([facts[i] for i in sufficient[0]])


@cache
def _ways(count: int) -> tuple[tuple[int, ...], ...]:
    """Every choice of some of so many, the fewest first."""
    return tuple(way for n in range(1, count + 1) for way in combinations(range(count), n))
