"""Progress moves on a terminal and nowhere else, and says what matters: how far, how long still, how well, how fast, at what cost."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmark.results.cells import as_document
from benchmark.results.report import report
from benchmark.running import runner
from benchmark.running.progress import Ahead, Progress
from benchmark.running.runner import Settings
from benchmark.running.tally import GROUNDED, SUCCESS, Tally
from benchmark.views import CONDITIONS, HEADLINE
from benchmark.vocabulary import FolderError
from tests.made_records import MODEL, record, run_of
from tests.screen import terminal
from tests.toy_run import play
from tests.toy_task import Adder, toy_plan

TALLY = {"toy": 1}
SPENT = ("24.7k of 50k tokens", "$0.12 of $5.00")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def document(success: bool, grounded: bool | None, task: str = "toy", **more: Any) -> dict[str, Any]:
    score = {"success": success, "grounding_success": grounded}
    known = {"id": "x", "task": task, "solvable": True, "condition": "private", "outcome": "decided", "seats": {"A": "test:adder"}}
    return {**known, "score": score, **more}


def half_way(stream: Any, clock: Clock, spent: Sequence[str] = SPENT, **ahead: Any) -> Progress:
    """Of 10 episodes 2 were there, 4 are new; 24 of 48 calls are done after a minute."""
    progress, tally = Progress(stream=stream, clock=clock), Tally(TALLY, "test:adder")
    progress.begin(Ahead(planned=10, before=2, work=48, tally=tally, spent=lambda: spent, **ahead))
    for grounded in (True, False, None, None):
        clock.now += 15
        for _ in range(6):
            progress.called("test:adder")
        tally.take(document(True, grounded))
        progress.recorded(6)
    return progress


def shown(columns: int, **ahead: Any) -> list[str]:
    with terminal(columns) as opened:
        half_way(opened.stream, Clock(), **ahead)
        return opened.screen.seen()


def test_two_lines_say_how_far_how_long_how_well_how_fast_and_at_what_cost() -> None:
    assert shown(80, busy=lambda: 7, at_most=64) == [
        "6 of 10 episodes (60%) · 1 min 00 s left · grounded 0.50 [0.09, 0.91] (n 2)",
        "0.4 calls/s, 7 of 64 under way · 24.7k of 50k tokens · $0.12 of $5.00",
    ]


def test_a_narrow_terminal_gets_fewer_words_and_then_fewer_parts_but_never_a_wrapped_line() -> None:
    assert shown(60, busy=lambda: 7, at_most=64) == [
        "6/10 · 1 min 00 s left · grounded 0.50 [0.09, 0.91]",
        "0.4 calls/s · 24.7k of 50k tokens · $0.12 of $5.00",
    ]
    assert shown(30) == ["6/10 · 1 min 00 s left", "0.4 calls/s"]
    assert shown(4) == ["6/1", "0.4"]


def test_the_pace_of_a_model_that_is_held_to_one_stands_beside_its_bound() -> None:
    assert shown(80, per_minute={"test:adder": 30.0})[1].startswith("0.4 of 0.5 calls/s · ")
    assert shown(80, per_minute={"test:other": 30.0})[1].startswith("0 of 0.5 calls/s · ")


def test_the_pace_is_that_of_the_last_half_minute() -> None:
    with terminal(80) as opened:
        progress = half_way(opened.stream, clock := Clock())
        for _ in range(40):
            clock.now += 1
            progress.tick()

        assert opened.screen.seen()[1].startswith("0 calls/s")


def test_it_is_written_twice_a_second_at_most_in_one_piece_and_not_at_all_where_nothing_changed() -> None:
    clock = Clock()
    with terminal(80) as opened:
        progress = Progress(stream=opened.stream, clock=clock)
        progress.begin(Ahead(planned=1000, before=0, work=1000, tally=Tally(TALLY, "")))
        for _ in range(1000):
            clock.now += 0.01
            progress.recorded(1)
        frames = opened.screen.frames
        clock.now += 3600
        progress._rewrite()
        before = len(frames)
        progress._rewrite()

        assert 18 <= before <= 22
        assert len(frames) == before
        assert all(len(frame) == 2 and all(frame) for frame in frames)


def test_a_shorter_line_leaves_nothing_of_a_longer_one() -> None:
    spent = ["1,234 of 5,678 tokens"]
    with terminal(80) as opened:
        progress = half_way(opened.stream, clock := Clock(), spent, busy=lambda: 60, at_most=64)
        opened.resize(60)
        spent.clear()
        clock.now += 1
        progress.tick()
        lines = opened.screen.seen()

    assert [line.rpartition("· ")[2] for line in lines] == ["grounded 0.50 [0.09, 0.91]", "0.387 calls/s, 60 of 64 under way"]


def test_nothing_scrolls_and_the_last_word_is_all_that_stays() -> None:
    clock = Clock()
    with terminal(80) as opened, half_way(opened.stream, clock) as progress:
        progress.say("Stopping.")
        progress.failed()
        opened.resize(60)
        clock.now = 3660

    screen = opened.screen
    assert max(map(len, screen.frames[:-1])) <= 3
    assert screen.seen() == [
        "Stopping.",
        "6 of 10 episodes played (2 before) in 1 h 01 min · 24 calls",
        "24.7k of 50k tokens · $0.12 of $5.00 · 1 attempt failed",
        "grounded 0.50 [0.09, 0.91] (n 2)",
    ]


def test_what_others_write_meanwhile_stays_readable() -> None:
    with terminal(80) as opened:
        progress = half_way(opened.stream, clock := Clock())
        opened.stream.write("\rWarning: something else\r\n")
        clock.now += 5
        progress.tick()
        lines = opened.screen.seen()

    assert lines[0].startswith("Warning: something else")
    assert lines[1].startswith("6 of 10 episodes")
    assert len(lines) == 3


def test_an_error_clears_the_lines_and_leaves_the_last_word_to_the_error() -> None:
    with terminal(80) as opened:
        with pytest.raises(ZeroDivisionError), half_way(opened.stream, Clock()):
            raise ZeroDivisionError

        assert opened.screen.seen() == []


@pytest.mark.parametrize("kind", ["file", "dumb"])
def test_elsewhere_a_plain_line_is_written_once_a_minute(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    if kind == "dumb":
        monkeypatch.setenv("TERM", "dumb")
        monkeypatch.setattr(stream, "isatty", lambda: True)
    progress = half_way(stream, clock := Clock())
    for _ in range(119):
        clock.now += 1
        progress.tick()

    assert stream.getvalue().splitlines() == [
        "6 of 10 episodes (60%) · 1 min 00 s left · grounded 0.50 [0.09, 0.91] (n 2) · 0.4 calls/s · 24.7k of 50k tokens · $0.12 of $5.00",
        "6 of 10 episodes (60%) · 2 min 00 s left · grounded 0.50 [0.09, 0.91] (n 2) · 0 calls/s · 24.7k of 50k tokens · $0.12 of $5.00",
    ]


def test_a_short_run_elsewhere_writes_its_last_line_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    play(tmp_path, toy_plan(n=5), Adder(pause=2.0), Settings())
    out, errors = capsys.readouterr()

    assert out == ""
    assert errors.count("\n") == 1
    assert errors.startswith("5 of 5 episodes played in ")
    assert errors.endswith("20 calls · 2.2k tokens · grounded 1.00 [0.57, 1.00] (n 5)\n")


def test_the_score_is_that_of_the_whole_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    play(tmp_path, toy_plan(n=2), Adder())
    play(tmp_path, toy_plan(n=5), Adder(pause=2.0), Settings())

    assert capsys.readouterr().err.endswith(" · grounded 1.00 [0.57, 1.00] (n 5)\n")


def test_quiet_is_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(80) as opened:
        monkeypatch.setattr(runner, "Progress", lambda quiet: Progress(quiet, opened.stream))
        play(tmp_path, toy_plan(n=5), Adder(pause=2.0), Settings(quiet=True))

        assert (opened.screen.frames, capsys.readouterr()) == ([], ("", ""))


@pytest.mark.parametrize("measure", [GROUNDED, SUCCESS])
def test_the_score_so_far_is_the_one_that_the_report_gives(measure: str) -> None:
    """Two strata, two plays of each world, and a condition beside the headline that must not be mixed in."""
    records = [
        record(
            condition=condition,
            index=index,
            repeat=repeat,
            success=(index + repeat) % 3 > 0,
            grounded=index % 2 == 0,
            solvable=index % 4 > 0,
        )
        for condition in CONDITIONS
        for index in range(12)
        for repeat in range(2)
    ]
    for one in records if measure == SUCCESS else ():
        one["score"] |= {"grounding_success": None, "licensed": {}}
    tally = Tally({"alpha": 2}, MODEL)
    for one in records:
        tally.take(one)
    name, found = tally.score() or ("", None)

    assert found is not None
    key = {GROUNDED: "grounding_success"}.get(measure, measure)
    assert (name, as_document(found)) == (measure, report(run_of(records), iter(records), 0)["tasks"]["alpha"][HEADLINE][key])


def test_means_are_over_tasks_and_grounding_comes_first() -> None:
    tally = Tally({"one": 1, "two": 2}, "test:adder")
    assert tally.score() is None
    for success in (True, False):
        tally.take(document(True, success, "one"))
        tally.take(document(True, success, "two"))
        tally.take(document(True, True, "two"))
        tally.take(document(True, None, "three"))
    name, found = tally.score() or ("", None)

    assert found is not None
    assert (name, found.mean, found.n) == (GROUNDED, (0.5 + 0.75) / 2, 2 + 2)


@pytest.mark.parametrize(
    "change",
    [{"outcome": "leaked"}, {"outcome": "illegal:B", "seats": {"A": "test:adder", "B": "x"}, "calls": [], "rounds": [{"answers": {}}]}],
)
def test_what_says_nothing_of_the_model_is_left_out(change: dict[str, Any]) -> None:
    tally = Tally(TALLY, "test:adder")
    tally.take(document(False, False, **change))

    assert tally.score() is None


def test_a_record_that_is_none_is_a_clear_error() -> None:
    with pytest.raises(FolderError, match="the record x is not one of this version"):
        Tally(TALLY, "").take(document(True, True) | {"score": {}})
