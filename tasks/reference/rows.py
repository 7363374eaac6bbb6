"""Rows that save words, put in full: "Vases, left: green chipped small, medium. Middle: red plain large", "LGrChVa-R", "My smalls: ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tasks.reference.elided import in_full
from tasks.reference.forms import Cue
from tasks.reference.grouped import in_groups
from tasks.reference.scenes import ATTRIBUTE_OF, COLOUR, KIND, MARK, NEUTRAL, PLACE, SIZE, Scene, kinds_of, ordered
from tasks.reference.shared import without_lead
from tasks.reference.sizes import sizes_in_full
from tasks.reference.words import found_in

_CODE = re.compile(r"([SML])(?<![\w-].)((?:[A-Z][a-z]{1,3}){3})[-/ ]?([LMRC])(?![\w-])[,;]?")
_CODE_PART = re.compile(r"[A-Z][a-z]+")
_SIZES = {"S": "small", "M": "medium", "L": "large"}
_PLACES = {"L": "left", "M": "middle", "R": "right", "C": "middle"}
_SIZED = Cue(
    r"(?i)(?<![\w-])(?P<my>my |the |all )?(?P<size>small|medium|large|big)s(?= ?(?:[:(,.;!?]|$|(?:are|and|here|too|on|in)\b))",
    "smalls mediums larges bigs",
)
"""Sizes as things: "My smalls: ..."."""
_REST = Cue(
    r"(?i)(?:^|(?<=[.;!] ))\W{0,3}(?:and |all )?(?:the )?(?:others|rest|remaining(?: \w+)?|everything else)(?:,| is| are|:)?(?: all)? "
    r"(?P<look>[a-z]+)(?= ?(?:[.;!]|$)) ?[.;!]?",
    "others rest remaining everything",
)
"""What is left, by one look alone: it tells of no kind. "Others small"."""
_COUNTED_ROW = re.compile(
    r"(?i)(?P<before>^|(?<=[.!?;]) )(?:(?:those|these|the) (?:two|three|four|five|[2-5])\b|"
    r"(?:two|three|four|five|[2-5]) (?!(?:of|as well|too|also|here|likewise|there)\b)(?=[a-z' ]{3}))(?P<what>[a-z' ]{0,40}?) ?:"
    r"(?=[^.:?,;]+[,;])"
)
""" "Three in my mirror: a red mug, a jug": the number is that of the row."""
_LOOK_TOO = Cue(
    r"(?i)(?:^|(?<=[.!;] ))(?P<number>two|three|four|five|six|seven|[2-7]) (?P<look>[a-z-]{3,12}),? (?:too|also|as well|in all|altogether)"
    r"(?= ?(?:[.!;]|$))",
    "too also well all altogether",
)
""" "Three dented too": of whatever kind."""
_ASKS_LOOK = re.compile(r"(?i)(?<=\w) ?[:,;–—-]{1,2} (?=(?:is|are|was) (?:yours|your one|the one you see)(?: also| too)? [^?:;]{1,40}\?)")
""" "My purple duffel is medium, on my left: is yours medium?"."""
_ASKS_PLACE = re.compile(
    r"(?i)(?P<own>\b(?:left|right|middle)(?: side| end)?\)?) ?[:,;–—-]{1,2} "
    r"(?=(?:(?:and|so) )?(?:where(?:'s| is| are) yours\b|"
    r"(?:is |are )?(?:(?:it|that|yours|your one)(?: also)? )?(?:(?:on|at|in|to) )?your (?:left|right|middle)\b"
    r"|yours (?:(?:on|at|in) )?(?:the |your )?(?:left|right|middle)\b|(?:do|can) you (?:have|see) (?:it|that|one|yours)\b)[^?:;,]{0,24}\?)"
)
""" "Small red mug, on my left: on your right?"."""
_SEGMENT = re.compile(r"[^.:;!?\n]*(?:;(?=[^.:;!?\n]*(?:[;.!?\n]|$))[^.:;!?\n]*)*(?:[:;.!?\n]+|$)")
"""A head with its colon, or a row; a semicolon ends a row where the next head follows."""
_FILLER = frozenset(
    "my mine the on in at all both each of and are is ones side end here these i have see there with size sizes "
    "also plus a an as follows then mid".split()
)
_PARTS = re.compile(r" ?[,;]\s?(?:and )?| and (?=(?:an?|the|small|medium|large|tiny|big)\b)")
_AND = re.compile(r" ?(?:\band\b|&|\+|/) ?")
_WORD = re.compile(r"[^\W\d_]+(?:'\w+)?|\d+|[^\w\s,:;.!&+/]")

_ENDS = ".:;!?\n"
"""Signs of which each ends a row."""

Look = dict[str, str]


def rows_in_full(text: str, scene: Scene) -> str:
    """``text`` with what its rows leave out."""
    text = without_lead(text)
    text = _COUNTED_ROW.sub(lambda lead: lead.group() if found_in(lead["what"], scene) else lead["before"], text) if ":" in text else text
    text = sizes_in_full(_CODE.sub(lambda code: _decoded(code, scene), text), scene)
    text = in_full(in_groups(text, scene), scene)
    text = _REST.sub(lambda rest: "" if ATTRIBUTE_OF.get(rest["look"].lower()) in (SIZE, COLOUR, MARK) else rest.group(), text)
    text = _SIZED.sub(lambda sized: f"{sized['my'] or ''}{sized['size']} ones", text)
    text = _ASKS_PLACE.sub(r"\g<own>. ", _ASKS_LOOK.sub(". ", text)) if "?" in text else text
    text = _LOOK_TOO.sub(lambda too: _of_any_kind(too, scene), text)
    text = _uncut(text, scene)
    return _filled(text, scene) if ":" in text else text


def _of_any_kind(too: re.Match[str], scene: Scene) -> str:
    is_look = ATTRIBUTE_OF.get(too["look"].lower()) in (SIZE, COLOUR, MARK)
    return f"I have {too['number']} {too['look']} {scene.things}" if is_look else too.group()


def _uncut(text: str, scene: Scene) -> str:
    """``text`` without a last thing that was cut off before its kind, in a row of things that all name theirs."""
    if text[-1:] in _ENDS:
        return text
    *_, row = re.split(f"[{_ENDS}]", text)
    *rest, last = row.split(",")
    cut = _looks(last, scene) if len(rest) > 1 else None
    if not cut or len(cut) < 2 or not {KIND, PLACE}.isdisjoint(name for name, _ in cut):
        return text
    whole = all((looks := _looks(one, scene)) and {KIND, MARK} <= {name for name, _ in looks} for one in rest)
    return text[: len(text) - len(last) - 1] if whole else text


def _decoded(code: re.Match[str], scene: Scene) -> str:
    """ "LGrChVa-R" in words, if each part begins one word of the scene alone and no two tell the same."""
    words = [*scene.colours.split(), *scene.marks.split(), *kinds_of(scene)]
    order = (COLOUR, MARK, KIND)
    look: Look = {}
    for part, name in zip(_CODE_PART.findall(code[2]), order, strict=True):
        fit = [word for word in words if word.startswith(part.lower()) and ATTRIBUTE_OF[word] == name]
        if len(fit) != 1:
            return code.group()
        look[name] = fit[0]
    return f"{_SIZES[code[1]]} {' '.join(look[name] for name in order)} {_PLACES[code[3]]},"


@lru_cache(maxsize=4096)
def _looks(text: str, scene: Scene) -> tuple[tuple[str, str], ...] | None:
    """The attributes said in ``text``, in order; None if it says anything else."""
    text = re.sub(r"(?i)\bmid\b", "middle", text)
    rest, found = text, found_in(f"{text} :", scene)
    for start, end, _, theirs in reversed(found):
        if theirs:
            return None
        rest = f"{rest[:start]} {rest[end:]}"
    if any(word.lower() not in _FILLER for word in _WORD.findall(rest)):
        return None
    return tuple((ATTRIBUTE_OF[word], word) for _, _, word, _ in found)


def _filled(text: str, scene: Scene) -> str:
    """Each row in full whose head, or whose things, leave out what only their neighbours tell."""
    done: list[str] = []
    head: Look | None = None
    above: Look = {}
    unread = False
    """Whether another head stands right before, as in "What I lack: mugs, small: red"."""
    for match in _SEGMENT.finditer(text):
        part = match.group()
        if part.rstrip().endswith(":"):
            looks = None if unread else _looks(re.sub("[()]", ",", part.rstrip(" :")), scene)
            head, unread = _head(looks, part), True
            above = above if head and set(head) == {PLACE} else _above(head or {})
            done.append(part)
            continue
        unread = False
        asks = part.rstrip().endswith("?")
        sized = _sized(part, scene) if head and ";" in part else part
        row = _row(sized, {**above, **head}, scene) if head and not asks else None
        sided = bool(above) and set(head or {}) == {PLACE}
        if row and (row[1] or sided or sized != part or re.search("[,(]", done[-1])):
            end = part[len(part.rstrip(" .;!\n")) :] or ""
            done[-1] = done[-1][: len(done[-1]) - len(done[-1].lstrip())]
            done.append(f"{', '.join(' '.join(ordered(look.values())) for look in row[0])}{end.replace(';', '.')}")
        else:
            done.append(part)
        if not part.rstrip().endswith(";"):
            head = None
        if not row and part.strip():
            above = {}
    return "".join(done)


def _sized(part: str, scene: Scene) -> str:
    """A row in groups that each begin with another size, with it beside each thing: "small red dotted, blue plain; large green"."""
    groups = [[one.strip() for one in group.split(",")] for group in part.rstrip(" .!\n").split(";")]
    opening = [_looks(group[0], scene) for group in groups]
    sizes = [looks[0][1] for looks in opening if looks and looks[0][0] == SIZE]
    if len(groups) < 2 or len({*sizes}) != len(groups):
        return part
    with_size = (
        one if SIZE in dict(_looks(one, scene) or ((SIZE, ""),)) else f"{size} {one}"
        for size, group in zip(sizes, groups, strict=True)
        for one in group
    )
    end = part[len(part.rstrip(" .!\n")) :]
    return f"{', '.join(with_size)}{end}"


def _above(head: Look) -> Look:
    """What a later head that tells only a place has from this one."""
    return {name: word for name, word in head.items() if name != PLACE} if KIND in head else {}


def _head(looks: Sequence[tuple[str, str]] | None, part: str) -> Look | None:
    """What a head tells, if it is one thing of each attribute."""
    head = dict(looks or ())
    return head if looks and len(head) == len(looks) and not re.search(r"\d|\bone\b", part) else None


def _row(part: str, head: Look, scene: Scene) -> tuple[list[Look], bool] | None:
    """Its things with what they leave out, and whether any left out what another tells; None if they are not all of that sort."""
    row: list[Look] = []
    lent = False
    order: list[str] = []
    latest = 1
    for one in _PARTS.split(part.strip(" .;!\n")):
        looks = _looks(one, scene)
        if not looks:
            return None
        names = [name for name, _ in looks]
        if names == [PLACE] and row and PLACE not in {*row[-1], *head}:
            row[-latest:] = [one_of | dict(looks) for one_of in row[-latest:]]  # "small red, middle; small and large black, right"
            order = [*order, PLACE]
            continue
        twice = {name for name in names if names.count(name) > 1}
        if twice and (len(names) - len(set(names)) != 1 or not _side_by_side(one, twice, scene)):
            return None
        look = dict(looks)
        if KIND in look and look[KIND] != head.get(KIND, look[KIND]):
            return None
        more = {name: word for name, word in head.items() if name not in look}
        if row and (left := _left_out(row[-1], order, {**more, **look}, names)):
            more |= left
            lent = True
        else:
            order = names
        both = [word for name, word in looks if name in twice]
        row += [{**more, **look, ATTRIBUTE_OF[word]: word} for word in both] or [{**more, **look}]
        latest = len(both) or 1
        lent = lent or bool(twice)
    full = all(KIND in look and len(look) > 2 for look in row)
    return (row, lent) if full else None


def _side_by_side(one: str, twice: set[str], scene: Scene) -> bool:
    """Whether what is said twice stands on both sides of one "and": "medium white and yellow middle"."""
    for before, after in zip(_AND.split(one), _AND.split(one)[1:], strict=False):
        left, right = _looks(before, scene), _looks(after, scene)
        if left and right and left[-1][0] == right[0][0] and left[-1][0] in twice:
            return True
    return False


def _left_out(before: Look, order: Sequence[str], look: Look, names: Sequence[str]) -> Look:
    """What ``look`` has from the thing ``before`` it, which told ``order``: what came first there, or all but the last."""
    missing = [name for name in NEUTRAL if name not in look]
    if not missing or any(name not in before for name in NEUTRAL):
        return {}
    said = [name for name in order if name != PLACE]
    if missing == said[:1] and len(names) > 1 and said[0] in (MARK, COLOUR):
        return {missing[0]: before[missing[0]]}
    alone = [name for name in names if name != PLACE]
    if len(alone) == 1 and alone == said[-1:] and len(said) > 1 and PLACE not in names and set(missing) <= set(said):
        return {name: before[name] for name in missing}
    return {}
