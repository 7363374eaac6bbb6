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


def pinned(command: Sequence[str], place: int, errors: int | None = None) -> subprocess.Popen[str]:
    """Starts ``command`` on a core of its own, where there are several."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=errors,
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


def seen(url: str) -> Figures:
    """What the load server at ``url`` says of itself."""
    with urllib.request.urlopen(url.removesuffix("/v1") + "/stats", timeout=30) as reply:  # noqa: S310 (our own server)
        figures: Figures = json.loads(reply.read())
        return figures


def driven(command: Sequence[str], url: str, work: Mapping[str, object], limit: float | None = None) -> Figures:
    """What ``command`` took against the server at ``url``: the last line it printed. SystemExit says what went wrong instead."""
    given = [part for name, value in work.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    process = pinned([*command, "--base-url", url, *given], 1, subprocess.PIPE)
    try:
        out, errors = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise SystemExit(f"it took more than {limit:.0f} s") from None
    if process.returncode:
        sys.stderr.write(errors)
        raise SystemExit(f"it ended with status {process.returncode}: {(errors.strip() or 'it said nothing').splitlines()[-1]}")
    taken: Figures = json.loads(out.splitlines()[-1])
    return taken


def measured(driver: str, options: Mapping[str, float], **work: object) -> Figures:
    """What ``driver`` took against a server of its own, and what that server saw."""
    with load_server(**options) as url:
        taken = driven([sys.executable, "-m", "tests.performance.drivers", driver], url, work)
        return {**taken, "server": seen(url)}
