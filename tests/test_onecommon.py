"""OneCommon's file: what is read of it, how it is dealt, played and scored, and what a broken one is told."""

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark import api, prompts
from benchmark.answers import write_answer
from benchmark.conformance.voices import play
from benchmark.views import CONDITIONS, Lens, own_view, view
from benchmark.vocabulary import Illegal, Request, UsageError, View, World, WorldsError
from models.reference import PLAYERS
from tasks.reference import Reference, SharedDots, load_worlds, recognises


def dot(name: int, x: int, y: int, size: int, grey: int) -> dict[str, Any]:
    return {"size": size, "y": y, "color": f"rgb({grey},{grey},{grey})", "id": str(name), "x": x}


def scenario(name: str = "S_made_up", shift: int = 40) -> dict[str, Any]:
    """In the form of the release: dots 1 to 4 are seen by both, ``shift`` further left by the second."""
    shared = [(1, 215, 115, 7, 53), (2, 255, 215, 13, 203), (3, 315, 240, 10, 128), (4, 200, 330, 9, 90)]
    own = [[dot(11, 390, 215, 8, 70), dot(12, 215, 400, 11, 170), dot(13, 120, 300, 12, 60)]]
    own += [[dot(21, 40, 215, 8, 150), dot(22, 215, 30, 9, 140), dot(23, 100, 120, 10, 110)]]
    kbs = [[dot(n, x - side * shift, y, s, g) for n, x, y, s, g in shared] + own[side] for side in (0, 1)]
    return {"shared": 4, "uuid": name, "kbs": kbs}


def text(*scenarios: Any) -> str:
    return json.dumps(list(scenarios))


def world_of(*changes: Any) -> tuple[Any, World]:
    task, (world,) = load_worlds(text(scenario(*changes)))
    return task, world


def both(world: World) -> View:
    return view(world, Lens(("A", "B"), ("A", "B")))


def test_its_file_is_recognised_sound_or_broken_and_no_other_is() -> None:
    assert recognises(text(scenario()))
    assert recognises("\ufeff" + text(scenario())[:-20])
    assert not recognises(json.dumps(scenario()))
    assert not recognises('[{"hidden_information": [], "possible_answers": []}]')
    assert not recognises("")


def test_a_dot_is_told_from_the_centre_of_ones_own_view() -> None:
    _, world = world_of()
    said = {fact.holders: [f.text for f in world.facts if f.holders == fact.holders] for fact in world.facts if fact.holders}

    assert any("is 0 right of the centre and 100 above it; tiny (radius 7), very dark (lightness 0)." in line for line in said["A",])
    assert any("is 40 left of the centre and 100 above it; tiny (radius 7), very dark (lightness 0)." in line for line in said["B",])
    assert any("is 0 right of the centre and 0 above it; huge (radius 13), very light (lightness 100)." in line for line in said["B",])
    assert [len(lines) for lines in said.values()] == [7, 7]


def test_labels_are_each_ones_own_and_say_nothing() -> None:
    """Over 300 scenarios that differ in where the second view lies, a shared dot has any of a player's seven labels equally often."""
    places: Counter[int] = Counter()
    for shift in range(1, 101):
        for end in (0, 20, 40):
            content = scenario(shift=shift)
            content["kbs"][0][4]["x"] -= end
            _, (world,) = load_worlds(text(content))
            labels = [own_view(world, "A").public("labels", seat) for seat in "AB"]
            assert not set(labels[0]) & set(labels[1])
            places.update(labels[0].index(pair[0]) for pair in world.target)

    assert sum((places[i] - 1200 / 7) ** 2 / (1200 / 7) for i in range(7)) < 22.5


def test_every_shared_dot_is_right_if_both_pick_it_and_nothing_else_is() -> None:
    task, world = world_of()
    labels = {seat: own_view(world, seat).public("labels", seat) for seat in world.seats}
    right = [(a, b) for a in (*labels["A"], None) for b in (*labels["B"], None) if task.score(world, {"A": a, "B": b}).success]

    assert sorted(right) == sorted(world.target)
    assert len(right) == 4
    score = task.score(world, dict(zip("AB", world.target[0], strict=True)))
    assert (score.native, score.raw, score.best, score.floor) == (1.0, 1.0, 1.0, 4 / 49)
    assert task.score(world, {"A": world.target[0][0], "B": world.target[1][1]}).native == 0.0


def test_a_seat_answers_with_a_label_of_its_own() -> None:
    task, world = world_of()
    mine, theirs = (own_view(world, "A").public("labels", seat) for seat in "AB")

    assert task.parse(write_answer(mine[0].lower()), own_view(world, "A")) == mine[0]
    assert task.parse(write_answer(None), own_view(world, "A")) is None
    with pytest.raises(Illegal, match="must be one of"):
        task.parse(write_answer(theirs[0]), own_view(world, "A"))
    assert task.parse(write_answer(theirs[0]), both(world)) == theirs[0]


