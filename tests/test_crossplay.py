"""Who is compared with whom: in the same world, seat and repeat, with the same third in the other seats."""

from __future__ import annotations

from typing import Any

import pytest

from benchmark.records import Document
from benchmark.results.crossplay import compared, pairings
from tests.made_records import record

A, B, C = "test:a", "test:b", "test:c"


def played(seats: str, success: bool, **given: Any) -> Document:
    """A record of which ``seats`` "abc" sit in A, B, C."""
    specs = {seat: f"test:{who}" for seat, who in zip("ABC", seats, strict=False)}
    return record(seats=specs, success=success, **given)


def test_two_are_compared_in_the_seat_and_with_the_partner_that_both_had() -> None:
    found = compared([played("ac", True), played("bc", False)], (A, B, C), "success")

    assert found.strata["alpha"].tolist() == [[[0, 1, 0], [0, 0, 0], [0, 0, 0]]]
    assert (found.comparisons, found.wins[0, 1], found.worlds) == (1, 1, 1)


def test_nobody_is_compared_through_a_partner_who_is_one_of_them() -> None:
    """(a, b) and (b, b), or (a, a), would let one of them play with itself."""
    found = compared([played("aa", True), played("bb", False), played("ab", True), played("ba", False)], (A, B, C), "success")

    assert found.comparisons == 0


@pytest.mark.parametrize("other", [{"index": 1}, {"repeat": 1}, {"level": 2}, {"task": "beta"}])
def test_nothing_is_compared_across_worlds_or_repeats(other: dict[str, Any]) -> None:
    assert compared([played("ac", True), played("bc", False, **other)], (A, B, C), "success").comparisons == 0


def test_nothing_is_compared_across_seats_or_partners() -> None:
    records = [played("ac", True), played("cb", False), played("bd", False)]

    assert compared(records, (A, B, C, "test:d"), "success").comparisons == 0


def test_seats_and_repeats_of_a_world_are_averaged_and_partners_added_up() -> None:
    records = [
        played("ac", True), played("bc", False), played("ca", True), played("cb", True), played("ad", False), played("bd", True),
    ]  # fmt: skip
    found = compared(records, (A, B, C, "test:d"), "success")

    # With c: better in one seat, tied in the other; with d: worse.
    assert found.strata["alpha"][0, 0, 1] == 0.75 + 0.0
    assert found.strata["alpha"][0, 1, 0] == 0.25 + 1.0
    assert (found.wins[0, 1], found.wins[1, 0], found.ties[0, 1]) == (1, 1, 1)


def test_what_a_partner_spoilt_is_left_out_and_what_oneself_spoilt_is_lost() -> None:
    spoilt = compared([played("ac", True, outcome="illegal:B"), played("bc", True)], (A, B, C), "success")
    own = compared([played("ac", True, outcome="illegal:A"), played("bc", True)], (A, B, C), "success")
    leaked = compared([played("ac", True, outcome="leaked"), played("bc", True)], (A, B, C), "success")

    assert (spoilt.comparisons, spoilt.left_out) == (0, 1)
    assert (own.wins[1, 0], own.comparisons) == (1, 1)
    assert (leaked.comparisons, leaked.left_out) == (0, 2)


def test_of_three_seats_one_must_be_alone() -> None:
    found = compared([played("acc", True), played("bcc", False), played("abc", True)], (A, B, C), "success")

    assert found.comparisons == 1


def test_the_measure_is_the_one_that_is_asked_for() -> None:
    records = [played("ac", True, grounded=False), played("bc", True)]

    assert compared(records, (A, B, C), "success").ties[0, 1] == 1
    assert compared(records, (A, B, C), "grounding_success").wins[1, 0] == 1


def test_a_pairing_holds_every_seat_and_self_play_stands_apart() -> None:
    records = [played("ac", True), played("ca", False), played("aa", True), played("cc", False)]
    found = pairings(records, (A, C), "success")

    assert {pair: share.mean for pair, share in found.items()} == {(A, C): 0.5, (C, A): 0.5, (A, A): 1.0, (C, C): 0.0}


def test_in_a_larger_game_a_pairing_is_seen_from_the_one_who_sits_alone() -> None:
    found = pairings([played("acc", True), played("caa", False)], (A, C), "success")

    assert (found[A, C].mean, found[C, A].mean) == (1.0, 0.0)


def test_an_audience_is_nobodys_partner() -> None:
    seated = {"audience": ["C"]}
    records = [played("acd", True, **seated), played("bcd", False, **seated), played("aad", True, **seated)]

    assert compared(records, (A, B, C), "success").comparisons == 1
    assert set(pairings(records, (A, B, C), "success")) == {(A, C), (C, A), (A, A), (B, C), (C, B)}
