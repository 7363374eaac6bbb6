"""What talk about `secret` says, as an attentive outsider hears it: options named or ruled out, episodes pointed at, who has heard of what.

Read with public words only. That a story is pointed at is heard by everyone; where it belongs is known to those who were there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from benchmark.reading import Sentence, number_word, sentences
from benchmark.vocabulary import Claim, Turn
from tasks.secret.knowing import ASKED, Said, asked_of_list, heads, is_told_of, no_others, of_the_rest, says, takes_out, who_knows
from tasks.secret.phrases import (
    ABOUT_THAT,
    ALL_ARE,
    ALL_OF,
    AND_ABOUT,
    ANSWER,
    ASIDE,
    ASKS_FOR,
    BARE,
    BARE_YES,
    CHOICE,
    CLAUSE,
    DENIAL,
    DENIED_AFTER,
    EVERYTHING,
    EXCEPT,
    GLUE,
    GUESSES,
    IF,
    JOINS,
    KNOWS,
    NAMES_IT,
    NO_OTHERS,
    NONE,
    NOTHING,
    OF_THOSE,
    OURS,
    RECALLS,
    RELATIVE,
    REMEMBER,
    REST,
    SAFE,
    SAME,
    SAW,
    SEVERAL,
    SPACES,
    SUCH_AS,
    TALKS_OF,
    TELLS,
    THAT,
    TOLD_LIST,
    TOLD_WHICH,
    VERBISH,
    WHAT,
)
from tasks.secret.words import HANDLE, OPTION, Lexicon, Mention
from tasks.secret.worlds import SECRET

POINTED, STORY, KNOWN = "pointed", "story", "known"
"""First words of slots: an episode that is pointed at · the option that one belongs to · whether the listener has heard of it."""

_NUMBERS = {form: n for n in range(1, 17) for form in (number_word(n), str(n))}
_LONGEST = 20_000
"""Characters: no turn is longer, and nobody has anything to say after them."""


@dataclass(slots=True)
class Reader:
    """Reads a talk turn by turn; ``asked`` is what the last question was about, for a yes or no, and ``last`` what "that one" means.

    ``on_known`` says that a bare list of stories tells what the listener has heard of, and does not point. ``answering`` holds for a turn
    in which the ally was asked for that, and ``listed`` are the stories the question named. ``unless_said`` is what the question asked
    for, and so what a bare list tells; ``wanted``, what this turn asks for; ``said``, what the clause before said of its stories; and
    ``stories`` are those of this sentence.
    """

    words: Lexicon
    listener: str
    claims: list[Claim] = field(default_factory=list)
    asked: list[Claim] = field(default_factory=list)
    last: list[Mention] = field(default_factory=list)
    on_known: bool = False
    answering: bool = False
    listed: tuple[str, ...] = ()
    unless_said: Said = ASKED
    wanted: Said = ASKED
    said: Said = ASKED
    stories: set[str] = field(default_factory=set)

    def read(self, number: int, turn: Turn) -> None:
        found: list[Claim] = []
        before: list[Claim] = []
        named: list[Mention] = []
        pending, self.asked = self.asked, []
        self.on_known = any(one.slot[0] == KNOWN for one in pending)
        self.answering = self.on_known and turn.seat != "A"
        self.listed = tuple(dict.fromkeys(one.slot[1] for one in pending if one.slot[0] == KNOWN and len(one.slot) > 1))
        self.unless_said, self.wanted = self.wanted, ASKED
        self.said = self.unless_said if self.answering else ASKED
        told_in = sentences(SPACES.sub(" ", turn.text[:_LONGEST].replace("’", "'")))
        for place, sentence in enumerate(asked_of_list(told_in, self.words) if turn.seat == "A" else told_in):
            text, answer = sentence.text, None if sentence.question else ANSWER.match(sentence.text)
            if answer and not place:
                found += _answered(pending, answer["no"] is None)
            elif answer and before:  # "The one with the goat? No."
                found = [one for one in found if one not in before] + _answered(before, answer["no"] is None)
                self.asked = []
            text = text[answer.end() :] if answer else text
            parts = self._clauses(text)
            self.stories = {one.value for _, here in parts for one in here if one.kind == HANDLE}
            told: list[Claim] = []
            for part in parts:
                rest = self._of_the_rest(part, sentence, [*found, *told])
                news = self._clause(part, sentence, turn.seat)
                news = rest or news
                told = [one for one in told if one.slot[0] != KNOWN or one.slot not in {new.slot for new in news}] + news
            self.last = [one for _, here in parts for one in here] or self.last
            named += [one for _, here in parts for one in here]
            undone = {one.slot for one in told if one.kind == "exclude"}
            anew = {one.slot for one in told if one.slot[0] == KNOWN}
            found = [one for one in found if one.slot not in anew and (one.slot not in undone or one.slot[0] != POINTED)] + told
            before = told if sentence.question else []
        if self.answering and named:  # of several that an answer told of, none is "that one"
            self.last = named
        self.claims += [Claim(one.kind, one.slot, one.value, turn.seat, number) for one in dict.fromkeys(found)]

    def _clauses(self, text: str) -> list[tuple[str, list[Mention]]]:
        """``text`` by clause, each with what it mentions. What ends in nothing but small words stays with what follows."""
        here, parts, start = self.words.found(text), list[tuple[str, list[Mention]]](), 0
        cuts = [(cut.start(), cut.end()) for cut in CLAUSE.finditer(text)] + [(len(text), len(text))]
        for number, (end, after) in enumerate(cuts):
            until = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
            if (
                any(one.start < end < one.end for one in here)
                or ASIDE.match(text[after:until])
                or takes_out(text, start, (end, after), here)
            ):
                continue
            is_head = text[end:after].strip() in ((":", "–", "—", "-") if self.answering else (":",))
            if is_head and (heads(text, start, end, here) or heads(text, after, until, here)):
                continue  # "told: goat, soup" and "goat, soup: told" say one thing
            if self.answering and not any(after <= one.start < until for one in here):
                row = [one for one in here if one.kind == HANDLE and start <= one.start < end]
                if is_told_of(text[start:end], text[after:until], row):
                    continue
            if text[start:end].strip():
                inside = [one._replace(start=one.start - start, end=one.end - start) for one in here if start <= one.start < end]
                parts.append((text[start:end], inside))
            start = after
        return parts

    def _clause(self, part: tuple[str, list[Mention]], sentence: Sentence, seat: str) -> list[Claim]:
        text, here = part
        handles = [one for one in here if one.kind == HANDLE]
        options = [one for one in here if one.kind == OPTION]
        is_list = bool(handles or NOTHING.search(text) or OF_THOSE.match(text)) and not VERBISH.search(_rest(text, here))
        last = self.claims[-1] if self.claims else None
        goes_on = (
            is_list and AND_ABOUT.match(text) and last and last.slot[0] == KNOWN and (seat == last.seat or seat != "A" or sentence.question)
        )
        is_told = self._tells_of_listener(text) or self._is_of_telling(text, sentence, seat)
        self.on_known = is_told or bool(goes_on) or ((self.on_known or self.answering) and is_list)
        if seat == "A" and len(handles) > 1 and (is_list or SUCH_AS.search(text)) and any(one.slot[0] == KNOWN for one in self.asked):
            asks = [Claim("ask", (KNOWN, one.value)) for one in handles]  # "Told her anything? I mean the goat, the hat."
            self.asked += asks
            return asks
        found = self._known(text, sentence, handles, options) if self.on_known else self._said(text, sentence, seat, handles, options)
        self.last = here or self.last
        return found

    def _is_of_telling(self, text: str, sentence: Sentence, seat: str) -> bool:
        """Whether it speaks of what was told without a word of whom: "told: goat, soup", "which have you told: goat, soup?"."""
        if seat == "A":  # nobody points at three at once
            return sentence.question and (len(self.stories) > 2 or (len(self.stories) > 1 and TOLD_WHICH.search(text) is not None))
        if self.answering and not sentence.question and not GUESSES.search(text) and (KNOWS.search(text) or not RECALLS.search(text)):
            return bool(self.stories) or KNOWS.search(text) is not None or SAFE.search(text) is not None
        return TOLD_LIST.search(text) is not None

    def _of_the_rest(self, part: tuple[str, list[Mention]], sentence: Sentence, said: Sequence[Claim]) -> list[Claim]:
        """What is said of those that the question named and the answer did not: "she's heard the rest"."""
        text, here = part
        spoken = {claim.slot[1]: claim.value for claim in said if claim.slot[0] == KNOWN and len(claim.slot) > 1}
        left = self._unsaid(spoken)
        if here or not left or sentence.question:
            return []
        if NO_OTHERS.match(text):
            return [Claim("affirm", (KNOWN, one), False in spoken.values()) for one in left] if len(set(spoken.values())) == 1 else []
        rest = REST.search(text)
        number = ((rest["n"] or rest["m"] or "") if rest else "").lower()
        if not rest or (number in _NUMBERS and _NUMBERS[number] != len(left)):
            return []
        self.last = [Mention(0, 0, HANDLE, one) for one in left]
        knows = of_the_rest(text, rest, self.said)
        return [] if knows is None else [Claim("affirm", (KNOWN, one), knows) for one in left]

    def _unsaid(self, said: Collection[str]) -> list[str]:
        """The stories that the question listed, in an answer that has not spoken of them."""
        return [one for one in self.listed if one not in said] if self.answering else []

    def _tells_of_listener(self, text: str) -> bool:
        if not (KNOWS.search(text) or SAW.search(text)):
            return False
        who = f"{re.escape(self.listener) or 'she'}|she|he|they|her|him|them"
        rest = re.sub(TELLS.format(who), " ", text, flags=re.IGNORECASE)
        if OURS.search(rest):
            return True
        heard = KNOWS.search(rest) or (SAW.search(rest) and not NAMES_IT.match(rest))
        return bool(heard and re.search(rf"\b(?:{who})\b", rest, re.IGNORECASE))

    def _known(self, text: str, sentence: Sentence, handles: list[Mention], options: list[Mention]) -> list[Claim]:
        """Who has heard of which story; with the option beside it, that is told too."""
        nothing = not handles and NOTHING.search(text) and not ABOUT_THAT.search(text)
        if not handles and self.answering and not sentence.question and (said := self._of_all(text)):
            return said
        if not handles and not nothing and (THAT.search(text) or SAME.search(text)):
            handles = [one for one in self.last if one.kind == HANDLE]
            handles = handles if len({one.value for one in handles}) == 1 or SEVERAL.search(text) else []
            told = [(one, (says(text) or ASKED).knows) for one in handles]
        else:
            told, self.said = who_knows(text, handles, self.said)
            if self.answering and not (says(text) or VERBISH.search(_rest(text, handles))):
                is_told = self.unless_said.knows or not BARE_YES.search(text)  # "the hat, yes": told, or as was asked, never told?
                told = [(one, knows == self.unless_said.knows) for one, knows in told] if is_told else []
                self.said = self.unless_said
        if sentence.question or IF.search(text) or (not handles and ASKS_FOR.search(text) and WHAT.search(text)):
            asks = [Claim("ask", (KNOWN, one.value)) for one in handles]
            asks = asks or ([Claim("ask", (KNOWN,))] if WHAT.search(text) else [])
            self.asked += asks
            self.wanted = wants if (wants := says(text)) and not wants.knows else self.wanted
            return asks
        if not told:
            named = [Claim("affirm", (SECRET,), one.value) for one in options] if len(options) == 1 else []
            return named or ([Claim("count", (KNOWN,), 0)] if nothing else [])
        if EXCEPT.search(text) and (EVERYTHING.search(text) or NOTHING.search(text) or NONE.search(text)):  # "all but the goat"
            others = not all(knows for _, knows in told)
            found = [Claim("affirm", (KNOWN, one), others) for one in self._unsaid({one.value for one, _ in told})]
        elif self.answering and no_others(text, handles) and len({knows for _, knows in told}) == 1:
            found = [Claim("affirm", (KNOWN, one), not told[0][1]) for one in self._unsaid({one.value for one, _ in told})]
        else:
            found = []
        found += [Claim("affirm", (KNOWN, one.value), knows) for one, knows in told]
        return found + ([Claim("affirm", (STORY, one.value), options[0].value) for one in handles] if len(options) == 1 else [])

    def _of_all(self, text: str) -> list[Claim]:
        """What is said of all that the question listed: "she has heard all six"."""
        every, said = ALL_OF.search(text), says(text)
        if not every or not said or REST.search(text):
            return []
        number = (every["n"] or "").lower()
        is_all = _NUMBERS[number] == len(self.listed) if number in _NUMBERS else not number or ALL_ARE.match(text)
        return [Claim("affirm", (KNOWN, one), said.knows) for one in self.listed] if is_all else []

    def _said(self, text: str, sentence: Sentence, seat: str, handles: list[Mention], options: list[Mention]) -> list[Claim]:
        if not handles and not options:
            return self._of_those(text, sentence, seat)
        handles = list({one.value: one for one in reversed(handles)}.values())[::-1]  # "the flat tyre and no pump" is one story
        denied = _denied(text, sorted((*handles, *options)))
        no = {one.value for one in options if one in denied}
        named = {one.value for one in options if one not in denied} - (set() if handles else no)
        found = [Claim("exclude", (SECRET,), one.value) for one in options if one in denied and not sentence.question]
        if handles and len(named) == 1:
            return [*found, *(Claim("affirm", (STORY, one.value), min(named)) for one in handles)]
        found += self._pointed(sentence, seat, handles, denied)
        if sentence.question or sentence.hearsay:
            asks = [Claim("ask", (SECRET,), value) for value in sorted(named)]
            self.asked += asks if sentence.question else []
            return found + asks
        if len(named) == 1:
            is_named = NAMES_IT.search(text) or BARE.match(_rest(text, options)) or (seat == "A" and not TALKS_OF.search(text))
            return [*found, Claim("affirm" if is_named else "ask", (SECRET,), min(named))]
        if named and CHOICE.search(text):
            return found + [Claim("exclude", (SECRET,), other) for other in self.words.options if other not in named]
        return found + [Claim("ask", (SECRET,), value) for value in sorted(named)]

    def _of_those(self, text: str, sentence: Sentence, seat: str) -> list[Claim]:
        """What a clause without a name says of what was named last: "neither of those", "same place"."""
        if sentence.question or sentence.hearsay:
            return []
        if OF_THOSE.match(text):
            stories = [Claim("exclude", (POINTED, one.value), True) for one in self.last if one.kind == HANDLE]
            return stories + [Claim("exclude", (SECRET,), one.value) for one in self.last if one.kind == OPTION]
        those = {one.value for one in self.last if one.kind == HANDLE}
        if seat == "A" and len(those) == 1 and SAME.search(text) and not sentence.negated:
            return [Claim("affirm", (POINTED, *those), True)]
        return []

    def _pointed(self, sentence: Sentence, seat: str, handles: list[Mention], denied: set[Mention]) -> list[Claim]:
        """Of an ally a question is a question; whoever holds the secret points by asking "do you remember …?"."""
        if sentence.question and seat != "A" and not REMEMBER.search(sentence.text):
            asks = [Claim("ask", (POINTED, one.value), True) for one in handles]
            self.asked += asks if len(asks) == 1 else []
            return asks
        return [Claim("exclude" if one in denied else "affirm", (POINTED, one.value), True) for one in handles]


def _answered(asked: Sequence[Claim], yes: bool) -> list[Claim]:
    """What a yes or no says of each thing that was ``asked``."""
    known = [Claim("affirm", one.slot, yes) for one in asked if one.slot[0] == KNOWN and len(one.slot) == 2]
    return [Claim("affirm" if yes else "exclude", one.slot, one.value) for one in asked if one.slot[0] != KNOWN] + known


def _rest(text: str, here: Sequence[Mention]) -> str:
    """``text`` without what it mentions."""
    kept, at = [], 0
    for one in here:
        kept.append(text[at : one.start])
        at = one.end
    return " ".join([*kept, re.sub(r"\(ready\)", "", text[at:], flags=re.IGNORECASE)])


def _denied(text: str, here: Sequence[Mention]) -> set[Mention]:
    """Those of the mentions that a negation reaches: in the same clause, not behind "where" or "when", and along a list.

    Of two without "or" the second stands against the first: "not the goat, the bees".
    """
    denied: set[Mention] = set()
    before = 0
    for place, one in enumerate(here):
        gap = text[before : one.start]
        carried = place > 0 and here[place - 1] in denied and GLUE.match(gap) and (len(here) > 2 or JOINS.search(gap))
        negations = list(DENIAL.finditer(gap))
        inside = negations and RELATIVE.search(gap[: negations[-1].start()])
        if carried or (negations and not inside) or (one.kind == OPTION and DENIED_AFTER.match(text[one.end : one.end + 60])):
            denied.add(one)
        before = one.end
    return denied
