"""Small runs and the entries that are built from them: what the tests of the leaderboard share."""

from __future__ import annotations

import json
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmark import api, runner
from benchmark.records import Document, canonical, sealed
from leaderboard.building import Built, Claims

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
    path = tmp_path / "run"
    if not path.exists():
        run_folder(path, **played)
    return api.build_entry(path, claims, tmp_path / "board")
