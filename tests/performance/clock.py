"""Wall and processor time of a part of a process. Of the standard library alone: peers' environments hold no Parley."""

from __future__ import annotations

import resource
import time
from typing import Any


class Clock:
    """Wall and processor time of a part of this process and of the programs that it ran, and the most memory it ever had."""

    def __init__(self) -> None:
        self._wall, self._processor = time.monotonic(), _processor()

    def read(self, calls: int) -> dict[str, Any]:
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"wall": time.monotonic() - self._wall, "cpu": _processor() - self._processor, "calls": calls, "rss_mib": rss}


def _processor() -> float:
    every = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in every)
