"""Makes the days of `itinerary`: what counts for one person, what the places offer, and who has heard of which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from benchmark.prompts import listing
from benchmark.streams import Stream
from benchmark.vocabulary import Fact, Json, Seat, World
from tasks.itinerary.scenes import is_plural, some

SEATS: tuple[Seat, Seat] = ("A", "B")
"""The one whose day it is, and the one who knows the places."""

PARTS = ("morning", "afternoon", "evening")
PLACES = 6
BAR = 0.95
"""The share of the best total that a plan must reach."""

CLEAR = 2
"""By how many points the best plan beats every other."""

LEAST = 16
"""Points of the best plan, at least."""

GOOD, BAD, HAS, OPEN, PRICE, BUDGET = 5, -4, 40, 70, 9, 20
"""What to expect of what is unknown: points of a pleasure and of a nuisance, per cent for a place to have it and to be open, euros."""

Slot = tuple[str, ...]
Cells = Mapping[Slot, Json]
"""What is known, cell by cell: ("wish", topic), ("budget",), ("has", place, topic), ("price", place), ("open", place, part)."""

Plan = tuple[int, ...]


class Dealing(NamedTuple):
    """How many place facts both hold, how many only the one whose day it is, and the share of the best total that no view may exceed."""

    shared: int
    stray: int
    skew: float


class Day(NamedTuple):
    """One day as somebody reckons it. ``worth`` and ``cost`` by place and part, and the budget: all in hundredths."""

    worth: tuple[tuple[int, ...], ...]
    cost: tuple[tuple[int, ...], ...]
    budget: int

    def value(self, plan: Sequence[int | None]) -> int:
        """Points of the stops, less what they cost above the budget; None is a part of the day without a stop."""
        worth = spent = 0
        for part, place in enumerate(plan):
            if place is not None:
                worth += self.worth[place][part]
                spent += self.cost[place][part]
        return worth - max(0, spent - self.budget)

    def best(self, guess: Plan = (0, 1, 2)) -> Plan:
        """The plan of highest value; of equals the first in the order of places. A good ``guess`` saves time."""
        cost, by_part = self.cost, self._by_part()
        after_two = by_part[2][0][0]
        after_one = by_part[1][0][0] + after_two
        best, plan = self.value(guess), guess
        for at_first, a in by_part[0]:
            if at_first + after_one < best:
                break  # costs only take away: no plan from here on is better
            after_first = self.budget - cost[a][0]
            for at_second, b in by_part[1]:
                two = at_first + at_second
                if two + after_two < best:
                    break
                left = after_first - cost[b][1]
                for at_third, c in by_part[2] if a != b else ():
                    value = two + at_third
                    if value < best:
                        break
                    if c in (a, b):
                        continue
                    if (over := cost[c][2] - left) > 0:
                        value -= over
                    if value > best or (value == best and (a, b, c) < plan):
                        best, plan = value, (a, b, c)
        return plan

    def _by_part(self) -> list[list[tuple[int, int]]]:
        """For each part of the day what each place is worth, and its number; the best first."""
        return [sorted(zip(column, range(len(column))), reverse=True) for column in zip(*self.worth, strict=True)]  # noqa: B905

    def leading(self, least: int, lead: int) -> tuple[int, bool]:
        """The value of the best plan, and whether that is ``least`` or more and every other plan is worth ``lead`` less.

        Where it is not, the value may be another's: nearly all days end here, and need not be searched to the end.
        """
        cost, by_part = self.cost, self._by_part()
        after_two = by_part[2][0][0]
        after_one = by_part[1][0][0] + after_two
        best = bar = least - lead
        leads = False
        for at_first, a in by_part[0]:
            most = at_first + after_one  # costs only take away: no plan from here on is better
            if most <= bar or (most < best + lead and not leads):
                break
            after_first = self.budget - cost[a][0]
            for at_second, b in by_part[1]:
                two = at_first + at_second
                if two + after_two <= bar:
                    break
                left = after_first - cost[b][1]
                for at_third, c in by_part[2] if a != b else ():
                    value = two + at_third
                    if value <= bar:
                        break
                    if (over := cost[c][2] - left) > 0:
                        value -= over
                    if value > bar and c not in (a, b):
                        leads = value >= best + lead
                        best = max(best, value)
                        bar = best - lead if leads else best  # what is worth no more changes nothing
        return best, leads

    def gains_by_less(self, best: int) -> bool:
        """Whether fewer than three stops are worth more than ``best``: those make so few who disagree on a part of the day."""
        tops = [max(0, *column) for column in zip(*self.worth, strict=True)]
        if sum(tops) - min(tops) <= best:
            return False
        for one, other in combinations(range(len(PARTS)), 2):
            if tops[one] + tops[other] <= best:
                continue  # costs only take away
            at_one, at_other = (
                [
                    (0, 0, -part),
                    *((row[part], cost[part], place) for place, (row, cost) in enumerate(zip(self.worth, self.cost, strict=True), 1)),
                ]
                for part in (one, other)
            )
            for worth, cost, a in at_one:
                for more, further, b in at_other:
                    if worth + more > best and a != b and worth + more - max(0, cost + further - self.budget) > best:
                        return True
        return False

    def in_order(self, places: Sequence[int]) -> Day:
        """The same day with the places told in another order."""
        return Day(tuple(self.worth[place] for place in places), tuple(self.cost[place] for place in places), self.budget)


def day(places: Sequence[str], wishes: Mapping[str, bool], known: Cells) -> Day:
    """The day as one reckons it who knows ``known`` and expects the usual of the rest. ``wishes``: whether each topic pleases."""
    points = {topic: known.get(("wish", topic), GOOD if pleases else BAD) for topic, pleases in wishes.items()}
    worth, cost = [], []
    for place in places:
        gain = 0
        for topic, count in points.items():
            has = known.get(("has", place, topic))
            gain += count * (HAS if has is None else 100 if has == "yes" else 0)
        price = known.get(("price", place), PRICE)
        chances = []
        for part in PARTS:
            opens = known.get(("open", place, part))
            chances.append(OPEN if opens is None else 100 if opens == "yes" else 0)
        worth.append(tuple(gain * chance // 100 for chance in chances))
        cost.append(tuple(price * chance for chance in chances))
    return Day(tuple(worth), tuple(cost), 100 * known.get(("budget",), BUDGET))


def cells(fact: Fact) -> dict[Slot, Json]:
    """What ``fact`` says, cell by cell; nothing for one that is no part of the matter."""
    if fact.slot[0] == "open":
        return {(*fact.slot, part): "yes" if part in fact.value else "no" for part in PARTS}
    return {fact.slot: fact.value} if fact.slot[0] in ("wish", "budget", "has", "price") else {}


def known_from(facts: Sequence[Fact]) -> dict[Slot, Json]:
    return {slot: value for fact in facts for slot, value in cells(fact).items()}


class Draft(NamedTuple):
    """A day that is fit to be written down."""

    scene: str
    wishes: tuple[tuple[str, int], ...]
    """Topics and their points, pleasures first."""
    pleasures: tuple[str, ...]
    nuisances: tuple[str, ...]
    """As the brief lists them."""
    budget: int
    places: tuple[str, ...]
    """In alphabetical order."""
    rows: tuple[tuple[Json, ...], ...]
    """By place: "yes" or "no" by topic in the order of wishes, the price, and the parts of the day at which it is open."""
    holders: tuple[tuple[tuple[Seat, ...], ...], ...]
    """Who knows each of these."""


def write_world(draws: Stream, draft: Draft, names: tuple[str, str], values: tuple[int, int], seed: int) -> World:
    pleasures, nuisances = draft.pleasures, draft.nuisances
    listed = tuple(draws.shuffled(draft.places))
    facts = [
        Fact(("scene",), draft.scene, ""),
        Fact(("places",), listed, f"The places: {listing([f'the {place}' for place in listed])}."),
        Fact(("pleasures",), pleasures, f"What {names[0]} likes at a stop: {listing([some(topic) for topic in pleasures])}."),
        Fact(("nuisances",), nuisances, f"What {names[0]} dislikes at a stop: {listing([some(topic) for topic in nuisances])}."),
    ]
    known = _known(draws, draft)
    for number, (slot, value, holders) in enumerate(known, draws.below(12)):
        text = sentence(slot, value, names[0], number, slot[-1] in nuisances)
        telling = (text.rstrip("."),) if slot[0] in _NUMBERED else ()  # nobody guesses a number and the words around it
        facts.append(Fact(slot, value, text, holders, telling))
    points = tuple(sum(count for (_, count), has in zip(draft.wishes, row, strict=False) if has == "yes") for row in draft.rows)
    prices = tuple(row[-2] for row in draft.rows)
    hours = tuple(tuple(part in row[-1] for part in PARTS) for row in draft.rows)
    target = (draft.places, points, prices, hours, draft.budget, *values)
    return World(SEATS, names, tuple(facts), target, seed)


def _known(draws: Stream, draft: Draft) -> list[tuple[Slot, Json, tuple[Seat, ...]]]:
    """Slot, value and holders of what is private, in the order of the sheets: wishes and budget, and then place by place."""
    owner = (SEATS[0],)
    wishes = [*((("wish", topic), count, owner) for topic, count in draft.wishes), (("budget",), draft.budget, owner)]
    of_places = []
    for place, row, holders in zip(draft.places, draft.rows, draft.holders, strict=True):
        slots: list[Slot] = [*(("has", place, topic) for topic, _ in draft.wishes), ("price", place), ("open", place)]
        of_places.append(list(zip(slots, row, holders, strict=True)))
    return draws.shuffled(wishes) + [one for of_place in draws.shuffled(of_places) for one in draws.shuffled(of_place)]


_NUMBERED = ("wish", "budget", "price")
_WISHES = ("{t} {is_} worth {n} points to {a}.", "{t} {bring} {a} {n} points.", "{a} gives {n} points for {some}.")
_BANES = ("{t} {cost} {a} {n} points.", "{t} {take} {n} points away for {a}.", "{a} takes {n} points off for {some}.")
_BUDGETS = ("{a}'s budget for the day is {n} euros.", "The budget that {a} has set is {n} euros.")
_PRICES = ("The {p} costs {n} euros.", "A visit to the {p} costs {n} euros.", "The {p} takes {n} euros.")
_FREE = ("The {p} is free.", "The {p} costs nothing.")
_YES = ("The {p} has {some}.", "There {is_} {some} at the {p}.", "The {p} offers {some}.")
_BAD_YES = ("The {p} has {some}.", "There {is_} {some} at the {p}.")
_NO = ("The {p} has no {u}.", "There {is_} no {u} at the {p}.", "The {p} is without {some}.")
_ALL_DAY = ("The {p} is open all day.", "The {p} is open from morning to evening.")
_ONLY = ("The {p} is open only in the {h}.", "The {p} opens in the {h} only.")


def sentence(slot: Slot, value: Json, traveller: str, number: int, is_nuisance: bool) -> str:
    """A fact in words; ``number`` chooses among several wordings."""
    kind, *about = slot
    forms: tuple[str, ...]
    if kind == "has":
        place, topic = about
        forms = _having(topic, value, is_nuisance)
        return forms[number % len(forms)].format(p=place)
    if kind == "open":
        forms = _ALL_DAY if len(value) == len(PARTS) else _ONLY
        return forms[number % len(forms)].format(p=about[0], h=listing(value))
    if kind == "wish":
        forms = _WISHES if value > 0 else _BANES
        text = forms[number % len(forms)].format(a=traveller, n=abs(value), **_words(about[0]))
    elif kind == "price":
        forms = _PRICES if value else _FREE
        text = forms[number % len(forms)].format(p=about[0], n=value)
    else:
        text = _BUDGETS[number % len(_BUDGETS)].format(a=traveller, n=value)
    return text.replace(" 1 points", " 1 point").replace(" 1 euros", " 1 euro")


@cache
def _having(topic: str, value: str, is_nuisance: bool) -> tuple[str, ...]:
    """How one says whether a place, "{p}", has ``topic``: most facts are such."""
    forms = _NO if value == "no" else _BAD_YES if is_nuisance else _YES
    return tuple(form.format(p="{p}", **_words(topic)) for form in forms)


@cache
def _words(topic: str) -> Mapping[str, str]:
    """How ``topic`` and the verbs beside it stand in a sentence."""
    many, had = is_plural(topic), some(topic)
    verbs = ("are", "cost", "take", "bring") if many else ("is", "costs", "takes", "brings")
    return {"u": topic, "some": had, "t": had[:1].upper() + had[1:], **dict(zip(("is_", "cost", "take", "bring"), verbs, strict=True))}
