"""Practice in ``verifiers``: its own loader finds it, its own runner plays it, and the model is sent what a run would send."""

from __future__ import annotations

import asyncio
import importlib
from pathlib import Path
from typing import Any

import pytest

from benchmark.api import Practice
from benchmark.vocabulary import Completion, Request
from tests.servers import Body, Server, in_thread

vf: Any = pytest.importorskip("verifiers.v1", reason="the extra `verifiers` is not installed")

FILE = """from benchmark.api.verifiers_talk import TalkEnv, TalkHarness, TalkTaskset
__all__ = ["TalkEnv", "TalkHarness", "TalkTaskset"]
"""


def answer(body: Body) -> str:
    asked = body["messages"][-1]["content"]
    return '{"answer": null}' if "JSON object only" in asked else "I have nothing to add. (ready)"


def environment(folder: Path, monkeypatch: pytest.MonkeyPatch, **config: Any) -> Any:
    from verifiers.v1.utils import loaders

    (folder / "parley_talk.py").write_text(FILE)
    monkeypatch.syspath_prepend(folder)
    importlib.invalidate_caches()
    return loaders.load_environment(loaders.resolve_env_config({"taskset": {"id": "parley_talk", **config}}))


def episode(env: Any, server: Server, number: int) -> Any:
    url = server.spec().partition("base_url=")[2].partition("&")[0]

    async def play() -> Any:
        context = vf.ModelContext(model="asked-model", client=vf.EvalClientConfig(base_url=url, api_key_var="NO_SUCH_KEY"))
        async with env.serving():
            (slot,) = env.slots(list(env.taskset.take(number + 1))[number])
            return await env.run_slot(slot, context)

    return asyncio.run(play())


@pytest.mark.filterwarnings("ignore")
def test_an_episode_sends_the_prompts_of_a_run_and_earns_its_reward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    practice, asked = Practice(task="mutual_friend"), list[Any]()

    async def alone() -> Any:
        async def learner(request: Request) -> Completion:
            messages = [{"role": role, "content": content} for role, content in request.chat]
            asked.append(messages)
            return Completion(answer({"messages": messages}))

        async with practice.partners() as partners:
            return await practice.play(practice.planned(3, 1), partners, learner)

    lesson = asyncio.run(alone())
    with in_thread(Server(answer=answer)) as server:
        found = episode(environment(tmp_path, monkeypatch, seed=3), server, 1)
    (trace,) = found.traces

    assert (found.ok, trace.reward) == (True, lesson.reward)
    assert trace.info["parley"]["score"] == lesson.record["score"]
    assert [received.body["messages"] for received in server.received] == asked


@pytest.mark.filterwarnings("ignore")
def test_an_episode_that_a_partner_breaks_off_has_no_reward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with in_thread(Server(answer=answer)) as server:
        found = episode(environment(tmp_path, monkeypatch, partner="reference:garbled"), server, 0)

    assert not found.ok
    assert "broke off: illegal:B" in str(found.traces[0].errors)
