"""Tasks in which everyone picks one of the options that a public fact lists: what all such tasks have in common."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from benchmark.answers import match_name, read_answer
from benchmark.streams import Stream
from benchmark.task import Task
from benchmark.views import own_view
from benchmark.vocabulary import Answer, Score, Seat, View, World

OPTIONS = ("options",)
"""Slot of the public fact whose value is the tuple of options, in the order in which the brief lists them. Generate it shuffled."""


@dataclass(frozen=True, kw_only=True)
class Choice(Task):
    """A task whose answer is one of the names in the public fact ``OPTIONS``, the same one from every seat."""

    def form(self, view: View) -> str:
        example = json.dumps({"answer": view.public(*OPTIONS)[0]})
        return f'Under "answer" stands the name of one option, for example {example}, or null to name none.'

    def schema(self, view: View) -> str:
        answer = {"enum": [*view.public(*OPTIONS), None]}
        return json.dumps({"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False})

    def parse(self, text: str, view: View) -> Answer:
        given = read_answer(text)
        return None if given is None else match_name(given, view.public(*OPTIONS), '"answer"')

    def draw(self, view: View, stream: Stream) -> Answer:
        return stream.choice(view.public(*OPTIONS))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """All or nothing. The floor is what one may expect who guesses among the options that the best-informed view leaves."""
        right = [answers.get(seat) == world.target for seat in world.seats]
        fewest = min(len(self.candidates(own_view(world, seat), ())) for seat in world.seats)
        return Score(all(right), float(all(right)), 1 / fewest, 1.0, parts={"right": sum(right) / len(right)})

    def place(self, world: World) -> tuple[int, int] | None:
        options = next(fact.value for fact in world.facts if fact.slot == OPTIONS)
        return (options.index(world.target), len(options)) if world.solvable else None
