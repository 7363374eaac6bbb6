"""What a sentence about a division is made of: people, kinds, amounts, and the verbs by which somebody gets something."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from benchmark.reading import mentions, number_word, numbers
from benchmark.vocabulary import Seat, View
from tasks.deal.scenes import PUBLISHED_NAMES, SCENES

ME, YOU = "me", "you"

_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "ball": ("basketball", "basketballs", "bball", "bballs"),
    "Firewood": ("wood", "firewoods", "woods"),
    "Food": ("foods",),
    "Water": ("waters",),
}
_PEOPLE = (
    rf"(?P<{ME}>my way|i(?!(?:'ll|'d| will| am going to)? (?:write|submit|enter|record|put|commit)\b)|me|my|mine|myself|i'm"
    rf"|i've|im|ill|id|ive)"
    rf"|(?P<{YOU}>your way|you|u|your|yours|yourself|you'll|you'd|you're|ya)"
)
NOTHING = ("none", "nothing", "zip", "nil", "zilch")
_CUT = 256
"""Texts of which the tokens are remembered."""
_ARROWS = ("→", "->", "=>")
EQUALS = ("=", ":", *_ARROWS)
_GREETING = re.compile(
    r"\W*(?:hi|hello|hey|hola|bonjour|salut|hallo|thanks|thank you|ok|okay|great|sure|well|so|and|yes|no|dear)?\W*"
    r"|.*,\s",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\s*[,!]")
_INITIAL = re.compile(r"(?<![\w'])[^\W\d_](?=\s*[=:])")
_VALUE = re.compile(r"\s*\d")
_NUMBER = (
    r"\d{1,3}(?:\.\d+)?|"
    + "|".join(map(number_word, range(20, -1, -1)))
    + r"|none|nothing(?! (?:less|to (?:talk|say|discuss|add|lose)|else|more|left|against|wrong|but)\b)|zip|nil|zilch|(?:a )?couple(?: of)?"
)
_WORDS: Mapping[str, str] = {
    "gives": r"throw in|part(?:ing)? with|spare|adds?|gives?(?: up)?|giving(?: up)?|lets?(?!'s|(?: me)? (?:be|know|start|see"
    r"|tell|just|say)\b)"
    r"|(?<!which )(?<!that )leaves?|leaving|offer(?!\s*:)|offers|offering|pass|hand|trade",
    "gets": r"(?<!there)after(?= (?:the|both|all|one)\b|\s*(?:[.,;!?]|$))|(?:happy|glad|content|satisfied) with(?= (?:the|all"
    r"|both|just|only|an?|one|two|three|four|\d)\b)"
    r"|takes?|taking|gets?|getting|keeps?|keeping|have(?! been\b)|has|having|receives?|claim|grab|accept(?= (?:one|two|three|\d"
    r"|an?|both|all) )|go home with",
    "wants": r"would be (?:nice|great|lovely|welcome|appreciated|handy|enough)|would mean (?:a lot|much|so much|the world)"
    r"|wants?|wanted|like",
    "wishes": r"must have|needs?|needed|love|prefer|hoping for|hope for",
    "halves": r"shared|halved|divided|split(?! (?:is|as|that|would|where)\b)|splitting|halv(?:e|ing)|shares?|sharing|divid(?:e|ing)",
    "us": r"we|us|both of us",
    "rest": r"the rest|rest|everything(?: else)?|all(?= (?:but|except)\b)|all else|others|"
    r"(?:all )?the other (?:things|kinds|items|ones|pieces)|(?:all )?the others|(?:all )?the other(?=\s*(?:[,.!?]|$))"
    r"|what(?:'s| is)? left|the remaind\w+|remaining|the lot",
    "whole": r"all(?: of)?(?: the| my| your)?|both(?: of)?(?: the| my| your)?|every|entire|whole",
    "also": r"too|as well",
    "extra": r"another|extra|more(?! (?:like|or less|than))|additional",
    "nth": r"(?:the|that) (?:second|third|fourth|last|final|other(?= \w))(?! (?:two|three|\d)\b)",
    "the": r"the|that|those|these",
    "an": r"an?|single|(?<!every )(?:first|second|third|fourth|last|final|other)(?= (?:\w+)\b)",
    "half": r"half(?: of)?(?: the)?",
    "stop": r"(?:or )?no deal|and|if|while|so|then|plus|because|since|as",
    "swap": r"(?:instead of|rather than)(?= (?:the|an?|all|both|my|your|\d)\b)",
    "not": r"not|no(?!\s*[,;:!–—])|don't|dont|doesn't|won't|wont|can't|cant|cannot|couldn't|without|never|unless",
    "exchange": r"in (?:exchange|return) for",
    "to": r"to|for|from(?= (?:the|an?|each|every)\b)",
    "into": r"in(?! (?:my|your) (?:favou?r|opinion|view|case|notes|mind|book))|into|on|onto|with",
    "of": r"of|packages?(?: of)?|units?(?: of)?|pieces?(?: of)?",
    "per": r"per|each|apiece",
    "but": r"but|except(?: for)?|apart from|other than",
    "worth": r"worth|earns?|yields?|brings?|(?:comes?|amounts?) to(?=\W+\d)|values?|valued|valuing|points?|pts?|scores?|are|is|at|'s",
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


def forms_of(scene: str, goods: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """Every way to name one of ``goods``, in lower case, with the kind and whether it means several."""
    found: dict[str, tuple[str, bool]] = {}
    for good in goods:
        plural = plural_of(good, scene)
        found[good.lower()] = (good, plural == good)
        found[plural.lower()] = (good, True)
        for other in _OTHER_NAMES.get(good, ()):
            found[other] = (good, plural == good or other.endswith("s"))
    return found


def forms(view: View) -> dict[str, tuple[str, bool]]:
    scene, _ = view.public("scene")
    return forms_of(scene, view.public("goods"))


def plural_of(good: str, scene: str) -> str:
    if good in PUBLISHED_NAMES:
        return PUBLISHED_NAMES[good]
    return SCENES[scene].goods[good].plural if scene in SCENES and good in SCENES[scene].goods else f"{good}s"


_START = r"(?:(?<!\w)|(?='s\b))"


_KNOWN = (
    frozenset(form for scene in SCENES for form in forms_of(scene, tuple(SCENES[scene].goods)))
    | forms_of("", tuple(PUBLISHED_NAMES)).keys()
)


@lru_cache(maxsize=512)
def _pattern(others: frozenset[str]) -> re.Pattern[str]:
    """All but names, for text in lower case. It holds every kind of ours, since so large a pattern takes milliseconds to build."""
    goods = sorted(_KNOWN | others, key=lambda form: (-len(form), form))
    groups = "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items())
    pattern = rf"{_START}(?:{_PEOPLE}|(?P<good>{'|'.join(map(re.escape, goods))})|(?P<number>{_NUMBER})|{groups})(?!\w)"
    return re.compile(pattern + r"|(?P<mark>→|[-=]>|[,/|+&=:]|(?<=\s)[-–—](?=\s))")


class Lexer:
    """Cuts sentences into tokens, for one view's people and kinds."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.goods = forms(view)
        self.pattern = _pattern(frozenset(self.goods) - _KNOWN)
        self.initials = {} if len({name[:1] for name in view.names}) < len(view.names) else {name[:1]: name for name in view.names}
        self._cut: dict[tuple[str, Seat], list[Token]] = {}

    def opposite(self, seat: Seat) -> Seat:
        return self.view.seats[1 - self.view.seats.index(seat)]

    def tokens(self, text: str, speaker: Seat) -> list[Token]:
        """The tokens of ``text``, with "I" and "you" as seats. Clauses of a turn are asked for more than once."""
        found = self._cut.get((text, speaker))
        if found is None:
            if len(self._cut) > _CUT:
                self._cut.clear()
            found = self._cut[text, speaker] = self._tokens(text, speaker)
        return found

    def _tokens(self, text: str, speaker: Seat) -> list[Token]:
        found: list[Token] = []
        lower = text.lower() if len(text.lower()) == len(text) else text
        names = mentions(text, self.view.names) if any(name.lower() in lower for name in self.view.names) else []
        names += [(at.start(), at.end(), self.initials[at[0]]) for at in _INITIAL.finditer(text) if at[0] in self.initials]
        names.sort()
        end = 0
        for match in self.pattern.finditer(lower):
            kind, word, at = str(match.lastgroup), match.group(), match.span()
            while names and names[0][0] <= at[0]:
                *span, name = names.pop(0)
                found, end = found + self._person(text, "name", name.casefold(), (span[0], span[1]), speaker), span[1]
            if at[0] < end:
                continue  # within a name
            after_an = bool(found) and found[-1].kind == "an"
            if kind in (ME, YOU):
                found += self._person(text, kind, word, at, speaker)
            elif kind == "good":
                good, plural = self.goods.get(word, ("", False))
                found += [Token("good", good, *at, plural=plural, word=word)] if good else []
            elif kind == "number":
                found[-1:] = [] if after_an else found[-1:]  # "ropes are a 2"
                found += _number(word, at)
            elif kind == "worth" and word in ("point", "pt") and after_an:
                found.append(Token("number", 1.0, *at, word="one"))  # "a single point"
            elif kind != "mark" and word != "to":
                found.append(Token(kind, None, *at, word=word))
            else:
                found.append(Token(_linked(kind, word, found, bool(_VALUE.match(text, at[1]))), None, *at, word=word))
        for start, stop, name in names:
            found += self._person(text, "name", name.casefold(), (start, stop), speaker)
        return found

    def _person(self, text: str, kind: str, word: str, at: tuple[int, int], speaker: Seat) -> list[Token]:
        other = self.opposite(speaker)
        if kind != "name":
            word = {"my way": "mine", "your way": "yours"}.get(word, word)
            return [Token("seat", speaker if kind == ME else other, *at, word=word)]
        named = [seat for seat, name in zip(self.view.seats, self.view.names, strict=True) if name.casefold() == word]
        is_called = (
            named == [other] and _CALLED.match(text, at[1]) and _GREETING.fullmatch(text, 0, at[0])
        )  # "Ben, a lamp is worth 4 to me"
        return [Token("seat", named[0], *at, word="name")] if named and not is_called else []


def _linked(kind: str, word: str, before: Sequence[Token], to_number: bool) -> str:
    """The kind of a small word or mark, with those that give a value: "lamps → 3", "a lamp comes to 3, a rug to 2"."""
    if word in _ARROWS:
        return "worth" if to_number else "to"
    if kind == "mark":
        return "worth" if word in EQUALS else "stop"
    return "worth" if word == "to" and to_number and before and before[-1].kind == "good" else kind


def _number(word: str, at: tuple[int, int]) -> list[Token]:
    if "couple" in word:
        return [Token("number", 2.0, *at, word=word)]
    if word in NOTHING:
        return [Token("number", 0.0, *at, word=word)]
    read: Sequence[tuple[int, int, float]] = numbers(word)
    return [Token("number", read[0][2], *at, word=word)] if read else []
