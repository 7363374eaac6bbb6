"""Whether levels are what they should be: the same pooled problem, harder to ground."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from benchmark.conformance.knowledge import pooled
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.worlds import is_solvable

SEED = 4

Make = Callable[[int], Task]


def at_makes_the_level_it_was_asked_for(make: Make) -> Iterator[str]:
    """at(level) gives a task of that level, the same one each time.

    Pass level=level to the class in at(), and let nothing else than level and the options decide its fields.
    """
    for number, task in enumerate(_tasks(make), 1):
        if task.level != number:
            yield f"at({number}) gives a task of level {task.level}"
        if task != make(number):
            yield f"at({number}) gives two different tasks when called twice"


def each_level_differs_from_the_one_before(make: Make) -> Iterator[str]:
    """Neighbouring levels differ in their worlds, or in how much may be said of them.

    Let at() set fields by level (words, turns, who holds what), and let generate() look at them.
    """
    tasks = _tasks(make)
    played = [(t.seats, t.turns, t.words, t.rounds, t.no_solution, t.generate(SEED, is_solvable(t.no_solution, 0)).facts) for t in tasks]
    for one, other in itertools.pairwise(range(len(tasks))):
        if played[one] == played[other]:
            yield f"levels {one + 1} and {other + 1} play the same worlds with the same budget"


def levels_keep_the_pooled_problem_the_same_size(make: Make) -> Iterator[str]:
    """The number of seats, and of answers to choose from, is the same at every level.

    Make levels harder to ground, by who holds what and by the budget, and not harder to reason about.
    """
    tasks = _tasks(make)
    for what, count in (("seats", _seats), ("possible answers", _answers)):
        sizes = [count(task) for task in tasks]
        if max(sizes) > 1.5 * min(sizes) or (count is _seats and len(set(sizes)) > 1):
            yield f"from level 1 to {len(tasks)} there are {', '.join(map(str, sizes))} {what}"


def _tasks(make: Make) -> list[Task]:
    return [make(level) for level in range(1, 6)]


def _seats(task: Task) -> int:
    return len(task.generate(SEED).seats)


def _answers(task: Task) -> int:
    """As listed, or else as they turn up in 60 draws."""
    world = task.generate(SEED)
    if place := task.place(world):
        return place[1]
    draws = stream(SEED, "levels")
    return len({task.draw(pooled(world), draws) for _ in range(60)})


LEVELS: tuple[Callable[[Make], Iterator[str]], ...] = (
    at_makes_the_level_it_was_asked_for,
    each_level_differs_from_the_one_before,
    levels_keep_the_pooled_problem_the_same_size,
)
