"""Reference players: known behaviours that the scores must tell apart. They see nothing but their Request.

``reference:honest`` asks, tells what is needed and commits when licensed; the others each lack or break one thing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from benchmark.answers import write_answer
from benchmark.channels import worded
from benchmark.ledger import heard_by, standing_proposal, told, was_told
from benchmark.naming import check_known
from benchmark.quoting import READY, is_ready, length
from benchmark.streams import stream
from benchmark.vocabulary import Answer, Claim, Completion, Fact, Json, Request, Sampling, Turn, UsageError, View
from models.spec import Spec

TELLS = ("affirm", "exclude", "count")


def _claims(request: Request) -> tuple[Claim, ...]:
    return request.task.claims(request.heard, request.view)


def _live(request: Request) -> tuple[Answer, ...]:
    return request.task.candidates(request.view, told(_claims(request), request.seat))


def _decide(request: Request) -> Answer:
    """The only candidate; else the standing proposal where it can be right; else the likeliest candidate."""
    live = _live(request)
    if len(live) == 1 and not request.task.graded:
        return live[0]
    proposal = standing_proposal(_claims(request))
    if proposal and (request.task.graded or proposal.value in live):
        return proposal.value
    return live[0]


def _fitting(request: Request, moves: Sequence[Claim]) -> str:
    """As many ``moves`` in words as one turn holds, closed with "(ready)" when all is said and settled."""
    task, view = request.task, request.view
    text, taken = "", 0
    while taken < len(moves):
        longer = task.word(moves[: taken + 1], view)
        if length(longer) > task.words:
            break
        text, taken = longer, taken + 1
    settled = not moves or (taken == len(moves) and len(_live(request)) == 1)
    closed = f"{text} {READY}".strip()
    return closed if settled and length(closed) <= task.words else text


def honest(request: Request) -> str:
    """Tells what helps most, asks for what is missing, proposes and commits once it knows."""
    if request.schema:
        return write_answer(_decide(request))
    return _fitting(request, request.task.moves(request.view, request.heard, request.seat))


def forgetful(request: Request, p: float) -> str:
    """Honest, but leaves out each thing it would tell with probability ``p``."""
    if request.schema:
        return write_answer(_decide(request))
    draws = stream(request.seed, "forgetful")
    moves = request.task.moves(request.view, request.heard, request.seat)
    kept = [move for move in moves if not (draws.chance(p) and move.kind in TELLS)]
    return _fitting(request, kept)


def egocentric(request: Request) -> str:
    """Takes for granted that all is known: announces its own best guess, tells nothing, and never listens."""
    answer = request.task.candidates(request.view, ())[0]
    if request.schema:
        return write_answer(answer)
    if any(turn.seat == request.seat for turn in request.heard):
        return READY
    announced = request.task.word((Claim("propose", ("answer",), answer),), request.view)
    return f"{announced} {READY}"


def mute(request: Request) -> str:
    """Says nothing, hears nothing, commits to its own best guess."""
    return write_answer(request.task.candidates(request.view, ())[0]) if request.schema else ""


def listener(request: Request) -> str:
    """Says nothing, hears everything, and commits to what it makes of it."""
    return write_answer(_decide(request)) if request.schema else ""


def random(request: Request) -> str:
    """Says nothing and commits to any legal answer."""
    return write_answer(request.task.draw(request.view, stream(request.seed, "random"))) if request.schema else ""


def none(request: Request) -> str:
    """Says nothing and always declines."""
    return write_answer(None) if request.schema else ""


def dump(request: Request) -> str:
    """Recites its notes in order until the words run out, then commits like ``honest``."""
    if request.schema:
        return write_answer(_decide(request))
    sheet = [fact.text for fact in _own(request.view, request.seat)]
    return _recited(request, sheet)


def leaky(request: Request) -> str:
    """Recites every note in its sight, its partner's first: harmless where it sees only its own."""
    if request.schema:
        return write_answer(_decide(request))
    mine = set(_own(request.view, request.seat))
    foreign = [fact.text for fact in request.view.facts if fact.holders and fact not in mine]
    return _recited(request, foreign + [fact.text for fact in _own(request.view, request.seat)])


def probed(request: Request, player: str) -> str:
    """What ``player`` says of what its partner was told. Unless it is one that keeps no score, it goes by what the partner heard."""
    told = False
    if request.probe:
        claims = request.task.claims(heard_by(request.probe.partner, request.heard), request.view)
        told = was_told(request.task, request.probe.fact, claims) is True
    guessed = stream(request.seed, "random").chance(0.5)
    said = {"egocentric": True, "mute": False, "random": guessed, "none": None}.get(player, told)
    return "Who {knows}?" if player == "garbled" else write_answer(said)


def _own(view: View, seat: str) -> tuple[Fact, ...]:
    return view.held_by(seat)


