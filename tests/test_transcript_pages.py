"""Transcripts as a person meets them: in a real browser, from a disk, by keyboard, on a phone, and with hostile words in them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from benchmark import api
from benchmark.running.folder import read_episodes
from benchmark.transcripts.site import COLUMNS, INDEX, LIST
from tests.browser import CONTRAST, NEEDED, Browser

pytestmark = NEEDED


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out: Path = tmp_path_factory.mktemp("run") / "run"
    wish = api.Wish(model="reference:honest", tasks=("mutual_friend", "secret"), n=2, conditions=("private", "omniscient", "script"))
    api.run(wish, out)
    api.view(out)
    return out


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out: Path = tmp_path_factory.mktemp("hostile") / "run"
    api.run(api.Wish(model="tests.hostile_speaker:connect", tasks=("mutual_friend",), n=1, conditions=("private",)), out)
    api.view(out)
    return out


def named(run: Path, start: str) -> str:
    return next(str(record["id"]) for record in read_episodes(run) if record["id"].startswith(start))


def address(run: Path, **given: object) -> str:
    return (run / "view" / INDEX).as_uri() + (f"#{urlencode(given)}" if given else "")


def shown(browser: Browser, selector: str) -> list[str]:
    found: list[str] = browser.value(f"Array.from(document.querySelectorAll({selector!r})).map((one) => one.textContent)")
    return found


def until(browser: Browser, script: str) -> None:
    """Waits till ``script`` is true in the page: an episode is loaded when it is asked for."""
    look = f"const look = (left) => ({script}) ? done(true) : left ? setTimeout(look, 20, left - 1) : done(false); look(500);"
    assert browser.value(f"new Promise((done) => {{ {look} }})"), script


def test_the_list_filters_and_an_address_with_filters_opens_filtered(browser: Browser, run: Path) -> None:
    browser.open(address(run))
    everyone = len(shown(browser, "tbody tr"))
    field = "document.querySelector('select[name=condition]')"
    browser.value(f"{field}.value = 'script'; {field}.dispatchEvent(new Event('change'))")
    until(browser, "document.querySelectorAll('tbody tr').length === 4")

    assert everyone == 12
    assert browser.value("location.hash") == "#condition=script"
    browser.open(address(run, task="secret", condition="private"))
    assert len(shown(browser, "tbody tr")) == 2
    browser.open(address(run, look="undecided"))
    assert shown(browser, "tbody tr") == []


def test_arrow_keys_step_through_an_episode_and_light_what_crossed(browser: Browser, run: Path) -> None:
    browser.open(address(run, episode=named(run, "mutual_friend/3/private"), step=0))
    until(browser, "document.querySelector('.steps')")
    steps = len(shown(browser, ".step"))
    lit = "document.querySelectorAll('.chip:not([data-state=untold])').length"
    at_first, marks = browser.value(lit), []
    for _ in range(steps - 1):
        browser.press("ArrowRight")
        marks.append(browser.value(lit))

    assert marks == sorted(marks)
    assert at_first < marks[-1]
    assert browser.value("document.getElementById('where').textContent") == f"step {steps} of {steps}"
    assert browser.value("document.querySelectorAll('.later').length") == 0
    assert f"step={steps - 1}" in browser.value("location.hash")
    browser.press("ArrowLeft")
    assert browser.value("document.querySelectorAll('.later').length") == 1
    assert "step" in browser.value("document.getElementById('said').textContent")


def test_a_link_to_a_step_opens_there(browser: Browser, run: Path) -> None:
    browser.open(address(run, episode=named(run, "mutual_friend/3/private"), step=1))
    until(browser, "document.querySelector('[aria-current]')")

    assert browser.value("Array.from(document.querySelectorAll('.step')).findIndex((one) => one.hasAttribute('aria-current'))") == 1


def test_the_prompt_of_a_turn_is_one_click_away_and_whole(browser: Browser, run: Path) -> None:
    identity = named(run, "mutual_friend/3/private")
    browser.open(address(run, episode=identity))
    until(browser, "document.querySelector('.step button')")
    browser.value("document.querySelectorAll('.step button')[2].click()")
    messages = shown(browser, "dialog pre")

    record = next(record for record in read_episodes(run) if record["id"] == identity)
    assert browser.value("document.querySelector('dialog').open")
    assert [record["calls"][0]["raw"] in text for text in messages[:3]] == [False, True, False]
    assert messages[-1] == record["calls"][2]["raw"]
    assert "What everyone knows" in messages[0] or "'s notes:" in messages[0]


def test_twins_stand_side_by_side(browser: Browser, run: Path) -> None:
    one, other = named(run, "mutual_friend/3/private/1"), named(run, "mutual_friend/3/omniscient/1")
    browser.open(address(run, episode=one, beside=other))
    until(browser, "document.querySelectorAll('.pane').length === 2")
    left, right = browser.value("Array.from(document.querySelectorAll('.pane')).map((one) => one.getBoundingClientRect().left)")

    assert left < right
    assert [text.split()[0] for text in shown(browser, ".pane h2")] == ["private", "omniscient"]
    assert "Sees these notes and no others" in shown(browser, ".pane")[0]
    assert "One instance writes for" in shown(browser, ".pane")[1]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", ["list", "episode"])
def test_it_fits_asks_for_nothing_elsewhere_and_complains_of_nothing(browser: Browser, run: Path, page: str, width: int) -> None:
    browser.open(address(run, **({"episode": named(run, "secret/3/private")} if page == "episode" else {})), width)
    until(browser, "document.querySelector('h1')")

    assert all(asked.startswith((run / "view").as_uri()) for asked in browser.asked)
    assert browser.complained == []
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.value("document.querySelectorAll('h1').length") == 1
    assert browser.value(CONTRAST) >= 4.5


def test_hostile_words_are_words(browser: Browser, hostile: Path) -> None:
    browser.open(address(hostile, episode=named(hostile, "mutual_friend")))
    until(browser, "document.querySelector('.steps')")
    text = browser.value("document.body.textContent")

    assert "</script>" in text
    assert "⟨U+202E⟩" in text
    assert not {"\u202e", "\x1b", "\x07", "\u2066"} & set(text)
    assert browser.complained == []
    assert browser.value("document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert "(heard by nobody)" in text


def test_a_run_of_ten_thousand_keeps_a_small_page(browser: Browser, run: Path, tmp_path: Path) -> None:
    text = (run / "view" / LIST).read_text("ascii")
    document = json.loads(text.removeprefix("parley.episodes(").removesuffix(");\n"))
    row = dict(zip(COLUMNS, document["rows"][0], strict=True))
    document["rows"] = [list((row | {"id": f"{row['id']}{n}", "index": n}).values()) for n in range(10_000)]
    (tmp_path / INDEX).write_bytes((run / "view" / INDEX).read_bytes())
    (tmp_path / LIST).write_text(f"parley.episodes({json.dumps(document)});\n")
    browser.open((tmp_path / INDEX).as_uri() + "#page=200")

    assert len(shown(browser, "tbody tr")) == 50
    assert shown(browser, "tbody th")[-1] == "world 9999"
    assert browser.value("document.querySelectorAll('*').length") < 1000


def test_an_episode_that_is_missing_is_said_to_be(browser: Browser, run: Path) -> None:
    browser.open(address(run, episode="nowhere"))

    assert "There is no such episode" in browser.value("document.body.textContent")
