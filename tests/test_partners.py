"""Against partners: the tested model takes every seat in turn, its partners' faults are not its own, and runs stay apart."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmark import api
from benchmark.cli import main
from benchmark.records import Document

GAME = ("--task", "hidden_profile", "--condition", "private", "--n", "3", "--quiet")


def bench(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def played(out: Path, *words: str) -> tuple[Document, list[Document]]:
    done = bench("run", "--model", "reference:honest", *words, *GAME, "--out", out, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout), [json.loads(line) for line in (out / "episodes.jsonl").read_text().splitlines()]


def test_the_model_takes_every_seat_in_turn_against_each_partner(tmp_path: Path) -> None:
    report, records = played(tmp_path / "run", "--partner", "reference:mute", "--partner", "reference:dump")
    seatings = Counter(json.dumps(record["seats"], sort_keys=True) for record in records)

    assert len(records) == report["plan"] == 3 * 3 * 2
    assert len(seatings) == 6
    assert set(seatings.values()) == {3}
    for record in records:
        tested = [seat for seat, spec in record["seats"].items() if spec == "reference:honest"]
        assert len(tested) == 1
        assert record["id"].split("/")[5] == tested[0]
    assert report["self_play"] is False
    assert report["partners"] == ["reference:mute", "reference:dump"]
    assert {cell["partner"] for cell in report["cells"]} == set(report["partners"])
    assert bench("verify", tmp_path / "run").exit_code == 0


def test_a_partners_failure_is_counted_and_left_out(tmp_path: Path) -> None:
    report, records = played(tmp_path / "run", "--partner", "reference:garbled")

    assert all(record["outcome"].startswith("illegal:") for record in records)
    assert report["partner_failures"] == 9
    assert report["tasks"]["hidden_profile"]["private"]["n"] == 0


def test_the_same_command_resumes_and_the_grid_grows(tmp_path: Path) -> None:
    words = ("--partner", "reference:mute")
    played(tmp_path / "run", *words)
    before = (tmp_path / "run" / "episodes.jsonl").read_bytes()
    report, _ = played(tmp_path / "run", *words, "--repeats", "2")

    assert (tmp_path / "run" / "episodes.jsonl").read_bytes().startswith(before)
    assert report["plan"] == 18
    assert bench("verify", tmp_path / "run").exit_code == 0
    assert bench("run", "--model", "reference:honest", *GAME, "--out", tmp_path / "run").exit_code == 2


def test_conditions_in_which_one_instance_plays_several_seats_have_no_room_for_a_partner() -> None:
    plan = api.make_plan(api.Wish(model="reference:honest", partners=("reference:mute",)))

    assert [condition.name for condition in plan.conditions] == ["private", "mindreader", "silent", "solo"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--partner", "reference:honest"), "self-play"),
        (("--partner", "reference:nobody"), "no reference player"),
        (("--partner", "mute"), "reference:"),
        (("--partner", "reference:mute", "--condition", "omniscient"), "no seat for --partner"),
    ],
)
def test_what_cannot_be_played_is_refused(tmp_path: Path, words: tuple[str, ...], hint: str) -> None:
    done = bench("run", "--model", "reference:honest", "--task", "mutual_friend", "--n", "1", *words, "--out", tmp_path / "run")

    assert done.exit_code == 2
    assert hint in done.output
    assert not (tmp_path / "run").exists()
