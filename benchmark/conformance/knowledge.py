"""What facts settle: the ground on which the checks of a task stand."""

from __future__ import annotations

from benchmark import ledger, views
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Turn, View, World

UNIT = "unit"
"""First word of the slot of a fact without which its holder's other numbers mean nothing."""


def pooled(world: World) -> View:
    """All that anyone knows."""
    return views.view(world, views.Lens(world.seats, world.seats))


def knowing(task: Task, world: World, facts: tuple[Fact, ...], seat: str) -> tuple[Claim, ...]:
    """What ``seat`` knows once every other seat has told those of ``facts`` that it holds, in the task's own words."""
    turns: list[Turn] = []
    for speaker in world.seats:
        mine = tuple(fact for fact in facts if speaker in fact.holders)
        turns += [Turn(speaker, fact.text) for fact in _with_units(world, speaker, mine)]
    return ledger.told(task.claims(turns, views.own_view(world, seat)), seat)


def settled(task: Task, world: World, facts: tuple[Fact, ...]) -> bool:
    """Whether telling ``facts`` lets every seat know the answer."""
    answer = task.candidates(pooled(world), ())[0]
    return all(ledger.knows(task, world, views.own_view(world, seat), knowing(task, world, facts, seat), answer) for seat in world.seats)


def guesses(task: Task, world: World) -> list[Answer]:
    """What each seat would take for the likeliest answer if nobody said anything."""
    return [task.candidates(views.own_view(world, seat), ())[0] for seat in world.seats]


def _with_units(world: World, seat: str, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    units = [fact for fact in world.facts if fact.holders == (seat,) and fact.slot[0] == UNIT]
    return (*units, *facts) if facts else ()
