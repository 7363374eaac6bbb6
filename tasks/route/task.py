"""Two people with maps that differ find the quickest route that can be passed, or agree that there is none.

After the HCRC Map Task: Anderson et al., "The HCRC Map Task Corpus", Language and Speech 34, 1991. There too a landmark may be missing on
one map, stand on it twice, or bear another name. Here both people have reports of what can be passed, and a report names a landmark: what
it says of a route is not known until the two have worked out which of the numbered points it means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, NamedTuple

from benchmark.answers import read_answer
from benchmark.dropping import indispensable
from benchmark.naming import check_known
from benchmark.quoting import length
from benchmark.reading import read_once
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Illegal, Score, Seat, Turn, View, World
from tasks.route.maps import SAME, STATES, Hearer, Known, Notes, said_between
from tasks.route.scenes import AIMS, CLOSED, MAPS, SCENES, Scene
from tasks.route.talk import ANSWER, Reader, word
from tasks.route.words import lexicon
from tasks.route.worlds import AT, OTHER, OWN, REPORT, SHARED, TWICE_OTHER, TWICE_OWN, Path, Routes, Shape, make_world

__all__ = ["Route"]

_SCENES = {scene.key: scene for scene in SCENES}


class _Level(NamedTuple):
    """``words``: of a turn. ``kinds``: how many of the nine reports are SHARED, OWN, OTHER, TWICE_OTHER, TWICE_OWN."""

    words: int
    kinds: tuple[int, int, int, int, int]
    renamed: int
    remarks: int
    skewed: bool


_LEVELS = {
    1: _Level(30, (5, 2, 2, 0, 0), 0, 0, False),
    2: _Level(24, (4, 1, 2, 1, 1), 1, 2, False),
    3: _Level(19, (3, 1, 3, 1, 1), 2, 6, False),
    4: _Level(19, (2, 1, 3, 1, 2), 3, 6, True),
    5: _Level(19, (1, 1, 4, 1, 2), 4, 6, True),
}


@dataclass(frozen=True, kw_only=True)
class Route(Task):
    """Six routes, nine numbered points, nine reports; ``kinds`` says of the reports on whose map the names stand that they use."""

    name: ClassVar[str] = "route"
    version: ClassVar[int] = 1
    reading: ClassVar[tuple[float, float, int] | None] = (1.0, 0.97, 60)

    turns: int = 8
    words: int = 19
    no_solution: float = 0.25
    kinds: tuple[int, int, int, int, int] = _LEVELS[3].kinds
    renamed: int = 2
    remarks: int = 6
    skewed: bool = False

    @classmethod
    def at(cls, level: int, **options: str) -> Route:
        for option in options:
            check_known(option, (), "option of route")
        return cls(level=level, **_LEVELS[level]._asdict())

    def generate(self, seed: int, solvable: bool = True) -> World:
        kinds = [kind for kind, n in zip((SHARED, OWN, OTHER, TWICE_OTHER, TWICE_OWN), self.kinds, strict=True) for _ in range(n)]
        shape = Shape(tuple(kinds), self.renamed, self.remarks, self.skewed)
        return make_world(shape, seed, stream(seed, self.name, self.version, self.level), solvable)

    def brief(self, view: View) -> str:
        scene, (one, other) = _scene(view), view.names
        maps, aim = view.public("wording")
        rules = MAPS[maps].format(unit=scene.unit, way=scene.way, one=one, other=other)
        return (
            f"{one} and {other} {scene.opening}. {scene.stakes}.\n\n"
            f"They have to get from {scene.start} to {scene.goal}. {rules}\n\n{AIMS[aim]}"
        )

    def form(self, view: View) -> str:
        path, unit = list(_paths(view)[0]), _scene(view).unit
        example = f"for example {json.dumps({'answer': path})}, or null if no route can be passed: {json.dumps({'answer': None})}."
        return f'Under "answer" stand the three {unit}s of one route in order, {example}'

    def schema(self, view: View) -> str:
        answer = {"enum": [*(list(path) for path in _paths(view)), None]}
        return json.dumps({"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False})

    def parse(self, text: str, view: View) -> Answer:
        given = read_answer(text)
        if given is None:
            return None
        if isinstance(given, str):
            given = (
                [int(digit) for digit in re.findall("[1-9]", given)]
                if re.fullmatch(r"\W*[1-9](?:[^\w,]*[-–→>, ]\s*[1-9]){2}\W*", given)
                else given
            )
        paths = _paths(view)
        if isinstance(given, list) and all(type(point) is int for point in given) and tuple(given) in paths:
            return tuple(given)
        routes = ", ".join(json.dumps(list(path)) for path in paths)
        raise Illegal(f'"answer" must be one of the six routes ({routes}) or null')

    def draw(self, view: View, stream: Stream) -> Answer:
        return stream.choice(_paths(view))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """Success is the same right answer from both. ``floor`` is what the better-informed seat's own guess gets if both adopt it."""
        right = [answers.get(seat, "") == world.target for seat in world.seats]
        views = [_own_view(world, seat) for seat in world.seats]
        informed = max((_known(view, ()).states for view in views), key=len)
        floor = float(_live(views[0].public("routes"), informed)[0] == world.target)
        return Score(all(right), float(all(right)), floor, 1.0, parts={"right": sum(right) / len(right)})

    @read_once
    def claims(self, view: View) -> Reader:
        return Reader(lexicon(_scene(view)), tuple(_paths(view)))

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        return _live(view.public("routes"), _known(view, claims).states)

    def place(self, world: World) -> tuple[int, int] | None:
        paths = [path for path, _ in next(fact.value for fact in world.facts if fact.slot == ("routes",))]
        return (paths.index(world.target), len(paths)) if world.solvable else None

    def needed(self, world: World) -> tuple[Fact, ...]:
        """What is left of all that was noted when facts are dropped one by one, the longest first, for as long as both stay licensed.

        What one has noted is told for the other's sake alone. A misprint that is dropped late may have been all that another fact was
        kept for.
        """
        noted = [fact for fact in world.facts if fact.holders and fact.slot[0] in (REPORT, AT)]
        noted.sort(key=lambda fact: (fact.slot[0] == REPORT, -length(fact.text)))
        kept: set[Fact] = set()
        for seat in world.seats:
            news = [fact for fact in noted if seat not in fact.holders]
            view = _own_view(world, seat)
            kept.update(indispensable(news, Hearer(_notes(view), news, view.public("routes"), world.target)))
        return tuple(fact for fact in world.facts if fact in kept)

    def presents(self, fact: Fact, claims: Sequence[Claim]) -> int | None:
        """A report is told under its landmark's name, or under the number of a point that its holder's map gives it."""
        for claim in claims:
            named = claim.slot in (fact.slot, fact.slot[:2], (fact.slot[0], *fact.slot[2:]))
            if claim.kind == "affirm" and claim.value == fact.value and (claim.slot == fact.slot or (fact.slot[0] == REPORT and named)):
                return claim.turn
        return None

    def founded(self, world: World, claim: Claim, before: Sequence[Claim]) -> bool:
        """Whether the speaker's own notes, and what the partner had told them with reason, come to what they say."""
        about, *names = claim.slot
        if claim.kind not in ("affirm", "exclude", "count") or about not in (REPORT, AT, SAME):
            return True
        view = _own_view(world, claim.seat)
        known = _known(view, [one for one in before if one.seat != claim.seat])
        if about == REPORT:
            point = int(names[0]) if names[0].isdigit() else known.where(names[0])
            states = {known.states.get(point)} if point is not None else known.said.get(names[0], set())
            return bool(states == {claim.value})
        if about == SAME:
            return known.where(names[0]) is not None and known.where(names[0]) == known.where(names[1])
        places = known.own.get(names[0], set())
        if claim.kind == "count":
            return bool(len(places) == claim.value)
        is_there = int(names[1]) in places or known.where(names[0]) == int(names[1])
        return is_there is (claim.kind == "affirm")

    def is_own(self, world: World, claim: Claim) -> bool:
        """A map shows where a landmark of its own is, and a report how it is there; what one's map lacks, the other's may have."""
        own = [fact.slot[:2] for fact in world.facts if claim.seat in fact.holders]
        return claim.slot[0] in (REPORT, AT) and claim.slot[:2] in own

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        said = self.claims(turns, view)
        live = self.candidates(view, [claim for claim in said if claim.seat != seat])
        plan = [] if len(view.sees) > 1 else _tellings(view, said, seat)
        standing = [claim for claim in said if claim.kind in ("propose", "withdraw") and claim.slot == ANSWER][-1:]
        if len(live) == 1 and not any(claim.kind == "propose" and claim.value == live[0] for claim in standing):
            plan.append(Claim("propose", ANSWER, live[0]))
        if len(live) > 1 and not plan:
            plan += _questions(view, said, seat)
        return tuple(plan)

    def replies(self, view: View, question: Claim) -> tuple[tuple[Claim, ...], ...]:
        """Open or closed; the point at which a landmark is, or that it is at none."""
        other = next(seat for seat in view.seats if seat != question.seat)
        if question.slot[0] == REPORT:
            return tuple((Claim("affirm", question.slot, state, other),) for state in STATES)
        if question.slot[0] == AT and len(question.slot) == 2:
            points = sorted({point for path in _paths(view) for point in path})
            where = [(Claim("affirm", (*question.slot, str(point)), None, other),) for point in points]
            return (*where, (Claim("count", question.slot, 0, other),))
        if question.slot[0] == AT:
            return tuple((Claim(kind, question.slot, question.value, other),) for kind in ("affirm", "exclude"))
        return ()

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view  # the claims hold all it takes
        return word(claims)


