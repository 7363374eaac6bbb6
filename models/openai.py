"""The ``openai:`` engine: any server with OpenAI's chat completions, over one pool of kept-alive connections.

Stateless: a request's whole chat goes out each time, and nothing is kept of it. Whatever can pass is tried again; what
cannot is an error value at once. The key to the service is in no message, name or representation.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import aiohttp

from benchmark.vocabulary import Completion, ConnectError, Json, Request, Sampling, UsageError
from models.openai_replies import Outcome, failed, read_reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from models.spec import Spec

OPTIONS: dict[str, str] = {
    "base_url": "where the server is, up to and without /chat/completions (https://api.openai.com/v1)",
    "key_env": "the environment variable that holds the key (OPENAI_API_KEY)",
    "structured": "true: ask for commits with the task's JSON schema (false)",
    "timeout": "seconds for one attempt (120)",
    "total_timeout": "seconds after which no further attempt is made (900)",
    "retries": "further attempts after a failure that can pass (6)",
    "backoff": "seconds before the first of them, doubled each time up to 30 (0.5)",
    "max_tokens_field": "max_tokens, or max_completion_tokens for models that want it so (max_tokens)",
}
"""What an ``openai:`` spec takes after "?", with the defaults."""

DEFAULT_URL = "https://api.openai.com/v1"
DEFAULT_KEY_ENV = "OPENAI_API_KEY"
LARGEST_REPLY = 64 * 2**20
LONGEST_BACKOFF = 30.0
LONGEST_PAUSE = 120.0
"""Seconds at most that a server's Retry-After is heeded."""

