"""Completions on record, played again: the same scores, the same reply each time, and plain words where there is none."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import models
from benchmark import api
from benchmark.records import Document, canonical, sealed
from benchmark.vocabulary import Completion, ConnectError, Request, Sampling
from models.spec import parse_spec
from tests.test_cli import bench

GRID = ("--task", "mutual_friend", "--task", "hidden_profile", "--n", "3", "--quiet")


def records(folder: Path) -> dict[str, Document]:
    """The episodes of a run, by all of their ids but the model's own hash."""
    lines = (folder / "episodes.jsonl").read_text("utf-8").splitlines()
    return {document["id"].rpartition("/")[0]: document for document in map(json.loads, lines)}


def play(out: Path, *words: str | Path, grid: tuple[str, ...] = GRID) -> Path:
    done = bench("run", *words, *grid, "--out", out)
    assert done.exit_code == 0, done.output
    return out


@pytest.fixture
def honest(tmp_path: Path) -> Path:
    """A run of reference:honest in every condition of the preset."""
    return play(tmp_path / "honest", "--model", "reference:honest")


def asked(spec: str, request: Request) -> Completion:
    async def ask() -> Completion:
        async with models.connect(parse_spec(spec)) as model:
            first, second = await asyncio.gather(model.complete(request, Sampling()), model.complete(request, Sampling(temperature=0)))
            assert first == second
            return first

    return asyncio.run(ask())


def test_a_run_replayed_is_the_same_run(honest: Path, tmp_path: Path) -> None:
    again = play(tmp_path / "again", "--model", f"replay:{honest}")

    theirs, ours = records(honest), records(again)
    assert theirs.keys() == ours.keys()
    for name, document in ours.items():
        for part in ("calls", "rounds", "score", "outcome"):
            assert canonical({"x": document[part]}) == canonical({"x": theirs[name][part]})
    details = json.loads((again / "run.json").read_text())["configuration"]["models"]["A"]
    assert details["replayed_run"] == json.loads((honest / "run.json").read_text())["id"]
    assert details["replayed_model"] == "reference:honest"
    assert bench("verify", again).exit_code == 0


def test_a_record_can_be_the_partner(honest: Path, tmp_path: Path) -> None:
    game = ("--task", "mutual_friend", "--condition", "private", "--n", "3", "--quiet")
    met = play(tmp_path / "met", "--model", "reference:honest", "--partner", f"replay:{honest}", grid=game)

    for one in records(met).values():
        same = records(honest)[f"mutual_friend/3/private/{one['index']}/0/AB"]
        assert (one["score"], one["rounds"]) == (same["score"], same["rounds"])
    assert bench("verify", met).exit_code == 0


def test_what_is_not_on_record_is_an_error_of_its_episode_that_says_so(honest: Path, tmp_path: Path) -> None:
    wider = bench("run", "--model", f"replay:{honest}", "--task", "mutual_friend", "--condition", "private", "--n", "5", "--quiet",
                  "--out", tmp_path / "wider")  # fmt: skip

    assert wider.exit_code == 3, wider.output
    assert len(records(tmp_path / "wider")) == 3
    assert f"replay:{honest} has no talk on record" in (tmp_path / "wider" / "attempts.jsonl").read_text()


def test_chat_kind_and_sampling_seed_all_count(honest: Path) -> None:
    request = api.first_requests("mutual_friend", 0, "private", 3, 0)[0]
    call = records(honest)["mutual_friend/3/private/0/0/AB"]["calls"][0]

    assert asked(f"replay:{honest}", request).text == call["raw"]
    assert call["seed"] == request.seed
    for other in (replace(request, seed=request.seed + 1), replace(request, kind="commit"), replace(request, chat=(("user", "x"),))):
        assert asked(f"replay:{honest}", other).finish == "error"


def test_a_record_without_sampling_seeds_is_replayed_by_chat_and_kind(honest: Path) -> None:
    lines = [json.loads(line) for line in (honest / "episodes.jsonl").read_text().splitlines()]
    for call in (call for document in lines for call in document["calls"]):
        del call["seed"]
    (honest / "episodes.jsonl").write_text("".join(canonical(sealed(document)) + "\n" for document in lines))

    assert asked(f"replay:{honest}", api.first_requests("mutual_friend", 0, "private", 3, 0)[0]).finish == "stop"


def test_where_partners_played_each_models_own_words_are_given(tmp_path: Path) -> None:
    game = ("--task", "mutual_friend", "--condition", "private", "--n", "2", "--quiet")
    met = play(tmp_path / "met", "--model", "reference:honest", "--partner", "reference:mute", grid=game)
    opening = api.first_requests("mutual_friend", 0, "private", 3, 0)[0]

    assert asked(f"replay:{met}", opening).text
    assert not asked(f"replay:{met}?model=reference:mute", opening).text


def torn(run: Path) -> None:
    with (run / "episodes.jsonl").open("ab") as file:
        file.write(b'{"id": "half a li')


def test_a_line_still_being_written_is_passed_over(honest: Path) -> None:
    torn(honest)

    assert asked(f"replay:{honest}", api.first_requests("mutual_friend", 0, "private", 3, 0)[0]).finish == "stop"


def replaced(name: str, text: str) -> Callable[[Path], Any]:
    return lambda run: (run / name).write_text(text)


@pytest.mark.parametrize(
    ("harm", "options", "said"),
    [
        (lambda run: (run / "run.json").unlink(), "", "is no run folder"),
        (lambda run: (run / "episodes.jsonl").unlink(), "", "is no run folder"),
        (replaced("run.json", "[]"), "", "cannot be read"),
        (replaced("run.json", "[" * 100_000), "", "cannot be read"),
        (replaced("episodes.jsonl", '{"calls": [{"seat": "A"}]}\n'), "", "line 1 of episodes.jsonl"),
        (replaced("episodes.jsonl", "null\n"), "", "line 1 of episodes.jsonl"),
        (replaced("episodes.jsonl", ""), "", "holds no call"),
        (lambda run: None, "?model=reference:mute", "The run tested reference:honest"),
    ],
)
def test_a_folder_that_cannot_be_replayed_is_said_plainly(honest: Path, harm: Callable[[Path], Any], options: str, said: str) -> None:
    harm(honest)

    with pytest.raises(ConnectError, match=said):
        asked(f"replay:{honest}{options}", api.first_requests("mutual_friend", 0, "private", 3, 0)[0])


def test_a_missing_folder_ends_the_command_before_anything_is_written(tmp_path: Path) -> None:
    done = bench("run", "--model", f"replay:{tmp_path / 'none'}", "--out", tmp_path / "out")

    assert (done.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert "is no run folder" in done.output
