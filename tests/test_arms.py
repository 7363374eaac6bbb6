"""Two arms on the same worlds: what is counted in each, and that differences are those of pairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.results import arms
from benchmark.results.arms import MEASURES, Play, asked_again, compared, contradictions
from benchmark.vocabulary import Claim

SLOT, OTHER = ("day", "A"), ("day", "B")


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([Claim("ask", SLOT, None, "A", 0)], 0),
        ([Claim("ask", SLOT, None, "A", 0), Claim("ask", SLOT, None, "A", 2)], 1),
        ([Claim("ask", SLOT, None, "A", 0), Claim("ask", SLOT, None, "A", 0)], 0),
        ([Claim("ask", SLOT, None, "A", 0), Claim("ask", OTHER, None, "A", 2)], 0),
        ([Claim("ask", SLOT, "x", "A", 0), Claim("ask", SLOT, "y", "A", 2)], 0),
        ([Claim("affirm", SLOT, "x", "B", 1), Claim("ask", SLOT, None, "A", 2)], 1),
        ([Claim("affirm", SLOT, "x", "B", 1), Claim("ask", SLOT, "y", "A", 2)], 0),
        ([Claim("affirm", SLOT, "x", "A", 1), Claim("ask", SLOT, None, "A", 2)], 0),
        ([Claim("ask", SLOT, None, "B", 1), Claim("ask", SLOT, None, "B", 3)], 0),
    ],
)
def test_a_question_is_asked_again_if_it_was_asked_or_answered_before(claims: list[Claim], expected: int) -> None:
    assert asked_again(claims, ["A"]) == expected


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([Claim("affirm", SLOT, "x", "A"), Claim("affirm", SLOT, "x", "A")], 0),
        ([Claim("affirm", SLOT, "x", "A"), Claim("affirm", SLOT, "y", "A")], 1),
        ([Claim("affirm", SLOT, "x", "A"), Claim("exclude", SLOT, "x", "A")], 1),
        ([Claim("affirm", SLOT, "x", "A"), Claim("exclude", SLOT, "y", "A")], 0),
        ([Claim("affirm", SLOT, "x", "A"), Claim("affirm", SLOT, "y", "B")], 0),
        ([Claim("ask", SLOT, "x", "A"), Claim("affirm", SLOT, "y", "A")], 0),
    ],
)
def test_a_contradiction_is_one_seats_own(claims: list[Claim], expected: int) -> None:
    assert contradictions(claims, ["A"]) == expected


def plays(*successes: float, tokens: float = 10.0, skip: int = 99) -> list[Play]:
    return [
        Play(f"t/3/private/{n}/0/AB", "t", "private", (3, n), True, (won, tokens + n, 5.0, 0.0, 1.0))
        for n, won in enumerate(successes)
        if n != skip
    ]


def test_differences_are_those_of_pairs_that_both_arms_have() -> None:
    rows = {row["measure"]: row for row in compared(plays(0, 0, 1, 1, 0, 0), plays(1, 1, 1, 1, 1, 0, tokens=13.0, skip=5))}

    assert list(rows) == list(MEASURES)
    assert {row["n"] for row in rows.values()} == {5}
    assert rows["success"]["mean"] == pytest.approx(3 / 5)
    assert rows["success"]["p"] == pytest.approx(2 * 0.5**3)
    assert (rows["success"]["first"], rows["success"]["second"]) == (0.4, 1.0)
    assert (rows["tokens"]["mean"], rows["tokens"]["low"], rows["tokens"]["high"]) == (3.0, 3.0, 3.0)
    assert rows["contradictions"]["mean"] == 0


def test_an_episode_that_says_nothing_of_the_tested_model_is_no_play() -> None:
    record = {"outcome": "leaked", "seats": {"A": "x", "B": "x"}}

    assert arms.play_of(record, "x", []) is None


def bench(*words: str | Path) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_compare_shows_the_paired_differences_of_two_arms(tmp_path: Path) -> None:
    """A player that does not read labels is the same under each; and one that forgets differs from itself nowhere."""
    run = ("run", "--model", "reference:forgetful?p=0.4", "--task", "mutual_friend", "--condition", "private", "--n", "5", "--quiet")
    for name, more in (("talk", ()), ("ai", ("--label", "ai")), ("typed", ("--channel", "typed")), ("other", ("--seed", "4"))):
        bench(*run, *more, "--out", tmp_path / name)
    shown = bench("compare", tmp_path / "talk", tmp_path / "ai")
    found = json.loads(bench("compare", tmp_path / "talk", tmp_path / "typed", "--json"))["arms"]

    assert "label=ai minus default" in shown
    assert "Grounding is not measured" not in shown
    assert max(map(len, shown.splitlines())) <= 80 + len(str(tmp_path))
    assert (found["first"], found["second"]) == ("default", "channel=typed")
    assert [(row["measure"], row["mean"], row["n"]) for row in found["differences"]] == [(measure, 0, 5) for measure in MEASURES]
    assert not any("ground" in key for row in found["differences"] for key in row)
    assert "by construction" in found["ungrounded"]
    assert "arms" not in json.loads(bench("compare", tmp_path / "talk", tmp_path / "other", "--json"))
