"""How `route` is talked about: what a turn tells of landmarks, numbered points and routes, read with public facts only, and worded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from benchmark.reading import Sentence, sentences, yes_or_no
from benchmark.vocabulary import Claim, Turn
from tasks.route.maps import SAME
from tasks.route.proposals import ANSWER, proposal
from tasks.route.scenes import CLOSED, OPEN
from tasks.route.words import NAME, POINT, STATE, Lexicon, Token, prepare, tokens
from tasks.route.worlds import AT, REPORT, Path

__all__ = ["ANSWER", "read", "word"]

_AND = re.compile(r"^[\s(]*(?:,|and|&|\+|/|or|, and|, or|plus|as well as|und|y|et)[\s)]*(?:also |my |your |our |the |a |an |at |on |one at |another at )*(?:waymarks? |corners? |gates? |checkpoints? |buoys? |posts? |points? )?$", re.IGNORECASE)
_LINKS = frozenset(
    """is are 's was at on my the map mine stands sits lies located marked shown waymark waymarks corner corners gate gates checkpoint
    checkpoints buoy buoys post posts point points number numbers no nr your which that both here me for as by near sheet only actually
    appears twice be must would it its in chart plan you mentioned asked about mean meant a an has have i shows show we with what there
    either called call named label labelled marks reads says own one this printed drawn so also just both copy side edition two equals would""".split()
)
_WORDS = re.compile(r"[\w']+")
_LACKS = re.compile(
    r"\b(?:no|not|don't|dont|doesn't|doesnt|isn't|isnt|without|missing|lacks?|lacking|neither|nor|can't|cannot|never|nowhere|absent)\b", re.IGNORECASE
)
_HAVING = re.compile(r"\b(?:have|has|see|find|show|shows|shown|there|map|chart|plan|mine|here|sheet|got|missing|exist|marked|listed|lack|lacks|nowhere|appears?|at all)\b", re.IGNORECASE)
_STATES_IT = re.compile(r"^\W*(?:and |so |but )?(?:it|that|that one|this|there|which|they|both)(?:'s| is| are| was|)\b", re.IGNORECASE)
_SAYS_IS = re.compile(r"\b(?:is|are|was|were|be|looks)\b|'s\b|:|=", re.IGNORECASE)
_IS_NOT = re.compile(r"^\s*(?:is not|isn't|isnt|are not|aren't|not)\s*\W*$", re.IGNORECASE)
_UNKNOWN = re.compile(r"[^,;(]*\b(?:unknown|unclear|not sure|unsure|no idea|(?:don't|do not|dont) (?:yet )?know|no (?:report|word|info|information|news))\b[^,;)]*", re.IGNORECASE)
_IT_IS_AT = re.compile(r"^\W*(?:so |and |then )?(?:it's|it is|its|that's|that is|mine is|mine's|mine|they're|they are|both|(?:only )?(?:one|once)|only|just|on my map|here)\b[^.]*\bat\b|^\W*at \d", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|zero)(?: such)? (?:\w+ (?:or|and|nor) )?$", re.IGNORECASE)
_REPORT_OF = re.compile(r"^\s*(?:reports?|word|info\w*|news|at|on|by)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:they|both|neither|those|these)\b", re.IGNORECASE)
_COPULA = re.compile(r"^\W*(?:way |track |lane |path |road |channel |passage )?(?:(?:waymark|report)s? )?(?:is|are|'s|was|were|be|being|looks|both|all|too|also|now|still|remains?|reported|reportedly|says|say|\s)*\W*$", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:you|he|she|they)(?:'ve| have| just| already)? (?:said|say|told|mentioned|reported|asked|named)\b|\byour report", re.IGNORECASE)
_GUESS = re.compile(
    r"\b(?:if|suppose|maybe|perhaps|probably|possibly|might|may be|could be|unless|assum\w+|guess|i think|likely|wonder|hope|presumably|whether|provided"
    r"|as long as|once|needs?|needed|confirm (?:if|that)|should be|either \w+ or \w+ is)\b",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\b(?:open|clear|passable|free|ok)\s*(?:or|/|vs)\s*(?:not|closed|blocked|impassable|shut)\b|\b(?:closed|blocked|shut)\s*(?:or|/)\s*(?:open|clear|passable)\b|\bstatus\b|\bpassab(?:le|ility)\?", re.IGNORECASE)
_CONTRAST = re.compile(r"\s*(?:\b(?:but|while|whereas|though|although|however|yet|pero|aber|mais)\b|\|)\s*", re.IGNORECASE)
_WHERE = re.compile(r"\b(?:where|which (?:number|waymark|corner|gate|checkpoint|buoy|post|point|one|is|of)|on (?:your|ur|yours) (?:map|chart|plan|side|copy)|on yours|what(?:'s| is)? (?:number|at|your number)|have|see|got|show|find)\b", re.IGNORECASE)
_ROUTE = re.compile(r"\b(?:routes?|route)\s*$", re.IGNORECASE)
_AFFIRMS = re.compile(r"^\W*(?:yes|yep|yeah|yup|correct|exactly|indeed|right|it is|it does|i do|confirmed|sí|si|ja|oui)\b", re.IGNORECASE)


@dataclass(slots=True)
class Group:
    """Names and points that one stretch speaks of as one place, or one after the other."""

    names: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    """Points at which the names do not stand."""
    last: str = ""
    alias: bool = False
    negated: bool = False
    absent: bool = False
    """Whether it is said that there is "no" such landmark."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The last thing the other asked: ``claim`` is what yes would say; or ``slot``, what is missing."""

    claims: tuple[Claim, ...] = ()
    slot: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def read(turns: tuple[Turn, ...], words: Lexicon, paths: tuple[Path, ...]) -> tuple[Claim, ...]:
    """What a talk says, in order, each thing once a turn. What its speaker expressly corrects is taken out."""
    said: list[Claim] = []
    asked, asker, topic = Asked(), "", ""
    for number, turn in enumerate(turns):
        reader = _Reader(words, paths, asked if asker != turn.seat else Asked(), turn, number, said, topic)
        reader.turn()
        asked, asker, topic = reader.asking, turn.seat, reader.topic
    return tuple(said)


