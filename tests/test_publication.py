"""What is built for others of a run: nothing is lost, nothing is added, the same bytes on any day; and what is not built at all."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmark import api
from leaderboard.entry import CANARY
from leaderboard.parquet import features, rows
from leaderboard.tables import SCHEMAS, splits
from tasks import TASKS
from tests.conftest import Golden
from tests.hostile_speaker import SAID
from tests.test_cli import bench, run
from tests.test_dialop import game

__all__ = ["run"]

READING_ONLY = pytest.mark.xdist_group("publication")
"""Those who go by the same datasets share a worker."""

PLAYED = [name for name in TASKS if name != "written"]


def built(run: Path, *options: str) -> Path:
    """The dataset of ``run``, on disk."""
    out = run.parent / f"dataset{len(list(run.parent.iterdir()))}"
    done = bench("publish", run, "--repo", "alice/talk", "--dry-run", "--out", out, *options)
    assert done.exit_code == 0, done.output
    return out


@cache
def dataset_of(run: Path) -> Path:
    """The same for those that only read it: built once."""
    return built(run)


def lines(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "episodes.jsonl").read_text().splitlines()]


def without(value: Any) -> Any:
    """``value`` with a sign in place of every half character, by other means than ours."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of every task at two levels, one of them with options too."""
    out = tmp_path_factory.mktemp("every") / "run"
    wish = api.Wish(
        model="reference:honest", tasks=(*PLAYED, "hidden_profile:seats=4"), n=2, levels=(2, 3), conditions=("private", "script")
    )
    api.run(wish, out)
    return out


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("hostile") / "run"
    wish = api.Wish(model="tests.hostile_speaker:connect", tasks=("mutual_friend", "secret"), n=1, conditions=("private", "omniscient"))
    api.run(wish, out)
    return out


