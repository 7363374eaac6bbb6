"""What the best pairs of two sheets are worth in `assignment`: they clash, and neither sheet says who should yield."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from statistics import mean

import pytest

from benchmark.vocabulary import World
from tasks.assignment.boards import BAR, UNSEEN, Cell, Plan, best_plan, total
from tests.test_assignment import LEVELS, worlds

GOOD = 86
"""No pair of the best plan is worse, and no other but its rivals as good."""


def sheets_of(world: World) -> list[list[Cell]]:
    """The pairs on each sheet, the best first."""
    people, jobs, table, *_ = world.target
    sheets = []
    for seat in world.seats:
        pairs = [fact.slot[1:] for fact in world.facts if seat in fact.holders and fact.slot[0] == "pair"]
        cells = [(people.index(person), jobs.index(job)) for person, job in pairs]
        sheets.append(sorted(cells, key=lambda cell: (-table[cell[0]][cell[1]], cell)))
    return sheets


def merged(cells: Iterable[Cell], n: int) -> Plan:
    """Everyone where the first of ``cells`` that is free puts them, the rest as they come."""
    plan: dict[int, int] = {}
    for i, j in cells:
        if i not in plan and j not in plan.values():
            plan[i] = j
    free = [j for j in range(n) if j not in plan.values()]
    return tuple(plan[i] if i in plan else free.pop(0) for i in range(n))


def plans_of_tops(world: World, told: int) -> Iterator[tuple[str, Plan]]:
    """What the ``told`` best pairs of each sheet come to: put together best first or worst first, or at their very best."""
    table, sheets = world.target[2], sheets_of(world)
    tops = sorted({*sheets[0][:told], *sheets[1][:told]}, key=lambda cell: (-table[cell[0]][cell[1]], cell))
    yield "best first", merged(tops, len(table))
    yield "worst first", merged(tops[::-1], len(table))
    yield "at best", best_plan([[score if (i, j) in tops else UNSEEN for j, score in enumerate(row)] for i, row in enumerate(table)])


@pytest.mark.parametrize(("told", "at_best"), [(3, 0.2), (4, 0.5), (5, 1.0)])
@pytest.mark.parametrize("level", LEVELS)
def test_no_plan_by_tops_alone(level: int, told: int, at_best: float) -> None:
    """Taking the best pairs first hardly ever reaches the bar. Nor does it pay always to yield to the worse."""
    reached: dict[str, list[bool]] = {}
    for world in worlds(level, 150):
        _, _, table, best, *_ = world.target
        for way, plan in plans_of_tops(world, told):
            reached.setdefault(way, []).append(total(table, plan) >= BAR * best)
    shares = {way: mean(found) for way, found in reached.items()}

    assert shares["best first"] <= 0.05
    assert shares["worst first"] <= 0.4
    assert shares["at best"] <= at_best


@pytest.mark.parametrize("level", LEVELS)
def test_no_sheet_tells_which_of_two_good_pairs_is_in_the_plan(level: int) -> None:
    """Where two of one person or one job clash: not their scores, and not how many pairs are rated, or are poor, beside them."""
    more: dict[str, list[float]] = {}
    for world in worlds(level, 150):
        table = world.target[2]
        plan = set(enumerate(best_plan(table)))
        for sheet in sheets_of(world):
            for clash in combinations([(i, j) for i, j in sheet if table[i][j] >= GOOD], 2):
                mine, *others = sorted(clash, key=lambda cell: cell not in plan)
                if plan.intersection(clash) != {mine} or not beside(mine, others):
                    continue
                for sign, (of_mine, of_other) in {
                    "score": [table[i][j] for i, j in (mine, *others)],
                    "rated": [len(beside(cell, sheet)) for cell in (mine, *others)],
                    "poor": [sum(table[i][j] < UNSEEN for i, j in beside(cell, sheet)) for cell in (mine, *others)],
                }.items():
                    more.setdefault(sign, []).append((of_mine > of_other) + 0.5 * (of_mine == of_other))

    assert all(0.35 <= mean(found) <= 0.68 for found in more.values()), {sign: mean(found) for sign, found in more.items()}
    assert len(more) == 3


def beside(cell: Cell, others: Iterable[Cell]) -> list[Cell]:
    """Which of ``others`` are of the same person or the same job."""
    return [(i, j) for i, j in others if (i == cell[0]) != (j == cell[1])]