def test_its_worlds_depend_on_their_content_alone() -> None:
    _, (one, other) = load_worlds(text(scenario("a"), scenario("b", 41)))
    _, (again, same) = load_worlds(json.dumps([scenario("c", 41), scenario("d")], indent=2))

    assert (one, other) == (same, again)
    assert one.seed != other.seed
    assert one.seed < 2**48


def test_the_prompt_holds_the_rules_and_ones_own_seven_dots_only() -> None:
    task, world = world_of()
    shown = prompts.scene(task, own_view(world, "A"), prompts.talk_rules(task, own_view(world, "A")))

    assert shown.count("Dot ") == 7
    assert "radius 200" in shown
    assert all(f"Dot {label} is" in shown for label in own_view(world, "A").public("labels", "A"))


@pytest.mark.parametrize("condition", list(CONDITIONS))
def test_it_is_played_under_every_condition_without_a_measure_of_grounding(condition: str) -> None:
    task, world = world_of()
    picks = dict(zip("AB", world.target[0], strict=True))

    def voice(request: Request) -> str:
        if request.kind == "script":
            return f"{request.view.names[0]}: The huge white one in the middle."
        return write_answer(picks[request.seat]) if request.schema else PLAYERS["honest"](request)

    played, _ = play(task, world, condition, voice)

    assert played.outcome == "decided"
    assert task.score(world, played.rounds[0].answers).success
    assert not task.semantic
    assert task.needed(world) == ()


def test_it_has_no_worlds_of_its_own_and_one_option() -> None:
    task = api.make_task("reference:preset=onecommon", 3)

    assert isinstance(task, SharedDots)
    with pytest.raises(UsageError, match="--worlds PATH"):
        task.generate(1)
    with pytest.raises(UsageError, match="preset of reference"):
        Reference.at(3, preset="twocommon")
    with pytest.raises(UsageError, match="option of reference"):
        Reference.at(3, dots="7")


BREAKS: list[tuple[Any, Any, str]] = [
    (("kbs",), None, 'scenario 2, field "kbs": found null; expected a list of two lists of dots'),
    (("kbs", 1), [], 'scenario 2, field "kbs[1]": found 0 dots; expected a list of 7 dots'),
    (("kbs", 0, 2), 5, 'scenario 2, field "kbs[0][2]": found 5; expected a JSON object'),
    (("kbs", 0, 2, "x"), "left", 'scenario 2, field "kbs[0][2].x": found "left"; expected a number'),
    (("kbs", 0, 2, "x"), 500, 'scenario 2, field "kbs[0][2].x": found (500, 240); expected a point within 200'),
    (("kbs", 0, 2, "size"), 0, 'scenario 2, field "kbs[0][2].size": found 0; expected a radius'),
    (("kbs", 0, 2, "color"), "blue", 'scenario 2, field "kbs[0][2].color": found "blue"; expected a grey'),
    (("kbs", 0, 2, "color"), "rgb(1,2,3)", 'field "kbs[0][2].color": found "rgb(1,2,3)"'),
    (("kbs", 0, 2, "id"), [], 'scenario 2, field "kbs[0][2].id": found []; expected a string or a whole number'),
    (("kbs", 0, 4, "id"), "1", 'scenario 2, field "kbs[0]": found one id twice'),
    (("kbs", 1, 2, "size"), 8, "with a different size or color in each list"),
    (("shared",), 5, 'scenario 2, field "shared": found 5; expected 4'),
]


@pytest.mark.parametrize(("path", "value", "told"), BREAKS)
def test_a_broken_file_is_told_where_and_what(path: tuple[Any, ...], value: Any, told: str) -> None:
    broken = deepcopy(scenario())
    inner: Any = broken
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value

    with pytest.raises(WorldsError) as error:
        load_worlds(text(scenario(), broken))
    assert told in str(error.value)


def test_a_missing_field_and_a_file_of_another_form_are_told() -> None:
    lacking = scenario()
    del lacking["kbs"][0][3]["size"]
    for content, told in (
        (text(lacking), 'scenario 1, field "kbs[0][3].size": found nothing'),
        ("[]", "found []; expected one JSON list of scenarios, and at least one"),
        ("[NaN]", "NaN is not a JSON number"),
        ('[{"kbs": [', "line 1, column"),
        ("[7]", "scenario 1: found 7"),
        ("[" * 5000, "not JSON"),
    ):
        with pytest.raises(WorldsError) as error:
            load_worlds(content)
        assert told in str(error.value)


def test_two_views_without_a_dot_in_common_are_refused() -> None:
    apart = scenario()
    for place, one in enumerate(apart["kbs"][1]):
        one["id"] = f"other {place}"
    with pytest.raises(WorldsError, match="no dot with the same id in both lists"):
        load_worlds(text(apart))


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3), max_leaves=6))
def test_no_content_whatever_is_more_than_an_error(content: Any) -> None:
    for where in ("kbs", "shared"):
        with pytest.raises(WorldsError, match=r"scenario 1|not a JSON number"):
            load_worlds(text(scenario() | {where: content}))
