"""A server that fails in every way, at any rate: each episode ends as on a healthy server, once, and each retry is counted."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any, cast

import pytest
from aiohttp import web

import models
from benchmark.running.folder import read_attempts
from benchmark.streams import stream
from benchmark.vocabulary import Request, Sampling
from tests.faulty import (
    LONG,
    MALFORMED,
    Schedule,
    asked_again,
    assert_holds,
    bench,
    essence,
    lines,
    records,
    says_more,
    start,
    until,
    varied,
)
from tests.servers import Body, Server, completion, gives, hangs, in_process, in_thread, refuses, says, serving

GAME = ("--task", "mutual_friend", "--task", "schedule:seats=3", "--condition", "private", "--condition", "mindreader", "--n", 4, "--quiet")
EPISODES = 16
FIVE_PERCENT = {"429": 50, "500": 50, "dropped": 50, "hung": 50, "malformed": 50}
PATIENT = {"timeout": 1.2, "backoff": 0.002, "retries": 30}


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    out = tmp_path_factory.mktemp("healthy") / "run"
    with in_thread(Server(answer=varied)) as server:
        assert bench("run", "--model", server.spec(timeout=30), *GAME, "--out", out).returncode == 0
    found = essence(out)
    assert len(found) == EPISODES
    return found


def played(schedule: Schedule, out: Path) -> None:
    with in_thread(schedule.server()) as server:
        done = bench("run", "--model", server.spec(**PATIENT), *GAME, "--max-in-flight", 32, "--out", out)
    assert (done.returncode, done.stderr.count("Stopped")) == (0, 0), done.stderr


def schedules() -> list[dict[str, int]]:
    """Five in a hundred of each; much of one; and mixtures that nobody chose."""
    found = [FIVE_PERCENT, {"malformed": 350}]
    draw = stream(20, "mixtures")
    for _ in range(24 if LONG else 1):
        weather = {name: draw.below(140) for name in FIVE_PERCENT}
        found.append(weather | ({name: draw.below(100) for name in draw.sample(list(MALFORMED), 3)} if draw.below(2) else {}))
    return found


@pytest.mark.parametrize("shares", schedules(), ids=str)
def test_each_episode_ends_as_on_a_healthy_server_and_each_retry_is_counted(
    tmp_path: Path, healthy: dict[str, dict[str, Any]], shares: dict[str, int]
) -> None:
    schedule = Schedule(sum(shares.values()), shares)
    played(schedule, tmp_path / "run")

    assert essence(tmp_path / "run") == healthy
    assert asked_again(tmp_path / "run") == schedule.asked
    assert sum(call["retries"] for one in records(tmp_path / "run").values() for call in one["calls"]) == (
        schedule.asked.total() - schedule.given[""]
    )
    assert sum(schedule.given.values()) - schedule.given[""] > 5
    assert list(read_attempts(tmp_path / "run")) == []
    assert_holds(tmp_path / "run")


def test_a_server_that_says_more_than_it_was_asked_never_answers_another_call(tmp_path: Path, healthy: dict[str, dict[str, Any]]) -> None:
    server = Server(answer=varied)
    server.script.extend([says_more()] * 10_000)
    with in_thread(server):
        done = bench("run", "--model", server.spec(timeout=5), *GAME, "--max-in-flight", 4, "--out", tmp_path / "run")

    assert done.returncode == 0, done.stderr
    assert essence(tmp_path / "run") == healthy


def test_nor_does_what_comes_while_the_connection_rests() -> None:
    async def talk() -> list[str]:
        async with serving(says_more(0.05), says("second")) as server, models.connect(models.parse_spec(server.spec(timeout=5))) as model:
            nothing = cast("Any", None)
            request = Request(nothing, nothing, (), "A", "talk", 0, (("user", "Hello."),), None, 7)
            await model.complete(request, Sampling())
            await asyncio.sleep(0.3)
            return [(await model.complete(request, Sampling())).text]

    assert asyncio.run(talk()) == ["second"]


SECONDS = 30.0 if LONG else 2.5


@pytest.mark.parametrize("how", ["gone", "bad gateway"])
def test_a_server_that_is_away_for_a_while_costs_nothing(tmp_path: Path, healthy: dict[str, dict[str, Any]], how: str) -> None:
    """With the patience that users get: few retries would be used up by then."""
    out, first = tmp_path / "run", Server(answer=varied, latency=0.03)
    with in_thread(first):
        command = (
            "run",
            "--model",
            f"openai:asked-model?base_url={first.base_url}&backoff=0.05",
            *GAME,
            "--out",
            out,
            "--max-in-flight",
            8,
        )
        playing = start(*command)
        until(lambda: len(lines(out)) >= 3)
        if how == "bad gateway":
            first.script.extend([refuses(502, "<html>upstream</html>")] * 10**6)
            time.sleep(SECONDS)
            first.script.clear()
            assert playing.wait(60) == 0
    if how == "gone":
        time.sleep(SECONDS)
        assert playing.poll() is None
        with in_thread(Server(answer=varied, port=first.port)):
            assert playing.wait(60) == 0
    _, errors = playing.communicate()

    assert "failed" not in errors
    assert (essence(out), list(read_attempts(out))) == (healthy, [])
    assert_holds(out)


def test_a_server_that_dies_for_good_leaves_a_run_that_the_same_command_completes(
    tmp_path: Path, healthy: dict[str, dict[str, Any]]
) -> None:
    out = tmp_path / "run"
    with in_process(Server(answer=varied, latency=0.03)) as first:
        command = ("run", "--model", first.spec(timeout=1), *GAME, "--out", out, "--max-in-flight", 4)
        playing = start(*command)
        until(lambda: len(lines(out)) >= 3)
    _, errors = playing.communicate(timeout=60)
    kept = lines(out)

    assert playing.returncode == 3
    assert "calls in a row failed, the last one with: 3 attempts; the last: no connection" in errors, errors
    assert "episodes are still to be played. The same command resumes." in errors
    assert "Traceback" not in errors
    away = bench(*command)
    assert (away.returncode, lines(out)) == (1, kept)
    assert "Start the server" in away.stderr
    with in_thread(Server(answer=varied, port=first.port)):
        assert bench(*command).returncode == 0
    assert lines(out)[: len(kept)] == kept
    assert essence(out) == healthy
    assert_holds(out)


def test_a_server_that_hangs_for_good_is_left_after_the_stated_time(tmp_path: Path) -> None:
    server = Server(answer=varied)
    server.script.extend([hangs()] * 10_000)
    with in_thread(server):
        done = bench("run", "--model", server.spec(timeout=4, retries=0), *GAME, "--n", 10, "--out", tmp_path / "run")

    assert done.returncode == 3
    assert "no whole reply within 4 seconds" in done.stderr
    assert lines(tmp_path / "run") == []


@pytest.mark.parametrize(("status", "message"), [(400, "We do not like this one."), (403, "<html>Request blocked (WAF 1020)</html>")])
def test_a_prompt_that_alone_is_refused_costs_its_episode_and_no_other(tmp_path: Path, status: int, message: str) -> None:
    server, chosen = Server(answer=varied), set[str]()

    async def picky(request: web.Request, body: Body) -> web.StreamResponse:
        said = body["messages"][0]["content"]
        chosen.update([said] if not chosen else [])
        return await (refuses(status, message) if said in chosen else gives(completion(varied(body))))(request, body)

    server.script.extend([picky] * 10_000)
    with in_thread(server):
        command = ("run", "--model", server.spec(timeout=30), *GAME, "--out", tmp_path / "run")
        done = bench(*command)
        assert (done.returncode, len(lines(tmp_path / "run"))) == (3, EPISODES - 1), done.stderr
        assert "1 of 16 episodes are still to be played" in done.stderr
        failed = list(read_attempts(tmp_path / "run"))
        assert all(f"only this prompt is refused: HTTP {status}" in one["what"] for one in failed)
        assert {one["id"] for one in failed}.isdisjoint(records(tmp_path / "run"))
        server.script.clear()
        assert bench(*command).returncode == 0
    assert_holds(tmp_path / "run")


def test_a_setting_that_is_refused_with_every_prompt_still_ends_the_run_at_once(tmp_path: Path) -> None:
    async def strict(request: web.Request, body: Body) -> web.StreamResponse:
        wrong = body["temperature"] == 0.7
        return await (refuses(400, "We do not like your settings.") if wrong else gives(completion(varied(body))))(request, body)

    server = Server(answer=varied)
    server.script.extend([strict] * 10_000)
    server.greetings.extend([strict] * 10_000)
    with in_thread(server):
        done = bench("run", "--model", server.spec(timeout=30), *GAME, "--out", tmp_path / "run")

    assert done.returncode == 1
    assert "We do not like your settings" in done.stderr
    assert len(server.received) < 200
