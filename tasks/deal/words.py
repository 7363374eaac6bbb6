"""What a sentence about a division is made of: people, kinds, amounts, and the verbs by which somebody gets something."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from benchmark.reading import numbers
from benchmark.vocabulary import Seat, View
from tasks.deal.scenes import PUBLISHED_NAMES, SCENES

ME, YOU, OTHER_ONE = "me", "you", "other"
REST, ALL = "rest", -1

_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "ball": ("basketball", "basketballs", "bball", "bballs"),
    "Firewood": ("wood", "firewoods", "woods"),
    "Food": ("foods",),
    "Water": ("waters",),
}
_PEOPLE = rf"(?P<{ME}>i|me|my|mine|myself|i'll|i'd|i'm|i've|im|ill)|(?P<{YOU}>you|u|your|yours|yourself|you'll|you'd|you're|ya)"
_NUMBER = r"\d{1,3}(?:\.\d+)?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|none|nothing"
_VERBS = (
    r"(?P<gives>gives?|giving|let|lets|leaves?|leaving|offer|offers|pass|hand|trade)"
    r"|(?P<gets>takes?|taking|gets?|getting|keeps?|keeping|have|has|having|receives?|claim|grab|go home with)"
    r"|(?P<wants>wants?|needs?|like|love|prefer|wanted)"
)
_SIGNS = (
    r"(?P<whole>all(?: of)?(?: the)?|both(?: of)?(?: the)?|every|entire|whole)|(?P<the>the|that|those|these)|(?P<an>an?|single)"
    r"|(?P<half>half(?: of)?(?: the)?)|(?P<rest>the rest|rest|everything else|all else|all the others?|what(?:'s| is)? left|the others?|the remaind\w+|remaining|everything|the lot)"
    r"|(?P<not>not|no|don't|dont|doesn't|won't|wont|can't|cant|cannot|couldn't|without|never|n't|unless)"
    r"|(?P<to>to|for)|(?P<of>of|packages?(?: of)?|units?(?: of)?|pieces?(?: of)?)|(?P<per>per|each|apiece)|(?P<stop>[,/|+&]|and|but|if|while|so|then|plus|because|since|as)"
    r"|(?P<worth>worth|values?|valued|valuing|points?|pts?|scores?|are|is|at|=|:)"
)


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


class Lexer:
    """Cuts sentences into tokens, for one view's people and kinds."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.goods = forms(view)
        names = "|".join(re.escape(name) for name in sorted(view.names, key=len, reverse=True))
        goods = "|".join(re.escape(form) for form in sorted(self.goods, key=len, reverse=True))
        pattern = (
            rf"(?<!\w)(?:(?P<name>{names})|{_PEOPLE}|(?P<good>{goods})|(?P<rest_>the rest\b|all the others?\b|the others?\b|the lot\b)"
            rf"|(?P<number>{_NUMBER})|{_VERBS}|{_SIGNS})(?!\w)|(?P<mark>[,/|+&=:])"
        )
        self.pattern = re.compile(pattern, re.IGNORECASE)

    def tokens(self, text: str, speaker: Seat) -> list[Token]:
        """The tokens of ``text``, with "I" and "you" as seats."""
        seats = self.view.seats
        other = seats[1 - seats.index(speaker)]
        found = []
        for match in self.pattern.finditer(text):
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
                found.append(Token("stop" if word not in "=:" else "worth", None, *at, word=word))
            else:
                found.append(Token(kind.rstrip("_"), None, *at, word=word))
        return found


def _number(word: str, at: tuple[int, int]) -> list[Token]:
    if word in ("none", "nothing"):
        return [Token("number", 0.0, *at, word=word)]
    read: Sequence[tuple[int, int, float]] = numbers(word)
    return [Token("number", read[0][2], *at, word=word)] if read else []
