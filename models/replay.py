"""The ``replay:`` engine: the completions on record in a run folder, given again to the same requests.

A request is the same if its chat, its kind and its sampling seed are. Nothing is kept between calls, so that the same
request always gets the same completion: the first on record. A request that is not on record is an error of its own
episode. A run holds several models' calls where partners played; ``model`` says whose are given.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.episode import chat_sha256
from benchmark.records import completion
from benchmark.vocabulary import Completion, ConnectError, Json, Request, Sampling

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from models.spec import Spec

OPTIONS: dict[str, str] = {"model": "the spec of the model whose completions are given, as run.json has it (the one that the run tested)"}
"""What a ``replay:`` spec takes after "?", with the defaults."""

Key = tuple[str, str, int | None]
"""Hash of the chat, kind, sampling seed (None: recorded before seeds were)."""


class Replay:
    """What one model wrote in one run, as a Model."""

    def __init__(self, name: str, replies: Mapping[Key, Completion], details: Mapping[str, Json]) -> None:
        self.name = name
        self.details = details
        self._replies = replies

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        """What is on record for ``request``; an error value if nothing is."""
        del sampling  # what was drawn once is not drawn again
        chat = chat_sha256(request.chat)
        for seed in (request.seed, None):
            if reply := self._replies.get((chat, request.kind, seed)):
                return reply
        return Completion("", finish="error", note=f"{self.name} has no {request.kind} on record for this chat and sampling seed")


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[Replay]:
    """The model of a ``replay:`` spec. ConnectError if its folder holds no run that can be read."""
    spec.allow(OPTIONS)
    yield await asyncio.to_thread(_read, spec)


def _read(spec: Spec) -> Replay:
    folder = Path(spec.name)
    try:
        run = json.loads((folder / "run.json").read_bytes())
        identity, tested = str(run["id"]), str(run["configuration"]["model"])
        whose = spec.options.get("model", tested)
        replies = _replies(folder / "episodes.jsonl", whose)
    except OSError as error:
        raise ConnectError(f"{folder} is no run folder ({error.strerror}: {error.filename}). Give one that `bench run` made.") from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ConnectError(f"the run in {folder} cannot be read: {error!r:.200}. `bench verify {folder}` says what is wrong.") from None
    if not replies:
        raise ConnectError(
            f"{folder} holds no call of {whose:.200}. The run tested {tested:.200}; name another of its models with model=SPEC."
        )
    return Replay(str(spec), replies, {"engine": "replay", "replayed_run": identity, "replayed_model": whose, "calls": len(replies)})


def _replies(path: Path, whose: str) -> dict[Key, Completion]:
    """Every completion of the model ``whose``; ValueError names the line that cannot be read."""
    replies: dict[Key, Completion] = {}
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.endswith(b"\n"):  # still being written, or torn by a kill
                break
            try:
                record = json.loads(line)
                for call in record["calls"]:
                    if record["seats"][call["seat"]] == whose:
                        replies.setdefault(_key(call), completion(call))
            except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
                raise ValueError(f"line {number} of {path.name}: {error}") from None
    return replies


def _key(call: Any) -> Key:
    seed = call.get("seed")
    return str(call["chat_sha256"]), str(call["kind"]), seed if type(seed) is int else None
