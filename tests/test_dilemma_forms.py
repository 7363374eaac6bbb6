"""The closed forms of the dilemma, each against another way to the same number."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from statistics import mean

import numpy as np
import pytest

from benchmark.streams import stream
from tasks.dilemma.best import best_move, by_round, given_up, goes_on, worths
from tasks.dilemma.past import GAMES, PASTS, ROUNDS, past_games, play
from tasks.dilemma.strategies import CHI, OUTCOMES, PAYOFFS, STRATEGIES, Strategy, extortion, swapped

MINE = np.array([PAYOFFS[outcome] for outcome in OUTCOMES], dtype=float)
THEIRS = np.array([PAYOFFS[swapped(outcome)] for outcome in OUTCOMES], dtype=float)
P = PAYOFFS["DD"]


def drawn(number: int) -> Strategy:
    """Somebody who cooperates and defects with some chance whatever was before, so that the long run forgets how it began."""
    draw = stream(5, "someone", number)
    first, *after = (draw.between(5, 95) / 100 for _ in range(5))
    return Strategy(first, (after[0], after[1], after[2], after[3]))


def chain(one: Strategy, other: Strategy) -> np.ndarray:
    """From each outcome to each, as ``one`` sees them: written out by hand for both players."""
    p, (q_cc, q_cd, q_dc, q_dd) = one.after, other.after
    q = (q_cc, q_dc, q_cd, q_dd)
    return np.array([[p[i] * q[i], p[i] * (1 - q[i]), (1 - p[i]) * q[i], (1 - p[i]) * (1 - q[i])] for i in range(4)])


def by_power(one: Strategy, other: Strategy, gains: np.ndarray) -> float:
    """The mean gain in the long run, by letting the chain run from its first round; the mean of many rounds where it goes in circles."""
    a, b = one.first, other.first
    at = np.array([a * b, a * (1 - b), (1 - a) * b, (1 - a) * (1 - b)])
    step, seen = chain(one, other), []
    for number in range(4200):
        seen += [float(at @ gains)] if number >= 3000 else []
        at = at @ step
    return float(np.mean(seen))


def by_determinant(one: Strategy, other: Strategy, gains: np.ndarray) -> float:
    """D(p, q, f) / D(p, q, 1) of Press and Dyson 2012, equation 5 (figure 2 B)."""

    def d(last: np.ndarray) -> float:
        p, q = one.after, other.after
        columns = [[p[0] * q[0] - 1, p[1] * q[2], p[2] * q[1], p[3] * q[3]], [p[0] - 1, p[1] - 1, p[2], p[3]]]
        return float(np.linalg.det(np.array([*columns, [q[0] - 1, q[2], q[1] - 1, q[3]], last])))

    return d(gains) / d(np.ones(4))


def test_the_two_ways_to_the_long_run_agree() -> None:
    for number in range(20):
        one, other = drawn(number), drawn(100 + number)

        assert by_power(one, other, MINE) == pytest.approx(by_determinant(one, other, MINE), abs=1e-9)


@pytest.mark.parametrize("name", CHI)
def test_an_extortioner_gets_chi_times_as_much_above_p_whoever_it_meets(name: str) -> None:
    chi = float(CHI[name])
    for number in range(20):
        other = drawn(number)
        for way in (by_power, by_determinant):
            s_x, s_y = way(STRATEGIES[name], other, MINE), way(STRATEGIES[name], other, THEIRS)

            assert s_x - P == pytest.approx(chi * (s_y - P), abs=1e-9)
            assert s_y > P
    s_y = by_power(STRATEGIES["allc"], STRATEGIES[name], MINE)
    s_x = by_power(STRATEGIES["allc"], STRATEGIES[name], THEIRS)
    assert (s_x - P) / (s_x - P + s_y - P) == pytest.approx(chi / (1 + chi), abs=1e-9)


def test_the_extortioner_of_three_is_the_one_that_was_published() -> None:
    assert STRATEGIES["extort3"].after == pytest.approx((11 / 13, 1 / 2, 7 / 26, 0))
    assert by_power(STRATEGIES["allc"], STRATEGIES["extort3"], MINE) == pytest.approx(21 / 11, abs=1e-9), "about 1.91"
    assert by_power(STRATEGIES["allc"], STRATEGIES["extort3"], THEIRS) == pytest.approx(41 / 11, abs=1e-9), "about 3.73"


@pytest.mark.parametrize("chi", [Fraction(1), Fraction(3, 2), Fraction(7), Fraction(50)])
def test_extortioners_of_any_factor_have_chances_for_chances(chi: Fraction) -> None:
    assert all(0 <= chance <= 1 for chance in extortion(chi).after)


def pure_replies() -> list[Strategy]:
    return [Strategy(first, (a, b, c, d)) for first, a, b, c, d in product((0.0, 1.0), repeat=5)]


@pytest.mark.parametrize("against", [*STRATEGIES, "drawn 1", "drawn 2", "drawn 3"])
def test_in_the_long_run_the_best_response_gets_what_the_best_pure_reply_gets(against: str) -> None:
    """All 32 replies that look back one round and draw no lots (one of them is best in the long run), by the chain they make."""
    other = STRATEGIES.get(against) or drawn(int(against[-1]))
    best = max(by_power(one, other, MINE) for one in pure_replies())

    rounds = by_round(other, 2400, 2401, 2400)

    assert np.mean(rounds[1000:2200]) == pytest.approx(best, abs=1e-6)
    assert best == pytest.approx(by_value_iteration(other), abs=1e-3)


def by_value_iteration(other: Strategy) -> float:
    """The best mean gain of an endless game, as what one more round adds to the best of a very long one."""
    worth = np.zeros(4)
    history = []
    for _ in range(4000):
        moves = []
        for mine in (0, 2):  # the outcomes that begin with C are 0 and 1, those with D are 2 and 3
            chance = np.array([other.chance(swapped(outcome)) for outcome in OUTCOMES])
            moves.append(chance * (MINE[mine] + worth[mine]) + (1 - chance) * (MINE[mine + 1] + worth[mine + 1]))
        worth = np.maximum(*moves)
        history.append(worth[0])
    return float(history[-1] - history[-2001]) / 2000


@pytest.mark.parametrize("against", ["tft", "grim", "wsls", "extort3", "drawn 4"])
def test_over_few_rounds_no_plan_whatever_gets_more(against: str) -> None:
    """Every way of acting on the round and the last outcome, 512 of them, played out over all that can happen in 2 or 3 rounds."""
    other = STRATEGIES.get(against) or drawn(int(against[-1]))
    places = [(0, None), *[(number, outcome) for number in (1, 2) for outcome in OUTCOMES]]

    def total(plan: dict[tuple[int, str | None], str], number: int, last: str | None, rounds: int) -> float:
        if number == rounds:
            return 0.0
        chance, worth = other.chance(None if last is None else swapped(last)), 0.0
        for met, likely in (("C", chance), ("D", 1 - chance)):
            outcome = plan[number, last] + met
            worth += likely * (PAYOFFS[outcome] + total(plan, number + 1, outcome, rounds)) if likely else 0.0
        return worth

    values = []
    for moves in product("CD", repeat=len(places)):
        plan = dict(zip(places, moves, strict=True))
        values.append((total(plan, 0, None, 2) + total(plan, 0, None, 3)) / 2)
    mine = (sum(by_round(other, 2, 3, 2)) + sum(by_round(other, 2, 3, 3))) / 2
    assert mine == pytest.approx(max(values), abs=1e-12)


def test_the_chance_to_go_on_makes_every_number_of_rounds_as_likely() -> None:
    on, ends = 1.0, {}
    for done in range(1, 101):
        chance = goes_on(done, 60, 100) if done < 100 else 0.0
        ends[done] = on * (1 - chance)
        on *= chance

    assert [ends[done] for done in range(60, 101)] == pytest.approx([1 / 41] * 41)
    assert sum(ends.values()) == pytest.approx(1.0)


def test_what_is_best_against_the_well_known() -> None:
    middle = {name: {last: best_move(of) for last, of in worths(one, 60, 100)[30].items()} for name, one in STRATEGIES.items()}

    assert set(middle["alld"].values()) == set(middle["allc"].values()) == set(middle["coin"].values()) == {"D"}
    assert middle["tft"]["CC"] == middle["grim"]["CC"] == middle["wsls"]["CC"] == "C"
    assert middle["grim"]["DD"] == "D", "grim forgives nothing"
    assert all(set(middle[name].values()) == {"C"} for name in CHI), "who is extorted does best to give in"
    assert best_move(worths(STRATEGIES["tft"], 60, 100)[99]["CC"]) == "D", "the last round that there can be"


@pytest.mark.parametrize("against", ["wsls", "extort3", "drawn 5"])
def test_what_choices_give_up_is_what_the_best_would_have_had_over_them(against: str) -> None:
    """For somebody who draws lots, over everything that can happen in 2 or 3 rounds, each as likely."""
    other, mine = STRATEGIES.get(against) or drawn(int(against[-1])), drawn(9)

    def total(rounds: int, outcomes: tuple[str, ...]) -> tuple[float, float]:
        """(points won, points given up), as expected from here on."""
        if len(outcomes) == rounds:
            return float(sum(PAYOFFS[one] for one in outcomes)), sum(given_up(other, 2, 3, outcomes))
        last = outcomes[-1] if outcomes else None
        won = lost = 0.0
        for move, met in map(tuple, OUTCOMES):
            a, b = mine.chance(last), other.chance(last and swapped(last))
            likely = (a if move == "C" else 1 - a) * (b if met == "C" else 1 - b)
            more = total(rounds, (*outcomes, move + met)) if likely else (0.0, 0.0)
            won, lost = won + likely * more[0], lost + likely * more[1]
        return won, lost

    won, lost = (mean(found) for found in zip(total(2, ()), total(3, ()), strict=True))
    best = mean(sum(by_round(other, 2, 3, rounds)) for rounds in (2, 3))

    assert won + lost == pytest.approx(best, abs=1e-12)
    assert lost > 0.1


def test_the_best_move_gives_up_nothing_and_no_move_less() -> None:
    for number in range(8):
        other = drawn(number)
        for outcomes in (("CC", "CD", "DD", "DC") * 15, ("DD",) * 60, ("DC", None, "CC") * 20):
            assert min(given_up(other, 60, 100, outcomes)) >= 0
    assert given_up(STRATEGIES["grim"], 60, 100, ("DC", *["DD"] * 69))[1:] == (0.0,) * 69, "what is lost is lost in the first round"
    assert given_up(STRATEGIES["tft"], 60, 100, ("CC",) * 60) == (0.0,) * 60
    assert given_up(STRATEGIES["allc"], 60, 100, (None,)) == (5.0,)


@pytest.mark.parametrize("name", STRATEGIES)
def test_whoever_plays_by_lot_gets_the_floor_and_nobody_expects_more_than_the_best(name: str) -> None:
    other = STRATEGIES[name]
    best = sum(by_round(other, 60, 100, 80))
    for chance in (0.0, 0.3, 0.5, 1.0):
        assert sum(by_round(other, 60, 100, 80, chance)) <= best + 0.35, "a plan for 60 to 100 rounds may lose a little in a game of 80"


def test_both_kinds_of_past_are_as_long_and_differ_in_who_met_whom() -> None:
    for seed in range(30):
        told = {kind: past_games(kind, stream(seed, "past"), ("amber", "teal"), "teal") for kind in PASTS[1:]}
        words = {kind: [len(one.split()) for one in games] for kind, games in told.items()}

        assert words["diverse"] == words["self"]
        assert len(told["self"]) == GAMES
        assert all(len(one.split(": ")[1].split(", ")) == ROUNDS for games in told.values() for one in games)
    self_play, diverse = (past_games(kind, stream(1, "past"), ("amber", "teal"), "teal") for kind in ("self", "diverse"))
    assert self_play != diverse


def test_a_game_of_strategies_goes_as_they_say() -> None:
    assert play(STRATEGIES["tft"], STRATEGIES["alld"], 4, stream(0)) == ("CD", "DD", "DD", "DD")
    assert play(STRATEGIES["wsls"], STRATEGIES["alld"], 4, stream(0)) == ("CD", "DD", "CD", "DD")
    assert play(STRATEGIES["grim"], STRATEGIES["grim"], 3, stream(0)) == ("CC",) * 3
