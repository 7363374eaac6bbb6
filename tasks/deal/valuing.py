"""What a sentence says that pieces are worth."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from benchmark.vocabulary import Json, Seat
from tasks.deal.words import Token

_VALUES = re.compile(
    r"\b(?:worth\w*|valu\w+|points?|pts?|priorit\w+|useless|no use)\b|\b(?:to|for) me\b(?:\s*:| it's\b| it is\b)", re.IGNORECASE
)
_SURELY = re.compile(r"\b(?:worth\w*|valu\w+|points?|pts?|useless|no use)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|altogether|combined|together|in all|overall|sum)\b", re.IGNORECASE)
_NOTHING = re.compile(r"\b(?:worthless|useless|no use|no value)\b", re.IGNORECASE)
_POINTS = re.compile(r"\s*(?:points?|pts?)\b", re.IGNORECASE)
_EACH_ONE = re.compile(r"\b(?:each|every|per) one\Z", re.IGNORECASE)
_SHARING = ("gives", "gets", "rest", "whole", "wants", "wishes")
_BETWEEN = ("per", "to", "an", "the", "whole", "of", "worth")


def values_in(text: str, tokens: Sequence[Token], speaker: Seat, counts: Mapping[str, int]) -> dict[tuple[Seat, str], Json]:
    """(seat, kind) to points a piece; empty for a sentence that is about something else, or about totals."""
    if not any(token.kind == "good" for token in tokens) or _TOTAL.search(text):
        return {}
    shares = any(token.kind in _SHARING for token in tokens)
    if not (_SURELY.search(text) or _is_beyond(tokens, counts) or (not shares and (_VALUES.search(text) or _is_list(tokens)))):
        return {}
    owner = _owner(tokens, speaker)
    return {(owner, good): value for good, value in _bound(text, tokens).items()} if owner else {}


def _pairs(tokens: Sequence[Token]) -> list[tuple[Token, Token]]:
    """Kinds and the numbers right after them."""
    told = [token for token in tokens if token.word not in ("=", ":")]
    return [(one, two) for one, two in pairwise(told) if one.kind == "good" and two.kind == "number"]


def _is_list(tokens: Sequence[Token]) -> bool:
    """Whether it opens with a kind and gives numbers after kinds, and nobody is named."""
    return bool(_pairs(tokens)) and tokens[0].kind == "good" and not any(token.kind == "seat" for token in tokens)


def _is_beyond(tokens: Sequence[Token], counts: Mapping[str, int]) -> bool:
    """Whether a number after a kind is larger than there are pieces, or given with "="."""
    large = any(isinstance(two.value, float) and two.value > counts[str(one.value)] for one, two in _pairs(tokens))
    return large or any(one.kind == "good" and two.word == "=" for one, two in pairwise(tokens))


def _owner(tokens: Sequence[Token], speaker: Seat) -> Seat:
    """Whose values they are: of the only person who is named, else of whom things are worth something to."""
    named = [str(token.value) for token in tokens if token.kind == "seat"]
    if len(set(named)) <= 1:
        return named[0] if named else speaker
    for one, two in pairwise(tokens):
        if one.kind == "to" and two.kind == "seat":
            return str(two.value)
    return next((str(one.value) for one, two in pairwise(tokens) if one.kind == "seat" and two.kind == "worth"), "")


def _bound(text: str, tokens: Sequence[Token]) -> dict[str, Json]:
    """A number belongs to the kinds named since the number before, or to the kind that follows at once ("5 points for each lamp")."""
    found: dict[str, Json] = {}
    waiting: list[str] = []
    done = False
    for place, token in enumerate(tokens):
        if token.kind == "good":
            waiting = [] if done else waiting
            done = False
            waiting.append(str(token.value))
        elif (amount := _amount(text, token)) is not None:
            ahead = _ahead(tokens, place) if tokens[place - 1].word != "=" else None
            if ahead == "":
                continue  # how many pieces
            for good in [ahead] if ahead else waiting if not done else []:
                found.setdefault(good, amount)
            done = True
    if _NOTHING.search(text) and waiting and not done:
        found |= dict.fromkeys(waiting, 0)
    return found


def _amount(text: str, token: Token) -> Json:
    if token.kind == "not" and token.word == "no" and _POINTS.match(text, token.end):
        return 0
    if token.kind != "number" or not isinstance(token.value, float) or _EACH_ONE.search(text, 0, token.end):
        return None
    return int(token.value) if token.value.is_integer() else token.value


def _ahead(tokens: Sequence[Token], place: int) -> str | None:
    """The kind that the number at ``place`` is worth, where it comes after it; "" if the number counts pieces; None if neither."""
    number = tokens[place]
    between = 0
    for token in tokens[place + 1 : place + 5]:
        if token.start - number.end > 24 or number.word in ("none", "nothing"):
            return None
        if token.kind == "good":
            return str(token.value) if between else ""
        if token.kind not in _BETWEEN:
            return None
        between += token.kind in ("per", "to", "an", "worth")
    return None
