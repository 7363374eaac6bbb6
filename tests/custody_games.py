"""Whole games of `custody` with a custodian of known conduct, for the tests of the track and of its contrast."""

from __future__ import annotations

from functools import lru_cache

from benchmark import api
from benchmark.conformance.voices import Voice, planned, play
from benchmark.records import Document
from benchmark.running.drive import record
from benchmark.vocabulary import Request
from benchmark.worlds import Generated
from models.reference import PLAYERS, scripted
from tasks.custody import Custody


def made(referent: str = "peer", log: str = "good", level: int = 3) -> Custody:
    task = api.make_task(f"custody:referent={referent},log={log}", level)
    assert isinstance(task, Custody)
    return task


@lru_cache(maxsize=256)
def played(policy: str, referent: str = "peer", log: str = "good", index: int = 0) -> Document:
    """The record of a whole game in which the custodian is a scripted one, or a reference player."""
    task = made(referent, log)
    world = Generated(task, 5).world(index)

    def custodian(request: Request) -> str:
        return PLAYERS[policy](request) if policy in PLAYERS else scripted(request, policy)

    voices: dict[str, Voice] = {"A": custodian, "B": lambda request: scripted(request, "")}
    episode, _ = play(task, world, "private", voices)
    return record(planned(task, world, "private"), world, episode)
