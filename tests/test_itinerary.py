"""The day-planning task: what its days promise, how answers are read and scored, and what players say."""

from __future__ import annotations

import json
from itertools import permutations

import pytest

from benchmark import views
from benchmark.conformance.voices import play
from benchmark.quoting import length
from benchmark.vocabulary import Illegal, UsageError, View, World
from models.reference import PLAYERS
from tasks.itinerary import Itinerary
from tasks.itinerary.scenes import SCENES, is_plural, some
from tasks.itinerary.worlds import PARTS, cells, known_from

LEVELS = (1, 2, 3, 4, 5)
EVERYONE = views.Lens(("A", "B"), ("A", "B"))


def worlds(level: int, n: int) -> list[World]:
    task = Itinerary.at(level)
    return [task.generate(seed) for seed in range(n)]


def by_hand(world: World, plan: tuple[str | None, ...]) -> int:
    """Points of ``plan`` straight from the sheets, by the rules of the brief."""
    known = known_from(world.facts)
    points = spent = 0
    for place, part in zip(plan, PARTS, strict=True):
        if place is not None and known["open", place, part] == "yes":
            points += sum(n for (kind, *about), n in known.items() if kind == "wish" and known["has", place, about[0]] == "yes")
            spent += known["price", place]
    return int(points - max(0, spent - known["budget",]))


@pytest.mark.parametrize("level", LEVELS)
def test_the_best_plan_leads_every_other_by_two_points_at_least(level: int) -> None:
    task = Itinerary.at(level)
    for world in worlds(level, 25):
        places = world.target[0]
        ranked = sorted(((by_hand(world, plan), plan) for plan in permutations(places, 3)), reverse=True)
        with_lost_parts = max(by_hand(world, plan) for plan in permutations((*places, None, None), 3))
        best = task.candidates(views.view(world, EVERYONE), ())[0]

        assert best == ranked[0][1]
        assert with_lost_parts <= ranked[0][0]  # nobody gains by disagreeing
        assert task.score(world, dict.fromkeys("AB", best)).best == ranked[0][0] >= ranked[1][0] + 2


@pytest.mark.parametrize("level", LEVELS)
def test_no_view_alone_comes_near_and_harder_levels_lead_further_astray(level: int) -> None:
    task = Itinerary.at(level)
    for world in worlds(level, 60):
        alone = []
        for seat in world.seats:
            plan = task.candidates(views.own_view(world, seat), ())[0]
            alone.append(task.score(world, dict.fromkeys("AB", plan)).raw)
        score = task.score(world, {})

        assert score.floor == max(alone)
        assert score.floor <= {1: 0.8, 2: 0.75, 3: 0.7, 4: 0.65, 5: 0.6}[level] * score.best


@pytest.mark.parametrize("level", LEVELS)
def test_levels_deal_the_same_kind_of_day_differently(level: int) -> None:
    for world in worlds(level, 20):
        private = [fact for fact in world.facts if fact.holders]
        of_places = [fact for fact in private if fact.slot[0] not in ("wish", "budget")]

        assert len(private) == 6 + 1 + 6 * (6 + 2)
        assert sum(fact.holders == ("A",) for fact in of_places) == {1: 0, 2: 2, 3: 4, 4: 5, 5: 6}[level]
        assert sum(len(fact.holders) == 2 for fact in of_places) == {1: 8, 2: 6, 3: 4, 4: 2, 5: 0}[level]
        assert all(fact.holders == ("A",) for fact in private if fact.slot[0] in ("wish", "budget"))


def test_only_what_both_name_for_a_part_of_the_day_counts() -> None:
    task = Itinerary.at(3)
    for world in worlds(3, 20):
        best = task.candidates(views.view(world, EVERYONE), ())[0]
        other = next(place for place in world.target[0] if place not in best)
        mixed = task.score(world, {"A": best, "B": (best[0], best[1], other)})

        assert mixed.raw == by_hand(world, (best[0], best[1], None))
        assert not mixed.success
        assert task.score(world, {"A": best, "B": None}).raw == 0
        assert not task.score(world, {"A": (best[1], best[0], best[2]), "B": best}).success
        assert task.score(world, dict.fromkeys("AB", best)).success


