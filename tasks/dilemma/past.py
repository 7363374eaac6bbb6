"""Games of other people that both players have seen: of all kinds of players, or of players who met only their own kind.

The two kinds of past are as long as each other, round for round and in the same words: they differ in nothing but what was played.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.streams import Stream
from tasks.dilemma.strategies import COOPERATE, DEFECT, STRATEGIES, Strategy, swapped

NONE, DIVERSE, SELF = "none", "diverse", "self"
PASTS = (NONE, DIVERSE, SELF)
GAMES, ROUNDS = 6, 12


def past_games(kind: str, draw: Stream, options: Sequence[str], good: str) -> tuple[str, ...]:
    """``GAMES`` games as sentences. ``DIVERSE``: everyone meets somebody of another kind; ``SELF``: everyone meets their like."""
    bad = next(option for option in options if option != good)
    players = draw.sample(tuple(STRATEGIES), GAMES)
    told = []
    for number, name in enumerate(players, 1):
        other = name if kind == SELF else draw.choice([one for one in STRATEGIES if one != name])
        rounds = [
            f"{_named(one[0], good, bad)}/{_named(one[1], good, bad)}" for one in play(STRATEGIES[name], STRATEGIES[other], ROUNDS, draw)
        ]
        told.append(f"An earlier game, number {number} (one player's choice/the other's, round by round): {', '.join(rounds)}.")
    return tuple(told)


def play(one: Strategy, other: Strategy, rounds: int, draw: Stream) -> tuple[str, ...]:
    """The outcomes of ``rounds`` rounds, as ``one`` sees them."""
    outcomes: list[str] = []
    for _ in range(rounds):
        last = outcomes[-1] if outcomes else None
        chances = (one.chance(last), other.chance(last and swapped(last)))
        outcomes.append("".join(COOPERATE if draw.chance(chance) else DEFECT for chance in chances))
    return tuple(outcomes)


def _named(move: str, good: str, bad: str) -> str:
    return good if move == COOPERATE else bad
