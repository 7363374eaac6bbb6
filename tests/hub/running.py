"""A Hub in a process of its own, and clients in processes of theirs, as users have them.

PARLEY_HUB may name the script of another local Hub with the same command line (``--root DIR``; one line of JSON with ``url``) and the
same ``/_control/faults``: the tests then run against that one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests import forked

ROOT = Path(__file__).resolve().parents[2]
OTHER = os.environ.get("PARLEY_HUB")

HASTILY = "import time; wait = time.sleep; time.sleep = lambda seconds: wait(seconds / 20)\n"
"""Clients wait between attempts for a Hub that others use too; here nobody else does."""

COMMAND = (sys.executable, "-c", "import sys; from benchmark.cli import main; sys.argv[0] = 'bench'; main()")
"""``bench``, from this checkout."""


@dataclass(frozen=True)
class Hub:
    """One that is running. ``home`` is where its clients keep what they have fetched."""

    url: str
    home: Path

    def fault(self, match: str, action: str = "status", **more: Any) -> None:
        """Orders a fault: see tests/hub/faults.py."""
        self._control("POST", "faults", {"match": match, "action": action, **more})

    def calm(self) -> None:
        """Takes back every fault that has not come yet."""
        self._control("DELETE", "faults")

    def log(self) -> list[dict[str, Any]]:
        """Every request so far: method, path, status."""
        found: list[dict[str, Any]] = self._control("GET", "log")
        return found

    def ask(self, path: str) -> Any:
        """What the Hub answers to alice who asks for ``path``, without any client between."""
        request = urllib.request.Request(f"{self.url}{path}", headers={"Authorization": "Bearer hf_alice_read"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 (our own server)
            return json.loads(answer.read())

    def _control(self, method: str, what: str, document: Any = None) -> Any:
        data = json.dumps(document).encode() if document is not None else None
        request = urllib.request.Request(f"{self.url}/_control/{what}", data, {"Content-Type": "application/json"}, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 (our own server)
            return json.loads(answer.read())

    def environment(self, user: str | None = "alice", role: str = "write") -> dict[str, str]:
        """That of a client who is ``user``; None is nobody."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
        mine = {
            "HF_ENDPOINT": self.url, "HF_HOME": str(self.home), "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_UPDATE_CHECK": "1",
            "HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
            "PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1",
        }  # fmt: skip
        return {**kept, **mine, **({"HF_TOKEN": f"hf_{user}_{role}"} if user else {})}

    def bench(self, *arguments: object, user: str | None = "alice", role: str = "write", **more: str) -> subprocess.CompletedProcess[str]:
        """``bench`` with ``arguments``, as ``user``; ``more`` are further variables of its environment."""
        environment = {**self.environment(user, role), **more}
        if "PYTHONPATH" in more:
            return subprocess.run(
                [*COMMAND, *map(str, arguments)], env=environment, capture_output=True, text=True, check=False, timeout=600
            )
        return forked.run(HASTILY + COMMAND[-1], *map(str, arguments), environment=environment)

    def python(self, code: str, *arguments: object, user: str | None = "alice") -> str:
        """What ``code`` prints, in a process where the Hub's clients are ``user``'s. Fails with what it complains of."""
        done = forked.run(HASTILY + code, *map(str, arguments), environment=self.environment(user))
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout


@contextmanager
def running(root: Path) -> Iterator[Hub]:
    """A Hub of its own under ``root``, till the end."""
    (root / "store").mkdir(parents=True, exist_ok=True)
    with serving("--root", str(root / "store")) as said:
        yield Hub(json.loads(said.readline())["url"], root / "home")


@contextmanager
def serving(*words: str) -> Iterator[IO[str]]:
    """What the script of the Hub prints, for as long as it runs."""
    if OTHER:
        with subprocess.Popen([sys.executable, OTHER, *words], stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                yield process.stdout
            finally:
                process.kill()
        return
    ours, its = os.pipe()
    child = forked.Child("from tests.hub.serve import main; main()", words, os.environ, ROOT, (its, 2))
    os.close(its)
    with os.fdopen(ours) as said:
        try:
            yield said
        finally:
            child.kill()
