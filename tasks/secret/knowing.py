"""What a clause of `secret` says of stories in a list: which of them the listener has heard of, and which not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from benchmark.reading import Sentence, sentences
from tasks.secret.phrases import (
    ASKS_WHICH,
    BARE_NOT,
    EACH_ANSWER,
    EVERY_BUT,
    EVERYTHING,
    EXCEPT,
    HIDDEN,
    IN_SHORT,
    KNOWS,
    NO_OTHERS,
    NO_REST,
    NOT_BEFORE,
    NOTHING,
    ONLY,
    ORDERS,
    PIECE,
    POINTS,
    REST,
    SAFE,
    SAW,
    TO_ONESELF,
    UNKNOWN,
    VERBISH,
    WE_KNOW,
    YES,
)
from tasks.secret.words import HANDLE, Lexicon, Mention

_FEW = 3
"""Words beside "the others" that may say nothing."""
_NEAR = 60
"""Characters beside a cut or at the end of a clause that are looked at: a row of commas would take long."""
_HEADING = 9
"""Words of a heading, at most."""


def heads(text: str, start: int, end: int, here: Sequence[Mention]) -> bool:
    """Whether a few words beside a colon say how what stands on its other side is known, and name nothing themselves."""
    words = text[start:end]
    if any(one.start < end and start < one.end for one in here) or len(words.split()) > _HEADING:
        return False
    is_short = len(words.split()) <= 3 and (UNKNOWN.search(words) or YES.search(words)) is not None
    return is_short or any(said.search(words) for said in (KNOWS, SAFE, SAW, NOTHING))


def takes_out(text: str, start: int, cut: tuple[int, int], here: Sequence[Mention]) -> bool:
    """Whether what stands before a cut belongs with what follows it: "all of them but …", "except for the goat, …"."""
    end, after = cut
    if end == len(text):
        return False
    if "but" in text[end:after].lower() and EVERY_BUT.search(text[max(start, end - _NEAR) : end]):
        return True
    other = EXCEPT.search(text[start : min(end, start + _NEAR)])
    is_first = other is not None and other.group().lower() != "but" and not re.search(r"\w", text[start : start + other.start()])
    return is_first and any(start <= one.start < end for one in here)


def is_told_of(row: str, then: str, here: Sequence[Mention]) -> bool:
    """Whether the clause after a row says of it what the row leaves open: "the rest I remember, but never told"."""
    if not (here or REST.search(row)) or says(row) or REST.search(then) or ORDERS.match(then):
        return False
    return KNOWS.search(then) is not None or SAFE.search(then) is not None


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


class Said(NamedTuple):
    """Whether the listener knows, and whether that was said by denying the opposite or the thing itself: "is not safe", "never told"."""

    knows: bool
    negated: bool


ASKED = Said(True, False)
"""What is told of a story that is named with nothing else, where nothing else was asked."""


def says(text: str) -> Said | None:
    """What a few words say of who knows; None where they say nothing of it. What is not safe is known."""
    text = WE_KNOW.sub(" ", text)
    if starts := [hidden.start() for hidden in (SAFE.search(text), HIDDEN.search(text)) if hidden]:
        negated = NOT_BEFORE.search(text[: min(starts)]) is not None
        return Said(negated, negated)
    if UNKNOWN.search(text):
        return Said(False, True)
    return Said(True, False) if KNOWS.search(text) or SAW.search(text) else None


def _in_short(text: str, last: Said) -> Said | None:
    """What an auxiliary or a "not" alone says, which is to be completed by what was said ``last``: "the soup I did", "the hat not"."""
    short = IN_SHORT.match(text)
    if not short:
        return None
    negated = bool(short["not"] or short["never"])
    return Said(last.knows == (negated == last.negated), negated)


def _opposed(last: Said) -> Said:
    """What "not the hat" says: with a negation before it the same, and else the opposite."""
    return Said(last.knows == last.negated, True)


def of_the_rest(text: str, rest: re.Match[str], last: Said) -> bool | None:
    """Whether the listener knows of ``rest``, as a clause about the others calls them; None where the clause is of something else."""
    none = NO_REST.search(text)
    if none and none.start() <= rest.start():
        words = f"{text[: none.start()]}{text[max(none.end(), rest.end()) :].rstrip(' .!')}"
        said = _in_short(f"{words} not", last)
        return said.knows if said else not (says(words) or ASKED).knows
    words = f"{text[: rest.start()].rstrip()} {text[rest.end() :].lstrip()}"
    if not re.search(r"\w", words):
        return last.knows
    said = _in_short(words, last) or says(words)
    if said is None and (len(words.split()) > _FEW or VERBISH.search(words)):
        return None
    return (said or ASKED).knows


def no_others(text: str, handles: Sequence[Mention]) -> bool:
    """Whether what is said of ``handles`` is said of them alone: "only the goat", "the goat, and nothing else"."""
    if not handles or EXCEPT.search(text[: handles[0].start]):
        return False
    before, after = text[: handles[0].start], text[handles[-1].end :]
    if NO_OTHERS.search(after[-_NEAR:]):
        return True
    return ONLY.search(before) is not None and (says(before + after) is not None or not VERBISH.search(before + after))


def who_knows(text: str, handles: Sequence[Mention], last: Said) -> tuple[list[tuple[Mention, bool]], Said]:
    """Whether the listener knows of each, and what was said of the last of them.

    Between rows of stories stands what is said of the row before it, of the one behind it, or of each: "the goat I told her, nor did I
    keep the soup". What was said ``last``, in the clause before, is what a "the hat isn't" speaks of.
    """
    if each := _one_by_one(text, handles):
        return each, Said(each[-1][1], False)
    rows = _rows(text, handles, last)
    told: list[tuple[Mention, bool]] = []
    unsaid: list[Mention] = []
    gap, end = text[: handles[0].start] if handles else "", text[handles[-1].end :] if handles else ""
    for place, row in enumerate(rows):
        is_last = place == len(rows) - 1
        after = end if is_last else text[row[-1].end : rows[place + 1][0].start]
        has_said = says(gap) is not None
        behind, after = _behind(after, last, has_said=has_said, is_last=is_last)
        said = _of_row((gap, behind, end), last, is_first=not place)
        if not (said or unsaid or not place):
            said = last
        if said is None:
            unsaid += row
        else:
            told += [(one, said.knows) for one in row]
            last = said
        gap = after
    if unsaid:
        said = (says(end) if told else None) or ASKED
        told = [*((one, said.knows) for one in unsaid), *told]
    return told, last


def _of_row(around: tuple[str, Said | None, str], last: Said, *, is_first: bool) -> Said | None:
    """What is said of a row by the words before it, by what was read ``behind`` it and by the end of its clause; None for nothing."""
    gap, behind, end = around
    other = EXCEPT.search(gap)
    if other and not (is_first and _is_besides(gap, other, end)):
        return _but_for(gap, other, end, None if is_first else last)
    before = says(gap)
    if before and BARE_NOT.search(gap[-_NEAR:]) and not (is_first and last.negated):
        before = _opposed(last)
    elif before and behind and "," in gap:
        before = says(gap[gap.rindex(",") :])
    if before and behind:
        return before if not before.knows else behind
    if before or behind:
        return before or behind
    return ASKED if ONLY.search(gap) and not is_first else None


def _rows(text: str, handles: Sequence[Mention], last: Said) -> list[list[Mention]]:
    """``handles`` in rows of which the same is said."""
    rows: list[list[Mention]] = []
    for place, one in enumerate(handles):
        gap = text[handles[place - 1].end : one.start] if place else ""
        if place and not (says(gap) or EXCEPT.search(gap) or ONLY.search(gap) or _in_short(_first(gap), last)):
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _first(text: str) -> str:
    """``text`` up to where something else begins."""
    return PIECE.split(text, maxsplit=1)[0]


def _behind(text: str, last: Said, *, has_said: bool, is_last: bool) -> tuple[Said | None, str]:
    """What is said behind a row of that row, and what is left for the next."""
    first = _first(text)
    if is_last:
        pieces = PIECE.split(re.sub(r"\(ready\)", "", text, flags=re.IGNORECASE))
        pieces = [piece for piece in pieces if not (has_said and TO_ONESELF.match(piece))]
        found = ((_in_short(piece, last) or says(piece)) for piece in (pieces[:1] if has_said else pieces))
        return next((said for said in found if said), None), ""
    if has_said or not first.strip() or first == text:  # "goat not hat" denies the hat
        return None, text
    said = _in_short(first, last) or says(first)
    return said, text[len(first) :] if said else text


def _but_for(gap: str, other: re.Match[str], end: str, last: Said | None) -> Said:
    """What is said of what stands behind "except": the opposite of what is said of all the others."""
    if UNKNOWN.search(gap[other.end() :]):
        return _opposed(last) if last and BARE_NOT.search(gap[-_NEAR:]) else Said(False, True)
    if last:
        return Said(not last.knows, last.negated)
    said = says(f"{gap[: other.start()]} {end}")
    return Said(said is not None and not said.knows, False)


def _is_besides(gap: str, other: re.Match[str], end: str) -> bool:
    """Whether nothing is said of all others around an "except", and so it takes nothing out."""
    around = f"{gap[: other.start()]} {end}"
    return not (EVERYTHING.search(around) or NOTHING.search(around))
