"""Two to four people find the slot that all of them can make at the lowest cost in total, or agree that no slot suits them all.

Scheduling with private calendars and private costs, as in Sen and Durfee, "A Formal Study of Distributed Meeting Scheduling", Group
Decision
and Negotiation 7, 1998. Everyone knows all slots; what a slot would cost someone, or why they cannot come, only they know. The slot that
suits
one best is impossible for another, or dear.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, product
from typing import ClassVar, NamedTuple, Self

from benchmark.answers import match_name, read_answer
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.quoting import length
from benchmark.reading import read_once
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Json, Score, Seat, Turn, View, World
from tasks.schedule.calendars import (
    ANYTHING,
    NEVER,
    POSSIBLE_SLOTS,
    Calendar,
    Calendars,
    best_bound,
    cheapest_settling,
    live,
    lowest,
    noted,
    told,
)
from tasks.schedule.scenes import GROUP, PAIR, RULES, SCENES, VERDICT, Scene
from tasks.schedule.talk import ANSWER, Reader, one_slot
from tasks.schedule.wording import word
from tasks.schedule.worlds import COST, OUT, TOP, Dealing, make_world


class _Level(NamedTuple):
    """``shared``: slots that suit all, the best apart. ``ahead``: slots that a view prefers to the best. ``gap``: how much more the shared
    ones may cost. ``room``: by number of seats, words for all turns together."""

    shared: int
    ahead: int
    gap: int
    room: tuple[int, int, int]


_LEVELS = {
    1: _Level(1, 1, 4, (240, 300, 320)),
    2: _Level(2, 2, 3, (180, 250, 270)),
    3: _Level(2, 2, 2, (176, 204, 240)),
    4: _Level(3, 3, 2, (176, 204, 240)),
    5: _Level(4, 4, 1, (176, 204, 240)),
}
_SIZES = {2: (5, 20, 7, 8), 3: (4, 16, 7, 12), 4: (4, 14, 7, 12)}
"""By number of seats: days, slots, slots that each can make, and turns."""
_ATTEMPTS = 40
"""At most one world in ten is drawn again (see ``_fits``), so that all of these fail once in 10**40."""
_DAYS = dict(zip("Mon Tue Wed Thu Fri Sat Sun".split(), "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(), strict=True))
_SCENES: Mapping[str, Scene] = {scene.key: scene for scene in SCENES}


@dataclass(frozen=True, kw_only=True)
class Schedule(Task):
    """Find the slot that is possible for all and costs them least together, or agree that there is none (2 to 4 seats).

    Each person can make ``possible`` of the ``slots``. ``shared`` of these suit everyone besides the best one, at up to ``gap`` more; each
    person has at least ``ahead`` that they like better than the best.
    """

    name: ClassVar[str] = "schedule"
    version: ClassVar[int] = 1
    reading: ClassVar[tuple[float, float, int] | None] = (0.99, 0.92, 195)

    days: int = 5
    slots: int = 20
    possible: int = 7
    shared: int = 2
    ahead: int = 2
    gap: int = 2
    turns: int = 8
    words: int = 22
    no_solution: float = 0.25

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        for option in options:
            check_known(option, ("seats",), "option of schedule")
        seats = int(check_known(options.get("seats", "2"), map(str, _SIZES), "number of seats of schedule"))
        days, slots, possible, turns = _SIZES[seats]
        chosen = _LEVELS[level]
        words = -(-chosen.room[seats - 2] // turns)
        return cls(
            level=level, seats=seats, turns=turns, words=words, days=days, slots=slots, possible=possible,
            shared=min(chosen.shared, 3 if seats > 2 else 4), ahead=chosen.ahead, gap=chosen.gap,
        )  # fmt: skip

    def generate(self, seed: int, solvable: bool = True) -> World:
        dealing = Dealing(self.seats, self.days, self.slots, self.possible, self.shared, self.ahead, self.gap)
        for attempt in range(_ATTEMPTS):
            draw = stream(seed, self.name, self.version, self.level, self.seats, attempt)
            world = make_world(dealing, seed, draw, solvable or not self.no_solution)
            if self._fits(world):
                break
        return world

    def _fits(self, world: World) -> bool:
        """Whether what is needed leaves room for talk, and the whole calendar does not fit by far. Nearly all worlds are so."""
        budget = self.turns * self.words
        if sum([length(fact.text) for fact in self.needed(world)]) > 0.7 * budget:
            return False
        return self.level < 3 or sum([length(fact.text) for fact in world.facts if fact.holders]) >= 1.5 * budget

    def brief(self, view: View) -> str:
        scene, (opening, stake, rule) = _SCENES[view.public("scene")], view.public("wording")
        slots = view.public("slots")
        days = [f"{_DAYS[day]} at {listing([slot[4:] for slot in of])}" for day, of in groupby(slots, lambda slot: slot[:3])]
        told = (scene.openings[opening], scene.stakes[stake], RULES[rule], VERDICT)
        beginning, at_stake, aim, verdict = (
            text.format(names=listing(view.names), top=TOP, what=scene.what, **_them(view)) for text in told
        )
        return f"{beginning} {at_stake}\n\nThey can choose between {len(slots)} slots: {'; '.join(days)}. {aim} {verdict}"

    def form(self, view: View) -> str:
        example = json.dumps({"answer": view.public("slots")[0]})
        said = f"or null to say that no slot is possible for {_them(view)['all']}."
        return f'Under "answer" it holds one slot, day and time written as in {example}, {said}'

    def schema(self, view: View) -> str:
        answer = {"enum": [*view.public("slots"), None]}
        return json.dumps({"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False})

    def parse(self, text: str, view: View) -> Answer:
        """A slot in any usual spelling ("Tuesday at 10 am"), as long as it is one slot and nothing else."""
        given = read_answer(text)
        slots = view.public("slots")
        if given is None:
            return None
        return (one_slot(given, slots) if isinstance(given, str) else None) or match_name(given, slots, '"answer"')

    def draw(self, view: View, stream: Stream) -> Answer:
        return stream.choice(view.public("slots"))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """All seats are informed alike, so the floor takes the first one's guess."""
        right = [answers.get(seat) == world.target for seat in world.seats]
        first = world.seats[0]
        own = View(world.seats, world.names, (first,), (first,), tuple(f for f in world.facts if not f.holders or first in f.holders))
        floor = float(self.candidates(own, ())[0] == world.target)
        return Score(all(right), float(all(right)), floor, 1.0, parts={"right": sum(right) / len(right)})

    @read_once
    def claims(self, view: View) -> Reader:
        return Reader(view.public("slots"), view.seats, view.names)

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        return tuple(live(told(claims, view) | noted(view), view.public("slots"), self.no_solution > 0))

    def place(self, world: World) -> tuple[int, int] | None:
        slots = next(fact.value for fact in world.facts if fact.slot == ("slots",))
        return (slots.index(world.target), len(slots)) if world.solvable else None

    def needed(self, world: World) -> tuple[Fact, ...]:
        return cheapest_settling(world)

    def presents(self, fact: Fact, claims: Sequence[Claim]) -> int | None:
        """A note is presented once what its holder has said leaves nothing else, be it by elimination ("nothing else suits me")."""
        if fact.slot[0] != COST:
            return None
        own = Calendar((fact.slot[2],))
        slots = {claim.slot[2] for claim in claims if claim.slot[0] == COST and len(claim.slot) == 3}
        own.slots = (*slots, fact.slot[2])
        for claim in claims:
            if claim.slot[1:2] == fact.slot[1:2]:
                own.take(claim)
                if own[fact.slot[2]] == {fact.value}:
                    return claim.turn
        return None

    def founded(self, world: World, claim: Claim, before: Sequence[Claim]) -> bool:
        """A claim is about its speaker's own calendar: it is founded if it is true of that."""
        del before
        own = _calendar(world, claim.seat)
        if claim.kind == "count":
            return bool(claim.value == sum(value != OUT for value in own.values()))
        if claim.kind not in ("affirm", "exclude"):
            return True
        return bool((own.get(claim.slot[2]) == claim.value) == (claim.kind == "affirm"))

    def is_own(self, world: World, claim: Claim) -> bool:
        """A calendar holds every slot."""
        del world
        return claim.slot[0] == COST

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        heard = self.claims(turns, view)
        said = told(heard, view)
        answers = live(told((claim for claim in heard if claim.seat != seat), view) | noted(view), view.public("slots"))
        plan: list[Claim] = []
        if set(view.sees) != set(view.seats):
            plan += _tellings(view, heard, said, seat)
        if len(answers) == 1 and not any(claim.kind == "propose" and claim.value == answers[0] for claim in heard):
            plan.append(Claim("propose", ANSWER, answers[0]))
        return tuple(plan) or (_questions(heard, said, answers, seat) if len(answers) > 1 else ())

    def replies(self, view: View, question: Claim) -> tuple[tuple[Claim, ...], ...]:
        """What a slot costs each of the others, or that it is out; with more than two others there are too many to list."""
        others = [seat for seat in view.seats if seat != question.seat]
        if question.slot[0] != COST or len(others) > 2:
            return ()
        of = [[Claim("affirm", (COST, seat, question.slot[2]), cost, seat) for cost in (*range(TOP + 1), OUT)] for seat in others]
        return tuple(product(*of))

    def word(self, claims: Sequence[Claim], view: View) -> str:
        scene = _SCENES[view.public("scene")]
        return word(claims, (scene.unit, scene.units))


