"""What was measured, beside the floor or peer of the same run; each script's in a file of its own, all of them on a page of docs/."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from tests.performance.measuring import ROOT

RESULTS = ROOT / ".cache" / "performance"
PAGE = ROOT / "docs" / "performance.md"

ORDER = ("overhead", "slots", "memory", "reports", "peers", "engine", "long")
"""The scripts as they stand on the page. What was not measured yet is left out."""

_OPENING = """# Performance

Written by `make bench`; `make bench-peers` (in environments of their own), `make bench-engine` (vLLM on the CPU) and `make bench-long` add
their parts. Each figure stands beside the floor or peer that was measured in the same run on the same machine, server on one core
and driver on another: quote the ratios, not the figures. The floors are bare loops of aiohttp and json over the very same prompts,
known beforehand, that score nothing and write nothing (`tests/performance/drivers.py`).
"""


@dataclass(frozen=True)
class Figure:
    """``ours`` in ``unit``, and what it stands beside; ``floor`` 0 where there is nothing to compare it with."""

    what: str
    ours: float
    unit: str
    beside: str = ""
    floor: float = 0.0
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.floor if self.floor else 0.0

    def row(self) -> str:
        floor = f"{shown(self.floor)} {self.unit} ({self.beside})" if self.floor else "—"
        ratio = f"{self.ratio:.2f}" if self.floor else "—"
        return f"| {self.what} | {shown(self.ours)} {self.unit} | {floor} | {ratio} | {self.note} |"


def shown(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def written(name: str, title: str, figures: Sequence[Figure]) -> None:
    """Prints ``figures``, keeps them, and writes the page anew."""
    print(f"{title}:")
    for one in figures:
        floor = f", {one.beside} {shown(one.floor)}: ratio {one.ratio:.2f}" if one.floor else ""
        print(f"  {one.what}: {shown(one.ours)} {one.unit}{floor}{f' ({one.note})' if one.note else ''}", flush=True)
    libraries = {library: metadata.version(library) for library in ("aiohttp", "numpy")}
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    document = {
        "title": title,
        "figures": [asdict(one) for one in [*_others(name, figures), *figures]],
        "when": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {busy:.1f} at the end",
        "versions": f"Python {platform.python_version()}, " + ", ".join(f"{library} {version}" for library, version in libraries.items()),
        "command": f"python -m {_module()}",
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(document, indent=1), "utf-8")
    PAGE.write_text(page(RESULTS), "utf-8")


def _others(name: str, figures: Sequence[Figure]) -> list[Figure]:
    """What was measured before under this name and is not measured anew: a script may be asked for a part."""
    if not (RESULTS / f"{name}.json").exists():
        return []
    before = [Figure(**one) for one in json.loads((RESULTS / f"{name}.json").read_text("utf-8"))["figures"]]
    return [one for one in before if one.what not in {new.what for new in figures}]


def _module() -> str:
    return f"tests.performance.{Path(sys.argv[0]).stem}"


def page(results: Path) -> str:
    """The page made of all results there are."""
    parts = [_OPENING]
    for name in ORDER:
        if not (results / f"{name}.json").exists():
            continue
        document = json.loads((results / f"{name}.json").read_text("utf-8"))
        rows = "\n".join(Figure(**one).row() for one in document["figures"])
        parts.append(
            f"## {document['title']}\n\n| what | Parley | beside | ratio | |\n|---|---|---|---|---|\n{rows}\n\n"
            f"{document['when']}, {document['machine']}; {document['versions']}; `{document['command']}`.\n"
        )
    return "\n".join(parts)
