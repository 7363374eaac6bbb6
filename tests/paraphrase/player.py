"""The player that says what ``reference:honest`` would say in words that no reader was written for.

Its moves are honest's. Its forms live here, in `tests/`, where no code of the benchmark can see them; `test_paraphrase.py` holds that
they share no content n-gram with the readers. A fluent person tries again when a sentence does not fit into a turn, and so does it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from benchmark.quoting import READY, length
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Claim, Request, View
from models.reference import honest
from tests.paraphrase import assignment, crossed_wires, deal, hidden_profile, itinerary, mutual_friend, reference, route, schedule

TRIES = 6
FORMS = {
    "mutual_friend": mutual_friend.FORMS,
    "schedule": schedule.FORMS,
    "assignment": assignment.FORMS,
    "hidden_profile": hidden_profile.FORMS,
    "route": route.FORMS,
    "reference": reference.FORMS,
    "crossed_wires": crossed_wires.FORMS,
    "itinerary": itinerary.FORMS,
    "deal": deal.FORMS,
}
SAY: Mapping[str, Callable[[Sequence[Claim], View, Stream], str]] = {
    "mutual_friend": mutual_friend.say,
    "schedule": schedule.say,
    "assignment": assignment.say,
    "hidden_profile": hidden_profile.say,
    "route": route.say,
    "reference": reference.say,
    "crossed_wires": crossed_wires.say,
    "itinerary": itinerary.say,
    "deal": deal.say,
}


class _InOtherWords:
    """A task that words claims as a paraphrase would; all else is the task's own."""

    def __init__(self, task: Task, request: Request) -> None:
        self._task, self._seed, self._speaker = task, request.seed, request.seat
        self.meant: dict[str, tuple[Claim, ...]] = {}
        """What each text was to say."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._task, name)

    def word(self, claims: Sequence[Claim], view: View) -> str:
        if not claims:
            return ""
        view = replace(view, speaks=(self._speaker,))  # "my" is the speaker's, whoever else the instance speaks for
        said = [SAY[self._task.name](claims, view, stream(self._seed, "paraphrase", *view.names, attempt)) for attempt in range(TRIES)]
        text = next((text for text in said if length(text) <= self._task.words), said[0])
        self.meant[text] = tuple(claims)
        return text


def spoken(request: Request) -> tuple[str, tuple[Claim, ...]]:
    """What honest would say, otherwise said, and what is meant by it."""
    task = _InOtherWords(request.task, request)
    text = honest(replace(request, task=cast("Task", task)))
    return text, task.meant.get(text.removesuffix(READY).strip(), ())


def paraphrase(request: Request) -> str:
    """The player; it commits like honest."""
    return spoken(request)[0]
