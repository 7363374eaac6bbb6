"""One play of one world, as a pure generator: it yields Requests and is sent Completions.

No clock, file, random number, network or model here. Whoever drives it (the runner, a replay, a test) decides where
completions come from; sending the recorded ones again re-derives every prompt, turn and answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from benchmark import channels, introductions, memory, probes, prompts, views
from benchmark.factors import FULL, PLAIN, SUMMARY, Factors
from benchmark.hashing import ChatHash
from benchmark.instances import Instance
from benchmark.quoting import cut, encode, is_ready, strip_thought
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Completion, Fact, Illegal, Message, Probe, Request, Seat, Turn, Usage, View, World

Play = Generator[Request, Completion, "Episode"]

_REPAIR_WORDS = 400
"""How much of a reply that cannot be used is shown to its author again: enough to see what was wrong with it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One completed call, as it goes on record. ``seed`` is the sampling seed of its request."""

    seat: Seat
    round: int
    kind: str
    seed: int
    raw: str
    thought: str
    finish: str
    constrained: bool
    chat_sha256: bytes
    usage: Usage
    retries: int
    seconds: float
    served: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """The turns as heard and the answers by seat; a seat whose commit failed has no answer."""

    turns: tuple[Turn, ...]
    answers: Mapping[Seat, Answer]


@dataclass(frozen=True, slots=True)
class Episode:
    """``outcome`` is "decided", "illegal:A", "refused:A", "truncated:A", "leaked" or "error" (``note`` then says why).

    ``revealed`` are the facts that came up between rounds, in order; ``probed`` what seats answered aside from the talk.
    """

    outcome: str
    calls: tuple[Call, ...]
    rounds: tuple[Round, ...]
    note: str = ""
    fatal: bool = False
    revealed: tuple[Fact, ...] = ()
    probed: tuple[probes.Probed, ...] = ()


class _Ended(Exception):
    """Ends the episode early with ``outcome``."""

    def __init__(self, outcome: str, note: str = "", fatal: bool = False) -> None:
        self.outcome, self.note, self.fatal = outcome, note, fatal


@dataclass(slots=True)
class _Table:
    """The state of one play: who sits there, what has been called, how far it has come."""

    task: Task
    world: World
    seed: int
    instances: tuple[Instance, ...]
    canaries: Mapping[Seat, str]
    factors: Factors = PLAIN
    calls: list[Call] = field(default_factory=list)
    made: Counter[tuple[Seat, int, str]] = field(default_factory=Counter)
    round: int = 0
    turns: list[Turn] = field(default_factory=list)
    answers: dict[Seat, Answer] = field(default_factory=dict)
    probed: list[probes.Probed] = field(default_factory=list)
    rules: str = ""

    def instance(self, seat: Seat) -> Instance:
        return next(one for one in self.instances if seat in one.lens.speaks)

    def say(self, turn: Turn, noticed: bool = True) -> None:
        self.turns.append(turn)
        for instance in self.instances:
            instance.hear(turn, noticed)

    def opening(self, view: View) -> str:
        """What the prompt of an instance begins with, if ``view`` is what it knows."""
        channel = self.factors.channel
        rules = (self.rules, channels.rules(channel, view) if self.rules else "", introductions.introduction(self.factors, view))
        return prompts.scene(self.task, channels.numbered(channel, view), "\n\n".join(filter(None, rules)))


def play(task: Task, world: World, condition: views.Condition, seed: int, probing: bool = False, factors: Factors = PLAIN) -> Play:
    """Plays ``world`` under ``condition``: talk, commit, reveal, round by round. ``seed`` names the sampling seeds.

    ``probing`` asks seats after some turns what their partners know (``benchmark.probes``), and changes nothing else. ``factors`` say
    which arm is played.

    Yields one Request at a time and must be sent its Completion; returns the Episode. A Completion that finished with
    "error" ends the episode with outcome "error".
    """
    forgets = factors.memory != FULL
    instances = tuple(Instance(lens, views.view(world, lens), factors.channel, forgets) for lens in condition.lenses(world))
    table = _Table(task, world, seed, instances, views.canaries(world), factors)
    kind = condition.talk if task.turns else views.NO_TALK
    talk = {views.TURNS: _talk, views.WHOLE: _script, views.NO_TALK: _no_talk}[kind]
    if probing and kind != views.NO_TALK and probes.asked_under(condition):
        talk = _probed_talk
    table.rules = prompts.talk_rules(task, instances[0].view) if kind != views.NO_TALK else ""
    for instance in instances:
        instance.begin(table.opening(instance.view))
    rounds: list[Round] = []
    ended = _Ended("decided")
    try:
        for table.round in range(world.rounds or task.rounds):
            if table.round:
                yield from _remember(table)
                _reveal(table, rounds)
            table.turns, table.answers = [], {}
            yield from talk(table)
            yield from _commit(table)
            rounds.append(Round(tuple(table.turns), dict(table.answers)))
    except _Ended as early:
        ended = early
        rounds.append(Round(tuple(table.turns), dict(table.answers)))
    revealed = table.world.facts[len(world.facts) :]
    return Episode(ended.outcome, tuple(table.calls), tuple(rounds), ended.note, ended.fatal, revealed, tuple(table.probed))


def _talk(table: _Table, asked_after: Collection[int] = ()) -> Generator[Request, Completion, None]:
    task, everyone = table.task, views.public_view(table.instances[0].view)
    speakers = [seat for seat in table.world.seats if seat not in task.audience]
    while len(table.turns) < task.turns and not _all_ready(speakers, table.turns):
        public = [turn if turn.to is None else Turn(turn.seat, "", turn.to) for turn in table.turns]
        seat = task.next_speaker(everyone, public)
        instance = table.instance(seat)
        aside = task.hearer(everyone, seat)
        number = 1 + (sum(turn.seat == seat for turn in public) if aside else len(public))
        about = (task, instance.view, seat, number)
        asked = prompts.ask_aside(*about, aside) if aside else prompts.ask_turn(*about)
        chat = instance.asked(asked + channels.reminder(instance.channel))
        completion = yield from _call(table, instance, seat, "talk", chat)
        text = _heard(table, seat, completion)
        instance.spoke(chat, text)
        instance.pending = tuple(channels.notices(instance.channel, task, instance.view, seat, strip_thought(completion.text)))
        turn = channels.turn(instance.channel, seat, text, everyone)
        to = aside or task.addressee(turn.text, everyone)
        table.say(replace(turn, to=to) if to else turn, noticed=not aside)
        if len(table.turns) in asked_after:
            yield from _probe(table)


def _probed_talk(table: _Table) -> Generator[Request, Completion, None]:
    yield from _talk(table, probes.turns(table.task, table.seed, table.round))


def _probe(table: _Table) -> Generator[Request, Completion, None]:
    """Asks every seat on forks that enter no history. Nothing that comes back ends the episode, but an error of the infrastructure."""
    for seat in (seat for seat in table.world.seats if seat not in table.task.fixed):
        instance = table.instance(seat)
        for probe in probes.questions(table.task, instance.view, seat, instance.heard, table.seed):
            chat = instance.asked(prompts.ask_probe(instance.view, probe))
            if not _leaks(table.canaries, instance, chat):  # the next call of this instance will say so
                completion = yield from _call(table, instance, seat, probes.KIND, chat, probe)
                usable = completion.finish != "filter"
                answer = probes.read(strip_thought(completion.text)) if usable else None
                table.probed.append(probes.Probed(seat, len(instance.heard), probe, answer))


def _heard(table: _Table, seat: Seat, completion: Completion) -> str:
    text = channels.heard(table.factors.channel, strip_thought(completion.text), table.task.words, table.instance(seat).view)
    if completion.finish == "filter":
        raise _Ended(f"refused:{seat}")
    if completion.finish == "length" and not text:
        raise _Ended(f"truncated:{seat}")
    return text


def _all_ready(seats: Sequence[Seat], turns: Sequence[Turn]) -> bool:
    """The rule that ends talk early, on public text alone: by the latest turn of each, which is mostly seen from the very last."""
    waiting = set(seats)
    for turn in reversed(turns):
        if turn.to is None and turn.seat in waiting:
            if not is_ready(turn.text):
                return False
            waiting.remove(turn.seat)
    return not waiting


def _no_talk(_: _Table) -> Generator[Request, Completion, None]:
    yield from ()


def _script(table: _Table) -> Generator[Request, Completion, None]:
    """Every instance but the audience's writes the talk of the seats it speaks for in one call (one instance where there is one side)."""
    for instance in table.instances:
        if set(instance.lens.speaks) <= set(table.task.audience):
            continue
        seat = instance.lens.speaks[0]
        chat = instance.asked(prompts.ask_script(table.task, instance.view))
        completion = yield from _call(table, instance, seat, views.WHOLE, chat)
        written = _read_script(table, instance, completion)
        if not written and completion.finish != "filter":
            chat = _repair_chat(instance, seat, chat, completion, "no line begins with a speaker's name and a colon")
            completion = yield from _call(table, instance, seat, "repair", chat)
            written = _read_script(table, instance, completion)
        if not written:
            raise _Ended(_blame(seat, completion))
        names = instance.view.name
        instance.spoke(chat, "\n".join(f"{names(turn.seat)}: {turn.text}" for turn in written))
        for turn in written:
            table.say(turn)


