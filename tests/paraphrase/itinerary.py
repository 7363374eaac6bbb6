"""`itinerary` in other words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmark.streams import Stream
from benchmark.vocabulary import Claim, View
from tasks.itinerary.worlds import PARTS
from tests.paraphrase.forms import Speaker, row

FORMS = {
    "liked": ("{topic} earns {n}", "reward {topic} with {n}", "{topic} (+{n})", "{n} for {topic}", "{topic} adds {n}"),
    "disliked": ("{topic} docks {n}", "{topic} (-{n})", "minus {n} for {topic}", "punish {topic} with {n}"),
    "wishes": ("{wishes}.", "{wishes} for me.", "{wishes}: that's my scoring."),
    "budget": ("I brought €{n} along.", "€{n} is all the cash I carry.", "I can shell out €{n}."),
    "of_place": ("{place} {told}.", "{place}: {told}."),
    "has": ("comes with {topics}", "boasts {topics}", "treats you to {topics}"),
    "lacks": ("lacks {topics}", "hasn't got {topics}", "spares you {topics}"),
    "price": ("sets us back €{n}", "means €{n}", "wants €{n}"),
    "gratis": ("won't want a cent", "won't charge us"),
    "hours": ("receives people {yes}", "welcomes us {yes}", "is up and running {yes}"),
    "shut": ("stays locked {no}", "turns people away {no}", "is off limits {no}"),
    "plan": (
        "start at {m}, carry on to {a}, finish at {e}.",
        "so {m} first, {a} second, {e} last.",
        "we'd kick off with {m}, then {a} after lunch, then {e}.",
        "morning slot {m}, afternoon slot {a}, evening slot {e}.",
        "here's a route: {m}, {a}, {e}, in that order.",
    ),
    "ask": ("what's your take on {topics}?", "how do you rank {topics}?"),
}


def say(claims: Sequence[Claim], view: View, draws: Stream) -> str:
    del view
    speaker = Speaker(FORMS, draws)
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        groups.setdefault(_subject(claim), []).append(claim)
    return " ".join(_said(group, speaker) for group in groups.values())


def _subject(claim: Claim) -> tuple[str, ...]:
    """What claims are told of in one breath: wishes, the budget, or one place."""
    return (claim.kind, claim.slot[0]) if claim.slot[0] in ("wish", "budget", "answer") else (claim.kind, *claim.slot[1:2])


def _said(claims: Sequence[Claim], speaker: Speaker) -> str:
    first = claims[0]
    if first.kind == "propose":
        return speaker.fill("plan", **{part[0]: place for part, place in zip(PARTS, first.value, strict=True)})
    if first.kind == "ask":
        return speaker.fill("ask", topics=row([claim.slot[-1] for claim in claims]))
    if first.slot[0] == "budget":
        return speaker.fill("budget", n=first.value)
    if first.slot[0] == "wish":
        forms = {sign: speaker.draws.choice(FORMS[sign]) for sign in ("liked", "disliked")}
        wishes = [forms["liked" if c.value > 0 else "disliked"].format(topic=c.slot[1], n=abs(c.value)) for c in claims]
        return speaker.fill("wishes", wishes=", ".join(wishes))
    return _of_place(claims, speaker)


def _of_place(claims: Sequence[Claim], speaker: Speaker) -> str:
    """All that is told of one place, in one sentence."""
    told: list[str] = []
    for form, value in (("has", "yes"), ("lacks", "no")):
        if topics := [claim.slot[2] for claim in claims if claim.slot[0] == "has" and claim.value == value]:
            told.append(speaker.fill(form, topics=row(topics)))
    prices = [claim.value for claim in claims if claim.slot[0] == "price"]
    told += [speaker.fill("price" if price else "gratis", n=price) for price in prices]
    told += _hours({claim.slot[2]: claim.value for claim in claims if claim.slot[0] == "open"}, speaker)
    return speaker.fill("of_place", place=claims[0].slot[1], told=row(told))


def _hours(said: Mapping[str, str], speaker: Speaker) -> list[str]:
    """The parts in which it is open and those in which it is not, each where it was told; "only" where all were."""
    opens, shuts = ([part for part in PARTS if said.get(part) == value] for value in ("yes", "no"))
    if len(said) == len(PARTS) and opens:
        return [speaker.fill("hours", yes=f"only in the {row(opens)}" if shuts else "at any time")]
    told = [speaker.fill("hours", yes=f"in the {row(opens)}")] if opens else []
    return [*told, speaker.fill("shut", no=f"in the {row(shuts, 'or')}")] if shuts else told
