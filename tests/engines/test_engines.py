"""Both local engines, held to the same: seeds, prompts, contexts apart, faults that stay in their own episode."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmark.api.engines import prompts
from benchmark.conformance.findings import FAILED, NOTED, Finding
from benchmark.conformance.models import CHECKS, check
from benchmark.conformance.probing import Probe
from benchmark.vocabulary import Model, Request, Sampling
from models.rendering import Rendering
from tests.engines.conftest import SAMPLING, Wait, belongs, completed, openings, planned, played, posted

Read = list[tuple[int, ...]]


@pytest.fixture(params=["vllm", "hf"])
def engine(request: pytest.FixtureRequest) -> Any:
    """Each local engine in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def rendering(tiny: Path) -> Rendering:
    from transformers import AutoTokenizer

    return Rendering.of(AutoTokenizer.from_pretrained(tiny))


@contextmanager
def listening(engine: Any, read: Read) -> Iterator[None]:
    """Notes every prompt that reaches the model itself, behind all code of ours that could mix them up."""
    inner, name = (engine._engine, "generate") if hasattr(engine, "_engine") else (engine._writer.model, "generate")
    generate = getattr(inner, name)

    def noting(*given: Any, **named: Any) -> Any:
        if given:
            read.append(tuple(given[0]["prompt_token_ids"]))
        else:
            for row, mask in zip(named["input_ids"].tolist(), named["attention_mask"].tolist(), strict=True):
                read.append(tuple(token for token, seen in zip(row, mask, strict=True) if seen))
        return generate(*given, **named)

    setattr(inner, name, noting)
    try:
        yield
    finally:
        delattr(inner, name)


def test_a_seed_gives_the_same_reply_alone_in_company_and_in_another_order(engine: Model, wait: Wait) -> None:
    requests = openings(6)

    together = [one.text for one in wait(completed(engine, requests))]
    reversed_ = [one.text for one in wait(completed(engine, requests[::-1]))][::-1]
    alone = [wait(engine.complete(request, SAMPLING)).text for request in requests]

    assert together == reversed_ == alone
    assert all(together)


def test_another_seed_gives_another_reply(engine: Model, wait: Wait) -> None:
    request = openings(1)[0]

    replies = wait(completed(engine, [replace(request, seed=seed) for seed in range(6)], replace(SAMPLING, temperature=1.0)))

    assert len({reply.text for reply in replies}) > 3


def test_temperature_zero_and_a_tiny_top_p_agree_and_need_no_seed(engine: Model, wait: Wait) -> None:
    requests = openings(3)

    greedy = wait(completed(engine, requests, Sampling(temperature=0.0, max_tokens=60)))
    narrow = wait(completed(engine, [replace(one, seed=9) for one in requests], Sampling(temperature=1.0, top_p=1e-6, max_tokens=60)))

    assert [one.text for one in greedy] == [one.text for one in narrow]


def test_greedy_replies_are_the_same_from_both_engines(vllm: Model, hf: Model, wait: Wait) -> None:
    requests = openings(4)

    one, other = (wait(completed(engine, requests, Sampling(temperature=0.0, max_tokens=60))) for engine in (vllm, hf))

    assert [reply.text for reply in one] == [reply.text for reply in other]
    assert [reply.usage.prompt for reply in one] == [reply.usage.prompt for reply in other]


def test_a_chat_is_the_same_tokens_to_vllm_to_transformers_and_to_the_server(vllm: Model, hf: Model, server: str, wait: Wait) -> None:
    requests: list[Request] = []
    wait(played(planned(1), hf, requests.append))
    by_vllm, by_hf = Read(), Read()

    with listening(vllm, by_vllm), listening(hf, by_hf):
        wait(completed(vllm, requests, replace(SAMPLING, max_tokens=1)))
        wait(completed(hf, requests, replace(SAMPLING, max_tokens=1)))
    messages = [[{"role": role, "content": content} for role, content in request.chat] for request in requests]
    served = [tuple(posted(f"{server}/tokenize", {"model": "tiny", "messages": one})["tokens"]) for one in messages]

    assert len(requests) >= 4
    assert Counter(by_vllm) == Counter(by_hf) == Counter(served)


