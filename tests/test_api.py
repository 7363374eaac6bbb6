"""Parley from Python: typed functions that print nothing, end no process and work where a loop runs already."""

from __future__ import annotations

import ast
import asyncio
import threading
import time
from dataclasses import fields
from pathlib import Path

import pytest

from benchmark import api
from benchmark.api import Asked, Wish, load_run, report, run
from benchmark.running.folder import read_episodes
from benchmark.running.stopping import Stop, run_to_end
from benchmark.vocabulary import ParleyError, Sampling

ROOT = Path(__file__).resolve().parents[1]
ONE = {"tasks": "mutual_friend", "conditions": "private", "n": 1}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run("reference:honest", tmp_path_factory.mktemp("run") / "run", tasks="mutual_friend", conditions=["private", "solo"], n=2).path


def test_keywords_say_what_a_wish_says_and_one_stands_for_several() -> None:
    said = Wish.of(
        "a:b", partners="c:d", tasks="e", conditions=["f"], levels=3, temperature=0, worlds="g", model_args={"h": 1, "i": "j"}, n=None
    )

    assert said == Wish(
        model="a:b",
        partners=("c:d",),
        tasks=("e",),
        conditions=("f",),
        levels=(3,),
        sampling=Sampling(temperature=0),
        worlds=Path("g"),
        model_args=("h=1", "i=j"),
    )
    sampled = {one.name for one in fields(Sampling)}
    assert set(Asked.__annotations__) == {one.name for one in fields(Wish)} - {"model", "sampling"} | sampled


def test_a_run_is_told_where_it_lies_and_how_it_ended_and_nothing_is_printed(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    done = run("reference:honest", str(folder), tasks=["mutual_friend"], conditions=["private", "solo"], n=3)

    assert (done.path, done.outcome.before, done.outcome.played, done.outcome.complete) == (folder, 4, 2, True)
    assert capfd.readouterr() == ("", "")


def test_it_plays_where_a_loop_runs_already_as_in_a_notebook(tmp_path: Path) -> None:
    async def cell() -> list[str]:
        done = run("reference:honest", tmp_path / "inside", tasks="mutual_friend", conditions="private", n=1)
        return [record["digest"] for record in load_run(done.path).records()]

    inside = asyncio.run(cell())
    path, _ = run(Wish(model="reference:honest", tasks=("mutual_friend",), conditions=("private",), n=1), tmp_path / "outside")

    assert inside == [record["digest"] for record in read_episodes(path)]


def test_an_interrupt_in_a_notebook_drains_and_a_second_one_halts() -> None:
    """The caller's thread is interrupted, as a notebook's is: first nothing new is begun, then nothing goes on."""
    seen: list[str] = []

    class Playing:
        def __init__(self) -> None:
            self.halted = asyncio.Event()

        def drain(self) -> None:
            seen.append("drain")
            threading.Thread(target=interrupt).start()

        def halt(self) -> None:
            seen.append("halt")
            self.halted.set()

    def interrupt() -> None:
        import signal

        time.sleep(0.05)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    async def play(stop: Stop) -> str:
        with stop.acting_on(playing := Playing()):
            interrupt()
            await playing.halted.wait()
        return "ended"

    async def cell() -> str:
        return run_to_end(play)

    loop = asyncio.new_event_loop()  # asyncio.run would take the signal for its own
    try:
        assert loop.run_until_complete(cell()) == "ended"
    finally:
        loop.close()
    assert seen == ["drain", "halt"]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"model": "reference:nobody"}, api.UsageError),
        ({"model": "reference:honest", "tasks": "no_such_task"}, api.UsageError),
        ({"model": "reference:honest", "temperature": -1}, api.UsageError),
        ({"model": "reference:honest", "worlds": "no/such/file"}, api.WorldsError),
        ({"model": Wish(model="reference:honest"), "n": 3}, api.UsageError),
        ({"model": "openai:x?base_url=http://127.0.0.1:1/v1", "tasks": "route", "n": 1}, api.ConnectError),
    ],
)
def test_what_cannot_be_had_is_an_error_of_ours(asked: dict[str, object], error: type[ParleyError], tmp_path: Path) -> None:
    with pytest.raises(error):
        run(out=tmp_path / "run", **asked)  # type: ignore[arg-type]

    assert not (tmp_path / "run").exists()


def test_a_report_has_what_its_type_promises(folder: Path, tmp_path: Path) -> None:
    found = report(str(folder))
    cell, gap = found["tasks"]["mutual_friend"]["private"], api.Gap.__required_keys__

    assert found == report(folder)
    assert set(api.Report.__required_keys__) <= set(found)
    assert set(api.Cell.__required_keys__) <= set(cell)
    assert set(api.Overall.__annotations__) <= set(found["overall"])
    assert cell["success"] is not None
    assert set(api.Estimate.__required_keys__) == set(cell["success"])
    assert gap == {*api.Estimate.__required_keys__, "p", "test", "exploratory", "graded", "relative"}
    with pytest.raises(api.FolderError):
        report(tmp_path)


def test_everything_public_is_there_and_says_what_it_does() -> None:
    for name in api.__all__:
        member = getattr(api, name)
        of_the_tree = isinstance(member, type) and issubclass(member, ParleyError)  # told at its root
        assert not callable(member) or of_the_tree or (member.__doc__ or "").strip(), name


def test_nothing_of_the_library_prints_or_ends_the_process() -> None:
    """A person's terminal and the keeper of a server apart, which are the process's own ends."""
    own = {"models/human.py", "models/human_web.py", "models/serve_keeper.py", "benchmark/cli", "benchmark/conformance/elsewhere.py"}
    found = []
    for package in ("benchmark", "tasks", "models", "leaderboard"):
        for path in sorted((ROOT / package).rglob("*.py")):
            where = path.relative_to(ROOT).as_posix()
            if not where.startswith(tuple(own)):
                calls = [ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
                found += [f"{where}: {call}" for call in calls if call in ("print", "sys.exit", "exit", "quit", "os._exit")]

    assert found == []
