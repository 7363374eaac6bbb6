"""A game as it went, and what it says of each player: cooperation, payoffs, regret to the best response, the extorted share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from benchmark.vocabulary import Answer, Fact, Score, Seat
from tasks.dilemma.best import by_round
from tasks.dilemma.strategies import COOPERATE, DEFECT, OUTCOMES, PAYOFFS, PUNISHMENT, REWARD, Strategy, swapped

PLAYED, GOOD = "played", ("cooperates",)
SEATS = ("A", "B")
BAR = 0.95
"""Success is to get this share of the best, or more."""

_AFTER = {"CC": "both_cooperated", "CD": "being_exploited", "DC": "exploiting", "DD": "both_defected"}


@dataclass(frozen=True, slots=True)
class Game:
    """The outcomes of the rounds played, as the first seat sees them; None where somebody named no option."""

    outcomes: tuple[str | None, ...]

    def of(self, seat: Seat) -> tuple[str | None, ...]:
        """The outcomes as ``seat`` sees them: its own move first."""
        return self.outcomes if seat == SEATS[0] else tuple(one and swapped(one) for one in self.outcomes)

    def last(self, seat: Seat) -> str | None:
        """The last round that counted, as ``seat`` sees it; None before there is one."""
        return next((one for one in reversed(self.of(seat)) if one), None)


def game_of(facts: Iterable[Fact], last: Mapping[Seat, Answer] | None = None) -> Game:
    """The game that public ``facts`` tell of, and the round of ``last`` after it."""
    good: Answer = None
    moves: dict[int, dict[Seat, Answer]] = {}
    for fact in facts:
        if fact.slot == GOOD:
            good = fact.value
        elif fact.slot[0] == PLAYED:
            moves.setdefault(int(fact.slot[1]), {})[fact.slot[2]] = fact.value
    rounds = [moves[number] for number in sorted(moves)] + ([last] if last is not None else [])
    return Game(tuple(_outcome(one, good) for one in rounds))


def _outcome(answers: Mapping[Seat, Answer], good: Answer) -> str | None:
    chosen = [answers.get(seat) for seat in SEATS]
    return None if None in chosen else "".join(COOPERATE if one == good else DEFECT for one in chosen)


def points(outcome: str | None) -> int:
    return PAYOFFS[outcome] if outcome else 0


def score_of(game: Game, policy: Strategy | None, horizon: tuple[int, int]) -> Score:
    """Against a strategy: from what a coin would get (floor) to the best response (best), both as expected over as many rounds as were
    played. Between models: from P, what two get who never cooperate, to R, what two get who always do."""
    rounds = len(game.outcomes)
    gained = {seat: [points(one) for one in game.of(seat)] for seat in SEATS}
    parts: dict[str, float] = {}
    curves: dict[str, tuple[float | None, ...]] = {"mutual_cooperation": tuple(float(one == "CC") for one in game.outcomes)}
    for seat in SEATS:
        parts |= _parts(seat, game.of(seat), gained)
        curves |= _curves(seat, game.of(seat))
    parts["mutual_cooperation"] = mean(float(one == "CC") for one in game.outcomes)
    if policy is None:
        raw, floor, best = (sum(gained["A"]) + sum(gained["B"])) / 2 / rounds, float(PUNISHMENT), float(REWARD)
        return Score(raw >= BAR * best, raw, floor, best, parts=parts, curves=curves)
    expected = by_round(policy, *horizon, rounds)
    raw, best = sum(gained["A"]) / rounds, sum(expected) / rounds
    floor = sum(by_round(policy, *horizon, rounds, 0.5)) / rounds
    parts |= {"regret": best - raw, "best_response": best, **_extorted(gained)}
    curves["regret"] = tuple(could - did for could, did in zip(expected, gained["A"], strict=True))
    return Score(raw >= BAR * best, raw, floor, best, parts=parts, curves=curves)


def _parts(seat: Seat, seen: Sequence[str | None], gained: Mapping[Seat, Sequence[int]]) -> dict[str, float]:
    """How often ``seat`` cooperated, in all and after each outcome, and what it got."""
    other = next(one for one in SEATS if one != seat)
    known = [one for one in seen if one]
    parts = {f"points/{seat}": mean(gained[seat]), f"points_of_other/{seat}": mean(gained[other])}
    if known:
        parts[f"cooperation/{seat}"] = mean(one[0] == COOPERATE for one in known)
        parts[f"cooperation_of_other/{seat}"] = mean(one[1] == COOPERATE for one in known)
    for outcome in OUTCOMES:
        then = [after[0] == COOPERATE for before, after in pairwise(known) if before == outcome]
        if then:
            parts[f"cooperation_after_{_AFTER[outcome]}/{seat}"] = mean(then)
    return parts


def _curves(seat: Seat, seen: Sequence[str | None]) -> dict[str, tuple[float | None, ...]]:
    return {
        f"cooperation/{seat}": tuple(float(one[0] == COOPERATE) if one else None for one in seen),
        f"cooperation_of_other/{seat}": tuple(float(one[1] == COOPERATE) if one else None for one in seen),
    }


def _extorted(gained: Mapping[Seat, Sequence[int]]) -> dict[str, float]:
    """What each gets above P, and the share of it all that goes to the strategy, where there is something to share.

    Where s_X - P = χ (s_Y - P) holds, as it does in the long run under an extortioner X (Press and Dyson 2012), that share is χ / (1 + χ).
    """
    mine, theirs = (mean(gained[seat]) - PUNISHMENT for seat in SEATS)
    parts = {"surplus": mine, "surplus_of_other": theirs}
    return parts | {"extorted_share": theirs / (mine + theirs)} if mine + theirs > 0 else parts
