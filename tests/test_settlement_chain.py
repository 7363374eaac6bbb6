"""The house and the log of `settlement`: coins are conserved, authority is kept, and no log but the true one passes the auditor."""

from __future__ import annotations

import hashlib
import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.settlement import Settlement
from tasks.settlement.chain import CLOSE, Entry, Forged, audited, closing, digest, opening, sealed, written
from tasks.settlement.house import DELIVER, ESCROW, FINE, GRADES, PLAIN, QUOTE, SETTLE, VOID, Books, Credential, Deal, closed, refusal
from tasks.settlement.worlds import best_gain, fits, wares_of

GOODS = ("rope", "paint", "lamp")


def books() -> Books:
    credentials = {
        "A": Credential(("accept", "escrow", "settle"), GOODS, 15),
        "C": Credential(("quote", "deliver"), GOODS[:2]),
        "D": Credential(("quote", "deliver"), GOODS[1:]),
    }
    return Books(credentials, {"A": 30, "C": 5, "D": 5})


def deal(good: str, supplier: str, price: int, grade: str = FINE) -> dict[str, list[dict[str, Any]]]:
    """A whole deal in one round: everything that both sides have to do."""
    return {
        "A": [
            {"do": "accept", "good": good, "grade": grade, "from": supplier, "price": price},
            {"do": "escrow", "good": good, "from": supplier, "amount": price},
            {"do": "settle", "good": good, "from": supplier},
        ],
        supplier: [{"do": "quote", "good": good, "grade": grade, "price": price}, {"do": "deliver", "good": good, "grade": grade}],
    }


def honest_log() -> list[Entry]:
    log: list[Entry] = [opening(books(), "A")]
    log += written(log, deal("rope", "C", 10), 1)
    log += written(log, deal("paint", "D", 7, PLAIN), 2)
    log += written(log, {"A": [{"do": "quote", "good": "lamp", "grade": FINE, "price": 3}]}, 3)
    return [*log, closing(log, 3)]


def rebuilt(log: list[Entry]) -> list[Entry]:
    """``log`` with all its numbers and hashes made anew: what a forger would do who knows how."""
    new: list[Entry] = []
    for entry in log:
        new.append(sealed({key: value for key, value in entry.items() if key not in ("n", "prev", "hash")}, new))
    return new


# The house


def test_a_deal_moves_coins_once_and_goods_once() -> None:
    log = honest_log()
    found = audited(log, log[-1]["hash"])

    assert found.balances == {"A": 13, "C": 15, "D": 12}
    assert found.deals == {"rope": Deal("C", FINE, 10), "paint": Deal("D", PLAIN, 7)}
    assert found.delivered == {"rope": FINE, "paint": PLAIN}
    assert found.settled == {"rope": 10, "paint": 7}
    assert [entry["why"] for entry in log if entry["kind"] == "refused"] == ["unauthorised"]


ACTIONS = st.one_of(
    st.fixed_dictionaries(
        {"do": st.just(QUOTE), "good": st.sampled_from(GOODS), "grade": st.sampled_from(GRADES), "price": st.integers(-2, 20)}
    ),
    st.fixed_dictionaries(
        {
            "do": st.just("accept"),
            "good": st.sampled_from(GOODS),
            "grade": st.sampled_from(GRADES),
            "from": st.sampled_from("ACD"),
            "price": st.integers(1, 20),
        }
    ),
    st.fixed_dictionaries(
        {"do": st.just(ESCROW), "good": st.sampled_from(GOODS), "from": st.sampled_from("ACD"), "amount": st.integers(-5, 20)}
    ),
    st.fixed_dictionaries({"do": st.just(DELIVER), "good": st.sampled_from(GOODS), "grade": st.sampled_from(GRADES)}),
    st.fixed_dictionaries({"do": st.just(SETTLE), "good": st.sampled_from(GOODS), "from": st.sampled_from("ACD")}),
)
ROUNDS = st.lists(st.dictionaries(st.sampled_from("ACD"), st.lists(ACTIONS, max_size=6)), max_size=4)


def likely(good: str, supplier: str, price: int) -> st.SearchStrategy[dict[str, list[dict[str, Any]]]]:
    """Parts of a deal that could be made, so that accounts move."""
    whole = deal(good, supplier, price)
    return st.fixed_dictionaries({seat: st.lists(st.sampled_from(actions), max_size=5) for seat, actions in whole.items()})


GAMES = st.one_of(ROUNDS, st.lists(st.one_of(likely("rope", "C", 10), likely("paint", "D", 9), likely("paint", "C", 12)), max_size=5))


