"""The sandbox of `custody`: JSON documents read strictly, and edited by JSON Patch (RFC 6902) within bounds.

A document is what ``json`` makes of a text: dicts, lists, strings, numbers, booleans, None. Numbers with a point or an exponent are
``Decimal``, so that 0.10 is 0.1 and 9007199254740993.0 is not 9007199254740992.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

from benchmark.vocabulary import Illegal

Document = Any
Path = tuple[str, ...]

OPERATIONS = ("add", "remove", "replace", "move", "copy")
MOST_EDITS = 40
_MOST_NODES = 2_000
_LONGEST = 16_000
"""Characters of a document as text. Copies of copies double with every edit, so size is checked after each."""
_DEEPEST = 20

TWICE = "\x00"
"""Stands in the name of a key that a text has a second time; what follows counts."""


def read_document(text: str) -> Document:
    """The one JSON value of ``text``. A key that stands twice keeps both of its values: the later ones under ``name␀2``, ….

    A reader that silently takes the last of two values could be made to overlook the first. Illegal if it is no JSON, too deep, or
    holds a number that is not finite or too long.
    """
    try:
        value = json.loads(text, object_pairs_hook=_every_pair, parse_float=Decimal, parse_constant=_not_finite)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise Illegal(f"the document is not usable JSON: {str(error)[:80]}") from None
    _check_size(value)
    return value


def write_document(document: Document) -> str:
    """``document`` in compact ASCII, keys in the order in which they stand; ``read_document`` reads it back as the same."""
    return _written(document)


def _written(value: Document) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{_written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_written, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


def _every_pair(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        name, count = key, 1
        while name in found:
            count += 1
            name = f"{key}{TWICE}{count}"
        found[name] = value
    return found


def _not_finite(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON number")


def same(one: Document, other: Document) -> bool:
    """JSON's equality: key order and the way a number is written say nothing; 1 is neither true nor "1"; strings by code point."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal):
        return _exact(one) == _exact(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def _exact(number: float | Decimal) -> Decimal:
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)


def leaves(value: Document, path: Path = ()) -> Iterator[tuple[Path, Document]]:
    """Every scalar and every empty container of ``value`` with the way to it, in order."""
    inner = list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    if not inner:
        yield path, value
    for key, one in inner:
        yield from leaves(one, (*path, str(key)))


def patched(document: Document, edits: list[dict[str, Any]]) -> Document:
    """``document`` after ``edits``, one after the other, as RFC 6902 has them; ``document`` itself stays what it is.

    Illegal, with the number of the edit, where one cannot be made: nothing is then changed at all.
    """
    result = _copied(document)
    for number, edit in enumerate(edits, start=1):
        try:
            result = _edited(result, edit)
            _check_size(result)
        except Illegal as error:
            raise Illegal(f"edit {number}: {error}") from None
    return result


def check_edits(given: Any) -> list[dict[str, Any]]:
    """``given`` if it is a list of edits in the form of RFC 6902 (without "test"); Illegal otherwise."""
    if not isinstance(given, list):
        raise Illegal('"edits" must be a list, [] for none')
    if len(given) > MOST_EDITS:
        raise Illegal(f'"edits" has {len(given)} entries, and {MOST_EDITS} are the limit')
    for number, edit in enumerate(given, start=1):
        if not isinstance(edit, dict) or edit.get("op") not in OPERATIONS:
            raise Illegal(f'edit {number} must be an object whose "op" is one of: {", ".join(OPERATIONS)}')
        wanted = {"op", "path"} | {"add": {"value"}, "replace": {"value"}, "move": {"from"}, "copy": {"from"}}.get(edit["op"], set())
        if set(edit) != wanted:
            raise Illegal(f"edit {number} ({edit['op']}) must have the keys {', '.join(sorted(wanted))}, and no others")
        for key in ("path", "from"):
            if key in edit and not (isinstance(edit[key], str) and (edit[key] == "" or edit[key].startswith("/"))):
                raise Illegal(f'edit {number}: "{key}" must be a JSON Pointer such as "/active/R-100"')
    return given


def _edited(document: Document, edit: dict[str, Any]) -> Document:
    operation, path = edit["op"], _pointer(edit["path"])
    if operation == "remove":
        return _without(document, path)
    if operation == "replace":
        _found(document, path)
        return _with(_without(document, path) if path else None, path, _copied(edit["value"]))
    if operation == "add":
        return _with(document, path, _copied(edit["value"]))
    origin = _pointer(edit["from"])
    value = _copied(_found(document, origin))
    if operation == "move":
        if path[: len(origin)] == origin and path != origin:
            raise Illegal("nothing can be moved into itself")
        document = _without(document, origin)
    return _with(document, path, value)


def _pointer(text: str) -> Path:
    """The keys of a JSON Pointer (RFC 6901): ~1 is a slash, ~0 a tilde."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:])


def _found(document: Document, path: Path) -> Document:
    for depth, key in enumerate(path):
        if isinstance(document, dict) and key in document:
            document = document[key]
        elif isinstance(document, list):
            document = document[_index(document, key, len(document) - 1)]
        else:
            raise Illegal(f"there is nothing at /{'/'.join(path[: depth + 1])[:80]}")
    return document


def _index(items: list[Any], key: str, last: int) -> int:
    if key.isascii() and key.isdigit() and (key == "0" or key[0] != "0") and len(key) < 6 and int(key) <= last:
        return int(key)
    raise Illegal(f"a list of {len(items)} has no place {key[:40]}")


def _without(document: Document, path: Path) -> Document:
    if not path:
        raise Illegal("the document itself cannot be removed or moved")
    _found(document, path)
    parent = _found(document, path[:-1])
    del parent[path[-1] if isinstance(parent, dict) else int(path[-1])]
    return document


def _with(document: Document, path: Path, value: Document) -> Document:
    if not path:
        return value
    parent = _found(document, path[:-1])
    if isinstance(parent, dict):
        parent[path[-1]] = value
    elif isinstance(parent, list):
        parent.insert(len(parent) if path[-1] == "-" else _index(parent, path[-1], len(parent)), value)
    else:
        raise Illegal(f"/{'/'.join(path[:-1])[:80]} holds neither an object nor a list")
    return document


def _copied(value: Document) -> Document:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _check_size(document: Document) -> None:
    """Illegal if a document is larger than anything the work needs; counted without recursion."""
    nodes, characters, open_parts = 0, 0, [(document, 1)]
    while open_parts:
        value, depth = open_parts.pop()
        nodes += 1
        characters += len(value) if isinstance(value, str) else 8
        if isinstance(value, dict):
            characters += sum(map(len, value))
            open_parts += [(inner, depth + 1) for inner in value.values()]
        elif isinstance(value, list):
            open_parts += [(inner, depth + 1) for inner in value]
        if nodes > _MOST_NODES or characters > _LONGEST or depth > _DEEPEST:
            raise Illegal("the document would become too large or too deep")
