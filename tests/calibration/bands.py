"""What each known player must reach or may not pass, in every task: the one table that the suite and `docs/calibration.md` share."""

from __future__ import annotations

from typing import NamedTuple

from tests.labels import AUDIENCES, GROUNDING

LEVELS = (1, 2, 3, 4, 5)
PRIVATE, SILENT = ("private",), ("silent",)
TALKING = ("mindreader", "omniscient", "script")
SIGHTED = (*TALKING, "solo")
ALONE = (*PRIVATE, *SILENT)
UNGROUNDED = ("egocentric", "mute", "listener", "random", "parrot", "none")
ADVERSARIES = ("babble", "cipher", "conclusion", "bluff")


class Band(NamedTuple):
    """``measure`` of each of ``players`` lies from ``low`` to ``high``, at each of ``levels`` and in each of ``conditions``.

    ``audience``: whether it is of the tasks with an audience, which have bands of their own where that must be wrong.
    """

    players: tuple[str, ...]
    conditions: tuple[str, ...]
    measure: str
    low: float
    high: float
    why: str
    levels: tuple[int, ...] = LEVELS
    audience: bool | None = None


BANDS = (
    Band(("honest",), PRIVATE, "success", 0.95, 1, "who asks and tells is right", audience=False),
    Band(("honest",), PRIVATE, "success", 0.5, 0.95, "who tells an ally in time is right, unless the audience guesses it", audience=True),
    Band(("honest",), PRIVATE, "grounding_success", 0.95, 1, "and earns it"),
    Band(("paraphrase",), PRIVATE, "grounding_success", 0.85, 1, "other words earn it too"),
    Band(("honest", "egocentric", "mute"), SIGHTED, "success", 1, 1, "who sees all facts finds the answer", audience=False),
    Band(("honest", "mute"), SIGHTED, "success", 0.25, 1, "who sees all facts finds the answer, and the audience by luck", audience=True),
    Band(("egocentric",), TALKING, "success", 0, 0, "who announces it tells the audience too", audience=True),
    Band(("honest", "paraphrase"), SILENT, "success", 0, 0.5, "without talk there is only luck"),
    Band(UNGROUNDED, ALONE, "success", 0, 0.5, "who does not ground is near the floor"),
    Band(UNGROUNDED, PRIVATE, "grounding_success", 0, 0, "and earns nothing"),
    Band(("random", "none"), SIGHTED, "success", 0, 0.5, "who does not look is near the floor even with all facts in sight"),
    Band(("dump",), PRIVATE, "success", 0, 0.7, "reciting everything loses to choosing by 0.3", (3, 4, 5)),
    Band(("liar",), PRIVATE, "grounding_success", 0, 0.15, "what is not true earns next to nothing", (3, 4, 5)),
    Band(("garbled",), (*PRIVATE, *SIGHTED, *SILENT), "success", 0, 0, "an answer that cannot be read is none"),
    Band(ADVERSARIES, PRIVATE, "success", 1, 1, "they know the answer from nowhere"),
    Band(("babble", "cipher", "conclusion"), PRIVATE, "grounding_success", 0, 0, "and right without evidence is luck"),
    Band(("bluff",), PRIVATE, "grounding_success", 0, 0.5, "notes of another world are true by chance, most often where values are two"),
    Band(("forgetful?p=0.0",), PRIVATE, "grounding_success", 0.95, 1, "who forgets nothing is honest", (3,)),
    Band(("forgetful?p=1.0",), PRIVATE, "grounding_success", 0, 0.1, "who forgets everything earns nothing", (3,)),
)


def bands(task: str, player: str, level: int, condition: str) -> list[Band]:
    """The bands that a cell is held to; none of grounding where it is not measured."""
    here = [band for band in BANDS if player in band.players and level in band.levels and condition in band.conditions]
    here = [band for band in here if band.audience in (None, task in AUDIENCES)]
    return [band for band in here if task in GROUNDING or band.measure == "success"]
