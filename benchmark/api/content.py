"""The tasks and worlds that a user can name: ours, a stranger's, and files."""

from __future__ import annotations

import importlib
import traceback
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
    task = replace(kind.at(level, **options), label=label)
    try:
        frozenset((task,))
    except TypeError as error:
        raise UsageError(
            f"{label} at level {level} is no value: {error}. Let its fields hold values: tuples for lists, no objects"
        ) from None
    return task


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
        imported = importlib.import_module(module)
    except ModuleNotFoundError as error:
        advice = f"Check its spelling and that it is on PYTHONPATH, or take one of ours: {nearest(name, tasks.TASKS)}"
        raise UsageError(f"the task {name} needs the Python module {error.name}, which is not there. {advice}") from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's module may do anything
        raise UsageError(
            f"the module of the task {name} breaks when it is imported: {type(error).__name__}: {error}{_line(error)}"
        ) from None
    found = getattr(imported, attribute, None)
    if found is None:
        raise UsageError(f"the module {module} has no {attribute}, which should be a subclass of benchmark.task.Task")
    if not (isinstance(found, type) and issubclass(found, Task)):
        raise UsageError(f"{name} is no task: it must be a subclass of benchmark.task.Task, and is {type(found).__name__}")
    if missing := sorted(found.__abstractmethods__):
        raise UsageError(f"the task {name} lacks {', '.join(missing)}; CONTRIBUTING.md says what each gives")
    own = [field for field, kind in vars(found).get("__annotations__", {}).items() if "ClassVar" not in str(kind)]
    if own and "__dataclass_params__" not in vars(found):
        raise UsageError(f"the task {name} has the field {own[0]} and is no dataclass; put @dataclass(frozen=True, kw_only=True) before it")
    return found


def _line(error: BaseException) -> str:
    """Where in a stranger's file it happened; a SyntaxError says so itself."""
    library = Path(traceback.__file__).parent
    there = [frame for frame in traceback.extract_tb(error.__traceback__)[1:] if library not in Path(frame.filename).parents]
    there = [frame for frame in there if Path(frame.filename).is_file()]
    return f" ({Path(there[-1].filename).name}, line {there[-1].lineno})" if there else ""


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
