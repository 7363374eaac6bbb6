"""An Inspect log that is ours gives its records back to the byte; what is another's, changed or hostile is refused and writes nothing."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benchmark import api
from benchmark.cli import main
from benchmark.records import canonical
from leaderboard import inspected
from leaderboard.exports import FORMATS, Cited
from leaderboard.opening import opened
from tests.made_entry import built

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run in "run" and its log in "log.eval"."""
    folder: Path = tmp_path_factory.mktemp("inspected")
    entry = built(folder).folder
    ((_, content),) = FORMATS["inspect"](Cited(opened(entry)))
    (folder / "log.eval").write_bytes(content)
    return folder


def imported(log: Path, out: Path) -> Result:
    return CliRunner().invoke(main, ["import", "inspect", str(log), "--out", str(out), "--json"])


def members(log: Path) -> Members:
    with zipfile.ZipFile(log) as file:
        return {name: file.read(name) for name in file.namelist()}


def rewritten(log: Path, at: Path, change: Callable[[Members], None]) -> Path:
    found = members(log)
    change(found)
    with zipfile.ZipFile(at, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in found.items():
            file.writestr(name, content)
    return at


def sample(found: Members) -> str:
    return min(name for name in found if name.startswith("samples/"))


def edited(found: Members, name: str, change: Callable[[Any], None]) -> None:
    document = json.loads(found[name])
    change(document)
    found[name] = json.dumps(document).encode()


def test_the_records_are_the_same_to_the_byte_and_verify(played: Path, tmp_path: Path) -> None:
    done = imported(played / "log.eval", tmp_path / "run")
    lines, before = (sorted((folder / "episodes.jsonl").read_bytes().splitlines()) for folder in (tmp_path / "run", played / "run"))

    assert done.exit_code == 0, done.output
    assert lines == before
    assert list(api.verify(tmp_path / "run")) == []
    first, second = (api.report(folder) for folder in (tmp_path / "run", played / "run"))
    assert (first["tasks"], first["gaps"], first["outcomes"]) == (second["tasks"], second["gaps"], second["outcomes"])


def test_a_log_that_inspect_wrote_anew_still_gives_them(played: Path, tmp_path: Path) -> None:
    """In another order, indented, with keys of its own: what counts is the text of the records."""

    def change(found: Members) -> None:
        for name in list(found):
            content = json.loads(found.pop(name))
            found[name] = json.dumps({**content, "events": []} if isinstance(content, dict) else content, indent=2).encode()

    log = rewritten(played / "log.eval", tmp_path / "anew.eval", change)
    assert imported(log, tmp_path / "run").exit_code == 0
    assert sorted((tmp_path / "run" / "episodes.jsonl").read_bytes().splitlines()) == sorted(
        (played / "run" / "episodes.jsonl").read_bytes().splitlines()
    )


def drop(found: Members) -> None:
    del found[sample(found)]


def twice(found: Members) -> None:
    found["samples/again.json"] = found[sample(found)]


def tampered(found: Members) -> None:
    def change(document: Any) -> None:
        record = json.loads(document["metadata"]["parley_record"])
        record["score"]["success"] = not record["score"]["success"]
        document["metadata"]["parley_record"] = canonical(record)

    edited(found, sample(found), change)


def of_another(found: Members) -> None:
    edited(found, "header.json", lambda header: header["eval"].update(metadata={"mine": 1}))


def without_record(found: Members) -> None:
    edited(found, sample(found), lambda document: document.update(metadata=["x"]))


def deep(found: Members) -> None:
    found[sample(found)] = b"[" * 200_000


def no_json(found: Members) -> None:
    found["header.json"] = b"\x80\x04N."  # a pickle of None


def no_header(found: Members) -> None:
    del found["header.json"]


def no_object(found: Members) -> None:
    found["header.json"] = b"[]"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (drop, "lacks 1 of the 12 episodes"),
        (twice, "twice"),
        (tampered, "not as it was written"),
        (of_another, "a log of something else"),
        (without_record, "carries no record"),
        (deep, "is not JSON"),
        (no_json, "is not JSON"),
        (no_header, "has no 'header.json'"),
        (no_object, "a log of something else"),
    ],
)
def test_what_is_not_ours_or_was_changed_is_refused_and_nothing_is_written(
    change: Callable[[Members], None], told: str, played: Path, tmp_path: Path
) -> None:
    done = imported(rewritten(played / "log.eval", tmp_path / "bad.eval", change), tmp_path / "run")

    assert done.exit_code == 1, done.output
    assert told in done.output
    assert not (tmp_path / "run").exists()


def test_what_is_too_large_is_not_taken(played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A member that says little of its size and has much is read no further than one of ours goes."""
    monkeypatch.setattr(inspected, "LARGEST_HEADER", 10_000_000)

    def change(found: Members) -> None:
        found["header.json"] = b" " * 50_000_000

    log = rewritten(played / "log.eval", tmp_path / "bomb.eval", change)
    assert log.stat().st_size < 1_000_000
    assert "more than 10,000,000 bytes" in imported(log, tmp_path / "run").output
    monkeypatch.setattr(inspected, "LARGEST_LOG", 1000)
    assert "more than 1,000 bytes" in imported(log, tmp_path / "run").output


@pytest.mark.parametrize(
    ("content", "told"), [(b"", "no .eval log"), (b"{}", "inspect log convert"), (b"PK\x05\x06" + bytes(18), "header.json")]
)
def test_a_file_that_is_no_log_is_said_to_be_none(content: bytes, told: str, tmp_path: Path) -> None:
    (path := tmp_path / "log.json").write_bytes(content)

    done = imported(path, tmp_path / "run")
    assert (done.exit_code, told in done.output) == (1, True), done.output
    assert imported(tmp_path / "nowhere", tmp_path / "run").exit_code == 1
