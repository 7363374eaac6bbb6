"""Two people find out in talk which friend, if any, stands on both their lists.

After MutualFriends: He, Balakrishnan, Eric and Liang, "Learning Symmetric Collaborative Dialogue Agents with Dynamic Knowledge Graph
Embeddings", ACL 2017. Ours adds decoys (one name, two different people), so that names alone settle nothing, and worlds in which nobody
is mutual.

``preset=zhou5`` is the set-up of Zhou et al. 2024 (arXiv 2403.05020): five friends a side, a first name and two particulars each, exactly
one on both lists. It has no decoys, so names alone settle it; its budget holds everything, so reciting works; every level is the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Self

from benchmark.answers import read_answer
from benchmark.lexicon import FIRST_NAMES
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.reading import number_word, read_once
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Illegal, Score, Seat, Turn, View, World
from tasks.mutual_friend.friends import note, profiles
from tasks.mutual_friend.groups import worded
from tasks.mutual_friend.memory import ANSWER, NAMES, SHARED
from tasks.mutual_friend.talk import Reader
from tasks.mutual_friend.traits import TRAITS

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
_NAME = {"anyOf": [{"type": "string", "minLength": 1, "maxLength": 40}, {"type": "null"}]}
_SCHEMA = json.dumps({"type": "object", "properties": {"answer": _NAME}, "required": ["answer"], "additionalProperties": False})
_PRESETS = {"zhou5": {"friends": 5, "shared": 1, "palette": (8, 8), "turns": 8, "words": 30, "named": False, "no_solution": 0.0}}


class Told:
    """What someone has said of their own list of ``size`` friends; a contradiction leaves its slot open."""

    def __init__(self, claims: Iterable[Claim], size: int) -> None:
        self.size = size
        self.names: dict[str, bool] = {}
        self.values: dict[str, dict[str, set[str]]] = {}
        """By name and trait."""
        self.denied: set[tuple[str, Pairs]] = set()
        """(name, particulars): no friend of that name has them all."""
        self.counts: dict[tuple[str, str], int] = {}
        self.shared: int | None = None
        for claim in claims:
            self._take(claim.kind, claim.slot, claim.value)
        self.complete = sum(self.names.values()) >= size

    def _take(self, kind: str, slot: tuple[str, ...], value: Any) -> None:
        pairs = ((slot[2], value),) if len(slot) == 3 else value or ()
        if slot[0] == "friend" and kind == "exclude" and pairs:
            self.denied.add((slot[1], pairs))
        elif slot[0] == "friend" and kind in ("affirm", "exclude"):
            self.names[slot[1]] = kind == "affirm"
            for trait, said in pairs:
                self.values.setdefault(slot[1], {}).setdefault(trait, set()).add(said)
        elif (kind, slot) == ("affirm", ("names",)):
            self.names |= dict.fromkeys(value, True)
        elif (kind, slot) == ("count", SHARED):
            self.shared = value
        elif kind in ("count", "exclude"):
            self.counts[slot[0], slot[1] if kind == "count" else value] = value if kind == "count" else 0

    def of(self, name: str, trait: str) -> str | None:
        values = self.values.get(name, {}).get(trait, ())
        return min(values) if len(values) == 1 else None

    def agreement(self, name: str, own: Profile) -> int:
        """In how many particulars their ``name`` is known to be like one's own; -1 if it cannot be the same person."""
        told = {trait: min(said) for trait, said in self.values.get(name, {}).items() if trait in own and len(said) == 1}
        apart = (
            not self.names.get(name, not self.complete)
            or not told.items() <= own.items()
            or any(who == name and set(pairs) <= set(own.items()) for who, pairs in self.denied)
            or any(self._left_over(name, own, trait, value, number) for (trait, value), number in self.counts.items())
        )
        return -1 if apart else len(told)

    def _left_over(self, name: str, own: Profile, trait: str, value: str, number: int) -> bool:
        """Whether all their friends with ``value`` are accounted for, and a ``name`` with it is not among them."""
        if own.get(trait) != value:
            return trait in own and number >= self.size
        having = [who for who, values in self.values.items() if values.get(trait) == {value}]
        return len(having) >= number and name not in having


def _is_so(own: Mapping[str, Mapping[str, str]], claim: Claim) -> bool:
    """Whether ``own`` list is as ``claim`` says, or for an exclusion, as it denies."""
    if claim.kind == "count":
        return bool(claim.value == sum(profile.get(claim.slot[0]) == claim.slot[1] for profile in own.values()))
    if claim.slot[0] != "friend":
        return any(profile.get(claim.slot[0]) == claim.value for profile in own.values())
    profile = own.get(claim.slot[1], {})
    if len(claim.slot) == 3:
        return bool(profile.get(claim.slot[2]) == claim.value)
    return bool(profile) and (claim.value is None or all(profile.get(trait) == value for trait, value in claim.value))


def _friends(view: View, seat: Seat) -> dict[str, Profile]:
    """The friends of ``seat`` as far as ``view`` shows them, in order."""
    found: dict[str, Profile] = {}
    for fact in view.held_by(seat):
        if fact.slot == ("names",):
            found |= {name: {} for name in fact.value}
        elif fact.slot[0] == "friend":
            found[fact.slot[1]] = dict(fact.value)
    return found


