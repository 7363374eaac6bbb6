"""Plans in talk about `assignment`: spelt out, changed, agreed to and taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from benchmark.consent import consents
from benchmark.reading import Sentence, yes_or_no
from benchmark.vocabulary import Json
from tasks.assignment.measures import Token, alternating, measures

_PLANS = re.compile(r"\b(?:plan|propos\w*|suggest\w*|assign\w*|let['’]?s|go with|final\w*|shall we|how about|settle)\b", re.IGNORECASE)
_AMENDS = re.compile(r"\b(?:same|change|instead|except|but|move)\b", re.IGNORECASE)
_SWAPS = re.compile(r"\b(?:swap|switch|exchange)\b", re.IGNORECASE)
_REFUSES = re.compile(r"\b(?:not|never|(?:do|should|would)n['’]?t)\b", re.IGNORECASE)
_ACCEPTS = re.compile(
    r"\b(?:i agree|agreed|i accept|accepted|deal|sounds good|works for me|fine (?:by|with) me"
    r"|let['’]?s (?:do|go with|lock) (?:it|that|this|your))\b",
    re.IGNORECASE,
)
_WELCOMES = re.compile(
    r"\b(?:(?:looks|sounds) (?:\w+ )?(?:good|great|perfect|fine|right|ideal)|same (?:plan|here)|exactly (?:that|the same|my plan)|perfect"
    r"|confirm(?:ed|ing)?|lock(?:ed|ing)? (?:it |that |this )?in|(?:that|this|it) works|(?:that|this)(?:['’]s| is) it"
    r"|i['’]?m (?:in|happy|fine|good) with|all good|no objections?"
    r"|on board|support|that['’]s what i (?:get|have|found)|committing to (?:it|that|this)|matches (?:my|mine)|(?:great"
    r"|good|excellent|perfect|solid|ideal) (?:plan"
    r"|proposal|assignment)"
    r"|go with (?:that|it|this|your)|mine too|identical)\b",
    re.IGNORECASE,
)
"""What accepts a plan only right after it."""
_RESERVES = re.compile(r"\b(?:but|except|unless|though|however|instead|almost|first)\b", re.IGNORECASE)
_TAKES_PLAN_BACK = re.compile(
    r"\b(?:withdraw|take back|scrap|drop|forget|cancel|reject|do(?:n['’]t| not) (?:agree|accept|like))\b"
    r".*\b(?:plan|proposal|assignment)\b",
    re.IGNORECASE,
)


_BESIDES = frozenset("fully wholeheartedly completely entirely locked in set yes please".split())
"""Words that agree no less with these."""
_HER = re.compile(r"\b(?:her|him|them)\b", re.IGNORECASE)


class Part(NamedTuple):
    """A sentence of a turn, and who and what it names."""

    sentence: Sentence
    names: list[Token]

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def is_stated(self) -> bool:
        return not (self.sentence.negated or self.sentence.question or self.sentence.hearsay)


def whole_plan(parts: Sequence[Part], people: Sequence[str]) -> Json:
    """A full plan in one sentence, or spread over the sentences of a turn that rate nobody; None if there is none."""
    if sum(len(part.names) for part in parts) < 2 * len(people):
        return None
    rest: list[Token] = []
    for part in parts:
        if _PLANS.search(part.text) or not measures(part.text):
            if plan := _matching(part.names, people):
                return plan
            rest += part.names
    return _matching(rest, people)


def _matching(names: Sequence[Token], people: Sequence[str]) -> Json:
    """The plan that ``names`` spell out person by person, if they name everyone once; None otherwise."""
    pairs = alternating(names)
    placed = dict(pairs)
    if len(set(pairs)) == len(placed) == len(people) == len(set(placed.values())):
        return tuple((person, placed[person]) for person in people)
    return None


def changed_plan(parts: Sequence[Part], standing: Sequence[tuple[str, str]]) -> Json:
    """The standing plan with two swapped, or with some placed anew; None if nobody changes it."""
    placed = dict(standing)
    holder = {job: person for person, job in placed.items()}
    last: list[Token] = []
    for part in parts:
        swaps, names = _SWAPS.search(part.text), part.names
        people = [token for token in names if token.kind == "person"]
        if swaps and len(names) == len(people) == 1 and _HER.search(part.text):
            names = [*last[-1:], *names]
        last = people or last
        if not names or not (swaps or _AMENDS.search(part.text)):
            continue
        if part.sentence.hearsay or _REFUSES.search(part.text) or measures(part.text):
            continue
        changed = placed | dict(alternating(names))
        swapped = list(dict.fromkeys(str(holder.get(token.value, token.value)) for token in names))
        if swaps and len(swapped) == 2 and len({token.kind for token in names}) == 1:
            first, second = swapped
            changed = placed | {first: placed[second], second: placed[first]}
        elif not _AMENDS.search(part.text):
            continue
        if changed != placed and len(set(changed.values())) == len(changed):
            return tuple(changed.items())
    return None


def takes_back(parts: Sequence[Part]) -> bool:
    return any(_TAKES_PLAN_BACK.search(part.text) for part in parts)


def accepts(text: str, parts: Sequence[Part], at_once: bool) -> bool:
    """Whether a turn agrees to the standing plan of another; ``at_once``: it was made in the turn before."""
    if at_once and not _RESERVES.search(text):
        welcomes = (part.is_stated and _WELCOMES.search(part.text) for part in parts)
        if yes_or_no(text) is True or consents(text, _BESIDES) or any(welcomes):
            return True
    return any(part.is_stated and _ACCEPTS.search(part.text) for part in parts)
