"""What crossed the table: who was told what (H), which commits it licenses, and what became of the facts that were needed.

Licensing compares a commit with what its seat could know from its own facts and the words it heard; it never looks at
what the commit turned out to be worth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmark.views import own_view
from benchmark.vocabulary import Answer, Claim, Fact, Seat, Task, Turn, View, World


@dataclass(frozen=True, slots=True)
class Facts:
    """How many needed facts there were, how many were presented by a holder, then taken up by a partner, or only echoed."""

    needed: int
    presented: int
    taken_up: int
    echo: int


@dataclass(frozen=True, slots=True)
class Licence:
    """``licensed``: by what the seat knew, or (then ``delegated`` too) by repeating the standing proposal of one who knew."""

    licensed: Mapping[Seat, bool]
    delegated: Mapping[Seat, bool]


def heard_by(seat: Seat, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The talk as ``seat`` heard it: the text of a turn addressed to someone else is empty."""
    return tuple(t if t.to in (None, seat) or t.seat == seat else Turn(t.seat, "", t.to) for t in turns)


def told(claims: Sequence[Claim], hearer: Seat) -> tuple[Claim, ...]:
    """H: what others told ``hearer``, true or false. A slot that was given two values, or affirmed and excluded, is void."""
    others = [claim for claim in claims if claim.seat != hearer]
    values: dict[tuple[str, ...], set[object]] = {}
    excluded = {(claim.slot, claim.value) for claim in others if claim.kind == "exclude"}
    for claim in others:
        if claim.kind == "affirm":
            values.setdefault(claim.slot, set()).add(claim.value)

    def stands(claim: Claim) -> bool:
        if claim.kind not in ("affirm", "exclude"):
            return True
        given = values.get(claim.slot, set())
        return len(given) <= 1 and not any((claim.slot, value) in excluded for value in given)

    return tuple(claim for claim in others if stands(claim))


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
    live = task.candidates(view, claims)
    if task.graded:
        return task.score(world, dict.fromkeys(world.seats, live[0])).success
    return live == (answer,)


def licence(task: Task, world: World, turns: Sequence[Turn], answers: Mapping[Seat, Answer]) -> Licence:
    """Who was licensed to commit as they did, each judged by their own facts and the words they heard."""
    views = {seat: own_view(world, seat) for seat in world.seats}
    licensed, delegated = {}, {}
    for seat in world.seats:
        if seat not in answers:
            licensed[seat], delegated[seat] = False, False
            continue
        claims = task.claims(heard_by(seat, turns), views[seat])
        known = knows(task, world, views[seat], told(claims, seat), answers[seat])
        delegated[seat] = not known and any(
            _knew(task, world, views[proposal.seat], turns, proposal)
            for proposal in _standing(claims).values()
            if proposal.seat != seat and proposal.value == answers[seat]
        )
        licensed[seat] = known or delegated[seat]
    return Licence(licensed, delegated)


def _knew(task: Task, world: World, view: View, turns: Sequence[Turn], proposal: Claim) -> bool:
    """Whether the proposer was licensed by what it had heard before the turn in which it proposed."""
    before = heard_by(proposal.seat, turns[: proposal.turn])
    claims = told(task.claims(before, view), proposal.seat)
    return knows(task, world, view, claims, proposal.value)


def facts(task: Task, world: World, turns: Sequence[Turn]) -> Facts:
    """The fate of each needed fact. A diagnosis: no other score depends on it."""
    needed = task.needed(world)
    claims = task.claims(turns, own_view(world, world.seats[0]))
    presented = taken_up = echo = 0
    for fact in needed:
        turn = _presented_at(task, fact, claims)
        if turn is None:
            continue
        presented += 1
        later = [c for c in claims if c.turn > turn and c.seat not in fact.holders and _concerns(c, fact)]
        used = any(task.presents(fact, (claim,)) is None for claim in later)
        taken_up += used
        echo += bool(later) and not used
    return Facts(len(needed), presented, taken_up, echo)


def _presented_at(task: Task, fact: Fact, claims: Sequence[Claim]) -> int | None:
    """The first turn at which a holder has told ``fact``; void slots present nothing."""
    for holder in fact.holders:
        others = [claim for claim in told(claims, "") if claim.seat == holder]
        if (turn := task.presents(fact, others)) is not None:
            return turn
    return None


def _concerns(claim: Claim, fact: Fact) -> bool:
    """Whether a claim is about the subject of ``fact``, or answers with it."""
    subject = set(fact.slot[1:]) or set(fact.slot)
    return bool(subject.intersection(claim.slot)) or bool(subject.intersection(_words(claim.value)))


def _words(value: object) -> set[object]:
    if isinstance(value, tuple):
        return set().union(*map(_words, value)) if value else set()
    return {value}


def psychic(world: World, turns: Sequence[Turn]) -> int:
    """How often a seat said a string of another's private fact that nobody entitled to it had said before.

    A string counts against its sayer at most once, and not at all if it stands in a public fact or one of their own.
    """
    count = 0
    said: set[tuple[Seat, str]] = set()
    for turn in turns:
        mine = " ".join(f.text for f in world.facts if not f.holders or turn.seat in f.holders).casefold()
        for fact in world.facts:
            if not fact.holders or turn.seat in fact.holders:
                continue
            for string in fact.strings:
                if (turn.seat, string) not in said and _says(turn.text, string) and string.casefold() not in mine:
                    said.add((turn.seat, string))
                    before = turns[: turns.index(turn)]
                    count += not any(_says(t.text, string) for t in before if t.seat != turn.seat)
    return count


def _says(text: str, string: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(string)}(?!\w)", text, re.IGNORECASE) is not None
