"""How worlds of `settlement` are made: what the buyer needs and has, who may supply what, and at which private cost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import Stream
from benchmark.vocabulary import Fact, Seat, World
from tasks.settlement.chain import Entry, opening
from tasks.settlement.house import ACCEPT, DELIVER, ESCROW, FINE, GRADES, PLAIN, QUOTE, SETTLE, Books, Credential
from tasks.settlement.scenes import AUDITOR, SCENES

BUYER, OVERSEER = "A", "B"
NEED, WORTH, COST, ENTRY, ACCOUNT = "need", "worth", "cost", "entry", "account"
MARGIN = 2
"""Coins above cost that a budget leaves for each good, at least: what a modest supplier asks."""

_OPENING = 5
"""Coins that a supplier begins with."""


class Wares(NamedTuple):
    """For each good: the grade needed and its worth; by (supplier, good, grade), the cost; by supplier, the goods it may trade in."""

    needs: Mapping[str, str]
    worth: Mapping[str, int]
    costs: Mapping[tuple[Seat, str, str], int]
    licences: Mapping[Seat, tuple[str, ...]]

    def cheapest(self, good: str) -> int:
        """The lowest cost at which ``good`` can be had in the grade that is needed. Fine goods will do where plain ones are needed."""
        fitting = [cost for (_, one, grade), cost in self.costs.items() if one == good and fits(grade, self.needs[good])]
        return min(fitting)


def fits(grade: str, need: str) -> bool:
    return GRADES.index(grade) >= GRADES.index(need)


def make_world(goods: int, suppliers: int, public_log: bool, seed: int, draw: Stream) -> World:
    scene = draw.choice(SCENES)
    names = draw.sample(FIRST_NAMES, suppliers + 1)
    bundle = tuple(draw.sample(scene.goods, goods))
    sellers: tuple[Seat, ...] = ("C", "D")[:suppliers]
    wares = _wares(draw, bundle, sellers)
    budget = sum(map(wares.cheapest, bundle)) + MARGIN * goods + draw.below(4)
    ceiling = max(wares.worth.values())
    credentials = {BUYER: Credential((ACCEPT, ESCROW, SETTLE), bundle, ceiling)}
    credentials |= {seat: Credential((QUOTE, DELIVER), wares.licences[seat]) for seat in sellers}
    books = Books(credentials, {BUYER: budget, **dict.fromkeys(sellers, _OPENING)})
    seats = (BUYER, OVERSEER, *sellers)
    people = (names[0], AUDITOR, *names[1:])
    first = opening(books, BUYER)
    facts = [
        Fact(("scene",), scene.key, ""),
        Fact(("bundle",), bundle, ""),
        Fact(("public log",), public_log, ""),
        Fact((ENTRY, "0"), as_text(first), ""),
        Fact((ACCOUNT, "1", BUYER), (), f"{names[0]} has {budget} coins.", (BUYER,)),
    ]
    for good in bundle:
        text = (
            f"{names[0]} needs the {good} {_at_least(wares.needs[good])} and has {wares.worth[good]} coins' worth of use for it, no more."
        )
        facts += [Fact((NEED, good), wares.needs[good], text, (BUYER,)), Fact((WORTH, good), wares.worth[good], "", (BUYER,))]
    for seat, name in zip(sellers, people[2:], strict=True):
        facts.append(Fact((ACCOUNT, "1", seat), (), f"{name} has {_OPENING} coins.", (seat,)))
        for good in wares.licences[seat]:
            plain, fine = (wares.costs[seat, good, grade] for grade in GRADES)
            facts.append(
                Fact((COST, seat, good), (plain, fine), f"Each {good}-order costs {name} {plain} coins plain, {fine} fine.", (seat,))
            )
    return World(seats, people, tuple(facts), best_gain(wares), seed, sides=tuple((seat,) for seat in seats))


def _at_least(grade: str) -> str:
    return {PLAIN: "in either grade", FINE: "fine"}[grade]


def _wares(draw: Stream, bundle: tuple[str, ...], sellers: tuple[Seat, ...]) -> Wares:
    """Each good can be had of at least one supplier; of two, all but one of each one's goods are supplied by the other as well."""
    licences = {sellers[0]: bundle if len(sellers) == 1 else bundle[:-1]}
    if len(sellers) > 1:
        licences[sellers[1]] = bundle[1:]
    needs = {good: draw.choice(GRADES) for good in bundle}
    costs: dict[tuple[Seat, str, str], int] = {}
    for good in bundle:
        for seat in sellers:
            if good in licences[seat]:
                plain = draw.between(4, 12)
                costs[seat, good, PLAIN], costs[seat, good, FINE] = plain, plain + draw.between(2, 6)
    blank = Wares(needs, dict.fromkeys(bundle, 0), costs, licences)
    worth = {good: blank.cheapest(good) + draw.between(5, 12) for good in bundle}
    return Wares(needs, worth, costs, licences)


def best_gain(wares: Wares) -> int:
    """What the bundle is worth more than it must cost: the most that all can gain together."""
    return sum(worth - wares.cheapest(good) for good, worth in wares.worth.items())


def wares_of(world: World) -> Wares:
    """What ``world`` says of needs and costs."""
    found = {fact.slot: fact.value for fact in world.facts if fact.slot[0] in (NEED, WORTH, COST)}
    needs = {slot[1]: value for slot, value in found.items() if slot[0] == NEED}
    worth = {slot[1]: value for slot, value in found.items() if slot[0] == WORTH}
    costs = {
        (slot[1], slot[2], grade): cost
        for slot, value in found.items()
        if slot[0] == COST
        for grade, cost in zip(GRADES, value, strict=True)
    }
    sellers = dict.fromkeys(seat for seat, _, _ in costs)
    return Wares(needs, worth, costs, {seat: tuple(dict.fromkeys(good for one, good, _ in costs if one == seat)) for seat in sellers})


def as_text(entry: Entry) -> str:
    return json.dumps(entry, sort_keys=True, separators=(",", ":"))


def log_in(facts: tuple[Fact, ...]) -> list[dict[str, Any]]:
    """The entries of the log that are among ``facts``, in order."""
    return [json.loads(fact.value) for fact in facts if fact.slot[0] == ENTRY]