@dataclass(slots=True)
class _Reader:
    words: Lexicon
    paths: tuple[Path, ...]
    asked: Asked
    spoken: Turn
    number: int
    said: list[Claim]
    topic: str = ""
    """The landmark that was named last, by anyone."""
    asking: Asked = Asked()
    latest: list[Group] = field(default_factory=list)
    """What the turn spoke of last, for "it is closed"."""

    def turn(self) -> None:
        correcting = False
        for count, sentence in enumerate(sentences(prepare(self.spoken.text))):
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
        self.topic = next((token.value for token in reversed(found) if token.kind == NAME), self.topic)

    def _standing(self) -> Claim | None:
        mine = [c for c in self.said if c.seat == self.spoken.seat and c.slot == ANSWER]
        return mine[-1] if mine and mine[-1].kind == "propose" else None

    def _add(self, claims: Sequence[Claim], correcting: bool) -> None:
        for one in claims:
            claim = Claim(one.kind, one.slot, one.value, self.spoken.seat, self.number)
            if correcting and claim.kind in ("affirm", "exclude"):
                self.said[:] = [c for c in self.said if not (c.seat == claim.seat and c.kind == "affirm" and _clashes(c, claim))]
            if claim not in self.said:
                self.said.append(claim)

    def _reply(self, text: str, found: Sequence[Token]) -> list[Claim]:
        """Yes, no, or the one thing that was asked for."""
        kinds = [token.kind for token in found]
        answer = True if _AFFIRMS.match(text) else yes_or_no(text)
        if answer is not None and len(self.asked.claims) == 1:
            claim = self.asked.claims[0]
            if answer:
                return [claim]
            if claim.slot[0] == REPORT:
                return [Claim("affirm", claim.slot, CLOSED if claim.value == OPEN else OPEN)]
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
        idle = [match.span() for match in _UNKNOWN.finditer(text)]
        found = [token for token in found if not any(start <= token.start < end for start, end in idle)]
        kinds = {token.kind for token in found}
        if kinds <= {STATE}:
            return self._of_it(text, found)
        if kinds == {POINT} and self.topic and _IT_IS_AT.match(text):
            return [Claim("exclude" if token.negated else "affirm", (AT, self.topic, token.value), True) for token in found]
        claims, groups = _clause(text, found)
        self.latest = groups or self.latest
        return [claim for claim in claims if claim.slot[0] != REPORT or not _TOLD.search(text)]

    def _of_it(self, text: str, found: Sequence[Token]) -> list[Claim]:
        """What is said of what was named before: "it is closed", "neither is on my map"."""
        latest = self.latest if _ALL.search(text) else self.latest[-1:]
        if found and _STATES_IT.match(text) and not _TOLD.search(text):
            return [claim for group in latest for claim in _stated(group, found[0].value)]
        if not found and _STATES_IT.match(f"it is {text}" if text.lower().startswith("neither") else text) and _LACKS.search(text) and _HAVING.search(text):
            return [Claim("count", (AT, name), 0) for group in latest for name in group.names if not group.points]
        return []

    def _question(self, text: str, found: Sequence[Token]) -> None:
        claims, groups = _clause(text, [token for token in found if token.kind != STATE or not _EITHER.search(text)])
        states = {token.value for token in found if token.kind == STATE}
        asks: list[Claim] = []
        if len(states) == 1 and not _EITHER.search(text) and not _WHERE.search(text):
            whole = [claim for claim in claims if claim.slot[0] == REPORT]
            asks = [Claim("ask", claim.slot, claim.value) for claim in whole]
            self.asking = Asked(tuple(whole))
        elif claims and all(claim.slot[0] == AT and len(claim.slot) == 3 for claim in claims):
            asks = [Claim("ask", claim.slot, claim.value) for claim in claims]
            self.asking = Asked(tuple(claims))
        else:
            if not found and self.latest and _WHERE.search(text):
                groups = self.latest[-1:]
            for group in groups or _groups(text, [token for token in found if token.kind != STATE]):
                about = [(AT if _WHERE.search(text) else REPORT, name) for name in group.names] or [(REPORT, point) for point in group.points]
                asks += [Claim("ask", slot) for slot in about]
            if asks:
                self.asking = Asked((), asks[-1].slot)
        self._add(asks, False)


