"""Games of the dilemma: what is told and what is not, how known players fare, and that long games replay and begin anew."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from benchmark import api, prompts, views
from benchmark.bonds.extortion import enforced, extorted
from benchmark.conformance.tracks import voices
from benchmark.conformance.voices import Recorder, Voice, planned, play
from benchmark.records import Document
from benchmark.running.drive import drive, record
from benchmark.running.folder import read_episodes
from benchmark.vocabulary import Completion, Request, Turn, UsageError, World
from benchmark.worlds import Generated
from models.reference import honest, scripted
from tasks.dilemma import Dilemma
from tasks.dilemma.scenes import SCENES
from tasks.dilemma.strategies import STRATEGIES
from tests.conftest import Golden

TELLING = re.compile(r"cooperat|defect|betray|dilemma|prisoner|trust|cheat|fair\b(?! gives)|tit.for.tat|extort|strateg", re.IGNORECASE)


def task(options: str = "") -> Dilemma:
    made = api.make_task("dilemma" + (f":{options}" if options else ""), 3)
    assert isinstance(made, Dilemma)
    return made


def world(options: str = "", index: int = 0) -> World:
    return Generated(task(options), 11).world(index)


def follows(policy: str) -> Voice:
    return lambda request: scripted(request, policy)


@cache
def game(mine: str, against: str, index: int = 0, talk: str = "no") -> tuple[Document, Recorder]:
    """One whole game of 60 to 100 rounds: ``mine`` in seat A against the task's own strategy."""
    made = task(f"against={against},talk={talk}")
    chosen = Generated(made, 11).world(index)
    recorder = Recorder({**voices(made, chosen), "A": follows(mine) if mine in STRATEGIES else honest})
    where = planned(made, chosen, views.HEADLINE, index)  # each with sampling seeds of its own

    async def complete(request: Request) -> Completion:
        return recorder.reply(request)

    return record(where, where.world(), asyncio.run(drive(where, where.world(), complete))), recorder


def parts(mine: str, against: str, index: int = 0) -> dict[str, float]:
    found: dict[str, float] = game(mine, against, index)[0]["score"]["parts"]
    return found


# --- what is told ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("talk", ["no", "yes"])
def test_nothing_that_is_sent_names_the_game_the_strategy_or_its_end(talk: str) -> None:
    sent = [message for request in game("tft", "extort3", talk=talk)[1].sent_to("A")[-3:] for _, message in request.chat]
    rounds = world("against=extort3").rounds

    assert [] == [found for message in sent for found in TELLING.findall(message.replace("summer fair", "").replace("The fair", ""))]
    assert not any(f" of {rounds}" in message or " of 100" in message for message in sent), "the number of rounds is not counted down"
    assert any(f"Round {rounds} begins." in message for message in sent)


def test_who_plays_a_strategy_makes_no_difference_to_what_is_sent_at_first() -> None:
    first = {options: prompts.scene(task(options), views.own_view(world(options), "A"), "") for options in ("", *against())}

    assert len(set(first.values())) == 1


def against() -> list[str]:
    return [f"against={name}" for name in (*STRATEGIES, "mixed", "memory1")]


def test_names_and_order_of_options_say_nothing_of_their_worth() -> None:
    places, goods, pairs = Counter[int](), Counter[str](), Counter[str]()
    for index in range(400):
        view = views.own_view(world("", index), "A")
        options, good = view.public("options"), view.public("cooperates")
        places[options.index(good)] += 1
        goods[good] += 1
        pairs.update(options)

    assert "There are exactly 5 rounds, as both know." in task("rounds=5-5").brief(views.own_view(world("rounds=5-5"), "A"))
    assert 150 < places[0] < 250
    assert len(goods) == 2 * sum(len(scene.pairs) for scene in SCENES)
    assert 150 < sum(goods[one] for scene in SCENES for one, _ in scene.pairs) < 250


def test_every_number_of_rounds_is_as_likely_and_goes_with_nothing_that_is_told() -> None:
    rounds = [world("", index).rounds for index in range(400)]

    assert set(rounds) == set(range(60, 101))
    assert abs(sum(rounds) / len(rounds) - 80) < 2
    assert [world("against=tft,talk=yes,past=self", index).rounds for index in range(20)] == rounds[:20], "arms play the same worlds"


def test_a_round_is_told_to_both_in_the_same_words() -> None:
    _, recorder = game("tft", "alld")
    told = [next(line for line in recorder.sent_to(seat)[3].chat[-1][1].splitlines() if line.startswith("- Round 1:")) for seat in "AB"]

    assert told[0] == told[1]
    assert re.fullmatch(r"- Round 1: \w+ \w+( the)? \w+ and \w+ \w+( the)? \w+\. Points: \w+ 0 \(so far 0\), \w+ 5 \(so far 5\)\.", told[0])


