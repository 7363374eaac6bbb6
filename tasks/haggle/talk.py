"""What talk about `haggle` says: limits, offers, acceptance, and that there is no deal. Read with public words only.

A sentence is cut into clauses, and each price in one is a limit, an offer, a price refused, or none of these, by the words of its clause
that stand between it and the prices beside it. A clause without a price speaks of one named before: "that's my floor", "deal".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from benchmark.consent import consent, consents
from benchmark.quoting import READY
from benchmark.reading import Sentence, numbers, sentences, yes_or_no
from benchmark.vocabulary import Claim, Seat, Turn
from tasks.haggle.phrases import (
    ACCEPTS,
    AND_NO_FURTHER,
    APART,
    ASKS_THAT,
    BETWEEN,
    BOUND,
    CLAUSE,
    COUNTS,
    ELSEWHERE,
    GROUPED,
    HUNDREDS,
    IT_IS,
    LAST,
    MERELY_BEYOND,
    MIDDLE,
    MINE,
    MINE_IS,
    NEARLY,
    NO_DEAL,
    OFFER,
    ONWARDS,
    OR_ELSE,
    PAST,
    PUBLIC,
    REJECTS,
    REQUESTS,
    SAME,
    SHORT_OF,
    SPACES,
    SUPPOSED,
    TAKES_THAT,
    TERMS,
    THAT,
    THOUSANDS,
    TOO_FAR,
    ULTIMATUM,
    UNITS,
    UNLESS,
    VOCATIVE,
    WHICH_IS,
    WHY_NOT,
    WITHDRAWS,
    WITHIN,
    YOURS,
)
from tasks.haggle.worlds import LIMIT

ANSWER = ("answer",)
_LONGEST = 20_000
"""Characters: no turn is longer, and nobody says a price after them."""


@dataclass(slots=True)
class Reader:
    seats: tuple[Seat, ...]
    guide: int
    claims: list[Claim] = field(default_factory=list)
    standing: dict[Seat, int | None] = field(default_factory=dict)
    loose: list[int] = field(default_factory=list)
    """Prices of this turn of which nothing was made yet: "costs come to 90; I cannot go lower than that"."""
    named: list[int] = field(default_factory=list)
    """All prices of this turn that were not refused."""
    offered: bool = False
    agreed: bool = False
    """Whether some clause of this turn offered a price, or took the other's."""
    asking: bool = False
    """Whether this turn asked for the other's limit: "mine is 310" tells one's own then."""
    supposed: tuple[Seat, int] | None = None
    """Who said in the turn before what the other's limit may be, and what."""
    limiting: bool = False
    """Whether the clause before spoke of one's own limit and named no price: "my floor: 188"."""

    def read(self, number: int, turn: Turn) -> None:
        self.loose, self.named = [], []
        self.offered = self.agreed = self.asking = self.limiting = False
        text = SPACES.sub(" ", turn.text[:_LONGEST].replace("’", "'").replace(READY, " "))
        text = UNITS.sub(" euros", HUNDREDS.sub(_hundreds, THOUSANDS.sub(_thousands, GROUPED.sub("", text))))
        text = APART.sub("apart", BETWEEN.sub("between", text))
        may_be, supposed = SUPPOSED.search(text), self.supposed
        self.supposed = (turn.seat, int(may_be["price"] or may_be["after"])) if may_be else None
        spoken = list(sentences(SUPPOSED.sub("if so", text)))
        found = [claim for sentence in spoken for claim in self._sentence(sentence, turn.seat)]
        if supposed and supposed[0] != turn.seat and spoken and not spoken[0].question and IT_IS.match(spoken[0].text):
            found.insert(0, Claim("affirm", (LIMIT, turn.seat), supposed[1]))
        offers = [claim for claim in found if claim.kind == "propose"]
        if not offers and (self.agreed or (not found and consents(_bare(text)))):
            offers = [Claim("propose", ANSWER, value) for value in self._theirs(turn.seat)]
            found += offers
        if offers:
            self.standing[turn.seat] = offers[-1].value
        told = [claim for claim in found if claim.kind != "propose" or claim is offers[-1]]
        self.claims += [Claim(one.kind, one.slot, one.value, turn.seat, number) for one in dict.fromkeys(told)]

    def _sentence(self, sentence: Sentence, seat: Seat) -> Iterator[Claim]:
        if WITHDRAWS.search(sentence.text) and not NO_DEAL.search(sentence.text):
            yield Claim("withdraw", ANSWER)
            return
        if ULTIMATUM.match(sentence.text):
            yield from (Claim("affirm", (LIMIT, seat), price) for price in self.named[-1:])
            return
        clauses = [clause for clause in CLAUSE.split(sentence.text) if clause]
        for place, clause in enumerate(clauses):
            question = sentence.question and all(VOCATIVE.fullmatch(later) for later in clauses[place + 1 :])
            prices = [one for one in _whole(clause) if one[2] >= self.guide // 20]  # "two" is no price
            if prices:
                for number, (start, end, price) in enumerate(prices):
                    last = number == len(prices) - 1
                    before = clause[prices[number - 1][1] if number else 0 : start]
                    yield from self._price(price, (before, clause[end : None if last else prices[number + 1][0]], last), question, seat)
                self.limiting = self.limiting and not self.named
                if NO_DEAL.search(clause, prices[-1][1]) and not (sentence.question or self.offered or OR_ELSE.search(clause)):
                    yield Claim("propose", ANSWER, None)
            else:
                yield from self._without_price(clause, sentence, question, seat)
        self.limiting = self.limiting and sentence.question

    def _price(self, price: int, around: tuple[str, str, bool], question: bool, seat: Seat) -> Iterator[Claim]:
        """What a price is between the words ``around`` it: before it, after it, and whether these end its clause."""
        before, after, last = around
        clause = f"{before} {price}{after}"
        if not before.strip(" '\"") and TERMS.match(after):
            self.offered = True
            self.named.append(price)
            yield Claim("propose", ANSWER, price)
            return
        if self._is_beside_a_limit(price, around):
            return
        limits = BOUND.search(before) or ONWARDS.match(after) or (last and BOUND.search(after) and not _is_near(after))
        requested = question and REQUESTS.search(before)
        if not limits and self.limiting and (_is_bare(clause) or WHICH_IS.match(before)):
            limits = BOUND.search("limit")
        if limits or (self.asking and MINE_IS.match(before)):
            if requested and not MINE.search(clause) and not PAST.search(before):
                yield Claim("propose", ANSWER, price)
            elif question and (YOURS.search(clause) or not MINE.search(clause)):
                self.asking = True
                yield Claim("ask", (LIMIT, self._other(seat)))
            elif MINE.search(clause) or not YOURS.search(clause):
                self.named.append(price)
                yield Claim("affirm", (LIMIT, seat), price)
        elif REJECTS.search(before) and not WHY_NOT.search(before):
            return
        elif question or _is_bare(clause) or self._is_offered(price, clause):
            self.named.append(price)
            self.offered, self.loose = True, []
            yield Claim("propose", ANSWER, price)
        else:
            self.loose.append(price)

    def _is_beside_a_limit(self, price: int, around: tuple[str, str, bool]) -> bool:
        """Whether a price is said to lie beyond a limit, or near one, and so is no limit itself; with such words none is offered."""
        before, after, last = around
        if TOO_FAR.match(after.lstrip()) and not AND_NO_FURTHER.match(after.lstrip()):
            self.limiting = SHORT_OF.search(after) is not None
            return True
        if _is_near(before) or (last and _is_near(after) and not OFFER.search(before)):
            self.loose.append(price)
            return True
        return _is_merely_beyond(before)

    def _is_offered(self, price: int, clause: str) -> bool:
        if price == self.guide and PUBLIC.search(clause):
            return bool(TAKES_THAT.search(clause))
        return bool(OFFER.search(clause)) and not ELSEWHERE.search(clause)

    def _without_price(self, clause: str, sentence: Sentence, question: bool, seat: Seat) -> Iterator[Claim]:
        spoken = self.named or self.loose
        if sentence.question and spoken and not self.offered and ASKS_THAT.search(clause):
            self.offered = True
            yield Claim("propose", ANSWER, spoken[-1])
        elif _is_near(clause):
            self.limiting = not THAT.search(clause)
        elif BOUND.search(clause):
            yield from self._limit(clause, sentence, seat)
        elif NO_DEAL.search(clause):
            if not (sentence.question or OR_ELSE.search(clause) or UNLESS.search(sentence.text)):
                yield Claim("propose", ANSWER, None)
        elif self.loose and TAKES_THAT.search(clause):
            yield Claim("propose", ANSWER, self.loose[-1])
        elif not self.named and MIDDLE.search(clause) and not sentence.negated:
            yield from (Claim("propose", ANSWER, middle) for middle in self._middle())
        elif not (question or sentence.question or sentence.negated):
            self.agreed |= bool(ACCEPTS.search(clause) or yes_or_no(clause))

    def _limit(self, clause: str, sentence: Sentence, seat: Seat) -> Iterator[Claim]:
        """One's own limit; what is said of the other's is a question or hearsay."""
        theirs = [claim.value for claim in self.claims if claim.slot == (LIMIT, self._other(seat)) and claim.kind == "affirm"]
        if sentence.question and (YOURS.search(clause) or not MINE.search(clause)):
            self.asking = True
            yield Claim("ask", (LIMIT, self._other(seat)))
        elif YOURS.search(clause) and not MINE.search(clause):
            return
        elif theirs and SAME.search(clause):
            yield Claim("affirm", (LIMIT, seat), theirs[-1])
        elif spoken := self.loose or (self.named if THAT.search(clause) and not WITHIN.search(clause) else []):
            yield Claim("affirm", (LIMIT, seat), spoken[-1])
        else:
            self.limiting = not (sentence.negated or THAT.search(clause) or WITHIN.search(clause))

    def _middle(self) -> Iterator[int]:
        """What lies half way between two offers that stand, or between two limits that were told."""
        told = {claim.slot[1]: claim.value for claim in self.claims if claim.slot[0] == LIMIT and claim.kind == "affirm"}
        for ends in (list(self.standing.values()), list(told.values())):
            if len(ends) == 2 and None not in ends and sum(ends) % 2 == 0:
                yield sum(ends) // 2
                return

    def _other(self, seat: Seat) -> Seat:
        return next((one for one in self.seats if one != seat), seat)

    def _theirs(self, seat: Seat) -> list[int | None]:
        """The standing proposal of the other, if there is one."""
        return [value for one, value in self.standing.items() if one != seat][-1:]


def _is_near(text: str) -> bool:
    return NEARLY.search(text) is not None and BOUND.search(text) is not None and not text.endswith(" of ")


def _is_merely_beyond(before: str) -> bool:
    return MERELY_BEYOND.search(before) is not None and not REJECTS.search(before)


def _bare(text: str) -> str:
    """``text`` without prices and the mark of who is ready."""
    return re.sub(r"\d+(?: euros?)?", "", text.replace(READY, ""))


def _is_bare(clause: str) -> bool:
    """Whether a clause is a price, with words of consent at most."""
    words = _bare(clause)
    return bool(consent(f"{words} price", LAST)) or not re.search(r"[^\W\d]{4,}", words)


def _whole(text: str) -> list[tuple[int, int, int]]:
    """(start, end, value) of the whole numbers in ``text``, none so large that it could be no price."""
    return [(start, end, int(value)) for start, end, value in numbers(text) if abs(value) < 10**9 and value == int(value)]


def _hundreds(match: re.Match[str]) -> str:
    """ "two hundred and forty", or "two forty", in digits."""
    rest = numbers(match[2] or match[3] or "")
    return str(100 * COUNTS.index("one" if match[1] in "aA" else match[1].lower()) + int(rest[0][2] if rest else 0))


def _thousands(match: re.Match[str]) -> str:
    return str(round(1000 * float(match[1][:9])))


@lru_cache(maxsize=1024)
def read(turns: tuple[Turn, ...], seats: tuple[Seat, ...], guide: int) -> tuple[Claim, ...]:
    reader = Reader(seats, guide)
    for number, turn in enumerate(turns):
        reader.read(number, turn)
    return tuple(reader.claims)


def word(claims: Iterable[Claim], seats: Sequence[Seat]) -> str:
    """``claims`` in words that ``read`` reads back."""
    return " ".join(_worded(claim, seats) for claim in claims)


def _worded(claim: Claim, seats: Sequence[Seat]) -> str:
    sells = claim.slot[-1] == seats[0]
    if claim.slot[0] == LIMIT:
        if claim.kind == "ask":
            return "What is the least you would take?" if sells else "What is the most you would pay?"
        return f"The {'least I can take' if sells else 'most I can pay'} is {claim.value}."
    if claim.kind == "withdraw":
        return "I withdraw my proposal."
    return "I propose no deal." if claim.value is None else f"I propose {claim.value}."