def _clashes(old: Claim, new: Claim) -> bool:
    return old.slot == new.slot or (old.slot[0] == new.slot[0] == AT and old.slot[1] == new.slot[1] and old.turn < new.turn)


def _clause(text: str, found: list[Token]) -> tuple[list[Claim], list[Group]]:
    """What one clause states, and what it speaks of."""
    first_state = next((i for i, token in enumerate(found) if token.kind == STATE), None)
    leads = first_state == 0 and len(found) > 1
    lead, run, done, claims = "", list[Token](), list[Group](), list[Claim]()
    for token in found:
        if token.kind != STATE:
            run.append(token)
            continue
        groups = _groups(text, run)
        between = text[run[-1].end : token.start] if run else ""
        if leads and groups and _COPULA.match(between) and _SAYS_IS.search(between):
            claims += [claim for group in groups[:-1] for claim in _stated(group, lead)] + _stated(groups[-1], token.value)
        elif leads:
            claims += [claim for group in groups for claim in _stated(group, lead)]
            lead = token.value
        else:
            claims += [claim for group in groups for claim in _stated(group, token.value) if not _is_route(text, run)]
        done += groups
        run = []
    groups = _groups(text, run)
    if run and done and not lead and first_state is not None and _IS_NOT.match(text[run[-1].end :]):
        lead = CLOSED if [t for t in found if t.kind == STATE][-1].value == OPEN else OPEN
    for group in groups:
        claims += _stated(group, lead) if lead else _placed(group, text)
    return list(dict.fromkeys(claims)), done + groups


def _is_route(text: str, run: Sequence[Token]) -> bool:
    return bool(run) and _ROUTE.search(text[: run[0].start]) is not None


