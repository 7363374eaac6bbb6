"""Folders that were played apart are merged into what one run would have left, or are refused with what to do about it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmark import api
from benchmark.cli import main
from benchmark.running.folder import ATTEMPTS, EPISODES, RUN, read_attempts, read_episodes, read_run

HONEST = ("run", "--model", "reference:honest", "--quiet")
GAME = ("--task", "mutual_friend", "--task", "schedule", "--condition", "private", "--condition", "silent", "--n", "3", "--quiet")


def bench(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def play(out: Path, *words: str) -> Path:
    done = bench("run", "--model", "reference:honest", *GAME, *words, "--out", out)
    assert done.exit_code == 0, done.output
    return out


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three shards, and the same as one run."""
    place = tmp_path_factory.mktemp("played")
    play(place / "whole")
    for number in (1, 2, 3):
        play(place / f"s{number}", "--shard", f"{number}/3")
    return place


@pytest.fixture
def place(played: Path, tmp_path: Path) -> Path:
    shutil.copytree(played, tmp_path, dirs_exist_ok=True)
    return tmp_path


def shards(place: Path) -> list[Path]:
    return [place / f"s{number}" for number in (3, 1, 2)]


def refusal(*words: str | Path, status: int = 1) -> str:
    done = bench("merge", *words)
    assert done.exit_code == status, done.output
    assert "Traceback" not in done.output
    return " ".join(done.output.split())


def content(folder: Path) -> set[str]:
    return set((folder / "episodes.jsonl").read_text("ascii").splitlines())


def test_merged_shards_are_what_one_run_leaves(place: Path) -> None:
    done = bench("merge", *shards(place), "--out", place / "merged", "--json")
    ours, theirs = (json.loads(bench("report", place / name, "--json").stdout) for name in ("merged", "whole"))
    run, one = read_run(place / "merged"), read_run(place / "whole")

    assert json.loads(done.stdout)["episodes"] == 12
    assert content(place / "merged") == content(place / "whole")
    for document in (ours, theirs):  # what names the folder and its day
        del document["run"], document["about"]["created"]
    assert ours == theirs
    assert all(run[name] == one[name] for name in ("configuration", "grid", "plan", "kind", "prices", "versions"))
    assert "shard" not in run
    assert {shard["shard"] for shard in run["merged"]} == {"1/3", "2/3", "3/3"}
    assert bench("verify", place / "merged").exit_code == 0


def test_a_merged_folder_is_a_run_that_can_grow(place: Path) -> None:
    bench("merge", *shards(place), "--out", place / "merged")
    play(place / "merged")
    play(place / "merged", "--n", "4")

    assert len(content(place / "merged")) == 16
    assert bench("verify", place / "merged").exit_code == 0


def test_attempts_prices_and_versions_of_all_are_kept(place: Path) -> None:
    second = place / "s2"
    attempt = {"id": next(iter(read_episodes(second)))["id"], "when": "2026-01-01T00:00:00+00:00", "what": "503", "retried": True}
    (second / "attempts.jsonl").write_text(json.dumps(attempt) + "\n")
    run = read_run(second)
    (second / "run.json").write_text(json.dumps(run | {"git_commit": "another"}))
    bench("merge", *shards(place), "--out", place / "merged")

    assert list(read_attempts(place / "merged")) == [attempt]
    assert [one["git_commit"] for one in read_run(place / "merged")["earlier"]] == ["another"]


def test_a_shard_twice_is_an_overlap(place: Path) -> None:
    words = refusal(*shards(place), place / "s1", "--out", place / "merged")

    assert "overlap: both are shard 1 of 3" in words
    assert not (place / "merged").exists()


def test_the_same_run_twice_is_an_overlap(place: Path) -> None:
    shutil.copytree(place / "whole", place / "copy")

    assert "overlap: both hold schedule/3/private/0/0" in refusal(place / "whole", place / "copy", "--out", place / "merged")


def test_a_missing_shard_is_named_with_the_command_that_plays_it(place: Path) -> None:
    run = read_run(place / "s1")
    typed = ["/x/bench", "run", "--model", "reference:honest", "--shard", "1/3", "--out", "s1", "--n", "3"]
    (place / "s1" / "run.json").write_text(json.dumps(run | {"command": typed}))
    words = refusal(place / "s1", place / "s3", "--out", place / "merged")

    assert "shard 2 is missing of 3" in words
    assert "bench run --model reference:honest --shard 2/3 --n 3" in words


def test_an_incomplete_shard_is_named_with_the_command_that_completes_it(place: Path) -> None:
    lines = (place / "s2" / "episodes.jsonl").read_text().splitlines(keepends=True)
    (place / "s2" / "episodes.jsonl").write_text("".join(lines[:-1]) + lines[-1][:40])  # cut off in its last line
    run = read_run(place / "s2")
    (place / "s2" / "run.json").write_text(json.dumps(run | {"command": ["bench", "run", "--out", "s2", "--shard", "2/3"]}))
    (place / "s2").rename(place / "two words")  # as when it was fetched from another machine
    words = refusal(place / "s1", place / "two words", place / "s3", "--out", place / "merged")

    assert f"{place / 'two words'} (shard 2 of 3) is not complete: 1 of 4 episodes" in words.replace("\n", "")
    assert f"bench run --shard 2/3 --out '{place / 'two words'}'" in words


