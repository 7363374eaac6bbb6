"""What the documents tell a reader to type is typed: in order, in one shell, against a hub and a server, and it prints what they show."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.hub.running import COMMAND, Hub, running
from tests.servers import Server, in_thread

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
HUB = re.compile(r"^python tests/hub/serve\.py .*$", re.MULTILINE)
MARK = "──── end of block ────"


class Block(NamedTuple):
    """Commands of one `sh` fence, and what the `text` fences up to the next one say that they print."""

    commands: str
    printed: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    found: list[Block] = []
    for kind, body in re.findall(r"^```(sh|text)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        if kind == "sh":
            found.append(Block(body, ()))
        else:
            found[-1] = Block(found[-1].commands, (*found[-1].printed, body))
    return found


def missing(shown: str, output: str) -> Iterator[str]:
    """Lines of ``shown`` that do not stand in ``output`` in this order. "…" is anything, of a line or between lines."""
    lines = iter(output.splitlines())
    for line in filter(lambda one: one != "…", shown.splitlines()):
        pattern = ".*".join(map(re.escape, line.rstrip().split("…")))
        if not any(re.fullmatch(pattern, one.rstrip()) for one in lines):
            yield line


Typed = Callable[[list[Block], dict[str, str], dict[str, str]], None]


@pytest.fixture
def typed(tmp_path: Path) -> Typed:
    """Types blocks of commands, with addresses exchanged, where `bench` and `python` are those of an environment that was activated."""
    commands = tmp_path / "bin"
    commands.mkdir()
    for name, start in {"python": COMMAND[:1], "bench": COMMAND}.items():
        (commands / name).write_text(f'#!/bin/sh\nexec {shlex.join(start)} "$@"\n', "ascii")
        (commands / name).chmod(0o755)

    def typing(given: list[Block], addresses: dict[str, str], environment: dict[str, str]) -> None:
        script = f"printf '%s\\n' '{MARK}'\n".join(block.commands for block in given)
        for shown, real in addresses.items():
            assert shown in script
            script = script.replace(shown, real)
        environment = environment | {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(["sh", "-eu", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600)
        outputs = done.stdout.split(f"{MARK}\n")

        assert done.returncode == 0, done.stderr[-2000:]
        for block, output in zip(given, outputs, strict=True):
            assert [] == [line for shown in block.printed for line in missing(shown, output)], output

    return typing


def test_the_tutorial_ends_with_a_row_on_a_board(tmp_path: Path, typed: Typed) -> None:
    given = blocks((DOCS / "tutorial.md").read_text("utf-8"))
    (started,) = (block.commands for block in given if HUB.search(block.commands))
    assert "python tests/hub/serve.py --root runs/hub --port 8123\n" == started
    assert (ROOT / "tests" / "hub" / "serve.py").exists()

    with running(tmp_path / "hub") as hub:
        environment = hub.environment(user=None)
        del environment["HF_ENDPOINT"]  # the tutorial says where the hub is
        typed([block for block in given if block.commands != started], {"http://127.0.0.1:8123": hub.url}, environment)

    assert "reference/forgetful" in (tmp_path / "runs" / "site" / "index.html").read_text("utf-8")


def test_models_on_a_server_are_evaluated_as_shown(tmp_path: Path, typed: Typed) -> None:
    with in_thread(Server()) as server:
        environment = Hub("http://127.0.0.1:1", tmp_path).environment(user=None)
        typed(blocks((DOCS / "evaluate.md").read_text("utf-8")), {"https://api.example.com/v1": server.base_url}, environment)

    assert "Bearer your-key" in {one.headers.get("Authorization") for one in server.received}


def test_parley_is_used_from_python_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    given = re.findall(r"^```python\n(.*?)^```$", (DOCS / "python.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    for block in given:
        exec(compile(block, "docs/python.md", "exec"), names)  # noqa: S102 - our own document

    assert len(given) >= 3
    assert "1.0 1.0\n" == capsys.readouterr().out[:8]


def test_what_is_shown_and_not_printed_is_found() -> None:
    assert [] == list(missing("a\n…\nb … d\n", "x\na\ny\nb c d  \n"))
    assert ["a"] == list(missing("b\na\n", "a\nb\n"))
    assert ["1 entries"] == list(missing("1 entries\n", "11 entries\n"))


def test_what_is_printed_belongs_to_the_commands_before() -> None:
    text = "```sh\na\n```\n\n```text\n1\n```\n```\nnot run\n```\n```text\n2\n```\n```sh\nb\n```\n"

    assert [Block("a\n", ("1\n", "2\n")), Block("b\n", ())] == blocks(text)
