"""From a run folder, or from tasks alone, to a dataset on the Hugging Face Hub, and back to what can be verified or played."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmark.api.content import make_task
from benchmark.api.playing import plan_of
from benchmark.records import Document
from benchmark.running.people import PEOPLE
from benchmark.vocabulary import FolderError, Json, ParleyError, UsageError
from benchmark.worlds import Generated

if TYPE_CHECKING:
    from benchmark.running.plan import Plan
    from leaderboard.contents import Upload

LICENCE = "cc-by-4.0"
"""Of what our own tasks and models make, unless its publisher says otherwise. Identifiers are the Hub's."""

BEFORE = frozenset({".gitattributes", ".gitignore", "README.md", "LICENSE"})
"""What may stand in a repository that nothing was published to yet."""


SPEAKS_OF_BENCHMARKS = "eval.yaml"
"""The Hub takes it from the frameworks that it knows; nothing of ours depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """Where a dataset goes and how it is made.

    ``licence`` None is ours, where the run's worlds are; ``accept`` are kinds of secrets that are none. ``out`` keeps what was built, and
    must not be there yet. ``dry``: nothing is sent, and no ``repo`` needed.
    """

    repo: str | None = None
    private: bool = False
    licence: str | None = None
    accept: tuple[str, ...] = ()
    out: Path | None = None
    dry: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What was made: every file with its bytes and its SHA-256. ``url`` and ``commit`` are empty where nothing was sent.

    ``note`` says what the Hub did not take.
    """

    files: tuple[tuple[str, int, str], ...]
    url: str = ""
    commit: str = ""
    note: str = ""


def publish(path: Path, wanted: Publishing, foreign: Collection[str] = ()) -> Published:
    """Builds the dataset of run folder ``path`` and commits it, whole, to the Hub. The same again changes nothing there.

    ParleyError for a run that does not hold, or that has something in it that looks like a secret; HubError for what fails there.
    """
    from benchmark.api.judging import verify
    from benchmark.running.folder import read_run
    from leaderboard.publication import Terms, build

    _check(wanted)
    run, plan = read_run(path), plan_of(path, foreign)
    if run.get("shard"):
        raise FolderError(f"{path} is a part of a run ({run['shard']}). Put the parts together first: bench merge DIR... --out DIR")
    licence = _licence(run, plan, wanted)
    first = next(iter(verify(path, foreign)), None)
    if first is not None:
        raise FolderError(
            f"{path} was not published: {first}. Only a complete run that holds is; `bench verify` says all that is wrong with it."
        )
    with _room(wanted.out) as out:
        build(path, run, plan, Terms(wanted.repo or "", licence, wanted.accept), out)
        return _sent(out, wanted, f"Run {run['id']}", ("run/run.json", str(run["id"])))


def export_worlds(labels: Sequence[str], levels: Sequence[int], n: int, seed: int, wanted: Publishing) -> Published:
    """The first ``n`` worlds of tasks at levels as a dataset, without playing: committed to ``wanted.repo``, or left at ``wanted.out``."""
    from leaderboard.exporting import build

    _check(wanted)
    sources = [Generated(make_task(label, level, foreign=labels), seed) for label in dict.fromkeys(labels) for level in levels]
    with _room(wanted.out) as out:
        name = build(sources, n, seed, (wanted.repo or "", wanted.licence or LICENCE), out)
        return _sent(out, wanted, f"{n} worlds of {', '.join(dict.fromkeys(labels))}"[:200], ("worlds/worlds.json", name))


def _check(wanted: Publishing) -> None:
    """UsageError before any work is done."""
    from leaderboard.hub import check_repo
    from leaderboard.secrets import KINDS

    if wanted.repo is not None or not wanted.dry:
        check_repo(wanted.repo or "")
    for kind in wanted.accept:
        if kind not in KINDS:
            raise UsageError(f'--accept takes {", ".join(KINDS)}, and was given "{kind}"')
    if wanted.out is not None and wanted.out.exists():
        raise UsageError(f"{wanted.out} is there already. Name a new folder with --out, or take it away.")


