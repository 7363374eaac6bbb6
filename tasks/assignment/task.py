"""Two organisers who hold different parts of a score table, each in a private unit, agree on who does what.

After DialOp's *optimization* game: Jessy Lin, Nicholas Tomlin, Jacob Andreas and Jason Eisner, "Decision-Oriented Dialogue for Human-AI
Collaboration", TACL 2024 (arXiv 2305.20076). Theirs scales each side's numbers too, but tells nobody the scale; here each organiser knows
what an average pair reads on their own sheet, so that a percentage of average carries a rating across exactly.

A private fact is ("pair", person, job) or ("unit", seat); its value is (reading, what an average pair reads on that sheet). Claims
speak of true scores: ("pair", person, job) = 82. A raw reading becomes one once its speaker's average is told; until then it is
("sheet", person, job), of use to a hearer who has rated another pair that the speaker read out too. "Good" and "bad" have no exact
meaning and tell nothing.

``preset=dialop`` has the published game's size, eight by eight, with room to say everything, and is the same at every level: the bounds
on budgets and on reciting do not hold for it. A single view leaves much unknown there, so that many plans look equally good to it: in 23
of the 67 published games the first of them, in order of names, stays at or below 0.8 of the best for both (in 64 the one that the
release's own solver prefers).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import ClassVar, Self

from benchmark.answers import match_name, read_answer
from benchmark.lexicon import FIRST_NAMES
from benchmark.naming import check_known
from benchmark.reading import number_word, read_once
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Dialogue, Fact, Illegal, Json, Score, Seat, Turn, View, World
from tasks.assignment.boards import BAR, UNSEEN, Board, Shape, best_plan, draw_board, total
from tasks.assignment.needs import Planner, Rating
from tasks.assignment.talk import Reader
from tasks.assignment.wording import write
from tasks.assignment.worlds import PUBLISHED, SCENES, Scene, Setting, make_world

Pair = tuple[str, str]

_SHORT_NAMES = tuple(name for name in FIRST_NAMES if len(name) <= 6)
"""Short, so that a plan fits into one turn."""

_LEVELS: Mapping[int, tuple[int, int]] = {1: (10, 8), 2: (8, 6), 3: (6, 4), 4: (5, 2), 5: (4, 0)}
"""Turns, overlap: ever less in common and ever less room."""


@dataclass(frozen=True, kw_only=True)
class Assignment(Task):
    """Two organisers with half a score table each, in different units, agree who does what (graded)."""

    name: ClassVar[str] = "assignment"
    version: ClassVar[int] = 1
    reading: ClassVar[tuple[float, float, int] | None] = (1.0, 0.94, 70)
    graded: ClassVar[bool] = True

    people: int = 6
    pooled: int = 30
    overlap: int = 4
    decoys: int = 0
    split: int = 3
    rivals: int = 2
    preset: str = ""

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        for key, value in options.items():
            check_known(key, ("preset",), "option of assignment")
            check_known(value, ("dialop",), "preset of assignment")
        if options:
            return cls(level=level, turns=12, words=60, people=8, pooled=41, overlap=8, decoys=2, split=4, rivals=0, preset="dialop")
        turns, overlap = _LEVELS[level]
        return cls(level=level, turns=turns, words=24, overlap=overlap)

    def generate(self, seed: int, solvable: bool = True) -> World:
        del solvable  # some plan is always best
        draws = stream(seed, self.name, self.version)
        board = draw_board(draws, Shape(self.people, self.pooled, self.overlap, self.decoys, self.split, self.rivals))
        scene = PUBLISHED if self.preset else draws.choice(tuple(SCENES))
        names = draws.sample(_SHORT_NAMES, 2 + self.people)
        scales = [draws.between(150, 240) / UNSEEN, draws.between(330, 500) / UNSEEN]
        draws.shuffle(scales)
        jobs = draws.sample(SCENES[scene].jobs, self.people)
        setting = Setting(scene, (names[0], names[1]), tuple(names[2:]), tuple(jobs), (scales[0], scales[1]), seed, published=False)
        return make_world(setting, board, draws)

    def brief(self, view: View) -> str:
        scene, (first, second) = _scene(view), view.names
        count, person, job = number_word(len(view.public("people"))), scene.person, scene.job
        return (
            f"{scene.story.format(a=first, b=second)} There are {count} {scene.people} for {count} {job}s, one each.\n\n"
            f"Every pair of {_a(person)} and {_a(job)} has a true score between 0 and 100 for how well they fit; an average pair scores "
            f"{UNSEEN}. {first} and {second} have each rated some of the pairs, on a sheet of their own and in a private unit: all numbers "
            f"on a sheet are in proportion, and the sheet says what an average pair reads on it. Readings from two sheets cannot be "
            f"compared as they stand, but percentages of one's own average can: 150% of average is a true score of 75 on either sheet. "
            f"A pair that is on neither sheet scores exactly {UNSEEN}.\n\n"
            f"{first} and {second} want the plan, one {job} for every {person}, with the highest total of true scores. They must settle "
            f"on one and the same plan: {_a(person)} to whom they give different {job}s counts as an average pair. The "
            f"plan is good enough if its total reaches {BAR:.0%} of the best that the two sheets together allow."
        )

    def form(self, view: View) -> str:
        scene, people, jobs = _scene(view), view.public("people"), view.public("jobs")
        example = json.dumps({"answer": dict(zip(people, jobs, strict=True))}, ensure_ascii=False)
        return (
            f'Under "answer" stands an object that gives each of the {number_word(len(people))} {scene.people} one {scene.job}, no '
            f"{scene.job} twice; any plan is written like this one: {example}"
        )

    def schema(self, view: View) -> str:
        people, jobs = view.public("people"), view.public("jobs")
        plan = {
            "type": "object",
            "properties": {person: {"enum": jobs} for person in people},
            "required": people,
            "additionalProperties": False,
        }
        answer = {"anyOf": [{"type": "null"}, plan]}
        whole = {"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

    def parse(self, text: str, view: View) -> Answer:
        """A tuple of (person, job) in the order of people, from an object or from a list of such pairs; None declines."""
        found = read_answer(text)
        if found is None:
            return None
        scene, people, jobs = _scene(view), view.public("people"), view.public("jobs")
        pairs = list(found.items()) if isinstance(found, dict) else found
        if not isinstance(pairs, list) or not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in pairs):
            raise Illegal(f'under "answer" must stand an object that gives every {scene.person} one {scene.job}')
        placed: dict[str, str] = {}
        for person, job in pairs:
            who = match_name(person, people, f"every key (the {scene.person})")
            if who in placed:
                raise Illegal(f"{who} is given a {scene.job} twice, and needs exactly one")
            placed[who] = match_name(job, jobs, f"the {scene.job} of {who}")
        if missing := [person for person in people if person not in placed]:
            raise Illegal(f"no {scene.job} is given to {', '.join(missing)}, and every {scene.person} needs one")
        if unused := [job for job in jobs if job not in placed.values()]:
            raise Illegal(f"a {scene.job} is given to two {scene.people}, and nobody has {', '.join(unused)}")
        return tuple((person, placed[person]) for person in people)

    def draw(self, view: View, stream: Stream) -> Answer:
        return tuple(zip(view.public("people"), stream.shuffled(view.public("jobs")), strict=True))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """Pairs that every seat committed to count as they are, everyone else as average; ``native``, as published, leaves those out."""
        people, jobs, table, best, floor, published = world.target
        plans = [set(answers.get(seat) or ()) for seat in world.seats]
        agreed = set.intersection(*plans)
        settled = sum(table[people.index(person)][jobs.index(job)] for person, job in agreed)
        raw = settled + UNSEEN * (len(people) - len(agreed))
        return Score(
            success=len(agreed) == len(people) and raw >= BAR * best,
            raw=float(raw),
            floor=float(floor),
            best=float(best),
            native=settled / best if published else None,
            parts={"agreed": len(agreed) / len(people)},
        )

    @read_once
    def claims(self, view: View) -> Reader:
        return Reader(view, view.public("people"), view.public("jobs"))

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """The plan of highest expected total: own ratings first, then what was told, and the average for the rest."""
        own = _rated(view.facts)
        return (_plan(view, _told(claims, own) | own),)

    def place(self, world: World) -> tuple[int, int] | None:
        """The job that the best plan gives to the person who is listed first."""
        _, jobs, table, *_ = world.target
        return best_plan(table)[0], len(jobs)

    def needed(self, world: World) -> tuple[Fact, ...]:
        """Ratings of the best plan, more only where a seat needs them, less those that can be done without."""
        people, jobs, table, highest, *_ = world.target
        ratings = [Rating(people.index(f.slot[1]), jobs.index(f.slot[2]), _score(f.value), f) for f in _pairs(world.facts)]
        seats = [Planner(seat, ratings, len(people)) for seat in world.seats]

        def all_know(told: Sequence[Rating]) -> bool:
            """Whether every seat's best plan, ``told`` included, reaches the bar."""
            return all(total(table, seat.best(told)) >= BAR * highest for seat in seats)

        best = best_plan(table)
        told = [rating for rating in ratings if best[rating.row] == rating.column]
        others = [rating for rating in ratings if best[rating.row] != rating.column]
        while others and not all_know(told):
            told.append(others.pop(0))
        dropped = True
        while dropped:
            dropped = False
            for rating in sorted(told, key=lambda rating: -len(rating.fact.text)):
                fewer = [other for other in told if other is not rating]
                if all_know(fewer):
                    told, dropped = fewer, True
        return tuple(rating.fact for rating in ratings if rating in told)

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """What was asked, what speaks against the plan so far, the rest best first, then a plan; the last turn is the plan's."""
        claims = self.claims(turns, view)
        others = [claim for claim in claims if claim.seat != seat]
        standing = _standing(claims)
        plan = self.candidates(view, others)[0]
        proposal = (Claim("propose", ("answer",), plan),) if plan != standing else ()
        if set(view.seats) <= set(view.sees) or len(turns) >= self.turns - 1:
            return proposal
        own = _rated(view.held_by(seat))
        common = _told(claims, {})
        open_plan = {*_plan(view, common), *(standing or ())}
        asked = {claim.slot for claim in others if claim.kind == "ask"}

        def urgency(pair: Pair) -> tuple[bool, bool, int]:
            is_asked = not asked.isdisjoint({("pair", *pair), ("person", pair[0]), ("job", pair[1])})
            return not is_asked, not (bool(turns) and pair in open_plan and own[pair] < UNSEEN), -own[pair]

        untold = [pair for pair in own if abs(own[pair] - common.get(pair, UNSEEN)) > 1]
        ratings = tuple(Claim("affirm", ("pair", *pair), own[pair]) for pair in sorted(untold, key=urgency))
        return _average_asked(view, claims, seat) + ratings + proposal

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view  # names stand in the claims
        return write(claims)

    def founded(self, world: World, claim: Claim, before: Sequence[Claim]) -> bool:
        """A bare reading is founded like a rating: by the sheet of its speaker."""
        if claim.slot[0] != "sheet":
            return super().founded(world, claim, before)
        own = [f for f in world.facts if f.slot == ("pair", *claim.slot[1:]) and claim.seat in f.holders]
        return any(abs(_reading(claim.value) - _reading(fact.value)) <= 1 for fact in own)

    def is_own(self, world: World, claim: Claim) -> bool:
        """A bare reading too is about one's own sheet."""
        return super().is_own(world, replace(claim, slot=("pair", *claim.slot[1:])) if claim.slot[0] == "sheet" else claim)

    def presents(self, fact: Fact, claims: Sequence[Claim]) -> int | None:
        """A rating is told when it is told to within one point of true score; an average, to within one of its reading."""
        if fact.slot[0] not in ("pair", "unit"):
            return super().presents(fact, claims)
        meant = _score if fact.slot[0] == "pair" else _reading
        for claim in claims:
            if claim.slot == fact.slot and claim.kind == "affirm" and abs(meant(claim.value) - meant(fact.value)) <= 1:
                return claim.turn
        return None


