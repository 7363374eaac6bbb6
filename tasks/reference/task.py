"""Two people who see different parts of one scene settle in talk on the object that both can see, if there is one.

After OneCommon: Udagawa and Aizawa, "A Natural Language Corpus of Common Grounding under Continuous and Partially-Observable Context",
AAAI 2019; and after Clark and Wilkes-Gibbs,
    "Referring as a collaborative process"
, Cognition 22, 1986. No object has a name: it can only
be described, each description leaves out something or fits a look-alike, and left and right change places between the two.

``preset=onecommon`` plays OneCommon's own scenarios from their file (``onecommon.py``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, NamedTuple

from benchmark.answers import read_answer
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.reading import number_word, read_once
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Illegal, Score, Seat, Turn, View, World
from tasks.reference.ambiguity import Words, across, is_ambiguous, objects
from tasks.reference.onecommon import SharedDots
from tasks.reference.scenes import ATTRIBUTE_OF, NEUTRAL, PLACE, SCENE, Scene, ordered
from tasks.reference.talk import ANSWER, SIGHT, Reader
from tasks.reference.told import Told
from tasks.reference.words import worded
from tasks.reference.worlds import GROUPS, Dealing, make_world

_SEEN = sum(GROUPS)


class _Level(NamedTuple):
    dealing: Dealing
    words: int


_LEVELS = {
    1: _Level(Dealing(3, 3, 1), 44),
    2: _Level(Dealing(3, 2, 2), 34),
    3: _Level(Dealing(4, 2, 5), 24),
    4: _Level(Dealing(4, 1, 5), 24),
    5: _Level(Dealing(4, 1, 5), 22),
}


@dataclass(frozen=True, kw_only=True)
class Reference(Task):
    """Find the object that stands in both views, or agree that none does. ``dealing`` says how much the two views look alike."""

    name: ClassVar[str] = "reference"
    version: ClassVar[int] = 1
    reading: ClassVar[tuple[float, float, int] | None] = (0.92, 0.68, 112)

    dealing: Dealing = _LEVELS[3].dealing
    words: int = 24
    no_solution: float = 0.25

    @classmethod
    def at(cls, level: int, **options: str) -> Task:  # type: ignore[override]  # a preset is a task of its own
        for option, value in options.items():
            check_known(option, ("preset",), "option of reference")
            check_known(value, ("onecommon",), "preset of reference")
            return SharedDots(level=level)
        return cls(level=level, dealing=_LEVELS[level].dealing, words=_LEVELS[level].words)

    def generate(self, seed: int, solvable: bool = True) -> World:
        return make_world(self.dealing, seed, stream(seed, self.name, self.version), solvable or not self.no_solution)

    def brief(self, view: View) -> str:
        scene = _scene(view)
        one, thing, things = view.names[0], scene.thing, scene.things
        words = "; ".join(f"{name}: {listing(view.public(name))}" for name in NEUTRAL)
        same = ", ".join(NEUTRAL[:-1])
        return (
            f"{scene.setting.format(*view.names)} {scene.stakes} They can only talk: neither can point or send a picture.\n\n"
            f"Each sees {number_word(_SEEN)} {things}, and has noted the {same} and kind of each and whether it is on the "
            f"left (at the left end), in the middle or on the right. The words for them are the same for both ({words}), but "
            f"{scene.across.format(*view.names)}: what {one} has on the left, {view.names[1]} has on the right, and the other way round; "
            f"the middle is the middle for both. Whoever says left or right means it as they see it themselves, unless they say otherwise. "
            f"Notes also say how many of one's own {number_word(_SEEN)} {things} are alike in {view.public('glance')} and kind.\n\n"
            f"They must settle on the {thing} that both of them see. It has the same {same} and kind in both sets of notes, "
            f"and what one has on the left the other has on the right. "
            f"{things.capitalize()} that differ in any of these are two {things}, however alike they are. At most one {thing} "
            f"is seen by both, "
            f"and it may be that none is. They succeed if both describe that {thing} in the end, or if both say that there is "
            f"none where that "
            f"is so; otherwise they fail."
        )

    def form(self, view: View) -> str:
        del view  # the example is no object of any scene, so that it favours none
        example = '{"answer": ["tiny", "pink", "speckled", "teapot"]}'
        return (
            f'Under "answer" stands a list of the {listing(NEUTRAL)} of what both see, each in the word for it above, without the place, '
            f'as in {example}, or null if they see nothing in common: {{"answer": null}}.'
        )

    def schema(self, view: View) -> str:
        del view
        words = {"type": "array", "items": {"type": "string", "maxLength": 20}, "minItems": len(NEUTRAL), "maxItems": len(NEUTRAL)}
        answer = {"anyOf": [words, {"type": "null"}]}
        return json.dumps({"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False})

    def parse(self, text: str, view: View) -> Answer:
        given = read_answer(text)
        if given is None:
            return None
        if not isinstance(given, list) or len(given) != len(NEUTRAL) or not all(isinstance(word, str) for word in given):
            raise Illegal(f"the answer must be null or a list of {number_word(len(NEUTRAL))} words: {listing(NEUTRAL)}")
        answer = []
        for name in NEUTRAL:
            pool = view.public(name)
            fit = [word.strip().casefold() for word in given if word.strip().casefold() in pool]
            if len(fit) != 1:
                raise Illegal(f"the answer must hold one word for {name}, which is one of: {', '.join(pool)}")
            answer += fit
        return tuple(answer)

    def draw(self, view: View, stream: Stream) -> Answer:
        return _answer(stream.choice([one for seat in view.sees for one in objects(view, seat)]))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """Success is the same right description from both.

        The floor is what two can expect who go by one view: q if both always decline, (1 - q) / objects if both describe one object of it,
        whichever is more, with q the share of worlds in which nothing is seen by both.
        """
        success = all(seat in answers and answers[seat] == world.target for seat in world.seats)
        return Score(success, float(success), max(self.no_solution, (1 - self.no_solution) / _SEEN), 1.0)

    @read_once
    def claims(self, view: View) -> Reader:
        return Reader(_scene(view), _SEEN)

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        own = objects(view, view.sees[0])
        if len(view.sees) > 1:
            claims = [Claim("affirm", (SIGHT, *ordered(one))) for seat in view.sees[1:] for one in objects(view, seat)]
        told = Told(claims, _SEEN)
        theirs = {one: across(one) for one in own}
        sure = tuple(_answer(one) for one in own if told.has(theirs[one]))
        if sure:
            return sure
        live: list[Answer] = [_answer(one) for one in sorted(own, key=lambda one: -told.likeness(theirs[one])) if told.allows(theirs[one])]
        if not self.no_solution:
            return tuple(live) or tuple(_answer(one) for one in own)
        return (None, *live) if self.no_solution * len(live) >= 1 - self.no_solution or not live else (*live, None)

    def place(self, world: World) -> tuple[int, int] | None:
        """Where the first seat has noted it."""
        notes = [fact for fact in world.facts if fact.slot[0] == "object" and fact.holders == world.seats[:1]]
        right = [i for i, fact in enumerate(notes) if world.target and {*world.target} <= {*fact.slot, *fact.value}]
        return (right[0], len(notes)) if right else None

    def needed(self, world: World) -> tuple[Fact, ...]:
        """Both notes of what both see. Where there is no such thing: the notes of all that look alike at a glance in both views, and how
        many others there are of each look."""
        notes = [fact for fact in world.facts if fact.slot[0] == "object"]
        if world.target:
            return tuple(fact for fact in notes if {*world.target} <= {*fact.slot, *fact.value})
        looks = [{fact.slot[1:] for fact in notes if fact.holders == (seat,)} for seat in world.seats]
        both = looks[0] & looks[1]
        tallies = [fact for fact in world.facts if fact.slot[0] == "tally" and fact.slot[1:] not in both]
        return tuple([fact for fact in notes if fact.slot[1:] in both] + tallies)

    def presents(self, fact: Fact, claims: Sequence[Claim]) -> int | None:
        """An object is presented once it is described in full, a tally once that many have been counted or described apart."""
        words = frozenset((*fact.slot[1:], *fact.value)) if fact.slot[0] == "object" else frozenset(fact.slot[1:])
        if fact.slot[0] not in ("object", "tally"):
            return super().presents(fact, claims)
        for i, claim in enumerate(claims):
            told = Told(claims[: i + 1], _SEEN)
            if told.has(words) if fact.slot[0] == "object" else told.number(words) >= fact.value:
                return claim.turn
        return None

    def founded(self, world: World, claim: Claim, before: Sequence[Claim]) -> bool:
        """A claim is about what its speaker sees, so hearing it from the other is no ground for it."""
        del before
        if claim.kind not in ("affirm", "exclude", "count"):
            return True
        words = frozenset(claim.slot[1:])
        fit = sum([words <= one for one in _sights(world, claim.seat)])
        return fit == claim.value if claim.kind == "count" else (fit > 0) == (claim.kind == "affirm")

    def is_own(self, world: World, claim: Claim) -> bool:
        """All that a seat sees is in its notes."""
        del world
        return claim.slot[0] == SIGHT

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        said = self.claims(turns, view)
        heard, mine = ([claim for claim in said if (claim.seat == seat) == own] for own in (False, True))
        live = self.candidates(view, heard)
        plan = [] if len(view.sees) > 1 else _tell(view, live, Told(heard, _SEEN), mine)
        standing = [claim for claim in said if claim.kind in ("propose", "withdraw")][-1:]
        if len(live) == 1 and not any(claim.kind == "propose" and claim.value == live[0] for claim in standing):
            plan.append(Claim("propose", ANSWER, live[0]))
        if len(live) > 1 and not plan:
            plan.append(Claim("ask", (SIGHT,)))
        return tuple(plan)

    def replies(self, view: View, question: Claim) -> tuple[tuple[Claim, ...], ...]:
        """Whether the other sees something like that; what else they see could be anything."""
        if question.slot[0] != SIGHT or len(question.slot) == 1:
            return ()
        other = next(seat for seat in view.seats if seat != question.seat)
        seen = (SIGHT, *ordered(across(question.slot[1:])))
        return tuple((Claim(kind, seen, None, other),) for kind in ("affirm", "exclude"))

    def unclear(self, view: View, claims: Sequence[Claim]) -> bool:
        """Whether something that the other described last, as there to be seen or as the answer, fits several things in the seat's view."""
        if len(view.sees) > 1:
            return False
        theirs = [claim for claim in claims if claim.seat not in view.sees]
        last = [claim for claim in theirs if claim.turn == theirs[-1].turn]
        seen = [claim for claim in last if claim.kind == "affirm" and claim.slot[0] == SIGHT]
        described: list[tuple[Words, Seat | None]] = [(frozenset(claim.slot[1:]), claim.seat) for claim in seen]
        described += [(frozenset(claim.value), None) for claim in last if claim.kind == "propose" and claim.value]
        return any(is_ambiguous(view, words, by) for words, by in described)

    def clarifies(self, claim: Claim) -> bool:
        """A question that describes something; to ask what else there is clears nothing up."""
        return claim.kind == "ask" and claim.slot[0] == SIGHT and len(claim.slot) > 1

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view  # the claims hold all it takes
        return worded(claims)


