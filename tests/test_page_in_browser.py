"""The report's page in a real browser: it fits a phone, can be read, and asks for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmark import api
from tests.browser import CONTRAST, NEEDED, Browser

pytestmark = NEEDED


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out: Path = tmp_path_factory.mktemp("run") / "run"
    wish = api.Wish(model="reference:honest", tasks=("mutual_friend", "trust_market", "dilemma:rounds=20-30"), n=2, conditions=("private",))
    api.run(wish, out)
    written = api.write_report(out, api.report(out))
    assert written
    return written


@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_can_be_read_and_asks_for_nothing(browser: Browser, page: Path, width: int) -> None:
    browser.open(page.as_uri(), width)

    assert browser.asked == [page.as_uri()]
    assert browser.complained == []
    assert browser.value("document.querySelectorAll('svg').length") > 3
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.value(CONTRAST) >= 4.5
