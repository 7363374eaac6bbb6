"""A person at a browser, as a lab meets it: a real server, real pages, one seat each, and nothing for anybody else."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from benchmark import api
from benchmark.running.folder import read_episodes
from tests.browser import NEEDED, Browser
from tests.test_cli import bench

DECLINES = '{"answer": null}'
ROOT = Path(__file__).parents[1]


@dataclass
class Playing:
    """A ``bench play --web`` beside the test, and the addresses that it told."""

    process: subprocess.Popen[str]
    addresses: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def listen(self, seats: str) -> None:
        """Reads on till the address of each of ``seats`` is known; the rest is read in the background."""
        assert self.process.stderr
        for line in self.process.stderr:
            self.said.append(line)
            if found := re.match(r"Seat (\w): open (\S+)", line):
                self.addresses[found[1]] = found[2]
            if set(seats) <= set(self.addresses):
                break
        threading.Thread(target=lambda: self.said.extend(self.process.stderr or ()), daemon=True).start()


@contextmanager
def playing(*words: object, seats: str = "A") -> Iterator[Playing]:
    command = [sys.executable, "-c", "from benchmark.cli import main; main()", "play", *map(str, words), "--web"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            begun = Playing(process)
            begun.listen(seats)
            assert set(seats) <= set(begun.addresses), begun.said
            yield begun
        finally:
            process.kill()


async def sit(address: str, answers: dict[str, str], seen: list[dict[str, Any]]) -> None:
    """Somebody at ``address``, with the same answer to each kind of question, till it is over."""
    origin = "/".join(address.split("/")[:3])
    async with aiohttp.ClientSession() as session:
        version = -1
        while True:
            async with session.get(f"{address}state", params={"after": version}) as got:
                state = await got.json()
            version = state["version"]
            seen.append(state)
            if state.get("over"):
                return
            if ask := state["ask"]:
                given = {"version": version, "text": answers[ask["kind"]]}
                async with session.post(f"{address}answer", json=given, headers={"Origin": origin}) as put:
                    assert put.status == 204, await put.text()


def test_a_person_at_a_browser_plays_against_a_player_and_the_run_verifies(tmp_path: Path) -> None:
    seen: list[dict[str, Any]] = []
    with playing("mutual_friend", "--seat", "B", "--partner", "reference:mute", "--out", tmp_path / "run", seats="B") as begun:
        asyncio.run(sit(begun.addresses["B"], {"talk": "I know nobody.", "answer": DECLINES}, seen))
        assert begun.process.wait(30) == 0, begun.said

    (record,) = read_episodes(tmp_path / "run")
    configuration = json.loads((tmp_path / "run" / "run.json").read_text())["configuration"]
    assert record["seats"] == {"A": "reference:mute", "B": "human"}
    assert {turn["text"] for turn in record["rounds"][0]["turns"] if turn["seat"] == "B"} == {"I know nobody."}
    assert configuration["seat"] == "B"
    assert bench("verify", tmp_path / "run").exit_code == 0


def test_what_is_seen_is_what_a_model_would_be_sent_and_nothing_else(tmp_path: Path) -> None:
    seen: list[dict[str, Any]] = []
    with playing("schedule", "--seat", "A", "--partner", "reference:honest", "--out", tmp_path / "run") as begun:
        asyncio.run(sit(begun.addresses["A"], {"talk": "Hm.", "answer": DECLINES}, seen))
        assert begun.process.wait(30) == 0, begun.said

    (planned,) = api.plan_of(tmp_path / "run").episodes()
    (record,) = read_episodes(tmp_path / "run")
    first = api.first_requests("schedule", 0, "private", 3, 0)[0]
    asked = [state for state in seen if state.get("ask")]
    assert [tuple(message) for message in asked[0]["messages"]] == list(first.chat)
    assert len(asked) == sum(call["seat"] == "A" for call in record["calls"])
    everything = json.dumps(seen)
    for fact in planned.world().facts:
        if fact.holders == ("B",) and fact.text:
            assert json.dumps(fact.text)[1:-1] not in everything


def test_two_people_play_each_other_each_at_an_address_of_their_own(tmp_path: Path) -> None:
    seen: dict[str, list[dict[str, Any]]] = {"A": [], "B": []}

    async def both(addresses: dict[str, str]) -> None:
        await asyncio.gather(*(sit(addresses[seat], {"talk": f"I am at {seat}.", "answer": DECLINES}, seen[seat]) for seat in "AB"))

    with playing("mutual_friend", "--out", tmp_path / "run", seats="AB") as begun:
        assert begun.addresses["A"] != begun.addresses["B"]
        asyncio.run(both(begun.addresses))
        assert begun.process.wait(30) == 0, begun.said

    (record,) = read_episodes(tmp_path / "run")
    assert all(turn["text"] == f"I am at {turn['seat']}." for turn in record["rounds"][0]["turns"])
    assert json.loads((tmp_path / "run" / "run.json").read_text())["kind"] == "human"
    assert "I am at A." in json.dumps(seen["B"])


def test_the_same_command_plays_the_next_world(tmp_path: Path) -> None:
    for count in (1, 2):
        with playing("mutual_friend", "--partner", "reference:mute", "--out", tmp_path / "run") as begun:
            asyncio.run(sit(begun.addresses["A"], {"talk": "(ready)", "answer": DECLINES}, []))
            assert begun.process.wait(30) == 0, begun.said
        assert [record["index"] for record in read_episodes(tmp_path / "run")] == list(range(count))


def test_nobody_else_is_let_in(tmp_path: Path) -> None:
    async def knock(address: str) -> list[int]:
        origin, body = "/".join(address.split("/")[:3]), {"version": 1, "text": "stolen"}
        port = origin.rpartition(":")[2]
        knocks: list[tuple[str, str, dict[str, str]]] = [
            ("GET", f"{origin}/", {}),
            ("GET", f"{origin}/guess/", {}),
            ("GET", f"{origin}/guess/state", {}),
            ("GET", f"{address}state", {"Host": "evil.example"}),
            ("GET", f"{address}state", {"Origin": "https://evil.example"}),
            ("POST", f"{address}answer", {}),
            ("POST", f"{address}answer", {"Origin": "null"}),
            ("POST", f"{address}answer", {"Origin": f"http://evil.example:{port}"}),
            ("POST", f"{origin}/guess/answer", {"Origin": origin}),
        ]
        found = []
        async with aiohttp.ClientSession() as session:
            for method, where, headers in knocks:
                async with session.request(method, where, headers=headers, json=body if method == "POST" else None) as got:
                    found.append(got.status)
        return found

    with playing("mutual_friend", "--partner", "reference:mute", "--out", tmp_path / "run") as begun:
        assert asyncio.run(knock(begun.addresses["A"])) == [404, 404, 404, 403, 403, 403, 403, 403, 404]
        asyncio.run(sit(begun.addresses["A"], {"talk": "(ready)", "answer": DECLINES}, []))
        assert begun.process.wait(30) == 0
    assert "stolen" not in (tmp_path / "run" / "episodes.jsonl").read_text()


@pytest.mark.parametrize(
    ("given", "status"),
    [({"text": "late", "version": -5}, 409), ({"text": 7, "version": 1}, 400), ({"text": "x"}, 400), ([], 400), ("words", 400)],
)
def test_what_answers_no_question_that_is_put_is_refused(tmp_path: Path, given: Any, status: int) -> None:
    async def answer(address: str) -> tuple[int, Any]:
        origin = "/".join(address.split("/")[:3])
        async with aiohttp.ClientSession() as session:
            state: Any = {"version": -1, "ask": None}
            while not state["ask"]:
                async with session.get(f"{address}state", params={"after": state["version"]}) as got:
                    state = await got.json()
            async with session.post(f"{address}answer", json=given, headers={"Origin": origin}) as put:
                refused = put.status
            async with session.get(f"{address}state") as got:
                return refused, (await got.json())["ask"]

    with playing("mutual_friend", "--partner", "reference:mute", "--out", tmp_path / "run") as begun:
        refused, still = asyncio.run(answer(begun.addresses["A"]))
    assert refused == status
    assert still


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["mutual_friend"], "--partner"),
        (["mutual_friend", "--web", "--seat", "A"], "Leave one of them out"),
        (["mutual_friend", "--web", "--partner", "reference:mute", "--seat", "C"], "it has A, B"),
        (["mutual_frend", "--web", "--partner", "reference:mute"], "mutual_friend"),
    ],
)
def test_a_wish_that_cannot_be_had_is_one_clear_error(words: list[str], advice: str) -> None:
    done = bench("play", *words)

    assert done.exit_code == 2
    assert advice in done.stderr


@NEEDED[0]
@NEEDED[1]
def test_the_page_is_used_by_keyboard_alone_and_shows_what_was_sent(tmp_path: Path, browser: Browser) -> None:
    def waits_for(browser: Browser, script: str) -> None:
        look = f"const look = (left) => ({script}) ? done(true) : left ? setTimeout(look, 20, left - 1) : done(false); look(500);"
        assert browser.value(f"new Promise((done) => {{ {look} }})"), browser.value("document.body.innerText")

    with playing("mutual_friend", "--partner", "reference:honest", "--out", tmp_path / "run") as begun:
        browser.open(begun.addresses["A"], 360)
        waits_for(browser, "!document.getElementById('form').hidden")
        first = api.first_requests("mutual_friend", 0, "private", 3, 0)[0]

        assert browser.value("document.querySelector('.message').textContent") == first.chat[0][1]
        assert browser.value("document.activeElement.id") == "text"
        assert browser.value("document.documentElement.scrollWidth") <= 360
        assert browser.value("document.title") == "● Your turn"
        for _ in range(20):
            kind = browser.value("document.getElementById('label').textContent")
            browser.value(f"document.getElementById('text').value = {json.dumps(DECLINES if 'JSON' in kind else '<b>Hello</b> (ready)')}")
            before = browser.value("document.getElementById('talk').children.length")
            browser.press("Tab")
            browser.press("Enter")
            waits_for(browser, f"document.title === 'Parley: over' || document.getElementById('talk').children.length > {before}")
            waits_for(browser, "document.title === 'Parley: over' || !document.getElementById('form').hidden")
            if browser.value("document.title") == "Parley: over":
                break
        assert begun.process.wait(30) == 0
        assert all(address.startswith(begun.addresses["A"]) or address == "about:blank" for address in browser.asked)
        assert browser.complained == []

    (record,) = read_episodes(tmp_path / "run")
    assert record["rounds"][0]["turns"][0]["text"] == "<b>Hello</b> (ready)"
