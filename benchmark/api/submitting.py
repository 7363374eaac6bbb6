"""From a run folder to an entry of the leaderboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import tasks
from benchmark.api.playing import plan_of

if TYPE_CHECKING:
    from leaderboard.building import Built, Claims


def build_entry(path: Path, claims: Claims, out: Path) -> Built:
    """The entry of run folder ``path``, written below ``out``."""
    from benchmark.folder import read_run
    from leaderboard.building import build

    return build(path, read_run(path), plan_of(path), claims, out, tasks.HEADLINE)
