"""`mutual_friend` in other words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from benchmark.reading import number_word
from benchmark.streams import Stream
from benchmark.vocabulary import Claim, View
from tests.paraphrase.forms import Speaker, row

FORMS = {
    "names": (
        "here is everybody I've got: {names}.",
        "on my side: {names}.",
        "my circle is {names}.",
        "these are mine: {names}.",
    ),
    "ask": ("anyone familiar?", "who among them rings a bell?", "do you have some of these too?", "which ones are on yours?"),
    "shared": (
        "{number} ring a bell: {names}.",
        "I've got {number} of these as well, {names}.",
        "{names} are on mine too, so {number} to look at.",
        "overlap is {number}: {names}.",
    ),
    "unshared": ("not one of them is on mine.", "zero overlap.", "I've got none of these."),
    "lacks": ("{names} aren't on mine.", "I've never met {names}.", "{names} mean nothing to me."),
    "home town": ("hails from {v}", "grew up in {v}", "lives in {v}"),
    "employer": ("has a job with {v}", "is employed by {v}", "is at {v}"),
    "hobby": ("is into {v}", "is fond of {v}", "loves {v}"),
    "instrument": ("is a {v} player", "is good at the {v}", "has taken up the {v}"),
    "language": ("is fluent in {v}", "can talk {v}", "understands {v}"),
    "pet": ("owns a {v}", "is the owner of a {v}", "lives with a {v}"),
    "told": ("{name} {said}.", "my {name} {said}.", "the {name} I'm in touch with {said}.", "{name} over here {said}."),
    "listed": ("{name}: {values}.", "{name} is {values}.", "{name} – {values}.", "{name} ({values})."),
    "denied": ("{v} is wrong for my {name}.", "{name} over here isn't {v}.", "{v} isn't true of my {name}.", "{name}: no {v} here."),
    "propose": ("it has to be {name}.", "{name} fits on every point.", "so {name} is who we want.", "I'm locking in {name}."),
    "decline": (
        "looks as if it's nobody.",
        "nobody fits, so we leave it blank.",
        "so there isn't anyone.",
        "I'd put down that it's nobody.",
    ),
}


def say(claims: Sequence[Claim], view: View, draws: Stream) -> str:
    del view
    speaker, parts = Speaker(FORMS, draws), []
    grouped = groupby(claims, lambda claim: (claim.kind.replace("count", "affirm"), claim.slot[1] if len(claim.slot) == 3 else ""))
    for (kind, _), group in grouped:
        parts.append(_said(kind, list(group), speaker))
    return " ".join(parts)


def _said(kind: str, claims: Sequence[Claim], speaker: Speaker) -> str:
    first, names = claims[0], [claim.slot[1] for claim in claims if claim.slot[0] == "friend"]
    if kind == "propose":
        return speaker.fill("propose", name=first.value) if first.value else speaker.fill("decline")
    if kind == "ask":
        return speaker.fill("ask")
    if first.kind == "count":
        return speaker.fill("shared", number=number_word(first.value), names=row(names)) if names else speaker.fill("unshared")
    if len(first.slot) == 3 and kind == "exclude":
        return " ".join(speaker.fill("denied", name=names[0], v=claim.value) for claim in claims)
    if len(first.slot) == 3 and len(claims) > 1 and speaker.draws.chance(0.4):
        return speaker.fill("listed", name=names[0], values=", ".join(str(claim.value) for claim in claims))
    if len(first.slot) == 3:
        return speaker.fill("told", name=names[0], said=row([speaker.fill(claim.slot[2], v=claim.value) for claim in claims]))
    return speaker.fill("names", names=row(names)) if kind == "affirm" else speaker.fill("lacks", names=row(names))
