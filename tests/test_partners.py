"""Against partners: the tested model takes every seat in turn, its partners' faults are not its own, and runs stay apart."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmark import api
from benchmark.cli import main
from benchmark.panels import PANELS
from benchmark.records import Document
from benchmark.results.report import report
from benchmark.running.folder import RunFolder

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


def test_the_panel_is_a_fixed_set_by_name(tmp_path: Path) -> None:
    shown, records = played(tmp_path / "run", "--partner", "panel")
    configuration = json.loads((tmp_path / "run" / "run.json").read_text())["configuration"]
    listed = {row["name"]: row["members"] for row in json.loads(bench("list", "panels", "--json").stdout)}

    assert configuration["panel"] == shown["panel"] == "panel-1"
    assert set(configuration["partners"]) | {"reference:honest"} == set(listed["panel-1"])
    assert {spec for record in records for spec in record["seats"].values()} == set(listed["panel-1"])
    assert bench("verify", tmp_path / "run").exit_code == 0


def test_a_panel_is_one_by_its_members_however_they_were_asked_for() -> None:
    members = PANELS["panel-1"].members
    by_name, by_hand, by_less = (
        api.make_plan(api.Wish(model="reference:mute", partners=partners)) for partners in (("panel-1",), members, members[1:])
    )

    assert by_name == by_hand
    assert by_name.configuration({})["panel"] == "panel-1"
    assert "panel" not in by_less.configuration({})


def test_a_panel_that_is_claimed_falsely_is_found(tmp_path: Path) -> None:
    played(tmp_path / "run", "--partner", "reference:mute")
    run = tmp_path / "run" / "run.json"
    document = json.loads(run.read_text())
    document["configuration"]["panel"] = "panel-1"
    run.write_text(json.dumps(document))
    done = bench("verify", tmp_path / "run")

    assert done.exit_code == 4
    assert "configuration.panel" in done.output


def test_panels_never_change_under_their_name() -> None:
    """Whoever changes this test makes results that were published under the name mean something else. Add a panel instead."""
    assert PANELS["panel-1"].members == (
        "reference:honest", "reference:forgetful?p=0.3", "reference:dump", "reference:egocentric",
    )  # fmt: skip


def test_every_partner_has_a_row_with_its_own_interval(tmp_path: Path) -> None:
    shown, _ = played(tmp_path / "run", "--partner", "panel")
    text = bench("report", tmp_path / "run").stdout
    page = (tmp_path / "run" / "report.html").read_text()

    assert set(shown["by_partner"]) == set(shown["partners"])
    for partner, found in shown["by_partner"].items():
        assert found["success"]["n"] == found["conditions"]["private"]["n"] == 3
        assert found["success"]["low"] < found["success"]["high"]
        assert text.count(f"\n{partner}  ") == 2  # figures and bar
        assert f"{partner}</span>" in page
    assert (
        shown["by_partner"]["reference:egocentric"]["success"]["mean"] < shown["by_partner"]["reference:forgetful?p=0.3"]["success"]["mean"]
    )
    assert "against panel-1" in text
    assert max(map(len, text.splitlines())) <= 80


def test_self_play_has_no_partners_to_show(tmp_path: Path) -> None:
    shown, _ = played(tmp_path / "run")

    assert shown["by_partner"] == {}
    assert "With each partner" not in bench("report", tmp_path / "run").stdout


def test_what_engines_say_of_partners_is_on_record(tmp_path: Path) -> None:
    plan = api.make_plan(api.Wish(model="reference:honest", partners=("reference:mute",), tasks=("secret",)))
    with RunFolder.open(tmp_path, plan, {"revision": "1"}, others={"reference:mute": {"revision": "2", "engine": "x"}}):
        configuration = json.loads((tmp_path / "run.json").read_text())["configuration"]

    assert configuration["models"]["A"] == {"spec": "reference:honest", "revision": "1"}
    assert configuration["partner_models"].pop("reference:mute") == {"revision": "2", "engine": "x"}
    assert configuration["partner_models"].keys() == set(plan.audience)


def test_a_run_of_an_earlier_version_does_not_say_what_engines_said_of_partners(tmp_path: Path) -> None:
    played(tmp_path / "run", "--partner", "reference:mute")
    where = tmp_path / "run" / "run.json"
    run = json.loads(where.read_text())
    del run["configuration"]["partner_models"]
    where.write_text(json.dumps(run))

    assert bench("verify", tmp_path / "run").exit_code == 0
    played(tmp_path / "run", "--partner", "reference:mute")
    assert json.loads(where.read_text())["configuration"]["partner_models"].keys() == {"reference:mute"}


def test_another_revision_of_a_partner_is_refused(tmp_path: Path) -> None:
    played(tmp_path / "run", "--partner", "reference:mute")
    where = tmp_path / "run" / "run.json"
    run = json.loads(where.read_text())
    run["configuration"]["partner_models"]["reference:mute"]["revision"] = "of last week"
    where.write_text(json.dumps(run))
    before = where.read_bytes()
    done = bench("run", "--model", "reference:honest", "--partner", "reference:mute", *GAME, "--out", tmp_path / "run")

    assert (done.exit_code, "another partner_models" in done.output) == (2, True)
    assert where.read_bytes() == before


def test_a_partner_that_is_claimed_falsely_is_found(tmp_path: Path) -> None:
    played(tmp_path / "run", "--partner", "reference:mute")
    where = tmp_path / "run" / "run.json"
    run = json.loads(where.read_text())
    run["configuration"]["partner_models"] = {"reference:honest": {}}
    where.write_text(json.dumps(run))
    done = bench("verify", tmp_path / "run")

    assert (done.exit_code, "configuration.partner_models" in done.output) == (4, True)
