"""Re-derives a run from its seeds and completions: every prompt, turn, answer and score, and who could see what.

What it cannot see: completions that were invented consistently. Whoever lists an entry must answer that by other means.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmark.prices import Prices, cost, used
from benchmark.quoting import encode
from benchmark.records import as_json, canonical, digest
from benchmark.running import people
from benchmark.running.drive import Broken, record, replay
from benchmark.running.plan import Plan, Planned
from benchmark.vocabulary import Completion, Json, Request, World

Record = Mapping[str, Json]

Scripted = Callable[[str, Request], Completion | None]
"""What the model of a spec says to a request, where that follows from a rule; None where only the model knows."""


def unscripted(_spec: str, _request: Request) -> None:
    """Nobody's words are derived again."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: in which episode, where in its record, and what."""

    episode: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.episode}: {self.where}: {self.what}" if self.where else f"{self.episode}: {self.what}"


def verify(
    plan: Plan,
    records: Iterable[Record],
    prices: Sequence[Prices] = ({},),
    excused: Collection[str] = (),
    scripted: Scripted = unscripted,
) -> Iterator[Finding]:
    """Findings against ``records`` of ``plan``, in the order met; none if the run holds.

    By one of ``prices`` each cost must follow; ``excused`` episodes may be missing; ``scripted`` players must have said what they say.
    """
    planned = {episode.id: episode for episode in plan.episodes()}
    seen: set[str] = set()
    for document in records:
        identity = str(document.get("id"))
        if identity not in planned:
            yield Finding(identity, "id", "no such episode is planned")
        elif identity in seen:
            yield Finding(identity, "id", "recorded more than once")
        else:
            seen.add(identity)
            yield from verify_episode(planned[identity], document, prices, scripted)
    for identity in planned:
        if identity not in seen and identity not in excused:
            yield Finding(identity, "", "planned, but not recorded")


def verify_episode(planned: Planned, document: Record, prices: Sequence[Prices] = ({},), scripted: Scripted = unscripted) -> list[Finding]:
    """What does not hold of one record: its digest, then the first place where replaying it leads elsewhere."""
    audit: list[Finding] = []
    try:
        if document.get("digest") != digest(document):
            return [Finding(planned.id, "digest", "the line is not what was written")]
        if people.is_imported(planned, document):
            return _differences(planned, people.again(planned, document), document)
        world = planned.world()
        asked: list[Request] = []

        def seen(request: Request) -> None:
            asked.append(request)
            audit.extend(_audit(planned, world, request))

        episode = replay(planned, world, document["calls"], seen)
        audit.extend(_misquoted(planned, asked, document["calls"], scripted))
        use = used(planned.seats, [(call.seat, call.usage) for call in episode.calls])
        costs = [cost(use, one) for one in prices]
        derived = record(planned, world, episode) | {"cost": next((one for one in costs if one == document["cost"]), costs[0])}
        derived["calls"] = [_as_told(fresh, given) for fresh, given in zip(derived["calls"], document["calls"], strict=True)]
        derived["digest"] = digest(derived)
    except Broken as broken:
        return [Finding(planned.id, "calls", str(broken))]
    except (LookupError, TypeError, AttributeError, ValueError, RecursionError, OverflowError) as error:
        return [Finding(planned.id, "", f"it, or the world it was played in, lacks something or holds what cannot be ({error!r:.200})")]
    return [*audit, *_differences(planned, derived, document)]


def _misquoted(planned: Planned, asked: Sequence[Request], calls: Sequence[Record], scripted: Scripted) -> Iterator[Finding]:
    """Calls in which a scripted player is said to have answered something else than it does."""
    for number, (request, call) in enumerate(zip(asked, calls, strict=True)):
        said = scripted(planned.seats[request.seat], request)
        if said is None:
            continue
        for name, expected in (("raw", said.text), ("thought", said.thought), ("finish", said.finish)):
            if call[name] != expected:
                what = f"is {_shown(call[name])}, and {planned.seats[request.seat]} says {_shown(expected)} to that"
                yield Finding(planned.id, f"calls.{number}.{name}", what)


def _differences(planned: Planned, derived: Record, document: Record) -> list[Finding]:
    """Where a record first differs from the one that was derived again."""
    if canonical(derived) == canonical(document):
        return []
    return [Finding(planned.id, *_first_difference(as_json(derived), document, ()))]


def _as_told(fresh: Record, given: Record) -> Record:
    """The derived call ``fresh`` beside a recorded one: without its sampling seed where the record, an older one, does not give it."""
    return fresh if "seed" in given else {name: value for name, value in fresh.items() if name != "seed"}


def _audit(planned: Planned, world: World, request: Request) -> Iterator[Finding]:
    """No unseen seat's fact is in the view, nor its sentence in the prompt before somebody said it.

    Sentences of one or two words are left to the canaries: they stand in any prompt.
    """
    prompt = "\n".join(content for role, content in request.chat if role == "user")
    said = "\n".join(turn.text for turn in request.heard)
    shown = {encode(fact.text) for fact in request.view.facts if fact.text}  # two seats may hold the same sentence
    for fact in world.facts:
        if not fact.holders or set(fact.holders) & set(request.view.sees):
            continue
        text = encode(fact.text)
        leaked = len(text.split()) > 2 and text in prompt and text not in shown and fact.text not in said
        if fact in request.view.facts or (leaked and text in _unaccounted(planned, request, prompt, shown)):
            yield Finding(planned.id, f"prompt of {request.seat}", f"holds a private fact of {', '.join(fact.holders)}")


def _unaccounted(planned: Planned, request: Request, prompt: str, shown: set[str]) -> str:
    """``prompt`` without all that it may hold: a hidden sentence can be part of one that is shown."""
    for text in sorted({*shown, encode(planned.task.brief(request.view))}, key=len, reverse=True):
        prompt = prompt.replace(text, "")
    return prompt


def _first_difference(derived: Json, given: Json, path: tuple[str, ...]) -> tuple[str, str]:
    """Where two JSON values first differ, and how."""
    if isinstance(derived, dict) and isinstance(given, Mapping):
        for name in [*derived, *(name for name in given if name not in derived)]:
            if name == "digest" and not path:
                continue
            if name not in derived or name not in given:
                return ".".join([*path, name]), "is missing" if name in derived else "does not belong there"
            if canonical({"v": derived[name]}) != canonical({"v": given[name]}):
                return _first_difference(derived[name], given[name], (*path, name))
    if isinstance(derived, list) and isinstance(given, list):
        for number, (one, other) in enumerate(zip(derived, given, strict=False)):
            if canonical({"v": one}) != canonical({"v": other}):
                return _first_difference(one, other, (*path, str(number)))
        return ".".join(path), f"has {len(given)} items, and replay gives {len(derived)}"
    return ".".join(path), f"is {_shown(given)}, and replay gives {_shown(derived)}"


def _shown(value: Json) -> str:
    text = canonical({"v": value})[5:-1]
    return text if len(text) <= 80 else f"{text[:77]}..."