def _scene(view: View) -> Scene:
    return SCENE[view.public("scene")]


@lru_cache(maxsize=64)
def _sights(world: World, seat: Seat) -> tuple[Words, ...]:
    """The objects that ``seat`` sees."""
    return tuple([frozenset((*fact.slot[1:], *fact.value)) for fact in world.facts if fact.slot[0] == "object" and seat in fact.holders])


@lru_cache(maxsize=8192)
def _answer(one: Words) -> tuple[str, ...]:
    """What stands for ``one`` in an answer: all but its place."""
    return ordered(word for word in one if ATTRIBUTE_OF[word] != PLACE)


def _tell(view: View, live: Sequence[Answer], heard: Told, mine: Sequence[Claim]) -> list[Claim]:
    """A glance first: how many there are of each look, or which of their looks are missing. Then whatever both may see, in full."""
    own = objects(view, view.speaks[0])
    tallies = {frozenset(fact.slot[1:]): fact.value for fact in view.held_by(view.speaks[0]) if fact.slot[0] == "tally"}
    plan: list[Claim] = []
    looks = heard.looks(2)
    if len(live) > 1 and not looks and not mine:
        return [*(_count(look, number) for look, number in tallies.items()), Claim("ask", (SIGHT,))]
    if len(live) > 1:
        plan += [Claim("exclude", (SIGHT, *ordered(look))) for look in looks if look not in tallies]
    told = Told(mine, _SEEN)
    wanted = [one for answer in live for one in own if answer == _answer(one)]
    if len(live) > 1 or live[0] is None:
        wanted += [one for one in own if any(look <= one and look <= other for look in tallies for other in map(across, heard.full))]
    untold = [one for one in dict.fromkeys(wanted) if not told.has(one)]
    for look in dict.fromkeys(look for one in untold for look in tallies if look <= one):
        if (len(live) > 1 or live[0] is None) and not told.looks(2):
            plan.append(Claim("count", (SIGHT, *ordered(look)), tallies[look]))
        plan += [Claim("affirm", (SIGHT, *ordered(one))) for one in untold if look <= one]
    said = {(claim.kind, claim.slot, claim.value) for claim in mine}
    return [claim for claim in plan if (claim.kind, claim.slot, claim.value) not in said]


def _count(look: Words, number: int) -> Claim:
    return Claim("count", (SIGHT, *ordered(look)), number) if number > 1 else Claim("affirm", (SIGHT, *ordered(look)))
