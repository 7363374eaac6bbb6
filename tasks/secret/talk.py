"""What talk about `secret` says, as an attentive outsider hears it: options named or ruled out, episodes pointed at, who has heard of what.

Read with public words only. That a story is pointed at is heard by everyone; where it belongs is known to those who were there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmark.phrases import Phrases
from benchmark.reading import Sentence, sentences
from benchmark.vocabulary import Claim, Turn
from tasks.secret.scenes import Scene, called
from tasks.secret.words import HANDLE, OPTION, Lexicon, Mention
from tasks.secret.worlds import SECRET

POINTED, STORY, KNOWN = "pointed", "story", "known"
"""First words of slots: an episode that is pointed at · the option that one belongs to · whether the listener has heard of it."""


_NOT = r"(?:do|does|did|is|was|are|were|has|have|had|ca|could|wo|would|should|must)n't"
_DENIAL = re.compile(
    rf"\b(?:not|{_NOT}|never|nor|neither|no|except|rather than|instead of|other than|anything but|forget|(?:isn|wasn|don|ain)t"
    r"|rule out|ruled out|cross out|exclude|without)\b",
    re.IGNORECASE,
)
_RELATIVE = Phrases(r"where|when|whoever|who|that|which|because")
_CLAUSE = re.compile(
    r"\s*[:—–]\s*|\s-\s|[,\s]+(?<!nothing )(?<!anything )(?<!anyone )(?<!none )but\b(?! not\b)(?! nothing\b)"
    r"|,\s+(?:(?:and|so|though|although|whereas|while|yet)\s+)?"
    r"(?=(?:it is|it's|it was|i|i've|i'm|we|she|he|they|rather|think|take|only|which|that's)\b)"
    r"|\s+(?:and|so)\s+(?=(?:i|we|she|he|they|it's)\b)",
    re.IGNORECASE,
)
_GLUE = re.compile(
    r"^[\s,/&]*(?:(?:and|or|nor|the|a|an|my|your|our|one|ones|with|also|not|either|place|story|of|about)[\s,/&]*)*$", re.IGNORECASE
)
_JOINS = Phrases("and|or|nor|either")
_DENIED_AFTER = re.compile(
    r"^(?:\s+(?:one|place|story))?\s*,?(?:'s| is| was| are)?\s*"
    r"(?:not\b(?! only)|n't\b|isn't|isnt|wasn't|out\b|wrong|no\b|ruled out|off the)",
    re.IGNORECASE,
)
_KNOWS = Phrases(
    r"(?:un)?kno\w*|knew|hear|hears|heard|had from|tell|tells|told|mention\w*|aware|unaware|gossip\w*|blabbed|shared?|spoke|talked|in on"
    r"|clue|(?:un)?familiar|learn\w*|secret from|news|let slip|spilled|idea|breathed|kept|keep"
)
_SAW = Phrases(
    r"(?:was|were) (?:also |both |already |right )?(?:there|with us|with me|with you|present|around|beside|next to)|saw"
    r"|seen|witnessed|watched|laughed"
    r"|was away|stayed (?:at )?home|(?:wasn't|was not|weren't) (?:there|with us|around|present)|missed"
)
_UNKNOWN = Phrases(
    r"not|no|none|never|nothing(?! else| more)|un\w+ (?:to|of|with)|unaware"
    rf"|nobody|no one|secret|nor|neither|without|ignorant|away|stayed|missed|kept|keep|{_NOT}"
    r"|(?:does|do|did|have|has|is)nt"
)
_EXCEPT = Phrases(r"except|but|apart from|other than|besides|save")
_ONLY = Phrases(r"only|just")
_EVERYTHING = Phrases(r"everything|all")
_NOTHING = re.compile(
    r"\b(?:nothing(?! else| more)|none of|no one|nobody|not any|zero|nada)\b"
    r"|(?:n't|not|never)\b[^.]{0,40}\b(?:anything|a word|any)\b",
    re.IGNORECASE,
)
_SEVERAL = Phrases("those|these|them|either|neither|both")
_THAT = Phrases("that|this|it|those|these|them|either|neither|both|which|of that|any of it")
_ABOUT_THAT = Phrases("(?:of|about) (?:that|it|this|those|them|these)(?: two)?")
_SAME = Phrases(
    r"same (?:\w+)|(?:that|this) (?:one|place|spot|trail|town|inn|lot|item|person|candidate|name|winner)"
    r"|it(?:'s| is) there|(?:drinks|go|head|run|bid|meet) there"
    r"|that(?:'s| is) (?:the (?:one|place|spot)|it|where|our \w+|who)|use (?:that|this|it)|behind that"
    r"|go with (?:that|it)|there it is|there we go"
)
_OF_THOSE = re.compile(
    r"^\W*(?:and |so |it's |it is |but )*"
    r"(?:(?:neither|none)(?: of (?:those|them|these|the two))?|not (?:that|those|this|these|them|there)\b[^,]*)\W*$",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"^\W*(?:(?P<yes>(?:oh )?(?:yes|yep|yeah|yup|correct|right|exactly|indeed|sure|true|agreed|confirmed|of course(?! not)"
    r"|certainly(?! not)|absolutely(?! not)|unfortunately(?: yes)?|sadly(?: yes)?|(?:i'm )?afraid so|(?:she|he"
    r"|i) (?:has|does|did|have|was)))"
    r"|(?P<no>no|nope|nah|never|not (?:yet|from me|by me|at all|that i know|me)|(?:of course|certainly|absolutely) not"
    r"|(?:she|he|i) (?:has|does|did|have|was)(?:n't| not)))"
    r"(?:\s*(?:$|[,.!;:–—-])[\s,.!;:–—-]*|\s+(?=(?:i|she|he|it|not|we|that|this|but|never|only|just)\b))",
    re.IGNORECASE,
)
_AND_ABOUT = re.compile(r"^\W*(?:(?:and |or |what |how )*(?:about|of)|and|or|also|plus|nor|not|as well as)\b", re.IGNORECASE)
_TELLS = r"\b(?:{0}) (?:\w+ )?(?:told|tells|mentioned|shared|spoke|talked)\b(?! (?:of|about|by))"
"""What others tell is no news to them: "he told a ghost story"."""
_VERBISH = Phrases(
    r"(?:it|that|he|she|there|let)'s|is|isn't|was|were|are|be|go|goes|going|think|remember|recall|take|where|who"
    r"|whoever|bid|pick|choose|meet"
    r"|head|drive|look|find|found|use|mean|want|did|do|does|have|had|has|lost|got|came|know|then|instead|forget|say|said|clue|will|'ll"
)
_IF = Phrases("if|whether|unless|in case")
_OURS = Phrases("to (?:myself|ourselves)|between (?:us|the two of us|you and me)|our secret")
_ASKS_FOR = Phrases("tell me|let me know|list|remind me|need to know|want to know")
_WHAT = Phrases("what|which|anything|any|how much|stories|story|something|anyone")
_REMEMBER = Phrases("remember|recall|forget|forgotten|think (?:of|back)|know where|know the one|(?:where|what|who) (?:did|was|were)")
_NAMES_IT = re.compile(
    r"\b(?:is|it's|its|was|be|it|go|going|goes|chose|chosen|choose|pick|picked|booked|book|bid|bids|take|takes|run|runs"
    r"|won|wins|winner|answer"
    r"|secret|meet|head|drive|let's|lets|means?|meant|definitely|prepared|enter|heading|engrave|want|agreed?|commit|say|so)\b|'s\b",
    re.IGNORECASE,
)
_TALKS_OF = Phrases("remember|recall|was|were|had|went|used to|last time|ago|like|liked|love|loved|story|stories|about|maybe|perhaps")
_BARE = re.compile(r"^[\W\d]*(?:(?:ok|okay|oh|ah|yes|right|the|got it|then|well|so|at|in|on|ready)\W*)*$", re.IGNORECASE)

_LONGEST = 20_000
"""Characters: no turn is longer, and nobody has anything to say after them."""


@dataclass(slots=True)
class Reader:
    """Reads a talk turn by turn; ``asked`` is what the last question was about, for a yes or no, and ``last`` what "that one" means.

    ``on_known`` says that a bare list of stories tells what the listener has heard of, and does not point.
    """

    words: Lexicon
    listener: str
    claims: list[Claim] = field(default_factory=list)
    asked: list[Claim] = field(default_factory=list)
    last: list[Mention] = field(default_factory=list)
    on_known: bool = False

    def read(self, number: int, turn: Turn) -> None:
        found: list[Claim] = []
        before: list[Claim] = []
        pending, self.asked = self.asked, []
        self.on_known = any(one.slot[0] == KNOWN for one in pending)
        for place, sentence in enumerate(sentences(turn.text[:_LONGEST].replace("’", "'"))):
            text, answer = sentence.text, None if sentence.question else _ANSWER.match(sentence.text)
            if answer and not place:
                found += _answered(pending, answer["no"] is None)
            elif answer and before:  # "The one with the goat? No."
                found = [one for one in found if one not in before] + _answered(before, answer["no"] is None)
                self.asked = []
            text = text[answer.end() :] if answer else text
            parts = self._clauses(text)
            told = [one for part in parts for one in self._clause(part, sentence, turn.seat)]
            self.last = [one for _, here in parts for one in here] or self.last
            undone = {one.slot for one in told if one.kind == "exclude"}
            found = [one for one in found if one.slot not in undone or one.slot[0] != POINTED] + told
            before = told if sentence.question else []
        self.claims += [Claim(one.kind, one.slot, one.value, turn.seat, number) for one in dict.fromkeys(found)]

    def _clauses(self, text: str) -> list[tuple[str, list[Mention]]]:
        """``text`` by clause, each with what it mentions. What ends in nothing but small words stays with what follows."""
        here, parts, start = self.words.found(text), list[tuple[str, list[Mention]]](), 0
        for end, after in [(cut.start(), cut.end()) for cut in _CLAUSE.finditer(text)] + [(len(text), len(text))]:
            if any(one.start < end < one.end for one in here):
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
        is_list = bool(handles or _NOTHING.search(text) or _OF_THOSE.match(text)) and not _VERBISH.search(_rest(text, here))
        goes_on = is_list and _AND_ABOUT.match(text) and self.claims and self.claims[-1].slot[0] == KNOWN
        self.on_known = self._tells_of_listener(text) or bool(goes_on) or (self.on_known and is_list)
        found = self._known(text, sentence, handles, options) if self.on_known else self._said(text, sentence, seat, handles, options)
        self.last = here or self.last
        return found

    def _tells_of_listener(self, text: str) -> bool:
        if not (_KNOWS.search(text) or _SAW.search(text)):
            return False
        who = f"{re.escape(self.listener) or 'she'}|she|he|they|her|him|them"
        rest = re.sub(_TELLS.format(who), " ", text, flags=re.IGNORECASE)
        if _OURS.search(rest):
            return True
        heard = _KNOWS.search(rest) or (_SAW.search(rest) and not _NAMES_IT.match(rest))
        return bool(heard and re.search(rf"\b(?:{who})\b", rest, re.IGNORECASE))

    def _known(self, text: str, sentence: Sentence, handles: list[Mention], options: list[Mention]) -> list[Claim]:
        """Who has heard of which story; with the option beside it, that is told too."""
        nothing = not handles and _NOTHING.search(text) and not _ABOUT_THAT.search(text)
        if not handles and not nothing and (_THAT.search(text) or _SAME.search(text)):
            handles = [one for one in self.last if one.kind == HANDLE]
            handles = handles if len({one.value for one in handles}) == 1 or _SEVERAL.search(text) else []
            told = [(one, not _UNKNOWN.search(text)) for one in handles]
        else:
            told = _who_knows(text, handles)
        if sentence.question or _IF.search(text) or (not handles and _ASKS_FOR.search(text) and _WHAT.search(text)):
            asks = [Claim("ask", (KNOWN, one.value)) for one in handles]
            asks = asks or ([Claim("ask", (KNOWN,))] if _WHAT.search(text) else [])
            self.asked += asks
            return asks
        if not told:
            named = [Claim("affirm", (SECRET,), one.value) for one in options] if len(options) == 1 else []
            return named or ([Claim("count", (KNOWN,), 0)] if nothing else [])
        found = [Claim("affirm", (KNOWN, one.value), knows) for one, knows in told]
        return found + ([Claim("affirm", (STORY, one.value), options[0].value) for one in handles] if len(options) == 1 else [])

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
            is_named = _NAMES_IT.search(text) or _BARE.match(_rest(text, options)) or (seat == "A" and not _TALKS_OF.search(text))
            return [*found, Claim("affirm" if is_named else "ask", (SECRET,), min(named))]
        if named and _CHOICE.search(text):
            return found + [Claim("exclude", (SECRET,), other) for other in self.words.options if other not in named]
        return found + [Claim("ask", (SECRET,), value) for value in sorted(named)]

    def _of_those(self, text: str, sentence: Sentence, seat: str) -> list[Claim]:
        """What a clause without a name says of what was named last: "neither of those", "same place"."""
        if sentence.question or sentence.hearsay:
            return []
        if _OF_THOSE.match(text):
            stories = [Claim("exclude", (POINTED, one.value), True) for one in self.last if one.kind == HANDLE]
            return stories + [Claim("exclude", (SECRET,), one.value) for one in self.last if one.kind == OPTION]
        those = {one.value for one in self.last if one.kind == HANDLE}
        if seat == "A" and len(those) == 1 and _SAME.search(text) and not sentence.negated:
            return [Claim("affirm", (POINTED, *those), True)]
        return []

    def _pointed(self, sentence: Sentence, seat: str, handles: list[Mention], denied: set[Mention]) -> list[Claim]:
        """Of an ally a question is a question; whoever holds the secret points by asking "do you remember …?"."""
        if sentence.question and seat != "A" and not _REMEMBER.search(sentence.text):
            asks = [Claim("ask", (POINTED, one.value), True) for one in handles]
            self.asked += asks if len(asks) == 1 else []
            return asks
        return [Claim("exclude" if one in denied else "affirm", (POINTED, one.value), True) for one in handles]


_CHOICE = Phrases("or|either|one of|between")


def _answered(asked: Sequence[Claim], yes: bool) -> list[Claim]:
    """What a yes or no says of each thing that was ``asked``."""
    known = [Claim("affirm", one.slot, yes) for one in asked if one.slot[0] == KNOWN and len(one.slot) == 2]
    return [Claim("affirm" if yes else "exclude", one.slot, one.value) for one in asked if one.slot[0] != KNOWN] + known


def _who_knows(text: str, handles: Sequence[Mention]) -> list[tuple[Mention, bool]]:
    """Whether the listener knows of each: a negation before a list or behind it, "only", "nothing but", "not" half way along."""
    told: list[tuple[Mention, bool]] = []
    knows, before = True, 0
    for one in handles:
        gap = text[before : one.start]
        other = _EXCEPT.search(gap)
        if not other and _ONLY.search(gap):
            knows = True
        elif other:
            start = gap[: other.start()]
            knows = not _EVERYTHING.search(start) if not before else not knows
            knows = not _UNKNOWN.search(gap[other.end() :]) and knows
        elif not before:
            knows = not (_UNKNOWN.search(gap) or _UNKNOWN.search(text[handles[-1].end :]))
        elif _UNKNOWN.search(gap):
            knows = False
        before = one.end
        told.append((one, knows))
    return told


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
        carried = place > 0 and here[place - 1] in denied and _GLUE.match(gap) and (len(here) > 2 or _JOINS.search(gap))
        negations = list(_DENIAL.finditer(gap))
        inside = negations and _RELATIVE.search(gap[: negations[-1].start()])
        if carried or (negations and not inside) or (one.kind == OPTION and _DENIED_AFTER.match(text[one.end : one.end + 60])):
            denied.add(one)
        before = one.end
    return denied


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
