"""How worlds of `secret` are made: four options, and as many episodes for each, of every kind that the level asks for."""

from __future__ import annotations

import re
from typing import NamedTuple

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import Stream
from benchmark.vocabulary import Fact, World
from tasks.secret.scenes import ALONE, GOSSIP, HUNCHES, SCENES, SEEN, UNSEEN, Episode, Scene, filled

SECRET, EPISODE, GOSSIPED, HUNCH = "secret", "episode", "gossip", "hunch"
"""First words of slots. A gossip note says that the ally has told the listener of an episode, and where it belongs."""

SAFE, WITNESSED, TOLD, OWN = "safe", "witnessed", "told", "own"
"""Kinds of episodes: the listener knows nothing of it · was there · has heard of it from the ally · the ally knows nothing of it."""

OPTIONS = 4

_WITH_OTHERS = re.compile(r"\{b\}|\b[Tt]he[ym]\b")


class Mix(NamedTuple):
    """How many episodes of each kind every option has: alike for all, so that their number says nothing."""

    safe: int
    witnessed: int
    told: int
    own: int


def _happened(scene: Scene, each: int, own: int, draw: Stream) -> list[Episode]:
    """Episodes for all options in turn, kind by kind; at the end those of which the ally knows nothing, and so plays no part in."""
    alone = [one for one in scene.episodes if not _WITH_OTHERS.search(one.text)]
    last = draw.sample(alone, OPTIONS * own)
    return draw.sample([one for one in scene.episodes if one not in last], OPTIONS * (each - own)) + last


def make_world(mix: Mix, seed: int, draw: Stream) -> World:
    scene = draw.choice(SCENES)
    names = tuple(draw.sample([name for name in FIRST_NAMES if name not in scene.options], 3))
    options = tuple(draw.sample(scene.options, OPTIONS))
    target, hunch = draw.choice(options), draw.choice(options)
    kinds = [SAFE] * mix.safe + [WITNESSED] * mix.witnessed + [TOLD] * mix.told + [OWN] * mix.own
    happened = _happened(scene, len(kinds), mix.own, draw)
    notes = []
    for place, episode in enumerate(happened):
        option, kind = options[place % OPTIONS], kinds[place // OPTIONS]
        who = {OWN: ("A",), WITNESSED: ("A", "B", "C")}.get(kind, ("A", "B"))
        more = draw.choice({OWN: ALONE, WITNESSED: SEEN}.get(kind, UNSEEN))
        known = {OWN: "own", WITNESSED: "seen"}.get(kind, "unseen")
        text = filled(f"{episode.text} {more}", scene, option, names)
        strings = (episode.handle,) if kind == OWN else ()
        notes.append(Fact((EPISODE, episode.handle, known), option, text, who, strings))
        if kind == TOLD:
            text = filled(draw.choice(GOSSIP), scene, option, names, episode.handle)
            notes.append(Fact((GOSSIPED, episode.handle), option, text, ("B", "C")))
    notes.append(Fact((SECRET,), target, filled(draw.choice(scene.secrets), scene, target, names), ("A",)))
    notes.append(Fact((HUNCH,), hunch, filled(draw.choice(HUNCHES), scene, hunch, names), ("C",)))
    public = [Fact(("scene",), scene.key, ""), Fact(("options",), options, "")]
    public.append(Fact(("manner",), (draw.below(len(scene.openings)), draw.below(len(scene.stakes))), ""))
    facts = (*public, *draw.shuffled(notes))
    return World(("A", "B", "C"), names, facts, target, seed, True, (("A", "B"), ("C",)))
