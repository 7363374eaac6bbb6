"""What crossed the table: who was told what (H), which commits it licenses, and what became of the facts that were needed.

Licensing asks what a seat could know from its own facts and the words it heard, true or false; whether the commit was
right is another matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from benchmark.task import Task
from benchmark.views import own_view
from benchmark.vocabulary import Answer, Claim, Fact, Seat, Turn, View, World


@dataclass(frozen=True, slots=True)
class Facts:
    """How many needed facts there were, how many were presented by a holder, then taken up by a partner, or only echoed."""

    needed: int
    presented: int
    taken_up: int
    echo: int


@dataclass(frozen=True, slots=True)
class Licence:
    """``licensed``: by what the seat knew, or (then ``delegated`` too) by repeating the standing proposal of one who knew.

    ``founded``: everyone would be licensed still if nobody had said more than they could know.
    """

    licensed: Mapping[Seat, bool]
    delegated: Mapping[Seat, bool]
    founded: bool


def heard_by(seat: Seat, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The talk as ``seat`` heard it: the text of a turn addressed to someone else is empty."""
    return tuple([t if t.to in (None, seat) or t.seat == seat else Turn(t.seat, "", t.to) for t in turns])


def told(claims: Sequence[Claim], hearer: Seat) -> tuple[Claim, ...]:
    """H: what others told ``hearer``, true or false. A slot that was given two values, or affirmed and excluded, is void."""
    others = [claim for claim in claims if claim.seat != hearer]
    values: dict[tuple[str, ...], set[object]] = {}
    excluded = {(claim.slot, claim.value) for claim in others if claim.kind == "exclude"}
    for claim in others:
        if claim.kind == "affirm":
            values.setdefault(claim.slot, set()).add(claim.value)
    void = {slot for slot, given in values.items() if len(given) > 1 or any((slot, value) in excluded for value in given)}
    return tuple([claim for claim in others if claim.kind not in ("affirm", "exclude") or claim.slot not in void])


def _standing(claims: Sequence[Claim]) -> dict[Seat, Claim]:
    """Each seat's last proposal, unless it withdrew it."""
    standing: dict[Seat, Claim] = {}
    for claim in claims:
        if claim.kind == "propose":
            standing[claim.seat] = claim
        elif claim.kind == "withdraw" and claim.slot == ("answer",):
            standing.pop(claim.seat, None)
    return standing


def standing_proposal(claims: Sequence[Claim]) -> Claim | None:
    """The last proposal anyone made and did not withdraw."""
    return max(_standing(claims).values(), key=lambda claim: claim.turn, default=None)


def knows(task: Task, world: World, view: View, claims: Sequence[Claim], answer: Answer) -> bool:
    """Whether ``view`` and what was told settle ``answer``: it is the only candidate; graded: the ideal plan meets the bar."""
    return _settle(task, world, task.candidates(view, claims), answer)


def _settle(task: Task, world: World, live: Sequence[Answer], answer: Answer) -> bool:
    """Whether candidates ``live`` leave only ``answer``, or a plan that is good enough."""
    if task.graded:
        return task.score(world, dict.fromkeys(world.seats, live[0])).success
    return live == (answer,)


