"""A run plays each planned episode once, keeps its slots full, and can be broken off and resumed at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from benchmark.running import runner
from benchmark.running.folder import RunFolder, read_attempts
from benchmark.running.plan import Plan
from benchmark.running.runner import Outcome, Settings
from benchmark.running.stopping import Stop
from benchmark.streams import stream
from benchmark.vocabulary import Completion, ConnectError, Request, UsageError, World
from tests.toy_run import QUIET, Instant, Telling, Told, assert_complete, ids, play, recorded
from tests.toy_task import Adder, Toy, toy_plan


def test_every_planned_episode_is_played_once_and_in_order(tmp_path: Path) -> None:
    plan = toy_plan("private", "omniscient", "silent", n=5, repeats=2)
    outcome = play(tmp_path, plan, Adder(), Settings(max_in_flight=1, quiet=True))

    assert outcome == Outcome(planned=30, before=0, played=30, errors=0, stopped=False)
    assert outcome.complete
    assert_complete(tmp_path, plan)
    assert recorded(tmp_path) == ids(plan)


def test_a_finished_run_calls_no_model(tmp_path: Path) -> None:
    plan = toy_plan(n=5)
    play(tmp_path, plan, Adder())
    model = Adder()

    assert play(tmp_path, plan, model) == Outcome(planned=5, before=5, played=0, errors=0, stopped=False)
    assert model.calls == 0


def test_a_grown_grid_plays_what_is_new(tmp_path: Path) -> None:
    play(tmp_path, toy_plan(n=3), Adder())
    outcome = play(tmp_path, toy_plan("private", "silent", n=4), Adder())

    assert outcome == Outcome(planned=8, before=3, played=5, errors=0, stopped=False)
    assert_complete(tmp_path, toy_plan("private", "silent", n=4))


def test_each_seat_is_played_by_its_own_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = toy_plan(n=1)
    planned = replace(next(plan.episodes()), seats={"A": "one", "B": "two"})
    monkeypatch.setattr(Plan, "episodes", lambda _: iter([planned]))
    asked: list[tuple[str, str]] = []

    def noting(name: str) -> Told:
        return lambda request: asked.append((name, request.seat))

    models = {name: Telling(tell=noting(name)) for name in ("one", "two")}

    async def sitting() -> None:
        with RunFolder.open(tmp_path, plan, {}) as folder:
            await runner.run(plan, models, folder, QUIET)

    asyncio.run(sitting())
    assert asked == [("one", "A"), ("two", "B"), ("one", "A"), ("two", "B")]


def failing(first: int, *, of: Callable[[Request], bool] = lambda _: True, fatal: bool = False) -> Told:
    """Fails the ``first`` requests that ``of`` picks."""
    left = first

    def tell(request: Request) -> Completion | None:
        nonlocal left
        if left and of(request):
            left -= 1
            return Completion("", finish="error", note="503 overloaded", fatal=fatal)
        return None

    return tell


def test_an_episode_that_failed_is_tried_again_at_the_end(tmp_path: Path) -> None:
    plan = toy_plan(n=5)
    outcome = play(tmp_path, plan, Telling(tell=failing(1)), Settings(max_in_flight=1, quiet=True))
    attempts = list(read_attempts(tmp_path))

    assert outcome == Outcome(planned=5, before=0, played=5, errors=0, stopped=False)
    assert_complete(tmp_path, plan)
    assert set(recorded(tmp_path)[-2:]) >= {ids(plan)[0]}
    assert [(one["id"], one["what"], one["retried"]) for one in attempts] == [(ids(plan)[0], "503 overloaded", True)]
    assert attempts[0]["when"].endswith("+00:00")


def test_an_episode_that_fails_to_the_last_stays_unplayed_until_the_next_sitting(tmp_path: Path) -> None:
    plan = toy_plan(n=5)
    first = next(plan.episodes()).world().names[0]
    outcome = play(tmp_path, plan, Telling(tell=failing(99, of=lambda request: request.view.names[0] == first)))

    assert outcome == Outcome(planned=5, before=0, played=4, errors=1, stopped=False)
    assert (outcome.missing, outcome.complete) == (1, False)
    assert [one["retried"] for one in read_attempts(tmp_path)] == [True, False]

    play(tmp_path, plan, Adder())
    assert_complete(tmp_path, plan)


def test_a_fatal_error_stops_the_run_at_once(tmp_path: Path) -> None:
    plan = toy_plan(n=50)
    model = Telling(tell=lambda r: Completion("", finish="error", note="401: wrong key", fatal=True) if model.calls > 40 else None)
    with pytest.raises(ConnectError, match=r"401: wrong key \(in episode toy/3/private/.*same command again"):
        play(tmp_path, plan, model, Settings(max_in_flight=4, quiet=True))

    assert model.calls <= 45
    assert [one["what"] for one in read_attempts(tmp_path)][:1] == ["401: wrong key"]
    assert not any(one["retried"] for one in read_attempts(tmp_path))
    assert 5 <= len(recorded(tmp_path)) <= 10


def test_a_model_that_always_fails_is_given_up(tmp_path: Path) -> None:
    plan = toy_plan(n=1000)
    outcome = play(tmp_path, plan, Telling(tell=failing(10**6)), Settings(max_in_flight=4, patience=20, quiet=True))

    assert outcome.stopped
    assert outcome.note == "20 calls in a row failed, the last one with: 503 overloaded"
    assert 20 <= len(list(read_attempts(tmp_path))) <= 25
    assert (outcome.played, outcome.missing) == (0, 1000)


def test_a_model_that_always_fails_at_the_end_of_an_episode_is_given_up(tmp_path: Path) -> None:
    plan = toy_plan(n=1000)
    model = Telling(tell=failing(10**6, of=lambda request: request.schema is not None))
    outcome = play(tmp_path, plan, model, Settings(max_in_flight=4, patience=10, quiet=True))

    assert outcome.note == "15 episodes in a row failed, the last one with: 503 overloaded"
    assert 15 <= len(list(read_attempts(tmp_path))) <= 20


def test_failures_between_successes_do_not_add_up(tmp_path: Path) -> None:
    plan = toy_plan(n=60)
    model = Telling(tell=lambda r: Completion("", finish="error") if model.calls % 9 == 0 else None)

    assert not play(tmp_path, plan, model, Settings(max_in_flight=4, patience=3, attempts=50, quiet=True)).stopped
    assert len(list(read_attempts(tmp_path))) > 20
    assert_complete(tmp_path, plan)


def test_a_bug_in_a_model_names_the_episode(tmp_path: Path) -> None:
    def bug(request: Request) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as caught:
        play(tmp_path, toy_plan(n=3), Telling(tell=bug))

    assert caught.value.__notes__ == [f"This happened in episode {ids(toy_plan(n=3))[0]}."]


def test_a_cancellation_that_escapes_a_model_loses_no_episode_unseen(tmp_path: Path) -> None:
    def escape(request: Request) -> None:
        raise asyncio.CancelledError

    with pytest.raises(RuntimeError, match="was cancelled from inside"):
        play(tmp_path, toy_plan(n=3), Telling(tell=escape))


@contextmanager
def counting_worlds(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Counts the worlds that were made."""
    made = [0]
    generate = Toy.generate

    def counted(self: Toy, seed: int, solvable: bool = True) -> World:
        made[0] += 1
        return generate(self, seed, solvable)

    monkeypatch.setattr(Toy, "generate", counted)
    yield made


