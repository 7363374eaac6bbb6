"""The words everything else is written in: frozen values, and the two protocols (task, model) they pass between.

Nothing here does I/O, draws a random number or knows a condition.
"""

from __future__ import annotations

import abc
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

if TYPE_CHECKING:
    from benchmark.streams import Stream

Seat = str
"""One party to the talk: "A", "B", … in order of speaking."""

Json = Any
"""A JSON value that is hashable: tuples, never lists or dicts, wherever it sits inside a frozen value."""

Answer = Any
"""What a seat commits to, as JSON. ``None`` declines: legal in every task, right only where nothing is right."""

Message = tuple[str, str]
"""(role, content) with role "user" or "assistant"."""


class ParleyError(Exception):
    """Something a user can mend. ``str(error)`` says what was wrong, what was given and what to do next.

    ParleyError
    ├── Illegal           a reply that is not a usable answer; its message goes to its author, who may repair it once
    ├── UsageError        wrong usage (exit 2)
    ├── WorldsError       a worlds file that cannot be read: names the line and the field
    ├── FolderError       a run folder that is broken, foreign or in use
    └── ConnectError      a model that cannot be reached or will never answer (wrong key, unknown model)
    """


class Illegal(ParleyError): ...


class UsageError(ParleyError): ...


class WorldsError(ParleyError): ...


class FolderError(ParleyError): ...


