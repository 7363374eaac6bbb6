"""Whether another process makes the same worlds: in another order and folder, on another day, with other hashes of strings.

Run as ``python -m benchmark.conformance.elsewhere LABEL LEVEL SEED N`` it prints what ``digests`` finds there.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from tempfile import TemporaryDirectory

from benchmark import views
from benchmark.conformance.certificates import Sample
from benchmark.records import canonical
from benchmark.task import Task
from benchmark.vocabulary import World
from benchmark.worlds import world_to_json

N = 8
SECONDS = 60
"""For the other process, which needs about one."""

_LATER = 40 * 86_400
"""Seconds by which the clock of the other process is ahead."""

PARTS = ("world", "brief", "schema", "candidates", "needed facts")


def every_process_makes_the_same_worlds(sample: Sample) -> Iterator[str]:
    """A world is the same in another process and folder, on another day, with other hashes of strings and made in another order.

    Draw from benchmark.streams alone: no random, no clock, no file, no hash(), no order of a set, nothing kept from one world to the next.
    """
    hashing = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    environment = {**os.environ, "PYTHONHASHSEED": hashing, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))}
    wanted = json.dumps([[world.seed, world.solvable] for _, world in sample.first(N)])
    arguments = [sys.executable, "-m", __name__, sample.task.label, str(sample.task.level), wanted]
    try:
        with TemporaryDirectory() as folder:
            done = subprocess.run(  # noqa: S603 - our own Python
                arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
            )
    except subprocess.TimeoutExpired:
        yield f"another process has not made {N} worlds within {SECONDS} s"
        return
    if done.returncode:
        yield f"another process cannot make them: {(done.stderr.strip().splitlines() or ['it says nothing'])[-1]:.200}"
        return
    there = json.loads(done.stdout.splitlines()[-1])
    for (index, world), found in zip(sample.first(N), there, strict=True):
        if differing := [part for part, here, other in zip(PARTS, digests(sample.task, world), found, strict=True) if here != other]:
            yield f"world {index}: another process has another {' and another '.join(differing)}"


def digests(task: Task, world: World) -> list[str]:
    """Of each of ``PARTS``, in the eyes of every seat."""
    own = [views.own_view(world, seat) for seat in world.seats]
    parts = (
        canonical(world_to_json(world)),
        [task.brief(view) + task.form(view) for view in own],
        [task.schema(view) for view in own],
        [task.candidates(view, ()) for view in own],
        [fact.text for fact in task.needed(world)],
    )
    return [hashlib.sha256(repr(part).encode("utf-8", "backslashreplace")).hexdigest() for part in parts]


def _main(label: str, level: str, wanted: str) -> None:
    from benchmark.api.content import make_task

    real, real_ns = time.time, time.time_ns
    time.time, time.time_ns = lambda: real() + _LATER, lambda: real_ns() + _LATER * 10**9
    task = make_task(label, int(level), foreign=(label,))
    found = [digests(task, views.with_canaries(task.generate(seed, solvable))) for seed, solvable in reversed(json.loads(wanted))]
    print(json.dumps(found[::-1]))


if __name__ == "__main__":
    _main(*sys.argv[1:])
