"""The words of `assignment` as they are written: short natural sentences that ``talk.Reader`` reads back as the same."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.vocabulary import Claim, Json
from tasks.assignment.measures import plain
from tasks.assignment.scales import AVERAGE


def write(claims: Sequence[Claim]) -> str:
    """``claims`` in words, the ratings of each person in one sentence."""
    ratings: dict[str, list[str]] = {}
    others = []
    for claim in claims:
        if claim.kind == "affirm" and claim.slot[0] == "pair":
            ratings.setdefault(claim.slot[1], []).append(f"{claim.slot[2]} {_percent(claim.value)}%")
        else:
            others.append(_sentence(claim))
    return " ".join([*(f"{person}: {', '.join(rated)}." for person, rated in ratings.items()), *others])


def _percent(score: float) -> Json:
    return plain(score * 100 / AVERAGE)


def _sentence(claim: Claim) -> str:
    kind, *about = claim.slot
    if claim.kind == "propose":
        return "Plan: " + ", ".join(f"{person} {job}" for person, job in claim.value) + "."
    if claim.kind == "withdraw":
        return "I withdraw my plan."
    if claim.kind == "ask":
        return "What is your average?" if kind == "unit" else f"What do you have for {' as '.join(about)}?"
    if kind == "unit":
        return f"My average is {claim.value}."
    if kind == "sheet":
        return f"{about[0]} as {about[1]} reads {'not ' if claim.kind == 'exclude' else ''}{claim.value}."
    return f"{about[0]} as {about[1]} is not {_percent(claim.value)}%."
