"""One request, tried until it is answered, cannot be, or patience ends; and each attempt only when the gate lets it leave.

As with OpenAI's own client, broken connections, 408, 409, 429 and 5xx are tried again, and Retry-After and x-should-retry
are heeded. Beyond it, a body that is no completion is tried again, and a server that is busy, or away for a while, is waited
for, which uses up no retry.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import aiohttp

from benchmark.vocabulary import Completion, Usage
from models.openai_endpoint import Endpoint
from models.openai_replies import Outcome, failed, read_reply
from models.openai_wire import Wire
from models.pacing import Gate, Guess

LARGEST_REPLY = 64 * 2**20
LONGEST_BACKOFF = 30.0
LONGEST_KNOCK = 5.0
"""Seconds at most between two attempts to reach a server that is away: it should not be back for long before it is used again."""

_GATEWAY = frozenset({502, 504})
"""What a gateway says while the server behind it is away."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on: ``retries`` further attempts, none begun ``seconds`` after the first, and at most ``pause`` between two.

    ``waits``: attempts that a busy server refused are not counted, and neither are those at a server that is away, until
    ``outage`` seconds after the first attempt.
    """

    retries: int
    attempt: float
    seconds: float
    backoff: float
    pause: float
    outage: float = 0.0
    waits: bool = True
    gives_up_on: tuple[str, ...] = ()

    def is_over(self, outcome: Outcome, failures: int) -> bool:
        return not outcome.again or failures > self.retries or outcome.kind in self.gives_up_on

    def counts(self, outcome: Outcome) -> bool:
        """Whether a failure uses up a retry. With no retries allowed there is nothing to wait for."""
        return not (self.waits and self.retries and outcome.busy and outcome.kind == "status")

    def sits_out(self, outcome: Outcome, elapsed: float) -> bool:
        """Whether the server is away and may come back in time."""
        return self.waits and self.retries > 0 and is_away(outcome) and elapsed < self.outage


def is_away(outcome: Outcome) -> bool:
    return outcome.kind == "unreachable" or (outcome.kind == "status" and outcome.status in _GATEWAY)


def _too_long(outcome: Outcome, patience: Patience) -> Outcome:
    """A refusal by a server that wants to be left alone for longer than any call is tried."""
    done = outcome.completion
    says = f"the server asks for a wait of {outcome.after:.0f} seconds, and a call is tried for {patience.seconds:g} (total_timeout): "
    return replace(outcome, completion=replace(done, note=says + done.note))


class Line:
    """The connection to one endpoint, and the queue before it."""

    def __init__(self, endpoint: Endpoint, wire: Wire, gate: Gate) -> None:
        self.gate = gate
        self._endpoint = endpoint
        self._wire = wire
        self._guess = Guess()
        self._places = itertools.count()
        self._jitter = random.Random()  # noqa: S311 - spreads retries in time; no result depends on it

    async def ask(self, payload: Callable[[], bytes], max_tokens: int, patience: Patience) -> tuple[Outcome, Completion]:
        """The first success, or the last failure, and what the caller may have of it: with counts, and nowhere the key.

        Time counts from the first attempt on, and ``seconds`` leaves out all waiting.

        Each attempt sends what ``payload`` makes then, so that nobody has to keep it.
        """
        characters = len(payload()) if self.gate.counts_tokens else 0
        place, attempts, failures, away, started, took = next(self._places), 0, 0, 0, 0.0, 0.0
        while True:
            tokens = self._guess.tokens(characters, max_tokens) if self.gate.counts_tokens else 0.0
            if not attempts:
                entered = await self.gate.enter(place, tokens)
                started = time.monotonic()
            else:
                try:
                    async with asyncio.timeout(patience.seconds - (time.monotonic() - started)):
                        entered = await self.gate.enter(place, tokens)
                except TimeoutError:
                    break
            sent = time.monotonic()
            left = max(0.001, patience.seconds - (sent - started))
            refused = False
            try:
                outcome = await self._attempt(payload, max_tokens, min(patience.attempt, left))
                refused = outcome.busy and outcome.after < patience.seconds
            finally:
                self.gate.leave(entered, refused)
            now = time.monotonic()
            took += now - sent
            attempts += 1
            self._count(outcome, characters, tokens)
            if not outcome.kind:
                break
            if patience.sits_out(outcome, now - started):
                away += 1
            else:
                failures, away = failures + patience.counts(outcome) + away * is_away(outcome), 0
            if refused and outcome.after:  # a longer wait no call could sit out, so each learns of it by itself and ends
                self.gate.hold(min(outcome.after, patience.pause))
            if outcome.after >= patience.seconds:
                outcome = _too_long(outcome, patience)
            pause = min(outcome.after, patience.pause) + self._step(patience, failures + away, LONGEST_KNOCK if away else LONGEST_BACKOFF)
            if patience.is_over(outcome, failures) or now - started + pause >= patience.seconds:
                break
            await asyncio.sleep(pause)
        return outcome, self._told(outcome, attempts, took)

    def _step(self, patience: Patience, failures: int, longest: float) -> float:
        """Doubled with each failure that counts (a busy server is spared by the gate), and never the same for two calls."""
        return min(longest, patience.backoff * 2.0 ** min(max(failures - 1, 0), 20)) * self._jitter.uniform(0.5, 1.0)

    def _count(self, outcome: Outcome, characters: int, guessed: float) -> None:
        """Takes what the attempt cost for what it was thought to. A refusal costs no tokens; what broke off may have."""
        if not self.gate.counts_tokens:
            return
        usage = outcome.completion.usage
        if usage != Usage():
            self._guess.learn(characters, usage.prompt, usage.completion)
            self.gate.settle(usage.prompt + usage.completion - guessed)
        elif outcome.kind == "status":
            self.gate.settle(-guessed)

    def _told(self, outcome: Outcome, attempts: int, took: float) -> Completion:
        done, without_key = outcome.completion, self._endpoint.reply_without_key
        note = f"{attempts} attempts; the last: {done.note}" if outcome.kind and attempts > 1 else done.note
        return Completion(
            text=without_key(done.text),
            thought=without_key(done.thought) if done.thought else "",
            finish=done.finish,
            usage=done.usage,
            retries=attempts - 1,
            seconds=took,
            note=self._endpoint.clean(note),
            fatal=done.fatal,
        )

    async def _attempt(self, payload: Callable[[], bytes], max_tokens: int, seconds: float) -> Outcome:
        try:
            async with asyncio.timeout(seconds):
                reply = await self._wire.post(payload, LARGEST_REPLY)
        except TimeoutError:
            return failed(f"no whole reply within {seconds:.3g} seconds", "timeout", again=True)
        except aiohttp.ClientConnectorError as error:
            return failed(f"no connection: {str(error).replace(' ssl:default', '')}", "unreachable", again=True)
        except (aiohttp.ClientError, OSError) as error:
            return failed(f"the connection broke: {error or type(error).__name__}", "broken", again=True)
        if len(reply.body) > LARGEST_REPLY:
            return failed(f"the reply is larger than {LARGEST_REPLY} bytes", "malformed", again=True)
        return read_reply(reply.status, reply.headers, reply.body, max_tokens)
