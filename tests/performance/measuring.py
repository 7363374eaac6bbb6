"""A server on one core and a driver on another, both in processes of their own, and what each of them says of a run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

Figures = dict[str, Any]


def pinned(command: Sequence[str], place: int) -> subprocess.Popen[str]:
    """Starts ``command`` on a core of its own, where there are several."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))},
    )
    if len(cores) > 1:
        os.sched_setaffinity(process.pid, {cores[place % len(cores)]})
    return process


@contextmanager
def load_server(**options: float) -> Iterator[str]:
    """The URL of a load server with these options, as long as the context lasts."""
    given = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    server = pinned([sys.executable, "-m", "tests.performance.load_server", *given], 0)
    try:
        assert server.stdout is not None
        ready = server.stdout.readline().split()
        if ready[:1] != ["ready"]:
            raise SystemExit("the load server did not start")
        yield ready[1]
    finally:
        server.kill()
        server.communicate()


def measured(driver: str, options: Mapping[str, float], python: str = sys.executable, module: str = "", **work: object) -> Figures:
    """What ``driver`` took against a server of its own, and what that server saw."""
    with load_server(**options) as url:
        given = [part for name, value in work.items() for part in (f"--{name.replace('_', '-')}", str(value))]
        process = pinned([python, "-m", module or "tests.performance.drivers", driver, "--base-url", url, *given], 1)
        out, _ = process.communicate()
        if process.returncode:
            raise SystemExit(f"{driver} ended with status {process.returncode}")
        with urllib.request.urlopen(url.removesuffix("/v1") + "/stats", timeout=30) as reply:  # noqa: S310 (our own server)
            seen = json.loads(reply.read())
        return {**json.loads(out.splitlines()[-1]), "server": seen}
