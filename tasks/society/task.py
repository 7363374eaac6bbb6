"""Eight to twelve people name the same finds in ever new pairs: do names and news spread, and through what?

Li, Li and Zhou 2026, "Does socialization emerge in AI agent society?" (arXiv 2602.14299) found a large network of models without
persistent influence, without use of feedback and without consensus, and blame the lack of a shared memory. Here memory, feedback and the
channel are switched one at a time, and what members share is held against what strangers share.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from benchmark.answers import match_name, read_answer, write_answer
from benchmark.bonds import societies
from benchmark.bonds.societies import CHEST, FINDS, WORD
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.reading import number_word
from benchmark.streams import Stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Illegal, Score, Seat, Turn, UsageError, View, World
from tasks.society import scenes, talk
from tasks.society.memory import BOARD, MEMORIES, NO_MEMORY, OWN, latest, posted, recalled, revealed
from tasks.society.scripts import SCRIPTS, Standing
from tasks.society.worlds import MANNER, PAIRS, PLACE, Size, make_world

TRUE, SHUFFLED = "true", "shuffled"
MODELS = "models"
_WORDS = {1: 60, 2: 48, 3: 40, 4: 30, 5: 22}
_BAR = 0.95
_PATTERN = "^[A-Za-z]+([ '-][A-Za-z]+){0,2}$"
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "memory": MEMORIES,
    "feedback": (TRUE, SHUFFLED),
    "start": ("own", "none"),
    "peers": (MODELS, *SCRIPTS),
}
_COUNTS = {"seats": (8, 10, 12), "rounds": tuple(range(2, 41)), "finds": tuple(range(1, len(scenes.FINDS) + 1)), "talk": (0, 1, 2)}


@dataclass(frozen=True, kw_only=True)
class Society(Task):
    """Eight to twelve people name the same finds in ever new pairs; what they remember, hear and are credited with is switched.

    A turn is heard by the one at the same table. ``peers``: who sits in every seat but the first, models or a script; ``p`` is how
    readily scripted ones take something over.
    """

    name: ClassVar[str] = "society"
    version: ClassVar[int] = 1
    graded: ClassVar[bool] = True
    semantic: ClassVar[bool] = False
    track: ClassVar[bool] = True

    seats: int = 8
    turns: int = 8
    words: int = _WORDS[3]
    rounds: int = 8
    finds: int = 3
    memory: str = OWN
    feedback: str = TRUE
    start: str = "own"
    peers: str = MODELS
    p: float = 0.5

    @property
    def fixed(self) -> Mapping[Seat, str]:
        return {} if self.peers == MODELS else dict.fromkeys("ABCDEFGHIJKL"[1 : self.seats], "reference:scripted")

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        for option, given in options.items():
            check_known(option, (*_CHOICES, *_COUNTS, "p"), "option of society")
            if option in _CHOICES:
                check_known(given, _CHOICES[option], f"{option} of society")
        numbers = {option: _count(option, options[option]) for option in _COUNTS if option in options}
        turns = numbers.pop("talk", 1) * numbers.get("seats", cls.seats)
        chosen = {option: options[option] for option in _CHOICES if option in options}
        p = _probability(options["p"]) if "p" in options else cls.p
        return cls(level=level, words=_WORDS[level], turns=turns, p=p, **numbers, **chosen)  # type: ignore[arg-type]

    @property
    def drawn_as(self) -> str:
        """What is remembered, credited, said or played by a script changes no world: these arms are paired."""
        return f"{self.name}:finds={self.finds},rounds={self.rounds},seats={self.seats},start={self.start}"

    def following(self, policy: str) -> Self:
        return replace(self, peers=check_known(policy, tuple(SCRIPTS), "policy of society"))

    def generate(self, seed: int, solvable: bool = True) -> World:
        del solvable  # there is always something to agree on
        return make_world(Size(self.seats, self.rounds, self.finds, self.start == "own"), seed, self.name, self.version)

    def brief(self, view: View) -> str:
        opening, stake = view.public(MANNER)
        keys = view.public(FINDS)
        where = scenes.OPENINGS[opening].format(names=listing(view.names), place=view.public(PLACE))
        speak = "They talk; then each" if self.turns else "Without a word, each"
        words = " Each has a word of their own for every find, from home." if self.start == "own" else ""
        return (
            f"{where} The finds are {listing([f'number {key}' for key in keys])}; nobody knows what they were for, and no name for them is "
            f"in use among all.{words}\n\n"
            f"They work in {number_word(self.rounds)} rounds. In each round they sit in pairs, every pair at a table out of earshot of the "
            f"others, and who sits with whom is drawn anew every time. {speak} fills in a card that the other does not see: for each find "
            f"a name, and the number of the chest it belongs in, 1 to {scenes.CHESTS}. The keeper told one person about each find; whoever "
            f"does not know the chest writes null there. Names are the same if they are spelt the same, capitals aside. "
            f"{_KEPT[self.memory]}\n\n"
            f"{scenes.STAKES[stake]}. So what counts in the end is the last round: how many of the {number_word(len(view.seats))} have one "
            "name for one find, with whomever they happen to sit, and how many know the right chest."
        )

    def form(self, view: View) -> str:
        keys = view.public(FINDS)
        example = json.dumps({"answer": {key: {"name": "NAME", "chest": None} for key in keys}})
        return (
            'Under "answer" stands an object with each find\'s number as a key, holding its "name" (one to three words of the letters a to '
            f'z, {talk.LONGEST} characters at most) and its "chest" (1 to {scenes.CHESTS}, or null if unknown), as in {example}; or null '
            "to hand in no card."
        )

    def schema(self, view: View) -> str:
        name = {"type": "string", "maxLength": talk.LONGEST, "pattern": _PATTERN}
        entry = _object({"name": name, "chest": {"enum": [*range(1, scenes.CHESTS + 1), None]}})
        card = _object(dict.fromkeys(view.public(FINDS), entry))
        return json.dumps(_object({"answer": {"anyOf": [card, {"type": "null"}]}}))

    def parse(self, text: str, view: View) -> Answer:
        """((find, (("name", its name), ("chest", its chest))), …) in the order of finds, from an object or a list of such pairs."""
        found = read_answer(text)
        if found is None:
            return None
        keys, card = view.public(FINDS), {}
        for key, entry in _pairs(found, "an object with one entry for each find").items():
            one = _pairs(entry, f'an object with "name" and "chest" under {key!r:.40}')
            if set(one) != {"name", "chest"}:
                raise Illegal(f'under {key!r:.40} must stand "name" and "chest", and nothing else')
            name, chest = talk.normal(one["name"]), one["chest"]
            if name is None:
                raise Illegal(
                    f"the name {one['name']!r:.60} is not one to three words of the letters a to z, {talk.LONGEST} characters at most"
                )
            if chest is not None and (type(chest) is not int or not 1 <= chest <= scenes.CHESTS):
                raise Illegal(f"the chest must be a whole number from 1 to {scenes.CHESTS} or null, and was {chest!r:.40}")
            card[match_name(key, keys, "every key")] = (("name", name), ("chest", chest))
        if missing := [key for key in keys if key not in card]:
            raise Illegal(f"nothing is written for {listing(missing)}, and every find needs an entry")
        return tuple((key, card[key]) for key in keys)

    def draw(self, view: View, stream: Stream) -> Answer:
        return _card({key: (stream.choice(scenes.WORDS), stream.between(1, scenes.CHESTS)) for key in view.public(FINDS)})

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """The mean of two shares at the end: of any two members with one name for a find, and of those not told who know the chest.

        The floor is that of members who keep what they have: no name shared but by chance, and no chest known.
        """
        played = societies.society(world, answers)
        curves = societies.curves(played)
        raw = ((curves["agreement"][-1] or 0.0) + (curves["known"][-1] or 0.0)) / 2
        return Score(raw >= _BAR, raw, 0.0, 1.0, parts=societies.summary(played), curves=curves)

    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        return talk.read(tuple(turns), view.public(FINDS))

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """What a cooperative member writes: the name most posted, else that of the one who speaks first; any chest it was told of.

        Who sees everybody's words takes those of the first seat, as everybody else does.
        """
        heard = {claim.slot: claim.value for claim in claims if claim.kind == "affirm"}
        names, chests = {}, {}
        alone = view.sees[0] if len(view.sees) == 1 else view.seats[0]
        listens = len(view.sees) == 1 and any(alone == second for _, second in _tables(view))
        for key in view.public(FINDS):
            own, chest = self._has(view, alone, key)
            said = heard.get((talk.NAME, key))
            names[key] = posted(view, key, "name") or (said if listens and isinstance(said, str) else None) or own
            chests[key] = chest if chest is not None else heard.get((CHEST, key))
        return (_card({key: (names[key], chests[key]) for key in names}),)

    def needed(self, world: World) -> tuple[Fact, ...]:
        return tuple(fact for fact in world.facts if fact.slot[0] == CHEST)

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """What it calls the finds, as far as nobody at the table has said the same, and the chests that it knows."""
        heard = self.claims(turns, view)
        others = [claim for claim in heard if claim.seat != seat]
        card = dict(self.candidates(view, others)[0])
        plan = [Claim("affirm", (talk.NAME, key), dict(entry)["name"]) for key, entry in card.items()]
        plan += [Claim("affirm", (CHEST, key), dict(entry)["chest"]) for key, entry in card.items() if dict(entry)["chest"] is not None]
        said = {(claim.slot, claim.value) for claim in heard}
        return tuple(move for move in plan if (move.slot, move.value) not in said)

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view  # finds have numbers, and these are said
        return talk.word(claims)

    def hearer(self, view: View, seat: Seat) -> Seat | None:
        """The other at the table."""
        return next(second if seat == first else first for first, second in _tables(view) if seat in (first, second))

    def next_speaker(self, view: View, turns: Sequence[Turn]) -> Seat:
        """At every table at once: all who are first at theirs, then all who are second, and again."""
        tables = _tables(view)
        place = len(turns) % (2 * len(tables))
        return tables[place % len(tables)][place // len(tables)]

    def acts(self, view: View, heard: Sequence[Turn], seat: Seat, kind: str, stream: Stream) -> str:
        """Members with a script say what they call the finds and which chests they know, and write what the script says."""
        if self.peers == MODELS:
            raise UsageError(
                f"{seat} has no script in society; ask for one, as in society:peers=adopting or reference:scripted?policy=adopting "
                f"(known: {', '.join(SCRIPTS)})"
            )
        told = {claim.slot: claim.value for claim in self.claims(heard, view) if claim.seat == self.hearer(view, seat)}
        has = {key: self._has(view, seat, key) for key in view.public(FINDS)}
        if kind == "talk":
            names = [Claim("affirm", (talk.NAME, key), name) for key, (name, _) in has.items()]
            return talk.word([*names, *(Claim("affirm", (CHEST, key), chest) for key, (_, chest) in has.items() if chest is not None)])
        card = {}
        for key, (own, knows) in has.items():
            credited = latest(view, seat, key).credited
            standing = Standing(own, told.get((talk.NAME, key)), credited, knows, told.get((CHEST, key)), self.p)
            card[key] = SCRIPTS[self.peers](standing, stream)
        return write_answer(_card(card))

    def reveal(self, world: World, answers: Sequence[Mapping[Seat, Answer]]) -> tuple[Fact, ...]:
        """Each their own card and what of it was credited; to all, where there is a board, what both at a table wrote alike."""
        return revealed(world, answers, self.memory, self.feedback == SHUFFLED)

    def recalls(self, view: View) -> View:
        """No talk of earlier rounds, nor who sat with whom then; of what was written, what ``memory`` says."""
        return recalled(view, self.memory)

    def _has(self, view: View, seat: Seat, key: str) -> tuple[str, int | None]:
        """What ``seat`` calls a find when a round begins, and the chest it knows of."""
        slots = {fact.slot: fact.value for fact in view.facts}
        before = latest(view, seat, key)
        own = before.name or slots.get((WORD, seat, key)) or f"item {number_word(int(key))}"
        return own, slots.get((CHEST, key)) or posted(view, key, "chest") or before.chest


_CREDITS = "After every round the office looks through the cards and tells each of them which of their names it credits. "
_KEPT = {
    NO_MEMORY: "Nobody keeps a record: into each round they take nothing but what they knew at the start.",
    OWN: f"{_CREDITS}Each keeps a log of their own cards and of these credits; of what was said at the tables nothing is kept.",
    BOARD: (
        f"{_CREDITS}Each keeps a log of their own cards and of these credits, and whatever two at a table wrote alike is posted on a board "
        "that all can read; of what was said at the tables nothing is kept."
    ),
}


def _tables(view: View) -> tuple[tuple[Seat, Seat], ...]:
    """Who sits with whom now: the latest public seating."""
    found: tuple[tuple[Seat, Seat], ...] = [fact.value for fact in view.facts if fact.slot[0] == PAIRS][-1]
    return found


def _card(entries: Mapping[str, tuple[str, int | None]]) -> Answer:
    return tuple((key, (("name", name), ("chest", chest))) for key, (name, chest) in entries.items())


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _pairs(given: object, what: str) -> dict[str, object]:
    """An object, or the list of its pairs, as a dict."""
    pairs = list(given.items()) if isinstance(given, dict) else given
    if not isinstance(pairs, list) or not all(isinstance(one, list | tuple) and len(one) == 2 and isinstance(one[0], str) for one in pairs):
        raise Illegal(f"there must stand {what}")
    if len(dict(pairs)) != len(pairs):
        raise Illegal("an entry stands twice")
    return dict(pairs)


def _count(option: str, given: str) -> int:
    allowed = _COUNTS[option]
    if given not in map(str, allowed):
        raise UsageError(f'{option} of society must be one of {", ".join(map(str, allowed))}, and was given "{given[:40]}"')
    return int(given)


def _probability(given: str) -> float:
    try:
        p = float(given)
    except ValueError:
        p = -1.0
    if not 0 <= p <= 1:
        raise UsageError(f'p of society must be a probability between 0 and 1, and was given "{given[:40]}"')
    return p
