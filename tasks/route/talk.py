"""How `route` is talked about: what a turn tells of landmarks, numbered points and routes, read with public facts only, and worded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmark.phrases import AnyCase
from benchmark.reading import Sentence, sentences, yes_or_no
from benchmark.vocabulary import Claim, Turn
from tasks.route.clauses import HAVING, IS_NOT, LACKS, Group, clause, grouped, other, stated
from tasks.route.maps import SAME
from tasks.route.proposals import ANSWER, proposal
from tasks.route.scenes import CLOSED, OPEN
from tasks.route.words import NAME, POINT, STATE, Lexicon, Token, prepare, tokens
from tasks.route.worlds import AT, REPORT, Path

__all__ = ["ANSWER", "Reader", "word"]
_STATES_IT = re.compile(r"^\W*(?:and |so |but )?(?:it|that|that one|this|there|which|they|both)(?:'s| is| are| was|)\b", re.IGNORECASE)
_UNKNOWN = AnyCase(
    r"\b(?:unknown|unclear|not sure|unsure|no idea|(?:don't|do not|dont) (?:yet )?know|no (?:report|word|info|information|news))\b"
)
_IT_IS_AT = re.compile(
    r"^\W*(?:so |and |then )?(?:it's|it is|its|that's|that is|mine is|mine's|mine|they're|they are|both|(?:only )?(?:one"
    r"|once)|only|just|on my map|here)"
    r"\b[^.]*\bat\b|^\W*at \d|^\W*(?:on my \w+ |here )?(?:it's|it is|that's|mine is) (?:waymark|corner|gate|checkpoint"
    r"|buoy|post|point|number) \d",
    re.IGNORECASE,
)
_FOUND_IT = re.compile(
    r"^\W*(?:(?:wait|sorry|oh|actually|ah|hmm+|correction)\W+)*(?:yes|yep|yeah|found it|got it|here it is"
    r"|there it is)\W+(?:(?:it's )?at )?\d\W*$",
    re.IGNORECASE,
)
_HAVE_IT_AT = re.compile(r"\b(?:have|see|found|got|find) (?:it|one|that)\b.*\bat\b", re.IGNORECASE)
_LACKS_IT = re.compile(
    r"^\W*(?:and |it's |it is |also |which is )*(?:not|missing|nowhere) (?:on|from|in) (?:my|mine)\b"
    r"|\b(?:don't|dont|do not|can't|cannot) (?:have|see|find) (?:it|that|one|either|them)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"(?:\b(?:too|as well|also|likewise|ditto)\W*$|^\W*(?:and |the )*(?:same (?:for|with|goes for|at)|ditto|so (?:is|are))\b)",
    re.IGNORECASE,
)
_IS = re.compile(r"^\s*(?:is|are)\s*\W*$", re.IGNORECASE)
_OPEN_QUESTION = re.compile(
    r"\b(?:do you know|any (?:word|reports?|idea|info\w*|news)|have you heard|do you have|know (?:if|whether|anything))\b", re.IGNORECASE
)
_ALL = re.compile(r"\b(?:they|both|neither|those|these)\b", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:you|he|she|they)(?:'ve| have| just| already)? (?:said|say|told|mentioned|reported|asked|named)\b|\byour report", re.IGNORECASE
)
_GUESS = AnyCase(
    r"\b(?:if|suppose|maybe|perhaps|probably|possibly|might|may be|could be|unless|assum\w+|guess|i think|likely|wonder"
    r"|hope|presumably|whether|provided"
    r"|as long as|once|needs?|needed|confirm (?:if|that)|should be|either \w+ or \w+ is)\b"
)
_EITHER = re.compile(
    r"\b(?:open|clear|passable|free|ok)\s*(?:or|/|vs)\s*(?:not|closed|blocked|impassable|shut)\b|\b(?:closed|blocked"
    r"|shut)\s*(?:or|/)\s*(?:open|clear|passable)\b|\bstatus\b|\bpassab(?:le|ility)\?",
    re.IGNORECASE,
)
_CONTRAST = AnyCase(
    r"\s*(?:\s(?:=>|⇒)\s|,\s*(?:and )?(?:so|hence|therefore|thus|meaning|which means)\b|\b(?:but|while|whereas|though|although"
    r"|however|yet|pero|aber|mais)\b|\|)\s*"
)
_WHERE = re.compile(
    r"\b(?:where|which (?:number|waymark|corner|gate|checkpoint|buoy|post|point|one|is|of)|on (?:your|ur|yours) (?:map"
    r"|chart|plan|side|copy)|on yours|what(?:'s| is)? (?:number|at|your number)|have|see|got|show|find)\b",
    re.IGNORECASE,
)
_AFFIRMS = re.compile(r"^\W*(?:yes|yep|yeah|yup|correct|exactly|indeed|right|it is|it does|i do|confirmed|sí|si|ja|oui)\b", re.IGNORECASE)


_LONGEST = 2000
"""Characters of a turn that are read: many times what any level's budget leaves of one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The last thing the other asked: ``claim`` is what yes would say; or ``slot``, what is missing."""

    claims: tuple[Claim, ...] = ()
    slot: tuple[str, ...] = ()


