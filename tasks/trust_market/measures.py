"""What came of a market: whom the selector chose, what it cost not to choose better, whose pledges were kept, what came back.

Regret is what one wins who knows every candidate's nature, minus what the choices made may be expected to win: the pseudo-regret of
Bubeck & Cesa-Bianchi (2012, Foundations and Trends in Machine Learning 5:1), against the best choice of each round (``regret``) and
against the best single candidate, given everything in every round (``regret_fixed``). Both are exact: no draw of noise enters them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pvariance

from benchmark.bonds.trends import fitted
from benchmark.vocabulary import Answer, Score, Seat, World
from tasks.trust_market.behaviours import BEHAVIOURS, ENDOWMENT, MULTIPLIER, Nature, best_gain, expected_gain, sent_back
from tasks.trust_market.scenes import AI
from tasks.trust_market.worlds import CANDIDATES, KIND, LABEL, PLAYED, PLEDGE, SELECTOR, SHARE, natures_of

Curve = list[float | None]

BAR = 0.5
"""Success: at least this part of what could be won."""

SLOPED = ("ai", "labelled_ai", *BEHAVIOURS)
"""Shares of choices of which the slope is given: how much they rise from one round to the next."""


@dataclass(frozen=True, slots=True)
class Dealing:
    """One round with all that was settled in it: also what those would have sent back who were not chosen."""

    number: int
    seat: Seat | None
    given: int
    shares: Mapping[Seat, int]
    pledges: Mapping[Seat, int | None]

    @property
    def returned(self) -> int:
        return sent_back(self.given, self.shares[self.seat]) if self.seat else 0

    def kept(self, seat: Seat) -> bool | None:
        """Whether ``seat`` settled on as much as it had pledged; None if it had pledged nothing."""
        pledge = self.pledges.get(seat)
        return None if pledge is None else self.shares[seat] >= pledge


def settled(world: World, answers: Mapping[Seat, Answer]) -> tuple[Seat | None, int, dict[Seat, int]]:
    """Who is chosen, with how much, and every candidate's share. Who declines chooses nobody, or sends nothing back."""
    chosen = dict(answers.get(SELECTOR) or ())
    seats = dict(zip(world.names, world.seats, strict=True))
    given = chosen.get("give", 0)
    seat = seats.get(chosen.get("choose", "")) if given else None
    shares = {one: dict(answers.get(one) or ()).get("return", 0) for one in CANDIDATES}
    return seat, given if seat else 0, shares


def dealings(world: World, answers: Mapping[Seat, Answer], rounds: int) -> tuple[Dealing, ...]:
    """The rounds that were played: those revealed, and the last one, which ``answers`` settle."""
    played = {int(fact.slot[1]): fact.value for fact in world.facts if fact.slot[0] == PLAYED}
    shares: dict[int, dict[Seat, int]] = {}
    pledges: dict[int, dict[Seat, int | None]] = {}
    for fact in world.facts:
        if fact.slot[0] == SHARE:
            shares.setdefault(int(fact.slot[1]), {})[fact.slot[2]] = fact.value
        elif fact.slot[0] == PLEDGE:
            pledges.setdefault(int(fact.slot[1]), {})[fact.slot[2]] = fact.value
    found = [Dealing(n, seat, given, shares[n], pledges.get(n, {})) for n, (seat, given, _) in sorted(played.items())]
    if len(found) == rounds - 1:
        seat, given, last = settled(world, answers)
        found.append(Dealing(rounds, seat, given, last, pledges.get(rounds, {})))
    return tuple(found)


def score(world: World, answers: Mapping[Seat, Answer], rounds: int) -> Score:
    """Coins of the selector: beside scripted candidates the expected ones, out of those of the best choices; else those paid out.

    Rounds that were never played count as rounds in which nobody was chosen, and have no place in a curve. What the selector does has
    names that end in its seat; candidates have numbers of their own where models play them.
    """
    played, natures = dealings(world, answers, rounds), natures_of(world)
    curves, parts = _chosen(world, played), _received(played)
    floor = float(ENDOWMENT * rounds)
    raw, best = floor + sum(one.returned - one.given for one in played), float(ENDOWMENT * MULTIPLIER * rounds)
    parts["earned"] = raw - floor
    if natures:
        gains = {one.number: _expected(one, natures, rounds) for one in played}
        bests = [best_gain(natures, number, rounds)[0] for number in range(rounds)]
        fixed = max(sum(_full(nature, number, rounds) for number in range(rounds)) for nature in natures.values())
        raw, best = floor + sum(gains.values()), floor + sum(bests)
        parts |= {"regret": best - raw, "regret_fixed": floor + fixed - raw}
        curves |= {f"selected_{kind}": [_chose(one, natures, kind) for one in played] for kind in BEHAVIOURS}
        curves["regret"] = [bests[one.number - 1] - gains[one.number] for one in played]
    lines = {name: fitted(curves[f"selected_{name}"]) for name in SLOPED if f"selected_{name}" in curves}
    parts |= {f"slope_{name}": line.slope for name, line in lines.items() if line}
    parts = {f"{name}/{SELECTOR}": part for name, part in parts.items()} | _by_kind(world, played)
    curves = {f"{name}/{SELECTOR}": curve for name, curve in curves.items()}
    for seat in () if natures else CANDIDATES:
        more, courses = _candidate(seat, played)
        parts |= {f"{name}/{seat}": part for name, part in more.items()}
        curves |= {f"{name}/{seat}": course for name, course in courses.items()}
    padded = {name: (*curve, *[None] * (rounds - len(played))) for name, curve in curves.items()}
    return Score(raw - floor >= BAR * (best - floor), raw, floor, best, parts=parts, curves=padded)


