"""Keeps one server for as long as the process that asked for it lives, and leaves nothing of it behind.

``python -I serve_keeper.py PARENT COMMAND…``, a program of its own beside the run, in a session of its own: Ctrl-C at the
terminal does not reach it. The server gets a process group of its own. When the server ends, or the keeper is asked to
stop (SIGTERM), or PARENT is gone, be it by SIGKILL, the server is asked to end, and then its whole group is killed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

_PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.2
GRACE_SECONDS = 20.0
"""A server that was asked to end has so long to stop its own processes."""


def main() -> int:
    parent, command = int(sys.argv[1]), sys.argv[2:]
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_end_with_keeper)  # noqa: PLW1509, S603
    while server.poll() is None and not stopped and os.getppid() == parent:
        time.sleep(POLL_SECONDS)
    until = time.monotonic() + GRACE_SECONDS
    with suppress(ProcessLookupError):
        server.terminate()
    while server.poll() is None and time.monotonic() < until:
        time.sleep(POLL_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    return server.wait() & 0xFF


def _end_with_keeper() -> None:
    """In the server before it starts: Linux asks it to end if the keeper itself is killed. It has but one thread."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
