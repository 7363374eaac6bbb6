"""The best that can be had against a strategy that looks back one round, computed exactly, and what each choice gave up of it.

Against such an opponent a game is a Markov decision process on the outcome of the last round. How many rounds there are is drawn evenly
from ``shortest`` to ``longest``; who decides knows the round and this law, and not the number. Backward induction over the rounds gives
the best policy (Puterman, Markov Decision Processes, 1994, section 4.5), with the chance to go on as the discount.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tasks.dilemma.strategies import COOPERATE, DEFECT, OUTCOMES, PAYOFFS, Strategy, swapped

Last = str | None
"""The outcome of the last round, as who decides sees it; None before the first."""

Worths = tuple[dict[Last, dict[str, float]], ...]
"""For each round (from 0) and last outcome, what either move is worth to who does what is best from there on."""


def goes_on(done: int, shortest: int, longest: int) -> float:
    """The chance of another round after ``done`` rounds."""
    return 1.0 if done < shortest else (longest - done) / (longest - done + 1)


@lru_cache(maxsize=64)
def worths(against: Strategy, shortest: int, longest: int) -> Worths:
    """Points still to be expected in each round by either move, the best policy followed after it."""
    later: dict[Last, float] = dict.fromkeys((None, *OUTCOMES), 0.0)
    found: list[dict[Last, dict[str, float]]] = []
    for number in range(longest - 1, -1, -1):
        on = goes_on(number + 1, shortest, longest)
        gains = [PAYOFFS[outcome] + on * later[outcome] for outcome in OUTCOMES]
        found.append({last: {move: _expected(against, last, move, gains) for move in (COOPERATE, DEFECT)} for last in (None, *OUTCOMES)})
        later = {last: max(of.values()) for last, of in found[-1].items()}
    return tuple(reversed(found))


def best_move(of: dict[str, float]) -> str:
    """Cooperation where both are worth the same."""
    return DEFECT if of[DEFECT] > of[COOPERATE] + 1e-12 else COOPERATE


@lru_cache(maxsize=256)
def by_round(against: Strategy, shortest: int, longest: int, rounds: int, chance: float | None = None) -> tuple[float, ...]:
    """What the best policy may expect in each of ``rounds`` rounds; with ``chance``, what one may who cooperates with it every time."""
    worth = worths(against, shortest, longest)
    at: dict[Last, float] = {None: 1.0}
    expected = []
    for number in range(rounds):
        after: dict[Last, float] = dict.fromkeys(OUTCOMES, 0.0)
        for last, likely in at.items():
            cooperates = chance if chance is not None else float(best_move(worth[number][last]) == COOPERATE)
            met = against.chance(None if last is None else swapped(last))
            for outcome in OUTCOMES:
                mine = cooperates if outcome[0] == COOPERATE else 1 - cooperates
                after[outcome] += likely * mine * (met if outcome[1] == COOPERATE else 1 - met)
        expected.append(sum(likely * PAYOFFS[str(outcome)] for outcome, likely in after.items()))
        at = after
    return tuple(expected)


def given_up(against: Strategy, shortest: int, longest: int, outcomes: Sequence[Last]) -> tuple[float, ...]:
    """What the choice in each round of a game gave up of what was still to be had: 0 for the best move.

    Over many games their sum is as much as the best policy's points have over those that were won: the performance difference lemma
    (Kakade and Langford, "Approximately optimal approximate reinforcement learning", ICML 2002, lemma 6.1). The luck of the other's
    lots is not in it. An outcome of None is a round in which nothing was chosen: it brings nothing, and the next one is as this one was.
    """
    worth = worths(against, shortest, longest)
    last: Last = None
    found = []
    for number, outcome in enumerate(outcomes):
        best = max(worth[number][last].values())
        if outcome is None:
            on = goes_on(number + 1, shortest, longest)
            chosen = on * max(worth[number + 1][last].values()) if on else 0.0
        else:
            chosen = worth[number][last][outcome[0]]
            last = outcome
        found.append(best - chosen)
    return tuple(found)


def _expected(against: Strategy, last: Last, move: str, gains: list[float]) -> float:
    """The mean of ``gains`` (one for each outcome) for who makes ``move`` after ``last``."""
    met = against.chance(None if last is None else swapped(last))
    of = dict(zip(OUTCOMES, gains, strict=True))
    return met * of[move + COOPERATE] + (1 - met) * of[move + DEFECT]
