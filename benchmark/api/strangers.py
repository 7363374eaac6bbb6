"""What members of a society share beyond what strangers share: no mean over games, and so no part of any game's score."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from benchmark.api.content import make_task
from benchmark.api.playing import plan_of
from benchmark.bonds.pseudo_pairs import Beyond, agreement_beyond, knowledge_beyond
from benchmark.bonds.societies import Society, recorded
from benchmark.records import Document
from benchmark.results import statistics
from benchmark.running.folder import read_episodes
from benchmark.vocabulary import Json

NAME = "society"
MEASURED = {"agreement_beyond": agreement_beyond, "known_beyond": knowledge_beyond}
DIGITS = 12


def with_strangers(document: Document, path: Path, foreign: Collection[str] = ()) -> Document:
    """A report of ``path`` with two more curves for every society: agreement and knowledge, less what members of other worlds share."""
    labels = [label for label in document.get("curves", {}) if make_task(label, 3, foreign).name == NAME]
    if not labels:
        return document
    planned = {episode.id: episode for episode in plan_of(path, foreign).episodes()}
    games: dict[tuple[str, str], list[Society]] = {}
    for record in read_episodes(path):
        if record["task"] in labels and record["outcome"] == "decided":
            found = recorded(planned[record["id"]].world(), record)
            games.setdefault((record["task"], record["condition"]), []).append(found)
    for (label, condition), societies in sorted(games.items()):
        for name, measure in MEASURED.items():
            points = [_point(measure(societies, place), label) for place in range(min(played.rounds for played in societies))]
            if any(points):
                document["curves"][label][condition][name] = points
    return document


def _point(found: Beyond | None, label: str) -> Json:
    """With limits over worlds; games of one world are resampled together."""
    if found is None:
        return None
    by_world: dict[int | None, list[float]] = {}
    for world, value in zip(found.worlds, found.weighed, strict=True):
        by_world.setdefault(world, []).append(value)
    rows: Sequence[Sequence[float]] = [(sum(values), float(len(values))) for values in by_world.values()]
    limits = statistics.interval(statistics.ratio_estimate([np.array(rows)], label))
    numbers = {"mean": found.difference, "low": limits.low, "high": limits.high}
    return {**{name: round(number, DIGITS) + 0.0 for name, number in numbers.items()}, "n": len(rows)}
