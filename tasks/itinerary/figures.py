"""Which number in a sentence of `itinerary` is a price, a budget or what a wish is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from benchmark.phrases import AnyCase
from tasks.itinerary.tokens import NUMBERS, Token, has_letters, lists_hours

Slot = tuple[str, ...]
Stretch = tuple[list[str], int, int]
"""Places, and the start and end of the words about them."""

BUDGET = re.compile(
    r"\b(?:budget|spend(?:ing)?|afford|nothing (?:above|over)|no more than|at most|up to|max(?:imum)?|limit|wallet|purse)\b", re.IGNORECASE
)
_PRICED = re.compile(
    r"\b(?:costs?|price[ds]?|takes?|charges?|entry|entrance|admission|tickets?|fee|pay|pays|is|are|for|at|runs?)\b|[:=(,–-]", re.IGNORECASE
)
MONEY = AnyCase(r"\b(?:costs?|price[ds]?|charges?|entry|entrance|admission|tickets?|fee|euros?|eur|free|cheap\w*|expensive)\b|€")
_PRICE_WORD = AnyCase(r"\b(?:costs?|price[ds]?|charges?|takes?|entry|entrance|admission|tickets?|fees?|pays?)\b")
_COSTS = re.compile(r"\b(?:costs?|price[ds]?|charges?|entry|entrance|admission|tickets?|fees?)\W{0,3}$", re.IGNORECASE)
_INEXACT = AnyCase(
    r"\b(?:about|around|roughly|over|under|above|below|at least|at most|up to|less than|more than|total|together|altogether|sum|left)\W*$"
)
_NOT_THAT = re.compile(r"(?:\bnot|n['’]t)\s+(?:\w+\s+)?$", re.IGNORECASE)
_TOTAL = AnyCase(
    r"\s*(?:€|euros?|eur|points?|pts?)?\s*"
    r"(?:\+(?!\s*[^\W\d])|(?:over|above|left|under|below|too|more|less|in total|in all|total|altogether|together|or)\b"
    r"|[-–+/]\s*\d)"
)
_SUMS = AnyCase(r"\b(?:total|sum|altogether|adds? up|together they|score[sd]?)\b")
WORTH = re.compile(
    r"\b(?:worth|minus|plus|points?|pts?|counts?|brings?|gives?|costs?|takes?|loses?|deducts?|wish|matters?|weights?|value)\b|[:=(–-]",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:each|both|all|apiece)\b", re.IGNORECASE)
COUNTS_FOR = re.compile(
    r"\s*(?:points?|pts?|p)?\s*(?:(?:each|off|away|penalty)\s*)*"
    r"(?:for|per|by|if|when|at|goes? to|to)\s+(?:(?:there|it|is|are|has|an?|any|the|each|off)\s+)*$",
    re.IGNORECASE,
)
_SHUT_BEFORE = re.compile(
    r"\b(?:shut|closed)\b(?:\W+\w+){0,4}?\W+(?:so|hence|thus|therefore|means)\W+(?:\w+\W+){0,3}$"
    r"|\b(?:shut|closed)\b(?: then)?\s*(?:\(|,)\s*(?:0 points?,\s*)?$",
    re.IGNORECASE,
)
_SHUT_AFTER = re.compile(r"[^.;]{0,12}\b(?:since|as|because|if|when)\b[^.;]{0,20}\b(?:shut|closed)\b", re.IGNORECASE)
"""What makes a stop free whatever its price: nobody gets in."""
_AT_A_PRICE = re.compile(r",\s*at\s*$", re.IGNORECASE)
_COMMA = re.compile(r",\s*$")
_UNIT_ENDS = re.compile(r"\s*(?:€|euros?|eur)?\s*\)", re.IGNORECASE)
"""What ends the brackets of a stop whose price has its unit: "Castle (mornings, film, 5 euros), Bee Farm (film, 7)"."""
_FREE = re.compile(r"\b(?:free(?! coffee)|costs? nothing|no charge|nothing to pay)\b(?!\s+of\b)", re.IGNORECASE)
_NO_CHARGE = re.compile(
    r"(?:\w+n['’]t|\b(?:not|nobody|no[ -]one|never|without|no))\s+(?:\w+\s+){0,3}?(?:pays?|paying|cents?|charged?|charges|charging)\b"
    r"(?!\s+(?:\w+\s+)?(?:more|over|above|much|extra)\b)(?![^.;]*\d)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_JOINED = re.compile(r"\W*(?:(?:and|or|nor|both|plus|as well as)\W+)*(?:(?:the|at|in)\W+)*", re.IGNORECASE)
AND_COSTS = re.compile(r"\s*(?:,|and|but)\s*(?:it\s+|also\s+)?(?:costs?|takes?|charges?|is)\b", re.IGNORECASE)
_OWN_FIGURE = re.compile(r"\s*€?\d")
_PRICE_OF = re.compile(r"\s*(?:€|euros?|eur)?\s*(?:for|at|to enter|to get into)\s+(?:the\s+)?", re.IGNORECASE)
_ITEM_STARTS = re.compile(r"(?:[,;:(/]|\band)\s*$")
_ITEM_ENDS = re.compile(r"\s*(?:$|[,;.!)])")
_COUNTS = re.compile(r"(?:[,;:(/&]|\band)\s*(?:(?:plus|minus|lose|i(?: lose| give)?)\s+|[-+−–]\s*)?$", re.IGNORECASE)
_MINUS = re.compile(r"\bminus\s*$|[\s(][-−–]$", re.IGNORECASE)
_LEAVES = re.compile(r"\b(?:leav(?:es?|ing)|left with|mak(?:es?|ing)|nets?|(?:comes?|down|adds? up) to|so|still|or)\W*$", re.IGNORECASE)
_THEN_NAME = re.compile(r"\s*(?:points?|pts?|p)?\s*(?:for\s+)?(?:an?\s+|the\s+)?", re.IGNORECASE)
_JUST = ("", "is", "are", "at", "just", "only", "is just", "'s", "’s")
_UNIT = re.compile(r"\s*(?:€|euros?|eur)?\s*(?:the\s+)?", re.IGNORECASE)
_ALONE = re.compile(r"\W*(?:€|euros?\b|eur\b)?\W*", re.IGNORECASE)
_ADDED_UP = re.compile(r"\d\s?\+\s?\d{1,3}\s?=\s?€?$")
_FOR_SUM = re.compile(r"\s*(?:points?|pts?)?\s*(?:for|at)\s*€?\s*", re.IGNORECASE)
_POINTS = re.compile(r"\b(?:points?|pts?|scores?)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:i|i['’]\w+|my|me|we|our)\b", re.IGNORECASE)
_OF_A_STOP = re.compile(
    r"\b(?:it|they|that|this|there|total|sum|together|sav\w+|would|entry|entrance|tickets?|each|so far|already|plan)\b", re.IGNORECASE
)
_VERB = re.compile(
    r"\s*(?:(?:would|will|does|do|can)\s+(?:(?!at\b|in\b|on\b|by\b|from\b|be\b)\w+\s+){1,4}|(?!has\b|opens\b|needs\b)\w+s\s+|with\s+)"
)
_ENDS = re.compile(r"\s*(?:points?|pts?)?\s*(?:[,.:;!)]|and\b|(?:for|to) me\b|$)", re.IGNORECASE)
_IS_BUDGET = re.compile(
    r"\s*(?:€|euros?|eur)?(?:\W{0,2}(?:is|as) (?:my|the|our) (?:budget|limit|max)|\s*(?:budget|limit|to spend)\b)", re.IGNORECASE
)
_IN_ALL = re.compile(
    r"\s*(?:€|euros?|eur)?\s*(?:in total|in all|altogether|total|overall|max(?:imum)?|tops|at most|to spend|is all"
    r"|for (?:all|everything|the (?:whole )?day|the three))\b",
    re.IGNORECASE,
)


class Figure(NamedTuple):
    """A number and what it is of: ("wish", topic), ("budget",) or ("price", place). Wishes come without a sign."""

    slot: Slot
    value: int
    is_denied: bool


def joins(text: str, one: Token, other: Token) -> bool:
    """Whether two names belong to one row: "the Pier and the Zoo", but not "the Pier, Zoo 3 euros"."""
    if _JOINED.fullmatch(text, one.end, other.start) is None:
        return False
    return text[one.end : other.start].strip() != "," or _OWN_FIGURE.match(text, other.end) is None


def stretches(text: str, found: Sequence[Token], subject: list[str]) -> list[Stretch]:
    """Which stretch of ``text`` is about which places; ``subject`` where it names none."""
    groups: list[Stretch] = []
    last: Token | None = None
    for token in found:
        if token.kind != "place":
            continue
        if last is not None and groups and joins(text, last, token):
            groups[-1] = ([*groups[-1][0], token.value], groups[-1][1], token.end)
        else:
            groups.append(([token.value], token.start, token.end))
        last = token
    groups = [one for group in groups for one in _bracketed(text, found, group)]
    if not groups:
        return [(subject, 0, len(text))]
    starts = [0, *(_with_its_part(text, found, start) for _, start, _ in groups[1:])]
    return [(group[0], start, end) for group, start, end in zip(groups, starts, [*starts[1:], len(text)], strict=True)]


def _with_its_part(text: str, found: Sequence[Token], start: int) -> int:
    """Where what is about the place at ``start`` begins: at the part of the day before it, if all stops follow theirs."""
    before = [one for one in found if one.end <= start]
    if found[0].kind == before[-1].kind == "part" and not text[before[-1].end : start].lower().removesuffix("the ").strip(" :"):
        return before[-1].start
    return start


def _bracketed(text: str, found: Sequence[Token], group: Stretch) -> list[Stretch]:
    """``group``; in two where brackets follow that are about its last place alone: "the Pier, Lido (evening only)"."""
    names, start, end = group
    match = _BRACKETS.match(text, end) if len(names) > 1 else None
    if match is None:
        return [group]
    last = next(one.start for one in found if one.end == end)
    if _EACH.search(match.group()) or not _COMMA.search(text, 0, last):
        return [group]
    return [(names[:-1], start, last), (names[-1:], last, end)]


def free_of_charge(text: str) -> bool:
    if has_letters(text, "pay", "cent", "charg") and _NO_CHARGE.search(text):
        return True
    match = _FREE.search(text) if has_letters(text, "free", "noth", "charge") else None
    if match is None or _SHUT_BEFORE.search(text[: match.start()]) or _SHUT_AFTER.match(text, match.end()):
        return False
    return _NOT_THAT.search(text[: match.start()]) is None


class Known(NamedTuple):
    """What a sentence may go by: ``asked``, the slots of the question it may answer, and what each wish is worth, as far as it was told.

    ``is_first``: whose day it is speaks and has heard nothing yet, so that no number can be what a place or a plan is worth.
    """

    asked: set[Slot]
    worth: Mapping[str, int]
    is_first: bool


def figures(text: str, found: Sequence[Token], subject: list[str], known: Known) -> Iterator[Figure]:
    """What the numbers of ``text`` say."""
    is_bare = not subject and not any(token.kind in ("place", "topic") for token in found)
    is_asked = is_bare and ("budget",) in known.asked
    about = stretches(text, found, subject)
    taken: set[int] = set()
    for index, token in enumerate(found):
        if token.kind not in NUMBERS:
            continue
        gap, slots = text[found[index - 1].end if index else 0 : token.start], list[Slot]()
        if token.kind != "point" and (_is_budget(text, gap, token, is_asked) or _is_purse(text, found, token, known.is_first)):
            slots = [] if _TOTAL.match(text, token.end) and not _IN_ALL.match(text, token.end) else [("budget",)]
        elif token.kind != "euro" and (topics := _rated(text, found, index, taken, known.asked)):
            slots = [("wish", topic) for topic in topics]
        elif token.kind != "point" and not is_bare and not _TOTAL.match(text, token.end):
            slots = [("price", place) for place in _priced(text, found, index, gap, about, known)]
        is_denied = bool(slots) and _NOT_THAT.search(text, max(0, token.start - 24), token.start) is not None
        for slot in slots:
            yield Figure(slot, token.value, is_denied)


def _is_budget(text: str, gap: str, token: Token, is_asked: bool) -> bool:
    if BUDGET.search(gap) and (token.kind == "euro" or "budget" in gap.casefold() or not WORTH.search(gap.rstrip(" :=-–"))):
        return True
    return is_asked or _IS_BUDGET.match(text, token.end) is not None


def _is_purse(text: str, found: Sequence[Token], token: Token, is_first: bool) -> bool:
    """Whether a sum in euros is somebody's own money: of nothing else that it could be the price of, and in the first person or a limit."""
    before = text[: token.start]
    if is_first and token.kind == "euro" and not any(one.kind == "place" for one in found) and _ITEM_STARTS.search(before):
        return _ITEM_ENDS.match(text, _UNIT.match(text, token.end).end()) is not None  # type: ignore[union-attr]  # it matches anything
    if token.kind != "euro" and not is_first:
        return False
    if any(one.kind in ("place", "topic", "part") for one in found) or _INEXACT.search(before):
        return False
    is_alone = token.kind == "euro" and _ALONE.fullmatch(before) and _ALONE.fullmatch(text, token.end)
    if is_first and (is_alone or _IN_ALL.match(text, token.end)):
        return True
    return token.kind == "euro" and _OWN.search(text) is not None and not _OF_A_STOP.search(before)


