"""What a sentence says that pieces are worth."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise, takewhile

from benchmark.vocabulary import Json, Seat
from tasks.deal.words import EQUALS, NOTHING, Token

_VALUES = re.compile(
    r"\b(?:worth\w*|valu\w+|points?|pts?|priorit\w+|useless|no use|my (?:best|main|top|biggest|highest|lowest"
    r"|favou?rites?))\b|\b(?:to|for) me\b(?:\s*:| it's\b| it is\b)",
    re.IGNORECASE,
)
_SURELY = re.compile(
    r"\(\s*\d+(?: each| apiece| per piece)?\s*\)"
    r"|\b(?:worth\w*|brings? (?:me|in)|earns?|yields?|valu\w+|points?|pts?|scores?|rated?|useless|no use)\b",
    re.IGNORECASE,
)
_SAME = re.compile(r"\b(?:same (?:as|for|with|goes for)|as (?:is|are|do|does)|so (?:is|are|do|does))\b", re.IGNORECASE)
_POINTS_OF_A_SHARE = re.compile(r"\([^()]*\b(?:points?|pts?)\b[^()]*\)", re.IGNORECASE)
_SUM_OF_A_SHARE = re.compile(r"\(\s*\d{2,}\s*\)|:\s*\d{2,}\W*$")
_VALUED = re.compile(r"\b(?:valu\w+|worth|priorit\w+|points?|rat\w+)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|altogether|combined|together|in all|overall|sum)\b", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:worthless|useless|valueless|no (?:use|value|worth)\b)"
    r"|(?:n't|\b(?:not|dont|doesnt|nor|neither|never))\b[^,;.]{0,40}?\b"
    r"(?:value\b(?!.*\b(?:much|more|as|so|that|too)\b)|worth (?:anything|a thing)"
    r"|(?:do|does|bring|earn|score|mean|give)\b[^,;.]{0,12}\banything)",
    re.IGNORECASE,
)
"""What says that the kinds named are worth nothing, without a number. "Not worth much" is no value."""
_POINTS = re.compile(r"\s*(?:points?|pts?)\b", re.IGNORECASE)
_EACH_ONE = re.compile(r"\b(?:each|every|per) one\Z", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:(?:less|more|fewer) than|at (?:most|least)|under|over|up to|about|around|below|above)\s*\Z", re.IGNORECASE)
_OR_SO = re.compile(r"\s*(?:points?|pts?)?\s*or (?:less|so|fewer|more|under)\b", re.IGNORECASE)
SHARING = ("gives", "gets", "rest", "whole", "wants", "wishes")
_BETWEEN = ("per", "to", "an", "the", "whole", "of", "worth")
_REASONS = ("because", "since", "as", "so", "while")
_ADDED_UP = re.compile(r"\bplus\b[^.;]{0,40}\b(?:gives?|makes?|brings?|is|would be)\b[^.;\d]{0,20}\d", re.IGNORECASE)
"""What several kinds come to together."""
_EITHER = re.compile(r"\b\d+ (?:or|to) \d+\b")
_REST = ""
_IS = ("is", "are", "'s")
_TAKERS = ("me", "you", "mine", "yours", "name")
TOTAL = 20
"""Points of a whole heap, at most, in the games with kinds that are many."""


def values_in(
    text: str, tokens: Sequence[Token], speaker: Seat, counts: Mapping[str, int], known: Collection[str] = (), goes_on: bool = False
) -> dict[tuple[Seat, str], Json]:
    """(seat, kind) to points a piece; empty for a sentence that is about something else, or about totals.

    "The rest" are the kinds that are neither named with it nor in ``known``, those valued earlier in the turn. Where a clause ``goes_on``
    from one about values ("…, and zero for hats"), its numbers are values too.
    """
    if not any(token.kind in ("good", "rest") for token in tokens) or _TOTAL.search(text) or _EITHER.search(text) or _ADDED_UP.search(text):
        return {}
    is_row = goes_on and _is_row(tokens)
    if not (is_row or is_valuing(text, tokens, speaker, counts)):
        return {}
    owner = _owner(tokens, speaker)
    row = _in_order(tokens) or _in_turn(tokens, counts)
    bound = {str(good.value): _amount(text, number) for good, number in row} or _bound(text, tokens)
    if _REST in bound:
        amount = bound.pop(_REST)
        bound |= {good: amount for good in counts if good not in {*known, *bound}} if bound or known else {}
    if len(bound) > 1 and any(isinstance(value, int | float) and value * counts[good] > TOTAL for good, value in bound.items()):
        return {}  # what several kinds come to
    return {(owner, good): value for good, value in bound.items()} if owner else {}


def is_valuing(text: str, tokens: Sequence[Token], speaker: Seat, counts: Mapping[str, int]) -> bool:
    shares = any(token.kind in SHARING for token in tokens)
    names_taker = len(tokens) > 1 and tokens[-1].word in _TAKERS and tokens[-2].kind not in ("to", "worth", "into", "gives")
    if _counts_out(text, tokens, counts) or (names_taker and not _VALUED.search(text)):
        return False
    if _SURELY.search(text) or _in_turn(tokens, counts) or _is_beyond(tokens, counts) or _is_rate(tokens, counts) or _is_at(tokens):
        return True
    return not shares and bool(
        _VALUES.search(text) or _NONE.search(text) or _is_list(text, tokens, counts) or _is_measured(tokens, speaker)
    )


def _counts_out(text: str, tokens: Sequence[Token], counts: Mapping[str, int]) -> bool:
    """ "I receive rugs (2) and trunk (1)" of as many."""
    pairs = _pairs(tokens)
    bracketed = len(pairs) > 1 and all(text[one.end : two.start].strip() == "(" for one, two in pairs)
    receives = bracketed and any(token.kind in ("gives", "gets") for token in tokens) and not _VALUED.search(text)
    return receives and all(two.value == counts[str(one.value)] for one, two in pairs)


def _is_rate(tokens: Sequence[Token], counts: Mapping[str, int]) -> bool:
    """ "2 per hat", "I get 2 for each hat", "hats are 2 each". "One each" may share the hats out."""
    if any(token.kind == "us" for token in tokens):
        return False
    for place, number in enumerate(tokens):
        if number.kind != "number" or not isinstance(number.value, float):
            continue
        one, two, three = (*tokens[place + 1 : place + 4], *[Token("", None, -1, -1)] * 3)[:3]
        rate = [one, two] if one.kind in ("per", "worth") else [two, three] if one.kind == "to" else []
        if one.word in ("for", "from") and _counted_for(tokens, place) and sum(_counted_for(tokens, at) for at in range(len(tokens))) > 1:
            return True  # "5 for food, 4 for the water"
        if one.word == "for" and _counted_for(tokens, place) and tokens[place - 1].word in ("have", "got", "put"):
            return True  # "I have 0 for hats"
        if rate and (rate[0].kind == "per" or rate[0].word == "every") and rate[1].kind == "good":
            return True
        good = next((str(token.value) for token in reversed(tokens[:place]) if token.kind == "good"), "")
        if one.kind == "per" and one.word != "per" and good and 2 * number.value > counts[good] and tokens[place - 1].kind != "gets":
            return True
        if tokens[place - 1].kind == "gets" and number.word in NOTHING and one.kind == "to":
            return True  # "I get nothing for the ball"
        if place > 2 and [token.kind for token in tokens[place - 3 : place]] in (["good", "gives", "seat"], ["good", "gets", "seat"]):
            return one.kind not in ("good", "of", "to")  # "the trunk gives me 5"
    return False


def _is_at(tokens: Sequence[Token]) -> bool:
    """ "I have ropes at 4"."""
    near = zip(tokens, tokens[1:], tokens[2:], strict=False)
    return any(one.kind == "good" and two.word == "at" and three.kind == "number" for one, two, three in near)


def _counted_for(tokens: Sequence[Token], place: int) -> bool:
    """Whether the token at ``place`` is a number for a kind: "5 for food"."""
    number, what = tokens[place], [token for token in tokens[place + 1 : place + 4] if token.kind not in ("the", "an")]
    return number.kind == "number" and len(what) > 1 and what[0].word in ("for", "from") and what[1].kind == "good"


def _is_measured(tokens: Sequence[Token], speaker: Seat) -> bool:
    """ "A ring is only 1 to me", "the laser's at 8", "scanners do nothing for me": nobody else is named."""
    if any(token.kind == "seat" and token.value != speaker for token in tokens):
        return False
    for before, number in pairwise(tokens):
        if number.kind == "number" and (number.word in NOTHING or before.word in ("at", "with", "to", "are", "is", "'s")):
            return before.kind != "stop"
    return False


def _is_row(tokens: Sequence[Token]) -> bool:
    kinds = {token.kind for token in tokens}
    return {"good", "number"} <= kinds and not kinds & {"gives", "gets", "wants", "wishes", "seat"}


def without_points_of_shares(text: str, tokens: Sequence[Token], most: int) -> str:
    """``text`` without "(18 points)" or "18 for me" after what somebody is to get: more than the ``most`` pieces that there are, a sum."""
    if not any(token.kind in ("gives", "gets") for token in tokens):
        return text
    for number, to, who in reversed([*zip(tokens, tokens[1:], tokens[2:], strict=False)]):
        if number.kind == "number" and float(str(number.value)) > most and to.word == "for" and who.kind == "seat":
            text = f"{text[: number.start]} {text[who.end :]}"
    text = _POINTS_OF_A_SHARE.sub(" ", text)
    return text if _VALUED.search(text) else _SUM_OF_A_SHARE.sub(" ", text)


def _pairs(tokens: Sequence[Token]) -> list[tuple[Token, Token]]:
    """Kinds and the numbers right after them."""
    told = [token for token in tokens if token.word not in ("is", "are", "'s", *EQUALS)]
    return [(one, two) for one, two in pairwise(told) if one.kind == "good" and two.kind == "number"]


def _is_list(text: str, tokens: Sequence[Token], counts: Mapping[str, int]) -> bool:
    """Whether it opens with a kind and gives numbers after kinds, and nobody is named; "hats: one each?" divides two hats."""
    pairs = _pairs(tokens)
    halved = text.rstrip().endswith("?") and halves(text, tokens, counts)
    lead = list(takewhile(lambda token: token.kind == "into" or token.word in ("my", "mine", ",", ":"), tokens))
    if any(token.word == "mine" for token in lead) and len(pairs) < len(counts):
        return False  # "mine: lamps 2" may be a share
    rest = tokens[len(lead) :]  # after "on my side, lamps 4, rugs 2"
    return bool(pairs) and not halved and bool(rest) and rest[0].kind == "good" and not any(token.kind == "seat" for token in rest)


def adds_up(tokens: Sequence[Token]) -> bool:
    """Whether it says what several kinds come to: "duck and pumpkins give me 12"."""
    near = zip(tokens, tokens[1:], tokens[2:], strict=False)
    told = next((place for place, three in enumerate(near) if [token.kind for token in three] == ["gives", "seat", "number"]), 0)
    kinds = [token.kind for token in tokens]
    return kinds[:told].count("good") > 1 and "per" not in kinds and kinds[told + 3 : told + 4] not in (["good"], ["of"])


def halves(text: str, tokens: Sequence[Token], counts: Mapping[str, int]) -> bool:
    """Whether it may give both as many pieces of one kind: "hats: one each"."""
    pairs = _pairs(tokens)
    counted = len(pairs) == 1 and tokens[-1].kind == "per" and not _SURELY.search(text) and not any(one.word in _IS for one in tokens)
    return counted and 2 * float(str(pairs[0][1].value)) == counts[str(pairs[0][0].value)]


def _is_beyond(tokens: Sequence[Token], counts: Mapping[str, int]) -> bool:
    """Whether a number after a kind is larger than there are pieces, or given with "="."""
    large = any(isinstance(two.value, float) and two.value > counts[str(one.value)] for one, two in _pairs(tokens))
    return large or any(one.kind == "good" and two.word == "=" for one, two in pairwise(tokens))


def _owner(tokens: Sequence[Token], speaker: Seat) -> Seat:
    """Whose values they are: of the only person who is named, else of whom things are worth something to."""
    named = [str(token.value) for token in tokens if token.kind == "seat"]
    if len(named) == 1 and len(tokens) > 1 and tokens[0].word == "name" and tokens[1].word in EQUALS:
        return speaker  # "Ben: lamps = 3, rugs = 4" calls Ben
    if len(set(named)) <= 1:
        return named[0] if named else speaker
    for one, two in pairwise(tokens):
        if one.kind == "to" and two.kind == "seat":
            return str(two.value)
    return next((str(one.value) for one, two in pairwise(tokens) if one.kind == "seat" and two.kind == "worth"), "")


def _bound(text: str, tokens: Sequence[Token]) -> dict[str, Json]:
    """A number belongs to the kinds named since the number before, or to the kind that follows at once ("5 points for each lamp")."""
    found: dict[str, Json] = {}
    waiting: list[str] = []
    done = False
    last: tuple[int, Json] | None = None
    for place, token in enumerate(tokens):
        if token.kind == "good" and done and last and _SAME.search(text, last[0], token.start):
            found.setdefault(str(token.value), last[1])
        elif token.kind == "good" or (token.kind == "rest" and token.word != "everything"):  # "it means everything to me: 5 points"
            waiting = [] if done else waiting
            done = False
            waiting.append(str(token.value) if token.kind == "good" else _REST)
        elif _ends_a_clause(text, tokens, place):  # "the flute is minor, guitars are useless"; "I'd take the lamps, since rugs are 2"
            found |= dict.fromkeys(waiting, 0) if not done and _NONE.search(text, 0, token.start) else {}
            waiting = []
        elif (amount := _amount(text, token)) is not None:
            pieces = _pieces(tokens, place, waiting)
            if pieces > 1 and isinstance(amount, int) and amount % pieces == 0:
                amount //= pieces  # "two scanners are worth 4 to me"
            enclosed = tokens[place - 1].word == "=" or text[token.end : token.end + 1] == ")"
            ahead = _ahead(tokens, place) if not enclosed else None
            if ahead == "":
                continue  # how many pieces
            rough = _LIMIT.search(text, 0, token.start) or _OR_SO.match(text, token.end)
            for good in [] if rough else [ahead] if ahead else waiting if not done else []:
                found.setdefault(good, amount)
            done, last = True, None if rough else (token.end, amount)
    if _NONE.search(text) and waiting and not done:
        found |= dict.fromkeys(waiting, 0)
    return found


def _ends_a_clause(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether what comes at ``place`` turns to something else: a reason, or other kinds, where no number was told of those before."""
    token = tokens[place]
    if token.word != ",":
        return token.kind == "but" or (token.kind == "stop" and token.word in _REASONS)
    follows = next((one.kind for one in tokens[place + 1 :] if one.kind in ("good", "number")), "")
    before = tokens[place - 1] if place else token
    return follows == "good" and before.kind != "number" and bool(text[before.end : token.start].strip())


