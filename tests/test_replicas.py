"""Replicas that end, fall silent and come back, without a cluster: each episode is recorded once, and what was spent is known."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

import models
from benchmark import api
from benchmark.api import replicas as module
from benchmark.api.cluster import joined
from benchmark.api.replica import Opened, Replica, Share
from benchmark.api.replicas import Gone, Replicas, Unreachable
from benchmark.prices import Price
from benchmark.records import canonical
from benchmark.running import runner
from benchmark.running.budget import Caps
from benchmark.running.elsewhere import Call, End, News, Unit
from benchmark.running.folder import RunFolder, read_attempts, read_episodes
from benchmark.running.plan import Plan
from benchmark.running.runner import Outcome, Settings
from benchmark.running.stopping import Stop
from benchmark.vocabulary import ConnectError, UsageError
from models.spec import parse_spec
from tests.toy_task import toy_plan

MODEL = "reference:honest"


@dataclass
class Near:
    """A replica in this process; ``before`` and ``after`` see every question, and may raise what a network does."""

    share: Share
    before: Callable[[Sequence[Unit]], Any] = lambda _: None
    after: Callable[[News], Any] = lambda _: None
    opens: Callable[[Opened], Opened] = lambda opened: opened
    killed: bool = False
    asked: int = 0
    replica: Replica = field(init=False)

    def __post_init__(self) -> None:
        self.replica = Replica(self.share)

    async def here(self) -> str:
        return "near"

    async def open(self) -> Opened:
        return self.opens(await self.replica.open())

    async def news(self, arrived: int, units: Sequence[Unit], dropped: Sequence[str]) -> News:
        self.asked += 1
        if (waiting := self.before(units)) is not None:
            await waiting
        news = await self.replica.news(arrived, units, dropped)
        self.after(news)
        return news

    async def close(self) -> None:
        await self.replica.close()

    def kill(self) -> None:
        self.killed = True


def plan_of(n: int = 12) -> Plan:
    return replace(toy_plan("private", "silent", n=n), model=MODEL)


def share_of(plan: Plan) -> Share:
    return Share(plan, [parse_spec(MODEL)], {MODEL: Price(1.0, 1.0, 1.0)}, 2)


def play(path: Path, plan: Plan, launch: Callable[[], Near], number: int = 1, **given: Any) -> Outcome:
    """One sitting with ``number`` replicas of three episodes each."""

    tell, stop = given.pop("tell", lambda _: None), given.pop("stop", None)

    async def sitting() -> Outcome:
        every = Replicas(launch, number, 3, tell)
        try:
            await every.open()
            with RunFolder.open(path, plan, {}, prices={MODEL: Price(1.0, 1.0, 1.0)}) as folder:
                return await runner.run(plan, every, folder, Settings(quiet=True, **given), stop)
        finally:
            await every.close()

    return asyncio.run(asyncio.wait_for(sitting(), 60))


def lines(path: Path) -> list[str]:
    return sorted(map(canonical, read_episodes(path)))


@pytest.fixture
def expected(tmp_path: Path) -> list[str]:
    """What a run in this process leaves."""

    async def sitting() -> None:
        async with models.connect(parse_spec(MODEL)) as model:
            with RunFolder.open(tmp_path / "alone", plan_of(), {}, prices={MODEL: Price(1.0, 1.0, 1.0)}) as folder:
                await runner.run(plan_of(), {MODEL: model}, folder, Settings(quiet=True))

    asyncio.run(sitting())
    return lines(tmp_path / "alone")


def test_the_records_are_those_of_a_run_in_one_process(tmp_path: Path, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(RunFolder, "called", lambda self, episode, *_: told.append(episode))
    outcome = play(tmp_path / "run", plan_of(), lambda: Near(share_of(plan_of())), 3)

    assert outcome == Outcome(planned=24, before=0, played=24, errors=0, stopped=False)
    assert lines(tmp_path / "run") == expected
    assert len(told) == sum(len(document["calls"]) for document in read_episodes(tmp_path / "run"))


def test_what_a_lost_replica_had_is_played_by_others(tmp_path: Path, expected: list[str]) -> None:
    made: list[Near] = []

    def launch() -> Near:
        def ends(_: object) -> None:
            if number < 2 and made[number].asked == 2:
                raise Gone("killed")

        number = len(made)
        made.append(Near(share_of(plan_of()), before=ends))
        return made[-1]

    outcome = play(tmp_path / "run", plan_of(), launch, 2)
    attempts = list(read_attempts(tmp_path / "run"))

    assert outcome.complete
    assert lines(tmp_path / "run") == expected
    assert {attempt["what"] for attempt in attempts} == {"the replica on near was lost"}
    assert len(attempts) <= 6
    assert [near.killed for near in made[:2]] == [True, True]


@pytest.mark.parametrize("after", [False, True])
def test_a_replica_that_cannot_be_reached_for_a_while_loses_no_record(
    tmp_path: Path, expected: list[str], after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the question or its answer was lost."""
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.01)
    asked = 0

    def fails(_: object) -> None:
        nonlocal asked
        asked += 1
        if asked in (1, 3, 4):
            raise Unreachable("no route")

    def launch() -> Near:
        return Near(share_of(plan_of()), after=fails) if after else Near(share_of(plan_of()), before=fails)

    assert play(tmp_path / "run", plan_of(), launch, attempts=1).complete
    assert lines(tmp_path / "run") == expected


