"""Playing episodes in other processes: what a run sends there and gets back, and what it must offer those who see to it.

Nothing here knows how messages travel; ``benchmark.api.cluster`` sends them with Ray.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from benchmark.prices import Used
from benchmark.records import Document
from benchmark.running.plan import Planned
from benchmark.vocabulary import Seat, Usage


@dataclass(frozen=True, slots=True)
class Played:
    """How an attempt at an episode ended: with its record, or with what went wrong (``fatal``: no other will do better)."""

    document: Document | None
    note: str = ""
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """The episode to be played, in words that are short: whoever plays it has the plan."""

    id: str
    task: str
    level: int
    condition: str
    index: int
    repeat: int
    seats: Mapping[Seat, str]

    @classmethod
    def of(cls, planned: Planned) -> Unit:
        task = planned.task
        return cls(planned.id, task.label, task.level, planned.condition.name, planned.index, planned.repeat, dict(planned.seats))


@dataclass(frozen=True, slots=True)
class Call:
    """A call of episode ``id`` was answered. ``usage`` is what it counts for; ``estimated``: its engine reported none."""

    id: str
    seat: Seat
    usage: Usage
    finish: str
    estimated: bool


@dataclass(frozen=True, slots=True)
class End:
    """An attempt at episode ``id`` has ended; None if it was cut because nobody waited for it any more."""

    id: str
    played: Played | None


@dataclass(frozen=True, slots=True)
class News:
    """What happened in a replica since it was last asked; and what its engines have to say, by model."""

    events: Sequence[Call | End]
    notes: Mapping[str, Sequence[str]]


class Writer(Protocol):
    """The run, to whoever plays its episodes elsewhere: the one place where anything is recorded."""

    def called(self, planned: Planned, call: Call) -> None:
        """A call of a live episode was answered."""

    def lost(self, planned: Planned, why: str) -> None:
        """All calls of a live episode so far were in vain; it is begun again."""

    def wasted(self, planned: Planned, use: Used, why: str | None) -> None:
        """Calls of an episode that nobody waited for any more were answered. ``why`` None: they are part of its record."""

    def give_up(self, note: str) -> None:
        """Nothing more can be played."""


class Elsewhere(Protocol):
    """Where a run has its episodes played, if not here."""

    @property
    def workers(self) -> int:
        """How many episodes are wanted at a time."""

    def begin(self, writer: Writer) -> None:
        """Called once, before anything is played."""

    async def play(self, planned: Planned) -> Played | None:
        """One attempt. None if it was not begun, because the run ends."""

    def drain(self) -> None:
        """Nothing that is not begun yet is begun any more."""
