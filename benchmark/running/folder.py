"""The run folder: what was asked for, every finished episode, every failed attempt."""

from __future__ import annotations

import json
import platform
import secrets
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Self

from benchmark import __version__
from benchmark.prices import Prices, as_document, cost, prices_of, tokens
from benchmark.records import SCHEMA, Document, as_json, canonical, digest, line_of
from benchmark.running.budget import Spent, usage_by_model
from benchmark.running.described import KEYS, wrong
from benchmark.running.identities import Identities
from benchmark.running.journal import Journal, Lines, complaining, locked, opened, set_aside, sync_directory, write_whole
from benchmark.running.plan import GROWING, Plan, check_guard
from benchmark.running.tally import Tally
from benchmark.running.unsettled import Unsettled, read_unsettled
from benchmark.vocabulary import FolderError, Json, Usage, UsageError
from benchmark.worlds import Stored, world_to_json

RUN, EPISODES, ATTEMPTS, WORLDS, LOCK = "run.json", "episodes.jsonl", "attempts.jsonl", "worlds.jsonl", ".lock"
UNSETTLED = "unsettled.jsonl"

_UNFINISHED = {LOCK, WORLDS, f"{WORLDS}.tmp", f"{RUN}.tmp"}
"""All that a run killed before its run.json was there can leave behind."""

_EPISODE_KEYS = frozenset("schema id task version level condition index seed repeat seats outcome calls rounds score cost digest".split())
_DISTRIBUTIONS = ("aiohttp", "numpy", "scipy")


def read_episodes(path: Path) -> Lines:
    """The finished episodes of run folder ``path``; FolderError at a line that is broken, changed, or there twice."""
    seen = Identities()

    def problem(document: Document) -> str:
        name = document["id"]
        if document["schema"] != SCHEMA:
            return f"its schema is {document['schema']!r:.40}, and this version of Parley reads schema {SCHEMA}"
        if not isinstance(name, str) or not (lines.sealed or _intact(document)):
            return "its digest is not that of its content"
        return "" if seen.add(name) else f"episode {name} stands in the file twice"

    lines = Lines(path / EPISODES, _EPISODE_KEYS, problem)
    return lines


def _intact(document: Document) -> bool:
    try:
        return bool(digest(document) == document["digest"])
    except (ValueError, RecursionError):  # NaN and the like, which no line of ours holds
        return False


def read_attempts(path: Path) -> Lines:
    """The failed attempts of run folder ``path``, in the order in which they failed."""
    return Lines(path / ATTEMPTS, frozenset({"id", "when", "what", "retried"}))


def read_worlds(path: Path) -> Lines:
    """The stored worlds of run folder ``path``: {"task", "index", "world"} each, in the order of their files."""
    return Lines(path / WORLDS, frozenset({"task", "index", "world"}))


def read_run(path: Path) -> Document:
    """run.json of run folder ``path``; FolderError if it is none."""
    where = path / RUN
    try:
        with opened(where) as file:
            document: Document = json.loads(file.read())
    except (FileNotFoundError, NotADirectoryError):
        raise FolderError(f"{path} is no run folder: there is no {where}. Give a folder that `bench run` made.") from None
    except OSError as error:
        raise FolderError(f"{where} cannot be read ({error.strerror}). Give the path of a run folder.") from None
    except (ValueError, RecursionError) as error:
        raise FolderError(f"{where} is not JSON ({error}). Restore it from a copy, or give another folder.") from None
    if not isinstance(document, dict) or KEYS - set(document):
        raise FolderError(f"{where} does not describe a run of Parley. Give a folder that `bench run` made.")
    if document["schema"] != SCHEMA:
        raise FolderError(
            f"{where} has schema {document['schema']!r:.40}, and this version of Parley reads schema {SCHEMA}. "
            f"Use the version that it names, or give another folder."
        )
    if problem := wrong(document):
        raise FolderError(f"{where} does not describe a run of Parley: {problem}. Restore it from a copy, or give another folder.")
    return document


def replace_episodes(path: Path, documents: Iterable[Document]) -> Path:
    """Puts ``documents`` in the place of all finished episodes, at once or not at all; gives the file that keeps the old lines."""
    with locked(path, LOCK):
        names = (f"episodes.before{number}.jsonl" for number in ("", *range(2, 1_000_000)))
        kept = next(path / name for name in names if not (path / name).exists())
        with complaining(kept):
            shutil.copyfile(path / EPISODES, path / f"{kept.name}.tmp")
            (path / f"{kept.name}.tmp").replace(kept)
        write_whole(path / EPISODES, (canonical(document) + "\n" for document in documents))
    return kept


