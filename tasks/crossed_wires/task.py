"""Two people agree on one thing to do for what bears a name: perhaps the same for both, perhaps not, and perhaps not as last heard.

Each has notes about, say, Mr Berg: three details that tell one Mr Berg from another, and a dated report on each of two points that pick
the one right option. It is the Mr Berg of one of them that matters. If the details are alike, there is one Mr Berg, and on each point the
later report holds; if they are not, the other's reports are about somebody else. After the notion of grounding in Clark and Brennan,
"Grounding in Communication" (1991): a reference has to be established before what is said of it can be used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from operator import ne
from typing import ClassVar, NamedTuple, Self

from benchmark.answers import match_name, read_answer
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.quoting import length
from benchmark.reading import read_once
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Score, Seat, Turn, View, World
from tasks.crossed_wires.points import Scene
from tasks.crossed_wires.reference import (
    ANSWER,
    DETAIL,
    DETAILS,
    NEWER,
    REPORT,
    TIME,
    VALUE,
    Sheet,
    asks_reference,
    combinations,
    hypotheses,
    is_noted,
    is_reference_open,
    noted_sheet,
    other_seat,
    own_sheet,
    told_sheet,
)
from tasks.crossed_wires.talk import Reader
from tasks.crossed_wires.wording import word
from tasks.crossed_wires.words import lexicon, scene_of
from tasks.crossed_wires.worlds import Dealing, make_world

Table = tuple[tuple[str, int, int], ...]


class _Level(NamedTuple):
    """``words`` a turn; ``apart``: details in which two referents differ; ``remarks`` in each sheet, of which ``shared`` stand in both."""

    words: int
    apart: int
    remarks: int
    shared: int


_LEVELS = {
    1: _Level(48, 3, 2, 0),
    2: _Level(36, 2, 5, 0),
    3: _Level(29, 2, 10, 2),
    4: _Level(28, 1, 11, 4),
    5: _Level(27, 1, 12, 6),
}


@dataclass(frozen=True, kw_only=True)
class CrossedWires(Task):
    """Agree on one option for what bears a name, of which there may be two, from reports of which the later hold."""

    name: ClassVar[str] = "crossed_wires"
    version: ClassVar[int] = 1
    reading: ClassVar[tuple[float, float, int] | None] = (0.98, 0.96, 56)

    apart: int = 2
    remarks: int = 10
    shared: int = 2
    words: int = 29

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        for option in options:
            check_known(option, (), "option of crossed_wires")
        return cls(level=level, **_LEVELS[level]._asdict())

    def generate(self, seed: int, solvable: bool = True) -> World:
        del solvable  # some option is always right
        return make_world(Dealing(self.apart, self.remarks, self.shared), seed, stream(seed, self.name, self.version))

    def brief(self, view: View) -> str:
        scene, owner = _scene(view), view.public("owner")
        opening, stake, order = view.public("manner")
        told = {"a": view.names[0], "b": view.names[1], "owner": view.name(owner)}
        setting = f"{scene.openings[opening].format(**told)} {scene.stakes[stake].format(**told)}"
        parts = [_on_reports(scene, view), _on_reference(scene, view)]
        success = f"They succeed only if both name the right {scene.option}. Nothing else in the notes matters."
        return "\n\n".join([setting, *(parts if order else parts[::-1]), success])

    def form(self, view: View) -> str:
        example = json.dumps({"answer": _options(view)[0]})
        return f'Under "answer" it holds the name of one {_scene(view).option}, for example {example}, or null to name none.'

    def schema(self, view: View) -> str:
        answer = {"enum": [*_options(view), None]}
        return json.dumps({"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False})

    def parse(self, text: str, view: View) -> Answer:
        given = read_answer(text)
        return None if given is None else match_name(given, _options(view), '"answer"')

    def draw(self, view: View, stream: Stream) -> Answer:
        return stream.choice(_options(view))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """``floor`` is what the owner's own notes, taken as they stand and adopted by both, would get."""
        right = [answers.get(seat) == world.target for seat in world.seats]
        owner = next(fact.value for fact in world.facts if fact.slot == ("owner",))
        floor = float(self.candidates(_own_view(world, owner), ())[0] == world.target)
        return Score(all(right), float(all(right)), floor, 1.0, parts={"right": sum(right) / len(right)})

    @read_once
    def claims(self, view: View) -> Reader:
        return Reader(lexicon(view.public("scene"), _options(view)), view.seats)

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        seat = view.sees[0]
        other = other_seat(view, seat)
        sheet = own_sheet(view, other) if other in view.sees else told_sheet(claims, other)
        return _Reckoning(view, seat).live(sheet)

    def place(self, world: World) -> tuple[int, int] | None:
        table: Table = next(fact.value for fact in world.facts if fact.slot == ("table",))
        return [row[0] for row in table].index(world.target), len(table)

    def needed(self, world: World) -> tuple[Fact, ...]:
        """What is left of details and reports when the longest are dropped, one by one, for as long as every seat stays licensed.

        With two referents, that is one detail in which they differ, from both, and the owner's reports; with one, it is all of them.
        """
        views = [(seat, _own_view(world, seat)) for seat in world.seats]
        seats = [(other_seat(view, seat), _Reckoning(view, seat)) for seat, view in views]
        left = [fact for fact in world.facts if fact.slot[0] in (DETAIL, REPORT)]
        for fact in sorted(left, key=lambda fact: (-length(fact.text), fact.slot)):
            fewer = [other for other in left if other is not fact]
            if all(seat.live(noted_sheet(fewer, other)) == (world.target,) for other, seat in seats):
                left = fewer
        return tuple(left)

    def presents(self, fact: Fact, claims: Sequence[Claim]) -> int | None:
        """A detail is presented once it is told, a report once its value and its time are."""
        for number, claim in enumerate(claims):
            if claim.kind == "affirm" and is_noted(fact, told_sheet(claims[: number + 1], fact.slot[1])):
                return claim.turn
        return None

    def founded(self, world: World, claim: Claim, before: Sequence[Claim]) -> bool:
        """A claim is about its speaker's own notes; whose note is the later one can say only who was told the other's time."""
        if claim.kind not in ("affirm", "exclude"):
            return True
        view = _own_view(world, claim.seat)
        own, other = own_sheet(view, claim.seat), other_seat(view, claim.seat)
        if claim.slot[0] == DETAILS:
            return any(own.details[label] != value for label, value in claim.value)
        label = claim.slot[2]
        if claim.slot[0] == NEWER:
            told = told_sheet(before, other).times.get(label)
            return told is not None and (own.times[label] > told) == claim.value
        column = {DETAIL: own.details, VALUE: own.values, TIME: own.times}[claim.slot[0]]
        return bool(column[label] == claim.value) == (claim.kind == "affirm")

    def is_own(self, world: World, claim: Claim) -> bool:
        """Of one's notes everything is known but whether the other's are older."""
        del world
        return claim.slot[0] != NEWER

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        heard = self.claims(turns, view)
        sees_all = set(view.sees) == set(view.seats)
        live = self.candidates(view, [claim for claim in heard if claim.seat != seat])
        plan = [] if sees_all else _tellings(view, heard, seat)
        if len(live) > 1 and not plan:
            return _questions(view, heard, seat)
        standing = [claim for claim in heard if claim.kind in ("propose", "withdraw")][-1:]
        if len(live) == 1 and not any(claim.kind == "propose" and claim.value == live[0] for claim in standing):
            plan.append(Claim("propose", ANSWER, live[0]))
        return tuple(plan)

    def replies(self, view: View, question: Claim) -> tuple[tuple[Claim, ...], ...]:
        """Yes and no; every value of a detail or a report; all details together; which of two notes is the later."""
        about, other, *labels = question.slot
        points, given = _scene(view).points, question.value is not None
        if about == TIME and labels:
            return tuple((Claim("affirm", (NEWER, other, *labels), newer, other),) for newer in (True, False))
        if about not in (DETAIL, VALUE) or given or (about == VALUE and not labels):
            return super().replies(view, question) if given and about in (DETAIL, VALUE) else ()
        slots = [(about, other, label) for label in labels or _scene(view).detail_labels]
        told = [[Claim("affirm", slot, value, other) for value in range(len(points[slot[2]].values))] for slot in slots]
        return tuple(product(*told))

    def unclear(self, view: View, claims: Sequence[Claim]) -> bool:
        return is_reference_open(view, claims)

    def clarifies(self, claim: Claim) -> bool:
        return asks_reference(claim)

    def word(self, claims: Sequence[Claim], view: View) -> str:
        return word(claims, lexicon(view.public("scene"), _options(view)), _scene(view).name)


