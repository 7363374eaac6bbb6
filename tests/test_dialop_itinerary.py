"""DialOp's planning games: a well-formed file makes playable worlds, a broken one says where, and published figures come out again."""

from __future__ import annotations

import json
import os
from itertools import permutations
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from benchmark import api, views
from benchmark.conformance.voices import play
from benchmark.task import Task
from benchmark.vocabulary import UsageError, World, WorldsError
from benchmark.worlds import world_from_json, world_to_json
from models.reference import PLAYERS
from tasks import assignment, itinerary
from tasks.itinerary.planning import Planning, total

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("Old Bar", "Green Park", "Art Hall", "Corner Cafe")


def event(number: int, etype: str, price: int, **features: object) -> dict[str, Any]:
    place = {"name": NAMES[number], "etype": etype, "est_price": price, "id_": number, "type": "event"}
    return place | {"loc": [-122.25 - number / 100, 37.86 + number / 200], "features": features}


def wish(kind: str, weight: int, text: str, **more: object) -> list[Any]:
    return [text, weight, kind, {"weight": weight, "readable": text, **more}]


def game(**changes: object) -> dict[str, Any]:
    """A small game in the release's format."""
    events = [
        event(0, "bar", 30, rating=4.5, **{"live music": True}),
        event(1, "park", 0, rating=1, viewpoint=True),
        event(2, "museum", 20, **{"good for kids": True}),
        event(3, "cafe", 5, **{"has wifi": False, "live music": False}),
    ]
    preferences = [
        wish("FeaturePreference", 6, "check out live music!", name="live music", value_sets=[[False], [True]]),
        wish("FeaturePreference", 3, "prefer ratings above 4", name="rating", value_sets=[[1, 1.5], [4.5, 5]]),
        wish("FeaturePreference", 7, "places with parking", name="has_parking", value_sets=[[False], [True]]),
        wish("AtLeastOneEventType", 9, "go to at least one museum", etype="museum", penalize=True),
        wish("WantToGo", 4, "heard good things about Green Park", event_set=["Green Park"], penalize=False),
        wish("PriceBudgetPreference", -5, "keep budget below $40", budget=40),
        wish("DistancePreference", -2, "minimize travel distance"),
    ]
    return {"events": events, "preferences": preferences, "features": {}, "action_log": []} | changes


def accepted(*names: str, say: str = "Old Bar, says worker W4711.") -> list[dict[str, Any]]:
    stops: list[Any] = []
    for name in names:
        stops += [{"type": "event", "name": name, "etype": "bar"}, {"type": "travel", "data": "1.0", "name": "Estimated Travel"}]
    return [
        {"type": "message", "player": 0, "message": {"data": say, "from_player": 0}, "time": 3.5},
        {"type": "proposal", "player": 0, "proposal": stops[:-1], "time": 9.25},
        {"type": "proposal_response", "player": 1, "response": {"accept": True}, "bonus_pay": 2},
    ]


def text(*games: dict[str, Any]) -> str:
    return "\n".join(json.dumps(one) for one in games) + "\n"


def load(*games: dict[str, Any]) -> tuple[Task, tuple[World, ...]]:
    return itinerary.load_worlds(text(*games))


def raw(world: World, *plan: str) -> float:
    return Planning().score(world, dict.fromkeys("AB", plan)).raw


def test_a_plan_scores_by_the_published_rules() -> None:
    """Bar: live music 6, rating 3. Park: rating -3, wanted 4. Museum there: 9, else -9. Over 40: -5. Legs of 0.8 miles: int(-1.6)."""
    _, (world,) = load(game())

    assert raw(world, "Old Bar", "Green Park", "Art Hall") == 6 + 3 - 3 + 4 + 9 - 5 - 1 - 1
    assert raw(world, "Old Bar", "Green Park", "Corner Cafe") == 6 + 3 - 3 + 4 - 6 - 9 - 1 - 3
    assert raw(world, "Green Park", "Art Hall", "Corner Cafe") == -3 + 4 + 9 - 6 - 1 - 1


def test_best_and_worst_are_those_of_all_plans_where_the_file_states_none() -> None:
    task, (world,) = load(game())
    scores = [raw(world, *plan) for plan in permutations(NAMES, 3)]
    score = task.score(world, {})

    assert (score.best, score.raw, score.native) == (max(scores), min(scores), 0)
    best = task.candidates(views.view(world, views.Lens(("A", "B"), ("A", "B"))), ())[0]
    assert task.score(world, dict.fromkeys("AB", best)).native == 1