def test_one_engine_serves_both_instances_and_their_contexts_never_meet(engine: Model, wait: Wait, rendering: Rendering) -> None:
    episodes, requests, read = planned(5), list[Request](), Read()

    with listening(engine, read):
        results = wait(played(episodes, engine, requests.append))

    assert {result.outcome for result in results} <= {"decided", "illegal:A", "illegal:B"}
    assert Counter(read) == Counter(rendering.prompt(request.chat).ids for request in requests)
    sheets = {fact: (one.index, seat) for one in episodes for seat in "AB" for fact in one.world().facts if fact.holders == (seat,)}
    for request in requests:
        text = rendering.prompt(request.chat).text
        shown = {owner for fact, owner in sheets.items() if fact.text in text}
        assert shown == {(one.index, request.view.speaks[0]) for one in episodes if belongs(request, one)}
        assert len(shown) == 1
    assert {request.view.speaks for request in requests} == {("A",), ("B",)}


def test_most_talk_stops_by_itself_and_most_commits_are_in_the_format(engine: Model, wait: Wait) -> None:
    calls = [call for result in wait(played(planned(5), engine)) for call in result.calls]
    commits = [call.raw for call in calls if call.kind == "commit"]

    assert sum(call.finish == "stop" for call in calls) > 0.8 * len(calls)
    assert sum(_is_commit(text) for text in commits) > 0.6 * len(commits) > 0


def _is_commit(text: str) -> bool:
    try:
        return set(json.loads(text)) == {"answer"}
    except ValueError:
        return False


def test_a_conversation_that_is_too_long_fails_its_own_episode_only(engine: Model, wait: Wait) -> None:
    first, second = planned(2)

    class Overfull:
        """The engine, but one episode's chats come with more than the model can hold."""

        name, details = engine.name, engine.details

        async def complete(self, request: Request, sampling: Sampling) -> Any:
            filling = (("user", "Word after word. " * 1000), ("assistant", "Yes."))
            chat = (*filling, *request.chat) if belongs(request, first) else request.chat
            return await engine.complete(replace(request, chat=chat), sampling)

    long, short = wait(played([first, second], Overfull()))
    undisturbed = wait(played([second], engine))[0]

    assert (long.outcome, [call.finish for call in long.calls]) == ("truncated:A", ["length"])
    assert [call.raw for call in short.calls] == [call.raw for call in undisturbed.calls]


def test_a_budget_that_runs_out_is_a_length_and_not_a_stop(engine: Model, wait: Wait) -> None:
    reply = wait(engine.complete(openings(1)[0], replace(SAMPLING, max_tokens=3)))

    assert (reply.finish, reply.usage.completion) == ("length", 3)
    assert reply.text


def test_a_call_that_is_cancelled_leaves_the_others_alone(engine: Model, wait: Wait) -> None:
    requests = openings(3)

    async def cancelled() -> list[str]:
        doomed = asyncio.create_task(engine.complete(requests[0], SAMPLING))
        others = [asyncio.create_task(engine.complete(request, SAMPLING)) for request in requests[1:]]
        await asyncio.sleep(0.05)
        doomed.cancel()
        return [(await other).text for other in others]

    expected = [one.text for one in wait(completed(engine, requests))][1:]

    assert wait(cancelled()) == expected


def test_what_is_on_record_says_engine_weights_type_and_device(vllm: Model, hf: Model) -> None:
    import transformers
    import vllm as package

    expected: list[tuple[Model, str, str]] = [(vllm, "vllm", package.__version__), (hf, "transformers", transformers.__version__)]
    for engine, name, version in expected:
        assert (engine.details["engine"], engine.details["engine_version"]) == (name, version)
        assert (engine.details["dtype"], engine.details["device"]) == ("float32", "cpu")
        assert engine.details["revision"].startswith("sha256:")
    assert vllm.details["revision"] == hf.details["revision"]


def test_an_engine_keeps_every_promise_that_strangers_are_held_to(engine: Model, wait: Wait) -> None:
    async def findings() -> list[Finding]:
        return [finding async for finding in check(Probe(engine, 120.0), prompts())]

    found = {finding.name: finding for finding in wait(findings())}

    assert set(found) == set(CHECKS)
    assert {name: finding for name, finding in found.items() if finding.verdict == FAILED} == {}
    assert found["odd"].verdict == NOTED  # half a character: refused in words


def test_the_event_loop_stays_free_while_a_model_writes(engine: Model, wait: Wait) -> None:
    async def ticks(until: Callable[[], bool]) -> int:
        count = 0
        while not until():
            await asyncio.sleep(0.002)
            count += 1
        return count

    async def both() -> int:
        writing = asyncio.create_task(completed(engine, openings(4)))
        return await ticks(writing.done)

    assert wait(both()) > 10
