"""`bench check-model`: a sound engine conforms, and every planted defect is found by the check that is there for it."""

from __future__ import annotations

import json
import re
from collections import deque
from typing import Any

import pytest
from aiohttp import web
from click.testing import CliRunner, Result

from benchmark import api
from benchmark.cli import main
from benchmark.conformance.findings import Finding
from benchmark.conformance.models import CHECKS, OVERLONG
from tests.planted_engines import ENGINES
from tests.servers import Body, Server, completion, in_thread, refuses

DEFECTS: dict[str, tuple[set[str], str]] = {
    "Mixes": ({"order", "instances"}, "got the reply of another"),
    "MixesUnheeding": ({"order"}, "got the reply of another"),
    "Accumulates": ({"stateless"}, "tokens of prompt, and later"),
    "Remembers": ({"stateless", "instances"}, "only another conversation held"),
    "Switches": ({"stateless"}, "changed for good"),
    "Unlimited": ({"limit"}, "asked for 1 token"),
    "RaisesWhenLong": ({"overlong"}, "raised RuntimeError"),
    "HangsWhenLong": ({"overlong"}, "no reply within 0.5 seconds"),
    "ClaimsConstraint": ({"schema"}, "constrained=True, and yet"),
    "ConstrainsTalk": ({"schema"}, "which has no schema"),
    "GivesDict": ({"answers"}, "no Completion"),
    "GivesBytes": ({"answers"}, "text is b'hello' (bytes)"),
    "OddFinish": ({"answers"}, "finish is 'eos'"),
    "OddUsage": ({"answers"}, "prompt is None"),
    "Hangs": ({"answers"}, "no reply within 0.5 seconds"),
    "Swallows": ({"cancelling"}, "as if nothing had happened"),
    "Stubborn": ({"cancelling"}, "a cancelled call did not end"),
    "DiesOfCancelling": ({"cancelling"}, "the connection is closed"),
    "Miscounts": ({"usage"}, "a longer prompt counts 7"),
    "FalselyBounded": ({"usage"}, "were cached"),
    "Encodes": ({"odd"}, "UnicodeEncodeError"),
    "FearsQuotations": ({"template"}, "a role that the template does not know"),
    "Unnamed": ({"described"}, "name is ''"),
    "UnwritableDetails": ({"described"}, "cannot be written as JSON"),
    "CannotOpen": ({"opens"}, "no such device"),
    "CannotClose": ({"closes"}, "the server is gone"),
}
"""By defect: the checks that must fail, and words that one of them must say."""


