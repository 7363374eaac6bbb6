"""Cuts what somebody says into parts, and puts in what "it", "both" or a bare number stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from benchmark.quoting import READY
from benchmark.reading import sentences
from benchmark.vocabulary import Seat, View
from tasks.deal import cues
from tasks.deal.valuing import SHARING, without_points_of_shares
from tasks.deal.words import Lexer, Token

_LETTER = re.compile(r"(?<![\w.])(\d) ?([A-Z])\b(?!')")


_YOU_FIRST = re.compile(r"\b(?:you|yours?) ?[-–/:] ?(?:me|mine|I)\b", re.IGNORECASE)


class Speech:
    """Follows what a talk speaks of."""

    def __init__(self, view: View) -> None:
        self.lexer = Lexer(view)
        self.counts: dict[str, int] = dict(zip(view.public("goods"), view.public("counts"), strict=True))
        letters = [good[:1].upper() for good in self.counts]
        self.initials = {letter: good for letter, good in zip(letters, self.counts, strict=True) if letters.count(letter) == 1}
        forms = "|".join(sorted(map(re.escape, self.lexer.goods), key=len, reverse=True))
        self.parted = re.compile(rf"\b({forms})[ :(]{{1,2}}(\d) ?[-–/:] ?(\d)(?![\d.])", re.IGNORECASE)
        self.topic = ""
        """The kind that was last spoken of, if it was one: what "it" is."""
        self.asked: tuple[Seat, str, str] = ("", "", "")
        """Who was asked last for a number alone, of which kind, and the words that make a sentence of it."""

    def asks(self, part: str, tokens: Sequence[Token], seat: Seat) -> None:
        goods = {token.word for token in tokens if token.kind == "good"} or {self.topic} - {""}
        if len(goods) != 1:
            return
        if cues.HOW_MANY.search(part):
            self.asked = (self.lexer.opposite(seat), goods.pop(), "I get")
        elif cues.AND_YOU.match(part) or cues.ASKS_VALUES.search(part):
            self.asked = (self.lexer.opposite(seat), goods.pop(), "is worth")

    def answered(self, part: str, seat: Seat, asked: str) -> str:
        """``part``; where it opens with a number that answers a question, a sentence of it: "The harp? Zero." """
        who, good, words = self.asked
        tokens = self.lexer.tokens(part, seat)
        opening = list(takewhile(lambda token: token.kind in ("number", "whole"), tokens))
        if not opening or (who != seat and not asked):
            return part
        if len(opening) == len(tokens) and (asked or words == "is worth"):
            self.asked = ("", "", "")
            return f"{asked or good} is worth {part}"
        if words == "I get" and who == seat:
            self.asked = ("", "", "")
            named = tokens[len(opening) : len(opening) + 1]
            return (
                f"I get {part}" if named and named[0].kind == "good" else f"I get {part[: opening[-1].end]} {good}{part[opening[-1].end :]}"
            )
        return part

    def elliptic(self, tokens: Sequence[Token]) -> str:
        """The kind that numbers are of where they are all that is said: "one for you, two for me"."""
        good, _ = self.lexer.goods.get(self.topic, ("", False))
        amounts = [token.value for token in tokens if token.kind == "number"]
        each = len(amounts) == 1 and tokens[-1].kind == "per"
        if good and len(amounts) == 1 and [token.kind for token in tokens] == ["number", "to", "seat"]:
            return good  # "one for me?"
        elliptic = good and sum(map(float, map(str, amounts))) * (1 + each) == self.counts[good] and (each or len(amounts) > 1)
        return good if elliptic and not any(token.kind in ("good", "rest") for token in tokens) else ""

    def spelled(self, text: str) -> str:
        """ "2R, 3M" with the kinds in full."""
        text = self.parted.sub(self._parts_of, text)
        return _LETTER.sub(lambda found: f"{found[1]} {self.initials[found[2]]}" if found[2] in self.initials else found[0], text)

    def _parts_of(self, found: re.Match[str]) -> str:
        """ "Lamps 2/1": two for who speaks and one for the other, where that is all of them."""
        good, _ = self.lexer.goods[found[1].lower()]
        mine, yours = ("you", "me") if _YOU_FIRST.search(found.string) else ("me", "you")
        whole = int(found[2]) + int(found[3]) == self.counts[good]
        return f"{found[1]} {found[2]} for {mine}, {found[3]} for {yours}" if whole else found[0]

    def parts(self, text: str, speaker: Seat) -> Iterator[tuple[int, str, bool]]:
        """Sentences by number, and whether they ask; one that speaks of values is cut into clauses, of which others may offer something."""
        for number, sentence in enumerate(sentences(text)):
            text, asides = self._asides(sentence.text, speaker)
            said = without_points_of_shares(text, self.lexer.tokens(text, speaker), max(self.counts.values()))
            for aside in asides:
                yield number, aside, False
            clauses = cues.CLAUSE.split(said) if cues.WORTH.search(said) else [said]
            for place, clause in enumerate(clauses):
                asks = sentence.question and (place == len(clauses) - 1 or bool(cues.OPENS_ASKING.match(said)))
                for part in self._named(clause + "?" * (sentence.question and not asks), speaker):
                    yield number, part, asks

    def _asides(self, text: str, speaker: Seat) -> tuple[str, list[str]]:
        """A sentence that shares out, without the values told in passing, and those, each with its kind."""
        found: list[str] = []
        for aside in reversed([*cues.ASIDE.finditer(text)]):
            before = self.lexer.tokens(text[: aside.start()], speaker)
            goods = [token.word for token in before if token.kind == "good"]
            if goods and any(token.kind in (*SHARING, *(["seat"] if aside[1] else [])) for token in before):
                found.append(f"{goods[-1]} {aside[1] or aside[2]}")
                text = f"{text[: aside.start()]}{text[aside.end() :]}"
        return text, found

    def _named(self, clause: str, speaker: Seat) -> Iterator[str]:
        """``clause``; with "I need the trunk – it's my top item at 7", the trunk named again where "it" stands for it."""
        for number, part in enumerate(cues.IT.split(clause, maxsplit=1)):
            goods = [token for token in self.lexer.tokens(part, speaker) if token.kind == "good"]
            named = [token.word for token in goods]
            it = cues.IS.search(part) if self.topic and (number or cues.IT.match(f", {part}")) else None
            stands_for = it and (number or not goods or it.start() < goods[0].start)
            both = cues.BOTH.search(part) if self.topic else None
            if both and (not goods or both.start() < goods[0].start):
                yield f"{part[: both.start()]}all {self.topic}{part[both.end() :]}"
            else:
                yield cues.IS.sub(lambda it: f"{self.topic} is" if it[1] else self.topic, part, count=1) if stands_for else part
            self.topic = self.topic if not named else named[0] if len(set(named)) == 1 else ""


def plain(text: str) -> str:
    """``text`` with shortened words in full."""
    text = _without_marks(text.replace(READY, " ").replace("’", "'").replace("İ", "i"))
    lower = text.lower()
    for needs, shape, meant in cues.SHORT:
        if not needs or any(one in lower for one in needs):
            text = shape.sub(meant, text)
    return text


def _without_marks(text: str) -> str:
    """ "1) Lamps: mine. 2) Rugs: yours" on two lines, without the numbers."""
    marks: list[re.Match[str]] = []
    for mark in cues.MARK.finditer(text):
        is_next = mark[1] in cues.MARKS[len(marks)] and (not marks or mark[2] == marks[0][2])
        if is_next and (marks or mark[2] == ")" or not text[: mark.start()].strip()):
            marks.append(mark)
    for mark in reversed(marks if len(marks) > 1 else []):
        text = f"{text[: mark.start()]}\n{text[mark.end() :]}"
    return text
