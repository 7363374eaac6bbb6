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
from benchmark.reading import Sentence, number_word, numbers, sentences, yes_or_no
from benchmark.vocabulary import Claim, Seat, Turn
from tasks.haggle.worlds import LIMIT

ANSWER = ("answer",)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


_LIMIT = _words(
    r"most|max|maximum|highest|limit|ceiling|more than|above|(?<!come )up to|as (?:high|low|far|much|little) as|stops?(?: at"
    r"| there)?|exceeds?"
    r"|go(?:ing)? past|not past|never past|upwards?|all (?:that |of )?i(?:'ve| have| can)?|no (?:more|less)|not (?:more|less)"
    r"|or (?:more|less)"
    r"|budget|least|min|minimum|lowest"
    r"|bottom(?: line)?|floor|below|under|less than|(?:for|any|much) less|reservation|not spend more|over|beyond|(?:lower|higher) than"
    r"|any (?:lower|higher|further)|(?:can't|cannot|can not|won't|couldn't|could not|not) go (?:lower|higher|further|deeper)"
    r"|ends? (?:at|there)"
    r"|(?:euro|cent|penny) (?:more|less)|cap|capped|tops?(?: out)?|(?:can|could) only|only (?:have|pay|spend)|from \d+ (?:up|upwards?|on)"
    r"|break[- ]even|cheapest|threshold|walk[- ]?away (?:price|point)|m[aá]ximo|m[ií]nimo|s[oó]lo|moins|plus que|unter"
    r"|maximal|mindestens|höchstens"
)
_TOO_FAR = _words(
    r"(?:euros? )?(?:(?:is|are|was|would be|'s|seems|feels|sounds|looks) )?(?:\w+,? ){0,3}?"
    r"(?:(?:more|less|higher|lower) than|below|above|beyond|over|under|too (?:\w+ )?(?:much|little|low|high|steep|expensive|far)"
    r"|leaves? (?:me|us)|steep|outside|out of (?:reach|the question|my)|exceeds?|won't|wouldn't|doesn't|does not|isn't|is not"
    r"|not (?:possible|enough))"
)
"""What follows a price that is said to lie beyond a limit, and is neither limit nor offer."""
_AND_NO_FURTHER = re.compile(r"(?:euros? )?(?:and|but|so|or) [^,;]*\b(?:that|this|it)\b", re.IGNORECASE)
"""What follows a price that is a limit: "824 and beyond that I'd rather stay"."""
_REJECTS = _words(
    r"can't|cant|cannot|can not|won't|not|no|never|wouldn't|couldn't|beyond|too (?:much|little|low|high)|instead of|rather than"
)
_YOURS = _words(r"you|your|yours|youre|you're|u|ur")
_MINE = _words(r"i|i'm|im|i'd|id|i'll|i've|my|mine|me|we|our")
_REQUESTS = _words(r"(?:could|can|would|will) (?:you|u)")
_OFFER = _words(
    r"propos\w+|offers?|offering|how about|what about|let's|lets|let us|deal|settle|agreed?|meet|middle|mid-?point|half ?way|split|fine"
    r"|ok|okay|accept\w*|works?|shall we|price|fee|say|take it|call it|commit|fair|go|(?:it|this|that|yours) for|sell|give you|pay|shake"
    r"|done|make it|take|do|doable|then|it is|it's|gladly|live with|come (?:down|up) to|thinking|hoping|best|final|so|suits?|perfect|ask"
    r"|asking|start|open|yours|sold|confirm(?:ed)?|match|stretch|raise|lower|counter|reasonable|seems?|sounds?|would(?: be|(?=\W*$))"
    r"|want|like|lock|last|write|note|put|pick|choose|(?:is|be) (?:just |about )?(?:good|great|right)"
    r"|(?:i|we)(?:'d| would) need|(?:could|can|might|would|'d|'ll) (?:just |about |perhaps )?(?:manage|afford|let you have)"
    r"|(?<!you had )(?<!you have )in mind"
    r"|(?:i|we)(?:'m|'d|'re| am| are| was| were| had)? (?:aim\w*|look\w*|plann\w+|hoped|reckoned) (?:for|on|with)"
)
_ELSEWHERE = _words(
    r"paid|payed|costs?|cost me|(?<!i )(?<!i'd )(?<!us )(?<!let's )says?|quoted|stands at"
    r"|owes?|earns?|bid|charges?|charged|bought|originally|retail\w*|listed|offered"
    r"|offers(?! to\b)|asks|(?<!i )(?<!you )(?<!we )would (?:do|take|charge|ask|pay|give|cost)|(?:would|could"
    r"|usually) (?:earn|get|bring)|elsewhere"
    r"|takes|comes to|savings?|since|in 20\d\d"
)
"""Words of a clause in which a price is somebody else's, or of another time."""
_MERELY_BEYOND = re.compile(
    r"\b(?:pays|offers|gives|gets|brings|earns|(?:would|will|'ll|'d) (?:pay|give|offer) me|costs?|expenses"
    r"|outlays?|materials?|canvas|frame|rent"
    r"|(?:limit|ceiling|maximum|floor|minimum|budget|bottom line) (?:is|lies|sits|was))\b"
    r"[^,;]{0,40}?\b(?:more than|above|less than|over|under|below|beyond|past|exceeds?|upwards of)\s+(?:the )?$",
    re.IGNORECASE,
)
"""Before a price that only bounds what somebody pays, what it costs, or a limit: "the shop pays me more than 430"."""
_NO_DEAL = _words(
    r"no (?:deal|agreement|zone|overlap|room|price)|walk away|part ways|leave it at that|nothing doing|call it off|null|impossible|decline"
    r"|(?:can't|cannot|can not|won't|don't|do not|doesn't) (?:seem to )?(?:agree|reach|make a deal|do a deal|meet|deal|overlap)"
    r"|not (?:possible|going to work)"
    r"|(?:nothing|not anything) (?:that )?we can do|without a deal"
)
_OR_ELSE = _words(r"or|anything|otherwise|else|if|unless|rather than|avoid|instead of|better than|not (?:a )?no")
_ACCEPTS = _words(r"deal|agreed|agree|accept|accepted|done|sold|shake on it|works for me|fine by me|settled")
_WITHDRAWS = _words(r"withdraw|take back|scratch|forget (?:my|that|the) (?:offer|proposal)")
_THAT = _words(r"that|there|it|this|those|right there")
_TAKES_THAT = _words(
    r"(?:happy|fine|ok|okay|good|content|start|begin|settle|go|agree) (?:with|there|at|on|for) ?(?:that|it|this|the guide|the board)?"
    r"|(?:take|pay|accept|offer|ask|suggest|do|glad|fond) (?:for |of )?(?:that|it|exactly that)|as (?:in|per) the"
)
_MIDDLE = _words(r"split (?:the|that|our) (?:difference|gap)|(?:meet|settle) (?:me )?(?:in the middle|half ?way)|split it|middle|half ?way")
_SAME = _words(r"same|ditto|likewise")
_PUBLIC = _words(r"guide|table|board|listed|list price|guild|index|official")
_LAST = frozenset(
    {"price", "last", "final", "firm", "euros", "ask", "asking", "opening", "rent", "rent's", "price's", "fee", "bid", "counter", "offer"}
)
_VOCATIVE = re.compile(r"\W*(?:(?:my|dear|old|right|yes|maybe|say) )?[^\W\d]+\W*")
"""A word or two after a question: "850, Pia?"."""
_ASKS_THAT = _words(
    r"(?:could|can|would|will) (?:you|u) (?:go (?:there|that (?:high|low|far))|get there|(?:reach|do|match|meet|manage|take|accept|pay"
    r"|stretch to|come (?:up|down) to|live with|agree to) (?:that|it|this))"
)
_ULTIMATUM = re.compile(
    r"\W*(?:(?:and|but|so)\W+)?(?:if not|or else|otherwise|else|if (?:you )?can(?:'t|not))\b\W*"
    r"(?:then\W*)?(?:(?:it|there|that)(?:'s| is) |we have )?(?:no deal|null)\b",
    re.IGNORECASE,
)
"""After a price that was asked for: there is no deal without it."""
_CLAUSE = re.compile(
    r"\s+[–—-]+\s+|—|[:()]\s*|,\s+(?=\S)|\s+(?=(?:so|but|because|since|then|though|although|while|which|where)\b)"
    r"|\s+(?=and (?:i|i'm|i'd|my|your|propose|offer|suggest|how|what|let'?s|shall)\b)|\s+(?=and \d)",
    re.IGNORECASE,
)
_ONWARDS = re.compile(
    r"\s*(?:euros? )?(?:and |or )?(?:up(?:wards?)?|above|below|down|more|less|higher|lower)\b(?! to| than)", re.IGNORECASE
)
_TERMS = re.compile(
    r"\s*(?:euros? )?(?:and|plus|with|including|incl|cash|if"
    r"|(?:for )?(?:the|this|a|per) (?:crate|lot|month|bike|bicycle|portrait|picture|painting|room))\b",
    re.IGNORECASE,
)
"""What follows a price that opens a clause, and asks for something beside it: "440 and you water the plants"."""
_WHICH_IS = re.compile(r"\W*(?:which|that) (?:is|stops at|ends at)\b", re.IGNORECASE)
_MINE_IS = re.compile(r"\W*(?:and |for )?(?:mine|me)\b", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:within|inside|fits?|under|below|over|above|beyond) (?:my|our|the|what)\b", re.IGNORECASE)
_SHORT_OF = re.compile(r"\b(?:within|above|over|below|under|beyond|covers?|pays?|match|reach|meets?) (?:my|our|what)\b", re.IGNORECASE)
_WHY_NOT = _words("why (?:not|don't we)")
_BETWEEN = re.compile(
    r"\bbetween [^\d,;]*\d+[^\d,;]+\d+|\b\d+(?: euros?)? ?(?:[<>]=?|≤|≥|versus|vs\.?) ?\d+|(?<!from )\b\d+(?: euros?)? to \d+"
    r"|\b\d+ ?[-–] ?\d+\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b\d+ (?:euros? )?(?:apart|between us|difference|short|off|more|less|higher|lower)\b(?! than)|\b(?:gap|difference|distance) of \d+",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"(?<=\d)[, '.](?=\d{3}\b)")
