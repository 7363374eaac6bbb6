"""Three to five people choose between four options; what all of them know speaks for a wrong one.

After Stasser and Titus, "Pooling of Unshared Information in Group Decision Making", Journal of Personality and Social Psychology 48, 1985.
Every option was checked on the same points, each check came out good or bad, and one option has the most good checks.

HiddenBench's scenarios (Li, Naito and Shirado 2025) are written worlds: ``tasks/written``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from benchmark.choice import Choice
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.quoting import length
from benchmark.reading import read_once
from benchmark.streams import stream
from benchmark.vocabulary import Answer, Claim, Fact, Score, Seat, Turn, View, World
from tasks.hidden_profile.proposals import ANSWER
from tasks.hidden_profile.scenes import BAD, GOOD, SCENES, Scene
from tasks.hidden_profile.talk import Reader
from tasks.hidden_profile.wording import word
from tasks.hidden_profile.words import OPPOSITE, lexicon
from tasks.hidden_profile.worlds import FINDING, Dealing, make_world

Cells = dict[tuple[str, ...], str]
"""What is known: the value of each finding's slot."""


class _Level(NamedTuple):
    """``budget``: words for all turns together. ``remarks``: private notes that are no findings. ``dealing``: who holds what."""

    budget: int
    remarks: int
    dealing: str


_LEVELS = {
    1: _Level(288, 0, "even"),
    2: _Level(216, 4, "even"),
    3: _Level(180, 10, "even"),
    4: _Level(180, 13, "tilted"),
    5: _Level(180, 16, "split"),
}
_TURNS = {3: 9, 4: 8, 5: 10}
_SCENES = {scene.key: scene for scene in SCENES}


