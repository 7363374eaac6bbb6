"""What one stretch between commas or conjunctions names and says in `hidden_profile`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from benchmark.phrases import AnyCase
from tasks.hidden_profile.scenes import BAD, GOOD
from tasks.hidden_profile.words import (
    DETAIL,
    NEGATIONS,
    NOR_IS,
    NOT,
    OPPOSITE,
    OPTION,
    SAME,
    SCALE,
    TOPIC,
    VALUE,
    VERDICT,
    Lexicon,
    Outcome,
    mentioned,
    telling_words,
)

_BETTER_LOW = ("price", "mileage")

BREAK = AnyCase(
    r"\s*(?:[,/&)]|\band\b|\b(but (?:for|not)|except(?:ing)?(?: for)?|apart from|other than|aside from|save for)\b"
    r"|\b(but|while|whereas|though|although|however|yet)\b)\s*"
)
"""What parts clauses; the groups catch an exception and a contrast."""
IDLE = AnyCase(
    r"\b(?:good|great|fair|excellent|fine) (?:points?|ideas?|questions?|news|catch|to know|work|job|call|summary|luck)\b|\bsounds good\b"
    r"|\bin short\b|\bno problem\b(?! with)|\bgut feeling\b|^\W*(?:okay|ok|well|good|great|fine|right|thanks)\s*[,!]\s*(?=\w)"
)
_CANNOT_SAY = r" (?:\w+ )?(?:know|confirm|say|tell|see)\b"
UNSURE = AnyCase(
    rf"\b(?:not|cannot){_CANNOT_SAY}|n't{_CANNOT_SAY}"
    r"|\b(?:not sure|unsure|unclear|unknown|no idea|wonder|assume"
    r"|guess|hope|(?:no|any) (?:\w+ ){0,3}(?:information|info|notes?|data|findings?|results?)|nothing (?:on|about))\b"
)
_REFERS = AnyCase(r"\bboth\b|\b(?:fail|pass)(?:e[sd])? (?:it|that|this)\b")
_WHOLE = AnyCase(r"\b(?:both|all)\b")
_HAS = re.compile(r"(?:\bhas\b|\b(?:can't|cannot) do\b)(?!.*\b(?:I|we|you|notes?|anyone)\b)", re.IGNORECASE)
"""With a negation: "neither has stamina"."""
_JUST_NO = re.compile(r"\bno\W*$", re.IGNORECASE)
_SAME_AS = AnyCase(r"\bsame (?:as|for|with|goes for)\b|\bso (?:is|are|was|were|does|do|did)\b")
_CLAIMS = re.compile(
    r"^(?!.*\w it is\W*$).*(?<!n't)(?<!not) (?:did|does|do|is|are|was|were|has)(?: too| also)?\W*$", re.IGNORECASE | re.DOTALL
)
_CLOSES = re.compile(r"\s+(?:is|are|was|were|looks?|seems?) (?!in my\b)[a-z]{3,}", re.IGNORECASE)
_NOT_THIS = re.compile(r"\W*(?:and |but )?not\b(?! (?:yet|all|every|only))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """What one stretch between commas or conjunctions names: ``denies`` as in "heating is not", ``brief`` as in "the Mill too"."""

    text: str
    options: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    details: tuple[Outcome, ...]
    alike: bool
    negated: bool
    denies: bool
    brief: bool
    option_last: bool
    not_this: bool
    """Sets what it names against what was said before: "good at baking, not at budgeting"."""
    claims: bool
    """Ends with the verb alone: "the Mill's did"."""
    closed: bool
    """Says something in other words, so that no later value is meant."""
    flipped: bool
    """Its value was denied."""

    @property
    def refers(self) -> bool:
        """Whether it takes up what was just spoken of: "both failed it"."""
        return _REFERS.search(self.text) is not None

    @property
    def same(self) -> bool:
        """Whether it says of a check what was said of another: "same for baking"."""
        return _SAME_AS.search(self.text) is not None

    @property
    def whole(self) -> bool:
        """Whether it says what it says of all that were named: "both bad", "all good"."""
        return _WHOLE.search(self.text) is not None


@lru_cache(maxsize=4096)
def read_clause(text: str, words: Lexicon) -> Clause:
    options, items, details, alike, negated, last, end, flipped = [], [], [], False, False, "", 0, False
    for before, after, (kind, *rest) in mentioned(text, words):
        negated = negated and ":" not in text[end:before]
        end = after
        if kind == OPTION:
            options.append(rest[0])
        elif kind == TOPIC:
            items.append((TOPIC, rest[0]))
        elif kind in (VALUE, VERDICT):
            value = OPPOSITE[rest[-1]] if negated else rest[-1]
            flipped, negated = flipped or negated, False
            if kind == VALUE:
                items.append((VALUE, value))
            else:
                details.append((rest[0], value))
        elif kind == SCALE:
            items.append((SCALE, rest[0] if not negated else BAD if rest[0] == GOOD else GOOD))
        elif kind == DETAIL:
            details.append((rest[0], rest[1]))
        alike = alike or kind in (SAME, NOR_IS)
        negated = negated or kind in (NOT, NOR_IS)
        last = kind if kind not in (SAME, NOR_IS) else last
    if not details:
        details = _paraphrased(text, negated, words, bool(options))
    brief = len(text.split()) <= 5
    denies = brief and last == NOT and (bool(options or items) or not _JUST_NO.search(text)) and not text[end:].strip(" .!;")
    if negated and not any(kind == VALUE for kind, _ in items) and options and _HAS.search(text):
        items.append((VALUE, BAD))
    names, not_this = tuple(dict.fromkeys(options)), brief and _NOT_THIS.match(text) is not None
    claims = brief and not items[1:] and _CLAIMS.search(text) is not None
    closed = last == TOPIC and _CLOSES.match(text, end) is not None
    item, form = tuple(_scaled(items) if items else ()), (alike, negated, denies, brief, last == OPTION, not_this, claims, closed, flipped)
    return Clause(text, names, item, tuple(details), *form)


def _scaled(items: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is high or low is good or bad by what it is of: high mileage, low stamina."""
    topics = [name for kind, name in items if kind == TOPIC]
    found = []
    for kind, name in items:
        if kind == SCALE and topics:
            found.append((VALUE, OPPOSITE[name] if topics[-1] in _BETTER_LOW else name))
        elif kind != SCALE:
            found.append((kind, name))
    return found


