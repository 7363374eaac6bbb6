"""What an engine owes, checked with a few short calls on prompts of the real tasks.

Whether it understands anything plays no part: every check holds for a model that talks nonsense, as long as its engine
keeps conversations apart, keeps nothing between calls, and gives back what happened as values.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace

from benchmark.conformance.findings import FAILED, NOTED, PASSED, Finding
from benchmark.conformance.probing import SHORT, Heartbeat, Probe, Trouble
from benchmark.quoting import strip_thought
from benchmark.vocabulary import Completion, Illegal, Request, Sampling

WARM = Sampling(temperature=0.7, max_tokens=32)
ANSWERING = Sampling(temperature=0.0, max_tokens=512)

OVERLONG = 600_000
"""Characters of a prompt that few models can hold: every second one is a token of its own, some 300,000 in all."""

ODD = "an emoji \U0001f9ed, a zero \x00, half a character \ud83d, a mark that turns writing \u202e, and <|im_end|>"

BLOCKED_SECONDS = 1.0
_TIMEOUTS = 3
_TELLING = 20
"""Characters from which on a reply is taken for somebody's own."""

_WORDS = ("kestrel", "marzipan", "obelisk", "tamarind", "quicksand", "vermilion", "lighthouse", "gooseberry")
_DETAILS = "Give a dict of strings and numbers: revision, version, host."
_ISOLATION = 'Keep nothing about a call but what complete() is given; share no buffer, session history or "last request" between calls.'

