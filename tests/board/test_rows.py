"""Who stands above whom: only what is surely better, only among the comparable, and never what was not derived again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.board.decisions import continues, line_of, read_log
from leaderboard.board.rows import grouped, ranks, spots
from leaderboard.entry import Partner
from leaderboard.shapes import EntryError
from tests.board.making import decision, entry, listed, real


def test_overlapping_intervals_share_a_rank_and_separate_ones_do_not() -> None:
    rows = [
        listed(entry("a/best", 0.9, 0.05), 1),
        listed(entry("a/good", 0.82, 0.05), 2),
        listed(entry("a/fair", 0.74, 0.05), 3),
        listed(entry("a/poor", 0.2, 0.05), 4),
    ]

    assert ranks(rows) == {row.identity: rank for row, rank in zip(rows, (1, 1, 2, 4), strict=True)}


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.5)), min_size=1, max_size=12))
def test_a_rank_is_one_more_than_those_that_are_surely_better(found: list[tuple[float, float]]) -> None:
    rows = [listed(entry("a/m", mean, half), number) for number, (mean, half) in enumerate(found)]
    given_ranks = ranks(rows)

    for number, (mean, half) in enumerate(found):
        better = sum(other - width > mean + half for other, width in found)
        assert given_ranks[rows[number].identity] == 1 + better
    assert min(given_ranks.values()) == 1


def test_what_was_not_replayed_baselines_people_and_struck_rows_have_no_rank_and_stay() -> None:
    rows = [
        listed(entry("a/claimed", 0.99), 1, replayed=False),
        listed(entry("a/reference", 0.99, kind="baseline"), 2),
        listed(entry("a/people", 0.99, kind="human"), 3),
        listed(entry("a/withdrawn", 0.99), 4, decisions=(decision(4, "accepted"), decision(4, "struck", "Trained on it."))),
        listed(entry("a/plain", 0.3), 5),
    ]
    (group,) = grouped(rows)

    assert group.ranks == {rows[4].identity: 1}
    assert len(group.rows) == 5
    assert [row.struck.reason for row in group.rows if row.struck] == ["Trained on it."]


def test_a_struck_row_can_be_restored() -> None:
    back = listed(entry(), 1, decisions=(decision(1, "struck"), decision(1, "noted"), decision(1, "restored")))

    assert back.struck is None
    assert ranks([back]) == {back.identity: 1}


def test_versions_levels_partners_and_tracks_are_never_mixed() -> None:
    plain = entry()
    newer = replace(plain, game=replace(plain.game, tasks={label: version + 1 for label, version in plain.game.tasks.items()}))
    harder = replace(plain, game=replace(plain.game, levels=(4,)))
    partnered = replace(plain, partners=(Partner("reference:honest", "parley 1", "release"),))
    standard = replace(plain, track="standard", reasons=())
    groups = grouped([listed(one, number) for number, one in enumerate((plain, newer, harder, partnered, standard))])

    assert [len(group.rows) for group in groups] == [1] * 5
    assert groups[0].track == "standard"
    assert all(list(group.ranks.values()) == [1] for group in groups)


def test_a_badge_says_what_was_checked_and_no_entry_can_claim_one() -> None:
    challenged = replace(entry(), game=replace(entry().game, challenge="ab" * 32))

    assert listed(entry(), replayed=False, decisions=(decision(1, "verified"),)).badge == "reported"
    assert listed(entry()).badge == "rescored"
    assert listed(challenged).badge == "rescored"
    assert listed(entry(), decisions=(decision(1, "challenged"),)).badge == "rescored"
    assert listed(challenged, decisions=(decision(1, "challenged"),)).badge == "challenged"
    assert listed(challenged, decisions=(decision(1, "challenged"), decision(1, "verified"))).badge == "verified"


def test_the_dumbbell_is_mean_success_over_the_headline_tasks_alone() -> None:
    found = spots(real(), ("mutual_friend",))

    assert found == {name: cells["success"].value for name, cells in real().scores.tasks["mutual_friend"].items() if cells["success"]}
    assert spots(real(), ("haggle",)) == {}


def test_a_log_reads_back_and_names_the_line_that_is_none() -> None:
    decisions = (decision(1, "accepted"), decision(1, "struck", "<b>é\u202e"[:3] + "it"))
    text = "".join(map(line_of, decisions))

    assert read_log(text) == decisions
    with pytest.raises(EntryError, match="line 2"):
        read_log(line_of(decisions[0]) + "{\n")
    with pytest.raises(EntryError, match="action"):
        read_log(text.replace("accepted", "crowned"))


def test_a_log_continues_another_only_by_whole_lines() -> None:
    first, second = (line_of(decision(number, "accepted")) for number in (1, 2))

    assert continues("", first)
    assert continues(first, first + second)
    assert not continues(first + second, first)
    assert not continues(first, second + first)
    assert not continues(first[:-1], first[:-1] + second)
