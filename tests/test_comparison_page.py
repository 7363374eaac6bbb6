"""Several runs on one page: a row for each, what they were averaged over, and nothing that a name could do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.display.beside_each_other import comparison_page, comparison_pictures
from benchmark.records import Document
from benchmark.results.report import report
from tests.made_records import HABITS, played_by, run_of
from tests.test_page import HOSTILE, Tags


def made(player: str, *tasks: str) -> Document:
    records = played_by(player, tasks, 8)
    return report(run_of(records, configuration={"model": player}), records)


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {player: made(player, "alpha", "route") for player in HABITS}


def test_each_picture_has_a_row_for_each_run_with_the_figures_of_its_report(documents: dict[str, Document]) -> None:
    drawn = {picture.name: picture for picture in comparison_pictures(documents)}

    assert list(drawn) == ["luck", "conditions", "differences"]
    for picture in drawn.values():
        assert [row.label for row in picture.rows] == list(documents)
    for row, document in zip(drawn["luck"].rows, documents.values(), strict=True):
        assert 100 * document["overall"]["success"]["mean"] == pytest.approx(row.spans[-1].end)


def test_runs_over_other_tasks_are_said_to_be(documents: dict[str, Document]) -> None:
    other = {**documents, "other": made(next(iter(HABITS)), "alpha")}

    assert "Means over the headline tasks alpha, route." in comparison_page(documents)
    assert "NOT played over the same tasks" in comparison_page(other)


def test_a_hostile_name_is_text(documents: dict[str, Document]) -> None:
    harmless = Tags(comparison_page({f"{place}": one for place, one in enumerate(documents.values())}))
    text = comparison_page({HOSTILE * place: one for place, one in enumerate(documents.values(), 1)})

    assert Tags(text).tags == harmless.tags
    assert Tags(text).attributes == harmless.attributes
    assert not any(steering in text for steering in ("\x1b", "\u202e"))


def test_two_arms_stand_pair_by_pair(tmp_path: Path) -> None:
    for arm in ("talk", "typed"):
        command = ["run", "--model", "reference:honest", "--task", "mutual_friend", "--condition", "private", "--n", "2", "--channel", arm]
        assert CliRunner().invoke(main, [*command, "--quiet", "--out", str(tmp_path / arm)]).exit_code == 0
    compare = ["compare", str(tmp_path / "talk"), str(tmp_path / "typed"), "--html"]
    done = CliRunner().invoke(main, [*compare, str(tmp_path / "page.html"), "--json"])
    refused = CliRunner().invoke(main, [*compare, str(tmp_path / "no" / "page.html")])

    assert done.exit_code == 0, done.output
    (section,) = re.findall('<section id="arms">.*?</section>', (tmp_path / "page.html").read_text("utf-8"))
    assert section.count("<tr>") == 1 + len(json.loads(done.stdout)["arms"]["differences"])
    assert refused.exit_code == 1
    assert "no/page.html" in refused.output
