"""What a sentence says that pieces are worth."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from benchmark.vocabulary import Json, Seat
from tasks.deal.words import Token

_VALUES = re.compile(r"\b(?:worth\w*|valu\w+|points?|pts?|priorit\w+|useless|no use)\b|\b(?:to|for) me\b(?:\s*:| it's\b| it is\b)", re.IGNORECASE)
_SURELY = re.compile(r"\b(?:worth\w*|valu\w+|points?|pts?|useless|no use)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|altogether|combined|together|in all|overall|sum)\b", re.IGNORECASE)
_NOTHING = re.compile(r"\b(?:worthless|useless|no use|no value)\b", re.IGNORECASE)
_POINTS = re.compile(r"\s*(?:points?|pts?)\b", re.IGNORECASE)
_SHARING = ("gives", "gets", "rest", "whole", "wants", "wishes")
_BETWEEN = ("per", "to", "an", "the", "whole", "of", "worth")


def values_in(text: str, tokens: Sequence[Token], speaker: Seat, counts: Mapping[str, int]) -> dict[tuple[Seat, str], Json]:
    """(seat, kind) to points a piece; empty for a sentence that is about something else, or about totals."""
    if not any(token.kind == "good" for token in tokens) or _TOTAL.search(text):
        return {}
    shares = any(token.kind in _SHARING for token in tokens)
    if not (_SURELY.search(text) or (not shares and (_VALUES.search(text) or _is_list(tokens, counts)))):
        return {}
    owner = _owner(tokens, speaker)
    return {(owner, good): value for good, value in _bound(text, tokens).items()} if owner else {}


def _is_list(tokens: Sequence[Token], counts: Mapping[str, int]) -> bool:
    """Whether numbers stand after kinds, without a person, or larger than any number of pieces."""
    pairs = [(one, two) for one, two in zip(tokens, tokens[1:], strict=False) if one.kind == "good" and two.kind == "number"]
    beyond = any(isinstance(two.value, float) and two.value > counts[str(one.value)] for one, two in pairs)
    return bool(pairs) and (beyond or (tokens[0].kind == "good" and not any(token.kind == "seat" for token in tokens)))


def _owner(tokens: Sequence[Token], speaker: Seat) -> Seat:
    """Whose values they are: of the only person who is named, else of whom things are worth something to."""
    named = [str(token.value) for token in tokens if token.kind == "seat"]
    if len(set(named)) <= 1:
        return named[0] if named else speaker
    for one, two in zip(tokens, tokens[1:], strict=False):
        if one.kind == "to" and two.kind == "seat":
            return str(two.value)
    return next((str(one.value) for one, two in zip(tokens, tokens[1:], strict=False) if one.kind == "seat" and two.kind == "worth"), "")


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
            ahead = _ahead(tokens, place)
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
    if token.kind != "number" or not isinstance(token.value, float):
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
