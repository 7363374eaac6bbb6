"""Whole runs from the command line, through vLLM, through transformers and through vLLM's server: played, verified, resumed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.engines.conftest import HF, VLLM

BENCH = str(Path(sys.executable).with_name("bench"))
GRID = ["--task", "mutual_friend", "--condition", "private", "--max-tokens", "120"]


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BENCH, *arguments], capture_output=True, text=True, timeout=400)


def records(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "episodes.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(params=["vllm", "hf", "openai"])
def spec(request: pytest.FixtureRequest, tiny: Path) -> str:
    """The tiny model behind each engine."""
    if request.param == "openai":
        return f"openai:tiny?base_url={request.getfixturevalue('server')}/v1"
    return f"{request.param}:{tiny}?{VLLM if request.param == 'vllm' else HF}"


def test_a_run_is_played_repeated_and_verified(spec: str, tmp_path: Path) -> None:
    played = [bench("run", "--model", spec, *GRID, "--n", "3", "--quiet", "--out", str(tmp_path / name)) for name in ("one", "two")]

    assert [done.returncode for done in played] == [0, 0], played[0].stderr[-3000:]
    one, two = ({record["id"]: record for record in records(tmp_path / name)} for name in ("one", "two"))
    assert len(one) == 3
    for name, record in one.items():
        assert [call["raw"] for call in record["calls"]] == [call["raw"] for call in two[name]["calls"]]
        assert all(call["usage"]["prompt"] > 300 and call["usage"]["completion"] > 0 for call in record["calls"])
        assert record["outcome"] in ("decided", "illegal:A", "illegal:B")
    assert "decided" in {record["outcome"] for record in one.values()}
    verified = bench("verify", str(tmp_path / "one"))
    assert (verified.returncode, "holds" in verified.stdout) == (0, True)
    if not spec.startswith("hf:"):
        assert any(record["calls"][-1]["usage"]["cached"] > 300 for record in one.values())


def test_the_first_interrupt_lets_calls_finish_and_the_run_resumes(tiny: Path, tmp_path: Path) -> None:
    """The engine's own processes share the terminal, and must not end of the same Ctrl-C."""
    spec, out = f"vllm:{tiny}?{VLLM}", tmp_path / "run"
    command = [BENCH, "run", "--model", spec, *GRID, "--n", "600", "--max-in-flight", "4", "--out", str(out)]
    with (tmp_path / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    until = time.monotonic() + 200
    while time.monotonic() < until and process.poll() is None and not (out / "episodes.jsonl").exists():
        time.sleep(0.2)
    time.sleep(1)
    os.killpg(process.pid, signal.SIGINT)
    process.wait(120)
    said = (tmp_path / "log.txt").read_text("utf-8", "replace")

    assert "The same command resumes" in said, said[-3000:]
    attempts = out / "attempts.jsonl"
    assert not attempts.exists() or not attempts.read_text("utf-8")
    assert 0 < len(records(out)) < 600


def test_two_engines_of_vllm_play_one_run_side_by_side(tiny: Path, tmp_path: Path) -> None:
    """Other weights, or the same ones with other options: each spec has an engine of its own, and speaks for its own seats only."""
    other = tmp_path / "other"
    shutil.copytree(tiny, other)
    model, partner = f"vllm:{other}?{VLLM}", f"vllm:{tiny}?{VLLM}&structured=true"
    done = bench(
        "run", "--model", model, "--partner", partner, *GRID, "--n", "3", "--temperature", "1.5", "--quiet", "--out", str(tmp_path / "run")
    )

    assert done.returncode == 0, done.stderr[-3000:]
    played = records(tmp_path / "run")
    assert len(played) == 6
    # The order of options in a spec is its own; what tells the two apart is who binds commits.
    bound = {seat: spec for record in played for seat, spec in record["seats"].items() if "structured" in spec}
    assert set(bound) == {"A", "B"}
    for record in played:
        for call in record["calls"]:
            by_partner = "structured=true" in record["seats"][call["seat"]]
            assert call["constrained"] == (by_partner and call["kind"] in ("commit", "repair"))
    assert bench("verify", str(tmp_path / "run")).returncode == 0
