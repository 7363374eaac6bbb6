"""Two people find out in talk which friend, if any, stands on both their lists.

After MutualFriends: He, Balakrishnan, Eric and Liang, "Learning Symmetric Collaborative Dialogue Agents with Dynamic Knowledge Graph
Embeddings", ACL 2017. Ours adds decoys (one name, two different people), so that names alone settle nothing, and worlds with no mutual friend.

``preset=zhou5`` is the set-up of Zhou et al. 2024 (arXiv 2403.05020): five friends a side, a first name and two particulars each, exactly one
on both lists. It has no decoys, so names alone settle it; its budget holds everything, so reciting works; it is the same at every level.
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

Profile = dict[str, str]
Pairs = tuple[tuple[str, str], ...]


class Trait(NamedTuple):
    """How a particular is said, otherwise said and denied, which words ask for it, and the values it takes."""

    said: str
    varied: str
    denied: str
    asked: str
    values: str


_TABLE = """
home town; is from {}; comes from {}; is not from {}; from|home|town|city; Turin Porto Ghent Bergen Krakow Tartu Izmir Quito Lagos Kyoto
employer; works at {}; works for {}; does not work at {}; work|works|job|jobs; Halden Norvik Castrel Orrin Velmar Tessaly Sablon Averil Brack Zuni
hobby; likes {}; enjoys {}; does not like {}; hobby|like|likes|enjoy; chess rowing juggling origami fencing pottery archery sailing skiing surfing
instrument; plays the {}; studies the {}; does not play the {}; play|plays; cello banjo flute harp oboe tuba violin piano viola lute
language; speaks {}; knows {}; does not speak {}; speak|speaks; Welsh Tamil Danish Basque Swahili Korean Greek Arabic Czech Hindi
pet; keeps a {}; has a {}; does not keep a {}; pet|pets|animal; parrot gecko rabbit poodle hamster tortoise ferret donkey beagle kitten
"""
TRAITS = {name: Trait(*rest) for name, *rest in (row.split("; ") for row in _TABLE.strip().splitlines())}
TRAIT_OF = {value: name for name, trait in TRAITS.items() for value in trait.values.split()}
_TERMS = (*FIRST_NAMES, *TRAIT_OF)
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
    3: {"shared": 3, "apart": 2, "palette": (7, 5, 4), "words": 30},
    4: {"shared": 3, "apart": 1, "palette": (5, 4, 3), "words": 29},
    5: {"shared": 3, "apart": 1, "palette": (4, 3, 2), "words": 28},
}
_PRESETS = {"zhou5": {"friends": 5, "shared": 1, "palette": (8, 8), "turns": 8, "words": 30, "named": False, "no_solution": 0.0}}
ANSWER, NAMES, SHARED = ("answer",), ("friends",), ("common names",)
"""Slots of the joint answer, of a question for names, and of how many names a speaker finds on both lists."""


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


class Told:
    """What someone has said of their own list; a contradiction leaves its slot open."""

    def __init__(self, claims: Iterable[Claim], size: int) -> None:
        self.size = size
        self.names: dict[str, bool] = {}
        self.values: dict[tuple[str, str], set[str]] = {}
        self.denied: set[tuple[str, Pairs]] = set()
        """(name, particulars): no friend of that name has them all."""
        self.counts: dict[tuple[str, ...], int] = {}
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
        elif kind == "affirm" and slot == ("names",):
            self.names |= dict.fromkeys(value, True)
        elif kind == "count":
            self.counts[slot] = value
        elif kind == "exclude":
            self.counts[*slot, value] = 0

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
            or any(self._left_over(name, own, *slot, number) for slot, number in self.counts.items() if slot != SHARED)
        )
        return -1 if apart else len(told) - told.count(None)

    def _left_over(self, name: str, own: Profile, trait: str, value: str, number: int) -> bool:
        """Whether all their friends with ``value`` are accounted for, and a ``name`` with it is not among them."""
        if own.get(trait, value) != value:
            return number >= self.size
        having = [who for (who, what), values in self.values.items() if what == trait and values == {value}]
        return trait in own and len(having) >= number and name not in having


_TURNING = re.compile(
    r"[\s,]*\b(?:but|whereas|while|although|though|however|yet)\b[\s,]*"
    r"|\s*[,–—]\s*(?:and\s+|so\s+)?(?=(?:not|I|I'm|I've|my|mine|he|she|they|your|yours|our|none|nobody|no one|how about|what about|which|right"
    r"|(?:do|does|is|are) (?:you|yours?|that|he|she|they))\b|no (?-i:[A-Z]))"
    r"|\s+and\s+(?=(?:I|my|mine|he|she|they|your|yours|none|nobody|no one)\b)",
    re.IGNORECASE,
)
"""Where one sentence turns from one friend, list or polarity to another."""


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})\b", re.IGNORECASE)


_YES_NO = re.compile(
    r"\W*(?:yes|yep|yeah|yup|no|nope|nah|neither|none|correct|right|exactly|indeed|sure|true|agreed|confirmed)\b"
    r"(?:\s*[,.!:;–—]+\s*|\s*$|\s+(?=(?:I|he|she|they|it|mine|we) (?:do|does|is|are|don't|doesn't|isn't|has|have|haven't|know)\b))",
    re.IGNORECASE,
)
_TAG = re.compile(r"(?:do|does|is|are|have|has|how about|what about|which|who|whom|right|yours?|can|could)\b", re.IGNORECASE)
_ASIDE = _pattern(r"let me|let's (?:check|compare|look|start|see)|check(?:ing)?|compar\w+|tell me|ask(?:ed|ing)?|except|besides|apart from|other than")
_THEIRS = re.compile(r"(?<!of )(?<!from )(?<!on )\b(?:you|your|yours|you're|you've)\b", re.IGNORECASE)
_OURS = _pattern(r"I|I've|I'm|me|my|mine|we|our|us|both|neither")
_ANYBODY = _pattern(r"none|nobody|no one|any\w*|some(?:one|body)|every(?:one|body)|all|friends|(?:no|a|one) friend|people|of mine|of my|of them|I have|I know")
_SHARING = _pattern(r"names?\b.*\b(?:common|both|shared?|overlap\w*)|(?:shared?|common|overlap\w*)\b.*\bnames?")
_ONLY = _pattern(r"only|just|exactly")
_NONE_OF = _pattern(r"(?:none|any|neither) of (?:those|them|these|yours?)|those names|these names")
_ALIKE = _pattern(r"same(?! name| first)|match(?:es)?|identical|differ(?:s|ent)?")
_MUTUAL = _pattern(
    r"mutual|in common|answer|propose|settle on|(?:our|a|the) (?:common |shared |perfect |full |exact )*(?:match|common friend|shared friend)|our (?:friend|person)"
    r"|(?:let's|let us|shall we|should we|we can|I'll|I will|I would|I'd|both|agree to|to) (?:go|say|answer|commit|pick|choose|submit)"
)
_LEANING = re.compile(r"\bit(?:'s| is| must be) (?-i:[A-Z])|\bis the one\b(?! who| from| that| with)|\bagreed? on\b", re.IGNORECASE)
_OFFER = _pattern(r"shall we|should we|let's|let us|agreed?|propose|can we")
_NOBODY = _pattern(
    r"(?:no|nobody|no one|none|(?:don't|do not) (?:seem to |actually )?(?:have|share|see|find)|there (?:isn't|is not))\b[^,]{0,40}?"
    r"\b(?:mutual|in common|(?:common|shared) friend|overlap|both)|(?:answer|commit|say|go with|propose)\b[^,]{0,20}\b(?:none|null|nobody|no one)"
)


class Reader:
    """Reads a talk turn by turn; remembers who was spoken of last and what was asked."""

    def __init__(self, people: Sequence[str], size: int) -> None:
        self.people, self.size = people, size
        self.claims: list[Claim] = []
        self.focus: list[str] = []
        self.asked: list[Claim] = []
        self.wanted: list[tuple[str, str]] = []
        """The particular that the names in a bare reply have: "Who is from Turin?" "Ida." """
        self.stamp: tuple[Seat, int] = ("", -1)
        self.corrects = False

    def read(self, number: int, turn: Turn) -> None:
        self.stamp, asked, self.asked = (turn.seat, number), self.asked, []
        for place, sentence in enumerate(sentences(turn.text)):
            self.corrects = sentence.takes_back
            self.wanted = [(claim.slot[0], claim.value) for claim in asked if place == 0 and len(claim.slot) == 1 and claim.value]
            rest = sentence.text if place else self.answer(sentence.text, [claim for claim in asked if claim.seat != turn.seat])
            parts = [part for part in _TURNING.split(rest) if part.strip()]
            for part in parts:
                found = [each for each in mentions(part, _TERMS) if each[2] not in self.people]
                names = [term for _, _, term in found if term not in TRAIT_OF]
                if sentence.question and (part is parts[-1] or not _TAG.match(parts[-1])):
                    self.ask(part, names, [term for _, _, term in found if term in TRAIT_OF])
                elif self.settle(part, names, len(found) > len(names)) and not sentence.hearsay and not _ASIDE.search(part):
                    self.tell(part, found, names)
                self.focus = names or self.focus

    def say(self, kind: str, slot: tuple[str, ...], value: Any = None) -> None:
        if self.corrects and kind == "affirm":
            self.claims = [claim for claim in self.claims if (claim.seat, claim.kind, claim.slot) != (self.stamp[0], kind, slot)]
        claim = Claim(kind, slot, value, *self.stamp)
        if claim not in self.claims:
            self.claims.append(claim)

    def answer(self, text: str, asked: Sequence[Claim]) -> str:
        """Takes a yes or no as said of what was ``asked``; the rest of ``text``."""
        opening = _YES_NO.match(text)
        if not opening:
            return text
        yes = yes_or_no(text)
        closed = [claim for claim in asked if claim.value or len(claim.slot) == 2 or claim.slot == ANSWER]
        friends = {claim.slot[1] for claim in closed if claim.slot[0] == "friend"}
        if not yes and len(friends) == 1 < len(closed):
            self.say("exclude", ("friend", *friends), tuple((claim.slot[2], claim.value) for claim in closed if len(claim.slot) == 3))
        elif not yes or len(friends) < 2 or re.search(r"\b(?:both|all)\b", text, re.IGNORECASE):
            for claim in closed:
                if claim.slot == ANSWER and yes:
                    self.say("propose", ANSWER, claim.value)
                elif claim.slot != ANSWER and (len(claim.slot) > 1 or not yes):
                    self.say("affirm" if yes else "exclude", claim.slot, claim.value)
        return text[opening.end() :]

    def ask(self, text: str, names: list[str], values: list[str]) -> None:
        if _NOBODY.search(text) if not names else len(names) == 1 and _MUTUAL.search(text):
            slots = [(ANSWER, names[0] if names else None)]
        else:
            whom = names or (self.focus[-1:] if re.search(r"\b(?:he|she|they|yours?)\b", text, re.IGNORECASE) else [])
            traits = [name for name, trait in TRAITS.items() if _pattern(trait.asked).search(text)]
            slots = [(("friend", name, TRAIT_OF[value]), value) for name in whom for value in values]
            slots = slots or [((TRAIT_OF[value],), value) for value in values]
            slots = slots or [(("friend", name, trait), None) for name in whom for trait in traits]
            slots = slots or [(("friend", name), None) for name in names] or [((trait,), None) for trait in traits] or [(NAMES, None)]
        for slot, value in slots:
            self.say("propose" if slot == ANSWER and _OFFER.search(text) else "ask", slot, value)
        self.asked = [Claim("ask", slot, value, *self.stamp) for slot, value in slots]

    def settle(self, text: str, names: list[str], more: bool) -> bool:
        """Takes down what ``text`` proposes; whether there is ``more`` to read in it."""
        if not names and _NOBODY.search(text) and not _SHARING.search(text):
            self.say("propose", ANSWER)
        elif len(names) == 1 and (_MUTUAL.search(text) or (not more and _LEANING.search(text))) and not _SHARING.search(text):
            self.say("withdraw" if is_negated(text) else "propose", ANSWER, names[0])
        else:
            return True
        return more

    def tell(self, text: str, found: Sequence[tuple[int, int, str]], names: list[str]) -> None:
        kind = "exclude" if is_negated(text) else "affirm"
        values = [term for _, _, term in found if term in TRAIT_OF]
        number = next((int(n) for _, _, n in numbers(text)), None)
        theirs = [claim.slot[1] for claim in self.claims if claim.seat != self.stamp[0] and claim.kind == "affirm" and len(claim.slot) == 2]
        if _THEIRS.search(text) and not _OURS.search(text):
            return
        if _SHARING.search(text):
            self.say("count", SHARED, len(names) if number is None else number)
        elif values and not names and _ANYBODY.search(text):
            self.count(kind, values, self.size if number is None and re.search(r"\b(?:all|every\w+)\b", text, re.IGNORECASE) else number, text)
            return
        elif names and not values and _ONLY.search(text) and set(names) <= set(theirs):
            for name in theirs:
                if name not in names:
                    self.say("exclude", ("friend", name))
        elif not found and kind == "exclude" and _NONE_OF.search(text):
            names = theirs
        for group, its in _groups(text, found) if values else [(names or self.focus[-1:] if _ALIKE.search(text) else names, [])]:
            for name in group or self.focused(text):
                self.describe(kind, name, [(TRAIT_OF[value], value) for value in its], text)

    def focused(self, text: str) -> list[str]:
        several = re.search(r"\b(?:both|they|all)\b", text, re.IGNORECASE)
        return self.focus if len(self.focus) <= (3 if several else 1) else []

    def count(self, kind: str, values: Sequence[str], number: int | None, text: str) -> None:
        for value in values:
            if kind == "exclude":
                self.say("exclude", (TRAIT_OF[value],), value)
            elif number is not None and (number > 1 or _ONLY.search(text)):
                self.say("count", (TRAIT_OF[value], value), number)

    def describe(self, kind: str, name: str, its: Sequence[tuple[str, str]], text: str) -> None:
        """One friend of the speaker: listed, denied, given particulars, or said to be (un)like what the other described."""
        others = [claim for claim in self.claims if claim.seat != self.stamp[0] and claim.kind == "affirm" and claim.slot[1:2] == (name,)]
        like = tuple((claim.slot[2], claim.value) for claim in others if len(claim.slot) == 3)
        if not its and like and (alike := _ALIKE.search(text)):
            if kind == "exclude" or alike.group().lower().startswith("differ"):
                self.say("exclude", ("friend", name), like)
                return
            its = like
        its = its or (self.wanted if kind == "affirm" and len(self.wanted) == 1 else [])
        for trait, value in its:
            self.say(kind, ("friend", name, trait), value)
        if not its:
            self.say(kind, ("friend", name))


def _groups(text: str, found: Sequence[tuple[int, int, str]]) -> list[tuple[list[str], list[str]]]:
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
    """Claims in a row with the same topic share a sentence."""
    return "affirm" if claim.kind == "count" else claim.kind, claim.slot[1] if len(claim.slot) == 3 else ""


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
        return f"My {names[0]} {listing([(trait.said if first.kind == 'affirm' else trait.denied).format(value) for trait, value in told])}."
    return f"I know {listing(names)}." if first.kind == "affirm" else f"I do not know {listing(names).replace(' and ', ' or ')}."


@dataclass(frozen=True, kw_only=True)
class MutualFriend(Task):
    """Find the friend who is on both lists, or agree that there is none.

    ``shared`` of the ``friends`` names on a list are on the other too; all but at most one are decoys, which differ in ``apart`` particulars.
    ``palette``: how many values each particular takes in one world. ``named``: each side has an overview of its names and may list them.
    """

    name: ClassVar[str] = "mutual_friend"
    version: ClassVar[int] = 1

    friends: int = 12
    shared: int = 3
    apart: int = 2
    palette: tuple[int, ...] = (7, 5, 4)
    named: bool = True
    words: int = 30
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
        target = draw.choice(common) if solvable or not self.no_solution else None
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
            f"{_SCENES[view.public('scene')].format(*view.names)} Each of them has notes on {number_word(self.friends)} friends: first name, {traits}. "
            f"A mutual friend is one person whom both know: the same first name in both sets of notes, with the same {traits}. If any of these "
            f"differ, they are two people who happen to share a first name. {how_many}{manner} "
            f"They succeed if both commit to the mutual friend's first name{nobody}; in every other case they fail."
        )

    def form(self, view: View) -> str:
        del view  # the example is nobody's friend, so that it favours none
        return 'Under "answer" stands the first name of the mutual friend, as in {"answer": "Alex"}, or null if there is none: {"answer": null}.'

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
        """The floor is what two may expect who both decline, or both name one friend of one list: whichever is likelier to be right."""
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
        if told.counts.get(SHARED) == len(named):
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
        if mine.complete or SHARED in mine.counts:
            return []
        if self.named and heard.complete:
            both = [name for name in own if heard.names.get(name)]
            return [Claim("count", SHARED, len(both)), *(Claim("affirm", ("friend", name)) for name in both)]
        if self.named and SHARED not in heard.counts:
            return [*(Claim("affirm", ("friend", name)) for name in own if name not in mine.names), Claim("ask", NAMES)]
        return [Claim("exclude", ("friend", name)) for name in heard.names if name not in own and name not in mine.names]

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view
        return " ".join(_spoken(list(group)) for _, group in groupby(claims, _topic))
