"""A turn of `crossed_wires` made ready to be read: times marked, and what is asked or only supposed set apart from what is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchmark.phrases import AnyCase
from benchmark.quoting import READY
from benchmark.reading import words_in
from tasks.crossed_wires import cues
from tasks.crossed_wires.phrases import OPENS_QUESTION, SUPPOSES, TAGGED
from tasks.crossed_wires.reference import Pairs
from tasks.crossed_wires.words import Token, is_denied, mark_times

_ALL_BUT = AnyCase(r"\bbut\b(?:(?<=\ball but)|(?<=\beverything but))")
_CONDITION = re.compile(r"(?:if|unless|in case)\b", re.IGNORECASE)
_CUT = re.compile(r"[,;:–—()]|\s-\s|\b(?:and|but|so|then|while)\b", re.IGNORECASE)
_STOREY = re.compile(r"\b(second|third|fourth|fifth|ground|top|2nd|3rd|4th|5th)\b(?! (?:floor|storey|one|of))", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()\n]{0,120}\)")
_COMMAS = re.compile(r"[,;–—]")
_MARKUP = re.compile(r"[*_`]{1,3}")
_PICTURES = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the other's last question would have a yes or no answer: details or reports of the one who replies."""

    pairs: Pairs = ()
    times: tuple[str, ...] = ()
    floor: bool = False
    """Whether a floor was asked for: "fourth" is one then."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence. ``mine``: it is about the speaker's notes; ``tells``: it says what stands in them; ``leads``: it concludes."""

    text: str
    start: int
    tokens: Sequence[Token]
    mine: bool
    tells: bool
    leads: bool
    words: frozenset[str]
    """Those of the whole sentence."""

    def has(self, any_of: frozenset[str]) -> bool:
        return not any_of.isdisjoint(self.words)

    def denies(self, token: Token) -> bool:
        return self.has(cues.DENYING) and is_denied(self.text, self.tokens, token)


def unsupposed(text: str) -> str:
    """``text`` up to what is only supposed, or reported as the other's word; what holds on a condition is left out too."""
    supposed = None if words_in(text).isdisjoint(cues.SUPPOSING) else SUPPOSES.search(text)
    if supposed is None:
        return text
    end = supposed.start()
    return text[: max((cut.end() for cut in _CUT.finditer(text, 0, end)), default=0) if _CONDITION.match(supposed.group()) else end]


def prepared(text: str, asked: Asked) -> str:
    """``text`` with straight apostrophes, times marked, a floor that was asked for in full, and no commas within brackets."""
    text = _STOREY.sub(r"\1 floor", text) if asked.floor else text
    text = mark_times(text.replace("’", "'").removesuffix(READY).rstrip())
    text = _ALL_BUT.sub("except", text)
    text = text if text.isascii() else _PICTURES.sub(", ", text)
    text = _IN_BRACKETS.sub(lambda match: _COMMAS.sub(" ", match.group()), text)
    return _MARKUP.sub("", text)


def parted(text: str) -> tuple[str, str]:
    """A question, apart from the statement it is hung on: "Mine is red, same as yours?"."""
    if OPENS_QUESTION.search(text):
        return "", text
    tag = TAGGED.search(text)
    return (text[: tag.start()], text[tag.end() :]) if tag else ("", text)
