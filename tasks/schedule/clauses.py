"""Which of the slots that a sentence names get which of its statuses and costs.

A sentence is cut into pieces at commas and conjunctions. Within a piece a value stands behind its slots ("Tue 10 and Wed 14 cost me 3")
or in
front of them ("3 for Tue 10"), as the piece's first word of either kind tells. A status without slots waits for those of the next pieces
("Out for me: Tue 10, Wed 14"), and slots without one wait for the next status.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from tasks.schedule.calendars import NEVER, POSSIBLE, Cell
from tasks.schedule.lexicon import Token, count_of, day_of
from tasks.schedule.pieces import before_total, costs_nothing, is_reply, merged, negated, opens_with_total, own_half
from tasks.schedule.rows import aligned, without_exceptions


class Said(NamedTuple):
    """What a sentence may refer to: the speaker's stances so far, the slots of this turn, those the turn before was about (or asked
    for)."""

    slots: tuple[str, ...]
    known: Mapping[str, Cell]
    mentioned: tuple[str, ...]
    focus: tuple[str, ...]
    head: Cell | None
    asked: bool
    latest: tuple[str, ...] = ()
    """Those of the sentence before."""
    scope: tuple[str, ...] = ()
    """Those that the sentence is about alone: "of your six"."""
    offered: tuple[str, ...] = ()
    """Those of the last sentence of the turn before that had any, but for what its speaker ruled out."""


@dataclass(slots=True)
class Stated:
    """Stances in order, how many slots the speaker can make, and a status that still waits for slots."""

    cells: list[tuple[tuple[str, ...], Cell]] = field(default_factory=list)
    number: int | None = None
    head: Cell | None = None
    rest: tuple[str, ...] = ()
    """Slots that are ruled out without being named."""


Group = tuple[str, ...]
_NUMBERED = 1
_THOSE = ("those", "these", "them", "yours", "your")
_POSSIBLE = ("possible", "feasible", "available", "workable", "free", "open", "doable", "viable")


class _Sentence:
    """Goes through the pieces of one sentence."""

    def __init__(self, context: Said) -> None:
        self.context, self.stated = context, Stated(head=context.head)
        self.pending: list[Group] = []
        self.last: list[Group] = []
        self.cell: Cell | None = None
        self.only = self.skips = self.summed = self.ends_only = False
        self.excepted: list[str] = []
        self.within: Group = ()
        """The slots of the days that stand over what is the only thing possible: "Weekends are difficult: only Sat 19:00"."""
        self.whole: set[Group] = set()
        self.of_those = False
        """Whether it is only the slots spoken of before that the sentence is about."""
        self.exact: set[str] = set()
        """All slots that it names with their times."""
        self.answers = False
        """Whether these are among those asked for, so that "Fri no" is said of the one on that day."""

    def assign(self, groups: Sequence[Group], cell: Cell, each: bool = False) -> None:
        """A number said of a day is a cost of each of its slots only where it says so."""
        for named in groups:
            group = named
            if group in self.whole and len(group) > 1 and not each and cell not in (NEVER, POSSIBLE):
                # "I'd lose 6 on Thursday", where one slot of that day is spoken of
                group = tuple({*self.context.mentioned, *self.context.focus, *self.context.latest}.intersection(group))
                if len(group) != 1:
                    continue
            if cell == POSSIBLE and any(slots == group and old < cell for slots, old in self.stated.cells):
                continue  # "Tue 10 at 3, Wed 14 at 4, both possible"
            self.stated.cells = [(slots, old) for slots, old in self.stated.cells if slots != group]
            self.stated.cells.append((group, cell))
        self.last, self.cell = list(groups), cell

    def group(self, token: Token) -> Group:
        group = token.slots
        if token.number == _NUMBERED:
            if self.answers and not token.text.endswith("s") and (asked := tuple(s for s in group if s in self.context.focus)):
                return asked
            self.whole.add(group)
        return group

    def rest(self, named: Sequence[str] = ()) -> Group:
        """Every slot of which the speaker has said nothing."""
        here = {slot for slots, _ in self.stated.cells for slot in slots}.union(named, self.excepted, self.context.latest, self.exact)
        slots = self.context.scope or (self.context.focus if self.of_those and self.context.focus else self.context.slots)
        return tuple(slot for slot in slots if slot not in self.context.known and slot not in here)

    def others(self, text: str, group: Group) -> Group:
        """Of the ``group`` left over, those that "the others" are: of a day that is named, or of the list that the speaker answers."""
        if days := {day for word in text.split() if (day := day_of(word))}:
            return tuple(slot for slot in self.context.slots if slot[:3] in days and slot in group)
        here = {slot[:3] for slots, _ in self.stated.cells for slot in slots}
        left = tuple(slot for slot in self.context.slots if slot[:3] in here and slot in group)
        count = count_of(text)
        if count == len(left):
            return left  # "Friday: 17:30 is 2, 20:30 is 6, the other two are out"
        if count > 0:
            rows = (self.context.scope, self.context.focus, group)
            return next((some for row in rows if len(some := tuple(slot for slot in row if slot in group)) == count), ())
        if self.summed:
            return tuple(slot for slot in self.context.focus if slot in group)
        named = {slot for slots, _ in self.stated.cells for slot in slots}.union(self.context.mentioned, self.exact)
        if not named and not self.context.known and self.context.focus:
            return ()  # "The others are out; Tue 10 costs me 3" begins with what is not clear yet
        answered = named.intersection(self.context.focus)
        if answered and not text.startswith(("all", "every", "any")) and ("other" in text or named <= set(self.context.focus)):
            return tuple(slot for slot in self.context.focus if slot in group)
        return group

    def piece(self, part: list[Token]) -> None:
        part = before_total(part)
        kinds = {token.kind for token in part}
        if self.context.focus and not self.of_those:
            self.of_those = any(one.text == "of" and two.text in _THOSE for one, two in pairwise(part))
        if "TOTAL" in kinds or ("WE" in kinds and "ME" not in kinds):
            self.pending, self.last, self.skips, self.summed = [], [], True, "TOTAL" in kinds
            return
        priced = "VALUE" in kinds and any(token.kind == "VALUE" and token.number >= 0 for token in part)
        if "SLOT" in kinds and not priced and any(one.text == "your" and two.kind == "SLOT" for one, two in pairwise(part)):
            part = [token for token in part if token.text != "your"]  # "Your Sat 14 is out": the slot is the other's, the status is not
            kinds = {token.kind for token in part}
        if self.summed and part[0].kind == "ELSE" and any(token.kind == "VALUE" and token.cell == NEVER for token in part):
            self.skips = False  # "Wed 14:30 sums to 9, others impossible"
        if "YOU" in kinds or (self.skips and not kinds & {"ME"}):
            half = own_half(part) if "ME" in kinds else []
            part = half if "VALUE" not in kinds or any(token.kind == "VALUE" for token in half) else []
            self.skips = not part
            if not part:
                self.pending, self.stated.head = [], None
                return
        else:
            self.skips = False
        self.only = self.only or ("ONLY" in kinds and self.is_only(part))
        row = [token for token in negated(part) if token.kind in ("SLOT", "VALUE", "ELSE")]
        each = "ALL" in kinds
        slots = [token for token in row if token.kind != "VALUE"]
        values = [token for token in row if token.kind == "VALUE"]
        if not slots:
            self.values_only(values, part, each)
        elif not values:
            self.slots_only([self.meant(token, slots) for token in slots], part)
        else:
            self.both(row, slots, each)

    def meant(self, token: Token, slots: Sequence[Token]) -> Group:
        if token.kind == "ELSE":
            group = self.rest([slot for other in slots if other.kind == "SLOT" for slot in other.slots])
            group = self.others(token.text, group)
            self.whole.discard(group)
            self.stated.rest = group
            return group
        return self.group(token)

    def values_only(self, values: Sequence[Token], part: Sequence[Token], each: bool) -> None:
        if not values:
            return
        cell = merged(values)
        kinds = {token.kind for token in part}
        context = self.context
        if self.pending:
            groups, self.pending = self.pending, []
            self.assign(groups, cell, each or len(groups) > 1)
        elif self.last and (self.cell == POSSIBLE or self.cell is None) and cell <= POSSIBLE and (values[0].number >= 0 or len(cell) == 1):
            self.assign(self.last[-1:] if not each else self.last, cell, each)
        elif not self.last and not context.mentioned and self.is_of_all(kinds, part, each):
            self.assign([(slot,) for slot in context.focus if slot not in self.excepted], cell, each=True)
        elif not self.last and ("IT" in kinds or ("ME" in kinds and values[0].number >= 0)) and len(set(context.latest)) == 1:
            self.assign([context.latest[:1]], cell)
        elif not self.last and not context.mentioned and len(context.offered) == 1 and is_reply(part):
            self.assign([context.offered], cell)
        elif values[0].number < 0 or len(values) == 1:
            self.stated.head = cell

    def is_of_all(self, kinds: set[str], part: Sequence[Token], each: bool) -> bool:
        """Whether a value without slots is of all that the turn before was about."""
        if any(token.text == "both" for token in part) and len(self.context.focus) != 2:
            return False
        if not self.context.focus or not (self.context.asked or kinds & {"IT"} or each):
            return False
        return len(self.context.focus) == 1 or each or any(token.text in ("those", "these", "them") for token in part)

    def slots_only(self, groups: list[Group], part: Sequence[Token]) -> None:
        if self.stated.head is not None:
            self.assign(groups, self.stated.head)
        elif self.last and self.cell is not None and any(token.kind == "SAME" for token in part):
            self.assign(groups, self.cell)
        else:
            self.pending += groups

    def both(self, row: Sequence[Token], slots: Sequence[Token], each: bool) -> None:
        """Runs of slots and runs of values take turns; which way they bind depends on what the piece begins and ends with."""
        runs: list[tuple[bool, list[Group], Cell]] = []
        for token in row:
            is_value = token.kind == "VALUE"
            if not runs or runs[-1][0] != is_value or (is_value and not runs[-1][2] & token.cell):
                runs.append((is_value, [], token.cell))
            elif is_value:
                runs[-1] = (True, [], runs[-1][2] & token.cell)
            if not is_value:
                runs[-1][1].append(self.meant(token, slots))
        if not runs[0][0]:
            runs[0][1][:0] = self.pending
            self.pending = []
        head: Cell | None = None
        if runs[0][0] and runs[-1][0] and len(runs) > 2:
            head, runs = runs[0][2], runs[1:]
            self.backward(runs, head, each)
        elif runs[0][0]:
            self.forward(runs, each)
        else:
            self.backward(runs, None, each)

    def forward(self, runs: Sequence[tuple[bool, list[Group], Cell]], each: bool) -> None:
        """ "3 for Tue 10 and 0 for Wed 14"."""
        cell: Cell | None = None
        for is_value, groups, value in runs:
            if is_value:
                cell = value
            elif cell is not None:
                self.assign(groups, cell, each)
        self.stated.head = cell

    def backward(self, runs: Sequence[tuple[bool, list[Group], Cell]], head: Cell | None, each: bool) -> None:
        """ "Tue 10 is out, Wed 14 costs 3"; with a ``head`` in front ("I can do Tue 10 at 3") what is left without a value gets that."""
        waiting: list[Group] = []
        before: Cell | None = None
        for place, (is_value, groups, value) in enumerate(runs):
            if not is_value:
                if place == len(runs) - 1 and before is not None and groups != [self.stated.rest]:
                    self.assign(groups, before, each)
                waiting = groups
            elif waiting:
                mine = waiting[-1:] if head is not None and not head & value else waiting
                if head is not None and mine != waiting:
                    self.assign(waiting[:-1], head, each)
                self.assign(mine, value, each)
                waiting, before = [], value
            else:
                before = value
        self.stated.head = head

    def is_only(self, part: Sequence[Token]) -> bool:
        """Whether ``part`` says that nothing else is possible: "I can only make Tue 10", and not "only costs me 3"."""
        for place, token in enumerate(part):
            if token.kind == "ONLY":
                after = part[place + 1] if place + 1 < len(part) else None
                if after is None or not (after.kind == "VALUE" and after.number >= 0):
                    return not any(one.text in ("cost", "costs", "costing", "cheap", "question", "problem", "need") for one in part)
        return False

    def close(self) -> Stated:
        """What is left over at the end of the sentence."""
        if self.only and self.stated.cells:
            said = [slot for slots, cell in self.stated.cells for slot in slots if cell != NEVER]
            others_said = [slot for slot, cell in self.context.known.items() if cell != NEVER and slot not in said]
            others_said = [slot for slot in others_said if slot in self.context.scope] if self.context.scope else others_said
            days = {slot[:3] for slot in said}
            if said and (not others_said or (self.ends_only and len(days) == 1)):
                focus = self.context.focus
                within = self.within or (focus if len(focus) > 1 and set(said) <= set(focus) else self.context.slots)
                self.stated.rest = tuple(s for s in self.rest() if s in within and (not others_said or s[:3] in days))
                self.stated.cells.append((self.stated.rest, NEVER))
        if self.pending and self.stated.head is not None:
            self.assign(self.pending, self.stated.head)
        named = {slot for slots, _ in self.stated.cells if slots not in self.whole for slot in slots}
        if any(named.intersection(slots) for slots, _ in self.stated.cells if slots in self.whole and len(slots) > 1):
            # "Fridays are bad: 11:30 is a no and 17:30 costs me 9": what is said of a slot goes before what is said of its day.
            self.stated.cells = [
                (tuple(s for s in slots if s not in named) if slots in self.whole and len(slots) > 1 else slots, cell)
                for slots, cell in self.stated.cells
            ]
        return self.stated


def _number_of_all(found: Sequence[Token]) -> int | None:
    """How many slots its speaker can make at all, if a sentence says this and names none."""
    count = next((token for token in found if token.kind == "COUNT"), None)
    if count is None:
        return None
    kinds = {token.kind for token in found}
    only = kinds & {"ONLY", "TOTAL"} or any(token.text in ("all", "exactly") for token in found)
    can = any(token.kind == "VALUE" and token.cell == POSSIBLE for token in found) or any(one in count.text for one in _POSSIBLE)
    return count.number if "SLOT" not in kinds and only and can and "ME" in kinds and "YOU" not in kinds else None


_NAMES = frozenset(("SLOT", "ELSE", "NOELSE", "COUNT"))
_STATES = _NAMES | {"VALUE"}
"""Kinds of tokens without one of which nothing is stated; a value alone says something of slots that were spoken of."""


def said(found: Sequence[Token], context: Said) -> Stated:
    """What the ``found`` tokens of one sentence state of the speaker's calendar."""
    states = _STATES if context.mentioned or context.focus or context.latest or context.offered else _NAMES
    if context.head is None and states.isdisjoint({token.kind for token in found}) and not (found and found[-1].text == ":"):
        return Stated()
    found, excepted = without_exceptions(found)
    found, priced = aligned(found, context.latest)
    sentence = _Sentence(context)
    sentence.excepted = [slot for slot, _ in excepted]
    sentence.exact = {slot for token in found if token.kind == "SLOT" and not token.number for slot in token.slots}
    sentence.answers = bool(sentence.exact) and sentence.exact <= set(context.focus) and not any(token.kind == "ALL" for token in found)
    first = next((place for place, token in enumerate(found) if token.kind == "ONLY"), 0)
    sentence.within = tuple(slot for token in found[:first] if token.kind == "SLOT" and token.number for slot in token.slots)
    sentence.ends_only = found[-1:] != [] and found[-1].kind == "ONLY"
    part: list[Token] = []
    if (number := _number_of_all(found)) is not None:
        return Stated(number=number)
    if opens_with_total(found):
        return Stated()
    for token in [*found, Token("COMMA", "")]:
        if token.kind == "NOELSE" and part and part[-1].kind == "LINK":
            sentence.piece(part)
            part = []
        if token.kind == "COMMA":
            if part:
                sentence.piece(part)
            part = []
        else:
            part.append(token)
    stated = sentence.close()
    if costs_nothing(found):  # "I can do Tue 10, Wed 14 and Thu 9 for free"
        stated.cells = [(slots, frozenset((0,)) if cell == POSSIBLE else cell) for slots, cell in stated.cells]
    never = any(cell == NEVER for _, cell in stated.cells)
    otherwise = (POSSIBLE if never else NEVER) if stated.cells else None
    stated.cells += [((slot,), meant) for slot, cell in excepted if (meant := cell or otherwise)]
    if priced:
        stated.cells = [(slots, cell) for slots, cell in stated.cells if not any(slot in slots for slot, _ in priced)]
        stated.cells += [((slot,), cell) for slot, cell in priced if cell]
    return stated
