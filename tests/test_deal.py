"""The dividing task: what its worlds promise, how answers are read and scored, and the published forms."""

from __future__ import annotations

import json
from collections import Counter
from itertools import product

import pytest

from benchmark import api, ledger, views
from benchmark.answers import write_answer
from benchmark.conformance.voices import play
from benchmark.quoting import length
from benchmark.streams import stream
from benchmark.vocabulary import Claim, Illegal, Turn, UsageError, World
from models.reference import PLAYERS
from tasks.deal import Deal
from tasks.deal.divisions import division
from tasks.deal.words import plural_of
from tasks.deal.worlds import BAR, HARD, Heap, best_division, both, is_pareto

LEVELS = (1, 2, 3, 4, 5)
TOTAL = 20


def worlds(level: int, n: int, **options: str) -> tuple[Deal, list[World]]:
    task = Deal.at(level, **options)
    return task, [task.generate(seed) for seed in range(n)]


def heap_of(world: World) -> Heap:
    counts, values, walk, *_ = world.target
    return Heap(counts, values, walk)


def gains(world: World) -> list[tuple[float, float]]:
    """What both get, over every division: by brute force."""
    counts, values, *_ = world.target
    return [both(counts, first, values) for first in product(*(range(n + 1) for n in counts))]


@pytest.mark.parametrize("level", LEVELS)
def test_the_best_division_is_the_only_one_and_fair_and_no_view_comes_near_it(level: int) -> None:
    task, found = worlds(level, 300)
    for world in found:
        best = task.score(world, {}).best
        everything = task.candidates(views.view(world, views.Lens(("A",), ("A", "B"))), ())[0]
        got = sorted(map(sum, gains(world)), reverse=True)
        alone = [task.candidates(views.own_view(world, seat), ())[0] for seat in world.seats]
        raws = [task.score(world, dict.fromkeys(world.seats, answer)).raw for answer in alone]

        assert got[0] == best > got[1]
        assert task.score(world, dict.fromkeys(world.seats, everything)).raw == best
        assert min(both(heap_of(world).counts, best_division(*heap_of(world)[:2]), heap_of(world).values)) >= TOTAL / 2
        assert max(raws) == task.score(world, {}).floor <= HARD * best
        assert task.low * TOTAL <= best <= task.high * TOTAL


