"""`deal` in other words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from benchmark.reading import number_word
from benchmark.streams import Stream
from benchmark.vocabulary import Claim, View
from tasks.deal.words import plural_of
from tests.paraphrase.forms import Speaker, row

FORMS = {
    "valued": (
        "{n} for every {good}",
        "a {good} earns me {n}",
        "I'd put {goods} at {n}",
        "{goods} bring in {n} apiece",
        "{goods} ({n})",
        "{goods} {n}",
        "any {good} is a {n} to me",
    ),
    "values": ("{valued}.", "here's how I see it: {valued}.", "on my side, {valued}.", "honestly, {valued}.", "my numbers: {valued}."),
    "piece": ("{n} {good}", "{n} of the {good}"),
    "one": ("the {good}",),
    "every": ("every last {good}", "all {n} {good}"),
    "propose": (
        "{mine} in my van, {yours} in yours.",
        "how would this sit with you: {mine} on my pile, {yours} on yours?",
        "picture it like so: I walk off with {mine}; {yours} end up with you.",
        "{me} goes home carrying {mine}, {you} carrying {yours}.",
        "{mine} for me, then, and {yours} for you.",
        "my suggestion: {mine} stay with me, {yours} travel with you.",
    ),
    "decline": ("let's call the whole thing off.", "I'd sooner we both went home empty-handed."),
    "ask": ("what would your numbers look like?", "and on your side?", "how do things stand with you?"),
}


def say(claims: Sequence[Claim], view: View, draws: Stream) -> str:
    speaker = Speaker(FORMS, draws)
    return " ".join(_said(list(group), view, speaker) for _, group in groupby(claims, lambda claim: claim.kind))


def _said(claims: Sequence[Claim], view: View, speaker: Speaker) -> str:
    if claims[0].kind == "ask":
        return speaker.fill("ask")
    if claims[0].kind == "propose":
        return _offer(claims[0], view, speaker)
    scene, _ = view.public("scene")
    form = speaker.draws.choice(FORMS["valued"])
    valued = [form.format(n=claim.value, good=claim.slot[2], goods=plural_of(claim.slot[2], scene)) for claim in claims]
    return speaker.fill("values", valued=", ".join(valued))


def _offer(claim: Claim, view: View, speaker: Speaker) -> str:
    if claim.value is None:
        return speaker.fill("decline")
    mine = view.name(view.speaks[0])
    shares = sorted(claim.value, key=lambda share: bool(share[0] != mine))
    if not all(any(n for _, n in share) for _, share in shares):
        shares_of = ["nothing" if not any(n for _, n in share) else _pieces(share, view, speaker) for _, share in shares]
    else:
        shares_of = [_pieces(share, view, speaker) for _, share in shares]
    return speaker.fill("propose", me=shares[0][0], you=shares[1][0], mine=shares_of[0], yours=shares_of[1])


def _pieces(share: Sequence[tuple[str, int]], view: View, speaker: Speaker) -> str:
    scene, _ = view.public("scene")
    counts = dict(zip(view.public("goods"), view.public("counts"), strict=True))
    words = []
    for good, n in share:
        if n:
            form = "one" if counts[good] == 1 else "every" if n == counts[good] else "piece"
            named = good if n == 1 or form == "every" else plural_of(good, scene)
            which = speaker.draws.choice(FORMS[form])
            words.append(which.format(n=number_word(n), good=plural_of(good, scene) if which.startswith("all") else named))
    return row(words)
