"""What is said over a division: values told and asked for, offers, and whether they are taken.

An offer is read from one turn. Who is named with some pieces gets those; the other gets what is left of these kinds. Kinds that
are not spoken of go to the other if only one person's share was named, and leave the offer unread if both were. "I want hats" is a
wish and no offer; "I want 2 hats" and "I'd like the hats" are offers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmark.quoting import READY
from benchmark.reading import sentences
from benchmark.vocabulary import Answer, Claim, Json, Seat, Turn, View
from tasks.deal.sharing import ALL, Walk
from tasks.deal.valuing import values_in
from tasks.deal.words import Lexer, plural_of

ANSWER = ("answer",)
WORTH = "worth"

_TAKES = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|yes|yeah|yep|sure|alright|great|perfect|cool|fine|good|hmm|well|awesome|wonderful)\W+)*"
    r"(?:deal|agreed?|i agree|i accept|accept(?:ed)?|done|sounds (?:good|great|fair|like a deal)|works for me|that works|(?:that|it|this)(?:'s| is| sounds) "
    r"(?:fine|good|fair|a deal|great|perfect)|you(?: have|'ve got|'ve| got) (?:got )?(?:yourself )?a deal|let's do (?:it|that)|i can do that|i'll take it|we have a deal"
    r"|ok(?:ay)?|yes|yeah|yep|sure|alright|great|perfect|cool|fine)\b",
    re.IGNORECASE,
)
_OBJECTS = re.compile(r"\b(?:but|however|instead|unless|though|except|only if|counter|rather|not|no|can't|cannot|won't|don't)\b", re.IGNORECASE)
_REFUSES = re.compile(
    r"^\W*(?:sorry\W+|hmm\W+|well\W+)*(?:no\b|nope\b|nah\b|no way|not fair|can ?no?t (?:do|accept)|cant do|can't (?:do|accept)|i (?:can't|cannot|won't) (?:do|accept|take|agree)"
    r"|i (?:reject|refuse)|that (?:won't|doesn't|does not|will not) work|that's not (?:fair|enough)|too little|not good enough|i disagree)",
    re.IGNORECASE,
)
_LEAVES = re.compile(r"\b(?:propose no deal|walk(?:ing)? away|no agreement then|leave it without a deal)\b", re.IGNORECASE)
_ASKS_VALUES = re.compile(
    r"\b(?:what|how|which)\b.*\b(?:worth|value|values|points|you (?:want|need|like|prefer|care|after)|matter|priorit|important)", re.IGNORECASE
)
_ASKS_WISHES = re.compile(r"^\W*(?:so |and |ok |okay )*(?:do|does|did|are|would|why|what|which|how much) you\b|\b(?:what|which|why|how)\b (?:do|does|about|are|is)?\s*you(?:r|rs)?\b", re.IGNORECASE)
_PARTIAL = re.compile(r"\b(?:also|at least|at most|another|as you (?:say|said|proposed))\b", re.IGNORECASE)
"""Words of one who asks for a change of an offer and does not say the whole of it."""
_LONGEST = 20_000

Shares = dict[tuple[Seat, str], int]


class Reader:
    """Reads a talk with the public facts of one view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lexer = Lexer(view)
        self.goods: tuple[str, ...] = view.public("goods")
        self.counts: dict[str, int] = dict(zip(self.goods, view.public("counts"), strict=True))
        self.offers: dict[Seat, Answer] = {}

    def read(self, turns: Sequence[Turn]) -> tuple[Claim, ...]:
        found: list[Claim] = []
        for number, turn in enumerate(turns):
            for kind, slot, value in self._turn(turn):
                found.append(Claim(kind, slot, value, turn.seat, number))
        return tuple(found)

    def _turn(self, turn: Turn) -> list[tuple[str, tuple[str, ...], Json]]:
        text = turn.text[:_LONGEST].replace(READY, " ").replace("’", "'").replace("İ", "i")
        other = self.view.seats[1 - self.view.seats.index(turn.seat)]
        told: list[tuple[str, tuple[str, ...], Json]] = []
        shares: Shares = {}
        rest: Seat | None = None
        firm = False
        for sentence in sentences(text):
            tokens = self.lexer.tokens(sentence.text, turn.seat)
            values = values_in(sentence.text, tokens, turn.seat, self.counts)
            if sentence.question and (_ASKS_VALUES.search(sentence.text) or _ASKS_WISHES.search(sentence.text)):
                named = [str(token.value) for token in tokens if token.kind == "good"]
                told += [("ask", (WORTH, other, good), None) for good in dict.fromkeys(named or self.goods)]
            elif values:
                told += [] if sentence.question else [("affirm", (WORTH, seat, good), value) for (seat, good), value in values.items()]
            elif not _PARTIAL.search(sentence.text):
                walk = Walk(self.view.seats, turn.seat, self.counts).through(tokens)
                if any(shares.get(key, n) != n for key, n in walk.shares.items()):
                    shares, rest, firm = {}, None, False
                shares |= walk.shares
                rest, firm = walk.rest or rest, firm or walk.firm
        offer = self._division(shares, rest) if firm or len({seat for seat, _ in shares}) > 1 else None
        if offer is not None:
            told.append(("propose", ANSWER, offer))
            self.offers[turn.seat] = offer
        elif _LEAVES.search(text):
            told.append(("propose", ANSWER, None))
        elif not shares and other in self.offers:
            told += self._reply(text, turn.seat, self.offers[other])
        return list(dict.fromkeys(told))

    def _reply(self, text: str, seat: Seat, offer: Answer) -> list[tuple[str, tuple[str, ...], Json]]:
        if _REFUSES.search(text):
            return [("exclude", ANSWER, offer)]
        if _TAKES.search(text) and not _OBJECTS.search(text):
            self.offers[seat] = offer
            return [("propose", ANSWER, offer)]
        return []

    def _opposite(self, seat: Seat) -> Seat:
        return self.view.seats[1 - self.view.seats.index(seat)]

    def _division(self, shares: Shares, rest: Seat | None) -> Answer:
        """The whole division that ``shares`` and ``rest`` mean; None if they mean none, or an impossible one."""
        if not shares:
            return None
        named = {seat for seat, _ in shares}
        for good in self.goods:
            if all((seat, good) not in shares for seat in self.view.seats):
                seat = rest or (self._opposite(next(iter(named))) if len(named) == 1 else None)
                if seat is None:
                    return None
                shares = {**shares, (seat, good): ALL}
        got: dict[str, tuple[int, int]] = {}
        first, second = self.view.seats
        for good, count in self.counts.items():
            one, two = shares.get((first, good)), shares.get((second, good))
            if ALL in (one, two) and one is not None and two is not None:
                one, two = (None, two) if one == ALL and two != ALL else (one, None) if two == ALL and one != ALL else (one, two)
            one, two = (count if n == ALL else n for n in (one, two))
            one, two = count - two if one is None and two is not None else one, count - one if two is None and one is not None else two
            if one is None or two is None or one < 0 or two < 0 or one + two != count:
                return None
            got[good] = (one, two)
        return division(self.view.names, self.goods, [got[good][0] for good in self.goods], [self.counts[good] for good in self.goods])


