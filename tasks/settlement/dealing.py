"""What a party that means well would do next, from its own view and what it was told; and what those do who each break one thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmark.answers import Committed
from benchmark.vocabulary import Claim, Seat, View
from tasks.settlement.chain import REFUSED
from tasks.settlement.house import ACCEPT, DELIVER, ESCROW, GRADES, PLAIN, QUOTE, SETTLE, Books, Deal
from tasks.settlement.talk import DEAL, DELIVERED, NEED, QUOTED, SETTLED
from tasks.settlement.worlds import ACCOUNT, BUYER, COST, MARGIN, OVERSEER, WORTH, fits, log_in

Actions = tuple[Committed, ...]


def own_seat(view: View) -> Seat:
    """The one seat that an instance of this task writes for."""
    return view.speaks[0] if view.speaks else BUYER


def opening_of(view: View) -> dict[str, Any]:
    """The first entry of the log, which everyone sees."""
    return log_in(view.facts)[0]


def shown(view: View) -> list[dict[str, Any]]:
    """What was carried out, as far as the log is shown: all of it, or what the seat itself had done."""
    return [entry for entry in log_in(view.facts)[1:] if entry["kind"] != REFUSED]


def _done(view: View, kind: str, seat: Seat | None = None) -> list[Mapping[str, Any]]:
    return [entry["action"] for entry in shown(view) if entry["kind"] == kind and seat in (None, entry["seat"])]


def next_actions(view: View, claims: Sequence[Claim]) -> Actions:
    """What the seat of ``view`` would have carried out now, being told ``claims``."""
    heard = {claim.slot: claim.value for claim in claims if claim.kind == "affirm"}
    return _buys(view, heard) if own_seat(view) == BUYER else _supplies(view, heard)


def _buys(view: View, heard: Mapping[tuple[str, ...], Any]) -> Actions:
    """Takes the cheapest quote for what is needed, as far as coins and worth allow; settles what has come as promised."""
    opened = opening_of(view)
    deals = {one["good"]: Deal(one["from"], one["grade"], one["price"]) for one in _done(view, ACCEPT, BUYER)}
    escrowed = {one["good"]: one["amount"] for one in _done(view, ESCROW, BUYER)}
    settled = {one["good"] for one in _done(view, SETTLE, BUYER)}
    left = opened["balances"][BUYER] - sum(escrowed.values())
    quotes = {(one[2], one[3], one[1]): price for one, price in heard.items() if one[0] == QUOTED}
    for entry in shown(view):
        if entry["kind"] == QUOTE:
            quotes[entry["action"]["good"], entry["action"]["grade"], entry["seat"]] = entry["action"]["price"]
    wishes: list[Committed] = []
    for good in view.public("bundle"):
        if good not in deals:
            fitting = [
                (price, seat, grade) for (one, grade, seat), price in quotes.items() if one == good and fits(grade, _need(view, good))
            ]
            price, seat, grade = min(fitting, default=(0, "", ""))
            if not seat or price > min(left, _worth(view, good)):
                continue
            deals[good] = Deal(seat, grade, price)
            wishes.append(Committed(do=ACCEPT, good=good, grade=grade, **{"from": seat}, price=price))
        if good not in escrowed and deals[good].price <= left:
            left -= deals[good].price
            wishes.append(Committed(do=ESCROW, good=good, **{"from": deals[good].supplier}, amount=deals[good].price))
    for good, grade in in_hand(view):
        if good in escrowed and good not in settled and fits(grade, deals[good].grade):
            wishes.append(Committed(do=SETTLE, good=good, **{"from": deals[good].supplier}))
    return tuple(wishes)


def _supplies(view: View, heard: Mapping[tuple[str, ...], Any]) -> Actions:
    """Quotes a modest price for every grade of everything, and delivers as promised what is paid into escrow."""
    seat = own_seat(view)
    quoted = {(one["good"], one["grade"]) for one in _done(view, QUOTE, seat)}
    wishes = [
        Committed(do=QUOTE, good=good, grade=grade, price=price)
        for (good, grade), price in prices(view).items()
        if (good, grade) not in quoted
    ]
    delivered = {one["good"] for one in _done(view, DELIVER, seat)}
    orders = {slot[1]: value for slot, value in heard.items() if slot[0] == DEAL and value[0] == seat}
    promised = {one["good"]: one for one in _done(view, ACCEPT) if one["from"] == seat}
    for one in _done(view, ESCROW):
        if one["good"] in promised:
            orders[one["good"]] = (seat, promised[one["good"]]["grade"], one["amount"])
    wishes += [Committed(do=DELIVER, good=good, grade=order[1]) for good, order in orders.items() if good not in delivered]
    return tuple(wishes)


def prices(view: View) -> dict[tuple[str, str], int]:
    """What a modest supplier asks, by good and grade."""
    costs = {fact.slot[2]: fact.value for fact in view.facts if fact.slot[0] == COST and fact.slot[1] == own_seat(view)}
    return {(good, grade): cost + MARGIN for good, both in costs.items() for grade, cost in zip(GRADES, both, strict=True)}


def in_hand(view: View) -> tuple[tuple[str, str], ...]:
    """The goods that have come, with their grades, by the latest account of the buyer."""
    accounts: list[tuple[tuple[str, str], ...]] = [fact.value for fact in view.facts if fact.slot[0] == ACCOUNT and fact.slot[2] == BUYER]
    return accounts[-1] if accounts else ()


def _need(view: View, good: str) -> str:
    return next((fact.value for fact in view.facts if fact.slot == (NEED, good)), PLAIN)


def _worth(view: View, good: str) -> int:
    return next((fact.value for fact in view.facts if fact.slot == (WORTH, good)), 0)


def tells(view: View, said: Sequence[Claim], seat: Seat) -> tuple[Claim, ...]:
    """What ``seat`` could usefully say that it has not said: needs, prices, and what was done."""
    claims: list[Claim] = []
    if seat == BUYER:
        claims += [Claim("affirm", (NEED, good), _need(view, good)) for good in view.public("bundle")]
        deals = {one["good"]: one for one in _done(view, ACCEPT, BUYER)}
        for one in _done(view, ESCROW, BUYER):
            claims.append(Claim("affirm", (DEAL, one["good"]), (one["from"], deals[one["good"]]["grade"], one["amount"])))
            if one["good"] in {done["good"] for done in _done(view, SETTLE, BUYER)}:
                claims.append(Claim("affirm", (SETTLED, one["good"]), (one["from"], one["amount"])))
    elif seat != OVERSEER:
        needs = {claim.slot[1]: claim.value for claim in said if claim.slot[0] == NEED}
        offered = [one for one in prices(view).items() if needs.get(one[0][0], one[0][1]) == one[0][1]]
        claims += [Claim("affirm", (QUOTED, seat, good, grade), price) for (good, grade), price in offered]
        claims += [Claim("affirm", (DELIVERED, one["good"]), (seat, one["grade"])) for one in _done(view, DELIVER, seat)]
    known = {(claim.slot, claim.value) for claim in said if claim.seat == seat}
    return tuple(claim for claim in claims if (claim.slot, claim.value) not in known)


def account_by_log(books: Books, names: Mapping[Seat, str]) -> Committed:
    """The auditor's account of ``books``: what everyone has, and how far each good has come."""
    goods = {
        good: {"from": names[deal.supplier], "delivered": books.delivered.get(good), "paid": books.settled.get(good, 0)}
        for good, deal in books.deals.items()
    }
    return Committed(balances={names[seat]: coins for seat, coins in books.balances.items()}, goods=goods)


