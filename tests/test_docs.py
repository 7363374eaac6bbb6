"""Documents do not lie: links lead somewhere, and every command they name exists with the options they give it."""

from __future__ import annotations

import contextlib
import importlib
import io
import re
import shlex
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest import mock

import click
import pytest

from benchmark.api import make_plan
from benchmark.cli import main
from benchmark.cli.playing import plan, run, wish_of
from benchmark.vocabulary import ParleyError
from models.spec import SCHEMES, parse_spec

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(path for folder in ("docs", "benchmark") for path in (ROOT / folder).rglob("*.md"))])
NOTES = sorted((ROOT / "docs" / "design").glob("*.md"))

_FENCE = re.compile(r"^( *)(```+|~~~+)[^\n]*\n(.*?)^\1\2 *$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"\[[^\]]*\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)")


def code(text: str) -> list[str]:
    """What a document sets as code, one line each; lines that end in a backslash go on."""
    blocks = [block.replace("\\\n", " ") for _, _, block in _FENCE.findall(text)]
    return [line.strip() for block in blocks for line in block.splitlines()] + _INLINE.findall(_FENCE.sub("", text))


def links(text: str) -> list[str]:
    return _LINK.findall(_INLINE.sub("", _FENCE.sub("", text)))


def anchors(text: str) -> set[str]:
    """How a heading is linked to: lower case, spaces as hyphens, no other signs."""
    titles = re.findall(r"^#+ +(.*?) *#*$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken_links(document: Path) -> Iterator[str]:
    for link in links(document.read_text("utf-8")):
        if re.match(r"[a-z][a-z+.-]*:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path) if path else document
        if not target.exists():
            yield f"{link}: there is no such file"
        elif anchor and anchor not in anchors(target.read_text("utf-8")):
            yield f"{link}: there is no such heading"


def commands(text: str, program: str) -> list[str]:
    """What follows ``program`` in code, up to a comment, a pipe or the next command."""
    pattern = re.compile(rf"""(?:^|[\s;&|(]){program} ((?:'[^']*'|"[^"]*"|[^#;&|>'"])+)""")
    return [match.group(1).strip() for line in code(text) for match in pattern.finditer(line)]


@cache
def help_of(*command: str) -> str:
    """What `bench COMMAND --help` prints; raises what it exits with, if not 0."""
    out = io.StringIO()
    with mock.patch.object(sys, "argv", ["bench", *command, "--help"]), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            main()
        except SystemExit as end:
            if end.code:
                raise LookupError(out.getvalue()) from None
    return out.getvalue()


def problems(command: str) -> Iterator[str]:
    """What is wrong with the ``bench`` command line ``command``, by what its help says."""
    words = command.split()
    if not re.fullmatch(r"[a-z][a-z-]*", words[0]):
        return
    path = [words[0]]
    try:
        page = help_of(*path)
        if "\nCommands:\n" in page and len(words) > 1:
            path.append(words[1])
            page = help_of(*path)
    except LookupError as error:
        yield str(error)
        return
    for option in re.findall(r"(?<!\S)\[?(--?[a-z][a-z-]*)", command):
        if not re.search(rf"(?<![\w-]){option}(?![\w-])", page):
            yield f"bench {' '.join(path)} has no option {option}"


STANDS_FOR = {
    "SPEC": "reference:mute", "PLAYER": "reference:mute", "TASK": "society",
    "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT": "1/8", "i/k": "1/8",
}  # fmt: skip
"""What is planned in the place of words that a reader replaces."""

FOREIGN = re.compile(r"\b(my_task|my_engine|your_module|echo):")
"""Tasks and engines of a reader's own; the tests that have them play them."""


def unplannable(command: str) -> Iterator[str]:
    """Why what `bench run` or `bench plan` is told cannot be planned, or an engine refuses its options; nothing is played."""
    name, *words = shlex.split(command)
    words = " ".join(words).replace("--partner SPEC", "--partner reference:honest").split()
    words = [STANDS_FOR.get(word, word) for word in words if word != "…"]
    for option in ("--worlds", "--challenge"):  # a file that readers have, and what a board gave them
        if option in words:
            del words[words.index(option) : words.index(option) + 2]
    asked = {"run": run, "plan": plan}[name]
    try:
        given = asked.make_context(name, words, parent=click.Context(main, info_name="bench", **main.context_settings)).params
        wish = wish_of({key: value for key, value in given.items() if key in {one.name for one in plan.params} - {"json_wanted"}})
        make_plan(wish)
        for text in (wish.model, *(one for one in wish.partners if ":" in one)):
            spec = parse_spec(text)
            spec.allow(getattr(importlib.import_module(SCHEMES[spec.scheme].partition(":")[0]), "OPTIONS", spec.options))
    except (ParleyError, click.ClickException) as error:
        yield str(error)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_runs_can_be_planned_as_they_are_given(document: Path) -> None:
    given = [one for one in commands(document.read_text("utf-8"), "bench") if re.match(r"(run|plan) .*--model \S", one)]
    wrong = [f"bench {command}: {why}" for command in given if not FOREIGN.search(command) for why in unplannable(command)]

    assert [] == wrong


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("run --model SPEC --task nothing_such", "nothing_such"),
        ("run --model 'vllm:m?max_modellen=8192' --n 3", "max_model_len"),
        ("run --model SPEC --preset standard-1 --n 3", "pins everything"),
        ("plan --model SPEC --partner panel --condition script", "script"),
    ],
)
def test_a_run_that_cannot_be_is_found(command: str, why: str) -> None:
    assert why in "".join(unplannable(command))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    assert [] == list(broken_links(document))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_make_targets_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {word for command in commands(document.read_text("utf-8"), "make") for word in re.findall(r"^[a-z-]+", command)}

    assert set() == named - targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_bench_commands_exist_with_their_options(document: Path) -> None:
    wrong = [f"bench {command}: {problem}" for command in commands(document.read_text("utf-8"), "bench") for problem in problems(command)]

    assert [] == wrong


