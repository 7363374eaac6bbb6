"""Patterns that are tried only on a text with a word of theirs: a reader asks dozens of them of each sentence, and nearly all say no."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from sys import maxsize

from benchmark.phrases import AnyCase

_NO_LETTER = re.compile(r"[\W\d_]")
_SPACED = str.maketrans({sign: " " for sign in map(chr, range(128)) if not sign.isalpha()})
_DAY = re.compile(r"mon|t(?:u[es]|h[ru])|we[dn]|fri|sat|sun")
_DIGIT = re.compile(r"\d")
_ALIKE = str.maketrans("\u0130\u0131\u017f\u212a", "iisk")
"""Letters that a pattern takes for those of ASCII when it ignores case."""


@lru_cache(maxsize=8192)
def cues_in(text: str) -> frozenset[str]:
    """The first four letters of each word of ``text``, all of its signs, and as in the lexicon "@" for a day and "#" for a digit."""
    plain = text.isascii()
    text = text.lower() if plain else text.translate(_ALIKE).lower()
    words = text.translate(_SPACED) if plain else _NO_LETTER.sub(" ", text)
    found = {word[:4] for word in words.split()}.union(text)
    if _DAY.search(text):
        found.add("@")
    if _DIGIT.search(text):
        found.add("#")
    return frozenset(found)


class Cued:
    """A pattern, case aside, that is tried only on a text with one of its ``cues``: words one of which stands in all that it matches.

    Where there are several rows of cues, each has such a word. Of longer words four letters are minded, and none of a word is found
    behind another that it is run together with.
    """

    __slots__ = ("_cues", "_pattern", "written")

    def __init__(self, pattern: str, *cues: str) -> None:
        self.written, self._pattern = pattern, AnyCase(pattern)
        self._cues = tuple(frozenset(word[:4] for word in row.split()) for row in cues)

    def may_be_in(self, text: str) -> bool:
        found = cues_in(text)
        for row in self._cues:  # noqa: SIM110 (a generator costs as much as many a pattern)
            if row.isdisjoint(found):
                return False
        return True

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        return self._pattern.search(text, start, end) if self.may_be_in(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self._pattern.match(text) if self.may_be_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(text) if self.may_be_in(text) else iter(())

    def split(self, text: str) -> list[str]:
        return self._pattern.split(text) if self.may_be_in(text) else [text]

    def sub(self, instead: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self._pattern.sub(instead, text) if self.may_be_in(text) else text
