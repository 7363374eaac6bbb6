"""What is true and who holds it, what is seen and said of it, and how well it was answered: what a task is written in.

It is read from ``benchmark.vocabulary``, which has these words and the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Seat = str
"""One party to the talk: "A", "B", … in order of speaking."""

Json = Any
"""A JSON value that is hashable: tuples, never lists or dicts, wherever it sits inside a frozen value."""

Answer = Any
"""What a seat commits to, as JSON. ``None`` declines: legal in every task, right only where nothing is right."""


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
    play together; empty means one side. ``solvable`` is the stratum: False where declining is right. ``rounds`` is how many are
    played where nobody knows beforehand (``Task.open_ended``); 0 means as many as the task says.
    """

    seats: tuple[Seat, ...]
    names: tuple[str, ...]
    facts: tuple[Fact, ...] = field(hash=False)  # the rest tells most worlds apart, and much is remembered by world
    target: Json = field(hash=False)
    seed: int = 0
    solvable: bool = True
    sides: tuple[tuple[Seat, ...], ...] = ()
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """What one model instance may know: no seed, no target, no hidden fact.

    ``speaks`` are the seats the instance writes for, ``sees`` those whose private facts are among ``facts``.
    """

    seats: tuple[Seat, ...]
    names: tuple[str, ...]
    speaks: tuple[Seat, ...]
    sees: tuple[Seat, ...]
    facts: tuple[Fact, ...] = field(hash=False)

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
class Score:
    """How well the commits of one round did together. ``raw``, ``floor``, ``best`` share the task's own unit.

    ``floor`` is what the best-informed single view, adopted by all, would get: the same in every condition.
    ``native`` is the published normalisation, where the world comes from a published set. ``parts`` are numbers that a report averages,
    ``curves`` numbers of which there is one a round (None where a round has none). A name that ends in "/A" is of seat A alone: a report
    takes the seats that the tested model plays, under the name without the seat.
    """

    success: bool
    raw: float
    floor: float
    best: float
    native: float | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    curves: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