@pytest.mark.parametrize("number", [1, 2])
def test_what_comes_late_counts_if_it_is_first_and_is_noted_if_not(
    tmp_path: Path, expected: list[str], number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SILENCE_SECONDS", 0.3)
    made: list[Near] = []

    def launch() -> Near:
        async def sleep() -> None:
            await asyncio.sleep(0.6)

        slow = not made
        made.append(Near(share_of(plan_of())))
        made[-1].before = lambda units: sleep() if slow and made[0].asked in (2, 3) else None
        return made[-1]

    outcome = play(tmp_path / "run", plan_of(), launch, number)

    assert outcome.complete
    assert lines(tmp_path / "run") == expected
    assert len(made) == number
    assert number == 2 or not any("was not first" in attempt["what"] for attempt in read_attempts(tmp_path / "run"))


def silent_after_work(monkeypatch: pytest.MonkeyPatch) -> tuple[Callable[[], Near], asyncio.Event]:
    """The first replica plays at once what it is given, and its answer arrives only when the event is set."""
    monkeypatch.setattr(module, "SILENCE_SECONDS", 0.1)
    made: list[Near] = []
    release = asyncio.Event()

    class Late(Near):
        async def news(self, arrived: int, units: Sequence[Unit], dropped: Sequence[str]) -> News:
            news = await super().news(arrived, units, dropped)
            if not units:
                return news
            while not all(any(isinstance(event, End) and event.id == unit.id for event in news.events) for unit in units):
                news = await super().news(arrived, [], [])
            await release.wait()
            return news

    def launch() -> Near:
        made.append((Near if made else Late)(share_of(plan_of(3))))
        return made[-1]

    return launch, release


def test_calls_of_an_episode_that_others_finished_first_are_counted_as_wasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(3)
    launch, release = silent_after_work(monkeypatch)
    recorded = 0
    append = RunFolder.append

    def noticing(self: RunFolder, document: Any) -> None:
        nonlocal recorded
        append(self, document)
        recorded += 1
        if recorded == len(plan) - 1:
            release.set()

    monkeypatch.setattr(RunFolder, "append", noticing)
    outcome = play(tmp_path / "run", plan, launch, 2)
    attempts = list(read_attempts(tmp_path / "run"))
    used = [canonical(call["usage"]) for document in read_episodes(tmp_path / "run") for call in document["calls"]]

    assert outcome.complete
    assert sum("has not answered" in attempt["what"] for attempt in attempts) >= 1
    assert all(attempt["cut"] for attempt in attempts)
    assert used
    for attempt in attempts:
        assert (attempt["tokens"] > 0) == ("was not first" in attempt["what"]), attempt


def test_an_episode_that_ends_every_replica_is_given_up(tmp_path: Path) -> None:
    plan = plan_of(3)
    poison = next(plan.episodes()).id

    def ends(units: Sequence[Unit]) -> None:
        if any(unit.id == poison for unit in units):
            raise Gone("out of memory")

    outcome = play(tmp_path / "run", plan, lambda: Near(share_of(plan), before=ends), 2, attempts=1)

    assert not outcome.complete
    assert poison not in {document["id"] for document in read_episodes(tmp_path / "run")}


def test_replicas_that_all_end_stop_the_run_resumably(tmp_path: Path) -> None:
    def ends(_: object) -> None:
        raise Gone("no memory")

    outcome = play(tmp_path / "run", plan_of(3), lambda: Near(share_of(plan_of(3)), before=ends), 2)

    assert outcome.stopped
    assert "no memory" in outcome.note
    assert play(tmp_path / "run", plan_of(3), lambda: Near(share_of(plan_of(3)))).complete


def test_no_replica_at_all_is_an_error_and_not_tried_for_ever(tmp_path: Path) -> None:
    begun = 0

    def launch() -> Near:
        nonlocal begun
        begun += 1
        return Near(share_of(plan_of()), opens=lambda opened: replace(opened, problem="no weights"))

    with pytest.raises(ConnectError, match="on near: no weights"):
        play(tmp_path / "run", plan_of(), launch, 2)

    assert begun == 2
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("unlike", "words"),
    [({"version": "0.0.1"}, "Parley is 0.0.1 there"), ({"revision": "of last week"}, "the revision of reference:honest")],
)
def test_a_replica_that_is_not_like_the_others_is_left_out(tmp_path: Path, expected: list[str], unlike: dict[str, str], words: str) -> None:
    told: list[str] = []
    made = 0

    def odd(opened: Opened) -> Opened:
        model = replace(opened.models[MODEL], details={"revision": unlike.get("revision")})
        return replace(opened, version=unlike.get("version", opened.version), models={MODEL: model})

    def launch() -> Near:
        nonlocal made
        made += 1
        return Near(share_of(plan_of()), opens=odd if made == 2 else lambda opened: opened)

    outcome = play(tmp_path / "run", plan_of(), launch, 2, tell=told.append)

    assert outcome.complete
    assert lines(tmp_path / "run") == expected
    assert len(told) == 1
    assert words in told[0]


