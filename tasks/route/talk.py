"""How `route` is talked about: what a turn tells of landmarks, numbered points and routes, read with public facts only, and worded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from benchmark.phrases import AnyCase
from benchmark.reading import Sentence, sentences
from benchmark.vocabulary import Claim, Turn
from tasks.route.clauses import HAVING, IS_NOT, LACKS, clause, other, stated
from tasks.route.grouping import Group, grouped
from tasks.route.maps import SAME
from tasks.route.proposals import ANSWER, proposal, referred, route_named
from tasks.route.replies import GUESS, LACKS_IT, UNKNOWN, Asked, reply, told_by_other
from tasks.route.scenes import CLOSED, OPEN
from tasks.route.words import NAME, POINT, STATE, Lexicon, Token, prepare, tokens
from tasks.route.worlds import AT, REPORT, Path

__all__ = ["ANSWER", "Reader", "word"]
_STATES_IT = re.compile(r"^\W*(?:and |so |but )?(?:it|that|that one|this|there|which|they|both)(?:'s| is| are| was|)\b", re.IGNORECASE)
_IT_IS_AT = re.compile(
    r"^\W*(?:so |and |then )?(?:it's|it is|its|that's|that is|mine is|mine's|mine|they're|they are|both|(?:only )?(?:one"
    r"|once)|only|just|on my map|here)"
    r"\b[^.]*\bat\b|^\W*at \d|^\W*(?:on my \w+ |here )?(?:it's|it is|that's|mine is) (?:waymark|corner|gate|checkpoint"
    r"|buoy|post|point|number) \d|^\W*(?:on my \w+|here|for me),? (?:it's|it is|that's) (?:at )?\d\W*$"
    r"|^\W*(?:mine's|mine is|mine:?|yes, mine's) \d\W*$",
    re.IGNORECASE,
)
_FOUND_IT = re.compile(
    r"^\W*(?:(?:wait|sorry|oh|actually|ah|hmm+|correction)\W+)*(?:yes|yep|yeah|found it|got it|here it is"
    r"|there it is)\W+(?:(?:it's )?at )?\d\W*$",
    re.IGNORECASE,
)
_PATH = re.compile(r"[1-9]\s?[-–—→]\s?[1-9]")
_OPENS_ASKING = AnyCase(r"^\W*(?:(?:and|so|but|ok|then)\W+)*(?:is|are|do|does|did|can|has|have|what|which|where|how|any)\b")
_SO_AT = re.compile(
    r",\s*(?P<so>(?:so|hence|thus|then|i\.?e\.?|meaning|that is|that's|which is|being|which i (?:have|show|see|mark) (?:as|at)|mine)\s+)?"
    r"(?:(?:it's|at|number|my|your|waymark|corner|gate|checkpoint|buoy|post|point)\s+)*(?P<point>[1-9])(?![-–—→\d])"
    r"(?:(?P<goes_on>,\s*(?=(?:is|are|was)\b))|(?=\s*(?:[,;.!)]|$)))",
    re.IGNORECASE,
)
_BESIDE = 8
"""Letters that may stand between a comma and what alone is asked behind it."""
_HAVE_IT_AT = re.compile(r"\b(?:have|see|found|got|find) (?:it|one|that)\b.*\bat\b", re.IGNORECASE)
_ALSO = re.compile(
    r"(?:\b(?:too|as well|also|likewise|ditto)\W*$|^\W*(?:and |the )*(?:same (?:for|with|goes for|at)|ditto|so (?:is|are))\b)",
    re.IGNORECASE,
)
_IS = re.compile(r"^\s*(?:is|are)\s*\W*$", re.IGNORECASE)
_OPEN_QUESTION = re.compile(
    r"\b(?:do you know|any (?:word|reports?|idea|info\w*|news)|have you heard|do you have|know (?:if|whether|anything))\b", re.IGNORECASE
)
_ALL = re.compile(r"\b(?:they|both|neither|those|these)\b", re.IGNORECASE)
_NEEDS = AnyCase(r"\b(?:needs?|needed)\b")
"""What is needed to be open is not said to be."""
_ONE_OR = re.compile(r"\bor\b", re.IGNORECASE)
_OF_ONE = re.compile(r"\b(?:it|that|this|one)\b", re.IGNORECASE)
_HOW_IS = re.compile(
    r"^\W*(?:(?:and|so|but)\W+)*(?:how(?:'s| is| are)|(?:what's|what is)(?: the)? (?:state|status) of|status of|status:?)\b", re.IGNORECASE
)
"""How it is there: where it is is taken for granted."""
_WHAT_IS_AT = re.compile(
    r"\bwhat(?:'s| is| do you (?:have|see|show)| have you(?: got)?| stands| landmark\w*(?: is)?)?\b[\w ]{0,16}\b(?:at|by|on"
    r"|as|your|number|#)"
    r"(?: (?:your|my|number|post|gate|corner|buoy|waymark|checkpoint|point))*\s*$",
    re.IGNORECASE,
)
_ONLY_POINTS = re.compile(
    r"^\W*(?:(?:maybe|perhaps|at|on|my|your|number|is it|that's|it's)\W+)*[1-9](?:\s*(?:,|/|or)\s*[1-9])*(?: (?:here|there"
    r"|on yours|on your \w+|for you))?\W*$",
    re.IGNORECASE,
)
_PLAIN_PLACE = re.compile(r"^\s*[(=@]?\s*(?:at )?(?:my )?$", re.IGNORECASE)
_EITHER = re.compile(
    r"\b(?:open|clear|passable|free|ok)\s*(?:or|/|vs)\s*(?:not|closed|blocked|impassable|shut)\b|\b(?:closed|blocked"
    r"|shut)\s*(?:or|/)\s*(?:open|clear|passable)\b|\bstatus\b|\bpassability\?",
    re.IGNORECASE,
)
_CONTRAST = AnyCase(
    r"\s*(?:\s(?:=>|⇒)\s|,\s*(?:and )?(?:so(?! (?:is|are|does|do|did|was|has|have)\b)|hence|therefore|thus|meaning|which means)\b"
    r"|\b(?:but|while|whereas|though|although|however|yet|pero|aber|mais)\b|\|)\s*"
)
_WHERE = re.compile(
    r"\b(?:where|which (?:number|waymark|corner|gate|checkpoint|buoy|post|point|one|is|of)|on (?:your|ur|yours) (?:map"
    r"|chart|plan|side|copy)|on yours|what(?:'s| is)? (?:number|at|your number)|have|see|got|show|find)\b",
    re.IGNORECASE,
)


_LONGEST = 2000
"""Characters of a turn that are read: many times what any level's budget leaves of one."""


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
    route: Path | None = None
    """The route that the turn named last, if nothing was said against it."""
    asking: Asked = field(default_factory=Asked)
    named: list[str] = field(default_factory=list)
    """The landmarks that the turn has named."""
    latest: list[Group] = field(default_factory=list)
    """What the turn spoke of last, for "it is closed"."""

    def turn(self) -> None:
        correcting, replied, ready = False, False, self.spoken.text.rstrip().lower().endswith("(ready)")
        for count, sentence in enumerate(self._sentences()):
            correcting = correcting or sentence.takes_back
            parts = _CONTRAST.split(sentence.text) if not sentence.question else [sentence.text]
            for part in (own for whole in parts for own in self._told_apart(whole)):
                found = list(tokens(part, self.words))
                offer, left = proposal(part, found, self.paths, sentence, self._standing(), ready)
                offer = offer or referred(part, found, self.route, sentence)
                self.route, found = route_named(part, found, self.paths) or self.route, left
                self._add(offer, correcting)
                if sentence.question:
                    self._question(part, found)
                    self._remember(found)
                    continue
                if count == 0 and not replied:  # "The mill is 8, so 9 is open": only the mill was asked for
                    answer = reply(part, found, self.asked)
                    self._add(answer, correcting)
                    self.state = next((Token(0, 0, STATE, c.value) for c in answer if c.slot[0] == REPORT), self.state)
                    replied = bool(found)
                self._add(self._statement(part, found, sentence), correcting)
                self._remember(found)

    def _sentences(self) -> Iterator[Sentence]:
        for sentence in sentences(self._with_brackets(prepare(self.spoken.text[:_LONGEST]))):
            told, comma, asked = sentence.text.rpartition(",") if sentence.question else ("", "", "")
            if comma and self._is_told(told) and self._is_beside(asked) and not _OPENS_ASKING.match(sentence.text):
                yield replace(sentence, text=told, question=False)  # "9 is dry, 8 fine, 3?"
                yield replace(sentence, text=asked)
            else:
                yield sentence

    def _is_told(self, text: str) -> bool:
        """Whether ``text`` ends with a state."""
        found = tokens(text, self.words)
        return bool(found) and found[-1].kind == STATE

    def _is_beside(self, text: str) -> bool:
        """Whether all that ``text``, which begins behind a comma, names is one landmark or point right there."""
        found = tokens(text, self.words)
        return len(found) == 1 and found[0].kind != STATE and found[0].start < _BESIDE

    def _with_brackets(self, text: str) -> str:
        """``text`` with points in brackets that are only concluded behind a landmark: "foghorn, so 8, is closed"."""
        for match in reversed(list(_SO_AT.finditer(text))):
            before = tokens(re.split(r"[,;:.!?()\n]", text[: match.start()])[-1], self.words)
            if [token.kind for token in before if token.kind != STATE] == [NAME] and (match["so"] or match["goes_on"]):
                rest = text[match.end() :]
                text = f"{text[: match.start()]} ({match['point']}){' ' if match['goes_on'] else ''}{rest}"
        return text

    def _told_apart(self, text: str) -> list[str]:
        """``text`` in two where what the other told stands behind what one's own reports say: "1 is clear, 9 by your report"."""
        heard = told_by_other(text)
        comma = text.rfind(",", 0, heard.start()) if heard else -1
        if comma < 0:
            return [text]
        own, theirs = ([token.kind for token in tokens(part, self.words)] for part in (text[:comma], text[comma + 1 :]))
        return [text[:comma], text[comma + 1 :]] if own[-1:] == [STATE] and set(own) > {STATE} and theirs else [text]

    def _remember(self, found: Sequence[Token]) -> None:
        self.named += [token.value for token in found if token.kind == NAME]
        self.topic = next((token.value for token in reversed(found) if token.kind == NAME), self.topic)

    def _standing(self) -> Claim | None:
        mine = next((c for c in reversed(self.said) if c.seat == self.spoken.seat and c.slot == ANSWER), None)
        return mine if mine and mine.kind == "propose" else None

    def _add(self, claims: Sequence[Claim], correcting: bool) -> None:
        for one in claims:
            claim = Claim(one.kind, one.slot, one.value, self.spoken.seat, self.number)
            if correcting and claim.kind in ("affirm", "exclude"):
                self.said[:] = [c for c in self.said if not (c.seat == claim.seat and c.kind in ("affirm", "count") and _clashes(c, claim))]
            if claim not in takewhile(lambda before: before.turn == self.number, reversed(self.said)):
                self.said.append(claim)

    def _statement(self, text: str, found: list[Token], sentence: Sentence) -> list[Claim]:
        if not (found or self.topic or self.latest) or GUESS.search(text) or (sentence.hearsay and not told_by_other(text)):
            return []
        need, unknown = _NEEDS.search(text), UNKNOWN.search(text)
        found = [
            token
            for token in found
            if not (
                (unknown and UNKNOWN.search(_between_commas(text, token))) or (need and token.value == OPEN and token.start > need.end())
            )
        ]
        kinds = {token.kind for token in found}
        if kinds <= {STATE}:
            return self._of_it(text, found)
        if (
            kinds == {POINT}
            and self.topic
            and not _PATH.search(text)
            and (_IT_IS_AT.match(text) or _HAVE_IT_AT.search(text) or _FOUND_IT.match(text))
        ):
            return [Claim("exclude" if token.negated else "affirm", (AT, self.topic, token.value), True) for token in found]
        claims, groups = clause(text, found)
        self.latest = groups or self.latest
        if STATE in kinds:
            self.state = [token for token in found if token.kind == STATE][-1]
        elif not claims:
            claims = self._alike(text, groups, found[-1].end)
        return [claim for claim in claims if claim.slot[0] != REPORT] if told_by_other(text) else claims

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
        if found and _STATES_IT.match(text) and not told_by_other(text):
            return [claim for group in latest for claim in stated(group, found[0].value)]
        if not found and self.topic and LACKS_IT.search(text):
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
        kinds, states = {token.kind for token in found}, {token.value for token in found if token.kind == STATE}
        asks: list[Claim] = []
        where = [
            Claim("affirm", (AT, name, token.value), True) for name in self._meant(text, found) for token in found if token.kind == POINT
        ]
        if where:
            self.latest = [Group([where[0].slot[1]])]
            asks = [Claim("ask", claim.slot, True) for claim in where] if len(where) == 1 else [Claim("ask", where[0].slot[:2])]
            self.asking = Asked(tuple(where)) if len(where) == 1 else Asked((), (where[0].slot[:2],))
        elif kinds == {POINT} and len(found) == 1 and _WHAT_IS_AT.search(text[: found[0].start]):
            self.asking = Asked((), (), found[0].value)
        elif len(states) == 1 and not _EITHER.search(text) and not _WHERE.search(text):
            whole = [claim for claim in claims if claim.slot[0] == REPORT]
            asks = [Claim("ask", claim.slot, claim.value) for claim in whole]
            slots = tuple(claim.slot for claim in whole)
            self.asking = Asked((), slots) if _OPEN_QUESTION.search(text) or _ONE_OR.search(text) else Asked(tuple(whole), slots)
        elif claims and not _HOW_IS.match(text) and all(claim.slot[0] == AT and len(claim.slot) == 3 for claim in claims):
            asks = [Claim("ask", claim.slot, claim.value) for claim in claims]
            self.asking = Asked(tuple(claims))
        else:
            if not found and self.latest and _WHERE.search(text):
                groups = (
                    self.latest[-1:] if _OF_ONE.search(text) else [group for group in self.latest if not group.points] or self.latest[-1:]
                )
            for group in groups or grouped(text, [token for token in found if token.kind != STATE]):
                about = [(AT if _WHERE.search(text) else REPORT, name) for name in group.names] or [
                    (REPORT, point) for point in group.points
                ]
                asks += [Claim("ask", slot) for slot in about]
            self.latest = list(groups) or self.latest
            if asks:
                self.asking = Asked((), tuple(dict.fromkeys(ask.slot for ask in asks)))
            if _HOW_IS.match(text):
                self._add([claim for claim in claims if claim.slot[0] == AT and len(claim.slot) == 3 and _is_plain(text, found)], False)
        self._add(asks, False)

    def _meant(self, text: str, found: Sequence[Token]) -> list[str]:
        """The one landmark that a question puts at one point or the other: "where's the mill, 6?", and "4 or 6?" of one just named."""
        names = [token.value for token in found if token.kind == NAME]
        kinds = [token.kind for token in found if token.kind != STATE]
        if POINT not in kinds:
            return []
        if names:
            several = kinds.count(POINT) > 1 and _ONE_OR.search(text)
            return names if kinds[0] == NAME and len(names) == 1 and len(kinds) == len(found) and (several or _WHERE.search(text)) else []
        just = [name for group in self.latest for name in group.names if not group.points] if self.latest and self.latest[-1].names else []
        return just if len(just) == 1 and len(kinds) == len(found) and _ONLY_POINTS.match(text) else []


def _is_plain(text: str, found: Sequence[Token]) -> bool:
    """Whether points stand right beside names: "the mill (6)", "mill 6"."""
    return all(_PLAIN_PLACE.match(text[one.end : other.start]) for one, other in pairwise(found) if (one.kind, other.kind) == (NAME, POINT))


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
