"""The server of ``serve:`` without one: wrong options, a vLLM that is not there, and the keeper with processes of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import models
from benchmark.vocabulary import UsageError
from models.spec import parse_spec

ROOT = Path(__file__).resolve().parents[1]
KEEPER = ROOT / "models" / "serve_keeper.py"

SERVER = """
import os, signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"])
open(sys.argv[1], "w").write(f"{os.getpid()} {child.pid} ")
time.sleep(600)
"""
"""A server whose own worker does not heed SIGTERM."""

PARENT = """
import os, subprocess, sys, time
server = [sys.executable, "-c", sys.argv[2], sys.argv[3]]
keeper = subprocess.Popen([sys.executable, "-I", sys.argv[1], str(os.getpid()), *server], start_new_session=True)
open(sys.argv[3] + ".keeper", "w").write(f"{keeper.pid} ")
time.sleep(600)
"""


def until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def alive(process: int) -> bool:
    """Whether ``process`` runs: one that has ended and that nobody has waited for is gone too."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks processes up in /proc")
@pytest.mark.parametrize(("whom", "how"), [("parent", signal.SIGKILL), ("keeper", signal.SIGTERM), ("server", signal.SIGKILL)])
def test_no_process_of_the_server_outlives_parent_keeper_or_server(tmp_path: Path, whom: str, how: signal.Signals) -> None:
    told = tmp_path / "told"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(KEEPER), SERVER, str(told)])
    keeper_told = tmp_path / "told.keeper"
    until(lambda: told.exists() and keeper_told.exists() and told.read_text().endswith(" ") and keeper_told.read_text().endswith(" "))
    server, worker = map(int, told.read_text().split())
    keeper = int(keeper_told.read_text())
    assert all(map(alive, (server, worker, keeper)))

    os.kill({"parent": parent.pid, "keeper": keeper, "server": server}[whom], how)

    until(lambda: not any(map(alive, (server, worker, keeper))))
    parent.kill()
    parent.wait()


def test_the_keeper_and_its_server_are_out_of_reach_of_ctrl_c(tmp_path: Path) -> None:
    told = tmp_path / "told"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(KEEPER), SERVER, str(told)])
    until(lambda: told.exists() and told.read_text().endswith(" "))
    server = int(told.read_text().split()[0])

    assert len({os.getsid(parent.pid), os.getsid(server)}) == 2
    parent.kill()
    parent.wait()
    until(lambda: not alive(server))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("serve:x?enforce_eger=true", "enforce_eager"),
        ("serve:x?tool_call_parser=hermes", "no option"),
        ("serve:x?api_server_count=2", "no option"),
        ("serve:x?tensor_parallel_size=two", "tensor_parallel_size"),
        ("serve:x?gpu_memory_utilization=7", "from 0.01 to 1"),
        ("serve:x?enforce_eager=perhaps", "true or false"),
        ("serve:x?port=70000", "from 0 to 65535"),
        ("serve:x?start_timeout=soon", "start_timeout"),
        ("serve:x?timeout=soon", "timeout"),
        ("serve:x?chat_template=/no/such/file", "is no file"),
    ],
)
def test_an_option_or_value_that_is_not_known_is_refused_before_anything_starts(given: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        asyncio.run(models.connect(parse_spec(given)).__aenter__())


def test_where_it_listens_and_how_long_it_is_waited_for_are_no_part_of_what_was_played() -> None:
    spec = parse_spec("serve:x?port=8001&start_timeout=9&timeout=5&dtype=float16")

    assert spec.identity == "serve:x?dtype=float16"
    assert parse_spec("own.module:x?port=8001").identity == "own.module:x?port=8001"


@pytest.mark.parametrize(
    ("spec", "lacks", "extra"),
    [
        ("vllm:x", "vllm", "vllm"),
        ("serve:x", "vllm", "vllm"),
        ("hf:x", "torch", "hf"),
        ("hf:x", "transformers", "hf"),
        ("litellm:x/y", "litellm", "litellm"),
    ],
)
def test_an_engine_that_is_not_installed_says_what_to_install(tmp_path: Path, spec: str, lacks: str, extra: str) -> None:
    code = f"import sys; sys.modules[{lacks!r}] = None; from benchmark.cli import main; main()"
    command = [sys.executable, "-c", code, "run", "--model", spec, "--n", "1", "--out", str(tmp_path / "run")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PATH": str(tmp_path)})

    assert (done.returncode, (tmp_path / "run").exists()) == (1, False)
    assert f'pip install "parley-bench[{extra}]"' in done.stderr
    assert "Traceback" not in done.stderr
