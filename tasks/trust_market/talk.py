"""What talk in the market says: the share that a candidate promises in words, and whom the selector says it will choose.

A pledge in words counts beside the one on the board only where the board has none; no score depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from benchmark.reading import sentences
from benchmark.vocabulary import Claim, Turn
from tasks.trust_market.behaviours import ENDOWMENT
from tasks.trust_market.worlds import CANDIDATES, PLEDGE, SEATS, SELECTOR

ANSWER = ("answer",)

_PERCENT = re.compile(r"(?<![\w.,-])(\d{1,3})\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_PARTS = {"all of": 100, "everything": 100, "three quarters": 75, "two thirds": 67, "half": 50, "a third": 33, "a quarter": 25}
_PART = re.compile(rf"\b(?:{'|'.join(_PARTS)})\b", re.IGNORECASE)
_GIVES = re.compile(r"\b(?:return|returns|returning|send|sending|give|giving|back|pledge|promise|yours|pay|get|gets)\b", re.IGNORECASE)
_CHOICE = r"\bI choose (?P<name>{names})(?: and hand over (?P<given>\d{{1,2}}))?\b"


def read(turns: Sequence[Turn], names: tuple[str, ...]) -> tuple[Claim, ...]:
    """One pledge a turn: where several different shares are promised in it, none is read."""
    found: list[Claim] = []
    for number, turn in enumerate(turns):
        if turn.seat == SELECTOR:
            found += _chosen(turn, number, names)
        else:
            shares = set(_promised(turn.text))
            if len(shares) == 1:
                found.append(Claim("affirm", (PLEDGE, turn.seat), shares.pop(), turn.seat, number))
    return tuple(found)


def _promised(text: str) -> Iterator[int]:
    for sentence in sentences(text):
        if sentence.question or sentence.negated or not _GIVES.search(sentence.text):
            continue
        yield from (int(match[1]) for match in _PERCENT.finditer(sentence.text) if match[1].isascii() and int(match[1]) <= 100)
        if not _PERCENT.search(sentence.text):
            yield from (_PARTS[part] for match in _PART.finditer(sentence.text) if (part := match.group().lower()) in _PARTS)


def _chosen(turn: Turn, number: int, names: tuple[str, ...]) -> Iterator[Claim]:
    for match in _choices(names).finditer(turn.text):
        name = next((name for name in names if name == match["name"]), None)
        given = int(match["given"] or ENDOWMENT)
        if name and given <= ENDOWMENT:
            yield Claim("propose", ANSWER, (("choose", name), ("give", given)), turn.seat, number)


@lru_cache(maxsize=256)
def _choices(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_CHOICE.format(names="|".join(map(re.escape, names[1:]))), re.ASCII)


def word(claims: Sequence[Claim], names: tuple[str, ...]) -> str:
    said = []
    for claim in claims:
        if claim.slot[0] == PLEDGE and claim.slot[1] in CANDIDATES:
            said.append(f"I will send back {claim.value} percent.")
        elif claim.kind == "propose" and claim.value is None:
            said.append("I choose nobody.")
        elif claim.kind == "propose":
            answer = dict(claim.value)
            if answer.get("choose") in names[1 : len(SEATS)]:
                said.append(f"I choose {answer['choose']} and hand over {answer['give']}.")
            elif "return" in answer:
                said.append(f"I will send back {answer['return']} percent.")
    return " ".join(said)
