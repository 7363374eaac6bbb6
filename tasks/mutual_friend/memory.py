"""What a reader of a talk about friends keeps in mind: what was claimed, who was spoken of last and what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from benchmark.vocabulary import Claim, Seat
from tasks.mutual_friend.sheets import Sheets

_UNASKED: tuple[bool | None, bool | None, Seat] = (None, None, "")
ANSWER, NAMES, SHARED = ("answer",), ("friends",), ("common names",)
"""Slots of the joint answer, of a question for names, and of how many names a speaker finds on both lists."""


class Heard(NamedTuple):
    """What one of the two was told of friends by the other, until a turn began: nothing of it changes while that is read."""

    names: Sequence[str] = ()
    last: Sequence[str] = ()
    """Of the last turn that told of any."""
    told: Mapping[str, tuple[tuple[str, Any], ...]] = MappingProxyType({})
    """How each is."""


def heard(claims: Iterable[Claim], seat: Seat) -> Heard:
    others = [claim for claim in claims if claim.kind == "affirm" and claim.seat != seat and claim.slot[0] == "friend"]
    if not others:
        return Heard()
    told: dict[str, tuple[tuple[str, Any], ...]] = {}
    for claim in others:
        of_him = told.get(claim.slot[1], ())
        told[claim.slot[1]] = (*of_him, (claim.slot[2], claim.value)) if len(claim.slot) == 3 else of_him
    last = others[-1].turn
    return Heard(list(told), list(dict.fromkeys([claim.slot[1] for claim in others if claim.turn == last])), told)


class Memory:
    """Of one talk, up to the word that is being read."""

    def __init__(self, people: Sequence[str], size: int, attributes: Sequence[str] = ()) -> None:
        self.people, self.size, self.sheets = people, size, Sheets(attributes, people)
        self.claims: dict[Claim, None] = {}
        self.heard = Heard()
        self.focus: list[str] = []
        self.asked: list[Claim] = []
        self.wanted: list[tuple[str, str]] = []
        """The particulars that names in a bare reply have: "Who is from Turin?" "Ida." """
        self.quoted: list[tuple[str, str]] = []
        """What this turn repeats of the other's words: "You said he likes chess; mine does too." """
        self.said: list[str] = []
        self.place = ""
        """The particular that was last spoken of, if it was one: "three of mine are there"."""
        self.before: list[str] = []
        self.stamp: tuple[Seat, int] = ("", -1)
        self.headed: list[tuple[str, str]] = []
        """What this turn has said of a whole list: "Turin: Ida, Omar"."""
        self.inquired: list[str] = []
        self.spoken: list[str] = []
        """All friends of this turn so far, or of the last in which there were any."""
        self.spoke = self.stamp
        self.matching = self.matched = False
        """Whether the turn asks whether any of those told of is the same, and whether the turn before it did."""
        self.closing, self.closes_by, self.matcher = _UNASKED
        """Yes or no, if it says that the names that both have are all told: asked for in the turn, and in the one before."""
        self.corrects = self.fresh = self.yes = self.no = self.ready = False

    def say(self, kind: str, slot: tuple[str, ...], value: Any = None) -> None:
        if self.corrects and kind == "affirm":
            self.drop([claim for claim in self.claims if (claim.seat, claim.kind, claim.slot) == (self.stamp[0], kind, slot)])
        self.claims.setdefault(Claim(kind, slot, value, *self.stamp))

    def drop(self, claims: Iterable[Claim]) -> None:
        for claim in claims:
            self.claims.pop(claim, None)

    def likeness(self, name: str) -> tuple[tuple[str, Any], ...]:
        """What the other has told of a friend."""
        return self.heard.told.get(name, ())

    @property
    def here(self) -> list[str]:
        """The friends of this turn so far."""
        return self.spoken if self.spoke == self.stamp else []
