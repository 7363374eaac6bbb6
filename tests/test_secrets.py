"""What looks like a secret is found wherever it stands in a document, and nothing else is; none is shown whole."""

from __future__ import annotations

import json

import pytest

from leaderboard.secrets import secrets_in, without_homes

A = "Ab3dEf6hIj9lMn2pQr5t"

SECRETS = {
    f"hf_{A}{A}": "token",
    f"sk-proj-{A}{A}": "token",
    f"sk-ant-api03-{A}": "token",
    f"ghp_{A}{A}": "token",
    f"github_pat_{A}{A}": "token",
    "AKIAIOSFODNN7EXAMPLE": "token",
    f"AIza{A}{A}": "token",
    "xoxb-1234567890-abcdef": "token",
    f"gsk_{A}{A}": "token",
    f"eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM.{A}": "token",
    "-----BEGIN OPENSSH PRIVATE KEY-----": "private key",
    f"Authorization: Bearer {A}": "credentials",
    "https://user:pass@host.org/v1": "credentials",
    "write to jane.doe@uni-x.edu now": "e-mail",
    "/home/jane/runs": "home path",
    "'/Users/jane/x'": "home path",
    "C:\\Users\\jane\\x": "home path",
    "/root/.cache": "home path",
}

HARMLESS = (
    "3 < 5 and the skeleton key is under the mat",
    "the hf_model at https://host.org/v1/home/page",
    "ask someone@example.com or a@b.test",
    "task-scheduling-with-long-hyphenated-names",
    "we met @home at 10:30, ratio 3:4@5",
    "sha256:9f2c41ab0c1d2e3f405162738495a6b7c8d9eaf0",
    "room/homework and the Users/guide",
)


@pytest.mark.parametrize("text", SECRETS)
def test_each_shape_is_found_and_shown_only_in_part(text: str) -> None:
    (found,) = secrets_in({"calls": [{"raw": f"well\n{text}"}]}, "episode 3")

    assert found.kind == SECRETS[text]
    assert found.where == "episode 3.calls.0.raw"
    assert text not in str(found)
    assert len(found.beginning) <= 6


def test_a_token_right_after_an_escaped_line_break_is_found() -> None:
    """In the raw line "\\n" would be a letter before it."""
    document = json.loads(json.dumps({"raw": f"\nhf_{A}{A}"}))

    assert len(list(secrets_in(document, "x"))) == 1


def test_a_name_can_be_a_secret_too() -> None:
    assert [one.kind for one in secrets_in({f"hf_{A}{A}": 1}, "x")] == ["token"]


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_text_is_let_through(text: str) -> None:
    assert list(secrets_in([text], "x")) == []


def test_what_a_user_accepts_is_not_reported() -> None:
    document = ["jane@uni-x.edu", "/home/jane"]

    assert [one.kind for one in secrets_in(document, "x", accepted=("e-mail",))] == ["home path"]


def test_a_deep_document_is_searched_to_its_ground() -> None:
    deep: list[object] = [f"hf_{A}{A}"]
    for _ in range(10_000):
        deep = [deep]

    assert len(list(secrets_in(deep, "x"))) == 1


def test_homes_are_taken_out_of_a_text() -> None:
    assert without_homes("/home/jane/bin/bench run --out /Users/jane/runs /root/x") == "~/bin/bench run --out ~/runs ~/x"