def test_a_choice_of_nothing_brings_nothing_to_either_and_is_no_outcome() -> None:
    made = task("rounds=3-4")
    chosen = Generated(made, 11).world(0)
    good = views.own_view(chosen, "A").public("cooperates")
    silent = {"A": lambda request: f'{{"answer": {"null" if request.round == 1 else chr(34) + good + chr(34)}}}'}
    episode, _ = play(made, chosen, views.HEADLINE, {"B": lambda request: f'{{"answer": "{good}"}}', **silent})
    score = record(where := planned(made, chosen, views.HEADLINE), where.world(), episode)["score"]

    assert score["curves"]["cooperation/A"][:3] == [1.0, None, 1.0]
    assert score["curves"]["mutual_cooperation"][1] == 0.0
    assert score["parts"]["points/B"] == pytest.approx(3 * (chosen.rounds - 1) / chosen.rounds)


def test_a_late_prompt_reads_as_it_was_reviewed(golden: Golden) -> None:
    made = task("against=wsls,past=diverse,rounds=4-8,talk=yes")
    chosen = Generated(made, 11).world(2)
    _, recorder = play(made, chosen, views.HEADLINE, {**voices(made, chosen), "A": honest})

    golden("prompt_dilemma.txt", "\n".join(f"[{role}]\n{content}\n" for role, content in recorder.sent_to("A")[-1].chat))


# --- how known players fare --------------------------------------------------------------------------------------------


def test_points_are_those_of_the_well_known_games() -> None:
    n = world("against=tft").rounds

    assert parts("alld", "tft")["points/A"] == pytest.approx((5 + n - 1) / n)
    assert parts("tft", "alld")["points/A"] == pytest.approx((n - 1) / n)
    assert parts("allc", "alld")["points/A"] == 0.0
    assert parts("alld", "alld")["points/A"] == parts("alld", "alld")["best_response"] == 1.0
    assert parts("tft", "grim")["points/A"] == parts("honest", "tft")["points/A"] == 3.0
    assert parts("wsls", "alld")["points/A"] == pytest.approx(0.5, abs=0.01)


def test_who_does_what_is_best_regrets_nothing_and_who_does_not_regrets() -> None:
    best = (("alld", "allc"), ("alld", "alld"), ("alld", "coin"), ("allc", "extort3"), ("tft", "tft"), ("allc", "grim"))
    for mine, other in best:
        assert parts(mine, other)["regret"] == pytest.approx(0, abs=0.03), "all but what nobody defects for in the last rounds"
        assert game(mine, other)[0]["score"]["success"]
    assert parts("alld", "coin")["regret"] == 0.0, "whatever the coin showed"
    assert parts("allc", "allc")["regret"] == 2.0
    assert 1.8 < parts("alld", "tft")["regret"] < 2.0
    assert 1.8 < parts("alld", "grim")["regret"] < 2.0
    assert 0.3 < parts("coin", "extort3")["regret"] < parts("alld", "extort3")["regret"]
    assert not any(game("alld", other)[0]["score"]["success"] for other in ("tft", "grim", "extort2"))


def test_what_is_regretted_is_what_is_missing_from_the_best_but_for_luck() -> None:
    for mine, other in (("alld", "tft"), ("tft", "alld"), ("allc", "allc"), ("wsls", "grim")):  # nobody draws lots
        score = game(mine, other)[0]["score"]
        missing = score["value"]["best"] - score["value"]["raw"]

        assert sum(score["curves"]["regret"]) / len(score["curves"]["regret"]) == pytest.approx(score["parts"]["regret"])
        assert missing == pytest.approx(score["parts"]["regret"], abs=0.15), "the number of rounds is luck too"


@pytest.mark.parametrize(("name", "chi"), [("extort1.5", 1.5), ("extort2", 2.0), ("extort3", 3.0)])
def test_who_gives_in_is_extorted_by_the_factor_that_was_set(name: str, chi: float) -> None:
    records = [game("allc", name, index)[0] for index in range(14)]
    even = [game("tft", "gtft", index)[0] for index in range(2)]

    slope, share = enforced(records), extorted(records)
    assert slope.mean == pytest.approx(chi, rel=0.2)
    assert share.low <= share.mean <= share.high
    assert share.mean == pytest.approx(chi / (1 + chi), abs=0.05)
    assert extorted(even).mean == pytest.approx(0.5)
    assert parts("allc", name)["extorted_share"] > 0.5


def test_records_without_a_strategy_say_nothing_of_extortion() -> None:
    with pytest.raises(UsageError, match="against=NAME"):
        extorted([{"outcome": "decided", "level": 3, "seed": 1, "score": {"parts": {}}}])


