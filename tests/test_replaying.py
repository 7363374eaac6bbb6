"""A partner that is held constant: what it said on record, until a commit makes a difference to what it knows."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import models
from benchmark import api
from benchmark.answers import write_answer
from benchmark.api.replaying import Given, Held
from benchmark.cli import main
from benchmark.conformance.voices import play
from benchmark.factors import Factors
from benchmark.vocabulary import Completion, ConnectError, Request, Sampling, UsageError
from benchmark.worlds import Generated
from models.reference import Player, none
from models.spec import parse_spec
from tests.toy_task import Toy


def bench(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def run(out: Path, *words: str | Path) -> list[dict[str, object]]:
    code, output = bench("run", "--task", "mutual_friend", "--n", "3", "--quiet", "--out", out, *words)
    assert code == 0, output
    return [json.loads(line) for line in (out / "episodes.jsonl").read_text().splitlines()]


def words_of(record: dict[str, object], seat: str) -> list[str]:
    return [call["raw"] for call in record["calls"] if call["seat"] == seat]  # type: ignore[attr-defined]


def test_a_partner_says_the_same_in_every_arm_whatever_it_hears(tmp_path: Path) -> None:
    """One model after another, under one label or the other, meets the very words that were recorded."""
    recorded = run(tmp_path / "first", "--model", "reference:honest", "--condition", "private")
    spec = f"replay:{tmp_path / 'first'}?then=reference:none"
    for model, arm in (("reference:mute", ()), ("reference:parrot", ("--label", "ai")), ("reference:dump", ("--history", "past"))):
        out = tmp_path / model.replace(":", "-")
        played = run(out, "--model", model, "--partner", spec, "--condition", "private", *arm)
        for record in played:
            before = next(one for one in recorded if one["index"] == record["index"])
            [held] = [seat for seat, name in record["seats"].items() if name == spec]  # type: ignore[attr-defined]
            said, then = words_of(record, held), words_of(before, held)
            talk = [text for text in said[:-1] if text]
            assert said[-1] == then[-1], "the commit on record"
            assert talk == then[: len(talk)]
            assert talk
        assert bench("verify", out)[0] == 0


def test_what_is_not_on_record_is_left_to_the_policy(tmp_path: Path) -> None:
    """Other worlds, another channel, more turns than there were."""
    run(tmp_path / "first", "--model", "reference:mute", "--condition", "private")
    spec = f"replay:{tmp_path / 'first'}?then=reference:none"
    typed = run(tmp_path / "typed", "--model", "reference:honest", "--partner", spec, "--condition", "private", "--channel", "typed")
    seeded = run(tmp_path / "seeded", "--model", "reference:honest", "--partner", spec, "--condition", "private", "--seed", "9")

    for record in (*typed, *seeded):
        [held] = [seat for seat, name in record["seats"].items() if name == spec]  # type: ignore[attr-defined]
        assert record["rounds"][0]["answers"][held] is None  # type: ignore[index]


def test_the_policy_takes_over_at_the_first_commit_that_makes_a_difference() -> None:
    """In the toy each seat learns what the seat before it committed to: another commit of A in round 1 changes what B does in round 2."""
    task = Toy.at(3, rounds="3")
    world = Generated(task, 4).world(0)
    recorded = play(task, world, "private", lambda one: write_answer(5) if one.schema else f"Turn {len(one.heard)}.")[1].requests
    given = {
        (one.seat, one.round, one.kind, one.seed): Given(one.view.facts, one.channel, Completion("on record " + write_answer(5)))
        for one in recorded
        if one.seat == "B"
    }
    held = Held(parse_spec("replay:x?then=reference:none"), given, Player("reference:none", none, {}), {})

    def reply(request: Request) -> Completion:
        """Neither what is on record nor a reference player ever waits."""
        try:
            held.complete(request, Sampling()).send(None)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        raise AssertionError

    for first_differs in range(4):
        said: list[tuple[int, bool]] = []

        def voice(request: Request, differs: int = first_differs, said: list[tuple[int, bool]] = said) -> Completion:
            if request.seat == "A":
                return Completion(write_answer(6 if request.round >= differs else 5) if request.schema else "Other words.")
            found = reply(request)
            said.append((request.round, found.text.startswith("on record")))
            return found

        with_policy = play(task, world, "private", voice)[0]
        assert with_policy.outcome == "decided"
        assert said
        assert all(recorded_words == (number <= first_differs) for number, recorded_words in said)


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ("then=reference:nobody", UsageError, "no reference player"),
        ("then=reference:honest&condition=solo", UsageError, "no condition of that run"),
        ("then=reference:honest&model=openai:x", ConnectError, "holds no call of openai:x"),
        ("after=reference:honest", UsageError, "no option"),
    ],
)
def test_a_replay_that_cannot_be_is_refused(tmp_path: Path, options: str, error: type[Exception], said: str) -> None:
    run(tmp_path / "first", "--model", "reference:mute", "--condition", "private")

    async def opened() -> None:
        async with models.connect(parse_spec(f"replay:{tmp_path / 'first'}?{options}")):
            pass

    with pytest.raises(error, match=said):
        asyncio.run(opened())


def test_several_conditions_must_be_told_apart(tmp_path: Path) -> None:
    run(tmp_path / "first", "--model", "reference:mute", "--condition", "private", "--condition", "mindreader")

    async def opened(more: str) -> Completion:
        async with models.connect(parse_spec(f"replay:{tmp_path / 'first'}?then=reference:honest{more}")) as model:
            return await model.complete(request, Sampling())

    world = Generated(api.make_task("mutual_friend", 3), 0).world(0)
    [request, *_] = play(api.make_task("mutual_friend", 3), world, "mindreader", lambda one: "", factors=Factors())[1].requests
    assert isinstance(request, Request)
    with pytest.raises(UsageError, match="condition=NAME"):
        asyncio.run(opened(""))
    assert asyncio.run(opened("&condition=mindreader")).finish == "stop"
