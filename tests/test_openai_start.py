"""The openai: engine before anything is asked: settings, keys, and the one small request that finds out what can never work."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

import models
from benchmark.vocabulary import ConnectError, Model, UsageError
from tests.servers import Act, Server, drops, gives, hangs, refuses, sends, serving

KEY = "a-very-secret-key/with+signs"


def connected(server: Server, **options: object) -> AbstractAsyncContextManager[Model]:
    return models.connect(models.parse_spec(server.spec(**options)))


def greeted(*greetings: Act, **options: object) -> tuple[dict[str, Any], Server]:
    """The details of a model whose server greets as told, and the server."""

    async def greet() -> tuple[dict[str, Any], Server]:
        async with serving(greetings=greetings) as server, connected(server, **options) as model:
            return dict(model.details), server

    return asyncio.run(greet())


def refused(*greetings: Act, **options: Any) -> str:
    """What a ConnectError says when the server greets as told."""
    with pytest.raises(ConnectError) as caught:
        greeted(*greetings, **options)
    return str(caught.value)


def test_the_key_is_not_in_what_a_failed_connection_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    for act in (refuses(401, f"Incorrect: {KEY} sk-abc***9xyz"), sends(KEY.encode()), drops(), hangs()):
        with pytest.raises(ConnectError) as caught:
            greeted(act, act, act, key_env="MY_KEY")
        error: BaseException | None = caught.value
        while error:
            assert KEY not in repr(error) + str(error)
            assert "9xyz" not in str(error)
            error = error.__context__


def test_no_key_is_needed_but_where_the_service_is_openais(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    _, server = greeted()

    assert "Authorization" not in server.received[0].headers
    message = refused(base_url="https://api.openai.com/v1")
    assert "OPENAI_API_KEY is not set" in message
    assert "key_env=NAME" in message


def test_a_variable_named_by_key_env_must_hold_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MY_KEY", raising=False)
    assert "MY_KEY is not set" in refused(key_env="MY_KEY")
    monkeypatch.setenv("MY_KEY", "two\nlines")
    assert "two" not in refused(key_env="MY_KEY")
    with pytest.raises(UsageError) as caught:
        greeted(key_env="sk-pasted-here")
    assert "sk-pasted" not in str(caught.value)
    assert "gsk_pasted" not in refused(key_env="gsk_pasted")


def test_details_name_the_host_the_served_model_and_the_fingerprint() -> None:
    details, server = greeted()

    assert details == {"host": f"127.0.0.1:{server.port}", "served_model": "served-model", "system_fingerprint": "fp_1"}
    assert server.received[0].body["messages"] == [{"role": "user", "content": "Reply with OK."}]
    assert server.received[0].body["max_tokens"] <= 16


def test_a_passing_fault_at_the_start_is_tried_again_briefly() -> None:
    _, server = greeted(refuses(429), refuses(503))
    assert len(server.received) == 3

    message = refused(*[refuses(429, "Slow down.")] * 9, retries=6)
    assert "3 attempts" in message
    assert "Slow down." in message
    assert "Try again later" in message


def test_an_unreachable_server_fails_at_once_and_says_so() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        base_url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        started = time.monotonic()
        message = refused(base_url=base_url, backoff=30, retries=9)

    assert time.monotonic() - started < 3
    assert base_url in message
    assert "Start the server" in message


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (refuses(401, "Bad key."), "Bad key."),
        (refuses(403, "Bad key."), "key_env=NAME"),
        (refuses(404, "No model asked-model."), "Check the name of the model"),
        (sends(b"404 page not found", "text/plain", 404), "base_url"),
        (sends(b"<html>Hello</html>", "text/html"), "text/html"),
        (gives({"hello": "world"}), "mostly ends with /v1"),
        (refuses(400, "Unsupported value: 'temperature' does not support 0.7 with this model."), "Add omit=temperature to the spec"),
        (refuses(422, "temperature and top_p: extra inputs are not permitted"), "Add omit=temperature,top_p to the spec"),
        (refuses(400, "Your organisation is not well liked."), "Change the spec as the server asks."),
        (refuses(500, "Out of order."), "Out of order."),
        (hangs(), "timeout=SECONDS"),
        (drops(), "Correct base_url"),
    ],
)
def test_a_server_that_will_not_do_is_one_clear_error_before_anything_is_asked(act: Act, expected: str) -> None:
    message = refused(act, act, act)

    assert expected in message
    assert "openai:asked-model at http://127.0.0.1:" in message
    assert "\n" not in message


@pytest.mark.parametrize("base_url", ["localhost:8000/v1", "ftp://h/v1", "http://", "http://h:99999/v1", "http://[::1/v1", "http:///v1"])
def test_a_base_url_that_is_none_is_a_wrong_usage(base_url: str) -> None:
    with pytest.raises(UsageError, match="base_url must be a URL"):
        greeted(base_url=base_url)


@pytest.mark.parametrize("end", ["", "/", "/chat/completions", "?api-version=2"])
def test_a_base_url_may_end_in_several_ways(end: str) -> None:
    async def path() -> str:
        async with serving() as server, connected(server, base_url=server.base_url + end):
            return server.received[0].path

    assert asyncio.run(path()) == "/v1/chat/completions" + (end if "?" in end else "")


@pytest.mark.parametrize(
    "options",
    [
        {"timout": "1"},
        {"retries": "many"},
        {"structured": "maybe"},
        {"max_tokens_field": "n"},
        {"timeout": "0"},
        {"omit": "model"},
        {"rpm": "-1"},
        {"tpm": "x"},
    ],
)
def test_an_option_that_cannot_be_is_a_wrong_usage(options: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=next(iter(options))):
        greeted(**options)
