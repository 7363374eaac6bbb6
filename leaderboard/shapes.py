"""Frozen dataclasses as file formats: strict reading of JSON into them, and the JSON Schema that says the same.

Fields may be text, whole numbers, numbers, booleans, ``X | None``, ``tuple[X, ...]``, ``Mapping[str, X]``, literals and other
dataclasses; ``Annotated`` bounds texts and numbers. Nothing is converted and nothing is filled in: what does not fit is an EntryError.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from benchmark.records import Document
from benchmark.vocabulary import Json, ParleyError

MOST = 10_000
"""Items of one list or object. What an entry holds has a few hundred."""

T = TypeVar("T")


class EntryError(ParleyError):
    """An entry that is not what an entry must be: says where, what stands there, and what may."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most ``longest`` characters, all of them printable, that ``pattern`` fits from end to end."""

    longest: int
    pattern: str = ".*"


@dataclass(frozen=True, slots=True)
class Range:
    """A number from ``low`` to ``high``."""

    low: float
    high: float


def read_as(kind: type[T], document: Json, where: str) -> T:
    """``document`` as a ``kind``; EntryError names the field below ``where`` that is missing, too much or wrong."""
    read: T = _read(kind, document, where)
    return read


def _read(kind: Any, given: Json, where: str) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        return _read_object(kind, given, where)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        value = _read(inner[0], given, where)
        for bound in inner[1:]:
            _check(bound, value, where)
        return value
    if origin is Literal:
        if type(given) is not str or given not in inner:
            raise _wrong(where, given, f"one of {', '.join(map(str, inner))}")
        return given
    if origin in (Union, UnionType):
        return None if given is None else _read(_one_of(inner), given, where)
    if origin is tuple:
        return _read_list(inner, given, where)
    if origin is Mapping:
        if type(given) is not dict or len(given) > MOST:
            raise _wrong(where, given, "an object" if type(given) is not dict else f"an object of at most {MOST} keys")
        return {_read(inner[0], name, f"a key of {where}"): _read(inner[1], value, f"{where}.{name:.60}") for name, value in given.items()}
    return _read_plain(kind, given, where)


def _read_object(kind: Any, given: Json, where: str) -> Any:
    if type(given) is not dict:
        raise _wrong(where, given, "an object")
    known = _hints(kind)
    if extra := sorted(set(given) - set(known)):
        raise EntryError(f"{where} has a field {_shown(extra[0])}, which no entry has. Take it out.")
    if missing := [name for name in known if name not in given]:
        raise EntryError(f"{where} lacks {missing[0]}. Build the entry again with this version of Parley.")
    return kind(**{name: _read(hint, given[name], f"{where}.{name}") for name, hint in known.items()})


def _read_list(inner: tuple[Any, ...], given: Json, where: str) -> tuple[Any, ...]:
    if type(given) is not list or len(given) > MOST:
        raise _wrong(where, given, "a list" if type(given) is not list else f"a list of at most {MOST} items")
    if Ellipsis not in inner and len(given) != len(inner):
        raise _wrong(where, given, f"a list of {len(inner)}")
    kinds = [inner[0]] * len(given) if Ellipsis in inner else inner
    return tuple(_read(kind, one, f"{where}.{number}") for number, (kind, one) in enumerate(zip(kinds, given, strict=True)))


def _read_plain(kind: Any, given: Json, where: str) -> Any:
    if kind is float and type(given) is int and abs(given) < 2**53:
        return float(given)
    if type(given) is not kind:
        raise _wrong(where, given, {str: "text", int: "a whole number", float: "a number", bool: "true or false"}[kind])
    return given


def _check(bound: Any, value: Any, where: str) -> None:
    if isinstance(bound, Text):
        if len(value) > bound.longest or not value.isprintable() or re.fullmatch(bound.pattern, value) is None:
            fitting = "" if bound.pattern == ".*" else f" that fits {bound.pattern}"
            raise _wrong(where, value, f"at most {bound.longest} printable characters{fitting}")
    elif not bound.low <= value <= bound.high:  # NaN too
        raise _wrong(where, value, f"from {bound.low:g} to {bound.high:g}")


def _wrong(where: str, given: Json, wanted: str) -> EntryError:
    return EntryError(f"{where} must be {wanted}, and is {_shown(given)}.")


def _shown(given: Json) -> str:
    if isinstance(given, int) and abs(given) >= 10**30:
        return "a number of more than 30 digits"
    text = ascii(given) if isinstance(given, str | int | float | bool | None) else f"a {type(given).__name__} of {len(given)}"
    return text if len(text) <= 80 else f"{text[:77]}..."


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in fields(kind)}


def _one_of(inner: tuple[Any, ...]) -> Any:
    (kind,) = (one for one in inner if one is not NoneType)
    return kind


def written(value: Any) -> Json:
    """``value`` as JSON that reads back as the same."""
    if is_dataclass(value):
        return {field.name: written(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: written(one) for name, one in value.items()}
    return [written(one) for one in value] if isinstance(value, tuple) else value


def schema_of(kind: Any, title: str) -> Document:
    """The JSON Schema (draft 2020-12) of files that read as ``kind``."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **_schema(kind)}


def _schema(kind: Any) -> Document:
    if isinstance(kind, type) and is_dataclass(kind):
        known = _hints(kind)
        about = " ".join((kind.__doc__ or "").split())
        properties = {name: _schema(hint) for name, hint in known.items()}
        return {"type": "object", "description": about, "properties": properties, "required": list(known), "additionalProperties": False}
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        found = _schema(inner[0])
        for bound in inner[1:]:
            found |= _bound(bound)
        return found
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(_one_of(inner)), {"type": "null"}]}
    if origin is tuple:
        if Ellipsis in inner:
            return {"type": "array", "items": _schema(inner[0]), "maxItems": MOST}
        return {"type": "array", "prefixItems": [_schema(one) for one in inner], "minItems": len(inner), "maxItems": len(inner)}
    if origin is Mapping:
        names = _schema(inner[0])
        return {"type": "object", "propertyNames": names, "additionalProperties": _schema(inner[1]), "maxProperties": MOST}
    return {"type": {str: "string", int: "integer", float: "number", bool: "boolean"}[kind]}


def _bound(bound: Any) -> Document:
    if isinstance(bound, Range):
        return {"minimum": bound.low, "maximum": bound.high}
    return {"maxLength": bound.longest} | ({} if bound.pattern == ".*" else {"pattern": f"^{bound.pattern}$"})