class Reader:
    """Reads a talk turn by turn, each thing once a turn. What its speaker expressly corrects is taken out."""

    def __init__(self, words: Lexicon, paths: tuple[Path, ...]) -> None:
        self.words, self.paths = words, paths
        self.claims: list[Claim] = []
        self.asked, self.asker, self.topic = Asked(), "", ""

    def read(self, number: int, turn: Turn) -> None:
        asked = self.asked if self.asker != turn.seat else Asked()
        spoken = _Spoken(self.words, self.paths, asked, turn, number, self.claims, self.topic)
        spoken.turn()
        self.asked, self.asker, self.topic = spoken.asking, turn.seat, spoken.topic


@dataclass(slots=True)
class _Spoken:
    words: Lexicon
    paths: tuple[Path, ...]
    asked: Asked
    spoken: Turn
    number: int
    said: list[Claim]
    topic: str = ""
    """The landmark that was named last, by anyone."""
    state: Token | None = None
    """The state that the turn stated last."""
    asking: Asked = Asked()
    named: list[str] = field(default_factory=list)
    """The landmarks that the turn has named."""
    latest: list[Group] = field(default_factory=list)
    """What the turn spoke of last, for "it is closed"."""

    def turn(self) -> None:
        correcting = False
        for count, sentence in enumerate(sentences(prepare(self.spoken.text[:_LONGEST]))):
            correcting = correcting or sentence.takes_back
            parts = _CONTRAST.split(sentence.text) if not sentence.question else [sentence.text]
            for part in parts:
                found = list(tokens(part, self.words))
                offer, found = proposal(part, found, self.paths, sentence, self._standing())
                self._add(offer, correcting)
                if sentence.question:
                    self._question(part, found)
                    self._remember(found)
                    continue
                if count == 0:
                    self._add(self._reply(part, found), correcting)
                self._add(self._statement(part, found, sentence), correcting)
                self._remember(found)

    def _remember(self, found: Sequence[Token]) -> None:
        self.named += [token.value for token in found if token.kind == NAME]
        self.topic = next((token.value for token in reversed(found) if token.kind == NAME), self.topic)

    def _standing(self) -> Claim | None:
        mine = [c for c in self.said if c.seat == self.spoken.seat and c.slot == ANSWER]
        return mine[-1] if mine and mine[-1].kind == "propose" else None

    def _add(self, claims: Sequence[Claim], correcting: bool) -> None:
        for one in claims:
            claim = Claim(one.kind, one.slot, one.value, self.spoken.seat, self.number)
            if correcting and claim.kind in ("affirm", "exclude"):
                self.said[:] = [c for c in self.said if not (c.seat == claim.seat and c.kind in ("affirm", "count") and _clashes(c, claim))]
            if claim not in self.said:
                self.said.append(claim)

    def _reply(self, text: str, found: Sequence[Token]) -> list[Claim]:
        """Yes, no, or the one thing that was asked for."""
        kinds = [token.kind for token in found]
        answer = True if _AFFIRMS.match(text) else yes_or_no(text)
        if _UNKNOWN.search(text):
            return []
        if answer is not None and len(self.asked.claims) == 1:
            claim = self.asked.claims[0]
            if answer:
                return [claim]
            if claim.slot[0] == REPORT:
                return [Claim("affirm", claim.slot, other(claim.value))]
            return [Claim("exclude", claim.slot, claim.value)] if claim.slot[0] == AT and claim.kind == "affirm" else []
        if answer is False and self.asked.slot[:1] == (AT,) and not found:
            return [Claim("count", self.asked.slot, 0)]
        if self.asked.slot[:1] == (AT,) and kinds and set(kinds) == {POINT} and len(text.split()) <= 8:
            return [Claim("affirm", (*self.asked.slot, token.value), True) for token in found if not token.negated]
        if self.asked.slot[:1] == (REPORT,) and kinds == [STATE] and len(text.split()) <= 6 and not _GUESS.search(text):
            return [Claim("affirm", self.asked.slot, found[0].value)]
        return []

    def _statement(self, text: str, found: list[Token], sentence: Sentence) -> list[Claim]:
        if _GUESS.search(text) or (sentence.hearsay and not _TOLD.search(text)):
            return []
        found = [token for token in found if not _UNKNOWN.search(_between_commas(text, token))]
        kinds = {token.kind for token in found}
        if kinds <= {STATE}:
            return self._of_it(text, found)
        if kinds == {POINT} and self.topic and (_IT_IS_AT.match(text) or _HAVE_IT_AT.search(text) or _FOUND_IT.match(text)):
            return [Claim("exclude" if token.negated else "affirm", (AT, self.topic, token.value), True) for token in found]
        claims, groups = clause(text, found)
        self.latest = groups or self.latest
        if STATE in kinds:
            self.state = [token for token in found if token.kind == STATE][-1]
        elif not claims:
            claims = self._alike(text, groups, found[-1].end)
        return [claim for claim in claims if claim.slot[0] != REPORT or not _TOLD.search(text)]

    def _alike(self, text: str, groups: Sequence[Group], end: int) -> list[Claim]:
        """What leaves its state unsaid: "7 too", "7 is", "7 isn't"."""
        if not self.state:
            return []
        plain = other(self.state.value) if self.state.negated else self.state.value
        state = (
            self.state.value if _ALSO.search(text) else plain if _IS.match(text[end:]) else other(plain) if IS_NOT.match(text[end:]) else ""
        )
        return [claim for group in groups for claim in stated(group, state)] if state else []

    def _of_it(self, text: str, found: Sequence[Token]) -> list[Claim]:
        """What is said of what was named before: "it is closed", "neither is on my map"."""
        latest = [Group([name]) for name in self.named[-2:]] if _ALL.search(text) else self.latest[-1:]
        if found and _STATES_IT.match(text) and not _TOLD.search(text):
            return [claim for group in latest for claim in stated(group, found[0].value)]
        if not found and self.topic and _LACKS_IT.search(text):
            return [Claim("count", (AT, self.topic), 0)]
        if (
            not found
            and _STATES_IT.match(f"it is {text}" if text.lower().startswith("neither") else text)
            and LACKS.search(text)
            and HAVING.search(text)
        ):
            return [Claim("count", (AT, name), 0) for group in latest for name in group.names if not group.points]
        return []

    def _question(self, text: str, found: Sequence[Token]) -> None:
        claims, groups = clause(text, [token for token in found if token.kind != STATE or not _EITHER.search(text)])
        states = {token.value for token in found if token.kind == STATE}
        asks: list[Claim] = []
        if len(states) == 1 and not _EITHER.search(text) and not _WHERE.search(text):
            whole = [claim for claim in claims if claim.slot[0] == REPORT]
            asks = [Claim("ask", claim.slot, claim.value) for claim in whole]
            self.asking = Asked((), whole[-1].slot if whole else ()) if _OPEN_QUESTION.search(text) else Asked(tuple(whole))
        elif claims and all(claim.slot[0] == AT and len(claim.slot) == 3 for claim in claims):
            asks = [Claim("ask", claim.slot, claim.value) for claim in claims]
            self.asking = Asked(tuple(claims))
        else:
            if not found and self.latest and _WHERE.search(text):
                groups = self.latest[-1:]
            for group in groups or grouped(text, [token for token in found if token.kind != STATE]):
                about = [(AT if _WHERE.search(text) else REPORT, name) for name in group.names] or [
                    (REPORT, point) for point in group.points
                ]
                asks += [Claim("ask", slot) for slot in about]
            self.latest = list(groups) or self.latest
            if asks:
                self.asking = Asked((), asks[-1].slot)
        self._add(asks, False)


