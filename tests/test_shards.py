"""A plan in shards: each world in one of them with all its conditions, none empty, and all of it found again by the same command."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from benchmark import api
from benchmark.cli import main
from benchmark.running.plan import Plan
from benchmark.running.shards import Shard, parse_shard
from benchmark.vocabulary import UsageError
from benchmark.worlds import Generated
from tests.toy_task import Toy, toy_plan

GAME = ("--task", "mutual_friend", "--task", "schedule", "--condition", "private", "--condition", "silent", "--n", "3", "--quiet")


def bench(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def toys(n: int, tasks: int = 3) -> Plan:
    sources = tuple(Generated(replace(Toy.at(3), label=f"toy:seats={seats}"), 3) for seats in range(2, 2 + tasks))
    return replace(toy_plan("private", "silent", n=n, repeats=2), sources=sources)


def world_of(name: str) -> tuple[str, str]:
    task, _, _, index, *_ = name.split("/")
    return task, index


@given(n=st.integers(1, 12), of=st.integers(1, 9), tasks=st.integers(1, 4))
def test_every_episode_is_in_exactly_one_shard_and_a_world_in_one_with_all_of_its(n: int, of: int, tasks: int) -> None:
    plan = toys(n, tasks)
    shards = [replace(plan, shard=Shard(number, of)) for number in range(1, of + 1)]
    held = [[one.id for one in shard.episodes()] for shard in shards]
    worlds = [set(map(world_of, names)) for names in held]

    assert sorted(one.id for one in plan.episodes()) == sorted(name for names in held for name in names)
    assert sum(map(len, worlds)) == len(set().union(*worlds)) == n * tasks
    assert [len(names) for names in held] == [len(shard) for shard in shards]


@given(n=st.integers(1, 60), of=st.integers(1, 20))
def test_shards_have_as_much_of_each_task_as_each_other(n: int, of: int) -> None:
    plan = toys(n)
    for source in plan.sources:
        sizes = [replace(plan, shard=Shard(number, of)).worlds_of(source) for number in range(1, of + 1)]
        assert max(sizes) - min(sizes) <= 1


def test_eight_shards_of_the_headline_are_of_one_size() -> None:
    plan = api.make_plan(api.Wish(model="reference:honest"))

    assert {100} == {len(replace(plan, shard=Shard(number, 8))) for number in range(1, 9)}


@given(n=st.integers(1, 12), more=st.integers(0, 12), of=st.integers(1, 9))
def test_a_world_stays_in_its_shard_when_there_are_more(n: int, more: int, of: int) -> None:
    for number in range(1, of + 1):
        before = {one.id for one in replace(toys(n), shard=Shard(number, of)).episodes()}
        assert before <= {one.id for one in replace(toys(n + more, 4), shard=Shard(number, of)).episodes()}


def test_the_order_in_which_levels_are_named_moves_no_world() -> None:
    def held(*levels: int) -> set[str]:
        wish = api.Wish(model="reference:honest", tasks=("schedule",), conditions=("silent",), levels=levels, n=5, shard="2/3")
        return {one.id for one in api.make_plan(wish).episodes()}

    assert held(1, 4) == held(4, 1)


@pytest.mark.parametrize("text", ["", "3", "3/", "/8", "9/8", "-1/8", "1.5/8", "3/8/2", "３/8", "1/0", "0/0", "1/9999999"])
def test_what_names_no_shard_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--shard takes i/k"):
        parse_shard(text)


def test_counting_from_nought_is_refused_with_the_line_for_slurm() -> None:
    with pytest.raises(UsageError, match=r"count from 1 to 8.*--array=1-8"):
        parse_shard("0/8")


def test_shards_that_leave_one_with_nothing_are_refused_for_all_alike() -> None:
    for number in range(1, 6):
        with pytest.raises(UsageError, match="5 shards are too many for 4 worlds"):
            api.make_plan(api.Wish(model="reference:honest", tasks=("schedule",), n=4, shard=f"{number}/5"))


def test_a_shard_says_what_it_is_wherever_it_is_shown(tmp_path: Path) -> None:
    out = tmp_path / "run"
    done = bench("run", "--model", "reference:honest", *GAME, "--shard", "2/2", "--out", out)
    run = json.loads((out / "run.json").read_text())
    verified = bench("verify", out)
    planned = bench("plan", "--model", "reference:honest", *GAME[:-1], "--shard", "2/2")

    assert done.exit_code == 0, done.output
    assert (run["shard"], run["plan"]) == ("2/2", 6)
    assert "6 episodes planned in shard 2 of 2 = 6 decided" in done.stdout
    assert "shard 2 of 2" in done.stderr
    assert "6 episodes planned in shard 2 of 2" in (out / "report.html").read_text()
    assert json.loads(bench("report", out, "--json").stdout)["shard"] == "2/2"
    assert (verified.exit_code, "(shard 2 of 2) holds" in verified.stdout) == (0, True)
    assert "Shard 2 of 2: 6 episodes" in planned.stdout


def test_the_same_command_finds_its_shard_again_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for part in ("1/2", "2/2", "1/2"):
        assert bench("run", "--model", "reference:honest", *GAME, "--shard", part).exit_code == 0
    first, second = sorted(Path("runs").iterdir())
    other = bench("run", "--model", "reference:honest", *GAME, "--shard", "1/2", "--out", second)
    whole = bench("run", "--model", "reference:honest", *GAME, "--out", second)

    assert first.name.endswith("-shard-1-of-2")
    assert [6, 6] == [len((one / "episodes.jsonl").read_text().splitlines()) for one in (first, second)]
    assert (other.exit_code, "was made with --shard 2/2, and now there is --shard 1/2" in other.output) == (2, True)
    assert (whole.exit_code, "and now there is no --shard" in whole.output) == (2, True)


def test_a_shard_grows_with_its_plan(tmp_path: Path) -> None:
    out = tmp_path / "run"
    for more in ((), ("--n", "7"), ("--task", "secret", "--condition", "mindreader")):
        done = bench("run", "--model", "reference:honest", *GAME, "--shard", "1/2", *more, "--out", out)
        assert done.exit_code == 0, done.output
    run = json.loads((out / "run.json").read_text())
    tasks = Counter(json.loads(line)["task"] for line in (out / "episodes.jsonl").read_text().splitlines())

    assert tasks == {"mutual_friend": 12, "schedule": 9, "secret": 12}
    assert run["plan"] == 33
    assert bench("verify", out).exit_code == 0


def test_a_changed_shard_is_found(tmp_path: Path) -> None:
    out = tmp_path / "run"
    bench("run", "--model", "reference:honest", *GAME, "--shard", "1/2", "--out", out)
    run = json.loads((out / "run.json").read_text())
    for shard, status in (("2/2", 4), (None, 4), ("1/0", 1), (7, 1)):
        (out / "run.json").write_text(json.dumps(run | {"shard": shard}))
        done = bench("verify", out)
        assert done.exit_code == status, done.output
        assert "Traceback" not in done.output


def test_a_pinned_preset_can_be_played_in_shards() -> None:
    plan = api.make_plan(api.Wish(model="reference:honest", preset="standard-1", shard="10/100"))

    assert len(plan) == 8 * 6
