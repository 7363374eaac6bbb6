"""From a corpus of human dialogues to a run folder."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import tasks
from benchmark.naming import check_known
from benchmark.vocabulary import WorldsError


def import_corpus(corpus: str, path: Path, out: Path) -> tuple[int, int]:
    """Writes the dialogues of ``path`` into run folder ``out``: how many there are, and how many of them were broken off.

    UsageError for a corpus that is not known; WorldsError, with nothing written, for a file that is none of its files.
    """
    from benchmark import people
    from benchmark.folder import RunFolder

    modules = [tasks.module(name) for name in tasks.CORPORA[check_known(corpus, tasks.CORPORA, "corpus")]]
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WorldsError(f"{path} cannot be read: {error}. Give a file of the corpus.") from None
    reader = next((module for module in modules if module.recognises(text)), None)
    if reader is None:
        names = ", ".join(module.__name__.rpartition(".")[2] for module in modules)
        raise WorldsError(f"{path} is no file of {corpus} that a task reads. Tasks with dialogues of it: {names}.")
    try:
        task, dialogues = reader.read_dialogues(text)
    except WorldsError as error:
        raise WorldsError(f"{path}: {error}") from None
    plan = people.plan(task, dialogues)
    broken = 0
    with RunFolder.open(out, plan, {"corpus": corpus}, sys.argv) as folder:
        for name, document in people.records(plan, dialogues):
            if document is None:
                broken += 1
                when = datetime.now(UTC).isoformat(timespec="seconds")
                folder.attempt({"id": name, "when": when, "what": people.BROKEN_OFF, "retried": False})
            elif name not in folder.done:
                folder.append(document)
    return len(dialogues), broken
