"""`reference` in other words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from benchmark.reading import number_word
from benchmark.streams import Stream
from benchmark.vocabulary import Claim, View
from tasks.reference.scenes import ATTRIBUTE_OF, KIND, PLACE, ordered, plural_of
from tests.paraphrase.forms import Speaker, row

FORMS = {
    "glance": ("over here: {things}.", "I've got {things}.", "there's {things} in front of me.", "my view shows {things}."),
    "full": ("there's a {look}{place}.", "one of mine is a {look}{place}.", "I've got a {look}{place}.", "a {look} stands{place}."),
    "left": (" to my left", " on my left-hand side", ", left of me", " (left)"),
    "right": (" to my right", " on my right-hand side", ", right of me", " (right)"),
    "middle": (" in the centre", " in between", ", centre", " (middle)"),
    "none": ("nothing like {things} over here.", "{things}: not a single one.", "you won't find {things} over here.", "zero {things}."),
    "ask": ("anything besides that?", "what's left on your side?", "tell me more of yours."),
    "propose": ("so it's the {look}.", "the {look} has to be it.", "the {look} matches, let's put that down.", "I'd lock the {look}."),
    "decline": (
        "then it's none of them.",
        "nothing matches, so I'd put down null.",
        "we don't overlap anywhere.",
        "looks as if there's no match at all.",
    ),
}


def say(claims: Sequence[Claim], view: View, draws: Stream) -> str:
    del view
    speaker = Speaker(FORMS, draws)
    return " ".join(_said(list(group), speaker) for _, group in groupby(claims, _sort))


def _sort(claim: Claim) -> tuple[str, tuple[str, ...]]:
    full = claim.kind == "affirm" and len(claim.slot) > 5
    return ("glance" if claim.kind in ("affirm", "count") else claim.kind, claim.slot if full else ())


def _look(words: Sequence[str], number: int = 1) -> str:
    looks = [word for word in ordered(words) if ATTRIBUTE_OF[word] not in (KIND, PLACE)]
    kinds = [word for word in words if ATTRIBUTE_OF[word] == KIND]
    return " ".join([*looks, *(plural_of(kind) if number != 1 else kind for kind in kinds)])


def _said(claims: Sequence[Claim], speaker: Speaker) -> str:
    first = claims[0]
    if first.kind == "propose":
        return speaker.fill("propose", look=_look(first.value)) if first.value else speaker.fill("decline")
    if first.kind == "ask":
        return speaker.fill("ask")
    if first.kind == "exclude":
        return speaker.fill("none", things=row([_look(claim.slot[1:], 2) for claim in claims], "or"))
    place = next((word for word in first.slot[1:] if ATTRIBUTE_OF[word] == PLACE), "")
    if first.kind == "affirm" and len(first.slot) > 5:
        return speaker.fill("full", look=_look(first.slot[1:]), place=speaker.fill(place))
    return speaker.fill("glance", things=row([_counted(claim) for claim in claims]))


def _counted(claim: Claim) -> str:
    if claim.kind == "affirm":
        return f"a {_look(claim.slot[1:])}"
    return f"{'a single' if claim.value == 1 else number_word(claim.value)} {_look(claim.slot[1:], claim.value)}"
