"""What a stranger may send: every folder ends in a pass or in one clear refusal, within bounds, and nothing outside it is touched."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmark import api
from leaderboard import opening
from leaderboard.opening import opened, records_in, strict
from leaderboard.shapes import EntryError
from tests.made_entry import SHARD, built, content_of, manifest, packed, untouched
from tests.test_cli import bench


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An entry that holds. Nobody writes to it."""
    return built(tmp_path_factory.mktemp("whole"), tasks=("mutual_friend",)).folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, with the names that a board gives."""
    place = tmp_path.joinpath(*whole.parts[-4:])
    shutil.copytree(whole, place)
    return place


Harm = Callable[[Path], Any]


def link_outside(folder: Path) -> None:
    (folder / "README.md").symlink_to("/etc/passwd")


def link_the_shard(folder: Path) -> None:
    (folder / SHARD).rename(folder.parents[2] / "elsewhere")
    (folder / SHARD).symlink_to(folder.parents[2] / "elsewhere")


def link_the_folder(folder: Path) -> None:
    (folder / "episodes").rename(folder.parents[2] / "elsewhere")
    (folder / "episodes").symlink_to(folder.parents[2] / "elsewhere")


def many_files(folder: Path) -> None:
    for number in range(3000):
        (folder / "episodes" / f"{number}").touch()


def with_another_header(folder: Path) -> None:
    """Another byte where gzip names the system it ran on: the same size, the same content."""
    content = bytearray((folder / SHARD).read_bytes())
    content[9] ^= 1
    (folder / SHARD).write_bytes(content)


def with_another_readme(folder: Path) -> None:
    (folder / "README.md").write_text("x")
    manifest(folder)


def named_in_the_manifest(path: str, size: int = 1) -> Harm:
    def harm(folder: Path) -> None:
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["files"].append({"bytes": size, "path": path, "sha256": "0" * 64})
        manifest["files"].sort(key=lambda file: file["path"])
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")

    return harm


def shard_of(content: Callable[[Path], bytes]) -> Harm:
    def harm(folder: Path) -> None:
        (folder / SHARD).write_bytes(content(folder))
        manifest(folder)

    return harm


def entry_text(change: Callable[[str], str]) -> Harm:
    def harm(folder: Path) -> None:
        text = change((folder / "entry.json").read_text())
        (folder / "entry.json").write_bytes(text.encode("utf-8", "surrogateescape"))

    return harm


HARMS: dict[str, Harm] = {
    "link in place of a file": link_outside,
    "link in place of a shard": link_the_shard,
    "link in place of the folder": link_the_folder,
    "pipe": lambda folder: os.mkfifo(folder / "README.md"),
    "folder too many": lambda folder: (folder / "x").mkdir(),
    "folder in the folder": lambda folder: (folder / "episodes" / "x").mkdir(),
    "many files": many_files,
    "file beside the manifest": lambda folder: (folder / "evil.py").write_text("raise SystemExit"),
    "code among the shards": lambda folder: (folder / "episodes" / "part-0001.py").write_text("raise SystemExit"),
    "shard that is not named": lambda folder: shutil.copyfile(folder / SHARD, folder / "episodes" / "part-0001.jsonl.gz"),
    "absolute path": named_in_the_manifest("/etc/passwd"),
    "path that climbs": named_in_the_manifest("../../../etc/passwd"),
    "path that climbs from within": named_in_the_manifest("episodes/../../x"),
    "file that is not there": named_in_the_manifest("README.md"),
    "shard that is left out": named_in_the_manifest("episodes/part-0007.jsonl.gz"),
    "size that lies": lambda folder: (folder / SHARD).write_bytes((folder / SHARD).read_bytes() + b"\0"),
    "content that lies": with_another_header,
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "no entry": lambda folder: (folder / "entry.json").unlink(),
    "no shards": lambda folder: shutil.rmtree(folder / "episodes"),
    "empty manifest": lambda folder: (folder / "manifest.json").write_text(""),
    "manifest of another": lambda folder: (folder / "manifest.json").write_text('{"files": [], "schema": "parley-manifest-1"}'),
    "large manifest": lambda folder: (folder / "manifest.json").write_text(" " * 10**6),
    "large entry": lambda folder: (folder / "entry.json").write_text(" " * 10**7),
    "large readme": lambda folder: (folder / "README.md").write_text("x" * 10**5),
    "large signature": lambda folder: (folder / "manifest.json.sig").write_text("x" * 10**5),
    "signature that is none": lambda folder: (folder / "manifest.json.sig").write_text("-----BEGIN SSH SIGNATURE-----\n"),
    "another's id": with_another_readme,
}  # fmt: skip

FORGED: dict[str, Harm] = {
    "a bomb": shard_of(lambda folder: packed(b"\0" * 300_000_000)),
    "a bomb of lines": shard_of(lambda folder: packed(b"{}\n" * 40_000_000)),
    "a line without an end": shard_of(lambda folder: packed(b'{"id":"' + b"x" * 20_000_000)),
    "two members": shard_of(lambda folder: (folder / SHARD).read_bytes() * 2),
    "something behind it": shard_of(lambda folder: (folder / SHARD).read_bytes() + b"#!/bin/sh"),
    "cut short": shard_of(lambda folder: (folder / SHARD).read_bytes()[:-9]),
    "not gzip": shard_of(content_of),
    "zlib": shard_of(lambda folder: zlib.compress(content_of(folder))),
    "empty": shard_of(lambda folder: b""),
    "no line": shard_of(lambda folder: packed(b"")),
    "last line not whole": shard_of(lambda folder: packed(content_of(folder)[:-1])),
    "invalid UTF-8": shard_of(lambda folder: packed(content_of(folder).replace(b"talk", b"t\xe9lk"))),
    "not JSON": shard_of(lambda folder: packed(b"hello\n")),
    "not an object": shard_of(lambda folder: packed(b"[]\n")),
    "spaces": shard_of(lambda folder: packed(content_of(folder).replace(b'{"calls"', b'{ "calls"'))),
    "a key twice": shard_of(lambda folder: packed(content_of(folder).replace(b'{"calls"', b'{"calls":[],"calls"'))),
    "NaN": shard_of(lambda folder: packed(content_of(folder).replace(b'"cost":0.0', b'"cost":NaN'))),
    "infinity": shard_of(lambda folder: packed(content_of(folder).replace(b'"cost":0.0', b'"cost":1e999'))),
    "a huge number": shard_of(lambda folder: packed(content_of(folder).replace(b'"cost":0.0', b'"cost":' + b"9" * 100_000))),
    "deep": shard_of(lambda folder: packed(content_of(folder).replace(b'"cost":0.0', b'"cost":' + b"[" * 900 + b"]" * 900))),
    "very deep": shard_of(lambda folder: packed(content_of(folder).replace(b'"cost":0.0', b'"cost":' + b"[" * 10**6))),
    "an id that is none": shard_of(lambda folder: packed(content_of(folder).replace(b'"id":"mutual', b'"id":5,"ie":"mutual'))),
    "an id that is a list": shard_of(lambda folder: packed(b'{"id":[[]]}\n')),
    "calls of another type": shard_of(lambda folder: packed(content_of(folder).replace(b'"calls":[', b'"calls":[[],'))),
}  # fmt: skip

TEXTS: dict[str, Harm] = {
    "entry with spaces": entry_text(lambda text: text.replace('\n "', '\n  "')),
    "entry with a key twice": entry_text(lambda text: text.replace('"kind"', '"kind": "model", "kind"')),
    "entry with NaN": entry_text(lambda text: text.replace('"seconds": 0.0', '"seconds": NaN')),
    "entry with infinity": entry_text(lambda text: text.replace('"seconds": 0.0', '"seconds": 1e999')),
    "entry that is deep": entry_text(lambda text: "[" * 100_000),
    "entry in Latin-1": entry_text(lambda text: text.replace("baseline", "bas\udce9line")),
    "entry with a byte order mark": entry_text(lambda text: "\ufeff" + text),
    "model that is a path": entry_text(lambda text: text.replace("reference/honest", "../../../etc")),
    "model that is markup": entry_text(lambda text: text.replace("reference/honest", "<img src=x onerror=alert(1)>/x")),
    "spec that is markup": entry_text(lambda text: text.replace("reference:honest", "openai:<svg onload=alert(1)>")),
    "account that steers a terminal": entry_text(lambda text: text.replace('"alice"', '"al\\u001b[2Jice"')),
    "account that turns the line": entry_text(lambda text: text.replace('"alice"', '"al\\u202eice"')),
    "run that turns the line": entry_text(lambda text: text.replace('"0123456789abcdef"', '"0\\u202e1"')),
}  # fmt: skip


def refused(folder: Path) -> str:
    """What `bench verify` says of it, having ended as it should."""
    shown = bench("verify", folder)
    assert shown.exit_code in (1, 4), shown.output
    assert shown.output
    assert "Traceback" not in shown.output
    assert "\x1b" not in shown.output
    assert "\u202e" not in shown.output
    return shown.output


@pytest.mark.parametrize("harm", HARMS)
def test_a_folder_that_is_no_entry_is_refused(folder: Path, harm: str) -> None:
    HARMS[harm](folder)
    with untouched(folder.parents[3]):
        refused(folder)


@pytest.mark.parametrize("harm", FORGED)
def test_a_shard_that_is_none_is_refused_behind_a_fitting_manifest(folder: Path, harm: str) -> None:
    FORGED[harm](folder)
    shutil.move(folder, folder.with_name("fetched"))
    with untouched(folder.parents[3]):
        assert re.search("FAILS  (completeness|replay)", refused(folder.with_name("fetched")))


@pytest.mark.parametrize("harm", TEXTS)
def test_an_entry_that_reads_otherwise_than_it_looks_is_refused(folder: Path, harm: str) -> None:
    TEXTS[harm](folder)
    manifest(folder)
    shutil.move(folder, folder.with_name("fetched"))
    assert "FAILS  files" in refused(folder.with_name("fetched"))


def test_a_bomb_is_left_when_it_has_shown_what_it_is(tmp_path: Path) -> None:
    """Memory stays a small part of what it would unpack to."""
    import tracemalloc

    path = tmp_path / "part-0000.jsonl.gz"
    path.write_bytes(packed(b"\0" * 300_000_000))
    tracemalloc.start()
    with pytest.raises(EntryError, match="a line of more than"):
        list(records_in(path, SHARD))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 4 * opening.LONGEST_LINE


def test_no_more_is_unpacked_than_a_shard_can_hold(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "INFLATED", 1000)
    monkeypatch.setattr(opening, "LONGEST_LINE", 10_000)

    with pytest.raises(EntryError, match="more than 1000 bytes once it is decompressed"):
        list(records_in(folder / SHARD, SHARD))


def test_no_more_names_are_looked_at_than_an_entry_can_have(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many_files(folder)
    seen = []
    real = os.scandir

    @contextlib.contextmanager
    def counted(path: Path) -> Iterator[Iterator[os.DirEntry[str]]]:
        with real(path) as entries:
            yield (seen.append(one.name) or one for one in entries)  # type: ignore[func-returns-value]

    monkeypatch.setattr("os.scandir", counted)
    with pytest.raises(EntryError, match="more than 100 files"):
        opened(folder)
    assert len(seen) < 200


def test_a_board_may_leave_its_verification_beside_an_entry(folder: Path) -> None:
    (folder / "verification.json").write_text("{}")

    assert bench("verify", folder).exit_code == 0


@pytest.mark.parametrize("text", ["", "nul", "[1,]", '{"a":1,"a":2}', "NaN", "-Infinity", "1e400", "9" * 30, "[" * 40 + "]" * 40, '"\x00"'])
def test_json_is_read_strictly(text: str) -> None:
    with pytest.raises(EntryError) as caught:
        strict(text, "it")
    assert str(caught.value).isprintable()


def test_nothing_of_an_entry_is_looked_up_on_the_python_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder.parents[2] / "json.py").write_text("raise SystemExit")

    assert api.verify_entry(Path()).verified
