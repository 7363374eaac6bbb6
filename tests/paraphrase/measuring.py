"""How much of what the paraphrase says is read, claim by claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from benchmark import api
from benchmark.conformance.voices import play
from benchmark.task import Task
from benchmark.vocabulary import Claim, Request, View
from benchmark.worlds import Generated
from tests.paraphrase.player import spoken


class Misread(NamedTuple):
    text: str
    missed: list[Claim]
    wrong: list[Claim]


class Figures(NamedTuple):
    """Over all that was said, questions apart: claims that were read, that were not, and that were read but not said."""

    found: int
    missed: int
    wrong: int
    misread: tuple[Misread, ...]

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong)


@lru_cache
def figures(label: str, level: int, worlds: int, seed: int = 7) -> Figures:
    """Of the talk of two who paraphrase, in the first ``worlds`` worlds."""
    task, turns = api.make_task(label, level), []
    for index in range(worlds):
        turns += list(_turns(task, Generated(task, seed).world(index)))
    misread = tuple(one for _, one in turns if one.missed or one.wrong)
    found = sum(found for found, _ in turns)
    return Figures(found, sum(len(one.missed) for one in misread), sum(len(one.wrong) for one in misread), misread)


def _turns(task: Task, world: object) -> Iterator[tuple[int, Misread]]:
    meant: dict[int, tuple[Claim, ...]] = {}
    views: list[View] = []

    def speak(request: Request) -> str:
        text, claims = spoken(request)
        if request.kind == "talk":
            meant[len(request.heard)] = claims
            views.append(request.view)
        return text

    episode, _ = play(task, world, "private", speak)  # type: ignore[arg-type]
    turns = episode.rounds[0].turns
    read = task.claims(turns, views[0])
    for number, turn in enumerate(turns):
        said = [claim for claim in meant.get(number, ()) if claim.kind != "ask"]
        heard = [claim for claim in read if claim.turn == number and claim.kind != "ask"]
        missed = [claim for claim in said if not any(_same(claim, one) for one in heard)]
        wrong = [one for one in heard if not any(_same(claim, one) for claim in said) and not _implied(one, said)]
        yield len(said) - len(missed), Misread(turn.text, missed, wrong)


def _same(said: Claim, read: Claim) -> bool:
    """Scores count as the same to within one point, as where a fact is presented."""
    if (said.kind, said.slot) != (read.kind, read.slot):
        return False
    return abs(said.value - read.value) <= 1 if said.slot[0] == "pair" else bool(said.value == read.value)


def _implied(read: Claim, said: Sequence[Claim]) -> bool:
    """Whether it is a weaker form of something said: who has a small green mug has a mug, and who tells of a friend has one of that name.

    A landmark that "is at 7" may have a number for its report's point too, and what is counted is there.
    """
    if read.kind == "affirm" and read.slot[0] in ("friend", "object"):
        return any(
            claim.kind in ("affirm", "count", "exclude") and {*read.slot} <= {*claim.slot}
            for claim in said
            if claim.slot[0] == read.slot[0]
        )
    return False
