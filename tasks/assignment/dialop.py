"""Reads DialOp's optimization games (Lin et al., TACL 2024; CDLA-Permissive-2.0), as released: one JSON object a line.

Only the table, what each side sees of it, the two scales and the names in the proposals enter a world; talk, times and results do not.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, NoReturn

from benchmark.vocabulary import Json, WorldsError
from tasks.assignment.boards import best_plan, total

_LARGEST = 10
_LARGEST_SCALE = 100
_UNSEEN = 50
_LINE = re.compile(r"-\s*([^:<\n]{1,40}):\s*([^<\n]{1,40})")
_NAME = re.compile(r"\w[\w .'’-]*")

Cell = tuple[int, int]


class Game(NamedTuple):
    """One game: rows are people, columns jobs. Names are empty where no proposal shows them all."""

    table: tuple[tuple[int, ...], ...]
    sheets: tuple[frozenset[Cell], frozenset[Cell]]
    scales: tuple[float, float]
    people: tuple[str, ...]
    jobs: tuple[str, ...]
    seed: int


def read_games(text: str) -> Iterator[Game]:
    """The games of ``text``, empty lines aside. WorldsError names the line and the field, what was found and what is expected."""
    read = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            read += 1
            yield _Line(number, line).game()
    if not read:
        raise WorldsError("the file holds no game; every line should be one DialOp optimization game as a JSON object")


class _Line:
    """One line of the file, and how to complain of it."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self.document = self._object(text)

    def wrong(self, field: str, found: object, expected: str) -> NoReturn:
        shown = found if isinstance(found, str) else repr(found)
        raise WorldsError(f'line {self.number}, field "{field}": found {shown[:80]}; expected {expected}')

    def _object(self, text: str) -> Mapping[str, Json]:
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise WorldsError(f"line {self.number}: not JSON ({error}); expected one game as a JSON object") from None
        if not isinstance(document, dict):
            raise WorldsError(f"line {self.number}: found {type(document).__name__}; expected one game as a JSON object")
        for field in ("table", "mask1", "mask2", "scale1", "scale2", "best_assignment_reward"):
            if field not in document:
                self.wrong(field, "nothing", "every game to have it")
        return document

    def game(self) -> Game:
        table = self._table()
        masks = [self._square(field, len(table), (0, 1), "0 or 1 (hidden or seen)") for field in ("mask1", "mask2")]
        for i, row in enumerate(table):
            for j, score in enumerate(row):
                if not (masks[0][i][j] or masks[1][i][j] or score == _UNSEEN):
                    self.wrong("table", f"{score} in row {i + 1}, column {j + 1}, which nobody sees", f"{_UNSEEN}, the average")
        scales = (self._scale("scale1"), self._scale("scale2"))
        self._check_best(table)
        people, jobs = self._names(len(table))
        fields = ("table", "mask1", "mask2", "scale1", "scale2", "people", "jobs")
        used = dict(zip(fields, (table, *masks, *scales, people, jobs), strict=True))
        canonical = json.dumps(used, sort_keys=True, separators=(",", ":"))
        seed = int.from_bytes(hashlib.sha256(canonical.encode()).digest()[:6], "big")
        sheets = [frozenset((i, j) for i, row in enumerate(mask) for j, seen in enumerate(row) if seen) for mask in masks]
        return Game(table, (sheets[0], sheets[1]), scales, people, jobs, seed)

    def _table(self) -> tuple[tuple[int, ...], ...]:
        rows = self.document["table"]
        if not isinstance(rows, list) or not 2 <= len(rows) <= _LARGEST:
            found = f"{len(rows)} rows" if isinstance(rows, list) else rows
            self.wrong("table", found, f"a square list of 2 to {_LARGEST} rows")
        return self._square("table", len(rows), range(101), "a whole number from 0 to 100")

    def _square(self, field: str, size: int, allowed: range | tuple[int, ...], what: str) -> tuple[tuple[int, ...], ...]:
        rows = self.document[field]
        if not isinstance(rows, list) or len(rows) != size:
            self.wrong(field, f"{len(rows)} rows" if isinstance(rows, list) else rows, f"{size} rows, as many as in the table")
        for i, row in enumerate(rows, 1):
            if not isinstance(row, list) or len(row) != size:
                self.wrong(field, f"{len(row)} entries in row {i}" if isinstance(row, list) else row, f"{size} entries in every row")
            for j, entry in enumerate(row, 1):
                if type(entry) is not int or entry not in allowed:
                    self.wrong(field, f"{entry!r} in row {i}, column {j}", what)
        return tuple(map(tuple, rows))

    def _scale(self, field: str) -> float:
        scale = self.document[field]
        if isinstance(scale, bool) or not isinstance(scale, int | float) or not 0 < scale <= _LARGEST_SCALE:
            self.wrong(field, scale, f"a number above 0 and up to {_LARGEST_SCALE}")
        return float(scale)

    def _check_best(self, table: tuple[tuple[int, ...], ...]) -> None:
        best = total(table, best_plan(table))
        stated = self.document["best_assignment_reward"]
        if best == 0:
            self.wrong("table", "no plan that scores anything", "a table with something to win")
        if isinstance(stated, bool) or stated != best:
            self.wrong("best_assignment_reward", stated, f"{best}, the highest total that the table allows")

    def _names(self, size: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Row and column names, from a proposal that places everyone: its ids stand in alphabetical order of people, its lines do not."""
        log = self.document.get("action_log", [])
        if not isinstance(log, list):
            self.wrong("action_log", log, "a list of what was said and proposed")
        for action in log:
            ids, text = (action.get("proposal_ids"), action.get("proposal")) if isinstance(action, dict) else (None, None)
            if not isinstance(text, str) or not isinstance(ids, list) or len(ids) != size:
                continue
            lines = sorted((person.strip(), job.strip()) for job, person in _LINE.findall(text))
            if people_and_jobs := _matched(lines, ids, size):
                return people_and_jobs
        return (), ()


def _matched(lines: list[tuple[str, str]], ids: list[Json], size: int) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The names that lines give to the rows and columns of ids; None unless each gets one, all different."""
    if len(lines) != size or not all(isinstance(pair, list) and len(pair) == 2 and all(type(i) is int for i in pair) for pair in ids):
        return None
    people = {row: person for (person, _), (row, _) in zip(lines, ids, strict=True)}
    jobs = {column: job for (_, job), (_, column) in zip(lines, ids, strict=True)}
    names = {name.casefold() for name in (*people.values(), *jobs.values()) if _NAME.fullmatch(name)}
    if not set(people) == set(jobs) == set(range(size)) or len(names) < 2 * size:
        return None
    return tuple(people[i] for i in range(size)), tuple(jobs[i] for i in range(size))
