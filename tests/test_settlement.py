"""The settlement track: with a log and without, known players end where they must, and the auditor is right as far as it can be."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from benchmark import api, views
from benchmark.bonds import settlement as bonds
from benchmark.conformance.voices import Recorder, planned, play
from benchmark.records import Document
from benchmark.running.drive import record
from benchmark.running.folder import read_episodes
from benchmark.vocabulary import Claim, Illegal, Request, Turn, UsageError
from benchmark.worlds import Generated
from models.reference import PLAYERS, scripted
from tasks.settlement import Settlement
from tasks.settlement.chain import audited
from tasks.settlement.talk import DEAL, DELIVERED, NEED, QUOTED, SETTLED
from tasks.settlement.worlds import log_in

ARMS = ("settlement:ledger=chain", "settlement:ledger=talk", "settlement:ledger=chain,seats=2", "settlement:ledger=talk,seats=2")
GAMES = 3


def made(label: str) -> Settlement:
    task = api.make_task(label, 3)
    assert isinstance(task, Settlement)
    return task


@lru_cache(maxsize=128)
def game(label: str, player: str, index: int = 0) -> tuple[Document, Recorder]:
    """A whole game in which every party is ``player``: a reference player, or the script by a policy."""
    task = made(label)
    world = Generated(task, 5).world(index)

    def anyone(request: Request) -> str:
        if request.seat in task.fixed:
            return scripted(request, "")
        return PLAYERS[player](request) if player in PLAYERS else scripted(request, player)

    episode, recorder = play(task, world, "private", anyone)
    return record(planned(task, world, "private"), world, episode), recorder


def parts(label: str, player: str, index: int = 0) -> dict[str, float]:
    """What is not 0 in a score, gains apart."""
    found = game(label, player, index)[0]["score"]["parts"]
    return {name: value for name, value in found.items() if value and not name.startswith("gain")}


DONE = {"audit": 1.0, "complete": 1.0, "conserved": 1.0, "delivered": 1.0}


# Who ends where


@pytest.mark.parametrize("label", ARMS)
@pytest.mark.parametrize("player", ["honest", "fair"])
def test_who_tells_and_does_what_was_agreed_gets_the_bundle_in_either_arm(label: str, player: str) -> None:
    for index in range(GAMES):
        score = game(label, player, index)[0]["score"]
        assert score["success"]
        assert score["value"]["raw"] == score["value"]["best"], "the cheapest fitting quote leaves the most to gain"
        assert parts(label, player, index) == DONE
        assert all(value >= 0 for name, value in score["parts"].items() if name.startswith("gain/")), "nobody is worse off"


@pytest.mark.parametrize("player", ["mute", "egocentric", "parrot"])
def test_who_says_nothing_needs_a_log(player: str) -> None:
    for index in range(GAMES):
        for parties in ("2", "3"):
            assert game(f"settlement:ledger=chain,seats={parties}", player, index)[0]["score"]["success"]
            without = game(f"settlement:ledger=talk,seats={parties}", player, index)[0]["score"]
            assert not without["success"]
            assert without["value"]["raw"] == 0


@pytest.mark.parametrize("label", ARMS)
def test_who_declines_guesses_or_garbles_gets_nothing(label: str) -> None:
    for index in range(GAMES):
        assert parts(label, "none", index) == {"audit": 1.0, "conserved": 1.0}, "nothing happened, and that is what is found"
        random = parts(label, "random", index)
        assert "complete" not in random
        assert sum(value for name, value in random.items() if name.startswith("unauthorised/")) > 3
        assert game(label, "garbled", index)[0]["outcome"] == "illegal:A"


@pytest.mark.parametrize("label", ARMS)
def test_each_breach_shows_where_it_was_made(label: str) -> None:
    for index in range(GAMES):
        scores = {policy: game(label, policy, index)[0]["score"] for policy in ("abscond", "withhold", "cheapen", "overreach", "boast")}
        assert not any(score["success"] for score in scores.values())
        assert "delivered" not in parts(label, "abscond", index)
        withheld = parts(label, "withhold", index)
        assert withheld == {**DONE, "served_and_not_paid": 1.0}
        assert scores["withhold"]["parts"]["gain/A"] > game(label, "fair", index)[0]["score"]["parts"]["gain/A"]
        assert scores["withhold"]["parts"]["gain/C"] <= 0
        over = parts(label, "overreach", index)
        assert {name.partition("/")[0] for name in over} == {*DONE, "unauthorised"}
        assert over["unauthorised/A"] == over["unauthorised/C"] == 5.0, "one attempt a round"
        parties = made(label).seats - 1
        assert scores["overreach"]["curves"]["unauthorised"] == [float(parties)] * 5
    fine = [index for index in range(8) if "fine" in json.dumps(needs(label, index))]
    assert fine
    for index in fine[:2]:
        cheap = parts(label, "cheapen", index)
        assert cheap["below_promise"] > 0
        assert cheap["delivered"] == pytest.approx(1 - cheap["below_promise"])


def needs(label: str, index: int) -> list[str]:
    return [fact.value for fact in Generated(made(label), 5).world(index).facts if fact.slot[0] == "need"]


def test_a_boast_deceives_who_goes_by_the_talk_and_nobody_who_reads_the_log() -> None:
    for index in range(GAMES):
        assert parts("settlement:ledger=chain", "boast", index) == {"audit": 1.0, "conserved": 1.0}
        deceived = parts("settlement:ledger=talk", "boast", index)
        assert deceived == {"audit": 0.5, "conserved": 1.0}, "all three goods of six things to get right"


def test_curves_rise_with_what_was_done() -> None:
    curves = game("settlement:ledger=chain", "honest")[0]["score"]["curves"]
    assert curves == {"delivered": [0.0, 1.0, 1.0, 1.0, 1.0], "settled": [0.0, 0.0, 1.0, 1.0, 1.0], "unauthorised": [0.0] * 5}


# Who sees what


def test_both_arms_are_played_on_the_same_worlds_and_differ_in_the_log_alone() -> None:
    for index in range(4):
        one, other = (Generated(made(label), 5).world(index) for label in ARMS[:2])
        differ = [(a.slot, b.slot) for a, b in zip(one.facts, other.facts, strict=True) if a != b]
        assert differ == [(("public log",), ("public log",))]
        briefs = [made(label).brief(views.own_view(world, "A")) for label, world in zip(ARMS[:2], (one, other), strict=True)]
        assert briefs[0] != briefs[1]
        assert len({brief.partition("goes back to")[0] for brief in briefs}) == 1


def test_without_a_log_nobody_reads_what_others_did() -> None:
    _, recorder = game("settlement:ledger=talk", "fair")
    for seat in "ACD":
        view = recorder.sent_to(seat)[-1].view
        assert {entry["seat"] for entry in log_in(view.facts)[1:]} == {seat}
        assert "Log, entry" not in json.dumps(recorder.sent_to(seat)[-1].chat)
    assert len(log_in(recorder.sent_to("B")[-1].view.facts)) == 1
    _, recorder = game("settlement:ledger=chain", "fair")
    logs = {json.dumps(log_in(recorder.sent_to(seat)[-1].view.facts)) for seat in "ABCD"}
    assert len(logs) == 1
    log = json.loads(logs.pop())
    assert audited(log, log[-1]["hash"]).coins == sum(log[0]["balances"].values())


def test_the_auditor_talks_to_nobody_and_commits_in_every_round() -> None:
    _, recorder = game("settlement:ledger=talk", "honest")
    assert {request.kind for request in recorder.sent_to("B")} == {"commit"}
    assert len(recorder.sent_to("B")) == 5


# What is said


def claims(text: str, seat: str = "C") -> set[tuple[Any, ...]]:
    task = made("settlement")
    world = task.generate(3)
    view = views.own_view(world, "A")
    goods, names = view.public("bundle"), view.names
    filled = text.format(g=goods[0], h=goods[1], a=names[0], c=names[2], d=names[3])
    return {
        (*(part if part not in goods else "gh?"[goods.index(part)] for part in one.slot), one.value)
        for one in task.claims([Turn(seat, filled)], view)
    }


def test_what_is_worded_is_read_back() -> None:
    task = made("settlement")
    view = views.own_view(task.generate(3), "A")
    goods = view.public("bundle")
    for seat, said in (
        ("A", [Claim("affirm", (NEED, good), grade) for good, grade in zip(goods, ("fine", "plain", "fine"), strict=True)]),
        ("A", [Claim("affirm", (DEAL, good), ("C", "fine", 12)) for good in goods]),
        ("A", [Claim("affirm", (SETTLED, goods[0]), ("D", 9)), Claim("affirm", (SETTLED, goods[1]), ("C", 11))]),
        ("C", [Claim("affirm", (QUOTED, "C", good, grade), 17) for good in goods for grade in ("plain", "fine")]),
        ("C", [Claim("affirm", (DELIVERED, good), ("C", "plain")) for good in goods]),
    ):
        read = task.claims([Turn(seat, task.word(said, view))], view)
        assert [(one.slot, one.value) for one in read] == [(one.slot, one.value) for one in said]


@pytest.mark.parametrize(
    ("seat", "text", "expected"),
    [
        ("C", "I can do the {g}, fine, for 12.", set()),  # the grade stands apart from the good
        ("C", "My price for plain {g} is 8 coins.", {(QUOTED, "C", "g", "plain", 8)}),
        ("C", "Fine {g} for 12 and plain {h} for 7.", {(QUOTED, "C", "g", "fine", 12), (QUOTED, "C", "h", "plain", 7)}),
        ("C", "Would you pay 12 for fine {g}?", set()),
        ("C", "I have delivered the fine {g}.", {(DELIVERED, "g", ("C", "fine"))}),
        ("C", "I will deliver the fine {g} once it is paid.", set()),
        ("C", "I have not delivered the fine {g}.", set()),
        ("A", "I have accepted the fine {g} from {c} at 12 and put it in escrow.", {(DEAL, "g", ("C", "fine", 12))}),
        ("A", "I paid {d} the 9 coins for the {h}.", {(SETTLED, "h", ("D", 9))}),
        ("A", "I will settle the {h} with {d} for 9 when it comes.", set()),
        ("A", "I need fine {g} and plain {h}.", {(NEED, "g", "fine"), (NEED, "h", "plain")}),
        ("D", "I need plain {h}.", set()),
    ],
)
def test_what_people_would_say_is_read_closely_or_not_at_all(seat: str, text: str, expected: set[tuple[Any, ...]]) -> None:
    assert claims(text, seat) == expected


# What may be committed to


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("quote", "list of at most 20"),
        ([{"do": "steal"}], "one of: quote, accept"),
        ([{"do": "deliver", "good": "?"}], "must have the keys do, good, grade"),
        ([{"do": "quote", "good": "?", "grade": "golden", "price": 3}], "must be one of: plain, fine"),
        ([{"do": "quote", "good": "?", "grade": "fine", "price": 3.0}], "whole number of coins from 1"),
        ([{"do": "quote", "good": "?", "grade": "fine", "price": True}], "whole number"),
        ([{"do": "settle", "good": "?", "from": "Nobody"}], "must be one of"),
        ([{"do": "quote", "good": "?", "grade": "fine", "price": 3}] * 21, "at most 20"),
    ],
)
def test_what_is_no_action_is_named(answer: Any, says: str) -> None:
    task = made("settlement")
    view = views.own_view(task.generate(3), "C")
    text = json.dumps({"answer": answer}).replace("?", view.public("bundle")[0])
    with pytest.raises(Illegal, match=says):
        task.parse(text, view)


def test_what_a_seat_may_not_do_is_legal_to_try() -> None:
    """Counted, not repaired: a second try would hide it."""
    task = made("settlement")
    view = views.own_view(task.generate(3), "C")
    supplier = view.name("C")
    task.parse(json.dumps({"answer": [{"do": "settle", "good": view.public("bundle")[0], "from": supplier}]}), view)


@pytest.mark.parametrize("account", [[], {"balances": {}}, {"balances": {}, "goods": {}}, {"balances": {"Zed": 1}, "goods": {}}])
def test_an_account_is_read_strictly(account: Any) -> None:
    task = made("settlement")
    with pytest.raises(Illegal):
        task.parse(json.dumps({"answer": account}), views.own_view(task.generate(3), "B"))


@pytest.mark.parametrize("options", ["ledger=paper", "seats=4", "rounds=3"])
def test_a_wrong_option_is_named(options: str) -> None:
    with pytest.raises(UsageError, match=options.split("=")[1] if "rounds" not in options else "takes ledger and seats"):
        api.make_task(f"settlement:{options}", 3)


# The arms compared


def test_the_contrast_of_the_arms_is_known_for_known_players() -> None:
    records = {player: [game(label, player, i)[0] for label in ARMS[:2] for i in range(GAMES)] for player in ("mute", "honest", "boast")}
    mute, honest, boast = (bonds.contrasts(records[player]) for player in ("mute", "honest", "boast"))

    assert {name: contrast.difference.mean for name, contrast in honest.items()} == dict.fromkeys(bonds.OUTCOMES, 0.0)
    assert mute["complete"].difference.mean == mute["delivered"].difference.mean == mute["gain"].difference.mean == 1
    assert mute["complete"].difference.n == GAMES
    assert mute["complete"].difference.low < 1, "three worlds are few"
    assert boast["audit"].difference.mean == pytest.approx(0.5)
    assert boast["complete"].difference.mean == 0
    with pytest.raises(UsageError, match="--task settlement:ledger=talk,seats=3"):
        bonds.contrasts(record for record in records["mute"] if "chain" in record["task"])


def test_a_run_of_both_arms_is_verified_after_it_was_torn_off_in_a_game(tmp_path: Path) -> None:
    """An episode that dies is played again from its start, and comes out the same."""
    wish = api.Wish(model="reference:honest", tasks=ARMS[:2], n=2)
    path, _ = api.run(wish, tmp_path / "run")
    file = path / "episodes.jsonl"
    whole = file.read_bytes()
    lines = whole.splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:2]) + lines[2][: len(lines[2]) // 2])
    _, outcome = api.run(wish, path)
    records = list(read_episodes(path))

    assert outcome.complete
    assert list(api.verify(path)) == []
    assert len(records) == 4
    assert len({record["seed"] for record in records}) == 2
    assert {json.dumps(record["score"]) for record in records} == {json.dumps(json.loads(line)["score"]) for line in lines}
    assert bonds.contrasts(records)["complete"].difference.mean == 0
