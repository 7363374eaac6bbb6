"""What the formats have in common: an entry that is cited, its figures by task, and its talks as messages.

Formats know one assistant and one user. The seat that the tested model plays (the first of them in self-play) is the assistant, and
everyone else is the user, each line headed by its seat.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmark.records import Document
from benchmark.views import HEADLINE
from benchmark.vocabulary import Json
from leaderboard.entry import Entry, Figure
from leaderboard.opening import Opened

DATASET = "parley-bench/parley"
"""Where the benchmark's worlds are published."""


@dataclass(frozen=True, slots=True)
class Cited:
    """An entry, the address under which it can be found for good, and the dataset of the benchmark with its revision."""

    entry: Opened
    address: str | None = None
    dataset: str = DATASET
    revision: str | None = None

    @property
    def said(self) -> Entry:
        return self.entry.entry


@dataclass(frozen=True, slots=True)
class Result:
    """One figure: of a task or of all, under the name of its measure."""

    task: str
    measure: str
    figure: Figure


def results(said: Entry) -> Iterator[Result]:
    """Grounding success and success in the headline condition, overall and by task, where they were measured."""
    for measure in ("grounding_success", "success"):
        if figure := said.scores.overall.get(measure):
            yield Result("overall", measure, figure)
        for label, cells in said.scores.tasks.items():
            if figure := cells.get(HEADLINE, {}).get(measure):
                yield Result(label, measure, figure)


def notes(said: Entry) -> str:
    """What a number must not be read without, in one line."""
    partners = ", ".join(partner.spec for partner in said.partners) or "itself"
    versions = ", ".join(f"{label} v{version}" for label, version in said.game.tasks.items())
    return (
        f"track={said.track}; condition={HEADLINE}; partner={partners}; level={','.join(map(str, said.game.levels))}; "
        f"n={said.game.n} worlds a task; parley {said.bench.version}; {versions}"
    )


def portable(text: str) -> str:
    """``text`` as part of a path on any system."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "-" for char in text).strip(".-") or "unnamed"


def assistant_of(said: Entry, record: Document) -> str:
    """The seat whose words are the assistant's."""
    seats: Mapping[str, str] = record["seats"]
    return next((seat for seat, spec in sorted(seats.items()) if spec == said.model.spec), min(seats))


def scene(record: Document) -> str:
    """Which episode it was, in words."""
    seats = ", ".join(f"{seat} {spec}" for seat, spec in sorted(record["seats"].items()))
    where = f"{record['task']} (version {record['version']}), level {record['level']}, condition {record['condition']}"
    return f"{where}, world {record['index']}. Seats: {seats}. Every seat holds facts of its own."


def messages(record: Document, assistant: str) -> Iterator[tuple[str, str]]:
    """(role, text) of everything that was heard, then of every answer."""
    for one in record["rounds"]:
        for turn in one["turns"]:
            mine = turn["seat"] == assistant
            to = f" to {turn['to']}" if turn.get("to") else ""
            yield (
                ("assistant", turn["text"]) if mine and not to else ("assistant" if mine else "user", f"{turn['seat']}{to}: {turn['text']}")
            )
        for seat, answer in sorted(one["answers"].items(), key=lambda pair: (pair[0] == assistant, pair[0])):
            said = json.dumps({"answer": answer}, ensure_ascii=False)
            yield ("assistant", said) if seat == assistant else ("user", f"{seat}: {said}")


def tokens(record: Document) -> dict[str, int]:
    """Prompt and completion tokens of an episode."""
    uses = [call["usage"] for call in record["calls"]]
    return {kind: sum(int(use.get(kind, 0)) for use in uses) for kind in ("prompt", "completion")}


def text_of(document: Json) -> bytes:
    return (json.dumps(document, ensure_ascii=True, sort_keys=True, allow_nan=False) + "\n").encode("ascii")
