"""Makes the days of `itinerary`: what counts for one person, what the places offer, and who has heard of which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from benchmark.prompts import listing
from benchmark.streams import Stream
from benchmark.vocabulary import Fact, Json, Seat, World
from tasks.itinerary.scenes import SCENES, is_plural, some

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

_HOURS = (((0,), 2), ((1,), 2), ((2,), 2), ((0, 1), 3), ((1, 2), 3), ((0, 2), 3), ((0, 1, 2), 5))
_HOUR_DRAWS = tuple(parts for parts, weight in _HOURS for _ in range(weight))
_DRAFTS = 4000
_RENAMINGS = 8

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
        stops = [(place, part) for part, place in enumerate(plan) if place is not None]
        spent = sum(self.cost[place][part] for place, part in stops)
        return sum(self.worth[place][part] for place, part in stops) - max(0, spent - self.budget)

    def best(self) -> Plan:
        """The plan of highest value; of equals the first in the order of places."""
        return self.ranked()[0][1]

    def ranked(self) -> list[tuple[int, Plan]]:
        """(value, plan) of the best plan and of the best other one."""
        worth, cost, budget = self.worth, self.cost, self.budget
        first: tuple[int, Plan] = (-(10**9), ())
        second = first
        for plan in _plans(len(worth)):
            a, b, c = plan
            over = cost[a][0] + cost[b][1] + cost[c][2] - budget
            value = worth[a][0] + worth[b][1] + worth[c][2] - (max(0, over))
            if value > first[0]:
                first, second = (value, plan), first
            elif value > second[0]:
                second = (value, plan)
        return [first, second]


@lru_cache(maxsize=8)
def _plans(places: int) -> tuple[Plan, ...]:
    return tuple(permutations(range(places), len(PARTS)))


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
    scene: str
    places: tuple[str, ...]
    """In alphabetical order: they are listed in another, which says nothing."""
    wishes: tuple[tuple[str, bool], ...]
    truth: dict[Slot, Json]
    holders: dict[Slot, tuple[Seat, ...]]
    """By slot of a fact: hours are one fact a place."""

    def day(self, known: Cells) -> Day:
        return day(self.places, dict(self.wishes), known)


def draw_world(draws: Stream, dealing: Dealing, names: tuple[str, str], seed: int) -> World:
    """A day that nobody can plan alone. One draft in ten or more passes; ``_DRAFTS`` that do not are not to be seen."""
    scene = draws.choice(tuple(SCENES))
    for _ in range(_DRAFTS):
        draft = _draft(draws, scene)
        whole = draft.day(draft.truth)
        (best, _), (second, _) = whole.ranked()
        if best < 100 * LEAST or best - second < 100 * CLEAR:
            continue
        _deal(draws, draft, dealing)
        most = dealing.skew * best
        if whole.value(draft.day(_seen(draft, SEATS[1])).best()) > most:
            continue
        for _ in range(_RENAMINGS):
            floor = max(draft.day(draft.truth).value(draft.day(_seen(draft, seat)).best()) for seat in SEATS)
            if floor <= most:
                return _world(draws, draft, names, (best // 100, floor // 100), seed)
            draft = _renamed(draws, draft)
    raise RuntimeError(f"no day of {dealing} was fit in {_DRAFTS} drafts")


def _renamed(draws: Stream, draft: Draft) -> Draft:
    """The same day in which the places have exchanged their names: who knows nothing of them goes by these."""
    new = dict(zip(draft.places, draws.shuffled(draft.places), strict=True))

    def rename(slot: Slot) -> Slot:
        return tuple(new.get(word, word) for word in slot)

    truth = {rename(slot): value for slot, value in draft.truth.items()}
    return draft._replace(truth=truth, holders={rename(slot): holders for slot, holders in draft.holders.items()})


def _draft(draws: Stream, key: str) -> Draft:
    scene = SCENES[key]
    places = tuple(sorted(draws.sample(scene.places, PLACES)))
    topics = [(topic, True) for topic in draws.sample(scene.pleasures, 4)] + [(topic, False) for topic in draws.sample(scene.nuisances, 2)]
    points = draws.shuffled([draws.between(8, 9), draws.between(6, 7), draws.between(2, 4), 1])
    points += draws.shuffled([-draws.between(5, 7), -draws.between(1, 2)])
    truth: dict[Slot, Json] = {("wish", topic): count for (topic, _), count in zip(topics, points, strict=True)}
    truth["budget",] = draws.between(14, 28)
    for place in places:
        for topic, _ in topics:
            truth["has", place, topic] = "yes" if draws.below(100) < HAS else "no"
        truth["price", place] = draws.between(0, 18)
        hours = draws.choice(_HOUR_DRAWS)
        for number, part in enumerate(PARTS):
            truth["open", place, part] = "yes" if number in hours else "no"
    return Draft(key, places, tuple(draws.shuffled(topics)), truth, {})


def _deal(draws: Stream, draft: Draft, dealing: Dealing) -> None:
    """Wishes and budget to the one whose day it is, places to the other; but some of these strayed, and some are known to both."""
    for slot in draft.truth:
        draft.holders[_fact_slot(slot)] = (SEATS[0],) if slot[0] in ("wish", "budget") else (SEATS[1],)
    of_places = draws.shuffled([slot for slot in draft.holders if slot[0] not in ("wish", "budget")])
    for slot in of_places[: dealing.stray]:
        draft.holders[slot] = (SEATS[0],)
    for slot in of_places[dealing.stray :][: dealing.shared]:
        draft.holders[slot] = SEATS


def _fact_slot(slot: Slot) -> Slot:
    return slot[:2] if slot[0] == "open" else slot


def _seen(draft: Draft, seat: Seat) -> dict[Slot, Json]:
    return {slot: value for slot, value in draft.truth.items() if seat in draft.holders[_fact_slot(slot)]}


def _world(draws: Stream, draft: Draft, names: tuple[str, str], values: tuple[int, int], seed: int) -> World:
    pleasures = tuple(topic for topic, pleases in draft.wishes if pleases)
    nuisances = tuple(topic for topic, pleases in draft.wishes if not pleases)
    listed = tuple(draws.shuffled(draft.places))
    facts = [
        Fact(("scene",), draft.scene, ""),
        Fact(("places",), listed, f"The places: {listing([f'the {place}' for place in listed])}."),
        Fact(("pleasures",), pleasures, f"What {names[0]} likes at a stop: {listing([some(topic) for topic in pleasures])}."),
        Fact(("nuisances",), nuisances, f"What {names[0]} dislikes at a stop: {listing([some(topic) for topic in nuisances])}."),
    ]
    private = {slot: holders for slot, holders in draft.holders.items() if holders}
    mine = [slot for slot in private if slot[0] in ("wish", "budget")]
    places = {place: [slot for slot in private if slot[0] not in ("wish", "budget") and slot[1] == place] for place in draft.places}
    slots = draws.shuffled(mine) + [slot for place in draws.shuffled(draft.places) for slot in draws.shuffled(places[place])]
    first = draws.below(12)
    for number, slot in enumerate(slots, first):
        value = tuple(p for p in PARTS if draft.truth[*slot, p] == "yes") if slot[0] == "open" else draft.truth[slot]
        facts.append(Fact(slot, value, sentence(slot, value, names[0], number, slot[-1] in nuisances), private[slot]))
    points = tuple(
        sum(draft.truth["wish", topic] for topic, _ in draft.wishes if draft.truth["has", place, topic] == "yes") for place in draft.places
    )
    prices = tuple(draft.truth["price", place] for place in draft.places)
    hours = tuple(tuple(draft.truth["open", place, part] == "yes" for part in PARTS) for place in draft.places)
    target = (draft.places, points, prices, hours, draft.truth["budget",], *values)
    return World(SEATS, names, tuple(facts), target, seed)


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
    topic = about[-1] if kind in ("wish", "has") else ""
    many = bool(topic) and is_plural(topic)
    words = {
        "a": traveller,
        "p": about[0] if about else "",
        "u": topic,
        "t": (some(topic)[:1].upper() + some(topic)[1:]) if topic else "",
        "some": some(topic) if topic else "",
        "is_": "are" if many else "is",
        "cost": "cost" if many else "costs",
        "take": "take" if many else "takes",
        "bring": "bring" if many else "brings",
        "n": abs(value) if isinstance(value, int) else "",
        "h": listing(value) if kind == "open" else "",
    }
    forms: tuple[str, ...]
    if kind == "wish":
        forms = _WISHES if value > 0 else _BANES
    elif kind == "price":
        forms = _PRICES if value else _FREE
    elif kind == "open":
        forms = _ALL_DAY if len(value) == len(PARTS) else _ONLY
    elif kind == "budget":
        forms = _BUDGETS
    else:
        forms = _NO if value == "no" else _BAD_YES if is_nuisance else _YES
    text = forms[number % len(forms)].format(**words)
    return text.replace(" 1 points", " 1 point").replace(" 1 euros", " 1 euro")
