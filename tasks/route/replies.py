"""What the opening of a turn of `route` answers to what the other asked: yes, no, or the one thing that was missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchmark.phrases import AnyCase
from benchmark.reading import yes_or_no
from benchmark.vocabulary import Claim
from tasks.route.clauses import other
from tasks.route.dismissing import words_in
from tasks.route.words import NAME, POINT, STATE, Token
from tasks.route.worlds import AT, REPORT

_AFFIRMS = re.compile(r"^\W*(?:yes|yep|yeah|yup|correct|exactly|indeed|right|it is|it does|i do|confirmed|sí|si|ja|oui)\b", re.IGNORECASE)
_OF_ALL = re.compile(r"\b(?:both|all|each)\b", re.IGNORECASE)
_SHORT = 8
"""Words of a reply that names nothing but what was asked for."""
UNKNOWN = AnyCase(
    r"\b(?:unknown|unclear|not sure|unsure|no idea(?! where)|nothing (?:on|about|for|regarding) (?=[1-9]|the\b|your\b)"
    r"|(?:don't|do not|dont) (?:yet )?know(?! where)|no (?:report|word|info|information|news))\b"
)
GUESS = AnyCase(
    r"\b(?:if|suppose|maybe|perhaps|probably|possibly|might|may|could be|unless|assum\w+|guess|i think|likely|wonder"
    r"|hope|presumably|whether|provided"
    r"|as long as|once|confirm (?:if|that)|should be|either \w+ or \w+ is)\b"
)
LACKS_IT = AnyCase(
    r"^\W*(?:and |it's |it is |also |which is )*(?:not|missing|nowhere) (?:on|from|in) (?:my|mine)\b|^\W*(?:not|nowhere) (?:here|mine)\b"
    r"|\b(?:don't|dont|do not|can't|cannot) (?:have|see|find|place|locate) (?:it|that|one|either|them)\b"
)
_TOLD = re.compile(
    r"\b(?:you|he|she|they)(?:'ve| have| just| already)? (?:said|say|told|mentioned|reported|asked|named)\b|\byour report", re.IGNORECASE
)
_TELLING = frozenset("said say told mentioned reported asked named your".split())
"""Words of which one stands where another's words are told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The last thing the other asked: ``claims`` is what yes would say; or ``slots``, what is missing. ``point``: what stands there."""

    claims: tuple[Claim, ...] = ()
    slots: tuple[tuple[str, ...], ...] = ()
    point: str = ""


_NOTHING = Asked()


def told_by_other(text: str) -> re.Match[str] | None:
    """Where ``text`` says what the other told."""
    return None if words_in(text).isdisjoint(_TELLING) else _TOLD.search(text)


def reply(text: str, found: Sequence[Token], asked: Asked) -> list[Claim]:
    """What ``text``, which names what was ``found``, says by being a reply."""
    if asked == _NOTHING or UNKNOWN.search(text):
        return []
    answer = True if _AFFIRMS.match(text) else yes_or_no(text)
    only_points = bool(found) and all(token.kind == POINT for token in found)
    if len(asked.claims) == 1 and asked.claims[0].slot[0] == AT and only_points and answer is not True and len(text.split()) <= _SHORT:
        where = asked.claims[0]
        return places(where.slot[:2], found) + ([Claim("exclude", where.slot, where.value)] if answer is False else [])
    if answer and (not found or len(asked.claims) == 1):
        return list(asked.claims)
    if answer is False and len(asked.claims) == 1:
        return _denied(asked.claims[0])
    return _given(text, found, asked, answer) if len(text.split()) <= _SHORT and not GUESS.search(text) else []


def _denied(claim: Claim) -> list[Claim]:
    if claim.slot[0] == REPORT:
        return [Claim("affirm", claim.slot, other(claim.value))]
    return [Claim("exclude", claim.slot, claim.value)] if claim.slot[0] == AT and claim.kind == "affirm" else []


def _given(text: str, found: Sequence[Token], asked: Asked, answer: bool | None) -> list[Claim]:
    """The point, state or landmark that was asked for; of several, as many in the same order."""
    kinds, slots = [token.kind for token in found], asked.slots
    if asked.point and kinds in ([NAME], [NAME, STATE]):
        return [Claim("affirm", (AT, found[0].value, asked.point), True)]
    about = {slot[0] for slot in slots}
    if about == {REPORT} and kinds == [STATE] and (len(slots) == 1 or _OF_ALL.search(text)):
        return [Claim("affirm", slot, found[0].value) for slot in slots]
    if about != {AT} or any(token.negated for token in found if token.kind == POINT):
        return []
    if not found and len(slots) == 1 and (answer is False or LACKS_IT.search(text)):
        return [Claim("count", slots[0], 0)]
    if len(slots) == 1 and (set(kinds) == {POINT} or (kinds == [POINT, STATE] and not text[: found[0].start].strip(" .,!"))):
        return places(slots[0], [token for token in found if token.kind == POINT])
    if len(slots) == len(found) and set(kinds) == {POINT}:
        return [claim for slot, token in zip(slots, found, strict=True) for claim in places(slot, [token])]
    return []


def places(slot: tuple[str, ...], found: Sequence[Token]) -> list[Claim]:
    """That the landmark of ``slot`` stands at the points, or does not stand there."""
    return [Claim("exclude" if token.negated else "affirm", (*slot, token.value), True) for token in found]
