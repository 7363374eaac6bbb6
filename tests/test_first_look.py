"""Which episodes a report names first, and that it names the same ones whatever the order of the records."""

from __future__ import annotations

from benchmark.records import Document
from benchmark.results.first_look import NAMED, FirstLook, longest_silence
from benchmark.results.report import report
from tests.made_records import record, run_of


def said(*texts: str, index: int = 0) -> Document:
    turns = [{"seat": "AB"[place % 2], "to": None, "text": text} for place, text in enumerate(texts)]
    return record(index=index, rounds=[{"turns": turns, "answers": {"A": None, "B": None}}])


def looked_at(records: list[Document]) -> Document:
    look = FirstLook()
    for one in records:
        look.take(one)
    return look.document()


def test_each_kind_is_counted_and_its_first_worlds_are_named() -> None:
    lucky = [record(index=i, grounded=False) for i in range(6)]
    wrong = record(index=7, success=False)
    others = [record(index=8, outcome="illegal:A"), record(index=9, outcome="leaked"), record(index=10)]
    others[2]["score"]["psychic"] = 2
    others[0]["score"]["licensed"] = {"A": False, "B": True}
    found = looked_at([*lucky, wrong, *others])

    assert {kind: one["count"] for kind, one in found.items()} == {"leaked": 1, "failed": 1, "unlicensed": 1, "lucky": 6, "psychic": 1}
    assert [one["id"] for one in found["lucky"]["episodes"]] == [one["id"] for one in lucky[:NAMED]]
    assert found["psychic"]["episodes"] == [{"id": others[2]["id"], "amount": 2}]


def test_a_commit_of_seats_that_knew_enough_and_was_wrong_is_named() -> None:
    one = record(success=False)
    one["score"]["licensed"] = {"A": True, "B": True}

    assert list(looked_at([one])) == ["misjudged"]


def test_a_silence_is_a_run_of_wordless_turns_and_the_close_of_a_talk_is_none() -> None:
    closing = ("I hold two.", "(ready)", "(ready)")

    assert longest_silence(said(*closing)) == 0
    assert longest_silence(said("", "…", " (READY)", "Hello.", *closing)) == 3
    assert longest_silence(said("Hello.", *[""] * 7)) == 5
    assert longest_silence(said()) == 0


def test_the_longest_silences_come_first_and_the_order_of_records_changes_nothing() -> None:
    records = [said("Hello.", *[""] * (4 + 7 * i % 20), index=i) for i in range(40)]
    found = looked_at(records)

    assert found == looked_at(records[::-1])
    amounts = [one["amount"] for one in found["silence"]["episodes"]]
    assert amounts == sorted((longest_silence(one) for one in records), reverse=True)[:NAMED]


def test_a_report_says_what_to_look_at() -> None:
    records = [record(grounded=False)]

    assert report(run_of(records), records)["look"] == {"lucky": {"count": 1, "episodes": [{"id": records[0]["id"], "amount": 1}]}}