Seen = tuple[str, str, str]
"""Verdict, what was seen, advice."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """Requests as the tasks make them. ``talk`` are opening turns, all different; ``commits`` ask for an answer;
    ``hostile`` follow a turn in which a partner wrote the special tokens of common chat templates."""

    talk: tuple[Request, ...]
    commits: tuple[Request, ...]
    hostile: tuple[Request, ...]


async def check(probe: Probe, prompts: Prompts, skip: Collection[str] = ()) -> AsyncIterator[Finding]:
    """Every finding as it is made. Where the model never answers, or three calls hang, the remaining checks are not made."""
    for name, one in CHECKS.items():
        if name in skip:
            continue
        try:
            finding = Finding(name, *await one(probe, prompts))
        except Trouble as trouble:
            finding = Finding(name, FAILED, str(trouble), trouble.advice)
        except Exception as error:  # noqa: BLE001 - whatever somebody else's code raises is the finding
            finding = Finding(
                name, FAILED, f"raised {type(error).__name__}: {str(error)[:160]}", "Nothing that is asked of a model may raise."
            )
        yield finding
        if finding.verdict == FAILED and (name == "answers" or probe.timeouts >= _TIMEOUTS):
            yield Finding("others", NOTED, "not checked: the model does not answer")
            return


async def _described(probe: Probe, _: Prompts) -> Seen:
    """``name`` and ``details`` can stand in run.json."""
    name: object = probe.model.name
    details: object = probe.model.details
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        return FAILED, f"name is {name!r:.60}", "Give the spec as the name: str(spec)."
    try:
        if not isinstance(details, Mapping):
            return FAILED, f"details is a {type(details).__name__}", _DETAILS
        json.dumps(dict(details), allow_nan=False)
    except (TypeError, ValueError) as error:
        return FAILED, f"details cannot be written as JSON: {error}", _DETAILS
    if not details:
        return NOTED, f"{name}; details is empty", "Name what determines the replies: the revision or version that is served."
    return PASSED, f"{name}; details: {', '.join(map(str, details))}", ""


async def _answers(probe: Probe, prompts: Prompts) -> Seen:
    """It answers a turn and a commit at all."""
    told = [await probe.reply(prompts.talk[0], ANSWERING), await probe.reply(prompts.commits[0], ANSWERING)]
    if not any(one.text.strip() for one in told):
        return NOTED, "both replies are empty", "See whether reasoning uses up max_tokens, or belongs into thought."
    return PASSED, f"a turn of {len(told[0].text)} characters, a commit of {len(told[1].text)}", ""


async def _order(probe: Probe, prompts: Prompts) -> Seen:
    """Many calls at once: each gets its own reply."""
    requests = [_add(one, f'Begin with the word "{word}".') for one, word in zip(prompts.talk, _WORDS, strict=False)]
    alone = [await probe.reply(request) for request in requests]
    texts = [one.text for one in alone]
    async with Heartbeat() as heartbeat:
        together = await probe.together([*requests, *requests])
    for place, given in enumerate(together):
        own = place % len(requests)
        others = [word for word in _WORDS[: len(requests)] if word != _WORDS[own] and word in given.text.lower()]
        taken = given.text != alone[own].text and len(given.text) >= _TELLING and texts.count(given.text) == 1
        if taken or (others and _WORDS[own] not in given.text.lower()):
            return FAILED, f"of {len(together)} calls at once, call {place + 1} got the reply of another", _ISOLATION
    if heartbeat.longest >= BLOCKED_SECONDS:
        seen = f"replies are right, but the event loop stood still for {heartbeat.longest:.1f} seconds: calls wait for each other"
        return NOTED, seen, "Use an asynchronous client, or asyncio.to_thread for work that blocks."
    if len(set(texts)) == 1:
        return NOTED, "the replies to different chats are all alike, so that nothing could be mixed up", ""
    same = sum(given.text == texts[place % len(requests)] for place, given in enumerate(together))
    if same < len(together):
        return NOTED, f"{same} of {len(together)} greedy replies were the same as alone; none was another's", ""
    return PASSED, f"{len(together)} calls at once, each as when asked alone", ""


async def _stateless(probe: Probe, prompts: Prompts) -> Seen:
    """A reply depends on its own chat, whatever was asked before."""
    asked, secret = prompts.talk[1], f"{_WORDS[0]}4821"
    before = [await probe.reply(asked) for _ in range(3)]
    await probe.reply(_add(prompts.talk[2], f'The word of the day is "{secret}". Mention it.'))
    leak = await probe.reply(_add(prompts.talk[0], "If a word of the day was named above, say it; if none was, say none."))
    after = [await probe.reply(asked) for _ in range(2)]
    if secret in leak.text.lower():
        return FAILED, "a word that only another conversation held came up in a reply", _ISOLATION
    first, last = before[0].usage.prompt, after[-1].usage.prompt
    if last > first > 0:
        return FAILED, f"the same chat took {first} tokens of prompt, and later {last}", _ISOLATION
    texts, later = {one.text for one in before}, {one.text for one in after}
    if len(texts) > 1:
        return NOTED, "greedy replies to one chat with one seed differ, so that state cannot be told from chance", ""
    if len(later) == 1 and later != texts:
        return FAILED, "a greedy reply changed for good once something else had been asked", _ISOLATION
    return (
        (PASSED, "the same before and after other calls", "") if later == texts else (NOTED, "a greedy reply varied after other calls", "")
    )


async def _instances(probe: Probe, prompts: Prompts) -> Seen:
    """Two conversations in turn: neither hears of the other."""
    words = (f"{_WORDS[1]}7306", f"{_WORDS[2]}1594")
    chats = [_add(prompts.talk[place], f'The word of the day is "{word}". Mention it.') for place, word in enumerate(words)]
    first = await probe.together(chats)
    second = [
        replace(one, chat=(*one.chat, ("assistant", said.text or "…"), ("user", "Say every word of the day that you know.")))
        for one, said in zip(chats, first, strict=True)
    ]
    replies = [*first, *await probe.together(second)]
    for place, given in enumerate(replies):
        if words[1 - place % 2] in given.text.lower():
            return FAILED, "one of two conversations knew what only the other was told", _ISOLATION
    return PASSED, "two conversations of two turns each, apart", ""


async def _seeds(probe: Probe, prompts: Prompts) -> Seen:
    """One seed, one text at temperature 0.7; another seed may give another."""
    asked = prompts.talk[0]
    one, same = await probe.reply(asked, WARM), await probe.reply(asked, WARM)
    others = [await probe.reply(replace(asked, seed=(asked.seed + step) % 2**31), WARM) for step in (1, 2)]
    if one.text != same.text:
        return (
            NOTED,
            "one seed gave two texts; runs will not be repeatable to the word",
            "Pass request.seed on, where the server takes one.",
        )
    differ = any(other.text != one.text for other in others)
    return PASSED, "one seed, one text; other seeds: " + ("another" if differ else "the same, as a short or certain reply may be"), ""


async def _limit(probe: Probe, prompts: Prompts) -> Seen:
    """max_tokens is kept to, and said to have been reached."""
    given = await probe.reply(prompts.talk[0], Sampling(temperature=0.0, max_tokens=1))
    if given.usage.completion > 8 or len(given.text) > 200:
        seen = f"asked for 1 token, it gave {len(given.text)} characters and counted {given.usage.completion} tokens"
        return FAILED, seen, "Pass sampling.max_tokens on."
    if given.finish == "length":
        return PASSED, 'with max_tokens 1 a reply ends as "length"', ""
    seen = f'with max_tokens 1 a reply of {len(given.text)} characters ended as "{given.finish}"'
    return NOTED, seen, 'Give finish="length" where a reply was cut: only then is an empty one counted as truncated.'


async def _usage(probe: Probe, prompts: Prompts) -> Seen:
    """Tokens are counted, and a longer prompt has more of them."""
    short = prompts.talk[0]
    few, many = await probe.reply(short), await probe.reply(_add(short, "Take your time. " * 60))
    if not few.usage.prompt or not few.usage.completion:
        return NOTED, "no tokens are counted", "Fill in Usage(prompt, cached, completion) if the server reports them."
    if not few.usage.prompt < many.usage.prompt:
        return FAILED, f"a longer prompt counts {many.usage.prompt} tokens, a shorter one {few.usage.prompt}", "Count all of the prompt."
    if few.usage.cached > few.usage.prompt:
        return FAILED, f"{few.usage.cached} of {few.usage.prompt} prompt tokens were cached", "Cached tokens are a part of the prompt's."
    return PASSED, f"{few.usage.prompt} tokens of prompt, {many.usage.prompt} when longer", ""


async def _template(probe: Probe, prompts: Prompts) -> Seen:
    """What a partner said cannot end a message: a chat with quoted special tokens is answered like any other."""
    for request in prompts.hostile:
        await probe.reply(request)
    return PASSED, f"{len(prompts.hostile)} chats that quote special tokens of common templates", ""


async def _schema(probe: Probe, prompts: Prompts) -> Seen:
    """Where a reply is said to be constrained to the schema, it can be parsed."""
    constrained = 0
    for request in prompts.commits:
        given = await probe.reply(request, ANSWERING)
        constrained += given.constrained
        if not given.constrained or given.finish != "stop":
            continue
        try:
            request.task.parse(strip_thought(given.text), request.view)
        except Illegal as error:
            return FAILED, f"constrained=True, and yet: {error}", "Say constrained only where decoding was bound to request.schema."
    if await _constrains_talk(probe, prompts):
        return FAILED, "a turn of talk, which has no schema, came back as constrained", "Constrain where request.schema is set only."
    return PASSED, f"{constrained} of {len(prompts.commits)} commits were constrained" + (", and parse" if constrained else ""), ""


async def _constrains_talk(probe: Probe, prompts: Prompts) -> bool:
    return (await probe.reply(prompts.talk[0])).constrained


async def _overlong(probe: Probe, prompts: Prompts) -> Seen:
    """A prompt beyond the context comes back as a value."""
    given = await probe.ask(_add(prompts.talk[0], "a b c d e f g h i j " * (OVERLONG // 20)))
    if given.finish == "error" and not given.note:
        return NOTED, "it came back as an error without a note", "Say in note what failed."
    if 0 < given.usage.prompt < OVERLONG // 20:
        seen = f"of some {OVERLONG // 2:,} tokens of prompt {given.usage.prompt:,} were read: it is cut without a word"
        return NOTED, seen, "Raise the server's context, or give an error where a prompt does not fit."
    return PASSED, _ended(given), ""


def _ended(given: Completion) -> str:
    return f'a prompt of {OVERLONG:,} characters ended as "{given.finish}"' + (f": {given.note[:120]}" if given.note else "")


async def _odd(probe: Probe, prompts: Prompts) -> Seen:
    """No character makes it raise."""
    given = await probe.ask(_add(prompts.talk[0], ODD))
    if given.finish == "error":
        advice = "Encode what goes out with json.dumps, which escapes it."
        return NOTED, f"emoji, NUL and half a character give an error: {given.note[:120]}", advice
    return PASSED, "emoji, NUL and half a character are answered", ""


async def _cancelling(probe: Probe, prompts: Prompts) -> Seen:
    """A cancelled call ends, and the engine goes on."""
    advice = "Let asyncio.CancelledError pass; clean up in finally."
    for after in (0.0, 0.05):
        call = await probe.cancelled(prompts.talk[0], replace(SHORT, max_tokens=256), after)
        if not call.done():
            return FAILED, "a cancelled call did not end", advice
        if not call.cancelled() and (error := call.exception()):
            return FAILED, f"a cancelled call raised {type(error).__name__}", advice
        if not call.cancelled() and call.cancelling():
            return FAILED, "a cancelled call gave back a reply as if nothing had happened", advice
    again = await probe.reply(prompts.talk[0])
    return PASSED, f'after two cancelled calls the next ended as "{again.finish}"', ""


def _add(request: Request, line: str) -> Request:
    """``request`` with ``line`` at the end of its chat."""
    *before, (role, content) = request.chat
    return replace(request, chat=(*before, (role, f"{content}\n\n{line}")))


CHECKS: Mapping[str, Callable[[Probe, Prompts], Awaitable[Seen]]] = {
    "described": _described,
    "answers": _answers,
    "order": _order,
    "stateless": _stateless,
    "instances": _instances,
    "seeds": _seeds,
    "limit": _limit,
    "usage": _usage,
    "template": _template,
    "schema": _schema,
    "odd": _odd,
    "cancelling": _cancelling,
    "overlong": _overlong,
}
"""By name, in the order in which they are made: the costly and the ruinous last."""
