"""Practice: the learner is shown what a model is sent, on worlds that no run plays, and the same seeds give the same episodes."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any

import pytest

import tasks
from benchmark.answers import write_answer
from benchmark.api import Environment, Practice, UsageError, as_gymnasium
from benchmark.running.drive import replay
from benchmark.task import Task
from benchmark.vocabulary import Completion, ConnectError, Request
from benchmark.worlds import Practised, challenge_seed, world_seed
from models.reference import honest

SILENT = "I have nothing to say. (ready)"


def taught(practice: Practice, seed: int = 0, number: int = 0) -> Any:
    """A lesson in which the learner plays like the honest reference player."""

    async def play() -> Any:
        async def learner(request: Request) -> Completion:
            return Completion(honest(request))

        async with practice.partners() as partners:
            return await practice.play(practice.planned(seed, number), partners, learner)

    return asyncio.run(play())


def played(environment: Environment, seed: int | None, replies: str = write_answer(None)) -> list[Any]:
    """Everything that an episode gave to one who says nothing and always commits to ``replies``."""
    observation, info = environment.reset(seed=seed)
    seen: list[Any] = [observation]
    while True:
        found = environment.step(replies if info["schema"] else SILENT)
        seen.append(found)
        info = found[4]
        if found[2] or found[3]:
            return seen


def test_an_observation_is_the_prompt_to_the_byte_and_says_no_more_than_the_view() -> None:
    practice = Practice(task="mutual_friend", seat="B")
    with Environment(practice) as environment:
        first, *steps = played(environment, 7)
    record, planned = steps[-1][4]["record"], practice.planned(7)
    asked: list[Request] = []
    mine = [call for call in record["calls"] if call["seat"] == "B"]
    replay(planned, planned.world(), record["calls"], asked.append)
    observations = [first, *(step[0] for step in steps[:-1])]

    assert [hashlib.sha256(text.encode()).hexdigest() for text in observations] == [call["chat_sha256"] for call in mine]
    assert [json.loads(text) for text in observations] == [list(map(list, one.chat)) for one in asked if one.seat == "B"]
    assert {step[0] for step in steps[-1:]} == {"[]"}


def test_what_the_others_hold_reaches_no_observation() -> None:
    """Their private facts and canaries, before anybody said them."""
    practice = Practice(task="hidden_profile", partner="reference:mute")
    with Environment(practice) as environment:
        observations = [one if isinstance(one, str) else one[0] for one in played(environment, 3)]
    hidden = [fact for fact in practice.planned(3).world().facts if fact.holders and "A" not in fact.holders]

    assert len(hidden) > 3
    assert [] == [fact.text for fact in hidden for text in observations if json.dumps(fact.text)[1:-1] in text]


def test_the_same_seed_gives_the_same_episode_and_the_next_one_another() -> None:
    with Environment() as one, Environment() as other:
        first, second = played(one, 5), played(one, None)
        again = played(other, 5)

        assert first == again
        assert first[0] != second[0]
        assert second == played(other, None)
        assert other.reset(seed=6)[0] not in (first[0], second[0])


def test_practice_and_evaluation_share_no_world_seed() -> None:
    """By construction: their ranges do not meet, whatever the seeds."""
    task = tasks.TASKS["route"].at(3)
    practised = [Practised(task, seed).seed_of(index) for seed in (0, 1, 2**40) for index in range(200)]
    evaluated = [world_seed(seed, task, index) for seed in (0, 1, 2**40) for index in range(200)]
    challenged = [challenge_seed("ab" * 16, task, index) for index in range(200)]

    assert min(practised) >= 2**48 > max(evaluated + challenged)
    assert len(set(practised)) == len(practised)


def test_worlds_without_a_solution_come_as_often_as_the_task_has_them_whatever_seeds_are_used() -> None:
    task: Task = tasks.TASKS["mutual_friend"].at(3)
    without = sum(not Practised(task, seed).world(0).solvable for seed in range(200))

    assert 0.5 * task.no_solution < without / 200 < 1.5 * task.no_solution


@pytest.mark.parametrize(
    ("task", "reward"), [("mutual_friend", "grounding_success"), ("assignment", "value"), ("deal", "success"), ("secret", "value")]
)
def test_who_plays_well_is_rewarded(task: str, reward: str) -> None:
    """Tasks whose other seat a fixed model plays included; nothing but the last step is worth anything."""
    practice = Practice(task=task, reward=reward)
    lessons = [taught(practice, number=number) for number in range(3)]
    with Environment(practice) as environment:
        *before, last = [step[1] for step in played(environment, 0)[1:]]

    assert all(lesson.counts for lesson in lessons)
    assert sum(lesson.reward for lesson in lessons) / 3 > last
    assert set(before) <= {0.0}


def test_a_failure_of_the_learners_is_worth_nothing_and_a_partners_does_not_count() -> None:
    with Environment(Practice(reward="success")) as environment:
        *_, (_, reward, terminated, truncated, info) = played(environment, 0, "no answer")
        assert (reward, terminated, truncated, info["outcome"]) == (0.0, True, False, "illegal:A")
    with Environment(Practice(partner="reference:garbled")) as environment:
        *_, (_, reward, terminated, truncated, info) = played(environment, 0)
        assert (reward, terminated, truncated, info["outcome"][:8]) == (0.0, False, True, "illegal:")


def test_an_episode_may_be_left_for_another_and_a_partner_of_ones_own_may_play() -> None:
    with Environment(Practice(partner="tests.hostile_speaker:connect")) as environment:
        environment.reset(seed=1)
        environment.step("Hello.")
        assert len(played(environment, 1)) > 2
    with pytest.raises(UsageError, match="call reset first"):
        environment.step("Hello.")


def test_it_works_where_a_loop_runs() -> None:
    async def cell() -> int:
        with Environment() as environment:
            return len(played(environment, 2))

    assert asyncio.run(cell()) > 2


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"task": "no_such"}, "no_such"),
        ({"seat": "Q"}, "no seat 'Q'"),
        ({"condition": "omniscient"}, "one instance for several seats"),
        ({"condition": "solo", "reward": "grounding_success"}, "not measured"),
        ({"task": "deal", "reward": "grounding_success"}, "not measured"),
        ({"partner": "human"}, "nobody can sit through"),
        ({"reward": "fame"}, "fame"),
    ],
)
def test_what_cannot_be_practised_is_said(given: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        Practice(**given)


def test_a_partner_that_is_not_there_is_an_error_and_leaves_no_thread() -> None:
    environment = Environment(Practice(partner="openai:x?base_url=http://127.0.0.1:1/v1"))
    with pytest.raises(ConnectError):
        environment.reset(seed=0)
    environment.close()


def test_gymnasium_finds_nothing_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    checker = pytest.importorskip("gymnasium.utils.env_checker", reason="the extra `train` is not installed")
    environment = as_gymnasium(Practice(task="mutual_friend"))
    checker.check_env(environment, skip_render_check=True)
    environment.close()


def test_without_gymnasium_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "gymnasium", None)
    with pytest.raises(UsageError, match="parley-bench\\[train\\]"):
        as_gymnasium()
