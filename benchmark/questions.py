"""What questions are worth, in bits, and whether they come when something is unclear."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmark import ledger
from benchmark.task import Task
from benchmark.views import own_view
from benchmark.vocabulary import Answer, Claim, Json, Seat, Turn, World

Document = dict[str, Json]


def value(task: Task, world: World, question: Claim, heard: Sequence[Claim]) -> float | None:
    """The expected information gain of ``question`` in bits, for one who was told ``heard`` before; None where it cannot be computed.

    Lindley (1956, Ann. Math. Stat. 27:986); for questions that people ask, Rothe, Lake & Gureckis (2017, NIPS 30). With C the
    candidates of the asker, all equally likely, and A the answer,

        EIG = H(C) − Σₐ P(a) H(C | a),   P(a | c) = 1/k(c) for each of the k(c) possible answers that leave candidate c alive.

    The answers are those the task lists (``Task.replies``); one that leaves no candidate is impossible. What lets everyone
    guess right without asking is worth nothing, and so is what leaves all candidates alive whatever the answer.
    """
    view = own_view(world, question.seat)
    replies = task.replies(view, question)
    if task.graded or not task.semantic or not replies:
        return None
    told = list(ledger.told(heard, question.seat))
    before = task.candidates(view, told)
    if len(before) < 2:
        return 0.0
    after = [_left(before, task.candidates(view, ledger.told([*told, *reply], question.seat))) for reply in replies]
    return expected_gain(len(before), [alive for alive in after if alive])


def _left(before: Sequence[Answer], after: Sequence[Answer]) -> list[int]:
    """Which candidates of ``before`` are alive after an answer, by number: an answer brings none back."""
    return [number for number, one in enumerate(before) if one in after]


def expected_gain(candidates: int, alive: Sequence[Sequence[int]]) -> float:
    """I(C; A) of so many equally likely candidates, when each answer leaves those alive that ``alive`` lists for it."""
    answers_of = Counter(number for one in alive for number in one)
    gain = 0.0
    for one in alive:
        weights = [1 / (candidates * answers_of[number]) for number in one]
        chance = sum(weights)
        gain += sum(weight * math.log2(weight / (chance / candidates)) for weight in weights)
    return max(0.0, gain)


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as ``seat`` heard it, and the claims that it can read in it."""

    seat: Seat
    turns: tuple[Turn, ...]
    claims: tuple[Claim, ...]

    def moves(self) -> Iterator[tuple[int, list[Claim], list[Claim]]]:
        """(turn, what it claims, what was claimed before it) for every turn of the seat."""
        for number, turn in enumerate(self.turns):
            if turn.seat == self.seat:
                now, before = ([c for c in self.claims if c.turn == number], [c for c in self.claims if c.turn < number])
                yield number, now, before


def asked(task: Task, world: World, talk: Talk) -> Document:
    """How many questions the seat asked, how many of them have a value in bits, and what these come to."""
    found, bits = 0, list[float]()
    for _, claims, before in talk.moves():
        mine = dict.fromkeys(claim for claim in claims if claim.kind == "ask")
        values = [value(task, world, question, before) for question in mine]
        found, bits = found + len(mine), bits + [one for one in values if one is not None]
    return {"questions": found, "valued": len(bits), "bits": float(f"{sum(bits):.12g}")}


def clarified(task: Task, world: World, talk: Talk) -> Document:
    """Of the seat's moves that follow a partner's words: how often what is meant was open, how often it asked, how often both.

    Empty where the task knows nothing that can be unclear.
    """
    view = own_view(world, talk.seat)
    if task.unclear(view, ()) is None:
        return {}
    counts = dict.fromkeys(("unclear", "clarifying", "rightly"), 0)
    for number, claims, before in talk.moves():
        if any(turn.seat != talk.seat and turn.text for turn in talk.turns[:number]):
            unclear, asks = bool(task.unclear(view, before)), any(task.clarifies(claim) for claim in claims)
            counts["unclear"] += unclear
            counts["clarifying"] += asks
            counts["rightly"] += unclear and asks
    return dict(counts)
