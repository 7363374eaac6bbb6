"""How busy a run keeps a server's slots, as the server sees it, beside bare loops: depth first and breadth first."""

from __future__ import annotations

from tests.performance.figures import Figure, written
from tests.performance.measuring import measured

SLOTS, DIALOGUES = 256, 1000
PARTS = (
    ("as many calls in flight as slots", 1.0),
    ("a quarter more", 1.25),
)
CHARACTERS = 3_500
"""Of a prompt of these dialogues, on average; a dialogue has two that grow."""


def busy(driver: str, in_flight: float, until_last_tenth: bool = False, **options: float) -> float:
    served = measured(driver, {"slots": SLOTS, **options}, dialogues=DIALOGUES, in_flight=round(in_flight * SLOTS))["server"]
    return float(served["busy_until_last_tenth" if until_last_tenth else "busy"])


def seconds(driver: str, **options: float) -> float:
    return float(measured(driver, {"slots": SLOTS, **options}, dialogues=DIALOGUES, in_flight=SLOTS)["server"]["seconds"])


def main() -> None:
    figures = []
    for said, in_flight in PARTS:
        floor = max(busy(driver, in_flight, latency_ms=200) for driver in ("depth", "breadth"))
        ours = busy("parley", in_flight, latency_ms=200)
        figures.append(Figure(f"share of slot time used, 200 ms a call, {said}", ours, "", "better bare loop", floor))
    tail = {"latency_ms": 200, "tail_share": 0.1, "tail_factor": 10}
    floor = max(busy(driver, 1.0, True, **tail) for driver in ("depth", "breadth"))
    ours = busy("parley", 1.0, True, **tail)
    figures.append(Figure("the same until the last tenth, a tenth of the replies ten times slower", ours, "", "better bare loop", floor))
    cache = {"latency_ms": 100, "prefill_us": 60, "cache_characters": round(1.25 * SLOTS * 2 * CHARACTERS * 1.5)}
    floor = min(seconds(driver, **cache) for driver in ("depth", "breadth"))
    ours = seconds("parley", **cache)
    held = "a prefix cache that holds 1.25 × 256 conversations"
    figures.append(Figure(f"whole run, {held}", ours, "s", "better bare loop", floor, "lower is better"))
    written("slots", f"{SLOTS} slots, {DIALOGUES:,} dialogues of 20 calls", figures)


if __name__ == "__main__":
    main()
