"""The report as a page: complete in itself, and inert whatever the names in it say."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.page import page
from benchmark.records import Document

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e&\x1b[31m'


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    out = tmp_path_factory.mktemp("run") / "run"
    command = ["run", "--model", "reference:egocentric", "--task", "mutual_friend", "--n", "3", "--quiet", "--out", str(out), "--json"]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    assert (out / "report.html").read_text("utf-8") == page(json.loads(done.stdout))
    loaded: Document = json.loads(done.stdout)
    return loaded


class Tags(HTMLParser):
    """What a browser would act on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)


def test_every_mean_stands_in_the_page_with_its_interval_and_n(document: Document) -> None:
    text = page(document)
    for condition, cell in document["tasks"]["mutual_friend"].items():
        found = cell["success"]
        shown = f"{100 * found['mean']:.0f} [{100 * found['low']:.0f}, {100 * found['high']:.0f}]"
        assert re.search(rf">{condition}</span></th><td>{found['n']}</td><td>{re.escape(shown)}</td>", text)


def test_it_asks_for_nothing_and_runs_nothing(document: Document) -> None:
    tags = Tags(page(document))

    assert {"script", "img", "link", "iframe", "object", "svg", "a", "form"}.isdisjoint(tags.tags)
    assert {"src", "href", "onload", "onerror", "onclick"}.isdisjoint(tags.attributes)
    assert "default-src 'none'" in page(document)


def test_hostile_names_are_text(document: Document) -> None:
    harmless = Tags(page(document))
    evil = {**document, "model": HOSTILE, "run": HOSTILE, "outcomes": {HOSTILE: 15}, "self_play": False, "partners": [HOSTILE]}
    evil |= {"tasks": {HOSTILE: document["tasks"]["mutual_friend"]}, "gaps": {HOSTILE: document["gaps"]["mutual_friend"]}}
    text = page(evil)

    assert Tags(text).tags == harmless.tags
    assert Tags(text).attributes == harmless.attributes
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_page_can_be_written_elsewhere(tmp_path: Path) -> None:
    out = tmp_path / "run"
    run = ["run", "--model", "reference:mute", "--task", "mutual_friend", "--n", "1", "--quiet", "--out", str(out)]
    assert CliRunner().invoke(main, run).exit_code == 0
    done = CliRunner().invoke(main, ["report", str(out), "--html", str(tmp_path / "mine.html")])
    refused = CliRunner().invoke(main, ["report", str(out), "--html", str(tmp_path / "no" / "mine.html")])

    assert done.exit_code == 0
    assert (tmp_path / "mine.html").exists()
    assert refused.exit_code == 1
    assert "no/mine.html" in refused.output
