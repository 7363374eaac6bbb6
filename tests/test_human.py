"""A person at the terminal: what is shown and what is not, one question at a time, and every way to leave."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pytest

import models
from benchmark import api
from benchmark.vocabulary import Completion, ConnectError, Request, Sampling, UsageError
from models.spec import parse_spec
from tests.test_cli import bench

BENCH = [sys.executable, "-c", "from benchmark.cli import main; main()"]
GAME = ("--task", "mutual_friend", "--condition", "private")
DECLINES = '{"answer": null}'


def piped(out: Path, *words: str, answers: str, game: tuple[str, ...] = GAME) -> subprocess.CompletedProcess[str]:
    """A run in which a person's answers stand in a file."""
    command = [*BENCH, "run", *words, *game, "--out", str(out)]
    return subprocess.run(command, input=answers, capture_output=True, text=True, timeout=60, cwd=Path(__file__).parents[1])


def records(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "episodes.jsonl").read_text("utf-8").splitlines()]


def seen_by(done: str) -> str:
    """All that was shown, unwrapped."""
    return " ".join(done.split())


def test_a_person_plays_against_a_player_and_the_run_verifies(tmp_path: Path) -> None:
    answers = "I know nobody.\n" * 3
    done = piped(tmp_path / "run", "--model", "human?stdin=true", "--partner", "reference:mute", "--n", "1", "--json",
                 answers=f"Hello there.\n\n\n{DECLINES}\n{answers}{DECLINES}\n")  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["model"] == "human?stdin=true"
    first = records(tmp_path / "run")[0]
    assert next(turn["text"] for turn in first["rounds"][0]["turns"] if turn["seat"] == "A") == "Hello there."
    assert json.loads((tmp_path / "run" / "run.json").read_text())["kind"] == "human"
    assert bench("verify", tmp_path / "run").exit_code == 0
    assert "Traceback" not in done.stderr


def test_a_run_against_a_person_is_a_models_run(tmp_path: Path) -> None:
    done = piped(
        tmp_path / "run", "--model", "reference:honest", "--partner", "human?stdin=true", "--n", "1", answers=f"\n{DECLINES}\n" * 20
    )

    assert json.loads((tmp_path / "run" / "run.json").read_text())["kind"] == "model", done.stderr


def test_the_partners_notes_are_never_shown(tmp_path: Path) -> None:
    done = piped(tmp_path / "run", "--model", "reference:mute", "--partner", "human?stdin=true", "--n", "1",
                 answers=f"{DECLINES}\n" * 40)  # fmt: skip
    wish = api.Wish(model="reference:mute", partners=("human?stdin=true",), tasks=("mutual_friend",), conditions=("private",), n=1)
    shown = seen_by(done.stderr)
    opening = shown.split("Dialogue 2")[0]
    planned = next(iter(api.make_plan(wish).episodes()))
    person = next(seat for seat, spec in planned.seats.items() if spec.startswith("human"))

    for fact in planned.world().facts:
        if fact.holders and fact.text:
            assert (" ".join(fact.text.split()) in opening) == (fact.holders == (person,))


def test_only_what_is_new_is_shown_and_a_question_mark_shows_all_again(tmp_path: Path) -> None:
    def times(answers: str) -> int:
        done = piped(
            tmp_path / str(len(answers)), "--model", "human?stdin=true", "--partner", "reference:mute", "--n", "1", answers=answers
        )
        return len(re.findall(r"You write for", seen_by(done.stderr).split("Dialogue 2")[0]))

    assert times(f"Hi.\nHo.\nHa.\n{DECLINES}\n") == 2  # the introduction, and the one scene
    assert times(f"Hi.\n?\nHo.\n?\nHa.\n{DECLINES}\n") == 4


def test_a_whole_talk_is_written_up_to_an_empty_line(tmp_path: Path) -> None:
    names = next(iter(api.make_plan(api.Wish(model="reference:honest", tasks=("mutual_friend",), n=1)).episodes())).world().names
    talk = f"{names[0]}: Hello.\n{names[1]}: Good day.\n\n"
    game = ("--task", "mutual_friend", "--condition", "script", "--n", "1")
    done = piped(tmp_path / "run", "--model", "human?stdin=true", answers=f"{talk}{DECLINES}\n{DECLINES}\n", game=game)

    assert [turn["text"] for turn in records(tmp_path / "run")[0]["rounds"][0]["turns"]] == ["Hello.", "Good day."], done.stderr


def test_the_end_of_the_input_leaves_a_run_that_can_be_resumed(tmp_path: Path) -> None:
    run = ("--model", "human?stdin=true", "--partner", "reference:mute", "--n", "2")
    left = piped(tmp_path / "run", *run, answers=f"Hi.\n\n\n{DECLINES}\nHello?")
    finished = len(records(tmp_path / "run"))
    on = piped(tmp_path / "run", *run, answers=f"(ready)\n{DECLINES}\n" * 30)

    assert (left.returncode, "Traceback" in left.stderr, "the input has ended" in left.stderr) == (1, False, True), left.stderr
    assert finished == 1
    assert on.returncode == 0, on.stderr
    assert len(records(tmp_path / "run")) == 4


def test_without_a_terminal_it_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    done = piped(tmp_path / "run", "--model", "human", "--n", "1", answers="")

    assert (done.returncode, (tmp_path / "run").exists()) == (1, False)
    assert "human?stdin=true" in done.stderr


def test_its_specs_are_human_with_or_without_a_name() -> None:
    assert [str(parse_spec(text)) for text in ("human", "Human", "human:Ada", "human?stdin=true")] == [
        "human", "human", "human:Ada", "human?stdin=true",
    ]  # fmt: skip
    assert parse_spec("human?stdin=true") == parse_spec(str(parse_spec("human?stdin=true")))
    for text in ("human:", "humane", " human", "openai"):
        with pytest.raises(UsageError):
            parse_spec(text)


