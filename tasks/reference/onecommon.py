"""OneCommon's own scenarios as a task: two discs that overlap, seven dots in each, and any dot that both see will do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from benchmark.answers import match_name, read_answer
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.quoting import READY, length
from benchmark.reading import number_word
from benchmark.streams import Stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Score, Seat, Turn, UsageError, View, World
from tasks.reference.dots import DOTS, read_worlds, recognises

__all__ = ["SharedDots", "load_worlds", "recognises"]

_LINE, _DOT = "line", "dot"


@dataclass(frozen=True, kw_only=True)
class SharedDots(Task):
    """Pick the same dot. Each names it by a label of their own, which the other does not know.

    ``native`` is the published score: 1 if both picked the same dot (people: 76.8 % of 6,759 dialogues). What words mean is not known here,
    so grounding is not measured.
    """

    name: ClassVar[str] = "reference"
    version: ClassVar[int] = 1
    semantic: ClassVar[bool] = False

    turns: int = 12
    words: int = 60

    @classmethod
    def at(cls, level: int, **options: str) -> SharedDots:
        for option in options:
            check_known(option, ("preset",), "option of reference")
        return cls(level=level)

    def generate(self, seed: int, solvable: bool = True) -> World:
        del seed, solvable
        raise UsageError("reference:preset=onecommon plays the worlds of OneCommon's own file; give it with --worlds PATH")

    def brief(self, view: View) -> str:
        names = listing(view.names)
        return (
            f"{names} play a game for a prize that they split. Each looks through a round window at the same sheet of grey dots. "
            f"The two windows are equally large (radius 200) and overlap, but their centres are not at the same spot, so that each sees "
            f"{number_word(DOTS)} dots, only some of which the other sees too. A dot that both see has the same size and the "
            f"same shade for both, "
            f"and the distance and direction from one such dot to another is the same for both; how far it is from the centre is not. "
            f"The letters of the dots are each player's own: the other knows nothing of them.\n\n"
            f"They must pick the same dot. Any dot that both see will do, and there is at least one. They succeed if both "
            f"name the same dot in "
            f"the end, each by their own letter for it; otherwise they get nothing."
        )

    def form(self, view: View) -> str:
        del view  # the example is nobody's letter
        return 'Under "answer" stands one\'s own letter for the dot, as in {"answer": "A"}, or null to pick none.'

    def schema(self, view: View) -> str:
        answer = {"enum": [*_labels(view), None]}
        return json.dumps({"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False})

    def parse(self, text: str, view: View) -> Answer:
        given = read_answer(text)
        return None if given is None else match_name(given, _labels(view), '"answer"')

    def draw(self, view: View, stream: Stream) -> Answer:
        return stream.choice(_labels(view))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """``floor`` is what two get who pick a dot each without a word: one in seven for each dot that both see."""
        raw = float(tuple(answers.get(seat) for seat in world.seats) in world.target)
        return Score(bool(raw), raw, len(world.target) / DOTS**2, 1.0, native=raw)

    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        """Each line that a turn recites."""
        del view
        lines = [(line, turn.seat, number) for number, turn in enumerate(turns) for line in turn.text.removesuffix(READY).split("\n")]
        return tuple(Claim("affirm", (_LINE, line.strip()), None, seat, number) for line, seat, number in lines if line.strip())

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """All dots of one's own, whatever was told."""
        del claims
        return _labels(view)

    def needed(self, world: World) -> tuple[Fact, ...]:
        """None: which descriptions settle the answer is not known here."""
        del world
        return ()

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """The seat's own notes that have not been recited; nothing where both can read them anyway."""
        if set(view.sees) == set(view.seats):
            return ()
        said = {claim.slot[1] for claim in self.claims(turns, view)}
        own = [fact.text for fact in view.held_by(seat) if fact.slot[0] == _DOT and fact.text not in said]
        return tuple(Claim("affirm", (_LINE, text)) for text in own if length(text) <= self.words)

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view  # the claims hold the lines themselves
        return "\n".join(claim.slot[1] if claim.slot[0] == _LINE else str(claim.value) for claim in claims)


def _labels(view: View) -> tuple[str, ...]:
    """The labels of those for whom the view's instance writes."""
    return tuple(label for seat in view.speaks for label in view.public("labels", seat))


def load_worlds(text: str) -> tuple[Task, tuple[World, ...]]:
    """The worlds of OneCommon's file, and the task that plays them. WorldsError says where the file is wrong."""
    return SharedDots(label="reference:preset=onecommon"), read_worlds(text)
