"""Whole phrases to look for in what is said, tried only where the letters stand with which one of them begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_LITERAL = re.compile(r"[a-z' ]+", re.IGNORECASE)


class AnyCase:
    """A pattern that ignores case, as ``re.compile(pattern, re.IGNORECASE)`` does, and is sooner done with a text that holds none of it.

    A pattern that ignores case tries each of its alternatives at every letter. One that does not passes over all that begin otherwise,
    which is several times as fast; so a text is looked through in small letters first. Only of ASCII are these sure to be
    all that a pattern takes for the same.
    """

    __slots__ = ("_small", "_whole", "_written")

    def __init__(self, pattern: str) -> None:
        small = "" if "(?-i" in pattern else _CAPITAL.sub(lambda match: match[1] or match[0].lower(), pattern)
        self._written, self._small = pattern, re.compile(small)  # one that minds case in part is found everywhere at first
        self._whole: re.Pattern[str] | None = None

    @property
    def _pattern(self) -> re.Pattern[str]:
        if self._whole is None:
            self._whole = re.compile(self._written, re.IGNORECASE)
        return self._whole

    def _absent(self, text: str) -> bool:
        return text.isascii() and self._small.search(text.lower()) is None

    def search(self, text: str) -> re.Match[str] | None:
        return None if self._absent(text) else self._pattern.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        return None if text.isascii() and self._small.match(text.lower()) is None else self._pattern.match(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return iter(()) if self._absent(text) else self._pattern.finditer(text)

    def split(self, text: str) -> list[str]:
        return [text] if self._absent(text) else self._pattern.split(text)

    def sub(self, instead: str | Callable[[re.Match[str]], str], text: str) -> str:
        return text if self._absent(text) else self._pattern.sub(instead, text)


_CAPITAL = re.compile(r"(\\.|\(\?P)|[A-Z]")
"""Capitals, and before them what stands for no letter."""


class Phrases:
    """Finds the first of some phrases, given as alternatives of a pattern, between word boundaries and case aside.

    Readers ask each clause dozens of such questions, and nearly every answer is no: a look for a few letters is several times as
    fast as a pattern. Alternatives that begin with no plain letters switch that off.
    """

    __slots__ = ("_last", "_openings", "_pattern")

    def __init__(self, alternatives: str) -> None:
        self._pattern = AnyCase(rf"\b(?:{alternatives})\b")
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
