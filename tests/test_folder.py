"""A run folder keeps what was acknowledged, whatever is done to it; what is not its own it leaves alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from benchmark import folder as folder_module
from benchmark.folder import RunFolder, read_attempts, read_episodes, read_run, read_worlds, replace_episodes
from benchmark.plan import Plan
from benchmark.records import Document, canonical, sealed
from benchmark.vocabulary import FolderError, ParleyError, Sampling, UsageError
from benchmark.worlds import Generated, Stored
from tests.toy_task import Toy, toy_plan, toy_records

DETAILS = {"revision": "1"}
ATTEMPT = {"id": "x", "when": "2026-01-01T00:00:00+00:00", "what": "503", "retried": True}


@lru_cache
def records() -> tuple[Document, ...]:
    return tuple(toy_records(toy_plan()))


def lines(path: Path, name: str = "episodes.jsonl") -> bytes:
    return (path / name).read_bytes()


def line(document: Document) -> bytes:
    return canonical(document).encode() + b"\n"


def contents(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in path.iterdir()}


def opened(path: Path, plan: Plan | None = None) -> Any:
    return RunFolder.open(path, plan or toy_plan(), DETAILS, ["bench", "run"])


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A folder with three of four episodes and one failed attempt."""
    path = tmp_path / "runs" / "toy"
    with opened(path) as folder:
        for document in records()[:3]:
            folder.append(document)
        folder.attempt(ATTEMPT)
    return path


@contextmanager
def refused(path: Path, kind: type[ParleyError], words: str) -> Iterator[None]:
    """The folder is refused with ``words``, and nothing in it is changed."""
    before = contents(path)
    with pytest.raises(kind, match=words):
        yield

    assert before == contents(path)


def test_a_new_folder_says_what_will_be_played(tmp_path: Path) -> None:
    with opened(tmp_path / "new"):
        run = read_run(tmp_path / "new")

    assert (run["schema"], run["kind"], run["plan"], run["command"]) == (1, "model", 4, ["bench", "run"])
    assert run["configuration"]["models"] == {"A": {"spec": "test:adder", "revision": "1"}, "B": {"spec": "test:adder", "revision": "1"}}
    assert run["grid"] == {"tasks": ["toy"], "conditions": ["private"], "n": 4, "repeats": 1}
    assert {"parley", "python"} <= set(run["versions"])
    assert run["git_commit"] is None or len(run["git_commit"].removesuffix("-dirty")) == 40
    assert run["created"].endswith("+00:00")


def test_what_is_recorded_is_found_again(filled: Path) -> None:
    assert list(read_episodes(filled)) == list(records()[:3])
    assert list(read_attempts(filled)) == [ATTEMPT]
    with opened(filled) as folder:
        assert folder.done == {document["id"] for document in records()[:3]}


def test_opening_changes_nothing_that_is_whole(filled: Path) -> None:
    before = contents(filled)
    with opened(filled):
        pass

    assert before == contents(filled)


def test_an_episode_is_recorded_once(filled: Path) -> None:
    with opened(filled) as folder, pytest.raises(ValueError, match="recorded already"):
        folder.append(records()[0])

    assert len(list(read_episodes(filled))) == 3


def test_a_last_line_cut_at_any_byte_is_set_aside(filled: Path) -> None:
    whole, last = line(records()[0]), line(toy_records(toy_plan("silent", n=1))[0])
    aside = b""
    for cut in range(1, len(last)):
        (filled / "episodes.jsonl").write_bytes(whole + last[:cut])
        aside += last[:cut]
        with opened(filled) as folder:
            assert folder.done == {records()[0]["id"]}
        assert lines(filled) == whole

    assert lines(filled, "episodes.jsonl.torn") == aside


def test_after_a_torn_line_the_episode_can_be_recorded_again(filled: Path) -> None:
    before = lines(filled)
    (filled / "episodes.jsonl").write_bytes(before[:-1])
    with opened(filled) as folder:
        folder.append(records()[2])

    assert lines(filled) == before


