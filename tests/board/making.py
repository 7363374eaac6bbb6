"""Rows to put on a board: one real entry, and others like it that say other names and numbers."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from leaderboard.board.decisions import Decision
from leaderboard.board.rows import Listed
from leaderboard.entry import Entry, Figure
from tests.made_entry import built


@lru_cache
def real() -> Entry:
    return built(Path(tempfile.mkdtemp(prefix="parley-board-"))).entry


def entry(name: str = "acme/talker", mean: float = 0.5, half: float = 0.1, **more: Any) -> Entry:
    """An entry of a model whose grounding success is ``mean`` ± ``half``."""
    found = Figure(mean, (mean - half, mean + half), 40, "share")
    scores = replace(real().scores, overall={**real().scores.overall, "grounding_success": found})
    model = replace(real().model, id=name, spec=f"openai:{name.partition('/')[2]}", weights=more.pop("weights", "closed"))
    return replace(real(), kind=more.pop("kind", "model"), model=model, scores=scores, **more)


def listed(one: Entry, number: int = 1, replayed: bool = True, decisions: tuple[Decision, ...] = ()) -> Listed:
    identity = f"2026-03-01-{number:012x}"
    organisation, _, name = one.model.id.partition("/")
    return Listed(identity, f"entries/{one.track}/{organisation}__{name}/{identity}", one, replayed, decisions)


def decision(number: int, action: Any, reason: str = "A reason.") -> Decision:
    return Decision("2026-03-02T10:00:00+00:00", f"2026-03-01-{number:012x}", action, reason, None, "keeper")
