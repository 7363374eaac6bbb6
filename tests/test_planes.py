"""Two planes of one effect: known answers, brute force, and what must hold of any arms."""

from __future__ import annotations

import itertools
import math
from statistics import fmean, stdev

import pytest

from benchmark.bonds.planes import Act, Talk, actions, detectable, dice, equivalent, interaction, language, student
from benchmark.streams import stream


def acts(choices: list[list[str]], context: str = "A") -> list[Act]:
    """A list of choices for each world."""
    return [Act(str(world), context, choice) for world, made in enumerate(choices) for choice in made]


def drawn(name: str, worlds: int, p: float, rounds: int = 10) -> list[Act]:
    coins = stream(5, name)
    return acts([["C" if coins.chance(p) else "D" for _ in range(rounds)] for _ in range(worlds)])


def distance(first: list[Act], second: list[Act]) -> float:
    """Total variation distance, written down from its definition: the largest difference in the chance of any event."""
    kinds = sorted({act.action for act in (*first, *second)})
    events = itertools.chain.from_iterable(itertools.combinations(kinds, size) for size in range(len(kinds) + 1))
    return max(fmean(act.action in event for act in second) - fmean(act.action in event for act in first) for event in events)


def test_the_distance_and_its_permutation_mean_are_those_of_brute_force() -> None:
    first = acts([["x", "y", "y"], ["x", "x", "z"], ["y", "z", "x"], ["x", "x", "x"], ["z", "z", "y"]])
    second = acts([["y", "y", "y"], ["y", "x", "y"], ["y", "z", "y"], ["x", "y", "x"], ["y", "z", "y"]])
    exchanged = []
    for flips in itertools.product((False, True), repeat=5):
        one = [act for act in first if not flips[int(act.world)]] + [act for act in second if flips[int(act.world)]]
        other = [act for act in second if not flips[int(act.world)]] + [act for act in first if flips[int(act.world)]]
        exchanged.append(distance(one, other))
    plane = actions(first, second)

    assert plane
    assert plane.raw == pytest.approx(distance(first, second))
    assert plane.chance == pytest.approx(fmean(exchanged))
    assert plane.p == pytest.approx(fmean(one >= plane.raw - 1e-12 for one in exchanged))
    assert fmean(plane.contributions) == pytest.approx(plane.raw)


def test_arms_that_always_differ_have_the_largest_effect_and_the_same_arm_has_none() -> None:
    ever, never = acts([["C"]] * 40), acts([["D"]] * 40)
    apart, alike = actions(ever, never), actions(ever, ever)

    assert apart
    assert alike
    assert (apart.raw, apart.p < 0.001, apart.n) == (1.0, True, 40)
    assert apart.effect == pytest.approx(1 - apart.chance)
    assert (alike.raw, alike.effect, alike.p) == (0.0, 0.0, 1.0)
    assert alike.high == -alike.low == pytest.approx(1 - 0.025 ** (1 / 40)), "40 worlds that agree leave room for a few that do not"


def test_contexts_are_never_put_together_and_weigh_by_their_acts() -> None:
    first = [*acts([["l"]] * 6, "A"), *acts([["r"]] * 6, "B")]
    second = [*acts([["r"]] * 6, "A"), *acts([["r"]] * 6, "B")]
    plane = actions(first, second)

    assert plane
    assert plane.raw == pytest.approx(0.5)


def test_chance_alone_is_taken_off() -> None:
    """Two samples of one distribution are apart by chance; over many pairs of arms the excess is about nothing."""
    excess = []
    for number in range(12):
        plane = actions(drawn(f"a{number}", 20, 0.5), drawn(f"b{number}", 20, 0.5), str(number))
        assert plane
        assert plane.raw >= 0
        excess.append(plane.raw - plane.chance)

    assert abs(fmean(excess)) < 0.02
    assert fmean([one + 0.02 for one in excess]) > 0


def test_a_true_shift_is_found_and_its_size_is_right() -> None:
    plane = actions(drawn("before", 60, 0.3), drawn("after", 60, 0.7))

    assert plane
    assert 0.3 < plane.raw < 0.5
    assert plane.p < 0.01
    assert 0 < plane.low < plane.effect < plane.high


WORDS = [f"word{number}" for number in range(200)]


def talks(worlds: int, shared: int, name: str) -> list[Talk]:
    """In each world the partner says ten words, of which its seat takes up ``shared``; the rest is drawn from all."""
    made = []
    for world in range(worlds):
        draws = stream(3, name, str(world))
        partner = draws.sample(WORDS, 10)
        own = partner[:shared] + draws.sample([word for word in WORDS if word not in partner], 10 - shared)
        made.append(Talk(str(world), "x", frozenset(own), frozenset(partner)))
    return made


