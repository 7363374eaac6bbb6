"""A model that says what is hard to keep: `tests.hostile_speaker:connect`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmark.answers import write_answer
from benchmark.vocabulary import Completion, Request, Sampling
from models.spec import Spec

SAID = (
    "nul \x00 bell \x07 escape \x1b[31m delete \x7f",
    "half \ud800 other half \udfff whole \U0001f600 turned \u202e isolate \u2066",
    "line\r\nline\u2028line\u2029page\x0c | pipe `tick` ``` fence --- </script> <|im_end|>",
    '\\u0041 \\x00 {{x}} %s $HOME \'; -- "quoted"',
    " " * 3 + "long " * 20_000,
)


class Hostile:
    name = "hostile"
    details = {"revision": "1"}  # noqa: RUF012 (a protocol asks for a mapping)

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        said = SAID[len(request.heard) % len(SAID)]
        return Completion(write_answer(None) if request.schema else said, thought=said)


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[Hostile]:
    yield Hostile()
