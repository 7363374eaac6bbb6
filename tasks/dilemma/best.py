"""The best that can be had against a strategy that looks back one round, computed exactly.

Against such an opponent a game is a Markov decision process on the outcome of the last round. How many rounds there are is drawn evenly
from ``shortest`` to ``longest``; who decides knows the round and this law, and not the number. Backward induction over the rounds gives
the best policy (Puterman, Markov Decision Processes, 1994, section 4.5), with the chance to go on as the discount.
"""

from __future__ import annotations

from functools import lru_cache

from tasks.dilemma.strategies import COOPERATE, DEFECT, OUTCOMES, PAYOFFS, Strategy, swapped

Policy = tuple[dict[str | None, str], ...]
"""For each round (from 0) and last outcome, as who decides sees it, what to do."""


def goes_on(done: int, shortest: int, longest: int) -> float:
    """The chance of another round after ``done`` rounds."""
    return 1.0 if done < shortest else (longest - done) / (longest - done + 1)


@lru_cache(maxsize=64)
def best_policy(against: Strategy, shortest: int, longest: int) -> Policy:
    """What gets most in expectation; cooperation where both are worth the same."""
    worth: dict[str | None, float] = dict.fromkeys((None, *OUTCOMES), 0.0)
    policy: list[dict[str | None, str]] = []
    for number in range(longest - 1, -1, -1):
        on = goes_on(number + 1, shortest, longest) if number + 1 < longest else 0.0
        values = {
            last: {move: _expected(against, last, move, [PAYOFFS[o] + on * worth[o] for o in OUTCOMES]) for move in (COOPERATE, DEFECT)}
            for last in (None, *OUTCOMES)
        }
        choice = {last: DEFECT if of[DEFECT] > of[COOPERATE] + 1e-12 else COOPERATE for last, of in values.items()}
        worth = {last: values[last][move] for last, move in choice.items()}
        policy.append(choice)
    return tuple(reversed(policy))


@lru_cache(maxsize=256)
def by_round(against: Strategy, shortest: int, longest: int, rounds: int, chance: float | None = None) -> tuple[float, ...]:
    """What the best policy may expect in each of ``rounds`` rounds; with ``chance``, what one may who cooperates with it every time."""
    policy = best_policy(against, shortest, longest)
    at: dict[str | None, float] = {None: 1.0}
    expected = []
    for number in range(rounds):
        after: dict[str | None, float] = dict.fromkeys(OUTCOMES, 0.0)
        for last, likely in at.items():
            cooperates = chance if chance is not None else float(policy[number][last] == COOPERATE)
            met = against.chance(None if last is None else swapped(last))
            for outcome in OUTCOMES:
                mine = cooperates if outcome[0] == COOPERATE else 1 - cooperates
                after[outcome] += likely * mine * (met if outcome[1] == COOPERATE else 1 - met)
        expected.append(sum(likely * PAYOFFS[str(outcome)] for outcome, likely in after.items()))
        at = after
    return tuple(expected)


def _expected(against: Strategy, last: str | None, move: str, worth: list[float]) -> float:
    """The mean of ``worth`` (one for each outcome) for who makes ``move`` after ``last``."""
    met = against.chance(None if last is None else swapped(last))
    of = dict(zip(OUTCOMES, worth, strict=True))
    return met * of[move + COOPERATE] + (1 - met) * of[move + DEFECT]
