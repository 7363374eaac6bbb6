"""Run folders that were played apart, as one: shards of a plan, or parts of its grid."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmark.api.playing import plan_of
from benchmark.records import Document
from benchmark.running.plan import Plan, first_difference
from benchmark.running.shards import Shard
from benchmark.vocabulary import FolderError, UsageError


@dataclass(frozen=True, slots=True)
class Part:
    """One of the folders to be merged: its run.json, and the plan that it was made for."""

    path: Path
    run: Document
    plan: Plan

    @property
    def words(self) -> str:
        return f"{self.path} ({self.plan.shard.words})" if self.plan.shard else str(self.path)

    def command(self, shard: Shard | None = None) -> str:
        """The command that completes this part where it lies now, or plays another shard."""
        typed = _without_out(["bench", *self.run["command"][1:]])
        if shard is None or self.plan.shard is None:
            return shlex.join([*typed, "--out", str(self.path)])
        typed = [word.replace(f"--shard={self.plan.shard}", f"--shard={shard}") for word in typed]
        return shlex.join([str(shard) if word == str(self.plan.shard) else word for word in typed])


def _without_out(typed: Sequence[str]) -> list[str]:
    """The words of a command but for --out: that folder is of one shard alone, and may have been moved."""
    pairs = zip(["", *typed], typed, strict=False)
    return [word for before, word in pairs if "--out" not in (before, word) and not word.startswith("--out=")]


def merge(paths: Sequence[Path], out: Path, foreign: Collection[str] = ()) -> int:
    """Makes run folder ``out`` of ``paths``, all at once or not at all; how many episodes it holds.

    UsageError for folders of unlike configuration. FolderError for an ``out`` that exists, and where parts are incomplete, overlap
    or leave a gap; it says which, and what to do.
    """
    from benchmark.running.folder import read_run
    from benchmark.running.merging import write_merged

    if out.exists():
        raise FolderError(f"{out} exists. Name a new folder as --out; what is merged never changes one.")
    parts = [Part(path, read_run(path), plan_of(path, foreign)) for path in paths]
    for part in parts[1:]:
        _check_alike(parts[0], part)
    _check_shards(parts)
    whole = _whole(parts)
    held = _held(parts)
    if missing := [one.id for one in whole.episodes() if one.id not in held]:
        lists = [name for name, given in whole.grid().items() if any(part.plan.grid()[name] != given for part in parts)]
        raise FolderError(
            f"together these folders lack {len(missing):,} of {len(whole):,} episodes, {missing[0]} among them: "
            f"a run plays all its tasks under all its conditions, and they differ in {' and '.join(lists) or 'nothing'}. "
            "Play what is missing, or merge only folders that differ in one of them."
        )
    write_merged(out, whole, [(part.path, part.run) for part in parts], sys.argv)
    return len(held)


def _check_alike(one: Part, other: Part) -> None:
    """UsageError, with both folders and the first key, where two parts are not of one run."""
    from benchmark.running.merging import stored_worlds

    for name in ("schema", "kind"):
        if one.run[name] != other.run[name]:
            raise UsageError(f"{one.path} and {other.path} differ in {name}: {one.run[name]!r:.60} against {other.run[name]!r:.60}.")
    if difference := first_difference(one.run["configuration"], other.run["configuration"]):
        name, ours, theirs = difference
        raise UsageError(f"{one.words} and {other.words} are not of one run: they differ in {name}, {ours!r:.300} against {theirs!r:.300}.")
    mine, others = stored_worlds(one.path), stored_worlds(other.path)
    if differing := [label for label in mine if label in others and mine[label] != others[label]]:
        raise UsageError(f"{one.words} and {other.words} are not of one run: they hold other worlds of {differing[0]}.")
    shard, another = one.plan.shard, other.plan.shard
    if shard and another and shard.of == another.of:
        for name, given in one.run["grid"].items():
            if given != other.run["grid"][name]:
                raise UsageError(
                    f"{one.words} and {other.words} are of different grids: {name} is {given!r:.200} against "
                    f"{other.run['grid'][name]!r:.200}. Give all shards the same command."
                )
    elif shard or another:
        raise UsageError(f"{one.words} and {other.words} are not parts of the same whole. Merge the shards of each first.")


def _check_shards(parts: Sequence[Part]) -> None:
    """FolderError for a shard that is given twice, or not at all."""
    held: dict[int, Part] = {}
    for part in parts:
        if part.plan.shard:
            if part.plan.shard.number in held:
                other = held[part.plan.shard.number]
                raise FolderError(f"{part.path} and {other.path} overlap: both are {part.plan.shard.words}. Give one of them.")
            held[part.plan.shard.number] = part
    if held and (shard := parts[0].plan.shard):
        missing = [number for number in range(1, shard.of + 1) if number not in held]
        if missing:
            shown = ", ".join(map(str, missing[:10])) + (", …" if len(missing) > 10 else "")
            which = f"shard {shown} is" if len(missing) == 1 else f"shards {shown} are"
            raise FolderError(
                f"{which} missing of {shard.of}. Name the folder of every shard; what plays one: "
                f"{parts[0].command(Shard(missing[0], shard.of))}"
            )


def _whole(parts: Sequence[Part]) -> Plan:
    """The plan whose grid is that of all ``parts``."""
    whole = replace(parts[0].plan, shard=None)
    for part in parts[1:]:
        whole = replace(part.plan, shard=None).joined(whole)
    return whole


def _held(parts: Sequence[Part]) -> set[str]:
    """The ids of all episodes on record. FolderError where a part lacks one of its own or holds another's."""
    from benchmark.running.folder import read_episodes

    held: dict[str, Part] = {}
    for part in parts:
        planned = {one.id for one in part.plan.episodes()}
        for document in read_episodes(part.path):
            name = document["id"]
            if name in held:
                raise FolderError(f"{part.words} and {held[name].words} overlap: both hold {name}. Leave one of them out.")
            if name not in planned:
                raise FolderError(f"{part.words} holds {name}, which its plan does not. Run `bench verify` on it.")
            planned.remove(name)
            held[name] = part
        if planned:
            raise FolderError(
                f"{part.words} is not complete: {len(planned):,} of {len(part.plan):,} episodes are still to be played. "
                f"This completes it: {part.command()}"
            )
    return set(held)


def part_of(path: Path) -> str:
    """Which shard a run folder is, as words to stand after its name; empty for a whole run."""
    from benchmark.running.folder import read_run
    from leaderboard.publication import is_published

    if is_published(path):
        return ""  # only whole runs are
    shard = read_run(path).get("shard")
    return f" (shard {str(shard).replace('/', ' of ')})" if shard else ""
