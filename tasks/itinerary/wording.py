"""What the players of `itinerary` say, in words that its reader reads back as the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmark.prompts import listing
from benchmark.vocabulary import Claim
from tasks.itinerary.scenes import is_plural, some
from tasks.itinerary.worlds import PARTS


def write(claims: Sequence[Claim]) -> str:
    """``claims`` in short sentences: wishes in one, each place in one, the rest one by one."""
    wishes = [claim for claim in claims if claim.kind == "affirm" and claim.slot[0] == "wish"]
    of_places: dict[str, list[str]] = {}
    others: list[str] = []
    for claim in claims:
        if claim.kind == "affirm" and claim.slot[0] in ("has", "price"):
            of_places.setdefault(claim.slot[1], []).append(_item(claim))
        elif claim.kind == "affirm" and claim.slot[0] == "open":
            of_places.setdefault(claim.slot[1], [])
        elif claim not in wishes:
            others.append(_sentence(claim))
    for place in of_places:
        of_places[place] += _hours({c.slot[2]: c.value for c in claims if c.kind == "affirm" and c.slot[:2] == ("open", place)})
    listed = ", ".join(f"{claim.slot[1]} {claim.value} {_points(claim.value)}" for claim in wishes)
    told = [f"{listed[0].upper()}{listed[1:]}."] if listed else []
    return " ".join([*told, *(f"{place}: {', '.join(items)}." for place, items in of_places.items()), *others])


def _points(count: int) -> str:
    return "point" if abs(count) == 1 else "points"


def _item(claim: Claim) -> str:
    kind, *about = claim.slot
    if kind == "has":
        return some(about[1]) if claim.value == "yes" else f"no {about[1]}"
    return f"{claim.value} {'euro' if claim.value == 1 else 'euros'}"


def _hours(said: Mapping[str, str]) -> list[str]:
    """All three parts in one breath; fewer one by one."""
    opens = [part for part in PARTS if said.get(part) == "yes"]
    if len(said) == len(PARTS) and opens:
        return ["open all day" if len(opens) == len(PARTS) else f"open only in the {listing(opens)}"]
    return [f"{'open' if value == 'yes' else 'shut'} in the {part}" for part, value in said.items()]


def _sentence(claim: Claim) -> str:
    kind, *about = claim.slot
    if claim.kind == "propose":
        return "Plan: " + ", ".join(f"{place} in the {part}" for part, place in zip(PARTS, claim.value, strict=True)) + "."
    if claim.kind == "withdraw":
        return "I withdraw my plan."
    if claim.kind == "ask":
        return _question(kind, about)
    if kind == "budget":
        return f"My budget is {'not ' if claim.kind == 'exclude' else ''}{claim.value} euros."
    if kind == "wish":
        return f"{about[0]} {'are' if is_plural(about[0]) else 'is'} not {claim.value} points."
    return f"The {about[0]} costs not {claim.value} euros."


def _question(kind: str, about: list[str]) -> str:
    if kind == "wish":
        return f"How many points {'are' if is_plural(about[0]) else 'is'} {about[0]} worth?"
    if kind == "budget":
        return "What is your budget?"
    if kind == "has":
        return f"Does the {about[0]} have {some(about[1])}?"
    if kind == "price":
        return f"What does the {about[0]} cost?"
    return f"Is the {about[0]} open in the {about[1]}?" if len(about) == 2 else f"What about the {about[0]}?"
