"""What an entry of the leaderboard says: ``entry.json`` and ``manifest.json`` as frozen values, read strictly.

An entry is a folder, ``entries/<track>/<org>__<model>/<entry_id>/``: entry.json, the episodes in gzipped shards, an optional
README.md, and manifest.json, which names every one of them with its size and hash. The id of an entry is made of its content.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from benchmark.records import Document
from benchmark.vocabulary import Json
from leaderboard.shapes import Range, Text, read_as, schema_of, written

CANARY = "parley-bench canary 7b0d4b5e-93f5-4f0e-8c3e-5a2f5d1f6c9a: benchmark data must not appear in training corpora"
"""Stands in every entry, so that whoever trains on one can be found out."""

ENTRY, MANIFEST, SIGNATURE, README = "entry.json", "manifest.json", "manifest.json.sig", "README.md"
EPISODES = "episodes/part-{:04d}.jsonl.gz"

MEASURES = ("success", "grounding_success", "lucky", "value", "format_failure", "words")
GAPS = ("gap", "information", "control")

REPLACED = 0.02
"""The share of episodes that may have been played again after an infrastructure failure."""

Line = Annotated[str, Text(500)]
Paragraph = Annotated[str, Text(4000)]
Spec = Annotated[str, Text(400, r"[A-Za-z0-9._:/@+?=&%,~!*();\[\] -]+")]
Label = Annotated[str, Text(200, r"[A-Za-z0-9_.:=,-]+")]
Name = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
Account = Annotated[str, Text(96, Name)]
ModelId = Annotated[str, Text(160, rf"{Name}/{Name}")]
Sha256 = Annotated[str, Text(64, r"[0-9a-f]{64}")]
Moment = Annotated[str, Text(25, r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+00:00")]
Challenge = Annotated[str, Text(128, r"[0-9a-f]{32,128}")]
Unit = Literal["share", "difference", "words"]
Pin = Literal["revision", "snapshot", "served", "release", "person"]
Licence = Literal["CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0", "Apache-2.0", "MIT"]
"""Under which transcripts may be published: each lets anyone copy and re-score them."""

Count = Annotated[int, Range(0, 2**53)]
Positive = Annotated[int, Range(1, 2**31)]
Amount = Annotated[float, Range(0, 2**53)]
Finite = Annotated[float, Range(-(2.0**53), 2.0**53)]


@dataclass(frozen=True, slots=True)
class Bench:
    """Which Parley played: its version, the commit of its checkout if it lay in one, and versions that played earlier parts."""

    version: Line
    commit: Line | None
    earlier: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """The model that was tested.

    ``pinned_by`` says what ``revision`` is: a commit or digest of weights, a dated snapshot of an API, the name that a server says it
    answered with, a release of Parley (reference players), or a person.
    """

    id: ModelId
    spec: Spec
    revision: Line
    pinned_by: Pin
    provider: Line
    weights: Literal["open", "closed", "unknown"]
    served: tuple[Line, ...]
    details: Mapping[Label, Line]


@dataclass(frozen=True, slots=True)
class Partner:
    """A model that the tested one was played against."""

    spec: Spec
    revision: Line
    pinned_by: Pin


@dataclass(frozen=True, slots=True)
class Sampling:
    """How completions were drawn."""

    temperature: Annotated[float, Range(0, 1000)]
    top_p: Annotated[float, Range(0, 1)]
    max_tokens: Positive


@dataclass(frozen=True, slots=True)
class Game:
    """All that determines which episodes there are: the planned grid follows from it.

    ``tasks`` gives the version of each task; ``challenge`` names the worlds where a board has set them, else ``seed`` does.
    """

    tasks: Mapping[Label, Positive]
    levels: tuple[Annotated[int, Range(1, 5)], ...]
    conditions: tuple[Label, ...]
    n: Positive
    repeats: Positive
    seed: Annotated[int, Range(-(2**63), 2**63)]
    sampling: Sampling
    probes: bool
    challenge: Challenge | None


@dataclass(frozen=True, slots=True)
class Counts:
    """The blame ledger: outcomes add up to ``planned``; ``partner_failures``, a part of them, count in no mean.

    ``replaced`` episodes were played again after an infrastructure failure, ``cut_off`` ones after a kill; replay cannot see either.
    """

    planned: Positive
    decided: Count
    illegal: Count
    refused: Count
    truncated: Count
    leaked: Count
    partner_failures: Count
    replaced: Count
    cut_off: Count


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its 95 % interval, over ``n`` worlds."""

    value: Finite
    ci95: tuple[Finite, Finite]
    n: Count
    unit: Unit


Figures = Mapping[Label, Figure | None]


