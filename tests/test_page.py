"""The report as a page: complete in itself, and inert whatever the names in it say."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.display.gallery import pictures
from benchmark.display.page import page
from benchmark.records import Document
from benchmark.results.methods import bibtex, methods
from benchmark.views import CONDITIONS, CONTRASTS
from benchmark.vocabulary import Json

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)></textarea>\u202e&\x1b[31m'


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
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links += [value or "" for name, value in attrs if name == "href"]


def evil(document: Document) -> Document:
    """``document`` with hostile text wherever text can stand, but for the names that Parley itself gives."""

    def spoilt(value: Json) -> Json:
        if isinstance(value, str):
            return value if value in {*CONDITIONS, *CONTRASTS} else HOSTILE
        if isinstance(value, dict):
            return {HOSTILE if name in ("mutual_friend", "decided", "zhou2024real") else name: spoilt(one) for name, one in value.items()}
        return [spoilt(one) for one in value] if isinstance(value, list) else value

    served, partners = {"served": {"other": 3}, "unpriced": ["some"]}, {"self_play": False, "partners": ["one"], "shard": "1/2"}
    spoilt_document: Document = spoilt({**document, **served, **partners, "by_partner": {"p": document["overall"]}})
    spoilt_document["by_partner"] = {HOSTILE: spoilt_document["by_partner"]["p"]}
    return spoilt_document


def test_every_mean_stands_in_the_page_with_its_interval_and_n(document: Document) -> None:
    text = page(document)
    for condition, cell in document["tasks"]["mutual_friend"].items():
        found = cell["success"]
        shown = f"{100 * found['mean']:.0f} [{100 * found['low']:.0f}, {100 * found['high']:.0f}], n {found['n']}"
        place = list(document["tasks"]["mutual_friend"]).index(condition)
        (row,) = re.findall(r'<tr><th scope="row">success</th>(.*?)</tr>', text)
        assert re.findall("<td>(.*?)</td>", row)[place] == shown


def test_every_picture_has_a_message_an_alternative_text_and_a_table(document: Document) -> None:
    text = page(document)
    for picture in pictures(document):
        (section,) = re.findall(rf'<section id="{picture.name}">.*?</section>', text)
        assert section.count("<figcaption>") == section.count("<table>") == section.count('role="img"') == 1
        assert html.escape(f'aria-label="{picture.message}')[len("aria-label=&quot;") :] in section


def test_it_asks_for_nothing_and_runs_one_script_of_its_own(document: Document) -> None:
    text = page(document, "view/index.html")
    tags = Tags(text)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

    assert {"img", "link", "iframe", "object", "form", "audio", "video"}.isdisjoint(tags.tags)
    assert {"src", "srcset", "onload", "onerror", "onclick", "style"}.isdisjoint(tags.attributes)
    assert all(link.startswith(("#", "view/index.html#episode=")) for link in tags.links)
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in text


def test_hostile_text_is_text_in_every_field(document: Document) -> None:
    named = {**document, "by_partner": {"p": document["overall"]}, "served": {"other": 3}, "unpriced": ["some"]}
    harmless = Tags(page({**named, "self_play": False, "partners": ["one"], "shard": "1/2"}, "view/index.html"))
    text = page(evil(document), "view/index.html")

    assert text.count("&lt;script&gt;") > 20
    assert Tags(text).tags == harmless.tags
    assert Tags(text).attributes == harmless.attributes
    assert not any(steering in text for steering in ("\x1b", "\u202e"))


def test_the_texts_to_copy_are_whole(document: Document) -> None:
    found = [html.unescape(one) for one in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page(document), re.DOTALL)]

    assert found == [methods(document), bibtex(document)]


def test_what_to_look_at_leads_into_the_transcripts_once_they_are_there(document: Document, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run = [
        "run",
        "--model",
        "reference:mute",
        "--task",
        "mutual_friend",
        "--n",
        "2",
        "--condition",
        "private",
        "--quiet",
        "--out",
        str(out),
    ]
    for command in (run, ["view", str(out)], ["report", str(out)], ["report", str(out), "--html", str(tmp_path / "mine.html")]):
        before = (out / "report.html").read_text("utf-8") if (out / "report.html").exists() else ""
        assert CliRunner().invoke(main, command).exit_code == 0
        if command[0] == "view":
            assert "bench view DIR" in before
            assert Tags(before).links == [link for link in Tags(before).links if link.startswith("#")]
    look = json.loads((out / "report.json").read_text("utf-8"))["look"]
    first = next(iter(look.values()))["episodes"][0]["id"].replace("/", "%2F")

    assert f"view/index.html#episode={first}" in Tags((out / "report.html").read_text("utf-8")).links
    assert f"run/view/index.html#episode={first}" in Tags((tmp_path / "mine.html").read_text("utf-8")).links
    refused = CliRunner().invoke(main, ["report", str(out), "--html", str(tmp_path / "no" / "mine.html")])
    assert refused.exit_code == 1
    assert "no/mine.html" in refused.output
