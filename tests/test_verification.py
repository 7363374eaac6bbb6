"""A run is what follows from its seeds and completions; anything else is found, and said where."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache

import pytest

from benchmark import api, views
from benchmark.records import Document, sealed
from benchmark.running.plan import Plan
from benchmark.worlds import Generated
from leaderboard.verification import verify
from tests.test_players import records

LABELS = ("mutual_friend", "assignment", "hidden_profile")


def the_plan(label: str) -> Plan:
    return Plan("reference:honest", (Generated(api.make_task(label, 3), 7),), (views.CONDITIONS["private"],), seed=7, n=4)


@lru_cache
def the_run(label: str) -> str:
    return json.dumps(records("honest", label, n=4))


def run(label: str = "mutual_friend") -> list[Document]:
    loaded: list[Document] = json.loads(the_run(label))
    return loaded


@pytest.mark.parametrize("label", LABELS)
def test_an_untouched_run_holds(label: str) -> None:
    assert list(verify(the_plan(label), run(label))) == []


def edit_turn(record: Document) -> None:
    record["rounds"][0]["turns"][1]["text"] += "!"


def edit_answer(record: Document) -> None:
    record["rounds"][0]["answers"]["A"] = "Nobody"


def edit_score(record: Document) -> None:
    record["score"]["words"] += 1


def edit_score_in_the_ninth_digit(record: Document) -> None:
    record["score"]["value"]["floor"] += 1e-9


def edit_prompt_hash(record: Document) -> None:
    record["calls"][0]["chat_sha256"] = "0" * 64


def edit_sampling_seed(record: Document) -> None:
    record["calls"][1]["seed"] += 1


def edit_what_was_written(record: Document) -> None:
    record["calls"][0]["raw"] += " And more."


def edit_outcome(record: Document) -> None:
    record["outcome"] = "illegal:B"


def edit_seed(record: Document) -> None:
    record["seed"] += 1


def edit_stratum(record: Document) -> None:
    record["solvable"] = not record["solvable"]


def drop_a_call(record: Document) -> None:
    record["calls"].pop()


def add_a_call(record: Document) -> None:
    record["calls"].append(deepcopy(record["calls"][-1]))


def move_to_another_level(record: Document) -> None:
    record["level"] = 5


def add_a_key(record: Document) -> None:
    record["note"] = "trust me"


def lose_a_key(record: Document) -> None:
    del record["calls"][0]["raw"]


def change_a_type(record: Document) -> None:
    record["calls"] = "none"


EDITS = [
    edit_turn, edit_answer, edit_score, edit_score_in_the_ninth_digit, edit_prompt_hash, edit_sampling_seed, edit_what_was_written,
    edit_outcome, edit_seed, edit_stratum, drop_a_call, add_a_call, move_to_another_level, add_a_key, lose_a_key, change_a_type,
]  # fmt: skip


def test_a_record_from_before_sampling_seeds_were_kept_holds() -> None:
    lines = run()
    for call in lines[2]["calls"]:
        del call["seed"]
    lines[2] = sealed(lines[2])

    assert list(verify(the_plan("mutual_friend"), lines)) == []


@pytest.mark.parametrize("resealed", [False, True], ids=["digest left", "digest made anew"])
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edit_is_found(edit: Callable[[Document], None], resealed: bool) -> None:
    lines = run()
    edit(lines[2])
    if resealed:
        lines[2] = sealed(lines[2])

    found = list(verify(the_plan("mutual_friend"), lines))

    assert {finding.episode for finding in found} == {lines[2]["id"]}


def test_a_difference_says_where_it_is() -> None:
    lines = run()
    edit_turn(lines[1])
    finding = next(verify(the_plan("mutual_friend"), [lines[0], sealed(lines[1]), *lines[2:]]))

    assert finding.where == "rounds.0.turns.1.text"
    assert "and replay gives" in finding.what


def test_the_audit_finds_a_view_that_shows_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything but the canaries, which would have ended the play before anything was asked."""
    real = views.view
    noted = views.is_canary
    monkeypatch.setattr(
        views,
        "view",
        lambda world, lens: replace(
            real(world, lens), facts=tuple(fact for fact in world.facts if not noted(fact) or set(fact.holders) <= set(lens.sees))
        ),
    )
    found = list(verify(the_plan("hidden_profile"), run("hidden_profile")))

    assert any("holds a private fact of" in finding.what for finding in found)


def test_a_dropped_episode_is_missed() -> None:
    found = list(verify(the_plan("mutual_friend"), run()[1:]))

    assert [str(finding) for finding in found] == [f"{run()[0]['id']}: planned, but not recorded"]


def test_a_doubled_episode_is_found() -> None:
    found = list(verify(the_plan("mutual_friend"), [*run(), run()[0]]))

    assert [finding.what for finding in found] == ["recorded more than once"]


def test_episodes_that_changed_places_are_found() -> None:
    lines = run()
    for key in ("calls", "rounds", "score", "outcome"):
        lines[0][key], lines[1][key] = lines[1][key], lines[0][key]
    found = {finding.episode for finding in verify(the_plan("mutual_friend"), map(sealed, lines))}

    assert found == {lines[0]["id"], lines[1]["id"]}


def test_a_foreign_episode_is_found() -> None:
    found = list(verify(the_plan("mutual_friend"), [*run(), run("assignment")[0]]))

    assert [finding.what for finding in found] == ["no such episode is planned"]


@pytest.mark.parametrize("other", [{"seed": 8}, {"n": 3}, {"model": "reference:mute"}])
def test_a_run_does_not_hold_under_another_plan(other: dict[str, object]) -> None:
    assert list(verify(replace(the_plan("mutual_friend"), **other), run()))  # type: ignore[arg-type]
