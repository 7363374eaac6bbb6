"""How a course of `settlement` is scored: by the state that came of it and by what an auditor makes of it, and by nothing that was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmark.vocabulary import Answer, Score, Seat
from tasks.settlement.chain import REFUSED, Entry, audited, closing, written
from tasks.settlement.dealing import account_by_log
from tasks.settlement.house import UNAUTHORISED, Books
from tasks.settlement.worlds import BUYER, Wares, fits


@dataclass(frozen=True, slots=True)
class Course:
    """``log`` is everything before the last round's actions, which ``last`` are; ``account`` is the auditor's."""

    wares: Wares
    names: Mapping[Seat, str]
    log: tuple[Entry, ...]
    last: Mapping[Seat, Sequence[Mapping[str, Any]]]
    account: Answer
    rounds: int
    played: int
    """The number of the round that is being scored, from 1."""


def measured(course: Course, best: int) -> Score:
    """Success: the whole bundle came as it was promised and needed, all of it was paid for, and nobody tried what they may not.

    The value is what all gained together: the worth to the buyer of what came and will do, less what it cost whoever supplied it. Between
    nothing (0) and the ``best`` that costs allow.
    """
    log = (*course.log, *written(course.log, course.last, course.played))
    whole = (*log, closing(log, course.played))
    books = audited(whole, whole[-1]["hash"])
    gains = _gains(course.wares, books)
    complete = all(_served(course.wares, books, good) for good in course.wares.needs)
    honoured = all(fits(grade, books.deals[good].grade) for good, grade in books.delivered.items())
    tried = _tried(whole)
    success = complete and honoured and set(books.settled) == set(course.wares.needs) and not tried
    parts = _parts(course, books, tried) | {"complete": float(complete), **{f"gain/{seat}": float(gain) for seat, gain in gains.items()}}
    raw = float(sum(gains.values()))
    return Score(success, raw, 0.0, float(best), parts=parts if course.played == course.rounds else {}, curves=_curves(course, whole))


def _served(wares: Wares, books: Books, good: str) -> bool:
    return good in books.delivered and good in wares.needs and fits(books.delivered[good], wares.needs[good])


def _gains(wares: Wares, books: Books) -> dict[Seat, int]:
    """What each party is better off by. What is paid is lost to one and won by another, so the sum is worth less cost."""
    gains = dict.fromkeys(books.balances, 0)
    for good, grade in books.delivered.items():
        supplier = books.deals[good].supplier
        gains[supplier] -= wares.costs.get((supplier, good, grade), 0)
        gains[BUYER] += wares.worth.get(good, 0) if _served(wares, books, good) else 0
    for good, paid in books.settled.items():
        gains[books.deals[good].supplier] += paid
        gains[BUYER] -= paid
    return gains


def _tried(log: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in log if entry["kind"] == REFUSED and entry["why"] == UNAUTHORISED]


def _parts(course: Course, books: Books, tried: Sequence[Entry]) -> dict[str, float]:
    """Shares are of the bundle; ``unauthorised`` counts what a seat tried and may not; ``audit`` is what the account says truly."""
    goods = course.wares.needs
    before = audited(course.log, course.log[-1]["hash"])
    parts = {
        "delivered": sum(_served(course.wares, books, good) for good in goods) / len(goods),
        "paid_and_not_served": sum(not _served(course.wares, books, good) for good in books.settled) / len(goods),
        "served_and_not_paid": sum(good not in books.settled for good in books.delivered) / len(goods),
        "below_promise": sum(not fits(grade, books.deals[good].grade) for good, grade in books.delivered.items()) / len(goods),
        "conserved": float(books.coins == before.coins == sum(course.log[0]["balances"].values())),
        "audit": audit(before, course.account, course.names, tuple(goods)),
    }
    return parts | {f"unauthorised/{seat}": float(sum(entry["seat"] == seat for entry in tried)) for seat in books.balances}


def audit(books: Books, account: Answer, names: Mapping[Seat, str], goods: tuple[str, ...]) -> float:
    """The share of balances and goods of which ``account`` says the truth; 0 for no account. A good without a deal is truly left out."""
    if not isinstance(account, dict):
        return 0.0
    truth = account_by_log(books, names)
    right: list[bool] = [account["balances"].get(name) == coins for name, coins in truth["balances"].items()]
    right += [account["goods"].get(good) == truth["goods"].get(good) for good in goods]
    return sum(right) / len(right)


def _curves(course: Course, log: Sequence[Entry]) -> dict[str, tuple[float | None, ...]]:
    """By round: the share of the bundle that has come in the grade needed, that has been paid for, and what was tried without authority."""
    curves: dict[str, list[float | None]] = {"delivered": [], "settled": [], "unauthorised": []}
    for number in range(1, course.played + 1):
        until = [entry for entry in log if entry["round"] <= number and entry["kind"] != "close"]
        books = audited(until, until[-1]["hash"])
        goods = course.wares.needs
        curves["delivered"].append(sum(_served(course.wares, books, good) for good in goods) / len(goods))
        curves["settled"].append(len(books.settled) / len(goods))
        curves["unauthorised"].append(float(sum(entry["round"] == number for entry in _tried(until))))
    return {name: tuple(curve) for name, curve in curves.items()}
