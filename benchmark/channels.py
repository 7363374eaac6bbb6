"""Channels: free talk, typed messages, or a board with topics. What may be written, what is heard of it, and by whom.

In the structured channels a turn is a few lines, each opened by a word that everyone knows (a type of message, or a topic of the board)
and a colon. What is heard is a function of what was written alone: the numbers by which speakers cite their own notes stay in their own
history and never cross the table, so that nobody can learn from them how many notes there are, in which order, or who else holds one.
Only what is said counts against the length of a turn, in every channel alike; opening words and numbers do not.

The board is after the message pool with subscriptions of MetaGPT (Hong et al. 2023, arXiv 2308.00352).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmark import prompts
from benchmark.factors import BOARD, TALK, TYPED
from benchmark.quoting import READY, cut, is_ready, length
from benchmark.task import Task
from benchmark.views import is_canary
from benchmark.vocabulary import Seat, Turn, View

KINDS = ("claim", "ask", "acknowledge", "propose")
TOPICS = ("facts", "questions", "plan")
SUBSCRIBE = "subscribe"
_QUESTIONS = ("ask", "questions")

_REMINDERS = {
    TALK: "",
    TYPED: " One message a line, opened by its type and a colon.",
    BOARD: " One post a line, opened by its topic and a colon.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One message: its opening word, the numbers before its colon, and what it says."""

    head: str
    cited: tuple[int, ...]
    text: str

    def __str__(self) -> str:
        return f"{' '.join([self.head, *map(str, self.cited)])}: {self.text}"


def heads(channel: str, view: View) -> tuple[str, ...]:
    """The opening words of ``channel``; on the board everyone's name is a topic too."""
    return (*TOPICS, *view.names, SUBSCRIBE) if channel == BOARD else KINDS


def rules(channel: str, view: View) -> str:
    """How one writes in ``channel``; empty for free talk."""
    same = (
        f"A line that opens with none of these words goes on with the line before it, and is not heard where there is none. "
        f'Opening words and numbers do not count as words. "{READY}" stands at the end of the last line.'
    )
    if channel == TYPED:
        return (
            'In which form they talk: in typed messages. A turn is one or more messages, each on a line of its own: "claim: …" says '
            'that something is so, "ask: …" puts a question, "acknowledge: …" says what was understood, "propose: …" names an answer to '
            'agree on. The numbers of the notes that a message rests on stand before its colon, as in "claim 2: …"; nobody else is shown '
            f'them. Before the colon of an acknowledgement stands the number of the turn that is meant, as in "acknowledge 1: …". {same}'
        )
    if channel == BOARD:
        mine = prompts.listing([f'"{name}"' for name in view.names])
        return (
            "In which form they talk: on a board that all of them read. A turn is one or more posts, each on a line of its own that opens "
            f'with a topic and a colon, as in "facts: …". The topics are "facts", "questions", "plan", and {mine} for what matters to that '
            "role alone. What someone posts under a topic takes the place of what that person had posted there before. Each role is "
            'subscribed to "facts", "questions", "plan" and its own name at first, and is shown what comes under these; of other posts '
            f'it learns the topic only. A line such as "{SUBSCRIBE}: facts, plan" subscribes its author to these topics and no others from '
            f"then on. {same}"
        )
    return ""


def reminder(channel: str) -> str:
    """What is added where a turn is asked for."""
    return _REMINDERS[channel]


def numbered(channel: str, view: View) -> View:
    """``view`` with the number that cites it before each private note: counted in each person's notes as this view lists them."""
    if channel == TALK:
        return view
    counts = dict.fromkeys(view.seats, 0)
    facts = []
    for fact in view.facts:
        if fact.holders and fact.text and not is_canary(fact):
            seat = prompts.shown_under(fact.holders, view)
            counts[seat] += 1
            facts.append(replace(fact, text=f"({counts[seat]}) {fact.text}"))
        else:
            facts.append(fact)
    return replace(view, facts=tuple(facts))


def lines(channel: str, text: str, view: View) -> tuple[Line, ...]:
    """The messages in ``text`` that say anything. A line that holds "(ready)" alone closes the last of them."""
    known = heads(channel, view)
    words = "|".join(rf"(?P<h{place}>{re.escape(head)})" for place, head in enumerate(known))
    opening = re.compile(rf"[\s*_#>-]*(?:{words})[*_]*(?P<cited>[\s,#()\d]*):[*_]*", re.IGNORECASE)
    found: list[Line] = []
    for line in text.split("\n"):
        if match := opening.match(line):
            head = next(head for place, head in enumerate(known) if match[f"h{place}"] is not None)
            cited = tuple(int(number) for number in re.findall(r"(?<!\d)[0-9]{1,4}(?!\d)", match["cited"]))
            found.append(Line(head, cited, " ".join(line[match.end() :].split())))
        elif found:
            found[-1] = replace(found[-1], text=" ".join([*found[-1].text.split(), *line.split()]))
        elif line.strip().lower() == READY:
            found.append(Line(known[2], (), READY))
    return tuple(one for one in found if one.text)


