"""The board as pages: the same bytes from the same entries, every link leads somewhere, and nothing an entry says is more than text."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import PurePosixPath

import pytest

from leaderboard.board.decisions import Decision
from leaderboard.board.rows import Listed
from leaderboard.board.site import Shown, site
from tests.board.making import decision, entry, listed

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}&[x](javascript:1)'


def shown(*rows: Listed, log: tuple[Decision, ...] = ()) -> Shown:
    reports = {row.identity: {"lines": ["holds: replay. " + HOSTILE]} for row in rows}
    return Shown("A board", "a folder", "https://hub.example/datasets/a/b/tree/c0ffee", rows, log, reports, ("mutual_friend", "schedule"))


ROWS = (
    listed(entry("acme/talker", 0.62, 0.1, weights="open"), 1, decisions=(decision(1, "accepted"),)),
    listed(entry("acme/chatter", 0.55, 0.1), 2),
    listed(entry("zeta/old", 0.9, 0.05), 3, decisions=(decision(3, "struck", HOSTILE),)),
    listed(entry("parley/honest", 1.0, 0.0, kind="baseline"), 4),
    listed(entry("parley/people", 0.9, 0.05, kind="human"), 5),
    listed(entry("acme/claimed", 0.99, 0.0), 6, replayed=False),
)
LOG = (decision(1, "accepted"), decision(3, "struck", HOSTILE))


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    return dict(site(shown(*ROWS, log=LOG)))


class Tags(HTMLParser):
    """What a browser would act on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def test_the_same_entries_in_any_order_give_the_same_bytes(pages: dict[str, bytes]) -> None:
    assert dict(site(shown(*ROWS[::-1], log=LOG))) == pages


def test_every_link_leads_to_a_page_there_is_or_to_the_files(pages: dict[str, bytes]) -> None:
    for name, content in pages.items():
        if name.endswith(".html"):
            here = PurePosixPath(name).parent
            links = [value for key, value in Tags(content.decode()).attributes if key == "href"]
            inner = [link for link in links if not link.startswith(("#", "https://hub.example/datasets/a/b/tree/c0ffee/entries/"))]
            assert len(inner) > 3
            for link in inner:
                parts = [*here.parts, *PurePosixPath(link).parts]
                while ".." in parts:
                    at = parts.index("..")
                    del parts[at - 1 : at + 1]
                assert "/".join(parts) in pages, (name, link)


def test_nothing_that_an_entry_says_is_acted_on() -> None:
    nasty = replace(
        entry(),
        model=replace(entry().model, spec=HOSTILE, revision=HOSTILE, provider=HOSTILE),
        training=HOSTILE,
        disclosures=(HOSTILE,),
        reasons=(HOSTILE,),
    )
    for name, content in site(shown(listed(nasty, 1, decisions=(decision(1, "noted", HOSTILE),)), log=(decision(1, "noted", HOSTILE),))):
        if name.endswith(".html"):
            text = content.decode()
            tags = Tags(text)
            assert tags.tags.count("script") == 1
            assert "img" not in tags.tags
            assert not [key for key, _ in tags.attributes if key.startswith("on")]
            assert not [value for key, value in tags.attributes if key in ("href", "src") and "javascript" in value]
            assert "{{ 7 * 7 }}" in text or name != "decisions.html"


def test_the_policy_allows_its_own_style_and_script_and_nothing_else(pages: dict[str, bytes]) -> None:
    text = pages["index.html"].decode()
    policy = re.search(r'Policy" content="([^"]*)"', text)
    assert policy is not None
    stated = policy[1].replace("&#39;", "'")

    assert "default-src 'none'" in stated
    assert "unsafe" not in stated
    assert stated.count("sha256-") == 2
    assert not re.search(r'\sstyle="', text)
    assert "http:" not in text


def test_writing_that_turns_direction_is_shown_as_a_mark() -> None:
    turned = replace(entry(), training="abc\u202edef\u0007")
    page = dict(site(shown(listed(turned))))["entry/2026-03-01-000000000001.html"].decode()

    assert "abc\ufffddef\ufffd" in page


def test_a_struck_row_stays_with_its_reason_and_what_has_no_rank_shows_none(pages: dict[str, bytes]) -> None:
    text = pages["index.html"].decode()

    assert "<s>zeta/old</s>" in text
    assert text.count("struck: &#34;&gt;&lt;script") == 1
    index = json.loads(pages["index.json"])
    by_model = {row["model"]["id"]: row for group in index["groups"] for row in group["rows"]}
    assert {name: row["rank"] for name, row in by_model.items()} == {
        "acme/talker": 1, "acme/chatter": 1, "zeta/old": None, "parley/honest": None, "parley/people": None, "acme/claimed": None,
    }  # fmt: skip
    assert by_model["acme/claimed"]["badge"] == "reported"


def test_every_figure_of_the_index_stands_in_the_page(pages: dict[str, bytes]) -> None:
    text = pages["index.html"].decode()
    for group in json.loads(pages["index.json"])["groups"]:
        for row in group["rows"]:
            found = row["overall"]["grounding_success"]
            assert f"{100 * found['value']:.1f} [{100 * found['low']:.0f}, {100 * found['high']:.0f}]" in text


def test_the_table_holds_the_rows_of_the_index(pages: dict[str, bytes]) -> None:
    from pyarrow import parquet

    rows = parquet.read_table(io.BytesIO(pages["leaderboard.parquet"])).to_pylist()

    assert {row["model"]: row["grounding_success_value"] for row in rows}["acme/talker"] == pytest.approx(0.62)
    assert len(rows) == len(ROWS)


def test_a_board_without_entries_says_so() -> None:
    assert b"There is no entry yet." in dict(site(shown()))["index.html"]
