"""Who gets how many of which kinds by the words of one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmark.vocabulary import Seat
from tasks.deal.counting import of_pieces
from tasks.deal.divisions import ALL, HALF, THE
from tasks.deal.words import EQUALS, Token

_FAR = 14
"""Characters from an article to its noun, at most."""
_NEAR = 2
"""Characters between a piece and whose it is, where no other word stands there."""
_CLAUSES = ("but", "if", "while", "so", "then", "because", "since", "as")

_ASKED = ("throw in", "add", "spare", "give", "hand", "pass")
"""What somebody is asked to give where nobody is named: "add one rug"."""
_PIECES = ("number", "the", "an", "whole", "good")
_NOTHING = Token("", None, -1, -1)


@dataclass
class Walk:
    """Goes through the tokens of a sentence. Pieces go to who was last said to get some, or to whom they are said to be for.

    ``shares`` are (seat, kind) to a number of pieces, ``ALL`` for all that there are; ``rest`` is who gets what is left;
    ``firm`` tells an offer from a wish; ``loose`` are pieces said to be nobody's; ``more`` come on top of what was offered.
    """

    seats: tuple[Seat, ...]
    speaker: Seat
    counts: Mapping[str, int]
    shares: dict[tuple[Seat, str], int] = field(default_factory=dict)
    rest: Seat | None = None
    firm: bool = False
    to: Seat | None = None
    given: Seat | None = None
    subject: Seat | None = None
    giving: bool = False
    halving: bool = False
    articled: int = 0
    packs: int | None = None
    negated: bool = False
    verb: str = ""
    since: list[tuple[str, int]] = field(default_factory=list)
    loose: list[tuple[str, int]] = field(default_factory=list)
    vague: set[tuple[Seat, str]] = field(default_factory=set)
    wished: set[tuple[Seat, str]] = field(default_factory=set)
    both: bool = False
    comma: int = 0
    lets: bool = False
    swapped: bool = False
    excepts: bool = False
    more: dict[tuple[Seat, str], int] = field(default_factory=dict)
    extra: bool = False
    last: str = ""
    amount: int | None = None
    definite: bool = False

    def through(self, tokens: Sequence[Token]) -> Walk:
        tokens = of_pieces(tokens, max(self.counts.values()))
        for place, token in enumerate(tokens):
            before = tokens[place - 1] if place else _NOTHING
            after = [*tokens[place + 1 : place + 3], _NOTHING, _NOTHING]
            if token.kind in ("seat", "number", "good", "rest"):
                self._piece(token, before, after)
            elif token.kind in ("gives", "gets", "wants", "wishes"):
                self._verb(token, before, after[0])
                if token.kind in ("gets", "wants") and after[0].kind in ("", "stop", "also", "to"):
                    self._front(token)
            elif token.word == "we" and after[0].kind == "gets" and after[0].word in ("take", "get"):
                self.subject = self.to = self.speaker  # a group at a table of two
            elif not (token.kind == "halves" and after[0].word == ":"):
                if token.word in (",", ":") and (after[0].kind == "number" or after[1].kind == "to"):
                    self.halving = False  # "split the hats, one book each, the ball to you"
                self._word(token, before, after[0])
        if self.given and self.shares and self.since and self.to is None and not self.halving:
            self._to(self.given, self.since)  # "one scanner for you, all pumps, two printers"
            self.since, self.loose = [], []
        return self

    def _front(self, verb: Token) -> None:
        """ "Trumpets I'd keep": what comes before the verb."""
        to, pieces, firm = self.to, self.loose, self.firm
        if not pieces or not to or self.negated:
            return
        self._to(to, pieces)
        if verb.kind == "wants" and not any(n > 0 for _, n in pieces):
            self.firm, self.wished = firm, self.wished | {(to, good) for good, _ in pieces}
        self.since, self.loose, self.to, self.given = [], [], None, to

    def _piece(self, token: Token, before: Token, after: Sequence[Token]) -> None:
        if token.kind == "seat":
            self._seat(token, before, after[0])
        elif token.kind == "number":
            self._number(token, before, after[0])
        elif token.kind == "rest":
            self._rest(after)
        elif before.word not in ("my", "your") or self.verb in ("gives", "gets"):  # "to warm my food"
            self._good(token, before)

    def other(self, seat: Seat) -> Seat:
        return self.seats[1 - self.seats.index(seat)]

    def _seat(self, token: Token, before: Token, after: Token) -> None:
        seat = str(token.value)
        if token.word == "i" and after.word in EQUALS:
            return  # "I'd rather: the laser for you"
        is_goal = (
            before.kind == "into" and bool(self.since) and after.kind not in ("gets", "gives")
        )  # "the rugs in my van", "the lamps stay with you"
        if token.word in ("my", "your") and not is_goal:
            return
        whole = before.kind == "whole" and not after.kind  # "vases: all me"
        near = token.start - before.end <= _NEAR and not self.negated
        ends = near and not self.verb and self.to is None and before.word != "," and after.kind in ("", "stop") and after.word not in EQUALS
        if (whole or before.kind in ("to", "number")) and self.amount is not None and self.last:
            self.shares[seat, self.last] = self.amount  # "2 lamps for me, 1 for you"
            if self.to is None:
                self._to(seat, [(good, n) for good, n in self.since if good != self.last])  # "rugs 2, lamps 3 for you"
                self.loose = []
            self.firm, self.since = True, []
        elif token.word in ("mine", "yours") and not self.since and after.word in EQUALS:
            self.subject = self.to = seat  # "mine: the laser"
        elif (
            is_goal
            or (before.word in EQUALS and self.since and not after.kind)
            or (before.kind == "to" and self.since)
            or token.word in ("mine", "yours")
            or (ends and self.since)  # "2 rugs and the trunk you, lamps me"
        ):
            if self.excepts and self.since:
                self.rest, self.excepts = seat, False  # "everything but the hats to me"
                seat = self.other(seat)
            assigned = self.to not in (None, seat) and 0 < self.comma < len(self.since)  # "you take the hats, books for me"
            self._to(seat, self.since[self.comma :] if assigned else self.since)
            self.since, self.loose, self.to, self.given = [], [], None, seat
        elif self.giving:
            self.to, self.giving = seat, False
        else:
            self.subject = seat
            self.to = seat if after.kind not in ("gives", "not") else self.to
            self.since = []
        self.amount = None

    def _to(self, seat: Seat, pieces: Sequence[tuple[str, int]]) -> None:
        for good, n in pieces:
            if self.shares.get((self.other(seat), good)) == n:
                del self.shares[self.other(seat), good]
            self.shares[seat, good] = n
        self.firm = True

    def _number(self, token: Token, before: Token, after: Token) -> None:
        amount = int(token.value) if isinstance(token.value, float) else 0
        if self.both and self.last and after.kind not in ("good", "of"):
            self.amount = amount
            self._both(self.last)
        elif before.kind == "good" and after.kind not in ("good", "of", "to", "seat") and self.since:
            good = self.since[-1][0]  # "lamps 2"
            self.since[-1] = (good, amount)
            if self.to:
                self.shares[self.to, good] = amount
            else:
                self.loose[-1:] = [(good, amount)]
        elif (
            before.kind in ("gets", "seat")
            and self.last
            and self.to
            and after.kind not in _PIECES
            and after.kind not in ("to", "per")
            and after.word != "of"
        ):
            self.shares[self.to, self.last] = amount  # "I get 2 lamps and you get 1"
        elif before.kind != "of" or self.amount is None or self.amount < 0:  # "two of the three lamps"
            self.amount = amount

    def _good(self, token: Token, before: Token) -> None:
        good, count = str(token.value), self.counts[str(token.value)]
        self.definite = self.definite and token.start - self.articled < _FAR
        if before.kind != "of" and not (before.word == "and" and self.amount is None):
            self.packs = None
        elif before.word.startswith(("pack", "unit", "piece")):
            self.packs = self.amount
        self.amount = self.packs if before.word == "and" and self.packs is not None else self.amount  # "1 package of food and water"
        n = self.amount if self.amount is not None else THE if not token.plural and count > 1 else ALL
        if n == HALF:
            n = count // 2 if count % 2 == 0 else HALF
        wished = self.verb in ("wants", "wishes") and self.amount is None
        vague = wished and not self.definite
        self.amount, self.last = None, good
        if self.halving and not self.negated:
            self._halve([good])
        if self.negated or self.halving or n == HALF or n > count:
            return
        if self.swapped:
            self.shares[self.other(self.to or self.speaker), good] = n
            return
        if self.both:
            self.amount = n
            self._both(good)
            return
        if self.extra and self.to and n > 0:
            self.more[self.to, good], self.extra, self.firm = n, False, True
            return
        self.since.append((good, n))
        if self.to:
            self.shares[self.to, good] = n
            self.vague |= {(self.to, good)} if vague else set()
            self.wished |= {(self.to, good)} if wished else set()
            self.firm |= not vague and self.verb != "wishes"
        else:
            self.loose.append((good, n))

    def _halve(self, goods: Sequence[str]) -> None:
        halves = {good: self.counts[good] // 2 if self.counts[good] % 2 == 0 else HALF for good in goods}
        self.shares |= {(seat, good): n for good, n in halves.items() for seat in self.seats}

    def _rest(self, after: Sequence[Token]) -> None:
        to, who = after[:2]
        if self.negated or self.halving:
            return  # "we share the rest" says not how
        if to.kind == "but":  # "everything but the hats"
            self.rest, self.to = self.to, self.other(self.to) if self.to else None
            self.excepts = not self.rest
        elif to.kind in ("to", "worth") and who.kind == "seat":
            self.rest = str(who.value)
        else:
            self.rest = self.to or (self.other(next(iter(self.shares))[0]) if self.shares else self.rest)
        self.firm = self.firm or self.rest is not None
        self.since, self.amount = [], None
        if self.rest and not self.shares:
            self.shares |= {(self.other(self.rest), good): n for good, n in self.loose}
            self.loose = []

    def _verb(self, token: Token, before: Token, after: Token) -> None:
        self.halving = False
        if self.verb in ("wants", "wishes") and before.word == "to":
            return  # "I'd like to get food"
        if token.kind == "gives":
            self.lets = token.word.startswith("let")
            self.giving, self.since, self.amount = True, [], None
            asks = token.word in _ASKED and not self.subject and after.kind != "seat"
            self.to = self.speaker if asks else self.other(self.subject or self.speaker)
        elif not self.giving and not (self.verb == "gives" and before.kind == "seat" and before.value == self.to):
            again = self.verb == "gives" and not self.lets and before.kind != "seat" and self.to  # "give me the hats and take the ball"
            nobody = self.speaker if token.kind in ("wants", "wishes") else self.other(self.speaker)
            if not (self.lets and before.kind != "seat" and self.to):  # "let you have a hat and take the rest"
                self.to = self.other(self.to) if again and self.to else self.subject or self.to or nobody
            self.giving = False
        else:
            self.giving = False
            return  # "let you have the hats" gives them
        self.verb = token.kind

    def _word(self, token: Token, before: Token, after: Token) -> None:
        if token.kind == "us":
            self.to, self.since = None, []
        elif token.kind == "halves":
            self.halving, self.since = after.kind in _PIECES or after.kind == "of" or not self.loose, []
            if not self.halving:
                self._halve([good for good, _ in self.loose])  # "trumpets we could halve"
                self.firm, self.loose = True, []
        elif token.kind == "not":
            self.negated = True
        elif token.kind == "swap":
            self.swapped = True
        elif token.kind == "per":
            self.both = before.kind == "us"  # "we each take one"
            if not self.both:
                self._each(token, before)
        elif token.kind in ("exchange", "also", "nth", "extra") or token.word == "for":
            self._turn(token, after)
        else:
            self._article(token)

    def _turn(self, token: Token, after: Token) -> None:
        """A word that turns to somebody else, or back: "in exchange for", "too", "another", "for the ball"."""
        if token.kind == "exchange" and self.to and self.since:
            self.to, self.since, self.verb = self.other(self.to), [], "gives"
        elif token.kind == "also":
            if self.given and self.since and not self.to:
                self._to(self.given, self.since)  # "both shelves mine, the mirror too"
                self.since, self.loose = [], []
        elif token.kind == "nth":
            self.extra, self.amount = not self.shares, 1  # "give me the other rug", but "a rug for you, the other rug for me"
        elif token.kind == "extra":
            self.extra, self.amount = True, 1 if token.word == "another" else self.amount
        elif token.kind == "to" and token.word == "for" and self.to and self._is_price(after):
            self.to, self.since = self.other(self.to), []  # "I give you the hats for the ball"

    def _is_price(self, after: Token) -> bool:
        """Whether what comes ``after`` "for" is had for what was handed out before: "you take a painting for the carpet"."""
        gives = self.verb == "gives" and after.kind in (*_PIECES, "stop")
        return gives or (self.verb in ("gets", "wants", "wishes") and bool(self.since) and after.kind in ("the", "an", "whole", "nth"))

    def _article(self, token: Token) -> None:
        if token.word == ",":
            self.comma = len(self.since)
        if token.word == "then" and self.given and self.since and not self.to:
            self._to(self.given, self.since)  # "2 hats to you, the books, and then the ball to me"
            self.since, self.loose = [], []
        if token.kind in ("whole", "the"):
            self.articled = token.end
            self.amount, self.definite = (ALL if token.kind == "whole" and self.amount is None else self.amount), True
        elif token.kind in ("an", "half"):
            self.amount = 1 if token.kind == "an" else HALF
        elif token.kind in ("stop", "but"):
            self.definite = self.extra = False
            self.to = self.given if token.word == "plus" and not self.to else self.to  # "the ball is mine, plus a hat"
            if token.word in _CLAUSES:
                self.negated = self.swapped = self.giving = self.halving = False
                self.amount = None
                self.subject, self.verb = None, ""
                self.since = [] if token.word in ("if", "while", "because") else self.since
                self.to = None if token.word in ("as", "because") else self.to

    def _each(self, token: Token, before: Token) -> None:
        """ "Two of each"; "one hat each", "hats: one each": both get as many, if that is all of them."""
        if before.kind == "of" and self.amount is not None:
            self.since, self.amount = [(good, self.amount) for good in self.counts], None
            if self.to:
                self._to(self.to, self.since)
        elif self.last and token.word != "per":
            n = self.amount if self.amount is not None else self.since[-1][1] if self.since else 0
            self.amount = n
            self._both(self.last)

    def _both(self, good: str) -> None:
        """Gives either as many pieces as were counted, if that is all of them."""
        n, self.both = self.amount, False
        if n is not None and 2 * n == self.counts[good]:
            self.shares |= {(seat, good): n for seat in self.seats}
            self.firm, self.amount, self.since, self.loose = True, None, [], []
