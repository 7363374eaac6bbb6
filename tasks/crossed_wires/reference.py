"""What one seat can know: whether both speak of the same referent, which of two notes is the later, and so which answers are left.

``is_reference_open`` and ``asks_reference`` are for whoever measures clarification: was there something to clear up, and was it asked?
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from benchmark.vocabulary import Claim, Fact, Seat, View
from tasks.crossed_wires.points import Scene

DETAIL, DETAILS, REPORT, VALUE, TIME, NEWER = "detail", "details", "report", "value", "time", "newer"
"""First words of slots. A fact is ``(DETAIL, seat, label)``, or ``(REPORT, seat, label)`` with its value and minute after midnight, told
as ``(VALUE, seat, label)`` and ``(TIME, seat, label)``. ``(DETAILS, seat)`` is excluded with pairs that are not all the seat's own;
``(NEWER, seat, label)``: the seat's note is later than the other's."""

ANSWER = ("answer",)

Pairs = tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Sheet:
    """What is known of one seat's notes. What was told twice and not alike is left out."""

    details: dict[str, int] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    newer: dict[str, bool] = field(default_factory=dict)
    denied: set[tuple[str, str, int]] = field(default_factory=set)
    """(DETAIL or VALUE, label, value): it is not this."""
    unlike: list[Pairs] = field(default_factory=list)
    """Not all of these details."""


@lru_cache(maxsize=256)
def own_sheet(view: View, seat: Seat) -> Sheet:
    """The notes of ``seat``, as far as ``view`` shows them. Nobody may write on it."""
    return noted_sheet(view.facts, seat)


def noted_sheet(facts: Iterable[Fact], seat: Seat) -> Sheet:
    """What of the notes of ``seat`` stands in ``facts``."""
    sheet = Sheet()
    for fact in facts:
        if seat not in fact.holders:
            continue
        if fact.slot[0] == DETAIL:
            sheet.details[fact.slot[2]] = fact.value
        elif fact.slot[0] == REPORT:
            sheet.values[fact.slot[2]], sheet.times[fact.slot[2]] = fact.value
    return sheet


def told_sheet(claims: Iterable[Claim], seat: Seat) -> Sheet:
    """What ``claims`` of ``seat`` tell of its own notes."""
    sheet, given = Sheet(), dict[tuple[str, ...], set[int]]()
    for claim in claims:
        if claim.seat != seat or claim.slot[1:2] != (seat,):
            continue
        if claim.kind == "affirm":
            given.setdefault(claim.slot, set()).add(claim.value)
        elif claim.kind == "exclude" and claim.slot[0] == DETAILS:
            sheet.unlike.append(claim.value)
        elif claim.kind == "exclude":
            sheet.denied.add((claim.slot[0], claim.slot[2], claim.value))
    columns: dict[str, dict[str, Any]] = {DETAIL: sheet.details, VALUE: sheet.values, TIME: sheet.times, NEWER: sheet.newer}
    for (kind, _, label), (value, *more) in given.items():
        if not more and (kind, label, value) not in sheet.denied:
            columns[kind][label] = value
    return sheet


def hypotheses(own: Sheet, other: Sheet) -> tuple[bool, bool]:
    """Whether it can be that both sheets are about one referent, and whether they can be about two."""
    mine, theirs = own.details.items(), other.details
    apart = [label for label, value in mine if theirs.get(label, value) != value or (DETAIL, label, value) in other.denied]
    may_be_same = not apart and not any(set(pairs) <= set(mine) for pairs in other.unlike)
    return may_be_same, not mine <= theirs.items()


def combinations(scene: Scene, own: Sheet, other: Sheet, *, own_matter: bool) -> set[tuple[int, ...]]:
    """The values that the two reports can have for the referent that matters: ``own_matter`` if it is that of ``own``."""
    may_be_same, may_differ = hypotheses(own, other)
    theirs = [_told_values(scene, other, label) for label in scene.report_labels]
    mine = [_told_values(scene, own, label) for label in scene.report_labels]
    found: set[tuple[int, ...]] = set()
    if may_differ:
        found |= _product(mine if own_matter else theirs)
    if may_be_same:
        found |= _product([_latest(own, other, label, both) for label, *both in zip(scene.report_labels, mine, theirs, strict=True)])
    return found


def _product(columns: Sequence[set[int]]) -> set[tuple[int, ...]]:
    first, second = columns
    return {(one, other) for one in first for other in second}


def _told_values(scene: Scene, sheet: Sheet, label: str) -> set[int]:
    if label in sheet.values:
        return {sheet.values[label]}
    every = range(len(scene.points[label].values))
    return {value for value in every if (VALUE, label, value) not in sheet.denied} or set(every)


def is_theirs_newer(own: Sheet, other: Sheet, label: str) -> bool | None:
    """Whether the other's note on ``label`` is later than one's own; None if that is not known."""
    mine, theirs = own.times.get(label), other.times.get(label)
    if mine is not None and theirs is not None and mine != theirs:
        return theirs > mine
    return other.newer.get(label)


def _latest(own: Sheet, other: Sheet, label: str, values: Sequence[set[int]]) -> set[int]:
    mine, theirs = values
    newer = is_theirs_newer(own, other, label)
    return mine | theirs if newer is None else theirs if newer else mine


def is_reference_open(view: View, claims: Iterable[Claim]) -> bool:
    """Whether the seat that has ``view`` cannot know if both mean the same: two hypotheses about the referent are alive.

    ``claims`` are those read from the talk up to the point in question; whoever made them, only what the other told counts.
    """
    seat = view.sees[0]
    if set(view.sees) == set(view.seats):
        return False
    return all(hypotheses(own_sheet(view, seat), told_sheet(claims, other_seat(view, seat))))


def is_time_open(view: View, claims: Iterable[Claim], label: str) -> bool:
    """Whether the seat that has ``view`` cannot know yet which of the two notes on ``label`` is the later."""
    seat = view.sees[0]
    if set(view.sees) == set(view.seats):
        return False
    return is_theirs_newer(own_sheet(view, seat), told_sheet(claims, other_seat(view, seat)), label) is None


def asks_reference(claim: Claim) -> bool:
    """Whether ``claim`` is a request for clarification of the referent: which one is meant, or whether a detail is as one thinks."""
    return claim.kind == "ask" and claim.slot[0] == DETAIL


def other_seat(view: View, seat: Seat) -> Seat:
    return next(other for other in view.seats if other != seat)


def is_noted(fact: Fact, sheet: Sheet) -> bool:
    """Whether ``sheet`` holds all that ``fact`` says."""
    if fact.slot[0] == DETAIL:
        return bool(sheet.details.get(fact.slot[2]) == fact.value)
    if fact.slot[0] != REPORT:
        return False
    return bool(fact.value == (sheet.values.get(fact.slot[2]), sheet.times.get(fact.slot[2])))