class ConnectError(ParleyError): ...


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of knowledge, tagged with who holds it.

    ``slot`` says what it is about and ``value`` what it says of that; ``text`` is the sentence a holder reads.
    ``holders`` are sorted seats; empty means public. ``strings`` are words that give the fact away when a seat that
    cannot know them says them (the psychic rate counts that).
    """

    slot: tuple[str, ...]
    value: Json
    text: str
    holders: tuple[Seat, ...] = ()
    strings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """Everything that is true in one scenario. Only ``generate``, ``reveal`` and ``score`` may see one.

    ``names[i]`` is the person in ``seats[i]``. ``target`` is what the task scores against. ``sides`` groups seats that
    play together; empty means one side. ``solvable`` is the stratum: False where declining is right.
    """

    seats: tuple[Seat, ...]
    names: tuple[str, ...]
    facts: tuple[Fact, ...]
    target: Json
    seed: int = 0
    solvable: bool = True
    sides: tuple[tuple[Seat, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What one model instance may know: no seed, no target, no hidden fact.

    ``speaks`` are the seats the instance writes for, ``sees`` those whose private facts are among ``facts``.
    """

    seats: tuple[Seat, ...]
    names: tuple[str, ...]
    speaks: tuple[Seat, ...]
    sees: tuple[Seat, ...]
    facts: tuple[Fact, ...]

    def name(self, seat: Seat) -> str:
        return self.names[self.seats.index(seat)]

    def public(self, *slot: str) -> Json:
        """The value of the public fact about ``slot``; KeyError if there is none."""
        for fact in self.facts:
            if fact.slot == slot and not fact.holders:
                return fact.value
        raise KeyError(slot)

    def held_by(self, seat: Seat) -> tuple[Fact, ...]:
        """The private facts of ``seat`` that this view shows."""
        return tuple(fact for fact in self.facts if seat in fact.holders)


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said: ``text`` as heard. ``to`` names the only seat that hears it; None means everyone."""

    seat: Seat
    text: str
    to: Seat | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a turn says, as read from its words.

    ``kind`` is one of

    - ``affirm``: ``slot`` has ``value``; ``exclude``: it has not
    - ``count``: the speaker holds ``value`` items for ``slot``
    - ``ask``: a question about ``slot`` (and ``value``, if it names one); presents nothing
    - ``propose``: the joint answer should be ``value``; ``withdraw``: no longer

    ``seat`` and ``turn`` (index into the talk) are stamped by whoever reads a talk.
    """

    kind: str
    slot: tuple[str, ...]
    value: Json = None
    seat: Seat = ""
    turn: int = -1


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call as the engine reports them; 0 where it does not."""

    prompt: int = 0
    cached: int = 0
    completion: int = 0


@dataclass(frozen=True, slots=True)
class Sampling:
    """UsageError for a temperature below 0, a top_p outside (0, 1], fewer than one token, or no number at all."""

    temperature: float = 0.7
    top_p: float = 1.0
    max_tokens: int = 1024

    def __post_init__(self) -> None:
        if not (0 <= self.temperature < math.inf and 0 < self.top_p <= 1 and self.max_tokens >= 1):
            raise UsageError(f"nothing can be drawn with {self}: temperature is 0 or more, top_p above 0 and at most 1")


@dataclass(frozen=True, slots=True)
class Request:
    """All that one call may know. Engines read ``chat`` (and ``schema``); reference players ``view`` and ``heard``.

    ``kind`` is "talk", "commit", "repair" or "script"; ``seat`` is who speaks or commits. ``schema`` (JSON text) is set when one
    JSON answer is asked for. ``seed`` is the sampling seed, below 2**31, the same for the same call in every condition.
    """

    task: Task
    view: View
    heard: tuple[Turn, ...]
    seat: Seat
    kind: str
    round: int
    chat: tuple[Message, ...]
    schema: str | None
    seed: int


@dataclass(frozen=True, slots=True)
class Completion:
    """What an instance gave back. ``finish`` is "stop", "length", "filter" or "error"; a failure is a value too.

    ``thought`` holds reasoning the engine delivered apart from the text. ``note`` says what went wrong, if anything;
    ``fatal`` marks an error no later attempt can mend (wrong key, unknown model).
    """

    text: str
    thought: str = ""
    finish: str = "stop"
    usage: Usage = Usage()
    constrained: bool = False
    retries: int = 0
    seconds: float = 0.0
    note: str = ""
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """How well the commits of one round did together. ``raw``, ``floor``, ``best`` share the task's own unit.

    ``floor`` is what the best-informed single view, adopted by all, would get: the same in every condition.
    ``native`` is the published normalisation, where the world comes from a published set.
    """

    success: bool
    raw: float
    floor: float
    best: float
    native: float | None = None
    parts: Mapping[str, float] = field(default_factory=dict)


class Model(Protocol):
    """A stateless way to get completions. Several instances may share one; their contexts never meet."""

    @property
    def name(self) -> str: ...

    @property
    def details(self) -> Mapping[str, Json]:
        """Provenance for run.json: revision, engine version, … whatever the engine knows."""
        ...

    async def complete(self, request: Request, sampling: Sampling) -> Completion: ...


@dataclass(frozen=True, kw_only=True)
class Task(abc.ABC):
    """One kind of scenario. Its fields are its difficulty; its methods are pure and never see a condition.

    ``seats`` people take at most ``turns`` turns in all per round, each of length (``quoting.length``) at most
    ``words``. ``no_solution`` is the share of worlds in which declining is right. ``label`` is the name it was asked
    for by, options included.
    """

    name: ClassVar[str]
    version: ClassVar[int]
    graded: ClassVar[bool] = False
    """Whether success is a bar on a value rather than one right answer."""
    semantic: ClassVar[bool] = True
    """Whether ``candidates`` knows what the facts mean; if not, grounding success is null."""

    label: str = ""
    level: int = 3
    seats: int = 2
    turns: int = 6
    words: int = 24
    rounds: int = 1
    no_solution: float = 0.0

    @classmethod
    @abc.abstractmethod
    def at(cls, level: int, **options: str) -> Self:
        """The task at ``level`` (1 to 5). UsageError for an option or value it does not know."""

    @abc.abstractmethod
    def generate(self, seed: int, solvable: bool = True) -> World:
        """The world of ``seed``, fully determined by it, this task's fields and ``version``."""

    @abc.abstractmethod
    def brief(self, view: View) -> str:
        """The scene in the third person: who, why they talk, what is at stake, what a right answer is."""

    @abc.abstractmethod
    def form(self, view: View) -> str:
        """One sentence with an example: what the JSON object of a commit holds under "answer"."""

    @abc.abstractmethod
    def schema(self, view: View) -> str:
        """JSON Schema (as JSON text) of a commit; every string bounded."""

    @abc.abstractmethod
    def parse(self, text: str, view: View) -> Answer:
        """The answer in a commit's text; Illegal if there is none, or more than one."""

    @abc.abstractmethod
    def draw(self, view: View, stream: Stream) -> Answer:
        """A legal answer at random; never None."""

    @abc.abstractmethod
    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """Total over any answers ``parse`` can return, one per seat."""

    @abc.abstractmethod
    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        """What a talk says, in order, read with the public facts of ``view`` only."""

    @abc.abstractmethod
    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """Answers still possible for one who has ``view`` and was told ``claims``, likeliest first; never empty.

        Graded tasks: one answer, the plan that is best in expectation.
        """

    @abc.abstractmethod
    def needed(self, world: World) -> tuple[Fact, ...]:
        """The private facts of a cheapest set that, once all are told, licenses every seat."""

    @abc.abstractmethod
    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """What a cooperative ``seat`` would say next, most useful first; empty when nothing more helps."""

    @abc.abstractmethod
    def word(self, claims: Sequence[Claim], view: View) -> str:
        """``claims`` in words that ``claims`` reads back as the same."""

    def presents(self, fact: Fact, claims: Sequence[Claim]) -> int | None:
        """The turn at which ``claims`` (one holder's, in order) have told ``fact``; None if they never do."""
        for claim in claims:
            if (claim.kind, claim.slot, claim.value) == ("affirm", fact.slot, fact.value):
                return claim.turn
        return None

    def founded(self, world: World, claim: Claim, before: Sequence[Claim]) -> bool:
        """Whether ``claim`` says what its speaker can know: from own or public facts, or from founded claims made ``before``.

        What neither affirms nor excludes nor counts needs no ground.
        """
        if claim.kind not in ("affirm", "exclude", "count"):
            return True
        if any((claim.kind, claim.slot, claim.value) == (one.kind, one.slot, one.value) for one in before):
            return True
        own = [fact for fact in world.facts if not fact.holders or claim.seat in fact.holders]
        so = any(self.presents(fact, (replace(claim, kind="affirm"),)) is not None for fact in own)
        return so if claim.kind == "affirm" else not so and any(fact.slot == claim.slot for fact in own)

    def next_speaker(self, view: View, turns: Sequence[Turn]) -> Seat:
        """Who speaks next, from public facts and what everyone heard this round. Default: in turn."""
        return view.seats[len(turns) % len(view.seats)]

    def addressee(self, text: str, view: View) -> Seat | None:
        """The only seat that hears ``text``. Default: everyone hears everything."""
        return None

    def reveal(self, world: World, answers: Sequence[Mapping[Seat, Answer]]) -> tuple[Fact, ...]:
        """New facts after a round, given the commits of all rounds so far. Default: none."""
        return ()
