"""What common servers say of a single prompt that is too long or not wanted: the model's affair, never a run set up wrongly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmark.vocabulary import Completion
from models.openai_replies import Outcome, read_reply

Form = tuple[int, Any]


def read(form: Form, max_tokens: int = 1024) -> Outcome:
    status, document = form
    return read_reply(status, {}, json.dumps(document).encode(), max_tokens)


def error(message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, **more}}


TOO_LONG: dict[str, Form] = {
    "OpenAI": (400, error("This model's maximum context length is 128000 tokens. However, your messages resulted in 130012 tokens. Please "
        "reduce the length of the messages.", type="invalid_request_error", param="messages", code="context_length_exceeded")),
    "OpenAI, a long string": (400, error("Invalid 'messages[0].content': string too long. Expected a string with maximum length 1048576.",
        type="invalid_request_error", param="messages[0].content", code="string_above_max_length")),
    "Azure": (400, error("This model's maximum context length is 16385 tokens.", code="context_length_exceeded")),
    "vLLM, old": (400, {"object": "error", "message": "This model's maximum context length is 4096 tokens. However, you requested 5000 "
        "tokens (4000 in the messages, 1000 in the completion).", "type": "BadRequestError", "param": None, "code": 400}),
    "vLLM": (400, error("You passed 4097 input tokens and requested 1024 output tokens. However, the model's context length is only 4096 "
        "tokens, resulting in a maximum input length of 3072 tokens.", type="BadRequestError", param="input_tokens", code=400)),
    "vLLM, no room": (400, error("max_tokens must be at least 1, got -186.", type="BadRequestError", code=400)),
    "vLLM, decoder": (400, error("The decoder prompt (length 9000) is longer than the maximum model length of 8192.", code=400)),
    "SGLang": (400, {"object": "error", "message": "The input (9000 tokens) is longer than the model's context length (8192 tokens).",
        "type": "BadRequestError", "code": 400}),
    "llama.cpp": (400, error("request (5012 tokens) exceeds the available context size (4096 tokens), try increasing it",
        code=400, type="exceed_context_size_error", n_prompt_tokens=5012, n_ctx=4096)),
    "llama.cpp, old": (500, error("the request exceeds the available context size. try increasing the context size or enable context shift",
        code=500, type="server_error")),
    "llama-cpp-python": (400, error("Requested tokens (3000) exceed context window of 2048", code="context_length_exceeded")),
    "TGI": (422, {"error": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens and "
        "1024 `max_new_tokens`", "error_type": "validation"}),
    "TGI, inputs alone": (422, {"error": "Input validation error: `inputs` must have less than 1024 tokens. Given: 2000",
        "error_type": "validation"}),
    "Ollama": (400, error("the input length exceeds the context length", type="invalid_request_error", param=None, code=None)),
    "Ollama, native": (400, {"error": "prompt too long; exceeded max context length by 212 tokens"}),
    "LM Studio": (400, {"error": "Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with "
        "context length of only 4096 tokens, which is not enough."}),
    "Anthropic": (400, error("input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000", type="invalid_request_error")),
    "Google": (400, [error("The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
        code=400, status="INVALID_ARGUMENT")]),
    "Mistral": (400, {"object": "error", "message": "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 "
        "maximum context length", "type": "invalid_request_error", "code": "3051"}),
    "DashScope": (400, error("Range of input length should be [1, 30720]", type="invalid_request_error", code="invalid_parameter_error")),
    "LiteLLM's proxy": (400, error("litellm.ContextWindowExceededError: too many tokens", type=None, code="400")),
}  # fmt: skip

NOT_WANTED: dict[str, Form] = {
    "OpenAI": (400, error("Your request was rejected as a result of our safety system.", code="content_policy_violation")),
    "OpenAI, reasoning": (400, error("Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again "
        "with a different prompt.", type="invalid_request_error", param=None, code="invalid_prompt")),
    "Azure": (400, error("The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", type=None,
        param="prompt", code="content_filter", status=400, innererror={"code": "ResponsibleAIPolicyViolation"})),
    "Azure, code left out": (400, error("The response was filtered due to the prompt triggering our content management policy.")),
    "Anthropic": (400, error("Output blocked by content filtering policy", type="invalid_request_error")),
    "xAI": (403, {"code": "The caller does not have permission", "error": "Content violates usage guidelines. Failed check: SAFETY_CHECK"}),
    "DeepSeek": (400, error("Content Exists Risk", type="invalid_request_error", code="invalid_request_error")),
    "DashScope": (400, error("Output data may contain inappropriate content.", code="data_inspection_failed")),
    "Moonshot": (400, error("The request was rejected because it was considered high risk", type="content_filter")),
    "OpenRouter": (403, error("Your chosen model requires moderation and your input was flagged", code=403,
        metadata={"reasons": ["violence"], "flagged_input": "…"})),
    "LiteLLM's proxy": (400, error("litellm.ContentPolicyViolationError: refused upstream", code="400")),
}  # fmt: skip

SET_UP_WRONGLY: dict[str, Form] = {
    "a parameter": (400, error("Unrecognized request argument supplied: foo", type="invalid_request_error")),
    "an unknown model, Ollama": (404, error('model "x" not found, try pulling it first', type="api_error")),
    "a key": (401, error("Incorrect API key provided", code="invalid_api_key")),
    "a template": (400, error("Conversation roles must alternate user/assistant", type="BadRequestError", code=400)),
    "a limit of TGI": (422, {"error": "Input validation error: `max_new_tokens` must be strictly positive", "error_type": "validation"}),
    "an account": (401, error("Your account was deactivated for violating our policies", code="account_deactivated")),
}


def completed(outcome: Outcome) -> Completion:
    assert (outcome.kind, outcome.again) == ("", False)
    return outcome.completion


@pytest.mark.parametrize("form", TOO_LONG)
def test_a_prompt_that_is_too_long_is_a_reply_cut_to_nothing(form: str) -> None:
    done = completed(read(TOO_LONG[form]))

    assert (done.finish, done.text, done.fatal) == ("length", "", False)
    assert done.note.startswith(f"HTTP {TOO_LONG[form][0]}: ")


@pytest.mark.parametrize("form", NOT_WANTED)
def test_a_prompt_that_is_not_wanted_is_filtered(form: str) -> None:
    done = completed(read(NOT_WANTED[form]))

    assert (done.finish, done.text, done.fatal) == ("filter", "", False)
    assert done.note.startswith(f"HTTP {NOT_WANTED[form][0]}: ")


@pytest.mark.parametrize("form", SET_UP_WRONGLY)
def test_what_concerns_every_prompt_is_neither(form: str) -> None:
    outcome = read(SET_UP_WRONGLY[form])

    assert (outcome.kind, outcome.completion.finish, outcome.completion.fatal) == ("status", "error", True)


@pytest.mark.parametrize("form", ["vLLM, old", "vLLM", "TGI", "LM Studio"])
def test_where_the_limit_on_a_reply_fills_the_room_it_is_the_setting_that_is_wrong(form: str) -> None:
    assert read(TOO_LONG[form], max_tokens=4096).completion.fatal
