"""Worlds written by hand, from a file in the form of docs/worlds.md: two to eight people, what each of them knows, and a question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from benchmark.answers import read_answer
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.quoting import length
from benchmark.streams import Stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Score, Seat, Turn, UsageError, View, World
from tasks.written import hiddenbench
from tasks.written.answers import Question
from tasks.written.talk import ANSWER, FACT, Lexicon, Phrase, claims
from tasks.written.worlds import SEATS, Told, make_world, question_of, read_scripts

Known = dict[tuple[str, ...], Told]
"""What is known: what each fact, by its slot, says of the options."""

HIDDENBENCH = "hiddenbench"
_RANGES = {"seats": (2, len(SEATS)), "turns": (2, 64), "words": (8, 400)}


@dataclass(frozen=True, kw_only=True)
class Written(Task):
    """Worlds written by hand, from a file: --worlds FILE (docs/worlds.md)"""

    name: ClassVar[str] = "written"
    version: ClassVar[int] = 1
    semantic: ClassVar[bool] = False

    words: int = 60
    declining: bool = False

    @classmethod
    def at(cls, level: int, **options: str) -> Written:
        for option in options:
            check_known(option, (*_RANGES, "declining", "meaning", "preset"), "option of written")
        if "preset" in options:
            check_known(options["preset"], (HIDDENBENCH,), "preset of written")
            if len(options) > 1:
                raise UsageError(f"written:preset={HIDDENBENCH} takes no other option, and was given {', '.join(options)}")
            return HiddenBench(level=level)
        declining, meaning = (check_known(options.get(name, "no"), ("yes", "no"), f"value of {name}") for name in ("declining", "meaning"))
        kind = Meant if meaning == "yes" else Written
        numbers: Mapping[str, Any] = {name: _whole(name, options[name]) for name in _RANGES if name in options}
        return kind(level=level, declining=declining == "yes", **numbers)

    def generate(self, seed: int, solvable: bool = True) -> World:
        del seed, solvable
        raise UsageError("written plays worlds that somebody wrote: `bench run --worlds FILE`, `bench check FILE` (see docs/worlds.md)")

    def brief(self, view: View) -> str:
        question = _question(view)
        about = [f" {name} is {said}." for name, said in zip(view.names, view.public("about"), strict=True) if said]
        return (
            f"{listing(view.names)} are {view.public('relation')}.{''.join(about)} {view.public('setting')}\n\n"
            f"What they have to answer: {question.text} {question.rule(self.declining)} "
            f"What bears on it is known to everyone or stands in the notes of some of them. "
            f"They succeed only if every one of them gives the right answer in the end."
        )

    def form(self, view: View) -> str:
        return _question(view).form()

    def schema(self, view: View) -> str:
        answer = _question(view).schema()
        return json.dumps({"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False})

    def parse(self, text: str, view: View) -> Answer:
        given = read_answer(text)
        return None if given is None else _question(view).parse(given)

    def draw(self, view: View, stream: Stream) -> Answer:
        return _question(view).draw(stream)

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        question = question_of(next(fact.value for fact in world.facts if fact.slot == ("question",)))
        right = [question.is_right(answers.get(seat), world.target) for seat in world.seats]
        return Score(all(right), float(all(right)), self.floor(world, question), 1.0, parts={"right": sum(right) / len(right)})

    def floor(self, world: World, question: Question) -> float:
        """The expected score of one guess adopted by all."""
        del world
        return question.luck(self.declining)

    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        salt, phrases = view.public("phrases")
        return claims(turns, Lexicon(salt, _options(view), tuple(Phrase(*one) for one in phrases)))

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """All options, whatever was told: what the facts mean is not stated. Where there are none, nothing can be known here."""
        del claims
        options = _options(view)
        return (*options, None) if self.declining or not options else options

    def place(self, world: World) -> tuple[int, int] | None:
        question = question_of(next(fact.value for fact in world.facts if fact.slot == ("question",)))
        return (question.items.index(world.target), len(question.items)) if question.kind == "options" and world.solvable else None

    def needed(self, world: World) -> tuple[Fact, ...]:
        """None: which facts settle the answer is not stated."""
        del world
        return ()

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """The seat's own facts that nobody has recited and a turn can hold; nothing where all can read them anyway."""
        return tuple(Claim("affirm", fact.slot, fact.value) for fact in self._untold(view, turns, seat))

    def _untold(self, view: View, turns: Sequence[Turn], seat: Seat) -> list[Fact]:
        if set(view.sees) == set(view.seats):
            return []
        said = "\n".join(turn.text for turn in turns)
        own = [fact for fact in view.held_by(seat) if fact.slot[0] == FACT]
        return [fact for fact in own if fact.text not in said and length(fact.text) <= self.words]

    def word(self, claims: Sequence[Claim], view: View) -> str:
        """Facts are told in their own words. One that ``view`` does not hold cannot be told."""
        texts = {fact.slot: fact.text for fact in view.facts}
        lines = [f"I propose {_spoken(claim.value)}." if claim.kind == "propose" else texts.get(claim.slot, "") for claim in claims]
        return "\n".join(filter(None, lines))


