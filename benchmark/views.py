"""Who speaks and who sees: the one place that knows conditions and partitions a world.

A condition is a set of lenses and a kind of talk. Tasks tag facts with their holders and never hear of conditions;
neither does anything else in Parley, which asks this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from benchmark.streams import stream
from benchmark.vocabulary import Fact, Seat, View, World

TURNS, WHOLE, NO_TALK = "turns", "script", "none"
"""Kinds of talk: turn by turn · all of it written in one call · none."""

CANARY = "sheet number"


@dataclass(frozen=True, slots=True)
class Lens:
    """One model instance: the seats it ``speaks`` for, and the seats whose private facts it ``sees``."""

    speaks: tuple[Seat, ...]
    sees: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """``instance_per`` and ``sees`` are "seat" or "side"; ``talk`` is one of ``TURNS``, ``WHOLE``, ``NO_TALK``."""

    name: str
    instance_per: str
    sees: str
    talk: str
    purpose: str

    @property
    def grounds(self) -> bool:
        """Whether talk is the only way facts can reach a partner, so that grounding success means something."""
        return self.sees == "seat" and self.talk == TURNS

    def lenses(self, world: World) -> tuple[Lens, ...]:
        """One lens per model instance, in the order of seats. Lenses widen within a side only."""
        sides = world.sides or (world.seats,)
        side_of = {seat: side for side in sides for seat in side}
        if self.instance_per == "side":
            return tuple(Lens(side, side) for side in sides)
        return tuple(Lens((s,), side_of[s] if self.sees == "side" else (s,)) for s in world.seats)


CONDITIONS: Mapping[str, Condition] = {
    condition.name: condition
    for condition in (
        Condition("private", "seat", "seat", TURNS, "the headline: each instance holds its own facts"),
        Condition("mindreader", "seat", "side", TURNS, "same talk, but every instance sees its side's facts"),
        Condition("omniscient", "side", "side", TURNS, "one instance writes every seat, one seat per call"),
        Condition("script", "side", "side", WHOLE, "one instance writes the whole talk in one call"),
        Condition("solo", "seat", "side", NO_TALK, "ceiling: all facts and no talk"),
        Condition("silent", "seat", "seat", NO_TALK, "floor: own facts and no talk"),
    )
}

HEADLINE = "private"
"""The condition in which grounding is measured."""

CEILING = "solo"
"""What can be solved at all."""

BASELINE = "silent"
"""What luck and lone inference reach."""

QUICK = ("private", "mindreader", "omniscient", "silent", "solo")

CONTRASTS: Mapping[str, tuple[str, str]] = {
    "gap": ("omniscient", "private"),
    "information": ("mindreader", "private"),
    "control": ("omniscient", "mindreader"),
    "writing": ("script", "omniscient"),
    "zhou_gap": ("script", "private"),
}
"""Paired differences, first minus second. ``gap`` = ``information`` + ``control``; only ``zhou_gap`` compares with Zhou et al. 2024."""

PRIMARY = ("information", "control")
"""The family of tests that is corrected (Holm); every other is exploratory."""


@lru_cache(maxsize=1024)  # some hundred episodes may be live, and each is scored by the views it was played with
def view(world: World, lens: Lens) -> View:
    """What ``lens`` shows of ``world``: the public facts and those with a holder it sees. The only filter there is.

    A fact is shown without the holders that the lens does not see, and without ``strings``: both are made from others' facts.
    """
    seen, facts = set(lens.sees), list[Fact]()
    for fact in world.facts:
        if not fact.strings and seen.issuperset(fact.holders):
            facts.append(fact)
        elif not fact.holders or not seen.isdisjoint(fact.holders):
            facts.append(Fact(fact.slot, fact.value, fact.text, tuple([holder for holder in fact.holders if holder in seen])))
    return View(world.seats, world.names, lens.speaks, lens.sees, tuple(facts))


def own_view(world: World, seat: Seat) -> View:
    """What ``seat`` alone holds, whatever the condition: the yardstick of licensing."""
    return view(world, Lens((seat,), (seat,)))


def public_view(view: View) -> View:
    """What everyone knows of a scene: the order of speaking and the reading of talk take this and nothing more."""
    return view.in_common()


def with_facts(world: World, facts: Iterable[Fact]) -> World:
    """``world`` after a reveal."""
    revealed = tuple(facts)
    return replace(world, facts=world.facts + revealed) if revealed else world


def with_canaries(world: World) -> World:
    """``world`` with one random string added to each seat's private facts, unless they are there already."""
    if canaries(world):
        return world
    sheets = []
    for seat, name in zip(world.seats, world.names, strict=True):
        number = f"{stream(world.seed, CANARY, seat).bits(40):010x}".upper()
        text = f"The number on {name}'s sheet is {number}; it plays no part in the matter."
        sheets.append(Fact((CANARY, seat), number, text, (seat,), (number,)))
    return with_facts(world, sheets)


def canaries(world: World) -> Mapping[Seat, str]:
    """Each seat's canary, as laid by ``with_canaries``."""
    return {fact.slot[1]: fact.value for fact in world.facts if fact.slot[0] == CANARY}


def is_canary(fact: Fact) -> bool:
    return fact.slot[0] == CANARY