def bench(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def planted(defect: str) -> list[Finding]:
    found, _ = api.check_model(api.Wish(model=f"tests.planted_engines:connect?defect={defect}"), seconds=0.5)
    return found


def failed(found: list[Finding]) -> dict[str, str]:
    return {finding.name: finding.seen for finding in found if finding.verdict == "failed"}


def test_a_sound_engine_passes_every_check() -> None:
    found = planted("Sound")

    assert [finding.name for finding in found] == list(CHECKS)
    assert {finding.name for finding in found if finding.verdict == "passed"} == set(CHECKS)


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found_by_its_check(defect: str) -> None:
    checks, words = DEFECTS[defect]
    complaints = failed(planted(defect))

    assert checks <= set(complaints)
    assert any(words in complaints[name] for name in checks), complaints
    if "instances" not in checks:  # who mixes conversations breaks more than one promise; who only miscounts must be told of that alone
        assert set(complaints) == checks


def test_every_planted_engine_is_tried() -> None:
    assert set(ENGINES) <= {*DEFECTS, "Sound", "Blocks", "Dices"}


def test_every_check_is_failed_by_some_defect() -> None:
    """Seeds apart: what a server does with them is noted."""
    assert {name for checks, _ in DEFECTS.values() for name in checks} >= set(CHECKS) - {"seeds"}


def test_an_engine_that_never_answers_is_not_asked_for_long() -> None:
    found, calls = api.check_model(api.Wish(model="tests.planted_engines:connect?defect=Hangs"), seconds=0.2)

    assert calls == 1
    assert found[-1].seen == "not checked: the model does not answer"


def test_what_no_engine_promises_is_noted() -> None:
    verdicts = {finding.name: finding.verdict for finding in planted("Dices")}

    assert (verdicts["seeds"], verdicts["stateless"], verdicts["order"]) == ("noted", "noted", "noted")
    assert "failed" not in verdicts.values()


def test_an_engine_that_blocks_the_event_loop_is_told_so() -> None:
    found, _ = api.check_model(api.Wish(model="tests.planted_engines:connect?defect=Blocks"), seconds=30)

    assert [finding.verdict for finding in found if "stood still" in finding.seen] == ["noted"]


def test_the_command_says_one_line_for_each_check_and_exits_by_the_verdict() -> None:
    good = bench("check-model", "reference:honest")
    bad = bench("check-model", "tests.planted_engines:connect?defect=Mixes")

    assert good.exit_code == 0
    assert re.fullmatch(r"reference:honest conforms. 13 checks, \d+ calls.", good.stdout.splitlines()[-1])
    assert bad.exit_code == 1
    assert re.search(r"failed  order +of \d+ calls at once", bad.stdout)
    assert "→ Keep nothing about a call" in bad.stdout
    assert max(map(len, (good.stdout + bad.stdout).splitlines())) <= 80


def test_json_is_one_document_and_a_skipped_check_is_named() -> None:
    done = bench("check-model", "tests.planted_engines:connect?defect=RaisesWhenLong", "--skip", "overlong", "--json")
    document: dict[str, Any] = json.loads(done.stdout)

    assert done.exit_code == 0
    assert document["conforms"] is True
    assert document["skipped"] == ["overlong"]
    assert {finding["name"] for finding in document["findings"]} == set(CHECKS) - {"overlong"}


@pytest.mark.parametrize(
    ("words", "status", "hint"),
    [
        (("reference:nobody",), 2, "no reference player"),
        (("reference:honest", "--skip", "ordr"), 2, "did you mean order or odd?"),
        (("tests.planted_engines:connect?defect=Unreachable",), 1, "the server is down"),
        (("tests.planted_engines:nothing",), 2, "no function nothing"),
    ],
)
def test_what_cannot_be_checked_is_said_in_one_line(words: tuple[str, ...], status: int, hint: str) -> None:
    done = bench("check-model", *words)

    assert (done.exit_code, hint in " ".join(done.output.split())) == (status, True), done.output


async def counted(request: web.Request, asked: Body) -> web.StreamResponse:
    """Like a real server, it keeps to max_tokens (words, here), and counts."""
    chat = " ".join(message["content"] for message in asked["messages"])
    words = ['{"answer":null}'] if "JSON object only" in chat.rpartition("\n\n")[2] else [*re.findall(r'word "(\w+)"', chat), "yes"]
    kept = words[: asked["max_tokens"]]
    document = completion(" ".join(kept), "stop" if kept == words else "length")
    document["usage"] = {"prompt_tokens": len(chat.split()), "completion_tokens": len(kept)}
    return web.json_response(document)


def test_the_openai_engine_conforms_in_front_of_a_real_server() -> None:
    with in_thread(Server(script=deque([counted] * 100))) as server:
        done = bench("check-model", server.spec(timeout=20), "--json")
        asked = server.requests

    document = json.loads(done.stdout)
    assert done.exit_code == 0, done.stdout
    assert document["calls"] == len(asked)
    assert max(len(body["messages"][-1]["content"]) for body in (one.body for one in asked)) > OVERLONG


def test_a_server_that_counts_every_prompt_alike_is_found_out() -> None:
    with in_thread(Server()) as server:
        done = bench("check-model", server.spec(timeout=20), "--json")

    assert done.exit_code == 1
    assert [one["name"] for one in json.loads(done.stdout)["findings"] if one["verdict"] == "failed"] == ["usage"]


def test_a_server_that_fails_is_told_of_once() -> None:
    server = Server(script=deque([refuses(500)] * 3))
    with in_thread(server):
        done = bench("check-model", server.spec(timeout=20), "--json")

    assert done.exit_code == 1
    assert [one["name"] for one in json.loads(done.stdout)["findings"] if one["verdict"] == "failed"] == ["answers"]
