"""What one seat of `itinerary` plans by what it is told, beside what it knows: asked dozens of times to find what is needed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import mul

from benchmark.vocabulary import Fact, Json
from tasks.itinerary.worlds import BAD, BUDGET, GOOD, HAS, OPEN, PARTS, PRICE, Day, Plan, Slot, cells


class Table:
    """The numbers of a day, row by row, and which of them each of ``facts`` sets: the same for every seat.

    The first row holds the wishes, the last the budget; the one of a place holds the chance of each topic, the price, and the chance of
    each part of the day.
    """

    def __init__(self, facts: Iterable[Fact], places: Sequence[str], wishes: Mapping[str, bool]) -> None:
        self.places = places
        slots: list[list[Slot]] = [[("wish", topic) for topic in wishes]]
        slots += [
            [*(("has", name, topic) for topic in wishes), ("price", name), *(("open", name, part) for part in PARTS)] for name in places
        ]
        slots.append([("budget",)])
        where = {slot: (row, at) for row, of_row in enumerate(slots) for at, slot in enumerate(of_row)}
        self.sets: Mapping[Slot, Sequence[tuple[int, int, int]]] = {
            fact.slot: [(*where[slot], _number(value)) for slot, value in cells(fact).items()] for fact in facts
        }
        """By slot of a fact: row, place in it, number."""
        of_place = [HAS] * len(wishes) + [PRICE] + [OPEN] * len(PARTS)
        self.usual = [[GOOD if pleases else BAD for pleases in wishes.values()], *([of_place] * len(places)), [BUDGET]]


class Planner:
    """A seat that knows its ``own`` facts. ``truth`` says what its plans are worth, and ``bar`` what would be enough.

    It reckons as ``worlds.day`` does, but anew only the places of which it has heard or forgotten something.
    """

    def __init__(self, own: Collection[Fact], table: Table, truth: Day, bar: float) -> None:
        self._sets, self._places, self._truth, self._bar = table.sets, table.places, truth, bar
        self._rows = [row.copy() for row in table.usual]
        self._changed = {0}
        self._known = {fact.slot for fact in own}
        for fact in own:
            self.hear(fact)
        self._own = [row.copy() for row in self._rows]
        self._best: Plan = truth.best()
        self._worth: list[tuple[int, ...]] = [()] * len(table.places)
        self._cost = self._worth.copy()

    def news(self, facts: Iterable[Fact]) -> list[Fact]:
        return [fact for fact in facts if fact.slot not in self._known]

    def hear(self, fact: Fact) -> None:
        for row, at, number in self._sets[fact.slot]:
            self._rows[row][at] = number
            self._changed.add(row)

    def forget(self, fact: Fact) -> None:
        for row, at, _ in self._sets[fact.slot]:
            self._rows[row][at] = self._own[row][at]
            self._changed.add(row)

    def knows(self) -> bool:
        self._best = self._day().best(self._best)
        return self._truth.value(self._best) >= self._bar

    def told(self, facts: Iterable[Fact]) -> set[str]:
        """Hears those of ``facts`` that are news. Places of the plan that it takes for the best then, if that misses the bar."""
        for fact in self.news(facts):
            self.hear(fact)
        return set() if self.knows() else {self._places[place] for place in self._best}

    def _day(self) -> Day:
        wishes, *places, (budget,) = self._rows
        for place, row in enumerate(places):
            if 0 in self._changed or place + 1 in self._changed:
                gain, (price, *chances) = sum(map(mul, wishes, row)), row[len(wishes) :]
                self._worth[place] = tuple([gain * chance // 100 for chance in chances])
                self._cost[place] = tuple([price * chance for chance in chances])
        self._changed.clear()
        return Day(tuple(self._worth), tuple(self._cost), 100 * budget)


def _number(value: Json) -> int:
    """What a cell says, in points, in euros, or as a chance in hundredths."""
    return 100 * (value == "yes") if isinstance(value, str) else int(value)
