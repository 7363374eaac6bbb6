"""Bradley–Terry strengths: what the fit is, that known strengths come back, and what is said where data cannot tell."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from benchmark.results.statistics import Floats
from benchmark.results.strengths import PRIOR, Strength, fit, reaches, strengths
from benchmark.streams import stream

TRUE = np.array([0.0, 0.8, -0.5, 1.5])


def simulated(true: Floats, worlds: int, name: str, ties: float = 0.0) -> Floats:
    """A table of scores for each of ``worlds``, in each of which everyone meets everyone once."""
    draws, size = stream(5, "simulated", name), len(true)
    tables = np.zeros((worlds, size, size))
    for table in tables:
        for i in range(size):
            for j in range(i):
                won = 0.5 if draws.chance(ties) else float(draws.chance(1 / (1 + math.exp(true[j] - true[i]))))
                table[i, j], table[j, i] = won, 1 - won
    return tables


def known(strata: list[Floats], anchor: int = 0) -> list[Strength]:
    return [one for one in strengths(strata, anchor, "test") if one]


def by_brute_force(scores: Floats, prior: float) -> Floats:
    """The same maximum, found by a general optimiser from the formula alone."""

    def loss(b: Floats) -> float:
        chances = -np.logaddexp(0, b[None, :] - b[:, None])
        return float(-(scores * chances).sum() + prior / 2 * (np.logaddexp(0, b) + np.logaddexp(0, -b)).sum())

    best: Floats = minimize(loss, np.zeros(len(scores)), method="BFGS", options={"gtol": 1e-9}).x
    return np.asarray(best - best.mean())


def by_minorising(scores: Floats) -> Floats:
    """Hunter (2004), equation 3: πᵢ ← wins / Σⱼ games / (πᵢ + πⱼ)."""
    games, worth = scores + scores.T, np.ones(len(scores))
    for _ in range(20_000):
        worth = scores.sum(axis=1) / (games / (worth[:, None] + worth[None, :])).sum(axis=1)
        worth /= worth.sum()
    logs: Floats = np.log(worth)
    return np.asarray(logs - logs.mean())


@given(st.integers(2, 5), st.integers(0, 10**6))
def test_the_fit_is_the_maximum_that_brute_force_finds(players: int, seed: int) -> None:
    draws = stream(seed, "table")
    scores = np.array([[0.5 * draws.below(20) * (i != j) for j in range(players)] for i in range(players)])

    assert fit(scores) == pytest.approx(by_brute_force(scores, PRIOR), abs=1e-4)


def test_without_a_prior_it_is_hunters_fixed_point() -> None:
    scores = simulated(TRUE, 30, "hunter", ties=0.2).sum(axis=0)

    assert fit(scores, prior=1e-12) == pytest.approx(by_minorising(scores), abs=1e-8)


def test_many_tables_are_fitted_as_each_alone() -> None:
    tables = simulated(TRUE, 12, "batch").reshape(3, 4, 4, 4).sum(axis=1)
    tables[1] = np.triu(np.full((4, 4), 1000.0), 1)  # a ladder on which the higher always wins, beside tables that are easy

    assert fit(tables) == pytest.approx(np.stack([fit(table) for table in tables]), abs=1e-9)
    assert np.isfinite(fit(tables)).all()


def test_known_strengths_are_recovered() -> None:
    found = known([simulated(TRUE, 600, "recovered")])

    assert [one.logit for one in found] == pytest.approx(TRUE[1:], abs=0.2)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    held = total = 0
    for round_ in range(30):
        for one, true in zip(known([simulated(TRUE, 60, f"coverage {round_}")]), TRUE[1:], strict=True):
            assert one.low is not None
            assert one.high is not None
            held += one.low <= true <= one.high
            total += 1

    assert 0.88 <= held / total < 1


def test_a_tie_is_half_a_win_for_each() -> None:
    ties = np.array([[0, 6], [4, 0]]) + np.array([[0, 5], [5, 0]])

    assert fit(ties, prior=1e-12)[0] - fit(ties, prior=1e-12)[1] == pytest.approx(math.log(11 / 9))


def test_where_all_is_tied_all_are_alike_and_the_interval_says_how_little_that_shows() -> None:
    few, many = (known([simulated(TRUE, worlds, "tied", ties=1.0)])[0] for worlds in (5, 100))

    assert few.logit == many.logit == pytest.approx(0, abs=1e-9)
    assert few.low is not None
    assert few.high is not None
    assert many.low is not None
    assert few.low < -0.5 < many.low < 0 < few.high


def test_who_always_wins_has_no_upper_limit_and_a_lower_one_that_grows_with_the_worlds() -> None:
    always = np.zeros((1, 3, 3))
    always[0, 1, :] = 1.0
    always[0, 1, 1] = 0.0
    always[0, 0, 2] = always[0, 2, 0] = 0.5
    few, many = (known([np.repeat(always, worlds, axis=0)])[0] for worlds in (4, 200))

    for one in (few, many):
        assert one.high is None
        assert one.better.high == 1.0
        assert one.low is not None
        assert one.logit > one.low
    # Of 4 worlds none lost: Clopper & Pearson allow a share of 1 - 0.025^(1/4) = 0.6 of losses.
    assert few.better.low == pytest.approx(few.better.mean - 0.602, abs=0.02)
    assert few.better.low < 0.5
    assert many.better.low > 0.95


def test_who_always_loses_has_no_lower_limit() -> None:
    never = np.zeros((10, 2, 2))
    never[:, 0, 1] = 1.0
    (one,) = known([never])

    assert one.low is None
    assert one.better.low == 0.0
    assert one.high is not None
    assert one.high < 0


def test_who_is_not_linked_to_the_anchor_has_no_strength() -> None:
    apart = np.zeros((8, 4, 4))
    apart[:, 0, 1] = apart[:, 1, 0] = apart[:, 2, 3] = apart[:, 3, 2] = 0.5

    assert [one is not None for one in strengths([apart], 0)] == [False, True, False, False]


def test_a_chain_links_those_who_never_met() -> None:
    chain = np.zeros((20, 3, 3))
    for i, j in ((0, 1), (1, 2)):
        chain[:, i, j], chain[:, j, i] = 0.7, 0.3
    _, last = known([chain])

    assert last.logit == pytest.approx(2 * math.log(3 / 7), abs=0.1)
    assert reaches(chain.sum(axis=0)).all()


def test_the_other_anchor_turns_the_sign() -> None:
    tables = simulated(TRUE, 40, "turned")

    assert known([tables], 0)[0].logit == pytest.approx(-known([tables], 1)[0].logit, abs=1e-9)


def test_a_world_counts_as_one_however_much_was_played_in_it() -> None:
    tables = simulated(TRUE, 50, "clustered")
    once, tenfold = (known([tables * times])[0] for times in (1, 10))

    assert once.low is not None
    assert tenfold.low == pytest.approx(once.low, abs=0.15)


def test_the_worlds_of_each_task_are_drawn_on_their_own() -> None:
    """Drawn together, two tasks would say no more than one."""
    tables = simulated(TRUE, 60, "apart")
    apart, pooled = known([tables, tables])[0], known([np.concatenate([tables, tables])])[0]

    assert apart.better.high - apart.better.low == pytest.approx(pooled.better.high - pooled.better.low, rel=0.1)


def test_the_same_tables_give_the_same_numbers() -> None:
    strata = [simulated(TRUE, 20, "one"), simulated(TRUE, 15, "two")]

    assert strengths(strata, 0, "name") == strengths(strata, 0, "name")
