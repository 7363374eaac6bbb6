"""What `bench check` finds where a bond track lacks what it owes: a sound one passes, and each planted defect is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from benchmark import api, instances
from benchmark.conformance import tracks
from benchmark.conformance.certificates import Certificate, Sample
from benchmark.streams import Stream
from benchmark.vocabulary import Answer, Message, Score, Seat, Turn, View, World
from benchmark.worlds import Generated
from tests.toy_task import Toy


class Counting(Toy):
    """Three rounds of adding up, of which how often somebody was right is a curve; the task plays the second seat."""

    name: ClassVar[str] = "counting"
    track: ClassVar[bool] = True

    @property
    def fixed(self) -> Mapping[Seat, str]:
        return {"B": "reference:scripted"}

    def acts(self, view: View, heard: Sequence[Turn], seat: Seat, kind: str, stream: Stream) -> str:
        return "Well." if kind == "talk" else '{"answer": 3}'

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        done = 1 + max([int(fact.slot[1]) for fact in world.facts if fact.slot[0] == "answered"], default=0)
        return Score(False, 0.0, 0.0, 1.0, parts={"p/A": 0.5}, curves={"right/A": (0.0,) * done})


SOUND = Counting.score
SPEC = f"{__name__}:Counting"
TASK = replace(Counting.at(3, rounds="3"), label="counting")


def sample(task: Toy = TASK) -> Sample:
    source = Generated(task, 5)
    return Sample(task, tuple(source.world(index) for index in range(12)))


def test_a_sound_track_of_a_strangers_passes() -> None:
    findings = list(api.check(f"{SPEC}:rounds=3", (3,)))

    assert [] == [(one.name, one.seen) for _, one in findings if one.verdict == "failed"]
    assert len(findings) == len(tracks.OWED) + 2


def scoring(**changes: Any) -> Callable[[Any, World, Any], Score]:
    def score(self: Any, world: World, answers: Any) -> Score:
        del self
        return replace(SOUND(TASK, world, answers), **changes)

    return score


def total_only_at_the_end(self: Any, world: World, answers: Mapping[Seat, Answer]) -> Score:
    del self
    return replace(SOUND(TASK, world, answers), raw=float(answers["A"]))


def lasting(self: Any, seed: int, solvable: bool = True) -> World:
    return replace(Toy.generate(self, seed, solvable), rounds=2)


def mumbling(self: Any, *_: Any) -> str:
    return "Hm."


DEFECTS: dict[str, tuple[dict[str, Any], Certificate, str]] = {
    "a curve too short": ({"score": scoring(curves={"x": (0.0,)})}, tracks.whole_games_are_scored_round_by_round, "1 numbers for 3 rounds"),
    "no curve": ({"score": scoring(curves={})}, tracks.whole_games_are_scored_round_by_round, "no curve"),
    "a seat that there is not": ({"score": scoring(parts={"p/Z": 1.0})}, tracks.whole_games_are_scored_round_by_round, "'p/Z'"),
    "a number that is none": ({"score": scoring(parts={"p": float("nan")})}, tracks.whole_games_are_scored_round_by_round, "ValueError"),
    "a script that gives no answer": ({"acts": mumbling}, tracks.whole_games_are_scored_round_by_round, "illegal:B"),
    "a score of whole games alone": ({"score": total_only_at_the_end}, tracks.a_game_that_breaks_off_can_be_scored, "TypeError"),
    "a length of its own that all are told": ({"generate": lasting}, tracks.worlds_say_how_long_they_last, "everybody is told"),
    "no length of its own": ({"open_ended": True}, tracks.worlds_say_how_long_they_last, "nobody is told"),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_every_planted_defect_is_found_and_named(defect: str) -> None:
    changes, owed, seen = DEFECTS[defect]
    assert [] == list(owed(sample()))
    planted: type[Counting] = type("Planted", (Counting,), changes)
    try:
        found = list(owed(sample(replace(planted.at(3, rounds="3"), label="counting"))))
    except (TypeError, ValueError) as error:  # `bench check` takes what a check raises for its finding
        found = [type(error).__name__]

    assert any(seen in one for one in found), found


def test_a_prompt_that_is_worded_anew_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    real = instances.Instance.asked

    def asked(self: instances.Instance, line: str) -> tuple[Message, ...]:
        chat = real(self, line)
        return (("user", f"{len(chat)} messages so far.\n\n{chat[0][1]}"), *chat[1:])

    assert [] == list(tracks.prompts_only_grow_at_their_end(sample()))
    monkeypatch.setattr(instances.Instance, "asked", asked)

    assert any("worded anew" in found for found in tracks.prompts_only_grow_at_their_end(sample()))
