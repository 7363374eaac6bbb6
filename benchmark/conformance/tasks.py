"""All checks of a task, one finding each: what ``bench check`` prints."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial, update_wrapper
from pathlib import Path

from benchmark.conformance import tracks
from benchmark.conformance.answers_and_talk import TALK, one_world_is_one_record
from benchmark.conformance.bands import BANDS, Players, Rates
from benchmark.conformance.certificates import (
    CERTIFICATES,
    Certificate,
    Sample,
    floors_and_bests_are_what_they_say,
)
from benchmark.conformance.elsewhere import every_process_makes_the_same_worlds
from benchmark.conformance.findings import FAILED, NOTED, PASSED, Finding
from benchmark.conformance.legality import LEGALITY, parse_does_not_guess, the_schema_takes_legal_answers_and_no_others
from benchmark.conformance.levels import LEVELS, at_makes_the_level_it_was_asked_for
from benchmark.conformance.misreadings import MISREADINGS
from benchmark.conformance.openness import OPENNESS
from benchmark.conformance.patience import OutOfTime, limited
from benchmark.conformance.shape import SHAPE, facts_have_holders_who_exist
from benchmark.conformance.sheets import SHEETS
from benchmark.conformance.stored import FOR_AUTHORS, MEANT, NOTED_OF_STORED, SETTLED, SPOILT
from benchmark.task import Task
from benchmark.worlds import Generated, Source, Stored

Check = Callable[[], Iterable[str]]

CHECKS: tuple[Certificate, ...] = (
    *SHAPE,
    *CERTIFICATES,
    *OPENNESS,
    *SHEETS,
    *LEGALITY,
    *TALK,
    *MISREADINGS,
    every_process_makes_the_same_worlds,
)

OF_ANY_WORLDS: tuple[Certificate, ...] = (
    facts_have_holders_who_exist,
    floors_and_bests_are_what_they_say,
    the_schema_takes_legal_answers_and_no_others,
    parse_does_not_guess,
)

SLOW = "this did not come to an end"

WORLDS = 200


def sample(source: Source, n: int = WORLDS) -> Sample:
    """The first ``n`` worlds of ``source``, fewer where a file holds fewer."""
    size = min(n, len(source.worlds)) if isinstance(source, Stored) else n
    return Sample(source.task, tuple(source.world(index) for index in range(size)))


def check_task(task: Task, players: Players, seed: int) -> Iterator[Finding]:
    """Everything that generated worlds owe. Ends with the first check that takes too long, since the others would too."""
    made: list[Sample] = []

    def worlds_can_be_generated() -> Iterator[str]:
        """generate() makes a world for every seed, in good time.

        Let generate() end without an exception: build the world that is wanted instead of trying until one turns up.
        """
        made.append(sample(Generated(task, seed)))
        yield from ()

    checks: list[Check] = [worlds_can_be_generated]
    while checks:
        check = checks.pop(0)
        yield (found := _finding(check))
        if SLOW in found.seen:
            return
        if made and check is worlds_can_be_generated:
            rate = Rates(made[0], players)
            owed, bands = (tracks.OWED, ()) if task.track else (CHECKS, BANDS)
            checks = [_bound(one, made[0]) for one in owed] + [_bound(band, made[0], rate) for band in bands]


def check_levels(make: Callable[[int], Task]) -> Iterator[Finding]:
    """What the five levels of a task owe one another. Ends like ``check_task``."""
    for check in LEVELS if not _is_track(make) else (at_makes_the_level_it_was_asked_for,):
        yield (found := _finding(_bound(check, make)))
        if SLOW in found.seen:
            return


def _is_track(make: Callable[[int], Task]) -> bool:
    """A track may be the same at every level. What at() raises is for its check to find."""
    try:
        return make(3).track
    except Exception:  # noqa: BLE001 - see above
        return False


def check_worlds(stored: Stored) -> Iterator[Finding]:
    """Everything that worlds from a file owe; certificates that generated worlds owe are noted where these lack them, but for the worst."""
    worlds = sample(stored)
    for check in (*OF_ANY_WORLDS, *(one for one in TALK if one is not one_world_is_one_record)):
        yield _finding(_bound(check, worlds))
    meant = (*MEANT, *(() if stored.task.graded else SETTLED)) if stored.task.semantic else ()
    for certificate in (*NOTED_OF_STORED, *meant):
        found = _finding(_bound(certificate, worlds))
        if found.verdict == FAILED:
            spoilt = certificate in SPOILT and not stored.task.graded
            found = replace(found, verdict=FAILED if spoilt else NOTED, advice=FOR_AUTHORS.get(certificate, found.advice))
        yield found


def _bound(check: Callable[..., Iterable[str]], *arguments: object) -> Check:
    """``check`` of these arguments, under its own docstring."""
    return update_wrapper(partial(check, *arguments), check)


def _finding(check: Check) -> Finding:
    """One finding of all that ``check`` found wrong; one that breaks, or never ends, has found something too."""
    statement, _, advice = (inspect.getdoc(check) or "").partition("\n\n")
    complaints: list[str] = []
    try:
        with limited():
            complaints.extend(check())
    except OutOfTime as late:
        complaints.insert(0, f"{SLOW}{_where(late)}; what comes after it was not checked")
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a stranger's task raises is the finding
        complaints.append(f"{type(error).__name__}: {error}{_where(error)}")
    if not complaints:
        return Finding(statement, PASSED)
    more = f" (and {len(complaints) - 1} more)" if len(complaints) > 1 else ""
    return Finding(statement, FAILED, complaints[0] + more, advice.strip())


def _where(error: BaseException) -> str:
    """The innermost line that is neither ours nor Python's own, else nothing."""
    ours = Path(__file__).parents[1]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if ours not in path.parents and "lib" not in path.parts:
            return f" ({path.name}, line {frame.lineno}, in {frame.name})"
    return ""
