"""The openai: engine against a real server: what goes over the wire, what every fault comes to, and what never leaks."""

from __future__ import annotations

import asyncio
import gc
import gzip
import json
import time
import tracemalloc
from contextlib import AbstractAsyncContextManager
from email.utils import formatdate
from typing import Any, cast

import pytest
from aiohttp import web

import models
from benchmark.vocabulary import Completion, Model, Request, Sampling
from tests.servers import Act, Body, Server, completion, drops, gives, hangs, in_thread, refuses, says, sends, serving, truncates, writes

CHAT = (("user", 'The scene.\n"Ada" é 日本 \\u003c'), ("assistant", "I know."), ("user", "Lone \ud800 surrogate, \x00 and </s>."))
SCHEMA = '{"type": "object", "properties": {"answer": {"type": "integer"}}, "required": ["answer"], "additionalProperties": false}'
KEY = "a-very-secret-key/with+signs"


@pytest.fixture(autouse=True, scope="module")
def old_garbage_is_gone() -> None:
    """What other tests of this process keep is looked at once, and not again after every call here."""
    gc.collect()
    gc.freeze()


def request(schema: str | None = None, seed: int = 7, chat: Any = CHAT) -> Request:
    """The engine reads the chat, the schema and the seed; the rest of a Request is for players by rule."""
    nothing = cast("Any", None)
    return Request(nothing, nothing, (), "A", "talk", 0, chat, schema, seed)


def connected(server: Server, **options: object) -> AbstractAsyncContextManager[Model]:
    return models.connect(models.parse_spec(server.spec(**options)))


def asked(*script: Act, given: Request | None = None, sampling: Sampling | None = None, **options: object) -> tuple[Completion, Server]:
    """What one call comes to on a server that acts as ``script`` says, and the server afterwards."""

    async def ask() -> tuple[Completion, Server]:
        async with serving(*script) as server, connected(server, **options) as model:
            return await model.complete(given or request(), sampling or Sampling()), server

    try:
        return asyncio.run(ask())
    finally:
        gc.collect()  # whatever was left open warns here, and a warning is an error


def test_the_messages_on_the_wire_are_the_chat_and_nothing_but_ascii() -> None:
    _, server = asked()

    assert server.bodies[0]["messages"] == [{"role": role, "content": content} for role, content in CHAT]
    assert server.requests[0].raw.isascii()


def test_a_prompt_is_kept_no_longer_than_it_takes_to_send_it_and_a_further_attempt_sends_all_of_it() -> None:
    long = (("user", "word " * 1_000_000),)
    ours = [tracemalloc.Filter(True, f"*/{where}") for where in ("models/openai*", "json/encoder.py")]

    async def play() -> tuple[int, Server]:
        async with serving(hangs()) as server, connected(server, timeout=1.0) as model:
            tracemalloc.start()
            call = asyncio.create_task(model.complete(request(chat=long), Sampling()))
            while not server.requests:  # noqa: ASYNC110 (it is the server that is waited for)
                await asyncio.sleep(0.01)
            waiting = sum(trace.size for trace in tracemalloc.take_snapshot().filter_traces(ours).traces)
            tracemalloc.stop()
            await call
            return waiting, server

    waiting, server = asyncio.run(play())
    assert waiting < 1_000_000
    assert len(server.requests) == 2
    assert server.bodies[0] == server.bodies[1]


def test_model_sampling_and_seed_are_on_the_wire_and_nothing_else_is() -> None:
    _, server = asked(given=request(seed=2**31 - 1), sampling=Sampling(temperature=0.0, top_p=0.9, max_tokens=55))

    body = server.bodies[0]
    del body["messages"]
    assert body == {"model": "asked-model", "temperature": 0.0, "top_p": 0.9, "max_tokens": 55, "seed": 2**31 - 1}
    assert server.requests[0].path == "/v1/chat/completions"


def test_the_token_limit_goes_by_the_other_name_when_asked_to() -> None:
    _, server = asked(max_tokens_field="max_completion_tokens")

    assert all(received.body["max_completion_tokens"] for received in server.received)
    assert not any("max_tokens" in received.body for received in server.received)


def test_a_completion_counts_tokens_time_and_no_retry() -> None:
    done, _ = asked(says("Hello.", reasoning_content="Hm."))

    assert (done.text, done.thought, done.finish, done.note, done.retries) == ("Hello.", "Hm.", "stop", "", 0)
    assert (done.usage.prompt, done.usage.cached, done.usage.completion) == (11, 5, 7)
    assert 0 < done.seconds < 5


