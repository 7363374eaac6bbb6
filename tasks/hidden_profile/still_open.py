"""Which checks a turn of `hidden_profile` asks for or leaves open: the next may answer them without naming them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from benchmark.phrases import AnyCase
from benchmark.reading import sentences
from tasks.hidden_profile.shorthand import written_out
from tasks.hidden_profile.words import OPTION, TOPIC, VALUE, Lexicon, mentioned

Pair = tuple[str, str]
"""(option, check)"""

_OPEN = AnyCase(r"\b(?:open|un(?:known|clear|told|decided|settled)|pending|missing|tbd|need(?:ed|s)?|lack(?:s|ing)?|gaps?|to check|left)\b")
_HEADS = re.compile(r"(?: (?:checks?|ones?|points?|questions?|for (?:me|us)|now|still|so far|are))*\s*(?::|[–—]|\s-\s)", re.IGNORECASE)
_JOINS = re.compile(r"\s*(?:(?:,|/|&|\+|\band|\bis|\bare|\bboth|\bstill|\bleft|\bremains?)\s*)*", re.IGNORECASE)
_TURN_OF_PHRASE = re.compile(r"[.!?;\n]")


@lru_cache(maxsize=256)
def asked_for(before: str, words: Lexicon) -> tuple[Pair, ...]:
    """Options with checks of the questions in ``before``, unless a question names a verdict; a statement may name the option first."""
    pairs: list[Pair] = []
    options: list[str] = []
    for sentence in sentences(written_out(before, words)) if "?" in before else ():
        meanings = [meaning for *_, meaning in mentioned(sentence.text, words)]
        asks = sentence.question and not any(kind == VALUE for kind, *_ in meanings)
        last = ""
        for kind, *rest in meanings:
            if kind == OPTION:
                options = [*options, rest[0]] if last == OPTION else [rest[0]]
            elif kind == TOPIC and asks:
                pairs += [(option, rest[0]) for option in options]
            last = kind
    return tuple(dict.fromkeys(pairs))


@lru_cache(maxsize=256)
def left_open(before: str, words: Lexicon) -> tuple[Pair, ...]:
    """Options with checks that ``before`` lists as open: behind a heading ("Open: Puffin steering, braking"), or before the word."""
    pairs: list[Pair] = []
    for found in _OPEN.finditer(before):
        mentions = mentioned(before, words)
        if heads := _HEADS.match(before, found.end()):
            stop = re.compile(r"[.!?\n]|$").search(before, heads.end())
            options: list[str] = []
            last = ""
            for start, _, (kind, *rest) in mentions:
                if heads.end() <= start < (stop.start() if stop else len(before)):
                    if kind == OPTION:
                        options = [*options, rest[0]] if last == OPTION else [rest[0]]
                    elif kind == TOPIC:
                        pairs += [(option, rest[0]) for option in options]
                    last = kind
        else:
            pairs += _listed_before(before, found.start(), mentions)
    return tuple(dict.fromkeys(pairs))


def _listed_before(text: str, at: int, mentions: Sequence[tuple[int, int, tuple[str, ...]]]) -> list[Pair]:
    """The row of checks that ends at ``at``, with the last option named before it in the same stretch."""
    row: list[str] = []
    opens = max((found.end() for found in _TURN_OF_PHRASE.finditer(text, 0, at)), default=0)
    for start, end, (kind, *rest) in reversed([mention for mention in mentions if opens <= mention[0] and mention[1] <= at]):
        if kind == OPTION:
            return [(rest[0], check) for check in reversed(row)]
        if kind == TOPIC and _JOINS.fullmatch(text, end, at):
            row.append(rest[0])
            at = start
    return []
