"""What is tried again, beside OpenAI's own client: the same statuses and headers, but for what is listed here with its reason."""

from __future__ import annotations

import asyncio
from itertools import product
from typing import Any, cast

import pytest

import models
from benchmark.vocabulary import Request, Sampling
from tests.servers import Act, Server, drops, gives, refuses, serving

RETRIES = 2
AT_ONCE = {"retry-after-ms": "1"}

STATUSES = (400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 418, 422, 424, 429, 451, 500, 501, 502, 503, 504, 520, 529, 599)
MORE = {"a server that is too early": refuses(425, headers=AT_ONCE), "half a body": gives("no completion", headers=AT_ONCE)}
"""These pass in time, and a run must not lose an episode to them."""
FEWER = {"no money": refuses(429, "Pay.", "insufficient_quota", headers=AT_ONCE)}
"""The other client asks again in vain."""


async def theirs(server: Server) -> None:
    from openai import AsyncOpenAI, OpenAIError

    async with AsyncOpenAI(base_url=server.base_url, api_key="none", max_retries=RETRIES, timeout=5) as client:
        try:
            await client.chat.completions.create(model="asked-model", messages=[{"role": "user", "content": "Hello."}], max_tokens=5)
        except (OpenAIError, ValueError):
            return


async def ours(server: Server) -> None:
    nothing = cast("Any", None)
    async with models.connect(models.parse_spec(server.spec(retries=RETRIES))) as model:
        await model.complete(Request(nothing, nothing, (), "A", "talk", 0, (("user", "Hello."),), None, 1), Sampling(max_tokens=5))


def attempts(act: Act) -> tuple[int, int]:
    """How often each asks a server that fails twice, then answers."""

    async def count() -> tuple[int, int]:
        counts = []
        for ask in (theirs, ours):
            async with serving(*[act] * RETRIES) as server:
                await ask(server)
                counts.append(len(server.requests))
        return counts[0], counts[1]

    return asyncio.run(count())


@pytest.mark.parametrize(("status", "word"), list(product(STATUSES, ("", "true", "false"))))
def test_the_same_statuses_are_tried_again(status: int, word: str) -> None:
    they, we = attempts(refuses(status, headers=AT_ONCE | ({"x-should-retry": word} if word else {})))

    assert they == we


def test_a_broken_connection_is_tried_again() -> None:
    assert attempts(drops()) == (RETRIES + 1, RETRIES + 1)


@pytest.mark.parametrize("act", MORE.values(), ids=MORE)
def test_what_we_try_again_and_they_do_not(act: Act) -> None:
    assert attempts(act) == (1, RETRIES + 1)


@pytest.mark.parametrize("act", FEWER.values(), ids=FEWER)
def test_what_they_try_again_and_we_do_not(act: Act) -> None:
    assert attempts(act) == (RETRIES + 1, 1)
