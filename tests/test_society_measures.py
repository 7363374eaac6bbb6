"""Influence, turnover, movement and what goes beyond strangers, each against an answer that is known by another route."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, permutations
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benchmark.bonds import centroids, influence, pseudo_pairs, societies
from benchmark.streams import stream

SEATS = ("A", "B", "C", "D")
WEIGHTS = st.dictionaries(st.tuples(st.sampled_from(SEATS), st.sampled_from(SEATS)), st.integers(1, 5), max_size=12)


@given(WEIGHTS)
def test_pagerank_solves_its_own_equation(edges: dict[tuple[str, str], int]) -> None:
    """Against (I − dM)r = (1 − d)/n·1, solved at once."""
    n, d = len(SEATS), influence.DAMPING
    matrix = np.zeros((n, n))
    for (follower, followed), weight in edges.items():
        matrix[SEATS.index(followed), SEATS.index(follower)] += weight
    totals = matrix.sum(axis=0)
    matrix = np.where(totals > 0, matrix / np.where(totals > 0, totals, 1), 1 / n)
    solved = np.linalg.solve(np.eye(n) - d * matrix, np.full(n, (1 - d) / n))

    found = influence.pagerank(SEATS, edges)

    assert [found[seat] for seat in SEATS] == pytest.approx(list(solved), abs=1e-8)


def test_who_is_followed_by_all_ranks_first_and_nobody_where_none_is_followed() -> None:
    ranks = influence.pagerank(SEATS, {(seat, "C"): 1.0 for seat in "ABD"})

    assert max(ranks, key=lambda seat: ranks[seat]) == "C"
    assert len({ranks[seat] for seat in "ABD"}) == 1
    assert set(influence.pagerank(SEATS, {}).values()) == {0.25}


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=8))
def test_kendalls_tau_is_scipys(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)
    expected = stats.kendalltau(first, second).statistic

    found = influence.kendall(first, second)

    assert (found is None) == math.isnan(expected)
    assert found is None or found == pytest.approx(expected)


def test_persistence_is_one_where_ranks_stay_and_minus_one_where_they_turn_around() -> None:
    ranks = [dict(zip(SEATS, order, strict=True)) for order in ((1, 2, 3, 4), (2, 4, 6, 8), (8, 6, 4, 2), (1, 1, 1, 1))]

    first, kept, turned, level = influence.persistence(ranks)

    assert first is None
    assert level is None
    assert (kept, turned) == pytest.approx((1.0, -1.0))
    assert influence.persistence([]) == ()


def test_word_weights_are_those_of_a_count_by_hand() -> None:
    """Two texts, "a b b" and "b": a is in one of two, b in both."""
    one, other = centroids.tfidf(["a b b", "B."])
    rare = math.log(3 / 2) + 1
    length = math.hypot(rare, 2)

    assert one == pytest.approx([rare / length, 2 / length])
    assert other == [0.0, 1.0]
    assert centroids.tfidf(["", "b"])[0] == [0.0]


def test_one_who_comes_to_speak_like_the_others_is_pulled_and_they_are_not() -> None:
    early = {"A": "torve", "B": "brem", "C": "brem", "D": "brem"}
    late = {**early, "A": "brem"}

    moved = centroids.movements(early, late)

    assert moved["A"] == centroids.Movement(drift=1.0, consistency=None, pull=1.0)
    assert moved["B"].drift == 0.0
    assert moved["B"].pull == 0.0


def test_those_who_swap_their_words_move_against_each_other() -> None:
    moved = centroids.movements({"A": "torve", "B": "brem"}, {"A": "brem", "B": "torve"})

    assert [one.drift for one in moved.values()] == [1.0, 1.0]
    assert [one.consistency for one in moved.values()] == [-1.0, -1.0]


def test_any_embedder_can_take_the_place_of_the_count_of_words() -> None:
    """One that knows that two words mean the same sees no drift where the count sees one."""
    calls: list[int] = []

    def meanings(texts: object) -> list[list[float]]:
        calls.append(1)
        return [[1.0, 1.0] for _ in texts]  # type: ignore[attr-defined]

    moved = centroids.movements({"A": "torve", "B": "brem"}, {"A": "brem", "B": "torve"}, meanings)

    assert calls == [1]
    assert [one.drift for one in moved.values()] == [0.0, 0.0]


# --- societies made by hand ----------------------------------------------------------------------------------------------


def made(
    labels: list[str], pairs: list[str], stated: list[list[int | None]] | None = None, credited: list[str] | None = None
) -> societies.Society:
    """Four members and one referent, "7". ``labels``: one letter a seat and round, before all rounds that of the start; "-" declines."""

    def by_seat(row: str) -> dict[str, dict[str, str]]:
        return {seat: {"7": letter} for seat, letter in zip(SEATS, row, strict=True) if letter != "-"}

    start, *rounds = labels
    return societies.Society(
        seats=SEATS,
        referents=("7",),
        pairs=tuple(tuple((pair[0], pair[1]) for pair in row.split()) for row in pairs),
        labels=tuple(map(by_seat, rounds)),
        stated=tuple({seat: {"7": one} for seat, one in zip(SEATS, row, strict=True)} for row in stated or [[None] * 4] * len(rounds)),
        start=by_seat(start),
        truth={"7": 3},
        holder={"7": "A"},
        credited=tuple({seat: {"7": sign == "+"} for seat, sign in zip(SEATS, row, strict=True)} for row in credited or ()),
    )


def test_agreement_counts_any_two_and_matching_only_those_who_met() -> None:
    played = made(["abcd", "aacd", "aaad", "aaa-"], ["AB CD", "AB CD", "AD BC"])

    assert [societies.matched(played, place) for place in range(3)] == [0.5, 0.5, 0.5]
    assert [societies.agreement(played, place) for place in range(3)] == [1 / 6, 3 / 6, 3 / 6]


def test_births_are_of_labels_never_seen_and_deaths_of_those_no_longer_used() -> None:
    played = made(["abcd", "abcd", "abce", "abcd", "ffff"], ["AB CD"] * 4)

    assert [societies.births(played, place) for place in range(4)] == [None, 1 / 4, 0.0, 1.0]
    assert [societies.deaths(played, place) for place in range(4)] == [None, 1 / 4, 1 / 4, 1.0]


def test_adoption_is_taking_the_partners_earlier_label_and_no_other() -> None:
    """B takes over A's and C draws one of its own; in the second round A and B have the same, which is no chance to adopt."""
    played = made(["abcd", "aaed", "aaae"], ["AB CD", "AB CD"])

    assert societies.adopted(played, 0) == 1 / 4
    assert societies.follows(played, [0]) == {("B", "A"): 1.0}
    assert societies.adopted(played, 1) == 1 / 2
    assert societies.follows(played, [1]) == {("D", "C"): 1.0}


