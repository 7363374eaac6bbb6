"""The worlds of talks that separate models played, each seat seeing its own prompt alone."""

from __future__ import annotations

from benchmark.api import make_task
from benchmark.views import own_view
from benchmark.vocabulary import View
from benchmark.worlds import Generated

PLAYED = ((11, 3), (12, 4), (13, 3))
"""(seed of the run, level)."""
PLAYED_AGAIN = ((21, 3), (22, 4), (23, 5))
"""The same of the second set."""
PLAYED_THIRD = ((31, 3), (32, 4), (33, 5))
"""The same of the third."""


def views(task_name: str, played: tuple[tuple[int, int], ...] = PLAYED, worlds_each: int = 2) -> tuple[View, ...]:
    """What everyone knows in the first worlds of each run."""
    found = []
    for seed, level in played:
        worlds = Generated(make_task(task_name, level), seed)
        found += [own_view(worlds.world(index), "A").in_common() for index in range(worlds_each)]
    return tuple(found)


FRIENDS = views("mutual_friend") + views("mutual_friend", PLAYED_AGAIN)
ROUTES = views("route") + views("route", PLAYED_AGAIN) + views("route", PLAYED_THIRD, 1)
PROFILES = views("hidden_profile") + views("hidden_profile", PLAYED_AGAIN)
