"""The score so far, from counts alone, so that it costs next to nothing while a run goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from benchmark.results.causes import failed_by_partner
from benchmark.running.plan import Plan
from benchmark.views import HEADLINE
from benchmark.vocabulary import FolderError, Json

if TYPE_CHECKING:
    from benchmark.results.statistics import Interval

GROUNDED, SUCCESS, ANYWHERE = "grounded", "success", "success in all conditions"
"""What may be told, best first: grounding success, success in the headline condition, success in whatever is played."""


class Tally:
    """Takes records in and tells the score of all that it took.

    The means are the report's: a task's is that of its two strata by Wilson limits, and tasks count alike. Its limits over tasks are
    those of independent means (MOVER), where the report resamples worlds; they differ by little. ``plays`` says how often each world of
    a label is played: a world counts once, as everywhere.
    """

    def __init__(self, plays: Mapping[str, int], tested: str) -> None:
        self._plays, self._tested = plays, tested
        self._counts: dict[tuple[str, str, bool], list[int]] = {}

    @classmethod
    def of(cls, plan: Plan) -> Tally:
        return cls({source.task.label: plan.repeats * len(plan.seatings(source.task)) for source in plan.sources}, plan.model)

    def take(self, record: Mapping[str, Json]) -> None:
        """Counts ``record``, unless it says nothing of the tested model. FolderError if it is none of this version."""
        try:
            self._take(record)
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            raise FolderError(f"the record {record['id']!s:.120} is not one of this version ({error!r:.80}). Run `bench verify`.") from None

    def _take(self, record: Mapping[str, Json]) -> None:
        if record["outcome"] == "leaked" or failed_by_partner(record, self._tested):
            return
        score = record["score"]
        success = score["success"]
        told = {GROUNDED: score["grounding_success"], SUCCESS: success if record["condition"] == HEADLINE else None, ANYWHERE: success}
        for name, found in told.items():
            if found is not None:
                counts = self._counts.setdefault((name, str(record["task"]), bool(record["solvable"])), [0, 0])
                counts[0] += bool(found)
                counts[1] += 1

    def score(self) -> tuple[str, Interval] | None:
        """What is measured, and its mean so far; ``n`` counts worlds. None before there is any."""
        from benchmark.results.statistics import mean_of_strata, wilson

        measured = {measure for measure, _, _ in self._counts}
        name = next((one for one in (GROUNDED, SUCCESS, ANYWHERE) if one in measured), None)
        if name is None:
            return None
        tasks: dict[str, list[Interval]] = {}
        for (measure, label, _), (successes, plays) in self._counts.items():
            if measure == name:
                worlds = max(1, round(plays / self._plays.get(label, 1)))
                tasks.setdefault(label, []).append(wilson(successes / plays * worlds, worlds))
        return name, mean_of_strata([mean_of_strata(parts) for parts in tasks.values()])