CAN_PASS = {
    "408": refuses(408), "409": refuses(409), "425": refuses(425), "429": refuses(429), "500": refuses(500), "503": refuses(503),
    "599 as HTML": sends(b"<html>", "text/html", 599),
    "a reset connection": drops(),
    "a truncated body": truncates(),
    "a truncated chunk": writes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{"),
    "no HTTP at all": writes(b"SSH-2.0-OpenSSH\r\n\r\n"),
    "broken compression": sends(b"not gzip", headers={"Content-Encoding": "gzip"}),
    "silence": hangs(),
    "silence after the head": hangs(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
    "half of a JSON document": sends(b'{"choices": [{"mess'),
    "no bytes": sends(b""),
    "bytes that are no text": sends(b"\xff\xfe\xfd"),
    "a page": sends(b"<html>Welcome</html>", "text/html"),
    "JSON nested without end": sends(b"[" * 100_000),
    "a number without end": sends(b'{"choices": ' + b"1" * 10_000 + b"}"),
    "an error with status 200": gives({"error": {"message": "overloaded", "code": 503}}),
    "a list": gives([]),
    "no choices": gives({"object": "chat.completion"}),
    "empty choices": gives({"choices": []}),
    "a choice without a message": gives({"choices": [{"text": "old"}]}),
    "content of a wrong type": gives({"choices": [{"message": {"content": 5}}]}),
    "an engine's error": says("", "error"),
}  # fmt: skip


@pytest.mark.parametrize("fault", CAN_PASS)
def test_a_fault_that_can_pass_is_tried_again(fault: str) -> None:
    done, server = asked(CAN_PASS[fault], says("There."))

    assert (done.text, done.finish, done.note, done.retries) == ("There.", "stop", "", 1)
    assert len(server.bodies) == 2
    assert server.bodies[0] == server.bodies[1]


@pytest.mark.parametrize("fault", ["408", "500", "a reset connection", "half of a JSON document"])
def test_a_fault_that_does_not_pass_is_an_error_value_after_the_last_retry(fault: str) -> None:
    done, server = asked(*[CAN_PASS[fault]] * 9, retries=3)

    assert (done.text, done.finish, done.retries, done.fatal) == ("", "error", 3, False)
    assert done.note.startswith("4 attempts; the last: ")
    assert len(server.bodies) == 4


def test_waiting_for_a_busy_server_uses_up_no_retry_and_ends_with_the_total_time() -> None:
    busy = [refuses(429), refuses(503), refuses(529), refuses(500, "overloaded", "overloaded_error")]
    done, server = asked(*busy * 3, retries=1, backoff=0.001)
    assert (done.finish, done.retries, len(server.bodies)) == ("stop", 12, 13)

    done, server = asked(*[refuses(429, "Slower.")] * 999, retries=1, backoff=0.02, total_timeout=0.5)
    assert (done.finish, done.fatal) == ("error", False)
    assert len(server.bodies) > 3
    assert f"{len(server.bodies)} attempts; the last: HTTP 429: Slower." in done.note


def test_without_retries_a_busy_server_is_not_waited_for() -> None:
    done, server = asked(refuses(429), retries=0)

    assert (done.finish, len(server.bodies)) == ("error", 1)


def test_a_server_gone_in_mid_run_is_an_error_value_and_a_returned_one_is_used() -> None:
    async def play() -> list[Completion]:
        first, second = Server(), Server()
        await first.start()
        async with connected(first, retries=1) as model:
            await first.stop()
            gone = await model.complete(request(), Sampling())
            second.port = first.port
            await second.start()
            back = await model.complete(request(), Sampling())
            await second.stop()
            return [gone, back]

    gone, back = asyncio.run(play())
    assert (gone.finish, gone.retries, gone.fatal) == ("error", 1, False)
    assert back.finish == "stop"


def test_no_attempt_begins_after_the_total_time() -> None:
    started = time.monotonic()
    done, server = asked(*[hangs()] * 9, retries=8, timeout=0.2, total_timeout=0.5)

    assert done.finish == "error"
    assert len(server.bodies) <= 3
    assert time.monotonic() - started < 3


def test_a_reply_of_absurd_size_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.openai_attempts.LARGEST_REPLY", 100_000)
    flood = sends(gzip.compress(json.dumps(completion("x" * 10_000_000)).encode()), headers={"Content-Encoding": "gzip"})
    done, _ = asked(flood, flood, says("There."))

    assert (done.text, done.retries) == ("There.", 2)


@pytest.mark.parametrize("seconds", [0.25, 2])
def test_retry_after_is_heeded_in_seconds_and_as_a_date(seconds: float) -> None:
    value = str(seconds) if seconds < 1 else formatdate(time.time() + seconds, usegmt=True)
    started = time.monotonic()
    done, _ = asked(refuses(429, headers={"Retry-After": value}))

    assert done.finish == "stop"
    assert time.monotonic() - started >= seconds * 0.45  # a date has whole seconds only


def test_a_retry_after_beyond_the_total_time_is_not_slept_out() -> None:
    started = time.monotonic()
    done, server = asked(refuses(429, headers={"Retry-After": "86400"}), total_timeout=5)

    assert (done.finish, done.fatal, len(server.bodies)) == ("error", False, 1)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("value", ["soon", "-5", "nan", "inf", "Wed, 99 Foo 2020 00:00:00 GMT", "1e999"])
def test_a_retry_after_without_sense_is_ignored(value: str) -> None:
    done, _ = asked(refuses(429, headers={"Retry-After": value}), total_timeout=5)

    assert (done.finish, done.retries) == ("stop", 1)


@pytest.mark.parametrize(("status", "code"), [(401, None), (402, None), (404, "model_not_found"), (418, None), (429, "insufficient_quota")])
def test_a_fault_that_cannot_pass_is_a_fatal_error_at_once(status: int, code: str | None) -> None:
    done, server = asked(refuses(status, "Certainly\nnot.", code))

    assert (done.finish, done.fatal, done.retries) == ("error", True, 0)
    assert done.note == f"HTTP {status}: Certainly not."
    assert len(server.bodies) == 1


def test_a_redirection_is_not_followed() -> None:
    done, server = asked(sends(b"", status=307, headers={"Location": "http://elsewhere.example/v1"}))

    assert done.fatal
    assert "http://elsewhere.example/v1" in done.note
    assert len(server.bodies) == 1


def test_a_long_note_is_cut_and_printable() -> None:
    done, _ = asked(sends(b"\x1b[31m\x00 red \xff" * 1000, "text/plain", 404))

    assert len(done.note) <= 300
    assert done.note.isprintable()


def test_fifty_calls_at_once_share_nothing_but_the_server() -> None:
    async def play() -> tuple[list[Completion], Server]:
        async with serving(latency=0.2) as server:
            server.answer = lambda body: f"to {body['messages'][0]['content']} with {body['seed']}"
            async with connected(server, timeout=10) as model:
                calls = [model.complete(request(seed=i, chat=(("user", f"call {i}"),)), Sampling()) for i in range(50)]
                return await asyncio.gather(*calls), server

    done, server = asyncio.run(play())
    assert [one.text for one in done] == [f"to call {i} with {i}" for i in range(50)]
    assert server.most_at_once == 50


def test_a_cancelled_call_hangs_up() -> None:
    async def play() -> None:
        came, left = asyncio.Event(), asyncio.Event()

        async def act(asking: web.Request, body: Body) -> web.StreamResponse:
            came.set()
            try:
                return await asyncio.Event().wait()  # type: ignore[return-value]
            finally:
                left.set()

        async with serving(act) as server, connected(server, timeout=60) as model:
            call = asyncio.create_task(model.complete(request(), Sampling()))
            await came.wait()
            call.cancel()
            await asyncio.wait_for(left.wait(), 5)

    asyncio.run(play())


def test_the_server_can_stand_in_another_thread() -> None:
    async def ask(server: Server) -> Completion:
        async with connected(server) as model:
            return await model.complete(request(), Sampling())

    with in_thread(Server()) as server:
        assert asyncio.run(ask(server)).finish == "stop"
    assert len(server.bodies) == 1


def test_the_key_is_sent_and_shown_nowhere(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setenv("MY_KEY", f" {KEY}\n")
    caplog.set_level(0)

    async def play() -> tuple[list[Any], Server]:
        padded = "x" * 290  # so that a cut note would end within the key
        script = [refuses(403, f"Your key {KEY} is bad"), sends(padded.encode() + KEY.encode(), status=403), sends(KEY.encode()), drops()]
        async with serving(*script) as server, connected(server, key_env="MY_KEY", retries=0) as model:
            replies = [await model.complete(request(), Sampling()) for _ in script]
            return [*replies, model, vars(model), dict(model.details), model.name], server

    shown, server = asyncio.run(play())
    assert all(received.headers["Authorization"] == f"Bearer {KEY}" for received in server.received)
    text = f"{shown!r} {shown!s} {caplog.text}"
    assert "a-very-s" not in text
    assert "Your key [key] is bad" in text


@pytest.mark.parametrize("key", ["null", "EMPTY", "1234"])
def test_a_word_that_stands_for_a_key_changes_no_reply(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("MY_KEY", key)
    said = f'{{"answer": null}} {key}'

    async def ask() -> list[Any]:
        async with serving(says(said), refuses(403, f"Your key {key} is bad")) as server, connected(server, key_env="MY_KEY") as model:
            return [await model.complete(request(), Sampling()) for _ in range(2)]

    answered, refused = asyncio.run(ask())
    assert answered.text == said
    assert "Your key [key] is bad" in refused.note