class RunFolder:
    """A run folder held open for playing: no other run can write to it.

    ``done`` are the ids of its finished episodes, ``spent`` is what it took till it was opened, and by ``prices`` it is paid;
    ``tally`` is its score so far.
    """

    def __init__(self, path: Path, tally: Tally, prices: Prices, episodes: Lines, attempts: Lines) -> None:
        self.path, self.tally, self.prices, self.spent = path, tally, prices, Spent()
        self.done = Identities()
        for document in episodes:
            self.done.add(document["id"])
            self.spent.episode(document)
            self.tally.take(document)
        for document in attempts:
            self.spent.attempt(document)

    @classmethod
    @contextmanager
    def open(
        cls,
        path: Path,
        plan: Plan,
        details: Mapping[str, Json],
        command: Sequence[str] = (),
        prices: Prices | None = None,
        others: Mapping[str, Mapping[str, Json]] | None = None,
    ) -> Iterator[Self]:
        """The folder of ``plan``, made now or found; ``details`` are the model's, ``others`` those of the other models by spec.
        ``command`` is what the user typed.

        ``prices`` are those of the plan's models, by default the ones that come with Parley; other ones than before are noted.

        A folder that is found keeps its configuration (UsageError if ``plan`` has another), and its grid may grow.
        FolderError if it is broken, foreign or held by another run; nothing in it is changed then.
        """
        configuration = as_json(plan.configuration(details, others))
        _check(path, plan, configuration)
        with complaining(path):
            path.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            stack.enter_context(locked(path, LOCK))
            before = _check(path, plan, configuration)
            episodes, attempts = read_episodes(path), read_attempts(path)
            folder = cls(path, Tally.of(plan), prices_of(plan.specs) if prices is None else prices, episodes, attempts)
            for _ in read_unsettled(path / UNSETTLED):
                pass
            for lines in (episodes, attempts):
                set_aside(lines)
            _describe(folder, plan, configuration, before, command)
            folder._begin(stack)
            yield folder

    def _begin(self, stack: ExitStack) -> None:
        """Opens the files for writing until ``stack`` is closed. What a killed run has cut off is a failed attempt now."""
        self._unsettled = Unsettled(self.path / UNSETTLED)
        stack.callback(self._unsettled.close)
        self._episodes, self._attempts = Journal(self.path / EPISODES), Journal(self.path / ATTEMPTS)
        for journal in (self._episodes, self._attempts):
            stack.callback(journal.close)
        sync_directory(self.path)
        for cut in self._cut_off():
            self.spent.attempt(cut)
        stack.callback(lambda: list(self._cut_off()))

    def _cut_off(self) -> Iterator[Document]:
        """Records as attempts, and gives, what was used by episodes that are not on record and were not played to an end."""
        for episode in self._unsettled:
            if episode in self.done:
                self._unsettled.settle(episode)
            else:
                when = datetime.now(UTC).isoformat(timespec="seconds")
                yield self.attempt({"id": episode, "when": when, "what": "cut off before its end", "retried": False, "cut": True})

    def called(self, episode: str, spec: str, usage: Usage) -> None:
        """Notes what a call of a live episode took, before anything is known of the episode."""
        self._unsettled.called(episode, spec, usage)

    def append(self, document: Mapping[str, Json]) -> None:
        """Seals and records a finished episode: once this returns, no kill of the process loses it."""
        if document["id"] in self.done:
            raise ValueError(f"episode {document['id']} is recorded already")
        self._episodes.write(line_of(document))
        self.done.add(document["id"])
        self.tally.take(document)
        self._unsettled.settle(document["id"])

    def attempt(self, document: Mapping[str, Json]) -> Document:
        """Records an attempt that failed, {"id", "when", "what", "retried"}, with what it took; gives what is recorded.

        A "usage" that is given leaves alone what the episode, played elsewhere at the same time, has used.
        """
        whole = {"usage": self._unsettled.used(document["id"]), **document}
        use = usage_by_model(whole)
        whole |= {"tokens": tokens(use), "cost": cost(use, self.prices)}
        self._attempts.append(whole)
        if "usage" not in document:
            self._unsettled.settle(document["id"])
        return whole

    def sync(self) -> None:
        """Waits until all that is recorded is on the disk; may be called from another thread."""
        self._episodes.sync()
        self._attempts.sync()
        self._unsettled.sync()


def _check(path: Path, plan: Plan, configuration: Document) -> Document | None:
    """run.json of a folder that ``plan`` may go on with; None where a new one can be made. Writes nothing."""
    with complaining(path, "cannot be read"):
        found = {entry.name for entry in path.iterdir()} if path.exists() else set()
    if RUN not in found:
        if foreign := sorted(found - _UNFINISHED):
            raise FolderError(f"{path} holds other things ({foreign[0]}, …) and no {RUN}. Give an empty or a new folder as --out.")
        return None
    before = read_run(path)
    if before["kind"] != plan.kind:
        raise FolderError(f"{path} holds a run of kind {before['kind']!r:.40}, to which no {plan.kind} can add. Give another --out.")
    ours, theirs = configuration, before["configuration"]
    if before.get("shard") != (held := str(plan.shard) if plan.shard else None):
        was, now = (f"--shard {one}" if one else "no --shard" for one in (before.get("shard"), held))
        raise UsageError(f"{path} was made with {was:.40}, and now there is {now}. Give the same one, or another --out.")
    check_guard(theirs, ours)
    old, new = _stored(path), _worlds(plan)
    for label in {**new, **dict.fromkeys(ours["tasks"])}:
        if label in theirs["tasks"] and old.get(label) != new.get(label):
            raise UsageError(f"{path} was made with other worlds of {label}. Give the file that it was made with, or another --out.")
    return before


