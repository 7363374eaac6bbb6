"""From a corpus of human dialogues to a run folder, and from an Inspect log of ours back to one."""

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
    from benchmark.running import people
    from benchmark.running.folder import RunFolder

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


def import_inspect(path: Path, out: Path) -> int:
    """Writes the records that an Inspect log of ours carries into run folder ``out``, each to the byte; how many there are.

    EntryError, with nothing written, for a log that is not ours or was changed. An import that was cut off is completed by the same call.
    """
    from benchmark.api.submitting import plan_of_entry
    from benchmark.running.folder import RunFolder
    from leaderboard.inspected import log
    from leaderboard.shapes import EntryError

    with log(path) as (entry, records):
        plan = plan_of_entry(entry)
        missing = {episode.id for episode in plan.episodes()}
        for document in records:  # all of them, before anything is written
            if document["id"] not in missing:
                raise EntryError(f"{path} holds {document['id']!a:.120}, which the entry in it did not plan. Export the entry again.")
            missing.remove(document["id"])
        if missing:
            raise EntryError(f"{path} lacks {len(missing)} of the {len(plan)} episodes of its entry, such as {min(missing)}.")
    others = {partner.spec: {"revision": partner.revision} for partner in entry.partners}
    with (
        log(path) as (entry, records),
        RunFolder.open(out, plan, {"revision": entry.model.revision, **entry.model.details}, sys.argv, others=others) as folder,
    ):
        for document in records:
            if document["id"] not in folder.done:
                folder.append(document)
    return len(plan)
