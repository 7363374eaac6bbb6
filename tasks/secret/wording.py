"""Claims of `secret` in words that its reader reads back."""

from __future__ import annotations

from collections.abc import Iterable

from benchmark.vocabulary import Claim
from tasks.secret.scenes import Scene, called
from tasks.secret.talk import KNOWN, POINTED, STORY


def word(claims: Iterable[Claim], scene: Scene, listener: str) -> str:
    """``claims`` in words."""
    known, said = [], []
    for claim in claims:
        if claim.slot[0] == KNOWN and len(claim.slot) == 2 and claim.kind == "affirm" and claim.value:
            known.append(f"the {claim.slot[1]}")
        else:
            said.append(_worded(claim, scene, listener))
    if known:
        listed = " and ".join([", ".join(known[:-1]), known[-1]]) if known[1:] else known[0]
        said.insert(0, f"I told {listener} about {listed}.")
    return " ".join(said)


def _worded(claim: Claim, scene: Scene, listener: str) -> str:
    about, negated = claim.slot[0], claim.kind == "exclude" or claim.value is False
    story = f"the {claim.slot[1]}" if len(claim.slot) > 1 else ""
    if about == POINTED:
        return f"Is it the one with {story}?" if claim.kind == "ask" else f"It is{' not' if negated else ''} the one with {story}."
    if about == STORY:
        return f"We had {story} with {called(scene, claim.value)}."
    if about == KNOWN:
        if claim.kind == "ask":
            return f"Does {listener} know of {story}?" if story else f"What have you told {listener}?"
        return f"I told {listener} nothing." if claim.kind == "count" else f"I never told {listener} about {story}."
    option = called(scene, claim.value)
    return f"Is it {option}?" if claim.kind == "ask" else f"It is{' not' if negated else ''} {option}."