@dataclass(frozen=True, slots=True)
class Scores:
    """What an entry is listed by; null where it cannot be had from what was played.

    ``tasks``: by task, condition and measure. ``gaps``: by task. ``overall``: shares in the headline condition and the paired gaps,
    averaged over the headline tasks; ``mixed``: the same over the other tasks.
    """

    tasks: Mapping[Label, Mapping[Label, Figures]]
    gaps: Mapping[Label, Figures]
    overall: Figures
    mixed: Figures


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens as engines report them."""

    prompt: Count
    cached: Count
    completion: Count


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    prompt: Amount
    cached: Amount
    completion: Amount
    noted: Line
    source: Line


@dataclass(frozen=True, slots=True)
class Usage:
    """What the recorded calls took, by model; ``usd`` is null where a price is not known. ``prices`` were in force, the last ones first."""

    tokens: Mapping[Spec, Tokens]
    usd: Amount | None
    prices: tuple[Mapping[Spec, Price | None], ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """When the run was begun, and the seconds that its calls took, one after the other."""

    created: Moment
    seconds: Amount


@dataclass(frozen=True, slots=True)
class Submitter:
    """An account of the Hub; the board compares it with the author of the pull request."""

    hf_user: Account
    org: Account | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim about one model, with all that is needed to derive every number in it again."""

    schema: Literal["parley-entry-1"]
    run: Line
    bench: Bench
    kind: Literal["model", "baseline", "human"]
    track: Literal["standard", "custom"]
    reasons: tuple[Line, ...]
    model: Model
    partners: tuple[Partner, ...]
    game: Game
    counts: Counts
    scores: Scores
    usage: Usage
    timing: Timing
    attempts_declared: Positive
    training: Paragraph | None
    disclosures: tuple[Paragraph, ...]
    submitter: Submitter
    licence: Licence
    canary: Line


@dataclass(frozen=True, slots=True)
class File:
    """A file of an entry: its path from the entry's folder, its size in bytes and the SHA-256 of its content."""

    path: Annotated[str, Text(80, r"entry\.json|README\.md|episodes/part-[0-9]{4}\.jsonl\.gz")]
    bytes: Annotated[int, Range(0, 50_000_000)]
    sha256: Sha256


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every file of an entry but itself and its signature, in order of their paths."""

    schema: Literal["parley-manifest-1"]
    files: tuple[File, ...]


SCHEMAS = {"entry": Entry, "manifest": Manifest}


def read_entry(document: Json) -> Entry:
    """EntryError says which field is wrong."""
    return read_as(Entry, document, ENTRY)


def read_manifest(document: Json) -> Manifest:
    """EntryError says which field is wrong."""
    return read_as(Manifest, document, MANIFEST)


def text_of(value: Entry | Manifest) -> str:
    """The one text of ``value``: what is written, hashed and compared."""
    return json.dumps(written(value), indent=1, sort_keys=True, allow_nan=False) + "\n"


def json_schema(name: str) -> Document:
    """The JSON Schema of ``name``.json, generated from the code that reads it."""
    return schema_of(SCHEMAS[name], f"Parley {name}")


def entry_id(created: str, manifest: bytes) -> str:
    """The day on which the run was begun (UTC), and the start of the manifest's hash: the same entry has the same id."""
    return f"{created[:10]}-{hashlib.sha256(manifest).hexdigest()[:12]}"


def place(entry: Entry, identity: str) -> str:
    """Where the entry lies on a board."""
    organisation, _, name = entry.model.id.partition("/")
    return f"entries/{entry.track}/{organisation}__{name}/{identity}"


def model_id(spec: str) -> str:
    """``org/name`` out of a model's spec, where nobody has said it: the scheme stands for an organisation that is not named."""
    address, _, options = spec.partition("?")
    scheme, _, name = address.partition(":")
    parts = [part for part in (name or scheme).split("/") if part.strip(".")]
    organisation, model = (parts[-2], parts[-1]) if len(parts) > 1 else (scheme, parts[-1] if parts else scheme)
    if scheme == "reference" and options:
        model = f"{model}-{options}"
    return f"{_portable(organisation)}/{_portable(model)}"


def kind_of(spec: str) -> Literal["model", "baseline", "human"]:
    """Whether a spec is a person, a player that follows a rule, or a model."""
    scheme = spec.partition(":")[0].partition("?")[0]
    return "human" if scheme == "human" else "baseline" if scheme == "reference" else "model"


def pinned_without_saying(spec: str, bench: Bench) -> tuple[str, Pin] | None:
    """What a reference player or a person is pinned by; None for a model, of which somebody must say it."""
    if kind_of(spec) == "baseline":
        return f"parley {bench.version}", "release"
    return ("a person", "person") if kind_of(spec) == "human" else None


def _portable(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._]+", "-", name).strip("-._")[:70].rstrip("-._") or "unnamed"
