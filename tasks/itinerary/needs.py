"""What one seat of `itinerary` plans by what it is told, beside what it knows: asked dozens of times to find what is needed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from operator import mul

from benchmark.vocabulary import Fact, Json, Seat
from tasks.itinerary.worlds import BAD, BUDGET, GOOD, HAS, OPEN, PARTS, PRICE, Day, Slot, cells


class Planner:
    """A seat that holds its part of ``facts``. ``truth`` says what its plans are worth, and ``bar`` what would be enough.

    It reckons as ``worlds.day`` does, but in a row of numbers of which each fact sets a few: the wishes, the budget, and of each place
    the chance of each topic, the price, and the chance of each part of the day.
    """

    def __init__(self, seat: Seat, facts: Sequence[Fact], listed: tuple[Sequence[str], Mapping[str, bool]], truth: Day, bar: float) -> None:
        self._places, wishes = listed
        self._truth, self._bar, self._topics = truth, bar, len(wishes)
        slots: list[Slot] = [*(("wish", topic) for topic in wishes), ("budget",)]
        usual: list[int] = [*(GOOD if pleases else BAD for pleases in wishes.values()), BUDGET]
        for place in self._places:
            slots += [*(("has", place, topic) for topic in wishes), ("price", place), *(("open", place, part) for part in PARTS)]
            usual += [HAS] * len(wishes) + [PRICE] + [OPEN] * len(PARTS)
        number = {slot: at for at, slot in enumerate(slots)}
        self._sets: Mapping[Slot, Sequence[tuple[int, int]]] = {
            fact.slot: [(number[slot], _number(value)) for slot, value in cells(fact).items()] for fact in facts
        }
        self._news: Set[Slot] = {fact.slot for fact in facts if seat not in fact.holders}
        self._usual = usual
        for fact in facts:
            for at, value in self._sets[fact.slot] if seat in fact.holders else ():
                usual[at] = value

    def news(self, facts: Iterable[Fact]) -> list[Fact]:
        return [fact for fact in facts if fact.slot in self._news]

    def astray(self, told: Iterable[Fact]) -> set[str]:
        """Places of the plan that it takes for the best, if that misses the bar. ``told`` are ``news``."""
        plan = self._day(told).best()
        return {self._places[place] for place in plan} if self._truth.value(plan) < self._bar else set()

    def suffices(self, told: Collection[Fact]) -> bool:
        return not self.astray(told)

    def _day(self, told: Iterable[Fact]) -> Day:
        numbers, topics = self._usual.copy(), self._topics
        for fact in told:
            for at, value in self._sets[fact.slot]:
                numbers[at] = value
        points, worth, cost = numbers[:topics], [], []
        for start in range(topics + 1, len(numbers), topics + 1 + len(PARTS)):
            end = start + topics
            gain, price, chances = sum(map(mul, points, numbers[start:end])), numbers[end], numbers[end + 1 : end + 1 + len(PARTS)]
            worth.append(tuple([gain * chance // 100 for chance in chances]))
            cost.append(tuple([price * chance for chance in chances]))
        return Day(tuple(worth), tuple(cost), 100 * numbers[topics])


def _number(value: Json) -> int:
    """What a cell says, in points, in euros, or as a chance in hundredths."""
    return 100 * (value == "yes") if isinstance(value, str) else int(value)
