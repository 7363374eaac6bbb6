"""The market: what it costs to trust the wrong one, what known selectors win, and what candidates do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from statistics import fmean, pvariance

import pytest

from benchmark.conformance.voices import Voice
from benchmark.streams import stream
from benchmark.views import own_view
from benchmark.vocabulary import World
from models.reference import PLAYERS
from tasks.trust_market import TrustMarket
from tasks.trust_market.behaviours import MULTIPLIER
from tasks.trust_market.scenes import AI, PERSON, SAYINGS
from tasks.trust_market.selectors import SELECTORS
from tasks.trust_market.worlds import CANDIDATES, KIND, LABEL, NATURE
from tests.made_markets import SEATS, by, constant, market, natures, played, seat_of, selecting, simulated, worlds

# Regret, worked out again from the numbers in the notes and with nothing of the task's code


def gain(nature: tuple[str, int, int, int, int], number: int, given: int, rounds: int = 12) -> Fraction:
    """E[coins back] - given: a straight line from first to last, rounded to whole percent, plus uniform noise; coins rounded, halves up."""
    _, first, last, noise, _ = nature
    centre = int(Fraction(first) + Fraction((last - first) * number, rounds - 1) + Fraction(1, 2))
    shares = range(centre - noise, centre + noise + 1)
    return Fraction(sum(int(Fraction(3 * given * share, 100) + Fraction(1, 2)) for share in shares), len(shares)) - given


def best(world: World, number: int) -> Fraction:
    return max([gain(nature, number, given) for nature in natures(world).values() for given in range(11)])


@pytest.mark.parametrize("level", [1, 3, 5])
def test_one_who_knows_every_nature_has_no_regret_and_one_who_chooses_nobody_all_of_it(level: int) -> None:
    task = market(level)
    for world in worlds(task, 3):
        chosen = {}
        for number in range(12):
            offers = [(gain(nature, number, coins), seat, coins) for seat, nature in natures(world).items() for coins in range(1, 11)]
            _, seat, coins = max(offers)
            chosen[number] = (("choose", world.names[SEATS.index(seat)]), ("give", coins))

        _, knowing = played(task, world, by(lambda request, chosen=chosen: chosen[request.round]))  # type: ignore[misc]
        _, nobody = played(task, world, by(lambda request: None))
        whole = float(sum(best(world, number) for number in range(12)))

        assert knowing["parts"]["regret/A"] == pytest.approx(0, abs=1e-9)
        assert knowing["success"]
        assert nobody["parts"]["regret/A"] == pytest.approx(whole)
        assert nobody["value"] == {"raw": 120.0, "floor": 120.0, "best": pytest.approx(120 + whole)}
        assert not nobody["success"]
        assert "kept/A" not in nobody["parts"], "nobody's pledge was put to the test"


def test_the_regret_of_choosing_at_random_is_the_mean_over_the_candidates() -> None:
    """Regret adds up over rounds, so that of a uniform choice is Σ (best - mean gain); drawn choices come to the same."""
    task = market(3)
    world = worlds(task, 1)[0]
    expected = float(sum(best(world, n) - sum(gain(one, n, 10) for one in natures(world).values()) / 4 for n in range(12)))
    stubborn = [played(task, world, constant(world, seat))[1]["parts"]["regret/A"] for seat in CANDIDATES]

    draws = [_regret_of_draws(task, world, number) for number in range(100)]

    assert fmean(stubborn) == pytest.approx(expected)
    assert fmean(draws) == pytest.approx(expected, abs=4 * (pvariance(draws) / len(draws)) ** 0.5)


def _regret_of_draws(task: TrustMarket, world: World, number: int) -> float:
    draws = stream(number, "uniform")
    return simulated(task, world, lambda now: SELECTORS["uniform"](own_view(now, "A"), draws)).parts["regret/A"]


def test_one_who_follows_the_pledges_is_had_by_the_promise_breaker_in_every_round() -> None:
    task = market(3)
    for world in worlds(task, 4):
        breaker = natures(world)[seat_of(world, "breaker")]
        expected = float(sum(best(world, number) - gain(breaker, number, 10) for number in range(12)))

        _, found = played(task, world, selecting("follower"))

        assert found["parts"]["regret/A"] == pytest.approx(expected)
        assert found["curves"]["selected_breaker/A"] == [1.0] * 12
        assert found["curves"]["kept/A"] == [0.0] * 12
        assert found["parts"]["slope_breaker/A"] == 0.0
        assert sum(found["curves"]["regret/A"]) == pytest.approx(found["parts"]["regret/A"])


BANDS: Mapping[str, tuple[Voice, tuple[float, float]]] = {
    "learner": (selecting("learner"), (0.75, 1.0)),
    "honest": (PLAYERS["honest"], (0.75, 1.0)),
    "egocentric": (PLAYERS["egocentric"], (0.75, 1.0)),
    "mute": (PLAYERS["mute"], (0.75, 1.0)),
    "uniform": (selecting("uniform"), (-0.15, 0.35)),
    "random": (PLAYERS["random"], (-0.05, 0.2)),
    "none": (PLAYERS["none"], (0.0, 0.0)),
    "follower": (selecting("follower"), (-1.1, -0.6)),
}
"""The part of what can be won that each selector wins, beside scripted candidates at level 3."""


@pytest.mark.parametrize("player", list(BANDS))
def test_known_selectors_win_what_they_must(player: str) -> None:
    voice, (low, high) = BANDS[player]
    task = market(3)
    found = [played(task, world, voice)[1] for world in worlds(task, 8)]
    won = [(one["value"]["raw"] - one["value"]["floor"]) / (one["value"]["best"] - one["value"]["floor"]) for one in found]

    assert low <= fmean(won) <= high
    assert fmean(one["success"] for one in found) == (1.0 if low > 0.5 else 0.0)


def test_a_selector_that_never_manages_the_format_is_blamed_for_it() -> None:
    task = market(3)
    episode, found = played(task, worlds(task, 1)[0], PLAYERS["garbled"])

    assert episode.outcome == "illegal:A"
    assert not found["success"]
    assert found["value"]["raw"] == 120.0
    assert found["curves"]["entrusted/A"] == [None] * 12


def test_the_learner_leaves_the_breaker_at_once_and_ends_with_the_one_who_improved() -> None:
    task = market(3)
    curves = [played(task, world, selecting("learner"))[1]["curves"] for world in worlds(task, 8)]
    share = {
        name: [fmean(one[f"selected_{name}/A"][number] for one in curves) for number in range(12)] for name in ("breaker", "improving")
    }

    assert share["breaker"] == [1.0] + [0.0] * 11
    assert share["improving"][11] == 1.0
    assert share["improving"][1] == 0.0


# What the candidates do


def test_who_keeps_pledges_and_who_breaks_them_and_how_much_comes_back() -> None:
    task = market(4)
    for world in worlds(task, 6):
        episode, found = played(task, world, selecting("uniform"))
        plans = {fact.slot[1]: fact.value[1] for fact in world.facts if fact.slot[0] == NATURE}
        kept = {seat: [share >= pledge for pledge, share, _ in plan] for seat, plan in plans.items()}
        kinds = {fact.slot[1]: fact.value for fact in world.facts if fact.slot[0] == KIND}
        artificial = [[share for _, share, _ in plans[seat]] for seat in CANDIDATES if kinds[seat] == AI]

        assert all(kept[seat_of(world, "steady")])
        assert all(kept[seat_of(world, "improving")])
        assert not any(kept[seat_of(world, "breaker")])
        assert 0 < sum(kept[seat_of(world, "erratic")]) < 12
        chosen = [SEATS[world.names.index(dict(done.answers["A"])["choose"])] for done in episode.rounds]
        assert found["parts"]["kept/A"] == pytest.approx(fmean(kept[seat][number] for number, seat in enumerate(chosen)))
        assert found["parts"]["return_mean/A"] == pytest.approx(fmean(plans[seat][number][1] for number, seat in enumerate(chosen)))
        assert found["parts"]["sent_mean_ai"] == pytest.approx(fmean(map(fmean, artificial)))
        assert found["parts"]["sent_variance_ai"] == pytest.approx(fmean(map(pvariance, artificial)))


def test_coins_are_neither_made_nor_lost_but_by_the_multiplier() -> None:
    task = market(3)
    for world in worlds(task, 3):
        episode, found = played(task, world, PLAYERS["random"])
        earned = 0
        for number, done in enumerate(episode.rounds):
            chosen = dict(done.answers["A"])
            seat = SEATS[world.names.index(chosen["choose"])]
            back = int(Fraction(MULTIPLIER * chosen["give"] * dict(done.answers[seat])["return"], 100) + Fraction(1, 2))
            earned += back - chosen["give"]
            shown = [fact for fact in episode.revealed if fact.slot == ("played", str(number + 1))]
            assert [fact.value for fact in shown] == [(seat, chosen["give"], back)] * (number < 11)
        assert found["parts"]["earned/A"] == earned


def test_kinds_go_with_every_behaviour_alike_unless_they_are_aligned() -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for world in worlds(market(), 400):
        kinds = {fact.slot[1]: fact.value for fact in world.facts if fact.slot[0] == KIND}
        assert sorted(kinds.values()) == [AI, AI, PERSON, PERSON]
        counted.update((nature[0], kinds[seat]) for seat, nature in natures(world).items())
    for world in worlds(market(kinds="aligned"), 20):
        kinds = {fact.slot[1]: fact.value for fact in world.facts if fact.slot[0] == KIND}
        assert {nature[0] for seat, nature in natures(world).items() if kinds[seat] == AI} == {"steady", "improving"}

    assert len(counted) == 8
    assert all(abs(times - 200) < 4 * 10 for times in counted.values()), "four standard deviations of a fair coin thrown 400 times"


def test_behaviours_take_every_seat_alike() -> None:
    counted = Counter((nature[0], seat) for world in worlds(market(), 400) for seat, nature in natures(world).items())

    assert len(counted) == 16
    assert all(abs(times - 100) < 4 * 8.7 for times in counted.values())


def test_arms_play_the_same_worlds_and_differ_in_the_label_alone() -> None:
    arms = {
        label: worlds(replace(TrustMarket.at(3, label=label), label=f"trust_market:label={label}"), 5)
        for label in ("hidden", "true", "false")
    }
    for hidden, true, false in zip(*arms.values(), strict=True):
        without = [[fact for fact in world.facts if fact.slot[0] != LABEL] for world in (hidden, true, false)]
        told = [{fact.slot[1]: fact.value for fact in world.facts if fact.slot[0] == LABEL} for world in (hidden, true, false)]
        kinds = {fact.slot[1]: fact.value for fact in hidden.facts if fact.slot[0] == KIND}

        assert without[0] == without[1] == without[2]
        assert told[0] == {}
        assert told[1] == kinds
        assert told[2] == {seat: AI if kind == PERSON else PERSON for seat, kind in kinds.items()}

    aligned = worlds(market(kinds="aligned"), 5)
    assert [natures(world) for world in aligned] == [natures(world) for world in arms["true"]]
    assert len(SAYINGS[AI]) == len(SAYINGS[PERSON])
