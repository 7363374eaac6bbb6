"""Two people find out in talk which friend, if any, stands on both their lists.

After MutualFriends: He, Balakrishnan, Eric and Liang, "Learning Symmetric Collaborative Dialogue Agents with Dynamic Knowledge Graph
Embeddings", ACL 2017. Ours adds decoys (one name, two different people), so that names alone settle nothing, and worlds in which nobody
is mutual.

``preset=zhou5`` is the set-up of Zhou et al. 2024 (arXiv 2403.05020): five friends a side, a first name and two particulars each, exactly
one on both lists. It has no decoys, so names alone settle it; its budget holds everything, so reciting works; every level is the same.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar, NamedTuple, Self

from benchmark.answers import read_answer
from benchmark.lexicon import FIRST_NAMES
from benchmark.prompts import listing
from benchmark.reading import is_negated, mentions, number_word, numbers, sentences, yes_or_no
from benchmark.streams import Stream, stream
from benchmark.vocabulary import Answer, Claim, Fact, Illegal, Score, Seat, Task, Turn, UsageError, View, World


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


Profile = dict[str, str]
Pairs = tuple[tuple[str, str], ...]
_SCENES = (
    "{} and {} live in one street and plan a surprise party. It needs a host whom both of them know, or word gets out before Saturday.",
    "{} and {} are cousins. Their grandmother's will needs a witness whom both of them know, and the notary sees them tomorrow.",
    "{} hopes to rent a room from {}. Two others want it as well, and it takes a friend of both of them to vouch.",
    "{} and {} have been put in charge of a village fair. The council pays for it if they name a treasurer whom both of them know.",
    "{} and {} have found a purse at a concert. A note in it says that it belongs to a friend of both, and the last train leaves soon.",
    "{} and {} met on a train and want to sail to the islands. The boat is lent only to people with a friend in common.",
)
_LEVELS: Mapping[int, Mapping[str, Any]] = {
    1: {"shared": 2, "apart": 3, "palette": (10, 10, 10), "words": 48},
    2: {"shared": 2, "apart": 2, "palette": (9, 8, 6), "words": 38},
    3: {"shared": 3, "apart": 2, "palette": (7, 5, 4), "words": 27},
    4: {"shared": 3, "apart": 1, "palette": (5, 4, 3), "words": 27},
    5: {"shared": 3, "apart": 1, "palette": (4, 3, 2), "words": 27},
}
_PRESETS = {"zhou5": {"friends": 5, "shared": 1, "palette": (8, 8), "turns": 8, "words": 30, "named": False, "no_solution": 0.0}}


class Told:
    """What someone has said of their own list of ``size`` friends; a contradiction leaves its slot open."""

    def __init__(self, claims: Iterable[Claim], size: int) -> None:
        self.size = size
        self.names: dict[str, bool] = {}
        self.values: dict[tuple[str, str], set[str]] = {}
        self.denied: set[tuple[str, Pairs]] = set()
        """(name, particulars): no friend of that name has them all."""
        self.counts: dict[tuple[str, str], int] = {}
        self.shared: int | None = None
        for claim in claims:
            self._take(claim.kind, claim.slot, claim.value)

    def _take(self, kind: str, slot: tuple[str, ...], value: Any) -> None:
        pairs = ((slot[2], value),) if len(slot) == 3 else value or ()
        if slot[0] == "friend" and kind == "exclude" and pairs:
            self.denied.add((slot[1], pairs))
        elif slot[0] == "friend" and kind in ("affirm", "exclude"):
            self.names[slot[1]] = kind == "affirm"
            for trait, said in pairs:
                self.values.setdefault((slot[1], trait), set()).add(said)
        elif (kind, slot) == ("affirm", ("names",)):
            self.names |= dict.fromkeys(value, True)
        elif (kind, slot) == ("count", SHARED):
            self.shared = value
        elif kind in ("count", "exclude"):
            self.counts[slot[0], slot[1] if kind == "count" else value] = value if kind == "count" else 0

    @property
    def complete(self) -> bool:
        return sum(self.names.values()) >= self.size

    def of(self, name: str, trait: str) -> str | None:
        values = self.values.get((name, trait), set())
        return min(values) if len(values) == 1 else None

    def agreement(self, name: str, own: Profile) -> int:
        """In how many particulars their ``name`` is known to be like one's own; -1 if it cannot be the same person."""
        told = [self.of(name, trait) for trait in own]
        apart = (
            not self.names.get(name, not self.complete)
            or any(said not in (None, value) for said, value in zip(told, own.values(), strict=True))
            or any(who == name and set(pairs) <= set(own.items()) for who, pairs in self.denied)
            or any(self._left_over(name, own, trait, value, number) for (trait, value), number in self.counts.items())
        )
        return -1 if apart else len(told) - told.count(None)

    def _left_over(self, name: str, own: Profile, trait: str, value: str, number: int) -> bool:
        """Whether all their friends with ``value`` are accounted for, and a ``name`` with it is not among them."""
        if own.get(trait) != value:
            return trait in own and number >= self.size
        having = [who for (who, what), values in self.values.items() if what == trait and values == {value}]
        return len(having) >= number and name not in having