def test_a_cap_holds_over_all_replicas(tmp_path: Path) -> None:
    plan = plan_of(40)
    outcome = play(tmp_path / "run", plan, lambda: Near(share_of(plan)), 2, caps=Caps(tokens=4_000))

    assert outcome.capped
    assert 0 < outcome.played < len(plan)


def test_stopping_begins_nothing_more_and_finishes_what_is_live(tmp_path: Path) -> None:
    plan, stop = plan_of(40), Stop()

    def stops(news: News) -> None:
        if any(isinstance(event, Call) for event in news.events):
            stop.drain()

    outcome = play(tmp_path / "run", plan, lambda: Near(share_of(plan), after=stops), stop=stop)

    assert 0 < outcome.played <= 3 + 3
    assert outcome.stopped
    assert [] == list(read_attempts(tmp_path / "run"))


def test_halting_leaves_live_episodes_unfinished(tmp_path: Path) -> None:
    plan, stop = plan_of(40), Stop()

    assert play(tmp_path / "run", plan, lambda: Near(share_of(plan), before=lambda _: stop.halt()), stop=stop).stopped


@pytest.mark.parametrize("address", ["", "ray://head:10001", "head:port", "http://x"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="--ray takes auto, local or HOST:PORT"), joined(address):
        pass


def test_a_person_plays_on_no_cluster_and_replicas_need_one() -> None:
    with pytest.raises(UsageError, match="leave --ray out"):
        api.run(api.Wish(model="human"), settings=Settings(ray="local"))
    with pytest.raises(UsageError, match="--ray ADDRESS"):
        Settings(replicas=2)


def test_without_ray_the_line_that_installs_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'parley-bench\[ray\]'"), suppress(ConnectError), joined("local"):
        pass