def _between_commas(text: str, token: Token) -> str:
    """What of a sentence stands with ``token`` between commas or brackets."""
    return re.split(r"[,;(]", text[: token.start])[-1] + re.split(r"[,;)]", text[token.start :])[0]


def _clashes(old: Claim, new: Claim) -> bool:
    if old.kind == "count":
        return old.slot == new.slot[:2]
    return old.slot == new.slot or (old.slot[0] == new.slot[0] == AT and old.slot[1] == new.slot[1] and old.turn < new.turn)


def word(claims: Sequence[Claim]) -> str:
    """Claims in as few plain words as read back the same: points of names, then what is closed and open, questions, the proposal."""
    parts = [f"The {claim.slot[1]} is at {claim.slot[2]}." for claim in claims if claim.slot[0] == AT and claim.kind == "affirm"]
    parts += [f"The {claim.slot[1]} is not at {claim.slot[2]}." for claim in claims if claim.slot[0] == AT and claim.kind == "exclude"]
    parts += [f"There is no {claim.slot[1]} on my map." for claim in claims if claim.slot[0] == AT and claim.kind == "count"]
    parts += [f"The {claim.slot[1]} is the same as the {claim.slot[2]}." for claim in claims if claim.slot[0] == SAME]
    for state in (CLOSED, OPEN):
        told = [claim.slot[1] for claim in claims if claim.kind == "affirm" and claim.slot[0] == REPORT and claim.value == state]
        if told:
            parts.append(f"{state.title()}: {', '.join(told)}.")
    for claim in claims:
        if claim.kind == "ask":
            parts.append(f"Where is the {claim.slot[1]}?" if claim.slot[0] == AT else f"Is {claim.slot[1]} open or closed?")
        elif claim.kind == "propose":
            parts.append(f"I propose {'-'.join(map(str, claim.value))}." if claim.value else "No route is passable.")
        elif claim.kind == "withdraw":
            parts.append("I take back my proposal.")
    return " ".join(parts)
