"""What an instance is told, in words. Everything here takes a View and what was heard, never a World.

Twins of one world differ in two places only: the notes, and the one sentence ``who_sees`` that says whose they are.
Hence the third person throughout: "Next turn: Nora" reads the same to one who writes for Nora and to one who writes for all.
"""

from __future__ import annotations

from benchmark.quoting import READY, encode, limits, quote
from benchmark.task import Task
from benchmark.vocabulary import Probe, Seat, Turn, View


def listing(names: tuple[str, ...] | list[str]) -> str:
    """``names`` as English: "Ada", "Ada and Ben", "Ada, Ben and Cid"."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def scene(task: Task, view: View, rules: str) -> str:
    """The first message but for its last line: the scene, the rules of this kind of talk, the notes, and who sees what.

    Encoded like everything else that somebody wrote: a world read from a file is no more trusted than a model.
    """
    return encode("\n\n".join(filter(None, [task.brief(view), rules, commitment(task, view), notes(view), who_sees(view)])))


def talk_rules(task: Task, view: View) -> str:
    names = listing([view.name(seat) for seat in view.seats if seat not in task.audience])
    heard = [f" {view.name(seat)} takes no turn and hears every word." for seat in view.seats if seat in task.audience]
    many = "many" if task.open_ended else task.rounds
    more = f" There are {many} rounds of talk and commitment." if task.rounds > 1 else ""
    limit = f"A turn holds at most {limits(task.words)}, spaces and marks included; whatever is over is cut off and not heard."
    if task.hearer(view, view.seats[0]):
        times = "once" if (often := task.turns // len(view.seats)) == 1 else f"{often} times"
        return (
            f"How they talk: in each round everyone speaks {times}, only to the one they sit with, and nobody else hears it. {limit}{more}"
        )
    return (
        f"How they talk: {names} take turns, {task.turns} turns in all and fewer if they wish.{''.join(heard)} {limit} "
        f'A turn that ends with "{READY}" says that its speaker needs nothing more; '
        f"the talk ends as soon as everyone's latest turn ends so.{more}"
    )


def commitment(task: Task, view: View) -> str:
    return (
        f"What they commit to: when the talk is over, or at once where there is none, each of {listing(view.names)} gives an answer "
        f"without seeing any other's. The answer is one JSON object and nothing else. {task.form(view)}"
    )


def notes(view: View) -> str:
    """The fact block: what everyone knows, then each visible seat's own notes."""
    shared: list[str] = []
    own: dict[Seat, list[str]] = {}
    for fact in view.facts:
        if fact.holders:
            own.setdefault(shown_under(fact.holders, view), []).append(fact.text)
        elif fact.text:
            shared.append(fact.text)
    blocks = [("What everyone knows:", shared), *((f"{view.name(seat)}'s notes:", own.get(seat, [])) for seat in view.seats)]
    return "\n\n".join(["\n- ".join([head, *texts]) for head, texts in blocks if texts])


def shown_under(holders: tuple[Seat, ...], view: View) -> Seat:
    """A fact with several holders is listed once, under the first of them that the view sees."""
    if len(holders) > 1:
        return next((seat for seat in view.seats if seat in holders and seat in view.sees), holders[0])
    return holders[0]


def who_sees(view: View) -> str:
    """The one generated sentence that tells twins apart."""
    writes = listing([view.name(seat) for seat in view.speaks])
    hidden = [view.name(seat) for seat in view.seats if seat not in view.sees]
    seen = listing([view.name(seat) for seat in view.sees])
    if hidden:
        have = "have" if len(hidden) > 1 else "has"
        return f"You write for {writes}. You see the notes of {seen} and no others; {listing(hidden)} {have} notes that are not shown here."
    together = "You decide every turn, one at a time" if len(view.speaks) > 1 else "Each of them can read all the notes above"
    return f"You write for {writes}. You see the notes of {seen}. {together}."


def said(turns: tuple[Turn, ...], view: View) -> list[str]:
    """Turns of others, one quoted line each."""
    lines = []
    for turn in turns:
        aside = f" (to {view.name(turn.to)} alone)" if turn.to else ""
        messages = [f"{head} {quote(text) if text else '(not shown)'}" for head, text in turn.acts]
        lines.append(f"{view.name(turn.seat)}{aside}: {'; '.join(messages) or quote(turn.text)}")
    return lines


def ask_turn(task: Task, view: View, seat: Seat, number: int) -> str:
    return (
        f"Next turn ({number} of {task.turns}): {view.name(seat)}. Write only what {view.name(seat)} says, in at most {limits(task.words)}."
    )


def ask_aside(task: Task, view: View, seat: Seat, number: int, to: Seat) -> str:
    """``number``: the how manieth turn of ``seat`` this round, since what goes on elsewhere at the same time does not count."""
    who, of = view.name(seat), task.turns // len(view.seats)
    return f"Next turn ({number} of {of}): {who}, to {view.name(to)} alone. Write only what {who} says, in at most {limits(task.words)}."


def ask_script(task: Task, view: View) -> str:
    order = listing([f'"{view.name(seat)}:"' for seat in view.speaks if seat not in task.audience])
    return (
        f"Write the whole talk now: at most {task.turns} turns, one a line, in order of speaking, "
        f"each line beginning with the speaker's name and a colon ({order})."
    )


def ask_commit(task: Task, view: View, seat: Seat) -> str:
    return f"Now {view.name(seat)} commits. Reply with the JSON object only. {encode(task.form(view))}"


def ask_repair(view: View, seat: Seat, problem: str) -> str:
    return f"That is not a usable answer: {encode(problem)}. {view.name(seat)} may answer once more. Reply with the JSON object only."


def ask_probe(view: View, probe: Probe) -> str:
    """One wording for every task: what is asked about is the sentence of the notes itself."""
    partner = view.name(probe.partner)
    return (
        f"An aside, outside the talk, that nobody else hears and nothing depends on. Going by what has been said so far, and by nothing "
        f"else: has {partner} been told what this note says, in these or other words? {quote(probe.fact.text)} Reply with the JSON object "
        f'only: {{"answer": true}} if so, {{"answer": false}} if not, {{"answer": null}} if that cannot be said.'
    )


def cut_notice(task: Task, view: View, seat: Seat) -> str:
    return f"(The turn of {view.name(seat)} was over {limits(task.words, 'or')}. Only as much of it as stands above was heard.)"


def unheard(turn: Turn, view: View) -> list[str]:
    """That something was said to someone else is known to all; what it was is not."""
    return [f"{view.name(turn.seat)} says something to {view.name(turn.to or turn.seat)} alone."]


def next_round(task: Task, number: int, news: list[str]) -> str:
    """Opens round ``number`` (from 0) with what was revealed."""
    of = "" if task.open_ended else f" of {task.rounds}"
    return "\n".join([f"Round {number + 1}{of} begins.", *(f"- {encode(text)}" for text in news)])