def licence(task: Task, world: World, turns: Sequence[Turn], answers: Mapping[Seat, Answer], since: int = 0) -> Licence:
    """Who was licensed, each judged by their own facts and the words they heard.

    Without graded values, that is to commit as they did; with them, to know a plan that meets the bar. ``turns`` before ``since`` belong to
    earlier rounds, whose proposals no longer stand.
    """

    own = {seat: own_view(world, seat) for seat in world.seats}

    @cache
    def heard(hearer: Seat, until: int) -> tuple[Claim, ...]:
        return task.claims(heard_by(hearer, turns[:until]), own[hearer])

    @cache
    def grounds(hearer: Seat, until: int) -> tuple[Claim, ...]:
        """What is left of it without what its speakers could only have invented."""
        kept: list[Claim] = []
        for claim in heard(hearer, until):
            if task.founded(world, claim, kept):
                kept.append(claim)
        return tuple(kept)

    @cache
    def live(hearer: Seat, claims: tuple[Claim, ...]) -> Sequence[Answer]:
        """Mostly everything that was heard has ground, and then these are the same for both."""
        return task.candidates(own[hearer], told(claims, hearer))

    def how(seat: Seat, read: Callable[[Seat, int], tuple[Claim, ...]]) -> tuple[bool, bool]:
        """Whether ``seat`` knew; if not, whether it repeats the standing proposal of one who knew when it proposed."""
        claims = read(seat, len(turns))
        if _settle(task, world, live(seat, claims), answers[seat]):
            return True, False
        theirs = [one for one in _standing(claims).values() if one.seat != seat and one.turn >= since and one.value == answers[seat]]
        return False, any(_settle(task, world, live(one.seat, read(one.seat, one.turn)), one.value) for one in theirs)

    found = {seat: how(seat, heard) if seat in answers else (False, False) for seat in world.seats}
    founded = all(any(how(seat, grounds)) for seat in answers)
    return Licence({seat: any(one) for seat, one in found.items()}, {seat: one[1] for seat, one in found.items()}, founded)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of ``fact``: the turn in which a holder told it, the one in which a partner used it, and whether it was only echoed."""

    fact: Fact
    told: int | None = None
    taken_up: int | None = None
    echo: bool = False


def fate(task: Task, fact: Fact, claims: Sequence[Claim], standing: Sequence[Claim]) -> Fate:
    """By ``claims``, which everyone at the table made, and those that are ``standing``."""
    turn = presented_at(task, fact, standing)
    if turn is None:
        return Fate(fact)
    subject = set(fact.slot[1:]) or set(fact.slot)
    later = [claim for claim in claims if claim.turn > turn and claim.seat not in fact.holders and _concerns(claim, subject)]
    used = next((claim.turn for claim in later if task.presents(fact, (claim,)) is None), None)
    return Fate(fact, turn, used, bool(later) and used is None)


def facts(task: Task, world: World, turns: Sequence[Turn]) -> Facts:
    """The fate of each needed fact. A diagnosis: no other score depends on it."""
    needed = _needed(task, world)
    claims = task.claims(turns, own_view(world, world.seats[0]))
    standing = told(claims, "")
    fates = [fate(task, fact, claims, standing) for fact in needed]
    presented, taken_up = sum(one.told is not None for one in fates), sum(one.taken_up is not None for one in fates)
    return Facts(len(needed), presented, taken_up, sum(one.echo for one in fates))


@lru_cache(maxsize=256)
def _needed(task: Task, world: World) -> tuple[Fact, ...]:
    """It takes a search, and a world is played under several conditions."""
    return task.needed(world)


def presented_at(task: Task, fact: Fact, standing: Sequence[Claim]) -> int | None:
    """The first turn at which a holder has told ``fact``, by what is ``standing``: ``told`` to all, as void slots present nothing."""
    for holder in fact.holders:
        if (turn := task.presents(fact, [claim for claim in standing if claim.seat == holder])) is not None:
            return turn
    return None


def was_told(task: Task, fact: Fact, claims: Sequence[Claim]) -> bool | None:
    """Whether a holder has told ``fact``; None if a part of it was told, or somebody else has said the same of their own."""
    standing = told(claims, "")
    if presented_at(task, fact, standing) is not None:
        return True
    others = {claim.seat for claim in claims} - set(fact.holders)
    if any(task.presents(fact, [claim for claim in standing if claim.seat == other]) is not None for other in others):
        return None
    said = ("affirm", "exclude", "count")
    return None if any(claim.kind in said and claim.slot[1:] == fact.slot[1:] and claim.seat in fact.holders for claim in claims) else False


def _concerns(claim: Claim, subject: set[str]) -> bool:
    """Whether a claim is about the ``subject`` of a fact, or answers with it."""
    return not subject.isdisjoint(claim.slot) or not subject.isdisjoint(_words(claim.value))


def _words(value: object) -> set[object]:
    if isinstance(value, tuple):
        return set().union(*map(_words, value)) if value else set()
    return {value}


def psychic(world: World, turns: Sequence[Turn]) -> int:
    """How often a seat said a string of another's private fact before anyone else had said it.

    A string counts against its sayer at most once, and not at all if it stands in a public fact or one of their own.
    """
    private = [fact for fact in world.facts if fact.holders and fact.strings]
    found = _maybe_said(frozenset().union(*[fact.strings for fact in private]), "\n".join([turn.text for turn in turns]))
    if not found:
        return 0
    telling = [(fact.holders, string) for fact in private for string in fact.strings if string in found]
    known = {seat: " ".join([f.text for f in world.facts if not f.holders or seat in f.holders]).casefold() for seat in world.seats}
    count = 0
    said: set[tuple[Seat, str]] = set()
    for number, turn in enumerate(turns):
        here = _maybe_said(found, turn.text)
        for holders, string in telling:
            if string not in here or turn.seat in holders or (turn.seat, string) in said:
                continue
            if _says(turn.text, string) and string.casefold() not in known[turn.seat]:
                said.add((turn.seat, string))
                count += not any(_says(t.text, string) for t in turns[:number] if t.seat != turn.seat)
    return count


def _maybe_said(strings: Collection[str], talk: str) -> set[str]:
    """Those of ``strings`` that may stand in ``talk``: mostly none, and that is known without a pattern of its own for each."""
    low = talk.translate(_READ_AS_ASCII).lower()
    return {string for string in strings if string.lower() in low or not string.isascii()}


_READ_AS_ASCII = str.maketrans("\u0130\u0131\u017f\u212a", "iisk")
"""The only letters that a pattern which ignores case takes for others of ASCII."""


def _says(text: str, string: str) -> bool:
    """Whether ``string`` stands in ``text`` as words of its own, case aside."""
    return re.search(rf"(?<!\w){re.escape(string)}(?!\w)", text, re.IGNORECASE) is not None
