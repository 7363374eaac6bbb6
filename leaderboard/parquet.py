"""Rows to Parquet files, the same bytes each time, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import zip_longest
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmark.records import Document
from benchmark.vocabulary import Json, ParleyError
from leaderboard.tables import SCHEMAS, Schema

GROUP = 256
"""Rows that are written at a time."""

LARGEST = 32 << 20
"""Bytes after which the next file begins: the Hub likes files below 50 MB."""


def features(config: str) -> Any:
    """The ``datasets.Features`` of a configuration: what `load_dataset` gives for it."""
    from datasets import Features, Value

    return Features({name: _typed(kind, Value, _same) for name, kind in SCHEMAS[config].items()})


def arrow_schema(config: str) -> Any:
    """The same for pyarrow, without metadata of `datasets`: its older releases cannot read what newer ones note there."""
    pa = arrow()
    kinds = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
    return pa.schema({name: _typed(kind, kinds.__getitem__, pa.struct) for name, kind in SCHEMAS[config].items()})


def arrow() -> Any:
    """pyarrow. ParleyError says what brings it where it is missing."""
    try:
        import pyarrow as pa
    except ImportError:
        raise ParleyError("this needs the package pyarrow, which datasets brings. Install it: pip install 'parley-bench[hub]'") from None
    return pa


def _typed(kind: Any, named: Callable[[str], Any], struct: Callable[[Any], Any]) -> Any:
    """A type of ``SCHEMAS`` in other words."""
    if isinstance(kind, str):
        return named(kind)
    if isinstance(kind, list):
        inner = _typed(kind[0], named, struct)
        return arrow().list_(inner) if struct is not _same else [inner]
    return struct({name: _typed(inner, named, struct) for name, inner in kind.items()})


def _same(kind: Any) -> Any:
    return kind


class Tables:
    """Writes rows into ``folder``/<configuration>/<split>-<number>.parquet, in the order in which they come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = ExitStack()
        self._schemas: dict[str, Any] = {}
        self._waiting: dict[tuple[str, str], list[Document]] = {}
        self._writers: dict[tuple[str, str], Any] = {}
        self._files: dict[tuple[str, str], list[Path]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._open:
            for where in self._waiting if kind is None else ():
                self._write(where)

    def add(self, config: str, split: str, row: Document) -> None:
        waiting = self._waiting.setdefault((config, split), [])
        waiting.append(row)
        if len(waiting) >= GROUP:
            self._write((config, split))

    def _write(self, where: tuple[str, str]) -> None:
        config, _ = where
        if config not in self._schemas:
            self._schemas[config] = arrow_schema(config)
        files = self._files.setdefault(where, [])
        if where in self._writers and files[-1].stat().st_size >= LARGEST:
            self._writers.pop(where).close()
        if where not in self._writers:
            self._writers[where] = self._next(where, files)
        table = arrow().Table.from_pylist(self._waiting[where], schema=self._schemas[config])
        self._waiting[where] = []
        if len(table):
            self._writers[where].write_table(table)

    def _next(self, where: tuple[str, str], files: list[Path]) -> Any:
        from pyarrow import parquet

        config, split = where
        files.append(self._folder / config / f"{split}-{len(files):05d}.parquet")
        files[-1].parent.mkdir(parents=True, exist_ok=True)
        settings = {"compression": "zstd", "compression_level": 9, "version": "2.6", "data_page_version": "1.0"}
        return self._open.enter_context(parquet.ParquetWriter(files[-1], self._schemas[config], **settings))


def rows(folder: Path, config: str, split: str) -> Iterator[Document]:
    """Every row of a split, in order."""
    from pyarrow import parquet

    for path in sorted((folder / config).glob(f"{split}-*.parquet")):
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=GROUP):
                yield from batch.to_pylist()


def first_difference(given: Iterable[Document], expected: Iterable[Document], schema: Schema) -> str:
    """Where rows that were read first differ from those that should be there; "" if nowhere."""
    for number, (one, other) in enumerate(zip_longest(given, expected)):
        if one is None or other is None:
            return f"row {number} {'is missing' if one is None else 'does not belong there'}"
        for name in schema:
            if name not in one or not _equal(one[name], other[name]):
                return f"row {number}, {name}: is {one.get(name)!r:.80}, and the run's records give {other[name]!r:.80}"
    return ""


def _equal(given: Json, expected: Json) -> bool:
    """As Parquet gives it back: a whole number in a column of real ones is real."""
    if isinstance(expected, Mapping):
        return isinstance(given, Mapping) and all(_equal(given.get(name), inner) for name, inner in expected.items())
    if isinstance(expected, list):
        return isinstance(given, list) and len(given) == len(expected) and all(map(_equal, given, expected))
    return bool(given == expected) and isinstance(given, bool) == isinstance(expected, bool)
