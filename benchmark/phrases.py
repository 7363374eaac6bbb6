"""Whole phrases to look for in what is said, tried only where the letters stand with which one of them begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_LITERAL = re.compile(r"[a-z' ]+", re.IGNORECASE)


def anywhere(pattern: str) -> Callable[[str], bool]:
    """Whether ``pattern``, written in small letters, is found in a text, case aside.

    A pattern that ignores case tries every alternative at every word. In small letters it passes over those that begin otherwise, which
    is several times as fast; but only of ASCII are these sure to be what it takes for the same.
    """
    small, of_any_case = re.compile(pattern), re.compile(pattern, re.IGNORECASE)
    return lambda text: (small.search(text.lower()) if text.isascii() else of_any_case.search(text)) is not None


class Phrases:
    """Finds the first of some phrases, given as alternatives of a pattern, between word boundaries and case aside.

    Readers ask each clause dozens of such questions, and nearly every answer is no: a look for a few letters is several times as
    fast as a pattern. Alternatives that begin with no plain letters switch that off.
    """

    __slots__ = ("_last", "_openings", "_pattern")

    def __init__(self, alternatives: str) -> None:
        self._pattern = re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)
        self._last: tuple[str, re.Match[str] | None] = ("", None)
        found = sorted(set(_openings(alternatives)), key=lambda one: (len(one), one))
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
            for one in _split(inner):
                more = _letters(rest) if _LITERAL.fullmatch(one) else ""
                yield from [""] if rest[:1] in ("?", "*", "{") and rest else _openings(one + more)
            continue
        yield _letters(alternative).lower()


def _letters(pattern: str) -> str:
    """The plain letters that ``pattern`` begins with, all of which must stand."""
    literal = _LITERAL.match(pattern)
    letters = literal.group() if literal else ""
    return letters[:-1] if pattern[len(letters) : len(letters) + 1] in ("?", "*", "{") and pattern != letters else letters


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