@contextmanager
def answering(answers: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[IO[bytes]]:
    """Standard input is a pipe that holds ``answers`` and stays open; gives its other end."""
    ours, theirs = os.pipe()
    with os.fdopen(ours) as stdin, os.fdopen(theirs, "wb", buffering=0) as end:
        end.write(answers)
        monkeypatch.setattr(sys, "stdin", stdin)
        yield end


def asked(requests: list[Request], answers: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Completion]:
    """What the person says to ``requests``, all put at once."""

    async def ask() -> list[Completion]:
        async with models.connect(parse_spec("human?stdin=true")) as person:
            return list(await asyncio.gather(*(person.complete(request, Sampling()) for request in requests)))

    with answering(answers, monkeypatch):
        return asyncio.run(ask())


def opening(index: int = 0) -> Request:
    return api.first_requests("mutual_friend", index, "private", 3, 0)[0]


def test_questions_come_one_at_a_time_and_the_talk_furthest_on_first(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, other = opening(0), opening(1)
    further = replace(opening(2), chat=(*opening(2).chat, ("assistant", "Hi."), ("user", "Next turn: say more.")))

    said = asked([fresh, other, further], b"one\ntwo\nthree\n", monkeypatch)

    assert [completion.text for completion in said] == ["two", "three", "one"]


def test_nothing_that_a_model_wrote_steers_the_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = replace(opening(), chat=(("user", "Ada says \x1b[2J\x1b]0;owned\x07 \u202eabc\r\x9b31m and more.\nSecond line."),))

    asked([hostile], b"ok\n", monkeypatch)
    shown = capsys.readouterr()

    assert shown.out == ""
    assert "\\x1b[2J" in shown.err
    assert [char for char in shown.err if not char.isprintable() and char != "\n"] == []


def test_lines_are_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "44")

    asked([opening()], b"ok\n", monkeypatch)

    assert 30 < max(map(len, capsys.readouterr().err.splitlines())) < 44


def test_a_question_that_is_called_off_holds_up_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    async def leave() -> None:
        async with models.connect(parse_spec("human?stdin=true")) as person:
            waiting = [asyncio.create_task(person.complete(opening(index), Sampling())) for index in range(3)]
            await asyncio.sleep(0.5)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    with answering(b"", monkeypatch):
        thread = threading.Thread(target=lambda: asyncio.run(leave()), daemon=True)
        thread.start()
        thread.join(20)
        assert not thread.is_alive()


def test_an_option_it_does_not_know_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(b"", monkeypatch), pytest.raises(UsageError, match="stdin"):
        asyncio.run(models.connect(parse_spec("human?sdtin=true")).__aenter__())


def test_a_closed_standard_input_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    with pytest.raises(ConnectError, match="no standard input"):
        asyncio.run(models.connect(parse_spec("human")).__aenter__())


class Terminal:
    """A run in a terminal of its own, and the fingers at it."""

    def __init__(self, out: Path, *words: str) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(Path(__file__).parents[1])
            os.execv(BENCH[0], [*BENCH, "run", *words, "--out", str(out)])  # noqa: S606
        self.shown = ""

    def until(self, text: str, times: int = 1) -> None:
        deadline = time.monotonic() + 20
        while self.shown.count(text) < times:
            assert time.monotonic() < deadline, self.shown
            if not select.select([self.fd], [], [], 1)[0]:
                continue
            try:
                self.shown += os.read(self.fd, 65_536).decode("utf-8", "replace")
            except OSError:  # the other side has closed
                break
        assert self.shown.count(text) >= times, self.shown

    def types(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def status(self) -> int:
        """The exit status, once all that is said was read; killed after a minute."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if not select.select([self.fd], [], [], 1.0)[0]:
                continue
            try:
                read = os.read(self.fd, 65_536)
            except OSError:
                read = b""
            if not read:
                return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            self.shown += read.decode("utf-8", "replace")
        os.kill(self.pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


RUN = ("--model", "human", "--partner", "reference:mute", *GAME, "--n", "2")


def test_at_a_terminal_ctrl_c_ends_what_is_begun_and_twice_leaves_at_once(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "run", *RUN)
    for turn in range(1, 4):
        terminal.until("says (one line; empty: nothing):", turn)
        terminal.types("Hm.\n")
    terminal.until("JSON object:")
    terminal.types(f"{DECLINES}\n")
    terminal.until("says (one line; empty: nothing):", 4)  # what is typed before a question is put is thrown away, Ctrl-C too
    terminal.types("\x03")
    time.sleep(0.5)
    terminal.types("\x03")

    assert terminal.status() == 3, terminal.shown
    assert "Traceback" not in terminal.shown
    assert "The same command resumes." in terminal.shown
    assert len(records(tmp_path / "run")) == 1


def test_at_a_terminal_ctrl_d_leaves_without_a_traceback(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "run", *RUN)
    terminal.until("nothing):")
    terminal.types("\x04")

    assert terminal.status() == 1
    assert "the input has ended" in " ".join(terminal.shown.split())
    assert "Traceback" not in terminal.shown


def test_being_killed_leaves_no_broken_folder(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "run", *RUN)
    terminal.until("nothing):")
    for _ in range(2):  # the first waits for the dialogue that is begun
        os.kill(terminal.pid, signal.SIGTERM)
        time.sleep(0.5)

    assert terminal.status() == 3, terminal.shown
    assert "Traceback" not in terminal.shown
