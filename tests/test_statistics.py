"""Intervals and tests against known answers, against brute force, and against how often they should be right."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from benchmark.results import statistics
from benchmark.results.statistics import Floats, Interval
from benchmark.streams import stream

ROOT = Path(__file__).resolve().parents[1]

shares = st.lists(st.sampled_from([0.0, 1 / 3, 0.5, 1.0]), min_size=1, max_size=12).map(np.array)
differences = st.lists(st.integers(-3, 3).map(lambda k: k / 3), min_size=1, max_size=12).map(np.array)


def limits(found: Interval, digits: int = 4) -> tuple[float, float]:
    return round(found.low, digits), round(found.high, digits)


@pytest.mark.parametrize(
    ("successes", "n", "expected"),
    [(81, 263, (0.2553, 0.3662)), (15, 148, (0.0624, 0.1605)), (0, 20, (0.0, 0.1611)), (1, 29, (0.0061, 0.1718))],
)
def test_wilson_gives_the_values_of_newcombes_table(successes: int, n: int, expected: tuple[float, float]) -> None:
    """Newcombe (1998), Statistics in Medicine 17:857, table I, method 3."""
    assert expected == limits(statistics.wilson(successes, n))


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_scipy(counts: tuple[int, int]) -> None:
    successes, n = counts
    theirs = binomtest(successes, n).proportion_ci(method="wilson")

    ours = statistics.wilson(successes, n)

    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(shares)
def test_wilson_holds_its_mean_and_stays_between_nought_and_one(values: Floats) -> None:
    found = statistics.wilson(float(values.sum()), len(values))

    assert 0 <= found.low <= found.mean <= found.high <= 1
    assert found.low < found.high


@pytest.mark.parametrize("n", [5, 20, 100])
def test_wilson_covers_the_truth_about_as_often_as_it_says(n: int) -> None:
    """Exactly, by summing over all outcomes; averaged over the truth, as single truths swing around 95 %."""
    covered = []
    for truth in np.linspace(0.02, 0.98, 49):
        found = [statistics.wilson(k, n) for k in range(n + 1)]
        covered.append(sum(binom.pmf(k, n, truth) for k in range(n + 1) if found[k].low <= truth <= found[k].high))

    assert 0.94 < float(np.mean(covered)) < 0.97


def test_the_mean_of_two_strata_has_newcombes_square_and_add_limits() -> None:
    """Newcombe (1998), 17:873, table II (a), method 10: 56/70 − 48/80 lies in 0.0524 … 0.3339. The mean of p and 1 − q is (p − q + 1)/2."""
    found = statistics.mean_of_strata([statistics.wilson(56, 70), statistics.wilson(32, 80)])

    assert ((1 + 0.0524) / 2, (1 + 0.3339) / 2) == pytest.approx((found.low, found.high), abs=5e-5)
    assert pytest.approx(found.mean) == 0.6
    assert found.n == 150


def test_one_stratum_alone_is_its_own_mean() -> None:
    assert statistics.wilson(3, 9) == statistics.mean_of_strata([statistics.wilson(3, 9)])


@pytest.mark.parametrize(("first", "second", "expected"), [(0, 0, 1.0), (1, 5, 14 / 64), (5, 1, 14 / 64), (8, 0, 2 / 256), (3, 3, 1.0)])
def test_mcnemar_gives_the_exact_binomial_chance(first: int, second: int, expected: float) -> None:
    assert expected == pytest.approx(statistics.mcnemar(first, second), rel=1e-12)


def test_mcnemar_agrees_with_scipy_for_many_pairs() -> None:
    assert binomtest(121, 180).pvalue == pytest.approx(statistics.mcnemar(121, 59), rel=1e-9)
    assert binomtest(50_000, 100_400).pvalue == pytest.approx(statistics.mcnemar(50_000, 50_400), rel=1e-6)


@given(differences)
def test_an_exact_sign_flip_test_counts_all_sign_patterns(values: Floats) -> None:
    flipped = [abs(sum(s * v for s, v in zip(signs, values, strict=True))) for signs in itertools.product((1, -1), repeat=len(values))]
    expected = sum(one >= abs(values.sum()) - 1e-9 for one in flipped) / len(flipped)

    found = statistics.sign_flip(values, "brute force")

    assert expected == pytest.approx(found.p, rel=1e-9)
    assert found.method in ("exact McNemar", "exact sign-flip")


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=1, max_size=40).map(np.array))
def test_with_one_play_a_world_the_sign_flip_test_is_mcnemars(values: Floats) -> None:
    found = statistics.sign_flip(values / len(values), "one play")

    assert ("exact McNemar", statistics.mcnemar(int((values > 0).sum()), int((values < 0).sum()))) == (found.method, found.p)


def test_a_sampled_sign_flip_test_comes_near_the_exact_chance() -> None:
    """1, …, 30 have too many sums of signs to list; their chances are known by adding one number at a time."""
    values = np.arange(1.0, 31.0) * np.where(np.arange(30) % 3 == 0, -1, 1)
    chances = {0: 1.0}
    for size in range(1, 31):
        halves = [(total + sign * size, chance / 2) for total, chance in chances.items() for sign in (1, -1)]
        chances = {}
        for total, chance in halves:
            chances[total] = chances.get(total, 0.0) + chance
    exact = sum(chance for total, chance in chances.items() if abs(total) >= abs(values.sum()))

    found = statistics.sign_flip(values, "sampled")

    assert "sign-flip, 9999 draws" == found.method
    assert abs(found.p - exact) < 4 * math.sqrt(exact * (1 - exact) / 9999)


def test_holm_gives_the_textbook_values() -> None:
    given_p = {"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005}

    assert {"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02} == pytest.approx(statistics.holm(given_p))
    assert {} == statistics.holm({})


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1), max_size=8))
def test_holm_never_lowers_a_p_value_nor_changes_the_order(given_p: dict[str, float]) -> None:
    adjusted = statistics.holm(given_p)

    assert list(given_p) == list(adjusted)
    assert all(given_p[name] <= adjusted[name] <= 1 for name in given_p)
    assert sorted(adjusted.values()) == [adjusted[name] for name in sorted(given_p, key=lambda name: (given_p[name], adjusted[name]))]


@given(st.integers(10, 2000), st.floats(0.02, 1))
def test_the_detectable_difference_solves_connors_formula(n: int, discordance: float) -> None:
    delta = statistics.detectable_difference(n, discordance)
    assert delta is not None
    psi = max(discordance, delta)
    needed = (1.959964 * math.sqrt(psi) + 0.841621 * math.sqrt(psi - delta**2)) ** 2 / delta**2

    assert n == pytest.approx(needed, rel=1e-5)


def test_more_pairs_show_smaller_differences_and_too_few_show_none() -> None:
    shown = [statistics.detectable_difference(n, 0.3) for n in (5, 10, 40, 160, 640)]

    assert shown == sorted(shown, key=lambda delta: -(delta or 0))
    assert statistics.detectable_difference(3, 0.3) is None
    assert (statistics.detectable_difference(160, 0.0) or 1) < 0.06


@given(st.lists(differences, min_size=1, max_size=3))
def test_a_bootstrap_interval_holds_its_mean_within_the_bounds(strata: list[Floats]) -> None:
    estimate = statistics.mean_estimate(strata, "holds")

    found = statistics.interval(estimate, (-1.0, 1.0))

    assert -1 - 1e-9 <= found.low <= found.mean <= found.high <= 1 + 1e-9
    assert float(np.mean([part.mean() for part in strata])) == pytest.approx(found.mean)
    assert sum(map(len, strata)) == found.n


def test_a_bootstrap_spreads_like_the_standard_error_also_where_worlds_are_drawn_in_groups() -> None:
    for n in (50, 3000, 6000):
        values = np.array([stream(n, "spread", i).below(1000) / 1000 for i in range(n)])

        draws = statistics.mean_estimate([values], f"spread {n}").draws

        assert float(draws.std()) == pytest.approx(values.std() / math.sqrt(n), rel=0.08)


def test_differences_drawn_under_one_name_add_up_draw_by_draw() -> None:
    first, second = np.array([1.0, 0, 1, 1, 0, 1]), np.array([0.0, 0, 1, 0, 1, 1])

    parts = [statistics.mean_estimate([values], "same").draws for values in (first, second, first - second)]

    np.testing.assert_allclose(parts[0] - parts[1], parts[2], atol=1e-12)


def test_a_ratio_of_sums_is_not_a_mean_of_ratios() -> None:
    rows = np.array([[1.0, 1.0], [0.0, 3.0]])

    assert 0.25 == statistics.ratio_estimate([rows], "ratio").mean
    with pytest.raises(ValueError, match="denominator"):
        statistics.ratio_estimate([np.array([[1.0, 0.0]])], "ratio")


def test_worlds_that_all_agree_do_not_make_a_certainty() -> None:
    agreed = statistics.mean_estimate([np.zeros(20)], "agreed")

    assert (0.0, 0.0) == limits(statistics.interval(agreed))
    assert (-0.1684, 0.1684) == limits(statistics.interval(agreed, (-1.0, 1.0)))
    assert (0.0, 0.1684) == limits(statistics.interval(agreed, (0.0, 1.0)))
    one = statistics.interval(statistics.mean_estimate([np.ones(1)], "one"), (0.0, 1.0))
    assert (0.025, 1.0) == limits(one)


def test_what_was_never_seen_in_several_strata_is_bounded_by_the_worst_that_could_be() -> None:
    """By brute force over the shares of unseen worlds in strata of 5 and 15, which weigh the same."""
    agreed = statistics.mean_estimate([np.ones(5), np.ones(15)], "worst")
    worst = max((a + b) / 2 for a in np.linspace(0, 0.999, 1000) if (b := 1 - (0.025 / (1 - a) ** 5) ** (1 / 15)) >= 0)
    alike = [statistics.mean_estimate([np.ones(20)], str(task)) for task in range(8)]

    assert 1 - worst == pytest.approx(statistics.interval(agreed, (0.0, 1.0)).low, abs=5e-4)
    assert 0.025 ** (1 / 160) == pytest.approx(statistics.interval(statistics.average(alike), (0.0, 1.0)).low)


def test_strata_that_agree_within_themselves_do_not_make_a_certainty_of_a_ratio() -> None:
    lost, won = np.array([[-0.25, 0.75]] * 9), np.array([[0.75, 0.75]] * 3)

    found = statistics.interval(statistics.ratio_estimate([lost, won, np.zeros((2, 2))], "within"), (0.0, 1.0))

    assert pytest.approx(found.mean, abs=1e-12) == 0
    assert found.low < -0.1
    assert found.high > 0.1
    assert 14 == found.n


def test_agreeing_tasks_keep_their_part_of_the_doubt_in_an_average() -> None:
    still = statistics.mean_estimate([np.zeros(20)], "still")
    moving = statistics.mean_estimate([np.array([0.0] * 10 + [1.0] * 10)], "moving")
    alone = statistics.interval(moving, (-1.0, 1.0))

    both = statistics.interval(statistics.average([still, moving]), (-1.0, 1.0))

    assert both.low < alone.low / 2
    assert both.high > alone.high / 2
    assert (0.25, 40) == (both.mean, both.n)


@pytest.mark.parametrize(("first", "second", "n"), [(0.9, 0.6, 20), (0.97, 0.95, 20), (0.6, 0.5, 20), (0.97, 0.1, 10), (0.8, 0.7, 60)])
def test_intervals_of_paired_gaps_cover_the_truth(first: float, second: float, n: int) -> None:
    covered = 0
    for trial in range(200):
        draws = stream(trial, "coverage", n, str(first))
        pairs = np.array([float(draws.chance(first)) - float(draws.chance(second)) for _ in range(n)])
        found = statistics.interval(statistics.mean_estimate([pairs], "coverage"), (-1.0, 1.0))
        covered += found.low <= first - second <= found.high

    assert covered >= 182


def test_an_estimate_of_nothing_is_refused() -> None:
    for call in (
        lambda: statistics.wilson(0, 0),
        lambda: statistics.mean_of_strata([]),
        lambda: statistics.mean_estimate([], "none"),
        lambda: statistics.mean_estimate([np.array([])], "none"),
        lambda: statistics.sign_flip(np.array([]), "none"),
        lambda: statistics.detectable_difference(0, 0.3),
    ):
        with pytest.raises(ValueError, match="at least one world"):
            call()
    with pytest.raises(ValueError, match="from 0 to n"):
        statistics.wilson(21, 20)


def test_every_process_and_machine_draws_the_same() -> None:
    code = (
        "import numpy as np; from benchmark.results import statistics as s; v = np.arange(25.0) - 9;"
        "print(s.interval(s.mean_estimate([v], 'again')), s.sign_flip(v, 'again'))"
    )
    values = np.arange(25.0) - 9
    assert (0.28, 5.8) == limits(statistics.interval(statistics.mean_estimate([values], "again")))
    assert 0.0554 == statistics.sign_flip(values, "again").p
    expected = f"{statistics.interval(statistics.mean_estimate([values], 'again'))} {statistics.sign_flip(values, 'again')}"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"})

    assert expected == done.stdout.strip()
