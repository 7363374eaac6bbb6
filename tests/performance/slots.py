"""How busy a run keeps a server's slots, as the server sees it, beside bare loops: depth first and breadth first."""

from __future__ import annotations

import sys

from tests.performance.figures import Figure, written
from tests.performance.measuring import measured

SLOTS, DIALOGUES = 256, 1000
CHARACTERS = 3_500
"""Of a prompt of these dialogues, on average; a dialogue has two that grow."""


def busy(driver: str, in_flight: float, until_last_tenth: bool = False, **options: float) -> float:
    served = measured(driver, {"slots": SLOTS, **options}, dialogues=DIALOGUES, in_flight=round(in_flight * SLOTS))["server"]
    return float(served["busy_until_last_tenth" if until_last_tenth else "busy"])


def seconds(driver: str, **options: float) -> float:
    return float(measured(driver, {"slots": SLOTS, **options}, dialogues=DIALOGUES, in_flight=SLOTS)["server"]["seconds"])


def busy_beside(in_flight: float, until_last_tenth: bool = False, **options: float) -> tuple[float, float]:
    """Parley's share of the slot time, and that of the better bare loop."""
    bare = max(busy(driver, in_flight, until_last_tenth, **options) for driver in ("depth", "breadth"))
    return busy("parley", in_flight, until_last_tenth, **options), bare


def equal() -> Figure:
    what = "share of slot time used, 200 ms a call, as many calls in flight as slots"
    ours, bare = busy_beside(1.0, latency_ms=200)
    return Figure(what, ours, "", "better bare loop", bare)


def more() -> Figure:
    ours, bare = busy_beside(1.25, latency_ms=200)
    return Figure("the same, a quarter more calls in flight than slots", ours, "", "better bare loop", bare)


def tail() -> Figure:
    ours, bare = busy_beside(1.0, True, latency_ms=200, tail_share=0.1, tail_factor=10)
    return Figure("the same until the last tenth, a tenth of the replies ten times slower", ours, "", "better bare loop", bare)


def cache() -> Figure:
    """Two prompts a dialogue, which hold half as much again at their ends as on average."""
    options = {"latency_ms": 200, "prefill_us": 60, "cache_characters": round(1.25 * SLOTS * 2 * 1.5 * CHARACTERS)}
    bare = {driver: seconds(driver, **options) for driver in ("depth", "breadth")}
    better = min(bare, key=lambda driver: bare[driver])
    note = f"lower is better; {better} first is the better, the other takes {max(bare.values()):.1f} s"
    what = "whole run with a prefix cache that holds 1.25 × 256 conversations"
    return Figure(what, seconds("parley", **options), "s", "better bare loop", bare[better], note)


PARTS = {part.__name__: part for part in (equal, more, tail, cache)}


def main() -> None:
    """Measures the parts that are named, or all."""
    figures = {name: PARTS[name]() for name in sys.argv[1:] or PARTS}
    written("slots", f"{SLOTS} slots, {DIALOGUES:,} dialogues of 20 calls", list(figures.values()))


if __name__ == "__main__":
    main()
