"""The tasks, in the order of the board. A dict to read, not a registry; each is imported when it is asked for."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from benchmark.task import Task


@dataclass(frozen=True, slots=True)
class Tasks(Mapping[str, type[Task]]):
    """Classes by the name of their folder. Most commands need one or two, and all the patterns of all readers take a third of a second."""

    classes: Mapping[str, str]

    def __getitem__(self, name: str) -> type[Task]:
        wanted = self.classes[name]
        found: type[Task] = getattr(module(name), wanted)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self.classes

    def __iter__(self) -> Iterator[str]:
        return iter(self.classes)

    def __len__(self) -> int:
        return len(self.classes)

    def stated(self, name: str) -> tuple[str, int]:
        """The first line of what a task says of itself, and its version: read in its source, so that to list all takes no import."""
        source = (Path(__file__).parent / name / "task.py").read_text("utf-8")
        kind = next(node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name == self.classes[name])
        named = {ast.unparse(node.target): node.value for node in kind.body if isinstance(node, ast.AnnAssign) and node.value}
        return (ast.get_docstring(kind) or "").partition("\n")[0], ast.literal_eval(named["version"])


def module(name: str) -> ModuleType:
    """One of ``PUBLISHED`` or ``CORPORA``, or the folder of a task."""
    return importlib.import_module(f"{__name__}.{name}")


TASKS = Tasks(
    {
        "mutual_friend": "MutualFriend",
        "schedule": "Schedule",
        "assignment": "Assignment",
        "itinerary": "Itinerary",
        "hidden_profile": "HiddenProfile",
        "route": "Route",
        "reference": "Reference",
        "crossed_wires": "CrossedWires",
        "deal": "Deal",
        "haggle": "Haggle",
        "secret": "Secret",
        "written": "Written",
        "dilemma": "Dilemma",
        "trust_market": "TrustMarket",
        "custody": "Custody",
        "society": "Society",
        "settlement": "Settlement",
    }
)

PUBLISHED = ("assignment", "itinerary", "reference", "deal", "written")
"""Modules that read published worlds: each has ``recognises(text)`` and ``load_worlds(text)``."""

CORPORA = {"dialop": ("assignment", "itinerary"), "casino": ("deal.casino",), "deal-or-no-deal": ("deal.dond",)}
"""Corpora of human dialogues, and the modules that read their files: each has ``recognises(text)`` and ``read_dialogues(text)``."""

HEADLINE = ("mutual_friend", "schedule", "assignment", "itinerary", "hidden_profile", "route", "reference", "crossed_wires")
"""The tasks that make the headline: a fixed set per version. The others form the mixed panel, reported apart."""

BONDS = ("dilemma", "trust_market", "custody", "society", "settlement")
"""The bond tracks: many rounds that build on each other. Each is played when asked for by name, and belongs to no mean over tasks."""
