"""The tutorial does what it says: its commands are run in order, in one shell, against a hub, and print what stands under them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.hub.running import COMMAND, running

ROOT = Path(__file__).resolve().parents[1]
TUTORIAL = ROOT / "docs" / "tutorial.md"
HUB = re.compile(r"^python tests/hub/serve\.py .*$", re.MULTILINE)
ADDRESS = "http://127.0.0.1:8123"
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


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder with `bench` and `python`, as an environment that was activated has them."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, start in {"python": COMMAND[:1], "bench": COMMAND}.items():
        (folder / name).write_text(f'#!/bin/sh\nexec {shlex.join(start)} "$@"\n', "ascii")
        (folder / name).chmod(0o755)
    return folder


def test_the_tutorial_ends_with_a_row_on_a_board(tmp_path: Path, commands: Path) -> None:
    given = [block for block in blocks(TUTORIAL.read_text("utf-8")) if not HUB.search(block.commands)]
    place = tmp_path / "checkout"
    place.mkdir()
    with running(tmp_path / "hub") as hub:
        script = f"printf '%s\\n' '{MARK}'\n".join(block.commands for block in given).replace(ADDRESS, hub.url)
        environment = hub.environment(user=None) | {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}
        environment.pop("HF_ENDPOINT")  # the tutorial says where the hub is
        done = subprocess.run(["sh", "-eu", "-c", script], cwd=place, env=environment, capture_output=True, text=True, timeout=600)

    assert done.returncode == 0, done.stderr[-2000:]
    outputs = done.stdout.split(f"{MARK}\n")
    assert [[]] * len(given) == [
        [line for shown in block.printed for line in missing(shown, out)] for block, out in zip(given, outputs, strict=True)
    ]
    assert "reference/forgetful" in (place / "runs" / "site" / "index.html").read_text("utf-8")


def test_the_tutorial_starts_its_hub_as_tests_do_and_nothing_else_is_left_out() -> None:
    left = [block.commands for block in blocks(TUTORIAL.read_text("utf-8")) if HUB.search(block.commands)]

    assert [f"python tests/hub/serve.py --root runs/hub --port {ADDRESS.rpartition(':')[2]}\n"] == left
    assert (ROOT / "tests" / "hub" / "serve.py").exists()


def test_what_is_shown_and_not_printed_is_found() -> None:
    assert [] == list(missing("a\n…\nb … d\n", "x\na\ny\nb c d  \n"))
    assert ["a"] == list(missing("b\na\n", "a\nb\n"))
    assert ["1 entries"] == list(missing("1 entries\n", "11 entries\n"))


def test_what_is_printed_belongs_to_the_commands_before() -> None:
    text = "```sh\na\n```\n\n```text\n1\n```\n```\nnot run\n```\n```text\n2\n```\n```sh\nb\n```\n"

    assert [Block("a\n", ("1\n", "2\n")), Block("b\n", ())] == blocks(text)
