"""Names, parts of the day and numbers in a sentence of `itinerary`, and the words around them that say how they count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from benchmark.phrases import AnyCase
from benchmark.reading import Terms, numbers
from benchmark.vocabulary import Json
from tasks.itinerary.worlds import PARTS

_PART_WORDS = {form: part for part in PARTS for form in (part, f"{part}s")}
_PART_WORDS |= {"morn": "morning", "aft": "afternoon", "eve": "evening", "eves": "evening"}
_PARTS_OF_DAY = Terms(_PART_WORDS)
_BARE = set("stop stops show shows tour tours park hall shop bar house room place noise rooms hunt hunts corner corners works".split())
"""Last words of names that mean too much else in a sentence: they name a topic where no more than a name could stand."""
_QUALITIES = set(
    "barking broken building cold comfortable free gossiping guided hot live long loud muddy narrow night old open quiet school "
    "slippery stained steep stray street tour wall warm wild".split()
)
"""First words of names that do not name what they belong to, or not when they stand alone."""
_BY_OTHER_WORDS = {
    "swimming": ("swim", "swims"),
    "children": ("kids", "kid", "child"),
    "gulls": ("seagulls", "seagull"),
    "fire": ("fireplace",),
}
_BY_OTHER_WORDS |= {
    "newspapers": ("news", "papers", "paper"),
    "beds": ("roses",),
    "tracks": ("mud",),
    "smoke": ("smoking",),
    "relatives": ("gossip", "gossips"),
}
_BY_OTHER_WORDS |= {
    "draughts": ("draught", "draughty"),
    "wasp": ("wasps",),
    "puppet": ("puppets",),
    "climbing": ("climb",),
    "noise": ("noisy",),
}
_AS_ITEMS = set("cold quiet muddy slippery gossiping barking guided stained broken steep narrow gossip news".split())
"""Words that name a topic only as an item of a list: "quiet: Pier, Lido", but not "a quiet day"."""

_PREDICATES = {"cold", "muddy", "slippery"}
"""Those among them that a place is as well: "the Pond is muddy"."""

_MOST = 150
"""Names and numbers of a sentence that are read: no turn holds more, and relating them takes time that grows with their square."""

_ITEM_AFTER = re.compile(r"(?:^|[,;:.!?(/&+–—-]|\b(?:and|or|no|has|have|with|without|got|the only))\s*$", re.IGNORECASE)
_LISTED_AFTER = re.compile(r"(?:^|[,;:(/&+]|[,(:]\s*(?:and|no)|\b(?:has|have))\s*$", re.IGNORECASE)
_IS_SO = re.compile(r"(?:\b(?:is|are|gets?|very|quite|too|so|rather)|['’]s)\s+$", re.IGNORECASE)
"""What makes a predicate of a quality: "the Pond is muddy"."""
_LISTED_BEFORE = re.compile(r"\s*(?:$|[,;:.)(/&+=]|[-−–]\s*\d|(?:and|but|or|nor|at|too)\b|\d)", re.IGNORECASE)
_ITEM_BEFORE = re.compile(
    r"\s*(?:$|[,;:.!?)(/&+=–—−-]|\d|(?:and|or|nor|at|is|are|minus|plus|costs?|takes?|counts?|too|also|there|here)\b)", re.IGNORECASE
)
_EURO_AFTER = re.compile(r"\s*(?:€|euros?\b|eur\b)", re.IGNORECASE)
_EURO_BEFORE = re.compile(r"(?:€|\beur)\s*$", re.IGNORECASE)
_POINT_AFTER = re.compile(r"\s*[- ]?(?:points?|pts?|p)\b", re.IGNORECASE)
_GLUED = AnyCase(r"(?<![\w.])(\d{1,3})(?=(?:€|eur\b|euros?\b|pts?\b|p\b))|(?<=€)(\d{1,3})(?!\w)")
_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"(?<![\w.])[+−–](?=\d)")
_EXCLUSIVE = re.compile(r"\bonly\b|\bjust\b|\bnothing but\b|\bsolely\b", re.IGNORECASE)
_OPENS = AnyCase(
    r"\b(?:(?P<not>(?:nothing|none|nowhere)(?:\s+\w+){0,1}\s+"
    r"|(?:isn|is not|aren|not|never|doesn|does not|don|won)(?:['’]?t)?\s+(?:\w+\s+){0,1}?)?"
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
_MAY_ADMIT = AnyCase(
    r"\b(?:running|operat|accessible|available|welcom|receiv|admit|walk|gets?\b|come\b|enter\b|visit\b|locked|unavailable|inaccessible"
    r"|shuttered|off[ -]limits|turn|send)"
)
_PLANS = re.compile(r"\b(?:we|we['’]\w+|let['’]?s|i|i['’]\w+|plan|then|first)\b", re.IGNORECASE)
_ALL_DAY = AnyCase(
    r"\ball[ -]day\b|\b(?:the )?(?:whole|entire) day\b|\bday[ -]?long\b|\bany ?time\b|\ball three\b|\balways\b|\bthroughout the day\b"
)
_RANGE = AnyCase(r"\b(?:from|through)?\s*(?:the )?mornings?\s*(?:to|till|until|through|-|–|—)\s*(?:the )?evenings?\b")
_ONLY_AFTER = re.compile(r"\s+only\b(?!\s+(?:the|an?|(?-i:[A-Z])\w+)\b)", re.IGNORECASE)
_ONLY_BEFORE = re.compile(r"\b(?:only|just)\s+(?:(?:in|on|the)\s+)*$", re.IGNORECASE)
_NOT_THEN = re.compile(r"\b(?:not?|never|except|but|minus)\s+(?:(?:in|on|the)\s+)*$", re.IGNORECASE)
_PART_OR_PART = re.compile(r"\s*(?:/|&|\+|-|–|and|or)\s*(?:(?:in )?the\s+)?", re.IGNORECASE)
_PARTS_ALONE = re.compile(r"\W*(?:(?:and|the|in|on|mornings?|afternoons?|evenings?)\b\W*)*", re.IGNORECASE)
_THEN_PART, _PART_ENDS = re.compile(r"\s*[:=(]\s*(?:in the )?", re.IGNORECASE), re.compile(r"\s*(?:[,;.)/]|$)")
_LISTED_ALL_DAY = re.compile(
    r"(?:^(?:\w+ ){0,4}|[,;:(]|\band)\s*(?:is\s+)?(?:open\s+)?(?:all[ -]day|any ?time|always|the whole day)"
    r"\s*(?:$|[,;:.!)]|except\b|but\b)",
    re.IGNORECASE,
)


class Token(NamedTuple):
    """``kind``: "place", "topic", "part", or for a number its unit: "euro", "point" or "number"."""

    start: int
    end: int
    kind: str
    value: Json


NUMBERS = ("euro", "point", "number")


@lru_cache(maxsize=256)
def _named(places: tuple[str, ...], topics: tuple[str, ...]) -> tuple[dict[str, tuple[str, str]], Terms]:
    """Every word that names a place or a topic: whole names, singulars and plurals, and first and last words that only one has."""
    terms: dict[str, tuple[str, str]] = {}
    split = {name: name.casefold().split() for name in (*places, *topics)}
    words, lasts = Counter(chain.from_iterable(split.values())), Counter(name[-1] for name in split.values())
    for kind, names in (("place", places), ("topic", topics)):
        own = Counter(chain.from_iterable(split[name] for name in names))
        for name in names:
            first, *_, last = split[name] if " " in name else ("", "")
            forms = [name.casefold()]
            if last and lasts[last] == 1 and (words[last] == 1 or last in _BARE):
                forms.append(last)
            if (
                last
                and own[first] == 1
                and (kind == "topic" or words[first] == 1)
                and (first not in _QUALITIES or (kind == "topic" and first in _AS_ITEMS))
            ):
                forms.append(first)
            for form in forms:
                terms |= dict.fromkeys(_spellings(form) if kind == "topic" else (form,), (kind, name))
    return terms, Terms(terms)


@lru_cache(maxsize=4096)
def _spellings(form: str) -> tuple[str, ...]:
    """A topic, its plural or singular, and other words for it."""
    return form, form[:-1] if form.endswith("s") and not form.endswith("ss") else f"{form}s", *_BY_OTHER_WORDS.get(form, ())


@lru_cache(maxsize=4096)
def tokens(text: str, places: tuple[str, ...], topics: tuple[str, ...]) -> tuple[Token, ...]:
    """All tokens of ``text`` in order."""
    meanings, terms = _named(places, topics)
    found: list[Token] = []
    for start, end, term in terms.mentions(text):
        kind, name = meanings[term]
        if kind == "place" and term != name.casefold() and not text[start].isupper():
            continue
        if kind == "topic" and text[start].isupper() and any(place.casefold().split()[0] == term for place in places):
            continue  # "Chess: free" may be of the Chess Club; "chess 1" is of chess tables
        if term in _AS_ITEMS and not _is_item(text, start, end, found, term in _PREDICATES):
            continue
        if term in _BARE and kind == "topic" and not (_stands_alone(text, start, end, found)):
            continue
        found.append(Token(start, end, kind, name))
    found += [Token(start, end, "part", _PART_WORDS[word]) for start, end, word in _PARTS_OF_DAY.mentions(text)]
    return tuple(sorted(found + _numbers(text), key=lambda token: token.start)[:_MOST])


def _is_item(text: str, start: int, end: int, before: Sequence[Token], may_be_so: bool) -> bool:
    """Whether a quality stands for its topic: as an item of a list, right behind a place, or as what a place is."""
    led = _LISTED_AFTER.search(text, max(0, start - 12), start) is not None or _follows_name(text, start, before)
    led = led or (may_be_so and _IS_SO.search(text, max(0, start - 12), start) is not None)
    return led and _LISTED_BEFORE.match(text, end) is not None


def _follows_name(text: str, start: int, before: Sequence[Token]) -> bool:
    return bool(before) and before[-1].kind == "place" and not text[before[-1].end : start].strip()


def _stands_alone(text: str, start: int, end: int, before: Sequence[Token]) -> bool:
    """Whether a word stands as an item of a list does: "a tour" is taken, "tour: 3" and "Lido no tour, free" tell something."""
    return (_follows_name(text, start, before) or _ITEM_AFTER.search(text, max(0, start - 12), start) is not None) and _ITEM_BEFORE.match(
        text, end
    ) is not None


def _numbers(text: str) -> list[Token]:
    has_digits = _DIGIT.search(text) is not None
    plain = _SIGN.sub(" ", text) if has_digits else text
    spaced = {start: (start, end, value) for start, end, value in numbers(plain)}
    for match in _GLUED.finditer(plain) if has_digits else ():
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
    words = _opening(text)
    parts = [token for token in found if token.kind == "part"]
    if not words:
        return _listed_hours(text, parts)
    said: dict[str, str] = {}
    for number, word in enumerate(words):
        end = words[number + 1].start() if number + 1 < len(words) else len(text)
        is_aside = text[: word.start()].rstrip().endswith("(") and any(
            word.start() <= part.start < text.find(")", word.end()) for part in parts
        )
        start = 0 if number == 0 and not is_aside else word.start()
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


def _listed_hours(text: str, parts: Sequence[Token]) -> dict[str, str]:
    """Hours in a list of what a place has: "3 euros, mornings only", "not mornings", "afternoon/evening", "all day".

    One part alone tells nothing, since a stop of a plan has one.
    """
    if not parts:
        is_all_day = has_letters(text, "day", "any", "always") and _LISTED_ALL_DAY.search(text) and not _PLANS.search(text)
        return dict.fromkeys(PARTS, "yes") if is_all_day else {}
    denied = {token.value for token in parts if _NOT_THEN.search(text, max(0, token.start - 16), token.start)}
    named = {token.value for token in parts} - denied
    if named and any(_ONLY_AFTER.match(text, t.end) or _ONLY_BEFORE.search(text, max(0, t.start - 16), t.start) for t in parts):
        return {part: "yes" if part in named else "no" for part in PARTS}
    said = dict.fromkeys((part for part in PARTS if part in denied), "no")
    said |= {t.value: "yes" for t in parts if text[t.start : t.end].casefold().endswith("s") and t.value not in denied}
    if _PLANS.search(text):
        return said
    if _LISTED_ALL_DAY.search(text) and not named:
        return {part: "no" if part in denied else "yes" for part in PARTS}
    for token, other in pairwise(parts):
        if _PART_OR_PART.fullmatch(text, token.end, other.start) and _ITEM_BEFORE.match(text, other.end):
            said |= {one.value: "yes" for one in (token, other) if one.value not in denied}
    return said


def first_hours(text: str, found: Sequence[Token]) -> dict[str, str]:
    """The one part of the day that stands right behind a place among what it has, where nobody can plan yet: "Lido: morning, no boat"."""
    if len(found) < 2 or [one.kind for one in found[:2]] != ["place", "part"] or sum(one.kind == "part" for one in found) > 1:
        return {}
    led = _THEN_PART.fullmatch(text, found[0].end, found[1].start) is not None
    return {found[1].value: "yes"} if led and _PART_ENDS.match(text, found[1].end) and not _PLANS.search(text) else {}


def hours_alike(text: str, found: Sequence[Token], before: dict[str, str]) -> dict[str, str]:
    """Hours of a place that leaves out the verb of those ``before`` it: "The Pier closes evenings, the Lido mornings"."""
    if len(found) < 2 or found[0].kind != "place" or len(set(before.values())) != 1 or any(one.kind != "part" for one in found[1:]):
        return {}
    said = text[: found[0].start] + text[found[0].end :]
    return {one.value: next(iter(before.values())) for one in found[1:]} if _PARTS_ALONE.fullmatch(said) else {}


def speaks_of_hours(text: str) -> bool:
    return bool(_opening(text))


def lists_hours(text: str, found: Sequence[Token]) -> bool:
    """Whether the parts of the day in ``text`` are hours of places and not of a plan."""
    return speaks_of_hours(text) or bool(_listed_hours(text, [token for token in found if token.kind == "part"]))


@lru_cache(maxsize=4096)
def _opening(text: str) -> tuple[re.Match[str], ...]:
    """The words that say whether a place is open."""
    found = tuple(_OPENS.finditer(text)) if has_letters(text, "open", "shut", "clos") else ()
    if found or not _MAY_ADMIT.search(text) or _PLANS.search(text):
        return found
    return tuple(_ADMITS.finditer(text))


def has_letters(text: str, *some: str) -> bool:
    """Whether any of ``some`` letters stand in ``text``, case aside: a look that spares patterns. Not for an "i", which has more forms."""
    low = text.casefold()
    for letters in some:  # noqa: SIM110 (a generator costs more than the looks)
        if letters in low:
            return True
    return False
