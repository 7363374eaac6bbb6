"""The openai: engine and what a server does not take: a schema, a seed, a field. What is given up is noted, and nothing else is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import models
from benchmark import api
from benchmark.schemas import fits
from benchmark.vocabulary import Completion, ConnectError, Request, Sampling, UsageError
from models.openai import ChatModel
from models.openai_dialect import PROBE
from tests.servers import Act, Body, Server, gives, hangs, in_thread, refuses, says, serving

SCHEMA = (
    '{"type": "object", "properties": {"answer": {"anyOf": [{"type": "string", "minLength": 1, "maxLength": 5}, {"type": "null"}]}},'
    ' "required": ["answer"], "additionalProperties": false}'
)
OTHER = SCHEMA.replace("5", "6")
PROBED = '{"quince_ladder": "heron-4711"}'


def request(schema: str | None = SCHEMA) -> Request:
    nothing = cast("Any", None)
    return Request(nothing, nothing, (), "A", "commit", 0, (("user", "Well?"),), schema, 7)


def met(
    *greetings: Act, script: tuple[Act, ...] = (), requests: tuple[Request, ...] = (), **options: object
) -> tuple[ChatModel, list[Completion], Server]:
    """A model whose server greets as told, what ``requests`` came to, and the server."""

    async def play() -> tuple[ChatModel, list[Completion], Server]:
        async with serving(*script, greetings=greetings) as server, models.connect(models.parse_spec(server.spec(**options))) as model:
            return cast("ChatModel", model), [await model.complete(one, Sampling()) for one in requests], server

    return asyncio.run(play())


def structured(
    *greetings: Act, script: tuple[Act, ...] = (), requests: tuple[Request, ...] = ()
) -> tuple[ChatModel, list[Completion], Server]:
    return met(says("OK"), *greetings, script=script, requests=requests, structured="true")


def test_a_schema_is_sent_only_when_asked_for_and_there_is_one() -> None:
    _, _, server = structured(says(PROBED), requests=(request(), request(None)))
    _, _, plain = met(requests=(request(),))

    wanted = {"name": "answer", "schema": json.loads(SCHEMA), "strict": True}
    assert server.bodies[0]["response_format"] == {"type": "json_schema", "json_schema": wanted}
    assert "response_format" not in server.bodies[1]
    assert not any("response_format" in received.body for received in plain.received)


def test_a_server_that_keeps_to_an_odd_schema_honours_it() -> None:
    model, _, server = structured(says(PROBED))

    assert (model.details["structured"], model.notes) == ("honoured", [])
    assert server.received[1].body["response_format"]["json_schema"]["schema"] == json.loads(PROBE)
    assert "heron" not in json.dumps(server.received[1].body["messages"])


@pytest.mark.parametrize(
    "reply", ["OK", "{}", '{"quince_ladder": "heron-4712"}', '{"quince_ladder": "heron-4711", "more": 1}', "```json\n" + PROBED]
)
def test_a_server_that_answers_as_it_likes_ignores_a_schema_and_no_reply_counts_as_constrained(reply: str) -> None:
    model, done, server = structured(says(reply), script=(says('{"answer": "Ada"}'),), requests=(request(),))

    assert model.details["structured"] == "ignored"
    assert len(model.notes) == 1
    assert "ignores" in model.notes[0]
    assert (done[0].text, done[0].constrained) == ('{"answer": "Ada"}', False)
    assert "response_format" in server.bodies[0]


@pytest.mark.parametrize("act", [refuses(400, "response_format: no."), refuses(422), refuses(501), refuses(404)])
def test_a_server_that_refuses_a_schema_is_asked_without_one(act: Act) -> None:
    model, done, server = structured(act, act, act, script=(says('{"answer": "Ada"}'),), requests=(request(),))

    assert model.details["structured"] == "refused"
    assert len(model.notes) == 1
    assert "refuses a JSON schema" in model.notes[0]
    assert not done[0].constrained
    assert "response_format" not in server.bodies[0]


def test_a_model_that_thinks_first_is_given_room_to() -> None:
    model, _, server = structured(says("", "length", reasoning_content="Hm"), says(PROBED, reasoning_content="Hm."))

    assert model.details["structured"] == "honoured"
    assert server.received[1].body["max_tokens"] < server.received[2].body["max_tokens"]
    assert structured(*[says("O", "length")] * 2)[0].details["structured"] == "ignored"


def test_a_server_that_fails_while_it_is_probed_is_not_judged() -> None:
    assert structured(refuses(503), says(PROBED))[0].details["structured"] == "honoured"
    for act in (refuses(429), hangs()):
        with pytest.raises(ConnectError):
            structured(act, act, act)


@pytest.mark.parametrize(
    ("text", "finish", "constrained"),
    [
        ('{"answer": "Ada"}', "stop", True), ('{"answer":null}\n', "stop", True), ('{"answer": "Adalbert"}', "stop", False),
        ('{"answer": ""}', "stop", False), ('{"answer": 5}', "stop", False), ('{"answer": "A', "length", False), ("Ada", "stop", False),
        ('{"answer": "Ada"} {}', "stop", False), ('{"answer": NaN}', "stop", False), ('{"answer": "A\x13"}', "stop", False),
        ('{"answer": "Ada", "answer": "Bob"}', "stop", False), ("[" * 100_000, "stop", False), (None, "content_filter", False),
    ],
)  # fmt: skip
def test_only_a_reply_that_fits_the_schema_counts_as_constrained(text: str | None, finish: str, constrained: bool) -> None:
    _, done, _ = structured(says(PROBED), script=(says(text, finish),), requests=(request(),))

    assert (done[0].constrained, done[0].text) == (constrained, text or "")


def test_a_schema_that_is_refused_later_is_given_up_noted_once_and_others_are_not() -> None:
    no, yes = refuses(400, "maxLength is not supported"), says('{"answer": "Ada"}')
    script = (yes, no, yes, yes, no, yes, yes)
    requests = (request(OTHER), request(), request(), replace(request(), schema=OTHER + " "), request(OTHER))
    model, done, server = structured(says(PROBED), script=script, requests=requests)

    assert [one.constrained for one in done] == [True, False, False, False, True]
    assert [one.retries for one in done] == [0, 1, 0, 1, 0]
    assert ["response_format" in body for body in server.bodies] == [True, True, False, False, True, False, True]
    assert len(model.notes) == 1
    assert "maxLength is not supported" in model.notes[0]


def test_a_refusal_that_is_not_about_the_schema_stays_one() -> None:
    model, done, server = structured(says(PROBED), script=(refuses(400, "No."), refuses(404, "Never.")), requests=(request(), request()))

    assert (done[0].fatal, done[0].note) == (True, "HTTP 404: Never.")
    assert done[1].finish == "stop"
    assert "response_format" in server.bodies[2]
    assert model.notes == []


TOKENS_REFUSED = (
    refuses(400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."),
    gives({"error": {"message": "Unsupported parameter", "param": "max_tokens", "code": "unsupported_parameter"}}, 400),
    gives({"detail": [{"type": "extra_forbidden", "loc": ["body", "max_tokens"], "msg": "Extra inputs are not permitted"}]}, 422),
)  # fmt: skip


@pytest.mark.parametrize("act", TOKENS_REFUSED)
def test_the_other_name_of_the_token_limit_is_found(act: Act) -> None:
    model, _, server = met(act, requests=(request(),))

    assert model.details["max_tokens_field"] == "max_completion_tokens"
    assert server.bodies[0]["max_completion_tokens"] == 1024
    assert "max_tokens" not in server.bodies[0]
    with pytest.raises(ConnectError, match="max_tokens_field=max_completion_tokens"):
        met(act, max_tokens_field="max_tokens")


SEED_REFUSED = (
    refuses(400, "Unrecognized request argument supplied: seed"),
    refuses(400, "property 'seed' is unsupported"),
    refuses(400, 'Invalid JSON payload received. Unknown name "seed": Cannot find field.'),
    gives({"error": {"message": "No.", "param": "seed", "code": "unknown_parameter"}}, 400),
    gives({"detail": [{"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not permitted", "input": 0}]}, 422),
)


@pytest.mark.parametrize("act", SEED_REFUSED)
def test_a_seed_that_is_refused_is_left_out_and_noted(act: Act) -> None:
    model, done, server = met(act, requests=(request(),))

    assert (model.details["seed"], done[0].finish) == ("refused", "stop")
    assert "seed" not in server.bodies[0]
    assert len(model.notes) == 1
    assert "refuses a seed" in model.notes[0]


def test_a_server_may_refuse_several_fields_one_after_the_other_and_none_for_ever() -> None:
    model, _, server = met(TOKENS_REFUSED[0], SEED_REFUSED[0], requests=(request(),))
    assert {"max_completion_tokens", "temperature", "top_p", "model", "messages"} == set(server.bodies[0])
    assert model.details["seed"] == "refused"

    both = refuses(400, "unknown: seed, max_tokens")
    with pytest.raises(ConnectError, match="unknown: seed"):
        met(*[both] * 9)


def test_other_words_about_a_seed_give_up_nothing() -> None:
    with pytest.raises(ConnectError, match="seedling"):
        met(refuses(400, "seedling is not supported"))
    with pytest.raises(ConnectError, match="too tall"):
        met(gives({"error": {"message": "seed unknown, model too tall", "param": "model"}}, 400))


@pytest.mark.parametrize("omit", ["seed", "top_p,temperature", "seed,temperature,top_p"])
def test_what_is_omitted_is_not_sent_and_the_rest_is(omit: str) -> None:
    _, _, server = met(requests=(request(),), omit=omit)

    for received in server.received:
        assert {"model", "messages", "max_tokens", "seed", "temperature", "top_p"} - set(omit.split(",")) == set(received.body)


def test_a_temperature_that_is_refused_in_mid_run_is_fatal_with_advice() -> None:
    act = refuses(400, "Unsupported value: 'temperature' does not support 0.7 with this model.", "unsupported_value")
    _, done, _ = met(script=(act,), requests=(request(),))

    assert done[0].fatal
    assert "Add omit=temperature to the spec" in done[0].note


def test_what_is_asked_is_part_of_a_models_identity_and_its_pace_is_not() -> None:
    spec = models.parse_spec("openai:m?omit=seed&rpm=5&tpm=9&retries=3")

    assert spec.identity == "openai:m?omit=seed"


def test_no_message_is_the_systems() -> None:
    _, _, server = structured(says(PROBED), requests=(request(),))

    assert {message["role"] for received in server.received for message in received.body["messages"]} == {"user"}


def test_the_user_is_told_and_the_run_records_it(tmp_path: Any) -> None:
    told: list[str] = []

    def answer(body: Body) -> str:
        return '{"answer": null}' if "JSON object only" in body["messages"][-1]["content"] else "I have nothing to add. (ready)"

    with in_thread(Server(answer=answer)) as server:
        wish = api.Wish(model=server.spec(structured="true"), tasks=("mutual_friend",), conditions=("solo",), n=2, rpm=100_000, tpm=10**9)
        out, outcome = api.run(wish, tmp_path / "run", api.Settings(quiet=True, tell=told.append))

    assert outcome.complete
    assert [line.startswith("Note: openai:asked-model at http://127.0.0.1") for line in told] == [True]
    run = json.loads((out / "run.json").read_text("utf-8"))
    assert run["configuration"]["models"]["A"]["structured"] == "ignored"
    assert "rpm" not in run["configuration"]["model"]


def test_a_rate_for_a_model_without_a_server_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="rpm"):
        api.run(api.Wish(model="reference:honest", rpm=5))


SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-3, 3) | st.text(max_size=3)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3), max_leaves=5)
KINDS: dict[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: value is True or value is False,
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "number": lambda value: type(value) in (int, float),
}


@settings(max_examples=200)
@given(VALUES, st.sampled_from(sorted(KINDS)), st.integers(0, 3))
def test_types_bounds_and_alternatives_are_what_json_schema_says(value: Any, kind: str, bound: int) -> None:
    text = json.dumps(value)

    assert fits(text, json.dumps({"type": kind})) == KINDS[kind](value)
    assert fits(text, json.dumps({"anyOf": [{"type": kind}, {"type": "array"}]})) == (KINDS[kind](value) or isinstance(value, list))
    assert fits(text, json.dumps({"maxLength": bound})) == (not isinstance(value, str) or len(value) <= bound)
    assert fits(text, json.dumps({"minItems": bound})) == (not isinstance(value, list) or len(value) >= bound)
    assert fits(text, json.dumps({"minimum": bound})) == (type(value) not in (int, float) or value >= bound)
    assert fits(text, json.dumps({"enum": [value]}))
    assert fits(text, json.dumps({"const": True})) == (value is True)


def test_what_cannot_be_checked_does_not_count_as_kept() -> None:
    assert fits("1", '{"title": "x"}')
    assert not fits("1", '{"$ref": "#/x"}')
    assert not fits("1", '{"type": "no such"}')
    assert not fits("1", "no schema")
    assert not fits('"a"', '{"pattern": "("}')
