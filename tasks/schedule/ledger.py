"""What a talk about slots has told so far: stances and claims, and what follows for the slots that a speaker leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from benchmark.vocabulary import Claim, Seat
from tasks.schedule.calendars import ANYTHING, NEVER, POSSIBLE_SLOTS, Cell, priced
from tasks.schedule.closings import Closing
from tasks.schedule.shares import Costs
from tasks.schedule.worlds import COST, OUT

ANSWER = ("answer",)


class Ledger:
    """Keeps what was told, turn by turn."""

    def __init__(self, slots: tuple[str, ...], seats: Sequence[Seat]) -> None:
        self.slots, self.seats = slots, tuple(seats)
        self.claims: dict[Claim, None] = {}
        self.known: dict[Seat, dict[str, Cell]] = {seat: {} for seat in seats}
        self.recent: tuple[str, ...] = ()
        """The slots that the turn before was about."""
        self.stamp: tuple[Seat, int] = ("", -1)
        self.corrects = False
        self.mentioned: list[str] = []

    def costs(self, offered: Sequence[str]) -> Costs:
        """What slots cost the speaker, and those whom they talk to; ``offered`` are those spoken of last."""
        theirs = {slot: cost for seat in self.seats if seat != self.stamp[0] for slot, cost in priced(self.known[seat]).items()}
        proposed = next(([claim.value] for claim in reversed(self.claims) if claim.kind == "propose" and claim.value), [])
        return Costs(self.slots, theirs, priced(self.known.get(self.stamp[0], {})), len(self.seats) == 2, (proposed, offered))

    def added_up(self) -> dict[str, int]:
        """What the slots that this turn has named cost the two together."""
        costs = self.costs(())
        return {slot: costs.own[slot] + costs.theirs[slot] for slot in self.mentioned if slot in costs.own and slot in costs.theirs}

    def has_proposed(self) -> bool:
        """Whether this turn has named a slot for all."""
        return any(claim.kind == "propose" and claim.value and (claim.seat, claim.turn) == self.stamp for claim in self.claims)

    def say(self, kind: str, slot: tuple[str, ...], value: Any = None) -> None:
        self.claims.setdefault(Claim(kind, slot, value, *self.stamp))

    def cell(self, slot: str, cell: Cell, own: bool = False) -> None:
        """Takes down that the speaker's stance on ``slot`` is one of ``cell``, said of themselves by name if ``own``."""
        seat = self.stamp[0]
        about = (COST, seat, slot)
        before = self.known.get(seat, {}).get(slot, ANYTHING)
        if before < cell:
            return  # nothing new: "Tue 10 looks good", where its cost is known
        if not (self.corrects or own) and len(before) == len(cell) == 1 and OUT not in before | cell and max(cell) > max(before):
            return  # whoever has told a cost and then says a higher figure, not as their own, has added that of others
        if self.corrects and slot in self.known.get(seat, {}):
            self.claims = {c: None for c in self.claims if c.slot != about or c.kind not in ("affirm", "exclude") or c.value in cell}
        self.known.setdefault(seat, {})[slot] = cell
        if len(cell) == 1:
            self.say("affirm", about, next(iter(cell)))
        else:
            for value in sorted(ANYTHING - cell, key=str):
                self.say("exclude", about, value)

    def rule_out_the_rest(self, closes: Closing) -> None:
        """Takes down that a speaker has named all that they can make, unless it does not add up."""
        own = self.known.get(self.stamp[0], {})
        able = [slot for slot, cell in own.items() if OUT not in cell]
        here = [slot for slot in able if slot in self.mentioned]
        if not able or (closes.beside and len(here) < (1 if closes.last else 2)):
            return
        if closes.number is not None and closes.number != len(here if closes.last else able):
            return
        # A reply closes what it makes of the other's list: "I can do Tue 10 and Wed 14, nothing else".
        replies = closes.beside and set(here) <= set(self.recent)
        if closes.number is not None and not closes.last and not replies:
            self.say("count", (POSSIBLE_SLOTS, self.stamp[0]), closes.number)
            if closes.beside:
                return  # the rest follows
        for slot in self.recent if replies else self.slots:
            if slot not in own or not (replies or OUT not in own[slot] or closes.beside):
                self.cell(slot, NEVER)

    def rule_out_theirs(self, of_all: bool, here: Sequence[str]) -> None:
        """Takes down that of what the other has named, or has just named, the speaker can make what they name ``here`` and no more."""
        own = self.known.get(self.stamp[0], {})
        theirs = [slot for seat in self.seats if seat != self.stamp[0] for slot, cell in self.known[seat].items() if OUT not in cell]
        if not any(OUT not in own.get(slot, NEVER) for slot in self.mentioned) or (of_all and len(self.seats) != 2):
            return
        for slot in theirs if of_all else self.recent:
            if slot not in own and slot not in here:
                self.cell(slot, NEVER)

    def standing(self) -> Iterator[str]:
        """The slots that may still be meant: those of this turn, or else of the one before, that nobody has ruled out."""
        some = self.mentioned or [*self.recent, *(c.value for c in self.claims if c.kind == "propose" and c.value)]
        yield from (slot for slot in some if all(OUT not in known.get(slot, ()) for known in self.known.values()))
