"""What records say of how seats talked: claims against one's own notes, and how well the language of a task is read."""

from __future__ import annotations

import json
import re

import pytest

from benchmark import api, diagnosis
from benchmark.display.table import render, render_comparison
from benchmark.records import Document
from benchmark.results.cells import gather, worlds
from benchmark.results.report import report
from benchmark.task import Task
from benchmark.vocabulary import Claim, World
from benchmark.worlds import Generated
from tests import test_free_language, test_reference_talk, test_schedule_talk
from tests.labels import EVERY, GROUNDING, MIXED, PLAIN
from tests.made_records import MODEL, record, run_of
from tests.test_players import records


def told(player: str, label: str, level: int = 3) -> tuple[int, int]:
    """(claims about one's own notes, those that these deny) of all seats and episodes."""
    found = [of for one in records(player, label, level=level, n=10) for of in one["score"]["diagnosis"].values()]
    return sum(of["claims"] for of in found), sum(of["false_claims"] for of in found)


@pytest.mark.parametrize("label", [label for label in EVERY if label not in MIXED])
def test_honest_says_nothing_against_its_own_notes_and_a_liar_does(label: str) -> None:
    (said, false), (claimed, lies) = told("honest", label), told("liar", label)

    assert said > 0
    assert false == 0
    assert lies >= 0.2 * claimed > 0


@pytest.mark.parametrize("label", PLAIN)
@pytest.mark.parametrize("level", [1, 5])
def test_honest_says_nothing_false_at_the_ends_of_the_scale(label: str, level: int) -> None:
    assert told("honest", label, level)[1] == 0


def setting(label: str) -> tuple[Task, World]:
    task = api.make_task(label, 3)
    return task, Generated(task, 1).world(0)


def test_an_invention_is_not_a_claim_against_ones_notes() -> None:
    """In hidden_profile a seat may hold nothing on a check: what it says of that is unfounded, and no note of its own denies it."""
    task, world = setting("hidden_profile")
    mine, foreign = (next(f for f in world.facts if f.slot[0] == "finding" and ("A" in f.holders) is own) for own in (True, False))
    other = "bad" if mine.value == "good" else "good"
    claims = [
        Claim("affirm", mine.slot, other, "A"),
        Claim("affirm", foreign.slot, foreign.value, "A"),
        Claim("affirm", mine.slot, mine.value, "A"),
    ]

    assert diagnosis.false_claims(task, world, claims) == {"claims": 2, "false_claims": 1}


def test_a_report_counts_the_seats_of_the_tested_model_only() -> None:
    def of(false: int) -> Document:
        return {
            "claims": 4,
            "false_claims": false,
            "probes": {"asked": 4, "agreed": 4 - false, "told": 2, "yes": 2, "no": 2, "left_out": 0},
        }

    one = record(seats={"A": MODEL, "B": "reference:liar"})
    one["score"]["diagnosis"] = {"A": of(1), "B": of(4)}
    cell = report(run_of([one]), [one])["tasks"]["alpha"]["private"]

    assert cell["false_claims"]["mean"] == 0.25
    assert cell["false_claims_per_episode"]["mean"] == 1
    assert (cell["scorekeeping"]["probes"], cell["scorekeeping"]["agreed"]) == (4, 0.75)


def test_records_without_a_diagnosis_have_none_in_the_report() -> None:
    one = record()
    document = report(run_of([one]), [one])
    cell = document["tasks"]["alpha"]["private"]

    assert (cell["false_claims"], cell["scorekeeping"], document["overall"]["scorekeeping"]) == (None, None, None)
    assert "scorekeeping" not in render(document)


def test_the_effort_of_a_talk_leaves_probes_out_and_its_cost_does_not() -> None:
    probe = {"seat": "A", "round": 0, "kind": "probe", "raw": "…", "usage": {"prompt": 5000, "cached": 0, "completion": 5}}
    plain, asked = record(), record()
    asked["calls"] = [*asked["calls"], probe]
    tokens = [worlds(gather([one], MODEL).table(gather([one], MODEL).rows)).column("tokens")[0] for one in (plain, asked)]

    assert tokens[0] == tokens[1]
    assert gather([asked], MODEL).used[MODEL].prompt - gather([plain], MODEL).used[MODEL].prompt == 5000


