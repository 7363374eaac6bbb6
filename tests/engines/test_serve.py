"""vLLM's server, started for a run: played through, interrupted, killed, and nothing of it left behind whatever ends it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.engines.conftest import VLLM
from tests.engines.test_runs import BENCH, GRID, bench, records

MARK = "PARLEY_TEST_MARK"


@dataclass
class Run:
    """One ``bench run`` and all that it starts: what inherits its mark, or shares a session with that.

    vLLM's workers write over what they inherited, but not over their session.
    """

    spec: str
    out: Path
    n: int
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    sessions: set[int] = field(default_factory=set)

    def start(self) -> subprocess.Popen[bytes]:
        command = [BENCH, "run", "--model", self.spec, *GRID, "--n", str(self.n), "--max-in-flight", "4", "--out", str(self.out)]
        environment = {**os.environ, MARK: self.mark, "TMPDIR": str(self.out.parent)}
        with self.log.open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, env=environment)

    @property
    def log(self) -> Path:
        return self.out.with_suffix(".log")

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def alive(self) -> dict[int, str]:
        """Every process of the run: its id, and its command line."""
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            try:
                session = os.getsid(int(place.name))
                if f"{MARK}={self.mark}".encode() in (place / "environ").read_bytes():
                    self.sessions.add(session)
                if session in self.sessions and (place / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                    found[int(place.name)] = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            except OSError:  # it has ended meanwhile, or is not ours to read
                continue
        return found

    def until(self, what: Any, seconds: float = 240) -> None:
        until = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < until, self.said()[-3000:]
            time.sleep(0.2)

    def playing(self, process: subprocess.Popen[bytes]) -> None:
        """Waits for the first finished episode."""
        episodes = self.out / "episodes.jsonl"
        self.until(lambda: process.poll() is not None or (episodes.exists() and episodes.stat().st_size > 0))
        assert process.poll() is None, self.said()[-3000:]

    def temporary(self) -> list[Path]:
        return list(self.out.parent.glob("parley-serve-*"))


@pytest.fixture
def run(tiny: Path, tmp_path: Path) -> Iterator[Run]:
    one = Run(f"serve:{tiny}?{VLLM}&structured=true&enable_thinking=false", tmp_path / "run", 400)
    yield one
    for left in one.alive():
        os.kill(left, signal.SIGKILL)


def test_the_first_interrupt_lets_calls_finish_and_ends_the_server(run: Run) -> None:
    process = run.start()
    run.playing(process)
    server = {number: line for number, line in run.alive().items() if number != process.pid}
    environments = [Path(f"/proc/{number}/environ").read_bytes() for number in server]
    key = next(part.partition(b"=")[2] for one in environments for part in one.split(b"\0") if part.startswith(b"VLLM_API_KEY=")).decode()
    os.killpg(process.pid, signal.SIGINT)
    process.wait(120)

    assert process.returncode == 3, run.said()[-3000:]
    assert "The same command resumes" in run.said()
    assert (run.out / "attempts.jsonl").read_text() == ""
    assert run.alive() == {}
    assert run.temporary() == []
    assert len(server) >= 3  # the keeper, the server, its engine
    written = "".join(path.read_text("utf-8", "replace") for path in run.out.iterdir()) + run.said() + "".join(server.values())
    assert len(key) >= 32
    assert key not in written
    details = json.loads((run.out / "run.json").read_text())["configuration"]["models"]["A"]
    assert details.items() >= {"engine": "vllm", "dtype": "float32", "device": "cpu", "structured": "guidance"}.items()
    assert details["engine_version"][0].isdigit()
    assert details["revision"].startswith("sha256:")
    commits = [call for record in records(run.out) for call in record["calls"] if call["kind"] == "commit"]
    assert commits
    assert all(call["constrained"] and set(json.loads(call["raw"])) == {"answer"} for call in commits)


def test_a_server_that_dies_ends_the_run_with_status_1_and_the_same_command_completes_it(run: Run) -> None:
    run.n = 30
    process = run.start()
    run.playing(process)
    server = next(number for number, line in run.alive().items() if "api_server" in line and "serve_keeper" not in line)
    os.kill(server, signal.SIGKILL)
    process.wait(60)

    assert process.returncode == 1, run.said()[-3000:]
    assert "vLLM's server for serve:" in run.said()
    assert "has died" in run.said()
    assert "Traceback" not in run.said()
    assert run.alive() == {}
    assert len(run.temporary()) == 1  # its log, which the message names
    finished = len(records(run.out))
    again = run.start()
    again.wait(240)
    assert again.returncode == 0, run.said()[-3000:]
    assert len(records(run.out)) == run.n > finished
    assert bench("verify", str(run.out)).returncode == 0


def test_nothing_survives_when_the_run_itself_is_killed(run: Run) -> None:
    process = run.start()
    run.playing(process)
    run.alive()
    assert sum("VLLM::" in line for line in run.alive().values()) >= 1  # its own workers are seen
    process.kill()
    process.wait(10)

    run.until(lambda: run.alive() == {}, 60)


def test_an_interrupt_while_the_server_starts_leaves_nothing(run: Run) -> None:
    process = run.start()
    run.until(lambda: len(run.alive()) >= 3, 60)
    time.sleep(3)
    os.killpg(process.pid, signal.SIGINT)
    process.wait(60)

    assert process.returncode != 0
    assert "Traceback" not in run.said()
    assert run.alive() == {}
    assert run.temporary() == []
    assert not run.out.exists()


def test_a_server_that_cannot_start_says_its_last_words(run: Run) -> None:
    run.spec += "&quantization=no_such_kind"
    process = run.start()
    process.wait(120)

    assert process.returncode == 1
    assert "ended while starting" in run.said()
    assert "no_such_kind" in run.said().partition("the last of it")[2]
    assert run.alive() == {}
    assert not run.out.exists()