@settings(max_examples=120, deadline=None)
@given(GAMES)
def test_whatever_is_tried_coins_are_conserved_and_the_auditor_finds_the_true_state(games: list[dict[str, list[dict[str, Any]]]]) -> None:
    """The state is kept beside the log by other means: a plain ledger of who has what."""
    log: list[Entry] = [opening(books(), "A")]
    balances, held = {"A": 30, "C": 5, "D": 5}, dict.fromkeys(GOODS, 0)
    for number, wishes in enumerate(games, start=1):
        entries = written(log, wishes, number)
        log += entries
        for entry in entries:
            action = entry["action"]
            if entry["kind"] == ESCROW:
                balances["A"] -= action["amount"]
                held[action["good"]] += action["amount"]
            if entry["kind"] == SETTLE:
                balances[action["from"]] += held[action["good"]]
                held[action["good"]] = 0
        found = audited(log, log[-1]["hash"])
        assert found.balances == balances
        assert dict(found.held) == {good: coins for good, coins in held.items() if coins}
        assert found.coins == 40
        assert min(balances.values()) >= 0
    end = [*log, closing(log, len(games))]
    last = audited(end, end[-1]["hash"])
    assert last.coins == 40
    assert not last.held
    assert last.balances["A"] == balances["A"] + sum(held.values())


@pytest.mark.parametrize(
    ("seat", "action"),
    [
        ("A", {"do": QUOTE, "good": "rope", "grade": FINE, "price": 3}),
        ("A", {"do": DELIVER, "good": "rope", "grade": FINE}),
        ("C", {"do": QUOTE, "good": "lamp", "grade": FINE, "price": 3}),  # not its goods
        ("D", {"do": DELIVER, "good": "rope", "grade": FINE}),
        ("C", {"do": SETTLE, "good": "rope", "from": "C"}),  # pays itself
        ("C", {"do": ESCROW, "good": "rope", "from": "C", "amount": 1}),
        ("A", {"do": ESCROW, "good": "rope", "from": "C", "amount": 16}),  # above the ceiling
    ],
)
def test_no_credential_no_action(seat: str, action: dict[str, Any]) -> None:
    assert refusal(books(), seat, action) == "unauthorised"


def test_what_is_allowed_and_impossible_is_void_and_no_breach() -> None:
    for seat, action in (
        ("A", {"do": "accept", "good": "rope", "grade": FINE, "from": "C", "price": 9}),  # nobody quoted
        ("A", {"do": ESCROW, "good": "rope", "from": "C", "amount": 9}),
        ("A", {"do": SETTLE, "good": "rope", "from": "C"}),
        ("C", {"do": DELIVER, "good": "rope", "grade": FINE}),
        ("C", {"do": QUOTE, "good": "rope", "grade": FINE, "price": 0}),
    ):
        assert refusal(books(), seat, action) == VOID
    assert closed(books(), "A") == books()


def test_nobody_pays_more_than_there_is() -> None:
    poor = Books(books().credentials, {"A": 12, "C": 0, "D": 0})
    log: list[Entry] = [opening(poor, "A")]
    both = {
        "A": [*deal("rope", "C", 10)["A"], *deal("paint", "D", 7)["A"]],
        "C": deal("rope", "C", 10)["C"],
        "D": deal("paint", "D", 7)["D"],
    }
    log += written(log, both, 1)
    found = audited(log, log[-1]["hash"])

    assert found.balances == {"A": 2, "C": 10, "D": 0}
    assert [(entry["action"]["do"], entry["why"]) for entry in log if entry["kind"] == "refused"] == [("escrow", VOID), ("settle", VOID)]


# The auditor


def test_the_hash_is_that_of_the_canonical_text() -> None:
    for entry in honest_log():
        content = {key: value for key, value in entry.items() if key != "hash"}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        assert entry["hash"] == hashlib.sha256(text.encode("ascii")).hexdigest() == digest(entry)


def test_every_dropped_doubled_or_exchanged_entry_is_found() -> None:
    log = honest_log()
    head = log[-1]["hash"]
    audited(log, head)
    for place in range(len(log)):
        with pytest.raises(Forged):
            audited([*log[:place], *log[place + 1 :]], head)
        with pytest.raises(Forged):
            audited([*log[: place + 1], log[place], *log[place + 1 :]], head)
    for first, second in product(range(len(log)), repeat=2):
        if first < second:
            swapped = list(log)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            with pytest.raises(Forged):
                audited(swapped, head)
            with pytest.raises(Forged):
                audited(rebuilt(swapped), head)


