"""A run folder of the toy task, and what it means to be left alone: what the tests of run folders share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from benchmark.records import Document, canonical
from benchmark.running.folder import RunFolder
from benchmark.running.plan import Plan
from benchmark.vocabulary import ParleyError
from tests.toy_task import toy_plan, toy_records

DETAILS = {"revision": "1"}
ATTEMPT = {"id": "x", "when": "2026-01-01T00:00:00+00:00", "what": "503", "retried": True}


@lru_cache
def records() -> tuple[Document, ...]:
    return tuple(toy_records(toy_plan()))


def lines(path: Path, name: str = "episodes.jsonl") -> bytes:
    return (path / name).read_bytes()


def line(document: Document) -> bytes:
    return canonical(document).encode() + b"\n"


def contents(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in path.iterdir()}


def opened(path: Path, plan: Plan | None = None) -> Any:
    return RunFolder.open(path, plan or toy_plan(), DETAILS, ["bench", "run"])


def fill(path: Path) -> Path:
    """A folder with three of four episodes and one failed attempt."""
    with opened(path) as folder:
        for document in records()[:3]:
            folder.append(document)
        folder.attempt(ATTEMPT)
    return path


@contextmanager
def refused(path: Path, kind: type[ParleyError], words: str) -> Iterator[None]:
    """The folder is refused with ``words``, and nothing in it is changed."""
    before = contents(path)
    with pytest.raises(kind, match=words):
        yield

    assert before == contents(path)
