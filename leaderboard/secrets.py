"""What must not leave a machine by accident: keys and tokens, e-mail addresses, and paths that name their owner.

A scan finds shapes, not intentions: whoever publishes sees where each one stands and decides. What was found is never shown whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from benchmark.vocabulary import Json

KINDS: Mapping[str, str] = {
    "token": "|".join(
        (
            r"\bhf_[A-Za-z0-9]{20,}",  # Hugging Face
            r"\bsk-(?:[A-Za-z0-9]+-)*[A-Za-z0-9_]{16,}",  # OpenAI, Anthropic, OpenRouter
            r"\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{30,}|\bglpat-[A-Za-z0-9_-]{20,}",
            r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",  # Amazon
            r"\bAIza[0-9A-Za-z_-]{30,}|\bya29\.[0-9A-Za-z_-]{20,}",  # Google
            r"\bxox[abeoprs]-[0-9A-Za-z-]{10,}",  # Slack
            r"\b(?:gsk|nvapi|r8|pplx|xai|tgp_v1)[_-][A-Za-z0-9_-]{20,}",  # Groq, NVIDIA, Replicate, Perplexity, xAI, Together
            r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}",  # a signed JSON token
        )
    ),
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "credentials": r"(?i:\bbearer\s+[A-Za-z0-9._~+/-]{20,})|\b[A-Za-z][A-Za-z0-9+.-]*://[^\s/@:\"']{1,256}:[^\s/@\"']{1,256}@",
    "e-mail": r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b",
    "home path": r"(?<![\w.])(?:/home|/Users)/[^\s/\"'\\:]+|(?<![\w.])/root(?=/)|\b[A-Za-z]:\\+Users\\+[^\s\\\"']+",
}
"""Each kind of secret, by the name under which a user may accept it, and its shape."""

_SHAPES = re.compile("|".join(f"(?P<k{number}>{shape})" for number, shape in enumerate(KINDS.values())))
_RESERVED = re.compile(r"@(?:.*\.)?(?:example(?:\.(?:com|org|net))?|test|invalid|localhost)\Z", re.IGNORECASE)
"""Domains that belong to nobody (RFC 2606): addresses there are made up."""

_HOME = re.compile(KINDS["home path"])


@dataclass(frozen=True, slots=True)
class Secret:
    """One thing that looks like a secret: its kind, where it stands, and its beginning."""

    kind: str
    where: str
    beginning: str

    def __str__(self) -> str:
        return f"{self.where}: {self.kind} {self.beginning}…"


def secrets_in(document: Json, where: str, accepted: Collection[str] = ()) -> Iterator[Secret]:
    """Every secret in the texts of a JSON value, names included, but for ``accepted`` kinds. ``where`` says whose value it is.

    Decoded texts are looked at and never a file's raw lines: in those an escape may hide where a token begins.
    """
    left: list[tuple[str, Json]] = [(where, document)]
    while left:
        place, value = left.pop()
        if isinstance(value, str):
            yield from (Secret(kind, place, shown) for kind, shown in _found(value) if kind not in accepted)
        elif isinstance(value, Mapping):
            for name, inner in reversed(value.items()) if isinstance(value, dict) else value.items():
                yield from (Secret(kind, place, shown) for kind, shown in _found(str(name)) if kind not in accepted)
                left.append((f"{place}.{name}", inner))
        elif isinstance(value, list | tuple):
            left.extend((f"{place}.{number}", value[number]) for number in range(len(value) - 1, -1, -1))


def without_homes(text: str) -> str:
    """``text`` with "~" for every home folder, so that it names nobody."""
    return _HOME.sub("~", text)


def _found(text: str) -> Iterator[tuple[str, str]]:
    kinds = list(KINDS)
    for match in _SHAPES.finditer(text):
        kind, found = kinds[int(str(match.lastgroup)[1:])], match.group()
        if kind != "e-mail" or not _RESERVED.search(found):
            yield kind, found[: min(6, len(found) // 2)]