def test_plans_that_differ_count_as_the_worst() -> None:
    task, (world,) = load(game())
    one, other = NAMES[:3], NAMES[1:]

    assert task.score(world, {"A": one, "B": other}).native == 0
    assert not task.score(world, {"A": one, "B": other}).success
    assert not task.score(world, {}).success


def test_stated_best_and_worst_are_taken() -> None:
    task, (world,) = load(game(result={"score": 1, "best": 40, "worst": -60, "norm": 0.5}))

    assert task.score(world, {}).best == 40
    assert task.score(world, dict.fromkeys("AB", NAMES[:3])).native == pytest.approx((12 + 60) / 100)


def test_a_game_that_was_played_without_penalties_is_scored_so() -> None:
    """Its own proposals show a missing museum to have cost nothing."""
    shown = {"type": "proposal", "proposal": [{"type": "event", "etype": "bar"}], "scores": {"scores": [6, 3, 0, 0, 0, 0, 0]}}
    _, (strict, lenient) = load(game(), game(action_log=[shown]))
    plan = ("Old Bar", "Green Park", "Corner Cafe")

    assert raw(lenient, *plan) == raw(strict, *plan) + 9


def test_a_world_is_told_in_words_that_say_how_each_wish_counts() -> None:
    task, (world,) = load(game())
    wishes = {fact.slot[1]: fact.text for fact in world.facts if fact.holders == ("A",)}
    places = [fact.text for fact in world.facts if fact.holders == ("B",)]

    assert wishes["0"] == (
        '"check out live music!": 6 points for each stop with live music yes, 6 points off for each stop with live music no.'
    )
    assert "counts nothing in this game" in wishes["2"]
    assert wishes["3"] == '"go to at least one museum": 9 points if at least one stop is a museum, 9 points off if none is.'
    assert wishes["4"] == '"heard good things about Green Park": 4 points if at least one stop is Green Park.'
    assert "5 points off if the stops together cost more than 40 dollars" in wishes["5"]
    assert places[0] == "Old Bar: bar, 30 dollars, at 2.07 east, 0.00 north; live music: yes; rating: 4.5."
    assert (task.label, len(places)) == ("itinerary:preset=dialop", 4)
    assert world_from_json(json.loads(json.dumps(world_to_json(world)))) == world


def test_nothing_of_the_people_enters_a_world() -> None:
    _, (one, other) = load(game(), game(action_log=accepted(*NAMES[:3]), demographics={"age": 33}))

    assert one == other
    assert not any(word in json.dumps(world_to_json(other)) for word in ("W4711", "bonus", "demographics", "9.25"))


@pytest.mark.parametrize(
    ("changes", "field", "found"),
    [
        ({"events": 7}, "events", "7"),
        ({"events": [event(0, "bar", 3), event(1, "bar", 3)]}, "events", "Old Bar"),
        ({"events": [event(0, "bar", 3), event(0, "bar", 3), event(1, "bar", 3)]}, "events", "two places of one name"),
        ({"events": [event(0, "bar", -3), event(1, "bar", 3), event(2, "bar", 3)]}, "events", "-3"),
        ({"events": [event(0, "bar", 3) | {"loc": [1, "2"]}, event(1, "bar", 3), event(2, "bar", 3)]}, "events", "'2'"),
        ({"events": [event(0, "bar", 3, a=[1]), event(1, "bar", 3), event(2, "bar", 3)]}, "events", "[1]"),
        ({"events": [{"name": "x"}] * 3}, "events", "'x'"),
        ({"preferences": []}, "preferences", "[]"),
        ({"preferences": [wish("Mood", 3, "be happy")]}, "preferences", "Mood"),
        ({"preferences": [wish("DistancePreference", 3, "near")[:3]]}, "preferences", "near"),
        ({"preferences": [["near", 3, "DistancePreference", {"weight": 4}]]}, "preferences", "near"),
        ({"preferences": [wish("DistancePreference", -3, "near")] * 2}, "preferences", "two"),
        ({"preferences": [wish("PriceBudgetPreference", -3, "cheap", budget="low")]}, "preferences", "cheap"),
        ({"result": {"best": 3, "worst": 3}}, "result", "3"),
        ({"result": 7}, "result", "7"),
    ],
)
def test_a_broken_field_is_named_with_its_line(changes: dict[str, object], field: str, found: str) -> None:
    with pytest.raises(WorldsError) as caught:
        load(game(), game(**changes))

    assert str(caught.value).startswith(f'line 2, field "{field}": found ')
    assert found in str(caught.value)


