"""What a run cost, from a real server's token counts to the report: per seat, with failures, through kills, and verified."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmark import api
from benchmark.display.page import page
from benchmark.display.table import render
from benchmark.records import Document, canonical, sealed
from tests.servers import Server, completion, gives, in_thread, refuses
from tests.test_cli import bench

GAME = ("--task", "mutual_friend", "--condition", "private", "--quiet")
CALL = 6 * 1000 + 5 * 100 + 7 * 5000
"""A call to a Server has 11 prompt tokens, 5 of them cached, and 7 of completion; this is its price in millionths of a dollar."""


@pytest.fixture
def server() -> Iterator[Server]:
    with in_thread(Server()) as server:
        yield server


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    path = tmp_path / "prices.toml"
    path.write_text(
        '[[price]]\nmodel = "openai:dear"\nprompt = 1000\ncached = 100\ncompletion = 5000\n'
        '[[price]]\nmodel = "openai:cheap"\nprompt = 10\ncached = 1\ncompletion = 50\n'
    )
    return path


def records(path: Path, name: str = "episodes.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (path / name).read_text().splitlines()]


def rewrite(path: Path, documents: list[Document], name: str = "episodes.jsonl") -> None:
    (path / name).write_text("".join(canonical(one) + "\n" for one in documents))


def report(path: Path, *words: str | Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(bench("report", path, *words, "--json").stdout)
    return loaded


def test_a_cost_adds_up_over_seats_with_different_prices(server: Server, prices: Path, tmp_path: Path) -> None:
    given = ("--model", "openai:dear", "--base-url", server.base_url, "--partner", f"openai:cheap?base_url={server.base_url}")
    done = bench("run", *given, *GAME, "--n", "3", "--prices", prices, "--out", tmp_path / "run", "--json")
    shown = json.loads(done.stdout)
    asked = [body["model"] for body in server.bodies]
    each = [sum(CALL if record["seats"][call["seat"]].startswith("openai:dear") else CALL / 100 for call in record["calls"])
            for record in records(tmp_path / "run")]  # fmt: skip

    assert shown["cost"] == pytest.approx((asked.count("dear") + asked.count("cheap") / 100) * CALL / 1e6, abs=1e-6)
    assert [record["cost"] for record in records(tmp_path / "run")] == pytest.approx([one / 1e6 for one in each])
    assert (shown["cost_known"], shown["unpriced"], shown["cost_failed_attempts"]) == (shown["cost"], [], 0.0)
    assert shown["cost_per_episode"] == pytest.approx(shown["cost"] / 6, abs=1e-6)
    assert {cell["partner"]: cell["cost"]["mean"] for cell in shown["cells"]}.popitem()[1] == pytest.approx(shown["cost"] / 6, abs=1e-6)
    assert bench("verify", tmp_path / "run").exit_code == 0


def test_what_has_no_price_is_unknown_until_one_is_given(server: Server, prices: Path, tmp_path: Path) -> None:
    given = ("--model", "openai:dear", "--base-url", server.base_url, "--partner", f"openai:other?base_url={server.base_url}")
    bench("run", *given, *GAME, "--n", "2", "--prices", prices, "--out", tmp_path / "run")
    shown = report(tmp_path / "run")
    other = f"openai:other?base_url={server.base_url}"

    assert (shown["cost"], shown["unpriced"]) == (None, [other])
    assert shown["cost_known"] == pytest.approx(sum(body["model"] == "dear" for body in server.bodies) * CALL / 1e6, abs=1e-6)
    assert all(cell["cost"] is None for cell in shown["cells"])
    for text in (render(shown).replace("\n  ", " "), page(shown)):
        assert f"Cost unknown (no price for {other}; give one with --prices; the rest $0.33)." in text
    assert max(map(len, render(shown).splitlines())) <= 80

    prices.write_text(prices.read_text().replace("cheap", "*"))
    known = report(tmp_path / "run", "--prices", prices)
    assert known["cost"] > shown["cost_known"]
    before = len(server.requests)
    bench("run", *given, *GAME, "--n", "2", "--prices", prices, "--out", tmp_path / "run")
    assert len(server.requests) == before
    assert report(tmp_path / "run")["cost"] == known["cost"]
    assert f"Cost: ${known['cost']:.2f}, " in bench("report", tmp_path / "run").stdout
    assert bench("verify", tmp_path / "run").exit_code == 0


def test_a_price_without_tokens_makes_no_cost_of_nothing(server: Server, prices: Path, tmp_path: Path) -> None:
    server.script.extend(gives({**completion("Nothing. (ready)"), "usage": None}) for _ in range(2))
    server.script.extend(gives({**completion('{"answer": null}'), "usage": None}) for _ in range(2))
    given = ("--model", "openai:dear", "--base-url", server.base_url, "--n", "1", "--prices", prices, "--max-cost", "100")
    bench("run", *GAME, *given, "--out", tmp_path / "run")
    shown = report(tmp_path / "run")

    assert (shown["cost"], shown["cost_known"], shown["unpriced"], shown["unreported"]) == (None, 0.0, [], [shown["model"]])
    assert "Cost unknown (no tokens reported by openai:dear" in render(shown).replace("\n  ", " ")
    assert [call["usage"]["prompt"] for call in records(tmp_path / "run")[0]["calls"]] == [0] * 4


def test_what_is_played_on_this_machine_costs_nothing_and_no_line_says_so(tmp_path: Path) -> None:
    bench("run", "--model", "reference:honest", *GAME, "--n", "2", "--max-cost", "0.01", "--out", tmp_path / "run")
    shown = report(tmp_path / "run")

    assert (shown["cost"], shown["unpriced"]) == (0.0, [])
    assert "ost" not in render(shown).replace("lost", "")
    run = json.loads((tmp_path / "run" / "run.json").read_text())
    del run["prices"]
    (tmp_path / "run" / "run.json").write_text(json.dumps(run))  # as folders were before there were prices
    assert report(tmp_path / "run")["cost"] == 0.0
    assert bench("verify", tmp_path / "run").exit_code == 0


def test_a_bound_on_a_cost_that_nobody_knows_is_refused_before_anything_happens(server: Server, tmp_path: Path) -> None:
    refused = bench("run", "--model", "openai:gpt-4.1", "--base-url", server.base_url, *GAME, "--max-cost", "1", "--out", tmp_path / "run")
    zero = bench("run", "--model", "reference:honest", *GAME, "--max-cost", "0")
    nan = bench("run", "--model", "reference:honest", *GAME, "--max-cost", "nan")

    assert (refused.exit_code, zero.exit_code, nan.exit_code) == (2, 2, 2)
    assert re.search(r"no\s+price for openai:gpt-4.1\?base_url=http", refused.output)
    assert "--prices" in refused.output
    assert server.received == []
    assert not (tmp_path / "run").exists()


def test_a_capped_run_ends_with_status_3_and_goes_on_with_a_higher_cap(server: Server, prices: Path, tmp_path: Path) -> None:
    given = ("--model", "openai:dear", "--base-url", server.base_url, "--n", "12", "--prices", prices, "--max-in-flight", "3")
    command = ("run", *GAME, *given, "--out", tmp_path / "run", "--max-cost")
    capped = bench(*command, "1")
    calls = len(server.requests)
    again = bench(*command, "1")

    assert (capped.exit_code, again.exit_code, len(server.requests) - calls) == (3, 3, 0)
    assert 0.8 < calls * CALL / 1e6 <= 1.0
    for output in (capped.stderr, again.stderr):
        assert "of $1.00 are spent" in output
        assert "Give a higher --max-cost to go on." in output
        assert "With a higher cap the same command resumes." in output
    assert report(tmp_path / "run")["cost"] == pytest.approx(calls * CALL / 1e6, abs=1e-6)
    assert bench(*command, "100").exit_code == 0
    assert report(tmp_path / "run")["cost"] == pytest.approx(len(server.requests) * CALL / 1e6, abs=1e-6)
    assert "max" not in json.dumps(json.loads((tmp_path / "run" / "run.json").read_text())["configuration"]).replace("max_tokens", "")
    assert bench("verify", tmp_path / "run").exit_code == 0


def test_what_failed_attempts_took_is_in_the_cost_and_said(server: Server, prices: Path, tmp_path: Path) -> None:
    model = f"openai:dear?base_url={server.base_url}&retries=0"
    command = ("run", "--model", model, *GAME, "--n", "4", "--prices", prices, "--max-in-flight", "1", "--out", tmp_path / "run")

    def failing_now_and_then(body: dict[str, Any]) -> str:
        if len(server.requests) in (3, 9):
            server.script.append(refuses(500))
        return "I have nothing to add. (ready)" if "JSON object only" not in body["messages"][-1]["content"] else '{"answer": null}'

    server.answer = failing_now_and_then
    done = bench(*command)
    attempts = records(tmp_path / "run", "attempts.jsonl")
    shown = report(tmp_path / "run")

    assert done.exit_code == 0, done.output
    assert len(attempts) == 2
    assert [one["tokens"] for one in attempts] == [pytest.approx(18 * one["cost"] * 1e6 / CALL) for one in attempts]
    assert attempts[0]["cost"] > 0
    assert shown["cost_failed_attempts"] == pytest.approx(sum(one["cost"] for one in attempts))
    assert shown["cost"] == pytest.approx(sum(one["cost"] for one in [*attempts, *records(tmp_path / "run")]), abs=1e-6)
    assert shown["cost"] == pytest.approx((len(server.requests) - 2) * CALL / 1e6, abs=1e-6)
    assert "for failed attempts)" in bench("report", tmp_path / "run").stdout

    rewrite(tmp_path / "run", [{**attempts[0], "cost": 0.0}, attempts[1]], "attempts.jsonl")
    found = bench("verify", tmp_path / "run")
    assert (found.exit_code, "attempts.jsonl: costs 0.0" in found.output) == (4, True)


@pytest.mark.parametrize("wrong", [0.0, 0.1, 1, "0.1", None, True])
def test_verify_finds_a_tampered_cost(server: Server, prices: Path, tmp_path: Path, wrong: object) -> None:
    bench("run", "--model", "openai:dear", "--base-url", server.base_url, *GAME, "--n", "2", "--prices", prices, "--out", tmp_path / "run")
    first, second = records(tmp_path / "run")
    assert bench("verify", tmp_path / "run").exit_code == 0
    rewrite(tmp_path / "run", [first, sealed({**second, "cost": wrong})])
    found = bench("verify", tmp_path / "run")

    assert found.exit_code == 4
    assert f"{second['id']}: cost: is {json.dumps(wrong)}, and replay gives {second['cost']}" in found.output


def test_rescore_leaves_a_cost_alone(server: Server, prices: Path, tmp_path: Path) -> None:
    bench("run", "--model", "openai:dear", "--base-url", server.base_url, *GAME, "--n", "2", "--prices", prices, "--out", tmp_path / "run")
    before = (tmp_path / "run" / "episodes.jsonl").read_bytes()

    assert bench("rescore", tmp_path / "run").exit_code == 0
    assert (tmp_path / "run" / "episodes.jsonl").read_bytes() == before
    assert b'"cost":0.0,' not in before


def test_a_killed_run_does_not_forget_what_it_spent(server: Server, prices: Path, tmp_path: Path) -> None:
    """The episodes that were live at the kill are played again; what they had taken stays spent, and counts against the cap."""
    server.latency = 0.02
    out = tmp_path / "run"
    words = ["run", "--model", "openai:dear", "--base-url", server.base_url, *GAME, "--n", "40", "--prices", str(prices), "--out", str(out)]
    words += ["--max-in-flight", "8"]
    command = [sys.executable, "-c", "from benchmark.cli import main; main()", *words]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(server.requests) < 30:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=60)
    asked = len(server.requests)
    spent = report(out)["cost"] * 1e6 / CALL
    finished = sum(len(record["calls"]) for record in records(out))

    assert asked - 8 <= spent <= asked
    assert finished < spent
    assert "error" not in report(out)["outcomes"]

    server.latency = 0.0
    capped = bench(*words, "--max-cost", "4")
    assert capped.exit_code == 3, capped.output
    assert report(out)["cost"] <= 4.0
    assert list(report(out)["outcomes"]) == ["decided"]  # what was cut off is not played yet, and no error
    assert len(server.requests) * CALL / 1e6 <= 4.0 + 8 * CALL / 1e6  # at most the calls in flight at the kill are not counted
    cut = [one for one in records(out, "attempts.jsonl") if one.get("cut")]
    assert sum(one["tokens"] for one in cut) == 18 * round(spent - finished)
    assert not (out / "unsettled.jsonl").exists()
    assert bench(*words).exit_code == 0
    assert bench("verify", out).exit_code == 0
    assert api.report(out)["outcomes"] == {"decided": 40}
