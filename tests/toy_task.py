"""The smallest task there is: each seat holds one digit, and the answer is their sum. And a model that plays it."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, ClassVar, Self

from benchmark import views
from benchmark.answers import read_answer, write_answer
from benchmark.ledger import told
from benchmark.lexicon import FIRST_NAMES
from benchmark.records import Document
from benchmark.running.drive import drive, record
from benchmark.running.plan import Plan
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import (
    Answer,
    Claim,
    Completion,
    Fact,
    Illegal,
    Request,
    Sampling,
    Score,
    Seat,
    Turn,
    Usage,
    UsageError,
    View,
    World,
)
from benchmark.worlds import Generated


@dataclass(frozen=True, kw_only=True)
class Toy(Task):
    """``rounds`` above 1 reveal to each seat what the seat before it answered; ``addressed``: "@Name …" is for Name alone."""

    name: ClassVar[str] = "toy"
    version: ClassVar[int] = 1

    label: str = "toy"
    addressed: bool = False

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        if unknown := sorted(set(options) - {"seats", "rounds", "addressed"}):
            raise UsageError(f"toy takes seats, rounds and addressed, and was given {unknown[0]}")
        numbers = {name: int(options[name]) for name in ("seats", "rounds") if name in options}
        label = "toy" + (":" + ",".join(f"{name}={options[name]}" for name in sorted(options)) if options else "")
        return cls(label=label, level=level, addressed=options.get("addressed") == "yes", **numbers)

    def generate(self, seed: int, solvable: bool = True) -> World:
        seats = tuple("ABCDEFGH"[: self.seats])
        names = tuple(stream(seed, "names").sample(FIRST_NAMES, self.seats))
        digits = [stream(seed, "digit", seat).below(10) for seat in seats]
        facts = [Fact(("task",), "sum", "Everyone's digits are to be added up.")]
        for seat, name, digit in zip(seats, names, digits, strict=True):
            facts.append(Fact(("digit", seat), digit, f"{name}'s digit is {digit}.", (seat,)))
        return World(seats, names, tuple(facts), sum(digits), seed)

    def brief(self, view: View) -> str:
        return f"{', '.join(view.names)} hold one digit each and want to know the sum. A right answer is that sum."

    def form(self, view: View) -> str:
        return 'Under "answer" stands the sum, as in {"answer": 7}, or null.'

    def schema(self, view: View) -> str:
        answer = {"type": ["integer", "null"], "minimum": 0, "maximum": 9 * len(view.seats)}
        return json.dumps({"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False})

    def parse(self, text: str, view: View) -> Answer:
        answer = read_answer(text)
        if answer is not None and (type(answer) is not int or not 0 <= answer <= 9 * len(view.seats)):
            raise Illegal(f"the answer must be a whole number from 0 to {9 * len(view.seats)}, or null")
        return answer

    def draw(self, view: View, stream: Stream) -> Answer:
        return stream.between(0, 9 * len(view.seats))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        right = all(answer == world.target for answer in answers.values())
        return Score(right, float(right), 0.0, 1.0)

    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        seats = dict(zip(view.names, view.seats, strict=True))
        forms = re.compile(
            rf"\b(?P<name>{'|'.join(map(re.escape, view.names))})'s digit is (?P<digit>\d)\b|\bthe sum is (?P<sum>\d+)\b", re.IGNORECASE
        )
        found = []
        for number, turn in enumerate(turns):
            for match in forms.finditer(turn.text):
                if match["sum"]:
                    found.append(Claim("propose", ("answer",), int(match["sum"]), turn.seat, number))
                else:
                    found.append(Claim("affirm", ("digit", seats[match["name"].title()]), int(match["digit"]), turn.seat, number))
        return tuple(found)

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        known = {claim.slot[1]: claim.value for claim in claims if claim.kind == "affirm"}
        known |= {fact.slot[1]: fact.value for fact in view.facts if fact.slot[0] == "digit"}
        sums = Counter(map(sum, product(*[[known[seat]] if seat in known else range(10) for seat in view.seats])))
        return tuple(sorted(sums, key=lambda total: (-sums[total], total)))

    def needed(self, world: World) -> tuple[Fact, ...]:
        return tuple(fact for fact in world.facts if fact.slot[0] == "digit")

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        claims = self.claims(turns, view)
        said = {(claim.kind, claim.slot, claim.value) for claim in claims}
        moves = (
            [Claim("affirm", f.slot, f.value) for f in view.held_by(seat) if f.slot[0] == "digit"] if len(view.sees) < self.seats else []
        )
        live = self.candidates(view, told(claims, seat))
        moves += [Claim("propose", ("answer",), live[0])] if len(live) == 1 else []
        return tuple(move for move in moves if (move.kind, move.slot, move.value) not in said)

    def word(self, claims: Sequence[Claim], view: View) -> str:
        said = {"affirm": lambda c: f"{view.name(c.slot[1])}'s digit is {c.value}.", "propose": lambda c: f"The sum is {c.value}."}
        return " ".join(said[claim.kind](claim) for claim in claims)

    def addressee(self, text: str, view: View) -> Seat | None:
        named = next((seat for seat in view.seats if text.startswith(f"@{view.name(seat)} ")), None)
        return named if self.addressed else None

    def reveal(self, world: World, answers: Sequence[Mapping[Seat, Answer]]) -> tuple[Fact, ...]:
        last, number = answers[-1], str(len(answers))
        return tuple(
            Fact(("answered", number, of), last[of], f"{world.names[world.seats.index(of)]} answered {last[of]} in round {number}.", (to,))
            for of, to in zip(world.seats, (*world.seats[1:], world.seats[0]), strict=True)
        )


@dataclass
class Adder:
    """Tells its digit, adds up what it hears, and counts what is asked of it. ``pause`` seconds pass in each call."""

    name: str = "test:adder"
    details: Mapping[str, Any] = field(default_factory=lambda: {"revision": "1"})
    pause: float = 0.0
    calls: int = 0
    in_flight: int = 0
    most_in_flight: int = 0

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        self.calls += 1
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            return await self.reply(request)
        finally:
            self.in_flight -= 1

    async def reply(self, request: Request) -> Completion:
        await asyncio.sleep(self.pause)
        return Completion(self.says(request), usage=Usage(100, 0, 10))

    def says(self, request: Request) -> str:
        task, view, heard = request.task, request.view, request.heard
        if request.schema:
            return write_answer(task.candidates(view, told(task.claims(heard, view), request.seat))[0])
        return f"{task.word(task.moves(view, heard, request.seat), view)} (ready)".strip()


def toy_plan(*conditions: str, n: int = 4, seed: int = 3, **options: Any) -> Plan:
    """Every seat played by "test:adder", under the headline condition unless others are named."""
    chosen = tuple(views.CONDITIONS[name] for name in conditions or (views.HEADLINE,))
    return Plan("test:adder", (Generated(Toy.at(3), seed),), chosen, n=n, seed=seed, **options)


def toy_records(plan: Plan) -> list[Document]:
    """What an undisturbed run of ``plan`` writes down, in the order of the plan."""
    adder = Adder()

    async def complete(request: Request) -> Completion:
        return await adder.complete(request, plan.sampling)

    async def play() -> list[Document]:
        return [record(one, one.world(), await drive(one, one.world(), complete)) for one in plan.episodes()]

    return asyncio.run(play())
