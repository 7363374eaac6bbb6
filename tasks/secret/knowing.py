"""What a clause of `secret` says of stories in a list: which of them the listener has heard of, and which not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmark.reading import Sentence, sentences
from tasks.secret.phrases import ASKS_WHICH, EACH_ANSWER, EVERYTHING, EXCEPT, KNOWS, NOTHING, ONLY, POINTS, SAFE, SAW, UNKNOWN, YES
from tasks.secret.words import HANDLE, Lexicon, Mention

_HEADING = 9
"""Words of a heading, at most."""


def heads(text: str, start: int, end: int, here: Sequence[Mention]) -> bool:
    """Whether a few words beside a colon say how what stands on its other side is known, and name nothing themselves."""
    words = text[start:end]
    if any(one.start < end and start < one.end for one in here) or len(words.split()) > _HEADING:
        return False
    is_short = len(words.split()) <= 3 and (UNKNOWN.search(words) or YES.search(words)) is not None
    return is_short or any(said.search(words) for said in (KNOWS, SAFE, SAW, NOTHING))


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


def asked_of_list(told: Sequence[Sentence], words: Lexicon) -> list[Sentence]:
    """The sentences of who asks, with a list that stands beside its question made part of it: "Which are safe? Goat, hat, bees." """
    joined: list[Sentence] = []
    for sentence in told:
        if joined and (whole := _asks_of(joined[-1], sentence, words) or _asks_of(sentence, joined[-1], words)):
            joined[-1:] = sentences(whole)
        else:
            joined.append(sentence)
    return joined


def _asks_of(question: Sentence, row: Sentence, words: Lexicon) -> str:
    if (
        not question.question
        or row.question
        or not ASKS_WHICH.search(question.text)
        or words.found(question.text)
        or POINTS.search(row.text)
    ):
        return ""
    stories = {one.value for one in words.found(row.text) if one.kind == HANDLE}
    return f"{question.text.rstrip(' ?')}: {row.text.rstrip(' .!:;')}?" if len(stories) > 2 else ""


def only_these(text: str, handles: Sequence[Mention]) -> bool | None:
    """Whether the listener knows of what stands behind "only", which sets it against the rest; None where nothing does."""
    if not handles or not ONLY.search(text[: handles[0].start]) or EXCEPT.search(text):
        return None
    rest = text[: handles[0].start] + text[handles[-1].end :]
    said = KNOWS.search(rest) or SAFE.search(rest)
    return is_unknown(rest) is None if said else None


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