def test_how_somebody_reacts_is_told_from_what_they_did_after_each_outcome() -> None:
    mine = parts("wsls", "coin")
    after = {name: mine[f"cooperation_after_{name}/A"] for name in ("both_cooperated", "being_exploited", "exploiting", "both_defected")}

    assert after == {"both_cooperated": 1.0, "being_exploited": 0.0, "exploiting": 0.0, "both_defected": 1.0}
    assert 0.3 < mine["cooperation_of_other/A"] < 0.7


# --- words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("I will go for amber.", ["amber"]),
        ("I'll press the Amber button again, promise", ["amber"]),
        ("This time I am going to pick teal.", ["teal"]),
        ("Will I go for amber?", []),
        ("I will not go for amber.", []),
        ("You said I will go for amber.", []),
        ("If you go for teal, both gain.", []),
    ],
)
def test_an_announcement_is_read_as_such_and_nothing_else_is(said: str, read: list[str]) -> None:
    made = task("talk=yes")
    chosen = next(one for one in (world("talk=yes", index) for index in range(60)) if "amber" in views.own_view(one, "A").public("options"))

    found = made.claims([Turn("A", said)], views.own_view(chosen, "A"))

    assert [claim.value for claim in found] == read


def test_a_strategy_may_promise_whatever_it_does() -> None:
    made = task("against=alld,talk=yes,says=promise,rounds=3-4")
    chosen = Generated(made, 11).world(0)
    episode, _ = play(made, chosen, views.HEADLINE, {**voices(made, chosen), "A": honest})
    view = views.own_view(chosen, "B")
    good = view.public("cooperates")

    assert all(turn.text == f"I will go for {good}." for one in episode.rounds for turn in one.turns if turn.seat == "B")
    assert all(one.answers["B"] != good for one in episode.rounds)
    assert [one.turns[0].seat for one in episode.rounds[:3]] == ["A", "B", "A"], "who opens changes from round to round"


# --- long games --------------------------------------------------------------------------------------------------------


def test_a_long_game_that_died_is_played_again_from_its_start(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.touch()
    wish = api.Wish(model=f"tests.dying_engine:honest?while={broken}", tasks=("dilemma:against=extort2,talk=yes",), n=1)
    path, first = api.run(wish, tmp_path / "run")
    left = list(read_episodes(path))
    broken.unlink()
    _, second = api.run(wish, path)
    _, whole = api.run(wish, tmp_path / "whole")
    (resumed,), (never) = list(read_episodes(path)), next(iter(read_episodes(tmp_path / "whole")))

    assert (first.complete, left, second.complete, whole.complete) == (False, [], True, True)
    assert (resumed["id"], resumed["rounds"], resumed["score"]) == (never["id"], never["rounds"], never["score"])
    assert 60 <= len(resumed["rounds"]) <= 100
    assert [] == list(api.verify(path))


def test_against_a_strategy_there_is_no_seat_for_a_partner_and_without_one_there_is(tmp_path: Path) -> None:
    wish = api.Wish(model="reference:scripted?policy=alld", partners=("reference:scripted?policy=allc", "reference:honest"), n=1)
    labels = ("dilemma:against=tft,rounds=4-6", "dilemma:rounds=4-6")
    path, outcome = api.run(
        api.Wish(**{**{name: getattr(wish, name) for name in ("model", "partners", "n")}, "tasks": labels}), tmp_path / "run"
    )
    document = api.report(path)

    assert outcome.complete
    assert len(list(read_episodes(path))) == 1 + 4
    found = document["tasks"]["dilemma:rounds=4-6"]["private"]["parts"]
    assert (found["cooperation"]["mean"], found["cooperation"]["count"], found["cooperation"]["n"]) == (0.0, 0, 4), "in either seat"
    assert found["cooperation_of_other"]["mean"] > 0.5
    curve = document["curves"]["dilemma:rounds=4-6"]["private"]
    assert [point["mean"] for point in curve["cooperation"]] == [0.0] * len(curve["cooperation"])
    assert curve["cooperation_of_other"][0]["mean"] == 1.0


@pytest.mark.parametrize(
    "options",
    [
        "against=axelrod",
        "rounds=80",
        "rounds=9-3",
        "rounds=2-5000",
        "past=some",
        "talk=maybe",
        "says=promise",
        "talk=yes,says=promise",
        "x=1",
    ],
)
def test_what_there_is_not_is_refused(options: str) -> None:
    with pytest.raises(UsageError):
        task(options)
    with pytest.raises(UsageError, match="policy"):
        play(made := task(), chosen := Generated(made, 11).world(0), views.HEADLINE, follows(""))
    assert chosen.rounds
