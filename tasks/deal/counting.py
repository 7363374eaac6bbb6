"""Which tokens of a sentence that shares out are of pieces."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.deal.words import EQUALS, Token


def of_pieces(tokens: Sequence[Token], most: int) -> list[Token]:
    """``tokens`` without points, and without marks between a kind and its number."""
    kept = _without_points(tokens, most)
    return [token for place, token in enumerate(kept) if token.word not in EQUALS or not _is_counting(kept, place)]


def _is_counting(tokens: Sequence[Token], place: int) -> bool:
    """Whether the mark at ``place`` stands between a kind and its number: "lamps: 2"."""
    around = [token.kind for token in tokens[max(place - 1, 0) : place + 3]]
    counts_next = around[3:] == ["good"] and not any(token.word in EQUALS for token in tokens[place + 3 : place + 4])
    return around[:1] + around[2:3] == ["good", "number"] and not counts_next  # "halve the hats: 2 books and a hat"


def _without_points(tokens: Sequence[Token], most: int) -> list[Token]:
    """``tokens`` without numbers larger than the ``most`` pieces of a kind, and whom those are points for: "16 to me, 12 to you"."""
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        token, after = tokens[place], [token.kind for token in tokens[place + 1 : place + 3]]
        is_large = token.kind == "number" and isinstance(token.value, float) and token.value > most and after[:1] not in (["good"], ["of"])
        is_sum = place > 0 and tokens[place - 1].word == "="
        kept += [] if is_large else [token]
        place += 3 if is_large and after == ["to", "seat"] and not is_sum else 1
    return kept


def spelled_out(tokens: Sequence[Token]) -> list[Token]:
    """ "I'd take pumps too, then: pumps and rugs me, lamps you": the row behind the colon, where it says all that the words before do.

    So it does if each of the kinds before stands in it too, and it names both people; behind "if you want a rug, fine:" one is enough.
    """
    for place, token in enumerate(tokens):
        lead, row = tokens[:place], tokens[place + 1 :]
        before, behind = _kinds(lead), _kinds(row)
        owners = {one.value for one in row if one.kind == "seat" and one.word not in ("my", "your")}
        others = any(one.word == "if" for one in lead) and owners - {one.value for one in lead if one.kind == "seat"}
        if token.word == ":" and before and before <= behind and len(behind) > 1 and (len(owners) == 2 or others):
            return list(row)
    return list(tokens)


def _kinds(tokens: Sequence[Token]) -> set[str]:
    return {str(token.value) for token in tokens if token.kind == "good"}
