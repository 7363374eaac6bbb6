"""Entries are values: read strictly, built from a run to the same bytes every time, and not at all where nobody could rank them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmark import api
from benchmark.records import Document
from leaderboard import entry, track
from leaderboard.building import Claims, game_of, pinned
from leaderboard.entry import Bench, Game, json_schema, model_id, read_entry, read_manifest, text_of
from leaderboard.shapes import EntryError
from tests.conftest import UPDATING, Golden, check_golden
from tests.made_entry import ALICE, built, change_run, lines, run_folder, write_lines

SCHEMAS = Path(entry.__file__).parent / "schemas"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_entry_reads_back_as_what_was_written(tmp_path: Path) -> None:
    made = built(tmp_path)
    content = files(made.folder)

    assert list(content) == ["entry.json", "episodes/part-0000.jsonl.gz", "manifest.json"]
    assert read_entry(json.loads(content["entry.json"])) == made.entry
    assert text_of(made.entry).encode() == content["entry.json"]
    assert read_manifest(json.loads(content["manifest.json"])).files == made.files
    assert made.folder == tmp_path / "board" / made.place
    assert made.place == f"entries/custom/reference__honest/{made.identity}"
    assert made.identity == entry.entry_id("2026-03-01T12:00:00+00:00", content["manifest.json"])


def test_building_again_gives_the_same_bytes_whatever_the_order_of_the_lines(tmp_path: Path) -> None:
    first = built(tmp_path)
    before = files(tmp_path / "board")
    write_lines(tmp_path / "run", lines(tmp_path / "run")[::-1])

    assert first.identity == built(tmp_path).identity
    assert before == files(tmp_path / "board")


def test_the_figures_are_those_of_the_report(tmp_path: Path) -> None:
    made = built(tmp_path, model="reference:egocentric", n=4).entry
    report: Document = {**api.report(tmp_path / "run")}
    figure = made.scores.overall["grounding_success"]

    assert figure is not None
    assert figure.value == report["overall"]["grounding_success"]["mean"]
    assert made.scores.overall["success"].ci95[1] == report["overall"]["success"]["high"]  # type: ignore[union-attr]
    assert made.counts.planned == report["plan"] == 24
    assert made.scores.gaps["schedule"]["information"].n == 4  # type: ignore[union-attr]
    assert set(made.scores.tasks["schedule"]) == {"private", "mindreader", "omniscient"}


def test_every_record_is_in_the_shards_and_long_runs_have_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leaderboard.building.SHARD", 5000)
    run_folder(tmp_path / "run")
    made = built(tmp_path)
    shards = [(made.folder / file.path).read_bytes() for file in made.files if file.path.startswith("episodes/")]

    assert len(shards) > 2
    found = [json.loads(line) for shard in shards for line in gzip.decompress(shard).splitlines()]
    assert sorted(lines(tmp_path / "run"), key=lambda one: one["id"]) == found
    assert {shard[4:8] for shard in shards} == {b"\0\0\0\0"}  # the time that gzip keeps


def test_a_readme_is_part_of_the_entry(tmp_path: Path) -> None:
    plain = built(tmp_path)
    made = built(tmp_path, replace(ALICE, readme="How it was done.\n"))

    assert (made.folder / "README.md").read_text() == "How it was done.\n"
    assert "README.md" in {file.path for file in made.files}
    assert made.identity != plain.identity


def test_a_run_that_is_not_complete_is_refused(tmp_path: Path) -> None:
    path = run_folder(tmp_path / "run")
    write_lines(path, lines(path)[1:])

    with pytest.raises(EntryError, match="1 of 12 episodes are still to be played"):
        built(tmp_path)


def test_a_run_of_which_much_was_played_again_is_refused(tmp_path: Path) -> None:
    path = run_folder(tmp_path / "run")
    failed = {"id": lines(path)[0]["id"], "when": "2026-03-01T12:00:00+00:00", "what": "503", "retried": True}
    (path / "attempts.jsonl").write_text(json.dumps(failed) + "\n")

    with pytest.raises(EntryError, match="1 of 12 episodes failed and were played again"):
        built(tmp_path)


def test_what_a_kill_cut_off_is_counted_and_not_refused(tmp_path: Path) -> None:
    path = run_folder(tmp_path / "run")
    cut = {"id": lines(path)[0]["id"], "when": "2026-03-01T12:00:00+00:00", "what": "cut off", "retried": False, "cut": True}
    (path / "attempts.jsonl").write_text(json.dumps(cut) + "\n")

    counts = built(tmp_path).entry.counts
    assert (counts.replaced, counts.cut_off) == (0, 1)


SERVED = {"served_model": "gpt-x-2026-01-01", "system_fingerprint": "fp_1", "host": "api.example.org"}


@pytest.mark.parametrize(
    ("details", "said", "expected"),
    [
        ({"revision": "abc"}, None, ("abc", "revision")),
        (SERVED, None, ("gpt-x-2026-01-01 (fp_1)", "served")),
        ({}, "gpt-x-2026-01-01", ("gpt-x-2026-01-01", "snapshot")),
    ],
)
def test_a_model_is_pinned_by_what_is_known_of_it(details: dict[str, str], said: str | None, expected: tuple[str, str]) -> None:
    assert pinned("openai:gpt-x", details, said, Bench("0.1.0", None, ()), ()) == expected


def test_a_model_that_nothing_pins_is_refused() -> None:
    with pytest.raises(EntryError, match="nothing says which version of openai:gpt-x was played"):
        pinned("openai:gpt-x", {}, None, Bench("0.1.0", None, ()), ())


def test_worlds_from_a_file_are_no_entry(tmp_path: Path) -> None:
    from tests.test_cli import HIDDEN, bench

    (tmp_path / "hidden.json").write_text(json.dumps([HIDDEN]))
    bench("run", "--model", "reference:mute", "--worlds", tmp_path / "hidden.json", "--out", tmp_path / "run", "--quiet")

    with pytest.raises(EntryError, match="come from a file"):
        built(tmp_path)


@pytest.mark.parametrize("claims", [Claims(user="a/b"), Claims(user="x", model="../up"), Claims(user="x", model="org/.."),
                                    Claims(user="x", disclosures=("\x1b[2J",)), Claims(user="x", disclosures=("\u202eevil",)),
                                    Claims(user="x", attempts=0)])  # fmt: skip
def test_claims_that_no_entry_can_hold_are_refused(tmp_path: Path, claims: Claims) -> None:
    with pytest.raises(EntryError, match=r"entry\.json"):
        built(tmp_path, claims)


def test_an_entry_of_the_preset_is_standard_and_says_why_where_not(tmp_path: Path) -> None:
    plan = api.make_plan(api.Wish(model="reference:honest", preset="standard-1"))
    headline = [source.task.label for source in plan.sources]
    game = game_of(plan)

    assert list(track.departures(game, plan.model, (), headline)) == []
    assert list(track.departures(replace(game, challenge="ab" * 16), plan.model, (), headline)) == []
    changed: list[tuple[Game, str]] = [
        (replace(game, n=99), "worlds per task: 99 in place of 100"),
        (replace(game, seed=5), "seed: 5 in place of 0"),
        (replace(game, probes=True), "probes"),
        (replace(game, conditions=game.conditions[1:]), "conditions"),
        (replace(game, tasks={**game.tasks, "deal": 1}), "tasks"),
        (replace(game, sampling=replace(game.sampling, temperature=0.0)), "sampling"),
    ]
    for other, reason in changed:
        (found,) = track.departures(other, plan.model, (), headline)
        assert found.startswith(reason)
    assert "partners: not a standard panel" in list(track.departures(game, plan.model, ("openai:x",), headline))


def test_changes_to_the_code_and_to_decoding_are_custom() -> None:
    assert list(track.changes(Bench("1", "a" * 40, ("1",)), False)) == []
    assert len(list(track.changes(Bench("2", "a" * 40 + "-dirty", ("1",)), True))) == 3


Edit = Callable[[dict[str, Any]], Any]
EDITS: list[tuple[str, Edit]] = [
    ("a field 'note'", lambda given: given.update(note=1)),
    ("entry.json lacks licence", lambda given: given.pop("licence")),
    ("entry.json.counts.planned must be a whole number", lambda given: given["counts"].update(planned=True)),
    ("entry.json.counts.planned must be from 1", lambda given: given["counts"].update(planned=10**4000)),
    ("entry.json.counts.decided must be a whole number", lambda given: given["counts"].update(decided=1.0)),
    ("entry.json.timing.seconds must be from 0", lambda given: given["timing"].update(seconds=float("inf"))),
    ("entry.json.timing.seconds must be from 0", lambda given: given["timing"].update(seconds=float("nan"))),
    ("entry.json.timing.created must be", lambda given: given["timing"].update(created="yesterday")),
    ("entry.json.model must be an object, and is a list of 0", lambda given: given.update(model=[])),
    ("entry.json.model.id must be", lambda given: given["model"].update(id="a/b/c")),
    ("entry.json.model.id must be", lambda given: given["model"].update(id="a/<b>")),
    ("entry.json.model.spec must be", lambda given: given["model"].update(spec="openai:<script>")),
    ("entry.json.track must be one of standard, custom", lambda given: given.update(track="verified")),
    ("entry.json.game.levels.0 must be from 1 to 5", lambda given: given["game"].update(levels=[9])),
    ("entry.json.scores.overall.gap.ci95 must be a list of 2", lambda given: given["scores"]["overall"]["gap"].update(ci95=[1.0])),
    ("a list of at most", lambda given: given.update(reasons=["x"] * 10_001)),
]  # fmt: skip


@pytest.mark.parametrize(("message", "edit"), EDITS, ids=[f"{number}" for number, _ in enumerate(EDITS)])
def test_reading_is_strict_and_says_which_field_is_wrong(tmp_path: Path, message: str, edit: Edit) -> None:
    document = json.loads(text_of(built(tmp_path).entry))
    edit(document)

    with pytest.raises(EntryError) as caught:
        read_entry(document)
    assert message in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "episodes/../../x", "episodes/part-1.jsonl.gz", "manifest.json", "x.py", "C:\\x"])
def test_a_manifest_names_only_files_that_an_entry_can_have(path: str) -> None:
    with pytest.raises(EntryError, match=r"manifest.json.files.0.path"):
        read_manifest({"schema": "parley-manifest-1", "files": [{"path": path, "bytes": 1, "sha256": "0" * 64}]})


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("vllm:Qwen/Qwen3-8B", "Qwen/Qwen3-8B"),
        ("openai:gpt-x?base_url=http://x/v1", "openai/gpt-x"),
        ("litellm:anthropic/claude-x", "anthropic/claude-x"),
        ("hf:./models/../x", "models/x"),
        ("reference:forgetful?p=0.3", "reference/forgetful-p-0.3"),
        ("human", "human/human"),
    ],
)
def test_a_model_has_a_name_that_can_be_a_folder(spec: str, expected: str) -> None:
    assert model_id(spec) == expected


@pytest.mark.parametrize("name", entry.SCHEMAS)
def test_the_json_schemas_are_those_of_the_code(name: str, golden: Golden) -> None:
    check_golden(SCHEMAS / f"{name}.schema.json", json.dumps(json_schema(name), indent=1) + "\n", UPDATING)


def test_dirty_and_older_versions_are_read_from_the_run(tmp_path: Path) -> None:
    path = run_folder(tmp_path / "run")
    change_run(path, lambda run: run.update(git_commit="f" * 40 + "-dirty", earlier=[{"versions": {"parley": "0.0.9"}, "prices": {}}]))
    made = built(tmp_path).entry

    assert made.bench.earlier == ("0.0.9",)
    assert "code: played from a changed checkout of Parley" in made.reasons