def _rated(text: str, found: Sequence[Token], index: int, taken: set[int], asked: set[Slot]) -> list[str]:
    """The topics that the number at ``index`` is the worth of."""
    token = found[index]
    following = found[index + 1] if index + 1 < len(found) else None
    if following and following.kind == "topic" and _counts_for(text, token, following):
        chosen = [index + 1]
        while chosen[-1] + 1 < len(found) and found[chosen[-1] + 1].kind == "topic":
            if not (_EACH.search(text, token.end, following.start) or _EACH.search(text, found[chosen[-1] + 1].end)):
                break
            chosen.append(chosen[-1] + 1)
    elif following and following.kind == "topic" and _is_counted(text, found, index):
        chosen = [index + 1]
    else:
        chosen = []
        while index - 1 - len(chosen) >= 0 and found[index - 1 - len(chosen)].kind == "topic" and index - 1 - len(chosen) not in taken:
            chosen.insert(0, index - 1 - len(chosen))
        if not chosen:
            wishes = [slot[1] for slot in asked if slot[0] == "wish"]
            is_alone = len(wishes) == 1 and not any(one.kind in ("topic", "place") for one in found)
            return wishes if is_alone and not _SUMS.search(text) else []
        if not _EACH.search(text, found[chosen[-1]].end, min(len(text), token.end + 20)):
            chosen = chosen[-1:]
        if not _is_worth(text, found, found[chosen[-1]], token):
            return []
    taken.update(chosen)
    return [found[at].value for at in chosen]


