"""Factors: what may differ between two arms that are played on the same worlds. One small frozen value, off by default.

It passes from the plan to the play. ``benchmark.channels`` knows what a channel does, ``benchmark.introductions`` what is told of a
partner, ``benchmark.memory`` what is remembered from round to round; no task hears of any of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from benchmark.naming import check_known
from benchmark.views import TURNS, Condition
from benchmark.vocabulary import Json, UsageError

TALK, TYPED, BOARD = "talk", "typed", "board"
CHANNELS = (TALK, TYPED, BOARD)
"""Free talk · typed messages · a board with topics and subscriptions."""

NONE = "none"
FORM, AI, PERSON = "form", "ai", "person"
LABELS = (NONE, FORM, AI, PERSON)
"""What the model is told of its partner: nothing · a neutral form of address · an AI system · a human being."""

NEUTRAL, PAST = "neutral", "past"
HISTORIES = (NONE, NEUTRAL, PAST)
"""Which log the model is given: none · one of nothing between the two, of the same length · one of dealings with its partner."""

FULL, WINDOW, SUMMARY = "full", "window", "summary"
LONGEST_WINDOW = 1000


UNGROUNDED = (
    "Grounding is not measured in this channel: what a message cites is known by construction, and a difference in grounding from free "
    "talk would be one of reading. Compare success, tokens, questions asked again and contradictions (bench compare)."
)
"""Stands in the report of a run in a channel that has a form."""


@dataclass(frozen=True, slots=True)
class Factors:
    """One arm. UsageError for a value that there is not. ``memory`` is "full", "window:K" (the last K rounds) or "summary"."""

    channel: str = TALK
    label: str = NONE
    history: str = NONE
    memory: str = FULL

    def __post_init__(self) -> None:
        for name, allowed in (("channel", CHANNELS), ("label", LABELS), ("history", HISTORIES)):
            check_known(str(getattr(self, name)), allowed, name)
        if not re.fullmatch(rf"{FULL}|{SUMMARY}|{WINDOW}:[1-9][0-9]{{0,3}}", str(self.memory)) or self.window > LONGEST_WINDOW:
            raise UsageError(
                f'--memory is full, summary, or window:K with K from 1 to {LONGEST_WINDOW} rounds, and was given "{self.memory!s:.80}"'
            )

    @property
    def window(self) -> int:
        """How many of the rounds before are kept word for word; 0 where ``memory`` is no window."""
        kind, _, rounds = self.memory.partition(":")
        return int(rounds) if kind == WINDOW else 0

    @property
    def told(self) -> bool:
        """Whether anything is told of the partner."""
        return self.label != NONE or self.history != NONE

    def document(self) -> dict[str, Json]:
        """What differs from the default, by name: the part of a configuration that these factors are. Empty by default."""
        return {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name) != one.default}

    def fits(self, condition: Condition) -> bool:
        """Whether ``condition`` has what these factors change: turns to send messages in, a partner to be told of."""
        return (self.channel == TALK or condition.talk == TURNS) and (not self.told or condition.instance_per == "seat")


PLAIN = Factors()
"""The default arm: free talk, nothing told, everything remembered."""


def factors_of(document: Mapping[str, Json]) -> Factors:
    """The inverse of ``Factors.document``; whatever else ``document`` holds is left to others. UsageError for an unknown value."""
    return Factors(**{one.name: document[one.name] for one in fields(Factors) if one.name in document})
