"""Python processes that are forked from one which has imported already what each of them would: starting costs more than most tests do.

Each is a process like any other, with an environment, a folder, output and an exit status of its own. Those are not for it whose
matter is how Python starts: variables that only that reads are refused.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]

EARLY = (
    "benchmark.api", "benchmark.cli", "huggingface_hub.file_download", "huggingface_hub.hf_api", "huggingface_hub._snapshot_download",
    "leaderboard.parquet", "leaderboard.submission", "models.openai", "pyarrow.parquet", "rich.progress", "rich.table", "scipy.stats",
    "tests.hub.server",
)  # fmt: skip
"""What is imported before the first fork, as far as it is installed."""

ANEW = "huggingface_hub"
"""The package that each process imports itself: variables of its environment decide how it comes out."""

AT_START = ("PYTHON", "LD_", "LC_", "LANG")
"""How the variables begin that are read by Python as it starts, and never again."""


def run(code: str, *words: str, environment: Mapping[str, str], cwd: Path = ROOT, seconds: float = 600) -> subprocess.CompletedProcess[str]:
    """What ``python -c code words`` does."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = Child(code, words, environment, cwd, (out.fileno(), err.fileno()))
        status = child.ended(seconds)
        texts = [(file.seek(0), file.read().decode())[1] for file in (out, err)]
    return subprocess.CompletedProcess([sys.executable, "-c", code, *words], status, *texts)


class Child:
    """A process that runs ``code`` with ``words`` after it and writes to ``files``, the numbers of two open ones."""

    def __init__(self, code: str, words: tuple[str, ...], environment: Mapping[str, str], cwd: Path, files: tuple[int, int]) -> None:
        changed = {name for name in {*environment, *os.environ} if environment.get(name) != os.environ.get(name)}
        if unheard := [name for name in changed if name.startswith(AT_START) and name != "PYTHONPATH"]:
            raise ValueError(f"{', '.join(unheard)} would not be heard by a forked process: start one of its own")
        self._told, status = os.pipe()
        asked = json.dumps({"code": code, "words": words, "environment": dict(environment), "cwd": str(cwd)}).encode()
        socket.send_fds(_origin(), [len(asked).to_bytes(8, "big")], [*files, status])
        _origin().sendall(asked)
        os.close(status)
        self.pid = self._line(30)

    def _line(self, seconds: float) -> int:
        deadline, read = time.monotonic() + seconds, b""
        while not read.endswith(b"\n"):
            if not select.select([self._told], [], [], max(0, deadline - time.monotonic()))[0]:
                os.kill(self.pid, signal.SIGKILL)
                raise subprocess.TimeoutExpired("a forked process", seconds)
            read += os.read(self._told, 1) or b"-1\n"
        return int(read)

    def ended(self, seconds: float) -> int:
        """Its exit status, negative for a signal; TimeoutExpired, and the end of it, after so many ``seconds``."""
        try:
            return self._line(seconds)
        finally:
            os.close(self._told)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self.ended(30)


@cache
def _origin() -> socket.socket:
    """The way to the process that all are forked from; it ends with this one."""
    mine, theirs = socket.socketpair()
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}  # its threads would be lost
    code = "import sys; from tests.forked import serve; serve(int(sys.argv[1]))"
    given: dict[str, Any] = {"cwd": ROOT, "env": environment, "pass_fds": (theirs.fileno(),), "stdin": subprocess.DEVNULL}
    process = subprocess.Popen([sys.executable, "-c", code, str(theirs.fileno())], stdout=subprocess.DEVNULL, **given)
    theirs.close()
    atexit.register(process.wait)
    atexit.register(mine.close)
    return mine


def serve(number: int) -> None:
    """Forks for whoever asks at socket ``number``, until nobody does."""
    for name in EARLY:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    assert threading.active_count() == 1, "a process of several threads had better not fork"
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=number) as asking:
        while True:
            head, files, _, _ = socket.recv_fds(asking, 8, 3)
            if not head:
                return
            asked = json.loads(asking.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL))
            _reap()
            if not os.fork():
                break
            for file in files:
                os.close(file)
    # Not the child yet but one who waits for it, as the origin has other things to do.
    out, err, status = files
    pid = os.fork()
    if pid:
        os.close(out)
        os.close(err)
        os.write(status, f"{pid}\n".encode())
        ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with suppress(BrokenPipeError):  # whoever had it killed no longer asks
            os.write(status, f"{ended}\n".encode())
        os._exit(0)
    _settle(asked, files)
    _play(asked["code"])


def _reap() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _settle(asked: dict[str, Any], files: list[int]) -> None:
    """Takes its place: output, folder, variables and path are those of the process that is wanted."""
    for file, number in zip(files, (1, 2), strict=False):
        os.dup2(file, number)
    for file in files:
        os.close(file)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    sys.argv = ["-c", *asked["words"]]
    path = [place for place in asked["environment"].get("PYTHONPATH", "").split(os.pathsep) if place]
    sys.path[1:] = [*path, *(place for place in sys.path[1:] if place != str(ROOT))]
    for name in [name for name in sys.modules if name.partition(".")[0] == ANEW]:
        del sys.modules[name]


def _play(code: str) -> None:
    """Runs ``code`` and ends as Python would, except that memory which is shared with the origin is not taken apart first."""
    status = 1
    try:
        exec(compile(code, "<string>", "exec"), sys.modules["__main__"].__dict__)  # noqa: S102 (the tests' own)
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        if status and not isinstance(ended.code, int):
            print(ended.code, file=sys.stderr)
    except BaseException:  # noqa: BLE001 (what Python would print, whatever it is)
        traceback.print_exc()
    finally:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
