"""A million of everything: short episodes with a built-in player, and a report of a million records. Takes most of an hour."""

from __future__ import annotations

from tests.performance.figures import Figure, written
from tests.performance.memory import short_episodes
from tests.performance.reports import measured_report

MANY = 1_000_000


def main() -> None:
    few, many = short_episodes(2_000), short_episodes(MANY)
    memory = Figure(f"peak memory over {MANY:,} short episodes", many["mib"], "MiB", "over 2,000", few["mib"], f"{many['seconds']:,.0f} s")
    written("long", "A million", [memory, *measured_report(MANY)])


if __name__ == "__main__":
    main()
