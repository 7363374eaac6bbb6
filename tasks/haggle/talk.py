"""What talk about `haggle` says: limits, offers, acceptance, and that there is no deal. Read with public words only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from benchmark.consent import consent, consents
from benchmark.quoting import READY
from benchmark.reading import Sentence, number_word, numbers, sentences, yes_or_no
from benchmark.vocabulary import Claim, Seat, Turn
from tasks.haggle.worlds import LIMIT

ANSWER = ("answer",)

_LIMIT = re.compile(
    r"\b(?:most|max|maximum|highest|limit|ceiling|more than|above|up to|as (?:high|low|far|much|little) as|stops? at|exceed"
    r"|go(?:ing)? past|upwards|all (?:that )?i(?:'ve| have| can)|no more|budget|least|min|minimum|lowest|bottom(?: line)?|floor"
    r"|below|under|less than|(?:for|any|much) less|reservation|not spend more|over|beyond|lower than|higher than|any lower|any higher)\b",
    re.IGNORECASE,
)
_YOURS = re.compile(r"\b(?:you|your|yours|youre|you're|u|ur)\b", re.IGNORECASE)
_MINE = re.compile(r"\b(?:i|i'm|im|i'd|i'll|my|mine|me|we)\b", re.IGNORECASE)
_OFFER = re.compile(
    r"\b(?:propose|proposal|offer|offering|how about|what about|let's|lets|deal|settle|agree|agreed|meet|middle|midpoint|half ?way|split"
    r"|fine|ok|okay|accept|works?|shall we|price of|say|take it|call it|commit|fair|go with|for|give you|pay|shake|done|make it"
    r"|take|do|then|(?<=\d )it is|gladly|live with|come (?:down|up) to|go down to|thinking of|hoping for|best|final|so"
    r"|would you|could you)\b",
    re.IGNORECASE,
)
_NO_DEAL = re.compile(
    r"\b(?:no deal|no agreement|no zone|no overlap|no room|(?:can't|cannot|can not|won't|don't) (?:agree|make a deal|do a deal|meet|deal"
    r"|overlap)|walk away|part ways|leave it at that|nothing doing|call it off|no price|null|not (?:possible|going to work)"
    r"|impossible|decline)\b",
    re.IGNORECASE,
)
_ACCEPTS = re.compile(r"\b(?:deal|agreed|agree|accept|accepted|done|sold|shake on it|works for me|fine by me|settled)\b", re.IGNORECASE)
_WITHDRAWS = re.compile(r"\b(?:withdraw|take back|scratch|forget (?:my|that|the) (?:offer|proposal))\b", re.IGNORECASE)
_REJECTS = re.compile(r"\b(?:can't|cannot|can not|won't|not|too (?:much|little|high|low)|never|wouldn't|couldn't)\b", re.IGNORECASE)
_TOO_FAR = re.compile(
    r"\b\d+ (?:euros? )?(?:is|was|would be) (?:\w+ ){0,2}?(?:(?:more|less|higher|lower) than|below|above|beyond|over|under)\b",
    re.IGNORECASE,
)
"""A price that is said to lie beyond a limit, and is none."""
_APART = re.compile(r"\b\d+ (?:euros? )?(?:apart|between us|difference|short)\b", re.IGNORECASE)
_BUT = re.compile(r"[,\s]+but\b", re.IGNORECASE)
_WITH_THAT = re.compile(
    r"\b(?:happy|fine|ok|okay|good|content) with (?:that|it)\b|\b(?:take|pay|accept|offer|ask) (?:for )?(?:that|it)\b"
    r"|\bas (?:in|per) the\b",
    re.IGNORECASE,
)
_SO = re.compile(r"\b(?:so|and|then) (?=i (?:propose|offer|suggest)|how about|what about|let'?s|shall we|\d)", re.IGNORECASE)
_SO_AGREES = re.compile(
    r"\b(?:so|and|then) (?:i(?:'ll| will|'m)?|it's|that's|we have) (?:an? )?(?:accept|agree|take it|deal|in|fine)\b", re.IGNORECASE
)
_PRICE = frozenset({"price"})
_SAME = re.compile(r"\bsame\b", re.IGNORECASE)
_PUBLIC = re.compile(r"\b(?:guide|table|board|listed|list price|guild|index)\b", re.IGNORECASE)
_GROUPED = re.compile(r"(?<=\d)[, '](?=\d{3}\b)")
_UNITS = re.compile(r"(?<=\d)\s?(?:€|eur\b|euros?\b)", re.IGNORECASE)
_COUNTS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_BELOW_HUNDRED = "|".join(sorted((number_word(n) for n in range(1, 100)), key=len, reverse=True))
_HUNDREDS = re.compile(rf"\b(a|{'|'.join(_COUNTS[1:])}) hundred(?: and)?(?: ({_BELOW_HUNDRED}))?\b", re.IGNORECASE)
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

    def read(self, number: int, turn: Turn) -> None:
        found: list[Claim] = []
        self.loose = []
        text = _GROUPED.sub("", turn.text[:_LONGEST])
        text = _APART.sub("apart", _UNITS.sub(" euros", _HUNDREDS.sub(_hundreds, text)))
        for sentence in sentences(text):
            found += self._sentence(sentence, turn.seat)
        if not found and consents(_bare(text)):
            found = [Claim("propose", ANSWER, value) for value in self._theirs(turn.seat)]
        offers = [claim for claim in found if claim.kind == "propose"]
        if offers:
            self.standing[turn.seat] = offers[-1].value
        self.claims += [Claim(one.kind, one.slot, one.value, turn.seat, number) for one in dict.fromkeys(found)]

    def _sentence(self, sentence: Sentence, seat: Seat) -> list[Claim]:
        text = sentence.text
        prices = [price for price in _whole(text) if price >= self.guide // 20]  # "two" is no price
        if _PUBLIC.search(text) and self.guide in prices:
            prices.remove(self.guide)
            if not prices and _WITH_THAT.search(text):
                return [Claim("propose", ANSWER, self.guide)]
        if _WITHDRAWS.search(text) and not _NO_DEAL.search(text):
            return [Claim("withdraw", ANSWER)]
        if _LIMIT.search(text):
            return self._limit(sentence, seat, prices)
        if _NO_DEAL.search(text) and not sentence.question and not prices:
            return [Claim("propose", ANSWER, None)]
        if prices:
            rejected = _REJECTS.search(next((part for part in _BUT.split(text) if _whole(part)), text)) and not re.search(
                r"\bwhy not\b", text, re.IGNORECASE
            )
            offered = (
                sentence.question
                or _OFFER.search(text)
                or consent(f"{_bare(text)} price", _PRICE)
                or not re.search(r"[^\W\d]{4,}", text.replace("euros", ""))
            )
            if not offered:
                self.loose = prices
            return [Claim("propose", ANSWER, prices[-1])] if offered and not rejected else []
        return self._acceptance(sentence, seat)

    def _limit(self, sentence: Sentence, seat: Seat, prices: list[int]) -> list[Claim]:
        """One's own limit; what is said of the other's is a question or hearsay. "The most I can pay is 90, so I propose 80" offers too."""
        other = next((one for one in self.seats if one != seat), seat)
        prices = _whole(_TOO_FAR.sub(" ", sentence.text)) if _TOO_FAR.search(sentence.text) else prices
        theirs = [claim.value for claim in self.claims if claim.slot == (LIMIT, other) and claim.kind == "affirm"]
        if not prices and theirs and not sentence.question and _SAME.search(sentence.text):
            return [Claim("affirm", (LIMIT, seat), theirs[-1])]
        about_them = _YOURS.search(sentence.text) and not _MINE.search(sentence.text)
        if sentence.question and (_YOURS.search(sentence.text) or not prices):
            return [Claim("ask", (LIMIT, other))]
        if not prices and self.loose and not sentence.question:
            return [Claim("affirm", (LIMIT, seat), self.loose[-1])]
        if not prices or about_them or (sentence.question and not _SO.search(sentence.text)):
            return []
        head, _, tail = _SO.sub("\0", sentence.text, count=1).partition("\0")
        limits = _whole(head)
        offered: list[int | None] = [*_whole(tail)]
        limits = [price for price in limits if price in prices]
        found = [Claim("affirm", (LIMIT, seat), limits[-1])] if limits else []
        if not offered and _SO_AGREES.search(sentence.text) and not sentence.negated:
            offered = self._theirs(seat)
        return found + [Claim("propose", ANSWER, price) for price in offered[-1:]]

    def _theirs(self, seat: Seat) -> list[int | None]:
        """The standing proposal of the other, if there is one."""
        return [value for one, value in self.standing.items() if one != seat][-1:]

    def _acceptance(self, sentence: Sentence, seat: Seat) -> list[Claim]:
        theirs = self._theirs(seat)
        agrees = _ACCEPTS.search(sentence.text) or yes_or_no(sentence.text)
        if theirs and agrees and not sentence.question and not sentence.negated:
            return [Claim("propose", ANSWER, theirs[-1])]
        return []


def _bare(text: str) -> str:
    """``text`` without prices and the mark of who is ready."""
    return re.sub(r"\d+(?: euros?)?", "", text.replace(READY, ""))


def _whole(text: str) -> list[int]:
    """The whole numbers in ``text``, none so large that it could be no price."""
    return [int(value) for _, _, value in numbers(text) if abs(value) < 10**9 and value == int(value)]


def _hundreds(match: re.Match[str]) -> str:
    """ "two hundred and forty" in digits."""
    rest = numbers(match[2] or "")
    return str(100 * _COUNTS.index("one" if match[1] in "aA" else match[1].lower()) + int(rest[0][2] if rest else 0))


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
