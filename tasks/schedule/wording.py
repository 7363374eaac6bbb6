"""How a player puts things about slots: what ``talk.Reader`` reads back as the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from benchmark.prompts import listing
from benchmark.reading import number_word
from benchmark.vocabulary import Claim
from tasks.schedule.worlds import OUT


def word(claims: Iterable[Claim], units: tuple[str, str]) -> str:
    """What a player says; claims in a row of one kind share a sentence."""
    return " ".join(_spoken(list(group), units) for _, group in groupby(claims, _sort))


def _sort(claim: Claim) -> tuple[str, bool]:
    return claim.kind, isinstance(claim.value, int)


def _spoken(claims: Sequence[Claim], units: tuple[str, str]) -> str:
    first, slots = claims[0], [claim.slot[-1] for claim in claims]
    if first.kind in ("propose", "withdraw"):
        if first.kind == "withdraw":
            return f"I withdraw {first.value}." if first.value else "I withdraw that."
        return " ".join(f"I propose {claim.value}." if claim.value else "No slot is possible for all of us." for claim in claims)
    if first.kind == "ask":
        return f"Can you make {listing(slots).replace(' and ', ' or ')}?"
    if first.kind == "count":
        return " ".join(f"I can make {number_word(claim.value) if claim.value else 'no'} slots in all." for claim in claims)
    if first.value == OUT and first.kind in ("affirm", "exclude"):
        return f"I {'cannot' if first.kind == 'affirm' else 'can'} make {listing(slots).replace(' and ', ' or ')}."
    if first.kind == "exclude":
        return " ".join(f"{claim.slot[-1]} does not cost {claim.value}." for claim in claims)
    unit = units[0] if first.value == 1 else units[1]
    priced = [
        f"{claim.slot[-1]} costs me {claim.value} {unit}" if claim is first else f"{claim.slot[-1]} {claim.value}" for claim in claims
    ]
    return f"{', '.join(priced)}."
