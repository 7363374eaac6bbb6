"""Plans in talk about `assignment`: spelt out, changed, agreed to and taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from benchmark.consent import consents
from benchmark.phrases import AnyCase
from benchmark.quoting import READY
from benchmark.reading import Sentence, is_negated, yes_or_no
from benchmark.vocabulary import Json
from tasks.assignment.measures import Token, alternating, measures

_PLANS = AnyCase(r"\b(?:plan|propos\w*|suggest\w*|assign\w*|let['’]?s|go with|final\w*|shall we|how about|settle)\b")
_JOINS = AnyCase(
    r"\b(?:plus|with|keep(?:ing)?|and|add(?:ing)?|yours?|rest|remaining|then|so|therefore|hence|thus|fits?|complete|full|agreed?|deal|perfect"
    r"|combined?|together|beside[s]?|alongside|stays?|leav(?:es|ing)|giv(?:es|ing)|ready|go|take|ok(?:ay)?|done|settled)\b|\+|&"
)
"""What puts pairs together to one plan."""
_NO_CLASH = AnyCase(
    r"\b(?:no|zero|without(?: any)?|not? a single|don['’]?t|doesn['’]?t|do not|nothing|none) (?:\w+ )?"
    r"(?:clash|conflict|overlap|collision|collide|contest|double|duplicate|problem|objection|change|issue)\w*"
)
_ASKS_FOR = AnyCase(
    r"\b(?:(?:do|have|did|can|could) you|what|which|how|who|whose|any(?:thing|one)?|rat(?:e|es|ed|ings?)|scores?|readings?|numbers?"
    r"|unrated|unknown|average)\b"
)
"""What asks for ratings of the pairs beside it, or says that there are none."""
_POINTS_BACK = AnyCase(
    r"\b(?:yours?|my|mine|the|those|these) (?:(?:own|other|first|top|best|strong|high|remaining) )*"
    r"(?:two|three|four|five|six|[2-6]\b|rest|others?|ones?|pairs?|picks?|list)\b"
    r"|(?:\b(?:with|plus|and|keep|add|take|rest)|[+&]) (?:all )?(?:of )?(?:yours|mine)\b"
    r"|\byours (?:(?:plus|and|[+&]) mine|for|at|on|in|as|completes?|fills?|finish(?:es)?|makes?|covers?|stays?|stands?|holds?|fits?)\b"
    r"|\bwhere (?:you (?:have|had|put|placed?|rated?)|they (?:are|were|stand|shine))\b|\ball (?:six|6|eight|8)\b"
    r"|\b(?:as|are|is|from|per) yours\b|\bmine as (?:listed|said|above|given|told)\b"
    r"|\bplan(?:['’]s| is)? (?:now )?(?:complete|full|done)\b|\b(?:complete|full) plan\b"
)
"""What means pairs that were rated before, without their names."""
_ALL_FIT = AnyCase(
    r"\b(?:all|these|those|they|everything|(?:both|our|the two) (?:lists|tops|picks|sets|sheets))\b[^.;?]{0,25}"
    r"\b(?:fits?|match up|combine|go together|dovetail|complement|work together|are compatible|are disjoint)\b"
    r"|\b(?:all|these|those|they|ours?|(?:our|the) \w+)\b[^.;?]{0,20}\b(?:don['’]?t|do not|never) (?:clash|collide|overlap|conflict)\b"
    r"|\b(?:no|zero) (?:clash|overlap|conflict)\w*\b[^.?]{0,30}\b(?:plan|done|settled|final|that's it)\b"
    r"|\b(?:take|taking|combin(?:e|ing)|us(?:e|ing)|merg(?:e|ing)|put together)"
    r" (?:them all|all (?:of )?(?:them|these|those|six)|(?:both|our|the) lists)\b"
)
"""What makes one plan of all that was rated."""
_CLOSES = AnyCase(
    r"\b(?:agreed?|deal|complete|full|all (?:six|6|eight|8)|final|settled?|(?:that['’]?s|that is|there is) (?:our|the) plan)\b|\(ready\)"
)
_YOUR = re.compile(r"\byours?:?\s+$", re.IGNORECASE)
_AGREES_FIRST = re.compile(
    r"\W*(?:yes|yep|yeah|agreed|deal|perfect|great|good|fine|ok(?:ay)?|sure|lovely|excellent|confirmed)\b", re.IGNORECASE
)
_MINE_AND_YOURS = re.compile(r"\bm(?:y|ine)\b.*\byours?\b|\byours?\b.*\bm(?:y|ine)\b", re.IGNORECASE)
_AS_SAID = re.compile(r"\bas you (?:said|say|told|have it|proposed|suggested|listed)\b", re.IGNORECASE)
_APART = re.compile(r"[\d,;.!?\n]")
_AMENDS = AnyCase(r"\b(?:same|change|instead|except|but|move)\b")
_SWAPS = AnyCase(r"\b(?:swap|switch|exchange)\b")
_REFUSES = AnyCase(r"\b(?:not|never|(?:do|should|would)n['’]?t)\b")
_ACCEPTS = AnyCase(
    r"\b(?:i agree|agreed|i accept|accepted|deal|sounds good|works for me|fine (?:by|with) me"
    r"|let['’]?s (?:do|go with|lock) (?:it|that|this|your))\b"
)
_WELCOMES = AnyCase(
    r"\b(?:(?:looks|sounds) (?:\w+ )?(?:good|great|perfect|fine|right|ideal)|same (?:plan|here)|exactly (?:that|the same|my plan)|perfect"
    r"|confirm(?:ed|ing)?|lock(?:ed|ing)? (?:it |that |this )?in|(?:that|this|it) works|(?:that|this)(?:['’]s| is) it"
    r"|i['’]?m (?:in|happy|fine|good) with|all good|no objections?"
    r"|on board|support|that['’]s what i (?:get|have|found)|committing to (?:it|that|this)|matches (?:my|mine)|(?:great"
    r"|good|excellent|perfect|solid|ideal) (?:plan"
    r"|proposal|assignment)"
    r"|go with (?:that|it|this|your)|mine too|identical)\b"
)
"""What accepts a plan only right after it."""
_RESERVES = AnyCase(r"\b(?:but|except|unless|though|however|instead|almost|first)\b")
_TAKES_PLAN_BACK = AnyCase(
    r"\b(?:withdraw|take back|scrap|drop|forget|cancel|reject|do(?:n['’]t| not) (?:agree|accept|like))\b"
    r".*\b(?:plan|proposal|assignment)\b"
)


_BESIDES = frozenset("fully wholeheartedly completely entirely locked in set yes please".split())
"""Words that agree no less with these."""
_HER = re.compile(r"\b(?:her|him|them)\b", re.IGNORECASE)


Pair = tuple[str, str]


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


def completed_plan(parts: Sequence[Part], people: Sequence[str], now: Sequence[Pair], before: Sequence[Pair]) -> Json:
    """The plan of pairs that are named without a number and of those rated ``now``: "Ana cook 164, plus Ben pilot, Cleo medic".

    Where it points back at a list ("with your three that is all"), of those rated ``before`` too. None if there are several ways.
    """
    named = {name.value for part in parts for name in part.names}.union(person for person, _ in (*now, *before))
    if not named.issuperset(people) or not any(_JOINS.search(part.text) for part in parts):
        return None
    told = [part for part in parts if (not part.sentence.hearsay or _AS_SAID.search(part.text)) and not _ASKS_FOR.search(part.text)]
    placed = {pair for part in told if not is_negated(_NO_CLASH.sub(" ", part.text)) for pair in _beside(part)}.difference(now)
    fits = any(_ALL_FIT.search(part.text) and not part.sentence.question and not is_negated(_NO_CLASH.sub(" ", part.text)) for part in told)
    both = now or fits or any(_MINE_AND_YOURS.search(part.text) for part in told)
    if not placed and not (both and any(_CLOSES.search(part.text) for part in parts)):
        return None
    points_back = (
        fits
        or any(_POINTS_BACK.search(part.text) or _names_yours(part) for part in told)
        or (placed and _AGREES_FIRST.match(parts[0].text))
    )
    rated = dict.fromkeys((*now, *before) if points_back else now)
    plans = list(islice(_ways(dict(placed), rated, people), 2)) if len(dict(placed)) == len(placed) else []
    return tuple((person, plans[0][person]) for person in people) if len(plans) == 1 else None


def _names_yours(part: Part) -> bool:
    """Whether "yours" stands before someone or something: "your beggar and duke stay"."""
    return any(_YOUR.search(part.text, 0, name.start) for name in part.names)


def _ways(plan: Mapping[str, str], rated: Iterable[Pair], people: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """Every plan that ``plan`` and some of the ``rated`` pairs make."""
    person = next((person for person in people if person not in plan), None)
    if person is None:
        if len(set(plan.values())) == len(people):
            yield plan
        return
    for who, job in rated:
        if who == person and job not in plan.values():
            yield from _ways({**plan, who: job}, rated, people)


def _beside(part: Part) -> list[Pair]:
    """The pairs of names that stand side by side with no number or comma between them, or row by row: "Ana, Ben (cook, pilot)"."""
    rows = [list(row) for _, row in groupby(part.names, lambda name: name.kind)]
    for one, other in pairwise(rows):
        if len(one) == len(other) > 1:
            return alternating([name for pair in zip(one, other, strict=True) for name in pair])
    found, waiting = [], list[Token]()
    for name in part.names:
        if waiting and waiting[-1].kind != name.kind and not _APART.search(part.text, waiting[-1].end, name.start):
            found += alternating([waiting[-1], name])
            waiting = []
        else:
            waiting = [name]
    return found


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
    is_ready, text = READY in text, text.replace(READY, " ")
    if at_once and not _RESERVES.search(text):
        welcomes = (part.is_stated and _WELCOMES.search(part.text) for part in parts)
        if yes_or_no(text) is True or consents(text, _BESIDES) or any(welcomes) or (is_ready and _adds_nothing(text, parts)):
            return True
    return any(part.is_stated and _ACCEPTS.search(part.text) for part in parts)


def _adds_nothing(text: str, parts: Sequence[Part]) -> bool:
    """Whether who needs nothing more has said something, and nothing of their own: "They all stay. (ready)"."""
    return any(map(str.isalpha, text)) and not any(part.names or part.sentence.question or part.sentence.negated for part in parts)
