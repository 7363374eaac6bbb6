"""A run that is stopped, in whatever way and at whatever moment, is completed by the same command with nothing lost or doubled."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmark.running.folder import read_attempts, read_episodes
from benchmark.running.runner import Settings
from benchmark.running.stopping import Stop, run_to_end
from benchmark.streams import stream
from tests.toy_run import Telling, assert_complete, play, recorded
from tests.toy_task import Adder, toy_plan

NARROW = Settings(max_in_flight=4, quiet=True)


@pytest.mark.parametrize("at", [1, 7, 30, 100])
def test_a_drained_run_finishes_what_is_live_and_is_resumed(tmp_path: Path, at: int) -> None:
    plan, stop = toy_plan(n=40), Stop()
    model = Telling(pause=1.0, tell=lambda _: stop.drain() if model.calls == at else None)
    outcome = play(tmp_path, plan, model, NARROW, stop)

    assert (outcome.stopped, outcome.note) == (True, "stopped on request")
    assert model.calls == 4 * outcome.played
    assert at / 4 <= outcome.played <= at / 4 + 5
    assert list(read_attempts(tmp_path)) == []

    resumed = play(tmp_path, plan, Adder())
    assert (resumed.before, resumed.played) == (outcome.played, 40 - outcome.played)
    assert_complete(tmp_path, plan)


@pytest.mark.parametrize("at", [1, 7, 30, 100])
def test_a_halted_run_leaves_what_is_live_and_is_resumed(tmp_path: Path, at: int) -> None:
    plan, stop = toy_plan(n=40), Stop()
    model = Telling(pause=1.0, tell=lambda _: stop.halt() if model.calls == at else None)
    outcome = play(tmp_path, plan, model, NARROW, stop)

    assert outcome.stopped
    assert (model.calls, model.in_flight) == (at, 0)
    assert outcome.played == len(recorded(tmp_path)) < at / 4
    cut = list(read_attempts(tmp_path))
    assert all(one["cut"] and not one["retried"] for one in cut)
    assert at - 4 <= 4 * outcome.played + sum(one["tokens"] for one in cut) / 110 < at  # all that was answered is counted

    play(tmp_path, plan, Adder())
    assert_complete(tmp_path, plan)


def test_a_run_that_was_to_stop_before_it_began_plays_nothing(tmp_path: Path) -> None:
    stop, model = Stop(), Adder()
    stop.drain()

    assert play(tmp_path, toy_plan(), model, NARROW, stop).stopped
    assert model.calls == 0


def test_stopping_when_all_is_done_is_no_stop(tmp_path: Path) -> None:
    plan, stop = toy_plan(n=1), Stop()
    model = Telling(tell=lambda _: stop.drain() if model.calls == 4 else None)
    outcome = play(tmp_path, plan, model, NARROW, stop)

    assert (outcome.complete, outcome.stopped, outcome.note) == (True, False, "")


@contextmanager
def process(path: Path, n: int, pause: float) -> Iterator[subprocess.Popen[str]]:
    """A run of ``n`` episodes in a process of its own, in which Ctrl-C means what it does in a terminal."""
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from tests.toy_run import main; main(*sys.argv[1:])"
    )
    command = [sys.executable, "-c", code, str(path), str(n), str(pause)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as playing:
        try:
            yield playing
        finally:
            playing.kill()


def until(playing: subprocess.Popen[str], word: str) -> None:
    assert playing.stdout
    assert playing.stdout.readline() == f"{word}\n"


def ending(playing: subprocess.Popen[str]) -> dict[str, Any]:
    out, errors = playing.communicate(timeout=30)
    assert (playing.returncode, errors) == (0, "")
    outcome: dict[str, Any] = json.loads(out.splitlines()[-1])
    return outcome


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_drains(tmp_path: Path, asked: signal.Signals) -> None:
    with process(tmp_path, 400, 0.1) as playing:
        until(playing, "playing")
        playing.send_signal(asked)
        outcome = ending(playing)

    assert outcome["stopped"]
    assert 10 <= outcome["played"] < 400
    assert outcome["calls"] == 4 * outcome["played"]
    assert outcome["played"] == len(recorded(tmp_path))


@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_halts(tmp_path: Path, second: signal.Signals) -> None:
    with process(tmp_path, 400, 0.3) as playing:
        until(playing, "playing")
        playing.send_signal(signal.SIGINT)
        until(playing, "draining")
        playing.send_signal(second)
        outcome = ending(playing)

    assert outcome["stopped"]
    assert outcome["calls"] > 4 * outcome["played"]
    assert outcome["played"] == len(recorded(tmp_path)) < 400


def test_a_second_termination_halts_at_once(tmp_path: Path) -> None:
    with process(tmp_path, 400, 3.0) as playing:
        while not (tmp_path / "episodes.jsonl").exists():
            time.sleep(0.01)
        time.sleep(0.2)
        for _ in range(2):
            playing.send_signal(signal.SIGTERM)
            time.sleep(0.2)
        began = time.monotonic()
        outcome = ending(playing)

    assert (outcome["stopped"], outcome["played"]) == (True, 0)
    assert time.monotonic() - began < 2


def test_a_run_killed_again_and_again_ends_as_if_undisturbed(tmp_path: Path) -> None:
    moments, kept = stream(5, "moments"), 0
    for _ in range(6):
        with process(tmp_path, 400, 0.02) as playing:
            goal = kept + moments.between(1, 12)
            while playing.poll() is None and counted(tmp_path) < goal:
                time.sleep(0.002)
            time.sleep(moments.below(20) / 1000)
            playing.kill()
        assert counted(tmp_path) >= kept
        kept = counted(tmp_path)
    assert 6 <= kept < 400
    with process(tmp_path, 400, 0.0) as playing:
        until(playing, "playing")
        outcome = ending(playing)

    assert (outcome["before"], outcome["before"] + outcome["played"]) == (kept, 400)
    assert_complete(tmp_path, toy_plan(n=400))


def counted(path: Path) -> int:
    return sum(1 for _ in read_episodes(path))


def test_an_interrupt_before_play_ends_the_command() -> None:
    async def connecting(stop: Stop) -> None:
        signal.raise_signal(signal.SIGINT)
        await asyncio.sleep(60)

    with pytest.raises(KeyboardInterrupt):
        run_to_end(connecting)


def test_signals_mean_again_what_they_meant_before() -> None:
    def mine(number: int, frame: object) -> None:
        raise AssertionError

    before = signal.signal(signal.SIGINT, mine), signal.signal(signal.SIGTERM, signal.SIG_IGN)

    async def nothing(stop: Stop) -> str:
        assert signal.getsignal(signal.SIGINT) is not mine
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
        return "done"

    try:
        assert run_to_end(nothing) == "done"
        assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == (mine, signal.SIG_IGN)
    finally:
        signal.signal(signal.SIGINT, before[0])
        signal.signal(signal.SIGTERM, before[1])


def test_a_thread_plays_without_listening_to_signals() -> None:
    heard: list[str] = []

    async def nothing(stop: Stop) -> None:
        heard.append("played")

    thread = threading.Thread(target=run_to_end, args=(nothing,))
    thread.start()
    thread.join()

    assert heard == ["played"]
