"""A run of societies: reported beyond strangers, verified, and completed after it was cut off in the middle of a game."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pytest

from benchmark import api
from benchmark.bonds import centroids, pseudo_pairs, societies
from benchmark.running.folder import read_episodes
from benchmark.vocabulary import Completion, Request, Sampling, UsageError
from models import reference
from models.spec import Spec

TASK = "society:p=0.6,peers=adopting,rounds=3"


def test_a_report_says_what_societies_share_beyond_strangers(tmp_path: Path) -> None:
    """The two curves are those of the games as they were played; two plays of one world are no strangers to each other."""
    path, _ = api.run(api.Wish(model="reference:scripted", tasks=(TASK,), n=3, repeats=2), tmp_path / "run")
    curves = api.report(path)["curves"][TASK]["private"]
    planned = {episode.id: episode for episode in api.plan_of(path).episodes()}
    games = [societies.recorded(planned[record["id"]].world(), record) for record in read_episodes(path)]

    assert sorted(game.world for game in games if game.world is not None) == [0, 0, 1, 1, 2, 2]
    for name, measure in (("agreement_beyond", pseudo_pairs.agreement_beyond), ("known_beyond", pseudo_pairs.knowledge_beyond)):
        found = [measure(games, place) for place in range(3)]
        assert [point["mean"] for point in curves[name]] == pytest.approx([one.difference for one in found if one])
        assert [point["n"] for point in curves[name]] == [3, 3, 3]
        assert all(point["low"] <= point["mean"] <= point["high"] for point in curves[name])
    assert [] == list(api.verify(path))


def test_a_lone_world_has_no_strangers_and_no_such_curve(tmp_path: Path) -> None:
    path, _ = api.run(api.Wish(model="reference:scripted", tasks=(TASK,), n=1), tmp_path / "run")

    assert "agreement" in api.report(path)["curves"][TASK]["private"]
    assert "agreement_beyond" not in api.report(path)["curves"][TASK]["private"]


def test_what_was_recorded_is_read_as_what_the_score_saw(tmp_path: Path) -> None:
    path, _ = api.run(api.Wish(model="reference:honest", tasks=("society:rounds=4",), n=2), tmp_path / "run")
    planned = {episode.id: episode for episode in api.plan_of(path).episodes()}
    for record in read_episodes(path):
        curves = societies.curves(societies.recorded(planned[record["id"]].world(), record))
        for name, curve in curves.items():
            assert record["score"]["curves"][name] == pytest.approx(list(curve))


def test_talk_is_read_by_halves_and_moves_like_cards(tmp_path: Path) -> None:
    path, _ = api.run(api.Wish(model="reference:honest", tasks=("society:rounds=4",), n=1), tmp_path / "run")
    (record,) = read_episodes(path)
    early, late = centroids.talk_by_halves(record)

    said = [[turn["text"] for turn in played["turns"] if turn["seat"] == "A"] for played in record["rounds"]]
    assert early["A"] == "\n".join(said[0] + said[1])
    assert late["A"] == "\n".join(said[2] + said[3])
    assert set(centroids.movements(early, late)) == set("ABCDEFGH")


@dataclass
class Mortal:
    """A scripted player that is gone in the third round of every game as long as ``dies``."""

    dies: ClassVar[bool] = True
    name: str = "test:mortal"
    details: Mapping[str, Any] = field(default_factory=dict)

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        del sampling
        if self.dies and request.round == 2:
            return Completion("", finish="error", note="gone")
        return Completion(reference.scripted(request, ""))


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[Mortal]:
    del spec
    yield Mortal()


def test_a_game_that_dies_is_played_again_from_its_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it is on record but a failed attempt; the same command plays it whole, as if it had never died."""
    wish = api.Wish(model="tests.test_society_run:connect", tasks=(TASK,), n=2)
    path, first = api.run(wish, tmp_path / "run")

    assert not first.complete
    assert [] == list(read_episodes(path))
    monkeypatch.setattr(Mortal, "dies", False)
    _, then = api.run(wish, tmp_path / "run")
    undisturbed, _ = api.run(wish, tmp_path / "other")

    assert then.complete
    assert _games(path) == _games(undisturbed)
    assert [] == list(api.verify(path))


def test_a_folder_that_was_cut_in_the_middle_of_a_game_is_completed(tmp_path: Path) -> None:
    wish = api.Wish(model="reference:scripted", tasks=(TASK,), n=2)
    path, _ = api.run(wish, tmp_path / "run")
    whole = _games(path)
    lines = (path / "episodes.jsonl").read_bytes()
    (path / "episodes.jsonl").write_bytes(lines[: len(lines) * 3 // 4])

    _, outcome = api.run(wish, tmp_path / "run")

    assert outcome.complete
    assert _games(path) == whole
    assert [] == list(api.verify(path))


def _games(path: Path) -> list[Any]:
    return sorted((record["index"], record["rounds"], record["score"]) for record in read_episodes(path))


@pytest.mark.parametrize(("model", "task"), [("reference:scripted", "society"), ("reference:scripted?policy=sly", TASK)])
def test_a_script_that_nobody_wrote_is_refused_with_those_there_are(model: str, task: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="adopting"):
        api.run(api.Wish(model=model, tasks=(task,), n=1), tmp_path / "run")
