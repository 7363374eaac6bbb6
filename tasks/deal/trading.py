"""Pieces against pieces: "swap a rug for the mirror?", "three paintings for the clock", where an offer stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from benchmark.vocabulary import Seat
from tasks.deal.divisions import ALL, Shares
from tasks.deal.words import Token

_TRADES = re.compile(r"\b(?:swap|trade|trading|swapping|exchange)\b(?!\s*[:,.–—])", re.IGNORECASE)
_ENDS = re.compile(r"(?:\s+then)?\s*(?:[,.;:?!–-]|$)")
_AGAINST = ("for", "with", "against")
_COUNTS = ("number", "the", "an", "nth", "whole", "good", "stop", "extra")


def traded(part: str, tokens: Sequence[Token], speaker: Seat, offer: Shares, counts: Mapping[str, int]) -> Shares:
    """What changes hands against ``offer``, as shares; nothing where it trades nothing, or what nobody has to give."""
    if any(token.kind == "not" for token in tokens):
        return {}
    places = [place for place, token in enumerate(tokens) if token.word in _AGAINST and 0 < place < len(tokens) - 1]
    if len(places) != 1:
        return {}
    one, two = _pieces(tokens[: places[0]]), _pieces(tokens[places[0] + 1 :])
    if not one or not two or one.keys() & two.keys():
        return {}
    other = next(seat for seat, _ in offer if seat != speaker)
    swaps = bool(_TRADES.search(part))
    last = max(place for place, token in enumerate(tokens) if token.kind == "good")
    bare = all(token.kind in _COUNTS or place == places[0] for place, token in enumerate(tokens[: last + 1]))
    if not swaps and not (bare and _ENDS.match(part, tokens[last].end)):
        return {}
    his = "my" in (token.word for token in tokens[places[0] :]) or "your" in (token.word for token in tokens[: places[0]])
    ways = [(other, speaker), (speaker, other)] if his else [(speaker, other), (other, speaker)]
    moved: Shares = next((found for giver, taker in ways if (found := _moved(offer, giver, taker, one, two))), {})
    if moved or swaps:
        return moved
    whole = [_to({speaker: one, other: two}, counts), _to({speaker: two, other: one}, counts)]
    return min(whole, key=lambda way: sum(abs(offer[key] - n) for key, n in way.items()))


def _pieces(tokens: Sequence[Token]) -> dict[str, int]:
    """Kinds to numbers: one, where none is told and only one is meant."""
    found: dict[str, int] = {}
    n: int | None = None
    for token in tokens:
        if token.kind == "number" and isinstance(token.value, float):
            n = int(token.value)
        elif token.kind in ("whole", "an", "nth"):
            n = ALL if token.kind == "whole" else 1
        elif token.kind == "good":
            found[str(token.value)] = n if n is not None else ALL if token.plural else 1
            n = None
    return found


def _moved(offer: Shares, giver: Seat, taker: Seat, one: Mapping[str, int], two: Mapping[str, int]) -> Shares:
    """``offer`` after ``giver`` gave ``one`` for ``two``; nothing if somebody has not as many."""
    moved = dict(offer)
    for pieces, start, end in ((one, giver, taker), (two, taker, giver)):
        for good, told in pieces.items():
            n = offer[start, good] if told == ALL else told
            if not 0 < n <= offer[start, good]:
                return {}
            moved[start, good], moved[end, good] = moved[start, good] - n, moved[end, good] + n
    return moved


def _to(shares: Mapping[Seat, Mapping[str, int]], counts: Mapping[str, int]) -> Shares:
    return {(seat, good): counts[good] if n == ALL else n for seat, pieces in shares.items() for good, n in pieces.items()}
