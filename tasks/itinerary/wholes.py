"""What a sentence of `itinerary` says of all that pleases at once: "the Pier has all four", "the Lido has only a garden"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from benchmark.reading import is_negated, number_word
from tasks.itinerary.figures import stretches
from tasks.itinerary.offers import Offer
from tasks.itinerary.tokens import Token, has_letters

_ALL = re.compile(
    r"\b(?:(?:all|each|every)(?: of)?(?: (?:the|your|my|our))?(?: (?P<count>(?!(?:you|i|we)\b)\w+))?(?: (?:good|nice))?"
    r" (?:likes?|wish(?:es)?|pleasures?|favou?rites?|pluses|good things|things (?:you|i|we) (?:like|love|want|wish for))"
    r"|(?:everything|all)(?: that)? (?:you|i|we)(?:['’]d)? (?:like|love|want|wish for|enjoy)"
    r"|all (?P<bare>\w+)(?=\s*(?:[,;.)]|$|and\b|but\b)))",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(r"\s*,?\s*(?:but|except|save|apart|bar|minus|only)\b", re.IGNORECASE)
_ONLY = re.compile(
    r"\s*(?:\(|:|,|is|has|have|offers?|gives?|got|with)?\s*(?:only|just|solely|nothing but|nothing except)"
    r"\s+(?:(?:has|offers|an?|the|some)\s+)*",
    re.IGNORECASE,
)
_BEFORE_TOPIC = re.compile(r"\s*(?:(?:for|an?|the)\s+)*", re.IGNORECASE)
_NEXT = re.compile(r"\s*(?:and|&|\+)\s*(?:an?\s+|the\s+|some\s+)?", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*(?:and\s+)?(?:an?\s+|the\s+|some\s+)?", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[,;.!)]|\(\s*[-+−–]?\d|$)")
_NOTHING = re.compile(
    r"(?<!costs )(?<!cost )(?<!worth )(?<!for )\b(?:"
    r"(?P<all>nothing(?: whatsoever| at all))"
    r"|nothing (?:else )?(?:that )?(?:you|i|we)(?:['’]d)? (?:like|love|want|wish for|care for|enjoy)s?"
    r"|none of (?:the )?(?:things )?(?:(?:you|i|we) (?:like|love|want)|(?:your|my|our)?\s*(?:likes|wishes|pleasures|favou?rites))"
    r"|no(?:ne)? (?:of )?(?:the )?(?:likes?|pleasures?|wishes|pluses)"
    r"|(?P<bad>nothing (?:else )?(?:that )?(?:you|i|we) (?:dislike|hate|mind)s?"
    r"|none of (?:the )?(?:things )?(?:(?:you|i|we) (?:dislike|hate|mind)|(?:your|my|our)?\s*(?:dislikes|nuisances|hates))"
    r"|no (?:nuisances?|dislikes?|minuses)(?: at all)?)"
    r")(?=\s*(?:[,;.!)(]|$|(?:and|but|so|there|either)\b))",
    re.IGNORECASE,
)
"""That a place has none of the things that please, or that annoy, but those named before it."""
_NO_LIKES = re.compile(r"\bnothing|\bnone of|\bno(?:ne)? .*(?:like|pleasure|wishes|plus|nuisance|minus)")
_HEDGES = re.compile(r"\b(?:know|aware|sure|think|far|noted?|mentions?|list(?:ed|s)?|left|missing)\b", re.IGNORECASE)


def wholes(text: str, found: Sequence[Token], pleasures: Sequence[str], nuisances: Sequence[str]) -> Iterator[Offer]:
    """That a place has all ``pleasures``, only those that are named, or none; who lists nuisances so says nothing of the rest of them."""
    denies = _NO_LIKES.search(text.lower()) is not None
    if not (denies or has_letters(text, "all", "each", "ever", "only", "just", "solely")) or _HEDGES.search(text):
        return
    for places, start, end in stretches(text, found, []):
        if len(places) != 1:
            continue
        for match in _ALL.finditer(text, start, end):
            number = match["count"] or match["bare"]
            left_out = _left_out(text, match.end(), [one for one in found if match.end() <= one.start < end])
            is_whole = number is None or number.casefold() in (str(len(pleasures)), number_word(len(pleasures)))
            name = next((one for one in found if one.kind == "place" and start <= one.start < end), None)
            denied = name is None or name.end > match.start() or is_negated(text[name.end : match.start()])
            if is_whole and left_out is not None and not denied:
                yield from ((places[0], topic, "yes") for topic in pleasures if topic not in left_out)
        for match in _NOTHING.finditer(text, start, end) if denies else ():
            before = {one.value for one in found if start <= one.start < match.start() and one.kind == "topic"}
            of = nuisances if match["bad"] else (*pleasures, *nuisances) if match["all"] else pleasures
            yield from ((places[0], topic, "no") for topic in of if topic not in before)
        named = _only(text, [one for one in found if start <= one.start < end])
        if named:
            yield from ((places[0], topic, "no") for topic in pleasures if topic not in named)


def _left_out(text: str, start: int, found: Sequence[Token]) -> set[str] | None:
    """The one topic that is excepted from ``start`` on, if any; None if something else is."""
    match = _LEFT_OUT.match(text, start)
    if match is None:
        return set()
    is_one = found and found[0].kind == "topic" and _BEFORE_TOPIC.fullmatch(text, match.end(), found[0].start)
    return {found[0].value} if is_one and _ENDS.match(text, found[0].end) else None


def _only(text: str, found: Sequence[Token]) -> set[str]:
    """The topics right behind the place and "only", if their row ends there."""
    found = found[1:] if found and found[0].kind == "part" else found
    if len(found) < 2 or found[0].kind != "place" or found[1].kind != "topic" or not _ONLY.fullmatch(text, found[0].end, found[1].start):
        return set()
    named = [found[1]]
    for one in found[2:]:
        if one.kind != "topic" or not (_NEXT.fullmatch(text, named[-1].end, one.start) or _COMMA.fullmatch(text, named[-1].end, one.start)):
            break
        named.append(one)
    return {one.value for one in named} if _ENDS.match(text, named[-1].end) else set()
