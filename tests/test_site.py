"""The site of the documents is built without a warning, asks nobody for anything, and shows on a telephone what it shows on a desk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmark import api
from tests.browser import NEEDED
from tests.made_entry import run_folder
from tests.test_docs import broken_links

if TYPE_CHECKING:
    from tests.browser import Browser

ROOT = Path(__file__).resolve().parents[1]
SHOWN = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs")
PAGES = ("index", "docs/metrics", "docs/python")


def build(source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """What `make docs` does, with the documents of ``source``."""
    (given,) = re.findall(r"^\t\$\(VENV\)/bin/python (-m sphinx .*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    words = [word.replace("build", str(out.parent)) for word in given.split()]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, *words], cwd=source, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for module in ("sphinx", "myst_parser", "furo"):
        pytest.importorskip(module, reason="the site is built with the extra `site`, which `dev` has too")
    out = tmp_path_factory.mktemp("site") / "docs"
    done = build(ROOT, out)
    assert (0, "") == (done.returncode, done.stderr)
    return out


@pytest.mark.xdist_group("browser")
def test_the_site_is_whole_and_fetches_nothing(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    documents = [path for name in SHOWN for path in ([ROOT / name] if name.endswith(".md") else (ROOT / name).rglob("*.md"))]
    fetched = {
        address
        for page in pages
        for address in re.findall(r'(?:\bsrc=|<link[^>]*\bhref=)"([^"]+)"', page.read_text("utf-8"))
        if re.match(r"(https?:)?//", address)
    }

    assert set() == {path.relative_to(ROOT).with_suffix(".html") for path in documents} - {page.relative_to(site) for page in pages}
    assert (site / "index.html").read_bytes() == (site / "README.html").read_bytes()
    assert set() == fetched
    assert "What a user asks for" in (site / "docs" / "python.html").read_text("utf-8")


@pytest.mark.xdist_group("browser")
def test_a_dead_link_or_anchor_ends_the_build(site: Path, tmp_path: Path) -> None:
    (tmp_path / "docs" / "site").mkdir(parents=True)
    for name in ("docs/conf.py", "docs/site/site.css"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    (tmp_path / "README.md").write_text("# A\n[a](docs/none.md) [b](#nowhere) [c](#a)\n", "utf-8")

    done = build(tmp_path, tmp_path / "out" / "docs")

    assert 0 != done.returncode
    assert "'docs/none.md'" in done.stderr
    assert "'nowhere'" in done.stderr
    assert ["docs/none.md: there is no such file", "#nowhere: there is no such heading"] == list(broken_links(tmp_path / "README.md"))


@pytest.mark.parametrize("name", PAGES)
class TestInABrowser:
    pytestmark = NEEDED

    def test_a_page_fits_a_telephone_and_asks_nobody(self, site: Path, browser: Browser, name: str) -> None:
        address = (site / f"{name}.html").as_uri()
        for width in (360, 1280):
            browser.open(address, width)
            assert width >= browser.value("document.documentElement.scrollWidth")

        assert set() == {one for one in browser.asked if not one.startswith(("file:", "data:", "about:"))}
        assert [] == browser.complained


def test_every_figure_of_a_report_is_explained(tmp_path: Path) -> None:
    document: dict[str, Any] = dict(api.report(run_folder(tmp_path / "run", tasks=("mutual_friend",))))
    score = next(api.load_run(tmp_path / "run").records())["score"]
    explained = set(re.findall(r"`([a-z_0-9]+(?:\.[a-z_]+)?)`", (ROOT / "docs" / "metrics.md").read_text("utf-8")))
    cell = document["tasks"]["mutual_friend"]["private"]
    facts = {f"facts.{name}" for name in cell["facts"]}
    named = {*cell, *facts, *document["overall"], *document["overall"]["information"], *document["gaps"]["mutual_friend"]}
    frame = {"run", "model", "partners", "panel", "self_play", "plan", "tasks", "gaps", "overall", "mixed", "cells", "confidence"}

    assert set() == (named | set(document) | set(score) | set(score["value"]) | set(score["facts"])) - explained - frame - {
        "headline_condition",
        "detectable",
    }
    assert {*document["detectable"]} - {"n"} <= explained