@dataclass(frozen=True, kw_only=True)
class Meant(Written):
    """Worlds whose facts state which options they rule out, so that it can be told whether an answer was earned."""

    semantic: ClassVar[bool] = True

    def floor(self, world: World, question: Question) -> float:
        """What the seat that can rule out most on its own would get if all adopted its guess."""
        guesses = [_live(question.items, _readable(world, seat)) for seat in world.seats]
        return float(min(guesses, key=len)[0] == world.target)

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        return _live(_options(view), _told(claims) | {fact.slot: fact.value for fact in view.facts if fact.slot[0] == FACT})

    def needed(self, world: World) -> tuple[Fact, ...]:
        """What is left of the facts that rule anything out when those that rule out least are dropped, one by one, for as long as every
        seat can know the answer."""
        options = question_of(next(fact.value for fact in world.facts if fact.slot == ("question",))).items
        own = [_readable(world, seat) for seat in world.seats]
        left = [fact for fact in world.facts if fact.holders and fact.slot[0] == FACT and fact.value[0]]
        for fact in sorted(left, key=lambda fact: (len(fact.value[0]), -length(fact.text))):
            fewer = [other for other in left if other is not fact]
            if all(_live(options, mine | {other.slot: other.value for other in fewer}) == (world.target,) for mine in own):
                left = fewer
        return tuple(left)

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """First what rules out options that are still open for all anyone said; then the answer, once it is known."""
        heard = self.claims(turns, view)
        told = _told(heard)
        common = told | {fact.slot: fact.value for fact in view.facts if fact.slot[0] == FACT and not fact.holders}
        open_ones = _live(_options(view), common)
        useful = [fact for fact in self._untold(view, turns, seat) if fact.slot not in told and set(fact.value[0]) & set(open_ones)]
        useful.sort(key=lambda fact: -len(set(fact.value[0]) & set(open_ones)))
        plan = [Claim("affirm", fact.slot, fact.value) for fact in useful]
        live = self.candidates(view, [claim for claim in heard if claim.seat != seat])
        proposals = [claim.value for claim in heard if claim.kind == "propose"]
        if len(live) == 1 and proposals[-1:] != [live[0]]:
            plan.append(Claim("propose", ANSWER, live[0]))
        return tuple(plan)


@dataclass(frozen=True, kw_only=True)
class HiddenBench(Written):
    """HiddenBench's scenarios, from its own file. ``native`` is the published score: 1 if all four are right, else 0."""

    seats: int = hiddenbench.MEMBERS
    turns: int = hiddenbench.TURNS
    words: int = hiddenbench.WORDS

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        score = super().score(world, answers)
        return replace(score, native=score.raw)


def _question(view: View) -> Question:
    return question_of(view.public("question"))


def _options(view: View) -> tuple[str, ...]:
    question = _question(view)
    return question.items if question.kind == "options" else ()


def _readable(world: World, seat: Seat) -> Known:
    return {fact.slot: fact.value for fact in world.facts if fact.slot[0] == FACT and (not fact.holders or seat in fact.holders)}


def _told(claims: Sequence[Claim]) -> Known:
    return {claim.slot: claim.value for claim in claims if claim.kind == "affirm" and claim.slot[0] == FACT}


def _live(options: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """Options that nothing known rules out, those with most support first; if none is left, all of them."""
    out = {option for ruled_out, _ in known.values() for option in ruled_out}
    support = [option for _, supported in known.values() for option in supported]
    return tuple(sorted((option for option in options if option not in out), key=lambda one: -support.count(one)) or options)


def _spoken(answer: Answer) -> str:
    if isinstance(answer, tuple):
        return ", ".join(answer)
    return "nothing" if answer is None else str(answer)


def _whole(name: str, text: str) -> int:
    least, most = _RANGES[name]
    if not text.isdecimal() or len(text) > 4 or not least <= int(text) <= most:
        raise UsageError(f'{name} of written is a whole number from {least} to {most}, and "{text[:40]}" was given')
    return int(text)


def recognises(text: str) -> bool:
    """Whether ``text`` looks like a file of written worlds, in their own form or in HiddenBench's, be it sound or broken."""
    if hiddenbench.recognises(text):
        return True
    head = text.removeprefix("\ufeff")
    return sum(f"{name}:" in head or f'"{name}"' in head for name in ("people", "notes", "setting", "question", "relation")) >= 3


def load_worlds(text: str) -> tuple[Task, tuple[World, ...]]:
    """The worlds of a file, and the task that plays them. WorldsError names line and field."""
    if hiddenbench.recognises(text):
        return HiddenBench(label=f"written:preset={HIDDENBENCH}"), tuple(map(make_world, hiddenbench.read_items(text)))
    scripts = read_scripts(text)
    first = scripts[0]
    options = {"seats": len(first.people), "turns": first.turns, "words": first.words}
    given = {name: str(value) for name, value in options.items()}
    given |= {"declining": "yes"} if any(script.answer is None for script in scripts) else {}
    given |= {"meaning": "yes"} if first.meant else {}
    label = "written:" + ",".join(f"{name}={given[name]}" for name in sorted(given))
    task = Written.at(3, **given)
    return replace(task, label=label), tuple(map(make_world, scripts))
