"""Which names and points of a clause about `route` are spoken of as one place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tasks.route.words import NAME, POINT, Token

_AND = re.compile(
    r"^[\s(]*(?:,|and|&|\+|/|or|, and|, or|plus|as well as|und|y|et)[\s)]*(?:also |my |your |our |the |a |an |at |on "
    r"|one at |another at )*(?:waymarks? |corners? |gates? |checkpoints? |buoys? |posts? |points? )?$",
    re.IGNORECASE,
)
_LINKS = frozenset(
    """is are 's was at on my the map mine stands sits lies located marked shown waymark waymarks corner corners gate gates checkpoint
    checkpoints buoy buoys post posts point points number numbers no nr your which that both here me for as by near sheet only actually
    appears twice be must would it its in chart plan you mentioned asked about mean meant a an has have i shows show we with what there
    either matches match matching i've ive got called call named label labelled marks reads says own one this printed drawn so also
    just both copy side edition two equals would where see seen spot find found carries bears wears holds corresponds belongs
    place placed situated sitting standing stood under lives goes""".split()
)
_WORDS = re.compile(r"[\w']+")
_ELSEWHERE = re.compile(r"^[^,;]{0,12},?\s*\b(?:but|only|just|it's|is|rather)\b(?: (?:only|just|at|my|on mine))*\s*$", re.IGNORECASE)
_UNIT_NEXT = re.compile(r"^,\s*(?:waymark|corner|gate|checkpoint|buoy|post|point|number|no\.)\s*$", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|zero)(?: such)? (?:\w+ (?:or|and|nor) )?$", re.IGNORECASE)
_REPORT_OF = re.compile(r"^\s*(?:reports?|word|info\w*|news|at|on|by)\b", re.IGNORECASE)
_STANDS = re.compile(r"\b(?:is|was|stands|sits|lies)\b|'s\b", re.IGNORECASE)
_ONE_IS = re.compile(r"^\s*(?:is|was|'s|looks)\b", re.IGNORECASE)
_SEVERAL_ARE = re.compile(r"^\s*(?:(?:both|all) )?(?:are|were)\b", re.IGNORECASE)
_TWICE = re.compile(r"^\s*(?:here|on mine|on my \w+)?\s*[,:]?\s*(?:at )?$", re.IGNORECASE)
_SLASH = re.compile(r"^\s*/\s*$")
_TIED = re.compile(r"^\s*(?:/|&|\+|and|or)\s*$", re.IGNORECASE)


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

    def join(self, token: Token) -> None:
        if token.kind == NAME:
            self.names.append(token.value)
            if token.negated:  # "6 isn't the mill"
                self.points, self.denied = [], self.denied + self.points
        else:
            (self.denied if token.negated else self.points).append(token.value)
        self.last = "both"


def grouped(text: str, run: Sequence[Token], loose: bool = False, stated: bool = False) -> list[Group]:
    """Names and points in a row, put together where the words between them say that they are one place.

    Of "the mill 6, 4" both are its places, unless they are all ``stated`` to be open or closed: then 4 stands alone.
    """
    groups: list[Group] = []
    for i, token in enumerate(run):
        gap = text[run[i - 1].end : token.start] if i else ""
        group = groups[-1] if groups else None
        if (
            group
            and run[i - 1].kind != token.kind
            and _links(gap, run[i - 1], token, loose)
            and not (group.last == "both" and _is_headed_for(text, run, i, loose))
        ):
            if token.kind == NAME and (token.plural or re.search(r"\b(?:both|are)\b", gap)):
                _absorb(groups)
            elif token.kind == NAME and not groups[-1].names:
                _absorb(groups, _tied(text, run[:i], _TIED if loose else _SLASH))
            groups[-1].join(token)
        elif (
            group
            and i
            and token.kind == POINT == run[i - 1].kind
            and group.names
            and _goes_on(gap, run[i - 1], token, stated)
            and not (stated and i == begins_anew(text, run))
            and not _is_headed_for(text, run, i, loose)
        ):
            group.join(token)
        elif group and i and token.kind == NAME == run[i - 1].kind and _is_alias(gap):
            group.names.append(token.value)
            group.alias = True
        else:
            groups.append(Group([token.value], []) if token.kind == NAME else Group([], [token.value]))
            groups[-1].negated = token.negated
            groups[-1].absent = bool(_NO.search(text[max(0, token.start - 30) : token.start])) and not _REPORT_OF.match(text[token.end :])
    return groups


def _goes_on(gap: str, before: Token, point: Token, stated: bool) -> bool:
    """Whether the second of two points is a place of the same landmark: "at 3 and 8", "at 3, not at 8", "not at 3, only at 8"."""
    if stated and gap.strip() == "," and not point.negated:
        return False
    return _AND.match(gap) is not None or point.negated or (before.negated and _ELSEWHERE.match(gap) is not None)


def _absorb(groups: list[Group], most: int = 9) -> None:
    """ "3 and 8 are chapels": points alone that came just before go with the last."""
    while len(groups) > 1 and not groups[-2].names and most:
        groups[-1].points[:0] = groups[-2].points
        del groups[-2]
        most -= 1


def _tied(text: str, run: Sequence[Token], tie: re.Pattern[str]) -> int:
    """How many points a ``tie`` binds to the last of ``run``: in "6 mill, 3/8 chapel" the chapel stands at both."""
    ties = [one.kind == after.kind == POINT and tie.match(text[one.end : after.start]) for one, after in pairwise(run)]
    return next((count for count, tied in enumerate(reversed(ties)) if not tied), len(ties))


def _is_headed_for(text: str, run: Sequence[Token], at: int, loose: bool) -> bool:
    """Whether what comes next goes with the token ``at``: the chapel with 3, and with 8, in "3/8 chapel"."""
    last = at + next((n for n in range(len(run) - at) if not _tied(text, run[at + n : at + n + 2], _TIED if loose else _SLASH)), 0)
    after = run[last + 1] if last + 1 < len(run) else run[last]
    gap = text[run[last].end : after.start]
    if after.kind != run[last].kind and (gap.isspace() or _tied(text, run[at : last + 1], _SLASH) == last - at):
        return _links(gap, run[last], after)
    return False


def _links(gap: str, before: Token, after: Token, loose: bool = False) -> bool:
    """Whether what stands between a name and a point puts the one at the other."""
    if (before.plural and _TWICE.match(gap)) or (loose and _UNIT_NEXT.match(gap)):
        return True
    if ";" in gap or "+" in gap or "&" in gap or ("," in gap and not re.search(r"\b(?:at|which is|that's|map|chart|plan)\b", gap)):
        return False
    said = [found.lower() for found in _WORDS.findall(gap)]
    if "no" in said and after.kind == NAME:
        return False
    negations = {"not", "isn't", "isnt", "aren't", "don't", "doesn't"} if after.negated else set()
    if (
        before.kind == POINT
        and after.kind == NAME
        and not said
        and "(" not in gap
        and ":" not in gap
        and "=" not in gap
        and not gap.isspace()
    ):
        return bool(re.fullmatch(r"\s*[-–—→/]\s*", gap))
    return all(one in _LINKS or one in negations or one.endswith("'s") for one in said) and len(said) <= 10


def _is_alias(gap: str) -> bool:
    said = [found.lower() for found in _WORDS.findall(gap)]
    if "and" in said or ";" in gap:
        return False
    return (
        "=" in gap
        or "≡" in gap
        or ("same" in said and len(said) < 9)
        or bool(re.search(r"\b(?:is|=|are)\b.*\b(?:my|mine|your|called|call)\b|\b(?:called|call it)\b", gap) and len(said) < 9)
    )


def begins_anew(text: str, run: Sequence[Token]) -> int:
    """Where in ``run`` the subject of a verb begins, if another placed what is before: "the mill is 6, and 4 is shut"; or 0."""
    pairs = [at for at, (one, after) in enumerate(pairwise(run)) if one.kind != after.kind and _STANDS.search(text[one.end : after.start])]
    at = pairs[-1] + 2 if pairs else len(run)
    if at >= len(run) or {token.kind for token in run[at:]} != {POINT}:
        return 0
    new = text[run[at - 1].end : run[at].start].lstrip().startswith(",") or len(run) == at + 1
    return at if new and (_ONE_IS if len(run) == at + 1 else _SEVERAL_ARE).match(text[run[-1].end :]) else 0
