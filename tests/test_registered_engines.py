"""Engines from other people's packages: found by what is installed, never in the place of our own, and broken ones said plainly."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

import models
from benchmark.vocabulary import ConnectError, ParleyError, UsageError
from models.spec import SCHEMES, parse_spec
from tests.test_cli import bench

ENGINE = '''
from contextlib import asynccontextmanager
from benchmark.vocabulary import Completion

class Echo:
    def __init__(self, spec): self.name, self.details, self.word = str(spec), {}, spec.options.get("word", spec.name)
    async def complete(self, request, sampling): return Completion("" if request is None or request.schema else self.word)

@asynccontextmanager
async def connect(spec):
    """Says one word for ever.\\x1b[2J

    More about it.
    """
    yield Echo(spec)

number = 3
'''


def install(folder: Path, name: str, **schemes: str) -> None:
    """What an installer leaves of a package that registers ``schemes``."""
    information = folder / f"{name}-1.2.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
    lines = [f"{scheme} = {value}" for scheme, value in schemes.items()]
    (information / "entry_points.txt").write_text("\n".join(["[parley.models]", *lines, ""]))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages, one of which has an engine."""
    folder = tmp_path / "site"
    install(folder, "echo-engine", echo="echo_engine:connect")
    (folder / "echo_engine.py").write_text(ENGINE)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "echo_engine", raising=False)
    return folder


def connect(text: str) -> str:
    """What the model of ``text`` says to nothing, or why there is none."""

    async def ask() -> str:
        async with models.connect(parse_spec(text)) as model:
            return model.name

    return asyncio.run(ask())


def test_a_registered_scheme_plays_a_run_that_verifies(site: Path, tmp_path: Path) -> None:
    grid = ("--task", "mutual_friend", "--condition", "private", "--n", "1", "--quiet")
    done = bench("run", "--model", "echo:hello?word=Good day.", *grid, "--out", tmp_path / "run")

    assert done.exit_code == 0, done.output
    record = json.loads((tmp_path / "run" / "episodes.jsonl").read_text())
    assert {call["raw"] for call in record["calls"] if call["kind"] == "talk"} == {"Good day."}
    assert set(record["seats"].values()) == {"echo:hello?word=Good%20day."}
    assert bench("verify", tmp_path / "run").exit_code == 0


def test_it_is_listed_with_the_first_line_of_what_it_says_of_itself(site: Path) -> None:
    listed = " ".join(bench("list", "models").output.split())

    assert "Says one word for ever.?[2J (the package echo-engine 1.2, parley.models)" in listed


def test_a_misspelt_scheme_is_told_of_it(site: Path) -> None:
    with pytest.raises(UsageError, match="did you mean echo"):
        parse_spec("ecoh:x")


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_no_package_takes_a_scheme_of_ours(site: Path, scheme: str) -> None:
    install(site, "thief", **{scheme: "echo_engine:connect"})

    assert models._engine(parse_spec(f"{scheme}:honest"))[1] == SCHEMES[scheme]
    assert f"error: the package thief 1.2 registers {scheme}, which is Parley's own" in models.names()[f"{scheme} (not ours)"]


def test_our_own_schemes_are_ours_in_every_case(site: Path) -> None:
    install(site, "thief", OpenAI="echo_engine:connect")

    assert parse_spec("OpenAI:x").scheme == "openai"
    assert "stays so" in models.names()["OpenAI (not ours)"]


def test_a_clash_with_our_own_leaves_our_own_working(site: Path) -> None:
    install(site, "thief", reference="echo_engine:connect")

    assert connect("reference:honest") == "reference:honest"
    assert models.names()["reference:honest"]


def test_two_packages_that_claim_one_scheme_are_both_named(site: Path) -> None:
    install(site, "other-engine", echo="other_engine:connect")

    with pytest.raises(UsageError, match=r"echo-engine 1\.2 and by the package other-engine 1\.2"):
        connect("echo:x")
    assert models.names()["echo"].startswith("error: ")


def test_a_package_that_lies_on_the_path_twice_is_one(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "second", "echo-engine", echo="echo_engine:connect")
    monkeypatch.syspath_prepend(tmp_path / "second")

    assert connect("echo:x") == "echo:x"


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        ("no_such_module_anywhere:connect", ConnectError, "No module named 'no_such_module_anywhere'"),
        ("echo_engine:no_such", ConnectError, "no_such"),
        ("not a value at all", ConnectError, "cannot be loaded"),
        ("raising_engine:connect", ConnectError, "ZeroDivisionError: division by zero"),
        ("echo_engine:number", UsageError, "is no function"),
        ("echo_engine:Echo", UsageError, "must take a models.Spec and give an async context manager"),
    ],
)
def test_a_broken_entry_point_is_said_plainly(site: Path, value: str, kind: type[ParleyError], said: str) -> None:
    (site / "raising_engine.py").write_text("1 / 0")
    install(site, "broken", broken=value)

    with pytest.raises(kind, match=said) as caught:
        connect("broken:x")

    assert "the package broken 1.2" in str(caught.value)
    assert bench("list", "models").exit_code == 0


def test_nothing_of_it_is_looked_for_until_a_scheme_is_unknown() -> None:
    code = (
        "import sys, benchmark.cli, models; models.parse_spec('openai:x'); models.parse_spec('own.module:x');"
        "print('importlib.metadata' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])

    assert done.stdout.strip() == "False"
