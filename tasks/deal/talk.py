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
from tasks.deal.words import ALL, REST, Lexer, Token, plural_of

ANSWER = ("answer",)
WORTH = "worth"

_VALUES = re.compile(r"\b(?:worth\w*|values?|valued?|valuing|valu\w+|points?|pts?|priorit\w+|useless)\b|\b(?:to|for) me\s*:", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|altogether|combined|together|in all|overall|sum)\b", re.IGNORECASE)
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
        for sentence in sentences(text):
            tokens = self.lexer.tokens(sentence.text, turn.seat)
            values = self._values(sentence.text, tokens, turn.seat)
            if sentence.question and (_ASKS_VALUES.search(sentence.text) or _ASKS_WISHES.search(sentence.text)):
                named = [str(token.value) for token in tokens if token.kind == "good"]
                told += [("ask", (WORTH, other, good), None) for good in dict.fromkeys(named or self.goods)]
            elif values:
                told += [] if sentence.question else [("affirm", (WORTH, seat, good), value) for (seat, good), value in values.items()]
            else:
                mine, to = self._shares(tokens, turn.seat)
                if any(shares.get(key, n) != n for key, n in mine.items()):
                    shares, rest = {}, None
                shares |= mine
                rest = to or rest
        offer = self._division(shares, rest)
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

    def _values(self, text: str, tokens: Sequence[Token], speaker: Seat) -> dict[tuple[Seat, str], Json]:
        """What pieces are worth: a number after the kinds it speaks of, or before them ("5 points for each lamp")."""
        goods = [token for token in tokens if token.kind == "good"]
        bare = goods and not any(token.kind in ("seat", "gives", "gets", "wants", "rest", "whole") for token in tokens)
        listed = bare and tokens[0].kind == "good" and any(token.kind == "number" for token in tokens)
        if not goods or not (_VALUES.search(text) or listed) or _TOTAL.search(text):
            return {}
        if any(token.kind in ("gives", "gets", "rest") for token in tokens) and not re.search(r"\bworth|\bvalue|points?\b|\bpts", text, re.IGNORECASE):
            return {}
        owners = [token.value for token in tokens if token.kind == "seat"]
        owner = str(owners[0]) if owners and len(set(owners)) == 1 else speaker if not owners else ""
        if not owner:
            owner = self._owner(text, tokens)
        found: dict[tuple[Seat, str], Json] = {}
        waiting: list[str] = []
        number: float | None = None
        closed = False
        for place, token in enumerate(tokens):
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            if token.kind == "good":
                if number is not None and not waiting:
                    found[owner, str(token.value)] = _plain(number)
                    number = None if after is None or after.kind != "stop" else number
                    continue
                if closed:
                    waiting, closed = [], False
                waiting.append(str(token.value))
            elif token.kind == "number" or (token.kind == "not" and token.word == "no" and after and after.word.startswith(("point", "value"))):
                amount = float(token.value) if isinstance(token.value, float) else 0.0
                if after and after.kind in ("good", "of"):
                    continue  # how many pieces
                if waiting and not closed:
                    found |= {(owner, good): _plain(amount) for good in waiting if (owner, good) not in found}
                    closed = True
                elif not waiting and after and (after.kind in ("per", "to", "an") or after.word.startswith(("point", "pt"))):
                    number = amount
        if re.search(r"\b(?:worthless|useless|no use|no value)\b", text, re.IGNORECASE) and waiting and not closed:
            found |= {(owner, good): 0 for good in waiting}
        return {key: value for key, value in found.items() if owner}

    def _owner(self, text: str, tokens: Sequence[Token]) -> Seat:
        """Whose values a sentence speaks of that names both: those of whom they are worth something to."""
        del text
        for before, token in zip(tokens, tokens[1:], strict=False):
            if before.kind == "to" and token.kind == "seat":
                return str(token.value)
        for token, after in zip(tokens, tokens[1:], strict=False):
            if token.kind == "seat" and after.kind == "worth":
                return str(token.value)
        return ""

    def _shares(self, tokens: Sequence[Token], speaker: Seat) -> tuple[Shares, Seat | None]:
        """Who gets how many of which kinds (``ALL`` of them), and who the rest, by one sentence."""
        other = self.view.seats[1 - self.view.seats.index(speaker)]
        shares: Shares = {}
        rest: Seat | None = None
        to: Seat | None = None
        subject: Seat | None = None
        giving = negated = wishing = False
        since: list[tuple[str, int]] = []
        last = ""
        amount: int | None = None
        definite = False
        for place, token in enumerate(tokens):
            before = tokens[place - 1] if place else None
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            if token.kind == "seat":
                seat = str(token.value)
                if amount is not None and last and before and before.kind == "to":
                    since.append((last, amount))  # "2 lamps for me, 1 for you"
                    amount = None
                if (before and before.kind == "to" and since) or token.word in ("mine", "yours"):
                    for good, n in since:
                        shares.pop((self._opposite(seat), good), None)
                        shares[seat, good] = n
                    rest = seat if rest == "" else rest
                    since = []
                    to = to if before and before.kind == "to" else None
                elif token.word in ("my", "your"):
                    continue
                elif giving:
                    to, giving = seat, False
                else:
                    subject = seat
                    to = seat if after is None or after.kind not in ("gives", "not") else to
                    negated = negated and subject is None
                    since = []
            elif token.kind == "gives":
                giving, wishing = True, False
                to = self._opposite(subject or speaker)
                since = []
            elif token.kind in ("gets", "wants"):
                wishing = token.kind == "wants"
                if not giving:
                    to = subject or (to if to else other)
                giving = False
            elif token.kind == "not":
                negated = True
            elif token.kind == "stop":
                if token.word in ("but", "if", "while", "so", "then", "because", "since", "as"):
                    negated, giving = False, False
                    subject = None
                    wishing = False
            elif token.kind == "rest":
                if not negated:
                    receiver = to or (self._opposite(next(iter(shares))[0]) if shares else None)
                    if after and after.kind == "to" and place + 2 < len(tokens) and tokens[place + 2].kind == "seat":
                        receiver = str(tokens[place + 2].value)
                    elif after and after.kind == "worth" and place + 2 < len(tokens) and tokens[place + 2].kind == "seat":
                        receiver = str(tokens[place + 2].value)
                    rest = receiver or rest
            elif token.kind == "number" and isinstance(token.value, float):
                amount = int(token.value)
                if last and before and before.kind == "good" and not (after and after.kind in ("good", "of")) and since and to:
                    shares[to, last] = amount  # "lamps 2"
                    since[-1] = (last, amount)
                    amount = None
            elif token.kind in ("whole", "the"):
                amount, definite = (ALL if token.kind == "whole" else amount), True
            elif token.kind == "an":
                amount = 1
            elif token.kind == "half":
                amount = -2
            elif token.kind == "good":
                good = str(token.value)
                count = self.counts[good]
                n = amount if amount is not None else (ALL if token.plural or count == 1 or not definite else 1)
                n = count // 2 if n == -2 and count % 2 == 0 else n
                vague = wishing and amount is None and not definite
                last, amount = good, None
                if not negated and not vague and n >= ALL:
                    since.append((good, n))
                    if to:
                        shares[to, good] = n
        return shares, rest or None

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


__all__ = ["ANSWER", "REST", "WORTH", "Reader", "division", "write"]


def _plain(number: float) -> Json:
    """A number without a needless ".0"."""
    return int(number) if number.is_integer() else number
