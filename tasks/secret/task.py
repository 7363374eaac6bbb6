"""One of two allies must tell the other which of four options it is, in the hearing of a third who must not find out.

What the two have been through together is what they can point with: who was there knows which option "the one with the soup" is. Some of
it the listener has seen, some the ally has passed on, some the ally knows nothing of; who points must find out what is common ground of
the two and of nobody else. The notion is that of Clark and Schaefer, "Concealing one's meaning from overhearers", Journal of Memory and
Language 26, 1987.

The listener is a fixed reference player that reads the talk with the same reader as everything here and with its own notes. It is an
attentive outsider and no cryptographer: a hint by other means than names, places in the list, first letters and shared stories escapes it.
Frankness can cost, so that grounding success is not measured.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from benchmark.answers import match_name, read_answer
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.reading import read_once
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Score, Seat, Turn, View, World
from tasks.secret.scenes import called, scene_of
from tasks.secret.talk import KNOWN, POINTED, STORY, Reader
from tasks.secret.wording import word
from tasks.secret.words import lexicon
from tasks.secret.worlds import EPISODE, GOSSIPED, HUNCH, OPTIONS, SECRET, Mix, make_world

LISTENER = "C"


class _Level(NamedTuple):
    """``words`` a turn, and how many episodes of each kind every option has."""

    words: int
    mix: Mix


_LEVELS = {
    1: _Level(40, Mix(safe=2, witnessed=1, told=0, own=0)),
    2: _Level(30, Mix(safe=1, witnessed=1, told=0, own=1)),
    3: _Level(22, Mix(safe=1, witnessed=1, told=1, own=0)),
    4: _Level(22, Mix(safe=1, witnessed=0, told=1, own=1)),
    5: _Level(22, Mix(safe=1, witnessed=0, told=2, own=0)),
}


@dataclass(frozen=True, kw_only=True)
class Secret(Task):
    """Let an ally know which option it is, and a listener not."""

    name: ClassVar[str] = "secret"
    version: ClassVar[int] = 1
    semantic: ClassVar[bool] = False
    audience: ClassVar[Mapping[Seat, str]] = {LISTENER: "reference:listener"}

    seats: int = 3
    words: int = 22
    mix: Mix = _LEVELS[3].mix

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        for option in options:
            check_known(option, (), "option of secret")
        return cls(level=level, words=_LEVELS[level].words, mix=_LEVELS[level].mix)

    def generate(self, seed: int, solvable: bool = True) -> World:
        del solvable  # there is always a secret
        return make_world(self.mix, seed, stream(seed, self.name, self.version))

    def brief(self, view: View) -> str:
        scene, (opening, stake) = scene_of(view.public("scene")), view.public("manner")
        a, b, c = view.names
        setting = f"{scene.openings[opening]} {scene.stakes[stake]}".format(a=a, b=b, c=c)
        options = listing([called(scene, option) for option in view.public("options")])
        return (
            f"{setting}\n\nThere are four {scene.kind}s in question, as all three know: {options}. {a} knows which one it is; {b} and {c} "
            f"do not. {c} says nothing, hears every word that {a} and {b} say, and listens closely; they speak plain English, so that "
            f"a name spelled out or described by its letters is as good as said. {a} and {b} have been through a good deal together, and "
            f"each of them has notes on it: what happened, which {scene.kind} it has to do with, and whether {c} was there. {b} may have "
            f"told {c} about some of it since; that stands in the notes of {b} and not in those of {a}. There may also be things of "
            f"which {b} knows nothing.\n\n"
            f"At the end all three write down which {scene.kind} they think it is. {a} and {b} succeed if both of them write the right one "
            f"and {c} does not; {c} succeeds by writing the right one."
        )

    def form(self, view: View) -> str:
        names = ", ".join(json.dumps(option) for option in view.public("options"))
        return f'Under "answer" it holds one of {names} as in {{"answer": "NAME"}}, or null to name none.'

    def schema(self, view: View) -> str:
        answer = {"enum": [*view.public("options"), None]}
        return json.dumps({"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False})

    def parse(self, text: str, view: View) -> Answer:
        given = read_answer(text)
        return None if given is None else match_name(given, view.public("options"), '"answer"')

    def draw(self, view: View, stream: Stream) -> Answer:
        return stream.choice(view.public("options"))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """Success is that both allies name the secret and the listener does not.

        The floor is that of two who say nothing: the ally guesses right, and the listener wrong, with chance (1/k)(1 - 1/k).
        """
        told = all(answers.get(seat) == world.target for seat in world.seats if seat != LISTENER)
        kept = answers.get(LISTENER) != world.target
        floor = (1 / OPTIONS) * (1 - 1 / OPTIONS)
        return Score(told and kept, float(told and kept), floor, 1.0, parts={"told": float(told), "kept": float(kept)})

    @read_once
    def claims(self, view: View) -> Reader:
        return Reader(lexicon(view.public("scene"), view.public("options")), view.names[-1])

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """What it can still be for one who knows where ``view`` has the stories that were pointed at.

        Where what was said cannot all be true, pointing counts before naming. Those that were mentioned come first, then one's own hunch.
        """
        options: tuple[str, ...] = view.public("options")
        where = {claim.slot[1]: claim.value for claim in claims if claim.slot[0] == STORY}
        where |= {fact.slot[1]: fact.value for fact in view.facts if fact.slot[0] in (EPISODE, GOSSIPED)}
        live = [fact.value for fact in view.facts if fact.slot == (SECRET,)] or list(options)
        pointed = [(c.kind, where[c.slot[1]]) for c in claims if c.slot[0] == POINTED and c.slot[1] in where]
        named = [(claim.kind, claim.value) for claim in claims if claim.slot == (SECRET,)]
        for said in (pointed, named):
            live = [one for one in live if _agrees(one, said)] or live
        mentioned = [value for kind, value in named if kind == "ask"]
        hunches = [fact.value for fact in view.facts if fact.slot == (HUNCH,) and view.sees == (LISTENER,)]
        return tuple(sorted(live, key=lambda one: (one not in mentioned, one not in hunches)))

    def place(self, world: World) -> tuple[int, int] | None:
        options = next(fact.value for fact in world.facts if fact.slot == ("options",))
        return options.index(world.target), len(options)

    def needed(self, world: World) -> tuple[Fact, ...]:
        """The secret itself. It must get across and must not be told, so that what the ledger counts as presented was given away."""
        return tuple(fact for fact in world.facts if fact.slot == (SECRET,))

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """The ally says what the listener has heard of; who knows the secret asks for that, and points with what is left."""
        heard = self.claims(turns, view)
        if {"A", "B"} <= set(view.sees):
            return ()
        if seat == "B":
            return self._passed_on(view, heard)
        if any(claim.slot[0] == POINTED and claim.seat == "A" for claim in heard):
            return ()
        leaked = {claim.slot[1] for claim in heard if claim.slot[0] == KNOWN and len(claim.slot) > 1 and claim.value}
        if not any(claim.slot[0] == KNOWN for claim in heard):
            return (Claim("ask", (KNOWN,)),)
        secret = self.candidates(view, ())[0]
        common = [fact for fact in view.held_by("A") if fact.slot[0] == EPISODE and fact.slot[2] == "unseen" and fact.value == secret]
        fit = [fact.slot[1] for fact in common if fact.slot[1] not in leaked] or [fact.slot[1] for fact in common]
        return tuple(Claim("affirm", (POINTED, handle), True) for handle in fit[:1])

    def _passed_on(self, view: View, heard: Sequence[Claim]) -> tuple[Claim, ...]:
        mine = [fact.slot[1] for fact in view.held_by("B") if fact.slot[0] == GOSSIPED]
        said = {claim.slot for claim in heard if claim.seat == "B" and claim.slot[0] == KNOWN}
        untold = tuple(Claim("affirm", (KNOWN, handle), True) for handle in mine if (KNOWN, handle) not in said)
        return untold or (() if mine or said else (Claim("count", (KNOWN,), 0),))

    def word(self, claims: Sequence[Claim], view: View) -> str:
        named = [Claim("affirm", (SECRET,), one.value) if one.kind == "propose" else one for one in claims]
        return word(named, scene_of(view.public("scene")), view.names[-1])

    def next_speaker(self, view: View, turns: Sequence[Turn]) -> Seat:
        """The two allies in turn."""
        return view.seats[len(turns) % 2]


def _agrees(option: str, said: Sequence[tuple[str, str]]) -> bool:
    """Whether ``option`` fits all that was affirmed and excluded."""
    return all((option == value) == (kind == "affirm") for kind, value in said if kind == "affirm" or (kind, value) == ("exclude", option))
