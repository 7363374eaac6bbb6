"""Lists with numbers, and what is later said of their numbers: "1) a red mug, left 2) a blue jug, right", and then "1: no. (2) is ours"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tasks.reference.ambiguity import Words, across
from tasks.reference.items import items_in
from tasks.reference.scenes import ATTRIBUTE_OF, KIND, PLACE, Scene, ordered

_MARK = re.compile(r"(?:(?<=\s)|^)(?:\(([1-9])\)|#?([1-9])[).:])(?=\s)")
_VERDICT = re.compile(
    r"(?i)(?:(?<=[\s,;.])|^)\(?#?(?:number |no\. ?|item )?([1-9])\)?\s*[:.=–—-]?\s*"
    r"(?:is )?(?:an? )?"
    r"(yes|yep|yeah|match\w*|same|no|nope|none|absent|missing|not (?:here|seen|mine|there))\b(?=\s*(?:[,.;:!(–—]|$))[,.;:]?\s*"
)
_NAMED = re.compile(
    r"(?i)(?:\(([1-9])\)(?=\s*(?:is|matches|then|it|looks|for|[.!?,:]|$))|#([1-9])\b"
    r"|\b(?:your )?(?:number|no\.|item|nr\.?|then|answer:?|so|so it's|it's) ?([1-9])\b(?! [a-z]))"
)
_IS_MATCH = re.compile(r"(?i)match|same")
_IS_NO = re.compile(r"(?i)no|none|absent|missing")


def listed_in(text: str, scene: Scene) -> dict[int, Words]:
    """What stands behind each number of a list that begins with 1, if each has one description with its kind."""
    if "1" not in text:
        return {}
    marks = list(_MARK.finditer(text))
    if [int(mark[1] or mark[2]) for mark in marks] != [*range(1, len(marks) + 1)] or len(marks) < 2:
        return {}
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    rows = [items_in(text[mark.end() : end], scene, frozenset())[:1] for mark, end in zip(marks, ends, strict=True)]
    if not all(row and any(ATTRIBUTE_OF[word] == KIND for word in row[0].words) and row[0].number != 0 for row in rows):
        return {}
    return {number: row[0].words for number, row in enumerate(rows, 1)}


def said_of(text: str, theirs: Mapping[int, Words], known: Mapping[int, Words]) -> str:
    """``text`` with the descriptions in place of their numbers; ``theirs`` are as the other sees them, ``known`` of whoever gave a list."""
    if not any(str(number) in text for number in known):
        return text

    def verdict(match: re.Match[str]) -> str:
        words = theirs.get(int(match[1]))
        if words is None:
            return match.group()
        place = next((word for word in across(words) if ATTRIBUTE_OF[word] == PLACE), "")
        there = f" on the {place}" if place else ""
        if _IS_NO.match(match[2]):
            return f"I have no {_looks(words)}{there}. "
        same = "That matches. " if _IS_MATCH.match(match[2]) else ""
        return f"I have a {_looks(words)}{there}. {same}"

    def named(match: re.Match[str]) -> str:
        words = known.get(int(match[1] or match[2] or match[3]))
        if not words:
            return match.group()
        again = _looks(words).split()
        return "" if all(word in text[match.end() : match.end() + 60] for word in again) else f"the {' '.join(again)}"

    return _NAMED.sub(named, _VERDICT.sub(verdict, text))


def _looks(words: Words) -> str:
    return " ".join(ordered(word for word in words if ATTRIBUTE_OF[word] != PLACE))
