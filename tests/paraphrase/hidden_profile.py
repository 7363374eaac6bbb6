"""`hidden_profile` in other words."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.streams import Stream
from benchmark.vocabulary import Claim, View
from tests.paraphrase.forms import Speaker, by_subject, row

FORMS = {
    "good": (
        "{option} is strong on {criteria}.",
        "{option} has {criteria} covered.",
        "I've no complaints with {option} for {criteria}.",
        "{option} gets a thumbs up for {criteria}.",
        "{option} shines in {criteria}.",
    ),
    "bad": (
        "{option} falls short on {criteria}.",
        "{option} has trouble with {criteria}.",
        "{option} disappoints on {criteria}.",
        "{criteria} counts against {option}.",
        "{option} is a letdown on {criteria}.",
    ),
    "both": (
        "{option} is strong on {good} but falls short on {bad}.",
        "{option}: {good} positive, {bad} negative.",
        "{option}: + {good}; – {bad}.",
        "{option} manages {good}, not {bad}.",
        "{option} (pro: {good}; con: {bad}).",
    ),
    "propose": (
        "{option} has my vote.",
        "my money is on {option}.",
        "let's make it {option}.",
        "{option} comes out on top.",
        "I'm leaning to {option}, so that's what I'd put down.",
    ),
    "ask": ("has anybody got something on {option} and {criterion}?", "how does {option} do in {criterion}?"),
}


def say(claims: Sequence[Claim], view: View, draws: Stream) -> str:
    del view
    speaker, parts = Speaker(FORMS, draws), []
    for option, found in by_subject([claim for claim in claims if claim.kind == "affirm"]).items():
        good, bad = ([c.slot[2] for c in found if c.value == value] for value in ("good", "bad"))
        if good and bad:
            parts.append(speaker.fill("both", option=option, good=row(good), bad=row(bad)))
        else:
            parts.append(speaker.fill("good" if good else "bad", option=option, criteria=row(good or bad)))
    for claim in claims:
        if claim.kind == "propose":
            parts.append(speaker.fill("propose", option=claim.value))
        elif claim.kind == "ask":
            parts.append(speaker.fill("ask", option=claim.slot[1], criterion=claim.slot[2]))
    return " ".join(parts)