def recognises(text: str) -> bool:
    """Whether ``text`` opens like a file of DialOp optimization games."""
    try:
        first = json.loads(text.lstrip().partition("\n")[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and {"table", "mask1", "mask2"} <= set(first)


def load_worlds(text: str) -> tuple[Task, tuple[World, ...]]:
    """The games of a DialOp optimization file (JSON lines), and the task that plays them. WorldsError names line and field."""
    from tasks.assignment.dialop import read_games

    worlds = []
    for game in read_games(text):
        draws = stream(game.seed, Assignment.name, "dialop")
        names = draws.sample([name for name in FIRST_NAMES if not any(name in person for person in game.people)], 2 + len(game.table))
        people = game.people or tuple(names[2:])
        jobs = game.jobs or tuple(draws.sample(SCENES[PUBLISHED].jobs, len(game.table)))
        setting = Setting(PUBLISHED, (names[0], names[1]), people, jobs, game.scales, game.seed, published=True)
        worlds.append(make_world(setting, Board(game.table, game.sheets), draws))
    return replace(Assignment.at(3, preset="dialop"), label="assignment:preset=dialop"), tuple(worlds)


def read_dialogues(text: str) -> tuple[Task, tuple[Dialogue, ...]]:
    """What people said and agreed over the games of ``load_worlds``. WorldsError names line and field."""
    from tasks.assignment.people import with_talk

    task, worlds = load_worlds(text)
    return task, tuple(with_talk(text, worlds))


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _scene(view: View) -> Scene:
    return SCENES[view.public("scene")]


def _score(value: Json) -> int:
    """A true score, from one or from the value of a fact."""
    if isinstance(value, tuple):
        reading, average = value
        value = UNSEEN * reading / average
    return int(value + 0.5)


def _reading(value: Json) -> float:
    """A reading, from one or from the value of a fact."""
    return float(value[0] if isinstance(value, tuple) else value)


def _pairs(facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.slot[0] == "pair"]


def _rated(facts: Iterable[Fact]) -> dict[Pair, int]:
    """The true scores that sheets give away, in their order."""
    return {(fact.slot[1], fact.slot[2]): _score(fact.value) for fact in _pairs(facts)}


def _average_asked(view: View, claims: Sequence[Claim], seat: Seat) -> tuple[Claim, ...]:
    """What an average pair reads on the sheet of ``seat``, if it was asked and not told."""
    kinds = {claim.kind for claim in claims if claim.slot == ("unit", seat)}
    units = [fact for fact in view.held_by(seat) if fact.slot == ("unit", seat)]
    return tuple(Claim("affirm", fact.slot, fact.value[0]) for fact in units if kinds == {"ask"})


def _told(claims: Iterable[Claim], own: Mapping[Pair, int]) -> dict[Pair, int]:
    """The scores that ``claims`` affirm, the later of two; raw readings by way of pairs that the hearer has rated too."""
    told: dict[Pair, int] = {}
    readings: dict[Seat, dict[Pair, float]] = {}
    for claim in claims:
        if claim.kind == "affirm" and claim.slot[0] == "pair":
            told[claim.slot[1], claim.slot[2]] = min(max(_score(claim.value), 0), 100)
        elif claim.kind == "affirm" and claim.slot[0] == "sheet":
            readings.setdefault(claim.seat, {})[claim.slot[1], claim.slot[2]] = claim.value
    for given in readings.values():
        units = [reading / own[pair] for pair, reading in given.items() if own.get(pair) and reading]
        for pair, reading in given.items() if units else ():
            told.setdefault(pair, min(int(reading / median(units) + 0.5), 100))
    return told


def _plan(view: View, scores: Mapping[Pair, int]) -> Answer:
    people, jobs = view.public("people"), view.public("jobs")
    columns = best_plan([[scores.get((person, job), UNSEEN) for job in jobs] for person in people])
    return tuple((person, jobs[j]) for person, j in zip(people, columns, strict=True))


def _standing(claims: Iterable[Claim]) -> Answer:
    """The last plan proposed and not withdrawn by its proposer; None if there is none."""
    plans: dict[Seat, Claim] = {}
    for claim in claims:
        if claim.kind == "propose":
            plans[claim.seat] = claim
        elif claim.kind == "withdraw":
            plans.pop(claim.seat, None)
    return max(plans.values(), key=lambda claim: claim.turn).value if plans else None