def _known(given: str, names: Iterable[str], what: str) -> str:
    """``given`` if it is one of ``names``; UsageError with the nearest ones otherwise."""
    known = list(names)
    if given in known:
        return given
    close = difflib.get_close_matches(given.lower(), known, n=3, cutoff=0.5)
    advice = f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(known)}"
    raise UsageError(f'there is no {what} "{given[:80]}"; {advice}')


def _note(name: str, pairs: Pairs, draw: Stream) -> str:
    """What a sheet says of a friend, in one of many forms."""
    said = [(TRAITS[trait].varied if draw.bits(1) else TRAITS[trait].said).format(value) for trait, value in draw.shuffled(pairs)]
    return f"{name}, who {said[0]}, {listing(said[1:])}." if draw.bits(1) else f"{name} {listing(said)}."


def _friends(view: View, seat: Seat) -> dict[str, Profile]:
    """The friends of ``seat`` as far as ``view`` shows them, in order."""
    found: dict[str, Profile] = {}
    for fact in view.held_by(seat):
        if fact.slot == ("names",):
            found |= {name: {} for name in fact.value}
        elif fact.slot[0] == "friend":
            found[fact.slot[1]] = dict(fact.value)
    return found


@dataclass(frozen=True, kw_only=True)
class MutualFriend(Task):
    """Find the friend who is on both lists, or agree that there is none.

    ``shared`` of the ``friends`` names on a list are on the other too; all but at most one are decoys, who differ in ``apart``
    particulars. ``palette`` says how many values each particular takes in one world: the fewer, the less it tells. ``named`` gives
    each side an overview of its names and lets it list them.
    """

    name: ClassVar[str] = "mutual_friend"
    version: ClassVar[int] = 1

    friends: int = 12
    shared: int = 3
    apart: int = 2
    palette: tuple[int, ...] = (7, 5, 4)
    named: bool = True
    words: int = 27
    no_solution: float = 0.25

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        fields = _LEVELS[int(_known(str(level), map(str, _LEVELS), "level of mutual_friend"))]
        for option, value in options.items():
            fields = _PRESETS[_known(value, _PRESETS, f"{_known(option, ['preset'], 'option of mutual_friend')} of mutual_friend")]
        return cls(level=level, **fields)

    def generate(self, seed: int, solvable: bool = True) -> World:
        draw = stream(seed, self.name, self.version)
        people = draw.sample(FIRST_NAMES, 2 + 2 * self.friends - self.shared)
        common, others = people[2 : 2 + self.shared], people[2 + self.shared :]
        traits = draw.sample(tuple(TRAITS), len(self.palette))
        pools = [draw.sample(TRAITS[trait].values.split(), n) for trait, n in zip(traits, draw.shuffled(self.palette), strict=True)]
        lists = [{name: [draw.choice(pool) for pool in pools] for name in (*common, *others[side::2])} for side in (0, 1)]
        mutual = draw.choice(common)
        target = mutual if solvable or not self.no_solution else None
        for name in common:
            lists[1][name] = list(lists[0][name])
            for i in draw.sample(range(len(traits)), self.apart if name != target else 0):
                lists[1][name][i] = draw.choice([value for value in pools[i] if value != lists[0][name][i]])
        draw.shuffle(lists)
        facts = [Fact(("scene",), draw.below(len(_SCENES)), "")]
        facts += [Fact(("attributes",), tuple(traits), ""), Fact(("size",), self.friends, "")]
        for seat, person, own, other in zip("AB", people[:2], lists, lists[::-1], strict=True):
            foreign = {word for name, values in other.items() for word in (name, *values)}
            order = draw.shuffled(list(own))
            if self.named:
                facts.append(Fact(("names",), tuple(order), f"{person}'s friends are {listing(order)}.", (seat,)))
            for name in order:
                pairs = tuple(zip(traits, own[name], strict=True))
                strings = tuple(word for word in (name, *own[name]) if word not in foreign)
                facts.append(Fact(("friend", name), pairs, _note(name, pairs, draw), (seat,), strings))
        return World(("A", "B"), tuple(people[:2]), tuple(facts), target, seed, target is not None)

    def brief(self, view: View) -> str:
        traits = listing(view.public("attributes"))
        how_many = "At most one friend is mutual, and it may be that nobody is." if self.no_solution else "Exactly one friend is mutual."
        manner = "" if self.named else " They are to talk about their friends and not simply list the names."
        nobody = ", or if both say that there is nobody where that is so" if self.no_solution else ""
        return (
            f"{_SCENES[view.public('scene')].format(*view.names)} Each of them has notes on {number_word(self.friends)} friends: "
            f"first name, {traits}. They must find out who their mutual friend is, the one person whom both know: that person has the same "
            f"first name in both sets of notes, and the same {traits}. Friends who share a first name but differ in any of these are "
            f"two people. {how_many}{manner} They succeed if both commit to the mutual friend's first name{nobody}; otherwise they fail."
        )

    def form(self, view: View) -> str:
        del view  # the example is nobody's friend, so that it favours none
        example = 'as in {"answer": "Alex"}, or null if there is none: {"answer": null}.'
        return f'Under "answer" stands the first name of the mutual friend, {example}'

    def schema(self, view: View) -> str:
        del view
        answer = {"anyOf": [{"type": "string", "minLength": 1, "maxLength": 40}, {"type": "null"}]}
        return json.dumps({"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False})

    def parse(self, text: str, view: View) -> Answer:
        del view  # a name reads the same to everyone
        given = read_answer(text)
        word = given.strip(" .!'\"").casefold() if isinstance(given, str) else given
        if word in (None, "null", "none", "nobody", "no one"):
            return None
        if not isinstance(word, str) or not re.fullmatch(r"[^\W\d_][\w'’-]{0,39}", word):
            raise Illegal("the answer must be one first name in quotes, with no other word, or null")
        return word.title()

    def draw(self, view: View, stream: Stream) -> Answer:
        return stream.choice([name for seat in view.sees for name in _friends(view, seat)])

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """Success is the same right answer from both.

        The floor is what two can expect who go by one list: q if both always decline, (1 - q) / friends if both name one friend of it,
        whichever is more, with q the share of worlds without a mutual friend.
        """
        success = all(seat in answers and answers[seat] == world.target for seat in world.seats)
        return Score(success, float(success), max(self.no_solution, (1 - self.no_solution) / self.friends), 1.0)

    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        reader = Reader(view.names, self.friends)
        for number, turn in enumerate(turns):
            reader.read(number, turn)
        return tuple(reader.claims)

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        own = _friends(view, view.sees[0])
        if len(view.sees) > 1:
            claims = [Claim("affirm", fact.slot, fact.value) for seat in view.sees[1:] for fact in view.held_by(seat)]
        told = Told(claims, self.friends)
        agreed = {name: told.agreement(name, profile) for name, profile in own.items()}
        named = [name for name in own if told.names.get(name)]
        if told.shared == len(named):
            agreed |= dict.fromkeys(own.keys() - named, -1)
        live: list[Answer] = sorted((name for name in own if agreed[name] >= 0), key=lambda name: -agreed[name])
        sure = tuple(name for name in live if agreed[name] == len(self.palette))
        if sure or not self.no_solution:
            return sure or tuple(live) or (None,)
        return (None, *live) if self.no_solution * len(live) >= 1 - self.no_solution else (*live, None)

    def needed(self, world: World) -> tuple[Fact, ...]:
        """The two notes on the mutual friend; where there is none, both overviews of names and both notes on every shared name."""
        slots = [fact.slot for fact in world.facts if world.target is None or fact.slot == ("friend", world.target)]
        return tuple(fact for fact in world.facts if slots.count(fact.slot) == len(world.seats))

    def presents(self, fact: Fact, claims: Sequence[Claim]) -> int | None:
        """A friend is presented once all particulars are told, an overview once all its names are."""
        for i, claim in enumerate(claims):
            told = Told(claims[: i + 1], self.friends)
            if fact.slot[0] == "friend" and all(told.of(fact.slot[1], trait) == value for trait, value in fact.value):
                return claim.turn
            if fact.slot == ("names",) and all(told.names.get(name) for name in fact.value):
                return claim.turn
        return None

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        said = self.claims(turns, view)
        live = self.candidates(view, [claim for claim in said if claim.seat != seat])
        heard, mine = (Told([claim for claim in said if (claim.seat == seat) == own], self.friends) for own in (False, True))
        plan = [] if len(view.sees) > 1 else self._tell(_friends(view, seat), live, heard, mine)
        standing = [claim for claim in said if claim.kind in ("propose", "withdraw")][-1:]
        if len(live) == 1 and not any(claim.kind == "propose" and claim.value == live[0] for claim in standing):
            plan.append(Claim("propose", ANSWER, live[0]))
        if len(live) > 1 and not plan:
            plan.append(Claim("ask", NAMES))
        return tuple(plan)

    def _tell(self, own: Mapping[str, Profile], live: Sequence[Answer], heard: Told, mine: Told) -> list[Claim]:
        """Names first; then a denial for each decoy that the other described; then whoever may still be mutual, in full."""
        plan: list[Claim] = []
        if len(live) > 1 or live[0] is None:
            plan = self._name(own, heard, mine)
            for name, profile in own.items():
                clashes = [(t, v) for t in profile if (v := heard.of(name, t)) not in (None, profile[t])]
                if clashes and not any((name, (clash,)) in mine.denied or mine.of(name, clash[0]) for clash in clashes):
                    plan.append(Claim("exclude", ("friend", name, clashes[0][0]), clashes[0][1]))
        if plan and plan[-1].kind == "ask":
            return plan
        untold = [(name, trait) for name in live if name for trait in own[name] if mine.of(name, trait) is None]
        return plan + [Claim("affirm", ("friend", name, trait), own[name][trait]) for name, trait in untold]

    def _name(self, own: Mapping[str, Profile], heard: Told, mine: Told) -> list[Claim]:
        if mine.complete or mine.shared is not None:
            return []
        if self.named and heard.complete:
            both = [name for name in own if heard.names.get(name)]
            return [Claim("count", SHARED, len(both)), *(Claim("affirm", ("friend", name)) for name in both)]
        if self.named and heard.shared is None:
            return [*(Claim("affirm", ("friend", name)) for name in own if name not in mine.names), Claim("ask", NAMES)]
        return [Claim("exclude", ("friend", name)) for name in heard.names if name not in own and name not in mine.names]

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view
        return worded(claims)
