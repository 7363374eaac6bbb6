"""A model's grounding success on the scale of players of known behaviour, where the two may be compared."""

from __future__ import annotations

from benchmark.api.content import make_task
from benchmark.records import Document
from benchmark.vocabulary import Json


def scale(document: Document) -> dict[str, Json] | None:
    """What known players reach over the very tasks that ``overall`` averages, each of them in self-play, by words for what they do.

    None where a difference would not be the model's: other levels or versions, partners, factors, or tasks without calibration.
    """
    from benchmark.results.cells import as_document
    from benchmark.results.statistics import Interval, mean_of_strata
    from tasks.calibrated import LEVEL, PLAYERS, calibrated

    overall, known, versions = document["overall"], calibrated(), document["about"]["tasks"]
    if not overall or not overall["grounding_success"] or not document["self_play"] or not known.keys() >= set(overall["tasks"]):
        return None
    if any(cell["level"] != LEVEL or cell["factors"] for cell in document["cells"] if cell["task"] in overall["tasks"]):
        return None
    if any(versions.get(label) != make_task(label, LEVEL).version for label in overall["tasks"]):
        return None
    found = {}
    for player, does in PLAYERS.items():
        parts = [known[label][player] for label in overall["tasks"]]
        each = [Interval(part["mean"], part["low"], part["high"], int(part["n"])) for part in parts]
        found[does] = as_document(mean_of_strata(each))
    return found
