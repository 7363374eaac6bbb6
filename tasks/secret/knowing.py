"""What a clause of `secret` says of stories in a list: which of them the listener has heard of, and which not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.secret.phrases import EACH_ANSWER, EVERYTHING, EXCEPT, KNOWS, ONLY, SAFE, SAW, UNKNOWN, YES
from tasks.secret.words import Mention

_HEADING = 9
"""Words of a heading, at most."""


def heads(text: str, start: int, end: int, here: Sequence[Mention]) -> bool:
    """Whether a few words beside a colon say how what stands on its other side is known, and name nothing themselves."""
    words = text[start:end]
    if any(one.start < end and start < one.end for one in here) or len(words.split()) > _HEADING:
        return False
    is_short = len(words.split()) <= 3 and (UNKNOWN.search(words) or YES.search(words)) is not None
    return is_short or (KNOWS.search(words) or SAFE.search(words) or SAW.search(words)) is not None


def rest_of(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + text[match.end() :]


def _one_by_one(text: str, handles: Sequence[Mention]) -> list[tuple[Mention, bool]]:
    """A yes or no behind each story, or behind each few: "chess and goat yes, twins no"; nothing where there is only one."""
    if len(handles) < 2:
        return []
    ends = [*(one.start for one in handles[1:]), len(text)]
    answers = [EACH_ANSWER.match(text, one.end, end) for one, end in zip(handles, ends, strict=True)]
    if sum(answer is not None for answer in answers) < 2 or answers[-1] is None:
        return []
    told, knows = [], True
    for one, answer in zip(reversed(handles), reversed(answers), strict=True):
        knows = answer["yes"] is not None if answer else knows
        told.append((one, knows))
    return told[::-1]


def is_unknown(text: str) -> re.Match[str] | None:
    return UNKNOWN.search(text) or SAFE.search(text)


def who_knows(text: str, handles: Sequence[Mention]) -> list[tuple[Mention, bool]]:
    """Whether the listener knows of each: a negation before a list or behind it, "only", "nothing but", "not" half way along."""
    if each := _one_by_one(text, handles):
        return each
    told: list[tuple[Mention, bool]] = []
    knows, before = True, 0
    for one in handles:
        gap = text[before : one.start]
        other = EXCEPT.search(gap)
        if not other and ONLY.search(gap):
            knows = True
        elif other:
            start = gap[: other.start()]
            if before:
                knows = not knows
            elif EVERYTHING.search(start):
                knows = (UNKNOWN.search(start) or is_unknown(text[handles[-1].end :])) is not None
            else:
                knows = True
            knows = not UNKNOWN.search(gap[other.end() :]) and knows
        elif not before:
            knows = not (UNKNOWN.search(gap) or SAFE.search(gap) or is_unknown(text[handles[-1].end :]))
        elif UNKNOWN.search(gap):
            knows = False
        before = one.end
        told.append((one, knows))
    return told
