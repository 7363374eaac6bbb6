"""What a sentence of `itinerary` says of several places at once: that no other is open then, that no stop of a plan has any queue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tasks.itinerary.offers import Offer
from tasks.itinerary.tokens import Token

_THEN = r"(?:(?: (?:up|there))? (?:then|at that (?:time|hour)|that (?:late|early)))?"
_PLACE = r"(?:the )?(?-i:[A-Z])\w+(?: (?-i:[A-Z])\w+)?"
_OTHERS_SHUT = re.compile(
    r"\b(?:(?:nothing|nowhere|no(?:body| place| stop|ne)?) (?:else|others?)(?: places?| stops?)?(?: of (?:them|the six))?"
    r" (?:(?:is|are|stays?) open|opens?)|(?:everything else|everywhere else|(?:all )?(?:of )?the (?:others?|rest)|all others)"
    r"(?: places?| stops?)? (?:is|are|stays?|being)? ?(?:all )?(?:shut|closed|shuts|closes))\b" + _THEN,
    re.IGNORECASE,
)
_ONLY_ONE = re.compile(
    rf"\b(?:only|nothing but|none but) {_PLACE}(?:(?:, | and |, and ){_PLACE})* (?:is open|opens|are open|open)\b{_THEN}"
    r"|\b(?:(?:is )?the only (?:place|one|stop|thing|option|choice)(?: left)?(?: (?:that|which)(?: is|['’]s)?| to be)?"
    rf" ?(?:open|opens|opening))\b{_THEN}",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\band,?\s*(?:since|as|because|given that)\s*$", re.IGNORECASE)
_NO_STOP = re.compile(
    r"\s*(?:at all |to be seen )?(?:anywhere|at any (?:of (?:them|these|those|the (?:three|stops))|stop|point)|all day(?: long)?|throughout"
    r"|in sight|on the way)\b",
    re.IGNORECASE,
)
_ALONG = re.compile(r"anywhere|at any |all day|throughout|in sight|on the way|n(?:one|o one|ot one) of|no stop")
_NONE_OF_THEM = re.compile(
    r"\b(?:none|no one|not one) of (?:them|these|those|the three|your stops|the stops) (?:has|have|offers?)\b|\bno stop (?:has|with)\b",
    re.IGNORECASE,
)
_NOT_A = re.compile(
    r"\b(?:no|without|not an?|never an?|not one|nor|none of \w+(?: \w+)? (?:has|have)|no stop (?:has|with))\s+(?:(?:single|any|an?)\s+)*$",
    re.IGNORECASE,
)
_ROW = re.compile(r"\s*(?:,|or|and|nor|,\s*(?:or|and|nor)|/)\s*(?:(?:no|an?|any)\s+)*", re.IGNORECASE)


def open_alone(text: str, found: Sequence[Token]) -> tuple[list[str], str, int, int] | None:
    """The only places that ``text`` says to be open in a part of the day, that part, and where it says so."""
    low = text.lower()  # a look for a few letters spares the patterns
    match = _OTHERS_SHUT.search(text) if "else" in low or "other" in low or "rest" in low else None
    match = match or (_ONLY_ONE.search(text) if "only" in low or "none" in low or "nothing" in low else None)
    if match is None:
        return None
    inside = [one for one in found if match.start() <= one.start < match.end() and one.kind == "place"]
    before = [one for one in found if one.end <= match.start() and one.kind in ("part", "place")]
    after = [one for one in found if one.start >= match.end() and one.kind in ("part", "place")]
    named = (
        after[0]
        if after and after[0].kind == "part" and re.fullmatch(r"\s*(?:in|during|on)?\s*(?:the )?", text[match.end() : after[0].start])
        else None
    )
    stops = after if _AHEAD.search(text, 0, match.start()) else before[-2:]
    parts = [named] if named else [one for one in stops[:2] if one.kind == "part"]
    places = inside or [one for one in stops[:2] if one.kind == "place"]
    if len(parts) != 1 or not places or (len(places) > 1 and not inside):
        return None
    return [place.value for place in places], parts[0].value, match.start(), match.end()


def may_be_along(text: str) -> bool:
    """Whether it is worth looking at all for what no stop has."""
    return _ALONG.search(text.lower()) is not None


def along(text: str, found: Sequence[Token], plan: Sequence[str]) -> Iterator[Offer]:
    """What no stop of ``plan`` has: "not a gull anywhere", "none of them has queues"; not where a place is spoken of by itself."""
    parts, places = ({one.value for one in found if one.kind == kind} for kind in ("part", "place"))
    if 0 < len(parts) < len(plan) or 0 < len(places) < len(plan):
        return
    denied: list[Token] = []
    for one in found:
        before = text[: one.start].removesuffix(f"{one.value.split()[0]} ") if one.kind == "topic" else ""
        if one.kind == "topic" and (_NOT_A.search(before) or (denied and _ROW.fullmatch(text, denied[-1].end, one.start))):
            denied.append(one)
    if denied and (_NO_STOP.match(text, denied[-1].end) or _NONE_OF_THEM.search(text, 0, denied[0].start)):
        yield from ((place, one.value, "no") for one in denied for place in plan)


_WITH_ITS = re.compile(
    r"\s*,?\s*(?:with (?:its|all its|the|their)|['’]s|(?:which|that|where) (?:has|have|offers|there (?:is|are))|\()\s*(?:(?:an?|the)\s+)?",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s*(?:,|and|&|\+|,\s*and)\s*(?:(?:an?|the|its)\s+)?", re.IGNORECASE)


def presupposed(text: str, found: Sequence[Token]) -> Iterator[Offer]:
    """What a question takes for granted of a place that it names: "have you weighed the Opera House with its roses?"."""
    names = [one for one in found if one.kind in ("place", "topic")]
    for at, place in enumerate(names):
        last = place
        for one in names[at + 1 :] if place.kind == "place" else []:
            gap = (_WITH_ITS if last is place else _NEXT).fullmatch(text, last.end, one.start)
            if one.kind != "topic" or gap is None or ("(" in text[place.end : one.start] and re.match(r"\s*\?", text[one.end :])):
                break
            yield place.value, one.value, "yes"
            last = one