@pytest.mark.parametrize("level", LEVELS)
def test_everything_is_worth_the_same_to_both_and_halving_every_kind_is_not_enough(level: int) -> None:
    task, found = worlds(level, 200)
    for world in found:
        heap = heap_of(world)
        assert {sum(n * v for n, v in zip(heap.counts, values, strict=True)) for values in heap.values} == {TOTAL}
        for half in product(*({n // 2, n - n // 2} for n in heap.counts)):
            assert len(half) == 4
            if all(n % 2 == 0 for n in heap.counts):
                assert sum(both(heap.counts, half, heap.values)) < BAR * task.score(world, {}).best


@pytest.mark.parametrize("level", LEVELS)
def test_one_number_from_each_side_is_enough(level: int) -> None:
    task, found = worlds(level, 200)
    for world in found:
        needed = task.needed(world)

        assert sorted(fact.holders for fact in needed) == [("A",), ("B",)]
        assert sum(length(fact.text) for fact in needed) <= 0.7 * task.turns * task.words


def test_levels_leave_less_and_less_to_trade() -> None:
    means = [sum(task.score(world, {}).best for world in found) / len(found) for task, found in (worlds(level, 200) for level in LEVELS)]

    assert means == sorted(means, reverse=True)


def test_who_should_get_what_is_even() -> None:
    """Six ways to give two of four kinds to the first: chi-square over 1,200 worlds, five degrees of freedom, 0.1 %."""
    task, found = worlds(3, 1200)
    places = Counter(task.place(world) for world in found)

    assert sum(n - 200 for n in places.values()) == 0
    assert sum((n - 200) ** 2 / 200 for n in places.values()) < 20.5


def test_settings_and_wordings_vary() -> None:
    _, found = worlds(3, 200)
    scenes = {world.facts[0].value for world in found}

    assert len(scenes) == 12
    assert len({fact.text for world in found for fact in world.facts if fact.holders}) > 1000


def test_a_deal_needs_both_and_no_deal_leaves_both_the_same() -> None:
    task, (world, *_) = worlds(3, 1)
    view = views.own_view(world, "A")
    best = task.candidates(views.view(world, views.Lens(("A",), ("A", "B"))), ())[0]
    other = task.candidates(view, ())[0]
    dealt, apart, parted = (task.score(world, {"A": best, "B": answer}) for answer in (best, other, None))
    declined = task.score(world, {"A": None, "B": None})

    assert dealt.success
    assert (dealt.parts["agreement"], dealt.parts["pareto"]) == (1.0, 1.0)
    assert dealt.parts["agreed_points_A"] + dealt.parts["agreed_points_B"] == dealt.raw == dealt.best
    assert not apart.success
    assert apart.raw == parted.raw == declined.raw == 2 * 5
    assert [(one.parts["mismatch"], one.parts["declined"]) for one in (apart, parted, declined)] == [(1.0, 0.0), (1.0, 0.0), (0.0, 1.0)]
    assert "pareto" not in apart.parts


def test_pareto_is_what_nobody_could_better() -> None:
    _, found = worlds(3, 20)
    for world in found:
        pairs = gains(world)
        for got in pairs[::7]:
            better = any(a >= got[0] and b >= got[1] and (a > got[0] or b > got[1]) for a, b in pairs)
            assert is_pareto(heap_of(world), got) != better


def test_answers_are_read_from_objects_whole_or_in_part() -> None:
    task, (world, *_) = worlds(3, 1)
    view = views.own_view(world, "A")
    goods, counts, (first, second) = view.public("goods"), view.public("counts"), view.names
    answer, (scene, _) = task.draw(view, stream(3, "draw")), view.public("scene")
    shares = {name: dict(share) for name, share in answer}
    plural = {name.upper(): {f" {plural_of(good, scene)} ".title(): n for good, n in share.items()} for name, share in shares.items()}

    assert task.parse(write_answer(answer), view) == answer
    assert task.parse(json.dumps({"answer": shares}), view) == answer
    assert task.parse(json.dumps({"answer": {second: shares[second]}}), view) == answer
    assert task.parse(json.dumps({"answer": plural}), view) == answer
    nothing = dict.fromkeys(goods, 0)
    assert task.parse(json.dumps({"answer": {first: nothing}}), view) == division(view.names, goods, [0] * 4, counts)
    wrongs: list[object] = [
        [],
        {},
        {first: {}},
        {first: {goods[0]: 99}},
        {"Nobody": nothing},
        {first: nothing, second: nothing},
        3,
        {first: 3},
    ]
    for wrong in wrongs:
        with pytest.raises(Illegal):
            task.parse(json.dumps({"answer": wrong}), view)
    with pytest.raises(Illegal, match="whole number from 0"):
        task.parse(json.dumps({"answer": {first: {**nothing, goods[1]: 0.5}}}), view)


def test_the_brief_says_what_no_deal_is_worth_and_that_nobody_need_be_frank() -> None:
    for label, points in (
        ("deal", "5 points to each"),
        ("deal:preset=casino", "5 points to each"),
        ("deal:preset=dond", "neither of them"),
    ):
        task = api.make_task(label, 3)
        world = task.generate(1)
        brief = task.brief(views.own_view(world, "A"))

        assert points in brief
        assert "or as little, as seems wise" in brief
        assert "95%" in brief


def test_published_forms_are_as_published() -> None:
    _, casino = worlds(3, 60, preset="casino")
    _, dond = worlds(3, 200, preset="dond")
    for world in casino:
        counts, values, walk, *_ = world.target
        assert (counts, walk) == ((3, 3, 3), 5)
        assert [sorted(one) for one in values] == [[3, 4, 5]] * 2
    for world in dond:
        counts, (one, other), walk, *_ = world.target
        assert 5 <= sum(counts) <= 7
        assert walk == 0
        assert all(n >= 1 for n in counts)
        assert {sum(n * v for n, v in zip(counts, values, strict=True)) for values in (one, other)} == {10}
        assert all(a or b for a, b in zip(one, other, strict=True))
        assert any(a and b for a, b in zip(one, other, strict=True))
    assert {sum(world.target[0]) for world in dond} == {5, 6, 7}


@pytest.mark.parametrize("label", ["deal", "deal:preset=dond", "deal:preset=casino"])
def test_two_honest_players_reach_the_best_deal_and_no_grounding_is_claimed(label: str) -> None:
    task = api.make_task(label, 3)
    for seed in range(20):
        world = task.generate(seed)
        episode, _ = play(task, world, "private", PLAYERS["honest"])
        score = task.score(world, episode.rounds[-1].answers)

        assert score.raw == score.best
        assert score.success
    assert not task.semantic


def test_what_was_told_counts_and_own_values_are_not_overwritten() -> None:
    task, (world, *_) = worlds(3, 1)
    view = views.own_view(world, "A")
    alone = task.candidates(view, ())[0]
    best = task.candidates(views.view(world, views.Lens(("A",), ("A", "B"))), ())[0]
    true = [Claim("affirm", fact.slot, fact.value, "B") for fact in world.facts if "B" in fact.holders]
    forged = [Claim("affirm", fact.slot, 9, "B") for fact in world.facts if "A" in fact.holders]

    assert alone != best
    assert task.candidates(view, true)[0] == best
    assert task.candidates(view, forged)[0] == alone


def test_a_talk_of_players_is_read_as_it_was_meant() -> None:
    """The shared check leaves tasks out whose facts may be kept back; this one holds it all the same."""
    for label in ("deal", "deal:preset=dond", "deal:preset=casino"):
        for level in LEVELS:
            task = api.make_task(label, level)
            for seed in range(25):
                world = task.generate(seed)
                turns: tuple[Turn, ...] = ()
                while len(turns) < task.turns:
                    seat = world.seats[len(turns) % 2]
                    view = views.own_view(world, seat)
                    moves = task.moves(view, turns, seat)
                    turns = (*turns, Turn(seat, task.word(moves, view)))
                    read = [claim for claim in task.claims(turns, view) if claim.turn == len(turns) - 1]
                    assert Counter((c.kind, c.slot, c.value) for c in read) == Counter((c.kind, c.slot, c.value) for c in moves)


@pytest.mark.parametrize("level", LEVELS)
def test_the_longest_offer_and_all_values_fit_into_one_turn(level: int) -> None:
    task, found = worlds(level, 200)
    for world in found:
        view = views.own_view(world, "A")
        values = [Claim("affirm", fact.slot, fact.value) for fact in view.held_by("A")]
        offer = Claim("propose", ("answer",), task.candidates(view, ())[0])

        assert length(task.word(values, view)) <= task.words
        assert length(f"{task.word([offer], view)} (ready)") <= task.words


def test_notes_are_read_as_what_they_say() -> None:
    for level in LEVELS:
        task, found = worlds(level, 200)
        for world in found:
            view = views.own_view(world, "A")
            for fact in (fact for fact in world.facts if fact.holders):
                (claim,) = ledger.told(task.claims([Turn(fact.holders[0], fact.text)], view), "")
                assert (claim.kind, claim.slot, claim.value) == ("affirm", fact.slot, fact.value)


@pytest.mark.parametrize("options", [{"preset": "dondd"}, {"seats": "3"}])
def test_unknown_options_are_named(options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Deal.at(3, **options)
