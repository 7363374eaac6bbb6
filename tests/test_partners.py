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
from benchmark.report import report

GAME = ("--task", "hidden_profile", "--condition", "private", "--n", "3", "--quiet")


def bench(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def played(out: Path, *words: str) -> tuple[Document, list[Document]]:
    done = bench("run", "--model", "reference:honest", *words, *GAME, "--out", out, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout), [json.loads(line) for line in (out / "episodes.jsonl").read_text().splitlines()]


def test_the_model_takes_every_seat_in_turn_against_each_partner(tmp_path: Path) -> None:
    shown, records = played(tmp_path / "run", "--partner", "reference:mute", "--partner", "reference:dump")
    seatings = Counter(json.dumps(record["seats"], sort_keys=True) for record in records)

    assert len(records) == shown["plan"] == 3 * 3 * 2
    assert len(seatings) == 6
    assert set(seatings.values()) == {3}
    for record in records:
        tested = [seat for seat, spec in record["seats"].items() if spec == "reference:honest"]
        assert len(tested) == 1
        assert record["id"].split("/")[5] == tested[0]
    assert shown["self_play"] is False
    assert shown["partners"] == ["reference:mute", "reference:dump"]
    assert {cell["partner"] for cell in shown["cells"]} == set(shown["partners"])
    assert bench("verify", tmp_path / "run").exit_code == 0


def test_a_partners_failure_is_counted_and_left_out(tmp_path: Path) -> None:
    shown, records = played(tmp_path / "run", "--partner", "reference:garbled")

    assert all(record["outcome"].startswith("illegal:") for record in records)
    assert shown["partner_failures"] == 9
    assert shown["tasks"]["hidden_profile"]["private"]["n"] == 0


def test_where_both_fail_the_models_own_failure_stays(tmp_path: Path) -> None:
    """The outcome names the first fault, the partner's; the tested seat was asked too, and gave nothing either."""
    _, records = played(tmp_path / "run", "--partner", "reference:garbled")
    for record in records:
        tested = next(seat for seat, spec in record["seats"].items() if spec == "reference:honest")
        del record["rounds"][-1]["answers"][tested]
    document = report(json.loads((tmp_path / "run" / "run.json").read_text()), records)

    assert document["partner_failures"] == 0
    assert document["tasks"]["hidden_profile"]["private"]["n"] == 3
    assert document["tasks"]["hidden_profile"]["private"]["success"]["mean"] == 0.0


def test_the_same_command_resumes_and_the_grid_grows(tmp_path: Path) -> None:
    words = ("--partner", "reference:mute")
    played(tmp_path / "run", *words)
    before = (tmp_path / "run" / "episodes.jsonl").read_bytes()
    shown, _ = played(tmp_path / "run", *words, "--repeats", "2")

    assert (tmp_path / "run" / "episodes.jsonl").read_bytes().startswith(before)
    assert shown["plan"] == 18
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
