"""What talk about `secret` says, as an attentive outsider hears it: options named or ruled out, episodes pointed at, who has heard of what.

Read with public words only. That a story is pointed at is heard by everyone; where it belongs is known to those who were there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from benchmark.reading import Sentence, sentences, yes_or_no
from benchmark.vocabulary import Claim, Turn
from tasks.secret.scenes import Scene, called
from tasks.secret.words import HANDLE, OPTION, Lexicon, Mention, lexicon
from tasks.secret.worlds import SECRET

POINTED, STORY, KNOWN = "pointed", "story", "known"
"""First words of slots: an episode that is pointed at · the option that one belongs to · whether the listener has heard of it."""

_DENIAL = re.compile(
    r"\b(?:not|isn't|isnt|wasn't|ain't|aint|never|nor|neither|no|except|rather than|instead of|other than|anything but|forget"
    r"|rule out|ruled out|cross out|exclude|without)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:where|when|who|that|which|because)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"\bbut(?! not)\b|[:—–]|,\s*(?:it is|it's|it was|rather|think|take|only)\b|\s-\s", re.IGNORECASE)
_GLUE = re.compile(r"^[\s,/&]*(?:(?:and|or|nor|the|a|an|one|ones|with|also|not|either|place|story|of)[\s,/&]*)*$", re.IGNORECASE)
_DENIED_AFTER = re.compile(
    r"^(?:\s+(?:one|place|story))?\s*,?(?:'s| is| was| are)?\s*"
    r"(?:not\b(?! only)|n't\b|isn't|isnt|wasn't|out\b|wrong|no\b|ruled out|off the)",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\b(?:or|either|one of|between)\b", re.IGNORECASE)
_KNOWS = re.compile(
    r"\b(?:know|knows|knew|heard|hear|hears|told|tell|mentioned|aware|gossip\w*|blabbed|shared|spoke|talked|in on|been told)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:not|never|no idea|nothing|doesn't|doesnt|don't|dont|didn't|didnt|haven't|hasn't|unaware|isn't|nobody|no one|secret)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\b(?:nothing|none of|no one|nobody|never|not any)\b|(?:n't|not)\b[^.]{0,40}\b(?:anything|a word|any)\b", re.IGNORECASE
)
_ONLY = re.compile(r"\b(?:only|but|except|just|apart from)\b|;", re.IGNORECASE)
_JUST = re.compile(r"^\W*(?:only|just)\b", re.IGNORECASE)
_NO_ANSWER = re.compile(
    r"^\W*(?:no (?:comment|idea|way|problem|need|worries|clue|matter|hints?)|right (?:here|there|away|now))\b", re.IGNORECASE
)
_AND_ABOUT = re.compile(r"^\W*(?:and |what |how )*(?:about|of)\b", re.IGNORECASE)
_WHAT = re.compile(r"\b(?:what|which|anything|any|how much|stories|story|something)\b", re.IGNORECASE)
_REMEMBER = re.compile(r"\b(?:remember|recall|forget|forgotten|think (?:of|back)|know where|know the one)\b", re.IGNORECASE)
_NAMES_IT = re.compile(
    r"\b(?:is|it's|its|was|be|it|go|going|goes|chose|chosen|choose|pick|picked|booked|book|bid|bids|take|takes|run|runs|won|wins|winner|answer"
    r"|secret|meet|head|drive|let's|lets|means?|meant|definitely|prepared|enter|heading|engrave|want|agreed?|commit|say|so)\b|'s\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"^[\W\d]*(?:(?:ok|okay|oh|ah|yes|right|the|got it|then|well|so|at|in|on|ready)\W*)*$", re.IGNORECASE)


_LONGEST = 20_000
"""Characters: no turn is longer, and nobody has anything to say after them."""


@dataclass(slots=True)
class Reader:
    """Reads a talk turn by turn; ``asked`` is what the last question was about, for a yes or no."""

    words: Lexicon
    listener: str
    claims: list[Claim] = field(default_factory=list)
    asked: list[Claim] = field(default_factory=list)

    def read(self, number: int, turn: Turn) -> None:
        found: list[Claim] = []
        pending, self.asked = self.asked, []
        for place, sentence in enumerate(sentences(turn.text[:_LONGEST])):
            answer = None if sentence.question or place or _NO_ANSWER.match(sentence.text) else yes_or_no(sentence.text)
            if pending and answer is not None:
                kind = "affirm" if answer else "exclude"
                found += [Claim(kind, one.slot, one.value) for one in pending if one.slot[0] != KNOWN]
                known = [Claim("affirm", one.slot, answer) for one in pending if one.slot[0] == KNOWN and len(one.slot) == 2]
                found += known
                if known and {one.value for one in self.words.found(sentence.text)} <= {one.slot[1] for one in pending}:
                    continue
            if _JUST.match(sentence.text) and not sentence.question and any(one.slot[0] == KNOWN for one in pending):
                found += self._known(sentence, [one for one in self.words.found(sentence.text) if one.kind == HANDLE], [])
                continue
            found += self._sentence(sentence, turn.seat)
        self.claims += [Claim(one.kind, one.slot, one.value, turn.seat, number) for one in dict.fromkeys(found)]

    def _sentence(self, sentence: Sentence, seat: str) -> list[Claim]:
        text = sentence.text
        here = self.words.found(text)
        handles = [one for one in here if one.kind == HANDLE]
        options = [one for one in here if one.kind == OPTION]
        if self._is_about_knowledge(text) or (sentence.question and handles and _AND_ABOUT.match(text) and self._was_about_knowledge()):
            return self._known(sentence, handles, options)
        denied = _denied(text, here)
        named = {one.value for one in options if one not in denied} - (
            {one.value for one in options if one in denied} if not handles else set()
        )
        found = [Claim("exclude", (SECRET,), one.value) for one in options if one in denied and not sentence.question]
        if handles and len(named) == 1:
            return [*found, *(Claim("affirm", (STORY, one.value), min(named)) for one in handles)]
        found += self._pointed(sentence, seat, handles, denied)
        if sentence.question or sentence.hearsay:
            asks = [Claim("ask", (SECRET,), value) for value in sorted(named)]
            self.asked += asks if sentence.question else []
            return found + asks
        if len(named) == 1:
            is_named = _NAMES_IT.search(text) or _BARE.match(self._rest(text, options))
            return [*found, Claim("affirm" if is_named else "ask", (SECRET,), min(named))]
        if named and _CHOICE.search(text):
            return found + [Claim("exclude", (SECRET,), other) for other in self.words.options if other not in named]
        return found + [Claim("ask", (SECRET,), value) for value in sorted(named)]

    def _pointed(self, sentence: Sentence, seat: str, handles: list[Mention], denied: set[Mention]) -> list[Claim]:
        """Of an ally a question is a question; whoever holds the secret points by asking "do you remember …?"."""
        if sentence.question and seat != "A" and not _REMEMBER.search(sentence.text):
            asks = [Claim("ask", (POINTED, one.value), True) for one in handles]
            self.asked += [Claim("ask", (POINTED, one.value), True) for one in handles[:1] if len(handles) == 1]
            return asks
        return [Claim("exclude" if one in denied else "affirm", (POINTED, one.value), True) for one in handles]

    def _is_about_knowledge(self, text: str) -> bool:
        who = rf"\b(?:{re.escape(self.listener)}|she|he|they|her|him|them)\b" if self.listener else r"\b(?:she|he|they|her|him|them)\b"
        return bool(_KNOWS.search(text) and re.search(who, text, re.IGNORECASE))

    def _was_about_knowledge(self) -> bool:
        return bool(self.claims) and self.claims[-1].slot[0] == KNOWN

    def _known(self, sentence: Sentence, handles: list[Mention], options: list[Mention]) -> list[Claim]:
        """Who has heard of which story; with the option beside it, that is told too."""
        text = sentence.text
        if sentence.question:
            asks = [Claim("ask", (KNOWN, one.value)) for one in handles]
            self.asked += asks
            return asks or ([Claim("ask", (KNOWN,))] if _WHAT.search(text) else [])
        if not handles:
            named = [Claim("affirm", (SECRET,), one.value) for one in options] if len(options) == 1 else []
            return named or ([Claim("count", (KNOWN,), 0)] if _NOTHING.search(text) else [])
        found, knows, before = list[Claim](), True, 0
        for one in handles:
            *_, clause = _ONLY.split(text[before : one.start])
            knows = not _UNKNOWN.search(clause) if before == 0 or _ONLY.search(text[before : one.start]) else knows
            found.append(Claim("affirm", (KNOWN, one.value), knows))
            before = one.end
        if len(options) == 1:
            found += [Claim("affirm", (STORY, one.value), options[0].value) for one in handles]
        return found

    def _rest(self, text: str, options: Sequence[Mention]) -> str:
        kept, at = [], 0
        for one in options:
            kept.append(text[at : one.start])
            at = one.end
        return " ".join([*kept, re.sub(r"\(ready\)", "", text[at:], flags=re.IGNORECASE)])


def _denied(text: str, here: Sequence[Mention]) -> set[Mention]:
    """Those of the mentions that a negation reaches: in the same clause, not behind "where" or "when", and along a list."""
    denied: set[Mention] = set()
    before = 0
    for place, one in enumerate(here):
        gap = text[before : one.start]
        carried = place > 0 and here[place - 1] in denied and _GLUE.match(gap)
        cuts = [cut.end() for cut in _CLAUSE.finditer(gap)]
        clause = gap[cuts[-1] if cuts else 0 :]
        negations = list(_DENIAL.finditer(clause))
        inside = negations and _RELATIVE.search(clause[: negations[-1].start()])
        if carried or (negations and not inside) or (one.kind == OPTION and _DENIED_AFTER.match(text[one.end : one.end + 60])):
            denied.add(one)
        before = one.end
    return denied


@lru_cache(maxsize=1024)
def read(turns: tuple[Turn, ...], scene: str, options: tuple[str, ...], listener: str) -> tuple[Claim, ...]:
    reader = Reader(lexicon(scene, options), listener)
    for number, turn in enumerate(turns):
        reader.read(number, turn)
    return tuple(reader.claims)


def word(claims: Iterable[Claim], scene: Scene, listener: str) -> str:
    """``claims`` in words that ``read`` reads back."""
    known, said = [], []
    for claim in claims:
        if claim.slot[0] == KNOWN and len(claim.slot) == 2 and claim.kind == "affirm" and claim.value:
            known.append(f"the {claim.slot[1]}")
        else:
            said.append(_worded(claim, scene, listener))
    if known:
        listed = " and ".join([", ".join(known[:-1]), known[-1]]) if known[1:] else known[0]
        said.insert(0, f"I told {listener} about {listed}.")
    return " ".join(said)


def _worded(claim: Claim, scene: Scene, listener: str) -> str:
    about, negated = claim.slot[0], claim.kind == "exclude" or claim.value is False
    story = f"the {claim.slot[1]}" if len(claim.slot) > 1 else ""
    if about == POINTED:
        return f"Is it the one with {story}?" if claim.kind == "ask" else f"It is{' not' if negated else ''} the one with {story}."
    if about == STORY:
        return f"We had {story} with {called(scene, claim.value)}."
    if about == KNOWN:
        if claim.kind == "ask":
            return f"Does {listener} know of {story}?" if story else f"What have you told {listener}?"
        return f"I told {listener} nothing." if claim.kind == "count" else f"I never told {listener} about {story}."
    option = called(scene, claim.value)
    return f"Is it {option}?" if claim.kind == "ask" else f"It is{' not' if negated else ''} {option}."
