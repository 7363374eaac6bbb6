"""Reference players hold their bands: honesty grounds, everything else fails in its own way and in no other.

Each figure is the mean of the solvable and the no-solution stratum over worlds of run seed 7: 40 at the middle level, 20 at the others.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import cache
from statistics import mean
from typing import Any

import pytest

from benchmark import api, views
from benchmark.records import Document
from benchmark.running.drive import drive, record
from benchmark.running.plan import Plan
from benchmark.vocabulary import Completion, Request, Sampling, World
from benchmark.worlds import Generated
from models.reference import PLAYERS, connect
from models.spec import parse_spec
from tests.labels import DECLINING, GROUNDING
from tests.labels import EVERY as EVERYONE
from tests.labels import PLAIN as LABELS

LEVELS = [1, 2, 3, 4, 5]
UNGROUNDED = ["egocentric", "mute", "random", "parrot", "none"]


@cache
def world(label: str, level: int, index: int) -> World:
    """Everyone plays the same worlds, under every condition: each is made once."""
    return Generated(api.make_task(label, level), 7).world(index)


@cache
def records(player: str, label: str, level: int = 3, condition: str = "private", n: int | None = None) -> tuple[Document, ...]:
    if n is None:
        return records(player, label, level, condition, 40 if level == 3 else 20)
    spec = f"reference:{player}"
    plan = Plan(spec, (Generated(api.make_task(label, level), 7),), (views.CONDITIONS[condition],), seed=7, n=n)

    async def play() -> tuple[Document, ...]:
        async with connect(parse_spec(spec)) as model:

            async def complete(request: Request) -> Completion:
                heard_only = request.seat in request.task.audience
                return Completion(PLAYERS["listener"](request)) if heard_only else await model.complete(request, Sampling())

            played = [(e, world(label, level, e.index)) for e in plan.episodes()]
            return tuple([record(e, where, await drive(e, where, complete)) for e, where in played])

    return asyncio.run(play())


def rate(player: str, label: str, what: str = "success", **where: Any) -> float:
    strata: dict[bool, list[bool]] = {}
    for document in records(player, label, **where):
        strata.setdefault(document["solvable"], []).append(bool(document["score"][what]))
    return mean(mean(found) for found in strata.values())


def due(label: str, **where: Any) -> float:
    """What can be reached: all of it, or before an audience that may be right by luck, what those get who know and are silent."""
    return rate("mute", label, **{**where, "condition": "solo"}) if api.make_task(label, 3).audience else 1.0


def value(player: str, label: str, **where: Any) -> float:
    scores = [document["score"]["value"] for document in records(player, label, **where)]
    gained = sum(s["raw"] - s["floor"] for s in scores)
    return float(gained / sum(s["best"] - s["floor"] for s in scores))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("label", EVERYONE)
def test_honest_grounds_at_every_level(label: str, level: int) -> None:
    assert rate("honest", label, level=level) >= 0.95 * due(label, level=level)
    assert label not in GROUNDING or rate("honest", label, "grounding_success", level=level) >= 0.95
    assert rate("honest", label, "lucky", level=level) <= 0.05


@pytest.mark.parametrize("condition", ["mindreader", "omniscient", "solo", "script"])
@pytest.mark.parametrize("player", ["honest", "egocentric"])
@pytest.mark.parametrize("label", EVERYONE)
def test_with_all_facts_in_sight_the_answer_is_found(player: str, label: str, condition: str) -> None:
    if player == "egocentric" and condition != "solo" and api.make_task(label, 3).audience:
        assert rate(player, label, condition=condition) == 0, "it says the answer aloud, and the audience hears it"
    else:
        assert rate(player, label, condition=condition) == due(label)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("label", EVERYONE)
def test_solo_is_flat_over_levels(label: str, level: int) -> None:
    assert rate("honest", label, condition="solo", level=level, n=20) == due(label, level=level, n=20)


@pytest.mark.parametrize("player", ["egocentric", "mute", "random", "parrot", "honest"])
@pytest.mark.parametrize("label", EVERYONE)
def test_without_talk_there_is_only_luck(player: str, label: str) -> None:
    assert rate(player, label, condition="silent") <= 0.5


@pytest.mark.parametrize("player", UNGROUNDED)
@pytest.mark.parametrize("label", EVERYONE)
def test_who_does_not_ground_is_near_the_floor(player: str, label: str) -> None:
    assert rate(player, label) <= 0.5
    assert rate(player, label, "grounding_success") == 0.0


@pytest.mark.parametrize("easier", [True, False], ids=["easier", "harder"])
@pytest.mark.parametrize("player", UNGROUNDED)
@pytest.mark.parametrize("label", EVERYONE)
def test_at_every_level_who_does_not_ground_is_near_the_floor_and_right_only_with_all_in_sight(
    player: str, label: str, easier: bool
) -> None:
    """Of the two levels that are easier than the third, and of the two that are harder, each player meets one in each task, in turn."""
    level = ((1, 2) if easier else (4, 5))[(UNGROUNDED.index(player) + EVERYONE.index(label)) % 2]
    assert rate(player, label, level=level, n=16) <= 0.5
    assert rate(player, label, "grounding_success", level=level, n=16) == 0.0
    assert rate(player, label, level=level, condition="silent", n=16) <= 0.5
    sighted = rate(player, label, level=level, condition="mindreader", n=16)
    told_aloud = player == "egocentric" and api.make_task(label, level).audience
    seen = player in ("egocentric", "mute", "parrot") and not told_aloud
    assert sighted == due(label, level=level, n=16) if seen else sighted <= 0.5


@pytest.mark.parametrize("level", [1, 2, 4, 5])
@pytest.mark.parametrize("label", EVERYONE)
def test_at_every_level_a_broken_commit_is_illegal(label: str, level: int) -> None:
    assert {document["outcome"] for document in records("garbled", label, level, n=4)} == {"illegal:A"}


@pytest.mark.parametrize("level", [4, 5])
@pytest.mark.parametrize("label", EVERYONE)
def test_at_harder_levels_a_liar_grounds_hardly_anybody(label: str, level: int) -> None:
    assert rate("liar", label, "grounding_success", level=level, n=16) <= 0.15


@pytest.mark.parametrize("level", [3, 4, 5])
@pytest.mark.parametrize("label", EVERYONE)
def test_reciting_everything_loses_to_choosing(label: str, level: int) -> None:
    assert rate("dump", label, level=level) <= rate("honest", label, level=level) - 0.3


@pytest.mark.parametrize("label", [label for label in LABELS if label in GROUNDING])
def test_forgetting_more_grounds_less(label: str) -> None:
    doses = [rate(f"forgetful?p={p}", label, "grounding_success") for p in ("0", "0.4", "0.8", "1")]

    assert doses == sorted(doses, reverse=True)
    assert doses[0] >= 0.95
    assert doses[-1] <= 0.1


@pytest.mark.parametrize("label", LABELS)
def test_what_a_liar_says_grounds_nobody(label: str) -> None:
    assert rate("liar", label, "grounding_success") <= 0.1
    assert rate("liar", label) <= 0.5


@pytest.mark.parametrize("label", EVERYONE)
def test_garbled_commits_are_illegal_and_nothing_else(label: str) -> None:
    outcomes = Counter(document["outcome"] for document in records("garbled", label))

    assert outcomes == {"illegal:A": 40}
    assert not any(document["score"]["success"] for document in records("garbled", label))


@pytest.mark.parametrize("label", DECLINING)
def test_declining_is_right_only_where_nothing_is_right(label: str) -> None:
    assert all(document["score"]["success"] == (not document["solvable"]) for document in records("none", label))


@pytest.mark.parametrize("player", ["honest", "dump", "egocentric", "leaky", "liar", "forgetful?p=0.4"])
@pytest.mark.parametrize("label", EVERYONE)
def test_nobody_is_psychic_who_sees_only_their_own(player: str, label: str) -> None:
    assert sum(document["score"]["psychic"] for document in records(player, label)) == 0


@pytest.mark.parametrize("label", EVERYONE)
def test_leaky_is_psychic_where_it_sees_all(label: str) -> None:
    assert all(document["score"]["psychic"] > 0 for document in records("leaky", label, condition="mindreader"))


@pytest.mark.parametrize("label", LABELS)
def test_value_is_one_for_honest_and_at_most_the_floor_for_egocentric(label: str) -> None:
    assert value("honest", label) >= 0.9
    assert value("egocentric", label) <= 0.1


@pytest.mark.parametrize("label", [label for label in EVERYONE if not api.make_task(label, 3).audience])
def test_honest_presents_what_is_needed(label: str) -> None:
    needed = sum(document["score"]["facts"]["needed"] for document in records("honest", label))
    presented = sum(document["score"]["facts"]["presented"] for document in records("honest", label))

    assert needed
    assert presented >= 0.5 * needed
    assert all(document["score"]["facts"]["presented"] == 0 for document in records("mute", label))
