"""What people said and agreed in DialOp's optimization games. Names of speakers, times and pay are left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from benchmark.vocabulary import Answer, Dialogue, Json, Turn, World, WorldsError

SEATS = ("A", "B")


def with_talk(text: str, worlds: Sequence[World]) -> Iterator[Dialogue]:
    """``worlds``, those of the games of ``text`` in order, with what was said over each and agreed in the end."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    for (number, line), world in zip(lines, worlds, strict=True):
        log = json.loads(line).get("action_log")
        if not isinstance(log, list) or not all(isinstance(action, dict) for action in log):
            raise WorldsError(f'line {number}, field "action_log": found {str(log)[:80]}; expected what was said and proposed')
        try:
            turns = tuple(Turn(SEATS[one["player"]], one["message"]["data"]) for one in log if one["type"] == "message")
            answer = _agreed(log, world)
        except (LookupError, TypeError) as error:
            raise WorldsError(
                f'line {number}, field "action_log": an action lacks something or refers to nothing ({error!r:.80})'
            ) from None
        yield Dialogue(world, turns, None if answer is None else dict.fromkeys(SEATS, answer))


def _agreed(log: Sequence[Json], world: World) -> Answer:
    """The plan of the last proposal that was accepted; None where there is none."""
    people, jobs, *_ = world.target
    proposed = agreed = None
    for action in log:
        if action["type"] == "proposal":
            proposed = action["proposal_ids"]
        elif action["type"] == "proposal_response" and action["response"]["accept"]:
            agreed = proposed
    if agreed is None:
        return None
    given = {people[row]: jobs[column] for row, column in agreed}
    return tuple((person, given[person]) for person in people if person in given)
