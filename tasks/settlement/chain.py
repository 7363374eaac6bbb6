"""A log of everything that the house did, each entry bound to all before it by a hash, and the auditor who needs nothing but the log.

An entry is a JSON object; "hash" is the SHA-256 of its canonical text without "hash", "prev" the hash of the entry before. The last hash,
the *head*, is published: who changes, drops, adds or re-orders entries must change the head. That a log whose hashes were all made anew
is not taken for the true one rests on the published head, and on nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from benchmark.vocabulary import ParleyError, Seat
from tasks.settlement.house import FIELDS, GRADES, KINDS, PLAIN, Books, Credential, carried_out, closed, refusal

OPEN, CLOSE, REFUSED = "open", "close", "refused"
START = "0" * 64
"""What stands where there is no entry before."""

Entry = Mapping[str, Any]


class Forged(ParleyError):
    """A log that is not what the house wrote; says at which entry that shows, and how."""


def sealed(content: Mapping[str, Any], before: Sequence[Entry]) -> Entry:
    """``content`` as the entry that follows ``before``."""
    numbered = {"n": len(before), "prev": before[-1]["hash"] if before else START, **content}
    return {**numbered, "hash": digest(numbered)}


def digest(entry: Entry) -> str:
    """SHA-256 of the canonical JSON (sorted keys, no spaces, ASCII) of ``entry`` without its own hash."""
    content = {key: value for key, value in entry.items() if key != "hash"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()).hexdigest()


def opening(books: Books, buyer: Seat) -> Entry:
    """The first entry: what everyone has, and who may do what."""
    credentials = {
        seat: {"kinds": list(one.kinds), "goods": list(one.goods), "ceiling": one.ceiling} for seat, one in books.credentials.items()
    }
    return sealed({"kind": OPEN, "round": 0, "buyer": buyer, "balances": dict(books.balances), "credentials": credentials}, ())


def audited(log: Sequence[Entry], head: str) -> Books:
    """The true state after everything in ``log``, from the log alone. Forged if it is not a log that ends with the hash ``head``.

    Every entry is checked for its number, its hash, the hash before it, the order of rounds, and whether the house could have carried it
    out (or refused it, where it says so) as things stood. A log that does not end with the closing entry is as good as any other: it says
    what had happened when ``head`` was published.
    """
    before = START
    books: Books | None = None
    for place, entry in enumerate(log):
        if not _is_entry(entry):
            raise Forged(f"entry {place} is no entry of a log")
        if entry["n"] != place:
            raise Forged(f"entry {place} bears the number {entry['n']!r:.20}: one was dropped, added or put elsewhere")
        if entry["prev"] != before:
            raise Forged(f"entry {place} does not follow the one before it")
        if entry["hash"] != _digest(entry):
            raise Forged(f"entry {place} was changed: its hash is not that of what it says")
        if place and log[place - 1]["kind"] == CLOSE:
            raise Forged(f"entry {place} comes after the house was closed")
        if place and entry["round"] < log[place - 1]["round"]:
            raise Forged(f"entry {place} is of an earlier round than the one before it")
        try:
            books = _opened(entry) if books is None else _after(books, entry, log[0]["buyer"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Forged(f"entry {place} says nothing that the house could have done: {str(error)[:60]}") from None
        before = entry["hash"]
    if books is None or before != head:
        raise Forged("the log does not end with the published hash: it was cut off, continued or written anew")
    return books


def _digest(entry: Entry) -> str:
    """The hash that ``entry`` should have; "" if it holds what no log can."""
    try:
        return digest(entry)
    except (TypeError, ValueError, RecursionError):
        return ""


def _is_entry(entry: Any) -> bool:
    if not isinstance(entry, Mapping) or not {"n", "prev", "hash", "kind", "round"} <= set(entry):
        return False
    numbers = type(entry["n"]) is int and type(entry["round"]) is int
    return numbers and all(isinstance(entry[key], str) for key in ("prev", "hash", "kind"))


def _opened(entry: Entry) -> Books:
    if entry["kind"] != OPEN:
        raise ValueError("the first entry must be the opening one")
    credentials = {seat: Credential(tuple(one["kinds"]), tuple(one["goods"]), one["ceiling"]) for seat, one in entry["credentials"].items()}
    if any(type(coins) is not int or coins < 0 for coins in entry["balances"].values()):
        raise ValueError("a balance is no amount")
    return Books(credentials, dict(entry["balances"]))


def _after(books: Books, entry: Entry, buyer: Seat) -> Books:
    """``books`` after ``entry``; ValueError if the house would have done otherwise."""
    if entry["kind"] == CLOSE:
        return closed(books, buyer)
    seat, action = entry["seat"], dict(entry["action"])
    if action["do"] not in KINDS or set(action) != {"do", *FIELDS[action["do"]]}:
        raise ValueError("it is no action")
    if any(type(action[key]) is not int for key in ("price", "amount") if key in action) or action.get("grade", PLAIN) not in GRADES:
        raise ValueError("an amount is no whole number, or a grade is none")
    why = refusal(books, seat, action)
    if entry["kind"] == REFUSED and why == entry["why"] and why:
        return books
    if entry["kind"] != action["do"] or why:
        raise ValueError(f"it is {why or 'possible'}")
    return carried_out(books, seat, action)


def written(log: Sequence[Entry], wishes: Mapping[Seat, Sequence[Mapping[str, Any]]], number: int) -> tuple[Entry, ...]:
    """The entries of round ``number`` (from 1) that follow ``log``: all ``wishes``, kind by kind, seat by seat, done or refused."""
    books, entries = audited(log, log[-1]["hash"]), list(log)
    ordered = [(kind, seat, action) for kind in KINDS for seat in sorted(wishes) for action in wishes[seat] if action["do"] == kind]
    for kind, seat, action in ordered:
        why = refusal(books, seat, action)
        content: dict[str, Any] = {"kind": REFUSED if why else kind, "round": number, "seat": seat, "action": dict(action)}
        entries.append(sealed(content | ({"why": why} if why else {}), entries))
        books = books if why else carried_out(books, seat, action)
    return tuple(entries[len(log) :])


def closing(log: Sequence[Entry], number: int) -> Entry:
    """The last entry of all."""
    return sealed({"kind": CLOSE, "round": number}, log)