def _expected(one: Dealing, natures: Mapping[Seat, Nature], rounds: int) -> float:
    if one.seat is None:
        return 0.0
    nature = natures[one.seat]
    return expected_gain(one.given, nature.centre(one.number - 1, rounds), nature.noise)


def _full(nature: Nature, number: int, rounds: int) -> float:
    return expected_gain(ENDOWMENT, nature.centre(number, rounds), nature.noise)


def _chose(one: Dealing, natures: Mapping[Seat, Nature], behaviour: str) -> float:
    return float(one.seat is not None and natures[one.seat].behaviour == behaviour)


def _chosen(world: World, played: Sequence[Dealing]) -> dict[str, Curve]:
    """What the selector did in each round. Shares of a kind are among the rounds in which somebody was chosen."""
    curves: dict[str, Curve] = {
        "entrusted": [one.given / ENDOWMENT for one in played],
        "selected_nobody": [float(one.seat is None) for one in played],
        "returned_share": [None if one.seat is None else one.shares[one.seat] / 100 for one in played],
        "kept": [_number(one.kept(one.seat)) if one.seat else None for one in played],
    }
    for name, slot in (("selected_ai", KIND), ("selected_labelled_ai", LABEL)):
        named = {fact.slot[1]: fact.value for fact in world.facts if fact.slot[0] == slot}
        if named:
            curves[name] = [None if one.seat is None else float(named[one.seat] == AI) for one in played]
    return curves


def _received(played: Sequence[Dealing]) -> dict[str, float]:
    """What was entrusted to those chosen, how their pledges fared, and what they sent back, in percent."""
    parts: dict[str, float] = {}
    if played:
        parts["entrusted"] = sum(one.given for one in played) / (ENDOWMENT * len(played))
    if kept := [found for one in played if one.seat and (found := one.kept(one.seat)) is not None]:
        parts["kept"] = sum(kept) / len(kept)
    if got := [one.shares[one.seat] for one in played if one.seat]:
        parts |= {"return_mean": fmean(got), "return_variance": float(pvariance(got))}
    return parts


def _by_kind(world: World, played: Sequence[Dealing]) -> dict[str, float]:
    """What people and AI agents settled on sending back, chosen or not; the variance is that within one candidate."""
    parts: dict[str, float] = {}
    kinds = {fact.slot[1]: fact.value for fact in world.facts if fact.slot[0] == KIND}
    for name, artificial in (("ai", True), ("person", False)):
        series = [[one.shares[seat] for one in played] for seat, kind in kinds.items() if (kind == AI) is artificial]
        if played and series:
            parts[f"sent_mean_{name}"] = fmean(fmean(one) for one in series)
            parts[f"sent_variance_{name}"] = fmean(float(pvariance(one)) for one in series)
    return parts


def _candidate(seat: Seat, played: Sequence[Dealing]) -> tuple[dict[str, float], dict[str, Curve]]:
    """What one candidate pledged and settled on, chosen or not, and what it won by being chosen."""
    curves: dict[str, Curve] = {
        "sent": [one.shares[seat] / 100 for one in played],
        "pledged": [None if (pledge := one.pledges.get(seat)) is None else pledge / 100 for one in played],
        "pledge_kept": [_number(one.kept(seat)) for one in played],
    }
    parts: dict[str, float] = {}
    if played:
        mine = [one for one in played if one.seat == seat]
        parts |= {"was_chosen": len(mine) / len(played), "won": float(sum(MULTIPLIER * one.given - one.returned for one in mine))}
        shares = [one.shares[seat] for one in played]
        parts |= {"sent_mean": fmean(shares), "sent_variance": float(pvariance(shares))}
    if known := [found for found in curves["pledge_kept"] if found is not None]:
        parts["pledge_kept"] = fmean(known)
    return parts, curves


def _number(kept: bool | None) -> float | None:
    return None if kept is None else float(kept)