def _is_worth(text: str, found: Sequence[Token], topic: Token, token: Token) -> bool:
    """Whether a number behind a topic says what it is worth."""
    gap = text[topic.end : token.start]
    if len(gap) > 60:
        return False
    if any(one.kind == "place" for one in found):
        is_of_stop = text[: topic.start].endswith(("+", "-", "−", "–"))  # "Lido (garden+view=15)"
        return not (is_of_stop or gap.strip().startswith(("(", ",")) or AND_COSTS.match(gap)) and WORTH.search(gap) is not None
    if token.kind != "number" or WORTH.search(gap) or gap.strip(" \t+-−–*_") in _JUST:
        return True
    return _VERB.fullmatch(gap) is not None and _ENDS.match(text, token.end) is not None


def _counts_for(text: str, token: Token, following: Token) -> bool:
    """ "5 points for a garden"; of "8/6/2 for view/maps/music" the last is not that of the first."""
    return COUNTS_FOR.match(text, token.end, following.start) is not None and not text[: token.start].endswith("/")


def _is_counted(text: str, found: Sequence[Token], index: int) -> bool:
    """Whether the number at ``index`` is one item with the topic after it: "9 piano, 7 roses"."""
    if any(one.kind == "place" for one in found):
        return False
    gap = text[found[index - 1].end if index else 0 : found[index].start]
    starts = _COUNTS.search(gap if index else f",{gap}") is not None
    return (
        starts
        and _THEN_NAME.fullmatch(text, found[index].end, found[index + 1].start) is not None
        and (_ITEM_ENDS.match(text, found[index + 1].end) is not None)
    )


