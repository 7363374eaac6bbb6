"""A run folder under any order of writes, kills, cuts, sittings and wishes for more: it holds what was acknowledged, once."""

from __future__ import annotations

import itertools
import json
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from benchmark.records import Document, canonical, sealed
from benchmark.running.folder import RunFolder, read_attempts, read_episodes, read_run
from benchmark.running.journal import Lines
from benchmark.vocabulary import FolderError, Usage
from tests.faulty import LONG
from tests.toy_folder import DETAILS, fill, line, records, refused
from tests.toy_task import toy_plan, toy_records

CONDITIONS = ("private", "silent")
EVERYTHING = {one["id"]: one for one in toy_records(toy_plan(*CONDITIONS, n=3, repeats=2))}


class FolderMachine(RuleBasedStateMachine):
    """``kept`` are the records that a folder has acknowledged and that no cut has taken since; ``folder`` is open while a run plays."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        self.sittings = itertools.count()
        self.path = self.place / "run"
        self.kept: list[str] = []
        self.n, self.repeats = 1, 1
        self.conditions: tuple[str, ...] = ("private",)
        self.folder: RunFolder | None = None

    @initialize()
    def begin(self) -> None:
        self.sit()

    def sit(self) -> None:
        plan = toy_plan(*self.conditions, n=self.n, repeats=self.repeats)
        self.open = ExitStack()
        self.folder = self.open.enter_context(RunFolder.open(self.path, plan, DETAILS))
        assert (len(self.folder.done), [one for one in self.kept if one not in self.folder.done]) == (len(self.kept), [])
        self.missing = [one.id for one in plan.episodes() if one.id not in self.folder.done]

    @precondition(lambda self: self.folder and self.missing)
    @rule(which=st.integers(0, 99))
    def finish_an_episode(self, which: int) -> None:
        assert self.folder
        done = self.missing.pop(which % len(self.missing))
        self.folder.called(done, "test:adder", Usage(100, 0, 10))
        self.folder.append(EVERYTHING[done])
        self.kept.append(done)

    @precondition(lambda self: self.folder and self.missing)
    @rule()
    def fail_an_episode(self) -> None:
        assert self.folder
        self.folder.called(self.missing[0], "test:adder", Usage(100, 0, 10))
        self.folder.attempt({"id": self.missing[0], "when": "2026-01-01T00:00:00+00:00", "what": "503", "retried": True})

    @precondition(lambda self: self.folder and self.missing)
    @rule()
    def call(self) -> None:
        assert self.folder
        self.folder.called(self.missing[0], "test:adder", Usage(100, 0, 10))

    @precondition(lambda self: self.folder)
    @rule(torn=st.dictionaries(st.sampled_from(["episodes", "attempts", "unsettled"]), st.floats(0, 1)))
    def be_killed(self, torn: dict[str, float]) -> None:
        """What is on the disk at this moment goes on elsewhere; of what was being written some part may be there."""
        left = self.place / f"after{next(self.sittings)}"
        shutil.copytree(self.path, left)
        self.open.close()
        self.path, self.folder = left, None
        halves = {
            "episodes": canonical(next(iter(EVERYTHING.values()))),
            "attempts": canonical({"id": "x", "when": "y", "what": "z", "retried": False}),
            "unsettled": canonical({"id": "x", "model": "y", "usage": {"prompt": 1, "cached": 0, "completion": 1}}),
        }
        for name, part in torn.items():
            with (left / f"{name}.jsonl").open("a") as file:
                file.write(halves[name][: int(part * len(halves[name]))])

    @precondition(lambda self: not self.folder and self.kept)
    @rule(part=st.floats(0.01, 1))
    def lose_the_end(self, part: float) -> None:
        """A system that dies may lose the end of a file."""
        path = self.path / "episodes.jsonl"
        whole = path.read_bytes()
        cut = len(whole) - int(part * len(EVERYTHING[self.kept[-1]]["digest"]))
        path.write_bytes(whole[:cut])
        self.kept = [json.loads(one)["id"] for one in whole[:cut].split(b"\n")[:-1]]

    @precondition(lambda self: self.folder)
    @rule()
    def end_the_sitting(self) -> None:
        self.open.close()
        self.folder = None

    @precondition(lambda self: not self.folder)
    @rule(n=st.integers(1, 3), repeats=st.integers(1, 2), both=st.booleans())
    def sit_again_and_wish_for_more(self, n: int, repeats: int, both: bool) -> None:
        self.n, self.repeats = max(self.n, n), max(self.repeats, repeats)
        self.conditions = CONDITIONS if both else self.conditions
        self.sit()

    @invariant()
    def it_holds_what_was_acknowledged_once_and_unchanged(self) -> None:
        if (self.path / "run.json").exists():
            found = {one["id"]: one for one in read_episodes(self.path)}
            assert [one["id"] for one in read_episodes(self.path)] == self.kept
            assert all(EVERYTHING[name] == one for name, one in found.items())
            run = read_run(self.path)
            assert run["plan"] == len(run["grid"]["conditions"]) * run["grid"]["n"] * run["grid"]["repeats"]
            for _ in read_attempts(self.path):
                pass

    def teardown(self) -> None:
        if self.folder:
            self.open.close()
        shutil.rmtree(self.place)


FolderMachine.TestCase.settings = settings(max_examples=300 if LONG else 15, stateful_step_count=25, deadline=None)
test_any_history = pytest.mark.filterwarnings("error")(FolderMachine.TestCase)


def doubled(document: Document, key: str) -> bytes:
    """A line in which ``key`` stands twice, first with another value: what readers of JSON mostly pass over."""
    return line(document).replace(f'"{key}":'.encode(), f'"{key}":null,"{key}":'.encode(), 1)


@pytest.mark.parametrize("key", ["outcome", "raw", "success", "digest", "usage", "id"])
@pytest.mark.parametrize("place", [0, 2], ids=["first", "last"])
def test_a_name_that_stands_twice_in_a_record_is_refused_wherever_it_stands(tmp_path: Path, key: str, place: int) -> None:
    out = fill(tmp_path / "run")
    lines: list[Any] = [line(one) for one in records()[:3]]
    lines[place] = doubled(records()[place], key)
    (out / "episodes.jsonl").write_bytes(b"".join(lines))

    with refused(out, FolderError, f"line {place + 1}: '{key}' stands twice in one object"):
        list(read_episodes(out))
    with refused(out, FolderError, "stands twice"), RunFolder.open(out, toy_plan(), DETAILS):
        pass


def test_a_fresh_seal_excuses_no_double(tmp_path: Path) -> None:
    """Whoever doubles a name and seals the record as it is read: the bytes still say more than the record does."""
    out = fill(tmp_path / "run")
    forged = sealed({**records()[0], "outcome": "illegal:A"})
    (out / "episodes.jsonl").write_bytes(doubled(forged, "outcome"))

    with refused(out, FolderError, "stands twice"):
        list(read_episodes(out))


def test_an_attempt_with_a_name_twice_is_refused_and_other_dress_is_not(tmp_path: Path) -> None:
    out = fill(tmp_path / "run")
    attempts = (out / "attempts.jsonl").read_bytes()
    (out / "attempts.jsonl").write_bytes(attempts.replace(b'"what":', b'"what":"","what":'))
    with refused(out, FolderError, "stands twice"):
        list(read_attempts(out))
    spaced = json.dumps(records()[0], indent=None) + "\n"
    (out / "episodes.jsonl").write_text(spaced)

    assert [one["id"] for one in Lines(out / "episodes.jsonl", frozenset())] == [records()[0]["id"]]
