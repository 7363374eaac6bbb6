"""The real LiteLLM against a real local server: replies, refusals, what is tried again and what is not, and no key in sight.

It needs an environment of its own, as LiteLLM and vLLM ask for different releases of the libraries below them.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import models
from benchmark import api
from benchmark.vocabulary import Completion, ConnectError, Request, Sampling, UsageError
from models.spec import parse_spec
from tests.servers import Act, Server, completion, drops, gives, hangs, in_thread, refuses, says, sends

KEY = "sk-test-0123456789abcdef"
SAMPLING = Sampling(temperature=0.3, top_p=0.9, max_tokens=77)
OPENING: Request = api.first_requests("mutual_friend", 0, "private", 3, 0)[0]
COMMIT = replace(OPENING, kind="commit", schema=OPENING.task.schema(OPENING.view))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("TEST_API_KEY", KEY)
    with in_thread(Server()) as one:
        yield one


def spec(server: Server, name: str = "hosted_vllm/asked-model", **options: Any) -> str:
    impatient = {"base_url": server.base_url, "key_env": "TEST_API_KEY", "timeout": 2, "backoff": 0.001, "retries": 2}
    return f"litellm:{name}?" + "&".join(f"{key}={quote(str(value), safe='/:')}" for key, value in (impatient | options).items())


def asked(server: Server, *script: Act, request: Request = OPENING, **options: Any) -> Completion:
    """The reply to ``request`` where the server acts as ``script`` says."""

    async def ask() -> Completion:
        async with models.connect(parse_spec(spec(server, **options))) as model:
            server.script.extend(script)
            return await model.complete(request, SAMPLING)

    return asyncio.run(ask())


def refused(server: Server, *greetings: Act, **options: Any) -> str:
    server.greetings.extend(greetings)
    with pytest.raises(ConnectError) as caught:
        asked(server, **options)
    return str(caught.value)


@pytest.mark.parametrize("provider", ["hosted_vllm", "openai"])
def test_what_is_asked_goes_out_whole_and_the_reply_comes_back(server: Server, provider: str) -> None:
    reply = asked(server, says("Hello.", reasoning_content="Hm."), name=f"{provider}/asked-model")

    body, headers = server.bodies[0], server.requests[0].headers
    assert body["messages"] == [{"role": role, "content": content} for role, content in OPENING.chat]
    assert {name: body[name] for name in ("model", "temperature", "top_p", "max_tokens", "seed")} == {
        "model": "asked-model", "temperature": 0.3, "top_p": 0.9, "max_tokens": 77, "seed": OPENING.seed,
    }  # fmt: skip
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert (reply.text, reply.thought, reply.finish, reply.retries) == ("Hello.", "Hm.", "stop", 0)
    assert (reply.usage.prompt, reply.usage.cached, reply.usage.completion) == (11, 5, 7)


@pytest.mark.parametrize(
    ("act", "text", "finish"),
    [
        (says("Cut off he", "length"), "Cut off he", "length"),
        (says(None, "length"), "", "length"),
        (says("", "content_filter"), "", "filter"),
        (says(None, "stop", refusal="I would rather not."), "I would rather not.", "filter"),
        (refuses(400, "This model's maximum context length is 4096 tokens.", "context_length_exceeded"), "", "length"),
        (refuses(400, "Flagged by our content management policy.", "content_policy_violation"), "", "filter"),
    ],
)
@pytest.mark.parametrize("provider", ["hosted_vllm", "openai"])
def test_how_a_reply_ended_is_told_apart(server: Server, act: Act, text: str, finish: str, provider: str) -> None:
    reply = asked(server, act, name=f"{provider}/asked-model")

    assert (reply.text, reply.finish) == (text, finish)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "act",
    [refuses(429), refuses(500), refuses(503), drops(), hangs(), sends(b"<html>", "text/html"), refuses(408), says("Hal", "abort")],
    ids=["429", "500", "503", "dropped", "hanging", "no JSON", "408", "broken off"],
)
def test_what_can_pass_is_tried_again_and_counted(server: Server, act: Act) -> None:
    reply = asked(server, act, act, timeout=0.5)

    assert (reply.finish, reply.retries, len(server.requests)) == ("stop", 2, 3)


def test_attempts_end(server: Server) -> None:
    reply = asked(server, *[refuses(500, f"broken, and {KEY} is the key")] * 9)

    assert (reply.finish, reply.fatal, len(server.requests)) == ("error", False, 3)
    assert reply.note.startswith("3 attempts; the last: InternalServerError")
    assert KEY not in reply.note


@pytest.mark.parametrize(
    "act",
    [refuses(401), refuses(403), refuses(404), refuses(400), refuses(422), refuses(429, "You have no credit left.", "insufficient_quota")],
    ids=["401", "403", "404", "400", "422", "no credit"],
)
def test_what_cannot_pass_is_fatal_at_once(server: Server, act: Act) -> None:
    reply = asked(server, act)

    assert (reply.finish, reply.fatal, len(server.requests)) == ("error", True, 1)


def test_a_commit_can_be_bound(server: Server) -> None:
    reply = asked(server, says('{"answer": null}'), request=COMMIT, structured="true")

    assert reply.constrained
    assert server.bodies[0]["response_format"]["json_schema"]["schema"] == json.loads(COMMIT.schema or "")
    assert not asked(server, says("Hi."), structured="true").constrained


def test_a_wrong_key_ends_before_anything_is_played_and_is_not_shown(server: Server) -> None:
    said = refused(server, refuses(401, f"Incorrect API key provided: {KEY}"))

    assert "AuthenticationError" in said
    assert KEY not in said


def test_a_server_that_is_not_there_is_said_plainly(server: Server) -> None:
    assert "Try again later" in refused(server, base_url="http://127.0.0.1:9/v1")


def test_a_provider_that_there_is_not_is_said_plainly(server: Server) -> None:
    assert "gives no reply: BadRequestError" in refused(server, name="no_such_provider/x")


def test_an_empty_list_of_choices_is_no_reply(server: Server) -> None:
    assert asked(server, *[gives({**completion("x"), "choices": []})] * 3).finish == "error"


def test_wrong_options_are_refused() -> None:
    for text, said in (("litellm:openai/x?tiemout=3", "did you mean timeout"), ("litellm:openai/x?key_env=a b", "key_env")):
        with pytest.raises(UsageError, match=said):
            asyncio.run(models.connect(parse_spec(text)).__aenter__())
    with pytest.raises(ConnectError, match="NO_SUCH_KEY is not set"):
        asyncio.run(models.connect(parse_spec("litellm:openai/x?key_env=NO_SUCH_KEY")).__aenter__())


def test_a_run_is_played_verified_and_free_of_the_key_and_of_chatter(server: Server, tmp_path: Path) -> None:
    grid = ["--task", "mutual_friend", "--condition", "private", "--n", "4", "--quiet", "--json", "--out", str(tmp_path / "run")]
    bench = [sys.executable, "-W", "error::ResourceWarning", "-c", "from benchmark.cli import main; main()"]
    environment = {**os.environ, "TEST_API_KEY": KEY}
    done, checked = (
        subprocess.run([*bench, *words], capture_output=True, text=True, timeout=120, env=environment)
        for words in (["run", "--model", spec(server, timeout=30), *grid], ["verify", str(tmp_path / "run")])
    )

    assert (done.returncode, checked.returncode) == (0, 0), done.stderr + checked.stdout
    assert json.loads(done.stdout)["plan"] == 4
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["Report page", "Run folder"]
    run = (tmp_path / "run" / "run.json").read_text()
    details = json.loads(run)["configuration"]["models"]["A"]
    assert (details["engine"], details["drop_params"], details["engine_version"][0].isdigit()) == ("litellm", False, True)
    assert KEY not in run + (tmp_path / "run" / "episodes.jsonl").read_text() + done.stdout + done.stderr