def test_what_is_known_leaves_out_who_was_told_it_at_first() -> None:
    played = made(["abcd", "abcd", "abcd"], ["AB CD", "AC BD"], stated=[[3, 3, None, 1], [3, 3, 3, 3]])

    assert [societies.known(played, place) for place in range(2)] == [1 / 3, 1.0]


def test_use_of_feedback_is_what_credit_adds_to_keeping_a_label() -> None:
    """A and B are credited and keep theirs; of C and D, who are not, one keeps its own."""
    played = made(["abcd", "abcd", "abxd"], ["AB CD", "AC BD"], credited=["++--"])

    assert societies.feedback_use(played, SEATS) == 0.5
    assert societies.feedback_use(played, ("A",)) is None


# --- beyond strangers ----------------------------------------------------------------------------------------------------


def strangers(number: int, size: int = 4, words: int = 3) -> societies.Society:
    """Members who draw their words and guesses without a look at anybody."""
    draw = stream(number, "strangers")
    row = "".join(draw.choice("abc"[:words]) for _ in range(size))
    base = made([row, row], ["AB CD"], stated=[[draw.between(1, 4) for _ in SEATS]])
    return replace(base, truth={"7": draw.between(1, 4)})


def test_the_baseline_is_the_mean_over_every_way_of_shuffling_members_among_societies() -> None:
    """Two societies of two seats' words: by brute force over all exchanges, pairs that come from different ones agree as often."""
    one, other = made(["aabb", "aabb"], ["AB CD"]), made(["abbb", "abbb"], ["AB CD"])
    letters = ["aabb", "abbb"]
    pairs = [fmean(a == b for a, b in zip(letters[0], order, strict=True)) for order in permutations(letters[1])]

    found = pseudo_pairs.agreement_beyond([one, other], 0)

    assert found is not None
    assert found.pseudo == pytest.approx(fmean(pairs))
    assert found.real == pytest.approx(fmean(fmean(a == b for a, b in combinations(row, 2)) for row in letters))
    assert found.difference == pytest.approx(fmean(found.weighed))


