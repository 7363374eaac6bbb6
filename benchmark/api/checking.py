"""What a task or a file of worlds owes, checked: ours like a stranger's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmark.api.content import load_worlds, make_task
from benchmark.conformance.findings import Finding
from models.reference import PLAYERS

CHECKED_SEED = 11

LEVELS = (1, 2, 3, 4, 5)


def check(what: str, levels: Sequence[int] = ()) -> Iterator[tuple[str, Finding]]:
    """(level or file, finding) of every check of ``what``: a task's label, a ``module:NAME``, or the path of a worlds file."""
    from benchmark.conformance.tasks import SLOW, check_levels, check_task, check_worlds

    if (path := Path(what)).exists() and not path.is_dir():
        yield from ((path.name, finding) for finding in check_worlds(load_worlds(path)))
        return
    for level in levels or LEVELS:
        task = make_task(what, level, foreign=(what,))
        for finding in check_task(task, PLAYERS, CHECKED_SEED):
            yield f"level {level}", finding
            if SLOW in finding.seen:
                return  # the next level would only take as long
    for finding in check_levels(lambda level: make_task(what, level, foreign=(what,))):
        yield "levels", finding
