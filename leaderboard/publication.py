"""A run as a dataset for others: the run folder's own files, which `bench verify` replays, and tables of what is in them.

    run/run.json  run/episodes-00000.jsonl.gz  run/attempts.jsonl.gz  run/worlds.jsonl.gz     as recorded
    data/{worlds,episodes,scores}/<split>-00000.parquet                                        one split a task
    README.md  eval.yaml                                                                       card, and what the Hub asks of a benchmark

The same run folder gives the same bytes on any day: dates are those of run.json, and gzip is told no time.
"""

from __future__ import annotations

import gzip
import json
import shutil
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmark.records import Document, canonical
from benchmark.running.folder import ATTEMPTS, EPISODES, RUN, WORLDS, read_attempts, read_episodes, read_worlds
from benchmark.running.plan import Plan
from benchmark.vocabulary import FolderError, Json, ParleyError
from leaderboard.card import Facts, card, evaluation, held
from leaderboard.parquet import Tables, arrow, first_difference, rows
from leaderboard.secrets import secrets_in, without_homes
from leaderboard.tables import SCHEMAS, episode_row, score_row, splits, world_row, worlds_of

RUNS, DATA = "run", "data"
OURS = (f"{RUNS}/", f"{DATA}/")
"""What stands here is a publication's alone: what a newer one does not have is taken away."""

SHARD = 128 << 20
"""Bytes of episodes in one file, before they are compressed."""

UNPACKED = 8 << 30
"""Bytes that one file may grow to when it is unpacked: more than any run has, and no disk is filled by a small file."""

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Terms:
    """What its publisher says: the name of the repository, the licence, and the kinds of secrets that are none."""

    repo: str
    licence: str
    accepted: tuple[str, ...] = ()


@dataclass(slots=True)
class _Packer:
    """Writes JSON lines, gzipped, into numbered files; looks for secrets in each."""

    folder: Path
    accepted: Collection[str]
    found: list[str] = field(default_factory=list)

    def pack(self, stem: str, lines: Iterable[Document], numbered: bool = False) -> Iterator[Document]:
        """Gives every line back once it is written."""
        number, written, file = 0, 0, None
        with ExitStack() as stack:
            for place, line in enumerate(lines, 1):
                self.look(line, f"{stem}.jsonl, line {place}")
                text = (canonical(line) + "\n").encode("ascii")
                if file is None or (numbered and written + len(text) > SHARD):
                    stack.close()
                    self.folder.mkdir(parents=True, exist_ok=True)
                    name = f"{stem}-{number:05d}.jsonl.gz" if numbered else f"{stem}.jsonl.gz"
                    raw = stack.enter_context((self.folder / name).open("wb"))
                    file = stack.enter_context(gzip.GzipFile("", "wb", 6, raw, 0))  # neither its name nor the time stand in it
                    number, written = number + 1, 0
                file.write(text)
                written += len(text)
                yield line

    def look(self, document: Json, where: str) -> None:
        self.found += [str(one) for one in secrets_in(document, where, self.accepted)]


def build(path: Path, run: Mapping[str, Json], plan: Plan, terms: Terms, out: Path) -> None:
    """The dataset of run folder ``path`` (its run.json and plan) below ``out``. ParleyError if something in it looks like a secret."""
    arrow()  # says now what is not installed
    model, named = plan.model, splits(source.task.label for source in plan.sources)
    packer, facts = _Packer(out / RUNS, terms.accepted), Facts(dict(run), terms.licence, terms.repo, named)
    shown = _without_homes(run)
    packer.look(shown, RUN)
    with Tables(out / DATA) as tables:
        for task, index, world in worlds_of(plan):
            tables.add("worlds", named[task.label], world_row(task, index, world))
            held(facts, task, world)
        for record in packer.pack("episodes", read_episodes(path), numbered=True):
            tables.add("episodes", named[record["task"]], episode_row(record, model))
            row = score_row(record, model)
            tables.add("scores", named[record["task"]], row)
            facts.count(row)
    for stem, lines in (("attempts", read_attempts(path)), ("worlds", read_worlds(path))):
        for _ in packer.pack(stem, map(_without_homes, lines) if stem == "attempts" else lines):
            pass
    if packer.found:
        more = f"\n… and {len(packer.found) - SHOWN} more" if len(packer.found) > SHOWN else ""
        listed = "\n".join(packer.found[:SHOWN])
        raise ParleyError(
            f"nothing was published: this looks like a secret, or like somebody's address.\n{listed}{more}\n"
            "If you have looked at each and all of a kind may be seen by everyone, add --accept KIND (such as --accept e-mail)."
        )
    (out / RUNS / RUN).write_text(json.dumps(shown, indent=2, allow_nan=False) + "\n", "utf-8")
    (out / "README.md").write_text(card(facts), "utf-8")
    (out / "eval.yaml").write_text(evaluation(facts), "utf-8")


