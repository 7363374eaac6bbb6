"""The board as a person meets it: in a real browser, from a folder, on a phone, by keyboard, and with hostile entries on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaderboard.board.site import site
from tests.board.test_site import HOSTILE, LOG, ROWS, shown
from tests.browser import CONTRAST, NEEDED, Browser

pytestmark = NEEDED

PAGES = ("index.html", "decisions.html", "entry/2026-03-01-000000000001.html", "entry/2026-03-01-000000000003.html")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    for name, content in site(shown(*ROWS, log=LOG)):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    return out


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_asks_for_nothing_else_complains_of_nothing_and_fits(browser: Browser, root: Path, name: str, width: int) -> None:
    address = (root / name).as_uri()
    browser.open(address, width)

    assert browser.asked == [address]
    assert browser.complained == []
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.value("document.querySelectorAll('h1').length") == 1
    assert browser.value("document.title")


def test_hostile_words_are_words(browser: Browser, root: Path) -> None:
    browser.open((root / "entry/2026-03-01-000000000003.html").as_uri())

    assert HOSTILE in browser.value("document.body.innerText")
    assert browser.value("document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert browser.value("document.scripts.length") == 1


VISIBLE = """
Array.from(document.querySelectorAll(".group tbody tr")).filter((row) => row.offsetParent && row.querySelector("a"))
  .map((row) => row.querySelector("a").textContent)
"""
COLUMNS = """
Array.from(document.querySelectorAll("details th[data-task]")).filter((cell) => cell.offsetParent).map((cell) => cell.textContent)
"""
ACTIVE = "document.activeElement.tagName + ' ' + (document.activeElement.name || document.activeElement.textContent.slice(0, 20))"


def choose(browser: Browser, name: str, value: str) -> None:
    browser.value(
        f"(() => {{ const field = document.forms[0].elements[{name!r}]; field.value = {value!r}; "
        "field.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


def test_filters_hide_models_and_never_baselines_or_people(browser: Browser, root: Path) -> None:
    browser.open((root / "index.html").as_uri())
    everyone = browser.value(VISIBLE)
    choose(browser, "weights", "open")

    assert len(everyone) == len(ROWS)
    assert browser.value(VISIBLE) == ["parley/honest", "parley/people", "acme/talker"]
    assert browser.value("document.getElementById('count').textContent") == "1 model"
    assert browser.value("location.hash") == "#weights=open"

    choose(browser, "weights", "")
    choose(browser, "badge", "reported")
    assert browser.value(VISIBLE) == ["parley/honest", "acme/claimed", "parley/people"]


def test_an_address_with_filters_opens_filtered(browser: Browser, root: Path) -> None:
    browser.open((root / "index.html").as_uri() + "#weights=open")

    assert browser.value(VISIBLE) == ["parley/honest", "parley/people", "acme/talker"]


def test_a_task_shows_its_own_column_alone(browser: Browser, root: Path) -> None:
    browser.open((root / "index.html").as_uri())
    choose(browser, "task", "schedule")

    assert browser.value(COLUMNS) == ["schedule"]


def test_everything_can_be_reached_by_keyboard_and_says_what_it_is(browser: Browser, root: Path) -> None:
    browser.open((root / "index.html").as_uri())
    reached = []
    for _ in range(40):
        browser.press("Tab")
        reached.append(browser.value(ACTIVE))

    assert reached[0] == "A Skip to the content"
    assert {"SELECT badge", "SELECT weights", "SELECT task", "A acme/talker", "SUMMARY By task"} <= set(reached)
    assert browser.value("Array.from(document.querySelectorAll('select')).every((one) => one.labels.length === 1)")
    assert browser.value(
        "Array.from(document.querySelectorAll('svg')).every((one) => one.getAttribute('aria-label').startsWith('success: '))"
    )
    assert browser.value("Array.from(document.querySelectorAll('table')).every((one) => one.querySelector('th[scope=col]'))")
    assert browser.value("document.documentElement.lang") == "en"


@pytest.mark.parametrize("name", PAGES)
def test_all_text_has_the_contrast_that_wcag_asks_for(browser: Browser, root: Path, name: str) -> None:
    """At least 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    browser.open((root / name).as_uri())

    assert browser.value(CONTRAST) >= 4.5
