"""Societies that follow a rule of known strength spread labels and news as fast as the law of that rule says."""

from __future__ import annotations

import math
from functools import cache
from statistics import fmean

import pytest

from benchmark.bonds import pseudo_pairs, societies
from tests.society_games import script, several


@cache
def adopters(p: str) -> tuple[societies.Society, ...]:
    return tuple(several(40, script, peers="adopting", p=p, rounds="5", finds="3"))


@pytest.mark.parametrize("p", ["0.3", "0.6"])
def test_labels_spread_as_the_law_of_blind_adoption_says(p: str) -> None:
    """1 − A(t) = (1 − A(0))·(1 − 2p(1−p)/(n−1))^t for the share A of pairs of members with one label.

    Two members meet with probability 1/(n−1), and then end alike if exactly one adopts; two who do not meet are, after each has or has
    not taken its partner's, again two members as random as any.
    """
    n, q = 8, float(p)
    for place in range(5):
        errors = []
        for game in adopters(p):
            begun = societies.agreement_of(game.start, game.seats, game.referents)
            errors.append(societies.agreement(game, place) - (1 - (1 - begun) * (1 - 2 * q * (1 - q) / (n - 1)) ** (place + 1)))
        spread = math.sqrt(fmean(error**2 for error in errors) / len(errors))
        assert abs(fmean(errors)) < 3.5 * spread


@pytest.mark.parametrize("p", ["0.3", "0.6"])
def test_news_spreads_as_an_exact_chain_over_all_ways_to_sit_says(p: str) -> None:
    expected = informed(8, float(p), 5)
    for place in range(5):
        errors = [societies.known(game, place) - (expected[place + 1] - 1) / 7 for game in adopters(p)]
        spread = math.sqrt(fmean(error**2 for error in errors) / len(errors))
        assert abs(fmean(errors)) < 3.5 * spread


def test_the_chain_of_news_is_right_for_four_by_every_way_to_sit() -> None:
    ways = [(("A", "B"), ("C", "D")), (("A", "C"), ("B", "D")), (("A", "D"), ("B", "C"))]
    knowing = [frozenset("A")]
    for number in range(1, 4):
        knowing = [frozenset(seat for pair in way if one & set(pair) for seat in pair) for one in knowing for way in ways]
        assert informed(4, 1.0, 3)[number] == pytest.approx(fmean(map(len, knowing)))


def informed(seats: int, p: float, rounds: int) -> list[float]:
    """How many are expected to know after 0, 1, … rounds: an exact chain over how many do.

    Of m who know, in a random pairing of n, exactly k sit with one who does not in C(m,k)·C(n−m,k)·k!·(m−k−1)!!·(n−m−k−1)!! of the
    (n−1)!! ways; each of these k then learns with probability p.
    """
    chances = [float(m == 1) for m in range(seats + 1)]
    expected = [1.0]
    for _ in range(rounds):
        after = [0.0] * (seats + 1)
        for m, chance in enumerate(chances):
            for k in (k for k in range(min(m, seats - m) + 1) if (m - k) % 2 == (seats - m - k) % 2 == 0):
                ways = math.comb(m, k) * math.comb(seats - m, k) * math.factorial(k) * _pairings(m - k) * _pairings(seats - m - k)
                for learn in range(k + 1):
                    after[m + learn] += chance * ways / _pairings(seats) * math.comb(k, learn) * p**learn * (1 - p) ** (k - learn)
        chances = after
        expected.append(sum(m * chance for m, chance in enumerate(chances)))
    return expected


def _pairings(n: int) -> int:
    """(n − 1)!!, the ways to pair off n."""
    return math.prod(range(1, n, 2))


def test_adopting_societies_share_labels_and_news_beyond_strangers_and_stubborn_ones_do_not() -> None:
    stubborn = several(8, script, peers="stubborn", rounds="5", finds="3")
    for beyond in (pseudo_pairs.agreement_beyond, pseudo_pairs.knowledge_beyond):
        social, apart = beyond(adopters("0.6"), 4), beyond(stubborn, 4)
        assert social is not None
        assert apart is not None
        assert social.difference > 0.2
        assert abs(social.pseudo) < 0.15
        assert abs(apart.difference) < 0.03
