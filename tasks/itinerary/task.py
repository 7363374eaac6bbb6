"""One person knows what they wish for, the other knows the places: together they plan a day.

After DialOp's *planning* game: Jessy Lin, Nicholas Tomlin, Jacob Andreas and Jason Eisner, "Decision-Oriented Dialogue for Human-AI
Collaboration", TACL 2024 (arXiv 2305.20076). Theirs is played from its file (``planning.py``); the days made here are smaller and can
be told exactly: six places, six things that count, whole points and euros.

A private fact is ("wish", topic), ("budget",), ("has", place, topic), ("price", place) or ("open", place), whose value is the parts of
the day; claims speak of hours part by part: ("open", place, part) = "yes". "Lovely" and "cheap" have no exact meaning and tell nothing.
What is unknown counts as what is usual: see ``worlds.day``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from benchmark.answers import match_name, read_answer
from benchmark.dropping import indispensable
from benchmark.lexicon import FIRST_NAMES
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.reading import number_word, read_once
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Illegal, Score, Seat, Turn, View, World
from tasks.itinerary.needs import Planner, Table
from tasks.itinerary.planning import Planning
from tasks.itinerary.scenes import SCENES
from tasks.itinerary.sketches import draw_world
from tasks.itinerary.talk import Reader
from tasks.itinerary.wording import write
from tasks.itinerary.worlds import BAR, PARTS, SEATS, Cells, Day, Dealing, Slot, cells, day, known_from

_SHORT_NAMES = tuple(name for name in FIRST_NAMES if len(name) <= 6)

_LEVELS: Mapping[int, tuple[int, Dealing]] = {
    1: (10, Dealing(8, 0, 0.8)),
    2: (8, Dealing(6, 2, 0.75)),
    3: (6, Dealing(4, 4, 0.7)),
    4: (5, Dealing(2, 5, 0.65)),
    5: (4, Dealing(0, 6, 0.6)),
}
"""Turns and dealing: ever less room, less in common, and own facts that lead further astray."""


@dataclass(frozen=True, kw_only=True)
class Itinerary(Task):
    """Whose day it is knows the wishes, the other the places: they plan three stops (graded)."""

    name: ClassVar[str] = "itinerary"
    version: ClassVar[int] = 1
    graded: ClassVar[bool] = True
    reading: ClassVar[tuple[float, float, int] | None] = (0.98, 0.98, 105)

    shared: int = 4
    stray: int = 4
    skew: float = 0.7

    @classmethod
    def at(cls, level: int, **options: str) -> Task:  # type: ignore[override]
        for key, value in options.items():
            check_known(key, ("preset",), "option of itinerary")
            check_known(value, ("dialop",), "preset of itinerary")
        if options:
            return Planning.at(level)
        turns, dealing = _LEVELS[level]
        return cls(level=level, turns=turns, words=40 if level == 5 else 32, shared=dealing.shared, stray=dealing.stray, skew=dealing.skew)

    def generate(self, seed: int, solvable: bool = True) -> World:
        del solvable  # some plan is always best
        draws = stream(seed, self.name, self.version)
        first, second = draws.sample(_SHORT_NAMES, 2)
        return draw_world(draws, Dealing(self.shared, self.stray, self.skew), (first, second), seed)

    def brief(self, view: View) -> str:
        scene, (first, second), count = SCENES[view.public("scene")], view.names, number_word(len(view.public("places")))
        return (
            f"{scene.story.format(a=first, b=second)}\n\n"
            f"The day has a {PARTS[0]}, an {PARTS[1]} and an {PARTS[2]}, and they visit one place in each: three different ones out of "
            f"{count}. Every thing that {first} likes is worth some points at each stop that has it, and every thing that {first} dislikes "
            f"takes some away at each stop that has it. Each place has its price in euros; each euro by which the three stops together "
            f"exceed {first}'s budget takes one point away. A stop at a time when the place is shut is worth nothing and costs nothing.\n\n"
            f"{first}'s notes hold the wishes in points and the budget, {second}'s what most places have, what they cost and when they "
            f"are open; {first} has read of a few things at the places too. Whatever counts about a place and is not in one's notes is in "
            f"the other's. {first} and {second} want the plan with the most points, and must settle on one and the same: "
            f"a part of the day for which they name different places is lost, and worth nothing. The plan is good "
            f"enough if it reaches {BAR:.0%} of the points that the best plan would have, by all their notes together."
        )

    def form(self, view: View) -> str:
        example = json.dumps({"answer": dict(zip(PARTS, view.public("places"), strict=False))}, ensure_ascii=False)
        return f'Under "answer" stands an object that gives each part of the day one place, none twice; for example: {example}'

    def schema(self, view: View) -> str:
        plan = {
            "type": "object",
            "properties": {part: {"enum": view.public("places")} for part in PARTS},
            "required": PARTS,
            "additionalProperties": False,
        }
        row = {"type": "array", "items": {"enum": view.public("places")}, "minItems": len(PARTS), "maxItems": len(PARTS)}
        answer = {"anyOf": [{"type": "null"}, plan, row]}
        whole = {"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

    def parse(self, text: str, view: View) -> Answer:
        """The places of morning, afternoon and evening, from an object or from a list of them in that order; None declines."""
        found = read_answer(text)
        if found is None:
            return None
        places = view.public("places")
        if isinstance(found, dict):
            given = {match_name(key, PARTS, "every key"): place for key, place in found.items()}
            if missing := [part for part in PARTS if part not in given]:
                raise Illegal(f"no place is given for the {listing(missing)}, and every part of the day needs one")
            if len(given) < len(found):
                raise Illegal("a part of the day is given two places, and needs exactly one")
            found = [given[part] for part in PARTS]
        if not isinstance(found, list) or len(found) != len(PARTS):
            raise Illegal(f'under "answer" must stand an object that gives the {listing(PARTS)} one place each')
        plan = tuple(match_name(_bare(place), places, f"the place for the {part}") for place, part in zip(found, PARTS, strict=True))
        if len(set(plan)) < len(plan):
            raise Illegal("a place stands twice in the plan, and the three must be different")
        return plan

    def draw(self, view: View, stream: Stream) -> Answer:
        return tuple(stream.sample(view.public("places"), len(PARTS)))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """Stops that both committed to count; a part for which they named different places, or none, is lost."""
        places, *_, best, floor = world.target
        plans = [answers.get(seat) or (None,) * len(PARTS) for seat in world.seats]
        stops = [names[0] if len(set(names)) == 1 else None for names in zip(*plans, strict=True)]
        raw = _truth(world).value([None if stop is None else places.index(stop) for stop in stops]) / 100
        agreed = sum(stop is not None for stop in stops)
        return Score(
            success=agreed == len(PARTS) and raw >= BAR * best,
            raw=raw,
            floor=float(floor),
            best=float(best),
            parts={"agreed": agreed / len(PARTS)},
        )

    @read_once
    def claims(self, view: View) -> Reader:
        return Reader(view)

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """The plan of most points, what is unknown taken as usual: own facts first, then what was told."""
        return (_best(view, _told(claims) | known_from(view.facts)),)

    def place(self, world: World) -> tuple[int, int] | None:
        """Where the morning's place of the best plan stands in the list."""
        listed = next(fact.value for fact in world.facts if fact.slot == ("places",))
        return listed.index(world.target[0][_truth(world).best()[0]]), len(listed)

    def needed(self, world: World) -> tuple[Fact, ...]:
        """The wishes and what is to be known of the best places, more only where a seat needs it, less what can be done without."""
        truth, enough = _truth(world), 100 * BAR * world.target[-2]
        table = Table(world.facts, *_listed(View(world.seats, world.names, (), (), world.facts)))
        private = [fact for fact in world.facts if len(fact.holders) == 1 and table.sets[fact.slot]]
        seats = [Planner([fact for fact in world.facts if seat in fact.holders], table, truth, enough) for seat in world.seats]
        best = {world.target[0][place] for place in truth.best()}
        more = [fact for fact in private if fact.holders == (SEATS[0],) or fact.slot[1] in best]
        told = dict[Slot, Fact]()
        while more:
            told |= {fact.slot: fact for fact in more}
            astray = [places for planner in seats if (places := planner.told(more))]
            left = [fact for fact in private if astray and fact.slot not in told]
            more = [fact for fact in left if not astray[0].isdisjoint(fact.slot)] or left
        longest_first = sorted(told.values(), key=lambda fact: -len(fact.text))
        kept = {fact.slot for planner in seats for fact in indispensable(planner.news(longest_first), planner)}
        return tuple(fact for fact in private if fact.slot in kept)

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """What was asked, then wishes, the greatest first; or what speaks for the best plan and against the other's, and the plan.

        The plan is made by the one who knows the places, and by the other only where nobody did.
        """
        claims = self.claims(turns, view)
        others = [claim for claim in claims if claim.seat != seat]
        standing = _standing(claims)
        plan = self.candidates(view, others)[0]
        proposal = (Claim("propose", ("answer",), plan),) if plan != standing else ()
        if set(view.seats) <= set(view.sees):
            return proposal
        left = self.turns - len(turns)
        own, common = known_from(view.held_by(seat)), _told(claims)
        untold = {slot: value for slot, value in own.items() if common.get(slot) != value}
        asked = {claim.slot for claim in others if claim.kind == "ask"}
        answers = [slot for slot in untold if _is_asked(slot, asked)]
        if seat == SEATS[0]:
            told = answers + sorted((slot for slot in untold if slot not in answers), key=lambda slot: _rank(slot, own))
            mine = proposal if standing is None and left <= 1 else ()
            return tuple(Claim("affirm", slot, untold[slot]) for slot in told) + mine
        known = common | own
        relevant = _relevant(view, known, (plan, _best(view, common)))
        told = answers + [slot for slot in relevant if slot in untold and slot not in answers]
        tells = tuple(Claim("affirm", slot, untold[slot]) for slot in told)
        return proposal + tells if left <= 2 else tells + proposal

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view  # names stand in the claims
        return write(claims)

    def founded(self, world: World, claim: Claim, before: Sequence[Claim]) -> bool:
        """Hours are founded part by part."""
        if claim.kind not in ("affirm", "exclude"):
            return True
        if any(claim.slot == one.slot and claim.kind == one.kind and claim.value == one.value for one in before):
            return True
        own = _held(world, claim.seat)
        return claim.slot in own and (own[claim.slot] == claim.value) == (claim.kind == "affirm")

    def presents(self, fact: Fact, claims: Sequence[Claim]) -> int | None:
        """A fact is told when every part of it is; of hours, those at which the place is open, or all at which it is shut."""
        left = cells(fact)
        if not left:
            return super().presents(fact, claims)
        for claim in claims:
            if claim.kind == "affirm" and left.get(claim.slot) == claim.value:
                del left[claim.slot]
                if not left:
                    return claim.turn
        return None


