"""An entry holds if everything in it follows from its seeds and completions; whatever a careful forger changes is found, and said where."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmark import api
from benchmark.records import Document
from leaderboard.checks import UNSEEN, Verification
from leaderboard.signing import sign
from tests.made_entry import ALICE, built, document, records, rewrite
from tests.test_cli import bench


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return built(tmp_path, model="reference:egocentric").folder


def failing(found: Verification) -> list[str]:
    return [check.name for check in found.checks if not check.holds]


def test_an_entry_that_was_built_holds(folder: Path) -> None:
    found = api.verify_entry(folder)

    assert failing(found) == []
    assert found.verified
    assert found.badge == "rescored"
    assert found.scores is not None
    assert found.scores.overall["success"] is not None
    assert found.entry == folder.name


def test_the_command_says_what_holds_and_what_it_cannot_see(folder: Path) -> None:
    shown = bench("verify", folder)

    assert shown.exit_code == 0
    assert "may be listed as rescored" in shown.stdout
    assert all(one in shown.stdout for one in UNSEEN)
    verification = json.loads(bench("verify", folder, "--json").stdout)
    assert verification["verified"] is True
    assert verification["scores"] == document(folder)["scores"]


def test_it_is_the_same_wherever_the_folder_lies(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "fetched")

    assert api.verify_entry(tmp_path / "fetched") == api.verify_entry(folder)


def test_the_same_words_are_known_again_under_another_models_name(folder: Path, tmp_path: Path) -> None:
    entry, episodes = document(folder), records(folder)
    words = api.verify_entry(folder).words
    entry["model"] |= {"spec": "openai:gpt-9", "id": "openai/gpt-9", "revision": "x", "pinned_by": "snapshot"}
    entry["kind"] = "model"
    from benchmark.api.submitting import plan_of_entry
    from leaderboard.entry import read_entry

    names = {one.id.rpartition("/")[0]: one for one in plan_of_entry(read_entry(entry)).episodes()}
    for one in episodes:
        planned = names[one["id"].rpartition("/")[0]]
        one |= {"id": planned.id, "seats": dict(planned.seats)}
    tokens = entry["usage"]["tokens"].pop("reference:egocentric")
    entry["usage"] |= {"tokens": {"openai:gpt-9": tokens}, "prices": [{"openai:gpt-9": None}], "usd": None}
    found = api.verify_entry(rewrite(folder, entry, episodes))

    assert failing(found) == []  # a consistent forgery, which is what no replay can see
    assert found.words == words
    assert words is not None


def a_record(episodes: list[Document], condition: str = "private") -> Document:
    return next(one for one in episodes if one["condition"] == condition and one["task"] == "mutual_friend")


Edit = Callable[[list[Document]], Any]


def swap_worlds(episodes: list[Document]) -> None:
    one, other = [record for record in episodes if record["condition"] == "private" and record["task"] == "schedule"]
    for key in ("calls", "rounds", "score", "outcome", "solvable"):
        one[key], other[key] = other[key], one[key]


def copy_a_better_repeat(episodes: list[Document]) -> None:
    one, other = [record for record in episodes if record["condition"] == "mindreader" and record["task"] == "schedule"]
    one["calls"], one["rounds"], one["score"] = (deepcopy(other[key]) for key in ("calls", "rounds", "score"))


def fill_in_a_better_answer(episodes: list[Document]) -> None:
    """The commits alone, as if the model had said them; nothing that was derived from them."""
    a_record(episodes)["calls"][-1]["raw"] = '{"answer": "Nobody"}'


TAMPERED: list[tuple[str, Edit]] = [
    ("completeness", lambda episodes: episodes.pop(3)),
    ("completeness", lambda episodes: episodes.append(deepcopy(episodes[3]))),
    ("completeness", lambda episodes: episodes.__setitem__(3, deepcopy(episodes[4]))),
    ("completeness", lambda episodes: episodes[3].update(id=episodes[3]["id"].replace("/0/", "/9/"))),
    ("completeness", lambda episodes: episodes[3].update(calls=[])),
    ("replay", lambda episodes: a_record(episodes)["rounds"][0]["turns"][0].update(text="I have Mia.")),
    ("replay", lambda episodes: a_record(episodes)["calls"][0].update(raw="I have Mia.")),
    ("replay", lambda episodes: a_record(episodes)["calls"][0].update(chat_sha256="0" * 64)),
    ("replay", lambda episodes: a_record(episodes)["calls"][0].update(seed=1)),
    ("replay", lambda episodes: a_record(episodes).update(outcome="leaked")),
    ("replay", lambda episodes: a_record(episodes)["score"].update(success=True, grounding_success=True)),
    ("replay", lambda episodes: a_record(episodes)["score"]["value"].update(floor=a_record(episodes)["score"]["value"]["floor"] + 1e-9)),
    ("replay", lambda episodes: a_record(episodes).update(seed=a_record(episodes)["seed"] + 1)),
    ("replay", lambda episodes: a_record(episodes).update(index=1)),
    ("replay", lambda episodes: a_record(episodes).update(cost=0.5)),
    ("replay", lambda episodes: a_record(episodes)["seats"].update(A="reference:honest")),
    ("replay", lambda episodes: a_record(episodes)["calls"].pop()),
    ("replay", lambda episodes: a_record(episodes).update(note="trust me")),
    ("replay", swap_worlds),
    ("replay", copy_a_better_repeat),
    ("replay", fill_in_a_better_answer),
]  # fmt: skip


@pytest.mark.parametrize(("check", "edit"), TAMPERED, ids=[f"{check} {number}" for number, (check, _) in enumerate(TAMPERED)])
def test_what_was_changed_in_the_records_is_found_behind_a_fitting_manifest(folder: Path, check: str, edit: Edit) -> None:
    episodes = records(folder)
    edit(episodes)
    place = rewrite(folder, episodes=episodes)
    found = api.verify_entry(place)

    assert failing(found) == [check]
    assert found.differences
    assert found.scores is None
    shown = bench("verify", place)
    assert shown.exit_code == 4
    assert found.differences[0].episode in shown.stdout


def test_a_difference_names_the_episode_and_the_turn(folder: Path) -> None:
    episodes = records(folder)
    record = a_record(episodes)
    record["rounds"][0]["turns"][1]["text"] += " Honestly."
    shown = bench("verify", rewrite(folder, episodes=episodes)).stdout

    assert f"{record['id']}: rounds.0.turns.1.text: is" in shown


Claim = Callable[[dict[str, Any]], Any]


def overall(entry: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = entry["scores"]["overall"]["success"]
    return found


CLAIMED: list[tuple[str, Claim]] = [
    ("statistics", lambda entry: overall(entry).update(value=overall(entry)["value"] + 1e-9)),
    ("statistics", lambda entry: overall(entry).update(ci95=[0.0, 1.0])),
    ("statistics", lambda entry: overall(entry).update(n=overall(entry)["n"] + 1)),
    ("statistics", lambda entry: entry["scores"]["overall"].update(grounding_success=None)),
    ("statistics", lambda entry: entry["scores"]["gaps"]["schedule"]["information"].update(value=0.0)),
    ("statistics", lambda entry: entry["scores"]["tasks"].pop("schedule")),
    ("statistics", lambda entry: entry["counts"].update(decided=11, illegal=1)),
    ("statistics", lambda entry: entry["counts"].update(replaced=6)),
    ("statistics", lambda entry: entry["usage"].update(usd=1.0)),
    ("statistics", lambda entry: entry["timing"].update(seconds=9.0)),
    ("statistics", lambda entry: entry["model"].update(served=["gpt-9"])),
    ("track", lambda entry: entry.update(track="standard")),
    ("track", lambda entry: entry.update(track="standard", reasons=[])),
    ("track", lambda entry: entry.update(reasons=entry["reasons"][1:])),
    ("track", lambda entry: entry.update(kind="model")),
    ("track", lambda entry: entry["model"].update(revision="parley 9")),
    ("track", lambda entry: entry["bench"].update(commit="f" * 40 + "-dirty")),
    ("plan", lambda entry: entry["counts"].update(planned=11)),
    ("plan", lambda entry: entry["game"].update(n=10**9)),
    ("plan", lambda entry: entry["game"].update(repeats=2)),
    ("completeness", lambda entry: entry["game"].update(seed=1)),
    ("completeness", lambda entry: entry["game"].update(challenge="ab" * 32)),
    ("completeness", lambda entry: entry["game"]["sampling"].update(temperature=0.1)),
    ("completeness", lambda entry: entry["model"].update(spec="openai:gpt-9")),
    ("tasks", lambda entry: entry["game"]["tasks"].update(schedule=2)),
    ("tasks", lambda entry: entry["game"].update(conditions=["private", "private", "mindreader"])),
    ("tasks", lambda entry: entry["game"].update(conditions=["private", "clairvoyant", "mindreader"])),
    ("tasks", lambda entry: entry["game"].update(tasks={"written": 1})),
    ("tasks", lambda entry: entry["game"].update(tasks={})),
    ("tasks", lambda entry: entry["model"].update(spec="reference:nobody")),
    ("tasks", lambda entry: entry.update(partners=[{"spec": "reference:egocentric", "revision": "x", "pinned_by": "release"}])),
    ("canary", lambda entry: entry.update(canary="none")),
    ("secrets", lambda entry: entry.update(disclosures=["write to me@real-domain.org"])),
    ("files", lambda entry: entry.update(licence="mine")),
]  # fmt: skip


@pytest.mark.parametrize(("check", "edit"), CLAIMED, ids=[f"{check} {number}" for number, (check, _) in enumerate(CLAIMED)])
def test_a_claim_that_does_not_follow_is_found_behind_a_fitting_manifest(folder: Path, check: str, edit: Claim) -> None:
    entry = document(folder)
    edit(entry)
    found = api.verify_entry(rewrite(folder, entry=entry))

    assert check in failing(found)
    assert not found.verified


def test_no_module_is_imported_for_a_task_or_a_model_that_an_entry_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.import_module", lambda name: pytest.fail(f"imports {name}"))
    for change in ({"game": {"tasks": {"antigravity:fly": 1}}}, {"model": {"spec": "antigravity.thing:fly"}}):
        entry = document(folder)
        for part, fields in change.items():
            entry[part].update(fields)
        folder = rewrite(folder, entry=entry)
        assert not api.verify_entry(folder).verified


def test_the_words_of_reference_partners_are_derived_too(tmp_path: Path) -> None:
    """A partner that is made to play better, or to fail where its failure counts for nothing, with everything that follows from it."""
    made = built(tmp_path, model="reference:egocentric", partners=("reference:honest",), tasks=("mutual_friend",))
    assert api.verify_entry(made.folder).verified
    episodes = records(made.folder)
    record = next(one for one in episodes if one["condition"] == "private")
    partner = next(seat for seat, spec in record["seats"].items() if spec == "reference:honest")
    call = next(call for call in record["calls"] if call["seat"] == partner)
    call["raw"] = "Let me tell you nothing at all."

    found = api.verify_entry(rewrite(made.folder, episodes=played_again(record, episodes, made.folder)))

    assert failing(found)
    assert any("reference:honest says" in one.what for one in found.differences)


def played_again(changed: Document, episodes: list[Document], folder: Path) -> list[Document]:
    """``episodes`` where everything that follows from the completions of ``changed`` was derived anew."""
    from benchmark.api.submitting import plan_of_entry
    from benchmark.running.drive import record, replay
    from leaderboard.entry import read_entry

    planned = {one.id: one for one in plan_of_entry(read_entry(document(folder))).episodes()}[changed["id"]]
    world = planned.world()
    fresh = record(planned, world, replay(planned, world, changed["calls"])) | {"cost": changed["cost"]}
    return [fresh if one["id"] == changed["id"] else one for one in episodes]


def test_a_signature_is_checked_where_there_is_one(folder: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)], check=True)
    sign(folder, key)
    found = api.verify_entry(folder)

    assert found.verified
    assert re.fullmatch(r"ED25519 SHA256:\S+", found.signed_by or "")
    (folder / "README.md").write_text("Added later.\n")
    files = json.loads((folder / "manifest.json").read_text())["files"]
    signature = (folder / "manifest.json.sig").read_bytes()
    (folder / "manifest.json.sig").unlink()
    place = rewrite(folder)
    (place / "manifest.json.sig").write_bytes(signature)
    assert len(files) < len(json.loads((place / "manifest.json").read_text())["files"])
    assert failing(api.verify_entry(place)) == ["signature"]


def test_a_secret_in_a_readme_or_a_reply_is_found_before_and_after(tmp_path: Path, folder: Path) -> None:
    from leaderboard.shapes import EntryError

    token = "hf_" + "a1B2" * 8
    with pytest.raises(EntryError, match=r"README\.md: token"):
        built(tmp_path, replace(ALICE, readme=f"My token is {token}."))
    (folder / "README.md").write_text(f"My token is {token}.")
    assert failing(api.verify_entry(rewrite(folder))) == ["secrets"]
