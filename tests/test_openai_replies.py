"""What a server's reply means, without a server: every shape in use, and that no reply whatever raises."""

from __future__ import annotations

import copy
import json
import time
from email.utils import formatdate
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.vocabulary import Completion, Usage
from models.openai_replies import Outcome, read_reply
from tests.servers import completion

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["text", "type", "message", "code", "thinking", "refusal"]), inner),
    max_leaves=6,
)


def read(document: Any, status: int = 200, max_tokens: int = 1024, **headers: str) -> Outcome:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return read_reply(status, named, json.dumps(document).encode(), max_tokens)


def error(message: Any, code: Any = None, kind: Any = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "code": code}}


@pytest.mark.parametrize(
    ("reason", "finish"),
    [
        ("stop", "stop"), ("eos", "stop"), (None, "stop"), ("tool_calls", "stop"), ("something_new", "stop"), ("", "stop"),
        ("length", "length"), ("max_tokens", "length"), ("content_filter", "filter"), ("SAFETY", "filter"),
    ],
)  # fmt: skip
def test_every_reason_to_end_is_one_of_ours(reason: str | None, finish: str) -> None:
    assert read(completion("Some text", reason)).completion.finish == finish


@pytest.mark.parametrize("reason", ["error", "abort", 5, {}])
def test_a_reply_that_was_broken_off_is_tried_again(reason: Any) -> None:
    outcome = read(completion("Some text", reason))

    assert (outcome.kind, outcome.again, outcome.completion.finish) == ("malformed", True, "error")


