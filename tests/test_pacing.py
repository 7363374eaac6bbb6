"""The gate before a server: how wide it opens, how fast it lets calls through, and in which order. Simulated where a clock would decide."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.streams import stream
from models.pacing import Gate, Guess, Rate, Window


class Simulated:
    """A server that answers ``bears(now)`` calls at a time, each within a second, and refuses the others at once.

    ``wish`` callers always have a call to make; one that was refused comes back after a fifth of a second. ``unlucky`` of
    the calls are refused for nothing.
    """

    def __init__(self, bears: Callable[[float], float], wish: int, unlucky: float = 0.0, window: Window | None = None) -> None:
        self.window = window or Window()
        self.answered: list[float] = []
        self.refused: list[float] = []
        self._bears, self._unlucky, self._chance = bears, unlucky, stream(0, "unlucky")
        self._serving = self._out = 0
        self._ready = wish
        self._tie = itertools.count()
        self._events: list[tuple[float, int, str, int]] = []

    def play(self, seconds: float) -> Simulated:
        now = 0.0
        while now < seconds:
            while self._ready and self._out < int(self.window.limit):
                self._send(now)
            now, _, what, sent_in = heapq.heappop(self._events)
            if what == "back":
                self._ready += 1
                continue
            self.window.ended(sent_in, self._out, what == "refused")
            self._out -= 1
            self._serving -= what == "answered"
            (self.answered if what == "answered" else self.refused).append(now)
            if what == "answered":
                self._ready += 1
            else:
                heapq.heappush(self._events, (now + 0.2, next(self._tie), "back", 0))
        return self

    def _send(self, now: float) -> None:
        self._ready -= 1
        self._out += 1
        takes = self._serving < self._bears(now) and self._chance.below(10**6) >= self._unlucky * 10**6
        self._serving += takes
        later = 0.5 + self._chance.below(1000) / 1000 if takes else 0.01
        heapq.heappush(self._events, (now + later, next(self._tie), "answered" if takes else "refused", self.window.round))

    def rate(self, since: float, until: float) -> float:
        """Answers a second."""
        return sum(since <= when < until for when in self.answered) / (until - since)

    def refusals(self, since: float, until: float) -> float:
        """The share of calls that were refused."""
        refused = sum(since <= when < until for when in self.refused)
        return refused / (refused + self.rate(since, until) * (until - since))


@pytest.mark.parametrize("bears", [1, 3, 8, 40, 150])
def test_the_window_finds_what_a_server_bears_and_keeps_it_busy(bears: int) -> None:
    server = Simulated(lambda _: bears, wish=256).play(90)

    assert server.rate(30, 90) >= 0.8 * bears
    assert server.refusals(30, 90) < (0.4 if bears > 1 else 0.55)  # to know whether it bears two, a second must be tried
    assert server.window.limit < 2 * bears + 1


def test_the_window_follows_a_server_that_comes_to_bear_more_or_less() -> None:
    server = Simulated(lambda now: 8 if now < 40 else 48 if now < 140 else 4, wish=100).play(200)

    assert 6 < server.rate(20, 40) < 9
    assert server.rate(110, 140) > 36
    assert server.rate(170, 200) > 3
    assert server.refusals(170, 200) < 0.4


def test_a_server_that_bears_all_of_it_is_never_slowed_down() -> None:
    server = Simulated(lambda _: 10**9, wish=1000).play(20)

    assert not server.refused
    assert server.window.limit >= 1000
    assert server.rate(6, 20) > 900


@pytest.mark.parametrize("wish", [4, 16, 64, 256])
def test_refusals_at_random_do_not_make_a_server_slow(wish: int) -> None:
    """One call in ten is refused whatever the load: fewer calls at a time would win nothing."""
    server = Simulated(lambda _: 10**9, wish=wish, unlucky=0.1).play(60)

    assert server.rate(10, 60) > 0.75 * wish


def test_after_an_hour_of_refusals_the_window_is_as_wide_as_before_within_seconds() -> None:
    server = Simulated(lambda now: 0 if 10 < now < 3610 else 64, wish=64).play(3650)

    assert server.rate(3620, 3650) > 35


def test_a_round_of_refusals_narrows_once() -> None:
    window = Window()
    for out in range(64, 0, -1):
        window.ended(0, out, refused=True)

    assert window.limit == 32
    assert (window.round, window.fruitless) == (1, 1)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 300), st.booleans()), max_size=200))
def test_a_window_never_closes_only_an_answer_widens_it_and_only_a_refusal_narrows_it(events: list[tuple[int, int, bool]]) -> None:
    window = Window()
    for ago, at_once, refused in events:
        before, sent_in = window.limit, max(0, window.round - ago)
        latest = sent_in == window.round
        narrower = window.ended(sent_in, at_once, refused)

        assert window.limit >= 1
        assert window.limit <= before if refused else window.limit >= before
        assert window.limit == before or not refused or narrower
        assert latest or not narrower


@settings(max_examples=50)
@given(st.integers(1, 600), st.lists(st.floats(0, 5), max_size=300))
def test_no_minute_holds_more_calls_than_are_allowed(per_minute: int, thinking: list[float]) -> None:
    """Whoever calls as soon as it may, after pauses of any length: at every edge of a minute and between."""
    rate, now, left = Rate(per_minute), 0.0, []
    for pause in [*thinking, *[0.0] * (2 * per_minute)]:
        now += pause
        now += max(0.0, rate.wait(now))
        rate.take(1, now)
        left.append(now)

    for first, last in zip(left, left[per_minute + 1 :], strict=False):
        assert last - first >= 60 - 0.06


def test_a_rate_is_used_to_the_full_although_timers_ring_late() -> None:
    rate, now = Rate(600), 0.0
    for _ in range(600):
        now += max(0.0, rate.wait(now)) + 0.004
        rate.take(1, now)

    assert now < 61


def test_a_call_that_took_more_than_was_thought_is_waited_out_and_less_is_given_back() -> None:
    rate = Rate(6000)  # a hundred a second
    rate.take(100, 10.0)
    assert rate.wait(10.0) == pytest.approx(1, abs=0.02)
    rate.settle(50)
    assert rate.wait(10.0) == pytest.approx(1.5, abs=0.02)
    rate.settle(-100)
    assert rate.wait(10.0) == pytest.approx(0.5, abs=0.02)


def test_guesses_start_high_and_come_near_what_calls_take() -> None:
    guess = Guess()
    assert guess.tokens(4000, 512) == 4000 / 4 + 512
    for _ in range(60):
        guess.learn(4000, 2000, 30)
    assert guess.tokens(4000, 512) == pytest.approx(2030, rel=0.01)
    assert guess.tokens(4000, 10) == pytest.approx(2010, rel=0.01)


def run(play: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(play())


def narrow(gate: Gate, limit: int) -> Gate:
    gate.window = Window(first=limit)
    return gate


def test_with_nothing_in_the_way_a_call_does_not_even_wait_for_the_loop() -> None:
    with pytest.raises(StopIteration):
        Gate().enter(0).send(None)


def test_who_came_first_goes_first_and_a_retry_keeps_its_place() -> None:
    async def play() -> None:
        gate, order = narrow(Gate(), 1), []

        async def call(place: int) -> None:
            entered = await gate.enter(place)
            order.append(place)
            gate.leave(entered, refused=False)

        entered = await gate.enter(0)
        calls = [asyncio.create_task(call(place)) for place in (5, 3, 4, 6)]
        await asyncio.sleep(0)
        late = asyncio.create_task(call(1))  # comes back after it was refused
        await asyncio.sleep(0)
        assert order == []
        gate.leave(entered, refused=True)
        await asyncio.wait_for(asyncio.gather(*calls, late), 5)
        assert order == [1, 3, 4, 5, 6]
        assert gate.out == 0

    run(play)


def test_a_caller_that_gives_up_takes_no_place() -> None:
    async def play() -> None:
        gate = narrow(Gate(), 1)
        entered = await gate.enter(0)
        waiting = [asyncio.create_task(gate.enter(place)) for place in range(1, 4)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.sleep(0)
        gate.leave(entered, refused=True)  # lets in the next, which is cancelled in the same moment
        waiting[1].cancel()
        await asyncio.wait_for(waiting[2], 5)
        assert gate.out == 1
        assert [one.cancelled() for one in waiting] == [True, True, False]

    run(play)


def test_a_server_that_asks_for_time_gets_it_from_every_call() -> None:
    async def play() -> None:
        gate = Gate()
        gate.hold(0.2)
        started = time.monotonic()
        await asyncio.wait_for(asyncio.gather(*(gate.enter(place) for place in range(5))), 5)
        assert time.monotonic() - started >= 0.19
        assert gate.out == 5
        await asyncio.wait_for(gate.enter(9), 0.1)

    run(play)


def test_a_longer_hold_while_calls_wait_is_kept_too() -> None:
    async def play() -> None:
        gate = Gate()
        gate.hold(0.05)
        started = time.monotonic()
        call = asyncio.create_task(gate.enter(0))
        await asyncio.sleep(0)
        gate.hold(0.25)
        gate.hold(0.01)
        await asyncio.wait_for(call, 5)
        assert time.monotonic() - started >= 0.24

    run(play)


def test_calls_are_spread_evenly_over_the_minute_and_tokens_too() -> None:
    async def play() -> None:
        for gate, tokens in ((Gate(rpm=1200), 0), (Gate(tpm=120_000), 100)):  # both: one in 50 ms
            started = time.monotonic()
            await asyncio.wait_for(asyncio.gather(*(gate.enter(place, tokens) for place in range(9))), 5)
            assert time.monotonic() - started >= 0.34  # the first at once; a timer may ring late once

    run(play)


def test_a_server_that_answers_nothing_is_asked_ever_less_often() -> None:
    now = 0.0
    gate = Gate(backoff=0.5, clock=lambda: now)
    asked = 0

    async def play() -> None:
        nonlocal now, asked
        while now < 3600:
            now += max(0.0, gate._wait())
            for entered in [await gate.enter(place) for place in range(min(64, gate.limit))]:
                gate.leave(entered, refused=True)
                asked += 1
            now += 0.01

    run(play)
    assert gate.limit == 1
    assert 3600 / 30 < asked < 3600 / 30 + 150