def _scene(view: View) -> Scene:
    return scene_of(view.public("scene"))


def _options(view: View) -> tuple[str, ...]:
    return tuple(row[0] for row in view.public("table"))


@lru_cache(maxsize=64)
def _own_view(world: World, seat: Seat) -> View:
    facts = tuple(fact for fact in world.facts if not fact.holders or seat in fact.holders)
    return View(world.seats, world.names, (seat,), (seat,), facts)


def _whose(owner: str, scene: Scene) -> str:
    return f"{owner}'s {scene.name.removeprefix('the ')}" if scene.kind != "recipe" else f"{scene.name} as {owner} has it"


def _on_reports(scene: Scene, view: View) -> str:
    """What the options are for, and which notes on that hold."""
    first, second = scene.reports
    one, other = scene.report_labels
    rows = [f"{option} ({first.said(i)}, {second.said(j)})" for option, i, j in view.public("table")]
    keepers = [view.name(seat) for seat in view.public("keepers")]
    return (
        f"There are six {scene.option}s, each for one {one} and one {other}: {listing(rows)}. The right {scene.option} is the one for the "
        f"true {one} and the true {other} of {_whose(view.name(view.public('owner')), scene)}. {listing(view.names)} each have a note on "
        f"the {one} and one on the {other}, with the time of day (all of today). Where two notes on the same {scene.kind} disagree, the "
        f"later one is true, whoever wrote it down. As a rule {keepers[0]} hears of the {one} and {keepers[1]} of the {other}."
    )


