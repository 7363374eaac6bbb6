"""What to look at first: the few episodes of a run that say most about it, found while its records are read. Keeps a handful of each kind.

Nothing here enters a score. Which episodes are named does not depend on the order of the records.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmark.quoting import READY
from benchmark.vocabulary import Json

Record = Mapping[str, Json]
Document = dict[str, Json]

NAMED = 4
"""Episodes that are named of each kind; the others are counted."""

SILENT_TURNS = 2
"""A silence is at least so many turns in a row in which nobody says a word, beyond the one round of them that closes a talk."""

KINDS = ("leaked", "failed", "unlicensed", "lucky", "misjudged", "psychic", "silence")

_WORD = re.compile(r"\w")


@dataclass(slots=True)
class FirstLook:
    """``found`` holds, of each kind, the ``NAMED`` that come first: (rank, id, how much)."""

    counts: dict[str, int] = field(default_factory=dict)
    found: dict[str, list[tuple[tuple[int, ...], str, int]]] = field(default_factory=dict)

    def take(self, record: Record) -> None:
        """Looks at one record."""
        place = (int(record["index"]), int(record["repeat"]))
        for kind, amount in _kinds(record).items():
            self.counts[kind] = self.counts.get(kind, 0) + 1
            named = self.found.setdefault(kind, [])
            rank = (-amount, *place) if kind == "silence" else place
            named.append((rank, str(record["id"]), amount))
            if len(named) > 8 * NAMED:
                named[:] = heapq.nsmallest(NAMED, named)

    def document(self) -> Document:
        """By kind, how many there are and the first of them: the longest silences, and the lowest worlds of everything else."""
        return {kind: {"count": self.counts[kind], "episodes": self._named(kind)} for kind in KINDS if kind in self.counts}

    def _named(self, kind: str) -> list[Document]:
        return [{"id": name, "amount": amount} for _, name, amount in heapq.nsmallest(NAMED, self.found[kind])]


def _kinds(record: Record) -> dict[str, int]:
    """The kinds that ``record`` is of, each with an amount: turns of silence, strings said; 1 otherwise."""
    score, outcome = record["score"], str(record["outcome"])
    if outcome == "leaked":
        return {"leaked": 1}
    found = {} if outcome == "decided" else {"failed": 1}
    licensed = score["licensed"] or {}
    if outcome == "decided" and licensed:
        earned = all(licensed.values())
        found |= {} if earned else {"lucky" if score["success"] else "unlicensed": 1}
        found |= {"misjudged": 1} if earned and not score["success"] else {}
    found |= {"psychic": int(score["psychic"])} if score["psychic"] else {}
    silent = longest_silence(record)
    return found | ({"silence": silent} if silent >= SILENT_TURNS else {})


def longest_silence(record: Record) -> int:
    """The longest run of turns without a word in any round; one turn of each seat at the end of a talk is how talks end."""
    return max((_longest(one["turns"], len(record["seats"])) for one in record["rounds"]), default=0)


def _longest(turns: Sequence[Record], closing: int) -> int:
    runs = [0]
    for turn in turns:
        runs = [*runs, 0] if _WORD.search(str(turn["text"]).lower().replace(READY, "")) else [*runs[:-1], runs[-1] + 1]
    return max(*runs[:-1], runs[-1] - closing, 0)
