"""Human dialogues as records: scored by the same code as models, and kept as scores alone.

Nothing that people wrote is kept, and nothing of who they were; a corpus keeps its own licence that way. Whether they
earned what they got is left open: how well their language is read is not established, and a claim that is missed would
count against them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmark.episode import Episode, Round
from benchmark.records import Document, sealed
from benchmark.running.drive import record
from benchmark.running.plan import Plan, Planned
from benchmark.task import Task
from benchmark.views import CONDITIONS, HEADLINE
from benchmark.vocabulary import Dialogue, Json, Sampling
from benchmark.worlds import Stored, freeze

PEOPLE = "human"
"""The spec that stands at every seat."""

FROM_TALK = ("facts", "psychic", "turns", "words")
UNREAD = ("grounding_success", "lucky", "licensed", "delegated", "diagnosis")

BROKEN_OFF = "the talk was broken off, and nobody decided anything"


def plan(task: Task, dialogues: Sequence[Dialogue]) -> Plan:
    """The grid of a corpus: each of its worlds once, under the condition in which people talked."""
    worlds = Stored(task, tuple(dialogue.world for dialogue in dialogues))
    return Plan(PEOPLE, (worlds,), (CONDITIONS[HEADLINE],), Sampling(), n=len(dialogues))


def records(of: Plan, dialogues: Sequence[Dialogue]) -> Iterator[tuple[str, Document | None]]:
    """(episode id, record) of each dialogue; None where it was broken off."""
    for planned in of.episodes():
        dialogue = dialogues[planned.index]
        if dialogue.answers is None:
            yield planned.id, None
            continue
        episode = Episode("decided", (), (Round(dialogue.turns, dialogue.answers),))
        yield planned.id, _without_words(record(planned, planned.world(), episode))


def is_imported(planned: Planned, document: Mapping[str, Json]) -> bool:
    """Whether ``document`` comes from a corpus: people everywhere, and no call."""
    return set(planned.seats.values()) == {PEOPLE} and document["calls"] == []


def again(planned: Planned, document: Mapping[str, Json]) -> Document:
    """The record that follows from the answers of ``document``; what follows from the talk alone is taken from it."""
    answers = {seat: freeze(answer) for seat, answer in document["rounds"][0]["answers"].items()}
    fresh = record(planned, planned.world(), Episode("decided", (), (Round((), answers),)))
    told = {name: document["score"][name] for name in FROM_TALK}
    return _without_words({**fresh, "score": {**fresh["score"], **told}})


def _without_words(document: Document) -> Document:
    rounds = [{"turns": [], "answers": played["answers"]} for played in document["rounds"]]
    return sealed({**document, "rounds": rounds, "score": {**document["score"], **dict.fromkeys(UNREAD)}})