def division(names: Sequence[str], goods: Sequence[str], first: Sequence[int], counts: Sequence[int]) -> Answer:
    """The answer in which the first person gets ``first`` of each kind and the second the rest."""
    rest = [n - taken for n, taken in zip(counts, first, strict=True)]
    return tuple((name, tuple(zip(goods, share, strict=True))) for name, share in zip(names, (first, rest), strict=True))


def write(claims: Sequence[Claim], view: View) -> str:
    """``claims`` in the sentences that ``Reader`` reads as the same."""
    parts: list[str] = []
    values: dict[Seat, list[str]] = {}
    for claim in claims:
        if claim.kind == "affirm":
            seat = claim.slot[1]
            if seat not in values:
                parts.append(f"\0{seat}")
            values.setdefault(seat, []).append(f"{claim.slot[2]} {claim.value}")
    asked = [claim.slot[2] for claim in claims if claim.kind == "ask"]
    text = [f"Worth to {view.name(part[1:])}: {', '.join(values[part[1:]])}." for part in parts]
    if asked:
        whole = len(asked) == len(view.public("goods"))
        text.append("What are they worth to you?" if whole else f"What is worth to you: {', '.join(asked)}?")
    text += [_offer(claim.value, view) for claim in claims if claim.kind == "propose"]
    return " ".join(text)


def _offer(value: Answer, view: View) -> str:
    if value is None:
        return "I propose no deal."
    scene, _ = view.public("scene")
    (first, share), (second, other) = value
    if not any(n for _, n in share):
        first, second, share = second, first, other
    pieces = ", ".join(f"{n} {good if n == 1 else plural_of(good, scene)}" for good, n in share if n)
    return f"Offer: {first} gets {pieces}; {second} gets the rest."