def is_published(path: Path) -> bool:
    """Whether ``path`` is a dataset that was built here, and no run folder."""
    return (path / RUNS / RUN).is_file() and not (path / RUN).exists()


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The run folder within the dataset at ``path``, for as long as it is looked at."""
    with TemporaryDirectory(prefix="parley-") as name:
        folder = Path(name)
        shutil.copyfile(path / RUNS / RUN, folder / RUN)
        for file, pattern in ((EPISODES, "episodes-*.jsonl.gz"), (ATTEMPTS, "attempts.jsonl.gz"), (WORLDS, "worlds.jsonl.gz")):
            parts = sorted((path / RUNS).glob(pattern))
            if parts:
                with (folder / file).open("wb") as target:
                    for part in parts:
                        target.writelines(_inflated(part))
        yield folder


def disagreements(path: Path, folder: Path, plan: Plan) -> Iterator[tuple[str, str]]:
    """(table, what) where the tables of a dataset say something else than the run in it, which is unpacked at ``folder``.

    Nothing where pyarrow is not installed: the run itself is what is verified, and the tables are a view of it.
    """
    try:
        import pyarrow as pa
    except ImportError:
        return
    named = splits(source.task.label for source in plan.sources)
    for table in sorted((path / DATA).glob("*/*")):
        if table.parent.name not in SCHEMAS or table.stem.rpartition("-")[0] not in named.values() or table.suffix != ".parquet":
            yield table.relative_to(path).as_posix(), "belongs to no table of this run"
    for label, split in named.items():
        expected = {
            "worlds": (world_row(task, index, world) for task, index, world in worlds_of(plan) if task.label == label),
            "episodes": (episode_row(one, plan.model) for one in read_episodes(folder) if one["task"] == label),
            "scores": (score_row(one, plan.model) for one in read_episodes(folder) if one["task"] == label),
        }
        for config, those in expected.items():
            try:
                found = first_difference(rows(path / DATA, config, split), those, SCHEMAS[config])
            except (pa.ArrowException, OSError, UnicodeError) as error:
                found = f"cannot be read ({error!s:.200})"
            if found:
                yield f"{DATA}/{config}/{split}", found


def _inflated(path: Path) -> Iterator[bytes]:
    """What is in a gzipped file. FolderError if it is damaged, or has more in it than a run can have."""
    left = UNPACKED
    try:
        with gzip.open(path) as file:
            while part := file.read(1 << 20):
                left -= len(part)
                if left < 0:
                    raise FolderError(f"{path} grows beyond {UNPACKED >> 30} GiB when it is unpacked, as no run's file does.")
                yield part
    except (OSError, EOFError, zlib.error) as error:
        raise FolderError(f"{path} cannot be unpacked ({error}). Download the dataset again.") from None


def _without_homes(document: Json) -> Json:
    """What machines note of themselves (the command that was typed, what an error said), with "~" for home folders.

    What determines an episode is left as it is: its name is made of it.
    """
    noted = ("command", "what", "earlier")
    return {name: _cleaned(value) if name in noted else value for name, value in document.items()}


def _cleaned(value: Json) -> Json:
    if isinstance(value, str):
        return without_homes(value)
    if isinstance(value, Mapping):
        return {name: _cleaned(inner) for name, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list) else value
