"""The task that CONTRIBUTING shows is whole: saved as a file of its own, it passes every check and can be played and verified."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 150


def shown() -> str:
    (block,) = re.findall(r"^```python\n(.*?)^```$", section(), re.DOTALL | re.MULTILINE)
    return str(block)


def section() -> str:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return text[text.index("## Adding a task") :].split("\n## ")[0]


def test_the_task_that_is_shown_is_the_one_that_is_tested() -> None:
    assert (ROOT / "tests" / "flat_hunt.py").read_text("utf-8") == shown()
    assert shown().count("\n") < LONGEST


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "my_task.py").write_text(shown(), "utf-8")
    return tmp_path


def commands() -> list[list[str]]:
    """The lines of shell that follow the task, from the first `bench` on."""
    return [line.split() for line in re.findall(r"^bench .*$", section(), re.MULTILINE)]


def bench(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
    code = "from benchmark.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_its_commands_do_what_they_are_said_to_do(folder: Path) -> None:
    check, run, verify = commands()

    checked = bench(folder, *check[1:], "--json")
    played = bench(folder, *run[1:], "--json")
    verified = bench(folder, *verify[1:])

    assert (0, "") == (checked.returncode, checked.stderr), checked.stdout
    document = json.loads(checked.stdout)
    assert {"passed"} == {finding["verdict"] for finding in document["findings"]}
    assert {"levels", *(f"level {level}" for level in range(1, 6))} == {finding["where"] for finding in document["findings"]}
    assert 0 == played.returncode, played.stderr
    assert 0 == verified.returncode, verified.stdout + verified.stderr


def test_who_grounds_wins_it_and_who_recites_does_not(folder: Path) -> None:
    _, run, _ = commands()
    earned = {}
    for player in ("honest", "dump"):
        words = [word.replace("honest", player).replace("my_run", player) for word in run[1:]]
        report = json.loads(bench(folder, *words, "--json").stdout)
        earned[player] = report["tasks"]["my_task:FlatHunt"]["private"]["grounding_success"]["mean"]

    assert 1 == earned["honest"]
    assert earned["dump"] <= 0.5


def test_a_task_that_was_changed_since_no_longer_verifies(folder: Path) -> None:
    _, run, verify = commands()
    bench(folder, *run[1:])
    text = shown().replace("kitchen wall", "wall of the kitchen")
    (folder / "my_task.py").write_text(text, "utf-8")

    done = bench(folder, *verify[1:])

    assert 0 != done.returncode
    assert "my_run does not hold." in done.stdout
