"""Sums that are spoken of: "Tue 10 costs me 3, so 7 together; Wed 14 makes 8, Thu 9 only 6", "4 and 3 make 7".

Which number is a cost and which a sum is settled by adding up: a second number behind a slot is the sum where it is the first and what
the slot costs the other. What is left of a sum once that is taken away is what the slot costs the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from tasks.schedule.asides import RUNNER_UP, ranks_sums, runners_up_first
from tasks.schedule.shares import DAY, END, SENTENCE_END, WORDS, Costs, named, without_slots
from tasks.schedule.worlds import TOP

_PART = re.compile(r"\s*(?:(?P<number>\d{1,2}(?!\d|:\d|\.\d))|(?P<word>[a-z']+)|(?P<sign>->|=>|[^\w\s]))", re.IGNORECASE)
_ADDS = frozenset("makes make making gives give giving comes come coming adds add adding sums sum total totals totalling totaling".split())
_ADDS |= frozenset("together combined altogether jointly joint overall yields amounts".split())
_BOTH = _ADDS | frozenset("us our we between -> => →".split())
_BEHIND = frozenset(
    "joint summed together combined altogether total sum overall jointly all told in for us both of the two between".split()
)
_ME = frozenset("me my mine i i'd i'll i'm".split())
_YOU = frozenset("you your yours you're you'd".split())
_GLUE = frozenset(
    """so and that that's thats which is are it it's its be would will costs cost costing for from with at has have get gets got in of to on
    all both only just then now too also yes hence therefore thus side end plus pay pays lose share part the a an best lowest up
    hour hours h hrs mile miles mi euro euros favour favours favor favors point points pt pts again even still right
    confirmed agreed settled fixed chosen wins stays works fine good ok okay shared possible sure there each""".split()
)
_UNITS = frozenset("hour hours h hrs mile miles mi euro euros favour favours favor favors point points pt pts".split())
_SIGNS = frozenset(",;:=()[]+&–—-€~*")

_LEADS = re.compile(
    r"(?:\b(?:so|then|hence|therefore|thus|agreed|deal|yes|let's \w+|take|book|say|go (?:with|for)|best|cheapest|propose)\b|=>|->|→)"
    r"[\s:,is]*$",
    re.IGNORECASE,
)
"""Before a slot that is proposed: its sum in brackets does not keep it from being so."""
_OUT_BEHIND = re.compile(
    rf"(?:\s*[,;]\s*(?:and |but |while )?|\s+(?:and|but|while) )(?=(?:the )?{DAY}[^.!?;\n\d]*\d[^.!?;\n()=+]*\b(?:out"
    rf"|impossible|not|no|can't|cannot|blocked|busy|taken|x)\b"
    rf"|(?:i (?:can't|cannot)|not|no) [^.!?;\n]*{DAY})",
    re.IGNORECASE,
)
""" "Tue 10 comes to 7, Wed 14 is out": what stands behind a sum and is none says something for itself."""
_JOINS = re.compile(r"(?:\s*[,:&]|\s+(?:and|but|while|then|vs|versus)|\s*[–—-])*\s*$", re.IGNORECASE)
_SPEAKS_OF_SUMS = re.compile(rf"\d|\b(?:{'|'.join(sorted(_ADDS - {'make', 'give', 'come'}))})\b", re.IGNORECASE)
_LOWEST = re.compile(
    r"\b(?:lowest|cheapest|least|smallest|best) (?:together|totals?|sums?|combined|overall|joint|in all|for us|for both(?: of us)?)"
    r"(?: (?:is|are|would be)|:)?\s*$",
    re.IGNORECASE,
)
_COST_BEFORE = re.compile(r"(?<![\d:+])\b(?P<cost>\d) (?:for|on|at) $")
_PAIR = re.compile(r"\s*(?:and|&|/|,)\s*")
_AGREES = re.compile(r"\b(?P<yes>agreed|yes|right|exactly|indeed|true|correct|ok(?:ay)?)\s*[:,–—-]\s*$", re.IGNORECASE)
_ALL_SUMS = re.compile(
    r"(?:(?:^|[.!?;\n]|\bsums?|\btotals?|\btogether|\badded)\s*with (?:mine|my \w+)"
    r"|\b(?:adding|plus|including|incl\.?|counting) (?:mine|yours|my \w+|your \w+|both))(?: (?:added|included|in|too))*\s*[:=]"
    r"|\b(?:lowest|best|cheapest|least|smallest|our|joint) (?:\w+ )?(?:together|totals?|sums?|combined|overall|joint|in all)\b"
    r"|(?<=\d )(?:each )?(?:with|plus|adding|including|incl\.) mine\b"
    r"|\b(?:sums?|totals?) (?:are )?in (?:brackets|parenthes[ei]s|parens)\b|\((?:as |all )?(?:sums?|totals?|together|combined|joint\w*)\)"
    r"|[,–—-] (?:all )?(?:as )?(?:sums|totals|summed|added up|combined)\W*$"
    r"|\b(?:mine|yours|my (?:costs?|side|part)|your (?:costs?|side|part)) (?:added|included|counted in)\b",
    re.IGNORECASE | re.MULTILINE,
)
""" "Tue 10 (7), Wed 14 (8), sums in brackets"."""
_FORWARD = re.compile(
    rf"(?<![:\d])\b(?P<sum>\d{{1,2}})(?P<mark> (?:together|in (?:all|total|sum)|altogether|combined|total|for (?:us|both)(?: of us)?))?"
    rf" (?:for|on|at|with|by) (?P<slot>{DAY}[a-z]{{0,6}},? (?:at )?\d{{1,2}}(?::\d\d)?\b|\d{{1,2}}:\d\d)(?! ?[=(])",
    re.IGNORECASE,
)
""" "7 together for Tue 10, 8 for Wed 14"."""
_SO_FAR = re.compile(r"\b(?:so far|for now|until now|up to now|yet)\b[^.!?\n]*$", re.IGNORECASE)
_CONFIRMS = re.compile(
    r"[\s,:–—-]*(?:(?:is |it is |then )?(?:confirmed|agreed|settled|fixed|chosen)|(?:still |then )?wins|it is|(?:is"
    r"|stays) (?:the |our )?best)\b"
    r"(?! (?:for|from) (?:me|you))",
    re.IGNORECASE,
)


_SENTENCES = re.compile(r"[^.!?\n]+")


class Part(NamedTuple):
    text: str
    number: int | None
    end: int


class _Item(NamedTuple):
    """What a slot is said to cost its speaker, or (``sum``) both; where this begins and ends in the text."""

    start: int
    end: int
    slot: str
    cost: int | None
    sum: int
    bare: bool = False
    lead: bool = False
    """Whether the slot is agreed to before its numbers come."""
    shares: bool = False
    """Whether each number is said to be of one of the two, and none to be a sum."""


def in_full(text: str, costs: Costs) -> str:
    """``text`` with "Tue 10:00 costs me 3" or "Tue 10:00 totals 8" wherever a sum is spoken of."""
    if not (costs.theirs and costs.of_two):
        return text
    text = _SENTENCES.sub(_forward, runners_up_first(text))
    done, end = "", 0
    items = list(_Scan(text, costs).items())
    if len(items) == 1 and items[0].shares:
        items = []  # "So Tue 10: me 3, you 2" proposes it
    several, best = sum(item.cost is None for item in items) > 1, -1
    for item in items:
        before = _AGREES.sub(r"\g<yes>. ", text[end : item.start]) if several else text[end : item.start]
        if end:
            before = _OUT_BEHIND.sub("; ", before, count=1) if _OUT_BEHIND.match(before) else before
            before = "; " if item.cost is None and item.sum >= best >= 0 and _JOINS.fullmatch(before) else before
        best = item.sum
        done += before
        told = f"{item.slot} totals {item.sum}" if item.cost is None else f"{item.slot} costs me {item.cost}"
        if item.lead or ((item.bare or item.cost is None) and (_LEADS if item.cost is not None else _LOWEST).search(before)):
            lead = max((stop.end() for stop in END.finditer(done)), default=0)
            done = f"{done[:lead]} {told}; {done[lead:].lstrip()}{item.slot}{' confirmed' * item.lead}"
        else:
            done = _apart(done) + told
        end = item.end
    rest = text[end:]
    return without_slots(done + (_OUT_BEHIND.sub("; ", rest, count=1) if end and _OUT_BEHIND.match(rest) else rest), costs)


def _forward(sentence: re.Match[str]) -> str:
    """A sentence with the sums behind their slots, if it says that it is of sums."""
    found = list(_FORWARD.finditer(sentence.group()))
    if not found or not (found[0]["mark"] or _ALL_SUMS.search(sentence.group())):
        return sentence.group()
    return _FORWARD.sub(r"\g<slot> totals \g<sum>", sentence.group())


def _apart(before: str) -> str:
    """A sum is a sentence of its own, whatever stands ``before`` it."""
    before = RUNNER_UP.sub("; ", before)
    begun = before[max((stop.end() for stop in END.finditer(before)), default=0) :]
    return _JOINS.sub("; ", before, count=1) if _SPEAKS_OF_SUMS.search(begun) else before


class _Scan:
    """Goes through the slots of a text and says which of them have numbers that tell of sums."""

    def __init__(self, text: str, costs: Costs) -> None:
        self.text, self.costs, self.row = text, costs, named(text, costs.slots)
        self.ranked = ranks_sums(text)
        self.own = dict(costs.own)
        """What the slots cost the speaker, by this turn too."""
        self.best, self.marked, self.headed, self.until = -1, False, False, 0

    def items(self) -> Iterator[_Item]:
        for place, (when, slot) in enumerate(self.row):
            if slot is None or slot not in self.costs.theirs:
                continue
            parts, numbers = self.tail(place)
            if when.start() >= self.until:
                until = _stop(self.text, when.end())
                self.headed, self.until = bool(_ALL_SUMS.search(self.text, self.until, until)) or self.ranked, until
            if slot in self.own and any(part.text == "wins" for part in parts) and _SO_FAR.search(self.text, 0, when.start()):
                continue
            item, certain = _item(when.start(), slot, parts, numbers, replace(self.costs, own=self.own))
            item = self.bare(place, slot, parts, numbers, self.paid_before(place, slot, item, parts, numbers))
            if item is None and len(numbers) > 1 and (self.headed or any(part.text in _ADDS for part in parts)):
                yield from _row(self.row[: place + 1], self.text, [parts[at] for at in numbers], self.costs)
            if item is not None:
                self.own.setdefault(slot, item.sum - self.costs.theirs[slot])
                self.best, self.marked = item.sum if self.best < 0 else min(self.best, item.sum), self.marked or certain
                yield item._replace(lead=_CONFIRMS.match(self.text, when.end(), item.end) is not None)

    def tail(self, place: int) -> tuple[list[Part], list[int]]:
        """What stands behind a slot, and where in it are numbers."""
        start, stop = self.row[place][0].end(), self.row[place + 1][0].start() if place + 1 < len(self.row) else len(self.text)
        ahead = _COST_BEFORE.search(self.text, start, stop)
        if ahead and re.search(r"\d|(?:[,;.]|\band)\s*$", self.text[start : ahead.start()]):
            stop = ahead.start()  # "Tue 10 (7), 5 on Thu 16"
        parts = list(_parts(self.text, start, stop))
        return parts, [at for at, part in enumerate(parts) if part.number is not None][:3]

    def paid_before(self, place: int, slot: str, item: _Item | None, parts: Sequence[Part], numbers: Sequence[int]) -> _Item | None:
        """ "5 on Thu 16 (9)": what the speaker pays may stand in front of the slot."""
        start = self.row[place - 1][0].end() if place else 0
        lead = _COST_BEFORE.search(self.text, start, self.row[place][0].start())
        if lead is None or len(numbers) != 1 or (item is not None and item.cost is not None):
            return item
        cost, total = int(lead["cost"]), parts[numbers[0]].number or 0
        return _Item(lead.start(), _behind(parts, numbers[0]), slot, cost, total) if total - self.costs.theirs[slot] == cost else item

    def bare(self, place: int, slot: str, parts: Sequence[Part], numbers: Sequence[int], item: _Item | None) -> _Item | None:
        """A number alone is a sum behind others, or under a heading of sums."""
        when = self.row[place][0]
        if item is not None or len(numbers) != 1 or (place and _PAIR.fullmatch(self.text, self.row[place - 1][0].end(), when.start())):
            return item
        number = parts[numbers[0]].number or 0
        if self.best < 0 and not self.headed:
            self.own.setdefault(slot, number)
            return None
        follows = _is_bare(parts[: numbers[0] + 2]) and (self.marked or self.headed or number > self.best)
        if not follows or _left(number, slot, self.costs) is None:
            return None
        return _Item(when.start(), _behind(parts, numbers[0]), slot, None, number)


def _row(row: Sequence[tuple[re.Match[str], str | None]], text: str, numbers: Sequence[Part], costs: Costs) -> Iterator[_Item]:
    """ "Tue 10, Thu 16: 7 and 12 with mine": a row of sums behind a row of as many slots."""
    row = row[-len(numbers) :]
    together = len(row) == len(numbers) and all(_PAIR.fullmatch(text, a.end(), b.start()) for (a, _), (b, _) in pairwise(row))
    for (when, slot), part in zip(row, numbers, strict=False):
        if not together or slot is None or slot not in costs.theirs or _left(part.number or 0, slot, costs) is None:
            return
        yield _Item(when.start(), part.end if when is row[-1][0] else when.end(), slot, None, part.number or 0)


def _stop(text: str, place: int) -> int:
    """Where the sentence ends."""
    stop = SENTENCE_END.search(text, place)
    return stop.start() if stop else len(text)


def _parts(text: str, start: int, stop: int) -> Iterator[Part]:
    """Numbers, signs and words of sums behind a slot, up to what is none."""
    while start < stop and (part := _PART.match(text, start, stop)):
        word = part.group().strip().lower()
        number = int(part["number"]) if part["number"] else WORDS.get(word)
        if number is None and not (word in _GLUE or word in _BOTH or word in _ME or word in _YOU or word in _SIGNS):
            return
        yield Part(word, number, part.end())
        start = part.end()


class _Numbers(NamedTuple):
    """The numbers behind a slot, and the words before, between and behind them."""

    values: Sequence[int]
    words: Sequence[frozenset[str]]

    def whose(self, place: int) -> str:
        """Whether the number is said to be of "me" or "you"; the word behind it tells where none stands before it."""
        before, behind = self.words[place], self.words[place + 1]
        near = before if before & (_ME | _YOU) and not (place and before & {"for", "from", "mine", "yours"}) else behind
        return "me" if near & _ME and not near & _YOU else "you" if near & _YOU and not near & _ME else ""

    @property
    def shares(self) -> bool:
        return len(self.values) == 2 and {self.whose(0), self.whose(1)} == {"me", "you"}

    @property
    def mine(self) -> bool:
        return bool(_ME & (self.words[0] | self.words[1]))


def _item(start: int, slot: str, parts: Sequence[Part], numbers: Sequence[int], costs: Costs) -> tuple[_Item | None, bool]:
    """What the ``numbers`` among the ``parts`` behind a slot come to, and whether what follows is surely of sums too."""
    values = [parts[at].number or 0 for at in numbers]
    words = [frozenset(part.text for part in parts[at + 1 : to]) for at, to in zip([-1, *numbers], [*numbers, len(parts)], strict=True)]
    found, theirs = _Numbers(values, words), costs.theirs[slot]
    cost, last, certain = None, 0, False
    if len(values) == 3:
        cost, last, certain = _cost_of_three(found, theirs), 2, True
    if len(values) > 1 and cost is None:
        cost, last, certain = _cost_of_two(found, theirs), 1, False
    if cost is not None and 0 <= cost <= TOP:
        return _Item(
            start, _behind(parts, numbers[last]), slot, cost, cost + theirs, bare=certain or not found.mine, shares=found.shares
        ), certain
    if len(values) == 1 and not (words[0] | words[1]) & (_ME | _YOU):
        near = words[0] | {part.text for part in parts[numbers[0] + 1 : numbers[0] + 4]}
        marked = bool(near & _BOTH or {"in", "all"} <= near)
        known = costs.own.get(slot)
        if (marked or (known is not None and theirs and known + theirs == values[0])) and _left(values[0], slot, costs) is not None:
            return _Item(start, _behind(parts, numbers[0]), slot, None, values[0]), marked
    return None, False


def _cost_of_three(found: _Numbers, theirs: int) -> int | None:
    """ "3+4=7", "4 for me and 3 for you makes 7"."""
    one, two, total = found.values[:3]
    if one + total == two and total == theirs and found.words[1] & _BOTH and not found.words[2] & _ME:
        return one  # "costs me 4, making 7 with your 3"
    if one == two + total and found.words[2] & {"+", "plus", "and", "&"} and theirs in (two, total):
        return one - theirs  # "7 (3+4)"
    joined = found.words[1] & {"+", "plus", "and", "&", ",", *_ME, *_YOU} and found.words[2] & {"=", "(", "so", ",", *_BOTH}
    return total - theirs if joined and one + two == total and theirs in (one, two) else None


def _cost_of_two(found: _Numbers, theirs: int) -> int | None:
    """ "costs me 3, so 7", "+3 = 7", "7 together, 3 of them mine", "3 for me, 4 for you", "3+4"."""
    one, two = found.values[:2]
    before, between, behind = found.words[:3]
    if before & {"+"} and between & {"=", *_BOTH}:
        return two - theirs if theirs in (one, two - one) else None
    if between <= {"+", "plus", "and"} and between & {"+", "plus"} and theirs in (one, two):
        return two if one == theirs else one
    owners = found.whose(0), found.whose(1)
    if owners in (("me", "you"), ("you", "me")):
        cost, other = (one, two) if owners[0] == "me" else (two, one)
        return cost if other == theirs else None
    if (before | between) & _YOU or (behind & _YOU and not between & _BOTH):
        return None
    if two - one == theirs and (between | behind) & {"so", "(", "=", "all", "that's", *_BOTH}:
        return one
    whole = before & _BOTH or between & _ADDS or {"in", "all"} <= between
    return two if one - two == theirs and (between & _ME or (whole and "(" in between)) else None


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
