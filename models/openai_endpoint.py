"""Where an ``openai:`` spec's server is, the key to it, and what to say of one that will not do.

The key is in no message, name or representation.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from benchmark.vocabulary import ConnectError, Json, UsageError

if TYPE_CHECKING:
    from models.openai_replies import Outcome
    from models.spec import Spec

DEFAULT_URL = "https://api.openai.com/v1"
DEFAULT_KEY_ENV = "OPENAI_API_KEY"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What one spec says of its server; ``url`` is that of chat completions."""

    model: str
    base_url: str
    url: str
    host: str
    key_env: str
    key: str = field(repr=False)

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
        for form in _forms(self.key) if self.key else ():
            text = text.replace(form, "[key]")
        return text

    def reply_without_key(self, text: str) -> str:
        """The same of what a model wrote. There a word such as "null", given as the key where none is needed, is only a word."""
        return text if _PLACEHOLDER.fullmatch(self.key) else self.without_key(text)

    def payload(self, chat: tuple[tuple[str, str], ...], fields: dict[str, Json]) -> bytes:
        """The body of one request: ASCII, so that nothing a chat holds can break the encoding."""
        messages = ",".join([_kept(message) if len(message[1]) <= _LONGEST_KEPT else _written(message) for message in chat])
        return f'{{"model":{_json(self.model)},"messages":[{messages}],{_json(fields)[1:]}'.encode("ascii")


_PLACEHOLDER = re.compile(r"[a-zA-Z]{,6}|[0-9]{,6}")
"""What stands for a key where a server asks for none: EMPTY, none, 1234. No service gives out a key so short and so plain."""

_json = json.JSONEncoder(separators=(",", ":")).encode

_LONGEST_KEPT = 16_384


def _written(message: tuple[str, str]) -> str:
    role, content = message
    return f'{{"role":{_json(role)},"content":{_json(content)}}}'


_kept = lru_cache(maxsize=8192)(_written)
"""A chat is sent again with each of its calls, and all but the end of it is what it was: some hundred chats are written once."""


@lru_cache(maxsize=16)
def _forms(key: str) -> tuple[str, ...]:
    """How ``key`` may be written, but for forms that are too short to be one."""
    return tuple(form for form in (key, json.dumps(key)[1:-1], quote(key, safe=""), quote(key)) if len(form) >= 4)


def endpoint(spec: Spec, key: str = "") -> Endpoint:
    """The endpoint of ``spec``; ``key`` goes before the one in its environment variable.

    UsageError or ConnectError where it has none, or no key that it needs.
    """
    base_url = spec.options.get("base_url", DEFAULT_URL)
    try:
        parts = urlsplit(base_url)
        # A host name must have its form on the wire (UnicodeError, a ValueError, if it has none).
        reachable = parts.scheme in ("http", "https") and (parts.hostname or "").encode("idna") and parts.port != 0
    except ValueError:
        reachable = False
    if not reachable:
        raise UsageError(f'base_url must be a URL such as http://localhost:8000/v1, and was given "{base_url}"')
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    return Endpoint(
        model=spec.name,
        base_url=base_url,
        url=parts._replace(path=f"{path}/chat/completions", fragment="").geturl(),
        host=parts.netloc,
        key_env=spec.options.get("key_env", DEFAULT_KEY_ENV),
        key=key or _key(spec, parts.hostname == urlsplit(DEFAULT_URL).hostname),
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


def explain(endpoint: Endpoint, outcome: Outcome, advice: str) -> str:
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
        return f"{given} refuses the request: {note}. {advice or 'Change the spec as the server asks.'}"
    return f"{given} cannot answer now: {note}. Try again later."
