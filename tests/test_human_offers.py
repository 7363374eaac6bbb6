"""How well offers between people are read: hand-labelled turns of CaSiNo, Deal or No Deal and DialOp's planning games.

None of the dialogues is in this repository (see ``test_human_labels.py``); ``human_labels/`` names each turn by its place and digest.
Labels, in brackets where they may be read or not:

- exact: ``!1 0 2`` a whole division and ``-1 0 2`` one refused, by what the first seat gets of each kind; ``book=0`` a value;
  ``!The Arboretum > Lincoln Park > Common Grounds`` a whole plan
- vague, what cannot be claimed, because it states neither a value nor a whole division or plan: ``+Water`` wished for, ``-Water`` not,
  ``Saul's.price`` something said of a place, ``firewood=2`` a share of one kind alone

The labels were made before the readers were changed by them. At first, offers in CaSiNo were read with recall 0.36 and precision 0.29, in
Deal or No Deal with 0.80 and 0.78, and the one whole plan that is spelt out in DialOp's talk was missed. The figures below are of the same
turns after the mending: of people they say what is within reach, and not how a reader fares on turns that it never met.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import pytest

from benchmark.task import Task
from benchmark.views import own_view
from benchmark.vocabulary import Dialogue, Turn, View
from tasks import itinerary
from tasks.deal import casino, dond
from tasks.deal.divisions import division
from tests import deal_labels
from tests.test_human_labels import corpus_file, labels

Told = tuple[str, tuple[str, ...], Any]


class Figures(NamedTuple):
    """What was labelled and read, labelled and missed, and read but not labelled; how many vague statements there were, and turns."""

    found: list[str]
    missed: list[str]
    wrong: list[str]
    vague: int
    turns: int

    @property
    def recall(self) -> float:
        return len(self.found) / (len(self.found) + len(self.missed))

    @property
    def precision(self) -> float:
        return len(self.found) / (len(self.found) + len(self.wrong))


Meaning = Callable[[str, View, str], Told]


def compared(corpus: str, task: Task, dialogues: Sequence[tuple[View, Sequence[Turn]]], meant: Meaning) -> Figures:
    """Every labelled turn of ``corpus``, read in its talk."""
    figures = Figures([], [], [], 0, 0)
    for row in labels(corpus):
        view, turns = dialogues[row["dialogue"]]
        turn = turns[row["turn"]]
        assert hashlib.sha256(turn.text.encode()).hexdigest() == row["sha256"], "another release of the corpus"
        claims = [claim for claim in task.claims(turns, view) if claim.turn == row["turn"] and claim.kind != "ask"]
        told = list(dict.fromkeys((claim.kind, claim.slot, claim.value) for claim in claims))
        parts = [part for part in row["exact"].split("; ") if part]
        must = [meant(part, view, turn.seat) for part in parts if part[0] != "["]
        may = [meant(part.strip("[]"), view, turn.seat) for part in parts if part[0] == "["]
        where = f"{row['dialogue']}.{row['turn']}"
        figures.found.extend(f"{where} {one}" for one in must if one in told)
        figures.missed.extend(f"{where} {one}" for one in must if one not in told)
        figures.wrong.extend(f"{where} {one}" for one in told if one not in (*must, *may))
        figures = figures._replace(vague=figures.vague + len(row["vague"].split()), turns=figures.turns + 1)
    return figures


def of_division(part: str, view: View, seat: str) -> Told:
    if part[0] == "-":
        first = [int(n) for n in part[1:].split()]
        return "exclude", ("answer",), division(view.names, view.public("goods"), first, view.public("counts"))
    (told,) = deal_labels.told(part, view, [], seat)
    return told


def of_plan(part: str, view: View, seat: str) -> Told:
    del view, seat
    return "propose", ("answer",), tuple(part[1:].split(" > "))


def _with_views(dialogues: Sequence[Dialogue]) -> list[tuple[View, Sequence[Turn]]]:
    return [(own_view(dialogue.world, "A"), dialogue.turns) for dialogue in dialogues]


@lru_cache
def read(corpus: str) -> Figures:
    if corpus == "dialop_planning":
        text = corpus_file("dialop/itinerary.jsonl").read_text("utf-8")
        task, worlds = itinerary.load_worlds(text)
        talks = [list(_said(json.loads(line)["action_log"])) for line in text.splitlines()]
        return compared(corpus, task, [(own_view(world, "A"), talk) for world, talk in zip(worlds, talks, strict=True)], of_plan)
    reader, name = (casino, "casino/casino_valid.json") if corpus == "casino" else (dond, "deal_or_no_deal/val.txt")
    task, dialogues = reader.read_dialogues(corpus_file(name).read_text("utf-8"))
    return compared(corpus, task, _with_views(dialogues), of_division)


def _said(log: Sequence[dict[str, Any]]) -> Iterator[Turn]:
    """A turn for every action, so that labels may count actions; proposals say nothing."""
    for action in log:
        text = action["message"]["data"] if action["type"] == "message" else ""
        yield Turn("AB"[action.get("player", 0)], text)


MEASURED = {"casino": (1.0, 1.0), "deal_or_no_deal": (1.0, 1.0), "dialop_planning": (1.0, 1.0)}
"""Precision and recall of turns that the readers were mended by: another figure is a reader that lost what it could read."""


@pytest.mark.parametrize("corpus", MEASURED)
def test_offers_of_people_are_read(corpus: str) -> None:
    figures = read(corpus)
    print(f"\n{corpus}: precision {figures.precision:.3f}, recall {figures.recall:.3f} of {len(figures.found) + len(figures.missed)}")
    print(f"{figures.turns} turns, {figures.vague} vague statements", "missed:", *figures.missed, "wrong:", *figures.wrong, sep="\n  ")

    assert (round(figures.precision, 2), round(figures.recall, 2)) == MEASURED[corpus], (figures.missed, figures.wrong)


@pytest.mark.parametrize(("corpus", "exact", "vague"), [("casino", 30, 60), ("deal_or_no_deal", 90, 20), ("dialop_planning", 1, 100)])
def test_there_are_enough_labels_and_no_text(corpus: str, exact: int, vague: int) -> None:
    rows = labels(corpus)

    assert sum(len([part for part in row["exact"].split("; ") if part]) for row in rows) >= exact
    assert sum(len(row["vague"].split()) for row in rows) >= vague
    assert all(set(row) == {"dialogue", "turn", "sha256", "exact", "vague"} and len(row["sha256"]) == 64 for row in rows)
    assert len({(row["dialogue"], row["turn"]) for row in rows}) == len(rows)


def test_a_label_stands_for_one_claim() -> None:
    view = deal_labels.VIEWS[1]
    theirs = division(("Kofi", "Mei"), ("book", "hat", "ball"), (1, 0, 1), (2, 3, 1))

    assert of_division("!1 0 1", view, "B") == ("propose", ("answer",), theirs)
    assert of_division("-1 0 1", view, "B") == ("exclude", ("answer",), theirs)
    assert of_division("book=0", view, "B") == ("affirm", ("worth", "B", "book"), 0)
    assert of_plan("!Zoo > Pier > Old Mill", view, "A") == ("propose", ("answer",), ("Zoo", "Pier", "Old Mill"))
