"""Two run folders that differ in their factors alone, compared pair by pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmark.api.playing import plan_of
from benchmark.factors import UNGROUNDED
from benchmark.records import Document
from benchmark.running.plan import GROWING
from benchmark.views import own_view
from benchmark.vocabulary import Json, Turn, UsageError

if TYPE_CHECKING:
    from benchmark.results.arms import Play

_APART = ("factors", "tasks", "partners", "panel", "levels", *GROWING)
"""What two arms need not share. Partners may be the same model under two names, as a replay of one run or another is."""


@dataclass(frozen=True, slots=True)
class Arms:
    """The rows of ``benchmark.results.arms.compared``, what each arm is, and why grounding is not compared (empty where it could be)."""

    rows: list[Document]
    names: tuple[str, str]
    why: str

    def document(self) -> Document:
        return {"first": self.names[0], "second": self.names[1], "differences": self.rows, **({"ungrounded": self.why} if self.why else {})}


def are_arms(first: Path, second: Path) -> bool:
    """Whether two folders were played alike but for their factors, on worlds of the same seed."""
    from benchmark.running.folder import read_run

    one, other = (read_run(path)["configuration"] for path in (first, second))
    same = all(one.get(name) == other.get(name) for name in {*one, *other} - set(_APART))
    return same and one.get("factors") != other.get("factors")


def arms(first: Path, second: Path) -> Arms:
    """The paired differences, second minus first. UsageError if no world was played in both."""
    from benchmark.results.arms import compared
    from benchmark.running.folder import read_run

    rows = compared(_plays(first), _plays(second))
    if not rows:
        raise UsageError(f"{first} and {second} have no world in common; play the same tasks, level and seed in both")
    factors = [read_run(path)["configuration"]["factors"] for path in (first, second)]
    names = tuple(" ".join(f"{name}={value}" for name, value in one.items()) or "default" for one in factors)
    return Arms(rows, (names[0], names[1]), UNGROUNDED if any("channel" in one for one in factors) else "")


def _plays(path: Path) -> Iterator[Play]:
    from benchmark.results.arms import play_of
    from benchmark.running.folder import read_episodes

    plan = plan_of(path)
    planned = {episode.id: episode for episode in plan.episodes()}
    for record in read_episodes(path):
        if record["id"] in planned:
            episode = planned[record["id"]]
            claims = episode.task.claims(_said(record), own_view(episode.world(), "A").in_common())
            if play := play_of(record, plan.model, claims):
                yield play


def _said(record: Mapping[str, Json]) -> list[Turn]:
    return [Turn(turn["seat"], turn["text"], turn["to"]) for one in record["rounds"] for turn in one["turns"]]