GREETING = (("user", "Reply with OK."),)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on: ``retries`` further attempts, none begun after ``seconds``, and at most ``pause`` between two."""

    retries: int
    attempt: float
    seconds: float
    backoff: float
    pause: float = LONGEST_PAUSE
    gives_up_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """What one spec says of its server; ``url`` is that of chat completions."""

    model: str
    base_url: str
    url: str
    host: str
    key_env: str
    key: str = field(repr=False)
    structured: bool
    tokens_field: str

    def clean(self, text: str, limit: int = 300) -> str:
        """``text`` on one printable line of at most ``limit`` characters, without the key (the key goes first: a cut could hide it)."""
        if not text:
            return ""
        text = self.without_key(text)
        text = re.sub(r"\bsk-[\w*.-]+", "[key]", text)[:10_000]
        line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
        return line if len(line) <= limit else line[: limit - 1] + "…"

    def without_key(self, text: str) -> str:
        """``text`` as it is but for the key, which a server may echo from the request it was sent."""
        for form in (self.key, json.dumps(self.key)[1:-1], quote(self.key, safe="")):
            if len(form) >= 4:
                text = text.replace(form, "[key]")
        return text

    def payload(self, chat: tuple[tuple[str, str], ...], max_tokens: int, seed: int, **more: Json) -> bytes:
        """The body of one request: ASCII, so that nothing a chat holds can break the encoding."""
        messages = [{"role": role, "content": content} for role, content in chat]
        body = {"model": self.model, "messages": messages, self.tokens_field: max_tokens, "seed": seed, **more}
        return json.dumps(body, separators=(",", ":")).encode("ascii")


class ChatModel:
    """One model behind one server, as a Model."""

    def __init__(self, name: str, endpoint: _Endpoint, session: aiohttp.ClientSession, patience: Patience) -> None:
        self.name = name
        self.details: Mapping[str, Json] = {"host": endpoint.host}
        self._endpoint = endpoint
        self._session = session
        self._patience = patience
        self._jitter = random.Random()  # noqa: S311 - spreads retries in time; no result depends on it

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        """The reply to ``request.chat``; an error value where there is none after all attempts."""
        constrained = self._endpoint.structured and request.schema is not None
        more: dict[str, Json] = {"temperature": sampling.temperature, "top_p": sampling.top_p}
        if constrained and request.schema:
            schema = {"name": "answer", "schema": json.loads(request.schema), "strict": True}
            more["response_format"] = {"type": "json_schema", "json_schema": schema}
        payload = self._endpoint.payload(request.chat, sampling.max_tokens, request.seed, **more)
        completion = (await self._ask(payload, sampling.max_tokens, self._patience)).completion
        return replace(completion, constrained=constrained and completion.finish != "error")

    async def greet(self) -> None:
        """One small real completion, so that what can never work fails here. ConnectError says what and what to do."""
        patience = self._patience
        brief = replace(patience, retries=min(2, patience.retries), pause=5.0, gives_up_on=("unreachable", "timeout"))
        outcome = await self._ask(self._endpoint.payload(GREETING, 16, 0), 16, brief)
        if outcome.completion.finish == "error":
            raise ConnectError(self._endpoint.clean(_explain(self._endpoint, outcome), 900))
        said = {"served_model": outcome.served, "system_fingerprint": outcome.fingerprint}
        self.details = {**self.details, **{name: self._endpoint.clean(value) for name, value in said.items() if value}}

    async def _ask(self, payload: bytes, max_tokens: int, patience: Patience) -> Outcome:
        """Attempts until one succeeds, cannot ever, or patience ends."""
        started = time.monotonic()
        attempts = 0
        while True:
            left = max(0.001, patience.seconds - (time.monotonic() - started))
            outcome = await self._attempt(payload, max_tokens, min(patience.attempt, left))
            attempts += 1
            step = min(LONGEST_BACKOFF, patience.backoff * 2 ** (attempts - 1))
            pause = min(patience.pause, outcome.after) + step * self._jitter.uniform(0.5, 1.0)
            spent = time.monotonic() - started
            done = not outcome.again or outcome.kind in patience.gives_up_on
            if done or attempts > patience.retries or spent + pause >= patience.seconds:
                break
            await asyncio.sleep(pause)
        completion = outcome.completion
        note = f"{attempts} attempts; the last: {completion.note}" if outcome.kind and attempts > 1 else completion.note
        text, thought = map(self._endpoint.without_key, (completion.text, completion.thought))
        counted = replace(completion, text=text, thought=thought, retries=attempts - 1, seconds=spent, note=self._endpoint.clean(note))
        return replace(outcome, completion=counted)

    async def _attempt(self, payload: bytes, max_tokens: int, seconds: float) -> Outcome:
        limit = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.post(self._endpoint.url, data=payload, timeout=limit, allow_redirects=False) as response:
                raw = bytearray()
                async for chunk in response.content.iter_any():
                    raw += chunk
                    if len(raw) > LARGEST_REPLY:
                        return failed(f"the reply is larger than {LARGEST_REPLY} bytes", "malformed", again=True)
        except TimeoutError:
            return failed(f"no whole reply within {seconds:.3g} seconds", "timeout", again=True)
        except aiohttp.ClientConnectorError as error:
            return failed(f"no connection: {str(error).replace(' ssl:default', '')}", "unreachable", again=True)
        except (aiohttp.ClientError, OSError) as error:
            return failed(f"the connection broke: {error or type(error).__name__}", "broken", again=True)
        return read_reply(response.status, response.headers, bytes(raw), max_tokens)


@asynccontextmanager
async def connect(spec: Spec, key: str = "") -> AsyncIterator[ChatModel]:
    """The model of an ``openai:`` spec, once its server has answered one small request. ``key`` goes before the one of ``key_env``."""
    spec.allow(OPTIONS)
    endpoint, patience = _endpoint(spec, key), patience_of(spec)
    headers = {"Content-Type": "application/json", "User-Agent": "parley-bench"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    # The caller bounds what is in flight, so the pool does not; no cookies, because nothing may pass from call to call.
    pool = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=pool, headers=headers, cookie_jar=aiohttp.DummyCookieJar()) as session:
        model = ChatModel(str(spec), endpoint, session, patience)
        await model.greet()
        yield model


def patience_of(spec: Spec) -> Patience:
    """How long ``spec`` says to go on. UsageError for a value that cannot be."""
    return Patience(
        retries=spec.count("retries", 6, 0, 50),
        attempt=spec.number("timeout", 120, 0.001, 86_400),
        seconds=spec.number("total_timeout", 900, 0.001, 864_000),
        backoff=spec.number("backoff", 0.5, 0, LONGEST_BACKOFF),
    )


def _endpoint(spec: Spec, key: str) -> _Endpoint:
    base_url = spec.options.get("base_url", DEFAULT_URL)
    tokens_field = spec.options.get("max_tokens_field", "max_tokens")
    if tokens_field not in ("max_tokens", "max_completion_tokens"):
        raise UsageError(f'max_tokens_field must be max_tokens or max_completion_tokens, and was given "{tokens_field}"')
    try:
        parts = urlsplit(base_url)
        # A host name must have its form on the wire (UnicodeError, a ValueError, if it has none).
        reachable = parts.scheme in ("http", "https") and (parts.hostname or "").encode("idna") and parts.port != 0
    except ValueError:
        reachable = False
    if not reachable:
        raise UsageError(f'base_url must be a URL such as http://localhost:8000/v1, and was given "{base_url}"')
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    return _Endpoint(
        model=spec.name,
        base_url=base_url,
        url=parts._replace(path=f"{path}/chat/completions", fragment="").geturl(),
        host=parts.netloc,
        key_env=spec.options.get("key_env", DEFAULT_KEY_ENV),
        key=key or _key(spec, parts.hostname == urlsplit(DEFAULT_URL).hostname),
        structured=spec.flag("structured"),
        tokens_field=tokens_field,
    )


def _key(spec: Spec, needed: bool) -> str:
    """The key of a spec from its environment variable; empty where none is needed and none is there."""
    name = spec.options.get("key_env", DEFAULT_KEY_ENV)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        raise UsageError("key_env must be the name of an environment variable. What was given is not shown, as it may be the key itself.")
    shown = name if name.isupper() else "that key_env names"
    key = os.environ.get(name, "").strip()
    if not key and (needed or "key_env" in spec.options):
        raise ConnectError(
            f"there is no key for openai:{spec.name}: the environment variable {shown} is not set. "
            "Set it to the key, or name another variable with key_env=NAME."
        )
    if not all("!" <= character <= "~" for character in key):
        raise ConnectError(f"the environment variable {shown} holds characters that no key has (spaces, line breaks, …). Set it again.")
    return key


def _explain(endpoint: _Endpoint, outcome: Outcome) -> str:
    """Why the first request failed, in words that say what to do next."""
    note, given = outcome.completion.note.rstrip("."), f"openai:{endpoint.model} at {endpoint.base_url}"
    if outcome.kind == "unreachable":
        return f"{given} cannot be reached: {note}. Start the server, or correct base_url."
    if outcome.kind == "timeout":
        return f"{given} does not answer: {note}. See whether the server is well, or give it longer with timeout=SECONDS."
    if outcome.kind in ("malformed", "broken"):
        return f"{given} does not answer as OpenAI's chat completions do: {note}. Correct base_url; it mostly ends with /v1."
    if outcome.status in (401, 403):
        sent = f"The key in {endpoint.key_env} was sent" if endpoint.key else f"No key was sent, as {endpoint.key_env} is not set"
        return f"{given} refuses access: {note}. {sent}. Set it right, or name another variable with key_env=NAME."
    if outcome.status == 404:
        return f"{given} is not there: {note}. Check the name of the model ({endpoint.base_url}/models lists them) and base_url."
    if outcome.completion.fatal:
        other_name = endpoint.tokens_field == "max_tokens" and "max_completion_tokens" in note
        advice = "Add max_tokens_field=max_completion_tokens to the spec." if other_name else "Change the spec as the server asks."
        return f"{given} refuses the request: {note}. {advice}"
    return f"{given} cannot answer now: {note}. Try again later."
