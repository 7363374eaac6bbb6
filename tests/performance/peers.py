"""Parley beside other harnesses over one workload, in one run: processor time of a call, and how busy the slots are. `make bench-peers`.

    python -m tests.performance.peers .venv-peers inspect-ai==0.3.285 sotopia==0.1.5

Each peer lives in a folder of the first argument's that is called what it was installed as, since their dependencies exclude each other's.
One that cannot be had or played has a row that says why.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.performance.drivers import Work, dialogues
from tests.performance.figures import Figure, written
from tests.performance.killed import kept
from tests.performance.long_talk import LongTalk
from tests.performance.measuring import Figures, driven, load_server, measured, seen
from tests.performance.script import write_script

SLOTS = 256
LIMIT = 180.0
"""Seconds that one run of a peer may take; at 25 ms a call, the longest takes two thirds of that."""

TITLES = {"inspect-ai": "Inspect AI", "verifiers": "verifiers", "clemcore": "clemcore", "sotopia": "Sotopia"}

ONE_BY_ONE = {"clemcore": 8}
"""Plays one dialogue after the other; so many show what share of the slots that uses, and 256 would take a quarter of an hour."""


@dataclass(frozen=True)
class Measure:
    """``of`` what a run took, in ``unit``, with a server that has ``options``."""

    what: str
    unit: str
    of: Callable[[Figures], float]
    dialogues: int
    options: Mapping[str, float] = field(default_factory=dict)


MEASURES = (
    Measure(f"processor time of a call, {LongTalk.name}", "ms", lambda taken: 1e3 * taken["cpu"] / taken["calls"], 100),
    Measure(
        f"share of slot time used, {SLOTS} slots, {SLOTS} dialogues, 200 ms a call",
        "",
        lambda taken: float(taken["server"]["busy"]),
        SLOTS,
        {"slots": SLOTS, "latency_ms": 200},
    ),
)


def ours(measure: Measure, driver: str = "parley") -> Figures:
    return measured(driver, measure.options, dialogues=measure.dialogues, in_flight=SLOTS)


def theirs(measure: Measure, peer: str, place: Path) -> Figures:
    """What ``peer`` took for the same calls. SystemExit if it cannot be told."""
    if not (place / peer / "installed").exists():
        raise SystemExit("it could not be installed")
    name, _, _ = peer.partition("==")
    count = ONE_BY_ONE.get(name, SLOTS) if "slots" in measure.options else measure.dialogues
    with load_server(**measure.options) as url, TemporaryDirectory() as folder:
        script, every = Path(folder) / "script.json", dialogues(Work(LongTalk.name, count, SLOTS, url).plan)
        write_script(script, every)
        command = [str(place.absolute() / peer / "bin" / "python"), "-m", f"tests.performance.{name.partition('-')[0]}_driver", name]
        taken = driven(command, url, {"script": script, "in-flight": SLOTS}, LIMIT)
        server = seen(url)
    if taken["calls"] != server["answered"]:
        raise SystemExit(f"it got {server['answered']} replies for {taken['calls']} turns")
    characters = sum(len(content) for chats in every for chat in chats for _, content in chat)
    return {**taken, "server": server, "length": server["prompt_characters"] / characters}


def beside(measure: Measure, peer: str, place: Path) -> tuple[Figures, Figures | str]:
    """Parley and ``peer``, one right after the other, so that a busy machine slows down both; or Parley and why there is no more."""
    print(f"{peer}: {measure.what} …", file=sys.stderr, flush=True)
    mine = ours(measure)
    try:
        return mine, theirs(measure, peer, place)
    except SystemExit as reason:
        return mine, str(reason)


def remark(mine: Figures, other: Figures) -> list[str]:
    """What of the workload was not the same."""
    said = [] if other["length"] == 1 else [f"its prompts are its own, {other['length']:.2f} times as long"]
    if other["server"]["most_at_once"] == 1 and mine["server"]["most_at_once"] > 1:
        said.append(f"one call at a time, so {other['calls']:,} calls stand for {mine['calls']:,}")
    return said


def figures(measure: Measure, peers: list[str], place: Path) -> list[Figure]:
    pairs = {peer: beside(measure, peer, place) for peer in peers}
    bare = measure.of(ours(measure, "depth"))
    usual = median(measure.of(mine) for mine, _ in pairs.values())
    found = [Figure(f"{measure.what}: bare loop", usual, measure.unit, "aiohttp loop", bare)]
    for peer, (mine, other) in pairs.items():
        name, _, version = peer.partition("==")
        what, title = f"{measure.what}: {TITLES[name]}", f"{TITLES[name]} {version}".strip()
        if isinstance(other, str):
            found.append(Figure(what, usual, measure.unit, note=f"{title} was not measured: {other}"))
        else:
            taken = measure.of(other)
            times = [f"{taken / usual:.0f} times less"] if taken > 2 * usual else []  # a ratio too small to read
            found.append(Figure(what, usual, measure.unit, title, taken, "; ".join([*times, *remark(mine, other)])))
    return found


def main() -> None:
    place, *peers = sys.argv[1:]
    every = [one for measure in MEASURES for one in figures(measure, peers, Path(place))]
    written("peers", "Beside others", [*every, kept(SLOTS)])


if __name__ == "__main__":
    main()
