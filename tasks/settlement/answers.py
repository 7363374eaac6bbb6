"""How answers of `settlement` are written: a party's actions, and the auditor's account. Names in them, seats inside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from benchmark.answers import Committed, match_name
from benchmark.vocabulary import Answer, Illegal, Seat, View
from tasks.settlement.house import FIELDS, GRADES, KINDS
from tasks.settlement.worlds import OVERSEER

MOST_ACTIONS = 20
_TOP = 999
"""Coins: no price, amount or balance is higher."""


def actions_schema(view: View) -> str:
    kinds = [_closed({"do": {"const": kind}, **{key: _field(key, view) for key in FIELDS[kind]}}) for kind in KINDS]
    actions = {"type": "array", "items": {"anyOf": kinds}, "maxItems": MOST_ACTIONS}
    return json.dumps(_closed({"answer": {"anyOf": [actions, {"type": "null"}]}}))


def account_schema(view: View) -> str:
    parties = [view.name(seat) for seat in view.seats if seat != OVERSEER]
    coins = {"type": "integer", "minimum": 0, "maximum": _TOP}
    good = _closed({"from": _field("from", view), "delivered": {"enum": [*GRADES, None]}, "paid": coins})
    goods = {"type": "object", "properties": dict.fromkeys(view.public("bundle"), good), "additionalProperties": False}
    account = _closed({"balances": _closed(dict.fromkeys(parties, coins)), "goods": goods})
    return json.dumps(_closed({"answer": {"anyOf": [account, {"type": "null"}]}}))


def actions_read(given: Any, view: View) -> tuple[Committed, ...]:
    """The list of actions, read strictly; Illegal says which one is wrong, and in what."""
    if not isinstance(given, list) or len(given) > MOST_ACTIONS:
        raise Illegal(f'"answer" must be a list of at most {MOST_ACTIONS} actions, [] for none, or null')
    return tuple(_action(one, number, view) for number, one in enumerate(given, start=1))


def account_read(given: Any, view: View) -> Committed:
    """The auditor's account, read strictly."""
    if not isinstance(given, dict) or set(given) != {"balances", "goods"} or not all(isinstance(one, dict) for one in given.values()):
        raise Illegal('the account must be an object with the keys "balances" and "goods", both objects')
    if set(given["balances"]) != {view.name(seat) for seat in view.seats if seat != OVERSEER}:
        raise Illegal('"balances" must have every party by name, and no others')
    if unknown := sorted(set(given["goods"]) - set(view.public("bundle"))):
        raise Illegal(f'"goods" has what is not in the bundle: {unknown[0]:.40}')
    suppliers = tuple(view.name(seat) for seat in view.seats[2:])
    for good, found in given["goods"].items():
        if not isinstance(found, dict) or set(found) != {"from", "delivered", "paid"}:
            raise Illegal(f'{good} must be an object with the keys "from", "delivered" and "paid"')
        if found["from"] not in suppliers or found["delivered"] not in (*GRADES, None):
            raise Illegal(f"{good} must be from {' or '.join(suppliers)}, and delivered {', '.join(GRADES)} or null")
    amounts = [*given["balances"].values(), *(found["paid"] for found in given["goods"].values())]
    if not all(type(coins) is int and 0 <= coins <= _TOP for coins in amounts):
        raise Illegal(f"every balance and payment must be a whole number of coins from 0 to {_TOP}")
    return Committed(given)


def _field(key: str, view: View) -> dict[str, Any]:
    values = {"good": view.public("bundle"), "grade": GRADES, "from": tuple(view.name(seat) for seat in view.seats[2:])}
    return {"enum": list(values[key])} if key in values else {"type": "integer", "minimum": 1, "maximum": _TOP}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _action(given: Any, number: int, view: View) -> Committed:
    """One action, read strictly; ``from`` stays a name. Illegal says which one is wrong, and in what."""
    kind = given.get("do") if isinstance(given, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise Illegal(f'action {number} must be an object whose "do" is one of: {", ".join(KINDS)}')
    if set(given) != {"do", *FIELDS[kind]}:
        raise Illegal(f"action {number} ({kind}) must have the keys do, {', '.join(FIELDS[kind])}, and no others")
    found: dict[str, Any] = {"do": kind}
    for key in FIELDS[kind]:
        field = _field(key, view)
        if "enum" in field:
            found[key] = match_name(given[key], tuple(field["enum"]), f'"{key}" of action {number}')
        elif type(given[key]) is int and 1 <= given[key] <= _TOP:
            found[key] = given[key]
        else:
            raise Illegal(f'"{key}" of action {number} must be a whole number of coins from 1 to {_TOP}')
    return Committed(found)


def named(action: Mapping[str, Any], view: View) -> Committed:
    """``action`` with the supplier's name where its seat stood."""
    return Committed(action, **({"from": view.name(action["from"])} if "from" in action else {}))


def as_seats(answer: Answer, names: Mapping[Seat, str]) -> tuple[Committed, ...]:
    """The actions of ``answer`` with seats in the place of names; none where there is no list of actions."""
    seats = {name: seat for seat, name in names.items()}
    actions = answer if isinstance(answer, tuple | list) else ()
    return tuple(Committed(one, **({"from": seats[one["from"]]} if "from" in one else {})) for one in actions)
