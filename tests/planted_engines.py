"""An engine that keeps every duty, and the same with one planted defect: ``tests.planted_engines:connect?defect=mixes``."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

from benchmark.answers import write_answer
from benchmark.vocabulary import Completion, ConnectError, Message, Request, Sampling, Usage
from models.spec import Spec

CONTEXT = 100_000
"""Characters of a prompt that the planted model can hold."""


class Sound:
    """A made-up model: what it says follows from its chat (and, unless greedy, from its seed); it takes words for tokens."""

    def __init__(self, name: str) -> None:
        self.name: Any = name
        self.details: Any = {"revision": "1"}

    async def complete(self, request: Request, sampling: Sampling) -> Any:
        await asyncio.sleep(0.001)
        return self.answer(request.chat, request, sampling)

    def answer(self, chat: tuple[Message, ...], request: Request, sampling: Sampling) -> Completion:
        prompt = "\n".join(content for _, content in chat)
        if len(prompt) > CONTEXT:
            return Completion("", finish="error", note=f"{len(prompt)} characters do not fit")
        words = self.words(chat, request, sampling)
        kept = words[: sampling.max_tokens]
        usage = Usage(prompt=len(prompt.split()), cached=0, completion=len(kept))
        return Completion(" ".join(kept), finish="stop" if kept == words else "length", usage=usage, constrained=request.schema is not None)

    def words(self, chat: tuple[Message, ...], request: Request, sampling: Sampling) -> list[str]:
        """What it would say without a limit. It does as it is told: begins with a word, and names every word of the day it knows."""
        if request.schema:
            return [write_answer(None)]
        prompt = "\n".join(content for _, content in chat)
        named = re.findall(r'(?:the word|day is) "(\w+)"', prompt)
        seed = request.seed if sampling.temperature else 0
        return [*named, *re.findall("....", hashlib.sha256(f"{prompt!a}{seed}".encode()).hexdigest())]


class Mixes(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        self.chat = request.chat
        await asyncio.sleep(0.01)
        return self.answer(self.chat, request, sampling)


class MixesUnheeding(Sound):
    """Mixes calls up, and never says a word that it is asked for."""

    async def complete(self, request: Request, sampling: Sampling) -> Any:
        self.chat = request.chat
        await asyncio.sleep(0.01)
        given = self.answer(self.chat, request, sampling)
        return replace(
            given, text=given.text if request.schema else hashlib.sha256(given.text.encode()).hexdigest()[: 8 * sampling.max_tokens]
        )


class Accumulates(Sound):
    """Sends everything that was ever asked along, to a model that does not mention it."""

    asked = 0

    async def complete(self, request: Request, sampling: Sampling) -> Any:
        given = self.answer(request.chat, request, sampling)
        self.asked += given.usage.prompt
        return replace(given, usage=replace(given.usage, prompt=self.asked))


class Remembers(Sound):
    history: tuple[Message, ...] = ()

    async def complete(self, request: Request, sampling: Sampling) -> Any:
        self.history = (*self.history, *request.chat)
        return replace(self.answer(self.history, request, sampling), usage=Usage(0, 0, 0))


class Switches(Sound):
    """Greedy replies change for good once a conversation has been longer than one message."""

    switched = False

    async def complete(self, request: Request, sampling: Sampling) -> Any:
        self.switched |= "Mention it" in request.chat[-1][1]
        return self.answer((*request.chat, ("user", str(self.switched))), request, sampling)


class Unlimited(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        return self.answer(request.chat, request, replace(sampling, max_tokens=10_000))


class RaisesWhenLong(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        if sum(len(content) for _, content in request.chat) > CONTEXT:
            raise RuntimeError("the prompt is longer than the context")
        return await super().complete(request, sampling)


class ClaimsConstraint(Sound):
    def words(self, chat: tuple[Message, ...], request: Request, sampling: Sampling) -> list[str]:
        return ["I", "would", "rather", "not", "say."]


class ConstrainsTalk(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        return replace(await super().complete(request, sampling), constrained=True)


class GivesDict(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        return {"text": "hello"}


class GivesBytes(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        return Completion(b"hello")  # type: ignore[arg-type]


class OddFinish(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        return replace(await super().complete(request, sampling), finish="eos")


class OddUsage(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        return replace(await super().complete(request, sampling), usage=Usage(prompt=None))  # type: ignore[arg-type]


class Hangs(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        await asyncio.Event().wait()


class HangsWhenLong(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        if sum(len(content) for _, content in request.chat) > CONTEXT:
            await asyncio.Event().wait()
        return await super().complete(request, sampling)


class Swallows(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        try:
            return await super().complete(request, sampling)
        except asyncio.CancelledError:
            return Completion("as if nothing had happened")


class Stubborn(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        try:
            return await super().complete(request, sampling)
        except asyncio.CancelledError:
            while True:
                with suppress(asyncio.CancelledError):
                    await asyncio.sleep(3600)


class DiesOfCancelling(Sound):
    dead = False

    async def complete(self, request: Request, sampling: Sampling) -> Any:
        if self.dead:
            return Completion("", finish="error", note="the connection is closed")
        try:
            return await super().complete(request, sampling)
        except asyncio.CancelledError:
            self.dead = True
            raise


class Miscounts(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        return replace(await super().complete(request, sampling), usage=Usage(7, 0, 7))


class Encodes(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        request.chat[-1][1].encode()
        return await super().complete(request, sampling)


class FearsQuotations(Sound):
    async def complete(self, request: Request, sampling: Sampling) -> Any:
        if "\\u003c" in request.chat[-1][1]:
            raise ValueError("a role that the template does not know")
        return await super().complete(request, sampling)


class Blocks(Sound):
    """Waits with the whole event loop, once."""

    asked = 0

    async def complete(self, request: Request, sampling: Sampling) -> Any:
        self.asked += 1
        if self.asked == 12:
            time.sleep(1.5)  # noqa: ASYNC251 - the defect
        return await super().complete(request, sampling)


class Dices(Sound):
    """Draws without the seed; that is noted, and breaks no promise."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.dice = itertools.count()

    def words(self, chat: tuple[Message, ...], request: Request, sampling: Sampling) -> list[str]:
        return super().words((*chat, ("user", str(next(self.dice)))), request, sampling)


class Unnamed(Sound):
    def __init__(self, name: str) -> None:
        super().__init__("")


class UnwritableDetails(Sound):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.details = {"engine": object()}


class FalselyBounded(Sound):
    """Counts more cached tokens than the prompt has."""

    async def complete(self, request: Request, sampling: Sampling) -> Any:
        given = await super().complete(request, sampling)
        return replace(given, usage=replace(given.usage, cached=10**6))


KINDS: list[type[Sound]] = [Sound, *Sound.__subclasses__()]
ENGINES: Mapping[str, type[Sound]] = {kind.__name__: kind for kind in KINDS}


OPENED: Counter[str] = Counter()
"""How often each spec was connected in this process."""


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[Sound]:
    OPENED[str(spec)] += 1
    defect = spec.options.get("defect", "Sound")
    if defect == "CannotOpen":
        raise RuntimeError("no such device")
    if defect == "Unreachable":
        raise ConnectError("the server is down. Start it.")
    yield ENGINES.get(defect, Sound)(str(spec))
    if defect == "CannotClose":
        raise RuntimeError("the server is gone")
