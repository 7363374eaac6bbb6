"""What a task or a file of worlds owes, checked: ours like a stranger's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmark.api.content import load_worlds, make_task
from benchmark.conformance.findings import Finding
from benchmark.task import Task
from benchmark.vocabulary import ParleyError
from models.reference import PLAYERS

CHECKED_SEED = 11

LEVELS = (1, 2, 3, 4, 5)


def check(what: str, levels: Sequence[int] = ()) -> Iterator[tuple[str, Finding]]:
    """(level or file, finding) of every check of ``what``: a task's label, a ``module:NAME``, or the path of a worlds file."""
    from benchmark.conformance.tasks import SLOW, check_worlds

    if (path := Path(what)).exists() and not path.is_dir():
        yield from ((path.name, finding) for finding in check_worlds(load_worlds(path)))
        return
    for where, findings in _by_level(what, levels or LEVELS):
        for finding in findings:
            yield where, finding
            if SLOW in finding.seen:
                return  # so would the next


def _by_level(what: str, levels: Sequence[int]) -> Iterator[tuple[str, Iterator[Finding]]]:
    from benchmark.conformance.tasks import check_levels, check_task

    def make(level: int) -> Task:
        return make_task(what, level, foreign=(what,))

    tasks = {}
    for level in levels:
        try:
            tasks[level] = make(level)
        except ParleyError:
            raise  # a name, an option or a level that is not known
        except Exception:  # noqa: BLE001, S112 - a stranger's at() broke, and the findings about levels say how
            continue
    yield "levels", check_levels(make)
    for level, task in tasks.items():
        yield f"level {level}", check_task(task, PLAYERS, CHECKED_SEED)
