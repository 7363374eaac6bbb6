"""The market: whom to trust, what it costs to trust the wrong one, and that nobody learns what they could not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from statistics import fmean, pvariance
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark import views
from benchmark.answers import write_answer
from benchmark.conformance.voices import Voice, graft, play
from benchmark.episode import Episode
from benchmark.scoring import score
from benchmark.streams import stream
from benchmark.views import CONDITIONS, own_view, with_facts
from benchmark.vocabulary import Answer, Illegal, Request, Score, Turn, UsageError, World
from benchmark.worlds import Generated
from models.reference import PLAYERS
from tasks.trust_market import TrustMarket
from tasks.trust_market.behaviours import ENDOWMENT, MULTIPLIER
from tasks.trust_market.scenes import AI, PERSON, SAYINGS
from tasks.trust_market.selectors import SELECTORS
from tasks.trust_market.worlds import CANDIDATES, KIND, LABEL, NATURE

SEATS = ("A", *CANDIDATES)


def market(level: int = 3, **options: str) -> TrustMarket:
    return replace(TrustMarket.at(level, **options), label="trust_market")


def worlds(task: TrustMarket, n: int, seed: int = 5) -> list[World]:
    return [Generated(task, seed).world(index) for index in range(n)]


def scripted(request: Request) -> str:
    return request.task.acts(request.view, request.heard, request.seat, request.kind, stream(request.seed, "scripted"))


def by(select: Callable[[Request], Answer]) -> Voice:
    """A selector that says nothing and commits to what ``select`` says."""
    return lambda request: write_answer(select(request)) if request.schema else ""


def selecting(name: str) -> Voice:
    return by(lambda request: SELECTORS[name](request.view, stream(request.seed, "selecting")))


def played(task: TrustMarket, world: World, selector: Voice, candidate: Voice = scripted) -> tuple[Episode, dict[str, Any]]:
    """The episode and the score on its record."""
    episode, _ = play(task, world, "private", {"A": selector, **dict.fromkeys(CANDIDATES, candidate)})
    return episode, score(task, with_facts(world, episode.revealed), CONDITIONS["private"], episode)


def natures(world: World) -> dict[str, tuple[str, int, int, int, int]]:
    return {fact.slot[1]: fact.value[0] for fact in world.facts if fact.slot[0] == NATURE}


def seat_of(world: World, behaviour: str) -> str:
    return next(seat for seat, nature in natures(world).items() if nature[0] == behaviour)


def constant(world: World, seat: str) -> Voice:
    return by(lambda request: (("choose", world.names[SEATS.index(seat)]), ("give", ENDOWMENT)))


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

        assert knowing["parts"]["regret"] == pytest.approx(0, abs=1e-9)
        assert knowing["success"]
        assert nobody["parts"]["regret"] == pytest.approx(whole)
        assert nobody["value"] == {"raw": 120.0, "floor": 120.0, "best": pytest.approx(120 + whole)}
        assert not nobody["success"]
        assert "kept" not in nobody["parts"], "nobody's pledge was put to the test"


def test_the_regret_of_choosing_at_random_is_the_mean_over_the_candidates() -> None:
    """Regret adds up over rounds, so that of a uniform choice is Σ (best - mean gain); drawn choices come to the same."""
    task = market(3)
    world = worlds(task, 1)[0]
    expected = float(sum(best(world, n) - sum(gain(one, n, 10) for one in natures(world).values()) / 4 for n in range(12)))
    stubborn = [played(task, world, constant(world, seat))[1]["parts"]["regret"] for seat in CANDIDATES]

    draws = [_regret_of_draws(task, world, number) for number in range(100)]

    assert fmean(stubborn) == pytest.approx(expected)
    assert fmean(draws) == pytest.approx(expected, abs=4 * (pvariance(draws) / len(draws)) ** 0.5)


def _regret_of_draws(task: TrustMarket, world: World, number: int) -> float:
    draws = stream(number, "uniform")
    return simulated(task, world, lambda now: SELECTORS["uniform"](own_view(now, "A"), draws)).parts["regret"]


def simulated(task: TrustMarket, world: World, select: Callable[[World], Answer]) -> Score:
    """A game without talk and without an engine."""
    answers: list[Mapping[str, Answer]] = []
    for _ in range(task.rounds):
        world = with_facts(world, task.reveal(world, answers)) if answers else world
        replies = {seat: task.acts(own_view(world, seat), (), seat, "commit", stream(0)) for seat in CANDIDATES}
        answers.append({"A": select(world)} | {seat: task.parse(text, own_view(world, seat)) for seat, text in replies.items()})
    return task.score(world, answers[-1])


def test_one_who_follows_the_pledges_is_had_by_the_promise_breaker_in_every_round() -> None:
    task = market(3)
    for world in worlds(task, 4):
        breaker = natures(world)[seat_of(world, "breaker")]
        expected = float(sum(best(world, number) - gain(breaker, number, 10) for number in range(12)))

        _, found = played(task, world, selecting("follower"))

        assert found["parts"]["regret"] == pytest.approx(expected)
        assert found["curves"]["selected_breaker"] == [1.0] * 12
        assert found["curves"]["kept"] == [0.0] * 12
        assert found["parts"]["slope_breaker"] == 0.0
        assert sum(found["curves"]["regret"]) == pytest.approx(found["parts"]["regret"])


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
    assert found["curves"]["entrusted"] == [None] * 12


def test_the_learner_leaves_the_breaker_at_once_and_ends_with_the_one_who_improved() -> None:
    task = market(3)
    curves = [played(task, world, selecting("learner"))[1]["curves"] for world in worlds(task, 8)]
    share = {name: [fmean(one[f"selected_{name}"][number] for one in curves) for number in range(12)] for name in ("breaker", "improving")}

    assert share["breaker"] == [1.0] + [0.0] * 11
    assert share["improving"][11] == 1.0
    assert share["improving"][1] == 0.0


# What the candidates do


def test_who_keeps_pledges_and_who_breaks_them_and_how_much_comes_back() -> None:
    task = market(4)
    for world in worlds(task, 6):
        _, found = played(task, world, selecting("uniform"))
        plans = {fact.slot[1]: fact.value[1] for fact in world.facts if fact.slot[0] == NATURE}
        kept = {seat: [share >= pledge for pledge, share, _ in plan] for seat, plan in plans.items()}
        kinds = {fact.slot[1]: fact.value for fact in world.facts if fact.slot[0] == KIND}
        artificial = [[share for _, share, _ in plans[seat]] for seat in CANDIDATES if kinds[seat] == AI]

        assert all(kept[seat_of(world, "steady")])
        assert all(kept[seat_of(world, "improving")])
        assert not any(kept[seat_of(world, "breaker")])
        assert 0 < sum(kept[seat_of(world, "erratic")]) < 12
        assert found["parts"]["kept_all"] == pytest.approx(sum(map(sum, kept.values())) / 48)
        assert found["parts"]["return_mean_ai"] == pytest.approx(fmean(map(fmean, artificial)))
        assert found["parts"]["return_variance_ai"] == pytest.approx(fmean(map(pvariance, artificial)))


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
        assert found["parts"]["earned"] == earned


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


# What nobody may know


def test_what_was_not_chosen_never_reaches_the_selector() -> None:
    """One who is not chosen sends back something else in every round, and every request to the selector stays as it was."""
    task = market(3)
    world, donor = worlds(task, 2)
    swapped = [replace(fact, value=(fact.value[0], _turned(fact.value[1]))) if fact.slot == (NATURE, "C") else fact for fact in world.facts]
    sent = []
    for one in (world, replace(world, facts=tuple(swapped))):
        voices = {"A": by(lambda request: (("choose", world.names[3]), ("give", 5))), **dict.fromkeys(CANDIDATES, scripted)}
        sent.append(play(task, one, "private", voices)[1].sent_to("A"))

    assert sent[0] == sent[1]
    assert own_view(graft(world, donor, "A"), "A") == own_view(world, "A")


def _turned(plan: tuple[tuple[int, int, int], ...]) -> tuple[tuple[int, int, int], ...]:
    return tuple((pledge, 100 - share, saying) for pledge, share, saying in plan)


def test_a_hidden_multiplier_stands_in_the_notes_of_the_four_and_reaches_the_selector_by_no_way() -> None:
    task = market(3, multiplier="hidden")
    world = worlds(task, 1)[0]
    _, recorder = play(task, world, "private", {"A": selecting("learner"), **dict.fromkeys(CANDIDATES, scripted)})
    prompts = {seat: "\n".join(text for request in recorder.sent_to(seat) for _, text in request.chat) for seat in SEATS}

    assert "becomes 3 times as much" in prompts["B"]
    assert "several times" in prompts["A"]
    assert not any(words in prompts["A"] for words in ("3 times", "tripled", "became"))


def test_every_candidate_is_told_its_own_share_and_nobody_elses() -> None:
    task = market(3)
    world = worlds(task, 1)[0]
    _, recorder = play(task, world, "private", {"A": selecting("learner"), **dict.fromkeys(CANDIDATES, scripted)})
    for seat in SEATS:
        settled = [fact for fact in recorder.sent_to(seat)[-1].view.facts if fact.slot[0] == "share"]
        assert {fact.slot[2] for fact in settled} == (set() if seat == "A" else {seat})
        assert len(settled) == (0 if seat == "A" else 11)


# Models as candidates


def test_models_can_be_candidates_and_what_they_pledge_is_put_on_the_board() -> None:
    task = market(3, candidates="models")
    world = worlds(task, 1)[0]
    assert task.fixed == {}
    _, fair = played(task, world, PLAYERS["honest"], PLAYERS["honest"])
    _, mean = played(task, world, PLAYERS["honest"], PLAYERS["none"])
    _, random = played(task, world, PLAYERS["honest"], PLAYERS["random"])

    assert fair["parts"]["earned"] == 12 * 5
    assert fair["parts"]["kept"] == 1.0
    assert mean["parts"]["earned"] == -4 * ENDOWMENT, "each is tried once, and then nobody"
    assert "kept" not in mean["parts"]
    assert 0.3 < random["parts"]["kept_all"] < 0.7
    assert all("regret" not in found["parts"] for found in (fair, mean, random))


def test_a_scripted_selector_leaves_the_four_to_the_model() -> None:
    task = market(3, candidates="models", selector="follower")

    assert task.fixed == {"A": "reference:scripted"}
    _, found = played(task, worlds(task, 1)[0], scripted, PLAYERS["honest"])
    assert found["parts"]["earned"] == 60


# Answers and options


@pytest.mark.parametrize(
    ("seat", "text"),
    [
        ("A", '{"answer": {"choose": "Nobody at all", "give": 3}}'),
        ("A", '{"answer": {"choose": "{name}", "give": 0}}'),
        ("A", '{"answer": {"choose": "{name}", "give": 11}}'),
        ("A", '{"answer": {"choose": "{name}", "give": "3"}}'),
        ("A", '{"answer": {"choose": "{name}"}}'),
        ("A", '{"answer": {"return": 20, "pledge": 30}}'),
        ("A", '{"answer": [["choose", "{name}"], ["choose", "{name}"]]}'),
        ("B", '{"answer": {"choose": "{name}", "give": 3}}'),
        ("B", '{"answer": {"return": 101, "pledge": 30}}'),
        ("B", '{"answer": {"return": 20.5, "pledge": 30}}'),
        ("B", '{"answer": {"return": null, "pledge": 30}}'),
        ("B", '{"answer": {"return": true, "pledge": 30}}'),
        ("B", '{"answer": 20}'),
    ],
)
def test_what_is_no_answer_of_this_seat_is_refused(seat: str, text: str) -> None:
    task = market()
    view = own_view(worlds(task, 1)[0], seat)
    with pytest.raises(Illegal):
        task.parse(text.replace("{name}", view.names[1]), view)


def test_a_pledge_may_be_left_out_by_null_and_then_nothing_can_be_broken() -> None:
    task = market(candidates="models")
    world = worlds(task, 1)[0]
    silent = by(lambda request: (("return", 0), ("pledge", None)))
    _, found = played(task, world, constant(world, "B"), silent)

    assert "kept" not in found["parts"]
    assert found["curves"]["kept"] == [None] * 12


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"label": "maybe"}, "label"),
        ({"rounds": "11"}, "rounds"),
        ({"rounds": "9" * 5000}, "rounds"),
        ({"rounds": "²"}, "rounds"),
        ({"multiplier": "3"}, "multiplier"),
        ({"selector": "learner"}, "candidates=models"),
        ({"labels": "true"}, "option"),
    ],
)
def test_an_option_that_cannot_be_is_refused_by_name(options: Mapping[str, str], named: str) -> None:
    with pytest.raises(UsageError, match=named):
        TrustMarket.at(3, **options)


@given(st.lists(st.integers(0, 10_000), max_size=14), st.booleans())
def test_any_legal_answers_in_any_number_of_rounds_can_be_scored(seeds: list[int], models: bool) -> None:
    task = market(candidates="models" if models else "scripted")
    world = task.generate(1)
    answers: list[Mapping[str, Answer]] = []
    for seed in seeds[:11]:
        drawn = {seat: task.draw(own_view(world, seat), stream(seed, seat)) for seat in SEATS}
        answers.append({seat: None if stream(seed, seat).chance(0.2) else answer for seat, answer in drawn.items()})
        world = with_facts(world, task.reveal(world, answers))
    found = task.score(world, answers[-1] if answers else {})

    assert found.raw <= found.best + 1e-9
    assert all(len(curve) == 12 for curve in found.curves.values())


# What is said


def readings() -> Iterator[tuple[str, int | None]]:
    yield "I will send back 40 percent.", 40
    yield "You get 55% back, I promise.", 55
    yield "Half of it comes back to you.", 50
    yield "I return two thirds.", 67
    yield "If you choose me, I will return 30 per cent of it.", 30
    yield "Shall I give back 40 percent?", None
    yield "I won't send back 40 percent.", None
    yield "I give back 40 percent. Or I give back 50 percent.", None
    yield "The chance of rain is 40 percent.", None
    yield "I give back 400 percent.", None
    yield "", None


@pytest.mark.parametrize(("text", "share"), list(readings()))
def test_a_pledge_in_words_is_read_if_it_is_one(text: str, share: int | None) -> None:
    task = market()
    claims = task.claims([Turn("B", text)], own_view(worlds(task, 1)[0], "A"))

    assert [claim.value for claim in claims] == ([] if share is None else [share])


def test_every_scripted_saying_and_every_word_of_the_task_is_read_back() -> None:
    task = market()
    view = own_view(worlds(task, 1)[0], "A")
    for sayings in SAYINGS.values():
        for saying in sayings:
            (claim,) = task.claims([Turn("C", saying.format(p=37, a=view.names[0]))], view)
            assert (claim.kind, claim.slot, claim.value) == ("affirm", ("pledge", "C"), 37)
    for seat, answer in (("A", (("choose", view.names[2]), ("give", 7))),):
        (claim,) = task.claims([Turn(seat, task.word([replace(claim, kind="propose", slot=("answer",), value=answer)], view))], view)
        assert (claim.kind, claim.value) == ("propose", answer)


def test_no_turn_of_a_script_is_cut() -> None:
    task = market()
    for world in worlds(task, 8):
        episode, _ = played(task, world, PLAYERS["none"])
        said = [turn for done in episode.rounds for turn in done.turns if turn.seat != "A"]
        assert len(said) == 48
        assert all(turn.text.endswith((".", "!")) and "percent" in turn.text for turn in said)


def test_nobody_needs_to_be_told_anything_so_that_grounding_is_null() -> None:
    task = market()
    _, found = played(task, worlds(task, 1)[0], PLAYERS["honest"])

    assert found["grounding_success"] is None
    assert found["facts"]["needed"] == 0
    assert views.public_view(own_view(task.generate(3), "A")).facts
