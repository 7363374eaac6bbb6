"""An engine that dies in the middle of a game while a file exists, as ``tests.dying_engine:connect?while=FILE``.

Until then it plays the learner of the market; as ``tests.dying_engine:honest?while=FILE`` the honest player of any task.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from benchmark.answers import write_answer
from benchmark.vocabulary import Completion, Json, Request, Sampling
from models.reference import PLAYERS
from models.spec import Spec
from tasks.trust_market.selectors import learner

ROUND = 7


class Dying:
    def __init__(self, name: str, broken: Path, says: Callable[[Request], str]) -> None:
        self.name, self.broken, self.says = name, broken, says
        self.details: Mapping[str, Json] = {}

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        del sampling
        if request.round >= ROUND and self.broken.exists():
            return Completion("", finish="error", note="gone")
        return Completion(self.says(request))


def learns(request: Request) -> str:
    return write_answer(learner(request.view)) if request.schema else f"Round {request.round + 1}."


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[Dying]:
    yield Dying(str(spec), Path(spec.options["while"]), learns)


@asynccontextmanager
async def honest(spec: Spec) -> AsyncIterator[Dying]:
    yield Dying(str(spec), Path(spec.options["while"]), PLAYERS["honest"])
