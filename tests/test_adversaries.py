"""Against circularity: players that get answers right, or say every word there is, without grounding anything.

None of them uses the reader's own sentences to any effect, and none may get grounding success.
"""

from __future__ import annotations

import codecs

import pytest

from benchmark import api, views
from benchmark.answers import write_answer
from benchmark.drive import record
from benchmark.quoting import length
from benchmark.records import Document
from benchmark.vocabulary import Answer, Claim, Request, Task, World
from benchmark.worlds import Generated
from tests.voices import Voice, planned, play

LABELS = ["mutual_friend", "assignment", "hidden_profile", "hidden_profile:seats=4"]
WORLDS = 12


def truth(task: Task, world: World) -> Answer:
    return task.candidates(views.view(world, views.Lens(world.seats, world.seats)), ())[0]


def conclusion(task: Task, world: World) -> Voice:
    """Knows the answer from nowhere and announces it; no evidence crosses the table."""
    answer = truth(task, world)

    def speak(request: Request) -> str:
        return write_answer(answer) if request.schema else task.word((Claim("propose", ("answer",), answer),), request.view)

    return speak


def cipher(task: Task, world: World) -> Voice:
    """Tells all that matters in a code of its own; both sides know the code, and the answer is right."""
    answer = truth(task, world)

    def speak(request: Request) -> str:
        if request.schema:
            return write_answer(answer)
        moves = task.moves(request.view, request.heard, request.seat)
        return codecs.encode(task.word(moves, request.view), "rot13")

    return speak


def babble(task: Task, world: World) -> Voice:
    """Says of everything that it has every value, its own sheet and the falsehoods alike, and happens to be right."""
    answer = truth(task, world)

    def speak(request: Request) -> str:
        if request.schema:
            return write_answer(answer)
        own = [fact for fact in request.view.held_by(request.seat) if fact.text and not views.is_canary(fact)]
        values = [fact.value for fact in own]
        turned = zip(own, values[1:] + values[:1], strict=True)
        told = [Claim("affirm", fact.slot, value) for fact, other in turned for value in (fact.value, other)]
        start = 2 * sum(turn.seat == request.seat for turn in request.heard)
        return _fitting(request, told[start:])

    return speak


def _fitting(request: Request, claims: list[Claim]) -> str:
    said = ""
    for count in range(1, len(claims) + 1):
        try:
            longer = request.task.word(tuple(claims[:count]), request.view)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            break  # nonsense that the task has no words for
        if length(longer) > request.task.words:
            break
        said = longer
    return said


def scored(label: str, kind: object) -> list[Document]:
    assert callable(kind)
    task = api.make_task(label, 3)
    documents = []
    for index in range(WORLDS):
        world = Generated(task, 13).world(index)
        episode, _ = play(task, world, "private", kind(task, world))
        documents.append(record(planned(task, world, "private"), world, episode))
    return documents


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("adversary", [conclusion, cipher, babble], ids=lambda adversary: adversary.__name__)
def test_right_without_evidence_is_luck(label: str, adversary: object) -> None:
    for document in scored(label, adversary):
        assert document["score"]["success"]
        assert document["score"]["grounding_success"] is False
        assert document["score"]["lucky"] is True


@pytest.mark.parametrize("label", LABELS)
def test_a_conclusion_licenses_nobody_who_repeats_it(label: str) -> None:
    for document in scored(label, conclusion):
        assert not any(document["score"]["delegated"].values())
