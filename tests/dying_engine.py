"""An engine that dies in the middle of a game while a file exists, as ``tests.dying_engine:connect?while=FILE``.

Until then it plays the learner of the market.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from benchmark.answers import write_answer
from benchmark.vocabulary import Completion, Json, Request, Sampling
from models.spec import Spec
from tasks.trust_market.selectors import learner

ROUND = 7


class Dying:
    def __init__(self, name: str, broken: Path) -> None:
        self.name, self.broken = name, broken
        self.details: Mapping[str, Json] = {}

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        del sampling
        if request.round >= ROUND and self.broken.exists():
            return Completion("", finish="error", note="gone")
        return Completion(write_answer(learner(request.view)) if request.schema else f"Round {request.round + 1}.")


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[Dying]:
    yield Dying(str(spec), Path(spec.options["while"]))
