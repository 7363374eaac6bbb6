"""How well ``claims`` reads people: hand-labelled turns of published corpora, which are not in this repository.

``human_labels/CORPUS.json`` names each turn by its place in the corpus and the SHA-256 of its text, so that no text is committed. Labels:

- exact, what can be claimed: ``?Ava.*`` (a question about a person), ``?*.BLEU`` (a job), ``?Ava.BLEU``, ``365Joseph.GloVe`` (a reading)
- vague, what cannot, because it states no value and no whole plan: ``+Ava.BLEU`` good, ``-`` bad, ``~`` middling, ``!`` to be placed so

People in DialOp were told not to name numbers, so that nearly all they say is vague. Of that a reader must make nothing: a guess at what
"solid" means would present facts that nobody told. Its share is what grounding success cannot see in such talk. When the labels were made,
seven values were read into vague words; none is now.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmark.views import own_view
from benchmark.vocabulary import Turn
from tasks import assignment

ROOT = Path(__file__).resolve().parents[1]
LABELS = Path(__file__).parent / "human_labels"
Told = tuple[str, tuple[str, ...], Any]


class Figures(NamedTuple):
    """Exact facts read and missed, claims that are no labelled fact, and vague statements of which something, or nothing, was made."""

    found: list[str]
    missed: list[str]
    wrong: list[str]
    vague: int
    turns: int


def labels(corpus: str) -> list[dict[str, Any]]:
    return list(json.loads((LABELS / f"{corpus}.json").read_text("utf-8")))


def corpus_file(name: str) -> Path:
    given = os.environ.get("PARLEY_CORPORA")
    for folder in [Path(given)] if given else sorted(ROOT.parent.glob("*/corpora")):
        if (path := folder / name).is_file():
            return path
    pytest.skip(f"{name} is not here; set PARLEY_CORPORA to the folder that holds it to run this")


def meant(label: str, people: tuple[str, ...], jobs: tuple[str, ...]) -> Told:
    number = re.match(r"\d*", label)[0]  # type: ignore[index]
    first, _, job = label.lstrip("?")[len(number) :].partition(".")
    person = next((name for name in people if name.split()[0] == first), "")
    if number:
        return "affirm", ("sheet", person, job), float(number)
    if first == "*":
        return "ask", ("job", job), None
    return "ask", ("person", person) if job == "*" else ("pair", person, next(name for name in jobs if name == job)), None


@lru_cache
def dialop() -> Figures:
    """Every labelled turn of the optimization games, read in its talk."""
    text = corpus_file("dialop/optimization.jsonl").read_text("utf-8")
    task, worlds = assignment.load_worlds(text)
    games = [json.loads(line) for line in text.splitlines()]
    figures = Figures([], [], [], 0, 0)
    for label in labels("dialop_optimization"):
        world, log = worlds[label["game"]], games[label["game"]]["action_log"]
        said = [(place, action) for place, action in enumerate(log) if action["type"] == "message"]
        number = [place for place, _ in said].index(label["action"])
        turns = [Turn("AB"[action["player"]], action["message"]["data"].replace(" / ", "\n")) for _, action in said]
        assert hashlib.sha256(said[number][1]["message"]["data"].encode()).hexdigest() == label["sha256"], "another release of the corpus"
        read = [claim for claim in task.claims(turns, own_view(world, "A")) if claim.turn == number]
        told = list(dict.fromkeys((claim.kind, claim.slot, claim.value) for claim in read))
        wanted = [meant(one, *world.target[:2]) for one in label["exact"].split()]
        where = f"{label['game']}.{label['action']}"
        figures.found.extend(f"{where} {one}" for one in wanted if one in told)
        figures.missed.extend(f"{where} {one}" for one in wanted if one not in told)
        figures.wrong.extend(f"{where} {one}" for one in told if one not in wanted)
        figures = figures._replace(vague=figures.vague + len(label["vague"].split()), turns=figures.turns + 1)
    return figures


def test_people_are_read_where_they_are_exact() -> None:
    read = dialop()
    precision, recall = (len(read.found) / (len(read.found) + len(others)) for others in (read.wrong, read.missed))
    print(
        f"\ndialop: precision {precision:.3f}, recall {recall:.3f} of {len(read.found) + len(read.missed)} exact facts, {read.turns} turns"
    )
    print(f"{read.vague} vague statements", "missed:", *read.missed, "wrong:", *read.wrong, sep="\n  ")

    assert precision >= 0.7
    assert recall >= 0.65


def test_nothing_is_made_of_vague_words() -> None:
    """No value, exclusion or proposal is read into them: whatever is wrong is a question, which presents nothing."""
    read = dialop()

    assert read.vague >= 150
    assert not [one for one in read.wrong if "'ask'" not in one]


def test_there_are_enough_labels_and_no_text() -> None:
    rows = labels("dialop_optimization")

    assert sum(len(f"{row['exact']} {row['vague']}".split()) for row in rows) >= 200
    assert all(set(row) == {"game", "action", "sha256", "exact", "vague"} and len(row["sha256"]) == 64 for row in rows)
    assert len({row["sha256"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("?Ava.*", ("ask", ("person", "Ava Li"), None)),
        ("?*.BLEU", ("ask", ("job", "BLEU"), None)),
        ("?Ava.BLEU", ("ask", ("pair", "Ava Li", "BLEU"), None)),
        ("365Ava.BLEU", ("affirm", ("sheet", "Ava Li", "BLEU"), 365.0)),
    ],
)
def test_a_label_stands_for_one_claim(label: str, told: Told) -> None:
    assert meant(label, ("Ava Li", "Bo Ek"), ("BLEU", "SWAG")) == told
