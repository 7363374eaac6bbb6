"""What a reader of talk about things in view remembers: what was described, asked and proposed, and by whom."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from benchmark.vocabulary import Claim, Seat
from tasks.reference import forms
from tasks.reference.ambiguity import Words, across
from tasks.reference.items import clash, kind_of
from tasks.reference.scenes import ATTRIBUTE_OF, KIND, NEUTRAL, PLACE, PLACES, Scene, ordered
from tasks.reference.wording import common_to, put
from tasks.reference.words import SIGHT

PLACED = frozenset(PLACES)


class Memory:
    """Goes with a talk from turn to turn."""

    def __init__(self, scene: Scene, size: int) -> None:
        self.scene, self.size = scene, size
        self.claims: list[Claim] = []
        self.last: dict[Seat, list[Words]] = {}
        """What each described in their latest turn that described something, as they see it."""
        self.numbered: dict[Seat, dict[int, Words]] = {}
        """The latest list with numbers that each gave, as they see it."""
        self.asked: list[tuple[Seat, Words]] = []
        self.offered: tuple[Seat, Any] | None = None
        self.is_proposed = False
        """Whether anyone has proposed anything so far."""
        self.theirs: list[Words] = []
        """What the other described last, as who speaks now sees it."""
        self.listed: list[Words] = []
        """Of that, what is not only the short form of something else."""
        self.here: list[Words] = []
        """What this turn has described."""
        self.head: Words = frozenset()
        self.stamp: tuple[Seat, int] = ("", -1)
        self.corrects = self.ready = self.contrasts = self.agreeing = self.answering = False
        self.accepted: Any = ...
        """What this turn has agreed to, or an ellipsis: what is agreed to may be that there is nothing."""
        self.standing: Words = frozenset()
        """What the other proposed in the turn before this one."""
        self.topic: Words = frozenset()
        """The kind of things that this turn speaks of."""
        self.denied: Words = frozenset()
        """What this turn has last said not to be there."""
        self.shared: Words = frozenset()
        """What everything in this sentence is, as it was asked for."""
        self.awaited: Words = frozenset()
        """What everything in the next sentence is, if this one only says how many there are."""
        self.sited: Words = frozenset()
        """What this turn has counted in one place."""
        self.matching = False
        """Whether the other has asked, in the turn before this one, if anything of theirs is here too."""
        self.match_asker: Seat = ""
        """Who asked that last, if they did in their turn before."""
        self.curious = False
        """Whether the other asked anything in the turn before this one."""
        self.heard = ""
        self.rejected: list[Words] = []
        """What the other described and this turn said not to be here, but for what it names."""
        self.lender: Words = frozenset()
        """What the descriptions of this clause may leave out."""

    def say(self, kind: str, slot: tuple[str, ...], value: Any = None) -> None:
        claim = Claim(kind, slot, value, *self.stamp)
        if claim not in takewhile(lambda one: one.turn == claim.turn, reversed(self.claims[-200:])):
            self.claims.append(claim)
        if kind == "propose":
            self.offered, self.is_proposed = (self.stamp[0], value), True

    def describe(self, kind: str, words: Words, number: int | None = None) -> None:
        if words or kind == "ask":
            self.say(kind, (SIGHT, *ordered(words)), number)
        if words and kind in ("affirm", "count"):
            self.here.append(words)
        if kind == "count" and words & PLACED:
            self.sited = words
        if kind == "exclude":
            self.denied = words
        if (
            not self.topic
            or kind in ("count", "ask")
            or (kind == "exclude" and not self.head)
            or (kind == "affirm" and self.topic <= self.denied)
        ):
            self.topic = kind_of(words) or self.topic

    def is_known(self, words: Words) -> bool:
        """Whether this speaker has said more than that before."""
        said = (frozenset(c.slot[1:]) for c in self.claims[-200:] if c.kind == "affirm" and c.seat == self.stamp[0])
        return any(words < one for one in said)

    def hear(self) -> None:
        """Calls to mind what the other described last."""
        self.theirs = [across(words) for seat, found in self.last.items() if seat != self.stamp[0] for words in found]
        self.listed = [one for one in dict.fromkeys(self.theirs) if not any(one < other for other in self.theirs)]

    @property
    def common(self) -> Words:
        """What all the things have in common that the other described last, as far back as they are of one kind."""
        kinds = [(words, kind) for words in self.theirs for kind in words if ATTRIBUTE_OF[kind] == KIND]
        alike = [words for words, kind in kinds if kind == kinds[-1][1]]
        return common_to(alike) if len(alike) > 1 else frozenset(kind for _, kind in kinds[-1:])

    def meant(self, words: Words) -> tuple[str, ...] | None:
        """The full neutral description that ``words`` are short for, if only one was given so far."""
        neutral = {word for word in words if ATTRIBUTE_OF[word] != PLACE}
        if len(neutral) == len(NEUTRAL):
            return ordered(neutral)
        known = {ordered(word for word in c.slot[1:] if ATTRIBUTE_OF[word] != PLACE) for c in self.claims[-400:] if c.kind == "affirm"}
        fit = [one for one in known if len(one) == len(NEUTRAL) and neutral <= set(one)]
        return fit[0] if len(fit) == 1 else None

    def counted(self) -> list[Words]:
        """The one thing that the other counted in the turn before this one, if there was one."""
        found = [c for c in self.claims[-60:] if c.kind == "count" and c.value > 1 and c.turn == self.stamp[1] - 1]
        return [across(found[0].slot[1:])] if len(found) == 1 else []

    def same_as(self, words: Words) -> Words:
        """What "mine" is that is ``words`` too: of what the other described last, what fits and this speaker spoke of too, or the last."""
        named = [one for one in self.theirs if words - PLACED <= one and any(ATTRIBUTE_OF[word] == KIND for word in one)]
        alike = [one for one in named if one & PLACED and one & PLACED == across(words & PLACED)]
        fit = [one - PLACED for one in alike or named]  # "mine is in the middle too" is of what the other has there
        mine = [set(c.slot[1:]) for c in self.claims[-200:] if c.kind in ("affirm", "ask") and c.seat == self.stamp[0]]
        own = [one for one in fit if any(one <= told for told in mine)]
        full = [one for one in own or fit if len(one) == len(NEUTRAL)]
        return full[-1] if full else frozenset()

    def proposed_one(self, text: str) -> Words:
        """What "mine" or "it" is in a turn that has described nothing: what it has just proposed, or the other before it."""
        latest = next((c for c in reversed(self.claims) if (c.seat, c.turn, c.kind) == (*self.stamp, "propose")), None)
        if latest and latest.value and (forms.MINE.search(text) or forms.IT.search(text)):
            return frozenset(latest.value)
        return self.standing if forms.MINE.search(text) or forms.OF_IT.match(text) else frozenset()

    def sharing(self, words: Words) -> Words:
        """What everything in this sentence is; where ``words`` only say where it stands, all that was just said of it."""
        latest = self.here[-1] if self.here else frozenset[str]()
        return latest if words <= PLACED and frozenset() < self.shared < latest and not latest & PLACED else self.shared

    def told_by_both(self) -> set[tuple[str, ...]]:
        """The full neutral descriptions that both have given, with places that agree where they said any."""
        given: dict[tuple[str, ...], dict[Seat, Words]] = {}
        for claim in self.claims[-400:]:
            words = frozenset(claim.slot[1:])
            look = frozenset(word for word in words if ATTRIBUTE_OF.get(word) != PLACE)
            if claim.kind == "affirm" and len(look) == len(NEUTRAL):
                seats = given.setdefault(ordered(look), {})
                seats[claim.seat] = seats.get(claim.seat, frozenset()) | (words - look)
        return {look for look, seats in given.items() if len(seats) > 1 and _agree(*seats.values())}

    def singled(self, words: Words) -> Words:
        """``words`` and what this speaker said of their only thing of that kind: "one small cloak", and then "my cloak is green"."""
        kind = kind_of(words)
        own = [c for c in self.claims[-100:] if c.seat == self.stamp[0] and c.kind in ("affirm", "count") and kind & set(c.slot[1:])]
        looks = {frozenset(word for word in c.slot[1:] if ATTRIBUTE_OF[word] != PLACE) for c in own if c.value in (None, 1)}
        if not kind or len(looks) != 1 or any(len(look) > 2 for look in looks) or any(c.value not in (None, 1) for c in own):
            return words
        (look,) = looks
        return words if clash(words, look) else words | look

    def grouped(self, words: Words) -> Words:
        """``words`` with the look of their kind, if this turn has counted things of that kind by one look alone."""
        kind = kind_of(words)
        counts = [c for c in self.claims[-30:] if (c.seat, c.turn) == self.stamp and c.kind == "count" and kind & set(c.slot[1:])]
        looks = {frozenset(c.slot[1:]) - PLACED for c in counts}
        (look,) = looks if len(looks) == 1 and kind else (frozenset[str](),)
        return words | look if len(look) == 2 and not clash(words, look) else words

    def latest_answer(self) -> tuple[str, ...] | None:
        """What "it" or "that one" is: what this turn described last, or the one thing that the other did."""
        told = self.here[-1:]
        if not told:
            most = [one for one in self.theirs if not any(one < other for other in self.theirs)]
            told = most if len(most) == 1 else []
        return self.meant(told[0]) if told else None

    def own_asked(self, text: str) -> Words:
        """ "Any green things? I have two duffels and a crate": what everything is that is then said to be there."""
        if not self.asked:
            return frozenset()
        own = {told for seat, told in self.asked if seat == self.stamp[0]} if forms.MINE.search(text) or forms.I_HAVE.match(text) else set()
        return own.pop() if len(own) == 1 and not any(ATTRIBUTE_OF[word] == KIND for told in own for word in told) else frozenset()

    def corrected(self, words: Words) -> Words:
        """The latest description with what is now said in place of what was; the old one is taken back."""
        old = self.here[-1]
        new = put(old, words)
        if len(words) < len(old) or clash(old, words):
            self.claims = [c for c in self.claims if (c.seat, c.kind, frozenset(c.slot[1:])) != (self.stamp[0], "affirm", old)]
            self.here.pop()
        return new


def _agree(one: Words, other: Words) -> bool:
    """Whether places that two people said, each as they see it, can be those of one thing."""
    return not one or not other or not one.isdisjoint(across(other))
