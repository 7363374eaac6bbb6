"""What the parts of a turn over a division say: values told and asked for, liking, and what is handed out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from benchmark.vocabulary import Claim, Json, Seat
from tasks.deal import cues
from tasks.deal.counting import spelled_out
from tasks.deal.divisions import ALL, Shares, Table
from tasks.deal.heard import Heard
from tasks.deal.replies import keeps_others
from tasks.deal.sharing import Walk
from tasks.deal.speech import Speech
from tasks.deal.trading import traded
from tasks.deal.valuing import adds_up, halves, values_in
from tasks.deal.words import Token

WORTH = "worth"
NONE = Token("", None, -1, -1)

Told = tuple[str, tuple[str, ...], Json]
"""(kind, slot, value) of a claim."""


class Listener:
    """Takes in a turn, part by part."""

    def __init__(self, speech: Speech, table: Table) -> None:
        self.speech = speech
        self.table = table
        self.asked_wishes: Seat = ""
        """Who asked last what the other wants."""

    def hear(self, text: str, seat: Seat, offer: Shares, closing: bool, claims: Sequence[Claim]) -> tuple[Heard, list[Told]]:
        """What ``text`` hands out where ``offer`` stands, and what it tells and asks of values.

        "Hats: one each" divides two hats where something else is handed out, and tells a value where nothing is. Of who is ``closing``,
        pieces set against pieces are the change that is agreed to.
        """
        for divides in (False, True):
            heard, told, halved = self._hear(text, seat, {} if closing else offer, claims, divides)
            if not (halved and (heard.firm or (offer and cues.OTHERWISE.search(text)))):
                break
        heard.settle(seat, self.table.other(seat))
        return heard, told

    def _hear(self, text: str, seat: Seat, offer: Shares, claims: Sequence[Claim], divides: bool) -> tuple[Heard, list[Told], bool]:
        heard, told, halved = Heard(), list[Told](), False
        before, asked = (-1, False), ""
        for sentence, said, question in self.speech.parts(text, seat):
            part = self.speech.answered(said, seat, asked)
            tokens = self.speech.lexer.tokens(part, seat)
            asked = tokens[-1].word if question and told and len(tokens) < cues.FEW and tokens and tokens[-1].kind == "good" else ""
            if question:
                self.speech.asks(part, tokens, seat)
            known = {slot[2] for kind, slot, _ in told if kind == "affirm"}
            values = values_in(part, tokens, seat, self.table.counts, known, before == (sentence, True))
            splits = halves(part, tokens, self.table.counts)
            values, halved = ({}, halved) if splits and (heard.shares or divides) else (values, halved or (splits and bool(values)))
            trade = traded(part, tokens, seat, offer, self.table.counts) if offer and not values else {}
            if trade or adds_up(tokens):
                heard.traded |= trade
                continue
            before = (sentence, bool(values))
            heard.valued |= _mattering(values) if not question else set()
            heard.kept |= dict.fromkeys(self._named(tokens, seat), ALL) if cues.WITHHOLDS.search(part) else {}
            if question and (cues.ASKS_VALUES.search(part) or cues.ASKS_WISHES.search(part)):
                told += self._asks(tokens, seat)
            elif cues.SAME_ORDER.search(part) and (row := _in_order(tokens, claims)):
                told += [("affirm", (WORTH, seat, good), value) for good, value in row]
            elif values:
                told += _tells(values, told) if not question else []
            elif _is_of_caring(part, tokens) or (self.asked_wishes == self.table.other(seat) and _is_list(part, tokens)):
                heard.cared |= _liked(part, tokens, seat)
            elif question and heard.shares and _is_list(part, tokens):
                heard.open |= {str(token.value) for token in tokens if token.kind == "good"}
            elif not (question and cues.WHO.search(part)) and not cues.LITTLE.search(part):
                kept = spelled_out(_without_last(part, tokens) if offer and not keeps_others(text) else tokens)
                heard.amends |= len(kept) < len(tokens)
                heard.add(Walk(self.table.seats, seat, self.table.counts, last=self.speech.elliptic(kept)).through(kept), part, kept)
        return heard, told, halved

    def _named(self, tokens: Sequence[Token], seat: Seat) -> list[tuple[Seat, str]]:
        """The kinds that ``tokens`` name, or else what "it" is, with ``seat``."""
        goods = [str(token.value) for token in tokens if token.kind == "good"]
        topic, _ = self.speech.lexer.goods.get(self.speech.topic, ("", False))
        return [(seat, good) for good in goods or [topic] if good]

    def _asks(self, tokens: Sequence[Token], seat: Seat) -> list[Told]:
        self.asked_wishes = seat
        goods = dict.fromkeys([str(token.value) for token in tokens if token.kind == "good"] or self.table.counts)
        return [("ask", (WORTH, self.table.other(seat), good), None) for good in goods]


def _mattering(values: dict[tuple[Seat, str], Json]) -> set[tuple[Seat, str]]:
    return {key for key, value in values.items() if value}


def _tells(values: dict[tuple[Seat, str], Json], told: Sequence[Told]) -> list[Told]:
    """``values`` as claims, but for those told before in the turn."""
    already = {slot[1:] for kind, slot, _ in told if kind == "affirm"}
    return [("affirm", (WORTH, owner, good), value) for (owner, good), value in values.items() if (owner, good) not in already]


def _in_order(tokens: Sequence[Token], claims: Sequence[Claim]) -> list[tuple[str, Json]]:
    """Numbers alone, for the kinds that were valued last, in the order in which they were."""
    valued = [claim.slot[2] for claim in claims if claim.kind == "affirm" and claim.turn == claims[-1].turn]
    numbers = [token.value for token in tokens if token.kind == "number"]
    row = [(good, int(float(str(n)))) for good, n in zip(valued, numbers, strict=False)]
    return row if len(numbers) == len(valued) and not any(token.kind == "good" for token in tokens) else []


def _is_of_caring(part: str, tokens: Sequence[Token]) -> bool:
    """Whether a part says how much a kind is liked and hands out nothing."""
    opens = next((token.start for token in tokens if token.kind == "good"), 0)
    said = part[max(part.rfind(":", 0, opens), 0) :]  # "our interests align: hats for me, books for you"
    shares = any(token.kind in ("gives", "gets", "rest") or token.word.startswith("would") for token in tokens)
    return bool(cues.CARING.search(said)) and not shares


def _is_list(part: str, tokens: Sequence[Token]) -> bool:
    """Whether it names kinds and says nothing of them, as an answer to what is wanted; "just the ball" is an offer."""
    return bool(tokens) and all(token.kind in ("good", "stop", "the", "whole") for token in tokens) and not cues.JUST.match(part)


def _liked(part: str, tokens: Sequence[Token], seat: Seat) -> set[tuple[Seat, str]]:
    goods = [one for one, two in pairwise([*tokens, NONE]) if one.kind == "good" and two.kind != "not"]
    denied = next((token.start for token in tokens if token.kind == "not"), len(part))
    owner = str(next((token.value for token in tokens if token.kind == "seat"), seat))
    return {(owner, str(good.value)) for good in goods if good.start < denied and not cues.HARDLY.match(part, good.end)}


def _without_last(part: str, tokens: list[Token]) -> list[Token]:
    """``tokens`` without kinds of which ``part`` says that they stay: "scanners and freezers as before"."""
    found = cues.AS_IT_WAS.search(part)
    if not found:
        return tokens
    start = stop = sum(token.start < found.start() for token in tokens)
    while start and tokens[start - 1].kind in ("good", "stop", "the", "whole"):
        start -= 1
    is_named = start < stop and tokens[stop - 1].kind == "good" and found.start() - tokens[stop - 1].end < cues.FEW
    return [*tokens[:start], *tokens[stop:]] if is_named else tokens
