"""What a call costs its client in processor time, over everything: prompts, HTTP, parsing, scores, records. Beside the bare loop's."""

from __future__ import annotations

import sys
from statistics import median

from tasks import HEADLINE
from tests.performance.figures import Figure, written
from tests.performance.long_talk import LongTalk
from tests.performance.measuring import measured

TIMES = 3
DIALOGUES = 100
"""As many as `standard-1` plays of a task under `private`, the condition in which most is read and scored."""


def milliseconds(driver: str, task: str) -> float:
    """Of processor time for a call, against a server that answers at once."""
    taken = measured(driver, {}, task=task, dialogues=DIALOGUES, in_flight=256)
    return float(1e3 * taken["cpu"] / taken["calls"])


def figure(task: str) -> Figure:
    """Medians of runs that take turns, so that a busy machine slows down both."""
    pairs = [(milliseconds("parley", task), milliseconds("depth", task)) for _ in range(TIMES)]
    ours, bare = (median(column) for column in zip(*pairs, strict=True))
    return Figure(f"processor time of a call, {task}", ours, "ms", "aiohttp loop", bare)


def main() -> None:
    """All that is named, or everything. A long talk with next to nothing to score shows what is the runner's and the client's own."""
    figures = [figure(name) for name in sys.argv[1:] or (LongTalk.name, *HEADLINE)]
    written("overhead", "Client overhead", figures)


if __name__ == "__main__":
    main()
