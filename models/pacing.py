"""When the next call may leave for a server: as many at once as it bears, not before it said, and no faster than the user allows.

``Window`` and ``Rate`` are arithmetic without a clock. ``Gate`` is where calls wait, the one that came first in front.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
import time
from collections.abc import Callable
from typing import Final

FIRST_WINDOW: Final = 1024.0
"""Calls at once before anything is known of a server: more than most users let out, so that a healthy server is never kept waiting.

A wide start costs a server that bears little a few rounds of refusals; a narrow one would cost a fast server as many round trips.
"""

BEARABLE: Final = 1 / 4
"""The share of a round that may be refused before fewer calls leave: a server that refuses at random is not made slow for it."""

LONGEST_HOLD: Final = 30.0
_TIMER_SLACK = 0.05


class Window:
    """How many calls may be out at once, found by additive increase and multiplicative decrease (Chiu and Jain 1989).

    Until the first refusal it doubles each round trip, then grows by one. Too many refusals among the calls sent since
    the last decrease narrow it, so that it narrows once in a round trip at most. ``fruitless`` counts decreases since
    anything was answered. Where several follow on each other, growth is fast again up to where the first one led.
    """

    __slots__ = ("_aim", "_ended", "_peak", "_proven", "_refused", "fruitless", "limit", "round")

    def __init__(self, first: float = FIRST_WINDOW) -> None:
        self.limit = first
        self.round = self.fruitless = 0
        self._aim, self._proven = math.inf, True
        self._ended = self._refused = self._peak = 0

    def ended(self, sent_in: int, at_once: int, refused: bool) -> bool:
        """A call sent in round ``sent_in`` ended while ``at_once`` were out, itself among them. Whether the window got narrower."""
        if not refused:
            self.fruitless = 0
            if at_once >= int(self.limit):  # one that is not used up says nothing about a wider one
                self.limit += 1 if self.limit < self._aim else 1 / self.limit
        if sent_in != self.round:
            return False
        self._proven = self._proven or not refused
        self._peak = max(self._peak, at_once)
        self._ended += 1
        self._refused += refused
        if self._refused > BEARABLE * self._peak:
            self._narrow()
            return True
        if self._ended >= self._peak:
            self._ended = self._refused = self._peak = 0
        return False

    def _narrow(self) -> None:
        finding = not self._proven or self.limit < self._aim
        self.limit = max(1.0, min(self.limit, self._peak) * (0.5 if finding else 0.7))
        if self._proven:
            self._aim = self.limit
        self._proven = False
        self.fruitless += 1
        self.round += 1
        self._ended = self._refused = self._peak = 0


class Rate:
    """At most ``per_minute`` units, evenly spread: what one call takes is waited out before the next, and idle time buys no burst."""

    __slots__ = ("_next", "_seconds")

    def __init__(self, per_minute: float) -> None:
        self._seconds = 60 / per_minute
        self._next = -math.inf

    def wait(self, now: float) -> float:
        """Seconds until the next call may leave."""
        return self._next - now

    def take(self, units: float, now: float) -> None:
        """A call leaves. That timers ring a little late must not lower the rate."""
        self._next = max(self._next, now - min(_TIMER_SLACK, self._seconds)) + units * self._seconds

    def settle(self, units: float) -> None:
        """It took so many more than was thought (or fewer, if negative)."""
        self._next += units * self._seconds


class Guess:
    """What a call will take in tokens, from what calls have taken: those of its prompt by its length, those of its reply by the others'."""

    __slots__ = ("_per_character", "_reply")

    def __init__(self) -> None:
        self._per_character, self._reply = 0.25, math.inf

    def tokens(self, characters: int, max_tokens: int) -> float:
        """Before any reply was counted, the longest that is allowed is expected."""
        return characters * self._per_character + min(self._reply, max_tokens)

    def learn(self, characters: int, prompt: int, completion: int) -> None:
        if prompt and characters:
            self._per_character += 0.1 * (prompt / characters - self._per_character)
        if completion:
            self._reply = completion if math.isinf(self._reply) else self._reply + 0.1 * (completion - self._reply)


class Gate:
    """Where calls to one server wait their turn. ``rpm`` and ``tpm`` are calls and tokens a minute (0: as many as it bears).

    Without a limit in reach, entering costs a comparison or two. Whoever entered must leave.
    """

    def __init__(self, rpm: float = 0, tpm: float = 0, backoff: float = 0.5, clock: Callable[[], float] = time.monotonic) -> None:
        self.window = Window()
        self.out = 0
        self.calls_a_minute = rpm
        self._calls, self._tokens = Rate(rpm) if rpm else None, Rate(tpm) if tpm else None
        self._backoff, self._clock = backoff, clock
        self._shut_until = -math.inf
        self._timed = bool(rpm or tpm)
        self._queue: list[tuple[int, int, asyncio.Future[int], float]] = []
        self._tie = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def limit(self) -> int:
        """Calls that may be out at once, as far as is known by now."""
        return int(self.window.limit)

    @property
    def counts_tokens(self) -> bool:
        return self._tokens is not None

    def restart(self) -> None:
        """Forgets how much the server bears: what came before were single calls, which say little of many."""
        self.window = Window()

    async def enter(self, place: int, tokens: float = 0) -> int:
        """Waits until the call may leave; those with a lower ``place`` go first. Gives what ``leave`` wants back."""
        if not self._queue and self.out < int(self.window.limit) and not (self._timed and self._wait() > 0):
            self._admit(tokens)
            return self.window.round
        turn: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (place, next(self._tie), turn, tokens))
        self._admit_all()
        try:
            return await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # let in and cancelled in the same moment
                self.out -= 1
            self._admit_all()
            raise

    def leave(self, entered: int, refused: bool) -> None:
        """The call has ended; ``refused``: because the server has too much to do."""
        if self.window.ended(entered, self.out, refused) and self.window.fruitless > 1:
            self.hold(min(LONGEST_HOLD, self._backoff * 2.0 ** min(self.window.fruitless - 2, 20)))
        self.out -= 1
        if self._queue:
            self._admit_all()

    def hold(self, seconds: float) -> None:
        """No call leaves for so long, whichever it was that the server told to wait."""
        self._shut_until = max(self._shut_until, self._clock() + seconds)
        self._timed = True

    def settle(self, tokens: float) -> None:
        """A call took so many tokens more than it was admitted for (or fewer, if negative)."""
        if self._tokens:
            self._tokens.settle(tokens)

    def _wait(self) -> float:
        """Seconds until the clock allows another call."""
        now = self._clock()
        wait = self._shut_until - now
        if wait <= 0 and not (self._calls or self._tokens):
            self._timed = False
        for rate in (self._calls, self._tokens):
            if rate:
                wait = max(wait, rate.wait(now))
        return wait

    def _admit(self, tokens: float) -> None:
        self.out += 1
        if self._calls or self._tokens:
            now = self._clock()
            if self._calls:
                self._calls.take(1, now)
            if self._tokens:
                self._tokens.take(tokens, now)

    def _admit_all(self) -> None:
        """Lets in all who may go; where only time keeps them, comes back when it has passed."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        while self._queue and self.out < int(self.window.limit):
            *_, turn, tokens = self._queue[0]
            if not turn.done():
                if self._timed and (wait := self._wait()) > 0:
                    self._timer = asyncio.get_running_loop().call_later(wait, self._admit_all)
                    return
                self._admit(tokens)
                turn.set_result(self.window.round)
            heapq.heappop(self._queue)
