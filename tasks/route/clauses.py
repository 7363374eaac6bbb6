"""What one clause of talk about `route` states: names and points put together into places, and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from benchmark.vocabulary import Claim
from tasks.route.grouping import Group, begins_anew, grouped
from tasks.route.maps import SAME
from tasks.route.scenes import CLOSED, OPEN
from tasks.route.words import NAME, POINT, STATE, Token
from tasks.route.worlds import AT, REPORT

LACKS = re.compile(
    r"\b(?:no|not|don't|dont|doesn't|doesnt|isn't|isnt|without|missing|lacks?|lacking|neither|nor|can't|cannot|never|nowhere|absent)\b",
    re.IGNORECASE,
)
HAVING = re.compile(
    r"\b(?:have|has|see|find|show|shows|shown|there|map|chart|plan|mine|here|sheet|got|missing|exist|marked|listed|lack"
    r"|lacks|nowhere|appears?|at all|(?<=can't )place|(?<=cannot )place|locate)\b",
    re.IGNORECASE,
)
_SAYS_IS = re.compile(r"\b(?:is|are|was|were|be|looks)\b|'s\b|:|=", re.IGNORECASE)
IS_NOT = re.compile(r"^\s*(?:is not|isn't|isnt|are not|aren't|not)\s*\W*$", re.IGNORECASE)
_NOT_HERE = re.compile(
    r"^[^,;(]{0,30}[,;(–—-]\s*(?:and |i |it's |it is |it |which |is |also )*(?:(?:not|missing|nowhere|isn't) (?:on|from|in) (?:my|mine)\b"
    r"|(?:don't|dont|do not|can't|cannot) (?:have|see|find) (?:it|that|one|either|them)\b)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"^\s*\(\s*(?:(?:it's|that's|it is|which is|at|my|the) )*$", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(?:except|besides|apart from|other than|bar|but not)\b\W*(?:for |the |at |at the )*$", re.IGNORECASE)
_WHICH_IS = re.compile(
    r"^[\s,–—-]*(?:and )?(?:[(@]|\b(?:at|on|thats|that's|it's|its|it is|which is)\b)[\s(]*(?:is |at |my |number |(?:waymark"
    r"|corner|gate|checkpoint|buoy|post|point) )*$",
    re.IGNORECASE,
)
_COPULA = re.compile(
    r"^\W*(?:way |track |lane |path |road |channel |passage )?(?:(?:waymark|report)s? )?(?:is|are|'s|was|were|be|being"
    r"|looks|both|all|too|also|now|still|remains?|reported|reportedly|says|say|\s)*\W*$",
    re.IGNORECASE,
)
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_HERE = re.compile(r"^\s*(?:here\b|for me\b|(?:on|in) (?:mine|my)\b)", re.IGNORECASE)
_ON_MY_SIDE = re.compile(r"^(?: on (?:my|our) \w+)?\s*,\s*$", re.IGNORECASE)
_ABSENT = re.compile(
    r"^\s*(?:[:=–-]|is\b)?\s*(?:none|nowhere|missing|absent|not here|n/a)\b|^\s*\((?:it's |it is |is |which is )?(?:not"
    r"|missing|nowhere|absent|no)\b[^)]*\b(?:map|chart|plan|mine|here|me)\b[^)]*\)"
    r"|^,? (?:that|which) (?:i (?:(?:can't|cannot|can not) (?:place|find|see|locate)|(?:don't|do not) (?:have|see))"
    r"|(?:is not|isn't|is missing|is nowhere|doesn't appear|does not appear)(?: on| from)? (?:my|our|mine))\b",
    re.IGNORECASE,
)
"""After a name."""
_NOT_THIS = re.compile(r"\b[1-9]\b[^,;]*,\s*(?:and )?not (?:the |a |my |your )?\w+\W*$", re.IGNORECASE)
"""What else a point is not: "the forge at 6, not the mill"."""
_ALL_ARE = re.compile(r"^[^:]*\b(?:both|all|(?:which|those|these|they) are)\b", re.IGNORECASE)
_ARE = re.compile(r"\b(?:are|both|neither|all)\b", re.IGNORECASE)
_ENDS = re.compile(r"^\s*,(?: and| but)?(?: \w+)?\s*$", re.IGNORECASE)
_AT = re.compile(r"^\s*(?:(?:at|by|past|near|through|on|:|the|waymark|corner|gate|checkpoint|buoy|post|point)\s*)*$", re.IGNORECASE)
_ROUTE = re.compile(r"\b(?:routes?|route)\s*$", re.IGNORECASE)


def other(state: str) -> str:
    return CLOSED if state == OPEN else OPEN


def clause(text: str, found: list[Token]) -> tuple[list[Claim], list[Group]]:
    """What one clause states, and what it speaks of."""
    leads = len(found) > 1 and found[0].kind == STATE
    claims, done, run, lead = (_headed if leads else _followed)(text, found)
    groups = grouped(text, run, loose=STATE not in [token.kind for token in found])
    if groups and done and not leads and _is_where(text, found, run, done[-1]):
        among = next((i for i, group in enumerate(groups) if group.names), len(groups)) if _is_either(text, run) else 1
        done[-1].points += [point for group in groups[:among] for point in group.points]
        claims += stated(done[-1], next(t.value for t in reversed(found) if t.kind == STATE))
        del groups[:among]
    if done and done[-1].names and not run and _NOT_HERE.match(text[found[-1].end :]):
        several = not leads and _ARE.search(text[found[-2].end : found[-1].start])
        named = _last_named(found) if several else done[-1].names
        claims += [Claim("count", (AT, name), 0) for group in done for name in group.names if name in named and not group.points]
    if run and done and not leads and IS_NOT.match(text[run[-1].end :]):
        lead = other([token for token in found if token.kind == STATE][-1].value)
    claims += [Claim("count", (AT, one.value), 0) for one in found if one.kind == NAME and _ABSENT.match(text[one.end :])]
    lacking = "" if any(group.denied for group in groups) else text
    for group in groups:
        claims += stated(group, lead) if lead else _placed(group, lacking)
    return list(dict.fromkeys(claims)), done + groups


Told = tuple[list[Claim], list[Group], list[Token], str]
"""What was told of whom, what names and points came after the last state, and the state that holds for these."""


def _headed(text: str, found: Sequence[Token]) -> Told:
    """A state stands before those it is told of: "closed: 4, the mill; open: 7"."""
    lead, run, done, claims = "", list[Token](), list[Group](), list[Claim]()
    for token in found:
        if token.kind != STATE:
            run.append(token)
            continue
        lead = _excepting(text, run, lead)
        groups = grouped(text, run, stated=True)
        between = text[run[-1].end : token.start] if run else ""
        if groups and _COPULA.match(between) and _SAYS_IS.search(between):
            claims += [claim for group in groups[:-1] for claim in stated(group, lead)] + stated(groups[-1], token.value)
        else:
            claims += [claim for group in groups for claim in stated(group, lead)]
            lead = token.value
        done += groups
        run = []
    return claims, done, run, _excepting(text, run, lead)


def _excepting(text: str, run: Sequence[Token], lead: str) -> str:
    """ "All open except 6": the state of what is left out."""
    return other(lead) if lead and run and _EXCEPT.search(text[: run[0].start]) else lead


def _followed(text: str, found: Sequence[Token]) -> Told:
    """A state stands behind those it is told of, and what stands in brackets behind it is one of them."""
    run, done, claims = list[Token](), list[Group](), list[Claim]()
    for token in found:
        if token.kind != STATE:
            if not run and done and _in_brackets(text, found, token) and not done[-1].names:
                claims += _also(done[-1], token, claims)
            else:
                run.append(token)
            continue
        if run and done and run[0].kind == POINT and _in_brackets(text, found, run[0]):
            claims += _also(done[-1], run.pop(0), claims)
        groups = grouped(text, run, stated=True)
        either = _is_either(text, run) and not _ALL_ARE.search(text[run[-1].end : token.start])
        surely = [group for group in groups if group.names] if either else _told_of(text, run, groups)
        claims += [claim for group in groups if group not in surely for claim in _located(group)]
        claims += [claim for group in surely for claim in stated(group, token.value) if not _is_route(text, run)]
        done += groups
        run = []
    return claims, done, run, _heading(text, found, run)


def _last_named(found: Sequence[Token]) -> set[str]:
    """The names that the last state is told of."""
    return {token.value for token in takewhile(lambda token: token.kind != STATE, reversed(found[:-1])) if token.kind == NAME}


def _heading(text: str, found: Sequence[Token], run: Sequence[Token]) -> str:
    """The state that stands before those it is told of where others stand behind: "8 is clear, 3 is clear, no passage at 4"."""
    last = [token for token in found if token.kind == STATE][-2:]
    before = text[last[0].end : last[-1].start] if run and len(last) == 2 else ""
    heads = (
        found[len(found) - len(run) - 2 : len(found) - len(run)] == last
        and _ENDS.match(before)
        and _AT.match(text[last[1].end : run[0].start])
    )
    return last[1].value if heads else ""


def _told_of(text: str, run: Sequence[Token], groups: list[Group]) -> list[Group]:
    """Those that a state after them is told of: in "the mill 6, 4 shut" and "the mill is 6 and 4 is shut" the mill may only be placed."""
    paired = [number for number, group in enumerate(groups) if group.names and group.points]
    if not paired or paired[-1] == len(groups) - 1:
        return groups
    return groups[paired[-1] + 1 :] if text[run[-2].end : run[-1].start].strip() == "," or begins_anew(text, run) else groups


def _in_brackets(text: str, found: Sequence[Token], token: Token) -> bool:
    """ "6 is blocked (the mill)": whether ``token`` is said in brackets of what has just been told the state of."""
    before = found[found.index(token) - 1]
    return before.kind == STATE and _BRACKET.match(text[before.end : token.start]) is not None


def _also(group: Group, token: Token, claims: Sequence[Claim]) -> list[Claim]:
    """What was said of ``group``, of ``token`` as well, and that they are one place."""
    state = next(str(claim.value) for claim in reversed(claims) if claim.slot[0] == REPORT)
    group.join(token)
    return stated(group, state)


def _is_where(text: str, found: Sequence[Token], run: Sequence[Token], group: Group) -> bool:
    """ "The mill is closed (6)", "the mill is closed, it's at 6", "the mill is closed, 6 here"."""
    before = found[found.index(run[0]) - 1]
    if run[0].kind != POINT or not group.names or group.points:
        return False
    between = text[before.end : run[0].start]
    return bool(_WHICH_IS.match(between) or (_ON_MY_SIDE.match(between) and _HERE.match(text[run[0].end :])))


def _is_either(text: str, run: Sequence[Token]) -> bool:
    """Whether of the points that stand last one or the other is meant: "4, 8 or 9"."""
    if len(run) < 2 or {token.kind for token in run[-2:]} != {POINT}:
        return False
    return _OR.search(text[run[-2].end : run[-1].start]) is not None and not run[-1].negated and not LACKS.search(text[: run[0].start])


def _is_route(text: str, run: Sequence[Token]) -> bool:
    return bool(run) and _ROUTE.search(text[: run[0].start]) is not None


def stated(group: Group, state: str) -> list[Claim]:
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
        lacks = group.absent or (LACKS.search(text) and HAVING.search(text) and not _NOT_THIS.search(text))
        return [Claim("count", (AT, name), 0) for name in group.names] if lacks else []
    if group.negated and group.points and group.names:
        return [Claim("exclude", (AT, name, point), True) for name in group.names for point in group.points]
    return _located(group)