@dataclass(frozen=True, kw_only=True)
class HiddenProfile(Choice):
    """A committee finds the best of four options, though what all of them know speaks for another (3 to 5 seats)."""

    name: ClassVar[str] = "hidden_profile"
    version: ClassVar[int] = 1
    reading: ClassVar[tuple[float, float, int] | None] = (0.98, 0.99, 82)

    seats: int = 3
    turns: int = 9
    words: int = 20
    remarks: int = 10
    dealing: str = "even"

    @classmethod
    def at(cls, level: int, **options: str) -> HiddenProfile:
        for option in options:
            check_known(option, ("seats",), "option of hidden_profile")
        chosen = _LEVELS[level]
        seats = int(check_known(options.get("seats", "3"), map(str, _TURNS), "number of seats of hidden_profile"))
        turns = _TURNS[seats]
        words = -(-chosen.budget // turns)
        return cls(level=level, seats=seats, turns=turns, words=words, remarks=chosen.remarks, dealing=chosen.dealing)

    def generate(self, seed: int, solvable: bool = True) -> World:
        del solvable  # some option is always best
        return make_world(Dealing(self.seats, self.remarks, self.dealing), seed, stream(seed, self.name, self.version))

    def brief(self, view: View) -> str:
        scene, options, criteria = _scene(view), view.public("options"), view.public("criteria")
        kind = scene.option
        return (
            f"{listing(view.names)} {scene.opening}. {scene.stakes}\n\n"
            f"There are four {kind}s: {listing(options)}. Each was checked on the same eight points: {listing(criteria)}. "
            f"Every check came out either good or bad, nothing in between. The best {kind} is the one with the most good checks: "
            f"all points count alike, nothing else counts, and exactly one {kind} has the most. "
            f"Some outcomes are known to everyone; each of the others stands in the notes of one or two of them. "
            f"They succeed only if every one of them names the best {kind} in the end."
        )

    def form(self, view: View) -> str:
        example = json.dumps({"answer": view.public("options")[0]})
        return f'Under "answer" it holds the name of one {_scene(view).option}, for example {example}, or null to name none.'

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        right = [answers.get(seat) == world.target for seat in world.seats]
        views = [_own_view(world, seat) for seat in world.seats]
        informed = max((_cells(view.facts) for view in views), key=len)
        floor = float(_live(views[0], informed)[0] == world.target)
        return Score(all(right), float(all(right)), floor, 1.0, parts={"right": sum(right) / len(right)})

    @read_once
    def claims(self, view: View) -> Reader:
        return Reader(lexicon(_scene(view), view.public("options")))

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        return _live(view, _told(claims) | _cells(view.facts))

    def replies(self, view: View, question: Claim) -> tuple[tuple[Claim, ...], ...]:
        """A check went well or badly, whichever was asked."""
        other = next(seat for seat in view.seats if seat != question.seat)
        if question.slot[0] != FINDING:
            return ()
        return tuple((Claim("affirm", question.slot, value, other),) for value in ("good", "bad"))

    def needed(self, world: World) -> tuple[Fact, ...]:
        """What is left of the findings that speak for the target when the least useful and longest are dropped, one by one, for as long as
        every seat stays licensed."""
        useful = [fact for fact in world.facts if fact.holders and fact.slot[0] == FINDING and _use(fact, world.target)]
        views = [_own_view(world, seat) for seat in world.seats]
        tallies = [(seat, _Tally(view, _cells(useful) | _cells(view.facts))) for seat, view in zip(world.seats, views, strict=True)]
        left = dict.fromkeys(useful)
        for fact in sorted(useful, key=lambda fact: (_use(fact, world.target), -length(fact.text))):
            news_to = [tally for seat, tally in tallies if seat not in fact.holders]
            for tally in news_to:
                tally.count(fact.slot[1], fact.value, -1)
            if all(tally.live() == (world.target,) for _, tally in tallies):
                del left[fact]
                continue
            for tally in news_to:
                tally.count(fact.slot[1], fact.value)
        return tuple(left)

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        heard = self.claims(turns, view)
        live = self.candidates(view, [claim for claim in heard if claim.seat != seat])
        plan: list[Claim] = []
        if set(view.sees) != set(view.seats):
            plan += _tellings(view, heard, seat)
        if len(live) > 1:
            return tuple(plan) or _question(view, heard, live)
        if _standing(heard) != live[0]:
            plan.append(Claim("propose", ANSWER, live[0]))
        return tuple(plan)

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view  # the claims hold all it takes
        return word(claims)


def _scene(view: View) -> Scene:
    return _SCENES[view.public("scene")]


def _own_view(world: World, seat: Seat) -> View:
    facts = tuple(fact for fact in world.facts if not fact.holders or seat in fact.holders)
    return View(world.seats, world.names, (seat,), (seat,), facts)


def _cells(facts: Iterable[Fact]) -> Cells:
    return {fact.slot: fact.value for fact in facts if fact.slot[0] == FINDING}


def _told(claims: Iterable[Claim]) -> Cells:
    """The findings that ``claims`` give one value only."""
    values: dict[tuple[str, ...], set[str]] = {}
    for claim in claims:
        if claim.kind in ("affirm", "exclude") and claim.slot[0] == FINDING and claim.value in OPPOSITE:
            values.setdefault(claim.slot, set()).add(claim.value if claim.kind == "affirm" else OPPOSITE[claim.value])
    return {slot: value for slot, (value, *more) in values.items() if not more}


def _live(view: View, cells: Cells) -> tuple[str, ...]:
    return _Tally(view, cells).live()


class _Tally:
    """How many good checks each option has for certain, and how many it can have at most, by ``cells``."""

    def __init__(self, view: View, cells: Cells) -> None:
        self._good = dict.fromkeys(view.public("options"), 0)
        self._most = dict.fromkeys(self._good, len(view.public("criteria")))
        for (_, option, _), value in cells.items():
            if option in self._good:
                self.count(option, value)

    def count(self, option: str, value: str, times: int = 1) -> None:
        if value == GOOD:
            self._good[option] += times
        else:
            self._most[option] -= times

    def live(self) -> tuple[str, ...]:
        """Options that can still have the most good checks alone, likeliest first; if what was told leaves none, all of them."""
        good, most = self._good, self._most
        first, second, *_ = sorted(good.values(), reverse=True)
        alive = [option for option in good if most[option] > (second if good[option] == first else first)]
        return tuple(sorted(alive or good, key=lambda option: -good[option] - most[option]))


def _use(fact: Fact, target: str) -> int:
    """How far a finding helps to show that ``target`` is best: its good ones twice, because they count against every other option."""
    about_target = fact.slot[1] == target
    if about_target != (fact.value == GOOD):
        return 0
    return 2 if about_target else 1


def _tellings(view: View, heard: Sequence[Claim], seat: Seat) -> list[Claim]:
    """The seat's own findings nobody has told, about options that could still be best for all anyone said: what was asked for, then
    what upsets the order that everyone believes in."""
    common = _told(heard) | _cells(fact for fact in view.facts if not fact.holders)
    live = _live(view, common)
    said = {(claim.slot, claim.value) for claim in heard if claim.kind == "affirm"}
    asked = {claim.slot for claim in heard if claim.kind == "ask" and claim.seat != seat}
    own = [fact for fact in view.held_by(seat) if fact.slot[0] == FINDING and fact.value in OPPOSITE]
    open_ones = [fact for fact in own if fact.slot[1] in live and (fact.slot, fact.value) not in said]

    def weight(fact: Fact) -> tuple[bool, bool, bool]:
        leads = fact.slot[1] == live[0]
        return fact.slot not in asked, leads == (fact.value == GOOD), leads != (fact.value == BAD)

    return [Claim("affirm", fact.slot, fact.value) for fact in sorted(open_ones, key=weight)]


def _question(view: View, heard: Sequence[Claim], live: Sequence[str]) -> tuple[Claim, ...]:
    """One open finding of a live option that nobody has asked for yet, the strongest rival of the likeliest first."""
    closed = set(_told(heard) | _cells(view.facts)) | {claim.slot for claim in heard if claim.kind == "ask"}
    for option in (*live[1:], live[0]):
        for criterion in view.public("criteria"):
            if (slot := (FINDING, option, criterion)) not in closed:
                return (Claim("ask", slot),)
    return ()


def _standing(heard: Sequence[Claim]) -> Answer:
    """The last proposal that its author has not withdrawn."""
    standing: dict[Seat, Claim] = {}
    for claim in heard:
        if claim.kind == "propose":
            standing.pop(claim.seat, None)
            standing[claim.seat] = claim
        elif claim.kind == "withdraw":
            standing.pop(claim.seat, None)
    return list(standing.values())[-1].value if standing else None
