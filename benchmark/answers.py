"""The one format in which every task's answer is written: a single JSON object with the single key "answer"."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from benchmark.vocabulary import Answer, Illegal

_DEEPEST = 20
_LONGEST = 20_000
"""Characters, prose included: no answer needs them, and looking for objects takes time that grows with their square."""


class Committed(dict[str, Any]):
    """A JSON object as an answer, or in one. Like every answer it can be hashed (by its text), and so it must not be changed."""

    def __hash__(self) -> int:  # type: ignore[override]
        return json.dumps(self, sort_keys=True).__hash__()


def write_answer(answer: Answer) -> str:
    """``answer`` as a model should write it; ``read_answer`` gives it back."""
    return json.dumps({"answer": answer})


def read_answer(text: str) -> Any:
    """What stands under "answer" in the only JSON object of ``text``; prose and code fences around it are ignored.

    Illegal if there is no object, more than one, another key, a key written twice, or a number that is not finite.
    """
    if len(text) > _LONGEST:
        raise Illegal(f"the reply has {len(text)} characters, and {_LONGEST} are the limit")
    objects = _objects(text)
    if not objects:
        raise Illegal("no JSON object was found")
    if len(objects) > 1:
        raise Illegal(f"{len(objects)} JSON objects were found, and exactly one is needed")
    found = objects[0]
    if set(found) != {"answer"}:
        raise Illegal('the JSON object must have the single key "answer"')
    if _depth(found) > _DEEPEST:
        raise Illegal("the JSON object is nested too deeply")
    return found["answer"]


def _objects(text: str) -> list[dict[str, Any]]:
    found = []
    at = text.find("{")
    while at >= 0:
        try:
            value, end = _DECODER.raw_decode(text, at)
            found.append(value)
        except json.JSONDecodeError:
            end = at + 1
        except (RecursionError, ValueError):
            # ValueError: an integer of more digits than Python converts.
            raise Illegal("the JSON object is nested too deeply or holds a number too long") from None
        at = text.find("{", end)
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise Illegal("a key stands twice in the JSON object")
    return result


def _not_finite(constant: str) -> NoReturn:
    raise Illegal(f"{constant} is not a JSON number")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_not_finite, strict=False)


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


def match_name(given: Any, allowed: tuple[str, ...], what: str) -> str:
    """The one of ``allowed`` that ``given`` names, case and surrounding space aside; Illegal with the list otherwise."""
    if isinstance(given, str):
        folded = " ".join(given.casefold().split())
        for name in allowed:
            if name.casefold() == folded:
                return name
    raise Illegal(f"{what} must be one of: {', '.join(allowed)}")
