"""What an instance keeps of earlier rounds: all of it, the last few rounds word for word, or a summary of its own.

Only prompts are bounded: ``heard`` and the facts of a view stay whole, so that reference players, who read these, forget nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmark.quoting import limits, quote
from benchmark.vocabulary import Message, Seat, View

KIND = "summary"
"""Kind of the call in which an instance sums up what it will be shown of the rounds before."""

WORDS = 150
"""The longest summary, by ``quoting.length``; every instance has the same."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What one round added to an instance's history: its messages, and what came after the last of them."""

    chat: tuple[Message, ...]
    pending: tuple[str, ...]


def segment(chat: Sequence[Message], pending: Sequence[str], opened: tuple[int, tuple[str, ...]]) -> Segment:
    """The part of a history that is newer than ``opened``: how many messages there were, and what was pending, as the round began."""
    start, before = opened
    added = tuple(chat[start:])
    if not added:
        return Segment((), tuple(pending[len(before) :]))
    (role, first), lead = added[0], "\n\n".join(before)
    return Segment(((role, first[len(lead) + 2 :] if before else first), *added[1:]), tuple(pending))


def folded(opening: Sequence[str], kept: Sequence[Segment]) -> tuple[tuple[Message, ...], tuple[str, ...]]:
    """A chat that opens with ``opening`` and goes on with the ``kept`` rounds, and what is pending at its end."""
    chat: list[Message] = []
    pending = list(opening)
    for one in kept:
        for role, content in one.chat:
            if role == "user":
                pending.append(content)
            else:
                chat += [("user", "\n\n".join(pending)), (role, content)]
                pending = []
        pending += one.pending
    return tuple(chat), tuple(pending)


def gone(rounds: int) -> str:
    """Says that the first ``rounds`` rounds are shown no more."""
    return f"(What was said in round{'s 1 to' if rounds > 1 else ''} {rounds} is not shown any more.)"


def ask(view: View, seat: Seat, rounds: int) -> str:
    """Asks ``seat`` for a summary of the first ``rounds`` rounds."""
    name = view.name(seat)
    what = "round 1" if rounds == 1 else f"rounds 1 to {rounds}"
    return (
        f"Before the next round begins, write {name}'s summary of {what}, for {name} alone, in at most {limits(WORDS)}. From now on it "
        f"stands in the place of all that was said and shown in {what}; the scene and {name}'s notes stay."
    )


def shown(view: View, seat: Seat, rounds: int, text: str) -> str:
    """A summary as its author reads it in every later prompt."""
    return f"{view.name(seat)}'s own summary of round{'s 1 to' if rounds > 1 else ''} {rounds}: {quote(text)}"
