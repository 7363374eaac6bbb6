"""How players of known behaviour must fare in a task: what tells grounding apart from everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from statistics import mean

from benchmark import views
from benchmark.conformance.certificates import FROM_LEVEL, Sample
from benchmark.conformance.voices import planned, play
from benchmark.records import Document
from benchmark.running.drive import record
from benchmark.vocabulary import Request

Players = Mapping[str, Callable[[Request], str]]

WORLDS = 16
FEWEST_LIES = 4
"""Worlds in which a liar must have lied before we say what lies earn."""

UNGROUNDED = ("egocentric", "mute", "random", "parrot", "none")
SIGHTED = ("honest", "egocentric", "mute")
FRANK = ("egocentric",)
"""Players that say the answer aloud, which an audience would hear."""


class Rates:
    """How players fare in the first worlds of a sample. Each plays each condition once, when first asked for."""

    def __init__(self, sample: Sample, players: Players) -> None:
        self._sample, self._players = sample, players
        self._played: dict[tuple[str, str], list[Document]] = {}

    def played(self, player: str, condition: str) -> list[Document]:
        """One record for each world."""
        if (player, condition) not in self._played:
            found = []
            for index, world in self._sample.first(WORLDS):
                episode, _ = play(self._sample.task, world, condition, seated(self._sample, self._players, player))
                found.append(record(planned(self._sample.task, world, condition, index), world, episode))
            self._played[player, condition] = found
        return self._played[player, condition]

    def __call__(self, player: str, condition: str, measure: str = "success") -> float:
        """The mean of the strata."""
        strata: dict[bool, list[bool]] = {}
        for document in self.played(player, condition):
            strata.setdefault(document["solvable"], []).append(bool(document["score"][measure]))
        return mean(mean(one) for one in strata.values())


def seated(sample: Sample, players: Players, player: str) -> dict[str, Callable[[Request], str]]:
    """``player`` in every seat but those of an audience, which its own reference player takes."""
    audience = {seat: players[spec.removeprefix("reference:")] for seat, spec in sample.task.audience.items()}
    return {**dict.fromkeys(sample.worlds[0].seats, players[player]), **audience}


def due(sample: Sample, rate: Rates) -> float:
    """What can be reached at all: all of it, or where an audience may be right by luck, what those get who know and are silent."""
    return rate("mute", views.CEILING, "success") if sample.task.audience else 1.0


def who_grounds_succeeds_and_earns_it(sample: Sample, rate: Rates) -> Iterator[str]:
    """The honest player, asking and telling, is right and earns it in 95 % of the worlds or more (of what an audience's luck leaves).

    Widen the budget, let moves() put first what helps most, or let claims() and candidates() understand what word() writes.
    """
    if (found := rate("honest", views.HEADLINE, "success")) < 0.95 * due(sample, rate):
        yield f"honest succeeds in {found:.0%} of {WORLDS} worlds"
    if sample.task.semantic and (earned := rate("honest", views.HEADLINE, "grounding_success")) < 0.95:
        yield f"honest earns {earned:.0%} of {WORLDS} worlds"


def who_does_not_ground_is_near_the_floor(sample: Sample, rate: Rates) -> Iterator[str]:
    """Players that tell nothing or guess are right in half of the worlds at most, and liars earn hardly anything.

    Let each seat's own facts point away from the answer, and licence need evidence that was told.
    """
    for player in UNGROUNDED:
        for condition in (views.HEADLINE, views.BASELINE):
            if (found := rate(player, condition, "success")) > 0.5:
                yield f"{player} succeeds in {found:.0%} of worlds under {condition}"
    played = zip(rate.played("liar", views.HEADLINE), rate.played("honest", views.HEADLINE), strict=True)
    lies = [liar for liar, honest in played if _talk(liar) != _talk(honest)]
    if sample.task.semantic and len(lies) >= FEWEST_LIES:
        earned = mean(bool(document["score"]["grounding_success"]) for document in lies)
        if earned > 0.15:
            yield f"liar earns {earned:.0%} of the {len(lies)} worlds in which it says what is not so"


def _talk(document: Document) -> list[Document]:
    """What was said. A liar that has nothing to lie with, one fact of each kind, says what the honest one says."""
    return [turns["turns"] for turns in document["rounds"]]


def who_sees_everything_is_right(sample: Sample, rate: Rates) -> Iterator[str]:
    """With all facts in sight everyone who looks at them is right, whether they talk or not (before an audience, if discreetly).

    Let candidates() use the facts of its view.
    """
    together = views.CONTRASTS["information"][0]
    for player in SIGHTED:
        for condition in (views.CEILING,) if sample.task.audience and player in FRANK else (together, views.CEILING):
            if (found := rate(player, condition, "success")) < due(sample, rate):
                yield f"{player} succeeds in {found:.0%} of worlds under {condition}"


def reciting_everything_is_not_enough(sample: Sample, rate: Rates) -> Iterator[str]:
    """From level 3 on the player that recites its notes falls short of the honest one by 0.3 or more.

    Tighten the budget, or deal more that plays no part.
    """
    if sample.task.level >= FROM_LEVEL:
        recited, chosen = (rate(player, views.HEADLINE, "success") for player in ("dump", "honest"))
        if recited > chosen - 0.3:
            yield f"dump succeeds in {recited:.0%} of worlds, and honest in {chosen:.0%}"


BANDS = (
    who_grounds_succeeds_and_earns_it,
    who_does_not_ground_is_near_the_floor,
    who_sees_everything_is_right,
    reciting_everything_is_not_enough,
)
