"""Which slot a sentence proposes for all, or agrees to, and where in it that is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmark.reading import number_word
from tasks.schedule.asides import without_condition, without_runners_up
from tasks.schedule.cues import Cued
from tasks.schedule.lexicon import Token

_PROPOSES = Cued(
    r"\b(?:propos\w+|suggest\w*|let's (?:\w+ )?(?:take|go|do|meet|book|settle|pick|choose|say|fix|commit|lock|use|make it|finali[sz]e)"
    r"|(?<![\w-])go(?:ing)? (?:with|for)|settl(?:e|ing) on"
    r"|(?:we|i'll|i will|i'd|to|should|i|both)"
    r" (?:pick|choose|commit|lock|book|vote|answer|submit|take|name)|agreed? (?:on|to|with)|agreed\s*[:,–—-]"
    r"|commit(?:ting)? (?:to|on)|lock(?:ing|ed)? (?:\w+ )?in|answering|submitting|choosing|(?:^|\b(?:m|am|re|are|so|then|now) )picking"
    r"|final(?: answer| choice|ly|:)|(?:our|the|clear|overall) (?:best|winner|answer|choice|pick|slot)|winner|wins|beats|edges out|preferable|(?:is|stays|remains)(?: still| now| clearly| therefore| thus| then)? (?:best|cheapest|lowest|optimal)|(?:is|remains|stays|are|be)(?: still| now| clearly| therefore| thus| then)? (?:the|our) (?:\w+ )?(?:best|cheapest|lowest|one|min|minimum|optimum|optimal|winner|one(?! (?:that|which|i|you)\b))|comes? out (?:ahead|best|cheapest)"  # noqa: E501 (words of one kind)
    r"|(?:lowest|least|cheapest) (?:total|sum|overall|together|joint)|best (?:total|sum|overall|together|combined|common|shared|joint|mutual|for (?:us|both))|shall we|should we (?:take|go|do|pick|choose)|how about we|confirm(?:ed|ing)?|(?<!not )my (?:answer|vote|choice|pick|selection)"  # noqa: E501 (words of one kind)
    r"|vote for|see you|stay(?:ing)? with|stick(?:ing)? (?:with|to)"
    r"|it is(?: then)?(?=\W*$|,| at \d| with )|(?:has|must|needs?)(?: to)? be(?: it)?\W*$)",
    "propose suggest let with for settle pick choose commit lock book vote answer submit take name agree confirm final best "
    "winner choice slot wins beats edges preferable cheapest lowest optimal one min minimum least ahead shall should about "
    "selection see stay stick it be",
)
_LOWER = re.compile(
    r"(?:,|:|\s[–—-]) (?:the|our) (?:lowest|least|best|cheapest|minimum)\W*$"
    r"|\b(?:is|comes out|sums|totals) (?:the )?(?:lower|cheaper|less|lesser|smaller|better)(?: one| sum| total| for (?:us|both))?\W*$",
    re.IGNORECASE,
)
"""What settles it for who needs nothing more."""
_SUPPOSES = re.compile(r"\W*(?:if|suppose|supposing|maybe|perhaps|unless)\b(?! (?:you agree|that works))", re.IGNORECASE)
_IF_NOT = re.compile(r"^\W*(?:otherwise|if not|failing (?:that|those|them)|else)\b,? (?=\w)", re.IGNORECASE)
""" "Otherwise Tue 10." is what who needs nothing more will answer."""
_CONDITION = Cued(
    r"(?:\s*[,;:(–—-]+\s*|\s+)(?:but )?(?:only )?(?:provided|providing|as long as|so long as|assuming|on "
    r"(?:the )?condition|given that|presuming|supposing"
    r"|(?:if|unless)(?=[^.!?\n]*\b(?:you|your|yours|both)\b))\b",
    "provided providing long assuming condition given presuming supposing if unless",
)
""" "Tue 10 then, provided Wed 14 is out for you" proposes the one and says nothing of the other."""
_OPENS = Cued(
    r"\b(?:compare|check|look|start|see(?! you\b)|list|share|discuss|talk|focus|so far|for now|not final)\b",
    "compare check look start see list share discuss talk focus far now final",
)
_MINE = Cued(
    r"\b(?:my best|best for me|cheapest for me|my (?:\w+ )?cheapest|my favou?rite|best (?:slots?|options?) for me)\b",
    "best cheapest favourite",
)
_NOBODY = Cued(
    r"\b(?:no|not a single|isn't (?:a|any)|not any) (?:\w+ ){0,3}?(?:slots?|times?|options?|overlap|solution)\b(?: that| is| which| will| left| exists)*"  # noqa: E501 (words of one kind)
    r"(?: (?:works?|suits?|fits?|possible|is|for|at all|available)\b.{0,30}\b(?:all|both|everyone|everybody|us|together)\b|(?= in common)|(?: possible| left| there| available| feasible| for us| then| at all)*\W*$)"  # noqa: E501 (words of one kind)
    r"|(?:^|[,:–—-])\W*(?:(?:so|then|hence|therefore|thus|agreed|yes|right|true)\W+){1,2}(?:\w+ )?(?:no (?:slot|time|option)s?|none|nothing) (?:works?|fits?|suits?|remains?|will do|(?:is |are )?(?:possible|left|there|shared|in common))\W*$"  # noqa: E501 (words of one kind)
    r"|\bnothing (?:works?|suits?|fits?|is possible|overlaps)\b.{0,20}\b(?:us|all|both|everyone|together)\b|\bnothing overlaps"
    r"|\bnone (?:of (?:them|the slots|those|these) )?(?:works?|suits?|fits?|is possible)\b.{0,20}\b(?:us|all|both|everyone)\b"
    r"|\bno(?:thing| \w+) (?:that |which )?(?:works?|suits?|fits?)\b.{0,20}\b(?:all|both|every\w+|us)\b"
    r"|\b(?:we|our \w+) (?:\w+ )?(?:share|have|overlap) no(?:thing|where|ne|t at all| \w+)(?: in common| to share)?\W*$"
    r"|\b(?:don't|do not|doesn't|never) overlap\b"
    r"|\bno (?:\w+ )?(?:slot|time|option)s? (?:that |which )?(?:we|both of us|all of us)\b"
    r"|\bno (?:common|shared|mutual|joint|overlapping) (?:slot|time|ground|option)|\bno overlap\b|\bwe (?:decline|have no)\b|\bnull\b|\bcall it off\b|\bdecline\b"  # noqa: E501 (words of one kind)
    r"|(?:^|[,:–—-])\W*(?:so|then|hence|therefore)\W+(?:it's |it is )?(?:none|nothing)\b(?: at all| then| for us| in common)*"
    r"(?:\W+(?:yes|agreed|sadly|i'm afraid|alas))?\W*$|^\W*(?:none|nothing),? then\W*$"
    r"|^\W*(?:so |then )?none it is\b|\bthere(?:'s| is) none\b|\bthere (?:isn't|is not) (?:one|any)(?: then| at all)?\W*$",
    "no not isn none nothing nowhere overlap decline null call",
)
_REST = Cued(r"\b(?:rest|others?|remaining|else)\b", "rest others remaining else")
"""What may be told of before it is said that there is none: "my other slots are out, so null"."""
_WITHDRAWS = Cued(r"\b(?:no longer propose|withdraw|retract|take back)\b", "longer withdraw retract take")
_SO = Cued(
    r"\W*\b(?:so|then|hence|therefore|thus|which makes|making)\b|(?s:.*)\b(?:it is|final|then)\W*$",
    "so then hence therefore thus which making it final",
)
_FOR_SO_MUCH = re.compile(rf"(?:\b(?:with|for|at)|,| =) (?:\d{{1,2}}\b(?!:)|(?:{'|'.join(map(number_word, range(21)))})\b)", re.IGNORECASE)
_BEST = Cued(r"\b(?:best|cheapest|lowest)\b", "best cheapest lowest")
_BOUND = re.compile(
    r",\s*|\s+[–—-]+\s+|:\s+(?!\d)|(?:,\s*|\s+)(?=(?:so|then|hence|therefore|thus|unless)\b)|\s+and\s+(?=(?:I|let's|we"
    r"|that|it)\b)|\s*(?:→|->|=>)\s*",
    re.IGNORECASE,
)
_AGREEING = frozenset(
    """agreed agree agreeing deal great perfect sure yes yep yeah yup ok okay good fine same here confirmed confirm confirming final
    finally answer done settled sounds works lock locked locking in so then hence therefore thus too also now it is it's that's that
    excellent right nice cool awesome alright absolutely definitely exactly indeed well with me me i i'm we for all both us our everyone
    as concur go going let's at on a an of to the day time slot thanks perfectly wonderful matches match just get gives giving s be is
    hours hour euros points miles favours total sum overall lowest best cheapest minimum my mine vote stands stay stick
    sticking happy m re ll ve ready set booked book submit submitting by from side end most least thank you has have must there""".split()
)
_STRONG = frozenset(
    "agreed agree agreeing deal great perfect sure confirmed confirm confirming final settled concur done same perfectly".split()
)
LONGEST_SENTENCE = 600
"""In characters; what a longer one says is past telling, and no budget holds it."""
_SIGNS = ("✅", "✓", "✔", "👍")
_KINDS = ("AT", "ON", "COMMA", "LINK", "AND", "SAME", "WE", "ME", "IT", "ALL", "TOTAL", "UNIT", "YOU")


class Proposal(NamedTuple):
    """``kind`` is propose or withdraw; ``slot`` None stands for no slot at all. ``rest`` is what else the sentence says."""

    kind: str
    slot: str | None
    rest: str
    named: bool = True
    """Whether the slot was said, and not only meant."""


Tokens = Callable[[str], Sequence[Token]]


def proposal_in(text: str, tokens: Tokens, mentioned: Sequence[str], discussed: Sequence[str], ready: bool = False) -> Proposal | None:
    """What ``text`` proposes. ``mentioned`` are the slots that its turn has named before, ``discussed`` all that anyone has.

    Who is ``ready`` proposes a slot by naming it alone.
    """
    if len(text) > LONGEST_SENTENCE:
        return None
    text = without_condition(_IF_NOT.sub("So ", text)) if ready else text
    if _SUPPOSES.match(text):
        return None
    text = _unconditional(without_runners_up(text), tokens)
    slots = slots_in(text, tokens)
    if _WITHDRAWS.search(text):
        return Proposal("withdraw", slots[0] if slots else None, "")
    if not slots and (nobody := _NOBODY.search(text)):
        before = [one.start() for one in _BOUND.finditer(text, 0, nobody.start())]
        return Proposal("propose", None, text[: before[-1]] if before and _REST.search(text, 0, before[-1]) else "")
    last = len(text)
    for bound in [*_BOUND.finditer(text)][:-8:-1] if slots and _NOBODY.may_be_in(text) else ():
        clause = text[bound.end() : last]
        if _NOBODY.search(clause) and not slots_in(text[bound.end() :], tokens):
            last = bound.start()  # "both of those are out, so there's no slot at all: null"
        elif last < len(text):
            break
    if last < len(text):
        return Proposal("propose", None, text[:last])
    if _OPENS.search(text) or _MINE.search(text):
        return None
    return _by_cue(text, slots, tokens, mentioned, ready) or _by_itself(text, slots, tokens, discussed, ready)


def _unconditional(text: str, tokens: Tokens) -> str:
    """What ``text`` says of a slot, without the condition behind it."""
    opening = _CONDITION.split(text)[0]
    return opening if opening != text and slots_in(opening, tokens) else text


def slots_in(text: str, tokens: Tokens) -> list[str]:
    return list(dict.fromkeys(slot for token in tokens(text) if token.kind == "SLOT" for slot in token.slots))


def _by_cue(text: str, slots: Sequence[str], tokens: Tokens, mentioned: Sequence[str], ready: bool) -> Proposal | None:
    """ "Let's take Tue 10", "that costs me 3, so Tue 10 is best"."""
    cue = _PROPOSES.search(text) or (_LOWER.search(text) if ready else None)
    if not cue:
        return None
    if not slots and cue.group().lower() == "beats":
        return None
    if not slots:
        last = list(dict.fromkeys(mentioned))[-1:]
        return Proposal("propose", last[0], text, named=False) if last else None
    bounds = [match for match in _BOUND.finditer(text, 0, cue.end()) if slots_in(text[match.end() :], tokens)]
    for bound in [*bounds[:-8:-1], None]:
        start = bound.end() if bound else 0
        here = slots_in(text[start:], tokens)
        if len(here) > 1:  # "Wed 14:30 wins over Tue 10:00", "the best is Tue 10, ahead of Wed 14"
            before, after = slots_in(text[start : cue.start()], tokens), slots_in(text[cue.start() :], tokens)
            here = before if len(before) == 1 else after if len(after) == 1 else []
        if here:
            return Proposal("propose", here[0], text[: bound.start()] if bound else "")
    return None


def _by_itself(text: str, slots: Sequence[str], tokens: Tokens, discussed: Sequence[str], ready: bool = False) -> Proposal | None:
    """A slot that was spoken of, alone with words of agreement: "Same here, Mon 13:00", "those can't beat 7, so Sat 14:30"."""
    if len(slots) == 1 and slots[0] in discussed and _is_alone(tokens(text), ready):
        return Proposal("propose", slots[0], "")
    bare = _FOR_SO_MUCH.sub("", text) if ready else text
    if ready and len(slots) == 1 and slots[0] in discussed and (_SO.match(text) or _SO.match(bare)) and _is_alone(tokens(bare), ready):
        return Proposal("propose", slots[0], "")
    if ready and len(slots) == 1 and slots[0] in discussed and _BEST.search(text) and _is_alone(tokens(bare), ready):
        return Proposal("propose", slots[0], "")
    concludes = _SO.may_be_in(text)
    bounds = list(_BOUND.finditer(text)) if slots and (ready or concludes or "→" in text or ">" in text) else []
    for bound in bounds[:-8:-1]:
        head, clause = text[: bound.start()], text[bound.end() :]
        if not ((ready and "=" not in text) or _SO.match(clause) or bound.group().strip() in ("→", "->", "=>")):
            continue
        clause = re.split(r"(?i)(?:,\s*|\s+)(?:unless|if|as|because|since)\b", clause)[0]
        own = slots_in(clause, tokens)
        if len(own) == 1 and own[0] in discussed and _is_alone(tokens(clause), ready):
            return Proposal("propose", own[0], head)
    opening = re.split(r"(?i)(?:,\s*|\s+)(?:unless|if|as|because|since)\b|\s+[–—-]+\s+", text)[0] if concludes else text
    if opening != text and (own := slots_in(opening, tokens)) and len(own) == 1 and _SO.match(opening) and _is_alone(tokens(opening)):
        return Proposal("propose", own[0], "")
    return None


def repeated(text: str, tokens: Tokens, ready: bool) -> str | None:
    """The slot that ``text`` names and says nothing else; who is ``ready`` may add what it comes to: "Tue 10 with 5, right"."""
    named = slots_in(text, tokens) if len(text) <= LONGEST_SENTENCE else []
    if len(named) != 1:
        return None
    bare = all(token.kind in ("SLOT", "AT", "ON", "COMMA", "LINK") for token in tokens(text))
    return named[0] if bare or (ready and _is_alone(tokens(_FOR_SO_MUCH.sub("", text)))) else None


def _is_alone(found: Sequence[Token], ready: bool = False) -> bool:
    """Whether nothing but a slot, words of agreement and sums stand there."""
    words = {token.text for token in found}
    summed = any(token.kind == "TOTAL" and token.text.isalpha() for token in found)
    strong = bool(words & _STRONG) or (ready and (summed or all(token.kind != "VALUE" for token in found)))
    if any(token.kind == "TOTAL" for token in found) and not strong:
        return False
    if any(token.text in ("me", "mine", "my") for token in found) and any(token.number >= 0 for token in found if token.kind == "VALUE"):
        return False  # "Same for me on Tue 10: 4" tells a cost
    for token in found:
        agrees = _AGREEING & {token.text, re.sub(r"(\w)\1+$", r"\1", token.text)}
        if token.kind == "VALUE":
            if token.text in ("yes", "yep", "yeah") or not (agrees or token.text in _SIGNS or (strong and token.number >= 0)):
                return False
        elif token.kind != "SLOT" and token.kind not in _KINDS and not agrees:
            return False
    named = [token.slots for token in found if token.kind == "SLOT"]
    return len(named) == 1 and len(named[0]) == 1
