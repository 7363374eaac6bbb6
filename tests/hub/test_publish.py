"""`bench publish` against a Hub that fails: all of a dataset or nothing of it, once; and what others load is what was recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmark import api
from tests.hub.running import Hub

FILES = 8
"""README.md, eval.yaml, the run's two files, three tables, and .gitattributes of the Hub."""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A very small run, in which somebody says what is hard to keep."""
    out = tmp_path_factory.mktemp("played") / "run"
    api.run(api.Wish(model="tests.hostile_speaker:connect", tasks=("mutual_friend",), conditions=("private",), n=2), out)
    return out


def lines(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "episodes.jsonl").read_text().splitlines()]


def state(hub: Hub) -> tuple[list[str], list[str], int]:
    """(commits, files, pull requests) of alice/talk; nothing where there is no such dataset."""
    if not any(one["id"] == "alice/talk" for one in hub.ask("/api/datasets")):
        return [], [], 0
    files = [one["path"] for one in hub.ask("/api/datasets/alice/talk/tree/main?recursive=true") if one["type"] == "file"]
    history = [one["title"] for one in hub.ask("/api/datasets/alice/talk/commits/main")]
    return history, sorted(files), hub.ask("/api/datasets/alice/talk/discussions")["count"]


LOAD = """
import json, sys
from datasets import load_dataset
from leaderboard.parquet import features
found = {}
for config in ("episodes", "worlds", "scores"):
    data = load_dataset("alice/talk", config, split="mutual_friend")
    assert data.features.arrow_schema.equals(features(config).arrow_schema), (config, data.features)
    found[config] = data.to_list()
print(json.dumps(found))
"""


def test_what_others_load_is_what_was_recorded(hub: Hub, played: Path) -> None:
    done = hub.bench("publish", played, "--repo", "alice/talk")
    assert done.returncode == 0, done.stderr

    found = json.loads(hub.python(LOAD, user=None))

    assert sorted(row["record"] for row in found["episodes"]) == sorted((played / "episodes.jsonl").read_text().splitlines())
    assert sorted(json.dumps(api.recorded(row)) for row in found["episodes"]) == sorted(map(json.dumps, lines(played)))
    assert [row["index"] for row in found["worlds"]] == [0, 1]
    assert {row["id"]: row["success"] for row in found["scores"]} == {one["id"]: one["score"]["success"] for one in lines(played)}


def test_what_was_downloaded_verifies_and_an_edited_download_does_not(hub: Hub, played: Path, tmp_path: Path) -> None:
    assert hub.bench("publish", played, "--repo", "alice/talk", "--private").returncode == 0
    code = "import sys; from huggingface_hub import snapshot_download as get; get('alice/talk', repo_type='dataset', local_dir=sys.argv[1])"
    hub.python(code, tmp_path / "talk")
    cached = hub.python("from huggingface_hub import snapshot_download as get; print(get('alice/talk', repo_type='dataset'))").strip()

    for place in (tmp_path / "talk", cached):
        done = hub.bench("verify", place, user=None, HF_ENDPOINT="http://127.0.0.1:9")
        assert (done.returncode, "holds: every prompt" in done.stdout) == (0, True), done.stderr
    stated = tmp_path / "talk" / "run" / "run.json"
    stated.write_text(stated.read_text().replace('"seed": 0', '"seed": 1', 1))
    assert hub.bench("verify", tmp_path / "talk", user=None).returncode in (1, 4)


FAULTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "answer to the commit lost": ("POST .*/commit/", "drop_response", {}),
    "504 at the commit, which never came in": ("POST .*/commit/", "status", {"status": 504}),
    "cut within the commit": ("POST .*/commit/", "drop_upload", {"bytes": 2000}),
    "upload cut": ("PUT ", "drop_upload", {"bytes": 500}),
    "upload done and its answer lost": ("PUT ", "drop_response", {}),
    "making the repository cut": ("POST /api/repos/create", "drop", {}),
    "card checked by nobody": ("POST /api/validate-yaml", "drop_response", {}),
    "listing damaged": ("GET .*/tree/", "truncate", {"bytes": 30}),
    "what is there cannot be asked": ("GET /api/datasets/alice/talk/revision", "status", {"status": 502, "times": 2}),
    "another commits meanwhile, says the Hub": ("POST .*/commit/", "status", {"status": 412}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_the_same_command_leaves_one_whole_dataset(hub: Hub, played: Path, fault: str) -> None:
    match, action, more = FAULTS[fault]
    hub.fault(match, action, **more)
    first = hub.bench("publish", played, "--repo", "alice/talk")
    after_first = state(hub)

    assert first.returncode in (0, 1), first.stderr
    assert "Traceback" not in first.stderr
    assert len(after_first[1]) in (0, 1, FILES), "all of it or nothing"
    assert (first.returncode == 0) == (len(after_first[1]) == FILES)

    hub.calm()
    second = hub.bench("publish", played, "--repo", "alice/talk")
    history, files, discussions = state(hub)

    assert second.returncode == 0, second.stderr
    assert (len(history), len(files), discussions) == (2, FILES, 0)


ALWAYS = {"commits": "POST .*/commit/", "questions": "GET /api/datasets"}


@pytest.mark.parametrize("what", ALWAYS)
def test_a_hub_that_stays_down_ends_in_one_clear_error_and_nothing_there(hub: Hub, played: Path, what: str) -> None:
    hub.fault(ALWAYS[what], "status", status=503, times=10_000)
    done = hub.bench("publish", played, "--repo", "alice/talk")
    hub.calm()

    assert done.returncode == 1
    assert "Error: could not" in done.stderr
    assert "give the same command again" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hf_alice_write" not in done.stdout + done.stderr
    assert len(state(hub)[1]) in (0, 1)


def test_a_commit_that_lands_after_its_504_is_not_made_twice(hub: Hub, played: Path) -> None:
    """A gateway gave up on it, and the Hub did not: the answer is lost, and so is that of the second attempt."""
    hub.fault("POST .*/commit/", "drop_response", times=2)

    assert hub.bench("publish", played, "--repo", "alice/talk").returncode == 0
    assert len(state(hub)[0]) == 2


def test_a_run_that_has_grown_is_published_over_itself_and_another_run_is_not(hub: Hub, tmp_path: Path) -> None:
    wish = api.Wish(model="reference:honest", tasks=("mutual_friend", "secret"), conditions=("silent",), n=1)
    for name in ("one", "two"):
        api.run(wish, tmp_path / name)
    assert hub.bench("publish", tmp_path / "one", "--repo", "alice/talk").returncode == 0
    api.run(api.Wish(model="reference:honest", tasks=("mutual_friend", "secret"), conditions=("silent",), n=2), tmp_path / "one")
    assert hub.bench("publish", tmp_path / "one", "--repo", "alice/talk").returncode == 0
    other = hub.bench("publish", tmp_path / "two", "--repo", "alice/talk")

    assert other.returncode == 1
    assert "holds another dataset of Parley" in other.stderr
    assert len(state(hub)[0]) == 3


def test_files_that_a_newer_build_does_not_have_are_taken_away_and_others_kept(hub: Hub, played: Path) -> None:
    assert hub.bench("publish", played, "--repo", "alice/talk").returncode == 0
    hub.python("""
from huggingface_hub import HfApi
for path in ("data/episodes/mutual_friend-00001.parquet", "notes/mine.txt"):
    HfApi().upload_file(path_or_fileobj=b"old", path_in_repo=path, repo_id="alice/talk", repo_type="dataset")""")
    assert hub.bench("publish", played, "--repo", "alice/talk").returncode == 0

    files = state(hub)[1]
    assert "notes/mine.txt" in files
    assert len(files) == FILES + 1


def test_what_is_not_ours_is_left_alone(hub: Hub, played: Path) -> None:
    hub.python("""
from huggingface_hub import HfApi
HfApi().create_repo("alice/talk", repo_type="dataset")
HfApi().upload_file(path_or_fileobj=b"1", path_in_repo="data/mine.csv", repo_id="alice/talk", repo_type="dataset")""")

    assert "holds other things (data/mine.csv" in hub.bench("publish", played, "--repo", "alice/talk").stderr
    assert "is public, and --private was asked for" in hub.bench("publish", played, "--repo", "alice/talk", "--private").stderr
    assert len(state(hub)[0]) == 2


def test_whoever_may_not_write_there_is_told_so(hub: Hub, played: Path) -> None:
    for user, role, words in (("bob", "write", "answered 403"), ("alice", "read", "answered 403"), (None, "", "hf auth login")):
        done = hub.bench("publish", played, "--repo", "alice/talk", user=user, role=role)

        assert (done.returncode, words in done.stderr) == (1, True), done.stderr
    assert state(hub)[1] == []


def test_a_dry_run_needs_neither_token_nor_network(hub: Hub, played: Path) -> None:
    dry = hub.bench("publish", played, "--repo", "alice/talk", "--dry-run", "--json", user=None, HF_ENDPOINT="http://127.0.0.1:9")
    real = hub.bench("publish", played, "--repo", "alice/talk", "--json")

    assert dry.returncode == real.returncode == 0, dry.stderr + real.stderr
    assert json.loads(dry.stdout)["files"] == json.loads(real.stdout)["files"]
    assert json.loads(dry.stdout)["commit"] is None


def test_an_eval_yaml_that_the_hub_does_not_take_keeps_nothing_else_from_it(hub: Hub, played: Path) -> None:
    hub.fault("POST .*/commit/", "status", status=400, error="eval.yaml: unknown evaluation_framework parley-bench")
    done = hub.bench("publish", played, "--repo", "alice/talk")

    assert done.returncode == 0, done.stderr
    assert "Note: the Hub did not take eval.yaml" in done.stderr
    assert len(state(hub)[1]) == FILES - 1


def test_exported_worlds_are_committed_and_loaded(hub: Hub) -> None:
    for _ in range(2):
        done = hub.bench("worlds", "export", "schedule", "route", "--n", 2, "--repo", "alice/talk")
        assert done.returncode == 0, done.stderr

    code = "from datasets import load_dataset; print(load_dataset('alice/talk', 'worlds', split='route')['seed'][:])"
    assert len(json.loads(hub.python(code))) == 2
    assert len(state(hub)[0]) == 2


@pytest.mark.parametrize("package", ["huggingface_hub", "pyarrow"])
def test_a_package_that_is_missing_is_named_with_what_installs_it(hub: Hub, played: Path, tmp_path: Path, package: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(f"import sys; sys.modules['{package}'] = None")
    path = f"{tmp_path}:{hub.environment()['PYTHONPATH']}"
    done = hub.bench("publish", played, "--repo", "alice/talk", PYTHONPATH=path)

    assert done.returncode == 1
    assert "pip install 'parley-bench[hub]'" in done.stderr
