"""How people talk about the friends on their lists: how each friend is described, and what a talk says of whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from benchmark.lexicon import FIRST_NAMES
from benchmark.prompts import listing
from benchmark.quoting import READY
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
_FORMS = "skier:skiing juggler:juggling archer:archery fencer:fencing rower:rowing potter:pottery pianist:piano cellist:cello"
_ALIASES = dict(form.split(":") for form in f"{_FORMS} ski:skiing fence:fencing sail:sailing".split())
_ALIASES |= {f"{word}s": meant for word, meant in _ALIASES.items()} | {f"{pet}s": pet for pet in TRAITS["pet"].values.split()}
_TERMS = (*FIRST_NAMES, *TRAIT_OF, *_ALIASES)
ANSWER, NAMES, SHARED = ("answer",), ("friends",), ("common names",)
"""Slots of the joint answer, of a question for names, and of how many names a speaker finds on both lists."""


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})\b", re.IGNORECASE)


_TURNING = re.compile(
    r"(?i)[\s,]*\b(?:but|whereas|while|although|though|however|yet)\b[\s,]*"
    r"|(?<=[✅✓✔❌✗✘])[\s,]+|\s*[,–—]\s*so\s+"
    r"|\s*[,:–—→]\s*(?:and\s+|so\s+)?(?=(?:just|only|not|no match|I|I'm|I've|my|mine|he|she|they|your|yours|our|none|nobody|no one"
    r"|how about|what about|which|right|(?:do|does|is|are) (?:you|yours?|that|he|she|they))\b|no (?-i:[A-Z]))"
    r"|\s+and\s+(?=(?:I|my|mine|he|she|they|your|yours|none|nobody|no one)\b)"
)
_YES_NO = re.compile(
    r"(?i)\W*(?:yes|yep|yeah|yup|no|nope|nah|neither|none|correct|right|exactly|indeed|sure|true|agreed|confirmed)\b"
    r"(?:\W*(?:I|he|she|they|it|mine|we) (?:do|does|is|are|has|have|know)(?:n't| not)?\W*$|\s*[,.!:;–—]+\s*|\s+to (?:all|both)\b.*|\s*$)"
)
_FILLER = re.compile(
    r"(?i)^\W*(?:sorry|unfortunately|hmm+|well|ah|oh|great|thanks|thank you|ok|okay)\b[\s,.!:–—-]*"
    r"|\b(?:no (?:problem|worries|doubt)|not only)\b[\s,]*"
)
_TAG = re.compile(r"(?:do|does|is|are|have|has|how about|what about|which|who|whom|right|yours?|can|could)\b", re.IGNORECASE)
_GUESS = _pattern(r"(?<!as )if|suppose|imagine|maybe|perhaps|might|could be")
_ASIDE = _pattern(
    r"let's (?:look|start|see)|check(?:ing)?|compar\w+|tell me|ask\w*|except\w*|besides|apart from|other than|out(?! of)|ruled?"
)
_ANOTHER = re.compile(r"\b(?:different|another|same) $")
_THEIRS = re.compile(r"(?<!of )(?<!from )(?<!on )\b(?:you|your|yours|you're|you've)\b", re.IGNORECASE)
_OURS = _pattern(r"I|I've|I'm|me|my|mine|we|our|us|both|neither")
_ANYBODY = _pattern(
    r"no(?:ne|body| one)|any\w*|some\w+|every\w+|all|friends|(?:no|a|one) friend|people|of m(?:ine|y)(?! (?-i:[A-Z]))|I (?:have|know)|I've"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:are|is|who|work|play|like|enjoy|speak|keep|come)s?"
)
_THAT_ONE = re.compile(r"\b(?:he|she|they|yours?)\b|\bdo you\W*$", re.IGNORECASE)
_WHOLE = _pattern(r"all|every\w+")
_SEVERAL = _pattern(r"all|both|they|neither|either|none of them")
_SHARING = _pattern(r"names?\b.*\b(?:common|both|shared?)|(?:shared?|common)\b.*\bnames?|overlap\w*|(?:two|three|four|\d) in common")
_ONLY = _pattern(r"only|just")
_NONE_OF = _pattern(r"(?:none|any|neither|either|no one) of (?:those|them|these|yours?)|(?:those|these) names|neither|either")
_REST = _pattern(r"the (?:rest|others?|other \w+|remaining)|no others?|no one else|nobody else|none of the (?:rest|others?)")
_KNOWS = _pattern(r"know\w*|have|list|friends?|mine|familiar|names?|got|acquaint\w*|recogni\w+|here|of (?:those|them|these|yours?)")
_TOO = _pattern(r"too|as well|also|so (?:does|is|has)")
_ALIKE = re.compile(
    r"(?i)[✅✓✔❌✗✘]|\bnope\b|\bso (?:does|is|has) (?:mine|my|he|she)\b|\b(?:identical|differ(?:s|ent)?|match(?:es)?|(?:me|(?<!on )(?<!in )mine) too)\b"
    r"|\bsame\b(?! (?:name|first|home|town|employer|job|hobby|pet|instrument|language))"
    r"|\b(?:mine|he|she) (?:does|is|has)(?:n't| not)?(?: too| as well)?\W*$"
)
_MUTUAL = _pattern(
    r"mutual|in common|answer(?! your)|propose|settle on|our (?:friend|person)|lock(?:ing|ed)?|is (?:who|whom|the person) (?:we|I)"
    r"|(?:fits|matches)(?: on)? (?:all|every\w*|both)|must be (?:who|whom|it|the one)"
    r"|(?:our|a|the) (?:common |shared |perfect |full |exact )*(?:match|common friend|shared friend)"
    r"|(?:let's|let us|shall we|should we|we can|I'll|I will|I would|I'd|both|agree to|to) (?:go|say|answer|commit|pick|choose|submit)"
)
_LEANING = re.compile(
    r"(?i)\bit(?:'s| is| (?:must|has to|should|needs to|can only) be) (?-i:[A-Z])|\bis the one\b(?! who| from| that| with)|\bagreed? on\b"
    r"|\bit is(?: then)?\W*$|^\W*(?:\w+, )?(?:(?:so|then|final(?: answer)?|confirm(?:ed|ing)?|agreed|dann|donc|vamos con)\W+)+\w+\W*$"
)
_THATS = _pattern(r"(?:that|he|she)(?:'s| is) (?:(?:our|the) (?:guy|one|person|match|friend|mutual\w*)|him|her)(?! who| from| that| with)")
_OFFER = _pattern(r"shall we|should we|let's|let us|agreed?|propose|can we")
_NOBODY = _pattern(
    r"(?:no|nobody|no one|none|(?:don't|do not) (?:seem to |actually )?(?:have|share|see|find)|there (?:isn't|is not))\b[^,]{0,40}?"
    r"\b(?:mutual|in common|(?:common|shared) friend|overlap|both)"
    r"|(?:answer|commit|say|go with|propose)\b[^,]{0,20}\b(?:none|nobody|no one)|null|(?:it(?:'s| is)|must be|has to be) (?:nobody|no one|none)|(?:nobody|no one|none) (?:fits?|qualif\w+|is left|remains|will do)"
    r"|there (?:isn't|is not|is|can't be) (?:any(?:one|body)|nobody|no one)\W*$"
)
_HEADS = re.compile(r"^[^,;]*(?::|=|\bare|\bis|\binclude)\W*$")
Found = Sequence[tuple[int, int, str]]


class Reader:
    """Reads a talk turn by turn; remembers who was spoken of last and what was asked."""

    def __init__(self, people: Sequence[str], size: int) -> None:
        self.people, self.size = people, size
        self.claims: list[Claim] = []
        self.focus: list[str] = []
        self.asked: list[Claim] = []
        self.wanted: list[tuple[str, str]] = []
        """The particulars that names in a bare reply have: "Who is from Turin?" "Ida." """
        self.quoted: list[tuple[str, str]] = []
        """What this turn repeats of the other's words: "You said he likes chess; mine does too." """
        self.said: list[str] = []
        self.stamp: tuple[Seat, int] = ("", -1)
        self.corrects = self.fresh = self.yes = False

    def read(self, number: int, turn: Turn) -> None:
        self.stamp, asked, self.asked = (turn.seat, number), [claim for claim in self.asked if claim.seat != turn.seat], []
        self.quoted, self.said, self.fresh, self.yes = [], [], False, False
        for sentence in sentences(turn.text.replace("’", "'").removesuffix(READY)):
            self.corrects = sentence.takes_back
            self.wanted = [(claim.slot[0], claim.value) for claim in asked if claim.slot[0] in TRAITS and claim.value]
            rest = self.answer(_FILLER.sub("", sentence.text), asked)
            doubtful = bool(sentence.hearsay or _GUESS.search(rest))
            parts = [part for part in _TURNING.split(rest) if part.strip()]
            if another := [term for start, _, term in mentions(rest, FIRST_NAMES) if _ANOTHER.search(rest[max(start - 20, 0) : start])]:
                self.focus = another[-1:]
            for part in parts:
                found = [(i, j, _ALIASES.get(term, term)) for i, j, term in mentions(part, _TERMS) if term not in self.people]
                names, values = [term for *_, term in found if term not in TRAIT_OF], [term for *_, term in found if term in TRAIT_OF]
                if sentence.question and (part is parts[-1] or not _TAG.match(parts[-1])):
                    self.ask(part, names, values)
                elif values and not names and len(part.split()) < 3 and part is not parts[-1]:
                    self.wanted = [(TRAIT_OF[value], value) for value in values]
                elif doubtful:
                    self.quoted = [(TRAIT_OF[value], value) for value in values] or self.quoted
                elif self.settle(part, names, bool(values), part is parts[-1]) and not _ASIDE.search(part):
                    self.tell(part, found, names, asked)
                    self.asked = [claim for claim in self.asked if len(claim.slot) > 1 or not names]
                self.focus, self.fresh = names or self.focus, self.fresh or bool(names)
            asked = []

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
        self.yes = yes = yes_or_no(text) is True
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
        return text if opening.group().strip(" ,.:;!–—").lower() in ("agreed", "confirmed") else text[opening.end() :]

    def ask(self, text: str, names: list[str], values: list[str]) -> None:
        slots: list[tuple[tuple[str, ...], Any]] = []
        if _NOBODY.search(text) if not names else len(names) == 1 and self.closes(text, bool(values), True):
            slots = [(ANSWER, names[0] if names else None)]
        whom = names or (self.focus if len(self.focus) == 1 and _THAT_ONE.search(text) else [])
        traits = [name for name, trait in TRAITS.items() if _pattern(trait.asked).search(text)]
        slots = slots or [(("friend", name, TRAIT_OF[value]), value) for name in whom for value in values]
        slots = slots or [((TRAIT_OF[value],), value) for value in values]
        slots = slots or [(("friend", name, trait), None) for name in whom for trait in traits]
        slots = slots or [(("friend", name), None) for name in names]
        just_said = (*self.stamp, "affirm", tuple(whom[:1]))
        slots = slots or [(c.slot, c.value) for c in self.claims if whom and (c.seat, c.turn, c.kind, c.slot[1:2]) == just_said]
        slots = slots or [((trait,), None) for trait in traits] or [(NAMES, None)]
        for slot, value in slots:
            self.say("propose" if slot == ANSWER and _OFFER.search(text) else "ask", slot, value)
        self.asked = [Claim("ask", slot, value, *self.stamp) for slot, value in slots]

    def closes(self, text: str, more: bool, is_last: bool) -> bool:
        return bool(_MUTUAL.search(text) or (not more and is_last and _LEANING.search(text)))

    def settle(self, text: str, names: list[str], more: bool, is_last: bool) -> bool:
        """Takes down what ``text`` proposes; whether there is ``more`` to read in it."""
        if _SHARING.search(text):
            return True
        if not names and _NOBODY.search(text):
            self.say("propose", ANSWER)
        elif not names and len(self.focus) == 1 and _THATS.search(text) and not is_negated(text):
            self.say("propose", ANSWER, self.focus[0])
        elif len(names) == 1 and self.closes(text, more, is_last):
            negated = is_negated(text)
            if not negated or any((c.kind, c.value, c.seat) == ("propose", names[0], self.stamp[0]) for c in self.claims):
                self.say("withdraw" if negated else "propose", ANSWER, names[0])
        else:
            return True
        return more

    def theirs(self, everything: bool = False) -> list[str]:
        """The friends that the other has told of in the last turn in which there were any, or in all."""
        told = [claim for claim in self.claims if claim.seat != self.stamp[0] and claim.kind == "affirm" and claim.slot[0] == "friend"]
        return list(dict.fromkeys(claim.slot[1] for claim in told if everything or claim.turn == told[-1].turn))

    def tell(self, text: str, found: Found, names: list[str], asked: Sequence[Claim]) -> None:
        kind = "exclude" if is_negated(text) or re.search(r"\b(?:un(?:known|familiar|true)|wrong|incorrect|false|mistaken)\b", text) else "affirm"
        values = [term for _, _, term in found if term in TRAIT_OF]
        if _THEIRS.search(text) and not _OURS.search(text):
            self.quoted = [(TRAIT_OF[value], value) for value in values]
            return
        none_of = kind == "exclude" and _NONE_OF.search(text)
        if self.corrects and self.said and numbers(text):
            self.claims = [claim for claim in self.claims if claim.kind != "count" or (claim.seat, claim.turn) != self.stamp]
        told_by_other = dict.fromkeys(self.theirs(everything=True))
        all_shared = not values and names and set(names) <= told_by_other.keys() and [int(n) for *_, n in numbers(text)] == [len(set(names))]
        if _SHARING.search(text) or all_shared:
            if numbers(text) or names or (kind == "exclude" and not re.search(r"\b(?:there|here|among|so far|yet)\b", text)):
                self.say("count", SHARED, _number(text, len(names)))
            kind = "affirm"
        elif values and found[0][2] in TRAIT_OF and (none_of or _ANYBODY.search(text)):
            if not none_of:
                self.count(kind, values, text)
            if not (names or self.fresh) if none_of else kind == "exclude" or not names:
                return
        elif not values:
            self.pass_over(kind, text, names, [claim.slot[1] for claim in asked if claim.slot[0] == "friend"])
        self.share_out(kind, text, found, names)

    def share_out(self, kind: str, text: str, found: Found, names: list[str]) -> None:
        """Says of each friend in ``text`` what it says of them."""
        values = [term for _, _, term in found if term in TRAIT_OF]
        groups = _groups(text, found) if values else [(names, self.said if _TOO.search(text) and not _KNOWS.search(text) else [])]
        if "respectively" in text.lower() and len(values) == len(names or self.focus):
            groups = [([name], [value]) for name, value in zip(names or self.focus, values, strict=True)]
        for group, its in groups:
            for name in dict.fromkeys(group or self.implied(text, its)):
                self.describe(kind, name, [(TRAIT_OF[value], value) for value in its], text, bool(group))
        self.said = values or self.said

    def pass_over(self, kind: str, text: str, names: list[str], asked: list[str]) -> None:
        """Friends of the other that the speaker denies to know without naming them, or by naming all others."""
        theirs = dict.fromkeys([*self.theirs(), *asked])
        if names and _ONLY.search(text) and not _ALIKE.search(text) and set(names) <= theirs.keys():
            self.bar(theirs, names)
        elif kind == "exclude" and not names and not _ALIKE.search(text):
            mine = [claim.slot[1] for claim in self.claims if claim.seat == self.stamp[0] and claim.slot[0] == "friend"]
            if _REST.search(text):
                self.bar(self.theirs(everything=True), mine)
            elif _KNOWS.search(text) and _NONE_OF.search(text) and (len(theirs) == 2 or not re.search(r"either\b", text)):
                self.bar(theirs, mine)

    def bar(self, names: Iterable[str], known: Sequence[str]) -> None:
        for name in names:
            if name not in known:
                self.say("exclude", ("friend", name))

    def implied(self, text: str, its: Sequence[str]) -> list[str]:
        """Of whom a clause without a name says that they have ``its``, or are the same."""
        if not its:
            return self.focus[-1:] if _ALIKE.search(text) else []
        return self.focus if len(self.focus) <= (3 if _SEVERAL.search(text) else 1) else []

    def count(self, kind: str, values: Sequence[str], text: str) -> None:
        number = _number(text, self.size if _WHOLE.search(text) else 0)
        for value in values:
            if kind == "exclude":
                self.say("exclude", (TRAIT_OF[value],), value)
            elif (number > 1 or (number == 1 and _ONLY.search(text))) and (len(values) == 1 or not re.search(r"\bor\b", text)):
                self.say("count", (TRAIT_OF[value], value), number)

    def describe(self, kind: str, name: str, its: Sequence[tuple[str, str]], text: str, is_named: bool = True) -> None:
        """One friend of the speaker: listed, denied, given particulars, or said to be (un)like what the other described."""
        others = [claim for claim in self.claims if claim.seat != self.stamp[0] and claim.kind == "affirm" and claim.slot[1:2] == (name,)]
        like = tuple((claim.slot[2], claim.value) for claim in others if len(claim.slot) == 3)
        like = tuple(self.quoted) if self.quoted and _TOO.search(text) else like
        alike = None if its else _ALIKE.search(text)
        unlike = kind == "exclude" or (alike is not None and alike.group().lower()[:4] in ("diff", "nope", "❌", "✗", "✘"))
        listed = any((claim.seat, claim.kind, claim.slot[1:2]) == (self.stamp[0], "affirm", (name,)) for claim in self.claims)
        if not its and unlike and (listed or (like and alike)):
            if like:
                self.say("exclude", ("friend", name), like)
            return
        its = its or (like if alike and not unlike else ())
        if kind == "affirm" and not alike and self.wanted and (not its or self.yes):
            traits = [trait for trait, _ in (*self.wanted, *its)]
            its = [*self.wanted, *its] if len(set(traits)) == len(traits) else its
        for trait, value in its:
            self.say(kind, ("friend", name, trait), value)
        if not its and is_named:
            self.say("exclude" if unlike else kind, ("friend", name))


def _number(text: str, otherwise: int) -> int:
    return next((int(number) for _, _, number in numbers(text)), otherwise)


def _groups(text: str, found: Found) -> list[tuple[list[str], list[str]]]:
    """Names that stand together, each group with the values said of it: those after it, or before it where a value comes first."""
    first = next((place for place, (_, _, term) in enumerate(found) if term not in TRAIT_OF), 0)
    if first and _HEADS.search(text[found[first - 1][1] : found[first][0]]) and any(term in TRAIT_OF for _, _, term in found[first:]):
        head = [term for _, _, term in found[:first]]
        return [(names, [*head, *its]) for names, its in _groups(text, found[first:])]
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


def worded(claims: Iterable[Claim]) -> str:
    """What a player says; claims in a row on one topic share a sentence."""
    topics = groupby(claims, lambda claim: (claim.kind.replace("count", "affirm"), claim.slot[1] if len(claim.slot) == 3 else ""))
    return " ".join(_spoken(list(group)) for _, group in topics)


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
