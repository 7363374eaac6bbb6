"""A run folder keeps what was acknowledged, whatever is done to it; what is not its own it leaves alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmark.records import Document, digest, sealed
from benchmark.running.folder import read_attempts, read_episodes, read_run, replace_episodes
from benchmark.vocabulary import FolderError, ParleyError
from tests.toy_folder import ATTEMPT, contents, fill, line, lines, opened, records, refused
from tests.toy_task import toy_plan, toy_records


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    return fill(tmp_path / "runs" / "toy")


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
    assert list(read_attempts(filled)) == [ATTEMPT | {"usage": {}, "tokens": 0, "cost": 0.0}]
    with opened(filled) as folder:
        assert [True, True, True, False] == [document["id"] in folder.done for document in records()[:4]]


def test_a_record_is_sealed_as_it_is_written_whatever_it_quotes(tmp_path: Path) -> None:
    first, *others = records()[0]["calls"]
    quoting = {**records()[0], "calls": [{**first, "raw": '{"digest":"","id":1}'}, *others], "digest": "sha256:of before"}
    with opened(tmp_path / "new") as folder:
        folder.append(quoting)

    (found,) = read_episodes(tmp_path / "new")
    assert found == {**quoting, "digest": digest(quoting)}


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
            assert [True, False] == [document["id"] in folder.done for document in records()[:2]]
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
    "not a number": (line(records()[1]).replace(b'"cost":0.0', b'"cost":NaN'), "NaN stands in it, which is no number"),
    "endless": (line(records()[1]).replace(b'"cost":0.0', b'"cost":1e999'), "1e999 stands in it, which is no number"),
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


@pytest.mark.parametrize("name", ["episodes.jsonl", "attempts.jsonl", "unsettled.jsonl", "worlds.jsonl"])
def test_a_pipe_is_no_file_to_wait_at(filled: Path, name: str) -> None:
    (filled / name).unlink(missing_ok=True)
    os.mkfifo(filled / name)
    end = os.open(filled / name, os.O_RDWR)
    os.write(end, b"{}\n")  # so that a reader of pipes would at once find fault with a line
    try:
        with pytest.raises(FolderError, match=f"{name} cannot be read .it is a pipe or a device"), opened(filled):
            pass
    finally:
        os.close(end)


def test_a_device_describes_no_run(filled: Path) -> None:
    (filled / "run.json").unlink()
    (filled / "run.json").symlink_to("/dev/null")
    with pytest.raises(FolderError, match=r"run\.json cannot be read .it is a pipe or a device"):
        read_run(filled)


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
        f"import sys, time; from tests.toy_folder import *\nwith opened(Path({str(filled)!r})): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FolderError, match="another run holds"), opened(filled):
            pass
        holder.kill()
    with opened(filled):
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
