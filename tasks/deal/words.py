"""What a sentence about a division is made of: people, kinds, amounts, and the verbs by which somebody gets something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from benchmark.reading import number_word, numbers
from benchmark.vocabulary import Seat, View
from tasks.deal.scenes import PUBLISHED_NAMES, SCENES

ME, YOU = "me", "you"

_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "ball": ("basketball", "basketballs", "bball", "bballs"),
    "Firewood": ("wood", "firewoods", "woods"),
    "Food": ("foods",),
    "Water": ("waters",),
}
_PEOPLE = rf"(?P<{ME}>i|me|my|mine|myself|i'll|i'd|i'm|i've|im|ill|id|ive)|(?P<{YOU}>you|u|your|yours|yourself|you'll|you'd|you're|ya)"
NOTHING = ("none", "nothing", "zip", "nil", "zilch")
_ARROWS = ("→", "->", "=>")
_NUMBER = r"\d{1,3}(?:\.\d+)?|" + "|".join(map(number_word, range(20, -1, -1))) + r"|none|nothing|zip|nil|zilch|(?:a )?couple(?: of)?"
_WORDS: Mapping[str, str] = {
    "gives": r"gives?(?: up)?|giving(?: up)?|let|lets|leaves?|leaving|offer|offers|pass|hand|trade",
    "gets": r"takes?|taking|gets?|getting|keeps?|keeping|have|has|having|receives?|claim|grab|go home with",
    "wants": r"wants?|wanted|like",
    "wishes": r"must have|needs?|needed|love|prefer|hoping for|hope for",
    "halves": r"split|splitting|shares?|sharing|divid(?:e|ing)",
    "us": r"we|us|both of us",
    "rest": r"the rest|rest|everything(?: else)?|all else|others|(?:all )?the others|(?:all )?the other(?=\s*(?:[,.!?]|$))"
    r"|what(?:'s| is)? left|the remaind\w+|remaining|the lot",
    "whole": r"all(?: of)?(?: the| my| your)?|both(?: of)?(?: the| my| your)?|every|entire|whole",
    "the": r"the|that|those|these",
    "an": r"an?|single",
    "half": r"half(?: of)?(?: the)?",
    "stop": r"(?:or )?no deal|and|if|while|so|then|plus|because|since|as",
    "not": r"not|no|don't|dont|doesn't|won't|wont|can't|cant|cannot|couldn't|without|never|unless",
    "to": r"to|for",
    "into": r"in(?! (?:my|your) (?:favou?r|opinion|view|case|notes|mind|book))|into|on|onto|with",
    "of": r"of|packages?(?: of)?|units?(?: of)?|pieces?(?: of)?",
    "per": r"per|each|apiece",
    "but": r"but|except(?: for)?|apart from|other than",
    "worth": r"worth|values?|valued|valuing|points?|pts?|scores?|are|is|at|'s",
}
"""What a group of words does in an offer or a valuation, by the name of the group; of two that fit, the first."""


class Token(NamedTuple):
    """``kind`` is "seat", "good", "number" or the name of a group of words; ``value`` what it stands for; ``plural`` of goods."""

    kind: str
    value: object
    start: int
    end: int
    plural: bool = False
    word: str = ""


def forms(view: View) -> dict[str, tuple[str, bool]]:
    """Every way to name a kind, in lower case, with the kind and whether it means several."""
    scene, _ = view.public("scene")
    found: dict[str, tuple[str, bool]] = {}
    for good in view.public("goods"):
        plural = plural_of(good, scene)
        found[good.casefold()] = (good, plural == good)
        found[plural.casefold()] = (good, True)
        for other in _OTHER_NAMES.get(good, ()):
            found[other] = (good, plural == good or other.endswith("s"))
    return found


def plural_of(good: str, scene: str) -> str:
    if good in PUBLISHED_NAMES:
        return PUBLISHED_NAMES[good]
    return SCENES[scene].goods[good].plural if scene in SCENES and good in SCENES[scene].goods else f"{good}s"


_START = r"(?:(?<!\w)|(?='s\b))"


@lru_cache(maxsize=512)
def _others(goods: tuple[str, ...]) -> re.Pattern[str]:
    """All but names: these are other people's in every world, and so large a pattern takes milliseconds to build."""
    groups = "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items())
    pattern = rf"{_START}(?:{_PEOPLE}|(?P<good>{'|'.join(map(re.escape, goods))})|(?P<number>{_NUMBER})|{groups})(?!\w)"
    return re.compile(pattern + r"|(?P<mark>→|[-=]>|[,/|+&=:])", re.IGNORECASE)


class Lexer:
    """Cuts sentences into tokens, for one view's people and kinds."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.goods = forms(view)
        names = "|".join(re.escape(name) for name in sorted(view.names, key=len, reverse=True))
        self.names = re.compile(rf"{_START}(?P<name>{names})(?!\w)", re.IGNORECASE)
        self.others = _others(tuple(sorted(self.goods, key=lambda form: (-len(form), form))))

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        """All in order; at one place a name first."""
        name, other = self.names.search(text), self.others.search(text)
        while found := name if name and (other is None or name.start() <= other.start()) else other:
            yield found
            if name and name.start() < found.end():
                name = self.names.search(text, found.end())
            if other and other.start() < found.end():
                other = self.others.search(text, found.end())

    def tokens(self, text: str, speaker: Seat) -> list[Token]:
        """The tokens of ``text``, with "I" and "you" as seats."""
        seats = self.view.seats
        other = seats[1 - seats.index(speaker)]
        found = []
        for match in self._matches(text):
            kind, word, at = str(match.lastgroup), match.group().casefold(), match.span()
            if kind in (ME, YOU):
                found.append(Token("seat", speaker if kind == ME else other, *at, word=word))
            elif kind == "name":
                named = [seat for seat, name in zip(seats, self.view.names, strict=True) if name.casefold() == word]
                found += [Token("seat", named[0], *at, word="name")] if named else []
            elif kind == "good":
                good, plural = self.goods.get(word, ("", False))
                found += [Token("good", good, *at, plural=plural, word=word)] if good else []
            elif kind == "number":
                found += _number(word, at)
            elif kind == "mark":
                found.append(Token("to" if word in _ARROWS else "stop" if word not in "=:" else "worth", None, *at, word=word))
            else:
                found.append(Token(kind, None, *at, word=word))
        return found


def _number(word: str, at: tuple[int, int]) -> list[Token]:
    if "couple" in word:
        return [Token("number", 2.0, *at, word=word)]
    if word in NOTHING:
        return [Token("number", 0.0, *at, word=word)]
    read: Sequence[tuple[int, int, float]] = numbers(word)
    return [Token("number", read[0][2], *at, word=word)] if read else []
