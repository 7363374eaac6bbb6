"""What a sum says of no slot by name: "Right, 4 and 3 make 7", "my 3, your 4"; and which slots a text names, with what they cost so far."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmark.reading import number_word
from tasks.schedule.cues import Cued
from tasks.schedule.worlds import TOP

DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)"
_WHEN = re.compile(
    rf"\b(?:(?P<day>{DAY})[a-z]{{0,6}}\.?,? (?:at |the )?)?(?P<hour>\d{{1,2}}):(?P<minute>\d\d)\b"
    rf"|\b(?P<on>{DAY})[a-z]{{0,6}}\.?,? (?:at )?(?P<full>\d{{1,2}})\b(?! ?[ap]m)",
    re.IGNORECASE,
)
WORDS = {number_word(n): n for n in range(1, 2 * TOP + 1)} | {"zero": 0, "nothing": 0, "free": 0}
del WORDS["one"]  # as in "Tue 10 is the one"
_NUMBER = rf"(?:\d{{1,2}}(?!\d|:\d)|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
_BEFORE, _AFTER = r"(?:your |my |you |me |mine |yours )?", r"(?: (?:for|from) (?:me|you)| \(?(?:me|you|mine|yours)\)?)?"
_EXPRESSION = re.compile(
    rf"\(?(?<![\d:+])\b{_BEFORE}(?P<one>{_NUMBER}){_AFTER} ?(?:\+|&|plus\b|and\b)"
    rf" ?{_BEFORE}(?P<two>{_NUMBER}){_AFTER},? ?"
    r"(?:=|->|→|=>|(?:is|are|makes?|gives?|equals?|comes to|come to|adds? up to|sums? to|totals?)\b)(?: indeed| only| just)? ?"
    rf"(?P<sum>{_NUMBER})\b(?! ?[+\d])\)?(?: (?:in (?:all|total|sum)|together|altogether|total|combined|for us))*",
    re.IGNORECASE,
)
_MINE = r"(?:\b(?:my|mine|me|i pay|i lose|i have)(?: is|:)? {0}\b|\b{0} (?:for|from) me\b|\b{0} \(?(?:me|mine)\b\)?)"
_YOURS = r"(?:\b(?:your|yours|you|you pay|you lose|you have)(?: is|:)? {1}\b|\b{1} (?:for|from) you\b|\b{1} \(?(?:you|yours)\b\)?)"
_AND = r"\s*(?:,|;|/|\+|&|\band\b|\bplus\b|\bto\b)*\s*"


def _of(pattern: str, name: str) -> str:
    """``pattern`` with a group for each number in it."""
    places = iter(range(9))
    return re.sub(r"\{[01]\}", lambda _: rf"(?P<{name}{next(places)}>{_NUMBER})", pattern)


_SHARES = Cued(
    rf"(?<![\d:])(?:{_of(_MINE, 'one')}{_AND}{_of(_YOURS, 'two')}|{_of(_YOURS, 'other')}{_AND}{_of(_MINE, 'own')})(?! ?[+\d]|:\d)",
    "you yours",
    "my mine me i",
)
""" "My 3, your 4", "3 from me and 4 from you"."""
_PLUS = re.compile(rf"(?<![\d:+] )(?<![\d:+])\b(?P<one>{_NUMBER}) ?(?:\+|plus) ?(?P<two>{_NUMBER})\b(?! ?[+\d]|:\d)", re.IGNORECASE)
_NAMES: dict[re.Pattern[str] | Cued, tuple[tuple[str, ...], ...]] = {
    _EXPRESSION: (("one", "one"), ("two", "two")),
    _SHARES: tuple(tuple(f"{name}{place}" for name in names for place in range(3)) for names in (("one", "own"), ("two", "other"))),
    _PLUS: (("one", "one"), ("two", "two")),
}
_OPENING = re.compile(
    r"^\W*(?:(?:yes|yep|right|agreed|true|ok(?:ay)?|exactly|correct|indeed|deal|great|good|perfect)\b[\s,:!–—-]*)+", re.IGNORECASE
)
SENTENCE_END = re.compile(r"[.!?\n](?!\d)")
END = re.compile(r"[.!?\n;](?!\d)")


@dataclass(slots=True)
class Costs:
    """What the slots cost, as far as it has been told; ``likely`` are those that a sum without a slot may be of, in groups."""

    slots: tuple[str, ...]
    theirs: Mapping[str, int]
    own: Mapping[str, int]
    of_two: bool
    """Whether a sum is of no more than the two."""
    likely: tuple[Sequence[str], ...] = ()


def named(text: str, slots: Sequence[str]) -> list[tuple[re.Match[str], str | None]]:
    """Where ``text`` names a slot, and which one; a time without its day is of the day before it."""
    found, day = [], ""
    for when in _WHEN.finditer(text):
        day = (when["day"] or when["on"] or day)[:3].title()
        found.append((when, _slot_at(when, day, slots)))
    return found


def _slot_at(when: re.Match[str], day: str, slots: Sequence[str]) -> str | None:
    hour, minute = int(when["hour"] or when["full"]), when["minute"]
    some = [one for one in slots if one[:3] == day and int(one[4:6]) == hour and (minute is None or one[7:] == minute)]
    return some[0] if len(some) == 1 else None


def without_slots(text: str, costs: Costs) -> str:
    """ "Right, 4 and 3 make 7. Sunday at 19:00.": of the slot that is spoken of and costs just so much."""
    some = next(((pattern, found) for pattern in _NAMES if (found := pattern.search(text))), None)
    if not some:
        return text
    pattern, found = some
    one, two = (_value(next(number for number in found.group(*names) if number)) for names in _NAMES[pattern])
    if pattern is _EXPRESSION and one + two != _value(found["sum"]):
        return text
    start = max((stop.end() for stop in SENTENCE_END.finditer(text, 0, found.start())), default=0)
    stop = SENTENCE_END.search(text, found.end())
    end = stop.start() if stop else len(text)
    row = named(text, costs.slots)
    beside = [slot for when, slot in row if start <= when.start() < end]
    if beside and pattern is _SHARES:
        return text  # whose they are is said
    for group in ([slot for slot in beside if slot],) if beside else ([slot for _, slot in row if slot], *costs.likely):
        fits = {slot for slot in group if slot in costs.theirs and _fits(slot, one, two, costs, pattern is _SHARES, pattern is not _PLUS)}
        if len(fits) == 1:
            (slot,) = fits
            begin = max((stop.end() for stop in END.finditer(text, 0, found.start())), default=0)
            opening = _OPENING.match(text[begin : found.start()])
            lead = text[: begin + opening.end()].rstrip(" ,:–—-!") + ". " if opening else text[:begin] + " "
            rest = text[begin + opening.end() if opening else begin : found.start()]
            return f"{lead}{slot} costs me {one + two - costs.theirs[slot]}; {rest}that{text[found.end() :]}"
    return text


def _fits(slot: str, one: int, two: int, costs: Costs, ordered: bool, may_tell: bool = True) -> bool:
    """Whether a slot costs the two so much; the first number is the speaker's if they are ``ordered``."""
    theirs = costs.theirs[slot]
    own = costs.own.get(slot)
    if own is None and not may_tell:
        return False
    if ordered:
        return theirs == two and own in (one, None)
    return {own, theirs} == {one, two} if own is not None else theirs in (one, two) and max(one, two) <= TOP


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else WORDS[text.lower()]
