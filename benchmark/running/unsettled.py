"""What the episodes that are being played have used so far, on file call by call: no kill makes a run forget what it spent.

The file is there while a run plays. Whoever opens the folder next after a kill finds in it what was cut off.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from benchmark.prices import add
from benchmark.records import Document
from benchmark.running.budget import usage_of
from benchmark.running.journal import Journal, Lines, complaining, set_aside
from benchmark.vocabulary import Usage


class Unsettled:
    """The tokens of each episode that is neither on record nor failed, by model."""

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = read_unsettled(path)
        self._of = left_in(lines)
        set_aside(lines)
        self._journal = Journal(path)

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._of))

    def called(self, episode: str, spec: str, usage: Usage) -> None:
        """A call of ``episode`` was answered."""
        _add(self._of, episode, spec, usage)
        took = f'{{"cached":{usage.cached},"completion":{usage.completion},"prompt":{usage.prompt}}}'
        self._journal.write(f'{{"id":{_quoted(episode)},"model":{_quoted(spec)},"usage":{took}}}')

    def used(self, episode: str) -> Document:
        """What an attempt at ``episode`` took, as attempts.jsonl says it."""
        return {spec: _document(usage) for spec, usage in self._of.get(episode, {}).items()}

    def settle(self, episode: str) -> None:
        """What ``episode`` took stands elsewhere now."""
        if self._of.pop(episode, None) is not None:
            self._journal.append({"id": episode, "model": None})

    def sync(self) -> None:
        self._journal.sync()

    def close(self) -> None:
        """Takes the file away if nothing in it is needed any more."""
        self._journal.close()
        if not self._of:
            with complaining(self._path):
                self._path.unlink(missing_ok=True)


def read_unsettled(path: Path) -> Lines:
    """The lines of the file at ``path``; FolderError at one that is broken."""

    def problem(line: Document) -> str:
        try:
            sound = line["model"] is None or usage_of(line["usage"]) is not None
        except (LookupError, TypeError, ValueError):
            sound = False
        return "" if sound and isinstance(line["id"], str) and isinstance(line["model"], str | None) else "it holds no tokens"

    return Lines(path, frozenset({"id", "model"}), problem)


def left_in(lines: Iterable[Document]) -> dict[str, dict[str, Usage]]:
    """By episode and model, what is not settled at the end of ``lines``."""
    left: dict[str, dict[str, Usage]] = {}
    for line in lines:
        if line["model"] is None:
            left.pop(line["id"], None)
        else:
            _add(left, line["id"], line["model"], usage_of(line["usage"]))
    return left


_quoted = lru_cache(maxsize=8192)(json.dumps)
"""Of names: each stands in a line for every call of its episode."""


def _add(left: dict[str, dict[str, Usage]], episode: str, spec: str, usage: Usage) -> None:
    of = left.setdefault(episode, {})
    of[spec] = add(of[spec], usage) if spec in of else usage


def _document(usage: Usage) -> Document:
    return {"prompt": usage.prompt, "cached": usage.cached, "completion": usage.completion}
