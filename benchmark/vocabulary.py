"""The words everything else is written in: frozen values, and the protocol of the models they pass to. Tasks are in ``benchmark.task``,
and the words that tasks need themselves in ``benchmark.knowledge``; everyone else has them from here.

Nothing here does I/O, draws a random number or knows a condition.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from benchmark.errors import ConnectError, FolderError, Illegal, ParleyError, UsageError, WorldsError
from benchmark.knowledge import Answer, Claim, Dialogue, Fact, Json, Score, Seat, Turn, View, World
from benchmark.task import Task

__all__ = [
    "Answer",
    "Claim",
    "Completion",
    "ConnectError",
    "Described",
    "Dialogue",
    "Fact",
    "FolderError",
    "Illegal",
    "Json",
    "Message",
    "Model",
    "ParleyError",
    "Probe",
    "Request",
    "Sampling",
    "Score",
    "Seat",
    "Turn",
    "Usage",
    "UsageError",
    "View",
    "World",
    "WorldsError",
]

Message = tuple[str, str]
"""(role, content) with role "user" or "assistant"."""


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


class Described(Protocol):
    """What a record says of a model, wherever that is called."""

    @property
    def name(self) -> str: ...

    @property
    def details(self) -> Mapping[str, Json]:
        """Provenance for run.json: revision, engine version, … whatever the engine knows."""
        ...


class Model(Described, Protocol):
    """A stateless way to get completions. Several instances may share one; their contexts never meet."""

    async def complete(self, request: Request, sampling: Sampling) -> Completion: ...
