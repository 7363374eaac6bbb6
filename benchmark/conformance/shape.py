"""Whether a task and its worlds are made as ``benchmark.task`` and ``benchmark.vocabulary`` say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmark import prompts, views
from benchmark.conformance.certificates import Sample
from benchmark.conformance.knowledge import pooled
from benchmark.streams import stream
from benchmark.vocabulary import Fact, Turn, UsageError


def the_task_says_what_it_is(sample: Sample) -> Iterator[str]:
    """name, version and the sizes of a talk are set, and the task is a frozen value.

    Give the class a name and a version from 1, and decorate it with @dataclass(frozen=True, kw_only=True).
    """
    task = sample.task
    name, version = getattr(task, "name", None), getattr(task, "version", None)
    if not isinstance(name, str) or not name.isidentifier():
        yield f"the name is {name!r}, and should be a word"
    if type(version) is not int or version < 1:
        yield f"the version is {version!r}, and should be a whole number from 1"
    if (
        (not (task.track and task.turns == 0) and task.turns < task.seats)
        or task.words < 1
        or task.rounds < 1
        or not 0 <= task.no_solution < 1
    ):
        sizes = {name: getattr(task, name) for name in ("seats", "turns", "words", "rounds", "no_solution")}
        yield f"{sizes} make no talk"
    try:
        frozenset([task])
    except TypeError as error:
        yield f"the task is no frozen value: {error}"
    for index, world in sample.first(200):
        if len(world.seats) != task.seats:
            yield f"world {index} has {len(world.seats)} seats, and the task says {task.seats}"


def unknown_options_are_refused(sample: Sample) -> Iterator[str]:
    """at() refuses an option that it does not know.

    Raise UsageError for every option that is left over, so that a slip of the pen does not play something else.
    """
    try:
        type(sample.task).at(sample.task.level, no_such_option="1")
    except UsageError:
        return
    except Exception as error:  # noqa: BLE001 - whatever else a stranger's at() raises is the finding
        yield f"no_such_option=1 raises {type(error).__name__} ({error!s:.60}), and no UsageError"
        return
    yield "no_such_option=1 is taken without a word"


def facts_have_holders_who_exist(sample: Sample) -> Iterator[str]:
    """Holders are sorted seats of the world, every seat has notes, and everyone has a name of their own.

    Write holders as a tuple like ("A", "B"), sorted, of seats of the world; leave it empty for what everyone knows.
    """
    for index, world in sample.first(200):
        if len(set(world.seats)) != len(world.seats) or len(world.names) != len(world.seats) or len(set(world.names)) != len(world.names):
            yield f"world {index}: seats {world.seats} and names {world.names} do not pair off"
        for fact in world.facts:
            if not isinstance(fact, Fact) or not isinstance(fact.holders, tuple) or tuple(sorted(fact.holders)) != fact.holders:
                yield f"world {index}: the holders of {_shown(fact)} are {getattr(fact, 'holders', None)!r}, which is no sorted tuple"
            elif len(set(fact.holders)) != len(fact.holders) or set(fact.holders) - set(world.seats):
                yield f"world {index}: {_shown(fact)} is held by {fact.holders}, and the seats are {world.seats}"
            elif not fact.slot or not all(isinstance(word, str) for word in fact.slot):
                yield f"world {index}: the slot of {_shown(fact)} is {fact.slot!r}, and should be a tuple of strings"
            elif fact.holders and not fact.text.strip():
                yield f"world {index}: {fact.holders} hold {fact.slot!r} without a text, so that models cannot know it"
        for seat in world.seats:
            if not sample.task.track and not any(seat in fact.holders and not views.is_canary(fact) for fact in world.facts):
                yield f"world {index}: {seat} holds nothing"


def a_text_is_one_line(sample: Sample) -> Iterator[str]:
    """The text of a fact is one line of printable characters, as it stands in a list of notes.

    Leave out line breaks, tabs and invisible characters; what needs more lines is several facts.
    """
    for index, world in sample.first(0 if sample.task.track else 60):  # in a track it may be a whole document
        for fact in world.facts:
            if not fact.text.replace("\u00a0", " ").isprintable():
                yield f"world {index}: {_shown(fact)} is not one line of printable text"


def what_is_private_stands_in_no_public_text(sample: Sample) -> Iterator[str]:
    """No public fact, brief or form holds a private fact's text, nor any of the strings that give it away.

    Hold such facts privately; drop strings that everyone reads anyway, since saying them gives nothing away.
    """
    for index, world in sample.first(60):
        view = views.public_view(views.own_view(world, world.seats[0]))
        texts = [f"{fact.text}\n{fact.value}" for fact in view.facts]
        shown = "\n".join([sample.task.brief(view), sample.task.form(view), prompts.notes(view), *texts]).casefold()
        for fact in world.facts:
            leaked = next((text for text in (fact.text, *fact.strings) if fact.holders and _stands_in(shown, text)), None)
            if leaked is not None:
                yield f"world {index}: {leaked!r:.80} of {_shown(fact)} stands in the public text"


def no_text_says_the_same_twice(sample: Sample) -> Iterator[str]:
    """Neither a fact's text nor a brief repeats a passage of itself.

    Print one world's prompt with bench show and read it: something is put there twice.
    """
    for index, world in sample.first(60):
        view = views.public_view(views.own_view(world, world.seats[0]))
        facts = [] if sample.task.track else [fact.text for fact in world.facts]  # logs of games may repeat themselves
        for text in (sample.task.brief(view), *facts):
            if again := _repeated(text):
                yield f"world {index}: {again!r} stands twice in {text!r:.70}"


def needed_facts_are_private_facts_of_the_world(sample: Sample) -> Iterator[str]:
    """needed() gives facts of the world, private ones, each once.

    Pick them from world.facts.
    """
    for index, world in sample.first(30):
        needed = sample.task.needed(world)
        for fact in needed:
            if fact not in world.facts or not fact.holders or views.is_canary(fact) or needed.count(fact) > 1:
                yield f"world {index}: {_shown(fact)} is needed, and is public, foreign or there twice"


def the_order_of_speaking_is_public(sample: Sample) -> Iterator[str]:
    """next_speaker() names a seat, the same whoever looks; everyone speaks; addressee() names a seat or nobody.

    Let both look at public facts and at what was said, and let every seat speak within the turns there are.
    """
    task = sample.task
    for index, world in sample.first(12):
        looks = [views.public_view(views.own_view(world, world.seats[0])), pooled(world), *(views.own_view(world, s) for s in world.seats)]
        turns: tuple[Turn, ...] = ()
        for number in range(task.turns):
            speakers = [task.next_speaker(view, turns) for view in looks]
            if len(set(speakers)) > 1 or speakers[0] not in world.seats:
                yield f"world {index}: turn {number + 1} is for {' or '.join(map(str, dict.fromkeys(speakers)))}, depending on who looks"
                break
            seat = speakers[0]
            name = world.names[(world.seats.index(seat) + 1) % len(world.seats)]
            text = (f"@{name} Well then.", f"{name}, what do you have?", "I see.")[number % 3]
            addressed = {task.addressee(text, view) for view in looks}
            if len(addressed) > 1 or addressed - {None, *world.seats}:
                yield f"world {index}: {text!r} is for {' or '.join(map(str, addressed))}, and the seats are {world.seats}"
                break
            turns += (Turn(seat, text),)
        if 0 < len(turns) == task.turns and (mute := set(world.seats) - {turn.seat for turn in turns} - set(task.audience)):
            yield f"world {index}: {', '.join(sorted(mute))} cannot speak within {task.turns} turns"


def what_is_revealed_has_holders_who_exist(sample: Sample) -> Iterator[str]:
    """reveal() gives facts whose holders are seats, whatever was committed.

    Write the holders of revealed facts like those of generated ones.
    """
    task = sample.task
    for index, world in sample.first(6 if task.rounds > 1 else 0):
        answers = [{seat: task.draw(pooled(world), stream(index, seat)) for seat in world.seats}, dict.fromkeys(world.seats)]
        for fact in task.reveal(world, answers[: task.rounds - 1] or answers):
            if tuple(sorted(set(fact.holders))) != fact.holders or set(fact.holders) - set(world.seats):
                yield f"world {index}: {_shown(fact)} is revealed to {fact.holders}, and the seats are {world.seats}"


def _stands_in(shown: str, text: str) -> bool:
    wanted = text.casefold().strip(" .")
    return bool(wanted) and wanted in shown and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", shown) is not None


def _repeated(text: str, width: int = 60) -> str:
    """The first passage of ``width`` characters that comes again, "" if none does."""
    seen: set[str] = set()
    for start in range(len(text) - width + 1):
        if (passage := text[start : start + width]) in seen:
            return passage
        seen.add(passage)
    return ""


def _shown(fact: Fact) -> str:
    return f"{getattr(fact, 'text', '') or getattr(fact, 'slot', fact)!r:.70}"


SHAPE = (
    the_task_says_what_it_is,
    unknown_options_are_refused,
    facts_have_holders_who_exist,
    a_text_is_one_line,
    what_is_private_stands_in_no_public_text,
    no_text_says_the_same_twice,
    needed_facts_are_private_facts_of_the_world,
    the_order_of_speaking_is_public,
    what_is_revealed_has_holders_who_exist,
)