@READING_ONLY
@pytest.mark.parametrize("which", ["every", "hostile"])
def test_every_row_is_what_was_recorded(which: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(which)
    data = dataset_of(folder) / "data"
    recorded = lines(folder)
    labels = list(dict.fromkeys(one["task"] for one in recorded))

    found = [row for split in splits(labels).values() for row in rows(data, "episodes", split)]

    assert sorted(map(json.dumps, map(api.recorded, found))) == sorted(map(json.dumps, recorded))
    by_id = {one["id"]: one for one in recorded}
    for row in found:
        one = by_id[row["id"]]
        assert row["record"] == json.dumps(one, sort_keys=True, separators=(",", ":"))
        for name in ("task", "level", "condition", "index", "seed", "repeat", "outcome", "solvable", "graded", "cost", "digest"):
            assert row[name] == one[name]
        assert {seat["seat"]: seat["model"] for seat in row["seats"]} == one["seats"]
        assert [played["turns"] for played in row["rounds"]] == without([played["turns"] for played in one["rounds"]])
        assert [json.loads(played["answers"]) for played in row["rounds"]] == [played["answers"] for played in one["rounds"]]
        for call, given in zip(row["calls"], one["calls"], strict=True):
            assert {name: call[name] for name in given} == without(given)
        assert json.loads(row["score"]) == one["score"]


@READING_ONLY
def test_hostile_words_reach_the_file_as_they_were(hostile: Path) -> None:
    (split,) = {one["task"] for one in lines(hostile)} - {"secret"}

    said = {call["raw"] for row in rows(dataset_of(hostile) / "data", "episodes", split) for call in api.recorded(row)["calls"]}

    assert set(SAID) <= said


@READING_ONLY
def test_every_world_is_there_once_and_is_the_one_that_was_played(every: Path) -> None:
    data = dataset_of(every) / "data"
    plan = api.plan_of(every)
    labels = [source.task.label for source in plan.sources]

    found = {(row["task"], row["level"], row["index"]): row for split in splits(labels).values() for row in rows(data, "worlds", split)}

    assert len(found) == 2 * len(plan.sources)
    for source in plan.sources:
        world = source.world(1)
        row = found[source.task.label, source.task.level, 1]
        assert (row["seed"], row["solvable"], row["names"]) == (world.seed, world.solvable, list(world.names))
        assert [fact["text"] for fact in row["facts"]] == [fact.text for fact in world.facts]
        assert [tuple(fact["holders"]) for fact in row["facts"]] == [fact.holders for fact in world.facts]
        assert json.loads(row["world"])["target"] == json.loads(row["target"])


@READING_ONLY
def test_scores_count_what_the_records_count(every: Path) -> None:
    labels = list(dict.fromkeys(one["task"] for one in lines(every)))
    data = dataset_of(every) / "data"

    found = [row for split in splits(labels).values() for row in rows(data, "scores", split)]

    right = {one["id"]: one["score"] for one in lines(every)}
    assert {row["id"]: (row["success"], row["grounding_success"], row["raw"]) for row in found} == {
        name: (score["success"], score["grounding_success"], score["value"]["raw"]) for name, score in right.items()
    }


@pytest.mark.parametrize("config", SCHEMAS)
def test_every_item_carries_the_canary_and_parquet_keeps_our_types(run: Path, config: str) -> None:
    from pyarrow import parquet

    (path,) = (built(run) / "data" / config).glob("*.parquet")
    table = parquet.read_table(path)

    assert set(table.column("canary").to_pylist()) == {CANARY}
    assert table.schema.equals(features(config).arrow_schema)


def test_a_dataset_holds_and_one_that_was_edited_does_not(run: Path) -> None:
    dataset = built(run)

    assert bench("verify", dataset).exit_code == 0

    packed = dataset / "run" / "episodes-00000.jsonl.gz"
    packed.write_bytes(gzip.compress(gzip.decompress(packed.read_bytes()).replace(b'"success":true', b'"success":false', 1)))
    assert bench("verify", dataset).exit_code == 4


@pytest.mark.parametrize("config", SCHEMAS)
def test_a_table_that_says_something_else_than_the_run_is_found(run: Path, config: str) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    dataset = built(run)
    (path,) = (dataset / "data" / config).glob("*.parquet")
    table = parquet.read_table(path)
    column = table.schema.get_field_index("solvable")
    flipped = pa.array([not one for one in table.column(column).to_pylist()])
    parquet.write_table(table.set_column(column, "solvable", flipped), path)
    done = bench("verify", dataset)

    assert done.exit_code == 4
    assert f"data/{config}/mutual_friend: row 0, solvable" in done.output


def test_a_table_that_the_run_does_not_have_is_found(run: Path) -> None:
    dataset = built(run)
    (path,) = (dataset / "data" / "episodes").glob("*.parquet")
    (path.parent / "route-00000.parquet").write_bytes(path.read_bytes())
    done = bench("verify", dataset)

    assert done.exit_code == 4
    assert "data/episodes/route-00000.parquet: belongs to no table of this run" in done.output


@pytest.mark.parametrize("harm", ["missing", "cut", "no gzip", "bomb"])
def test_a_damaged_dataset_is_refused_in_words(run: Path, harm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = built(run)
    packed = dataset / "run" / "episodes-00000.jsonl.gz"
    if harm == "missing":
        packed.unlink()
    elif harm == "cut":
        packed.write_bytes(packed.read_bytes()[:-20])
    elif harm == "no gzip":
        packed.write_bytes(b"not gzip")
    else:
        monkeypatch.setattr("leaderboard.publication.UNPACKED", 1 << 20)
        packed.write_bytes(gzip.compress(b"\n" * (3 << 20)))
    done = bench("verify", dataset)

    assert done.exit_code in (1, 4)
    assert "Traceback" not in done.output


def test_building_again_elsewhere_and_later_gives_the_same_bytes(run: Path) -> None:
    first = built(run)
    again = run.parent / "again"
    code = "import sys; from benchmark.cli import main; main(sys.argv[1:])"
    given = ["publish", str(run), "--repo", "alice/talk", "--dry-run", "--out", str(again)]
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "PYTHONPATH": str(Path(__file__).parents[1])}
    subprocess.run([sys.executable, "-c", code, *given], check=True, capture_output=True, env=environment)

    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    for file in files:
        assert (first / file).read_bytes() == (again / file).read_bytes(), file


def test_the_card_and_what_the_hub_asks_of_a_benchmark(run: Path, golden: Golden) -> None:
    stated = json.loads((run / "run.json").read_text())
    fixed = {"id": "0123456789abcdef", "created": "2026-01-02T03:04:05+00:00", "versions": {"parley": "1.2.3", "python": "3.11.0"}}
    (run / "run.json").write_text(json.dumps(stated | fixed))
    dataset = built(run)

    golden("card.md", (dataset / "README.md").read_text() + "\n" + (dataset / "eval.yaml").read_text())


def test_a_dry_run_lists_every_file_with_its_size_and_keeps_nothing(run: Path) -> None:
    before = sorted(run.rglob("*"))
    done = bench("publish", run, "--repo", "alice/talk", "--dry-run", "--json")

    files = {one["path"]: one["bytes"] for one in json.loads(done.stdout)["files"]}
    dataset = built(run)
    assert files == {path.relative_to(dataset).as_posix(): path.stat().st_size for path in dataset.rglob("*") if path.is_file()}
    assert sorted(run.rglob("*")) == before


TOKEN = "hf_" + "Ab3dEf6hIj9lMn2pQr5t" * 2


def with_seal(document: dict[str, Any]) -> str:
    from benchmark.records import canonical, sealed

    return canonical(sealed(document)) + "\n"


def test_a_token_in_a_completion_is_not_published_and_not_shown(run: Path) -> None:
    first, *rest = lines(run)
    first["calls"][0]["thought"] = f"my key is {TOKEN}"
    (run / "episodes.jsonl").write_text("".join(map(with_seal, [first, *rest])))
    done = bench("publish", run, "--repo", "alice/talk", "--dry-run")

    assert done.exit_code == 1
    assert "episodes.jsonl, line 1.calls.0.thought: token hf_Ab3" in done.output
    assert TOKEN not in done.output
    assert bench("publish", run, "--repo", "alice/talk", "--dry-run", "--accept", "token").exit_code == 0


def test_the_homes_in_what_was_typed_are_taken_out(run: Path) -> None:
    stated = json.loads((run / "run.json").read_text())
    stated["command"] = ["/home/jane/.venv/bin/bench", "run", "--out", "/Users/jane/runs"]
    (run / "run.json").write_text(json.dumps(stated))
    dataset = built(run)

    assert json.loads((dataset / "run" / "run.json").read_text())["command"] == ["~/.venv/bin/bench", "run", "--out", "~/runs"]
    assert bench("verify", dataset).exit_code == 0


def test_a_run_that_is_not_complete_or_does_not_hold_is_not_published(run: Path) -> None:
    whole = (run / "episodes.jsonl").read_bytes()
    for harmed in (whole[: whole.rindex(b"\n", 0, -1) + 1], whole.replace(b'"success":true', b'"success":false', 1)):
        (run / "episodes.jsonl").write_bytes(harmed)
        done = bench("publish", run, "--repo", "alice/talk", "--dry-run")

        assert done.exit_code == 1
        assert "was not published" in done.output


def test_worlds_from_a_file_need_a_licence(tmp_path: Path) -> None:
    (tmp_path / "worlds.jsonl").write_text(json.dumps(game()) + "\n")
    api.run(api.Wish(model="reference:honest", worlds=tmp_path / "worlds.jsonl", n=1), tmp_path / "run")
    done = bench("publish", tmp_path / "run", "--repo", "alice/talk", "--dry-run")

    assert done.exit_code == 2
    assert "--licence" in done.output
    dataset = built(tmp_path / "run", "--licence", "mit")
    assert "license: mit" in (dataset / "README.md").read_text()
    assert bench("verify", dataset).exit_code == 0


@pytest.mark.parametrize("repo", ["talk", "a/b/c", "../x", "alice/ta lk", "alice/-x", "alice/x--y", "alice/x.git", ""])
def test_a_name_that_no_repository_can_have_is_wrong_usage(run: Path, repo: str) -> None:
    assert bench("publish", run, "--repo", repo, "--dry-run").exit_code == 2


@pytest.mark.parametrize("label", [*PLAYED, "deal:preset=casino", "schedule:seats=3"])
def test_exported_worlds_are_played_as_the_same_worlds(label: str, tmp_path: Path) -> None:
    assert bench("worlds", "export", label, "--n", "2", "--level", "4", "--seed", "5", "--out", tmp_path / "worlds").exit_code == 0
    (file,) = (tmp_path / "worlds" / "worlds").glob("*.jsonl")
    stored = api.load_worlds(file)

    made = api.make_plan(api.Wish(model="reference:honest", tasks=(label,), levels=(4,), seed=5, n=2))
    (source,) = made.sources
    assert [stored.world(index) for index in range(2)] == [source.world(index) for index in range(2)]
    assert stored.task == source.task


def test_an_exported_world_that_was_changed_is_not_played(tmp_path: Path) -> None:
    bench("worlds", "export", "schedule", "--n", "2", "--out", tmp_path / "worlds")
    file = tmp_path / "worlds" / "worlds" / "schedule-level3.jsonl"
    file.write_text(file.read_text().replace('"solvable":true', '"solvable":false', 1))
    done = bench("run", "--model", "reference:honest", "--worlds", file, "--out", tmp_path / "run")

    assert done.exit_code == 1
    assert "The file was changed" in done.output
