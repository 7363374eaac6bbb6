"""Sums that are spoken of: "Tue 10 costs me 3, so 7 together; Wed 14 makes 8, Thu 9 only 6", "4 and 3 make 7".

Which number is a cost and which a sum is settled by adding up: a second number behind a slot is the sum where it is the first and what
the slot costs the other. What is left of a sum once that is taken away is what the slot costs the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from benchmark.reading import number_word
from tasks.schedule.worlds import TOP

_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_WHEN = re.compile(
    rf"\b(?:(?P<day>{_DAY})[a-z]{{0,6}}\.?,? (?:at |the )?)?(?P<hour>\d{{1,2}}):(?P<minute>\d\d)\b"
    rf"|\b(?P<on>{_DAY})[a-z]{{0,6}}\.?,? (?:at )?(?P<full>\d{{1,2}})\b(?! ?[ap]m)",
    re.IGNORECASE,
)
_WORDS = {number_word(n): n for n in range(1, 2 * TOP + 1)} | {"zero": 0, "nothing": 0, "free": 0}
_PART = re.compile(r"\s*(?:(?P<number>\d{1,2}(?![\d:]|\.\d))|(?P<word>[a-z']+)|(?P<sign>->|=>|[^\w\s]))", re.IGNORECASE)
_ADDS = frozenset("makes make making gives give giving comes come coming adds add adding sums sum total totals totalling totaling".split())
_ADDS |= frozenset("together combined altogether jointly joint overall yields amounts".split())
_BOTH = _ADDS | frozenset("us our we between -> => →".split())
_BEHIND = frozenset("together combined altogether total sum overall jointly all told in for us both of the two between".split())
_ME = frozenset("me my mine i i'd i'll i'm".split())
_YOU = frozenset("you your yours you're you'd".split())
_GLUE = frozenset(
    """so and that that's thats which is are it it's its be would will costs cost costing for with at has have get gets got in of to on up
    all both only just then now too also yes hence therefore thus side end plus pay pays lose share part the a an best lowest
    hour hours h hrs mile miles mi euro euros favour favours favor favors point points pt pts again even still right""".split()
)
_UNITS = frozenset("hour hours h hrs mile miles mi euro euros favour favours favor favors point points pt pts".split())
_SIGNS = frozenset(",;:=()[]+&–—-€~*")
_NUMBER = rf"(?:\d{{1,2}}(?![\d:])|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_BEFORE, _AFTER = r"(?:your |my |you |me |mine |yours )?", r"(?: (?:for|from) (?:me|you)| \(?(?:me|you|mine|yours)\)?)?"
_EXPRESSION = re.compile(
    rf"\(?(?<![\d:+])\b{_BEFORE}(?P<one>{_NUMBER}){_AFTER} ?(?:\+|&|plus\b|and\b)"
    rf" ?{_BEFORE}(?P<two>{_NUMBER}){_AFTER},? ?"
    r"(?:=|->|→|=>|(?:is|are|makes?|gives?|equals?|comes to|come to|adds? up to|sums? to|totals?)\b)(?: indeed| only| just)? ?"
    rf"(?P<sum>{_NUMBER})\b(?! ?[+\d])\)?(?: (?:in (?:all|total|sum)|together|altogether|total|combined|for us))*",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\W*(?:(?:yes|yep|right|agreed|true|ok(?:ay)?|exactly|correct|indeed|deal|great|good|perfect)\b[\s,:!–—-]*)+", re.IGNORECASE
)
_LEADS = re.compile(
    r"(?:\b(?:so|then|hence|therefore|thus|agreed|deal|yes|let's \w+|take|book|say|go (?:with|for)|best|cheapest|propose)\b|=>|->|→)"
    r"[\s:,is]*$",
    re.IGNORECASE,
)
"""Before a slot that is proposed: its sum in brackets does not keep it from being so."""
_NEXT_BEST = re.compile(
    r"\b(?:the )?(?:(?:next|second|third)(?:[ -](?:best|lowest|cheapest))?|runner[ -]up)(?: is| was| comes| would be|:)?\s*$", re.IGNORECASE
)
_JOINS = re.compile(r"(?:\s*[,:&]|\s+(?:and|but|while|then|vs|versus)|\s*[–—-])*\s*$", re.IGNORECASE)
_SPEAKS_OF_SUMS = re.compile(rf"\d|\b(?:{'|'.join(sorted(_ADDS))})\b", re.IGNORECASE)
_AGREES = re.compile(r"\b(?P<yes>agreed|yes|right|exactly|indeed|true|correct|ok(?:ay)?)\s*[:,–—-]\s*$", re.IGNORECASE)
_ALL_SUMS = re.compile(
    r"\b(?:with|adding|plus|including|incl\.?|counting) (?:mine|yours|my \w+|your \w+|both)(?: (?:added|included|in|too))*\s*[:=]"
    r"|\b(?:sums?|totals?) (?:are )?in (?:brackets|parenthes[ei]s|parens)\b|\((?:as |all )?(?:sums?|totals?|together|combined|joint\w*)\)"
    r"|[,–—-] (?:all )?(?:as )?(?:sums|totals|summed|added up|combined)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
""" "Tue 10 (7), Wed 14 (8), sums in brackets"."""
_END = re.compile(r"[.!?\n;](?!\d)")


_SENTENCE_END = re.compile(r"[.!?\n](?!\d)")


class Part(NamedTuple):
    text: str
    number: int | None
    end: int


@dataclass(slots=True)
class Costs:
    """What the slots cost, as far as it has been told; ``likely`` are those that a sum without a slot may be of, in groups."""

    slots: tuple[str, ...]
    theirs: Mapping[str, int]
    own: Mapping[str, int]
    of_two: bool
    """Whether a sum is of no more than the two."""
    likely: tuple[Sequence[str], ...] = ()


class _Item(NamedTuple):
    """What a slot is said to cost its speaker, or (``sum``) both; where this begins and ends in the text."""

    start: int
    end: int
    slot: str
    cost: int | None
    sum: int
    bare: bool = False


def in_full(text: str, costs: Costs) -> str:
    """``text`` with "Tue 10:00 costs me 3" or "Tue 10:00 totals 8" wherever a sum is spoken of."""
    if not (costs.theirs and costs.of_two):
        return text
    done, end = "", 0
    items = list(_items(text, costs))
    several = sum(item.cost is None for item in items) > 1
    for item in items:
        before = _AGREES.sub(r"\g<yes>. ", text[end : item.start]) if several else text[end : item.start]
        done += before
        if item.cost is None:
            done = _apart(done) + f"{item.slot} totals {item.sum}"
        elif item.bare and _LEADS.search(before):
            lead = max((stop.end() for stop in _END.finditer(done)), default=0)
            done = f"{done[:lead]} {item.slot} costs me {item.cost}; {done[lead:].lstrip()}{item.slot}"
        else:
            done = _apart(done) + f"{item.slot} costs me {item.cost}"
        end = item.end
    return _without_slots(done + text[end:], costs)


def _apart(before: str) -> str:
    """A sum is a sentence of its own, whatever stands ``before`` it."""
    before = _NEXT_BEST.sub("", before)
    begun = before[max((stop.end() for stop in _END.finditer(before)), default=0) :]
    return _JOINS.sub("; ", before) if _SPEAKS_OF_SUMS.search(begun) else before


def _items(text: str, costs: Costs) -> Iterator[_Item]:
    """The slots whose numbers tell of sums."""
    best, marked, headed, until = -1, False, False, 0
    day = ""
    named = list(_WHEN.finditer(text))
    for place, when in enumerate(named):
        day = (when["day"] or when["on"] or day)[:3].title()
        slot = _slot_at(when, day, costs.slots)
        if slot is None or slot not in costs.theirs:
            continue
        stop = named[place + 1].start() if place + 1 < len(named) else len(text)
        parts = list(_parts(text, when.end(), stop))
        numbers = [at for at, part in enumerate(parts) if part.number is not None][:3]
        item, certain = _item(when.start(), slot, parts, numbers, costs)
        headed = headed if when.start() < until else bool(_ALL_SUMS.search(text, until, until := _stop(text, when.end())))
        if item is None and (best >= 0 or headed) and len(numbers) >= 1 and _is_bare(parts[: numbers[0] + 2]):
            number = parts[numbers[0]].number or 0
            if _left(number, slot, costs) is not None and (marked or headed or number > best):
                item = _Item(when.start(), _behind(parts, numbers[0]), slot, None, number)
        if item is not None:
            best, marked = (item.sum if best < 0 else min(best, item.sum)), marked or certain
            yield item


def _stop(text: str, place: int) -> int:
    """Where the sentence ends."""
    stop = _SENTENCE_END.search(text, place)
    return stop.start() if stop else len(text)


def _slot_at(when: re.Match[str], day: str, slots: Sequence[str]) -> str | None:
    hour, minute = int(when["hour"] or when["full"]), when["minute"]
    some = [one for one in slots if one[:3] == day and int(one[4:6]) == hour and (minute is None or one[7:] == minute)]
    return some[0] if len(some) == 1 else None


def _parts(text: str, start: int, stop: int) -> Iterator[Part]:
    """Numbers, signs and words of sums behind a slot, up to what is none."""
    while start < stop and (part := _PART.match(text, start, stop)):
        word = part.group().strip().lower()
        number = int(part["number"]) if part["number"] else _WORDS.get(word)
        if number is None and not (word in _GLUE or word in _BOTH or word in _ME or word in _YOU or word in _SIGNS):
            return
        yield Part(word, number, part.end())
        start = part.end()


def _item(start: int, slot: str, parts: Sequence[Part], numbers: Sequence[int], costs: Costs) -> tuple[_Item | None, bool]:
    """What the ``numbers`` among the ``parts`` behind a slot come to, and whether what follows is surely of sums too."""
    theirs = costs.theirs[slot]
    values = [parts[at].number or 0 for at in numbers]
    words = [{part.text for part in parts[at + 1 : to]} for at, to in zip([-1, *numbers], [*numbers, len(parts)], strict=True)]
    mine = bool(_ME.intersection(*words[:1], *words[1:2]))
    if len(values) == 3 and "+" in words[1] | {"+" if words[1] & {"plus", "and"} else ""} and values[0] + values[1] == values[2]:
        if theirs in values[:2] and (words[2] & {"=", *_BOTH}):
            return _Item(start, _behind(parts, numbers[2]), slot, values[2] - theirs, values[2], bare=not mine), True
        return None, False
    if len(values) >= 2:
        one, two = values[:2]
        between, after = words[1], {parts[at].text for at in range(numbers[1] + 1, min(numbers[1] + 3, len(parts)))}
        if words[0] & _YOU or between & _YOU or (after & (_ME | _YOU) and not between & _BOTH):
            return None, False
        sums = bool((between | after) & (_BOTH | {"so", "(", "=", "all", "that's"}) or words[0] & {"+"})
        if "+" in words[0] and one + theirs != two and two - theirs in range(TOP + 1) and one == theirs:
            one = two - theirs  # "+4 = 7", where the 4 are the other's
        if sums and two - one == theirs and one <= TOP:
            return _Item(start, _behind(parts, numbers[1]), slot, one, two, bare=not mine), False
        whole = words[0] & _BOTH or between & _ADDS or {"in", "all"} <= between
        if whole and one - two == theirs and two <= TOP and (between & (_ME | {"("})):
            return _Item(start, _behind(parts, numbers[1]), slot, two, one), False  # "7 together, 4 of them mine"
        return None, False
    if len(values) == 1 and not (words[0] | words[1]) & (_ME | _YOU):
        near = words[0] | {part.text for part in parts[numbers[0] + 1 : numbers[0] + 4]}
        marked = bool(near & _BOTH or {"in", "all"} <= near)
        known = costs.own.get(slot)
        if (marked or (known is not None and theirs and known + theirs == values[0])) and _left(values[0], slot, costs) is not None:
            return _Item(start, _behind(parts, numbers[0]), slot, None, values[0]), marked
    return None, False


def _left(total: int, slot: str, costs: Costs) -> int | None:
    """What of a sum the speaker pays."""
    left = total - costs.theirs[slot]
    return left if 0 <= left <= TOP and costs.own.get(slot, left) == left else None


def _is_bare(parts: Sequence[Part]) -> bool:
    words = {part.text for part in parts if part.number is None}
    return not words & (_ME | _YOU | {"costs", "cost", "+", "for"}) and sum(part.number is not None for part in parts) == 1


def _behind(parts: Sequence[Part], last: int) -> int:
    """Where a sum ends, with the words behind its number that only say that it is one."""
    opened = sum((part.text == "(") - (part.text == ")") for part in parts[:last])
    place = last
    while place + 1 < len(parts):
        word = parts[place + 1].text
        if not (word in _UNITS or word in _BEHIND or (word in ")]" and opened > 0)):
            break
        opened -= word in ")]"
        place += 1
    return parts[place].end


def _without_slots(text: str, costs: Costs) -> str:
    """ "Right, 4 and 3 make 7. Sunday at 19:00.": of the slot that is spoken of and costs just so much."""
    found = _EXPRESSION.search(text)
    if not found:
        return text
    one, two, total = (_value(found[name]) for name in ("one", "two", "sum"))
    if one + two != total:
        return text
    here: list[str] = []
    day = ""
    for when in _WHEN.finditer(text):
        day = (when["day"] or when["on"] or day)[:3].title()
        here += filter(None, [_slot_at(when, day, costs.slots)])
    for group in (here, *costs.likely):
        fits = {slot for slot in group if slot in costs.theirs and _fits(slot, one, two, costs)}
        if len(fits) == 1:
            (slot,) = fits
            begin = max((stop.end() for stop in _END.finditer(text, 0, found.start())), default=0)
            opening = _OPENING.match(text[begin : found.start()])
            lead = text[: begin + opening.end()].rstrip(" ,:–—-!") + ". " if opening else text[:begin] + " "
            rest = text[begin + opening.end() if opening else begin : found.start()]
            return f"{lead}{slot} costs me {total - costs.theirs[slot]}; {rest}that{text[found.end() :]}"
    return text


def _fits(slot: str, one: int, two: int, costs: Costs) -> bool:
    theirs = costs.theirs[slot]
    own = costs.own.get(slot)
    return {own, theirs} == {one, two} if own is not None else theirs in (one, two) and max(one, two) <= TOP


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else _WORDS[text.lower()]