@pytest.mark.parametrize(
    ("content", "text", "thought"),
    [
        ("Hello.", "Hello.", ""),
        (None, "", ""),
        ("", "", ""),
        ([], "", ""),
        ([{"type": "text", "text": "Hel"}, {"type": "text", "text": "lo."}], "Hello.", ""),
        ([{"text": "Hello."}], "Hello.", ""),
        ([{"type": "image_url", "text": "no"}, {"type": "output_text", "text": "Hello."}], "Hello.", ""),
        ([{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}, {"type": "text", "text": "Hello."}], "Hello.", "Hm."),
        ([{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": None}], "", "Hm."),
        ("\ud800 <b>3 < 5</b>\n\x00", "\ud800 <b>3 < 5</b>\n\x00", ""),
    ],
)
def test_content_is_text_nothing_or_parts_and_comes_unaltered(content: Any, text: str, thought: str) -> None:
    done = read(completion(content)).completion

    assert (done.text, done.thought, done.finish) == (text, thought, "stop")


@pytest.mark.parametrize("content", [5, True, {"text": "no"}, ["no"], [None]])
def test_content_of_a_wrong_type_is_no_completion(content: Any) -> None:
    assert read(completion(content)).again


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_reasoning_delivered_apart_is_thought(name: str) -> None:
    assert read(completion("Hello.", **{name: "Hm."})).completion.thought == "Hm."
    assert read(completion("Hello.", **{name: None})).completion.thought == ""
    odd: Any = {name: {"text": "Hm."}}
    assert read(completion("Hello.", **odd)).completion.thought == ""


@pytest.mark.parametrize("message", [{"refusal": "I won't."}, {"content": [{"type": "refusal", "refusal": "I won't."}]}])
def test_a_refusal_is_filtered_and_its_words_are_kept(message: dict[str, Any]) -> None:
    document = completion(None)
    document["choices"][0]["message"].update(message)

    assert (read(document).completion.finish, read(document).completion.text) == ("filter", "I won't.")


def test_an_empty_refusal_is_none() -> None:
    assert read(completion("Hello.", refusal=None)).completion.finish == "stop"
    assert read(completion("Hello.", refusal="")).completion.finish == "stop"


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ({"prompt_tokens": 3, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": 1}}, Usage(3, 1, 2)),
        ({"prompt_tokens": 3, "completion_tokens": 2, "prompt_tokens_details": None}, Usage(3, 0, 2)),
        ({"prompt_tokens": None, "completion_tokens": "2", "prompt_tokens_details": 5}, Usage()),
        ({"prompt_tokens": -3, "completion_tokens": 10**40, "prompt_tokens_details": {"cached_tokens": True}}, Usage()),
        (None, Usage()),
        ([], Usage()),
    ],
)
def test_usage_is_what_makes_sense_of_it(usage: Any, expected: Usage) -> None:
    assert read(completion("Hello.") | {"usage": usage}).completion.usage == expected


OVERFLOWS = (
    error("This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.", "context_length_exceeded"),
    error("Too much.", "context_length_exceeded"),
    error("This model's maximum context length is 4096 tokens and your request has 4000 input tokens (1024 > 4096 - 4000).", 400),
    error("The decoder prompt (length 9000) is longer than the maximum model length of 8192.", 400),
    error("max_tokens must be at least 1, got -186."),
    error("the request exceeds the available context size, try increasing it", 400, "exceed_context_size_error"),
    error("prompt is too long: 208310 tokens > 200000 maximum"),
    error("Could not finish the message because max_tokens or model output limit was reached."),
    {"message": "Please reduce the length of the messages."},
    {"detail": "context window exceeded"},
    {"error": "context length exceeded"},
)


@pytest.mark.parametrize("document", OVERFLOWS)
def test_a_context_overflow_is_a_reply_cut_to_nothing(document: Any) -> None:
    outcome = read(document, status=400)

    assert (outcome.completion.finish, outcome.completion.text, outcome.kind) == ("length", "", "")
    assert "HTTP 400" in outcome.completion.note


def test_a_limit_on_the_reply_that_leaves_no_room_at_all_is_fatal() -> None:
    """Otherwise every episode of a run would be counted as truncated, and the model blamed for a setting."""
    outcome = read(error("This model's maximum context length is 1024 tokens and your request has 10."), status=400, max_tokens=1024)

    assert outcome.completion.fatal
    assert "ask for fewer" in outcome.completion.note


def test_a_prompt_refused_by_a_content_filter_is_filtered() -> None:
    outcome = read(error("The response was filtered.", "content_filter"), status=400)

    assert (outcome.completion.finish, outcome.again) == ("filter", False)


@pytest.mark.parametrize(
    ("status", "again"), [(300, False), (400, False), (401, False), (402, False), (404, False), (408, True), (409, True)]
)
def test_which_status_can_pass(status: int, again: bool) -> None:
    outcome = read(error("No."), status=status)

    assert (outcome.kind, outcome.status, outcome.again, outcome.completion.fatal) == ("status", status, again, not again)


def test_a_quota_that_is_used_up_does_not_pass_and_a_rate_does() -> None:
    assert not read(error("No money.", "insufficient_quota"), status=429).again
    assert not read(error("No money.", None, "insufficient_quota"), status=429).again
    assert read(error("Slower.", "rate_limit_exceeded"), status=429).again


@pytest.mark.parametrize(("code", "again"), [(502, True), (429, True), (400, False)])
def test_an_error_within_a_success_is_taken_for_what_it_says(code: int, again: bool) -> None:
    outcome = read(error("Upstream said no.", code))

    assert (outcome.status, outcome.again) == (code, again)
    assert "Upstream said no." in outcome.completion.note


def test_retry_after_is_seconds_or_a_date_by_the_servers_own_clock() -> None:
    def after(**headers: Any) -> float:
        return read(error("Slower."), status=429, **headers).after

    assert after(Retry_After="7") == 7
    assert after(Retry_After="Wed, 21 Oct 2015 07:28:30 GMT", Date="Wed, 21 Oct 2015 07:28:00 GMT") == 30
    assert after(Retry_After="Wed, 21 Oct 2015 07:28:30 -0000", Date="Wed, 21 Oct 2015 07:28:00 GMT") == 30
    assert 55 <= after(Retry_After=formatdate(time.time() + 60, usegmt=True)) <= 61
    assert after(Retry_After="Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert after(Retry_After="soon") == after(Retry_After="-1") == after(Retry_After="nan") == after(Retry_After="inf") == after() == 0


def mutated(document: Any, path: list[int], value: Any) -> Any:
    """``document`` with the node that ``path`` leads to replaced by ``value``."""
    if not path or not isinstance(document, dict | list) or not document:
        return value
    changed = copy.copy(document)
    keys = list(document) if isinstance(document, dict) else list(range(len(document)))
    key = keys[path[0] % len(keys)]
    changed[key] = mutated(document[key], path[1:], value)
    return changed


def check(outcome: Outcome) -> None:
    done = outcome.completion
    assert isinstance(done, Completion)
    assert done.finish in ("stop", "length", "filter", "error")
    assert (outcome.kind == "") == (done.finish != "error")
    assert done.fatal == (done.finish == "error" and not outcome.again)
    strings = (done.text, done.thought, done.note, outcome.served, outcome.fingerprint)
    assert all(type(value) is str for value in strings)
    assert all(type(value) is int and value >= 0 for value in (done.usage.prompt, done.usage.cached, done.usage.completion))
    assert outcome.after >= 0


@settings(max_examples=300)
@given(st.lists(st.integers(0, 9), max_size=5), JSON_VALUES, st.sampled_from([200, 302, 400, 429, 500]), st.booleans())
def test_a_reply_with_anything_anywhere_is_a_value(path: list[int], value: Any, status: int, is_error: bool) -> None:
    document = error("No.", 400) if is_error else completion("Hello.")
    check(read(mutated(document, path, value), status=status))


@given(st.binary(), st.sampled_from([200, 302, 400, 429, 500]), st.text())
def test_any_bytes_are_a_value(raw: bytes, status: int, header: str) -> None:
    check(read_reply(status, {"Retry-After": header, "Date": header}, raw, 10))
