"""What every bond track owes: whole games that replay, keep what is private, and are reported round by round."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

import tasks
from benchmark import api
from benchmark.conformance import tracks
from benchmark.conformance.certificates import Certificate, Sample
from benchmark.running.folder import read_episodes
from benchmark.worlds import Generated
from tests.labels import TRACKS


@pytest.mark.parametrize("owed", tracks.OWED, ids=lambda owed: owed.__name__)
@pytest.mark.parametrize("label", TRACKS)
def test_every_track_holds_what_it_owes(label: str, owed: Certificate) -> None:
    assert [] == list(owed(sample(label)))


@cache
def sample(label: str) -> Sample:
    source = Generated(api.make_task(label, 3), 11)
    return Sample(source.task, tuple(source.world(index) for index in range(24)))


def test_every_track_is_among_those_that_are_tested() -> None:
    assert {label.partition(":")[0] for label in TRACKS} == set(tasks.BONDS)
    assert all(api.make_task(label, 3).track for label in TRACKS)
    assert [row["name"] for row in api.listing("tracks")] == list(tasks.BONDS)


@pytest.mark.parametrize("label", TRACKS)
def test_a_run_of_a_track_is_played_verified_scored_again_and_reported_by_round(label: str, tmp_path: Path) -> None:
    path, outcome = api.run(api.Wish(model="reference:honest", tasks=(label,), n=2), tmp_path / "run")
    document = api.report(path)
    label = document["cells"][0]["task"]
    records = list(read_episodes(path))

    assert outcome.complete
    assert {record["condition"] for record in records} == {"private"}, (
        "a track is played under the headline condition unless asked otherwise"
    )
    assert [] == list(api.verify(path))
    assert api.rescore(path) == (0, 2)
    assert document["overall"] == {} or label not in document["overall"]["tasks"]
    assert label not in document["mixed"].get("tasks", [])
    curves = document["curves"][label]["private"]
    assert curves
    for name, curve in curves.items():
        assert len(curve) == max(len(record["rounds"]) for record in records), name
        assert all(point is None or (point["low"] <= point["mean"] <= point["high"] and 1 <= point["n"] <= 2) for point in curve)
    json.dumps(document, allow_nan=False)