def test_overlap_counts_above_what_is_shared_with_strangers() -> None:
    """The exact value of a small case: three worlds, all pairs by hand."""
    words = {"0": ("ab", "ab"), "1": ("ac", "cd"), "2": ("ad", "de")}
    after = [Talk(world, "x", frozenset(own), frozenset(partner)) for world, (own, partner) in words.items()]
    before = [Talk(world, "x", frozenset("z"), frozenset("y")) for world in words]
    plane = language(before, after)
    by_hand = []
    for world, (own, partner) in words.items():
        others = [dice(frozenset(own), frozenset(words[other][1])) for other in words if other != world]
        by_hand.append(dice(frozenset(own), frozenset(partner)) - fmean(others))

    assert plane
    assert dice(frozenset("ab"), frozenset("bc")) == 0.5
    assert list(plane.contributions) == pytest.approx(by_hand)
    assert plane.raw == pytest.approx(fmean(by_hand))


def test_words_that_the_matter_calls_for_are_no_convergence() -> None:
    """Everybody says the same words: overlap is full, and none of it is with the partner in particular."""
    same = [Talk(str(world), "x", frozenset("abc"), frozenset("abc")) for world in range(8)]
    plane = language([Talk(str(world), "x", frozenset("z"), frozenset("y")) for world in range(8)], same)

    assert plane
    assert (plane.raw, plane.effect, plane.p) == (0.0, 0.0, 1.0)
    assert language(same, [Talk("9", "y", frozenset("a"), frozenset("a"))]) is None


def test_convergence_is_found_and_the_other_way_round_is_negative() -> None:
    more, less = language(talks(30, 1, "a"), talks(30, 6, "b")), language(talks(30, 6, "b"), talks(30, 1, "a"))

    assert more
    assert less
    assert (more.p < 0.01, more.low > 0) == (True, True)
    assert (less.raw, less.effect, less.high) == pytest.approx((-more.raw, -more.effect, -more.low))
    assert 0.4 < more.raw < 0.6


@pytest.mark.parametrize(
    ("freedom", "t", "p"),
    [(1, 12.706, 0.025), (2, 4.303, 0.025), (3, 3.182, 0.025), (4, 2.132, 0.05), (10, 2.228, 0.025), (29, 1.699, 0.05), (30, 1.697, 0.05)],
)
def test_students_tail_is_that_of_the_tables(freedom: int, t: float, p: float) -> None:
    assert student(t, freedom) == pytest.approx(p, abs=5e-5)
    assert student(-t, freedom) == pytest.approx(1 - p, abs=5e-5)


def test_equivalence_needs_small_differences_and_enough_worlds() -> None:
    few, many, moved = (language(talks(n, 2, "a"), talks(n, k, "b")) for n, k in ((6, 2), (120, 2), (120, 5)))

    assert few
    assert many
    assert moved
    assert equivalent(many, 0.5) < 0.05 < equivalent(few, 0.5)
    assert equivalent(moved, 0.5) > 0.5
    size = fmean(many.contributions) / stdev(many.contributions)
    assert equivalent(many, 0.5) == pytest.approx(student((0.5 - abs(size)) * math.sqrt(120), 119))


def test_the_interaction_tells_which_plane_moved() -> None:
    shifted, still = actions(drawn("a", 40, 0.2), drawn("b", 40, 0.8)), actions(drawn("c", 40, 0.5), drawn("d", 40, 0.5))
    quiet, loud = language(talks(40, 3, "a"), talks(40, 3, "b")), language(talks(40, 1, "a"), talks(40, 7, "b"))
    assert shifted
    assert still
    assert quiet
    assert loud
    acted, spoke, both = interaction(shifted, quiet), interaction(still, loud), interaction(shifted, loud)

    assert acted
    assert spoke
    assert both
    assert acted.low > 0 > spoke.high
    assert abs(both.effect) < abs(acted.effect)
    assert acted.n == 40


def test_worlds_that_are_all_alike_leave_room_for_one_that_is_not() -> None:
    """Of n worlds without an effect, a share of up to 1 − 0.025^(1/n) may have one, unseen, on either plane."""
    quiet = language(talks(6, 3, "a"), talks(6, 3, "a"))
    assert quiet
    same = [Act(world, "c", "x") for world in quiet.worlds]
    still = actions(same, same)
    assert still
    found = interaction(still, quiet)

    assert found
    assert (still.low, still.high) == pytest.approx((-(1 - 0.025 ** (1 / 6)), 1 - 0.025 ** (1 / 6)))
    assert (found.low, found.high) == pytest.approx((-2 * (1 - 0.025 ** (1 / 6)), 2 * (1 - 0.025 ** (1 / 6))))


def test_both_planes_can_see_the_same_smallest_effect() -> None:
    assert detectable(283) == pytest.approx((1.959964 + 0.841621) / math.sqrt(283), abs=1e-6)
    done, said = actions(drawn("a", 40, 0.2), drawn("b", 40, 0.8)), language(talks(40, 3, "a"), talks(40, 3, "b"))
    assert done
    assert said
    assert done.detectable == said.detectable == detectable(40)
