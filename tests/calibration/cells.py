"""Every known player in every task, level and condition: what is played, and the figures of each cell, the same on every machine."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import NamedTuple

from benchmark import api, views
from benchmark.records import Document
from benchmark.results.statistics import Interval, mean_of_strata, wilson
from benchmark.running.drive import drive, record
from benchmark.running.plan import Plan
from benchmark.task import Task
from benchmark.vocabulary import Completion, Request, Sampling, World
from benchmark.worlds import Generated
from models.reference import PLAYERS, Player, forgetful
from models.reference import player as player_of
from models.spec import parse_spec
from tests.calibration.bands import LEVELS, PRIVATE, SIGHTED, SILENT
from tests.labels import MIXED
from tests.paraphrase.player import SAY, paraphrase
from tests.test_adversaries import babble, bluff, cipher, conclusion

SEED = 7
DOSES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
MEASURES = ("success", "grounding_success", "lucky")
WORLDS = {"private, level 3": 24, "private": 12, "elsewhere": 8}
"""How many worlds each cell is played in."""

Speak = Callable[[Request], str]
Maker = Callable[[Task, World], Callable[[Request], str | Completion]]
ADVERSARIES: Mapping[str, Maker] = {"babble": babble, "cipher": cipher, "conclusion": conclusion, "bluff": bluff}
FORGETFUL = {f"forgetful?p={dose}": dose for dose in DOSES}


class Cell(NamedTuple):
    task: str
    level: int
    condition: str
    player: str

    @property
    def worlds(self) -> int:
        if self.condition != "private":
            return WORLDS["elsewhere"]
        return WORLDS["private, level 3" if self.level == 3 else "private"]


class Figures(NamedTuple):
    """``rates`` by measure: the mean of the solvable and the no-solution stratum, with its limits. ``psychic`` counts strings."""

    n: int
    rates: Mapping[str, Interval]
    outcomes: Mapping[str, int]
    psychic: int

    def row(self) -> tuple[str, ...]:
        """As it is written down."""
        limits = [f"{getattr(self.rates[measure], which):.3f}" for measure in MEASURES for which in ("mean", "low", "high")]
        outcomes = " ".join(f"{outcome}={count}" for outcome, count in sorted(self.outcomes.items()))
        return (str(self.n), *limits, outcomes, str(self.psychic))


COLUMNS = ("n", *(f"{measure}{end}" for measure in MEASURES for end in ("", " low", " high")), "outcomes", "psychic")


def cells(tasks: Iterable[str] = (*SAY, *MIXED)) -> tuple[Cell, ...]:
    """What is played. Adversaries are told the answer, and the doses compared, where facts are private.

    What nobody paraphrases is played by the reference players alone.
    """
    found: list[Cell] = []
    for task in tasks:
        everywhere = [*PLAYERS, *(["paraphrase"] if task in SAY else [])]
        adversaries = ADVERSARIES if task in SAY else ()
        found += [Cell(task, level, "private", player) for level in LEVELS for player in (*everywhere, *adversaries)]
        found += [Cell(task, 3, "private", player) for player in FORGETFUL]
        found += [Cell(task, 3, condition, player) for condition in (*SIGHTED, *SILENT) for player in everywhere]
    assert {cell.condition for cell in found} == {*PRIVATE, *SIGHTED, *SILENT}
    return tuple(found)


def _voice(player: str, task: Task, world: World) -> Speak:
    if player in ADVERSARIES:
        speak = ADVERSARIES[player](task, world)
        return lambda request: str(speak(request))
    if player in FORGETFUL:
        return partial(forgetful, p=FORGETFUL[player])
    return paraphrase if player == "paraphrase" else PLAYERS[player]


def records(cell: Cell) -> tuple[Document, ...]:
    """The episodes of a cell."""
    task = api.make_task(cell.task, cell.level)
    plan = Plan("calibration", (Generated(task, SEED),), (views.CONDITIONS[cell.condition],), seed=SEED, n=cell.worlds)

    async def play() -> tuple[Document, ...]:
        done = []
        for episode in plan.episodes():
            world = episode.world()
            tested = Player(cell.player, _voice(cell.player, task, world), {})
            everyone = dict.fromkeys(world.seats, tested) | {seat: player_of(parse_spec(spec)) for seat, spec in task.audience.items()}

            async def complete(request: Request, everyone: Mapping[str, Player] = everyone) -> Completion:
                return await everyone[request.seat].complete(request, Sampling())

            done.append(record(episode, world, await drive(episode, world, complete)))
        return tuple(done)

    return asyncio.run(play())


def figures(cell: Cell) -> Figures:
    documents = records(cell)

    def rate(measure: str) -> Interval:
        strata: dict[bool, list[bool]] = {}
        for document in documents:
            strata.setdefault(document["solvable"], []).append(bool(document["score"].get(measure)))
        return mean_of_strata([wilson(sum(one), len(one)) for _, one in sorted(strata.items())])

    outcomes = Counter(document["outcome"] for document in documents)
    psychic = sum(document["score"]["psychic"] or 0 for document in documents)
    return Figures(len(documents), {measure: rate(measure) for measure in MEASURES}, outcomes, psychic)


def all_figures(wanted: Iterable[Cell]) -> dict[Cell, Figures]:
    """By as many processes as there are cores; their number changes nothing."""
    wanted = tuple(wanted)
    with ProcessPoolExecutor() as pool:
        return dict(zip(wanted, pool.map(figures, wanted, chunksize=8), strict=True))