def test_calls_and_live_episodes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live: list[int] = []
    plan = toy_plan(n=100, seed=185)  # of its own: worlds that were made before are not made again
    with counting_worlds(monkeypatch) as made, RunFolder.open(tmp_path, plan, {}) as folder:
        model = Telling(pause=0.01, tell=lambda _: live.append(made[0] - len(folder.done)))
        with asyncio.Runner(loop_factory=Instant) as loop:
            loop.run(runner.run(plan, {plan.model: model}, folder, Settings(max_in_flight=8, quiet=True)))

    assert model.most_in_flight == 8
    assert 10 <= max(live) <= 12  # ten until so few are left that all of them are live


def test_a_plan_is_never_held_whole(tmp_path: Path) -> None:
    plan = toy_plan(n=10**12)
    stop = Stop()
    model = Telling(tell=lambda _: stop.drain() if model.calls == 100 else None)
    outcome = play(tmp_path, plan, model, Settings(max_in_flight=4, quiet=True), stop)

    assert outcome.planned == 10**12
    assert 20 <= outcome.played <= 30


def test_a_slow_episode_delays_nobody(tmp_path: Path) -> None:
    plan = toy_plan(n=40)

    async def sitting() -> None:
        with RunFolder.open(tmp_path, plan, {}) as folder:
            slow = next(plan.episodes()).world().names

            class Waiting(Adder):
                async def reply(self, request: Request) -> Completion:
                    await asyncio.sleep(1000 if request.view.names == slow else 1)
                    return await super().reply(request)

            await runner.run(plan, {plan.model: Waiting()}, folder, Settings(max_in_flight=2, quiet=True))

    with asyncio.Runner(loop_factory=Instant) as loop:
        loop.run(sitting())
    assert recorded(tmp_path)[-1] == ids(plan)[0]


def test_slots_are_kept_busy_when_replies_differ_in_length(tmp_path: Path) -> None:
    plan = toy_plan("private", "silent", n=200)
    spent = [0.0]

    class Uneven(Adder):
        async def reply(self, request: Request) -> Completion:
            pause = 0.05 + stream(request.seed, "pause").below(1000) / 1000
            spent[0] += pause
            await asyncio.sleep(pause)
            return Completion(self.says(request))

    async def sitting() -> float:
        with RunFolder.open(tmp_path, plan, {}) as folder:
            began = asyncio.get_running_loop().time()
            await runner.run(plan, {plan.model: Uneven()}, folder, Settings(max_in_flight=16, quiet=True))
            return asyncio.get_running_loop().time() - began

    with asyncio.Runner(loop_factory=Instant) as loop:
        wall = loop.run(sitting())
    assert spent[0] / (16 * wall) > 0.97


def test_what_is_recorded_reaches_the_disk_while_models_are_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(RunFolder, "sync", lambda folder: synced.append(len(folder.done)))
    play(tmp_path, toy_plan(n=4), Adder(pause=1.0))

    assert len(synced) >= 4


@pytest.mark.parametrize("name", ["max_in_flight", "attempts", "patience"])
def test_settings_that_play_nothing_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match=f"{name} must be at least 1"):
        Settings(**cast("Any", {name: 0}))
