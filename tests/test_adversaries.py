"""Against circularity: players that get answers right, or say every word there is, without grounding anything.

None of them uses the reader's own sentences to any effect, and none may get grounding success.
"""

from __future__ import annotations

import codecs
from dataclasses import replace

import pytest

from benchmark import api, views
from benchmark.answers import write_answer
from benchmark.conformance.voices import Voice, planned, play
from benchmark.quoting import length
from benchmark.records import Document
from benchmark.running.drive import record
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Request, View, World
from benchmark.worlds import Generated
from tasks.reference.scenes import ordered
from tests.labels import GROUNDING

LABELS = [label for label in GROUNDING if label not in ("hidden_profile:seats=5", "schedule:seats=3")]
WORLDS = 12


def truth(task: Task, world: World) -> Answer:
    return task.candidates(views.view(world, views.Lens(world.seats, world.seats)), ())[0]


def conclusion(task: Task, world: World) -> Voice:
    """Knows the answer from nowhere and announces it; no evidence crosses the table."""
    answer = truth(task, world)

    def speak(request: Request) -> str:
        return write_answer(answer) if request.schema else task.word(_proposal(answer), request.view)

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
    """Says of what is on its sheet that it is so and that it is otherwise, and happens to be right."""
    answer = truth(task, world)

    def speak(request: Request) -> str:
        if request.schema:
            return write_answer(answer)
        told = [claim for fact in request.view.held_by(request.seat) for claim in _both(fact, request.view)]
        pairs = [told[i : i + 2] for i in range(0, len(told), 2)]
        earlier = sum(turn.seat == request.seat for turn in request.heard)
        said = [request.task.word(tuple(pair), request.view) for pair in pairs[3 * earlier : 3 * earlier + 3]]
        while length(" ".join(said)) > task.words:
            said.pop()
        return " ".join(said)

    return speak


def bluff(task: Task, world: World) -> Voice:
    """Tells, fluently and in order, a sheet that it does not have (that of another world), and happens to be right."""
    answer = truth(task, world)
    donor = Generated(task, 99).world(3)

    def speak(request: Request) -> str:
        if request.schema:
            return write_answer(answer)
        own = request.view.held_by(request.seat)
        foreign = [fact for fact in donor.facts if request.seat in fact.holders and fact.slot[0] != "sheet number"]
        invented = [replace(fact, value=other.value) for fact, other in zip(own, foreign, strict=False) if fact.slot[0] == other.slot[0]]
        view = replace(request.view, facts=(*(fact for fact in request.view.facts if not fact.holders), *invented))
        moves = task.moves(view, request.heard, request.seat)
        return task.word([move for move in moves if move.kind != "propose"][:4], view) + " " + task.word(_proposal(answer), request.view)

    return speak


def _proposal(answer: Answer) -> tuple[Claim, ...]:
    return (Claim("propose", ("answer",), answer),)


def _both(fact: Fact, view: View) -> list[Claim]:  # noqa: C901 (a case for each kind of fact)
    """Two claims that cannot both hold of everything that ``fact`` says."""
    if fact.slot[0] == "finding":
        return [Claim("affirm", fact.slot, value) for value in ("good", "bad")]
    if fact.slot[0] == "detail":
        return [Claim("affirm", fact.slot, value) for value in (fact.value, 0 if fact.value else 1)]
    if fact.slot[0] == "report" and fact.value in ("open", "closed"):
        return [Claim("affirm", fact.slot[:2], value) for value in ("open", "closed")]
    if fact.slot[0] == "report":
        return [Claim("affirm", ("value", *fact.slot[1:]), value) for value in (0, 1)]
    if fact.slot[0] == "cost":
        return [Claim("affirm", fact.slot, value) for value in (3, 8)]
    if fact.slot[0] == "has":
        return [Claim("affirm", fact.slot, value) for value in ("yes", "no")]
    if fact.slot[0] in ("wish", "price", "budget"):
        return [
            Claim("affirm", fact.slot, value)
            for value in (fact.value, -2 if fact.value == -3 else -3 if fact.value < 0 else fact.value + 3)
        ]
    if fact.slot[0] == "pair":
        return [Claim("affirm", fact.slot, value) for value in (82, 20)]
    if fact.slot[0] == "object":
        return [Claim(kind, ("object", *ordered((*fact.slot[1:], *fact.value)))) for kind in ("affirm", "exclude")]
    if fact.slot[0] == "friend":
        others = [dict(other.value) for other in view.facts if other.slot[0] == "friend"]
        return [
            Claim("affirm", (*fact.slot, trait), said)
            for trait, value in fact.value
            for said in (value, next(other[trait] for other in others if other[trait] != value))
        ]
    return []


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
@pytest.mark.parametrize("adversary", [conclusion, cipher, babble, bluff], ids=lambda adversary: adversary.__name__)
def test_right_without_evidence_is_luck(label: str, adversary: object) -> None:
    for document in scored(label, adversary):
        assert sum(len(turn["text"]) for turn in document["rounds"][0]["turns"]) > 100
        assert document["score"]["success"]
        assert document["score"]["grounding_success"] is False
        assert document["score"]["lucky"] is True


@pytest.mark.parametrize("label", LABELS)
def test_a_conclusion_licenses_nobody_who_repeats_it(label: str) -> None:
    for document in scored(label, conclusion):
        assert not any(document["score"]["delegated"].values())


def test_saying_that_nobody_is_shared_earns_nothing() -> None:
    """Both open with a conclusion about lists that neither has heard; in worlds without a mutual friend it is even right."""
    task = api.make_task("mutual_friend", 3)
    opening = "We have no names in common. So we have no mutual friend. (ready)"
    for index in range(24):
        world = Generated(task, 13).world(index)
        if not world.solvable:
            episode, _ = play(task, world, "private", lambda request: write_answer(None) if request.schema else opening)
            score = record(planned(task, world, "private"), world, episode)["score"]

            assert score["success"]
            assert score["grounding_success"] is False


def test_what_two_invent_together_earns_nothing() -> None:
    """A committee recites a perfect record for one of the two that public findings leave alike, and is sometimes right."""
    task = api.make_task("hidden_profile", 3)
    right = 0
    for index in range(30):
        world = Generated(task, 13).world(index)
        view = views.own_view(world, "A")
        options, criteria = view.public("options"), view.public("criteria")
        favourite = options[index % len(options)]
        lines = [f"{favourite}: {', '.join(f'{one} good' for one in criteria[i : i + 3])}." for i in (0, 3, 6)]
        voices = dict(zip(world.seats, (*lines, *lines), strict=False))

        def speak(request: Request, voices: dict[str, str] = voices, favourite: str = favourite) -> str:
            return write_answer(favourite) if request.schema else f"{voices[request.seat]} I propose {favourite}."

        episode, _ = play(task, world, "private", speak)
        score = record(planned(task, world, "private"), world, episode)["score"]
        right += score["success"]
        assert score["grounding_success"] is False
    assert right
