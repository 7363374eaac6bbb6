"""A seat that a fixed model plays whoever is tested: it hears and commits, ends no talk, and is nobody's partner."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import pytest

from benchmark import api, views
from benchmark.conformance.voices import play
from benchmark.plan import Plan
from benchmark.vocabulary import Seat, Turn, View
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