@pytest.mark.parametrize(
    ("other", "key"),
    [(("--temperature", "0.1"), "sampling"), (("--seed", "5"), "seed"), (("--level", "2"), "levels"), (("--n", "4"), "n is 3 against 4")],
)
def test_folders_of_unlike_runs_are_refused_by_their_first_difference(place: Path, other: tuple[str, ...], key: str) -> None:
    play(place / "odd", *other, "--shard", "2/3")
    words = refusal(place / "s1", place / "odd", place / "s3", "--out", place / "merged", status=2)

    assert key in words
    assert all(str(place / name) in words for name in ("s1", "odd"))


def test_another_revision_of_a_model_is_refused(place: Path) -> None:
    run = read_run(place / "s2")
    run["configuration"]["models"]["A"]["revision"] = "other"
    (place / "s2" / "run.json").write_text(json.dumps(run))

    assert "they differ in models" in refusal(*shards(place), "--out", place / "merged", status=2)


def test_shards_of_two_divisions_are_refused(place: Path) -> None:
    play(place / "half", "--shard", "2/2")

    assert "not parts of the same whole" in refusal(place / "s1", place / "half", "--out", place / "merged", status=2)
    assert "not parts of the same whole" in refusal(place / "s1", place / "whole", "--out", place / "merged", status=2)


def test_runs_of_other_tasks_are_merged_too(tmp_path: Path) -> None:
    for task in ("mutual_friend", "schedule", "secret"):
        done = bench(
            "run", "--model", "reference:honest", "--task", task, "--condition", "private", "--n", "2", "--quiet", "--out", tmp_path / task
        )
        assert done.exit_code == 0, done.output
    done = bench("merge", tmp_path / "mutual_friend", tmp_path / "secret", tmp_path / "schedule", "--out", tmp_path / "merged")
    grid = read_run(tmp_path / "merged")["grid"]

    assert done.exit_code == 0, done.output
    assert grid["tasks"] == ["mutual_friend", "secret", "schedule"]
    assert bench("verify", tmp_path / "merged").exit_code == 0


def test_runs_whose_grids_leave_a_gap_are_refused(tmp_path: Path) -> None:
    for task, condition in (("mutual_friend", "private"), ("schedule", "silent")):
        bench(
            "run", "--model", "reference:honest", "--task", task, "--condition", condition, "--n", "2", "--quiet", "--out", tmp_path / task
        )
    words = refusal(tmp_path / "mutual_friend", tmp_path / "schedule", "--out", tmp_path / "merged")

    assert "lack 4 of 8 episodes" in words
    assert "differ in tasks and conditions" in words


def test_worlds_of_a_file_are_merged(tmp_path: Path) -> None:
    worlds = tmp_path / "cat.yaml"
    text = (Path(__file__).parents[1] / "docs" / "worlds.md").read_text()
    worlds.write_text(text.split("```yaml\n")[1].split("```")[0])
    n = len(api.load_worlds(worlds).worlds)
    one = ("--model", "reference:honest", "--worlds", worlds, "--n", "1", "--quiet")
    for condition in ("private", "silent"):
        done = bench("run", *one, "--condition", condition, "--out", tmp_path / condition)
        assert done.exit_code == 0, done.output
    done = bench("merge", tmp_path / "private", tmp_path / "silent", "--out", tmp_path / "merged")

    assert (n, done.exit_code) == (n, 0), done.output
    assert (tmp_path / "merged" / "worlds.jsonl").read_bytes() == (tmp_path / "private" / "worlds.jsonl").read_bytes()
    assert bench("verify", tmp_path / "merged").exit_code == 0


def test_a_folder_that_is_there_is_left_alone(place: Path) -> None:
    before = sorted((place / "whole").iterdir())

    assert "exists. Name a new folder" in refusal(*shards(place), "--out", place / "whole")
    assert sorted((place / "whole").iterdir()) == before


def test_a_merge_that_fails_leaves_nothing(place: Path) -> None:
    (place / "s3" / "attempts.jsonl").write_text('{"id":"x","when":"","what":"","retried":true,"seconds":NaN}\n')

    assert "attempts.jsonl, line 1: NaN stands in it" in refusal(*shards(place), "--out", place / "merged")
    assert not [entry.name for entry in place.iterdir() if "merg" in entry.name]


def test_a_killed_merge_leaves_no_folder_and_the_next_one_makes_it(place: Path) -> None:
    """Killed at each file that it writes: nothing under the name asked for, and nothing of it in the way."""
    code = (
        "import os, signal, sys\nfrom benchmark.running import merging\nfatal, whole = sys.argv.pop(1), merging.write_whole\n"
        "def write(path, parts):\n"
        "    if path.name == fatal: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    whole(path, parts)\n"
        "merging.write_whole = write\nfrom benchmark.cli import main\nmain()"
    )
    for name in (EPISODES, ATTEMPTS, RUN):
        command = [sys.executable, "-c", code, name, "merge", *map(str, shards(place)), "--out", str(place / "merged")]
        done = subprocess.run(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=False)
        assert done.returncode == -signal.SIGKILL
        assert not (place / "merged").exists()
    (place / ".merged.merging" / "worlds.jsonl").write_text("left by another")

    assert bench("merge", *shards(place), "--out", place / "merged").exit_code == 0
    assert content(place / "merged") == content(place / "whole")
    assert not (place / "merged" / "worlds.jsonl").exists()
    assert not (place / ".merged.merging").exists()
