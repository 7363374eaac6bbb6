"""All checks of a task, one finding each: what ``bench check`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from benchmark.conformance.answers_and_talk import TALK, one_world_is_one_record
from benchmark.conformance.bands import BANDS, Players, rates
from benchmark.conformance.certificates import (
    CERTIFICATES,
    Sample,
    floors_and_bests_are_what_they_say,
)
from benchmark.conformance.findings import FAILED, NOTED, PASSED, Finding
from benchmark.conformance.openness import what_everyone_reads_does_not_give_the_answer_away
from benchmark.conformance.stored import MEANT, NOTED_OF_STORED, SETTLED
from benchmark.task import Task
from benchmark.worlds import Generated, Source, Stored

WORLDS = 200


def sample(source: Source, n: int = WORLDS) -> Sample:
    """The first ``n`` worlds of ``source``, fewer where a file holds fewer."""
    size = min(n, len(source.worlds)) if isinstance(source, Stored) else n
    return Sample(source.task, tuple(source.world(index) for index in range(size)))


def check_task(task: Task, players: Players, seed: int) -> Iterator[Finding]:
    """Everything that generated worlds owe."""
    worlds = sample(Generated(task, seed))
    for certificate in (*CERTIFICATES, what_everyone_reads_does_not_give_the_answer_away, *TALK):
        yield _finding(certificate.__doc__, certificate(worlds))
    rate = rates(worlds, players)
    for band in BANDS:
        yield _finding(band.__doc__, band(worlds, rate))


def check_worlds(stored: Stored) -> Iterator[Finding]:
    """Everything that worlds from a file owe; the certificates that generated worlds owe are noted where these lack them."""
    worlds = sample(stored)
    for check in (floors_and_bests_are_what_they_say, *(one for one in TALK if one is not one_world_is_one_record)):
        yield _finding(check.__doc__, check(worlds))
    meant = (*MEANT, *(() if stored.task.graded else SETTLED)) if stored.task.semantic else ()
    for certificate in (*NOTED_OF_STORED, *meant):
        found = _finding(certificate.__doc__, certificate(worlds))
        yield replace(found, verdict=NOTED) if found.verdict == FAILED else found


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
