"""`route` in other words."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.streams import Stream
from benchmark.vocabulary import Claim, View
from tests.paraphrase.forms import Speaker, row

FORMS = {
    "at": (
        "{name} = {point}.",
        "you'll find the {name} at {point}.",
        "{point} is where I see the {name}.",
        "my {name} carries number {point}.",
    ),
    "elsewhere": ("{point} isn't where the {name} stands.", "{point} is something other than the {name}."),
    "lacks": ("no {name} anywhere on mine.", "I'm missing the {name}.", "my drawing leaves out the {name}."),
    "same": ("my {name} is what you call the {other}.", "I think {name} and {other} are two names for one spot."),
    "closed": (
        "nobody gets by {places}.",
        "I'd stay away from {places}: stuck there.",
        "{places}: no go.",
        "you can't make it past {places}.",
        "trouble at {places}, can't pass.",
    ),
    "open": (
        "{places}: fine.",
        "nothing in our way at {places}.",
        "we'd get by {places} all right.",
        "no trouble at {places}.",
        "{places} can be walked.",
    ),
    "ask where": ("whereabouts is the {name}?", "what number does the {name} carry with you?"),
    "ask": ("can one get by {name}?", "how do things look at {name}?"),
    "propose": ("so we walk {path}.", "{path} has to be it.", "my vote: {path}.", "let's lock {path}."),
    "decline": (
        "we're stuck: every way has a hole in it.",
        "all of them fail somewhere, so I'd put down null.",
        "there's no way across at all.",
    ),
}


def say(claims: Sequence[Claim], view: View, draws: Stream) -> str:
    del view
    speaker, parts = Speaker(FORMS, draws), []
    for claim in claims:
        if claim.slot[0] == "at" and claim.kind == "count":
            parts.append(speaker.fill("lacks", name=claim.slot[1]))
        elif claim.slot[0] == "at" and claim.kind in ("affirm", "exclude"):
            parts.append(speaker.fill("at" if claim.kind == "affirm" else "elsewhere", name=claim.slot[1], point=claim.slot[2]))
        elif claim.slot[0] == "same":
            parts.append(speaker.fill("same", name=claim.slot[1], other=claim.slot[2]))
    for state in ("closed", "open"):
        places = [_place(c.slot[1]) for c in claims if c.kind == "affirm" and c.slot[0] == "report" and c.value == state]
        if places:
            parts.append(speaker.fill(state, places=row(places)))
    for claim in claims:
        if claim.kind == "ask":
            parts.append(speaker.fill("ask where" if claim.slot[0] == "at" else "ask", name=_place(claim.slot[1], claim.slot[0] == "at")))
        elif claim.kind == "propose":
            path = draws.choice(("-", ", then ", " → ")).join(map(str, claim.value or ()))
            parts.append(speaker.fill("propose", path=path) if claim.value else speaker.fill("decline"))
    return " ".join(parts)


def _place(name: str, bare: bool = False) -> str:
    return name if name.isdigit() or bare else f"the {name}"
