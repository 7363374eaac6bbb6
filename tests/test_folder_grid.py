"""A run folder takes up what belongs to it, may grow, and refuses everything else unchanged."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmark.running import folder as folder_module
from benchmark.running.folder import RunFolder, read_run, read_worlds
from benchmark.running.plan import Plan
from benchmark.vocabulary import FolderError, Sampling, UsageError
from benchmark.worlds import Generated, Stored
from tests.toy_folder import fill, opened, refused
from tests.toy_task import Toy, toy_plan


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    return fill(tmp_path / "runs" / "toy")


@pytest.mark.parametrize(
    ("other", "name"),
    [({"seed": 9}, "seed"), ({"model": "test:other"}, "model"), ({"sampling": Sampling(temperature=0.1)}, "sampling")],
)
def test_another_configuration_is_refused(filled: Path, other: dict[str, Any], name: str) -> None:
    with refused(filled, UsageError, f"another {name}"), opened(filled, replace(toy_plan(), **other)):
        pass


def test_another_revision_of_the_model_is_refused(filled: Path) -> None:
    with refused(filled, UsageError, "another models"), RunFolder.open(filled, toy_plan(), {"revision": "2"}):
        pass


def test_the_grid_may_grow(filled: Path) -> None:
    before = read_run(filled)
    three = replace(Toy.at(3, seats="3"), label="toy:seats=3")
    with opened(filled, replace(toy_plan("silent", n=2, repeats=3), sources=(Generated(three, 3),))) as folder:
        assert len(folder.done) == 3
    run = read_run(filled)

    assert run["grid"] == {"tasks": ["toy", "toy:seats=3"], "conditions": ["private", "silent"], "n": 4, "repeats": 3}
    assert run["plan"] == 2 * 2 * 4 * 3
    assert run["configuration"]["tasks"] == {"toy": 1, "toy:seats=3": 1}
    assert set(run["configuration"]["models"]) == {"A", "B", "C"}
    assert (run["id"], run["created"]) == (before["id"], before["created"])


def test_a_smaller_wish_leaves_the_grid(filled: Path) -> None:
    before = read_run(filled)
    with opened(filled, toy_plan(n=1)):
        assert read_run(filled) == before


def test_versions_that_change_are_all_kept(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_run(filled)
    monkeypatch.setattr(folder_module, "_versions", lambda: {"parley": "99.0"})
    for _ in range(2):
        with opened(filled):
            pass
    run = read_run(filled)

    assert run["versions"] == {"parley": "99.0"}
    assert [one["versions"] for one in run["earlier"]] == [before["versions"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "does not describe a run"),
        ("{}", "does not describe a run"),
        ('{"schema": 1, "id": "x"}', "does not describe a run"),
    ],
)
def test_a_broken_description_is_refused(filled: Path, content: str, words: str) -> None:
    (filled / "run.json").write_text(content)

    with refused(filled, FolderError, words), opened(filled):
        pass
    with refused(filled, FolderError, words):
        read_run(filled)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("id", 5), ("command", "bench"), ("command", [None]), ("versions", None), ("earlier", True), ("earlier", [1]), ("prices", [1]),
        ("git_commit", {}), ("shard", 7), ("plan", True), ("configuration.model", None), ("configuration.partners", None),
        ("configuration.partners", [{}]), ("configuration.factors", 5), ("configuration.sampling", True), ("configuration.levels", "3"),
        ("configuration.models", {"A": "x"}), ("configuration.seed", 1.5), ("configuration.panel", {}), ("configuration.challenge", 3),
        ("grid.tasks", [[]]), ("grid.conditions", [{}]), ("grid.n", 0), ("grid.repeats", 2**31), ("configuration.seed", float("inf")),
    ],
)  # fmt: skip
def test_a_description_that_was_changed_by_hand_is_refused_where_it_is_read(filled: Path, where: str, value: Any) -> None:
    run: Any = read_run(filled)
    part, _, key = where.rpartition(".")
    (run[part] if part else run)[key] = value
    (filled / "run.json").write_text(json.dumps(run))

    with refused(filled, FolderError, r"run\.json does not describe a run of Parley: "):
        read_run(filled)
    with refused(filled, FolderError, r"run\.json does not describe a run of Parley: "), opened(filled):
        pass


@pytest.mark.parametrize(("key", "value", "words"), [("schema", 2, "has schema 2"), ("kind", "human", "kind 'human'")])
def test_a_run_of_another_sort_is_refused(filled: Path, key: str, value: Any, words: str) -> None:
    (filled / "run.json").write_text(json.dumps(read_run(filled) | {key: value}))

    with refused(filled, FolderError, words), opened(filled):
        pass


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("dear to someone")

    with refused(tmp_path, FolderError, r"thesis\.tex"), opened(tmp_path):
        pass


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(FolderError, match="file"), opened(path):
            pass
        with pytest.raises(FolderError, match="is no run folder"):
            read_run(path)


def test_a_run_killed_while_it_was_made_is_made_again(tmp_path: Path) -> None:
    for name in (".lock", "worlds.jsonl", "worlds.jsonl.tmp", "run.json.tmp"):
        (tmp_path / name).write_text('{"half')
    with opened(tmp_path):
        assert read_run(tmp_path)["plan"] == 4


def stored_plan(label: str, seed: int, n: int = 5) -> Plan:
    task = replace(Toy.at(3), label=label)
    return replace(toy_plan(n=n), sources=(Stored(task, tuple(task.generate(seed + i) for i in range(3))),))


def test_worlds_that_no_seed_generates_are_stored_whole(tmp_path: Path) -> None:
    with opened(tmp_path, stored_plan("a", 1, n=2)):
        assert [(one["task"], one["index"]) for one in read_worlds(tmp_path)] == [("a", 0), ("a", 1), ("a", 2)]
    with opened(tmp_path, stored_plan("b", 7)):
        assert [one["task"] for one in read_worlds(tmp_path)] == ["a"] * 3 + ["b"] * 3
        assert read_run(tmp_path)["plan"] == 6
    with opened(tmp_path, toy_plan(n=9)):
        assert read_run(tmp_path)["plan"] == 3 + 3 + 9


@pytest.mark.parametrize("other", [stored_plan("a", 2), replace(toy_plan(), sources=(Generated(replace(Toy.at(3), label="a"), 3),))])
def test_other_worlds_under_one_name_are_refused(tmp_path: Path, other: Plan) -> None:
    with opened(tmp_path, stored_plan("a", 1)):
        pass
    with refused(tmp_path, UsageError, "other worlds of a"), opened(tmp_path, other):
        pass