_THOUSANDS = re.compile(r"\b(\d+(?:\.\d+)?)k\b", re.IGNORECASE)
_UNITS = re.compile(r"(?<=\d)\s?(?:€|eur\b|euros?\b)", re.IGNORECASE)
_COUNTS = [number_word(n) for n in range(20)]
_BELOW_HUNDRED = "|".join(sorted((number_word(n) for n in range(1, 100)), key=len, reverse=True))
_TENS = "|".join(sorted((number_word(n) for n in range(10, 100)), key=len, reverse=True))
_HUNDREDS = re.compile(rf"\b(a|{'|'.join(_COUNTS[1:])}) (?:hundred(?: and)?(?: ({_BELOW_HUNDRED}))?|({_TENS}))\b", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]{2,}")
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
    limiting: bool = False
    """Whether the clause before spoke of one's own limit and named no price: "my floor: 188"."""

    def read(self, number: int, turn: Turn) -> None:
        self.loose, self.named = [], []
        self.offered = self.agreed = self.asking = self.limiting = False
        text = _SPACES.sub(" ", turn.text[:_LONGEST].replace("’", "'").replace(READY, " "))
        text = _UNITS.sub(" euros", _HUNDREDS.sub(_hundreds, _THOUSANDS.sub(_thousands, _GROUPED.sub("", text))))
        text = _APART.sub("apart", _BETWEEN.sub("between", text))
        found = [claim for sentence in sentences(text) for claim in self._sentence(sentence, turn.seat)]
        offers = [claim for claim in found if claim.kind == "propose"]
        if not offers and (self.agreed or (not found and consents(_bare(text)))):
            offers = [Claim("propose", ANSWER, value) for value in self._theirs(turn.seat)]
            found += offers
        if offers:
            self.standing[turn.seat] = offers[-1].value
        told = [claim for claim in found if claim.kind != "propose" or claim is offers[-1]]
        self.claims += [Claim(one.kind, one.slot, one.value, turn.seat, number) for one in dict.fromkeys(told)]

    def _sentence(self, sentence: Sentence, seat: Seat) -> Iterator[Claim]:
        if _WITHDRAWS.search(sentence.text) and not _NO_DEAL.search(sentence.text):
            yield Claim("withdraw", ANSWER)
            return
        if _ULTIMATUM.match(sentence.text):
            yield from (Claim("affirm", (LIMIT, seat), price) for price in self.named[-1:])
            return
        clauses = [clause for clause in _CLAUSE.split(sentence.text) if clause]
        for place, clause in enumerate(clauses):
            question = sentence.question and all(_VOCATIVE.fullmatch(later) for later in clauses[place + 1 :])
            prices = [one for one in _whole(clause) if one[2] >= self.guide // 20]  # "two" is no price
            if prices:
                for number, (start, end, price) in enumerate(prices):
                    last = number == len(prices) - 1
                    before = clause[prices[number - 1][1] if number else 0 : start]
                    if _is_merely_beyond(before):
                        continue
                    yield from self._price(price, (before, clause[end : None if last else prices[number + 1][0]], last), question, seat)
                self.limiting = self.limiting and not self.named
                if _NO_DEAL.search(clause, prices[-1][1]) and not (sentence.question or self.offered or _OR_ELSE.search(clause)):
                    yield Claim("propose", ANSWER, None)
            else:
                yield from self._without_price(clause, sentence, question, seat)
        self.limiting = self.limiting and sentence.question

    def _price(self, price: int, around: tuple[str, str, bool], question: bool, seat: Seat) -> Iterator[Claim]:
        """What a price is between the words ``around`` it: before it, after it, and whether these end its clause."""
        before, after, last = around
        clause = f"{before} {price}{after}"
        if not before.strip(" '\"") and _TERMS.match(after):
            self.offered = True
            self.named.append(price)
            yield Claim("propose", ANSWER, price)
            return
        if _TOO_FAR.match(after.lstrip()) and not _AND_NO_FURTHER.match(after.lstrip()):
            self.limiting = _SHORT_OF.search(after) is not None
            return
        limits = _LIMIT.search(before) or _ONWARDS.match(after) or (last and _LIMIT.search(after))
        requested = question and _REQUESTS.search(before)
        if not limits and self.limiting and (_is_bare(clause) or _WHICH_IS.match(before)):
            limits = _LIMIT.search("limit")
        if limits or (self.asking and _MINE_IS.match(before)):
            if requested and not _MINE.search(clause):
                yield Claim("propose", ANSWER, price)
            elif question and (_YOURS.search(clause) or not _MINE.search(clause)):
                self.asking = True
                yield Claim("ask", (LIMIT, self._other(seat)))
            elif _MINE.search(clause) or not _YOURS.search(clause):
                self.named.append(price)
                yield Claim("affirm", (LIMIT, seat), price)
        elif _REJECTS.search(before) and not _WHY_NOT.search(before):
            return
        elif question or _is_bare(clause) or self._is_offered(price, clause):
            self.named.append(price)
            self.offered, self.loose = True, []
            yield Claim("propose", ANSWER, price)
        else:
            self.loose.append(price)

    def _is_offered(self, price: int, clause: str) -> bool:
        if price == self.guide and _PUBLIC.search(clause):
            return bool(_TAKES_THAT.search(clause))
        return bool(_OFFER.search(clause)) and not _ELSEWHERE.search(clause)

    def _without_price(self, clause: str, sentence: Sentence, question: bool, seat: Seat) -> Iterator[Claim]:
        if sentence.question and self.named and not self.offered and _ASKS_THAT.search(clause):
            self.offered = True
            yield Claim("propose", ANSWER, self.named[-1])
        elif _LIMIT.search(clause):
            yield from self._limit(clause, sentence, seat)
        elif _NO_DEAL.search(clause):
            if not (sentence.question or _OR_ELSE.search(clause)):
                yield Claim("propose", ANSWER, None)
        elif self.loose and _TAKES_THAT.search(clause):
            yield Claim("propose", ANSWER, self.loose[-1])
        elif not self.named and _MIDDLE.search(clause) and not sentence.negated:
            yield from (Claim("propose", ANSWER, middle) for middle in self._middle())
        elif not (question or sentence.question or sentence.negated):
            self.agreed |= bool(_ACCEPTS.search(clause) or yes_or_no(clause))

    def _limit(self, clause: str, sentence: Sentence, seat: Seat) -> Iterator[Claim]:
        """One's own limit; what is said of the other's is a question or hearsay."""
        theirs = [claim.value for claim in self.claims if claim.slot == (LIMIT, self._other(seat)) and claim.kind == "affirm"]
        if sentence.question and (_YOURS.search(clause) or not _MINE.search(clause)):
            self.asking = True
            yield Claim("ask", (LIMIT, self._other(seat)))
        elif _YOURS.search(clause) and not _MINE.search(clause):
            return
        elif theirs and _SAME.search(clause):
            yield Claim("affirm", (LIMIT, seat), theirs[-1])
        elif spoken := self.loose or (self.named if _THAT.search(clause) and not _WITHIN.search(clause) else []):
            yield Claim("affirm", (LIMIT, seat), spoken[-1])
        else:
            self.limiting = not (sentence.negated or _THAT.search(clause) or _WITHIN.search(clause))

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


def _is_merely_beyond(before: str) -> bool:
    return _MERELY_BEYOND.search(before) is not None and not _REJECTS.search(before)


def _bare(text: str) -> str:
    """``text`` without prices and the mark of who is ready."""
    return re.sub(r"\d+(?: euros?)?", "", text.replace(READY, ""))


def _is_bare(clause: str) -> bool:
    """Whether a clause is a price, with words of consent at most."""
    words = _bare(clause)
    return bool(consent(f"{words} price", _LAST)) or not re.search(r"[^\W\d]{4,}", words)


def _whole(text: str) -> list[tuple[int, int, int]]:
    """(start, end, value) of the whole numbers in ``text``, none so large that it could be no price."""
    return [(start, end, int(value)) for start, end, value in numbers(text) if abs(value) < 10**9 and value == int(value)]


def _hundreds(match: re.Match[str]) -> str:
    """ "two hundred and forty", or "two forty", in digits."""
    rest = numbers(match[2] or match[3] or "")
    return str(100 * _COUNTS.index("one" if match[1] in "aA" else match[1].lower()) + int(rest[0][2] if rest else 0))


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
