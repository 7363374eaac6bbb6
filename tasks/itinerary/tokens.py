"""Names, parts of the day and numbers in a sentence of `itinerary`, and the words around them that say how they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from benchmark.phrases import AnyCase
from benchmark.reading import Terms, numbers
from benchmark.vocabulary import Json
from tasks.itinerary.worlds import PARTS

_PART_WORDS = {"morning": "morning", "mornings": "morning", "afternoon": "afternoon", "afternoons": "afternoon"}
_PART_WORDS |= {"evening": "evening", "evenings": "evening"}
_PARTS_OF_DAY = Terms(_PART_WORDS)
_NOT_ALONE = {"stop", "show", "tour", "park", "hall", "shop", "bar", "house", "room", "place", "noise", "rooms", "hunt", "corner"}
"""Last words of names that mean too much else when they stand alone."""

_MOST = 150
"""Names and numbers of a sentence that are read: no turn holds more, and relating them takes time that grows with their square."""

_EURO_AFTER = re.compile(r"\s*(?:€|euros?\b|eur\b)", re.IGNORECASE)
_EURO_BEFORE = re.compile(r"(?:€|\beur)\s*$", re.IGNORECASE)
_POINT_AFTER = re.compile(r"\s*[- ]?(?:points?|pts?|p)\b", re.IGNORECASE)
_GLUED = AnyCase(r"(?<![\w.])(\d{1,3})(?=(?:€|eur\b|euros?\b|pts?\b|p\b))|(?<=€)(\d{1,3})(?!\w)")
_SIGN = re.compile(r"(?<![\w.])[+−–](?=\d)")
_EXCLUSIVE = re.compile(r"\bonly\b|\bjust\b|\bnothing but\b|\bsolely\b", re.IGNORECASE)
_OPENS = AnyCase(
    r"\b(?:(?P<not>(?:isn|is not|aren|not|never|doesn|does not|don|won)(?:['’]?t)?\s+(?:\w+\s+){0,1}?)?"
    r"(?P<open>opens?|opened|opening(?: hours)?)"
    r"|(?P<shut>shuts?|closed|closes?))\b"
)
_ADMITS = re.compile(
    r"\b(?P<not>(?:nobody|no[ -]one|never|not|cannot|\w+n['’]t)\s+(?:(?!and\b|but\b)\w+\s+){0,3}?)?"
    r"(?:(?P<open>running|operat(?:es?|ing)|accessible|available|welcom(?:es?|ing)|receiv(?:es?|ing)|admit(?:s|ting)?"
    r"|(?:walk|gets?|come|enter|visit)(?:\s+in(?:to|side)?)?)"
    r"|(?P<shut>locked|unavailable|inaccessible|shuttered|off[ -]limits|(?:turn|send)s?\s+(?:\w+\s+){0,2}?away))\b",
    re.IGNORECASE,
)
"""Other words for being open, or not. In a sentence that plans they may mean a stop."""
_PLANS = re.compile(r"\b(?:we|we['’]\w+|let['’]?s|i|i['’]\w+|plan|then|first)\b", re.IGNORECASE)
_ALL_DAY = AnyCase(
    r"\ball[ -]day\b|\b(?:the )?(?:whole|entire) day\b|\bday[ -]?long\b|\bany ?time\b|\ball three\b|\balways\b|\bthroughout the day\b"
)
_RANGE = AnyCase(r"\b(?:from|through)?\s*(?:the )?mornings?\s*(?:to|till|until|through|-|–|—)\s*(?:the )?evenings?\b")


@dataclass(frozen=True, slots=True)
class Token:
    """``kind``: "place", "topic", "part", or for a number its unit: "euro", "point" or "number"."""

    start: int
    end: int
    kind: str
    value: Json


@lru_cache(maxsize=256)
def _named(places: tuple[str, ...], topics: tuple[str, ...]) -> tuple[dict[str, tuple[str, str]], Terms]:
    """Every word that names a place or a topic: whole names, singulars and plurals, and last words that only one of them has."""
    terms: dict[str, tuple[str, str]] = {}
    words = [word for name in (*places, *topics) for word in name.casefold().split()]
    for kind, names in (("place", places), ("topic", topics)):
        for name in names:
            whole = name.casefold()
            last = whole.split()[-1]
            forms = [whole, last] if words.count(last) == 1 and last not in _NOT_ALONE and len(last) > 3 else [whole]
            for form in forms:
                terms[form] = kind, name
                other = form[:-1] if form.endswith("s") and not form.endswith("ss") else f"{form}s"
                if kind == "topic" and other not in _NOT_ALONE:
                    terms[other] = kind, name
    return terms, Terms(terms)


def tokens(text: str, places: tuple[str, ...], topics: tuple[str, ...]) -> list[Token]:
    """All tokens of ``text`` in order."""
    meanings, terms = _named(places, topics)
    found = [Token(start, end, *meanings[term]) for start, end, term in terms.mentions(text)]
    found += [Token(start, end, "part", _PART_WORDS[word]) for start, end, word in _PARTS_OF_DAY.mentions(text)]
    return sorted(found + _numbers(text), key=lambda token: token.start)[:_MOST]


def _numbers(text: str) -> list[Token]:
    plain = _SIGN.sub(" ", text)
    spaced = {start: (start, end, value) for start, end, value in numbers(plain)}
    for match in _GLUED.finditer(plain):
        spaced.setdefault(match.start(), (match.start(), match.end(), float(match.group())))
    found = []
    for start, end, value in spaced.values():
        if not float(value).is_integer():
            continue
        euro = _EURO_AFTER.match(text, end) or _EURO_BEFORE.search(text, max(0, start - 6), start)
        kind = "euro" if euro else "point" if _POINT_AFTER.match(text, end) else "number"
        found.append(Token(start, end, kind, abs(int(value))))
    return found


def hours(text: str, found: Sequence[Token]) -> dict[str, str]:
    """Which parts of the day ``text``, about one place, says to be open ("yes") or not ("no"); empty where it speaks of no hours."""
    words = list(_opening(text))
    parts = [token for token in found if token.kind == "part"]
    if not words:
        only = [token for token in parts if re.match(r"\s+only\b", text[token.end :], re.IGNORECASE)]
        return {part: "yes" if part in {t.value for t in parts} else "no" for part in PARTS} if only else {}
    said: dict[str, str] = {}
    for number, word in enumerate(words):
        start = 0 if number == 0 else word.start()
        end = words[number + 1].start() if number + 1 < len(words) else len(text)
        stretch = text[start:end]
        is_open = bool(word["open"]) and not word["not"]
        if _RANGE.search(stretch) or (_ALL_DAY.search(stretch) and not any(start <= t.start < end for t in parts)):
            mine = set(PARTS)
        else:
            mine = {token.value for token in parts if start <= token.start < end}
        yes, no = ("yes", "no") if is_open else ("no", "yes")
        exclusive = mine and _EXCLUSIVE.search(stretch) and (is_open or not word["not"])
        for part in PARTS:
            if part in mine:
                said[part] = yes
            elif exclusive:
                said[part] = no
    return said


def speaks_of_hours(text: str) -> bool:
    return next(_opening(text), None) is not None


def _opening(text: str) -> Iterator[re.Match[str]]:
    """The words that say whether a place is open."""
    if _OPENS.search(text) or _PLANS.search(text):
        return _OPENS.finditer(text)
    return _ADMITS.finditer(text)