def _bare(place: object) -> object:
    """A name without the article that belongs before it."""
    return place.strip()[4:] if isinstance(place, str) and place.strip().casefold().startswith("the ") else place


@lru_cache(maxsize=64)
def _day_of(target: tuple[object, ...]) -> Day:
    _, points, prices, hours, budget, *_ = target
    worth = tuple(tuple(100 * count * opens for opens in row) for count, row in zip(points, hours, strict=True))  # type: ignore[call-overload]
    cost = tuple(tuple(100 * price * opens for opens in row) for price, row in zip(prices, hours, strict=True))  # type: ignore[call-overload]
    return Day(worth, cost, 100 * budget)  # type: ignore[operator]


def _truth(world: World) -> Day:
    return _day_of(world.target)


@lru_cache(maxsize=64)
def _held(world: World, seat: Seat) -> Cells:
    """What the notes of ``seat`` say, cell by cell."""
    return known_from([fact for fact in world.facts if seat in fact.holders])


def _listed(view: View) -> tuple[tuple[str, ...], dict[str, bool]]:
    """Places in alphabetical order, so that the order of the list decides nothing; and by topic, whether it pleases."""
    wishes = dict.fromkeys(view.public("pleasures"), True) | dict.fromkeys(view.public("nuisances"), False)
    return tuple(sorted(view.public("places"))), wishes


