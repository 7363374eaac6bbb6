"""What facts settle: the ground on which the checks of a task stand."""

from __future__ import annotations

from benchmark import ledger, views
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Seat, Turn, View, World

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
    return all(
        ledger.knows(task, world, views.own_view(world, seat), knowing(task, world, facts, seat), answer) for seat in tested(task, world)
    )


def tested(task: Task, world: World) -> tuple[Seat, ...]:
    """Who is to know the answer: everyone but an audience, which is to hear and not to know."""
    return tuple(seat for seat in world.seats if seat not in task.audience)


def adopted(task: Task, world: World, answer: Answer) -> dict[Seat, Answer]:
    """The commits where all who are to know the answer give ``answer``, and an audience has none."""
    return {seat: None if seat in task.audience else answer for seat in world.seats}


def from_guesses(task: Task, world: World) -> list[dict[Seat, Answer]]:
    """The commits that come of guessing: one guess adopted by all. Where an audience listens, one seat may know the answer and must get it
    across, so that adopting its guess would be what is to be shown; there each seat commits to its own."""
    own = guesses(task, world)
    return [dict(zip(world.seats, own, strict=True))] if task.audience else [adopted(task, world, guess) for guess in own]


def guesses(task: Task, world: World) -> list[Answer]:
    """What each seat would take for the likeliest answer if nobody said anything."""
    return [task.candidates(views.own_view(world, seat), ())[0] for seat in world.seats]


def _with_units(world: World, seat: str, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    units = [fact for fact in world.facts if fact.holders == (seat,) and fact.slot[0] == UNIT]
    return (*units, *facts) if facts else ()