def test_every_wording_of_a_sheet_is_read_as_what_it_says() -> None:
    from benchmark.vocabulary import Turn

    task = Itinerary.at(3)
    for world in worlds(3, 40):
        view = views.own_view(world, "A")
        for fact in world.facts:
            if fact.holders:
                read = task.claims([Turn("A", fact.text)], view)
                assert {claim.slot: claim.value for claim in read} == cells(fact), fact.text


def test_needed_facts_leave_room_for_talk() -> None:
    for level in (3, 4, 5):
        task = Itinerary.at(level)
        shares = [sum(length(fact.text) for fact in task.needed(world)) / (task.turns * task.words) for world in worlds(level, 40)]
        assert max(shares) <= 0.7


def test_an_answer_is_read_from_an_object_or_a_list_with_or_without_articles() -> None:
    task = Itinerary.at(3)
    view = views.own_view(task.generate(1), "A")
    first, second, third, *_ = view.public("places")
    plan = (first, second, third)

    assert task.parse(json.dumps({"answer": dict(zip(PARTS, plan, strict=True))}), view) == plan
    assert task.parse(json.dumps({"answer": {"evening": f"the {third}", "morning": first.upper(), "afternoon": second}}), view) == plan
    assert task.parse(json.dumps({"answer": list(plan)}), view) == plan
    assert task.parse('{"answer": null}', view) is None


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"morning": 0}, "no place is given for the afternoon and evening"),
        ({"morning": 0, "afternoon": 1, "evening": 1}, "stands twice"),
        ({"morning": 0, "afternoon": 1, "evening": 2, "night": 3}, "every key"),
        ({"morning": 0, "Morning": 1, "afternoon": 2, "evening": 3}, "given two places"),
        ([0, 1], "one place each"),
        ("Pier", "one place each"),
        ([0, 1, "Atlantis"], "the place for the evening"),
    ],
)
def test_an_answer_that_is_no_plan_is_illegal(answer: object, said: str) -> None:
    task = Itinerary.at(3)
    view = views.own_view(task.generate(1), "A")
    places = view.public("places")

    def named(value: object) -> object:
        if isinstance(value, dict):
            return {key: named(one) for key, one in value.items()}
        if isinstance(value, list):
            return [named(one) for one in value]
        return places[value] if isinstance(value, int) else value

    with pytest.raises(Illegal, match=said):
        task.parse(json.dumps({"answer": named(answer)}), view)


def test_an_option_that_is_not_known_is_refused() -> None:
    with pytest.raises(UsageError, match="preset"):
        Itinerary.at(3, presets="dialop")
    with pytest.raises(UsageError, match="dialop"):
        Itinerary.at(3, preset="dialog")


def test_the_one_who_knows_the_places_makes_the_plan_and_the_other_needs_no_more() -> None:
    task = Itinerary.at(5)
    for world in worlds(5, 10):
        episode, _ = play(task, world, "private", PLAYERS["honest"])
        claims = task.claims(episode.rounds[0].turns, views.own_view(world, "A"))

        assert {claim.seat for claim in claims if claim.kind == "propose"} == {"B"}
        assert len({*episode.rounds[0].answers.values()}) == 1


def test_scenes_are_many_and_read_like_english() -> None:
    assert len(SCENES) >= 4
    for scene in SCENES.values():
        assert len(scene.places) >= 6
        assert len(scene.pleasures) >= 4
        assert len(scene.nuisances) >= 2
        assert {"{a}", "{b}"} <= {word.strip(",.") for word in scene.story.replace("'s", "").split()}
        for topic in (*scene.pleasures, *scene.nuisances):
            assert is_plural(topic) == (topic.endswith("s") and not topic.endswith("ss")) or topic == "loud children", topic
            assert some(topic).endswith(topic)


def test_a_view_of_other_places_changes_nothing_in_the_brief() -> None:
    task = Itinerary.at(3)
    world = task.generate(4)
    own, whole = views.own_view(world, "A"), views.view(world, EVERYONE)
    bare = View(own.seats, own.names, (), (), tuple(fact for fact in own.facts if not fact.holders))

    assert task.brief(own) == task.brief(whole) == task.brief(bare)
