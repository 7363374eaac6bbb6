"""Whole phrases to look for in what is said, tried only where the letters stand with which one of them begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from sys import maxsize

_LITERAL = re.compile(r"[a-z' ]+", re.IGNORECASE)


class AnyCase:
    """A pattern that ignores case, as ``re.compile(pattern, re.IGNORECASE)`` does, and is several times as fast in ASCII.

    A pattern that ignores case tries each of its alternatives at every letter; one that does not passes over all that begin otherwise.
    So a text is looked through in small letters, and the pattern itself is tried only where something was found. Of other texts than
    ASCII, small letters are not all that it takes for the same; and a pattern that minds case in part is none for them.

    ``needs`` are small letters of which some stand wherever a costly pattern is found: looking for them is far sooner done.
    """

    __slots__ = ("_needs", "_small", "_whole", "_written")

    def __init__(self, pattern: str, needs: tuple[str, ...] = ()) -> None:
        self._written, self._whole, self._needs = pattern, re.compile(pattern, re.IGNORECASE) if "(?-i" in pattern else None, needs
        self._small = None if self._whole else re.compile(_in_small_letters(pattern))

    @property
    def _pattern(self) -> re.Pattern[str]:
        if self._whole is None:
            self._whole = re.compile(self._written, re.IGNORECASE)
        return self._whole

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        if self._small is None or not text.isascii():
            return self._pattern.search(text, start, end)
        low = text.lower()
        if self._needs and not any(map(low.__contains__, self._needs)):
            return None
        found = self._small.search(low, start, end)
        return self._pattern.match(text, found.start(), end) if found else None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        return self._pattern.match(text, start)

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        if self._small is None or not text.isascii():
            return self._pattern.finditer(text, start, end)
        match = self.search(text, start, end)
        return self._each(match, end) if match else iter(())

    def _each(self, match: re.Match[str] | None, end: int) -> Iterator[re.Match[str]]:
        """``match`` and those after it."""
        while match:
            if match.end() == match.start():  # where nothing at all can stand, what follows is for the pattern alone
                yield from self._pattern.finditer(match.string, match.start(), end)
                return
            yield match
            match = self.search(match.string, match.end(), end)

    def split(self, text: str) -> list[str]:
        parts, at = [], 0
        for match in self.finditer(text):
            parts += [text[at : match.start()], *match.groups()]
            at = match.end()
        return [*parts, text[at:]]

    def sub(self, instead: str | Callable[[re.Match[str]], str], text: str) -> str:
        parts, at = [], 0
        for match in self.finditer(text):
            if isinstance(instead, str):
                said = match.expand(instead) if "\\" in instead else instead
            else:
                said = instead(match)
            parts += [text[at : match.start()], said]
            at = match.end()
        return "".join([*parts, text[at:]]) if parts else text


def _in_small_letters(pattern: str) -> str:
    """A pattern that begins in small letters wherever ``pattern`` does; what stands at the start of a word is looked for together."""
    alternatives = _split(_CAPITAL.sub(lambda match: match[1] or match[0].lower(), pattern))
    at_words = "|".join(one[2:] for one in alternatives if one.startswith(r"\b"))
    return "|".join([*([rf"\b(?:{at_words})"] if at_words else []), *(one for one in alternatives if not one.startswith(r"\b"))])


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
    parts, depth, escaped, is_set = [""], 0, False, False
    for sign in alternatives:
        if not escaped:
            is_set = sign != "]" if is_set else sign == "["
            depth += 0 if is_set else (sign == "(") - (sign == ")")
        if sign == "|" and not depth and not escaped and not is_set:
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
