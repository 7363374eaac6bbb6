"""What is said over a division: values told and asked for, offers, and whether they are taken.

An offer is read from one turn. Who is named with some pieces gets those; the other gets what is left of these kinds. Kinds that
are not spoken of go to the other if only one person's share was named, and leave the offer unread if both were. "I want hats and
books" is a wish and no offer; "I want 2 hats and a book" and "I'd like the hats and the book" are offers. One kind alone says nothing
of the rest, as people settle kinds one by one, unless it is to be all: "I'd take the hats only". Where an offer stands, words of a
change ("deal, if I get a rug", "one more hat", "lamps two to one") leave the kinds that they do not speak of as they were.
Who consents takes the latest offer, if it is the other's: where an answer to it was not understood, there is nothing to consent to.
"""

from __future__ import annotations

from benchmark.quoting import READY
from benchmark.vocabulary import Answer, Claim, Seat, Turn, View
from tasks.deal import cues
from tasks.deal.divisions import Table, kinds
from tasks.deal.heard import Heard
from tasks.deal.listening import Listener, Told
from tasks.deal.replies import (
    is_no_objection,
    is_refused,
    is_taken,
    keeps_others,
    of_first,
    repeats_own,
    returned_to,
    speaks_of_yours,
)
from tasks.deal.speech import Speech, plain
from tasks.deal.terms import Terms

ANSWER = ("answer",)


class Reader:
    """Reads a talk with the public facts of one view."""

    def __init__(self, view: View) -> None:
        self.table = Table.of(view)
        self.speech = Speech(view)
        self.listener = Listener(self.speech, self.table)
        self.terms = Terms(self.table)
        self.offers: dict[Seat, Answer] = {}
        self.first: dict[Seat, Answer] = {}
        self.claims: list[Claim] = []

    def read(self, number: int, turn: Turn) -> None:
        self.claims += [Claim(kind, slot, value, turn.seat, number) for kind, slot, value in self._turn(turn)]

    def _turn(self, turn: Turn) -> list[Told]:
        terms, text = self.terms, self.speech.spelled(plain(turn.text[: cues.LONGEST]))
        closing = turn.text.rstrip().endswith(READY)
        terms.standing = self.offers[turn.seat] if turn.seat in self.offers and is_refused(text) else terms.latest
        heard, told = self.listener.hear(text, turn.seat, self.table.shares(terms.latest and terms.standing), closing, self.claims)
        comes_back = turn.seat in self.offers and (repeats_own(text) or returned_to(text)) and len(kinds(heard.shares)) < 2
        offer = None if comes_back else terms.proposed(heard.said or text, heard)
        if offer is None and cues.LEAVES.search(text):
            return [*told, ("propose", ANSWER, None)]
        if offer is not None:
            terms.settled = {}
        else:
            offer = self._answered(turn.seat, text, heard, told, closing)
        if offer is not None:
            told.append(("propose", ANSWER, offer))
            self.offers[turn.seat] = terms.latest = offer
            self.first.setdefault(turn.seat, offer)
        return list(dict.fromkeys(told))

    def _answered(self, seat: Seat, text: str, heard: Heard, told: list[Told], closing: bool) -> Answer:
        """The offer before that a turn without one of its own comes back to or takes; one that it refuses is added to ``told``."""
        terms, other = self.terms, self.table.other(seat)
        mine, theirs = self.offers.get(seat), self.offers.get(other)
        if (back := self._came_back_to(seat, text)) is not None:
            told += self._refusal(seat, terms.latest) if terms.latest not in (back, mine) else []
            return back
        if theirs is None:
            return None
        if keeps_others(text):
            terms.settled = {}
            return theirs
        restates = heard.firm and self.table.agrees(heard.shares, theirs)
        if is_refused(text):
            told += self._refusal(seat, theirs)
            if mine is not None and heard.shares and self.table.agrees(heard.shares, mine):
                terms.latest = mine
            return None
        takes = is_taken(text, restates or closing) or (closing and mine != theirs and is_no_objection(text))
        if (heard.firm and not restates) or not takes or not (terms.latest == theirs or speaks_of_yours(text)):
            return None
        return self.first[other] if of_first(text) else theirs

    def _came_back_to(self, seat: Seat, text: str) -> Answer:
        """The earlier offer that is made once more: the first of ``seat``, of the other or of all, or the last of ``seat``."""
        if whose := returned_to(text):
            seats = {"my": [seat], "your": [self.table.other(seat)]}.get(whose, list(self.first))
            return self.first.get(seats[0]) if seats else None
        if seat in self.offers and repeats_own(text):
            return (self.first if of_first(text) else self.offers)[seat]
        return None

    def _refusal(self, seat: Seat, offer: Answer) -> list[Told]:
        """None where ``seat`` refused it before: what is refused once more is something said since."""
        known = any((claim.kind, claim.value, claim.seat) == ("exclude", offer, seat) for claim in self.claims)
        return [] if known else [("exclude", ANSWER, offer)]
