"""Who gets how many of which kinds by the words of one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmark.vocabulary import Seat
from tasks.deal.words import Token

ALL = -1
_HALF = -2
_CLAUSES = ("but", "if", "while", "so", "then", "because", "since", "as")


@dataclass
class Walk:
    """Goes through the tokens of a sentence. Pieces go to who was last said to get some, or to whom they are said to be for.

    ``shares`` are (seat, kind) to a number of pieces, ``ALL`` for all that there are; ``rest`` is who gets what is left;
    ``firm`` tells an offer from a wish.
    """

    seats: tuple[Seat, ...]
    speaker: Seat
    counts: Mapping[str, int]
    shares: dict[tuple[Seat, str], int] = field(default_factory=dict)
    rest: Seat | None = None
    firm: bool = False
    to: Seat | None = None
    subject: Seat | None = None
    giving: bool = False
    negated: bool = False
    verb: str = ""
    since: list[tuple[str, int]] = field(default_factory=list)
    amount: int | None = None
    definite: bool = False

    def through(self, tokens: Sequence[Token]) -> Walk:
        nothing = Token("", None, -1, -1)
        for place, token in enumerate(tokens):
            before = tokens[place - 1] if place else nothing
            after = tokens[place + 1 : place + 3]
            follows = after[0] if after else nothing
            if token.kind == "seat":
                self._seat(token, before, follows)
            elif token.kind == "number":
                self._number(token, before, follows)
            elif token.kind == "good":
                self._good(token)
            elif token.kind == "rest":
                self._rest([*after, nothing, nothing])
            else:
                self._word(token)
        return self

    def other(self, seat: Seat) -> Seat:
        return self.seats[1 - self.seats.index(seat)]

    def _seat(self, token: Token, before: Token, after: Token) -> None:
        seat = str(token.value)
        if token.word in ("my", "your"):
            return
        if before.kind == "to" and self.amount is not None and self.since:
            self.since = [(self.since[-1][0], self.amount)]  # "2 lamps for me, 1 for you"
            self.amount = None
        if (before.kind == "to" and self.since) or token.word in ("mine", "yours"):
            for good, n in self.since:
                if self.shares.get((self.other(seat), good)) == n:
                    del self.shares[self.other(seat), good]
                self.shares[seat, good] = n
            self.since = self.since[-1:]
            self.firm = True
            self.to = None
        elif self.giving:
            self.to, self.giving = seat, False
        else:
            self.subject = seat
            self.to = seat if after.kind not in ("gives", "not") else self.to
            self.since = []

    def _number(self, token: Token, before: Token, after: Token) -> None:
        amount = int(token.value) if isinstance(token.value, float) else 0
        if before.kind == "good" and after.kind not in ("good", "of", "to") and self.since and self.to:
            good = self.since[-1][0]  # "lamps 2"
            self.shares[self.to, good] = amount
            self.since[-1] = (good, amount)
        else:
            self.amount = amount

    def _good(self, token: Token) -> None:
        good, count = str(token.value), self.counts[str(token.value)]
        n = self.amount if self.amount is not None else 1 if self.definite and not token.plural and count > 1 else ALL
        if n == _HALF:
            n = count // 2 if count % 2 == 0 else _HALF
        vague = self.verb in ("wants", "wishes") and self.amount is None and not self.definite
        self.amount = None
        if self.negated or n == _HALF:
            return
        self.since.append((good, n))
        if self.to:
            self.shares[self.to, good] = n
            self.firm |= not vague and self.verb != "wishes"

    def _rest(self, after: Sequence[Token]) -> None:
        to, who = after[:2]
        if self.negated:
            return
        if to.kind in ("to", "worth") and who.kind == "seat":
            self.rest = str(who.value)
        else:
            self.rest = self.to or (self.other(next(iter(self.shares))[0]) if self.shares else self.rest)
        self.firm = self.firm or self.rest is not None

    def _word(self, token: Token) -> None:
        if token.kind == "gives":
            self.giving, self.verb, self.since = True, "gives", []
            self.to = self.other(self.subject or self.speaker)
        elif token.kind in ("gets", "wants", "wishes"):
            if not self.giving:
                self.to = self.subject or self.to or self.other(self.speaker)
            self.giving, self.verb = False, token.kind
        elif token.kind == "us":
            self.to, self.since = None, []
        elif token.kind == "not":
            self.negated = True
        elif token.kind in ("whole", "the"):
            self.amount, self.definite = (ALL if token.kind == "whole" and self.amount is None else self.amount), True
        elif token.kind in ("an", "half"):
            self.amount = 1 if token.kind == "an" else _HALF
        elif token.kind == "stop":
            self.definite = False
            if token.word in _CLAUSES:
                self.negated = self.giving = False
                self.subject, self.verb = None, ""
