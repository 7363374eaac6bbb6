"""Claims over a division in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.vocabulary import Answer, Claim, Seat, View
from tasks.deal.words import plural_of


def write(claims: Sequence[Claim], view: View) -> str:
    """``claims`` in the sentences that ``Reader`` reads as the same."""
    parts: list[str] = []
    values: dict[Seat, list[str]] = {}
    for claim in claims:
        if claim.kind == "affirm":
            seat = claim.slot[1]
            if seat not in values:
                parts.append(f"\0{seat}")
            values.setdefault(seat, []).append(f"{claim.slot[2]} {claim.value}")
    asked = [claim.slot[2] for claim in claims if claim.kind == "ask"]
    text = [f"Worth to {view.name(part[1:])}: {', '.join(values[part[1:]])}." for part in parts]
    if asked:
        whole = len(asked) == len(view.public("goods"))
        text.append("What are they worth to you?" if whole else f"What is worth to you: {', '.join(asked)}?")
    text += [_offer(claim.value, view) for claim in claims if claim.kind == "propose"]
    return " ".join(text)


def _offer(value: Answer, view: View) -> str:
    if value is None:
        return "I propose no deal."
    scene, _ = view.public("scene")
    (first, share), (second, other) = value
    if not any(n for _, n in share):
        first, second, share = second, first, other
    pieces = ", ".join(f"{n} {good if n == 1 else plural_of(good, scene)}" for good, n in share if n)
    return f"Offer: {first} gets {pieces}; {second} gets the rest."
