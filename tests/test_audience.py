"""A seat that a fixed model plays whoever is tested: it hears and commits, ends no talk, and is nobody's partner."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Self

import pytest

from benchmark import api, views
from benchmark.conformance.voices import play
from benchmark.running.plan import Plan
from benchmark.streams import Stream
from benchmark.vocabulary import Seat, Turn, UsageError, View
from benchmark.worlds import Generated
from tests.toy_task import Toy


class Overheard(Toy):
    """Two people tell each other their digits while a third listens."""

    name: ClassVar[str] = "overheard"
    audience: ClassVar[Mapping[Seat, str]] = {"C": "reference:listener"}

    def next_speaker(self, view: View, turns: Sequence[Turn]) -> Seat:
        return view.seats[len(turns) % 2]


SPEC = f"{__name__}:Overheard"


def task() -> Overheard:
    return Overheard.at(3, seats="3")


def plan(**options: object) -> Plan:
    return Plan("m:tested", (Generated(task(), 3),), (views.CONDITIONS[views.HEADLINE],), n=2, **options)  # type: ignore[arg-type]


def test_the_audience_keeps_its_model_in_every_seating() -> None:
    alone = [dict(one.seats) for one in plan().episodes()]
    against = [dict(one.seats) for one in plan(partners=("m:other",)).episodes()]

    assert alone == [{"A": "m:tested", "B": "m:tested", "C": "reference:listener"}] * 2
    assert against[:2] == [
        {"A": "m:tested", "B": "m:other", "C": "reference:listener"},
        {"A": "m:other", "B": "m:tested", "C": "reference:listener"},
    ]
    assert all("/AB/" in one.id for one in plan().episodes())


@pytest.mark.parametrize("condition", [name for name, one in views.CONDITIONS.items() if one.talk == views.TURNS])
def test_the_talk_ends_when_those_who_speak_are_ready(condition: str) -> None:
    world = Generated(task(), 3).world(0)
    episode, recorder = play(task(), world, condition, lambda request: '{"answer": 3}' if request.schema else "Done. (ready)")

    assert [turn.seat for turn in episode.rounds[0].turns] == ["A", "B"]
    assert [request.kind for request in recorder.requests if request.seat == "C"] == ["commit"]
    assert [turn.text for turn in recorder.sent_to("C")[-1].heard] == ["Done. (ready)"] * 2


def test_the_audience_writes_no_script() -> None:
    class Apart(Overheard):
        def generate(self, seed: int, solvable: bool = True) -> object:  # type: ignore[override]
            from dataclasses import replace

            return replace(super().generate(seed, solvable), sides=(("A", "B"), ("C",)))

    apart = Apart.at(3, seats="3")
    world = Generated(apart, 3).world(0)
    episode, recorder = play(apart, world, "script", lambda request: '{"answer": 3}' if request.schema else f"{world.names[0]}: Hello.")

    assert [request.seat for request in recorder.requests if request.kind == "script"] == ["A"]
    assert episode.outcome == "decided"


def test_a_run_connects_the_audience_and_reports_self_play(tmp_path: Path) -> None:
    _, outcome = api.run(api.Wish(model="reference:honest", tasks=(f"{SPEC}:seats=3",), conditions=("private",), n=3), tmp_path / "run")
    (cell,) = api.report(tmp_path / "run")["cells"]
    first = json.loads((tmp_path / "run" / "episodes.jsonl").read_text().splitlines()[0])

    assert outcome.complete
    assert (cell["partner"], cell["n"]) == (None, 3)
    assert first["audience"] == ["C"]
    assert first["seats"]["C"] == "reference:listener"


def test_a_folder_completed_for_another_task_connects_its_audience_too(tmp_path: Path) -> None:
    """Its grid is one: what is asked for later completes the whole of it, tasks with an audience included."""
    for label, n in (("secret", 1), ("mutual_friend", 2)):
        wish = api.Wish(model="reference:honest", tasks=(label,), conditions=("private",), n=n)
        _, outcome = api.run(wish, tmp_path / "run")
        again = api.tournament(["reference:mute", "reference:none"], wish, tmp_path / "tournament")

    assert (outcome.planned, outcome.before, outcome.played, outcome.errors) == (4, 1, 3, 0)
    assert again["note"] == ""
    for folder in again["folders"]:
        lines = (tmp_path / "tournament" / folder / "episodes.jsonl").read_text().splitlines()
        assert sum('"task":"secret"' in line for line in lines) == len(lines) / 2 > 0


class Answered(Toy):
    """Two people who tell each other their digits; the task plays the second, who talks like any other."""

    name: ClassVar[str] = "answered"

    @property
    def fixed(self) -> Mapping[Seat, str]:
        return {"B": "reference:scripted"}

    def following(self, policy: str) -> Self:
        return replace(self, words=int(policy))

    def acts(self, view: View, heard: Sequence[Turn], seat: Seat, kind: str, stream: Stream) -> str:
        """Says how many turns it heard, how long turns are here, and a number that its seed gives."""
        return f"{len(heard)} of {self.words} ({stream.below(1000)})" if kind == "talk" else f'{{"answer": {len(view.facts)}}}'


ANSWERED = f"{__name__}:Answered"


def test_a_seat_that_the_task_plays_may_talk_and_commit(tmp_path: Path) -> None:
    path, outcome = api.run(api.Wish(model="reference:honest", tasks=(ANSWERED,), conditions=("private",), n=2), tmp_path / "run")
    records = [json.loads(line) for line in (path / "episodes.jsonl").read_text().splitlines()]
    said = [turn for turn in records[0]["rounds"][0]["turns"] if turn["seat"] == "B"]

    assert outcome.complete
    assert [re.sub(r"\(\d+\)", "(n)", turn["text"]) for turn in said] == ["1 of 24 (n)", "3 of 24 (n)", "5 of 24 (n)"]
    assert len({turn["text"] for one in records for turn in one["rounds"][0]["turns"] if turn["seat"] == "B"}) == 6, (
        "each call has its seed"
    )
    assert records[0]["rounds"][0]["answers"]["B"] == 3, "what its own view holds: the task, its digit and its sheet"
    assert records[0]["audience"] == ["B"]
    assert records[0]["seats"] == {"A": "reference:honest", "B": "reference:scripted"}
    assert set(records[0]["score"]["diagnosis"]) == {"A"}
    assert api.report(path, foreign=(ANSWERED,))["self_play"]
    assert [] == list(api.verify(path, (ANSWERED,)))


def test_where_the_task_plays_all_other_seats_partners_have_none() -> None:
    source = Generated(Answered.at(3), 3)
    plan = Plan("m:tested", (source,), (views.CONDITIONS[views.HEADLINE],), n=2, partners=("m:one", "m:other"))

    assert [dict(one.seats) for one in plan.episodes()] == [{"A": "m:tested", "B": "reference:scripted"}] * 2
    assert len({one.id for one in plan.episodes()}) == len(plan) == 2


def test_a_model_may_follow_a_policy_of_the_task_and_is_refused_where_there_is_none(tmp_path: Path) -> None:
    model = "reference:scripted?policy=7"
    path, _ = api.run(api.Wish(model=model, tasks=(ANSWERED,), conditions=("private",), n=1), tmp_path / "run")
    turns = json.loads((path / "episodes.jsonl").read_text().splitlines()[0])["rounds"][0]["turns"]

    assert ["of 7" in turn["text"] for turn in turns[:2]] == [True, False]
    with pytest.raises(UsageError, match="policies"):
        api.run(api.Wish(model=model, tasks=("mutual_friend",), conditions=("private",), n=1), tmp_path / "other")
    with pytest.raises(UsageError, match="script"):
        api.run(api.Wish(model="reference:scripted", tasks=("mutual_friend",), conditions=("private",), n=1), tmp_path / "another")
