"""Putting run folders together, on disk: the new folder is there whole or not at all."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from benchmark.records import SCHEMA, Document, canonical
from benchmark.running.folder import ATTEMPTS, EPISODES, LOCK, RUN, WORLDS, read_attempts, read_episodes, read_worlds
from benchmark.running.journal import complaining, locked, sync_directory, write_whole
from benchmark.running.plan import GROWING, Plan
from benchmark.vocabulary import Json

_MERGED = (RUN, WORLDS, EPISODES, ATTEMPTS)

Folder = tuple[Path, Document]
"""A run folder, and its run.json."""


def stored_worlds(path: Path) -> dict[str, list[Document]]:
    """The worlds that a folder holds because no seed generates them, by task."""
    found: dict[str, list[Document]] = {}
    for line in read_worlds(path):
        found.setdefault(line["task"], []).append(line)
    return found


def write_merged(out: Path, whole: Plan, folders: Sequence[Folder], command: Sequence[str]) -> None:
    """Makes run folder ``out``, with all that ``folders`` hold of ``whole``, under another name and then renames it.

    What a killed merge has left under that name is written over by the next one.
    """
    beside = out.with_name(f".{out.name}.merging")
    with complaining(beside):
        beside.mkdir(parents=True, exist_ok=True)
    with locked(beside, LOCK):
        try:
            _write(beside, whole, folders, command)
            with complaining(out):
                beside.rename(out)
                sync_directory(out.parent)
        except BaseException:
            _take_away(beside)
            raise


def _take_away(beside: Path) -> None:
    """Leaves nothing of a merge that failed, and no room taken on a full disk; what is not a merge's stays."""
    with suppress(OSError):
        for name in (*_MERGED, LOCK):
            (beside / name).unlink(missing_ok=True)
        beside.rmdir()


def _write(beside: Path, whole: Plan, folders: Sequence[Folder], command: Sequence[str]) -> None:
    with complaining(beside):
        for name in _MERGED:
            (beside / name).unlink(missing_ok=True)
    worlds: dict[str, list[Document]] = {}
    for path, _ in folders:
        worlds = stored_worlds(path) | worlds
    if worlds:
        write_whole(beside / WORLDS, _lines(line for lines in worlds.values() for line in lines))
    write_whole(beside / EPISODES, _lines(line for path, _ in folders for line in read_episodes(path)))
    write_whole(beside / ATTEMPTS, _lines(line for path, _ in folders for line in read_attempts(path)))
    run = _described(whole, [run for _, run in folders], command)
    write_whole(beside / RUN, [json.dumps(run, indent=2, allow_nan=False), "\n"])


def _lines(documents: Iterable[Mapping[str, Json]]) -> Iterator[str]:
    return (canonical(document) + "\n" for document in documents)


def _described(whole: Plan, runs: Sequence[Document], command: Sequence[str]) -> Document:
    """run.json of the merged folder. ``earlier`` keeps versions and prices other than the first's, ``merged`` what it is made of."""
    first = runs[0]
    configuration = dict(first["configuration"])
    for run in runs[1:]:
        for name in ("tasks", *GROWING):
            if name in run["configuration"]:
                configuration[name] = {**run["configuration"][name], **configuration.get(name, {})}
    earlier: list[Document] = []
    for run in runs:
        made = {name: run.get(name) for name in ("versions", "git_commit", "command", "prices")}
        for one in [*run.get("earlier", []), made]:
            known = [first, *earlier]
            if not any(all(one.get(name) == other.get(name) for name in ("versions", "git_commit", "prices")) for other in known):
                earlier.append(one)
    return {
        "schema": SCHEMA,
        "id": secrets.token_hex(8),
        "kind": first["kind"],
        "configuration": configuration,
        "grid": whole.grid(),
        "plan": len(whole),
        "prices": first.get("prices"),
        "versions": first["versions"],
        "git_commit": first.get("git_commit"),
        "command": list(command),
        "created": min(str(run["created"]) for run in runs),
        "earlier": earlier,
        "merged": [{name: run.get(name) for name in ("id", "shard", "plan", "command", "created")} for run in runs],
    }
