"""The words everything else is written in: frozen values, and the protocol of the models they pass to. Tasks are in ``benchmark.task``.

Nothing here does I/O, draws a random number or knows a condition.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from benchmark.task import Task

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

    def in_common(self) -> View:
        """What every view of the world shows: the public facts, seen by nobody in particular."""
        return View(self.seats, self.names, (), (), tuple(fact for fact in self.facts if not fact.holders))

    def held_by(self, seat: Seat) -> tuple[Fact, ...]:
        """The private facts of ``seat`` that this view shows."""
        return tuple(fact for fact in self.facts if seat in fact.holders)


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said: ``text`` as heard. ``to`` names the only seat that hears it; None means everyone.

    Where the channel has a form, ``acts`` are the messages that ``text`` was said in, each with its opening word; empty in free talk.
    """

    seat: Seat
    text: str
    to: Seat | None = None
    acts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What people said and committed to over one world of a corpus, and nothing of who they were.

    ``answers`` is None where the talk was broken off by something else than its speakers.
    """

    world: World
    turns: tuple[Turn, ...]
    answers: Mapping[Seat, Answer] | None


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
class Probe:
    """What a seat is asked aside from the talk: whether ``partner`` knows by now what its own ``fact`` says."""

    fact: Fact
    partner: Seat


@dataclass(frozen=True, slots=True)
class Request:
    """All that one call may know. Engines read ``chat`` (and ``schema``); reference players ``view`` and ``heard``.

    ``kind`` is "talk", "commit", "repair", "script", "summary" (of the rounds before) or "probe" (``probe`` then says what is asked);
    ``seat`` is who speaks, commits or is asked. ``schema`` (JSON text) is set when one JSON answer is asked for. ``seed`` is the
    sampling seed, below 2**31, the same for the same call in every condition and arm. ``channel`` says how one talks
    (``benchmark.channels``).
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
    probe: Probe | None = None
    channel: str = "talk"


@dataclass(frozen=True, slots=True)
class Completion:
    """What an instance gave back. ``finish`` is "stop", "length", "filter" or "error"; a failure is a value too.

    ``thought`` holds reasoning the engine delivered apart from the text. ``note`` says what went wrong, if anything;
    ``fatal`` marks an error no later attempt can mend (wrong key, unknown model). ``served`` is the name of the model that a
    server says it answered with, where that is not the name asked for.
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
    served: str = ""


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
