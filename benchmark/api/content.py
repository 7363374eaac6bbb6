"""The tasks and worlds that a user can name: ours, a stranger's, and files."""

from __future__ import annotations

import importlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import tasks
from benchmark.api import exported
from benchmark.naming import check_known, nearest
from benchmark.task import Task
from benchmark.vocabulary import UsageError, WorldsError
from benchmark.worlds import Stored

LARGEST = 64 << 20
"""Bytes of a worlds file. What is published has a few million."""


def make_task(text: str, level: int, foreign: Collection[str] = ()) -> Task:
    """The task of ``NAME[:k=v,…]`` or ``package.module:NAME[:k=v,…]`` at ``level``. UsageError for what is not known.

    A module is imported only for a label among ``foreign``, those that the user typed: what a file names is never run.
    """
    if not 1 <= level <= 5:
        raise UsageError(f"there is no level {level}; levels go from 1 to 5")
    name, given = split_label(text)
    options = _options(text, given)
    label = name + (":" + ",".join(f"{key}={options[key]}" for key in sorted(options)) if options else "")
    if name in tasks.TASKS or ":" not in name:
        kind = tasks.TASKS[check_known(name, tasks.TASKS, "task")]
    elif text in foreign or label in foreign:
        kind = _foreign(name)
    else:
        raise UsageError(f"{name} is a task from outside, and its module is imported only if you name it; add --task {label}")
    return replace(kind.at(level, **options), label=label)


def split_label(text: str) -> tuple[str, str]:
    """(name, options) of a task's label; the name of one from outside is "package.module:NAME"."""
    parts = text.split(":")
    named = 1 if parts[0] in tasks.TASKS or len(parts) == 1 or "=" in parts[1] or not parts[1].isidentifier() else 2
    return ":".join(parts[:named]), ":".join(parts[named:])


def _options(text: str, given: str) -> Mapping[str, str]:
    options: dict[str, str] = {}
    for part in filter(None, given.split(",")):
        key, equals, value = part.partition("=")
        if not equals or not key or key in options or key in ("level", "cls"):
            raise UsageError(f'"{part}" in --task {text} is not an option; write NAME:key=value,key=value, each key once')
        options[key] = value
    return options


def _foreign(name: str) -> type[Task]:
    module, _, attribute = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), attribute)
    except ModuleNotFoundError as error:
        advice = f"Check its spelling and that it is on PYTHONPATH, or take one of ours: {nearest(name, tasks.TASKS)}"
        raise UsageError(f"the task {name} needs the Python module {error.name}, which is not there. {advice}") from None
    except AttributeError:
        raise UsageError(f"the module {module} has no {attribute}, which should be a subclass of benchmark.task.Task") from None
    if not (isinstance(found, type) and issubclass(found, Task)):
        raise UsageError(f"{name} is no task: it must be a subclass of benchmark.task.Task, and is {type(found).__name__}")
    return found


def load_worlds(path: Path, label: str | None = None) -> Stored:
    """The worlds of a file in a published format. WorldsError says which line and which field is wrong."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WorldsError(f"{path} cannot be read: {error}. Give the path of a worlds file in UTF-8.") from None
    if len(content) > LARGEST:
        raise WorldsError(f"{path} has more than {LARGEST >> 20} MiB, and no worlds file does. Give the path of a worlds file.")
    wanted = label.partition(":")[0] if label else None
    if exported.recognises(text):
        try:
            return exported.load(text, lambda name, level: make_task(name, level, foreign=(label,) if label else ()))
        except WorldsError as error:
            raise WorldsError(f"{path}: {error}") from None
    for name in tasks.PUBLISHED:
        if name == wanted or (wanted is None and tasks.module(name).recognises(text)):
            try:
                task, worlds = tasks.module(name).load_worlds(text)
            except WorldsError as error:
                raise WorldsError(f"{path}: {error}") from None
            return Stored(task, worlds)
    known = ", ".join(tasks.PUBLISHED)
    raise WorldsError(
        f"{path} is in no format that a task reads. Tasks with published worlds: {known}. Name one with --task to see what it misses."
    )