def heard(channel: str, text: str, words: int, view: View) -> str:
    """``text`` as it is heard, and as its author's own history shows it: in the form of the channel, what it says cut to ``words``."""
    if channel == TALK:
        return cut(text, words)
    found = lines(channel, text, view)
    spoken = [one for one in found if one.head != SUBSCRIBE]
    kept = cut("\n".join(one.text for one in spoken), words).split("\n")
    shortened = [replace(one, text=rest.strip()) for one, rest in zip(spoken, kept, strict=False) if rest.strip()]
    return "\n".join(map(str, [*(one for one in found if one.head == SUBSCRIBE), *shortened]))


def turn(channel: str, seat: Seat, text: str, view: View) -> Turn:
    """The turn that ``text``, as ``heard`` gives it, is for all who hear it."""
    if channel == TALK:
        return Turn(seat, text)
    return _of(seat, [(_public(one), _read(one)) for one in lines(channel, text, view)])


def _of(seat: Seat, acts: Sequence[tuple[str, str]]) -> Turn:
    return Turn(seat, "\n".join(text for head, text in acts if text and head != SUBSCRIBE), None, tuple(acts))


def _public(line: Line) -> str:
    """The opening word as others see it: turns are numbered for everyone, notes are not."""
    return " ".join(["acknowledge", *map(str, line.cited)]) if line.head == "acknowledge" else line.head


def _read(line: Line) -> str:
    """What a message says. What is asked is a question, whether or not it ends as one."""
    if line.head not in _QUESTIONS or "?" in line.text:
        return line.text
    at = line.text.lower().rfind(READY) if is_ready(line.text) else len(line.text)
    asked = line.text[:at].rstrip(" .")
    return f"{asked}? {line.text[at:]}".strip() if asked else line.text


def delivered(channel: str, turn: Turn, heard: Sequence[Turn], view: View) -> Turn:
    """What of another's ``turn`` reaches the instance of ``view``, which has ``heard`` this before: on the board, what it subscribes to."""
    if channel != BOARD:
        return turn
    topics = {*TOPICS, *(view.name(seat) for seat in view.speaks)}
    for own in heard:
        for head, text in own.acts if own.seat in view.speaks else ():
            if head == SUBSCRIBE:
                topics = {topic for topic in heads(channel, view) if re.search(rf"\b{re.escape(topic)}\b", text, re.IGNORECASE)}
    acts = [(head, text if head in topics else "") for head, text in turn.acts if head != SUBSCRIBE]
    return replace(_of(turn.seat, acts), to=turn.to)


def notices(channel: str, task: Task, view: View, seat: Seat, text: str) -> Iterator[str]:
    """What the author of ``text`` alone is told of it: what was cut off, or not heard, and notes that are not there."""
    found = lines(channel, text, view) if channel != TALK else ()
    content = "\n".join(one.text for one in found if one.head != SUBSCRIBE) if channel != TALK else text
    if length(content) > task.words:
        yield prompts.cut_notice(task, view, seat)
    if channel == TALK:
        return
    if text.strip() and not found:
        yield f"(Nothing of the turn of {view.name(seat)} was heard: no line opened as it must.)"
    mine = [fact for fact in numbered(channel, view).facts if fact.holders and prompts.shown_under(fact.holders, view) == seat]
    most = sum(bool(fact.text) and not is_canary(fact) for fact in mine)
    for number in sorted({number for one in found if one.head != "acknowledge" for number in one.cited}):
        if not 1 <= number <= most:
            yield f"({view.name(seat)} has no note {number}.)"


def worded(channel: str, text: str) -> str:
    """Plain ``text`` in the form of ``channel``: each sentence a message, questions apart. For players that speak plainly."""
    if channel == TALK or not text:
        return text
    ask, tell = ("ask", "claim") if channel == TYPED else ("questions", "facts")
    parts = [part for line in text.split("\n") for part in re.split(r"(?<=[.?!])\s+(?!\(ready\))", line) if part.strip()]
    return "\n".join(f"{ask if '?' in part else tell}: {part}" for part in parts)