def _licence(run: Mapping[str, Json], plan: Plan, wanted: Publishing) -> str:
    """What the dataset is given under. UsageError where that is not ours to say."""
    from benchmark.worlds import Stored

    if wanted.licence is not None:
        return wanted.licence
    if stored := [source.task.label for source in plan.sources if isinstance(source, Stored)]:
        what = "talks of people" if run["kind"] == PEOPLE else "worlds"
        raise UsageError(
            f"the {what} behind {', '.join(stored)} came from a file that has a licence of its own. Look it up, and name it: --licence ID"
        )
    return LICENCE


@contextmanager
def _room(out: Path | None) -> Iterator[Path]:
    """Where the dataset is built: at ``out``, whole or not at all, or somewhere that is gone afterwards."""
    with TemporaryDirectory(prefix="parley-") as name:
        yield Path(name) / "dataset"
        if out is not None:
            try:
                shutil.copytree(Path(name) / "dataset", out)
            except OSError as error:
                raise FolderError(f"{out} cannot be written ({error.strerror or error}). Name another folder with --out.") from None


def _sent(built: Path, wanted: Publishing, title: str, mark: tuple[str, str]) -> Published:
    """Commits all that lies at ``built``. ``mark``: a file by which a dataset of ours is known, and what it must hold to be this one."""
    from leaderboard.contents import Upload

    uploads = [Upload.of(path.relative_to(built).as_posix(), path) for path in sorted(built.rglob("*")) if path.is_file()]
    files = tuple((one.path, one.size, one.sha256) for one in uploads)
    if wanted.dry:
        return Published(files)
    return Published(files, *_commit(uploads, wanted, title, mark))


def _commit(uploads: Sequence[Upload], wanted: Publishing, title: str, mark: tuple[str, str]) -> tuple[str, str, str]:
    """(where it is, commit, note). HubError, with nothing changed, where the repository holds something else."""
    from leaderboard.contents import Change
    from leaderboard.hub import Hub
    from leaderboard.trouble import HubError

    hub, repo = Hub(), wanted.repo or ""
    found = hub.info(repo)
    if found is None:
        hub.create(repo, wanted.private)
        found = hub.info(repo)
    if wanted.private and found is not None and not found[1]:
        raise HubError(f"{repo} is public, and --private was asked for. Make it private on the Hub, or give another --repo.")
    parent = hub.head(repo)
    there = hub.files(repo, parent)
    if mark[0] in there:
        if mark[1].encode() not in hub.fetch(repo, there[mark[0]], parent):
            raise HubError(f"{repo} holds another dataset of Parley. Give another --repo; each has one of its own.")
    elif others := sorted(set(there) - BEFORE):
        raise HubError(f"{repo} holds other things ({others[0]}, …). Give the name of an empty or a new repository as --repo.")
    meant = {one.path for one in uploads}
    ours = tuple({f"{path.split('/')[0]}/" for path in meant if "/" in path})
    gone = sorted(path for path in there if path.startswith(ours) and path not in meant)
    url, note = f"{hub.endpoint}/datasets/{repo}", ""
    try:
        commit = hub.commit(repo, Change(title, uploads, deletions=gone), parent)
    except HubError as error:
        if SPEAKS_OF_BENCHMARKS not in str(error):
            raise
        note = f"the Hub did not take {SPEAKS_OF_BENCHMARKS}, and all else is there ({error})"
        rest = [one for one in uploads if one.path != SPEAKS_OF_BENCHMARKS]
        commit = hub.commit(repo, Change(title, rest, deletions=gone), parent)
    return url, commit, note


def recorded(row: Document) -> Document:
    """The record of a row of a published dataset's ``episodes``, exactly as its line in episodes.jsonl was."""
    from leaderboard.tables import recorded

    try:
        return recorded(row)
    except (KeyError, ValueError, TypeError):
        raise ParleyError('this is no row of a published dataset: it lacks its "record". Load the configuration "episodes".') from None
