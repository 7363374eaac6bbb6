"""Reads CaSiNo's negotiations (Chawla et al., NAACL 2021; CC BY 4.0), as released: a JSON list of dialogues.

Only the order of preference of each side enters a world; of the talk, who said what and which deal was accepted. Who people were, what
they were like, why they wanted what and how they felt about it is left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Dialogue, Json, Turn, World, WorldsError
from tasks.deal.divisions import division
from tasks.deal.task import CASINO, CASINO_POINTS, CASINO_WALK, Deal
from tasks.deal.worlds import SEATS, Heap, plain_world

_AGENTS = ("mturk_agent_1", "mturk_agent_2")
_RANKS = ("High", "Medium", "Low")
_SUBMIT, _ACCEPT, _REJECT, _LEAVE = "Submit-Deal", "Accept-Deal", "Reject-Deal", "Walk-Away"
_EACH = 3


def recognises(text: str) -> bool:
    """Whether ``text`` opens like a file of CaSiNo."""
    return text.lstrip().startswith("[") and '"value2issue"' in text


def read_dialogues(text: str) -> tuple[Task, tuple[Dialogue, ...]]:
    """The dialogues of a file, each with its world. WorldsError names the dialogue and the field."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WorldsError(f"not JSON ({error}); expected a list of dialogues") from None
    if not isinstance(found, list) or not found:
        raise WorldsError("the file holds no dialogue; expected a JSON list of them")
    read = tuple(_Entry(number, one).dialogue() for number, one in enumerate(found, 1))
    return replace(Deal.at(3, preset="casino"), label="deal:preset=casino"), read


class _Entry:
    """One dialogue of the file, and how to complain of it."""

    def __init__(self, number: int, document: Json) -> None:
        self.number = number
        if not isinstance(document, dict):
            self.wrong("", type(document).__name__, "an object")
        self.document: Mapping[str, Json] = document

    def wrong(self, field: str, found: object, expected: str) -> NoReturn:
        raise WorldsError(f'dialogue {self.number}, field "{field}": found {str(found)[:80]}; expected {expected}')

    def dialogue(self) -> Dialogue:
        world = self._world()
        log = self.document.get("chat_logs")
        if not isinstance(log, list) or not all(isinstance(one, dict) and one.get("id") in _AGENTS for one in log):
            self.wrong("chat_logs", log, f"a list of what {_AGENTS[0]} and {_AGENTS[1]} said")
        actions = (_SUBMIT, _ACCEPT, _REJECT, _LEAVE)
        said = [one for one in log if one.get("text") not in actions]
        turns = tuple(Turn(SEATS[_AGENTS.index(one["id"])], str(one.get("text", ""))) for one in said)
        decided, answer = self._agreed([one for one in log if one.get("text") in actions], world)
        return Dialogue(world, turns, dict.fromkeys(SEATS, answer) if decided else None)

    def _world(self) -> World:
        people = self.document.get("participant_info")
        if not isinstance(people, dict) or set(people) != set(_AGENTS):
            self.wrong("participant_info", people, f"an entry for {_AGENTS[0]} and for {_AGENTS[1]}")
        first, second = (self._values(people[agent]) for agent in _AGENTS)
        canonical = json.dumps(["casino", first, second])
        seed = int.from_bytes(hashlib.sha256(canonical.encode()).digest()[:6], "big")
        names = stream(seed, "casino").sample(FIRST_NAMES, 2)
        heap = Heap((_EACH,) * len(CASINO), (first, second), CASINO_WALK)
        return plain_world("casino", (names[0], names[1]), CASINO, heap, seed, published=True)

    def _values(self, person: Json) -> tuple[float, ...]:
        ranks = person.get("value2issue") if isinstance(person, dict) else None
        if not isinstance(ranks, dict) or sorted(map(str, ranks.values())) != sorted(CASINO) or set(ranks) != set(_RANKS):
            self.wrong("participant_info.value2issue", ranks, f"{', '.join(_RANKS)}, one each of {', '.join(CASINO)}")
        points = {ranks[rank]: float(n) for rank, n in zip(_RANKS, CASINO_POINTS, strict=True)}
        return tuple(points[issue] for issue in CASINO)

    def _agreed(self, log: Sequence[Mapping[str, Json]], world: World) -> tuple[bool, Answer]:
        """Whether they came to an end, and the deal that was accepted; None for walking away."""
        offer: tuple[str, Answer] | None = None
        for action in log:
            if action["text"] == _LEAVE:
                return True, None
            if action["text"] == _SUBMIT:
                offer = (action["id"], self._division(action, world))
            elif action["text"] == _ACCEPT and offer and offer[0] != action["id"]:
                return True, offer[1]
        return False, None

    def _division(self, action: Mapping[str, Json], world: World) -> Answer:
        data = action.get("task_data")
        shares = [list(self._share(data, whose)) for whose in ("issue2youget", "issue2theyget")]
        if any(one + other != _EACH for one, other in zip(*shares, strict=True)):
            self.wrong("task_data", data, f"{_EACH} packages of each kind in all")
        return division(world.names, CASINO, shares[_AGENTS.index(action["id"])], (_EACH,) * len(CASINO))

    def _share(self, data: Json, whose: str) -> Iterator[int]:
        share = data.get(whose) if isinstance(data, dict) else None
        for issue in CASINO:
            amount = str(share.get(issue)) if isinstance(share, dict) else ""
            if amount not in ("0", "1", "2", "3"):
                self.wrong(f"task_data.{whose}", share, f"0 to {_EACH} packages each of {', '.join(CASINO)}")
            yield int(amount)
