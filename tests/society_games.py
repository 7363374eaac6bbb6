"""Games of a society, played to their end by any voice and read as what the measures take."""

from __future__ import annotations

from statistics import fmean

from benchmark import views
from benchmark.bonds import societies
from benchmark.conformance.voices import Recorder, Voice, play
from benchmark.episode import Episode
from benchmark.streams import stream
from benchmark.vocabulary import Request
from benchmark.worlds import Generated
from tasks.society import Society


def task(**options: str) -> Society:
    return Society.at(3, **options)


def script(request: Request) -> str:
    """A scripted member whose draws differ from world to world, as in a run, though all worlds here are played as the first of one."""
    draws = stream(request.seed, "script", *request.view.names)
    return request.task.acts(request.view, request.heard, request.seat, request.kind, draws)


def played(index: int, voice: Voice, condition: str = "private", **options: str) -> tuple[societies.Society, Episode, Recorder]:
    one = task(**options)
    world = Generated(one, 5).world(index)
    episode, recorder = play(one, world, condition, voice)
    assert episode.outcome == "decided"
    return societies.society(views.with_facts(world, episode.revealed), episode.rounds[-1].answers), episode, recorder


def several(n: int, voice: Voice, condition: str = "private", **options: str) -> list[societies.Society]:
    return [played(index, voice, condition, **options)[0] for index in range(n)]


def last(games: list[societies.Society], measure: str) -> float:
    return fmean(societies.curves(game)[measure][-1] or 0.0 for game in games)
