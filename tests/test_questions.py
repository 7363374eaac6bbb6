"""What a question is worth, and whether it is asked when something is unclear: on distributions done by hand, and on talk."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from benchmark import api, questions
from benchmark.task import Task
from benchmark.views import own_view
from benchmark.vocabulary import Claim, Turn, World
from benchmark.worlds import Generated
from tasks.mutual_friend.memory import NAMES
from tasks.reference.words import SIGHT
from tests.labels import PLAIN
from tests.test_players import records

COUNTABLE = [name for name in PLAIN if not api.make_task(name, 3).graded]
"""Those whose candidates can be counted."""


def talk(task: Task, world: World, seat: str, turns: Sequence[Turn]) -> questions.Talk:
    return questions.Talk(seat, tuple(turns), task.claims(turns, own_view(world, seat)))


def entropy(weights: Sequence[float]) -> float:
    return -sum(w / sum(weights) * math.log2(w / sum(weights)) for w in weights)


def test_the_gain_is_what_the_formula_says() -> None:
    """Four candidates; "yes" leaves only the first, "no" leaves all: the first answers yes or no evenly, the others always no."""
    by_hand = entropy([1] * 4) - 1 / 8 * 0 - 7 / 8 * entropy([1 / 8, 1 / 4, 1 / 4, 1 / 4])

    assert questions.expected_gain(4, [[0], [0, 1, 2, 3]]) == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("alive", "bits"),
    [([[0, 1], [2, 3]], 1.0), ([[0], [1], [2], [3]], 2.0), ([[0, 1, 2, 3]] * 2, 0.0), ([[0, 1, 2, 3]], 0.0), ([[0], [1, 2, 3]], 0.811278)],
)
def test_a_question_is_worth_what_its_answers_tell_apart(alive: list[list[int]], bits: float) -> None:
    assert questions.expected_gain(4, alive) == pytest.approx(bits, abs=1e-6)


def setting(label: str, seed: int = 1) -> tuple[Task, World]:
    task = api.make_task(label, 3)
    return task, Generated(task, seed).world(0)


def listed(label: str, world: World) -> list[Claim]:
    """Questions of A whose answers can be listed."""
    view = own_view(world, "A")
    if label == "mutual_friend":
        names = [fact.slot[1] for fact in view.held_by("A") if fact.slot[0] == "friend"]
        return [Claim("ask", ("friend", name), None, "A", 0) for name in names] + [Claim("ask", ("friend", names[0], "pet"), None, "A", 0)]
    if label == "schedule":
        return [Claim("ask", ("cost", "", slot), None, "A", 0) for slot in view.public("slots")[:4]]
    if label == "hidden_profile":
        return [
            Claim("ask", ("finding", option, one), None, "A", 0) for option in view.public("options") for one in view.public("criteria")
        ]
    if label == "route":
        points = sorted({str(point) for path, _ in view.public("routes") for point in path})
        return [Claim("ask", ("report", point), None, "A", 0) for point in points]
    if label == "reference":
        return [Claim("ask", (SIGHT, *fact.slot[1:]), None, "A", 0) for fact in view.held_by("A") if fact.slot[0] == "object"]
    labels = [fact.slot[2] for fact in view.held_by("A") if fact.slot[0] == "report"]
    return [
        Claim("ask", ("detail", "B"), None, "A", 0),
        *(Claim("ask", (kind, "B", one), None, "A", 0) for one in labels for kind in ("value", "time")),
    ]


def told_but_one(task: Task, world: World) -> tuple[list[Claim], list[Claim]]:
    """What A was told when one needed fact is missing, and the questions about that."""
    needed = [fact for fact in task.needed(world) if "A" not in fact.holders]
    claims = [Claim("affirm", fact.slot, fact.value, fact.holders[0], 0) for fact in needed[:-1]]
    return claims, [Claim("ask", needed[-1].slot, None, "A", 1)]


@pytest.mark.parametrize("label", COUNTABLE)
def test_the_questions_of_a_task_are_worth_something_and_never_more_than_all_there_is_to_know(label: str) -> None:
    """In hidden_profile no single check decides anything before others are known."""
    worths: list[float] = []
    for seed in range(3):
        task, world = setting(label, seed)
        heard, asked = told_but_one(task, world) if label == "hidden_profile" else ([], listed(label, world))
        most = math.log2(len(task.candidates(own_view(world, "A"), heard)))
        for question in asked:
            worth = questions.value(task, world, question, heard)

            assert worth is not None
            assert 0 <= worth <= most + 1e-9
            worths.append(worth)
    assert max(worths) > 0.05


@pytest.mark.parametrize("label", COUNTABLE)
def test_asking_again_what_one_was_told_is_worth_nothing(label: str) -> None:
    """The answer that came already is the only one that is still possible."""
    task, world = setting(label)
    view = own_view(world, "A")
    best = max(listed(label, world), key=lambda question: questions.value(task, world, question, ()) or 0.0)
    for reply in task.replies(view, best):
        assert questions.value(task, world, best, reply) == pytest.approx(0)


def test_graded_tasks_and_questions_of_which_anything_may_come_have_no_value() -> None:
    for label, slot in (("assignment", ("unit", "B")), ("mutual_friend", NAMES), ("reference", (SIGHT,))):
        task, world = setting(label)

        assert questions.value(task, world, Claim("ask", slot, None, "A", 0), ()) is None


def test_questions_are_counted_where_they_are_asked() -> None:
    task, world = setting("mutual_friend")
    name = next(fact.slot[1] for fact in world.facts if fact.slot[0] == "friend" and "A" in fact.holders)
    turns = [Turn("A", f"Do you know {name}?"), Turn("B", "No. Which friends do you have?")]
    asked = {seat: questions.asked(task, world, talk(task, world, seat, turns)) for seat in world.seats}

    assert (asked["A"]["questions"], asked["A"]["valued"]) == (1, 1)
    assert 0 < asked["A"]["bits"] < 1
    assert (asked["B"]["questions"], asked["B"]["valued"], asked["B"]["bits"]) == (1, 0, 0)


# --- clarification ---------------------------------------------------------------------------------------------------------


def clarified(said: Sequence[str], world: World, task: Task) -> dict[str, int]:
    """What the moves of B come to, in a talk that A begins."""
    turns = [Turn("AB"[number % 2], text) for number, text in enumerate(said)]
    return questions.clarified(task, world, talk(task, world, "B", turns))


def test_a_description_that_fits_several_things_calls_for_a_question_and_one_that_fits_one_does_not() -> None:
    task, world = setting("reference")
    view = own_view(world, "B")
    mine = [frozenset((*fact.slot[1:], *fact.value)) for fact in view.held_by("B") if fact.slot[0] == "object"]
    kinds = [fact.slot[1] for fact in view.held_by("B") if fact.slot[0] == "object"]
    vague = next(words for words in ([kind] for kind in kinds) if sum(set(words) <= one for one in mine) > 1)
    word = task.word([Claim("affirm", (SIGHT, *vague))], view)
    question = task.word([Claim("ask", (SIGHT, *vague))], view)
    idle = "Let me think."

    assert clarified([word, question], world, task) == {"unclear": 1, "clarifying": 1, "rightly": 1}
    assert clarified([word, idle], world, task) == {"unclear": 1, "clarifying": 0, "rightly": 0}
    assert clarified([idle, question], world, task) == {"unclear": 0, "clarifying": 1, "rightly": 0}


def test_while_two_may_be_meant_by_one_name_a_question_which_is_called_for() -> None:
    task, world = setting("crossed_wires")
    details = [fact for fact in world.facts if fact.slot[:2] == ("detail", "A")]
    view = own_view(world, "B")
    which = task.word([Claim("ask", ("detail", "A"))], view)
    everything = " ".join(task.word([Claim("affirm", fact.slot, fact.value)], view) for fact in details)

    assert clarified(["Hello.", which], world, task) == {"unclear": 1, "clarifying": 1, "rightly": 1}
    assert clarified([everything, which], world, task) == {"unclear": 0, "clarifying": 1, "rightly": 0}
    assert clarified([everything, "I see."], world, task) == {"unclear": 0, "clarifying": 0, "rightly": 0}
    assert questions.clarified(task, world, talk(task, world, "A", [Turn("A", which)])) == {"unclear": 0, "clarifying": 0, "rightly": 0}


@pytest.mark.parametrize("label", PLAIN)
def test_only_tasks_that_know_what_can_be_unclear_report_it(label: str) -> None:
    knows = label in ("reference", "crossed_wires")
    for one in records("honest", label, n=4):
        assert all(("unclear" in of) is knows for of in one["score"]["diagnosis"].values())
