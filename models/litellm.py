"""The ``litellm:`` engine: any service that LiteLLM has an adapter for, each call one of its ``acompletion``.

The adapter is thin: LiteLLM sends, we decide what a failure means. Its own retries are off, so that attempts are counted
and bounded here; its telemetry is off; nothing is dropped from a request unless ``drop_params`` says so, which goes on
record. What it says is shown without any key.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

from benchmark.streams import stream
from benchmark.vocabulary import Completion, ConnectError, Json, Request, Sampling, Usage, UsageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from models.spec import Spec

OPTIONS: dict[str, str] = {
    "base_url": "where the service is, if not where LiteLLM knows it to be",
    "key_env": "the environment variable that holds the key (the one LiteLLM takes for the provider)",
    "structured": "true: ask for commits with the task's JSON schema (false)",
    "drop_params": "true: leave out what the provider does not take, such as a seed; replies can then not be repeated (false)",
    "timeout": "seconds for one attempt (120)",
    "total_timeout": "seconds after which no further attempt is made (900)",
    "retries": "further attempts after a failure that can pass (6)",
    "backoff": "seconds before the first of them, doubled each time up to 30 (0.5)",
}
"""What a ``litellm:`` spec takes after "?", with the defaults."""

_LONGEST_PAUSE = 30.0
_FOR_GOOD = {
    "AuthenticationError",
    "PermissionDeniedError",
    "NotFoundError",
    "BadRequestError",
    "UnprocessableEntityError",
    "BudgetExceededError",
}
_CAN_PASS = (408, 409, 425, 429)
_REFUSALS = ("content_policy_violation", "content_filter")
_FINISH = {"length": "length", "max_tokens": "length", "content_filter": "filter", "refusal": "filter"}
_SECRET = re.compile(r"(?:^|_)(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS)(?:_|\Z)")


@dataclass(frozen=True, slots=True)
class _Patience:
    """How long to go on: ``retries`` further attempts, none begun after ``seconds``."""

    retries: int
    attempt: float
    seconds: float
    backoff: float


class ChatModel:
    """One model behind LiteLLM, as a Model."""

    def __init__(self, spec: Spec, fixed: Mapping[str, Any], patience: _Patience) -> None:
        self.name = str(spec)
        self.details: Mapping[str, Json] = {
            "engine": "litellm",
            "engine_version": metadata.version("litellm"),
            "drop_params": spec.flag("drop_params"),
        }
        self._structured = spec.flag("structured")
        self._fixed, self._patience = dict(fixed), patience
        # A service may repeat in a complaint what it was sent; whatever LiteLLM could have taken for a key is kept from view.
        self._secrets = sorted({value for name, value in os.environ.items() if _SECRET.search(name) and len(value) >= 8}, key=len)[::-1]

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        """The reply to ``request.chat``; an error value where there is none after all attempts."""
        given: dict[str, Any] = {
            "messages": [{"role": role, "content": content} for role, content in request.chat],
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "max_tokens": sampling.max_tokens,
            "seed": request.seed,
        }
        bound = self._structured and request.schema is not None
        if bound and request.schema:
            schema = {"name": "answer", "schema": json.loads(request.schema), "strict": True}
            given["response_format"] = {"type": "json_schema", "json_schema": schema}
        return await self._ask(given, bound)

    async def greet(self) -> None:
        """One small real completion, so that what can never work fails here. ConnectError says what."""
        asked = {"messages": [{"role": "user", "content": "Reply with OK."}], "max_tokens": 16, "seed": 0}
        completion = await self._ask(asked, False)
        if completion.finish == "error":
            advice = "Change the spec, or the environment variable that holds the key." if completion.fatal else "Try again later."
            raise ConnectError(f"{self.name} gives no reply: {completion.note}. {advice}")

    async def _ask(self, given: dict[str, Any], bound: bool) -> Completion:
        """Attempts until one succeeds, cannot ever, or patience ends."""
        import litellm

        began, patience = time.monotonic(), self._patience
        for attempt in range(patience.retries + 1):
            left = patience.seconds - (time.monotonic() - began)
            seconds = max(0.001, min(patience.attempt, left))
            try:
                # LiteLLM's own limit is not kept by every provider; ours is a little later, so that its error is the one seen.
                asking = litellm.acompletion(**given, **self._fixed, timeout=seconds, num_retries=0, max_retries=0)
                reply = await asyncio.wait_for(asking, seconds + 1)
                return self._completion(reply, bound, attempt, time.monotonic() - began)
            except Exception as error:  # noqa: BLE001 - LiteLLM raises what its providers' libraries do
                failure = self._failure(error)
            step = min(_LONGEST_PAUSE, patience.backoff * 2**attempt)
            pause = step * (0.5 + stream(given["seed"], "pause", attempt).bits(16) / 2**17)
            if failure.finish != "error" or failure.fatal or time.monotonic() - began + pause >= patience.seconds:
                break
            if attempt < patience.retries:
                await asyncio.sleep(pause)
        note = f"{attempt + 1} attempts; the last: {failure.note}" if attempt else failure.note
        return Completion("", finish=failure.finish, retries=attempt, seconds=time.monotonic() - began, note=note, fatal=failure.fatal)

    def _completion(self, reply: Any, bound: bool, retries: int, seconds: float) -> Completion:
        """The first choice of ``reply``; LookupError, TypeError, AttributeError or ValueError if there is none, or no whole one."""
        choice, usage = reply.choices[0], getattr(reply, "usage", None)
        if (getattr(choice, "provider_specific_fields", None) or {}).get("native_finish_reason") in ("abort", "error"):
            raise ValueError("the reply was broken off")
        message = choice.message
        refusal = getattr(message, "refusal", None) or (getattr(message, "provider_specific_fields", None) or {}).get("refusal") or ""
        finish = "filter" if refusal else _FINISH.get(str(choice.finish_reason or "stop").lower(), "stop")
        details = getattr(usage, "prompt_tokens_details", None)
        counts = Usage(_count(usage, "prompt_tokens"), _count(details, "cached_tokens"), _count(usage, "completion_tokens"))
        text, thought = self._clean(message.content or refusal), self._clean(getattr(message, "reasoning_content", None) or "")
        return Completion(text, thought, finish, counts, bound, retries, seconds)

    def _failure(self, error: Exception) -> Completion:
        """What ``error`` means: a refusal, a prompt that is too long, a failure that can pass, or one that cannot."""
        kinds = {kind.__name__ for kind in type(error).__mro__}
        note = f"{type(error).__name__}: {' '.join(self._clean(str(error)).split())[:300]}"
        if "ContextWindowExceededError" in kinds:
            return Completion("", finish="length", note=note)
        # LiteLLM has a class for refusals, but knows few of them by their text; most providers give a code.
        code = f"{getattr(error, 'code', '')} {error}"
        if "ContentPolicyViolationError" in kinds or ("BadRequestError" in kinds and any(one in code for one in _REFUSALS)):
            return Completion("", finish="filter", note=note)
        status = getattr(error, "status_code", None)
        refused = isinstance(status, int) and 400 <= status < 500 and status not in _CAN_PASS
        return Completion("", finish="error", note=note, fatal=refused or bool(kinds & _FOR_GOOD) or "insufficient_quota" in code)

    def _clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[key]")
        return text


def _count(value: Any, name: str) -> int:
    found = getattr(value, name, None)
    return found if type(found) is int and 0 <= found < 2**53 else 0


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[ChatModel]:
    """The model of a ``litellm:`` spec, once it has answered one small request."""
    spec.allow(OPTIONS)
    patience = _Patience(
        retries=spec.count("retries", 6, 0, 50),
        attempt=spec.number("timeout", 120, 0.001, 86_400),
        seconds=spec.number("total_timeout", 900, 0.001, 864_000),
        backoff=spec.number("backoff", 0.5, 0, _LONGEST_PAUSE),
    )
    fixed: dict[str, Any] = {"model": spec.name, "drop_params": spec.flag("drop_params")}
    if "base_url" in spec.options:
        fixed["api_base"] = spec.options["base_url"]
    if "key_env" in spec.options:
        fixed["api_key"] = _key(spec)
    os.environ.setdefault("LITELLM_LOG", "ERROR")
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # else its import asks the network for prices
    try:
        import litellm
    except ImportError as error:
        raise ConnectError(f'{spec} needs LiteLLM: {error}. Install it: pip install "parley-bench[litellm]"') from None
    litellm.telemetry = False
    litellm.suppress_debug_info = True
    model = ChatModel(spec, fixed, patience)
    try:
        await model.greet()
        yield model
    finally:
        close = getattr(litellm, "close_litellm_async_clients", None)
        if close:
            await close()


def _key(spec: Spec) -> str:
    name = spec.options["key_env"]
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        raise UsageError("key_env must be the name of an environment variable. What was given is not shown, as it may be the key itself.")
    if not (key := os.environ.get(name, "").strip()):
        shown = name if name.isupper() else "that key_env names"
        raise ConnectError(f"there is no key for litellm:{spec.name}: the environment variable {shown} is not set. Set it to the key.")
    return key