def _best(view: View, known: Cells) -> Answer:
    places, wishes = _listed(view)
    return tuple(places[place] for place in day(places, wishes, known).best())


def _told(claims: Iterable[Claim]) -> dict[Slot, object]:
    """The cells that ``claims`` affirm, the later of two."""
    return {claim.slot: claim.value for claim in claims if claim.kind == "affirm"}


def _is_asked(slot: Slot, asked: set[Slot]) -> bool:
    kind, *about = slot
    if slot in asked:
        return True
    if kind == "has":
        return bool({("place", about[0]), ("topic", about[1])} & asked)
    return kind in ("price", "open") and ("place", about[0]) in asked


def _rank(slot: Slot, own: Cells) -> tuple[int, int]:
    """Great wishes, the budget, what stands at the places by what it is worth, and then small wishes."""
    if slot[0] == "budget":
        return 1, 0
    weight = 4 if slot[0] in ("price", "open") else abs(own.get(("wish", slot[-1]), 0))
    if slot[0] == "wish":
        return (0 if weight > 2 else 3), -weight
    return (2 if weight > 1 else 4), -weight


def _relevant(view: View, known: Cells, plans: Sequence[Sequence[str]]) -> list[Slot]:
    """What tells why the first of ``plans`` is good and the second is not: greatest wishes first, then hours, then prices."""
    slots: list[Slot] = []
    topics = [*view.public("pleasures"), *view.public("nuisances")]
    wishes = {topic: known.get(("wish", topic), 0) for topic in topics}
    for number, plan in enumerate(plans):
        for topic in sorted(topics, key=lambda topic: -abs(wishes[topic])):
            for place in plan:
                # Of a good plan tell what is good (and of another what is bad): the more surprising half.
                speaks_for = (known.get(("has", place, topic)) == "yes") == (wishes[topic] > 0)
                if abs(wishes[topic]) > 1 and speaks_for == (number == 0):
                    slots.append(("has", place, topic))
        slots += [("open", place, part) for place in plan for part in PARTS]
        slots += [("price", place) for place in plan]
    return list(dict.fromkeys(slots))


def _standing(claims: Iterable[Claim]) -> Answer:
    """The last plan proposed and not withdrawn by its proposer; None if there is none."""
    plans: dict[Seat, Claim] = {}
    for claim in claims:
        if claim.kind == "propose":
            plans[claim.seat] = claim
        elif claim.kind == "withdraw":
            plans.pop(claim.seat, None)
    return max(plans.values(), key=lambda claim: claim.turn).value if plans else None