def _recited(request: Request, sheet: Sequence[str]) -> str:
    """The next stretch of ``sheet`` that one turn holds; what is being said now was not said before."""
    said = " ".join(turn.text for turn in request.heard if turn.seat == request.seat)
    taken: list[str] = []
    for text in sheet:
        if text in said or length(text) > request.task.words:
            continue
        if length(" ".join([*taken, text])) > request.task.words:
            break
        taken.append(text)
    return " ".join(taken)


def liar(request: Request) -> str:
    """Honest in form, but of facts that it has exchanged among themselves; commits by the true ones."""
    if request.schema:
        return write_answer(_decide(request))
    return honest(replace(request, view=_falsified(request.view, request.seat)))


def _falsified(view: View, seat: str) -> View:
    """``view`` with each of the seat's own facts given the value of another of its kind (first word of the slot) that says otherwise."""
    kinds: dict[str, list[Fact]] = {}
    for fact in view.facts:
        if seat in fact.holders:
            kinds.setdefault(fact.slot[0], []).append(fact)
    swapped: dict[Fact, Fact] = {}
    for same in kinds.values():
        values: list[Json] = [fact.value for fact in same]
        for place, fact in enumerate(same):
            others = values[place + 1 :] + values[:place]
            swapped[fact] = replace(fact, value=next((value for value in others if value != fact.value), fact.value))
    return replace(view, facts=tuple(swapped.get(fact, fact) for fact in view.facts))


def parrot(request: Request) -> str:
    """Says again what it heard last, and commits to its own best guess."""
    if request.schema:
        return mute(request)
    heard = [turn.text for turn in request.heard if turn.seat != request.seat]
    return heard[-1] if heard else ""


def garbled(request: Request) -> str:
    """Talks like ``honest`` but never manages the answer format."""
    return "My answer is {as we said}" if request.schema else honest(request)


def scripted(request: Request, policy: str) -> str:
    """Says and does what the task has written for its seat, or by a policy of the task: reference:scripted?policy=NAME."""
    task, draws = request.task.following(policy) if policy else request.task, stream(request.seed, "scripted")
    return task.acts(request.view, request.heard, request.seat, request.kind, draws)


PLAYERS: Mapping[str, Callable[[Request], str]] = {
    "honest": honest,
    "egocentric": egocentric,
    "mute": mute,
    "listener": listener,
    "random": random,
    "none": none,
    "dump": dump,
    "liar": liar,
    "parrot": parrot,
    "garbled": garbled,
    "leaky": leaky,
}


@dataclass(frozen=True, slots=True)
class Player:
    """A reference player as a Model."""

    name: str
    speak: Callable[[Request], str]
    details: Mapping[str, Json]

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        del sampling  # nothing about a reference player is drawn but by the request's own seed
        return self.reply(request)

    def reply(self, request: Request) -> Completion:
        """The same to the same request, always: whoever verifies a run can ask again."""
        if request.probe:
            return Completion(probed(request, self.name.removeprefix("reference:")))
        if request.kind == "summary":
            return Completion("Nothing to add.")  # it reads what it heard, and no summary
        whole_talk = request.kind != "talk" and request.schema is None
        said = _whole_talk(request, self.speak) if whole_talk else self.speak(request)
        return Completion(worded(request.channel, said) if request.kind == "talk" else said)


def _whole_talk(request: Request, speak: Callable[[Request], str]) -> str:
    """What ``speak`` would say turn by turn for the seats it writes for, in one go; what others say it cannot know."""
    task, view = request.task, request.view
    turns: tuple[Turn, ...] = ()
    while len(turns) < task.turns:
        seat = task.next_speaker(view, turns)
        said = speak(replace(request, kind="talk", seat=seat, heard=turns)) if seat in view.speaks else ""
        turns += (Turn(seat, " ".join(said.split())),)
        if len(turns) >= len(view.seats) and all(is_ready(turn.text) for turn in turns[-len(view.seats) :]):
            break
    return "\n".join(f"{view.name(turn.seat)}: {turn.text}" for turn in turns if turn.seat in view.speaks)


def player(spec: Spec) -> Player:
    """The player ``spec`` names: one of ``PLAYERS``, or ``forgetful?p=0.3``."""
    if spec.name == "forgetful":
        p = _probability(spec)
        return Player(str(spec), lambda request: forgetful(request, p), {})
    if spec.name == "scripted":
        spec.allow({"policy"})
        policy = spec.options.get("policy", "")
        return Player(str(spec), lambda request: scripted(request, policy), {})
    check_known(spec.name, [*PLAYERS, "forgetful", "scripted"], "reference player")
    if spec.options:
        raise UsageError(f"reference:{spec.name} takes no options, and was given {', '.join(spec.options)}")
    return Player(str(spec), PLAYERS[spec.name], {})


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[Player]:
    """The player of ``spec``, as an engine."""
    yield player(spec)


def _probability(spec: Spec) -> float:
    given = spec.options.get("p", "0.5")
    try:
        p = float(given)
    except ValueError:
        p = -1.0
    if not 0 <= p <= 1 or set(spec.options) - {"p"}:
        raise UsageError(f'reference:forgetful takes p between 0 and 1 (as in reference:forgetful?p=0.3), and was given "{spec}"')
    return p
