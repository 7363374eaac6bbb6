"""What someone who has one of two maps knows of a place: which point a name means, and whether that point can be passed.

Sound inference only, and from what was said: a name that could mean two points tells nothing of either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from math import inf

from benchmark.vocabulary import Claim, Fact
from tasks.route.scenes import CLOSED, OPEN
from tasks.route.worlds import AT, REPORT, Path, Routes

SAME = "same"
STATES = (OPEN, CLOSED)
_NOWHERE: Set[int] = frozenset()


class Notes:
    """Where one's ``own`` map shows which names, and what one's reports say. ``theirs`` are the partner's, for one who sees them too."""

    def __init__(self, own: Iterable[Fact], theirs: Iterable[Fact] = ()) -> None:
        self.own: dict[str, set[int]] = {}
        self.theirs: dict[str, set[int]] = {}
        self.said: dict[str, set[str]] = {}
        """By landmark, what reports say of it."""
        for places, facts in ((self.own, own), (self.theirs, theirs)):
            for fact in facts:
                if fact.slot[0] == AT:
                    places.setdefault(fact.slot[1], set()).add(int(fact.slot[2]))
                elif fact.slot[0] == REPORT:
                    self.said.setdefault(fact.slot[1], set()).add(fact.value)


class Known:
    """What ``notes`` and the partner's ``claims`` come to."""

    def __init__(self, notes: Notes, claims: Iterable[Claim] = ()) -> None:
        self.own = notes.own
        self.theirs = {name: set(points) for name, points in notes.theirs.items()}
        self.said = {name: set(states) for name, states in notes.said.items()}
        self.denied: dict[str, set[int]] = {}
        """By landmark, where the partner's map does not show it."""
        self.same: dict[str, set[str]] = {}
        self.numbered: dict[int, set[str]] = {}
        """By point, what was said of it under its number."""
        for claim in claims:
            self._take(claim)
        self.states = self._settled()

    def _take(self, claim: Claim) -> None:
        kind, about, *names = (claim.kind, *claim.slot)
        if kind not in ("affirm", "exclude") or not names:
            return
        if about == REPORT and claim.value in STATES and kind == "affirm":
            if names[0].isdigit():
                self.numbered.setdefault(int(names[0]), set()).add(claim.value)
            else:
                self.said.setdefault(names[0], set()).add(claim.value)
        elif about == AT and len(names) == 2:
            places = self.theirs if kind == "affirm" else self.denied
            places.setdefault(names[0], set()).add(int(names[1]))
        elif about == SAME and len(names) == 2 and kind == "affirm":
            for one, other in (names, reversed(names)):
                self.same.setdefault(one, set()).add(other)

    def places(self, name: str) -> Set[int]:
        """Where ``name`` may be. Both maps know it: where they agree. Told that another name is the same place: where that is."""
        found = self._shown(name)
        for other in sorted(self.same.get(name, ())):
            where = self._shown(other)
            found = found & where if found and where else found | where
        return found

    def _shown(self, name: str) -> Set[int]:
        return agreed(self.own.get(name, _NOWHERE), self.theirs.get(name, _NOWHERE)) - self.denied.get(name, _NOWHERE)

    def where(self, name: str) -> int | None:
        """The one point that ``name`` means, if that is known."""
        places = self.places(name)
        return min(places) if len(places) == 1 else None

    def _settled(self) -> Mapping[int, str]:
        """The state of each point of which one thing and one only is known."""
        found = {point: set(states) for point, states in self.numbered.items()}
        for name, states in self.said.items():
            point = self.where(name)
            if point is not None:
                found.setdefault(point, set()).update(states)
        return {point: min(states) for point, states in found.items() if len(states) == 1}


def agreed(own: Set[int], theirs: Set[int]) -> Set[int]:
    """Where a name may be that the two maps show at such points: where they agree, if both know it."""
    return own & theirs if own and theirs else own or theirs


class Hearer:
    """One with ``notes`` who was told ``facts`` of the partner's, and has to know by them that ``target`` is the answer."""

    def __init__(self, notes: Notes, facts: Iterable[Fact], routes: Routes, target: Path | None) -> None:
        self._own = notes.own
        self._theirs: dict[str, set[int]] = {}
        self._said = {name: list(states) for name, states in notes.said.items()}
        """By landmark, what each report says of it."""
        self._target = target or ()
        enough = dict(routes).get(self._target, inf)
        self._rivals = [path for path, minutes in routes if path != target and minutes <= enough]
        for fact in facts:
            self.hear(fact)

    def hear(self, fact: Fact) -> None:
        if fact.slot[0] == AT:
            self._theirs.setdefault(fact.slot[1], set()).add(int(fact.slot[2]))
        else:
            self._said.setdefault(fact.slot[1], []).append(fact.value)

    def forget(self, fact: Fact) -> None:
        if fact.slot[0] == AT:
            self._theirs[fact.slot[1]].remove(int(fact.slot[2]))
        else:
            self._said[fact.slot[1]].remove(fact.value)

    def knows(self) -> bool:
        """Whether the target is known to be open, and no route to be as quick: each of those has a point that is known to be closed."""
        found: dict[int, set[str]] = {}
        for name, states in self._said.items():
            places = agreed(self._own.get(name, _NOWHERE), self._theirs.get(name, _NOWHERE))
            if len(places) == 1:
                found.setdefault(min(places), set()).update(states)
        closed = {point for point, states in found.items() if states == {CLOSED}}
        return all(found.get(point) == {OPEN} for point in self._target) and not any(closed.isdisjoint(path) for path in self._rivals)


def said_between(claims: Iterable[Claim]) -> Known:
    """What both have heard or said, whoever said it."""
    return Known(Notes(()), claims)
