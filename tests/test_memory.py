"""What is kept of earlier rounds: a window that loses nothing is no window, and what is gone is gone from every prompt."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.conformance.voices import Voice, echo, graft, play, scripted
from benchmark.factors import PLAIN, Factors
from benchmark.vocabulary import Completion, Request
from benchmark.worlds import Generated
from tests.toy_task import Toy, toy_plan, toy_records

TOY = Toy.at(3, rounds="5", seats="3")
WORLD = Generated(TOY, 4).world(0)


def numbered(request: Request) -> str:
    """Says which call it is of its seat."""
    if request.schema:
        return '{"answer": 1}'
    return f"{request.kind} {request.round} of {request.seat}, after {len(request.heard)}."


def sent(memory: str, voice: Voice = numbered, condition: str = "private") -> list[Request]:
    return play(TOY, WORLD, condition, voice, factors=Factors(memory=memory))[1].requests


def prompt(request: Request) -> str:
    return "\n".join(content for _, content in request.chat)


@pytest.mark.parametrize("condition", ["private", "omniscient", "silent"])
def test_a_window_over_every_round_sends_what_full_memory_sends(condition: str) -> None:
    full = play(TOY, WORLD, condition, numbered)[1].requests

    assert full == sent("full", condition=condition) == sent("window:4", condition=condition) == sent("window:1000", condition=condition)
    assert [one.chat for one in full] != [one.chat for one in sent("window:3", condition=condition)]


@pytest.mark.parametrize("window", [1, 2])
def test_a_window_shows_its_rounds_and_this_one_alone(window: int) -> None:
    full, bounded = play(TOY, WORLD, "private", numbered)[1].requests, sent(f"window:{window}")

    assert [(one.seat, one.kind, one.round, one.heard, one.view) for one in full] == [
        (one.seat, one.kind, one.round, one.heard, one.view) for one in bounded
    ]
    for whole, one in zip(full, bounded, strict=True):
        for number in range(5):
            words = [f"talk {number} of {seat}" for seat in WORLD.seats] + ([f"Round {number + 1} of 5"] if number else [])
            there = [word for word in words if word in prompt(whole)]
            assert [word for word in words if word in prompt(one)] == (there if number >= one.round - window else [])
        assert one.chat[0][1].startswith(full[0].chat[0][1][:40])
        assert [role for role, _ in one.chat] == ["user", "assistant"] * (len(one.chat) // 2) + ["user"]
        assert ("is not shown any more" in prompt(one)) == (one.round > window)


def test_a_summary_stands_in_the_place_of_what_it_sums_up() -> None:
    requests = sent("summary")
    asked = [one for one in requests if one.kind == "summary"]

    assert [(one.seat, one.round) for one in asked] == [(seat, number) for number in range(1, 5) for seat in WORLD.seats]
    for one in requests:
        earlier = [word for word in (f"talk {number} of" for number in range(one.round)) if word in prompt(one)]
        if one.kind == "summary":
            assert earlier == [f"talk {one.round - 1} of"]
        else:
            assert earlier == []
            told = [f"summary {number} of {one.seat}," in prompt(one) for number in range(1, 5)]
            assert told == [number == one.round for number in range(1, 5)]
    assert max(len(one.chat) for one in requests) < max(len(one.chat) for one in sent("full"))


def test_a_long_summary_is_cut_and_nobody_else_reads_it() -> None:
    def long(request: Request) -> str:
        return (
            f"<think>never</think>{' '.join(f'{request.seat}{n}' for n in range(400))}" if request.kind == "summary" else numbered(request)
        )

    requests = sent("summary", long)
    for one in requests:
        if one.kind != "summary" and one.round:
            assert f"{one.seat}0 " in prompt(one)
            assert not any(f"{other}0 " in prompt(one) for other in WORLD.seats if other != one.seat)
            assert f"{one.seat}200" not in prompt(one)
            assert "never" not in prompt(one)


def test_a_summary_that_is_refused_is_blamed_on_its_author() -> None:
    def refusing(request: Request) -> str | Completion:
        return Completion("", finish="filter") if (request.kind, request.seat) == ("summary", "B") else numbered(request)

    assert play(TOY, WORLD, "private", refusing, factors=Factors(memory="summary"))[0].outcome == "refused:B"


@pytest.mark.parametrize("memory", ["window:1", "summary"])
def test_what_others_hold_changes_no_field_of_any_request(memory: str) -> None:
    for seat, (one, other) in zip(WORLD.seats, ((1, 2), (3, 4), (5, 6)), strict=True):
        world, donor = (Generated(TOY, seed).world(0) for seed in (one, other))
        voices = {s: echo if s == seat else scripted(["I see.", "No. (ready)"]) for s in world.seats}
        arms = [play(TOY, each, "private", voices, factors=Factors(memory=memory))[1] for each in (world, graft(world, donor, seat))]
        for before, after in itertools.zip_longest(*(arm.sent_to(seat) for arm in arms)):
            assert before == after


def test_summaries_are_on_record_and_counted_beforehand() -> None:
    plan = toy_plan(n=1, factors=Factors(memory="summary"))
    [record] = toy_records(plan)

    assert [call["kind"] for call in record["calls"]].count("summary") == 0, "one round leaves nothing to sum up"
    many = Toy.at(3, rounds="3")
    from benchmark.running.plan import calls

    private = toy_plan().conditions[0]
    assert calls(many, private, False, Factors(memory="summary")) == calls(many, private, False, PLAIN) + 2 * 2


def test_a_run_with_a_window_is_verified(tmp_path: Path) -> None:
    words = ("run", "--model", "reference:honest", "--task", "tests.toy_task:Toy", "--n", "1", "--memory", "window:1", "--quiet")
    refused = CliRunner().invoke(main, [*words, "--out", str(tmp_path / "run")])

    assert refused.exit_code == 2, json.dumps(refused.output)
    assert "leave it out" in " ".join(refused.output.split())
