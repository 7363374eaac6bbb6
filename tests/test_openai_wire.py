"""The openai: engine and servers that bend HTTP, JSON or the format: what can be read is, and nothing else counts as a reply."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
import zlib
from collections.abc import Coroutine
from typing import Any, cast

import pytest
from aiohttp import web

import models
from benchmark.vocabulary import Completion, Request, Sampling
from models.openai import ChatModel
from models.pacing import FIRST_WINDOW
from tests.servers import Act, Body, Server, completion, gives, refuses, says, sends, serving, writes

HELLO = completion("Hello.")
WHOLE = json.dumps(HELLO).encode()


def request(number: int = 0) -> Request:
    nothing = cast("Any", None)
    return Request(nothing, nothing, (), "A", "talk", 0, (("user", f"Call {number}"),), None, 7)


def asked(*script: Act, **options: object) -> tuple[Completion, Server]:
    """What one call comes to on a server that acts as ``script`` says, and the server."""

    async def ask() -> tuple[Completion, Server]:
        async with serving(*script) as server, models.connect(models.parse_spec(server.spec(**options))) as model:
            return await model.complete(request(), Sampling()), server

    return asyncio.run(ask())


def chunk(finish: str | None = None, **delta: Any) -> Body:
    return {"object": "chat.completion.chunk", "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def stream(*events: Body | str, end: str = "\n\n") -> Act:
    lines = [event if isinstance(event, str) else json.dumps(event) for event in events]
    return sends("".join(f"data: {line}{end}" for line in lines).encode(), "text/event-stream")


def head(*lines: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: application/json", *lines, "", ""]).encode()


def answer(**changed: Any) -> Act:
    return gives(HELLO | changed)


USAGE = {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}}

READ: dict[str, Act] = {
    "gzip": sends(gzip.compress(WHOLE), headers={"Content-Encoding": "gzip"}),
    "deflate": sends(zlib.compress(WHOLE), headers={"Content-Encoding": "deflate"}),
    "a compression that is only announced": sends(WHOLE, headers={"Content-Encoding": "rot13"}),
    "a byte order mark": sends(b"\xef\xbb\xbf" + WHOLE),
    "UTF-16": sends(json.dumps(HELLO).encode("utf-16")),
    "UTF-16 without a mark": sends(json.dumps(HELLO).encode("utf-16-le")),
    "white space about it": sends(b"\n\n  " + WHOLE + b"\r\n"),
    "the wrong type of content": sends(WHOLE, "text/html; charset=nonsense"),
    "no length": writes(head("Connection: close") + WHOLE),
    "HTTP/1.0": writes(head().replace(b"1.1", b"1.0") + WHOLE),
    "early hints": writes(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + head(f"Content-Length: {len(WHOLE)}") + WHOLE),
    "continue": writes(b"HTTP/1.1 100 Continue\r\n\r\n" + head(f"Content-Length: {len(WHOLE)}") + WHOLE),
    "status 201": sends(WHOLE, status=201),
    "a stream": stream(chunk(role="assistant", content=""), chunk(content="Hel"), chunk(content="lo."), chunk("stop"), USAGE, "[DONE]"),
    "a stream with other ends of lines": stream(chunk(content="Hel"), chunk(content="lo."), chunk("stop"), end="\r\n\r\n"),
    "a stream with comments": sends(b": wait\n\nevent: x\ndata: " + json.dumps(chunk("stop", content="Hello.")).encode() + b"\n\n"),
    "a stream of one whole completion": stream(HELLO, "[DONE]"),
    "choices out of order": answer(choices=[{"index": 1, "message": {"content": "No."}}, HELLO["choices"][0]]),
    "an unknown finish": answer(choices=[{"message": {"content": "Hello."}, "finish_reason": "sated"}]),
    "no finish": answer(choices=[{"message": {"content": "Hello."}}]),
    "an empty error": answer(error=None),
    "no usage": answer(usage=None),
    "a number that is none": sends(WHOLE.replace(b'"created": 1', b'"created": NaN')),
    "keys that stand twice": sends(WHOLE.replace(b'{"id"', b'{"choices": null, "id"')),
}  # fmt: skip

TRIED_AGAIN: dict[str, Act] = {
    "nothing to say": sends(b"", status=204),
    "switching protocols": writes(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    "only hints": writes(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "half a head": writes(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "a length that is too long": writes(head(f"Content-Length: {len(WHOLE) + 9}") + WHOLE),
    "a length that is too short": writes(head(f"Content-Length: {len(WHOLE) - 9}") + WHOLE),
    "a length below zero": writes(head("Content-Length: -1") + WHOLE),
    "two lengths": writes(head("Content-Length: 5", f"Content-Length: {len(WHOLE)}") + WHOLE),
    "a chunk of no size": writes(head("Transfer-Encoding: chunked") + b"zz\r\n" + WHOLE),
    "chunks without an end": writes(head("Transfer-Encoding: chunked") + b"%x\r\n%s\r\n" % (len(WHOLE), WHOLE)),
    "a head without end": writes(head(*(f"X-{i}: {'x' * 8000}" for i in range(2000)))),
    "one long line of head": writes(head("X: " + "x" * 2**20)),
    "gzip cut short": sends(gzip.compress(WHOLE)[:-12], headers={"Content-Encoding": "gzip"}),
    "a stream that ends early": stream(chunk(content="Hel"), chunk(content="lo")),
    "a stream that is cut": sends(b'data: {"choices": [{"delta": {"con', "text/event-stream"),
    "a stream of nothing": stream("[DONE]"),
    "a stream with an error": stream(chunk(content="Hel"), {"error": {"message": "Engine died.", "code": 500}}),
    "choices that are none": answer(choices=None),
    "a message that is none": answer(choices=[{"message": None}]),
    "an error beside choices that are none": answer(choices=None, error={"message": "Upstream.", "code": "502"}),
    "two documents": sends(WHOLE + WHOLE),
    "a text": gives("Hello."),
    "a finish that is a number": answer(choices=[{"message": {"content": "Hello."}, "finish_reason": 1}]),
}  # fmt: skip


@pytest.mark.parametrize("odd", READ)
def test_a_reply_in_an_odd_dress_is_read(odd: str) -> None:
    done, server = asked(READ[odd])

    assert (done.text, done.finish, done.retries, done.note) == ("Hello.", "stop", 0, "")
    assert len(server.bodies) == 1


@pytest.mark.parametrize("fault", TRIED_AGAIN)
def test_what_is_no_whole_reply_is_asked_for_again(fault: str) -> None:
    done, server = asked(TRIED_AGAIN[fault], says("There."))

    assert (done.text, done.finish, done.retries) == ("There.", "stop", 1)
    assert len(server.bodies) == 2


def test_a_stream_keeps_reasoning_usage_and_names() -> None:
    thinks = [chunk(reasoning_content="H"), chunk(reasoning_content="m."), chunk(content="Hello.", refusal=None), chunk("length")]
    done, _ = asked(stream(*thinks, USAGE, "[DONE]"))

    assert (done.text, done.thought, done.finish, done.served) == ("Hello.", "Hm.", "length", "m")
    assert (done.usage.prompt, done.usage.completion) == (3, 2)


def test_a_byte_now_and_then_does_not_keep_a_call_alive() -> None:
    async def trickle(asking: web.Request, body: Body) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(len(WHOLE))})
        await response.prepare(asking)
        for byte in WHOLE:
            await response.write(bytes([byte]))
            await asyncio.sleep(0.1)
        return response

    done, _ = asked(trickle, says("There."), timeout=0.3)

    assert (done.text, done.retries) == ("There.", 1)


def test_a_connection_that_was_closed_between_two_calls_costs_no_call() -> None:
    async def play() -> list[Completion]:
        async def closes(asking: web.Request, body: Body) -> web.StreamResponse:
            response = web.json_response(HELLO)
            await response.prepare(asking)
            await response.write_eof()
            assert asking.transport is not None
            asking.transport.close()  # although it had promised to keep it
            return response

        async with serving(*[closes] * 6) as server, models.connect(models.parse_spec(server.spec())) as model:
            return [await model.complete(request(), Sampling()) for _ in range(6)]

    assert [(one.text, one.finish) for one in asyncio.run(play())] == [("Hello.", "stop")] * 6


def test_tool_calls_instead_of_words_are_silence() -> None:
    done, _ = asked(says(None, "tool_calls", tool_calls=[{"type": "function", "function": {"name": "f", "arguments": "{}"}}]))

    assert (done.text, done.finish) == ("", "stop")


def test_reasoning_in_parts_is_thought_and_reasoning_within_the_text_stays_as_written() -> None:
    details = [{"type": "reasoning.text", "text": "H"}, {"type": "reasoning.summary", "summary": "m."}, {"type": "reasoning.encrypted"}, 5]
    assert asked(says("Hello.", reasoning_details=details))[0].thought == "Hm."
    for text in ("<think>Hm.</think>Hello.", "<think>Hm."):
        assert (asked(says(text))[0].text, asked(says(text))[0].thought) == (text, "")


AZURE = {
    "message": "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
    "type": None, "param": "prompt", "code": "content_filter", "status": 400,
    "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": {"hate": {"filtered": True, "severity": "high"}}},
}  # fmt: skip
FLAGGED = {"code": 403, "message": "Your input was flagged", "metadata": {"reasons": ["violence"], "flagged_input": "Call…"}}


@pytest.mark.parametrize(("status", "error"), [(400, AZURE), (400, AZURE | {"code": None}), (403, FLAGGED)])
def test_a_prompt_that_a_gateway_filters_is_filtered_whatever_the_shape(status: int, error: Body) -> None:
    done, server = asked(gives({"error": error}, status))

    assert (done.finish, done.fatal, done.text) == ("filter", False, "")
    assert len(server.bodies) == 1


@pytest.mark.parametrize(("status", "code"), [(402, None), (429, "billing_hard_limit_reached"), (429, "insufficient_quota")])
def test_no_money_is_fatal_at_once(status: int, code: str | None) -> None:
    assert asked(refuses(status, "Pay.", code))[0].fatal


@pytest.mark.parametrize(
    ("status", "says_so", "requests", "fatal"), [(400, "true", 2, False), (500, "false", 1, False), (401, "false", 1, True)]
)
def test_a_servers_word_on_retrying_is_obeyed(status: int, says_so: str, requests: int, fatal: bool) -> None:
    done, server = asked(refuses(status, "No.", headers={"x-should-retry": says_so}))

    assert (len(server.bodies), done.fatal) == (requests, fatal)
    assert (done.finish == "stop") == (requests == 2)


def test_retry_after_in_milliseconds_is_heeded_before_seconds() -> None:
    started = time.monotonic()
    done, _ = asked(refuses(429, headers={"retry-after-ms": "250", "Retry-After": "60"}), total_timeout=10)

    assert done.finish == "stop"
    assert 0.25 <= time.monotonic() - started < 10


def together(play: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(asyncio.wait_for(play, 60))


def test_a_server_that_takes_few_calls_at_a_time_answers_them_all_and_is_not_run_down() -> None:
    bears, refused, server = 4, 0, Server()

    async def limited(asking: web.Request, body: Body) -> web.StreamResponse:
        nonlocal refused
        if server.at_once > bears:
            refused += 1
            return await refuses(429)(asking, body)
        await asyncio.sleep(0.01)
        return await says(f"to {body['messages'][0]['content']}")(asking, body)

    async def play() -> tuple[list[Completion], int]:
        nonlocal server
        async with serving(*[limited] * 9999) as server, models.connect(models.parse_spec(server.spec(retries=1, timeout=30))) as model:
            done = await asyncio.gather(*(model.complete(request(i), Sampling()) for i in range(300)))
            return list(done), cast("ChatModel", model).calls_at_once

    done, at_once = together(play())

    assert [one.text for one in done] == [f"to Call {i}" for i in range(300)]
    assert refused < 4 * 300  # with a mere retry each call is refused some seven times
    assert at_once <= 4 * bears


def test_all_calls_wait_when_one_is_told_to_and_waiting_is_neither_latency_nor_an_attempt() -> None:
    begun = asyncio.Event()

    async def busy(asking: web.Request, body: Body) -> web.StreamResponse:
        begun.set()
        return await refuses(429, headers={"Retry-After": "1"})(asking, body)

    async def play() -> tuple[Completion, Completion, float]:
        async with serving(busy) as server, models.connect(models.parse_spec(server.spec())) as model:
            telling = asyncio.create_task(model.complete(request(), Sampling()))
            await begun.wait()
            await asyncio.sleep(0.4)
            started = time.monotonic()
            other = await model.complete(request(), Sampling())
            return await telling, other, time.monotonic() - started

    told, other, elapsed = together(play())

    assert (told.finish, told.retries) == ("stop", 1)
    assert (other.finish, other.retries) == ("stop", 0)
    assert elapsed >= 0.2
    assert other.seconds <= elapsed - 0.2


def test_where_a_server_asks_for_a_longer_wait_than_any_call_lives_each_call_ends_at_once_and_says_so() -> None:
    """A quota of a day, say: nobody is kept waiting for what cannot come, and the run ends as one that may be resumed."""

    async def play() -> list[Completion]:
        script = [refuses(429, headers={"Retry-After": "86400"})] * 5
        async with serving(*script) as server, models.connect(models.parse_spec(server.spec(total_timeout=900))) as model:
            return [await model.complete(request(), Sampling()) for _ in range(6)]

    *told, last = together(play())

    assert {(one.finish, one.fatal, one.retries) for one in told} == {("error", False, 0)}
    assert "asks for a wait of 86400 seconds, and a call is tried for 900 (total_timeout)" in told[0].note
    assert last.finish == "stop"


def test_requests_leave_evenly_where_the_user_says_how_many() -> None:
    """Twenty a second: of ten, each but the first waits its twentieth, and a timer that rings late may win back one of them."""

    async def play() -> float:
        async with serving() as server, models.connect(models.parse_spec(server.spec(rpm=1200, tpm=10**9))) as model:
            started = time.monotonic()
            await asyncio.gather(*(model.complete(request(i), Sampling()) for i in range(10)))
            return time.monotonic() - started

    assert together(play()) >= 8 / 20


def test_tokens_that_were_used_beyond_what_was_thought_are_waited_out() -> None:
    """A hundred a second: by the greeting's usage the first call would take some fifty, and it takes two hundred."""

    async def play() -> float:
        much = answer(usage={"prompt_tokens": 100, "completion_tokens": 100})
        async with serving(much) as server, models.connect(models.parse_spec(server.spec(tpm=6000))) as model:
            await model.complete(request(), Sampling(max_tokens=1024))
            started = time.monotonic()
            await model.complete(request(), Sampling(max_tokens=1024))
            return time.monotonic() - started

    assert together(play()) >= 1.5


def test_the_pause_before_a_further_attempt_is_no_latency() -> None:
    started = time.monotonic()
    done, _ = asked(refuses(429, headers={"Retry-After": "1"}), total_timeout=10)
    elapsed = time.monotonic() - started

    assert (done.finish, done.retries) == ("stop", 1)
    assert done.seconds <= elapsed - 0.4


def test_what_the_greeting_met_says_nothing_about_many_calls() -> None:
    async def play() -> int:
        async with (
            serving(greetings=(refuses(429), refuses(429))) as server,
            models.connect(models.parse_spec(server.spec())) as model,
        ):
            return cast("ChatModel", model).calls_at_once

    assert together(play()) == FIRST_WINDOW
