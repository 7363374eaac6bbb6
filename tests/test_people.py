"""Human dialogues become a run that is scored like a model's, keeps nothing of what was said or by whom, and verifies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmark import api
from benchmark.cli import main
from benchmark.records import digest
from tests.test_dialop import game, text

PROPOSAL = game()["action_log"][1]["proposal"]


def log(*ids: list[list[int]], accept: bool = True) -> list[dict[str, Any]]:
    """A talk that ends with proposals, the last one accepted."""
    said = {"type": "message", "player": 1, "message": {"data": "Ana should weld, says worker W4711.", "from_player": 1}, "time": 3.5}
    proposed = [{"type": "proposal", "player": 0, "proposal": PROPOSAL, "proposal_ids": one} for one in ids]
    response = {"type": "proposal_response", "player": 1, "response": {"accept": accept}, "bonus_pay": 2}
    return [said, *proposed, response]


BEST, WORSE = [[1, 1], [2, 2], [0, 0]], [[1, 2], [2, 0], [0, 1]]


def imported(tmp_path: Path, *games: dict[str, Any]) -> tuple[Path, list[dict[str, Any]]]:
    source, out = tmp_path / "games.jsonl", tmp_path / "people"
    source.write_text(text(*games))
    api.import_corpus("dialop", source, out)
    return out, [json.loads(line) for line in (out / "episodes.jsonl").read_text().splitlines()]


def test_the_plan_that_was_accepted_last_is_scored_as_published(tmp_path: Path) -> None:
    _, (best, worse) = imported(tmp_path, game(action_log=log(WORSE, BEST)), game(action_log=log(WORSE)))

    assert (best["score"]["native"], best["score"]["success"]) == (1.0, True)
    assert worse["score"]["native"] == pytest.approx((20 + 50 + 50) / 240)
    assert not worse["score"]["success"]
    assert best["score"]["grounding_success"] is None
    assert best["score"]["turns"] == 1


def test_nothing_of_what_was_said_or_by_whom_is_kept(tmp_path: Path) -> None:
    out, _ = imported(tmp_path, game(action_log=log(BEST), demographics={"age": 33}, start_time=12.25))

    kept = "".join(path.read_text() for path in out.iterdir() if path.suffix in (".json", ".jsonl"))
    assert not [word for word in ("should weld", "W4711", "demographics", "bonus", "12.25") if word in kept]


def test_a_talk_without_an_agreement_is_counted_and_left_out(tmp_path: Path) -> None:
    out, records = imported(tmp_path, game(action_log=log(BEST)), game(action_log=log(BEST, accept=False)))
    document = api.report(out)

    assert len(records) == 1
    assert document["outcomes"] == {"decided": 1, "error": 1}
    assert document["plan"] == 2
    assert list(api.verify(out)) == []


def test_an_imported_run_says_that_people_played_it_and_verifies_until_it_is_edited(tmp_path: Path) -> None:
    out, (record, _) = imported(tmp_path, game(action_log=log(BEST)), game(action_log=log(WORSE)))

    assert json.loads((out / "run.json").read_text())["kind"] == "human"
    assert list(api.verify(out)) == []
    assert api.rescore(out) == (0, 2)
    lines = (out / "episodes.jsonl").read_text().splitlines()
    forged = {**record, "score": {**record["score"], "native": 0.5}}
    forged["digest"] = digest(forged)
    (out / "episodes.jsonl").write_text("\n".join([json.dumps(forged), lines[1]]) + "\n")
    (finding,) = api.verify(out)
    assert finding.where == "score.native"


def test_importing_twice_adds_nothing(tmp_path: Path) -> None:
    games = (game(action_log=log(BEST)), game(action_log=log(WORSE)))
    _, first = imported(tmp_path, *games)
    _, again = imported(tmp_path, *games)

    assert again == first


@pytest.mark.parametrize(
    ("corpus", "content", "said"),
    [
        ("dialop", "not json", "no file of dialop"),
        ("dialop", text(game(action_log=[{"type": "message"}])), 'line 1, field "action_log"'),
        ("dialop", text(game(action_log="x")), 'line 1, field "action_log"'),
        ("dialopp", text(game()), "did you mean dialop?"),
    ],
)
def test_what_cannot_be_imported_is_said_in_one_line_and_nothing_is_written(tmp_path: Path, corpus: str, content: str, said: str) -> None:
    source = tmp_path / "games.jsonl"
    source.write_text(content)
    result = CliRunner().invoke(main, ["import", corpus, str(source), "--out", str(tmp_path / "out")])

    assert result.exit_code in (1, 2)
    assert said in result.stderr
    assert not (tmp_path / "out").exists()