@pytest.mark.parametrize("line", ["{", "[1, 2]", "3", "nonsense", '{"events": ' + "[" * 100_000])
def test_a_line_that_is_no_game_is_named(line: str) -> None:
    with pytest.raises(WorldsError, match=r"line 3: .*expected one game as a JSON object"):
        itinerary.load_worlds(text(game()) + "\n" + line)


def test_the_format_is_recognised_and_nothing_else_is() -> None:
    assert itinerary.recognises(text(game()))
    assert not assignment.recognises(text(game()))
    assert not any(itinerary.recognises(other) for other in ("", "[]", '{"events": 1}', "[" * 100_000))
    with pytest.raises(WorldsError, match="holds no game"):
        itinerary.load_worlds("\n")


def test_without_the_file_there_is_nothing_to_play() -> None:
    with pytest.raises(UsageError, match="--worlds"):
        api.make_task("itinerary:preset=dialop", 3).generate(1)


@pytest.mark.parametrize("condition", [name for name, one in views.CONDITIONS.items() if one.talk != views.WHOLE])
def test_a_published_world_can_be_played_under_every_condition(condition: str) -> None:
    task, (world,) = load(game())
    episode, _ = play(task, world, condition, PLAYERS["honest"])

    assert episode.outcome == "decided"
    native = task.score(world, episode.rounds[0].answers).native
    assert native == 1 if views.CONDITIONS[condition].sees == "side" else native is not None


def test_what_people_agreed_is_imported_and_scored(tmp_path: Path) -> None:
    source, out = tmp_path / "games.jsonl", tmp_path / "people"
    source.write_text(text(game(action_log=accepted(*NAMES[:3])), game(action_log=accepted(*NAMES[:3])[:2])))

    assert api.import_corpus("dialop", source, out) == (2, 1)
    (record,) = [json.loads(line) for line in (out / "episodes.jsonl").read_text().splitlines()]
    assert record["score"]["value"]["raw"] == 12
    assert record["rounds"][0]["answers"] == {"A": list(NAMES[:3]), "B": list(NAMES[:3])}
    assert not any("W4711" in path.read_text() for path in out.iterdir() if path.suffix in (".json", ".jsonl"))
    assert list(api.verify(out)) == []


@pytest.mark.parametrize(
    "log", ["x", [{"type": "message"}], accepted("Old Bar", "Green Park", "Nowhere"), accepted("Old Bar", "Green Park")]
)
def test_a_log_that_refers_to_nothing_is_named(tmp_path: Path, log: object) -> None:
    source = tmp_path / "games.jsonl"
    source.write_text(text(game(action_log=log)))

    with pytest.raises(WorldsError, match='line 1, field "action_log"'):
        api.import_corpus("dialop", source, tmp_path / "people")


# --- the release itself, where it is at hand -------------------------------------------------------------------------------


def corpus() -> Path:
    given = os.environ.get("PARLEY_CORPORA")
    folders = [Path(given)] if given else sorted(ROOT.parent.glob("*/corpora"))
    for folder in folders:
        if (path := folder / "dialop" / "itinerary.jsonl").is_file():
            return path
    pytest.skip("dialop/itinerary.jsonl is not here; set PARLEY_CORPORA to the folder that holds dialop/ to run this")


def test_human_plans_score_as_published() -> None:
    """Mean result.norm of the 57 games is 0.8896; each game's own score comes out exactly, and so do best and worst of all plans."""
    from tasks.itinerary.dialop import read_games
    from tasks.itinerary.planning import extremes

    lines = corpus().read_text("utf-8")
    task, dialogues = itinerary.read_dialogues(lines)
    natives = []
    for line, game_, dialogue in zip(lines.splitlines(), read_games(lines), dialogues, strict=True):
        result = json.loads(line)["result"]
        assert dialogue.answers is not None
        score = task.score(dialogue.world, dialogue.answers)
        always = tuple(one._replace(penalized=True) if one.kind == "AtLeastOneEventType" else one for one in game_.preferences)
        charged = [json.loads(line)["preferences"][i][3].get("penalize", False) for i in range(len(always))]
        strict = tuple(one._replace(penalized=bool(charge)) for one, charge in zip(always, charged, strict=True))

        assert score.raw == result["score"]
        assert extremes(game_.places, strict)[1:] == (result["best"], result["worst"])
        assert extremes(game_.places, game_.preferences)[1] == result["best"]
        assert total(game_.places, game_.preferences, dialogue.answers["A"]) == result["score"]
        assert score.native == pytest.approx(result["norm"])
        natives.append(score.native)

    assert len(natives) == 57
    assert round(mean(native for native in natives if native is not None), 4) == 0.8896