def _in_order(tokens: Sequence[Token]) -> list[tuple[Token, Token]]:
    """ "Book, hat, ball: 1, 3, 0"."""
    told = [token for token in tokens if token.kind in ("good", "number")]
    half = len(told) // 2
    is_so = half > 1 and [token.kind for token in told] == ["good"] * half + ["number"] * half
    return [*zip(told[:half], told[half:], strict=True)] if is_so else []


def _in_turn(tokens: Sequence[Token], counts: Mapping[str, int]) -> list[tuple[Token, Token]]:
    """ "Book 4 hat 0 ball 7", and "4 book, 0 hat, 7 ball" where there are not as many; nobody is named."""
    told = [token for token in tokens if token.kind not in ("stop", "the", "into") and token.word not in EQUALS]
    ahead = told[:1] != [] and told[0].kind == "number"
    kinds = ["number", "good"] if ahead else ["good", "number"]
    if len(told) < 4 or [token.kind for token in told] != kinds * (len(told) // 2):
        return []
    pairs = [(two, one) if ahead else (one, two) for one, two in zip(told[::2], told[1::2], strict=True)]
    beyond = any(isinstance(number.value, float) and number.value > counts[str(good.value)] for good, number in pairs)
    return pairs if beyond and len({good.value for good, _ in pairs}) == len(pairs) else []


def _pieces(tokens: Sequence[Token], place: int, waiting: Sequence[str]) -> int:
    """How many pieces of the kind before it the number at ``place`` is the worth of: "two scanners are worth 4"; 1 if it is a rate."""
    goods = [at for at in range(place) if tokens[at].kind == "good"]
    if len(waiting) != 1 or not goods or not goods[-1] or any(token.kind == "per" for token in tokens[place:]):
        return 1
    number = tokens[goods[-1] - 1]
    return int(number.value) if number.kind == "number" and isinstance(number.value, float) else 1


def _amount(text: str, token: Token) -> Json:
    if token.kind == "not" and token.word == "no" and _POINTS.match(text, token.end):
        return 0
    if token.kind != "number" or not isinstance(token.value, float) or _EACH_ONE.search(text, 0, token.end):
        return None
    return int(token.value) if token.value.is_integer() else token.value


def _ahead(tokens: Sequence[Token], place: int) -> str | None:
    """The kind that the number at ``place`` is worth, where it comes after it; "" if the number counts pieces; None if neither."""
    number = tokens[place]
    between: list[Token] = []
    for token in tokens[place + 1 : place + 6]:
        if token.start - number.end > 24:
            return None
        if token.kind == "good":
            if number.word in NOTHING and not any(one.kind in ("per", "to") for one in between):
                return None
            rate = any(one.kind in ("per", "to", "an", "worth") or one.word in ("every", "with") for one in between)
            return str(token.value) if rate else ""
        if (token.kind not in _BETWEEN and token.word != "with") or token.word == ":":
            return None
        between.append(token)
    return None