def _paraphrased(text: str, negated: bool, words: Lexicon, is_about: bool) -> list[Outcome]:
    """What follows from the details of which enough telling words stand in ``text``; of one check the nearest, unless two are as near.

    Enough are three quarters and three at least, or with an option named (``is_about``) two thirds, no other detail having those words.
    """
    given = telling_words(text)
    telling = given & words.scene.telling.keys()
    if len(telling) < 2:  # fewer are not enough
        return []
    best: dict[str, tuple[float, set[str]]] = {}
    contents, details = words.scene.content, words.scene.details
    for number in sorted({number for word in telling for number in words.scene.telling[word]}):
        content, (detail, label, value) = contents[number], details[number]
        shared = content & given
        is_near = len(content) >= 3 and 4 * len(shared) >= 3 * len(content)
        is_own = is_about and len(shared) >= 2 and 3 * len(shared) >= 2 * len(content) and sum(shared <= c for c in contents) == 1
        is_same = (is_near or is_own) and negated == any(word in NEGATIONS for word in detail.split())
        if is_near or (is_own and is_same):
            share, values = best.get(label, (0.0, set()))
            nearness = len(shared) / len(content)
            if nearness >= share:
                best[label] = (nearness, {*(values if nearness == share else ()), value if is_same else OPPOSITE[value]})
    return [(label, value) for label, (_, (value, *more)) in best.items() if not more]
