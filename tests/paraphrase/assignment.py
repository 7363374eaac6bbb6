"""`assignment` in other words."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.streams import Stream
from benchmark.vocabulary import Claim, View
from tasks.assignment.measures import plain
from tasks.assignment.scales import AVERAGE
from tests.paraphrase.forms import Speaker, by_subject, row

FORMS = {
    "rated": ("{n}% at {job}", "{n}% for {job}", "{job} ({n}%)", "{job} = {n}%", "{job} with {n}%"),
    "person": ("{person}: {rated}.", "{person} has {rated}.", "for {person} I get {rated}.", "{person} → {rated}."),
    "holder": ("{person} {n}%", "{person} ({n}%)", "{person} with {n}%", "{person} = {n}%"),
    "job": ("{job}: {rated}.", "{job} – {rated}.", "for {job} I'd look at {rated}.", "{job} → {rated}."),
    "placed": ("{person} → {job}", "{job}: {person}", "{person} = {job}", "{person} ({job})", "{person} to {job}"),
    "plan": ("here's how I'd split it: {placed}.", "that would give {placed}.", "how about {placed}?", "let's do {placed}."),
    "unit": ("{n} is what my scale calls middling: an ordinary pair.", "my mean is {n}."),
}


def say(claims: Sequence[Claim], view: View, draws: Stream) -> str:
    del view
    speaker, parts = Speaker(FORMS, draws), []
    ratings = [claim for claim in claims if claim.kind == "affirm" and claim.slot[0] == "pair"]
    by_job = draws.chance(0.3)
    one = draws.choice(FORMS["holder" if by_job else "rated"])
    for subject, told in by_subject(ratings, 2 if by_job else 1).items():
        rated = [one.format(person=c.slot[1], job=c.slot[2], n=plain(c.value * 100 / AVERAGE)) for c in told]
        parts.append(speaker.fill("job" if by_job else "person", job=subject, person=subject, rated=", ".join(rated)))
    for claim in claims:
        if claim.kind == "propose":
            placed = draws.choice(FORMS["placed"])
            parts.append(speaker.fill("plan", placed=row([placed.format(person=person, job=job) for person, job in claim.value])))
        elif claim.slot[0] == "unit" and claim.kind == "affirm":
            parts.append(speaker.fill("unit", n=claim.value))
    return " ".join(parts)
