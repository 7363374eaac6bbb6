"""What people said and agreed in DialOp's itinerary games. Names of speakers, times and pay are left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from benchmark.task import Task
from benchmark.vocabulary import Answer, Dialogue, Json, Turn, World, WorldsError
from tasks.itinerary.dialop import STOPS
from tasks.itinerary.planning import SEATS, load_worlds


def read_dialogues(text: str) -> tuple[Task, tuple[Dialogue, ...]]:
    """What people said and agreed over the games of ``load_worlds``. WorldsError names line and field."""
    task, worlds = load_worlds(text)
    return task, tuple(_with_talk(text, worlds))


def _with_talk(text: str, worlds: Sequence[World]) -> Iterator[Dialogue]:
    """``worlds``, those of the games of ``text`` in order, with what was said over each and agreed in the end.

    Of a message, "player" says which of the two it comes from (0 travels); of a proposal it does not.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    for (number, line), world in zip(lines, worlds, strict=True):
        log = json.loads(line).get("action_log")
        if not isinstance(log, list) or not all(isinstance(action, dict) for action in log):
            raise WorldsError(f'line {number}, field "action_log": found {str(log)[:80]}; expected what was said and proposed')
        try:
            turns = tuple(Turn(SEATS[one["player"]], str(one["message"]["data"])) for one in log if one["type"] == "message")
            answer = _agreed(log, world.facts[0].value)
        except (LookupError, TypeError, ValueError) as error:
            raise WorldsError(
                f'line {number}, field "action_log": an action lacks something or refers to nothing ({error!r:.80})'
            ) from None
        yield Dialogue(world, turns, None if answer is None else dict.fromkeys(SEATS, answer))


def _agreed(log: Sequence[Json], places: Sequence[str]) -> Answer:
    """The stops of the last proposal that was accepted, None for one left empty; None where nothing was accepted."""
    proposed = agreed = None
    for action in log:
        if action["type"] == "proposal":
            proposed = action["proposal"]
        elif action["type"] == "proposal_response" and action["response"]["accept"]:
            agreed = proposed
    if agreed is None:
        return None
    stops = [None if stop is None else stop["name"].strip() for stop in agreed[::2]]  # every other entry is a way between two
    if unknown := [stop for stop in stops if stop is not None and stop not in places]:
        raise ValueError(unknown[0])
    if len(stops) != STOPS:
        raise ValueError(f"{len(stops)} stops")
    return tuple(stops)
