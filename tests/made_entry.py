"""Small runs and the entries that are built from them: what the tests of the leaderboard share."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmark import api
from benchmark.records import Document, canonical, sealed
from benchmark.running import runner
from leaderboard.building import Built, Claims, compressed
from leaderboard.entry import entry_id

TASKS = ("mutual_friend", "schedule")
CONDITIONS = ("private", "mindreader", "omniscient")
ALICE = Claims(user="alice")


@lru_cache
def _played(model: str, partners: tuple[str, ...], tasks: tuple[str, ...], n: int) -> Path:
    path = Path(tempfile.mkdtemp(prefix="parley-entry-")) / "run"
    conditions = tuple(name for name in CONDITIONS if not partners or name != "omniscient")
    wish = api.Wish(model=model, partners=partners, tasks=tasks, conditions=conditions, n=n)
    api.run(wish, path, runner.Settings(quiet=True))
    return path


def run_folder(
    path: Path, model: str = "reference:honest", partners: tuple[str, ...] = (), tasks: tuple[str, ...] = TASKS, n: int = 2
) -> Path:
    """A finished run at ``path``; played once in each process and copied, created on the same day every time."""
    shutil.copytree(_played(model, partners, tasks, n), path)
    change_run(path, lambda run: run.update(created="2026-03-01T12:00:00+00:00", id="0123456789abcdef", git_commit=None))
    return path


def change_run(path: Path, change: Any) -> None:
    """Edits run.json in place."""
    run = json.loads((path / "run.json").read_text())
    change(run)
    (path / "run.json").write_text(json.dumps(run))


def lines(path: Path) -> list[Document]:
    return [json.loads(line) for line in (path / "episodes.jsonl").read_text().splitlines()]


def write_lines(path: Path, documents: list[Document]) -> None:
    """Puts ``documents`` on record, each with the digest of what it says now."""
    (path / "episodes.jsonl").write_text("".join(canonical(sealed(document)) + "\n" for document in documents))


def built(tmp_path: Path, claims: Claims = ALICE, **played: Any) -> Built:
    """An entry below ``tmp_path``/board."""
    if (tmp_path / "run").exists():
        return api.build_entry(tmp_path / "run", claims, tmp_path / "board")
    root, made = _built(claims, tuple(sorted(played.items())))
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    return replace(made, folder=tmp_path / made.folder.relative_to(root))


@lru_cache
def _built(claims: Claims, played: tuple[tuple[str, Any], ...]) -> tuple[Path, Built]:
    """A folder with a run and its entry; built once in each process and copied, as nothing in it says where it lies."""
    root = Path(tempfile.mkdtemp(prefix="parley-built-"))
    run_folder(root / "run", **dict(played))
    return root, api.build_entry(root / "run", claims, root / "board")


def document(folder: Path) -> Document:
    """entry.json of the entry in ``folder``."""
    found: Document = json.loads((folder / "entry.json").read_bytes())
    return found


def records(folder: Path) -> list[Document]:
    """The episodes of the entry in ``folder``."""
    return [json.loads(line) for path in sorted(folder.glob("episodes/*")) for line in gzip.decompress(path.read_bytes()).splitlines()]


def rewrite(folder: Path, entry: Document | None = None, episodes: list[Document] | None = None) -> Path:
    """The entry with other content and a manifest that fits it, as a careful forger would leave it; gives where it lies now."""
    if entry is not None:
        (folder / "entry.json").write_text(json.dumps(entry, indent=1, sort_keys=True) + "\n")
    if episodes is not None:
        content = compressed([canonical(sealed(one)).encode() + b"\n" for one in episodes])
        (folder / "episodes" / "part-0000.jsonl.gz").write_bytes(content)
    return rehash(folder)


def rehash(folder: Path) -> Path:
    """A new manifest over what lies in ``folder``, which gets the name that follows from it."""
    manifest(folder)
    text = (folder / "manifest.json").read_bytes()
    entry = document(folder)
    place = folder.parents[2] / entry["track"] / entry["model"]["id"].replace("/", "__") / entry_id("2026-03-01", text)
    place.parent.mkdir(parents=True, exist_ok=True)
    return folder.rename(place) if place != folder else folder


SHARD = "episodes/part-0000.jsonl.gz"


def packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def content_of(folder: Path) -> bytes:
    return gzip.decompress((folder / SHARD).read_bytes())


def lines_of(folder: Path) -> list[bytes]:
    return content_of(folder).splitlines(keepends=True)


def manifest(folder: Path) -> None:
    """One that fits what lies there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    files = [
        {"bytes": path.stat().st_size, "path": path.relative_to(folder).as_posix(), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in paths
    ]
    (folder / "manifest.json").write_text(json.dumps({"files": files, "schema": "parley-manifest-1"}, indent=1, sort_keys=True) + "\n")


@contextlib.contextmanager
def untouched(*folders: Path) -> Iterator[None]:
    """Nothing there appears, goes or changes."""

    def state() -> dict[str, tuple[int, int]]:
        paths = [path for folder in folders for path in folder.rglob("*")]
        return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in paths}

    before = state()
    yield
    assert before == state()
