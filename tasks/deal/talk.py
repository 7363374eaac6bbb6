"""What is said over a division: values told and asked for, offers, and whether they are taken.

An offer is read from one turn. Who is named with some pieces gets those; the other gets what is left of these kinds. Kinds that
are not spoken of go to the other if only one person's share was named, and leave the offer unread if both were. "I want hats and
books" is a wish and no offer; "I want 2 hats and a book" and "I'd like the hats and the book" are offers. One kind alone says nothing
of the rest, as people settle kinds one by one, unless it is to be all: "I'd take the hats only". Where an offer stands, words of a
change ("deal, if I get a rug", "one more hat", "lamps two to one") leave the kinds that they do not speak of as they were.
Who consents takes the latest offer, if it is the other's: where an answer to it was not understood, there is nothing to consent to.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from benchmark.quoting import READY
from benchmark.vocabulary import Answer, Claim, Json, Seat, Turn, View
from tasks.deal import cues
from tasks.deal.heard import Heard, Shares
from tasks.deal.replies import is_no_objection, is_refused, is_taken, keeps_others, of_first, repeats_own, returned_to, speaks_of_yours
from tasks.deal.sharing import ALL, THE, Walk
from tasks.deal.speech import Speech, plain
from tasks.deal.trading import traded
from tasks.deal.valuing import adds_up, halves, values_in
from tasks.deal.words import Token, plural_of

ANSWER = ("answer",)
WORTH = "worth"
NONE = Token("", None, -1, -1)

Told = tuple[str, tuple[str, ...], Json]
"""(kind, slot, value) of a claim."""


class Reader:
    """Reads a talk with the public facts of one view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.speech = Speech(view)
        self.goods: tuple[str, ...] = view.public("goods")
        self.counts: dict[str, int] = dict(zip(self.goods, view.public("counts"), strict=True))
        self.offers: dict[Seat, Answer] = {}
        self.first: dict[Seat, Answer] = {}
        self.standing: Answer = None
        """What words of a change are of: the latest offer, for who refuses that the own one."""
        self.latest: Answer = None
        self.settled: Shares = {}
        """What was shared out since the latest offer, kind by kind, in words that left the rest open."""
        self.closing = False
        """Whether who speaks needs nothing more: pieces set against pieces are then the change that is agreed to."""
        self.claims: list[Claim] = []

    def read(self, number: int, turn: Turn) -> None:
        self.claims += [Claim(kind, slot, value, turn.seat, number) for kind, slot, value in self._turn(turn)]

    def _turn(self, turn: Turn) -> list[Told]:
        text = self.speech.spelled(plain(turn.text[: cues.LONGEST]))
        other, self.closing = self.speech.lexer.opposite(turn.seat), turn.text.rstrip().endswith(READY)
        told: list[Told] = []
        self.standing = self.offers[turn.seat] if turn.seat in self.offers and is_refused(text) else self.latest
        heard = self._heard(text, turn.seat, told)
        heard.settle(turn.seat, other)
        shares = heard.shares
        if heard.amends and self.latest:
            shares = self._before(shares)
        if heard.more and self.latest:
            shares = self._before(shares | self._added(heard.more))
        own = turn.seat in self.offers and (repeats_own(text) or returned_to(text)) and len({good for _, good in shares}) < 2
        offer = None if own else self._offered(heard.said or text, shares, heard)
        if heard.traded:
            offer = self._division(self._before(_over(heard.traded, shares)), None)
        if offer is None and cues.LEAVES.search(text):
            return [*told, ("propose", ANSWER, None)]
        if offer is not None:
            self.settled = {}
        else:
            offer = self._answered(turn, text, heard, told)
        if offer is not None:
            told.append(("propose", ANSWER, offer))
            self.offers[turn.seat] = self.latest = offer
            self.first.setdefault(turn.seat, offer)
        return list(dict.fromkeys(told))

    def _answered(self, turn: Turn, text: str, heard: Heard, told: list[Told]) -> Answer:
        """The offer before that a turn without one of its own comes back to or takes; one that it refuses is added to ``told``."""
        mine, theirs = (self.offers.get(seat) for seat in (turn.seat, self.speech.lexer.opposite(turn.seat)))
        if (whose := returned_to(text)) and (offer := self._opening(whose, turn.seat)) is not None:
            told += self._refusal(turn.seat, theirs) if self.latest == theirs not in (offer, None) else []
            return offer
        if mine is not None and repeats_own(text):
            offer = (self.first if of_first(text) else self.offers)[turn.seat]
            told += self._refusal(turn.seat, self.latest) if self.latest != offer else []
            return offer
        if theirs is None:
            return None
        if keeps_others(text):
            self.settled = {}
            return theirs
        restates = heard.firm and self._agrees(heard.shares, theirs)
        if heard.firm and not is_refused(text) and not restates:
            return None
        if is_refused(text):
            told += self._refusal(turn.seat, theirs)
        elif (self.latest == theirs or speaks_of_yours(text)) and (
            is_taken(text, restates or self.closing) or (self.closing and mine != theirs and is_no_objection(text))
        ):
            return self.first[self.speech.lexer.opposite(turn.seat)] if of_first(text) else theirs
        return None

    def _opening(self, whose: str, seat: Seat) -> Answer:
        """The first offer: of ``seat`` ("my"), of the other, or of all."""
        seats = {"my": [seat], "your": [self.speech.lexer.opposite(seat)]}.get(whose, list(self.first))
        return self.first.get(seats[0]) if seats else None

    def _heard(self, text: str, seat: Seat, told: list[Told], divides: bool = False) -> Heard:
        """What the parts of ``text`` hand out; values that they tell or ask for are added to ``told``.

        "Hats: one each" divides two hats where something else is handed out, and tells a value where nothing is.
        """
        heard, halved = Heard(), False
        before, asked = (-1, False), ""
        for sentence, said, question in self.speech.parts(text, seat):
            part = self.speech.answered(said, seat, asked)
            tokens = self.speech.lexer.tokens(part, seat)
            if self.latest and not keeps_others(text) and (was := cues.AS_IT_WAS.search(part)) and (kept := _without_last(tokens, was.start())) is not tokens:
                tokens, heard.amends = kept, True
            asked = tokens[-1].word if question and told and len(tokens) < cues.FEW and tokens and tokens[-1].kind == "good" else ""
            if question:
                self.speech.asks(part, tokens, seat)
            already = {slot[1:] for kind, slot, _ in told if kind == "affirm"}
            known = {good for _, good in already}
            values = values_in(part, tokens, seat, self.counts, known, before == (sentence, True))
            if adds_up(tokens):
                continue
            if trade := traded(part, tokens, seat, self._before({}), self.counts) if self.latest and not self.closing else {}:
                heard.traded |= trade
                continue
            if values and halves(part, tokens, self.counts):
                values, halved = ({}, halved) if heard.shares or divides else (values, True)
            before = (sentence, bool(values))
            heard.valued |= {key for key, value in values.items() if value and not question}
            if cues.WITHHOLDS.search(part):
                lexer = self.speech.lexer
                named = [str(token.value) for token in tokens if token.kind == "good"] or list(lexer.goods.get(self.speech.topic, ())[:1])
                heard.kept |= {(seat, good): ALL for good in named}
            if question and (cues.ASKS_VALUES.search(part) or cues.ASKS_WISHES.search(part)):
                named = [str(token.value) for token in tokens if token.kind == "good"]
                told += [("ask", (WORTH, self.speech.lexer.opposite(seat), good), None) for good in dict.fromkeys(named or self.goods)]
            elif cues.SAME_ORDER.search(part) and (row := self._in_order(tokens)):
                told += [("affirm", (WORTH, seat, good), value) for good, value in row]
            elif values:
                told += (
                    []
                    if question
                    else [
                        ("affirm", (WORTH, owner, good), value) for (owner, good), value in values.items() if (owner, good) not in already
                    ]
                )
            elif _is_of_caring(part, tokens):
                ends = pairwise([*tokens, NONE])
                goods = [(one, two) for one, two in ends if one.kind == "good" and two.kind != "not"]
                denied = next((token.start for token in tokens if token.kind == "not"), len(part))
                liked = {str(one.value) for one, _ in goods if one.start < denied and not cues.HARDLY.match(part, one.end)}
                owner = next((token.value for token in tokens if token.kind == "seat"), seat)
                heard.cared |= {(str(owner), good) for good in liked}
            elif not (question and cues.WHO.search(part)):
                heard.add(Walk(self.view.seats, seat, self.counts, last=self.speech.elliptic(tokens)).through(tokens), part, tokens)
        if halved and heard.firm:
            told.clear()
            return self._heard(text, seat, told, divides=True)
        return heard

    def _in_order(self, tokens: Sequence[Token]) -> list[tuple[str, Json]]:
        """Numbers alone, for the kinds that were valued last, in the order in which they were."""
        valued = [claim.slot[2] for claim in self.claims if claim.kind == "affirm" and claim.turn == self.claims[-1].turn]
        numbers = [token.value for token in tokens if token.kind == "number"]
        row = [(good, int(float(str(n)))) for good, n in zip(valued, numbers, strict=False)]
        return row if len(numbers) == len(valued) and not any(token.kind == "good" for token in tokens) else []

    def _refusal(self, seat: Seat, offer: Answer) -> list[Told]:
        """None where ``seat`` refused it before: what is refused once more is something said since."""
        known = any((claim.kind, claim.value, claim.seat) == ("exclude", offer, seat) for claim in self.claims)
        return [] if known else [("exclude", ANSWER, offer)]

    def _offered(self, text: str, shares: Shares, heard: Heard) -> Answer:
        rest, firm = heard.rest, heard.firm
        if not shares or cues.SWAPS.search(text):
            return None
        the_one = ALL if len(_named(shares)) > 1 else 1  # "I need the books, you can have the hat" leaves no hat to speak of
        shares = _over(heard.kept if self.latest else {}, {key: the_one if n == THE else n for key, n in shares.items()})
        if whole := self._whole(shares, heard) if firm and rest is None and not cues.REQUESTS.search(text) else None:
            return whole
        continues = self.latest is None and not self.settled and len({good for _, good in shares}) > 1
        said = cues.BESIDES.sub(" ", text) if continues else text  # "the hats, and also the book": there is nothing yet to add to
        one_sided = len(_named(shares)) == 1 and not cues.MAKES.search(text)
        asked = (
            cues.ASKS_CHANGE.search(text)
            or (len(shares) == 1 and (firm or (min(shares.values()) > 0 and not cues.TENTATIVE.search(text))) and self._is_new(shares, heard) and not (cues.ONLY.search(text) or cues.OR_ELSE.search(text)))
            or (len(_named(shares)) > 1 and self._division(shares, None) is None)
        )
        wanted = heard.cared | heard.valued
        anew = one_sided and len(shares) > 1 and any(self._before(shares).get((seat, good), 1) == 0 for seat, good in wanted)
        each = len({good for _, good in shares}) > 1 and any(shares.get((self.view.seats[0], good)) == shares.get((self.view.seats[1], good)) for _, good in shares)
        amends = each or (cues.AMENDS.search(text) and not cues.REQUESTS.search(text)) or (self._splits(shares) and not is_refused(text)) or asked
        if shares and self.latest and cues.STAYS.search(text):
            shares, rest = self._before(shares), None
        elif shares and self.latest and rest is None and amends and not anew:
            shares = self._before(shares)
        elif shares and (cues.REST_AS_BEFORE.search(text) or (rest is None and cues.AS_BEFORE.search(text))) and not one_sided:
            shares, rest = self._before(shares), None
        elif one_sided and rest is None and len(shares) == 1 and not (cues.ONLY.search(text) or cues.HOW_ABOUT.search(text)):
            return None  # "I need water" says nothing of the rest
        elif (
            one_sided
            and not anew
            and rest is None
            and (unsaid := len(self.goods) - len({good for _, good in shares}))
            and (
                not firm
                or (unsaid > 1 and cues.FOR_IT.search(text))
                or any(word.search(said) for word in (cues.PARTIAL, cues.MOSTLY, cues.CONCEDES))
            )
        ):
            return None
        if rest and cues.BESIDES.search(text):
            shares = _over({(seat, good): ALL for seat, good in heard.cared | heard.valued if seat != rest}, shares)
        shares = shares if rest else _with_cared(shares, heard.cared, heard.valued)
        offer = self._division(shares, rest)
        if offer is None and firm:
            self.settled = _over(self.settled, shares)
        return offer

    def _is_new(self, shares: Shares, heard: Heard) -> bool:
        """Whether ``shares`` are more than a wish and other than in the latest offer."""
        return not (heard.wished & shares.keys()) and not (self.latest and self._agrees(shares, self.latest))

    def _whole(self, shares: Shares, heard: Heard) -> Answer:
        """What was settled kind by kind, with these ``shares``, if nothing is left open."""
        named = {good for _, good in self.settled}
        counted = {key: n for key, n in shares.items() if key not in heard.vague or key[1] not in named}  # "we do need food"
        return self._division(_over(self.settled, counted), None) if self.settled else None

    def _added(self, more: Shares) -> Shares:
        """What the latest offer gives with these pieces ``more``."""
        offered = self._before({})
        return {key: offered[key] + n for key, n in more.items()}

    def _splits(self, shares: Shares) -> bool:
        """Whether ``shares`` say of each kind that they speak of how all its pieces are split; one person's wishes do not."""
        for good in {good for _, good in shares}:
            both = [shares.get((seat, good)) for seat in self.view.seats]
            parts = [n for n in both if n is not None]
            whole = parts[0] in (ALL, self.counts[good]) and len(_named(shares)) > 1 if len(parts) == 1 else sum(parts) == self.counts[good]
            if not whole:
                return False
        return True

    def _agrees(self, shares: Shares, offer: Answer) -> bool:
        """Whether nothing is shared out but as in ``offer``."""
        offered = {(seat, good): n for seat, (_, share) in zip(self.view.seats, offer or (), strict=False) for good, n in share}
        return all(offered.get(key) == (self.counts[key[1]] if n == ALL else 1 if n == THE else n) for key, n in shares.items())

    def _before(self, shares: Shares) -> Shares:
        """``shares``, and of kinds not spoken of as many as in the offer that stands."""
        kept = zip(self.view.seats, self.standing or (), strict=False)
        return _over({(seat, good): n for seat, (_, share) in kept for good, n in share}, shares)

    def _division(self, shares: Shares, rest: Seat | None) -> Answer:
        """The whole division that ``shares`` and ``rest`` mean; None if they mean none, or an impossible one."""
        named = _named(shares)
        if not shares or named == {rest}:
            return None
        for good in self.goods:
            if all((seat, good) not in shares for seat in self.view.seats):
                seat = rest or (self.speech.lexer.opposite(next(iter(named))) if len(named) == 1 else None)
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


