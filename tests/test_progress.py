"""Progress moves on a terminal and nowhere else, and says what it knows: how far, how well, how long still."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from benchmark import runner
from benchmark.progress import Progress
from benchmark.runner import Settings
from benchmark.vocabulary import Usage
from tests.toy_run import play
from tests.toy_task import Adder, toy_plan


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def screen(self) -> list[str]:
        """What a viewer sees: a carriage return goes back to the start of the line and blanks write over."""
        lines = []
        for line in self.getvalue().split("\n"):
            seen = ""
            for part in line.split("\r"):
                seen = part + seen[len(part) :]
            lines.append(seen.rstrip())
        return lines


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def document(success: bool, grounded: bool | None) -> dict[str, Any]:
    return {"score": {"success": success, "grounding_success": grounded}}


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def half_way(stream: Terminal, clock: Clock) -> Progress:
    """Of 10 episodes 2 were there, 4 are new; 24 of 48 calls are done after a minute."""
    progress = Progress(stream=stream, clock=clock)
    progress.begin(10, 2, 48)
    for grounded in (True, False, None, None):
        clock.now += 15
        for _ in range(6):
            progress.called(Usage(1000, 900, 28))
        progress.recorded(document(True, grounded), 6)
    return progress


def test_the_line_says_how_far_how_long_and_how_well() -> None:
    half_way(stream := Terminal(), Clock())

    assert stream.screen() == [
        "6/10 episodes (60%) · 1 min 00 s left · grounding success 0.50 [0.09, 0.91] (n 2) · 0.4 calls/s · 24.7k tokens"
    ]


def test_without_grounding_success_it_is_plain_success() -> None:
    clock, stream = Clock(), Terminal()
    progress = Progress(stream=stream, clock=clock)
    progress.begin(4, 0, 8)
    clock.now = 1
    progress.recorded(document(False, None), 2)

    assert "· success 0.00 [0.00, 0.79] (n 1) ·" in stream.screen()[0]


def test_it_is_redrawn_five_times_a_second_at_most() -> None:
    clock, stream = Clock(), Terminal()
    progress = Progress(stream=stream, clock=clock)
    progress.begin(1000, 0, 1000)
    for _ in range(1000):
        clock.now += 0.01
        progress.recorded(document(True, None), 1)

    assert 40 <= stream.getvalue().count("\r") <= 51


def test_a_shorter_line_leaves_nothing_of_a_longer_one() -> None:
    clock = Clock()
    progress = half_way(stream := Terminal(), clock)
    progress.say("Stopping.")

    assert stream.screen() == ["Stopping.", ""]


def test_a_narrow_terminal_is_never_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    half_way(stream := Terminal(), Clock())

    assert stream.screen() == ["6/10 episodes (60%) · 1 min 0"]


def test_at_the_end_one_line_stays() -> None:
    clock = Clock()
    with half_way(stream := Terminal(), clock) as progress:
        progress.failed()
        clock.now = 3660

    assert stream.screen() == [
        "6 of 10 episodes played (2 before) in 1 h 01 min · 24 calls · 24.7k tokens · 1 attempt failed · "
        "grounding success 0.50 [0.09, 0.91] (n 2)",
        "",
    ]
    assert "\x1b" not in stream.getvalue()


def test_elsewhere_only_the_last_line_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    play(tmp_path, toy_plan(n=5), Adder(pause=2.0), Settings())
    out, errors = capsys.readouterr()

    assert out == ""
    assert errors.count("\n") == 1
    assert errors.startswith("5 of 5 episodes played in ")
    assert errors.endswith("20 calls · 2.2k tokens · grounding success 1.00 [0.57, 1.00] (n 5)\n")


def test_quiet_is_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(runner, "Progress", lambda quiet: Progress(quiet, stream))
    play(tmp_path, toy_plan(n=5), Adder(pause=2.0), Settings(quiet=True))

    assert (stream.getvalue(), capsys.readouterr()) == ("", ("", ""))


def test_an_error_clears_the_line_and_leaves_the_last_word_to_the_error() -> None:
    stream = Terminal()
    with pytest.raises(ZeroDivisionError), half_way(stream, Clock()):
        raise ZeroDivisionError

    assert stream.screen() == [""]
