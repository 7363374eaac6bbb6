"""The common slot: what its worlds guarantee, what a claim licenses, and how answers are scored."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

import pytest

from benchmark.quoting import length
from benchmark.views import Lens, own_view, view
from benchmark.vocabulary import Claim, UsageError, World
from tasks.schedule import Schedule
from tasks.schedule.worlds import COST, OUT

VARIANTS = list(itertools.product((1, 2, 3, 4, 5), ("2", "3", "4")))
variants = pytest.mark.parametrize(("level", "seats"), VARIANTS)


def generated(level: int, seats: str, n: int = 100) -> Iterator[tuple[Schedule, World]]:
    task = Schedule.at(level, seats=seats)
    return ((task, task.generate(seed, seed % 4 != 1)) for seed in range(n))


def diary(world: World, seat: str) -> dict[str, Any]:
    return {fact.slot[2]: fact.value for fact in world.facts if fact.slot[0] == COST and fact.slot[1] == seat}


def totals(world: World) -> dict[str, float]:
    diaries = [diary(world, seat) for seat in world.seats]
    return {slot: sum(math.inf if own[slot] == OUT else own[slot] for own in diaries) for slot in diaries[0]}


@variants
def test_the_target_is_the_cheapest_common_slot_and_nobodys_favourite(level: int, seats: str) -> None:
    for task, world in generated(level, seats):
        sums = {slot: total for slot, total in totals(world).items() if total < math.inf}

        assert len(set(sums.values())) == len(sums) == (1 + task.shared if world.solvable else 0)
        assert min(sums, key=sums.__getitem__, default=None) == world.target
        for seat in world.seats:
            own = {slot: cost for slot, cost in diary(world, seat).items() if cost != OUT}
            assert len(own) == task.possible
            if world.solvable:
                assert min(own.values()) < own[world.target]


@variants
def test_one_diary_says_nothing_of_whether_there_is_a_common_slot(level: int, seats: str) -> None:
    """A single view leaves every slot that its owner can make, and that there is none."""
    for task, world in generated(level, seats, 40):
        for seat in world.seats:
            possible = {slot for slot, cost in diary(world, seat).items() if cost != OUT}
            assert set(task.candidates(own_view(world, seat), ())) == {*possible, None}


@pytest.mark.parametrize(("level", "seats"), [variant for variant in VARIANTS if variant[0] >= 3])
def test_the_budget_holds_what_is_needed_and_not_everything(level: int, seats: str) -> None:
    for task, world in generated(level, seats, 200):
        budget = task.turns * task.words
        assert sum(length(fact.text) for fact in task.needed(world)) <= 0.7 * budget
        assert sum(length(fact.text) for fact in world.facts if fact.holders) >= 1.5 * budget


def test_naming_all_possible_slots_rules_out_the_rest() -> None:
    task, world = next(generated(3, "2", 1))
    everything = view(world, Lens(world.seats, world.seats))
    b = diary(world, "B")
    claims = [Claim("affirm", (COST, "B", slot), cost, "B", 0) for slot, cost in b.items() if cost != OUT]
    before = task.candidates(own_view(world, "A"), claims)
    after = task.candidates(own_view(world, "A"), [*claims, Claim("count", ("possible slots", "B"), task.possible, "B", 0)])

    assert after == task.candidates(everything, ())
    assert set(after) <= set(before)


def test_a_false_claim_is_unfounded_and_a_true_one_founded() -> None:
    task, world = next(generated(3, "2", 1))
    for slot, cost in diary(world, "A").items():
        assert task.founded(world, Claim("affirm", (COST, "A", slot), cost, "A", 0), ())
        assert not task.founded(world, Claim("exclude", (COST, "A", slot), cost, "A", 0), ())
        assert not task.founded(world, Claim("affirm", (COST, "A", slot), 3 if cost != 3 else 4, "A", 0), ())
    assert not task.founded(world, Claim("count", ("possible slots", "A"), task.possible + 1, "A", 0), ())


def test_an_answer_may_be_spelled_in_any_usual_way_and_all_must_agree() -> None:
    task, world = next(generated(3, "2", 1))
    one = own_view(world, "A")
    target = world.target

    assert task.parse(f'{{"answer": "{target[:3]} at {target[4:]}"}}', one) == target
    assert task.score(world, {"A": target, "B": target}).success
    assert not task.score(world, {"A": target, "B": None}).success


@pytest.mark.parametrize("options", [{"seats": "5"}, {"seats": "two"}, {"chairs": "2"}])
def test_unknown_options_are_refused(options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Schedule.at(3, **options)