def _read_script(table: _Table, instance: Instance, completion: Completion) -> list[Turn]:
    """The turns of a script, cut like any other; a line without a speaker goes on with the turn before it."""
    names = {instance.view.name(seat): seat for seat in instance.lens.speaks}
    opening = re.compile(rf"[\s*_#>-]*({'|'.join(map(re.escape, names))})[*_\s]*:[*_]*", re.IGNORECASE)
    folded = {name.casefold(): seat for name, seat in names.items()}
    written: list[tuple[Seat, list[str]]] = []
    for line in strip_thought(completion.text).split("\n"):
        if match := opening.match(line):
            written.append((folded[match.group(1).casefold()], [line[match.end() :].strip()]))
        elif written:
            written[-1][1].append(line)
    return [Turn(seat, cut("\n".join(lines).strip(), table.task.words)) for seat, lines in written[: table.task.turns]]


def _commit(table: _Table) -> Generator[Request, Completion, None]:
    """One private commit per seat, each on a fork that enters no history. Faults count only once every seat has committed."""
    faults = []
    for seat in table.world.seats:
        instance = table.instance(seat)
        chat, schema = instance.asked(prompts.ask_commit(table.task, instance.view, seat)), table.task.schema(instance.view)
        completion = yield from _call(table, instance, seat, "commit", chat, schema)
        problem = _take_answer(table, instance, seat, completion)
        if problem and completion.finish != "filter":
            chat = _repair_chat(instance, seat, chat, completion, problem)
            completion = yield from _call(table, instance, seat, "repair", chat, schema)
            problem = _take_answer(table, instance, seat, completion)
        if problem:
            faults.append(_blame(seat, completion))
    if faults:
        raise _Ended(faults[0])


