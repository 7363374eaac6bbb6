"""Asking a model that nobody trusts yet: every call is bounded and counted, and what comes back is looked at first.

An engine under examination may raise, hang, give back anything, or refuse to be cancelled. Each of these is a
``Trouble`` with a sentence for its author; none reaches whoever asks.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmark.vocabulary import Completion, Model, Request, Sampling, Usage

FINISHES = ("stop", "length", "filter", "error")

GRACE = 5.0
"""Seconds that a cancelled call may take to end."""

SHORT = Sampling(temperature=0.0, max_tokens=32)
"""Greedy and brief: what most checks ask with."""


class Trouble(Exception):
    """A call that did not give back a Completion as it must; ``advice`` says what to do."""

    def __init__(self, seen: str, advice: str) -> None:
        super().__init__(seen)
        self.advice = advice


@dataclass(slots=True)
class Probe:
    """One model, asked with patience of ``seconds`` for each call."""

    model: Model
    seconds: float
    calls: int = 0
    timeouts: int = 0
    stubborn: list[asyncio.Task[Completion]] = field(default_factory=list)
    """Calls that did not end when they were cancelled."""

    async def ask(self, request: Request, sampling: Sampling = SHORT) -> Completion:
        """What comes back, an error value included. Trouble if it is no Completion, or nothing comes."""
        call = self._start(request, sampling)
        await asyncio.wait({call}, timeout=self.seconds)
        if not call.done():
            self.timeouts += 1
            ended = await self.end(call)
            obeyed = "" if ended else f", and did not end within {GRACE:g} seconds of its cancellation"
            raise Trouble(
                f"no reply within {self.seconds:g} seconds{obeyed}", 'Bound every wait, and give back finish="error" when it is over.'
            )
        if call.cancelled():
            raise Trouble("the call cancelled itself", "Let no cancellation of your own escape from complete().")
        if error := call.exception():
            what = f"raised {type(error).__name__}: {str(error)[:160]}".rstrip(": ")
            raise Trouble(what, 'Give failures back as Completion("", finish="error", note=what_happened).')
        completion = call.result()
        if problem := malformed(completion):
            raise Trouble(problem, "Give back benchmark.vocabulary.Completion with the types it declares.")
        return completion

    async def reply(self, request: Request, sampling: Sampling = SHORT) -> Completion:
        """What comes back, where an error is one too many."""
        completion = await self.ask(request, sampling)
        if completion.finish == "error":
            raise Trouble(f"gave an error: {completion.note[:200] or 'without a note'}", "See why the call fails; the note should say it.")
        return completion

    async def together(self, requests: Sequence[Request], sampling: Sampling = SHORT) -> list[Completion]:
        """The replies to ``requests``, all sent at once."""
        asked = await asyncio.gather(*(self.reply(request, sampling) for request in requests), return_exceptions=True)
        for one in asked:
            if isinstance(one, BaseException):
                raise one
        return [one for one in asked if isinstance(one, Completion)]

    async def cancelled(self, request: Request, sampling: Sampling, after: float) -> asyncio.Task[Completion]:
        """A call that was cancelled ``after`` so many seconds, unless it had ended before."""
        call = self._start(request, sampling)
        await asyncio.wait({call}, timeout=after)
        if not call.done():
            await self.end(call)
        return call

    async def end(self, call: asyncio.Task[Completion]) -> bool:
        """Cancels ``call``; whether it ended for it."""
        call.cancel()
        await asyncio.wait({call}, timeout=min(GRACE, self.seconds))
        if not call.done():
            self.stubborn.append(call)
        return call.done()

    def _start(self, request: Request, sampling: Sampling) -> asyncio.Task[Completion]:
        self.calls += 1

        async def complete() -> Completion:
            return await self.model.complete(request, sampling)

        return asyncio.create_task(complete())


def malformed(completion: object) -> str:
    """What is wrong with the types and values of ``completion``; empty if nothing."""
    if not isinstance(completion, Completion):
        return f"gave back {_kind(completion)} and no Completion"
    for name, kind in (("text", str), ("thought", str), ("note", str), ("constrained", bool), ("fatal", bool), ("usage", Usage)):
        if type(given := getattr(completion, name)) is not kind:
            return f"{name} is {_kind(given)} and must be {kind.__name__}"
    if completion.finish not in FINISHES:
        return f"finish is {completion.finish!r:.40} and must be one of {', '.join(FINISHES)}"
    usage = completion.usage
    for name, number in (
        ("prompt", usage.prompt),
        ("cached", usage.cached),
        ("completion", usage.completion),
        ("retries", completion.retries),
    ):
        if type(number) is not int or not 0 <= number < 2**53:
            return f"{name} is {number!r:.40} and must be a whole number from 0"
    seconds = completion.seconds
    if type(seconds) not in (int, float) or not 0 <= seconds < math.inf:
        return f"seconds is {seconds!r:.40} and must be a number from 0"
    return ""


def _kind(given: object) -> str:
    return f"{given!r:.40} ({type(given).__name__})"


class Heartbeat:
    """How long the event loop was kept from turning, at worst, between entering and leaving."""

    INTERVAL = 0.02

    def __init__(self) -> None:
        self.longest = 0.0

    async def __aenter__(self) -> Heartbeat:
        self._task = asyncio.create_task(self._beat())
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.sleep(0)  # a beat that is overdue is still counted
        await asyncio.sleep(2 * self.INTERVAL)
        self._task.cancel()

    async def _beat(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(self.INTERVAL)
            self.longest = max(self.longest, time.monotonic() - before - self.INTERVAL)