def _worlds(plan: Plan) -> dict[str, list[Document]]:
    """The lines of worlds.jsonl that ``plan`` needs, by task."""
    return {
        source.task.label: [
            as_json({"task": source.task.label, "index": index, "world": world_to_json(world)}) for index, world in enumerate(source.worlds)
        ]
        for source in plan.sources
        if isinstance(source, Stored)
    }


def _stored(path: Path) -> dict[str, list[Document]]:
    """The lines of worlds.jsonl that the folder has, by task."""
    found: dict[str, list[Document]] = {}
    for line in read_worlds(path):
        found.setdefault(line["task"], []).append(line)
    return found


def _describe(folder: RunFolder, plan: Plan, configuration: Document, before: Document | None, command: Sequence[str]) -> None:
    """Writes run.json, and worlds.jsonl before it, so that a folder with the one has the other."""
    path = folder.path
    worlds = {**(_stored(path) if before else {}), **_worlds(plan)}
    if worlds and (before is None or worlds != _stored(path)):
        write_whole(path / WORLDS, (canonical(line) + "\n" for lines in worlds.values() for line in lines))
    now = {
        "configuration": configuration,
        "grid": plan.grid(),
        **({"shard": str(plan.shard)} if plan.shard else {}),
        "plan": len(plan),
        "prices": as_document(folder.prices),
        "versions": _versions(),
        "git_commit": _git_commit(),
        "command": list(command),
    }
    if before is None:
        created = datetime.now(UTC).isoformat(timespec="seconds")
        new = {"schema": SCHEMA, "id": secrets.token_hex(8), "kind": plan.kind, **now, "created": created, "earlier": []}
    else:
        new = _grown(before, now)
        new["plan"] = len(plan) if new["grid"] == plan.grid() else _size(new, plan, worlds)
    if new != before:
        write_whole(path / RUN, [json.dumps(new, indent=2, allow_nan=False), "\n"])


def _grown(before: Document, now: Document) -> Document:
    """run.json once ``now`` has joined ``before``. ``earlier`` keeps the versions and prices under which it was played till now."""
    old, new = before["configuration"], now["configuration"]
    growing = [name for name in ("tasks", *GROWING) if name in new]
    configuration = {**new, **{name: {**old.get(name, {}), **new[name]} for name in growing}}
    old_grid, new_grid = before["grid"], now["grid"]
    grid = {
        **new_grid,
        **{name: list(dict.fromkeys([*old_grid[name], *new_grid[name]])) for name in ("tasks", "conditions")},
        **{name: max(old_grid[name], new_grid[name]) for name in ("n", "repeats")},
    }
    made = {name: before.get(name) for name in ("versions", "git_commit", "command", "prices")}
    same = all(made[name] == now[name] for name in ("versions", "git_commit", "prices"))
    earlier = [*before.get("earlier", []), *([] if same else [made])]
    return {**before, **now, "configuration": configuration, "grid": grid, "earlier": earlier}


def _size(run: Document, plan: Plan, worlds: Mapping[str, list[Document]]) -> int:
    """The number of episodes in the grid of ``run``, of which ``plan`` may be a part."""
    if plan.shard:
        raise UsageError("a shard goes on as a part of its folder's whole grid only. Give the whole plan, or another --out.")
    grid, levels = run["grid"], len(run["configuration"]["levels"])
    planned = replace(plan, n=grid["n"])
    total = 0
    for label in grid["tasks"]:
        sources = [source for source in plan.sources if source.task.label == label]
        stored = min(grid["n"], len(worlds[label])) if label in worlds else grid["n"]
        total += sum(map(planned.worlds_of, sources)) if sources else stored * levels
    return total * len(grid["conditions"]) * int(grid["repeats"])


@lru_cache(maxsize=1)
def _versions() -> dict[str, str]:
    """What plays: this version of Parley, Python, and the libraries that numbers pass through."""
    installed = {name: metadata.version(name) for name in _DISTRIBUTIONS}
    return {"parley": __version__, "python": platform.python_version(), "platform": platform.platform(), **installed}


@lru_cache(maxsize=1)
def _git_commit() -> str | None:
    """The commit of the checkout this package lies in, with "-dirty" if it was changed since; None outside one."""
    place = Path(__file__).resolve().parents[2]
    git = shutil.which("git")
    if git is None or not (place / ".git").exists():
        return None
    describe = [git, "--no-optional-locks", "-C", str(place), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(describe, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603 (no part comes from outside)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None
