"""The most memory that a run takes: many episodes at a time, and many one after the other."""

from __future__ import annotations

import json
import subprocess
import sys
from tempfile import TemporaryDirectory

from tests.performance.figures import Figure, written
from tests.performance.measuring import ROOT, measured

AT_ONCE = 5000
SHORT = (2_000, 20_000)

_PLAY = """
import json, resource, sys, time
from pathlib import Path
from benchmark import api
from benchmark.running.runner import Settings

began = time.monotonic()
wish = api.Wish(model="reference:honest", tasks=("mutual_friend",), conditions=("silent",), n=int(sys.argv[1]))
api.run(wish, Path(sys.argv[2]) / "run", Settings(quiet=True))
mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"mib": mib, "seconds": time.monotonic() - began}))
"""


def many_files() -> None:
    """Lets this process and its children open a connection for each episode."""
    if sys.platform != "win32":
        import resource

        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def short_episodes(n: int) -> dict[str, float]:
    """What a run of so many short episodes took, in a process of its own."""
    with TemporaryDirectory() as place:
        done = subprocess.run([sys.executable, "-c", _PLAY, str(n), place], cwd=ROOT, capture_output=True, text=True, check=True)
    taken: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return taken


def main() -> None:
    many_files()
    figures = []
    for task in ("long_talk", "mutual_friend"):
        taken = measured("parley", {"latency_ms": 3000}, task=task, dialogues=AT_ONCE, in_flight=AT_ONCE)
        figures.append(Figure(f"peak memory with {AT_ONCE:,} episodes at a time, {task}", taken["rss_mib"], "MiB"))
    few, many = (short_episodes(n) for n in SHORT)
    what = f"peak memory over {SHORT[1]:,} short episodes with a built-in player"
    figures.append(Figure(what, many["mib"], "MiB", f"over {SHORT[0]:,}", few["mib"]))
    written("memory", "Memory", figures)


if __name__ == "__main__":
    main()
