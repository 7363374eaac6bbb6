"""What a call costs its client in processor time, over everything: prompts, HTTP, parsing, scores, records. Beside the bare loop's."""

from __future__ import annotations

from statistics import median

from tasks import HEADLINE
from tests.performance.figures import Figure, written
from tests.performance.long_talk import LongTalk
from tests.performance.measuring import measured

TIMES = 3


def milliseconds(driver: str, task: str, dialogues: int) -> float:
    """Of processor time for a call; the median of several runs, against a server that answers at once."""
    taken = [measured(driver, {}, task=task, dialogues=dialogues, in_flight=256) for _ in range(TIMES)]
    return float(median(1e3 * one["cpu"] / one["calls"] for one in taken))


def figure(task: str, dialogues: int) -> Figure:
    ours, bare = milliseconds("parley", task, dialogues), milliseconds("depth", task, dialogues)
    return Figure(f"processor time of a call, {task}", ours, "ms", "aiohttp loop", bare)


def main() -> None:
    # Twenty calls and next to nothing to score show what is the runner's and the client's own.
    figures = [figure(LongTalk.name, 200), *(figure(name, 40) for name in HEADLINE)]
    written("overhead", "Client overhead", figures)


if __name__ == "__main__":
    main()