# --- how well language is read ---------------------------------------------------------------------------------------------


POOLED = {"deal": 3}
"""How many of the last batches a task's figure is of, where it is not one: they were small."""


def measured(name: str) -> tuple[float, float, int]:
    """Precision, recall and labelled claims on the last batch of a task, or the last few, rounded."""
    last = max(int(path.stem.rpartition("_")[2]) for path in test_free_language.FOLDER.glob(f"{name}_*.json"))
    batches = range(last - POOLED.get(name, 1) + 1, last + 1)
    found, missed, wrong = (sum(counts) for counts in zip(*(_counted(name, batch) for batch in batches), strict=True))
    return round(found / (found + wrong), 2), round(found / (found + missed), 2), found + missed


def _counted(name: str, batch: int) -> tuple[int, int, int]:
    """Claims found, missed and wrong."""
    if name == "schedule":
        return test_schedule_talk.figures(batch)[:3]
    if name == "reference":
        read = test_reference_talk.readings(batch)
        found, missed, wrong = (sum(len(column) for column in columns) for columns in list(zip(*read, strict=True))[1:])
        return found, missed, wrong
    return test_free_language.figures(name, batch)


@pytest.mark.parametrize("name", [*(name for name in PLAIN if name in GROUNDING), "deal", "haggle"])
def test_what_a_task_says_of_its_reader_is_no_better_than_what_is_measured(name: str) -> None:
    """It is what was measured at first sight; since then the reader was mended by the same batch."""
    said, now = api.make_task(name, 3).reading, measured(name)

    assert said is not None
    assert said[2] == now[2]
    assert said[0] <= now[0]
    assert said[1] <= now[1]


def test_what_a_task_says_of_its_reader_is_the_last_figure_of_the_table() -> None:
    """What a reader that was mended since cannot be measured by any more."""
    table = (test_free_language.FOLDER / "README.md").read_text(encoding="utf-8")
    figures = {
        row[1]: re.findall(r"\d+: (\d\.\d\d) (\d\.\d\d) \((\d+)\)", row[2])[-1]
        for row in re.finditer(r"(?m)^\| (\w+) \| (.*\d:.*)$", table)
    }
    plain = {
        name: (float(precision), float(recall), int(n))
        for name, (precision, recall, n) in figures.items()
        if name not in (*POOLED, "secret")
    }

    assert {name for name in PLAIN if name in GROUNDING} <= plain.keys()
    assert plain == {name: api.make_task(name, 3).reading for name in plain}


def test_how_well_language_is_read_stands_beside_every_grounding_figure() -> None:
    from benchmark.display.page import page

    one = record(task="mutual_friend")
    readings = {"mutual_friend": (0.96, 0.91, 132), "beta": (0.5, 0.5, 10)}
    document = json.loads(json.dumps(report(run_of([one]), [one], readings=readings)))
    said = "read 0.96/0.91 of n 132"

    assert document["reading"] == {"mutual_friend": {"precision": 0.96, "recall": 0.91, "n": 132}}
    assert render(document).count(said) == 2
    assert all(said in part for part in page(document).split("<section ") if 'id="luck"' in part or 'id="tasks"' in part)
    assert page(document).count('<th scope="row">grounded</th>') == 1
    assert said in render_comparison({"a": document, "b": document})
    assert "read p/r" not in render(report(run_of([one]), [one]))


def test_a_task_whose_language_was_not_measured_says_so_by_saying_nothing() -> None:
    one, other = record(task="alpha"), record(task="beta")
    document = report(run_of([one, other]), [one, other], readings={"alpha": (1.0, 0.9, 50)})

    assert render(document).count("of n 50") == 1  # beside its own task, and not beside the mean


def test_a_run_of_another_version_claims_no_reading() -> None:
    from benchmark.api.judging import _readings

    task = api.make_task("mutual_friend", 3)
    assert _readings({"configuration": {"tasks": {"mutual_friend": task.version}}}, ()) == {"mutual_friend": task.reading}
    assert _readings({"configuration": {"tasks": {"mutual_friend": task.version + 1, "x.y:Z": 1}}}, ()) == {}
