"""A run that is killed or stopped at any moment, at any byte: the same command completes it, with nothing lost and nothing doubled."""

from __future__ import annotations

import os
import signal
import time
import warnings
from pathlib import Path

import pytest

from benchmark.running.journal import Lines
from benchmark.running.runner import Settings
from benchmark.streams import stream
from tests.faulty import LONG, assert_holds, bench, lines, records, size, start, until, varied
from tests.servers import Server, in_thread
from tests.toy_run import QUIET, assert_complete, play
from tests.toy_task import Adder, toy_plan

GAME = ("--task", "mutual_friend", "--condition", "private", "--n", 30, "--quiet", "--max-in-flight", 8)
EPISODES = 30
KILLS = 200 if LONG else 8


def test_a_run_killed_at_random_moments_again_and_again_is_completed_by_the_same_command(tmp_path: Path) -> None:
    """The moments run from before the folder is there to the last episode, and over the report that follows."""
    draw, number, killed = stream(9, "moments"), 0, 0
    with in_thread(Server(answer=varied, latency=0.02)) as server:
        while killed < KILLS:
            out = tmp_path / f"run{number}"
            number += 1
            kept: list[bytes] = []
            for _ in range(min(KILLS - killed, 1 + draw.below(9))):
                playing = start("run", "--model", server.spec(timeout=30), *GAME, "--out", out)
                goal = len(kept) + draw.below(8)
                until(lambda goal=goal, out=out, playing=playing: len(lines(out)) >= goal or playing.poll() is not None)  # type: ignore[misc]
                time.sleep(draw.below(100) / 1000 if goal > len(kept) else draw.below(1500) / 1000)
                playing.kill()
                playing.communicate()
                killed += 1
                now = lines(out)
                assert now[: len(kept)] == kept
                kept = now
            completed = bench("run", "--model", server.spec(timeout=30), *GAME, "--out", out)
            assert completed.returncode == 0, completed.stderr
            assert lines(out)[: len(kept)] == kept
            assert len(records(out)) == len(lines(out)) == EPISODES
            assert_holds(out)


def written(path: Path) -> int:
    """The bytes that an undisturbed sitting writes into the files of a folder, as ``killed_after`` counts them."""
    total = 0
    write = os.write

    def counting(file: int, data: bytes) -> int:
        nonlocal total
        total += len(data)
        return write(file, data)

    os.write = counting  # type: ignore[assignment]
    try:
        play(path, toy_plan(n=3), Adder())
    finally:
        os.write = write
    return total


def killed_after(path: Path, left: int) -> None:
    """A sitting in a process of its own that is killed by SIGKILL once it has written ``left`` bytes of lines, be it in one's midst."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads of a test runner do nothing that the child needs
        child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        return
    try:
        write = os.write

        def dying(file: int, data: bytes) -> int:
            nonlocal left
            if len(data) > left:
                write(file, data[:left])
                os.kill(os.getpid(), signal.SIGKILL)
            left -= len(data)
            return write(file, data)

        os.write = dying  # type: ignore[assignment]
        play(path, toy_plan(n=3), Adder(), Settings(max_in_flight=2, quiet=True))
    finally:
        os._exit(1)


def test_a_run_killed_at_any_byte_that_it_writes_is_completed(tmp_path: Path) -> None:
    """Of every file that it appends to: in the long test at each byte, else at some in each part."""
    total, step = written(tmp_path / "whole"), 1 if LONG else 397
    assert total > 5000
    for byte in range(0, total - 200, step):
        path = tmp_path / str(byte)
        killed_after(path, byte)
        before = {document["id"]: document for document in Lines(path / "episodes.jsonl", frozenset())}
        outcome = play(path, toy_plan(n=3), Adder(), QUIET)

        assert (outcome.before, outcome.played) == (len(before), 3 - len(before))
        assert_complete(path, toy_plan(n=3))
        assert not (path / "unsettled.jsonl").exists()


def test_a_record_cut_at_any_byte_is_played_again_and_the_others_are_not(tmp_path: Path) -> None:
    """A system that dies can lose the end of what was written last."""
    plan = toy_plan(n=2)
    play(tmp_path, plan, Adder())
    path = tmp_path / "episodes.jsonl"
    whole = path.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    for cut in range(last, len(whole), 1 if LONG else 41):
        path.write_bytes(whole[:cut])
        model = Adder()
        outcome = play(tmp_path, plan, model)

        assert (outcome.before, outcome.played, model.calls) == (1, 1, 4)
        assert_complete(tmp_path, plan)


STOPS = ("--task", "mutual_friend", "--condition", "private", "--n", 24, "--max-in-flight", 4)


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_finishes_what_is_live_and_a_second_one_does_not_wait(tmp_path: Path, first: signal.Signals) -> None:
    for signals in (1, 2):
        out = tmp_path / f"stopped{signals}"
        with in_thread(Server(answer=varied, latency=0.2)) as server:
            command = ("run", "--model", server.spec(timeout=30), *STOPS, "--out", out)
            playing = start(*command)
            until(lambda out=out: len(lines(out)) >= 1)  # type: ignore[misc]
            before = len(lines(out))
            for _ in range(signals):
                playing.send_signal(first)
                time.sleep(0.1)
            _, errors = playing.communicate(timeout=60)
            assert playing.returncode == 3, errors
            assert "Stopped early: stopped on request" in errors
            assert "The same command resumes." in errors
            assert "Traceback" not in errors
            kept = lines(out)
            attempts = list(Lines(out / "attempts.jsonl", frozenset()))
            if signals == 1:
                assert attempts == []  # nothing that was begun was thrown away
                assert before < len(kept) < 24
            server.latency = 0.0
            assert bench(*command).returncode == 0
        assert lines(out)[: len(kept)] == kept
        assert len(records(out)) == 24
        assert_holds(out)


@pytest.mark.parametrize("moment", range(12 if LONG else 3))
def test_an_interrupt_at_any_moment_is_exit_3_or_done_and_resumable(tmp_path: Path, moment: int) -> None:
    """From the first moment in which the command listens, the connecting before play included."""
    draw, out = stream(moment, "interrupt"), tmp_path / "run"
    with in_thread(Server(answer=varied, latency=0.05)) as server:
        command = ("run", "--model", server.spec(timeout=30), *STOPS, "--out", out)
        playing = start(*command)
        until(lambda: bool(server.received))
        time.sleep(draw.below(400) / 1000 * moment)
        playing.send_signal((signal.SIGINT, signal.SIGTERM)[moment % 2])
        _, errors = playing.communicate(timeout=60)
        if playing.returncode == 3:
            assert "The same command resumes." in errors
        else:  # only the report was still to be written
            assert "24 of 24 episodes played" in errors
            assert playing.returncode in (0, 1, -signal.SIGTERM), errors
        assert "Traceback" not in errors
        server.latency = 0.0
        assert bench(*command).returncode == 0
    assert len(records(out)) == 24
    assert size(out / "unsettled.jsonl") == 0
