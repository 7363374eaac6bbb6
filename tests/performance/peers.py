"""Parley beside Inspect AI over the very same prompts: processor time of a call, and how busy the slots are. `make bench-peers`."""

from __future__ import annotations

from tests.performance.figures import Figure, written
from tests.performance.measuring import measured

DIALOGUES, SLOTS = 100, 256
INSPECT = "tests.performance.inspect_driver"


def main() -> None:
    ours, theirs = (
        measured(driver, {}, module=module, dialogues=DIALOGUES, in_flight=SLOTS)
        for driver, module in (("parley", ""), ("inspect", INSPECT))
    )
    figures = [
        Figure(
            "processor time of a call, long_talk",
            1e3 * ours["cpu"] / ours["calls"],
            "ms",
            "Inspect AI",
            1e3 * theirs["cpu"] / theirs["calls"],
            f"{theirs['cpu'] / theirs['calls'] / (ours['cpu'] / ours['calls']):.0f} times less",
        )
    ]
    busy = [
        measured(driver, {"slots": SLOTS, "latency_ms": 200}, module=module, dialogues=SLOTS, in_flight=SLOTS)["server"]["busy"]
        for driver, module in (("parley", ""), ("inspect", INSPECT))
    ]
    figures.append(Figure(f"share of slot time used, {SLOTS} slots, {SLOTS} dialogues, 200 ms a call", busy[0], "", "Inspect AI", busy[1]))
    written("peers", "Beside others", figures)


if __name__ == "__main__":
    main()
