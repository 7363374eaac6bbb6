"""Whether a value is what a JSON Schema asks for: the keywords that commits are described with, and no others.

An engine's word that it constrained a reply is checked, not taken. What cannot be checked does not count as kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from benchmark.vocabulary import Json

_SAYS_NOTHING = frozenset({"title", "description", "default", "examples", "$schema", "$id", "$comment"})


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: dict[str, Callable[[Json], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: _is_number(value) and value == int(value),
    "number": _is_number,
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def fits(text: str, schema: str) -> bool:
    """Whether ``text`` is one strict JSON value (no NaN, no key twice) that ``schema`` (JSON text) allows."""
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        return allows(parsed(schema), value)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError, RecursionError, re.error):
        return False


@lru_cache(maxsize=256)
def parsed(schema: str) -> Json:
    """A schema as a value, which nobody may change: all calls with the same schema share it."""
    return json.loads(schema)


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> Json:
    raise ValueError(f"{name} is not JSON")


def allows(schema: Json, value: Json) -> bool:
    """Whether ``value`` is valid under ``schema``. KeyError for a keyword that is not known here."""
    if isinstance(schema, bool):
        return schema
    return all(_KEYWORDS[name](given, value, schema) for name, given in schema.items() if name not in _SAYS_NOTHING)


def _has_type(given: Json, value: Json, _: Json) -> bool:
    return any(_TYPES[name](value) for name in ([given] if isinstance(given, str) else given))


def _same(one: Json, other: Json) -> bool:
    """JSON's equality: 1 is 1.0, and neither is true."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


def _properties(given: Json, value: Json, _: Json) -> bool:
    return not isinstance(value, dict) or all(allows(inner, value[key]) for key, inner in given.items() if key in value)


def _additional(given: Json, value: Json, schema: Mapping[str, Json]) -> bool:
    known = schema.get("properties", {})
    return not isinstance(value, dict) or all(allows(given, value[key]) for key in value if key not in known)


def _items(given: Json, value: Json, schema: Mapping[str, Json]) -> bool:
    return not isinstance(value, list) or all(allows(given, one) for one in value[len(schema.get("prefixItems", ())) :])


def _bound(kind: str, holds: Callable[[Json, Json], bool]) -> Callable[[Json, Json, Json], bool]:
    """A keyword that says something of values of one type alone."""
    return lambda given, value, _: not _TYPES[kind](value) or holds(given, value)


_KEYWORDS: dict[str, Callable[[Json, Json, Json], bool]] = {
    "type": _has_type,
    "enum": lambda given, value, _: any(_same(value, one) for one in given),
    "const": lambda given, value, _: _same(value, given),
    "anyOf": lambda given, value, _: any(allows(one, value) for one in given),
    "oneOf": lambda given, value, _: sum(allows(one, value) for one in given) == 1,
    "allOf": lambda given, value, _: all(allows(one, value) for one in given),
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _bound("object", lambda given, value: all(key in value for key in given)),
    "prefixItems": _bound("array", lambda given, value: all(allows(one, each) for one, each in zip(given, value, strict=False))),
    "items": _items,
    "minItems": _bound("array", lambda given, value: len(value) >= given),
    "maxItems": _bound("array", lambda given, value: len(value) <= given),
    "uniqueItems": _bound("array", lambda given, value: not given or not any(_same(a, b) for i, a in enumerate(value) for b in value[:i])),
    "minLength": _bound("string", lambda given, value: len(value) >= given),
    "maxLength": _bound("string", lambda given, value: len(value) <= given),
    "pattern": _bound("string", lambda given, value: re.search(given, value) is not None),
    "minimum": _bound("number", lambda given, value: value >= given),
    "maximum": _bound("number", lambda given, value: value <= given),
    "exclusiveMinimum": _bound("number", lambda given, value: value > given),
    "exclusiveMaximum": _bound("number", lambda given, value: value < given),
}
