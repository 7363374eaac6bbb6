"""What people scored stands beside a model in the very task and preset that both played, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmark import api
from benchmark.cli import main
from benchmark.display.beside import people_told, shown
from benchmark.display.page import page
from benchmark.display.table import render
from benchmark.vocabulary import Json
from tests.test_dialop import game
from tests.test_people import BEST, WORSE, imported, log

LABEL = "assignment:preset=dialop"


def invoke(*command: str) -> Result:
    return CliRunner().invoke(main, list(command))


def played(out: Path, *chosen: str) -> Path:
    done = invoke("run", "--model", "reference:egocentric", "--condition", "private", "--quiet", "--out", str(out), *chosen)
    assert done.exit_code == 0, done.output
    return out


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return imported(tmp_path, game(action_log=log(WORSE, BEST)), game(action_log=log(WORSE)))[0]


def beside(run: Path, *people: Path) -> dict[str, Json]:
    done = invoke("report", str(run), *(word for one in people for word in ("--beside", str(one))), "--json")
    assert done.exit_code == 0, done.output
    loaded: dict[str, Json] = json.loads(done.stdout)
    return loaded


def test_people_stand_beside_a_model_that_played_their_worlds(tmp_path: Path, people: Path) -> None:
    run = played(tmp_path / "run", "--worlds", str(tmp_path / "games.jsonl"))
    plain = json.loads(invoke("report", str(run), "--json").stdout)
    document = beside(run, people)
    (row,) = document["people"]["rows"][LABEL]

    assert {key: value for key, value in document.items() if key != "people"} == plain
    assert row["n"] == 2
    assert row["condition"] == "private"
    assert row["success"]["mean"] == 0.5
    assert row["grounding_success"] is None
    assert row == {
        "run": str(people),
        "condition": "private",
        **api.report(people)["tasks"][LABEL]["private"],
    }
    assert json.loads((run / "report.json").read_text("utf-8")) == document
    assert "people (2)" in (run / "report.html").read_text("utf-8")
    lines = render(document).splitlines()
    assert [line.split()[:3] for line in lines if line.startswith("  people (2)")] == [["people", "(2)", "2"]]
    assert max(map(len, lines)) <= 80
    assert "people (2)" not in render(plain) + page(plain)


def test_people_of_another_task_are_named_and_shown_nowhere(tmp_path: Path, people: Path) -> None:
    run = played(tmp_path / "run", "--task", "assignment", "--n", "2")
    document = beside(run, people)

    assert document["people"]["rows"] == {}
    assert document["people"]["apart"] == [f"{people}: people played {LABEL}, and this run assignment"]
    assert "people (" not in render(document)
    for text in (render(document, 400), page(document)):
        assert f"people played {LABEL}, and this run assignment" in text


def test_people_scored_by_another_version_are_not_compared(tmp_path: Path, people: Path) -> None:
    run = played(tmp_path / "run", "--worlds", str(tmp_path / "games.jsonl"))
    path = people / "run.json"
    stated = json.loads(path.read_text("utf-8"))
    stated["configuration"]["tasks"][LABEL] = 99
    path.write_text(json.dumps(stated))
    document = beside(run, people)

    assert document["people"]["rows"] == {}
    assert "as version 99 there" in " ".join(people_told(document))


def test_a_run_of_models_is_refused_beside_another(tmp_path: Path) -> None:
    run = played(tmp_path / "run", "--task", "assignment", "--n", "1")
    done = invoke("report", str(run), "--beside", str(run))

    assert done.exit_code == 2
    assert "bench compare" in done.stderr


def test_nothing_is_said_of_people_where_nobody_asked() -> None:
    assert list(shown({"tasks": {LABEL: {"private": {}}}}, LABEL)) == [("private", {})]
    assert not people_told({})
