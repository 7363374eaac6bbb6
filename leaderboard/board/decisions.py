"""The decision log of a board: append-only, so that whoever asks why a row looks as it does finds who said so, when and on what evidence.

A row is never taken away. What was once listed is struck through by a later line, and can be restored by another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from benchmark.records import canonical
from leaderboard.entry import Account, Line, Moment, Paragraph
from leaderboard.shapes import EntryError, Text, read_as, written

LOG = "decisions.jsonl"

Identity = Annotated[str, Text(23, r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}")]


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log.

    ``accepted``: the entry is on the board; ``challenged``: it played worlds that the board had set for it alone; ``verified``: a
    maintainer's own run agrees with it; ``struck``: the row no longer counts; ``restored``: it counts again; ``noted``: nothing changes.
    """

    time: Moment
    entry: Identity
    action: Literal["accepted", "challenged", "verified", "struck", "restored", "noted"]
    reason: Paragraph
    evidence: Line | None
    by: Account


def read_log(text: str) -> tuple[Decision, ...]:
    """The decisions of a log. EntryError names the line that is none."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{LOG}, line {number}"
        try:
            document = json.loads(line)
        except (ValueError, RecursionError):
            raise EntryError(f"{where} is no JSON. A log is only ever appended to: take the line from the board's history.") from None
        found.append(read_as(Decision, document, where))
    return tuple(found)


def line_of(decision: Decision) -> str:
    """The line that a log gains, its end included."""
    return canonical(written(decision)) + "\n"


def continues(earlier: str, later: str) -> bool:
    """Whether the log ``later`` is ``earlier`` and whole lines after it."""
    return later.startswith(earlier) and (later == earlier or not earlier or earlier.endswith("\n"))


def struck(decisions: Iterable[Decision], entry: str) -> Decision | None:
    """Why ``entry`` no longer counts; None if it does."""
    last = None
    for decision in decisions:
        if decision.entry == entry and decision.action in ("struck", "restored"):
            last = decision
    return last if last and last.action == "struck" else None
