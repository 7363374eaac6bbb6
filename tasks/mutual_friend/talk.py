"""How people talk about the friends on their lists: how each friend is described, and what a talk says of whom.

Belongs to ``mutual_friend``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from benchmark.lexicon import FIRST_NAMES
from benchmark.prompts import listing
from benchmark.reading import is_negated, mentions, number_word, numbers, sentences, yes_or_no
from benchmark.vocabulary import Claim, Seat, Turn


class Trait(NamedTuple):
    """How a particular is said, otherwise said and denied, which words ask for it, and the values it takes."""

    said: str
    varied: str
    denied: str
    asked: str
    values: str


_TABLE = """
home town; is from {}; comes from {}; is not from {}; from|home|town; Turin Porto Ghent Bergen Krakow Tartu Izmir Quito Lagos Kyoto
employer; works at {}; works for {}; does not work at {}; works?|jobs?; Halden Norvik Castrel Orrin Velmar Tessaly Sablon Averil Brack Zuni
hobby; likes {}; enjoys {}; does not like {}; hobby|likes?|enjoy; chess rowing juggling origami fencing pottery archery sailing skiing yoga
instrument; plays the {}; plays {}; does not play the {}; plays?|instrument; cello banjo flute harp oboe tuba violin piano viola lute
language; speaks {}; knows {}; does not speak {}; speaks?|language; Welsh Tamil Danish Basque Swahili Korean Greek Arabic Czech Hindi
pet; keeps a {}; has a {}; does not keep a {}; pets?|animal; parrot gecko rabbit poodle hamster tortoise ferret donkey beagle kitten
"""
TRAITS = {name: Trait(*rest) for name, *rest in (row.split("; ") for row in _TABLE.strip().splitlines())}
TRAIT_OF = {value: name for name, trait in TRAITS.items() for value in trait.values.split()}
_TERMS = (*FIRST_NAMES, *TRAIT_OF)
ANSWER, NAMES, SHARED = ("answer",), ("friends",), ("common names",)
"""Slots of the joint answer, of a question for names, and of how many names a speaker finds on both lists."""


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})\b", re.IGNORECASE)


_TURNING = re.compile(
    r"[\s,]*\b(?:but|whereas|while|although|though|however|yet)\b[\s,]*"
    r"|\s*[,:–—]\s*(?:and\s+|so\s+)?(?=(?:not|no match|I|I'm|I've|my|mine|he|she|they|your|yours|our|none|nobody|no one|how about"
    r"|what about|which|right|(?:do|does|is|are) (?:you|yours?|that|he|she|they))\b|no (?-i:[A-Z]))"
    r"|\s+and\s+(?=(?:I|my|mine|he|she|they|your|yours|none|nobody|no one)\b)",
    re.IGNORECASE,
)
"""Where one sentence turns from one friend, list or polarity to another."""

_YES_NO = re.compile(
    r"\W*(?:yes|yep|yeah|yup|no|nope|nah|neither|none|correct|right|exactly|indeed|sure|true|agreed|confirmed)\b"
    r"(?:\W*(?:I|he|she|they|it|mine|we) (?:do|does|is|are|has|have|know)(?:n't| not)?\W*$|\s*[,.!:;–—]+\s*|\s*$)",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"^\W*(?:sorry|unfortunately|hmm+|well|ah|oh|great|thanks|thank you|ok|okay)\b[\s,.!:–—-]*"
    r"|\b(?:no (?:problem|worries|doubt)|not only)\b[\s,]*",
    re.IGNORECASE,
)
_TAG = re.compile(r"(?:do|does|is|are|have|has|how about|what about|which|who|whom|right|yours?|can|could)\b", re.IGNORECASE)
_GUESS = _pattern(r"if|suppose|imagine|maybe|perhaps|might|could be")
_ASIDE = _pattern(r"let me|let's (?:look|start|see)|check(?:ing)?|compar\w+|tell me|ask\w*|except|besides|apart from|other than")
_THEIRS = re.compile(r"(?<!of )(?<!from )(?<!on )\b(?:you|your|yours|you're|you've)\b", re.IGNORECASE)
_OURS = _pattern(r"I|I've|I'm|me|my|mine|we|our|us|both|neither")
_ANYBODY = _pattern(r"no(?:ne|body| one)|any\w*|some\w+|every\w+|all|friends|(?:no|a|one) friend|people|of m(?:ine|y)|I (?:have|know)")
_THAT_ONE = re.compile(r"\b(?:he|she|they|yours?)\b|\bdo you\W*$", re.IGNORECASE)
_WHOLE = _pattern(r"all|every\w+")
_SEVERAL = _pattern(r"all|both|they")
_SHARING = _pattern(r"names?\b.*\b(?:common|both|shared?)|(?:shared?|common)\b.*\bnames?|overlap\w*")
_ONLY = _pattern(r"only|just")
_NONE_OF = _pattern(r"(?:none|any|neither) of (?:those|them|these|yours?)|(?:those|these) names")
_ALIKE = re.compile(
    r"\b(?:same(?! name| first)|match(?:es)?|identical|differ(?:s|ent)?|(?:me|mine) too|so (?:does|is|has) (?:mine|my|he|she))\b"
    r"|\b(?:mine|he|she) (?:does|is|has)(?:n't| not)?(?: too| as well)?\W*$",
    re.IGNORECASE,
)
_MUTUAL = _pattern(
    r"mutual|in common|answer(?! your)|propose|settle on|our (?:friend|person)"
    r"|(?:our|a|the) (?:common |shared |perfect |full |exact )*(?:match|common friend|shared friend)"
    r"|(?:let's|let us|shall we|should we|we can|I'll|I will|I would|I'd|both|agree to|to) (?:go|say|answer|commit|pick|choose|submit)"
)
_LEANING = re.compile(
    r"\bit(?:'s| is| must be) (?-i:[A-Z])|\bis the one\b(?! who| from| that| with)|\bagreed? on\b"
    r"|\bit is(?: then)?\W*$|^\W*(?:so|then)\W+\w+\W*$",
    re.IGNORECASE,
)
_OFFER = _pattern(r"shall we|should we|let's|let us|agreed?|propose|can we")
_NOBODY = _pattern(
    r"(?:no|nobody|no one|none|(?:don't|do not) (?:seem to |actually )?(?:have|share|see|find)|there (?:isn't|is not))\b[^,]{0,40}?"
    r"\b(?:mutual|in common|(?:common|shared) friend|overlap|both)"
    r"|(?:answer|commit|say|go with|propose)\b[^,]{0,20}\b(?:none|null|nobody|no one)"
)
Found = Sequence[tuple[int, int, str]]


class Reader:
    """Reads a talk turn by turn; remembers who was spoken of last and what was asked."""

    def __init__(self, people: Sequence[str], size: int) -> None:
        self.people, self.size = people, size
        self.claims: list[Claim] = []
        self.focus: list[str] = []
        self.asked: list[Claim] = []
        self.wanted: list[tuple[str, str]] = []
        """The particular that names in a bare reply have: "Who is from Turin?" "Ida." """
        self.stamp: tuple[Seat, int] = ("", -1)
        self.corrects = False

    def read(self, number: int, turn: Turn) -> None:
        self.stamp, asked, self.asked = (turn.seat, number), self.asked, []
        for place, sentence in enumerate(sentences(turn.text)):
            asked = [claim for claim in asked if place == 0 and claim.seat != turn.seat]
            self.corrects = sentence.takes_back
            self.wanted = [(claim.slot[0], claim.value) for claim in asked if claim.slot[0] in TRAITS and claim.value]
            rest = self.answer(_FILLER.sub("", sentence.text), asked)
            doubtful = sentence.hearsay or _GUESS.search(rest)
            parts = [part for part in _TURNING.split(rest) if part.strip()]
            for part in parts:
                found = [each for each in mentions(part, _TERMS) if each[2] not in self.people]
                names = [term for _, _, term in found if term not in TRAIT_OF]
                if sentence.question and (part is parts[-1] or not _TAG.match(parts[-1])):
                    self.ask(part, names, [term for _, _, term in found if term in TRAIT_OF])
                elif self.settle(part, names, len(found) > len(names)) and not doubtful and not _ASIDE.search(part):
                    self.tell(part, found, names)
                self.focus = names or self.focus

    def say(self, kind: str, slot: tuple[str, ...], value: Any = None) -> None:
        if self.corrects and kind == "affirm":
            self.claims = [claim for claim in self.claims if (claim.seat, claim.kind, claim.slot) != (self.stamp[0], kind, slot)]
        claim = Claim(kind, slot, value, *self.stamp)
        if claim not in self.claims:
            self.claims.append(claim)

    def answer(self, text: str, asked: Sequence[Claim]) -> str:
        """Takes an opening yes or no as said of what was ``asked``; the rest of ``text``."""
        opening = _YES_NO.match(text)
        if not opening:
            return text
        yes = yes_or_no(text)
        closed = [claim for claim in asked if claim.value or len(claim.slot) == 2 or claim.slot == ANSWER]
        friends = {claim.slot[1] for claim in closed if claim.slot[0] == "friend"}
        if not yes and len(friends) == 1 < len(closed):
            self.say("exclude", ("friend", *friends), tuple((claim.slot[2], claim.value) for claim in closed if len(claim.slot) == 3))
        elif not yes or len(friends) < 2 or _SEVERAL.search(text):
            for claim in closed:
                if claim.slot == ANSWER and yes:
                    self.say("propose", ANSWER, claim.value)
                elif claim.slot != ANSWER and (len(claim.slot) > 1 or not yes):
                    self.say("affirm" if yes else "exclude", claim.slot, claim.value)
        return text[opening.end() :]

    def ask(self, text: str, names: list[str], values: list[str]) -> None:
        slots: list[tuple[tuple[str, ...], Any]] = []
        if _NOBODY.search(text) if not names else len(names) == 1 and self.closes(text, bool(values)):
            slots = [(ANSWER, names[0] if names else None)]
        whom = names or (self.focus if len(self.focus) == 1 and _THAT_ONE.search(text) else [])
        traits = [name for name, trait in TRAITS.items() if _pattern(trait.asked).search(text)]
        slots = slots or [(("friend", name, TRAIT_OF[value]), value) for name in whom for value in values]
        slots = slots or [((TRAIT_OF[value],), value) for value in values]
        slots = slots or [(("friend", name, trait), None) for name in whom for trait in traits]
        slots = slots or [(("friend", name), None) for name in names]
        slots = slots or [(claim.slot, claim.value) for claim in self.claims if whom and self._just_said(claim, whom[0])]
        slots = slots or [((trait,), None) for trait in traits] or [(NAMES, None)]
        for slot, value in slots:
            self.say("propose" if slot == ANSWER and _OFFER.search(text) else "ask", slot, value)
        self.asked = [Claim("ask", slot, value, *self.stamp) for slot, value in slots]

    def _just_said(self, claim: Claim, name: str) -> bool:
        return (claim.seat, claim.turn, claim.kind, claim.slot[1:2]) == (*self.stamp, "affirm", (name,))

    def closes(self, text: str, more: bool) -> bool:
        return bool(_MUTUAL.search(text) or (not more and _LEANING.search(text)))

    def settle(self, text: str, names: list[str], more: bool) -> bool:
        """Takes down what ``text`` proposes; whether there is ``more`` to read in it."""
        if _SHARING.search(text):
            return True
        if not names and _NOBODY.search(text):
            self.say("propose", ANSWER)
        elif len(names) == 1 and self.closes(text, more):
            negated = is_negated(text)
            if not negated or any((c.kind, c.value, c.seat) == ("propose", names[0], self.stamp[0]) for c in self.claims):
                self.say("withdraw" if negated else "propose", ANSWER, names[0])
        else:
            return True
        return more

    def tell(self, text: str, found: Found, names: list[str]) -> None:
        kind = "exclude" if is_negated(text) else "affirm"
        values = [term for _, _, term in found if term not in names]
        theirs = [claim.slot[1] for claim in self.claims if claim.seat != self.stamp[0] and claim.kind == "affirm" and len(claim.slot) == 2]
        if _THEIRS.search(text) and not _OURS.search(text):
            return
        if _SHARING.search(text):
            self.say("count", SHARED, _number(text, len(names)))
        elif found and found[0][2] in TRAIT_OF and _ANYBODY.search(text):
            self.count(kind, values, text)
            if kind == "exclude" or not names:
                return
        elif names and not values and _ONLY.search(text) and not _ALIKE.search(text) and set(names) <= set(theirs):
            self.bar([name for name in theirs if name not in names])
        elif kind == "exclude" and not found and _NONE_OF.search(text):
            self.bar(theirs)
        for group, its in _groups(text, found) if values else [(names, [])]:
            for name in group or self.implied(text, its):
                self.describe(kind, name, [(TRAIT_OF[value], value) for value in its], text)

    def implied(self, text: str, its: Sequence[str]) -> list[str]:
        """Of whom a clause without a name says that they have ``its``, or are the same."""
        if not its:
            return self.focus[-1:] if _ALIKE.search(text) else []
        return self.focus if len(self.focus) <= (3 if _SEVERAL.search(text) else 1) else []

    def bar(self, names: Iterable[str]) -> None:
        for name in names:
            self.say("exclude", ("friend", name))

    def count(self, kind: str, values: Sequence[str], text: str) -> None:
        number = _number(text, self.size if _WHOLE.search(text) else 0)
        for value in values:
            if kind == "exclude":
                self.say("exclude", (TRAIT_OF[value],), value)
            elif number > 1 or (number == 1 and _ONLY.search(text)):
                self.say("count", (TRAIT_OF[value], value), number)

    def describe(self, kind: str, name: str, its: Sequence[tuple[str, str]], text: str) -> None:
        """One friend of the speaker: listed, denied, given particulars, or said to be (un)like what the other described."""
        others = [claim for claim in self.claims if claim.seat != self.stamp[0] and claim.kind == "affirm" and claim.slot[1:2] == (name,)]
        like = tuple((claim.slot[2], claim.value) for claim in others if len(claim.slot) == 3)
        alike = None if its else _ALIKE.search(text)
        unlike = kind == "exclude" or (alike is not None and alike.group().lower().startswith("differ"))
        listed = any((claim.seat, claim.kind, claim.slot[1:2]) == (self.stamp[0], "affirm", (name,)) for claim in self.claims)
        if not its and unlike and (alike or listed):
            if like:
                self.say("exclude", ("friend", name), like)
            return
        its = its or (like if alike else ())
        its = its or (self.wanted if kind == "affirm" and len(self.wanted) == 1 else [])
        for trait, value in its:
            self.say(kind, ("friend", name, trait), value)
        if not its:
            self.say(kind, ("friend", name))


def _number(text: str, otherwise: int) -> int:
    return next((int(number) for _, _, number in numbers(text)), otherwise)


def _groups(text: str, found: Found) -> list[tuple[list[str], list[str]]]:
    """Names that stand together, each group with the values said of it: those after it, or before it where a value comes first."""
    groups: list[tuple[list[str], list[str]]] = []
    waiting: list[str] = []
    leads, end, after_name = found[0][2] in TRAIT_OF, 0, False
    for start, stop, term in found:
        if term in TRAIT_OF:
            (waiting if leads or not groups else groups[-1][1]).append(term)
        elif after_name and re.fullmatch(r"[\s,&/]*(?:and|or|nor|plus|both)?[\s,]*(?:my)?\s*", text[end:start], re.IGNORECASE):
            groups[-1][0].append(term)
        else:
            groups.append(([term], waiting))
            waiting = []
        end, after_name = stop, term not in TRAIT_OF
    if waiting:
        groups = [*groups[:-1], (groups[-1][0], groups[-1][1] + waiting)] if groups else [([], waiting)]
    return groups


def _topic(claim: Claim) -> tuple[str, str]:
    return "affirm" if claim.kind == "count" else claim.kind, claim.slot[1] if len(claim.slot) == 3 else ""


def worded(claims: Iterable[Claim]) -> str:
    """What a player says; claims in a row on one topic share a sentence."""
    return " ".join(_spoken(list(group)) for _, group in groupby(claims, _topic))


def _spoken(claims: Sequence[Claim]) -> str:
    first, names = claims[0], [claim.slot[1] for claim in claims if claim.slot[0] == "friend"]
    if first.kind == "propose":
        return "We have no mutual friend." if first.value is None else f"Our mutual friend is {first.value}."
    if first.kind == "ask":
        return "Which of them do you know?"
    if first.kind == "count":
        number = f"{number_word(first.value) if first.value else 'no'} name{'' if first.value == 1 else 's'}"
        return f"We have {number} in common{': ' if names else ''}{listing(names) if names else ''}."
    if len(first.slot) == 3:
        told = [(TRAITS[claim.slot[2]], claim.value) for claim in claims]
        said = [(trait.said if first.kind == "affirm" else trait.denied).format(value) for trait, value in told]
        return f"My {names[0]} {listing(said)}."
    return f"I know {listing(names)}." if first.kind == "affirm" else f"I do not know {listing(names).replace(' and ', ' or ')}."
