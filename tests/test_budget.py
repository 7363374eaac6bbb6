"""A cap bounds what a run folder spends, over all its sittings; what stays within it is finished, and a higher cap goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmark.prices import Price, Prices
from benchmark.records import Document
from benchmark.running import runner
from benchmark.running.budget import Budget, Caps, Spent
from benchmark.running.folder import RunFolder, read_attempts, read_episodes, read_run
from benchmark.running.plan import Plan
from benchmark.running.runner import Outcome, Settings
from benchmark.vocabulary import Completion, FolderError, Request, Usage, UsageError
from tests.toy_run import Instant, Telling, assert_complete, recorded
from tests.toy_task import Adder, toy_plan

DOLLAR: Prices = {"test:adder": Price(10_000.0, 10_000.0, 0.0)}
"""A call of an Adder takes 100 tokens and 10, so one dollar; an episode of the toy takes four calls."""


class Silent(Adder):
    """An engine that reports no tokens."""

    async def reply(self, request: Request) -> Completion:
        return Completion((await super().reply(request)).text)


def play(path: Path, plan: Plan, model: Adder, caps: Caps, prices: Prices = DOLLAR, in_flight: int = 4, **given: Any) -> Outcome:
    async def sitting() -> Outcome:
        with RunFolder.open(path, plan, model.details, prices=prices) as folder:
            return await runner.run(plan, {plan.model: model}, folder, Settings(in_flight, quiet=True, caps=caps, **given))

    with asyncio.Runner(loop_factory=Instant) as loop:
        return loop.run(sitting())


def budget(caps: Caps, spent: Spent | None = None, estimate: int = 300) -> Budget:
    use = {"test:adder": Usage(estimate, 0, 0)}
    return Budget(caps, DOLLAR, spent or Spent(), lambda planned: use)


def record(cost: int) -> Document:
    call = {"seat": "A", "usage": {"prompt": 100 * cost, "cached": 0, "completion": 0}}
    return {"id": "x", "task": "toy", "level": 3, "condition": "private", "seats": {"A": "test:adder", "B": "test:adder"}, "calls": [call]}


def spent(*costs: int) -> Spent:
    total = Spent()
    for one in costs:
        total.episode(record(one))
    return total


def answered(budget: Budget, planned: Any, dollars: int) -> None:
    budget.called(planned, "A", Usage(100 * dollars), estimated=False)


def test_the_first_of_a_kind_begins_and_the_next_waits_for_what_it_is_expected_to_take() -> None:
    one, two, *_ = toy_plan().episodes()
    ledger = budget(Caps(cost=3.0))

    assert ledger.allows(one)
    ledger.begin(one)
    assert not ledger.allows(two)  # the estimate says that the first takes all three dollars
    answered(ledger, one, 1)
    ledger.end(one, finished=True)
    assert (ledger.cost, ledger.tokens) == (1.0, 100)
    assert ledger.allows(two)


def test_what_live_episodes_are_still_to_take_is_set_aside() -> None:
    one, two, three, _ = toy_plan().episodes()
    ledger = budget(Caps(cost=10.0), spent(2, 4))

    assert ledger.allows(one)
    ledger.begin(one)
    assert not ledger.allows(two)  # 6 spent, 3 to come, and 3 more would be 12
    answered(ledger, one, 1)
    ledger.end(one, finished=False)
    assert ledger.cost == 7.0
    assert ledger.allows(two)  # the failed one says nothing of what others take
    ledger.begin(two)
    answered(ledger, two, 3)
    assert ledger.reached
    assert not ledger.allows(three)


def test_earlier_sittings_and_failures_count() -> None:
    before = spent(2, 2)
    before.attempt({"id": "x", "usage": {"test:adder": {"prompt": 500, "cached": 0, "completion": 1}}})
    before.attempt({"id": "x", "when": "long ago", "what": "503", "retried": True})
    planned = next(toy_plan().episodes())

    assert not budget(Caps(cost=10.9), before).allows(planned)
    assert budget(Caps(cost=11.0), before).allows(planned)
    assert budget(Caps(tokens=901), before).reached
    assert not budget(Caps(tokens=902), before).reached


@pytest.mark.parametrize("wrong", [{"cost": 0.0}, {"cost": -1.0}, {"cost": float("nan")}, {"cost": float("inf")}, {"tokens": 0}])
def test_a_cap_is_an_amount(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="--max-"):
        Caps(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("cap", [4, 7, 8, 39, 41.5, 160])
def test_a_run_ends_within_its_cap_and_the_same_cap_begins_nothing(tmp_path: Path, cap: float) -> None:
    plan, model = toy_plan(n=40), Adder(pause=1.0)
    outcome = play(tmp_path, plan, model, Caps(cost=cap))
    again = Adder()

    assert model.calls == 4 * outcome.played <= cap  # nothing was cut, as all episodes take as much as each other
    assert outcome.played == cap // 4
    assert (outcome.stopped, outcome.capped) == (cap < 160, cap < 160)
    if cap < 160:
        assert "Give a higher --max-cost to go on." in outcome.note
        assert f"${4 * outcome.played:.2f} of ${cap:.2f}" in outcome.note
        ended = play(tmp_path, plan, again, Caps(cost=cap))
        assert (again.calls, ended.played, ended.note) == (0, 0, outcome.note)

    more = play(tmp_path, plan, again, Caps(cost=10 * cap))
    assert more.played == min(40, 10 * cap // 4) - outcome.played


def test_a_cap_on_tokens_holds_without_any_price(tmp_path: Path) -> None:
    plan, model = toy_plan(n=40), Adder(pause=1.0)
    outcome = play(tmp_path, plan, model, Caps(tokens=5000), prices={"test:adder": None})

    assert model.calls == 4 * outcome.played == 4 * (5000 // 440)
    assert "--max-tokens-total" in outcome.note
    assert play(tmp_path, plan, Adder(), Caps(tokens=10**6), prices={"test:adder": None}).complete


def test_where_more_is_taken_than_expected_the_cap_cuts_what_is_live(tmp_path: Path) -> None:
    """Calls grow dearer and dearer; those in flight when the cap is reached are all that can pass it."""
    plan = toy_plan(n=40)

    class Dearer(Adder):
        async def reply(self, request: Request) -> Completion:
            completion = await super().reply(request)
            return Completion(completion.text, usage=Usage(100 * self.calls))

    model = Dearer(pause=1.0)
    outcome = play(tmp_path, plan, model, Caps(cost=100.0))
    cut = [one for one in read_attempts(tmp_path) if one.get("cut")]
    on_record = sum(one["cost"] for one in [*read_episodes(tmp_path), *read_attempts(tmp_path)])

    assert outcome.capped
    assert model.in_flight == 0
    assert cut
    assert 100.0 <= on_record <= 100.0 + 4 * model.calls  # the call that reached the cap, and those answered in the same moment
    assert f"${on_record:.2f} of $100.00" in outcome.note
    silent = Adder()
    assert play(tmp_path, plan, silent, Caps(cost=100.0)).played == silent.calls == 0
    assert play(tmp_path, plan, Adder(), Caps(cost=10_000.0)).complete
    assert len(set(recorded(tmp_path))) == 40


def test_an_episode_whose_last_call_reaches_the_cap_is_kept(tmp_path: Path) -> None:
    outcome = play(tmp_path, toy_plan(n=1), Adder(pause=1.0), Caps(cost=4.0), in_flight=1)

    assert (outcome.complete, outcome.stopped, outcome.note) == (True, False, "")


def test_failed_attempts_are_spent_money(tmp_path: Path) -> None:
    plan = toy_plan(n=10)
    failing = Telling(tell=lambda _: Completion("", finish="error", note="503") if failing.calls % 4 == 0 and failing.calls <= 12 else None)
    outcome = play(tmp_path, plan, failing, Caps(cost=20.0), in_flight=1)
    attempts = list(read_attempts(tmp_path))

    assert [(one["cost"], one["tokens"], one["usage"]) for one in attempts] == [
        (3.0, 330, {"test:adder": {"prompt": 300, "cached": 0, "completion": 30}})
    ] * 3
    assert outcome.played == 2  # 9 of 20 dollars went into failures, 8 into episodes, and 4 more would be too many
    assert play(tmp_path, plan, Adder(), Caps(cost=20.0)).played == 0
    play(tmp_path, plan, Adder(), Caps(cost=100.0))
    assert_cost(tmp_path, 40.0)


def assert_cost(path: Path, dollars: float) -> None:
    documents = list(read_episodes(path))
    assert sum(one["cost"] for one in documents) == pytest.approx(dollars)
    assert all(one["cost"] == 4.0 for one in documents)


def test_without_reported_tokens_characters_are_counted_and_the_note_says_so(tmp_path: Path) -> None:
    """What a folder holds counts as much in the next sitting as it did in the first."""
    plan, model = toy_plan(n=40), Silent(pause=1.0)
    outcome = play(tmp_path, plan, model, Caps(tokens=6000))
    again = Silent()
    ended = play(tmp_path, plan, again, Caps(tokens=6000))

    assert 0 < outcome.played < 40
    assert outcome.note.count("a quarter of their characters") == 1
    assert (again.calls, ended.note) == (0, outcome.note)
    assert all(call["usage"] == {"prompt": 0, "cached": 0, "completion": 0} for one in read_episodes(tmp_path) for call in one["calls"])
    assert play(tmp_path, plan, Silent(), Caps(tokens=10**6)).complete


def test_other_prices_are_allowed_later_and_both_are_on_record(tmp_path: Path) -> None:
    plan = toy_plan(n=4)
    play(tmp_path, plan, Adder(), Caps(cost=8.0))
    dearer = {"test:adder": Price(20_000.0, 20_000.0, 0.0)}
    outcome = play(tmp_path, plan, Adder(), Caps(cost=16.0), prices=dearer)
    run = read_run(tmp_path)

    assert outcome.played == 0  # by what is known now, the 800 tokens of the first sitting have cost 16 dollars
    assert run["prices"]["test:adder"]["prompt"] == 20_000.0
    assert [one["prices"]["test:adder"]["prompt"] for one in run["earlier"]] == [10_000.0]


def test_without_caps_or_prices_a_run_is_what_it_was(tmp_path: Path) -> None:
    plan = toy_plan(n=5)
    play(tmp_path, plan, Adder(), Caps(), prices={"test:adder": None})

    assert_complete(tmp_path, plan)
    assert {"run.json", "episodes.jsonl", "attempts.jsonl", ".lock"} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize("usage", [{"m": {"prompt": -1, "cached": 0, "completion": 0}}, {"m": {}}, {"m": 3}, [1]])
def test_a_failed_attempt_with_impossible_tokens_is_named(usage: Mapping[str, object]) -> None:
    with pytest.raises(FolderError, match="attempt at here"):
        Spent().attempt({"id": "here", "usage": usage})