def _named(shares: Shares) -> set[Seat]:
    """Whose shares were named, kinds apart of which both get as many ("one each")."""
    return {seat for (seat, good), n in shares.items() if not any(good == of and who != seat and n == m for (who, of), m in shares.items())}


def _with_cared(shares: Shares, cared: set[tuple[Seat, str]], valued: set[tuple[Seat, str]]) -> Shares:
    """Who shares out to one only does not leave to the other what is said to matter to that one.

    Where something was handed to both, what is not spoken of goes to whom alone it was said in the same breath to be of worth.
    """
    whose = _named(shares)
    mattering = cared if len(whose) == 1 else cared | valued
    return _over({(seat, good): ALL for seat, good in mattering if seat in whose}, shares)


def _over(before: Shares, shares: Shares) -> Shares:
    """``shares``, and of kinds that they do not speak of those ``before``."""
    named = {good for _, good in shares}
    return shares | {(seat, good): n for (seat, good), n in before.items() if good not in named}


def _without_last(tokens: list[Token], end: int) -> list[Token]:
    """``tokens`` without the kinds named last before ``end``: "scanners and freezers as before"."""
    stop = sum(token.start < end for token in tokens)
    start = stop
    while start and tokens[start - 1].kind in ("good", "stop", "the", "whole"):
        start -= 1
    is_named = start < stop and tokens[stop - 1].kind == "good" and end - tokens[stop - 1].end < cues.FEW
    return [*tokens[:start], *tokens[stop:]] if is_named else tokens


def _is_of_caring(part: str, tokens: Sequence[Token]) -> bool:
    """Whether a part says how much a kind is liked and hands out nothing."""
    opens = next((token.start for token in tokens if token.kind == "good"), 0)
    said = part[max(part.rfind(":", 0, opens), 0) :]  # "our interests align: hats for me, books for you"
    return bool(cues.CARING.search(said)) and not any(token.kind in ("gives", "gets", "rest") for token in tokens)


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
