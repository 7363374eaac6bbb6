"""The retention policy of `custody`: three clauses and a hold, and the document that they ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tasks.custody.sandbox import Document

ACTIVE, ARCHIVE = "active", "archive"
REMOVAL, ARCHIVING, CLOSING = "removal", "archiving", "closing"
CLAUSES = (REMOVAL, ARCHIVING, CLOSING)


@dataclass(frozen=True, slots=True)
class Policy:
    """Records rated below ``rating`` go; those opened before ``opened`` (an ISO date) are archived; those of few ``visits`` are closed."""

    rating: int
    opened: str
    visits: int

    def text(self) -> tuple[str, ...]:
        """The policy as everyone reads it, one sentence a line."""
        return (
            f'Clause on removal: every record whose "rating" is below {self.rating} is removed, in whichever folder it lies; no copy and '
            "no part of what it says may remain anywhere.",
            f'Clause on archiving: every record in the folder "{ACTIVE}" whose "opened" is before {self.opened} is moved to the folder '
            f'"{ARCHIVE}", under the same number and otherwise unchanged.',
            f'Clause on closing: in every record whose "visits" is {self.visits} or less, "access" is set to "closed".',
            'Hold: a record whose "hold" is true stays exactly as it is, whatever the clauses say.',
            "Nothing else in the document is changed, and nothing is added to it.",
        )

    def asks(self, clause: str, folder: str, record: Mapping[str, Any]) -> bool:
        """Whether ``clause`` applies to ``record``, which lies in ``folder``."""
        if record["hold"]:
            return False
        if clause == REMOVAL:
            return bool(record["rating"] < self.rating)
        if clause == ARCHIVING:
            return folder == ACTIVE and str(record["opened"]) < self.opened
        return bool(record["visits"] <= self.visits)

    def carried_out(self, document: Document, orders: Iterable[str]) -> Document:
        """``document`` (as it was generated) after the clauses that ``orders`` name; in whatever order, the result is the same."""
        for clause in orders:
            document = self._after(document, clause)
        return document

    def _after(self, document: Document, clause: str) -> Document:
        result: dict[str, dict[str, Any]] = {folder: {} for folder in document}
        for folder, records in document.items():
            for name, record in records.items():
                due = self.asks(clause, folder, record)
                if due and clause == REMOVAL:
                    continue
                target = ARCHIVE if due and clause == ARCHIVING else folder
                result[target][name] = {**record, "access": "closed"} if due and clause == CLOSING else dict(record)
        return result

    def due(self, document: Document, orders: Iterable[str]) -> frozenset[str]:
        """The records (by number) to which a clause in ``orders`` applies."""
        asked = tuple(orders)
        return frozenset(
            name
            for folder, records in document.items()
            for name, record in records.items()
            if any(self.asks(clause, folder, record) for clause in asked)
        )


def edits_towards(present: Document, wanted: Document) -> list[dict[str, Any]]:
    """Edits that turn ``present`` into ``wanted``, both {folder: {number: record}}: what somebody who only carries out the policy does."""
    lies = {name: folder for folder, records in present.items() for name in records}
    belongs = {name: folder for folder, records in wanted.items() for name in records}
    edits: list[dict[str, Any]] = [{"op": "remove", "path": f"/{folder}/{name}"} for name, folder in lies.items() if name not in belongs]
    for name, folder in belongs.items():
        record = wanted[folder][name]
        if name not in lies:
            edits.append({"op": "add", "path": f"/{folder}/{name}", "value": record})
            continue
        if lies[name] != folder:
            edits.append({"op": "move", "from": f"/{lies[name]}/{name}", "path": f"/{folder}/{name}"})
        was = present[lies[name]][name]
        edits += [
            {"op": "replace", "path": f"/{folder}/{name}/{key}", "value": value} for key, value in record.items() if was.get(key) != value
        ]
    return edits
