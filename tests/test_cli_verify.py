"""`bench verify` on folders that somebody has been at: it fails, says where, and never stumbles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import HIDDEN, bench, run

__all__ = ["run"]


def test_verify_counts_what_was_planned(run: Path) -> None:
    stated = json.loads((run / "run.json").read_text())
    (run / "run.json").write_text(json.dumps(stated | {"plan": 3}))
    result = bench("verify", run)

    assert result.exit_code == 4
    assert "run.json: plan: is 3, and the grid has 4 episodes" in result.output


@pytest.mark.parametrize("edit", [(b'"decided"', b'"illegal:A"'), (b'"success":true', b'"success":false'), (b'"index":1', b'"index":2')])
def test_verify_fails_on_an_edited_line(run: Path, edit: tuple[bytes, bytes]) -> None:
    path = run / "episodes.jsonl"
    path.write_bytes(path.read_bytes().replace(*edit, 1))
    result = bench("verify", run)

    assert result.exit_code in (1, 4)
    assert "mutual_friend" in result.output or "line" in result.output


RUN_EDITS = [
    ("kind", lambda run: run.update(kind="human")),
    ("configuration.models", lambda run: run["configuration"]["models"]["A"].update(spec="openai:gpt-9")),
    ("configuration.factors", lambda run: run["configuration"].update(factors={"x": 1})),
    ("configuration.tasks", lambda run: run["configuration"]["tasks"].update(zzz=1)),
    ("configuration.sampling", lambda run: run["configuration"].update(sampling={})),
    ("n", lambda run: run["grid"].update(n=10**30)),
    ("n", lambda run: run["grid"].update(n=-1)),
    ("seed", lambda run: run["configuration"].update(seed=float("nan"))),
    ("tasks", lambda run: run["grid"].update(tasks=["nothing"])),
]


@pytest.mark.parametrize(("what", "edit"), RUN_EDITS, ids=[what for what, _ in RUN_EDITS])
def test_verify_fails_on_an_edited_run_json(run: Path, what: str, edit: Callable[[dict[str, Any]], None]) -> None:
    document = json.loads((run / "run.json").read_text())
    edit(document)
    (run / "run.json").write_text(json.dumps(document))
    result = bench("verify", run)

    assert result.exit_code in (1, 4)
    assert result.output


WRONG = [("thought", 5), ("finish", "bogus"), ("usage", {"prompt": -7, "cached": 0, "completion": 0}), ("seconds", "x"),
         ("seconds", 1e999), ("retries", True), ("constrained", "maybe"), ("raw", None)]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_verify_fails_on_what_no_engine_could_have_given(run: Path, key: str, value: object) -> None:
    lines = [json.loads(line) for line in (run / "episodes.jsonl").read_text().splitlines()]
    lines[1]["calls"][0][key] = value
    lines[1]["digest"] = f"sha256:{hashlib.sha256(plain({k: v for k, v in lines[1].items() if k != 'digest'}).encode()).hexdigest()}"
    (run / "episodes.jsonl").write_text("".join(plain(line) + "\n" for line in lines))
    result = bench("verify", run)

    assert result.exit_code == 4
    assert lines[1]["id"] in result.output


def plain(document: object) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize("line", ['{"id":"nope","when":1,"what":2,"retried":3}', '{"id":[1],"when":1,"what":2,"retried":3}'])
def test_attempts_of_no_planned_episode_are_found_and_not_counted(run: Path, line: str) -> None:
    with (run / "attempts.jsonl").open("a") as file:
        file.write(line + "\n")

    assert bench("verify", run).exit_code == 4
    assert json.loads(bench("report", run, "--json").stdout)["outcomes"] == {"decided": 4}


def test_a_sentence_that_is_part_of_another_is_no_leak(tmp_path: Path) -> None:
    items = [HIDDEN | {"shared_information": ["Site A has water rights."], "hidden_information": ["Site A has water", "b", "c", "d"]}]
    path = tmp_path / "hidden.json"
    path.write_text(json.dumps(items))
    bench("run", "--model", "reference:mute", "--worlds", path, "--condition", "private", "--out", tmp_path / "run", "--quiet")

    assert bench("verify", tmp_path / "run").exit_code == 0
