"""Claims of `crossed_wires` in plain words that read back as the same."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.vocabulary import Claim
from tasks.crossed_wires.reference import DETAIL, TIME, VALUE
from tasks.crossed_wires.words import Lexicon


def word(claims: Sequence[Claim], words: Lexicon, name: str) -> str:
    """Claims in as few plain words as read back the same: details, then each report with its time, questions, the proposal."""
    scene = words.scene
    parts: list[str] = []
    details = [c for c in claims if c.slot[0] == DETAIL and c.kind != "ask"]
    for kind, lead in (("affirm", "Mine:"), ("exclude", "Mine is not")):
        said = [scene.points[c.slot[2]].said(c.value) for c in details if c.kind == kind]
        parts += [f"{lead} {(', ' if kind == 'affirm' else ' or ').join(said)}."] if said else []
    for label in dict.fromkeys(c.slot[2] for c in claims if c.slot[0] in (VALUE, TIME) and c.kind in ("affirm", "exclude")):
        parts.append(_report(label, [c for c in claims if c.slot[2:] == (label,) and c.kind != "ask"], words))
    return " ".join([*parts, *(_spoken(claim, name) for claim in claims if claim.kind not in ("affirm", "exclude"))])


def _report(label: str, claims: Sequence[Claim], words: Lexicon) -> str:
    point = words.scene.points[label]
    told = [("not " if c.kind == "exclude" else "") + point.said(c.value) for c in claims if c.slot[0] == VALUE]
    times = [f"at {c.value // 60}:{c.value % 60:02d}" for c in claims if c.slot[0] == TIME]
    return f"My {label}: {' '.join(filter(None, (' or '.join(told), ' and '.join(times))))}."


def _spoken(claim: Claim, name: str) -> str:
    if claim.kind == "propose":
        return f"I propose that we choose {claim.value}." if claim.value else "I propose that we choose nothing."
    if claim.kind == "withdraw":
        return f"I no longer propose {claim.value}."
    if claim.slot[0] == DETAIL:
        return f"Your {claim.slot[2]}?" if len(claim.slot) == 3 else f"Which {name.removeprefix('the ')} do you mean?"
    return f"Your {claim.slot[2]}?" if claim.slot[0] == VALUE else f"When was your {claim.slot[2]} noted?"
