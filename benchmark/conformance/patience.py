"""A limit to how long one check may take, so that a task that never returns is a finding and not a wait."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

CPU_SECONDS = 15.0
"""Several times what the slowest check of our own tasks needs."""

SECONDS = 45.0
"""For what waits instead of working."""


class OutOfTime(BaseException):
    """Not an Exception, so that a task that catches those cannot swallow it."""


@contextmanager
def limited() -> Iterator[None]:
    """OutOfTime for a body that takes longer. Without a limit where no alarm can be set: outside the main thread, or on Windows."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    cpu, wall = time.process_time(), time.monotonic()

    def look(number: int, frame: FrameType | None) -> None:
        del number, frame
        if time.process_time() - cpu > CPU_SECONDS or time.monotonic() - wall > SECONDS:
            raise OutOfTime

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 0.5, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