@lru_cache(maxsize=64)
def _calendar(world: World, seat: Seat) -> Mapping[str, Json]:
    """What each slot costs ``seat``."""
    return {fact.slot[2]: fact.value for fact in world.facts if fact.slot[0] == COST and fact.slot[1] == seat}


def _them(view: View) -> Mapping[str, str]:
    """The words for all who sit there."""
    return PAIR if len(view.seats) == 2 else GROUP


def _tellings(view: View, heard: Sequence[Claim], said: Calendars, seat: Seat) -> list[Claim]:
    """One person lists what they can make, cheapest first, and says how many slots these are; the others say where they stand on each of
    them. What can no longer be best, for all that anyone has said, is not worth a word."""
    slots, own, mine = view.public("slots"), noted(view)[seat], said[seat]
    bound = best_bound(said, slots)
    asked = {claim.slot[2] for claim in heard if claim.kind == "ask" and claim.seat != seat and claim.slot[0] == COST}
    others = [said[other] for other in view.seats if other != seat]

    def is_open(slot: str) -> bool:
        known = lowest(calendar[slot] for calendar in said.values())
        return len(mine[slot]) > 1 and (known < bound or (known == bound and best_bound(said, (slot,)) == bound))

    open_ones = [slot for slot in slots if is_open(slot)]
    replies = [slot for slot in open_ones if slot in asked or any(OUT not in other[slot] for other in others)]
    replies.sort(key=lambda slot: (slot not in asked, lowest(other[slot] for other in others)))
    plan = [slot for slot in replies if own[slot] == NEVER] + [slot for slot in replies if own[slot] != NEVER]
    lister = next((claim.seat for claim in heard if claim.kind == "affirm" and claim.slot[0] == COST), seat)
    if lister == seat or (not plan and not said[lister].closed):
        rest = [slot for slot in open_ones if slot not in plan and own[slot] != NEVER]
        plan += sorted(rest, key=lambda slot: min(own[slot]))
    told_now = [Claim("affirm", (COST, seat, slot), next(iter(own[slot]))) for slot in plan]
    can = own.possible
    if lister == seat and mine.number is None and all(mine[slot] != ANYTHING or slot in plan for slot in can):
        told_now.append(Claim("count", (POSSIBLE_SLOTS, seat), len(can)))
    return told_now


def _questions(heard: Sequence[Claim], said: Calendars, answers: Sequence[Answer], seat: Seat) -> tuple[Claim, ...]:
    """The two likeliest slots of which somebody has not said everything, and nobody has asked."""
    asked = {claim.slot for claim in heard if claim.kind == "ask"}
    unclear = [slot for slot in answers if slot and any(len(own[slot]) > 1 for other, own in said.items() if other != seat)]
    return tuple(Claim("ask", (COST, "", slot)) for slot in unclear if (COST, "", slot) not in asked)[:2]
