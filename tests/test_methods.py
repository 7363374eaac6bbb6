"""What a paper can take from a report as it stands: the methods paragraph, and what to cite."""

from __future__ import annotations

import re
import textwrap

from benchmark.results.methods import bibtex, methods
from benchmark.results.report import report
from tasks import TASKS
from tasks.sources import BIBLIOGRAPHY, KEYS, QUESTION, sources
from tests.conftest import Golden
from tests.made_records import MODEL, played_by, run_of

MADE = {
    "versions": {"parley": "0.1.0"},
    "git_commit": "0123456789abcdef0123",
    "created": "2026-02-03T04:05:06+00:00",
    "prices": {MODEL: {"prompt": 1.0, "cached": 1.0, "completion": 2.0, "noted": "2026-01-15", "source": "…"}},
}
PLAYED = {
    "tasks": {"mutual_friend": 1, "assignment": 2},
    "sampling": {"temperature": 0.7, "top_p": 1.0, "max_tokens": 1024},
    "models": {"A": {"spec": MODEL, "revision": "abc123"}, "B": {"spec": MODEL, "revision": "abc123"}},
}


def test_the_methods_paragraph_reads_well_and_says_everything(golden: Golden) -> None:
    records = played_by(MODEL, ("mutual_friend", "assignment"), 12)
    run = run_of(records, configuration=PLAYED, grid={"n": 12, "repeats": 2}, **MADE)
    document = {**report(run, records, errors=0), "sources": sources(("mutual_friend",))}

    golden("methods.txt", "\n".join(textwrap.wrap(methods(document), 120)) + "\n\n" + bibtex(document) + "\n")


def test_a_run_that_says_little_of_itself_has_a_paragraph_all_the_same() -> None:
    records = played_by(MODEL, ("mutual_friend",), 2)
    document = report(run_of(records), records)

    assert "version not on record" in methods(document)
    assert "Version unknown" in bibtex(document)


def test_it_says_which_worlds_they_were_that_files_had_changed_and_that_people_talked() -> None:
    records = played_by(MODEL, ("mutual_friend",), 2)
    grid = {"n": 2}
    changed = report(run_of(records, grid=grid, git_commit=f"{'a' * 40}-dirty"), records)
    corpus = {"models": {seat: {"spec": "human", "corpus": "dialop"} for seat in "AB"}}
    people = report(run_of(records[:2], configuration=corpus), records[:2])

    told = changed["about"]
    assert "generated from run seed 0" in methods(changed)
    assert "taken from a file" in methods({**changed, "about": {**told, "stored": True}})
    assert "named by the challenge spring" in methods({**changed, "about": {**told, "challenge": "spring"}})
    assert "(commit aaaaaaaaaaaa, with changes)" in methods(changed)
    assert "commit aaaaaaaaaaaa, with changes}" in bibtex(changed)
    assert methods(people).startswith("The dialogues are people's, from the corpus dialop, scored with Parley")
    assert "Holm" not in methods(people)
    assert "sampling" not in methods(people)


def test_every_task_cites_what_is_in_the_bibliography_and_nothing_lies_there_unused() -> None:
    entries = re.findall(r"^@\w+\{(\w+),$", BIBLIOGRAPHY.read_text("utf-8"), re.MULTILINE)

    assert sorted(entries) == sorted({QUESTION, *(key for keys in KEYS.values() for key in keys)})
    assert {name.partition(":")[0] for name in KEYS} <= set(TASKS)
    for key, entry in sources(KEYS).items():
        assert entry.count("{") == entry.count("}"), key
        assert "year = {" in entry


def test_nothing_in_run_json_can_end_a_field_of_the_bibtex() -> None:
    records = played_by(MODEL, ("mutual_friend",), 1)
    hostile = {"versions": {"parley": "1},\n}\n@misc{evil"}, "git_commit": "}\\input{x}", "created": "\x1b[31m"}
    text = bibtex(report(run_of(records, **hostile), records))

    assert text.count("{") == text.count("}")
    assert re.findall(r"^@\w+", text, re.MULTILINE) == ["@software"]
    assert "\x1b" not in text
