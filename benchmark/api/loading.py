"""A run folder in Python: what was asked for, every record, and a table of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmark.records import Document
from benchmark.vocabulary import Json, UsageError

if TYPE_CHECKING:
    from pandas import DataFrame

_NAMED = ("id", "task", "version", "level", "condition", "index", "seed", "repeat", "outcome", "solvable", "cost")
_SCORED = ("success", "grounding_success", "lucky", "psychic", "turns", "words", "native")


@dataclass(frozen=True, slots=True)
class Run:
    """A run folder as it lies on disk. ``configuration`` determines its episodes, ``grid`` says how far it goes; ``plan`` counts them."""

    path: Path
    id: str
    configuration: Mapping[str, Json]
    grid: Mapping[str, Json]
    plan: int

    @property
    def model(self) -> str:
        """The spec of the model that was tested."""
        return str(self.configuration["model"])

    def records(self) -> Iterator[Document]:
        """Every finished episode, in the order in which they ended: the lines of episodes.jsonl. FolderError at one that is broken."""
        from benchmark.running.folder import read_episodes

        yield from read_episodes(self.path)

    def rows(self) -> Iterator[dict[str, Json]]:
        """A flat row for each finished episode: its name, its outcome, its score, and a column for each part of the score.

        ``raw``, ``floor`` and ``best`` share the task's own unit; ``seat_A`` names who played there; ``part_…`` is missing where a
        score has no such part.
        """
        for record in self.records():
            score = record["score"]
            yield {
                **{name: record[name] for name in _NAMED},
                **{f"seat_{seat}": spec for seat, spec in record["seats"].items()},
                **{name: score[name] for name in _SCORED},
                **score["value"],
                **{f"facts_{name}": count for name, count in score["facts"].items()},
                **{f"part_{name}": part for name, part in score["parts"].items()},
            }

    def to_pandas(self) -> DataFrame:
        """``rows`` as a table. UsageError where pandas is missing."""
        try:
            import pandas as pd
        except ImportError:
            raise UsageError('a table of a run needs pandas. Install it: pip install "parley-bench[table]"') from None
        return pd.DataFrame(list(self.rows()))


def load_run(path: Path | str) -> Run:
    """The run in folder ``path``. FolderError if it is none."""
    from benchmark.running.folder import read_run

    place = Path(path)
    run = read_run(place)
    return Run(place, str(run["id"]), run["configuration"], run["grid"], int(run["plan"]))