def account_by_word(view: View, claims: Sequence[Claim], names: Mapping[Seat, str]) -> Committed:
    """The auditor's account where nothing is shown but how it began: whatever was said is believed."""
    balances = dict(opening_of(view)["balances"])
    heard = {claim.slot: claim.value for claim in claims if claim.kind == "affirm"}
    goods: dict[str, Any] = {}
    for good in view.public("bundle"):
        order, delivery, payment = (heard.get((kind, good)) for kind in (DEAL, DELIVERED, SETTLED))
        supplier = (order or payment or delivery or ("",))[0]
        if supplier not in balances:
            continue
        if order:
            balances[BUYER] -= order[2]
        if payment:
            balances[BUYER] -= 0 if order else payment[1]
            balances[supplier] += payment[1]
        goods[good] = {"from": names[supplier], "delivered": delivery[1] if delivery else None, "paid": payment[1] if payment else 0}
    return Committed(balances={names[seat]: coins for seat, coins in balances.items()}, goods=goods)


def _without(kind: str, by_buyer: bool) -> Callable[[View, Actions], Actions]:
    def conduct(view: View, actions: Actions) -> Actions:
        mine = (own_seat(view) == BUYER) == by_buyer
        return tuple(one for one in actions if not (mine and one["do"] == kind))

    return conduct


def _cheapens(view: View, actions: Actions) -> Actions:
    del view
    return tuple(Committed(one, grade=PLAIN) if one["do"] == DELIVER else one for one in actions)


def _overreaches(view: View, actions: Actions) -> Actions:
    """A supplier pays itself; a buyer quotes. Neither may."""
    good = view.public("bundle")[0]
    seat = own_seat(view)
    beyond = Committed(do=QUOTE, good=good, grade=PLAIN, price=1) if seat == BUYER else Committed(do=SETTLE, good=good, **{"from": seat})
    return (*actions, beyond)


BOAST = "boast"


def boasts(view: View, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """That what should now be delivered has been."""
    due = [one for one in next_actions(view, claims) if one["do"] == DELIVER]
    return tuple(Claim("affirm", (DELIVERED, one["good"]), (own_seat(view), one["grade"])) for one in due)


CONDUCTS: Mapping[str, Callable[[View, Actions], Actions]] = {
    "fair": lambda _, actions: actions,
    "abscond": _without(DELIVER, by_buyer=False),
    BOAST: _without(DELIVER, by_buyer=False),
    "withhold": _without(SETTLE, by_buyer=True),
    "cheapen": _cheapens,
    "overreach": _overreaches,
}
"""What is done of what a fair party would do: all of it · suppliers deliver nothing · and say that they did · the buyer settles nothing ·
whatever is delivered is plain · everyone also tries what it may not."""