def _priced(text: str, found: Sequence[Token], index: int, gap: str, about: Sequence[Stretch], known: Known) -> list[str]:
    """The places that the number at ``index`` is the price of."""
    token = found[index]
    if (
        _INEXACT.search(gap)
        or _MINUS.search(gap)
        or (token.kind == "number" and (_LEAVES.search(gap) or text.startswith("-", token.start)))
        or _SUMS.search(gap)
        or _ADDED_UP.search(text, 0, token.start)
        or _is_yield_for(text, found, index, gap)
    ):
        return []
    follows = found[index + 1] if index + 1 < len(found) else None
    if follows and follows.kind == "place" and _PRICE_OF.fullmatch(text, token.end, follows.start):
        return [follows.value]
    starts = _ITEM_STARTS.search(gap) is not None or (index == 0 and not gap.strip())
    if follows and follows.kind == "place" and token.kind == "euro" and starts and _UNIT.fullmatch(text, token.end, follows.start):
        return [follows.value]
    places, start, end = next(((names, start, end) for names, start, end in about if start <= token.start < end), ([], 0, 0))
    others = [one for one in found if one is not token and start <= one.start < end]
    if token.kind == "number" and not _is_price(text, token, gap, others, found[:index], known):
        return []
    if token.kind == "euro" and _sums_up(text, token, found):
        return []
    return places if len(places) < 2 or _EACH.search(text) else []


