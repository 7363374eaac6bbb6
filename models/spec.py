"""How a model is asked for: ``scheme:name[?key=value&…]``, or ``human`` alone.

The name is taken as it stands up to the first "?"; values are percent-decoded. Keys to a service never stand in a spec,
which goes on record: ``key_env`` names the environment variable that holds one.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from benchmark.naming import nearest
from benchmark.vocabulary import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from importlib.metadata import EntryPoint

SCHEMES: dict[str, str] = {
    "reference": "models.reference:connect",
    "openai": "models.openai:connect",
    "vllm": "models.vllm:connect",
    "hf": "models.hf:connect",
    "serve": "models.serve:connect",
    "litellm": "models.litellm:connect",
    "human": "models.human:connect",
    "replay": "benchmark.api.replaying:connect",
}
"""Scheme to "module:function"; the function takes a Spec and gives an async context manager of a Model."""

GROUP = "parley.models"
"""The group of entry points in which installed packages register schemes of their own, as "name = module:function"."""

TAKES: dict[str, str] = {
    "reference": "reference:PLAYER: a player that follows a rule, such as reference:honest; needs no server",
    "openai": "openai:MODEL[?base_url=URL&key_env=NAME&…]: any server with OpenAI's chat completions",
    "vllm": "vllm:MODEL[?structured=true&…]: a model on this machine, in vLLM; MODEL is a folder or a name on the hub",
    "hf": "hf:MODEL[?device=cpu&dtype=float32&…]: a model on this machine, in transformers; slower, and it runs anywhere",
    "serve": "serve:MODEL[?structured=true&…]: a model on this machine, behind a vLLM server that lasts as long as the run",
    "litellm": "litellm:PROVIDER/MODEL[?base_url=URL&key_env=NAME&…]: any service that LiteLLM knows",
    "human": "human[:NAME][?web=true]: a person at this terminal, or in a browser on this machine; one question at a time",
    "replay": "replay:RUN_FOLDER[?model=SPEC&then=SPEC]: the completions on record in a run folder; then another model",
    "package.module": "package.module:FUNCTION[?…]: your own; it takes a models.Spec and gives an async context manager of a Model",
}
"""One line for each scheme, as ``bench list models`` prints it."""

_SECRETS = frozenset({"key", "apikey", "token", "apitoken", "accesstoken", "authtoken", "secret", "password", "authorization", "bearer"})
_PATIENCE = frozenset({"timeout", "total_timeout", "retries", "outage", "backoff", "rpm", "tpm"})
_PASSING = {"serve": frozenset({"port", "start_timeout"}), "human": frozenset({"web", "port", "seats"})}
_NAMELESS = frozenset({"human"})
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_USER_IN_URL = re.compile(r"//[^/?#]*@")
_TRUTH = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Spec:
    """A model as asked for. ``str(spec)`` is its one normal form: equal specs read the same, and parse back."""

    scheme: str
    name: str
    options: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        given = [f"{key}={quote(value, safe='/:,=?+@~!*();[]')}" for key, value in sorted(self.options.items())]
        return self.scheme + (f":{self.name}" if self.name else "") + ("?" + "&".join(given) if given else "")

    @property
    def identity(self) -> str:
        """``str`` of the spec without options that no completion depends on: how long to wait, how fast to ask, where to listen."""
        left_out = _PATIENCE | _PASSING.get(self.scheme, frozenset())
        return str(replace(self, options={key: value for key, value in self.options.items() if key not in left_out}))

    def allow(self, known: Collection[str]) -> None:
        """UsageError for an option that is not one of ``known``."""
        for key in self.options:
            if key not in known:
                raise UsageError(f'{self.scheme}: has no option "{key}"; {nearest(key, known)}')

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """The option as a number in [low, high]."""
        given = self.options.get(key)
        try:
            value = float(default if given is None else given)
        except ValueError:
            value = float("nan")
        if low <= value <= high:
            return value
        raise UsageError(f'{key} of {self.scheme}:{self.name} must be a number from {low:g} to {high:g}, and was given "{given}"')

    def count(self, key: str, default: int, low: int, high: int) -> int:
        """The option as a whole number in [low, high]."""
        value = self.number(key, default, low, high)
        if value.is_integer():
            return int(value)
        raise UsageError(f'{key} of {self.scheme}:{self.name} must be a whole number, and was given "{self.options[key]}"')

    def flag(self, key: str) -> bool:
        """The option as true or false; false where it is not given."""
        given = self.options.get(key, "false")
        if given.lower() in _TRUTH:
            return _TRUTH[given.lower()]
        raise UsageError(f'{key} of {self.scheme}:{self.name} must be true or false, and was given "{given}"')


def parse_spec(text: str, defaults: Mapping[str, str | None] | None = None) -> Spec:
    """The model of ``text``; ``defaults`` are options that it may leave out (None: not given).

    UsageError if it is malformed, names no scheme there is, or holds a credential; no message repeats a credential.
    """
    shown = _without_secrets(text)
    if not text.isprintable():
        raise UsageError(f"the model {shown!a} holds a character that cannot be printed. Write scheme:name, such as openai:gpt-x.")
    address, _, query = text.partition("?")
    scheme, colon, name = address.partition(":")
    if not (colon and name.strip()) and address.lower() not in _NAMELESS:
        raise UsageError(f'"{shown}" is not a model. Write scheme:name[?key=value&…], such as reference:honest or openai:gpt-x.')
    if _USER_IN_URL.search(address):
        raise UsageError(_no_credentials(f"the name of the {scheme}: model"))
    options = _options(query)
    for key, value in (defaults or {}).items():
        if value is not None:
            _check_option(key, value)
            options.setdefault(key, value)
    return Spec(_scheme(scheme, name), name.strip(), options)


def _scheme(given: str, name: str) -> str:
    if given.lower() in SCHEMES:
        return given.lower()
    parts = [*given.split("."), name]
    if all(part.isidentifier() for part in parts) and (len(parts) > 2 or _is_module(given)):
        return given
    if given in (theirs := registered()):
        return given
    advice = nearest(given, [*SCHEMES, *theirs])
    raise UsageError(f'there is no model scheme "{given[:80]}"; {advice} (or package.module:function for your own)')


def registered() -> dict[str, tuple[EntryPoint, ...]]:
    """The schemes that installed packages register, each with all that claim it. Imports none of them."""
    from importlib.metadata import entry_points

    found: dict[str, tuple[EntryPoint, ...]] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        others = found.get(point.name, ())
        if point.value not in (other.value for other in others):  # a distribution can lie on the path twice
            found[point.name] = (*others, point)
    return found


def _options(query: str) -> dict[str, str]:
    options: dict[str, str] = {}
    for part in query.split("&") if query else ():
        key, equals, given = part.partition("=")
        if not equals:
            raise UsageError(f'"{_without_secrets(part)}" in a model spec is not an option; write ?key=value&key=value')
        try:
            value = unquote(given, errors="strict")
        except UnicodeDecodeError:
            raise UsageError(f"{key} in a model spec is not percent-encoded UTF-8; write %25 for a percent sign") from None
        _check_option(key, value)
        if key in options:
            raise UsageError(f"{key} stands twice in a model spec; give it once")
        options[key] = value
    return options


def _check_option(key: str, value: str) -> None:
    if not _KEY.match(key):
        raise UsageError(f"{key[:80]!a} is not the name of a model option; write ?key=value&key=value")
    if _is_secret(key):
        raise UsageError(
            f"{key}= was given in a model spec, which goes on record. "
            "Put the key into an environment variable and name that with key_env=NAME."
        )
    if not value.isprintable():
        raise UsageError(f"{key} of a model spec holds a character that cannot be printed")
    user_in_url = _USER_IN_URL.search(value) or (key.endswith("url") and "@" in value.partition("?")[0])
    if user_in_url or _secret_in_query(value):
        raise UsageError(_no_credentials(key))


def _is_secret(key: str) -> bool:
    return re.sub(r"[^a-z]", "", key.lower()) in _SECRETS


def _is_module(name: str) -> bool:
    """Whether there is a Python module of that name; none is imported."""
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _secret_in_query(value: str) -> bool:
    try:
        return "://" in value and any(_is_secret(key) for key, _ in parse_qsl(urlsplit(value).query))
    except ValueError:  # no URL after all; whoever uses it says so
        return False


def _no_credentials(where: str) -> str:
    return (
        f"{where} holds a user name, password or key, and a model spec goes on record. "
        "Take it out; put a key into an environment variable and name it with key_env=NAME."
    )


def _without_secrets(text: str) -> str:
    """``text`` fit to be shown: whatever may be a credential is gone."""
    text = text[:500]  # what follows takes time that grows with the square of its length
    text = re.sub(r"(?i)([a-z_-]*(?:key|token|secret|password|authorization|bearer)=)[^&]*", r"\1…", text)
    return re.sub(r"//\S*@", "//…@", text)[:200]