def _on_reference(scene: Scene, view: View) -> str:
    """When both have the same in mind, and what follows if not."""
    owner, other = view.public("owner"), other_seat(view, view.public("owner"))
    return (
        f"It is not certain that both have the same {scene.kind} in mind. If the {listing(scene.detail_labels)} are alike in both sets "
        f"of notes, it is one and the same. If they differ in any of these, there are {scene.two} called {scene.name}, and then "
        f"{view.name(other)}'s notes say nothing about {_whose(view.name(owner), scene)}: only {view.name(owner)}'s count."
    )


class _Reckoning:
    """What ``seat``, which has ``view``, makes of the other's notes."""

    def __init__(self, view: View, seat: Seat) -> None:
        self._scene, self._own = _scene(view), own_sheet(view, seat)
        self._own_matter = view.public("owner") == seat
        mine = [self._own.values.get(label) for label in self._scene.report_labels]
        rows = [(sum(map(ne, pair, mine)), option, tuple(pair)) for option, *pair in view.public("table")]
        self._options = _options(view)
        self._likely = [(option, pair) for _, option, pair in sorted(rows, key=lambda row: row[0])]
        """The options, and the reports that each is for, those first that one's own notes speak for."""

    def live(self, other: Sheet) -> tuple[str, ...]:
        """The options that can be right, the likeliest first; if what was told leaves none, all of them."""
        found = combinations(self._scene, self._own, other, own_matter=self._own_matter)
        return tuple([option for option, pair in self._likely if pair in found]) or self._options


def _tellings(view: View, heard: Sequence[Claim], seat: Seat) -> list[Claim]:
    """What of the seat's own notes the other lacks: details until it is plain who is meant, then reports of what can matter."""
    scene, own = _scene(view), own_sheet(view, seat)
    mine, theirs = told_sheet(heard, seat), told_sheet(heard, other_seat(view, seat))
    may_be_same, _ = hypotheses(own, theirs)
    apart = [
        label
        for label in scene.detail_labels
        if label in own.details and theirs.details.get(label, own.details[label]) != own.details[label]
    ]
    told_apart = any(label in mine.details for label in apart) or bool(mine.unlike)
    labels = [] if told_apart else apart[:1] or [label for label in scene.detail_labels if label not in mine.details]
    plan = [Claim("affirm", (DETAIL, seat, label), own.details[label]) for label in labels if label in own.details]
    if may_be_same or view.public("owner") == seat:
        for label in (label for label in scene.report_labels if label in own.values):
            if label not in mine.values:
                plan.append(Claim("affirm", (VALUE, seat, label), own.values[label]))
            if label not in mine.times and may_be_same:
                plan.append(Claim("affirm", (TIME, seat, label), own.times[label]))
    return plan


def _questions(view: View, heard: Sequence[Claim], seat: Seat) -> tuple[Claim, ...]:
    """What the other has not told, asked for once."""
    scene, other = _scene(view), other_seat(view, seat)
    theirs = told_sheet(heard, other)
    wanted = [Claim("ask", (DETAIL, other))] if all(hypotheses(own_sheet(view, seat), theirs)) else []
    wanted += [Claim("ask", (VALUE, other, label)) for label in scene.report_labels if label not in theirs.values]
    wanted += [Claim("ask", (TIME, other, label)) for label in scene.report_labels if label in theirs.values and label not in theirs.times]
    asked = {claim.slot for claim in heard if claim.kind == "ask" and claim.seat == seat}
    return tuple(claim for claim in wanted if claim.slot not in asked)[:1]