def test_every_command_is_named_where_commands_are_looked_up() -> None:
    named = {command.split()[0] for command in commands((ROOT / "docs" / "commands.md").read_text("utf-8"), "bench")}

    assert set() == set(main.commands) - named


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("frobnicate DIR", "frobnicate"),
        ("run --model reference:honest --frobnicate", "has no option --frobnicate"),
        ("run --mod reference:honest", "has no option --mod"),
    ],
)
def test_a_wrong_command_is_found(command: str, problem: str) -> None:
    assert problem in "".join(problems(command))


def test_a_right_command_passes() -> None:
    assert [] == list(problems("run --model reference:honest --n 3 [--json]"))


def test_commands_are_read_from_code_alone() -> None:
    shell = "$ bench run --a \\\n--b  # first\nX=1 bench show 'a|b' | less"
    text = f"Make do: bench none.\n\n```\n{shell}\n```\nThen `make test` and `bench list tasks`."

    assert ["run --a  --b", "show 'a|b'", "list tasks"] == commands(text, "bench")
    assert ["test"] == commands(text, "make")


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text("# Good title\n[a](#good-title) [b](b.md) [c](#none) `[d](d.md)` [e](https://example.org/x)\n")

    assert ["b.md: there is no such file", "#none: there is no such heading"] == list(broken_links(document))


def test_the_changelog_is_kept() -> None:
    """Keep a Changelog: what is not released stands on top, and only six kinds of change exist."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    releases = re.findall(r"^## (.*)$", text, re.MULTILINE)
    kinds = set(re.findall(r"^### (.*)$", text, re.MULTILINE))

    assert "[Unreleased]" == releases[0]
    assert kinds
    assert set() == kinds - {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_design_notes_are_numbered_and_say_why() -> None:
    assert [f"{number:03}" for number in range(1, len(NOTES) + 1)] == [path.name[:3] for path in NOTES]
    for path in NOTES:
        text = path.read_text("utf-8")
        assert text.startswith(f"# {path.name[:3]} "), path.name
        assert ["Context", "Decision", "Consequence"] == re.findall(r"^## (.*)$", text, re.MULTILINE), path.name
        assert text.count("\n") <= 50, f"{path.name} is longer than a page"