def _scene(view: View) -> Scene:
    return _SCENES[view.public("scene")]


def _paths(view: View) -> list[Path]:
    return [path for path, _ in view.public("routes")]


@lru_cache(maxsize=64)
def _own_view(world: World, seat: Seat) -> View:
    facts = tuple(fact for fact in world.facts if not fact.holders or seat in fact.holders)
    return View(world.seats, world.names, (seat,), (seat,), facts)


@lru_cache(maxsize=64)
def _notes(view: View) -> Notes:
    own, *others = view.sees
    return Notes(view.held_by(own), [fact for seat in others for fact in view.held_by(seat)])


def _known(view: View, claims: Sequence[Claim]) -> Known:
    """What ``view`` and ``claims`` come to; who sees both maps needs to be told nothing."""
    return Known(_notes(view), () if len(view.sees) > 1 else claims)


def _live(routes: Routes, states: Mapping[int, str]) -> tuple[Answer, ...]:
    """Routes that can still be the quickest passable one, those first of which most is known; then None, if all may be closed.

    One can be if none of its points is closed and no quicker one is passable whenever it is.
    """
    closed = {point for point, state in states.items() if state == CLOSED}
    open_ones = [(minutes, path) for path, minutes in routes if closed.isdisjoint(path)]
    unknown = {path: {point for point in path if point not in states} for _, path in open_ones}
    live = [path for minutes, path in open_ones if not any(m < minutes and unknown[p] <= unknown[path] for m, p in open_ones)]
    times = {path: minutes for minutes, path in open_ones}
    live.sort(key=lambda path: (len(unknown[path]), times[path]))
    return (*live, *([] if any(not unknown[path] for path in live) else [None]))