def _groups(text: str, run: Sequence[Token]) -> list[Group]:
    """Names and points in a row, put together where the words between them say that they are one place."""
    groups: list[Group] = []
    for i, token in enumerate(run):
        gap = text[run[i - 1].end : token.start] if i else ""
        group = groups[-1] if groups else None
        ahead = i + 1 < len(run) and run[i + 1].kind != token.kind and _links(text[token.end : run[i + 1].start], token, run[i + 1])
        if group and i and run[i - 1].kind != token.kind and _links(gap, run[i - 1], token) and not (group.last == "both" and ahead):
            if token.kind == NAME and token.plural:
                _absorb(groups)
            _join(groups[-1], token)
        elif group and i and token.kind == POINT == run[i - 1].kind and group.names and (_AND.match(gap) or token.negated) and not ahead:
            _join(group, token)
        elif group and i and token.kind == NAME == run[i - 1].kind and _is_alias(gap):
            group.names.append(token.value)
            group.alias = True
        else:
            groups.append(Group([token.value], []) if token.kind == NAME else Group([], [token.value]))
            groups[-1].negated = token.negated
            groups[-1].absent = bool(_NO.search(text[: token.start])) and not _REPORT_OF.match(text[token.end :])
    return groups


def _join(group: Group, token: Token) -> None:
    if token.kind == NAME:
        group.names.append(token.value)
    else:
        (group.denied if token.negated else group.points).append(token.value)
    group.last = "both"


def _absorb(groups: list[Group]) -> None:
    """ "3 and 8 are chapels": points alone that came just before go with the last."""
    while len(groups) > 1 and not groups[-2].names:
        groups[-1].points[:0] = groups[-2].points
        del groups[-2]


def _links(gap: str, before: Token, after: Token) -> bool:
    """Whether what stands between a name and a point puts the one at the other."""
    if before.plural and gap.strip() == ",":
        return True
    if ";" in gap or ("," in gap and not re.search(r"\b(?:at|which is|that's|map|chart|plan)\b", gap)):
        return False
    said = [found.lower() for found in _WORDS.findall(gap)]
    negations = {"not", "isn't", "isnt", "aren't", "don't", "doesn't"} if after.negated else set()
    if before.kind == POINT and after.kind == NAME and not said and "(" not in gap and ":" not in gap and "=" not in gap and not gap.isspace():
        return bool(re.fullmatch(r"\s*[-–—→/]\s*", gap))
    return all(one in _LINKS or one in negations or one.endswith("'s") for one in said) and len(said) <= 10


def _is_alias(gap: str) -> bool:
    said = [found.lower() for found in _WORDS.findall(gap)]
    if "and" in said or ";" in gap:
        return False
    return "=" in gap or "≡" in gap or ("same" in said and len(said) < 9) or bool(
        re.search(r"\b(?:is|=|are)\b.*\b(?:my|mine|your|called|call)\b|\b(?:called|call it)\b", gap) and len(said) < 9
    )


def _stated(group: Group, state: str) -> list[Claim]:
    """That ``group`` is in ``state``; a name and its one point are both said to be, and to be one."""
    claims = [Claim("affirm", (REPORT, name), state) for name in group.names]
    if len(group.points) == 1 or not group.names:
        claims += [Claim("affirm", (REPORT, point), state) for point in group.points]
    return claims + _located(group)


def _located(group: Group) -> list[Claim]:
    claims = [Claim("affirm", (AT, name, point), True) for name in group.names for point in group.points]
    claims += [Claim("exclude", (AT, name, point), True) for name in group.names for point in group.denied]
    if group.alias and not group.points:
        claims.append(Claim("affirm", (SAME, *sorted(group.names[-2:])), True))
    return claims


def _placed(group: Group, text: str) -> list[Claim]:
    if group.names and not group.points and not group.denied and not group.alias:
        lacks = group.absent or (_LACKS.search(text) and _HAVING.search(text))
        return [Claim("count", (AT, name), 0) for name in group.names] if lacks else []
    if group.negated and group.points and group.names:
        return [Claim("exclude", (AT, name, point), True) for name in group.names for point in group.points]
    return _located(group)


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
