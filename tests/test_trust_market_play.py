"""The market as it is played: nobody learns what they could not, models may be candidates, and what is no answer is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark import api, views
from benchmark.conformance.voices import graft, play
from benchmark.running.folder import read_episodes
from benchmark.streams import stream
from benchmark.views import CONDITIONS, own_view, with_facts
from benchmark.vocabulary import Answer, Illegal, Turn, UsageError
from models.reference import PLAYERS
from tasks.trust_market import TrustMarket
from tasks.trust_market.behaviours import ENDOWMENT
from tasks.trust_market.scenes import SAYINGS
from tasks.trust_market.worlds import CANDIDATES, NATURE
from tests.conftest import Golden
from tests.made_markets import SEATS, by, constant, market, played, scripted, selecting, worlds

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

    assert fair["parts"]["earned/A"] == 12 * 5
    assert fair["parts"]["kept/A"] == 1.0
    assert mean["parts"]["earned/A"] == -4 * ENDOWMENT, "each is tried once, and then nobody"
    assert "kept/A" not in mean["parts"]
    assert [fair["parts"][f"was_chosen/{seat}"] for seat in CANDIDATES] == [1.0, 0.0, 0.0, 0.0]
    assert [fair["parts"][f"won/{seat}"] for seat in CANDIDATES] == [12 * 15.0, 0.0, 0.0, 0.0]
    assert [fair["parts"][f"pledge_kept/{seat}"] for seat in CANDIDATES] == [1.0] * 4
    assert all(0.1 < random["parts"][f"pledge_kept/{seat}"] < 0.9 for seat in CANDIDATES)
    assert [len(random["curves"][f"sent/{seat}"]) for seat in CANDIDATES] == [12] * 4
    assert random["curves"]["pledge_kept/C"] == [
        None if pledged is None else float(sent >= pledged)
        for sent, pledged in zip(random["curves"]["sent/C"], random["curves"]["pledged/C"], strict=True)
    ]
    assert all("regret/A" not in found["parts"] for found in (fair, mean, random))


def test_a_scripted_selector_leaves_the_four_to_the_model() -> None:
    task = market(3, candidates="models", selector="follower")

    assert task.fixed == {"A": "reference:scripted"}
    _, found = played(task, worlds(task, 1)[0], scripted, PLAYERS["honest"])
    assert found["parts"]["earned/A"] == 60


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

    assert "kept/A" not in found["parts"]
    assert found["curves"]["kept/A"] == [None] * 12


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


# Whole runs


def test_the_prompts_of_a_whole_game_read_as_they_were_reviewed(golden: Golden) -> None:
    task = market(3, multiplier="hidden", label="false")
    _, recorder = play(task, worlds(task, 1)[0], "private", {"A": selecting("learner"), **dict.fromkeys(CANDIDATES, scripted)})
    selector, candidate = ([f"[{role}]\n{content}\n" for role, content in recorder.sent_to(seat)[-1].chat] for seat in ("A", "C"))

    golden("prompt_trust_market.txt", "\n".join([*selector, "---\n", *candidate[:3]]))


def test_a_game_that_died_in_the_middle_is_played_again_from_its_start(tmp_path: Path) -> None:
    """Nothing of the broken game is kept, and what comes of it is what would have come of it anyway."""
    broken = tmp_path / "broken"
    broken.touch()
    wish = api.Wish(model=f"tests.dying_engine:connect?while={broken}", tasks=("trust_market",), n=2)
    path, first = api.run(wish, tmp_path / "run")
    left = list(read_episodes(path))
    broken.unlink()
    _, second = api.run(wish, path)
    _, whole = api.run(wish, tmp_path / "whole")
    resumed, never = (sorted(read_episodes(folder), key=lambda one: str(one["id"])) for folder in (path, tmp_path / "whole"))

    assert (first.complete, left, second.complete, whole.complete) == (False, [], True, True)
    assert [(one["id"], one["rounds"], one["score"]) for one in resumed] == [(one["id"], one["rounds"], one["score"]) for one in never]
    assert len(resumed[0]["rounds"]) == 12
    assert [] == list(api.verify(path))


def test_every_condition_can_be_played_and_none_shows_a_candidate_to_another(tmp_path: Path) -> None:
    path, outcome = api.run(
        api.Wish(model="reference:honest", tasks=("trust_market",), conditions=tuple(CONDITIONS), n=1), tmp_path / "run"
    )
    records = list(read_episodes(path))

    assert outcome.complete
    assert {one["condition"]: one["outcome"] for one in records} == dict.fromkeys(CONDITIONS, "decided")
    assert {one["score"]["value"]["raw"] for one in records} == {records[0]["score"]["value"]["raw"]}
    talked = {one["condition"]: [turn["text"] for turn in one["rounds"][3]["turns"] if turn["seat"] != "A"] for one in records}
    assert talked["script"] == talked["private"]
    assert talked["solo"] == []


def test_a_policy_of_the_task_can_be_the_model_of_a_run(tmp_path: Path) -> None:
    path, outcome = api.run(api.Wish(model="reference:scripted?policy=follower", tasks=("trust_market",), n=3), tmp_path / "run")
    document = api.report(path)
    curve = document["curves"]["trust_market"]["private"]["selected_breaker"]

    assert outcome.complete
    assert [point["mean"] for point in curve] == [1.0] * 12
    assert document["tasks"]["trust_market"]["private"]["parts"]["kept"]["mean"] == 0.0
    assert {one["seats"][seat] for one in read_episodes(path) for seat in CANDIDATES} == {"reference:scripted"}


def test_a_model_that_plays_the_four_is_reported_as_a_candidate(tmp_path: Path) -> None:
    label = "trust_market:candidates=models,selector=learner"
    path, _ = api.run(api.Wish(model="reference:honest", tasks=(label,), n=2), tmp_path / "run")
    document = api.report(path)
    parts = document["tasks"][label]["private"]["parts"]

    assert parts["pledge_kept"]["mean"] == 1.0
    assert parts["was_chosen"]["mean"] == 0.25
    assert "earned" not in parts, "the selector is no model that is tested"
    assert set(document["curves"][label]["private"]) == {"sent", "pledged", "pledge_kept"}


def test_a_policy_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match="policy"):
        market().following("greedy")
    task = market(candidates="models")
    with pytest.raises(UsageError, match="no script"):
        task.acts(own_view(task.generate(1), "B"), (), "B", "commit", stream(0))