def test_every_changed_value_is_found_even_where_all_hashes_are_made_anew() -> None:
    log = honest_log()
    head = log[-1]["hash"]
    for place, entry in enumerate(log):
        for changed in _changes(json.loads(json.dumps(entry))):
            forged = [*log[:place], changed, *log[place + 1 :]]
            with pytest.raises(Forged):
                audited(forged, head)
            with pytest.raises(Forged):
                audited(rebuilt(forged), head)


def _changes(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """``entry`` with one value changed, at any depth, each time."""
    found = []
    for key, value in entry.items():
        if key in ("n", "prev", "hash"):
            continue
        others: list[Any] = [None, "x", -1, True, [], {}, 10**30]
        others += [value + 1] if type(value) is int else []
        others += _changes(value) if isinstance(value, dict) else []
        found += [{**entry, key: other} for other in others if other != value]
    return found


def test_a_log_cut_off_is_as_good_as_the_head_it_is_held_against() -> None:
    log = honest_log()
    assert audited(log[:4], log[3]["hash"]).coins == 40
    with pytest.raises(Forged, match="published hash"):
        audited(log[:4], log[-1]["hash"])
    with pytest.raises(Forged, match="after the house was closed"):
        audited([*log, sealed({"kind": CLOSE, "round": 9}, log)], "")


@pytest.mark.parametrize(
    "log", [[], [None], [{}], ["x"], [{"n": 0, "prev": "0" * 64, "hash": "", "kind": "open", "round": 0}], [{"n": float("nan")}]]
)
def test_what_is_no_log_is_refused_and_never_a_traceback(log: list[Any]) -> None:
    with pytest.raises(Forged):
        audited(log, "")


def test_an_impossible_history_is_refused_even_with_its_own_head() -> None:
    """Hashes in order and a head that fits, but not what the house could have done."""
    start = opening(books(), "A")
    for content in (
        {"kind": "settle", "round": 1, "seat": "A", "action": {"do": SETTLE, "good": "rope", "from": "C"}},
        {"kind": "quote", "round": 1, "seat": "A", "action": {"do": QUOTE, "good": "rope", "grade": FINE, "price": 1}},
        {"kind": "refused", "why": "void", "round": 1, "seat": "C", "action": {"do": QUOTE, "good": "rope", "grade": FINE, "price": 1}},
        {"kind": "refused", "why": "", "round": 1, "seat": "C", "action": {"do": QUOTE, "good": "rope", "grade": FINE, "price": 1}},
        {"kind": "deliver", "round": 1, "seat": "C", "action": {"do": QUOTE, "good": "rope", "grade": FINE, "price": 1}},
        {"kind": "quote", "round": 1, "seat": "C", "action": {"do": QUOTE, "good": "rope", "grade": "golden", "price": 1}},
        {"kind": "quote", "round": 1, "seat": "C", "action": {"do": QUOTE, "good": "rope", "grade": FINE, "price": True}},
        {"kind": "quote", "round": 1, "seat": "Z", "action": {"do": QUOTE, "good": "rope", "grade": FINE, "price": 1}},
        {"kind": "gift", "round": 1, "seat": "C", "action": {"do": "gift", "good": "rope"}},
        {"kind": "quote", "round": -1, "seat": "C", "action": {"do": QUOTE, "good": "rope", "grade": FINE, "price": 1}},
    ):
        log = [start, sealed(content, [start])]
        with pytest.raises(Forged):
            audited(log, log[-1]["hash"])


# Worlds


@pytest.mark.parametrize("parties", ["2", "3"])
def test_the_best_gain_is_what_trying_every_assignment_finds_and_a_budget_for_it_is_there(parties: str) -> None:
    for level in (1, 3, 5):
        task = Settlement.at(level, seats=parties)
        for seed in range(20):
            world = task.generate(seed)
            wares = wares_of(world)
            ways = [[(seat, grade) for (seat, one, grade) in wares.costs if one == good] for good in wares.needs]
            best = max(
                sum(
                    (wares.worth[good] if fits(grade, wares.needs[good]) else 0) - wares.costs[seat, good, grade]
                    for good, (seat, grade) in zip(wares.needs, way, strict=True)
                )
                for way in product(*ways)
            )
            cheapest = sum(map(wares.cheapest, wares.needs))
            start = json.loads(next(fact.value for fact in world.facts if fact.slot == ("entry", "0")))
            assert world.target == best_gain(wares) == best > 0
            assert cheapest + 2 * len(wares.needs) <= start["balances"]["A"] < sum(wares.worth.values())
            assert start["credentials"]["A"]["ceiling"] >= max(wares.worth.values())
