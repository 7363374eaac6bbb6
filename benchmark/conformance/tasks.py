"""All checks of a task, one finding each: what ``bench check`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmark.conformance.answers_and_talk import TALK
from benchmark.conformance.bands import BANDS, Players, rates
from benchmark.conformance.certificates import CERTIFICATES, Sample
from benchmark.conformance.findings import FAILED, PASSED, Finding
from benchmark.conformance.openness import what_everyone_reads_does_not_give_the_answer_away
from benchmark.task import Task
from benchmark.worlds import Generated, Source, Stored

WORLDS = 200
SEED = 11


def sample(source: Source, n: int = WORLDS) -> Sample:
    """The first ``n`` worlds of ``source``, fewer where a file holds fewer."""
    size = min(n, len(source.worlds)) if isinstance(source, Stored) else n
    return Sample(source.task, tuple(source.world(index) for index in range(size)))


def check_task(task: Task, players: Players) -> Iterator[Finding]:
    """Everything that generated worlds owe."""
    worlds = sample(Generated(task, SEED))
    for certificate in (*CERTIFICATES, what_everyone_reads_does_not_give_the_answer_away, *TALK):
        yield _finding(certificate.__doc__, certificate(worlds))
    rate = rates(worlds, players)
    for band in BANDS:
        yield _finding(band.__doc__, band(worlds, rate))


def _finding(owed: str | None, found: Iterable[str]) -> Finding:
    """One finding of all that a check found wrong; a check that breaks has found something too."""
    statement, _, advice = (owed or "").strip().partition("\n\n")
    complaints: list[str] = []
    try:
        complaints.extend(found)
    except Exception as error:  # noqa: BLE001 - whatever a stranger's task raises is the finding
        complaints.append(f"{type(error).__name__}: {error}")
    if not complaints:
        return Finding(statement, PASSED)
    more = f" (and {len(complaints) - 1} more)" if len(complaints) > 1 else ""
    return Finding(statement, FAILED, complaints[0] + more, advice.strip())