def _tellings(view: View, said: Sequence[Claim], seat: Seat) -> list[Claim]:
    """What the other cannot know yet and may need: points of names they gave, closed points, names that one cannot place, open points."""
    heard = [claim for claim in said if claim.seat != seat]
    known, common = _known(view, heard), said_between(said)
    told = {(claim.slot, claim.value) for claim in said if claim.kind == "affirm"}
    places, reports, names = [], [], []
    for name in dict.fromkeys(claim.slot[1] for claim in heard if claim.slot[0] == REPORT and not claim.slot[1].isdigit()):
        point = known.where(name)
        if point is not None and point not in common.states and ((AT, name, str(point)), True) not in told:
            places.append(Claim("affirm", (AT, name, str(point)), True))
    own = [fact for fact in view.held_by(seat) if fact.slot[0] == REPORT]
    for fact in own:
        point = known.where(fact.slot[1])
        if point is None and (fact.slot[:2], fact.value) not in told:
            names.append(Claim("affirm", fact.slot[:2], fact.value))
        elif point is not None and point not in common.states and (fact.slot[:2], fact.value) not in told:
            reports.append(Claim("affirm", (REPORT, str(point)), fact.value))
    reports.sort(key=lambda claim: claim.value != CLOSED)
    names.sort(key=lambda claim: claim.value != CLOSED)
    closed = [claim for claim in reports if claim.value == CLOSED]
    matters = {point for path in _live(view.public("routes"), common.states) if path for point in path}
    opened = [claim for claim in reports if claim.value != CLOSED and int(claim.slot[1]) in matters]
    return [*places, *closed, *names, *opened]


def _questions(view: View, said: Sequence[Claim], seat: Seat) -> list[Claim]:
    """Where a landmark is that a report of one's own names; then what the state is of a point on a live route. Each is asked once."""
    known = _known(view, [claim for claim in said if claim.seat != seat])
    asked = {claim.slot for claim in said if claim.kind == "ask" and claim.seat == seat}
    slots = [(AT, name) for name in known.said if known.where(name) is None]
    slots += [
        (REPORT, str(point)) for path in _live(view.public("routes"), known.states) if path for point in path if point not in known.states
    ]
    return [Claim("ask", slot) for slot in slots if slot not in asked][:1]
