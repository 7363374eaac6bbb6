"""Shards: a plan in parts that are played apart, on machines that need not know of each other, and merged in the end.

A world is in one shard with all its conditions, repeats and seatings: pairs are complete in every part, and what their
prompts have in common is read once. The worlds of every task go round the shards, each task beginning one shard further,
so that shards are of one size. Which shard a world is in does not depend on how many worlds there are: all shards of a
plan may grow by the same command.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from benchmark.vocabulary import UsageError

MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Shard:
    """Part ``number`` (from 1) of ``of`` parts."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @property
    def words(self) -> str:
        return f"shard {self.number} of {self.of}"

    def share(self, place: int, worlds: int) -> range:
        """Which of ``worlds`` worlds of the task in ``place`` (from 0) belong here."""
        return range((self.number - 1 - place) % self.of, worlds, self.of)


def parse_shard(text: str) -> Shard:
    """The shard of "3/8". UsageError for anything else; 0 is refused, as 1 to 7 could then mean two things."""
    match = re.fullmatch(r"([0-9]{1,7})/([0-9]{1,7})", text)
    number, of = (int(match[1]), int(match[2])) if match else (0, 0)
    if match and number == 0 < of <= MOST:
        raise UsageError(f"--shard {text}: shards count from 1 to {of}. In a Slurm array, say --array=1-{of}.")
    if not 1 <= number <= of <= MOST:
        raise UsageError(f'--shard takes i/k with i from 1 to k, such as 3/8, and was given "{text[:40]}"')
    return Shard(number, of)


def check_filled(of: int, worlds: Iterable[int]) -> None:
    """UsageError if one of ``of`` shards would have nothing to play; ``worlds`` are those of each task, by its place."""
    filled: set[int] = set()
    total = 0
    for place, n in enumerate(worlds):
        total += n
        filled.update((place + index) % of for index in range(min(n, of)))
    if len(filled) < of:
        raise UsageError(f"{of} shards are too many for {total} worlds: some would have nothing to play. Take fewer shards or more --n.")
