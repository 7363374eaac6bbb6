"""Worlds that `bench worlds export` wrote, read again to be played."""

from __future__ import annotations

import json
from collections.abc import Callable

from benchmark.records import as_json
from benchmark.task import Task
from benchmark.vocabulary import Json, World, WorldsError
from benchmark.worlds import EXPORTED, Generated, Stored, world_from_json, world_to_json

_KEYS = ("task", "version", "level", "run_seed", "index", "world")


def recognises(text: str) -> bool:
    return text.startswith('{"canary":') and f'"format":"{EXPORTED}"' in text[:1000]


def load(text: str, make: Callable[[str, int], Task]) -> Stored:
    """The worlds of an exported file. WorldsError for one that its seed does not generate: a task's name stands for its own worlds."""
    lines = [_line(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    first = lines[0]
    for number, line in enumerate(lines, 1):
        if any(line[name] != first[name] for name in ("task", "version", "level")):
            raise WorldsError(f"line {number}: its task is not that of the first line. Give a file of one task at one level.")
    task = make(str(first["task"]), first["level"] if type(first["level"]) is int else 0)
    if task.version != first["version"]:
        raise WorldsError(
            f"it was written by version {first['version']!r:.20} of {task.label}, and this is version {task.version}. Export it again."
        )
    return Stored(task, tuple(_world(task, number, line) for number, line in enumerate(lines, 1)))


def _line(number: int, line: str) -> dict[str, Json]:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or any(name not in document for name in _KEYS) or document.get("format") != EXPORTED:
        raise WorldsError(f"line {number}: it is no world that `bench worlds export` wrote: one has {', '.join(_KEYS)}.")
    return document


def _world(task: Task, number: int, line: dict[str, Json]) -> World:
    seed, index = line["run_seed"], line["index"]
    if type(seed) is not int or type(index) is not int or not 0 <= index < 2**31:
        raise WorldsError(f"line {number}: run_seed and index must be whole numbers.")
    world = Generated(task, seed).world(index)
    if as_json(world_to_json(world)) != line["world"]:
        raise WorldsError(
            f"line {number}: seed {seed} generates another world {index} of {task.label}. The file was changed; export it again."
        )
    return world_from_json(line["world"])