def _is_price(text: str, token: Token, gap: str, others: Sequence[Token], before: Sequence[Token], known: Known) -> bool:
    """Whether a number without a unit is in euros. ``others`` are the tokens about the same place.

    Beside one in euros it is something else, as points are. In a list of what a place has it is the price, unless it is just what all
    that is worth.
    """
    if any(one.kind == "euro" for one in others):
        return False
    after_name = bool(before) and before[-1].kind == "place" and gap.strip() in ("", ":", "=", "is", "for", "at", "-", "–")
    if _PRICE_WORD.search(text):
        if not _PRICE_WORD.search(gap) and any(one.kind == "number" and _COSTS.search(text, token.end, one.start) for one in others):
            return False
        return _PRICED.search(gap) is not None or not gap.strip()
    if after_name and (known.is_first or any(one.kind == "euro" for one in before)):
        return True
    if (
        _COMMA.search(gap)
        and text.startswith(")", token.end)
        and any(one.kind == "euro" and _UNIT_ENDS.match(text, one.end) for one in before)
    ):
        return True
    topics = {one.value for one in others if one.kind == "topic" and one.start < token.start}
    ends = _ITEM_ENDS.match(text, token.end) is not None
    is_item = ends and (_ITEM_STARTS.search(gap) or _AT_A_PRICE.search(gap)) is not None
    if ends and not topics and _COMMA.search(gap):
        return lists_hours(text[others[0].start : token.start], _moved(others)) and not _POINTS.search(text) if others else False
    return is_item and bool(topics) and sum(known.worth.get(topic, 0) for topic in topics) != token.value and not _POINTS.search(text)


def _moved(found: Sequence[Token]) -> list[Token]:
    """``found`` with places counted from the first of them."""
    start = found[0].start
    return [Token(one.start - start, one.end - start, one.kind, one.value) for one in found]


def _is_yield_for(text: str, found: Sequence[Token], index: int, gap: str) -> bool:
    """Whether it is what all stops cost that are worth so much: "Lido (8), Pier (10): 25 for 21 euros"."""
    if index < 2 or found[index - 1].kind not in ("number", "point") or not _FOR_SUM.fullmatch(gap):
        return False
    return ":" in text[found[index - 2].end : found[index - 1].start]


def _sums_up(text: str, token: Token, found: Sequence[Token]) -> bool:
    """Whether the only sum, after the last stop of a whole day, is that of the day: "Pier morning, ..., Lido evening: 23€"."""
    stops = [one for one in found if one.kind == "place" and one.start < token.start]
    is_day = len({one.value for one in found if one.kind == "part"}) >= 3 or text[: token.start].rstrip().endswith("=")
    if not is_day or len({one.value for one in stops}) < 3 or sum(one.kind == "euro" for one in found) > 1:
        return False
    since = text[stops[-1].end : token.start]
    return found[-1].start <= token.start and since.count("(") <= since.count(")")
