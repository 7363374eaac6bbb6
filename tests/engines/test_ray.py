"""Runs on a real cluster of Ray with several nodes on this machine: what is lost is played again, and all is as on one machine.

It needs an environment of its own, with Ray in it: `make test-engines`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmark import api
from benchmark.records import Document, canonical
from benchmark.running.folder import read_attempts, read_episodes, read_run
from benchmark.running.runner import Settings
from benchmark.streams import stream
from benchmark.vocabulary import ConnectError
from tests.servers import Server, in_thread

pytest.importorskip("ray")

ROOT = Path(__file__).resolve().parents[2]
PACED = "tests.engines.paced:connect"
GAME = ("--task", "mutual_friend", "--condition", "private", "--quiet", "--json")
N = 60
PAUSED = f"{PACED}?pause=0.15"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head and two more nodes, each with room for two replicas. What they have in their environment is their own."""
    os.environ |= {"PYTHONPATH": str(ROOT), "RAY_USAGE_STATS_ENABLED": "0", "KEY_OF_NODES": "sk-of-the-nodes"}
    os.environ |= {"RAY_health_check_period_ms": "1000", "RAY_health_check_failure_threshold": "8"}
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 2, "include_dashboard": False})
    for _ in range(2):
        made.add_node(num_cpus=2)
    del os.environ["KEY_OF_NODES"]
    yield made
    made.shutdown()


def begun(cluster: Any, out: Path, *words: str, silence: float = 60.0, **environment: str) -> subprocess.Popen[str]:
    code = f"from benchmark.api import replicas; replicas.SILENCE_SECONDS = {silence}; from benchmark.cli import main; main()"
    command = [sys.executable, "-c", code, "run", *GAME, "--ray", cluster.address, "--out", str(out), *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=os.environ | environment, cwd=ROOT, **pipes)  # type: ignore[call-overload, no-any-return]


def ended(run: subprocess.Popen[str], status: int = 0) -> tuple[str, str]:
    try:
        out, err = run.communicate(timeout=90)
    except subprocess.TimeoutExpired:
        run.kill()
        out, err = run.communicate()
        pytest.fail(f"the run did not end: {out} {err}")
    assert run.returncode == status, out + err
    assert "Traceback" not in err
    return out, " ".join(err.split())


def replicas(cluster: Any) -> list[int]:
    """The processes of replicas on the nodes of this cluster and no other, by their ids."""
    raylets = {info.process.pid for node in cluster.list_all_nodes() for info in node.all_processes.get("raylet", [])}
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            if parent in raylets and (place / "cmdline").read_bytes().startswith(b"ray::Replica"):
                found.append(int(place.name))
        except OSError:
            continue
    return sorted(found)