def _take_answer(table: _Table, instance: Instance, seat: Seat, completion: Completion) -> str:
    """Puts the answer on the table; what is wrong with it otherwise."""
    try:
        table.answers[seat] = table.task.parse(strip_thought(completion.text), instance.view)
    except Illegal as error:
        return str(error)
    return ""


def _repair_chat(instance: Instance, seat: Seat, chat: tuple[Message, ...], completion: Completion, problem: str) -> tuple[Message, ...]:
    again = prompts.ask_repair(instance.view, seat, problem)
    shown = cut(strip_thought(completion.text), _REPAIR_WORDS)
    return (*chat, ("assistant", encode(shown)), ("user", again))


def _blame(seat: Seat, completion: Completion) -> str:
    return f"{ {'filter': 'refused', 'length': 'truncated'}.get(completion.finish, 'illegal') }:{seat}"


def _remember(table: _Table) -> Generator[Request, Completion, None]:
    """Bounds what instances are shown of the rounds that are over."""
    for instance in table.instances:
        if window := table.factors.window:
            instance.keep(window)
        elif table.factors.memory == SUMMARY and not set(instance.lens.speaks) <= set(table.task.fixed):
            seat = instance.lens.speaks[0]
            completion = yield from _call(table, instance, seat, memory.KIND, instance.asked(memory.ask(instance.view, seat, table.round)))
            text = cut(strip_thought(completion.text), memory.WORDS)
            if completion.finish == "filter" or (completion.finish == "length" and not text):
                raise _Ended(_blame(seat, completion))
            instance.sum_up(seat, table.round, text)


def _reveal(table: _Table, rounds: Sequence[Round]) -> None:
    facts = table.task.reveal(table.world, [done.answers for done in rounds])
    table.world = views.with_facts(table.world, facts)
    for instance in table.instances:
        before = len(instance.view.facts)
        instance.view = views.view(table.world, instance.lens)
        news = [fact.text for fact in channels.numbered(instance.channel, instance.view).facts[before:] if fact.text]
        recalled = table.task.recalls(instance.view)
        if recalled is not None:
            instance.forget(recalled, table.opening(recalled))
            news = []
        instance.pending = (*instance.pending, prompts.next_round(table.task, table.round, news))


def _call(
    table: _Table, instance: Instance, seat: Seat, kind: str, chat: tuple[Message, ...], wanted: str | Probe | None = None
) -> Generator[Request, Completion, Completion]:
    """Asks one instance, unless its prompt holds what it cannot know; records the reply. ``wanted``: a schema, or what a probe asks."""
    if _leaks(table.canaries, instance, chat):
        raise _Ended("leaked")
    table.made[seat, table.round, kind] += 1
    number = table.made[seat, table.round, kind] - 1
    seed = stream(table.seed, seat, table.round, kind, number).below(2**31)
    schema, probe = (probes.SCHEMA, wanted) if isinstance(wanted, Probe) else (wanted, None)
    view, heard, channel = instance.view, instance.heard, instance.channel
    completion = yield Request(table.task, view, heard, seat, kind, table.round, chat, schema, seed, probe, channel)
    if completion.finish == "error":
        raise _Ended("error", completion.note, completion.fatal)
    table.calls.append(
        Call(
            seat, table.round, kind, seed, completion.text, completion.thought, completion.finish, completion.constrained,
            instance.hash.of(chat), completion.usage, completion.retries, completion.seconds, completion.served,
        )
    )  # fmt: skip
    return completion


def _leaks(canaries: Mapping[Seat, str], instance: Instance, chat: tuple[Message, ...]) -> bool:
    """Whether the newest message holds a canary of an unseen seat that its owner has not said."""
    news = chat[-1][1]
    for seat, number in canaries.items():
        if seat not in instance.lens.sees and number in news:
            said = any(number in turn.text for turn in instance.heard if turn.seat == seat)
            if not said:
                return True
    return False


def chat_sha256(chat: Sequence[Message]) -> str:
    """SHA-256 of the compact ASCII JSON ``[[role, content], …]``, in hexadecimal."""
    return ChatHash().of(tuple(chat)).hex()
