"""Whole phrases to look for in what is said, tried only where the letters stand with which one of them begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LITERAL = re.compile(r"[a-z' ]+", re.IGNORECASE)


class Phrases:
    """Finds the first of some phrases, given as alternatives of a pattern, between word boundaries and case aside.

    Readers ask each clause dozens of such questions, and nearly every answer is no: a look for a few letters is several times as
    fast as a pattern. Alternatives that begin with no plain letters switch that off.
    """

    __slots__ = ("_last", "_openings", "_pattern")

    def __init__(self, alternatives: str) -> None:
        self._pattern = re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)
        self._last: tuple[str, re.Match[str] | None] = ("", None)
        found = sorted(set(_openings(alternatives)), key=len)
        self._openings = tuple(one for one in found if not any(other in one for other in found if other != one))

    def search(self, text: str) -> re.Match[str] | None:
        last = self._last
        if last[0] is text:  # a clause is asked the same for each name in it
            return last[1]
        found, low = None, text.lower()
        for opening in self._openings:
            if opening in low:
                found = self._pattern.search(text)
                break
        self._last = (text, found)
        return found


def _openings(alternatives: str) -> Iterator[str]:
    """The letters with which each alternative begins; "" for one that begins otherwise, which is found everywhere."""
    for alternative in _split(alternatives):
        if alternative.startswith("(?:"):
            inner, rest = _group(alternative)
            after = _LITERAL.match(rest)
            for one in _split(inner):
                more = after.group() if after and _LITERAL.fullmatch(one) else ""
                yield from [""] if rest[:1] in ("?", "*") else _openings(one + more)
            continue
        literal = _LITERAL.match(alternative)
        letters = literal.group() if literal else ""
        then = alternative[len(letters) : len(letters) + 1]
        yield (letters[:-1] if then in ("?", "*", "{") and then else letters).lower()


def _split(alternatives: str) -> list[str]:
    """At every bar that stands in no bracket."""
    parts, depth, escaped = [""], 0, False
    for sign in alternatives:
        depth += 0 if escaped else (sign in "([") - (sign in ")]")
        if sign == "|" and not depth and not escaped:
            parts.append("")
        else:
            parts[-1] += sign
        escaped = sign == "\\" and not escaped
    return parts


def _group(text: str) -> tuple[str, str]:
    """What stands in the group that ``text`` opens with, and what follows it."""
    depth, escaped = 0, False
    for place, sign in enumerate(text):
        depth += 0 if escaped else (sign in "([") - (sign in ")]")
        if not depth:
            return text[3:place], text[place + 1 :]
        escaped = sign == "\\" and not escaped
    return text[3:], ""