def wait_until(what: Any, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it never came to pass"
        time.sleep(0.05)


def played(out: Path) -> int:
    try:
        return (out / "episodes.jsonl").read_bytes().count(b"\n")
    except FileNotFoundError:
        return 0


def content(out: Path) -> list[str]:
    """The records, but for how long calls took."""

    def timeless(document: Document) -> str:
        calls = [call | {"seconds": 0} for call in document["calls"]]
        return canonical({name: value for name, value in document.items() if name != "digest"} | {"calls": calls})

    return sorted(map(timeless, read_episodes(out)))


def alone(out: Path, model: str, n: int) -> list[str]:
    """The same on this machine alone."""
    wish = api.Wish(model=model, tasks=("mutual_friend",), conditions=("private",), n=n)
    api.run(wish, out, Settings(quiet=True))
    return content(out)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return alone(tmp_path_factory.mktemp("alone") / "run", PAUSED, N)


@pytest.mark.parametrize("model", ["reference:honest", PACED])
def test_the_records_are_those_of_one_machine(cluster: Any, tmp_path: Path, model: str) -> None:
    out, _ = ended(begun(cluster, tmp_path / "run", "--model", model, "--n", "8", "--replicas", "2"))
    theirs = alone(tmp_path / "alone", model, 8)
    ours, one = (read_run(tmp_path / name) for name in ("run", "alone"))

    assert json.loads(out)["outcomes"] == {"decided": 8}
    assert content(tmp_path / "run") == theirs
    assert all(ours[name] == one[name] for name in ("configuration", "grid", "plan", "prices"))
    assert [] == list(api.verify(tmp_path / "run"))


def test_replicas_and_nodes_that_are_killed_cost_only_what_they_were_playing(cluster: Any, tmp_path: Path, expected: list[str]) -> None:
    """At moments that differ from run to run; the seed is printed should one of them matter."""
    moments = stream(seed := time.time_ns(), "moments")
    print(f"seed {seed}")
    out = tmp_path / "run"
    node = cluster.add_node(num_cpus=2)
    run = begun(cluster, out, "--model", PAUSED, "--n", str(N), "--replicas", "3", "--max-in-flight", "3")
    wait_until(lambda: played(out) > 0)
    for _ in range(2):
        time.sleep(moments.below(1000) / 1000)
        if alive := replicas(cluster):
            os.kill(alive[moments.below(len(alive))], signal.SIGKILL)
    time.sleep(moments.below(500) / 1000)
    cluster.remove_node(node, allow_graceful=False)
    ended(run)
    lost = Counter(attempt["id"] for attempt in read_attempts(out) if "was lost" in attempt["what"] and attempt["cut"])

    assert content(out) == expected
    assert 0 < len(lost) < N
    assert max(lost.values()) <= 3
    assert [] == list(api.verify(out))


def test_one_wrongly_thought_dead_doubles_nothing(cluster: Any, tmp_path: Path, expected: list[str]) -> None:
    out = tmp_path / "run"
    words = ("--model", PAUSED, "--n", str(N), "--replicas", "2", "--max-in-flight", "6")
    run = begun(cluster, out, *words, silence=2.0)
    wait_until(lambda: played(out) > 0)
    stopped = replicas(cluster)[0]
    os.kill(stopped, signal.SIGSTOP)
    try:
        wait_until(lambda: any("has not answered" in attempt["what"] for attempt in read_attempts(out)))
    finally:
        os.kill(stopped, signal.SIGCONT)
    ended(run)

    assert content(out) == expected
    assert [] == list(api.verify(out))


def test_keys_are_read_on_the_nodes_and_stand_nowhere(cluster: Any, tmp_path: Path) -> None:
    with in_thread(Server()) as server:
        spec = f"openai:asked-model?base_url={server.base_url}&key_env="
        few = ("--n", "1", "--replicas", "1")
        ended(begun(cluster, tmp_path / "run", "--model", f"{spec}KEY_OF_NODES", *few))
        asked = {request.headers["Authorization"] for request in server.requests}
        words = ended(begun(cluster, tmp_path / "none", "--model", f"{spec}KEY_OF_HERE", *few, KEY_OF_HERE="sk-of-here"), status=1)[1]

    assert asked == {"Bearer sk-of-the-nodes"}
    assert "KEY_OF_HERE" in words
    for place in (tmp_path, Path(cluster.head_node.get_session_dir_path())):
        for file in place.rglob("*"):
            text = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
            assert not [key for key in (b"sk-of-the-nodes", b"sk-of-here") if key in text], file


@pytest.mark.parametrize(("engine", "said"), [("missing", "the weights are not on this node. Copy them there."), ("fatal", "")])
def test_an_engine_that_cannot_start_is_a_clear_error_once(cluster: Any, tmp_path: Path, engine: str, said: str) -> None:
    words = ("--model", f"tests.engines.paced:{engine}", "--n", "2", "--replicas", "2")
    told = ended(begun(cluster, tmp_path / "run", *words), status=1)[1]

    assert told.count("Error:") == 1
    assert told.count(said or "Error:") == 1
    assert not (tmp_path / "run").exists()


def test_ctrl_c_lets_live_episodes_finish_and_the_same_command_resumes(cluster: Any, tmp_path: Path, expected: list[str]) -> None:
    out, words = tmp_path / "run", ("--model", PAUSED, "--n", str(N), "--replicas", "2", "--max-in-flight", "3")
    run = begun(cluster, out, *words)
    wait_until(lambda: played(out) > 0)
    run.send_signal(signal.SIGINT)
    _, told = ended(run, status=3)

    assert "Stopped early: stopped on request" in told
    assert 0 < played(out) < N
    assert [] == list(read_attempts(out))
    ended(begun(cluster, out, *words))
    assert content(out) == expected


def test_no_cluster_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConnectError, match=r"no cluster of Ray to be had at 127\.0\.0\.1:1.*ray start --head"):
        api.run(api.Wish(model="reference:honest"), tmp_path / "run", Settings(ray="127.0.0.1:1"))
