"""The openai: engine against vLLM's own server, with OpenAI's own client beside it: both ask the same and are told the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest

from benchmark.vocabulary import ConnectError, Model, Request, Sampling
from tests.engines.conftest import SAMPLING, Wait, completed, opened, openings

SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {"answer": {"anyOf": [{"type": "string", "minLength": 1, "maxLength": 12}, {"type": "null"}]}},
        "required": ["answer"],
        "additionalProperties": False,
    }
)


@pytest.fixture(scope="module")
def model(server: str, wait: Wait) -> Iterator[Model]:
    with opened(f"openai:tiny?base_url={server}/v1&structured=true", wait) as model:
        yield model


def test_the_server_honours_a_schema_and_a_reply_that_does_counts_as_constrained(model: Model, wait: Wait) -> None:
    assert model.details["structured"] == "honoured"
    assert "seed" not in model.details

    asked = [replace(request, schema=SCHEMA) for request in openings(6)]
    held = wait(completed(model, asked, Sampling(temperature=1.0, max_tokens=200)))
    cut = wait(completed(model, asked, Sampling(temperature=1.0, max_tokens=2)))
    free = wait(completed(model, openings(6), Sampling(temperature=1.0, max_tokens=60)))

    assert all(one.constrained for one in held if one.finish == "stop")
    assert sum(one.constrained for one in held) >= 4
    assert all("answer" in json.loads(one.text) for one in held if one.constrained)
    assert not any(one.constrained for one in (*cut, *free))


def test_a_schema_that_the_server_refuses_is_left_out_and_noted(server: str, wait: Wait) -> None:
    with opened(f"openai:tiny?base_url={server}/v1&structured=true", wait) as model:
        broken = replace(openings(1)[0], schema='{"type": "nonsense"}')
        done = [wait(model.complete(broken, SAMPLING)) for _ in range(2)]
        fine = wait(model.complete(replace(broken, schema=SCHEMA), replace(SAMPLING, max_tokens=200)))
        notes: list[str] = cast("Any", model).notes

    assert [(one.finish in ("stop", "length"), one.constrained, one.retries) for one in done] == [(True, False, 1), (True, False, 0)]
    assert len(notes) == 1
    assert fine.constrained or fine.finish == "length"


def test_a_seed_is_honoured(model: Model, wait: Wait) -> None:
    request = openings(1)[0]
    hot = Sampling(temperature=1.0, max_tokens=60)

    same = wait(completed(model, [request] * 3, hot))
    other = wait(completed(model, [replace(request, seed=seed) for seed in range(6)], hot))

    assert len({one.text for one in same}) == 1
    assert len({one.text for one in other}) > 3


def test_tokens_of_a_prompt_that_was_sent_before_are_counted_as_cached(model: Model, wait: Wait) -> None:
    request = openings(1, seed=77)[0]

    first, second = (wait(model.complete(request, SAMPLING)) for _ in range(2))

    assert first.usage.prompt == second.usage.prompt > second.usage.cached > first.usage.cached
    assert first.usage.completion > 0


def test_openais_own_client_gets_the_same_reply(server: str, model: Model, wait: Wait) -> None:
    from openai import OpenAI

    def theirs(request: Request) -> tuple[Any, ...]:
        done = client.chat.completions.create(
            model="tiny",
            messages=cast("Any", [{"role": role, "content": content} for role, content in request.chat]),
            temperature=SAMPLING.temperature,
            top_p=SAMPLING.top_p,
            max_tokens=SAMPLING.max_tokens,
            seed=request.seed,
        )
        choice, usage = done.choices[0], done.usage
        return choice.message.content, choice.finish_reason, usage.prompt_tokens, usage.completion_tokens

    requests = openings(4)
    with OpenAI(base_url=f"{server}/v1", api_key="none", max_retries=0) as client:
        expected = [theirs(request) for request in requests]
    ours = wait(completed(model, requests))

    assert expected == [(one.text, one.finish, one.usage.prompt, one.usage.completion) for one in ours]
    assert not any(one.served for one in ours)


def test_a_model_that_is_not_served_and_a_chat_that_is_too_long_are_told_apart(server: str, model: Model, wait: Wait) -> None:
    with pytest.raises(ConnectError, match="Check the name of the model"), opened(f"openai:huge?base_url={server}/v1", wait):
        pass
    long = replace(openings(1)[0], chat=(("user", "word " * 5000),))

    done = wait(model.complete(long, SAMPLING))

    assert (done.finish, done.text, done.fatal) == ("length", "", False)
