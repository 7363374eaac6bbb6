"""What other harnesses are measured with: the same dialogues, written down, and a row for one that could not be measured."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.performance.drivers import Work, dialogues
from tests.performance.load_server import reply_to
from tests.performance.long_talk import CALLS, LongTalk
from tests.performance.peers import Measure, figures
from tests.performance.script import write_script

SHORT = Measure("turns", "calls", lambda taken: float(taken["calls"]), dialogues=1)


def test_a_script_leads_to_the_very_chats_of_a_run(tmp_path: Path) -> None:
    every = dialogues(Work(LongTalk.name, 3, 8, "http://127.0.0.1:9/v1").plan)
    write_script(tmp_path / "script.json", every)

    for chats, told in zip(every, json.loads((tmp_path / "script.json").read_text("utf-8")), strict=True):
        histories: tuple[list[tuple[str, str]], ...] = ([], [])
        asked = []
        for seat, text in told:
            histories[seat].append(("user", text))
            asked.append(tuple(histories[seat]))
            histories[seat].append(("assistant", reply_to(list(histories[seat]))))
        assert asked == chats
        assert len({tuple(history) for history in histories}) == 2


def test_a_peer_that_could_not_be_installed_has_a_row_that_says_so(tmp_path: Path) -> None:
    bare, peer = figures(SHORT, ["sotopia==0.1.5"], tmp_path)

    assert (bare.ours, bare.floor) == (CALLS, CALLS)
    assert peer.row() == "| turns: Sotopia | 20 calls | — | — | Sotopia 0.1.5 was not measured: it could not be installed |"


def test_a_peer_that_fails_has_a_row_with_its_last_words(tmp_path: Path) -> None:
    programs = tmp_path / "sotopia==0" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").write_text(f"#!{sys.executable}\nimport sys\nsys.exit('there is no such thing as Sotopia')\n")
    (programs / "python").chmod(0o755)
    (tmp_path / "sotopia==0" / "installed").touch()

    *_, peer = figures(SHORT, ["sotopia==0"], tmp_path)

    assert (peer.floor, peer.note) == (0, "Sotopia 0 was not measured: it ended with status 1: there is no such thing as Sotopia")


def test_replies_that_are_not_those_of_the_script_are_no_measurement(tmp_path: Path) -> None:
    programs = tmp_path / "clemcore==1" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").write_text(f"#!{sys.executable}\nprint('{{\"calls\": 20}}')\n")
    (programs / "python").chmod(0o755)
    (tmp_path / "clemcore==1" / "installed").touch()

    *_, peer = figures(SHORT, ["clemcore==1"], tmp_path)

    assert (peer.floor, peer.note) == (0, "clemcore 1 was not measured: it got 0 replies for 20 turns")
