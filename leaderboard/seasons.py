"""Worlds that nobody has seen before they are played: challenges, held-out seasons, and the badge that an entry earns by them.

A season's key is committed to on its first day (its SHA-256 is public) and revealed on its last, so that anyone can generate its worlds
again and audit every row that came of them. A challenge is made from another key of the board, so that nothing about a season leaks; it
names the worlds of one run (``bench run --challenge``), and its maker cannot choose it: who asked, for what and when determine it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmark.records import Document
from benchmark.running.journal import complaining
from leaderboard.entry import Entry
from leaderboard.shapes import EntryError

Badge = Literal["reported", "rescored", "challenged", "verified"]

_KEY = re.compile(r"[0-9a-f]{64}")


def commitment(key: str) -> str:
    """What may be published of ``key`` before it is revealed."""
    return f"sha256:{hashlib.sha256(bytes.fromhex(key)).hexdigest()}"


def derived(key: str, *names: str | int) -> str:
    """HMAC-SHA256 of ``names`` under ``key``, as a challenge: nobody without the key can foresee it, and two names never share one."""
    return hmac.new(bytes.fromhex(key), json.dumps(names).encode(), hashlib.sha256).hexdigest()


def challenge_of(key: str, board: str, number: int, model: str, opened: str) -> str:
    """The challenge of pull request ``number``, which was opened at ``opened`` (as the Hub says) with an entry of ``model``."""
    return derived(key, "challenge", board, number, model, opened)


def held_out(key: str, season: str) -> str:
    """What names the held-out worlds of ``season``; known to the maintainers alone until the key is revealed."""
    return derived(key, "season", season)


def new_key(path: Path, season: str) -> Document:
    """Makes a key at ``path``, for its owner's eyes alone; gives what may be published. EntryError if something is there already."""
    document = {"season": season, "key": secrets.token_hex(32)}
    with complaining(path):
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise EntryError(f"{path} is there already, and a key that is written over is lost. Give another path.") from None
        with os.fdopen(file, "w", encoding="ascii") as out:
            out.write(json.dumps(document) + "\n")
            out.flush()
            os.fsync(out.fileno())
    return {"season": season, "commitment": commitment(document["key"])}


def read_key(path: Path) -> tuple[str, str]:
    """(season, key) of the file at ``path``."""
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise EntryError(f"the key {path} cannot be read ({error.strerror}). Give the file that `bench leaderboard keygen` made.") from None
    except ValueError:
        document = None
    season, key = (document.get(name) if isinstance(document, dict) else None for name in ("season", "key"))
    if not (isinstance(season, str) and isinstance(key, str) and _KEY.fullmatch(key)):
        raise EntryError(f"{path} holds no key. Give the file that `bench leaderboard keygen` made.")
    return season, key


def revealed(path: Path, stated: str) -> Document:
    """What is published when a season ends: its key, and what names its worlds. EntryError unless ``stated`` is its commitment."""
    season, key = read_key(path)
    if stated != commitment(key):
        raise EntryError(f"the key in {path} is not the one that was committed to: its commitment is {commitment(key)}, not {stated:.80}.")
    return {"season": season, "commitment": stated, "key": key, "challenge": held_out(key, season)}


@dataclass(frozen=True, slots=True)
class Known:
    """What a board knows beside its entries.

    ``challenges`` that it has set, by the model they were set for; ``reruns``: the overall grounding success, (low, high), that its
    maintainers found for an entry on held-out worlds.
    """

    challenges: Mapping[str, Collection[str]]
    reruns: Mapping[str, tuple[float, float]]


NOTHING = Known({}, {})


def badge(entry: Entry, identity: str, holds: bool, known: Known = NOTHING) -> Badge:
    """How far a number can be trusted, from what was checked and never from what the entry says of itself.

    ``holds``: it was verified. A re-run verifies where its interval and the entry's overlap.
    """
    if not holds:
        return "reported"
    claimed, found = entry.scores.overall.get("grounding_success"), known.reruns.get(identity)
    if claimed and found and found[0] <= claimed.ci95[1] and claimed.ci95[0] <= found[1]:
        return "verified"
    return "challenged" if entry.game.challenge in known.challenges.get(entry.model.id, ()) else "rescored"
