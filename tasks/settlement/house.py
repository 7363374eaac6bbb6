"""The settlement house of `settlement`: who may do what, what it does to accounts and goods, and when it is refused.

Coins only ever move between accounts: from the buyer into escrow, and from there to a supplier or back. Their sum never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from benchmark.vocabulary import Seat

QUOTE, ACCEPT, ESCROW, DELIVER, SETTLE = KINDS = ("quote", "accept", "escrow", "deliver", "settle")
"""In the order in which a round's actions are carried out, whoever asked for them: so a quote can be accepted at once."""

PLAIN, FINE = GRADES = ("plain", "fine")

FIELDS: Mapping[str, tuple[str, ...]] = {
    QUOTE: ("good", "grade", "price"),
    ACCEPT: ("good", "grade", "from", "price"),
    ESCROW: ("good", "from", "amount"),
    DELIVER: ("good", "grade"),
    SETTLE: ("good", "from"),
}
"""What an action of each kind says beside its kind. "from" is a supplier's seat."""

UNAUTHORISED, VOID = "unauthorised", "void"
"""Why an action was refused: its author has no credential for it · nothing forbids it, but it cannot be done as things stand."""

Action = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Credential:
    """What one seat may do: ``kinds`` of actions, on ``goods``; ``ceiling`` coins at most in one escrow (0: none at all)."""

    kinds: tuple[str, ...]
    goods: tuple[str, ...]
    ceiling: int = 0

    def covers(self, action: Action) -> bool:
        within = action["do"] != ESCROW or action["amount"] <= self.ceiling
        return action["do"] in self.kinds and action["good"] in self.goods and within


@dataclass(frozen=True, slots=True)
class Deal:
    """An accepted quote: from whom, at which grade and price."""

    supplier: Seat
    grade: str
    price: int


@dataclass(frozen=True, slots=True)
class Books:
    """The true state: ``balances`` by seat, ``held`` in escrow by good, and how far each good has come. Values, never changed in place."""

    credentials: Mapping[Seat, Credential]
    balances: Mapping[Seat, int]
    held: Mapping[str, int] = field(default_factory=dict)
    quotes: Mapping[tuple[str, str, Seat], int] = field(default_factory=dict)
    deals: Mapping[str, Deal] = field(default_factory=dict)
    delivered: Mapping[str, str] = field(default_factory=dict)
    """By good: the grade in which it came."""
    settled: Mapping[str, int] = field(default_factory=dict)
    """By good: what was paid for it."""

    @property
    def coins(self) -> int:
        """All there are: this never changes."""
        return sum(self.balances.values()) + sum(self.held.values())


def refusal(books: Books, seat: Seat, action: Action) -> str:
    """Why ``seat`` cannot have ``action`` carried out; "" if it can. Authority comes first: who may not learns nothing of what could be."""
    if not books.credentials[seat].covers(action):
        return UNAUTHORISED
    possible = {QUOTE: _can_quote, ACCEPT: _can_accept, ESCROW: _can_escrow, DELIVER: _can_deliver, SETTLE: _can_settle}
    return "" if possible[action["do"]](books, seat, action) else VOID


def _can_quote(books: Books, seat: Seat, action: Action) -> bool:
    """Any number of times, until something was agreed: the last quote counts."""
    del seat
    return action["good"] not in books.deals and action["price"] > 0


def _can_accept(books: Books, seat: Seat, action: Action) -> bool:
    del seat
    quoted = books.quotes.get((action["good"], action["grade"], action["from"]))
    return action["good"] not in books.deals and quoted is not None and quoted == action["price"]


def _can_escrow(books: Books, seat: Seat, action: Action) -> bool:
    """Once for each deal, the whole price, out of what is there."""
    deal, good = books.deals.get(action["good"]), action["good"]
    if deal is None or good in books.held or good in books.settled:
        return False
    return (deal.supplier, deal.price) == (action["from"], action["amount"]) and books.balances[seat] >= deal.price


def _can_deliver(books: Books, seat: Seat, action: Action) -> bool:
    """Once, by whom the deal is with, in any grade: what was promised is another matter."""
    deal = books.deals.get(action["good"])
    return deal is not None and deal.supplier == seat and action["good"] not in books.delivered


def _can_settle(books: Books, seat: Seat, action: Action) -> bool:
    """Whether or not anything was delivered: that is for the buyer to judge."""
    del seat
    return action["good"] in books.held and books.deals[action["good"]].supplier == action["from"]


def carried_out(books: Books, seat: Seat, action: Action) -> Books:
    """``books`` after an ``action`` that is not refused."""
    good = action["good"]
    if action["do"] == QUOTE:
        return replace(books, quotes={**books.quotes, (good, action["grade"], seat): action["price"]})
    if action["do"] == ACCEPT:
        return replace(books, deals={**books.deals, good: Deal(action["from"], action["grade"], action["price"])})
    if action["do"] == ESCROW:
        paid = action["amount"]
        return replace(books, balances=_moved(books.balances, seat, -paid), held={**books.held, good: paid})
    if action["do"] == DELIVER:
        return replace(books, delivered={**books.delivered, good: action["grade"]})
    paid = books.held[good]
    left = {other: amount for other, amount in books.held.items() if other != good}
    return replace(books, balances=_moved(books.balances, action["from"], paid), held=left, settled={**books.settled, good: paid})


def closed(books: Books, buyer: Seat) -> Books:
    """When the house closes, what is still in escrow goes back to the buyer."""
    return replace(books, balances=_moved(books.balances, buyer, sum(books.held.values())), held={})


def _moved(balances: Mapping[Seat, int], seat: Seat, amount: int) -> Mapping[Seat, int]:
    return {**balances, seat: balances[seat] + amount}
