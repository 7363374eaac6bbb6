"""Markets for tests: how to play one, with a voice for the selector and one for the four candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from benchmark.answers import write_answer
from benchmark.conformance.voices import Voice, play
from benchmark.episode import Episode
from benchmark.scoring import score
from benchmark.streams import stream
from benchmark.views import CONDITIONS, own_view, with_facts
from benchmark.vocabulary import Answer, Request, Score, World
from benchmark.worlds import Generated
from tasks.trust_market import TrustMarket
from tasks.trust_market.behaviours import ENDOWMENT
from tasks.trust_market.selectors import SELECTORS
from tasks.trust_market.worlds import CANDIDATES, NATURE

SEATS = ("A", *CANDIDATES)


def market(level: int = 3, **options: str) -> TrustMarket:
    return replace(TrustMarket.at(level, **options), label="trust_market")


def worlds(task: TrustMarket, n: int, seed: int = 5) -> list[World]:
    return [Generated(task, seed).world(index) for index in range(n)]


def scripted(request: Request) -> str:
    return request.task.acts(request.view, request.heard, request.seat, request.kind, stream(request.seed, "scripted"))


def by(select: Callable[[Request], Answer]) -> Voice:
    """A selector that says nothing and commits to what ``select`` says."""
    return lambda request: write_answer(select(request)) if request.schema else ""


def selecting(name: str) -> Voice:
    return by(lambda request: SELECTORS[name](request.view, stream(request.seed, "selecting")))


def played(task: TrustMarket, world: World, selector: Voice, candidate: Voice = scripted) -> tuple[Episode, dict[str, Any]]:
    """The episode and the score on its record."""
    episode, _ = play(task, world, "private", {"A": selector, **dict.fromkeys(CANDIDATES, candidate)})
    return episode, score(task, with_facts(world, episode.revealed), CONDITIONS["private"], episode)


def natures(world: World) -> dict[str, tuple[str, int, int, int, int]]:
    return {fact.slot[1]: fact.value[0] for fact in world.facts if fact.slot[0] == NATURE}


def seat_of(world: World, behaviour: str) -> str:
    return next(seat for seat, nature in natures(world).items() if nature[0] == behaviour)


def constant(world: World, seat: str) -> Voice:
    return by(lambda request: (("choose", world.names[SEATS.index(seat)]), ("give", ENDOWMENT)))


def simulated(task: TrustMarket, world: World, select: Callable[[World], Answer]) -> Score:
    """A game without talk and without an engine."""
    answers: list[Mapping[str, Answer]] = []
    for _ in range(task.rounds):
        world = with_facts(world, task.reveal(world, answers)) if answers else world
        replies = {seat: task.acts(own_view(world, seat), (), seat, "commit", stream(0)) for seat in CANDIDATES}
        answers.append({"A": select(world)} | {seat: task.parse(text, own_view(world, seat)) for seat, text in replies.items()})
    return task.score(world, answers[-1])
