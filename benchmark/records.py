"""Episodes on disk: one canonical JSON line each, with a digest of its own content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from operator import attrgetter

from benchmark.episode import Call, Episode, Round
from benchmark.vocabulary import Completion, Json, Usage

SCHEMA = 1

Document = dict[str, Json]

_CALL, _USAGE = (tuple(field.name for field in fields(kind)) for kind in (Call, Usage))
_of_call, _of_usage = attrgetter(*_CALL), attrgetter(*_USAGE)


def canonical(document: Mapping[str, Json]) -> str:
    """Compact ASCII JSON in key order: one text per value, lone surrogates included."""
    return _CANONICAL.encode(document)


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(document: Mapping[str, Json]) -> str:
    """SHA-256 of the canonical JSON of ``document`` without its own digest."""
    return _digest_of(_content(document))


def line_of(document: Mapping[str, Json]) -> str:
    """The record ``document`` as its line of episodes.jsonl says it, with the digest of its content."""
    whole = canonical({**document, "digest": ""})
    return whole.replace(_UNSEALED, f'"digest":"{_digest_of(whole.replace(_UNSEALED, "", 1))}",', 1)


_UNSEALED = '"digest":"",'


def sealed(document: Mapping[str, Json]) -> Document:
    """``document`` as it reads after a trip through a file, with the digest of its content."""
    loaded: Document = json.loads(line_of(document))
    return loaded


def is_seal_of(document: Json, line: bytes) -> bool:
    """Whether the digest in ``document`` is that of the very bytes of ``line``, its own part in them apart.

    Much quicker than ``digest``. It holds of every line that was written here, and of none that says more than ``document`` does.
    """
    stated = document.get("digest") if isinstance(document, dict) else None
    if not isinstance(stated, str) or not stated.isascii():
        return False
    content = line.rstrip(b"\n").replace(b'"digest":"%b",' % stated.encode(), b"", 1)
    return f"sha256:{hashlib.sha256(content).hexdigest()}" == stated


def _content(document: Mapping[str, Json]) -> str:
    return canonical({name: value for name, value in document.items() if name != "digest"})


def _digest_of(content: str) -> str:
    return f"sha256:{hashlib.sha256(content.encode()).hexdigest()}"


def as_json(document: Mapping[str, Json]) -> Document:
    """``document`` as it reads after a trip through a file: tuples become lists."""
    loaded: Document = json.loads(canonical(document))
    return loaded


def played(episode: Episode) -> Document:
    """The part of a record that the play itself determines."""
    return {
        "outcome": episode.outcome,
        "calls": [_call(call) for call in episode.calls],
        "rounds": [_round(one) for one in episode.rounds],
    }


def _call(call: Call) -> Document:
    """``served`` stands in a record only where it says something."""
    document: Document = dict(zip(_CALL, _of_call(call), strict=True))
    document["chat_sha256"] = call.chat_sha256.hex()
    document["usage"] = dict(zip(_USAGE, _of_usage(call.usage), strict=True))
    if not call.served:
        del document["served"]
    return document


def _round(one: Round) -> Document:
    turns = [{"seat": turn.seat, "text": turn.text, "to": turn.to} for turn in one.turns]
    return {"turns": turns, "answers": dict(one.answers)}


def completion(call: Mapping[str, Json]) -> Completion:
    """The completion that a recorded call was sent, for replay. TypeError or ValueError if no engine could have given it."""
    for name, kind in (("raw", str), ("thought", str), ("constrained", bool)):
        if type(call[name]) is not kind:
            raise TypeError(f"{name} is {call[name]!r:.40}")
    served = call.get("served", "")
    if type(served) is not str:
        raise TypeError(f"served is {served!r:.40}")
    if call["finish"] not in ("stop", "length", "filter"):
        raise ValueError(f"finish is {call['finish']!r:.40}")
    if any(type(amount(count)) is not int for count in (*call["usage"].values(), call["retries"])):
        raise TypeError("a count is not a whole number")
    return Completion(
        text=call["raw"],
        thought=call["thought"],
        finish=call["finish"],
        usage=Usage(**call["usage"]),
        constrained=call["constrained"],
        retries=call["retries"],
        seconds=amount(call["seconds"]),
        served=served,
    )


def amount(number: Json) -> Json:
    """``number`` if it can be an amount of something: finite, not negative, and not larger than anything real."""
    if type(number) not in (int, float) or not 0 <= number < 2**53:
        raise ValueError(f"{number!r:.40} is no amount")
    return number
