"""The report's page in a real browser: it fits a phone, can be read, works from the keyboard, and asks for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmark import api
from benchmark.display.page import page as rendered
from tests.browser import CONTRAST, NEEDED, Browser
from tests.test_page import HOSTILE, evil

pytestmark = NEEDED

OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, api.Report]:
    """Where a run lies that has something for every part of a page, and its report."""
    out: Path = tmp_path_factory.mktemp("run") / "run"
    tasks = ("mutual_friend", "trust_market", "dilemma:rounds=20-30")
    wish = api.Wish(model="reference:forgetful?p=0.6", tasks=tasks, n=2, conditions=("private", "mindreader"))
    api.run(wish, out)
    return out, api.report(out)


@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_can_be_read_and_asks_for_nothing(browser: Browser, document: tuple[Path, api.Report], width: int) -> None:
    written = api.write_report(*document)
    assert written
    browser.open(written.as_uri(), width)
    browser.value(OPEN)

    assert browser.asked == [written.as_uri()]
    assert browser.complained == []
    assert browser.value("document.querySelectorAll('.rows, .curve').length") > 5
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.value(CONTRAST) >= 4.5
    small = "Math.min(...Array.from(document.querySelectorAll('main *')).map((one) => parseFloat(getComputedStyle(one).fontSize)))"
    assert browser.value(small) >= 12


def test_its_texts_are_copied_and_its_tables_opened_from_the_keyboard(browser: Browser, document: tuple[Path, api.Report]) -> None:
    written = api.write_report(*document)
    assert written
    browser.open(written.as_uri())
    reached = []
    for _ in range(200):
        browser.press("Tab")
        reached.append(browser.value("document.activeElement.tagName + (document.activeElement.dataset.copies || '')"))
        if reached[-1] == "SUMMARY" and reached.count("SUMMARY") == 1:
            browser.press("Enter")
        if reached[-1] == "BUTTONbibtex":
            break
    browser.press("Enter")
    told = "document.querySelector('[data-copies=bibtex]').nextElementSibling.textContent"
    selected = "document.activeElement.selectionEnd - document.activeElement.selectionStart - document.activeElement.value.length"

    assert browser.value(f"new Promise((done) => setTimeout(() => done({told}), 200))") == "Copied."
    assert browser.value("document.querySelector('details').open")
    assert "BUTTONmethods" in reached
    assert browser.value("document.activeElement.id") == "bibtex"
    assert browser.value(selected) == 0


def test_hostile_text_in_every_field_runs_nothing(browser: Browser, document: tuple[Path, api.Report], tmp_path: Path) -> None:
    (tmp_path / "evil.html").write_text(rendered(evil(dict(document[1])), "view/index.html"), "utf-8")
    browser.open((tmp_path / "evil.html").as_uri(), 360)
    browser.value(OPEN)

    assert browser.asked == [(tmp_path / "evil.html").as_uri()]
    assert browser.complained == []
    assert browser.value("document.querySelectorAll('img, script').length") == 1
    assert browser.value("document.querySelector('h1').textContent").startswith(HOSTILE[:20])
    assert browser.value("document.documentElement.scrollWidth") <= 360