@pytest.mark.parametrize("tail", [b"\0" * 50, b"\0" * 50 + b"\n", b'{"id": "x"\n', b"\xff\xfe", b"[" * 100_000, b"\n"])
def test_a_last_line_that_is_no_json_is_set_aside(filled: Path, tail: bytes) -> None:
    before = lines(filled)
    (filled / "episodes.jsonl").write_bytes(before + tail)
    with opened(filled) as folder:
        assert len(folder.done) == 3

    assert (lines(filled), lines(filled, "episodes.jsonl.torn")) == (before, tail)


def test_a_torn_attempt_is_set_aside(filled: Path) -> None:
    before = lines(filled, "attempts.jsonl")
    (filled / "attempts.jsonl").write_bytes(before + before[:30])
    with opened(filled):
        pass

    assert (lines(filled, "attempts.jsonl"), lines(filled, "attempts.jsonl.torn")) == (before, before[:30])


def test_a_reader_passes_over_a_torn_line_and_counts_it(filled: Path) -> None:
    (filled / "episodes.jsonl").write_bytes(lines(filled)[:-7])
    with refused(filled, ParleyError, "read to its end"):
        found = read_episodes(filled)
        assert [document["id"] for document in found] == [document["id"] for document in records()[:2]]
        assert found.torn == 1
        raise ParleyError("read to its end")


def changed(document: Document, **new: Any) -> bytes:
    return line({**document, **new})


DAMAGES = {
    "cut": (line(records()[1])[:40] + b"\n", "not a JSON object"),
    "empty": (b"\n", "not a JSON object"),
    "a list": (b"[1]\n", "not a JSON object"),
    "a key gone": (line({k: v for k, v in records()[1].items() if k != "score"}), "lacks score"),
    "another outcome": (changed(records()[1], outcome="illegal:A"), "its digest"),
    "an id that is no text": (line(sealed({**records()[1], "id": ["x"]})), "its digest"),
    "not a number": (line(records()[1]).replace(b'"cost":0.0', b'"cost":NaN'), "its digest"),
    "deep": (line(records()[1]).replace(b'"cost":0.0', b'"cost":' + b"[" * 5000 + b"]" * 5000), ""),
    "another schema": (line(sealed({**records()[1], "schema": 2})), "its schema is 2"),
    "doubled": (line(records()[0]), "stands in the file twice"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_line_is_named_and_left(filled: Path, damage: str) -> None:
    bad, words = DAMAGES[damage]
    (filled / "episodes.jsonl").write_bytes(line(records()[0]) + bad + line(records()[2]))

    with refused(filled, FolderError, f"episodes.jsonl, line 2: .*{words}"), opened(filled):
        pass
    with refused(filled, FolderError, f"episodes.jsonl, line 2: .*{words}"):
        list(read_episodes(filled))


def test_a_changed_last_line_is_no_torn_one(filled: Path) -> None:
    (filled / "episodes.jsonl").write_bytes(lines(filled) + changed(records()[3], cost=9.0))

    with refused(filled, FolderError, "line 4: its digest"), opened(filled):
        pass


def test_two_runs_cannot_hold_one_folder(filled: Path) -> None:
    with opened(filled), pytest.raises(FolderError, match=r"another run holds .*toy"), opened(filled):
        pass
    with opened(filled):
        pass


def test_the_lock_goes_with_the_process(filled: Path) -> None:
    code = (
        f"import sys, time; from tests.test_folder import *\nwith opened(Path({str(filled)!r})): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FolderError, match="another run holds"), opened(filled):
            pass
        holder.kill()
    with opened(filled):
        pass


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


def test_replaced_episodes_keep_the_old_lines_every_time(filled: Path) -> None:
    first, second = lines(filled), line(records()[0])
    assert replace_episodes(filled, [records()[0]]) == filled / "episodes.before.jsonl"
    assert replace_episodes(filled, []) == filled / "episodes.before2.jsonl"

    assert (lines(filled, "episodes.before.jsonl"), lines(filled, "episodes.before2.jsonl"), lines(filled)) == (first, second, b"")


def test_episodes_are_not_replaced_under_a_run(filled: Path) -> None:
    before = lines(filled)
    with opened(filled), pytest.raises(FolderError, match="another run holds"):
        replace_episodes(filled, [])

    assert lines(filled) == before
