"""What a stranger may send: every folder ends in a pass or in one clear refusal, within bounds, and nothing outside it is touched."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark import api
from leaderboard import opening
from leaderboard.opening import opened, records_in, strict
from leaderboard.shapes import EntryError
from tests.made_entry import built, document
from tests.test_cli import bench

SHARD = "episodes/part-0000.jsonl.gz"


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


def compressed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def content_of(folder: Path) -> bytes:
    return gzip.decompress((folder / SHARD).read_bytes())


def lines_of(folder: Path) -> list[bytes]:
    return content_of(folder).splitlines(keepends=True)


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
    "content that lies": lambda folder: (folder / SHARD).write_bytes((folder / SHARD).read_bytes()[::-1]),
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
    "a bomb": shard_of(lambda folder: compressed(b"\0" * 300_000_000)),
    "a bomb of lines": shard_of(lambda folder: compressed(b"{}\n" * 40_000_000)),
    "a line without an end": shard_of(lambda folder: compressed(b'{"id":"' + b"x" * 20_000_000)),
    "two members": shard_of(lambda folder: (folder / SHARD).read_bytes() * 2),
    "something behind it": shard_of(lambda folder: (folder / SHARD).read_bytes() + b"#!/bin/sh"),
    "cut short": shard_of(lambda folder: (folder / SHARD).read_bytes()[:-9]),
    "not gzip": shard_of(content_of),
    "zlib": shard_of(lambda folder: zlib.compress(content_of(folder))),
    "empty": shard_of(lambda folder: b""),
    "no line": shard_of(lambda folder: compressed(b"")),
    "last line not whole": shard_of(lambda folder: compressed(content_of(folder)[:-1])),
    "invalid UTF-8": shard_of(lambda folder: compressed(content_of(folder).replace(b"talk", b"t\xe9lk"))),
    "not JSON": shard_of(lambda folder: compressed(b"hello\n")),
    "not an object": shard_of(lambda folder: compressed(b"[]\n")),
    "spaces": shard_of(lambda folder: compressed(content_of(folder).replace(b":", b": "))),
    "a key twice": shard_of(lambda folder: compressed(content_of(folder).replace(b'{"calls"', b'{"calls":[],"calls"'))),
    "NaN": shard_of(lambda folder: compressed(content_of(folder).replace(b'"cost":0.0', b'"cost":NaN'))),
    "infinity": shard_of(lambda folder: compressed(content_of(folder).replace(b'"cost":0.0', b'"cost":1e999'))),
    "a huge number": shard_of(lambda folder: compressed(content_of(folder).replace(b'"cost":0.0', b'"cost":' + b"9" * 100_000))),
    "deep": shard_of(lambda folder: compressed(content_of(folder).replace(b'"cost":0.0', b'"cost":' + b"[" * 900 + b"]" * 900))),
    "very deep": shard_of(lambda folder: compressed(content_of(folder).replace(b'"cost":0.0', b'"cost":' + b"[" * 10**6))),
    "an id that is none": shard_of(lambda folder: compressed(content_of(folder).replace(b'"id":"mutual', b'"id":5,"ie":"mutual'))),
    "an id that is a list": shard_of(lambda folder: compressed(b'{"id":[[]]}\n')),
    "calls of another type": shard_of(lambda folder: compressed(content_of(folder).replace(b'"calls":[', b'"calls":[[],'))),
}  # fmt: skip

TEXTS: dict[str, Harm] = {
    "entry with spaces": entry_text(lambda text: text.replace(": ", ":  ")),
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


@contextlib.contextmanager
def untouched(*folders: Path) -> Iterator[None]:
    """Nothing there appears, goes or changes."""

    def state() -> dict[str, tuple[int, int]]:
        paths = [path for folder in folders for path in folder.rglob("*")]
        return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in paths}

    before = state()
    yield
    assert before == state()


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
        assert "completeness" in refused(folder.with_name("fetched"))


@pytest.mark.parametrize("harm", TEXTS)
def test_an_entry_that_reads_otherwise_than_it_looks_is_refused(folder: Path, harm: str) -> None:
    TEXTS[harm](folder)
    manifest(folder)
    shutil.move(folder, folder.with_name("fetched"))
    assert "files" in refused(folder.with_name("fetched"))


def test_a_bomb_is_left_when_it_has_shown_what_it_is(tmp_path: Path) -> None:
    """Memory stays a small part of what it would unpack to."""
    import tracemalloc

    path = tmp_path / "part-0000.jsonl.gz"
    path.write_bytes(compressed(b"\0" * 300_000_000))
    tracemalloc.start()
    with pytest.raises(EntryError, match="a line of more than"):
        list(records_in(path, SHARD))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 4 * opening.LONGEST_LINE


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


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.sampled_from([2**31, 2**53, 2**63, 10**19, -1, 1.5, -0.0, 1e300]),
    st.text(max_size=8), st.sampled_from(["<script>", "../..", "\x1b[2J", "\u202e", "decided", "antigravity:fly", "reference:honest"]),
    st.just([]), st.just({}), st.just([[]]), st.just({"": None}),
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything inside ``value``."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from places(inner, (*path, key))


def mutate(draw: Any, value: Any) -> None:
    """Puts something odd somewhere, takes something out, doubles it or swaps two."""
    known = list(places(value))
    path = draw(st.sampled_from(known))
    holder = value
    for key in path[:-1]:
        holder = holder[key]
    action = draw(st.sampled_from(["odd", "drop", "nudge", "double"]))
    inner = holder[path[-1]]
    if action == "drop":
        del holder[path[-1]]
    elif action == "nudge" and type(inner) in (int, float):
        holder[path[-1]] = inner + draw(st.sampled_from([1, -1, 1e-9]))
    elif action == "double" and isinstance(holder, list):
        holder.append(inner)
    else:
        holder[path[-1]] = draw(ODD)


@given(data=st.data())
def test_fuzzed_entries_end_in_a_pass_or_one_clear_refusal(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Bytes and values, in every file, mostly behind a manifest that fits; nothing that changes a figure or a record ever passes."""
    root = tmp_path_factory.mktemp("fuzzed")
    folder = root.joinpath(*whole.parts[-4:])
    shutil.copytree(whole, folder)
    kind = data.draw(st.sampled_from(["entry", "record", "bytes", "inflated", "manifest"]))
    before = document(folder)
    if kind == "entry":
        entry = document(folder)
        mutate(data.draw, entry)
        (folder / "entry.json").write_text(json.dumps(entry, indent=1, sort_keys=True) + "\n")
    elif kind == "record":
        documents = [json.loads(line) for line in lines_of(folder)]
        mutate(data.draw, documents)
        for one in documents:
            if isinstance(one, dict):
                plain = json.dumps({k: v for k, v in one.items() if k != "digest"}, sort_keys=True, separators=(",", ":"))
                one["digest"] = f"sha256:{hashlib.sha256(plain.encode()).hexdigest()}"
        text = "".join(json.dumps(one, sort_keys=True, separators=(",", ":")) + "\n" for one in documents)
        (folder / SHARD).write_bytes(compressed(text.encode()))
    else:
        name = data.draw(st.sampled_from(["entry.json", SHARD, "manifest.json"] if kind == "bytes" else [SHARD]))
        content = bytearray(content_of(folder) if kind == "inflated" else (folder / name).read_bytes())
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
        (folder / name).write_bytes(compressed(bytes(content)) if kind == "inflated" else bytes(content))
    fetched = root / "fetched"
    shutil.move(folder, fetched)
    if kind != "manifest" and data.draw(st.integers(0, 9)):
        manifest(fetched)

    with untouched(fetched):
        shown = bench("verify", fetched)
    assert shown.exit_code in (0, 1, 4), shown.output
    if shown.exit_code == 0:
        assert derivable(fetched) == derivable(whole)
        after = document(fetched)
        assert {name for name in before if before[name] != after[name]} <= CLAIMS


def derivable(folder: Path) -> list[str]:
    """The records without what only the machine that played them can know."""
    documents = [json.loads(line) for line in sorted(lines_of(folder))]
    for one in documents:
        one["digest"] = None
        for call in one["calls"]:
            call.update(dict.fromkeys(("retries", "seconds", "usage", "served")))
    return sorted(json.dumps(one, sort_keys=True) for one in documents)


CLAIMS = {"run", "model", "submitter", "attempts_declared", "training", "disclosures", "licence", "bench", "timing", "usage", "counts"}
"""Parts of an entry in which something is said that no record tells: other words there make another claim, by the same submitter."""


def manifest(folder: Path) -> None:
    """One that fits what lies there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    files = [
        {"bytes": path.stat().st_size, "path": path.relative_to(folder).as_posix(), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in paths
    ]
    (folder / "manifest.json").write_text(json.dumps({"files": files, "schema": "parley-manifest-1"}, indent=1, sort_keys=True) + "\n")


def test_nothing_of_an_entry_is_looked_up_on_the_python_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder.parents[2] / "json.py").write_text("raise SystemExit")

    assert api.verify_entry(Path()).verified
