"""Who and what is meant by the names, parts of names and initials in talk of `assignment`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_NAME_AFTER = re.compile(r"(\d[\d.]*\s?[%x]?) \((\w[\w ]*)\)")
_INITIAL = re.compile(r"([A-Z])(?<![\w.].)(?=\s*(?P<mark>=|:|→|->|–>|[-–/.]|)\s*(\w+))")


@lru_cache(maxsize=1024)
def terms_of(people: tuple[str, ...], jobs: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Every word that names someone or something: whole names, and those parts of a person's that nobody else has."""
    parts = [part for person in people for part in set(person.split())]
    terms = {part.casefold(): ("person", person) for person in people for part in person.split() if parts.count(part) == 1}
    terms |= {person.casefold(): ("person", person) for person in people}
    return terms | {job.casefold(): ("job", job) for job in jobs}


def in_full(text: str, people: Sequence[str], jobs: Sequence[str]) -> str:
    """``text`` with names for the initials that plans are written with ("A=cook B=pilot"), and names before numbers ("98 (cook)")."""
    terms = terms_of(tuple(people), tuple(jobs))
    if " (" in text:
        text = _NAME_AFTER.sub(lambda match: f"{match[2]} {match[1]}" if match[2].casefold() in terms else match.group(), text)
    starting = {person[0]: person for person in people}
    if len(starting) < len(people):
        return text
    opening = {job.split()[0].casefold() for job in jobs}
    found = [match for match in _INITIAL.finditer(text) if match[1] in starting and match[3].casefold() in opening]
    if len({match[1] for match in found}) < 2 or not (any(match["mark"] for match in found) or len(found) >= len(people) - 1):
        return text
    starts = {match.start() for match in found}
    return _INITIAL.sub(lambda match: starting[match[1]] if match.start() in starts else match[1], text)