@pytest.mark.parametrize("beyond", [pseudo_pairs.agreement_beyond, pseudo_pairs.knowledge_beyond], ids=lambda one: one.__name__)
def test_societies_of_strangers_share_nothing_beyond_strangers(beyond: Callable[..., pseudo_pairs.Beyond]) -> None:
    """Zero in expectation: over 60 sets of 8 societies the mean is within 3 standard errors of it, though a third agrees by chance."""
    found = [beyond([strangers(100 * block + number) for number in range(8)], 0) for block in range(60)]
    differences = [one.difference for one in found]
    error = float(np.std(differences, ddof=1)) / math.sqrt(len(differences))

    assert abs(fmean(differences)) < 3 * error
    assert fmean(one.real for one in found) > 0.2


def test_what_everyone_says_everywhere_is_no_bond_and_what_only_one_society_says_is() -> None:
    alike = [made(["aaaa", "aaaa"], ["AB CD"]) for _ in range(3)]
    apart = [made([letter * 4, letter * 4], ["AB CD"]) for letter in "abc"]

    nothing, everything = (pseudo_pairs.agreement_beyond(several, 0) for several in (alike, apart))

    assert nothing is not None
    assert (nothing.real, nothing.pseudo, nothing.difference) == (1.0, 1.0, 0.0)
    assert everything is not None
    assert (everything.real, everything.pseudo, everything.difference) == (1.0, 0.0, 1.0)
    assert pseudo_pairs.agreement_beyond(alike[:1], 0) is None


def test_another_play_of_the_same_world_is_no_stranger() -> None:
    once, again, other = (replace(made([row * 4, row * 4], ["AB CD"]), world=world) for row, world in (("a", 0), ("a", 0), ("b", 1)))

    found = pseudo_pairs.agreement_beyond([once, again, other], 0)

    assert found is not None
    assert (found.real, found.pseudo, found.worlds) == (1.0, 0.0, (0, 0, 1))


def test_the_spread_of_what_is_weighed_is_the_error_of_the_difference() -> None:
    """Societies lean to one word or to two: over 150 sets of 12 the variance within a set foretells that between sets."""

    def leaning(number: int) -> societies.Society:
        draw = stream(number, "leaning")
        often = draw.choice((0.3, 0.95))
        row = "".join("a" if draw.chance(often) else "b" for _ in SEATS)
        return made([row, row], ["AB CD"])

    found = [pseudo_pairs.agreement_beyond([leaning(100 * block + number) for number in range(12)], 0) for block in range(150)]
    foretold = fmean(float(np.var(one.weighed, ddof=1)) / 12 for one in found if one)
    between = float(np.var([one.difference for one in found if one], ddof=1))
    assert foretold / between == pytest.approx(1, abs=0.15)
