"""`crossed_wires` in other words."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.streams import Stream
from benchmark.vocabulary import Claim, View
from tasks.crossed_wires.words import scene_of
from tests.paraphrase.forms import Speaker, row

FORMS = {
    "details": (
        "what I've got written down: {said}.",
        "over here it's {said}.",
        "I've got {said}.",
        "the one I'm thinking of: {said}.",
    ),
    "unlike": ("over here it isn't {said}.", "{said} is wrong on my side."),
    "dated": (
        "{value} as {label}, {time}.",
        "{label} {value}, written at {time}.",
        "at {time} I was told {label} {value}.",
        "{time}: {value} for {label}.",
        "as for {label}, {value} ({time}).",
    ),
    "undated": ("{value} as {label}.", "as for {label}, {value}.", "{label} over here says {value}."),
    "time": ("{label} was written at {time}.", "my {label} entry dates from {time}."),
    "propose": ("so {option} then.", "{option} has to be it.", "let's lock {option}.", "that points us to {option}."),
    "ask detail": ("how about {label} on your side?", "and {label} with you?"),
    "ask which": (
        "who exactly is yours, how would I tell?",
        "tell me a bit more: whom have you got in mind?",
        "which one is yours, exactly?",
    ),
    "ask value": ("what does yours say about {label}?", "and {label} with you?"),
    "ask time": ("at what hour did you hear about {label}?", "how old is your {label} entry?"),
}


def say(claims: Sequence[Claim], view: View, draws: Stream) -> str:
    speaker, parts = Speaker(FORMS, draws), []
    points = scene_of(view.public("scene")).points
    details = [claim for claim in claims if claim.slot[0] == "detail" and claim.kind != "ask"]
    for kind, which in (("affirm", "details"), ("exclude", "unlike")):
        said = [points[claim.slot[2]].said(claim.value) for claim in details if claim.kind == kind]
        parts += [speaker.fill(which, said=row(said, "and" if kind == "affirm" else "or"))] if said else []
    reports = [claim for claim in claims if claim.slot[0] in ("value", "time") and claim.kind == "affirm"]
    for label in dict.fromkeys(claim.slot[2] for claim in reports):
        told = {claim.slot[0]: claim.value for claim in reports if claim.slot[2] == label}
        value = points[label].said(told["value"]) if "value" in told else ""
        time = f"{told['time'] // 60}:{told['time'] % 60:02}" if "time" in told else ""
        parts.append(speaker.fill("dated" if value and time else "undated" if value else "time", value=value, label=label, time=time))
    for claim in claims:
        if claim.kind == "propose":
            parts.append(speaker.fill("propose", option=claim.value))
        elif claim.kind == "ask" and claim.slot[0] == "detail":
            parts.append(speaker.fill("ask detail", label=claim.slot[2]) if len(claim.slot) == 3 else speaker.fill("ask which"))
        elif claim.kind == "ask":
            parts.append(speaker.fill(f"ask {claim.slot[0]}", label=claim.slot[2] if len(claim.slot) == 3 else "that"))
    return " ".join(parts)
