"""The Tab key completes names and run folders; bash is asked itself, because colons mean something to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete, get_completion_class
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.cli.completion import SHELLS, VARIABLE

ROOT = Path(__file__).resolve().parents[1]


def offered(*words: str) -> list[str]:
    """What is offered for the last of ``words``, by click's own way through the command."""
    *before, incomplete = words
    return [
        f"{item.value}*" if item.type == "dir" else item.value
        for item in ShellComplete(main, {}, "bench", VARIABLE).get_completions(before, incomplete)
    ]


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("runs/first run", "runs/second", "here"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "run.json").write_text("{}")
    (tmp_path / "runs" / "no run").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_names_of_tasks_players_engines_and_arms_are_offered() -> None:
    assert offered("run", "--task", "hid") == ["hidden_profile"]
    assert offered("show", "cro") == ["crossed_wires"]
    assert offered("run", "--model", "reference:ho") == ["reference:honest"]
    assert offered("run", "--model", "o") == ["openai:"]
    assert offered("run", "--partner", "pa") == ["panel"]
    assert offered("run", "--model", "pa") == []
    assert offered("run", "--condition", "s") == ["script", "solo", "silent"]
    assert offered("plan", "--channel", "") == ["talk", "typed", "board"]
    assert offered("import", "d") == ["dialop", "deal-or-no-deal"]
    assert "standard-1" in offered("plan", "--preset", "")


def test_run_folders_are_offered_and_nothing_that_is_none(runs: Path) -> None:
    assert offered("report", "") == ["runs/first run", "runs/second", "here"]
    assert offered("report", "runs/f") == ["runs/first run"]
    assert offered("compare", "here", f"{runs}/runs/s") == [f"{runs}/runs/second"]
    assert offered("run", "--model", "replay:runs/s") == ["replay:runs/second"]
    assert offered("report", "no/such/") == ["no/such/*"]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_a_script_that_asks_bench(shell: str) -> None:
    done = CliRunner().invoke(main, ["completion", shell])

    assert done.exit_code == 0
    assert f"{VARIABLE}={shell}_complete" in done.output
    assert get_completion_class(shell) is not None


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_is_given_what_comes_after_the_colon(runs: Path) -> None:
    """The line as it is typed, with the words that bash makes of it; each answer is what bash puts after its last word."""
    (bench := runs / "bench").write_text(f"#!{sys.executable}\nfrom benchmark.cli import main\nmain()\n")
    bench.chmod(0o755)
    (script := runs / "script").write_text(get_completion_class("bash")(main, {}, "bench", VARIABLE).source())
    lines = ["bench run --model=reference:ho", "bench report runs/f"]
    asked = "\n".join(
        f"COMP_LINE='{line}' COMP_POINT={len(line)}; _bench_completion bench; printf '%s|' \"${{COMPREPLY[@]}}\"" for line in lines
    )
    asked = f"source {script}; compopt() {{ :; }}; {asked}"
    path = {"PATH": f"{runs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}

    done = subprocess.run(["bash", "-c", asked], env={**os.environ, **path}, capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("honest|runs/first run|", "")
