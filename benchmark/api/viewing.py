"""A run's transcripts as a folder of pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from benchmark.api.playing import plan_of
from benchmark.records import Document
from benchmark.vocabulary import FolderError


def view(path: Path, out: Path | None = None, foreign: Collection[str] = ()) -> Path:
    """Writes the transcripts of run folder ``path`` to ``out`` (by default "view" in it), and gives the page to open.

    FolderError where a record does not lead through its episode, or where ``out`` holds something else.
    """
    from benchmark.running.drive import Broken
    from benchmark.running.folder import read_episodes, read_run
    from benchmark.transcripts.site import INDEX, site

    run, planned = read_run(path), {episode.id: episode for episode in plan_of(path, foreign).episodes()}
    where = out or path / "view"
    if where.exists() and not (where.is_dir() and _is_ours({one.name for one in where.iterdir()})):
        raise FolderError(f"{where} holds something else than transcripts. Name another --out, or move what is there.")
    latest = ""

    def known() -> Iterator[Document]:
        nonlocal latest
        for record in read_episodes(path):
            latest = record["id"]
            if latest not in planned:
                raise FolderError(f"{path} holds episode {latest}, which its run.json does not plan. `bench verify {path}` says more.")
            yield record

    try:
        (where / INDEX).unlink(missing_ok=True)  # it comes last: what is half written is not opened
        for name, content in site(run, planned, known()):
            (where / name).parent.mkdir(parents=True, exist_ok=True)
            (where / name).write_bytes(content)
    except OSError as error:
        raise FolderError(f"{where} cannot be written ({error.strerror}). Name another --out.") from None
    except (Broken, LookupError, TypeError, AttributeError, ValueError) as error:
        raise FolderError(
            f"episode {latest} of {path} does not follow from its seed and completions ({error!r:.200}). `bench verify {path}` says more."
        ) from None
    return where / INDEX


def _is_ours(names: set[str]) -> bool:
    """Whether a folder that holds ``names`` is empty, or has transcripts in it, be they half written: the page comes last."""
    from benchmark.transcripts.site import FOLDER, INDEX, LIST

    return names <= {FOLDER, LIST, INDEX} and (INDEX not in names or LIST in names)
