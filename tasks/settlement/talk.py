"""What talk about `settlement` says: needs, quotes, deals, deliveries and payments. Read with public words only.

It is what there is to go by where no log is shared: a supplier learns of an order from it, and the auditor of everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from benchmark.reading import Sentence, sentences
from benchmark.vocabulary import Claim, Seat, Turn
from tasks.settlement.house import FINE, PLAIN

NEED, QUOTED, DEAL, DELIVERED, SETTLED = "need", "quoted", "deal", "delivered", "settled"
"""First words of slots. (NEED, good): grade · (QUOTED, seat, good, grade): price · (DEAL, good): (seat, grade, price), in escrow ·
(DELIVERED, good): (seat, grade) · (SETTLED, good): (seat, price)."""

_LONGEST = 20_000
"""Characters: no turn is longer."""

_DONE = re.compile(r"\b(?:delivered|handed over|sent|shipped|brought|supplied)\b", re.IGNORECASE)
_PAID = re.compile(r"\b(?:settled|released|paid(?: out)?|payment is made)\b", re.IGNORECASE)
_TAKEN = re.compile(r"\b(?:accepted|accept|escrow(?:ed)?|ordered|order|take|taken|bought)\b", re.IGNORECASE)
_NEEDS = re.compile(r"\b(?:need|needs|require|requires|want|looking for|must have)\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:quote|quoted|offer|price|costs?|sell|ask|asking|charge|for|at)\b", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:will|'ll|would|can|could|going to|shall|once|when|if|as soon as|after|until|before|please|should)\b", re.IGNORECASE
)
_GRADE = re.compile(r"\b(plain|fine)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?![\w%]|[.,]\d)")
_CLAUSE = re.compile(r"[;,]| and (?=(?:the |also )?)|\bbut\b", re.IGNORECASE)


def read(turns: Sequence[Turn], names: Mapping[Seat, str], goods: tuple[str, ...], buyer: Seat) -> tuple[Claim, ...]:
    """Everything that ``turns`` say. What is asked, doubted, denied or only promised is not taken for said."""
    return _read(tuple(turns), tuple(names.items()), goods, buyer)


@lru_cache(maxsize=512)
def _read(turns: tuple[Turn, ...], names: tuple[tuple[Seat, str], ...], goods: tuple[str, ...], buyer: Seat) -> tuple[Claim, ...]:
    found: list[Claim] = []
    for number, turn in enumerate(turns):
        said = [
            Claim("affirm", slot, value, turn.seat, number)
            for sentence in sentences(turn.text[:_LONGEST])
            if not (sentence.question or sentence.negated or sentence.hearsay)
            for slot, value in _stated(sentence, turn.seat, dict(names), goods, buyer)
        ]
        found += dict.fromkeys(said)
    return tuple(found)


def _stated(
    sentence: Sentence, seat: Seat, names: Mapping[Seat, str], goods: tuple[str, ...], buyer: Seat
) -> Iterator[tuple[tuple[str, ...], object]]:
    """What one sentence says of each good it names. The verb stands for all clauses of a sentence, and so does a supplier's name."""
    text = sentence.text
    supplier = next((one for one, name in names.items() if one not in (buyer, seat) and re.search(rf"\b{re.escape(name)}\b", text)), None)
    for good, clause in _clauses(text, goods):
        grades, numbers = _GRADE.findall(clause), [int(number) for number in _NUMBER.findall(clause)]
        grade = grades[0].lower() if len(set(map(str.lower, grades))) == 1 else None
        price = numbers[0] if len(numbers) == 1 else None
        if seat == buyer:
            yield from _of_buyer(text, good, grade, price, supplier)
        elif _DONE.search(text) and not _LATER.search(text):
            if grade:
                yield (DELIVERED, good), (seat, grade)
        elif price is not None and grade and _ASKS.search(text):
            yield (QUOTED, seat, good, grade), price


def _of_buyer(
    text: str, good: str, grade: str | None, price: int | None, supplier: Seat | None
) -> Iterator[tuple[tuple[str, ...], object]]:
    if _PAID.search(text) and not _LATER.search(text):
        if supplier and price is not None:
            yield (SETTLED, good), (supplier, price)
    elif _TAKEN.search(text) and not _LATER.search(text):
        if supplier and grade and price is not None:
            yield (DEAL, good), (supplier, grade, price)
    elif _NEEDS.search(text) and price is None:
        yield (NEED, good), grade or PLAIN


def _clauses(text: str, goods: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each good with the words from its name up to the next good's, and those before the first: "fine rope at 10, plain canvas at 8"."""
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, goods))})\b", re.IGNORECASE)
    for clause in _CLAUSE.split(text):
        named = {match.group().lower() for match in pattern.finditer(clause)}
        if len(named) == 1:
            yield named.pop(), clause


def word(claims: Sequence[Claim], names: Mapping[Seat, str]) -> str:
    """``claims`` in words that ``read`` reads back as the same."""
    said: list[str] = []
    for kind in (NEED, QUOTED, DEAL, DELIVERED, SETTLED):
        group = [claim for claim in claims if claim.slot[0] == kind]
        if group and kind == NEED:
            said.append("I need " + ", ".join(f"the {claim.slot[1]} {claim.value}" for claim in group) + ".")
        if group and kind == QUOTED:
            said.append("I quote " + ", ".join(f"{claim.slot[2]} {claim.slot[3]} at {claim.value}" for claim in group) + ".")
        if kind == DEAL:
            for claim in group:
                supplier, grade, price = claim.value
                said.append(f"I accepted {names[supplier]}'s {claim.slot[1]} {grade} at {price}, in escrow.")
        if group and kind == DELIVERED:
            said.append("I delivered " + ", ".join(f"the {claim.slot[1]} {claim.value[1]}" for claim in group) + ".")
        if kind == SETTLED:
            said += [f"I settled the {claim.slot[1]} with {names[claim.value[0]]}: {claim.value[1]} coins." for claim in group]
    return " ".join(said)


__all__ = ["DEAL", "DELIVERED", "FINE", "NEED", "PLAIN", "QUOTED", "SETTLED", "read", "word"]