@lru_cache(maxsize=64)
def _lists(world: World) -> Mapping[Seat, Mapping[str, Profile]]:
    """Everybody's friends."""
    lists: dict[Seat, dict[str, Profile]] = {seat: {} for seat in world.seats}
    for fact in world.facts:
        if fact.slot[0] == "friend":
            lists[fact.holders[0]][fact.slot[1]] = dict(fact.value)
    return lists


@dataclass(frozen=True, kw_only=True)
class MutualFriend(Task):
    """Find the friend who is on both lists, or agree that there is none.

    ``shared`` of the ``friends`` names on a list are on the other too; all but at most one are decoys, who differ in ``apart``
    particulars. ``palette`` says how many values each particular takes in one world: the fewer, the less it tells. ``named`` gives
    each side an overview of its names and lets it list them.
    """

    name: ClassVar[str] = "mutual_friend"
    version: ClassVar[int] = 1
    reading: ClassVar[tuple[float, float, int] | None] = (0.97, 0.96, 250)

    friends: int = 12
    shared: int = 3
    apart: int = 2
    palette: tuple[int, ...] = (7, 5, 4)
    named: bool = True
    words: int = 27
    no_solution: float = 0.25

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        fields = _LEVELS[level]
        for option, value in options.items():
            check_known(option, ("preset",), "option of mutual_friend")
            fields = _PRESETS[check_known(value, _PRESETS, "preset of mutual_friend")]
        return cls(level=level, **fields)

    def generate(self, seed: int, solvable: bool = True) -> World:
        draw = stream(seed, self.name, self.version)
        people = draw.sample(FIRST_NAMES, 2 + 2 * self.friends - self.shared)
        common, others = people[2 : 2 + self.shared], people[2 + self.shared :]
        traits = draw.sample(tuple(TRAITS), len(self.palette))
        sizes = zip(traits, draw.shuffled(self.palette), strict=True)
        pools = [[(trait, value) for value in draw.sample(TRAITS[trait].values.split(), n)] for trait, n in sizes]
        lists = [profiles((*common, *others[side::2]), pools, draw) for side in (0, 1)]
        mutual = draw.choice(common)
        target = mutual if solvable or not self.no_solution else None
        for name in common:
            lists[1][name] = list(lists[0][name])
            for i in draw.sample(range(len(traits)), self.apart if name != target else 0):
                lists[1][name][i] = draw.choice([pair for pair in pools[i] if pair != lists[0][name][i]])
        draw.shuffle(lists)
        facts = [Fact(("scene",), draw.below(len(_SCENES)), "")]
        facts += [Fact(("attributes",), tuple(traits), ""), Fact(("size",), self.friends, "")]
        for seat, person, own in zip("AB", people[:2], lists, strict=True):
            order = draw.shuffled(list(own))
            if self.named:
                facts.append(Fact(("names",), tuple(order), f"{person}'s friends are {listing(order)}.", (seat,)))
            for name in order:
                pairs = tuple(own[name])
                telling = (name, *[value for _, value in pairs])
                facts.append(Fact(("friend", name), pairs, note(name, pairs, draw), (seat,), telling))
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
        return _SCHEMA

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

    @read_once
    def claims(self, view: View) -> Reader:
        return Reader(view.names, self.friends, [kind for fact in view.facts if fact.slot == ("attributes",) for kind in fact.value])

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

    def place(self, world: World) -> tuple[int, int] | None:
        friends = [fact.slot[1] for fact in world.facts if fact.slot[0] == "friend" and fact.holders == world.seats[:1]]
        return (friends.index(world.target), len(friends)) if world.solvable else None

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

    def founded(self, world: World, claim: Claim, before: Sequence[Claim]) -> bool:
        """A claim is about its speaker's own list, so hearing it from the other is no ground for it."""
        del before
        if claim.kind not in ("affirm", "exclude", "count"):
            return True
        lists = _lists(world)
        if claim.slot == SHARED:
            return bool(claim.value == len(set(lists["A"]) & set(lists["B"])))
        own = lists[claim.seat]
        return _is_so(own, claim) == (claim.kind != "exclude")

    def is_own(self, world: World, claim: Claim) -> bool:
        """One's list says of every friend whether one has them; what both share takes both lists."""
        del world
        return claim.slot != SHARED

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

    def replies(self, view: View, question: Claim) -> tuple[tuple[Claim, ...], ...]:
        """Yes and no of a friend or a particular; which value a particular of a friend has. A list of names could be any."""
        other = next(seat for seat in view.seats if seat != question.seat)
        if question.slot[0] == "friend" and len(question.slot) == 3 and question.value is None:
            values = {dict(fact.value).get(question.slot[2]) for fact in view.held_by(question.seat) if fact.slot[0] == "friend"}
            known = [Claim("affirm", question.slot, value, other) for value in sorted(filter(None, values))]
            return (*((claim,) for claim in known), tuple(replace(claim, kind="exclude") for claim in known))
        if question.slot[0] == "friend" and len(question.slot) == 2:
            return tuple((Claim(kind, question.slot, question.value, other),) for kind in ("affirm", "exclude"))
        return super().replies(view, question)

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view
        return worded(claims)
