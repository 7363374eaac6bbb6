"""Joins days and times in usual spellings to the slots that they name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tasks.schedule.lexicon import PARTS, Token, day_of
from tasks.schedule.worlds import TOP


@lru_cache(maxsize=4096)
def _of(slots: tuple[str, ...], day: str) -> tuple[str, ...]:
    return tuple(slot for slot in slots if slot[:3] == day)


@lru_cache(maxsize=16384)
def _at(times: tuple[tuple[int, int], ...], slots: tuple[str, ...]) -> str | None:
    """The one of ``slots`` at the first of ``times`` that there is; an hour alone may mean any minute of it that is unique."""
    for hour, minute in times:
        exact = [slot for slot in slots if slot[4:] == f"{hour:02}:{max(minute, 0):02}"]
        near = [slot for slot in slots if minute < 0 and slot[4:6] == f"{hour:02}"]
        for found in (exact, near):
            if len(found) == 1:
                return found[0]
    return None


def _hours(number: int) -> tuple[tuple[int, int], ...]:
    return ((number, -1), (number + 12, -1)) if number < 12 else ((number, -1),)


class _Joiner:
    """Joins days and times; remembers the day that was spoken of last."""

    def __init__(self, found: Sequence[Token], slots: tuple[str, ...], day: str) -> None:
        self.found, self.slots, self.day, self.at = found, slots, day, 0
        self.done: list[Token] = []
        self.exact = False
        """Whether the latest time was said with its minutes, so that a bare number is none."""

    def of(self, day: str) -> tuple[str, ...]:
        return _of(self.slots, day)

    def skip(self, at: int, *kinds: str) -> int:
        while at < len(self.found) and self.found[at].kind in kinds:
            at += 1
        return at

    def kind(self, at: int) -> str:
        return self.found[at].kind if 0 <= at < len(self.found) else ""

    def emit(self, slots: Sequence[str | None], text: str, end: int, whole: bool = False) -> None:
        self.done.append(Token("SLOT", text, tuple(slot for slot in slots if slot), number=int(whole)))
        self.at = end

    def run(self) -> list[Token]:
        while self.at < len(self.found):
            token = self.found[self.at]
            if token.kind == "DAY":
                self.take_day(token)
            elif token.kind == "CLOCK":
                self.take_clock(token)
            elif token.kind == "PARTS" and self.kind(self.skip(self.at + 1, "ON")) != "DAY":
                low, high = next(hours for part, hours in PARTS.items() if part in token.text)
                self.emit([slot for slot in self.slots if low <= int(slot[4:6]) < high], token.text, self.at + 1, True)
            elif token.kind == "WEEKEND":
                self.emit([slot for slot in self.slots if slot[:3] in ("Sat", "Sun")], token.text, self.at + 1, True)
            elif token.kind == "EDGE" and self.kind(self.at + 1) == "DAY" and not self.has_time(self.at + 2):
                self.day = day_of(self.found[self.at + 1].text)
                edge = self.of(self.day)[:1] if token.text.startswith("early") else self.of(self.day)[-1:]
                self.emit(edge, token.text, self.at + 2)
            elif token.kind == "NUM" and self.is_hour(token):
                self.emit([_at(_hours(token.number), self.of(self.day))], token.text, self.at + 1)
            else:
                self.done.append(token)
                self.at += 1
        return self.done

    def has_time(self, at: int) -> bool:
        return self.kind(self.skip(at, "AT")) in ("CLOCK", "NUM")

    def take_day(self, token: Token) -> None:
        self.day = day_of(token.text)
        of_day = self.of(self.day)
        at = self.skip(self.at + 1, "AT", "ON")
        part = self.found[at] if self.kind(at) == "PART" or (self.kind(at) == "PARTS" and at == self.at + 1) else None
        at = self.skip(at + 1, "AT", "ON") if part else at
        if (self.kind(at) == "LINK" or (self.kind(at) == "COMMA" and self.found[at].text == ",")) and (
            self.kind(at + 1) == "CLOCK" or self.is_listed_hour(at + 1)
        ):
            at += 1
        if self.kind(at) == "CLOCK":
            self.exact = self.found[at].time[0][1] >= 0
            self.emit([_at(self.found[at].time, of_day)], token.text, at + 1)
        elif self.kind(at) == "NUM" and (slot := _at(_hours(self.found[at].number), of_day)):
            self.exact = False
            self.emit([slot], token.text, at + 1)
        elif part:
            low, high = PARTS[part.text.removesuffix("s")]
            self.emit([slot for slot in of_day if low <= int(slot[4:6]) < high], token.text, self.skip(self.at + 1, "ON") + 1, True)
        else:
            self.emit(of_day, token.text, self.at + 1, True)

    def is_listed_hour(self, at: int) -> bool:
        """Whether a number behind "Tue:" or "Tue (" is the first of some times, each with more behind it."""
        if self.kind(at) != "NUM" or self.kind(at + 1) in ("UNIT", ""):
            return False
        return _at(_hours(self.found[at].number), self.of(self.day)) is not None

    def take_clock(self, token: Token) -> None:
        self.exact = token.time[0][1] >= 0
        at = self.skip(self.at + 1, "CLOCK", "AND", "COMMA")
        listed = self.kind(at) == "ON" and self.found[at].text == "on" and self.kind(at + 1) == "DAY"
        direct = self.kind(self.at + 1) == "DAY" and self.kind(self.skip(self.at + 2, "AT")) not in ("CLOCK", "NUM")
        if listed and self.kind(self.skip(at + 2, "AT")) != "CLOCK":
            self.day = day_of(self.found[at + 1].text)
            self.emit([_at(token.time, self.of(self.day))], token.text, at + 2 if at == self.at + 1 else self.at + 1)
        elif direct:
            self.day = day_of(self.found[self.at + 1].text)
            self.emit([_at(token.time, self.of(self.day))], token.text, self.at + 2)
        else:
            slot = _at(token.time, self.of(self.day)) if self.day else None
            alike = [_at(token.time, self.of(day)) for day in dict.fromkeys(slot[:3] for slot in self.slots)]
            only = [found for found in alike if found]
            self.emit([slot or (only[0] if len(only) == 1 else None)], token.text, self.at + 1)

    def is_hour(self, token: Token) -> bool:
        """Whether a bare number goes on a list of times ("Tue 10 and 14"), or follows "at" and is no cost."""
        if not self.day or self.kind(self.at + 1) == "UNIT" or not _at(_hours(token.number), self.of(self.day)):
            return False
        if self.kind(self.at + 1) == "ON" and self.found[self.at + 1].text == "for" and self.kind(self.at + 2) in ("DAY", "ME", "YOU"):
            return False  # "2 for Tue 10, 8 for Wed 14", "Tue 10, 2 for me": it is a cost
        before = [done.kind for done in self.done[-2:]]
        after_list = before[-1:] in (["COMMA"], ["AND"]) and before[:1] == ["SLOT"] and not self.done[-2].number and not self.exact
        return after_list or (token.number > TOP and before[-1:] in (["AT"], ["ON"], ["AND"], ["COMMA"], ["ALL"], []))


_TIMES = frozenset(("DAY", "CLOCK", "PARTS", "WEEKEND", "EDGE"))


def joined(found: Sequence[Token], slots: tuple[str, ...], day: str) -> list[Token]:
    if not day and _TIMES.isdisjoint({token.kind for token in found}):
        return list(found)
    joined = _listed(_Joiner(found, slots, day).run())
    for place, token in enumerate(joined):
        if token.kind == "SLOT" and token.number and _is_heading(joined, place):
            joined[place] = Token("WORD", token.text)
        elif token.kind == "SLOT" and token.number and token.slots:
            stop = next((i for i in range(place + 1, len(joined)) if joined[i].kind in ("COMMA", "SLOT", "LINK", "EXCEPT")), place)
            if joined[stop].kind == "SLOT" and not joined[stop].number and set(joined[stop].slots) & set(token.slots):
                # "On Monday I can only come at 16:00" is about one slot and the others of its day, and says nothing of other days.
                others = tuple(slot for slot in token.slots if slot not in joined[stop].slots)
                only = any(t.kind == "ONLY" for t in joined[place:stop]) and others and not _is_denied(joined, place, stop)
                lone = [Token("SLOT", token.text, others, number=1), Token("OUT", "only"), Token("COMMA", ",")] if only else []
                end = next((i for i in range(stop + 1, len(joined)) if joined[i].kind == "COMMA"), len(joined))
                if lone and not any(t.kind in ("NUM", "ZERO", "CAN", "OUT", "AN") for t in joined[place:end]):
                    joined.insert(end, Token("CAN", "only"))
                joined[place:stop] = [*lone, *(Token("WORD", t.text) if t.kind in ("SLOT", "ONLY") else t for t in joined[place:stop])]
    return joined


def _is_heading(found: Sequence[Token], place: int) -> bool:
    """Whether a part of every day only says what the slots are that come: "mornings are bad: Mon 09:30 and Tue 08:00 are out"."""
    stop = next((i for i in range(place + 1, min(place + 5, len(found))) if found[i].text == ":"), -1)
    behind = found[stop + 1] if 0 < stop < len(found) - 1 else None
    several = len({slot[:3] for slot in found[place].slots}) > 1
    return several and behind is not None and behind.kind == "SLOT" and set(behind.slots) < set(found[place].slots)


def _listed(found: Sequence[Token]) -> list[Token]:
    """A plus between two slots as "and"."""
    done = list(found)
    for place in range(1, len(done) - 1):
        if done[place].text == "+" and done[place - 1].kind == done[place + 1].kind == "SLOT":
            done[place] = Token("AND", "+")
    return done


def _is_denied(found: Sequence[Token], place: int, stop: int) -> bool:
    """Whether the slot at ``stop`` is said to be out in the clause that began at ``place``."""
    end = next((i for i in range(stop + 1, len(found)) if found[i].kind in ("COMMA", "SLOT")), len(found))
    return any(token.kind in ("OUT", "NEG", "YOU", "TOTAL") for token in found[place:end])
