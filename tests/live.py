"""The worlds of talks that separate models played, each seat seeing its own prompt alone."""

from __future__ import annotations

from benchmark.api import make_task
from benchmark.views import own_view
from benchmark.vocabulary import View
from benchmark.worlds import Generated

SETS = (
    ((11, 3), (12, 4), (13, 3)),
    ((21, 3), (22, 4), (23, 5)),
    ((31, 3), (32, 4), (33, 5)),
    ((41, 3), (42, 4), (43, 5)),
    ((51, 3), (52, 4), (53, 5)),
    ((61, 3), (62, 4), (63, 5)),
    ((71, 3), (72, 4), (73, 5)),
)
"""The runs of each set of games: (seed, level)."""

WORLDS = {
    "mutual_friend": (2, 2, 1, 1, 1, 2, 2),
    "assignment": (0, 2, 1, 0, 1, 2, 2),
    "itinerary": (0, 2, 3, 2, 2, 3, 2),
    "hidden_profile": (2, 2, 3, 2, 2, 3, 2),
    "route": (2, 2, 1, 1, 1, 2, 1),
    "crossed_wires": (0, 0, 0, 0, 1, 2, 1),
    "haggle": (0, 2, 1, 0, 1, 2, 1),
    "secret": (0, 0, 3, 2, 0, 0, 0),
}
"""How many worlds of each run of a set have talk labelled against the views here; what 0 leaves out has its views beside its labels."""


def views(task_name: str) -> tuple[View, ...]:
    """What everyone knows in those worlds, in the order in which they were played."""
    return tuple(
        own_view(Generated(make_task(task_name, level), seed).world(index), "A").in_common()
        for runs, worlds in zip(SETS, WORLDS[task_name], strict=True)
        for seed, level in runs
        for index in range(worlds)
    )
