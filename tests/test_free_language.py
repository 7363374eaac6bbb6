"""How well ``claims`` reads what people who know only their prompt would really say: hand-labelled talk, read claim by claim.

A talk in ``free_language/TASK_BATCH.json`` is played by seats in turn; beside each turn stands what it tells, questions left out:

- mutual_friend: ``+Ida.Turin.chess`` affirms, ``-Ida`` or ``-Ida.Turin`` excludes, ``-Turin`` says that none has it, ``-Ida*`` that the two
  are not one person, ``3.names`` or ``2.Turin`` counts, ``=Ida`` proposes, ``!Ida`` withdraws
- hidden_profile: ``N.te-`` says that the option that starts with N failed the check that starts with te; ``!N`` and ``~N``
- route, assignment, itinerary and deal: see ``tests/TASK_labels.py``; crossed_wires: ``crossed_labels.py``; haggle and secret:
  ``mixed_labels.py``

What stands in brackets may be read or not. The first batch was written before the readers were last changed, the second after. How they
were read at first sight stands in ``free_language/README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmark.api import make_task
from benchmark.vocabulary import Claim, Fact, Seat, Turn, View
from tasks.mutual_friend.memory import SHARED
from tasks.mutual_friend.traits import TRAIT_OF
from tests import assignment_labels, deal_labels, live, mixed_labels, route_labels
from tests.crossed_labels import CROSSED_WIRES, crossed_wires
from tests.itinerary_labels import AUNT, HARBOUR, TABLES, read_label

FOLDER = Path(__file__).parent / "free_language"
TASKS = ("mutual_friend", "hidden_profile", "assignment", "itinerary", "crossed_wires", "route", "deal")
MIXED = ("haggle", "secret")
ANSWER = ("answer",)


def table(names: str, **public: Any) -> View:
    """What a reader knows of a scene: who sits there, and what everyone knows."""
    seats = ("A", "B", "C")[: len(names.split())]
    facts = tuple(Fact((slot,), tuple(value.split(", ")) if ", " in value else value, "") for slot, value in public.items())
    return View(seats, tuple(names.split()), (), (), facts)


COOK = {"scene": "cook", "options": "Novak, Tanaka, Lindqvist, Okafor"}
COOK |= {"criteria": "hygiene, punctuality, baking, budgeting, teamwork, first aid, references, stamina"}
LUNCH = {"scene": "lunch", "options": "Bluebell Lunch, Maple Meals, Copper Spoon, Parsley Pot"}
LUNCH |= {"criteria": "price, support, packaging, invoicing, delivery, labelling, variety, freshness"}
VAN = {"scene": "van", "options": "Bison, Stoat, Osprey, Kestrel"}
VAN |= {"criteria": "paperwork, bodywork, heating, storage, steering, mileage, braking, tyres"}
VIEWS = {
    "mutual_friend": tuple(
        map(table, ("Petra Ravi", "Imani Priya", "Vikram Ibrahim", "Pedro Leila", "Otto Maria", "Amara Isaac", "Ismail Leila"))
    )
    + live.views("mutual_friend"),
    "hidden_profile": (
        table("Kwame Yosef Svea", **COOK),
        table("Viktor Vikram Asha", **LUNCH),
        table("Adele Bruno Ahmed", **VAN),
        *live.views("hidden_profile"),
    ),
    "assignment": assignment_labels.VIEWS + live.views("assignment"),
    "crossed_wires": tuple(table("Nora Ivan", **public) for public in CROSSED_WIRES) + live.views("crossed_wires"),
    "route": route_labels.VIEWS + live.views("route"),
    "itinerary": (
        table("Igor Otto", **HARBOUR),
        table("Ida Ben", **AUNT),
        *(table(names, **public) for names, public in TABLES),
        *live.views("itinerary"),
    ),
    "deal": deal_labels.VIEWS,
    **mixed_labels.VIEWS,
}
"""By the number of its world in the files."""

Told = tuple[str, tuple[str, ...], Any]
"""(kind, slot, value) of a claim."""


class Figures(NamedTuple):
    """Over all turns of a batch: claims that were labelled and read, labelled but missed, read but wrong."""

    found: int
    missed: int
    wrong: int

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong)


class Label(NamedTuple):
    """What a turn tells: ``must`` be read, ``may`` be read."""

    must: list[Told]
    may: list[Told]


def labelled(task: str, text: str, view: View, before: Sequence[Label], seat: Seat) -> Label:
    label = Label([], [])
    for part in filter(None, text.split("; ")):
        optional = part.startswith("[")
        (label.may if optional else label.must).extend(LABELS[task](part.strip("[]"), view, before, seat))
    return label


def _friend(part: str, view: View, before: Sequence[Label], seat: Seat) -> Iterator[Told]:
    del view, before, seat  # names and particulars are known without them
    sign, (who, *values) = part[0], part[1:].split(".")
    if sign.isdigit():
        slot = SHARED if part.endswith("names") else (TRAIT_OF[values[0]], values[0])
        yield "count", slot, int(sign)
    elif sign in "=!":
        yield "propose" if sign == "=" else "withdraw", ANSWER, None if who == "None" else who
    elif who in TRAIT_OF:
        yield "exclude", (TRAIT_OF[who],), who
    elif not values:
        yield "affirm" if sign == "+" else "exclude", ("friend", who), None
    for value in values if sign in "+-" else []:
        yield "affirm" if sign == "+" else "exclude", ("friend", who, TRAIT_OF[value]), value


def _starting(start: str, names: Sequence[str]) -> str:
    (name,) = [name for name in names if name.startswith(start)]
    return name


def _finding(part: str, view: View, before: Sequence[Label], seat: Seat) -> Iterator[Told]:
    del before, seat
    if part[0] in "!~":
        yield "propose" if part[0] == "!" else "withdraw", ANSWER, _starting(part[1:], view.public("options"))
    else:
        option, criterion = part[:-1].split(".")
        slot = ("finding", _starting(option, view.public("options")), _starting(criterion, view.public("criteria")))
        yield "affirm", slot, "good" if part[-1] == "+" else "bad"


def _passing(part: str, view: View, before: Sequence[Label], seat: Seat) -> Iterator[Told]:
    del view, before, seat  # labels name everything in full
    yield from route_labels.told(part)


def _stop(part: str, view: View, before: Sequence[Label], seat: Seat) -> Iterator[Told]:
    del seat
    yield from read_label(part, view, [told[2] for label in before for told in label.must if told[0] == "propose"])


def _dividing(part: str, view: View, before: Sequence[Label], seat: Seat) -> Iterator[Told]:
    yield from deal_labels.told(
        part, view, [told[2] for label in before for told in (*label.must, *label.may) if told[0] == "propose"], seat
    )


LABELS = {
    "mutual_friend": _friend,
    "hidden_profile": _finding,
    "assignment": assignment_labels.rating,
    "itinerary": _stop,
    "crossed_wires": crossed_wires,
    "route": _passing,
    "deal": _dividing,
    "haggle": mixed_labels.haggle,
    "secret": mixed_labels.secret,
}


def is_same(one: Told, other: Told) -> bool:
    """Scores count as the same to within one point, as where a fact is presented; and ``-Ida*`` stands for any way to say so."""
    (kind, slot, value), (wanted, about, meant) = one, other
    if slot == about and slot[0] == "details":
        return kind == wanted
    if slot != about:
        return kind == wanted == "exclude" and slot[0] == about[0] == "friend" and about[1] == f"{slot[1]}*"
    if kind != wanted:
        return False
    return abs(value - meant) <= 1 if slot[0] == "pair" else bool(value == meant)


class Reading(NamedTuple):
    text: str
    found: list[Told]
    missed: list[Told]
    wrong: list[Told]


@lru_cache
def readings(task_name: str, batch: int) -> tuple[Reading, ...]:
    """How each turn of a batch is read."""
    task, done = make_task(task_name, 3), []
    for talk in json.loads((FOLDER / f"{task_name}_{batch}.json").read_text(encoding="utf-8")):
        view = VIEWS[task_name][talk["world"]]
        speaking = mixed_labels.SPEAKERS if task_name in MIXED else len(view.seats)
        turns = [Turn(view.seats[i % speaking], text) for i, (text, _) in enumerate(talk["talk"])]
        labels: list[Label] = []
        claims = [claim for claim in task.claims(turns, view) if claim.kind != "ask"]
        for number, (turn, (_, text)) in enumerate(zip(turns, talk["talk"], strict=True)):
            labels.append(labelled(task_name, text, view, labels, turn.seat))
            done.append(_compared(turn.text, [claim for claim in claims if claim.turn == number], labels[-1]))
    return tuple(done)


def _compared(text: str, claims: Sequence[Claim], label: Label) -> Reading:
    told = list(dict.fromkeys((claim.kind, claim.slot, claim.value) for claim in claims))
    known = {("affirm", slot[:2], None) for kind, slot, _ in told if kind == "affirm" and slot[0] == "friend"}
    found = [want for want in label.must if want in known or any(is_same(one, want) for one in told)]
    missed = [want for want in label.must if want not in found]
    implied = {("affirm", slot[:2]) for kind, slot, _ in (*label.must, *label.may) if kind == "affirm" and slot[0] == "friend"}
    new = [one for one in told if one[:2] not in implied]  # who tells a particular of a friend has one of that name
    wrong = [one for one in new if not any(is_same(one, want) for want in (*label.must, *label.may))]
    return Reading(text, found, missed, wrong)


def figures(task_name: str, batch: int) -> Figures:
    read = readings(task_name, batch)
    return Figures(*(sum(len(column) for column in columns) for columns in list(zip(*read, strict=True))[1:]))


HELD_OUT = {"mutual_friend": 15, "assignment": 13, "itinerary": 13, "hidden_profile": 12, "route": 10, "crossed_wires": 12, "haggle": 16}
"""The batch of each task that no reader was mended by: what a report prints beside grounding is measured on it (``test_diagnosis.py``)."""

BATCHES = [
    (task_name, batch)
    for task_name in (*TASKS, *MIXED)
    for batch in (int(path.stem.rpartition("_")[2]) for path in sorted(FOLDER.glob(f"{task_name}_*.json")))
    if batch != HELD_OUT.get(task_name)
]


@pytest.mark.parametrize(("task_name", "batch"), BATCHES)
def test_what_is_really_said_is_read_and_little_else(task_name: str, batch: int) -> None:
    found = figures(task_name, batch)
    failures = "\n".join(f"{reading.text!r}: missed {reading.missed}, wrong {reading.wrong}" for reading in misread(task_name, batch))
    print(f"\n{task_name} {batch}: precision {found.precision:.3f}, recall {found.recall:.3f}, {found}\n{failures}")

    assert found.precision >= 0.98, failures
    assert found.recall >= 0.92, failures


@pytest.mark.parametrize("task_name", TASKS)
def test_there_is_enough_talk_to_judge_by(task_name: str) -> None:
    assert len(readings(task_name, 1)) >= 60
    assert len(readings(task_name, 2)) >= 30


@pytest.mark.parametrize("task_name", MIXED)
def test_there_is_enough_talk_of_the_mixed_panel(task_name: str) -> None:
    """What decides there is what a reference player makes of the talk."""
    assert sum(len(readings(task_name, batch)) for batch in (1, 2, 3)) >= 55


def test_a_reader_that_hears_something_else_is_found_out() -> None:
    """The figures count a wrong value as both missed and wrong, and what need not be read as neither."""
    want: list[Told] = [("affirm", ("friend", "Ida", "pet"), "poodle")]
    wrong = Claim("affirm", ("friend", "Ida", "pet"), "parrot")
    named = Claim("affirm", ("friend", "Ida"))

    assert _compared("", [wrong, named], Label(want, [])) == Reading("", [], want, [(wrong.kind, wrong.slot, wrong.value)])
    assert _compared("", [], Label([], want)) == Reading("", [], [], [])


def misread(task_name: str, batch: int) -> list[Reading]:
    return [reading for reading in readings(task_name, batch) if reading.missed or reading.wrong]
