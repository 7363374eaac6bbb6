"""Groups that save words, put in full: "R: nebula small yellow, large green, comet medium green", "medium brown, red vases"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tasks.reference.elided import LEAD, SENTENCE, Look, Word, words_of
from tasks.reference.forms import Cue
from tasks.reference.scenes import ATTRIBUTE_OF, COLOUR, KIND, MARK, PLACE, SIZE, Scene, ordered
from tasks.reference.words import found_in

_INITIAL = re.compile(r"(?<![\w'/-])(?:[LRMC](?=/)|[LRMC](?![\w'-]))|(?<=[LRMC]/)[LRMC](?![\w'-])|(?<=mid/)[LR]\b")
_PLACES = {"L": "left", "R": "right", "M": "middle", "C": "middle"}
_SIZES = {"S": "small", "M": "medium", "L": "large"}
_LETTER = re.compile(r"(?<![\w'/-])[SMLRC](?![\w'/-])")
_SIZED = re.compile(r"(?i)\b(?:small|medium|large)\b")
_SMALL = re.compile(r"\bS\b")
_MID = Cue(r"(?i)\bmid\b(?![- ]?siz)", "mid")
LONGEST = 600
"""Characters of a text that is put in full; no turn is longer."""
_ARTICLE = re.compile(r"(?i)\ban? ")
_SIDES = Cue(r"(?i)\b(?P<side>left|middle|right)s(?= ?:)", "lefts middles rights")
_IN_ORDER = Cue(r"(?i)\b(?:from )?(?:my )?left to right ?:(?P<row>[^.:?!\n]*)", "to", "left")
""" "Left to right: a mug, a jug / a vase / a plate"."""
_SIDE_LEADS = re.compile(r"^\W*(?:(?:[Oo]n|[Ii]n|[Aa]t) )?(?:(?:[Mm]y|[Tt]he) )?(?P<side>(?i:left|right|middle|mid)|[LRMC]) (?=\w)")
_SIDE_FIRST = re.compile(r"(?i)^\W*(?:(?:on|in|at) )?(?:(?:my|the) )?(left|right|middle)(?: (?:end|side))? (?=\w)")
_SO_IT_IS = re.compile(r"(?i)\W*right: (?:so |then )?the\b")
""" "Right: the small red mug."."""
_THINGS = re.compile(r"(?i)\bones\b")
_OF_EACH = re.compile(
    r"(?i)(?:,|\s[-–—]|\s?\()\s?"
    r"(?P<all>both|each|all(?: two| three| four| five)?)(?: of them)?(?: are)? (?P<looks>[\w-]+(?: [\w-]+){0,2})\)?\s*$"
)
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}
_SEPARATES = frozenset((",", "and", "&", "+"))
_ONES = re.compile(r"(?i)^(?P<lead>\W*(?:my )?)(?P<look>[\w-]+) ones(?=:)")
_OVER = re.compile(r"(?i)^\W*(?:my )?(?P<look>[\w-]+) (?P<kind>[\w-]+):")


class _Part(NamedTuple):
    """What stands between two commas: its ``look``, and the ``names`` of what it tells in the order of the talk.

    ``first``: the kind stands before the looks, and so over what follows; ``over``: what it says of what follows.
    ``several``: its kind is in the plural.
    """

    look: Look
    names: tuple[str, ...]
    first: bool = False
    over: tuple[tuple[str, str], ...] = ()
    several: bool = False


def in_groups(text: str, scene: Scene) -> str:
    """``text`` with each thing of a group by itself, where only one reading of the group is possible."""
    if len(text) > LONGEST or not any(sign in text for sign in ",/;:"):
        return text
    text = _SIDES.sub(r"\g<side>", _IN_ORDER.sub(_ordered, text))
    sentences = _with_sides(SENTENCE.findall(text), scene)
    return "".join(_in_full(_of_kind(one, before, scene), scene) for before, one in zip(["", *sentences], sentences, strict=False))


def _ordered(said: re.Match[str]) -> str:
    """Each of three groups with its side; otherwise it is not told what stands where."""
    groups = re.split(r" ?[;/|] ?", said["row"].strip())
    if len(groups) != len(_PLACES) - 1:
        return said["row"].lstrip()
    return ". ".join(f"{side}: {group}" for side, group in zip(("Left", "Middle", "Right"), groups, strict=True))


def _with_sides(sentences: list[str], scene: Scene) -> list[str]:
    """ "L small red mug, blue jug. R large vase." with a colon behind each side, where several begin so and name no other."""
    found = [_SIDE_LEADS.match(one) for one in sentences]
    if len({side["side"].lower() for side in found if side}) < 2:
        return sentences
    rows = [one[side.end() :] for one, side in zip(sentences, found, strict=True) if side]
    first = [found_in(row, scene)[:1] for row in rows]
    opens = all(one and one[0][0] == 0 and ATTRIBUTE_OF[one[0][2]] != PLACE for one in first)
    named = any(ATTRIBUTE_OF[word] == PLACE for row in rows for _, _, word, _ in found_in(row, scene)) or any(map(_INITIAL.search, rows))
    if not opens or named:
        return sentences
    return [f" {side['side']}: {one[side.end() :]}" if side else one for one, side in zip(sentences, found, strict=True)]


def _of_kind(sentence: str, before: str, scene: Scene) -> str:
    """ "Green galaxies: ... Red ones: ..." with the galaxies said again."""
    ones, over = _ONES.match(sentence), _OVER.match(before)
    if not (ones and over):
        return sentence
    kind = found_in(over["kind"], scene)
    names = [ATTRIBUTE_OF[word] for match in (ones, over) for _, _, word, _ in found_in(match["look"], scene)]
    alike = len(names) == 2 and names[0] == names[1] and len(kind) == 1 and ATTRIBUTE_OF[kind[0][2]] == KIND
    return f"{ones['lead']}{ones['look']} {over['kind']}{sentence[ones.end() :]}" if alike else sentence


def _in_full(sentence: str, scene: Scene) -> str:
    body = sentence.rstrip(" .!\n")
    if not body or sentence.rstrip().endswith("?") or ("/" in body and _ARTICLE.search(body)) or _SO_IT_IS.match(body):
        return sentence  # "a red/blue mug" may be one of them
    body = _size_and_side(_MID.sub("middle", body))
    if _SIZED.search(body) and not _SMALL.search(body):
        body = _INITIAL.sub(lambda match: _PLACES[match.group()], body)
    lead = LEAD.match(body)
    groups = _sides_apart(body[lead.end() if lead else 0 :].split(";"), scene)
    head: tuple[Word, ...] | None = ()
    done: list[str] = []
    for group in groups:
        before, colon, row = group.rpartition(":")
        head = _head(words_of(f"{_THINGS.sub('', before)} :", scene), head or ()) if colon else head
        one_by_one = None if head is None else _row_in_full(row, head, scene)
        if one_by_one is None and not (head and colon and any(one.name == KIND for one in head)):
            return sentence
        done.append(one_by_one or group.strip())  # rows.py reads a row that has its kind in its head
    alone = not head and len(groups) == 1 and ", " not in done[0]
    return sentence if alone or not any(one.startswith("I have") for one in done) else f" {'. '.join(done)}."


def _size_and_side(body: str) -> str:
    """ "Gown red S torn L, cloak blue M plain R" in words, where of two letters in each the first can be a size, and the other a side."""
    if _SIZED.search(body):
        return body
    things = re.split(r"([,;:])", body)
    letters = [_LETTER.findall(thing) for thing in things]
    pairs = [pair for pair in letters if pair]
    if len(pairs) < 2 or any(len(pair) != 2 or pair[0] not in _SIZES or pair[1] not in _PLACES for pair in pairs):
        return body
    for at, pair in enumerate(letters):
        if pair:
            in_order = iter((_SIZES[pair[0]], _PLACES[pair[1]]))
            things[at] = _LETTER.sub(lambda _, words=in_order: next(words), things[at])
    return "".join(things)


def _row_in_full(row: str, head: Sequence[Word], scene: Scene) -> str | None:
    """What stands under ``head``, each by itself; None if it has its kind there, or could be read in two ways."""
    of_each = _OF_EACH.search(row)
    shared = words_of(of_each["looks"], scene) if of_each else []
    signs = words_of(row[: of_each.start()] if of_each else row, scene)
    if not signs or shared is None or not all(one.name for one in shared):
        return None
    over = {one.name: one.word for one in (*head, *shared)}
    plain_row = KIND in over and not any(one.name == KIND or one.word == "/" for one in signs)
    if (
        (plain_row and not shared)
        or any(one.name in over for one in signs if shared and one.name != KIND)
        or len(over) < len(head) + len(shared)
    ):
        return None
    things = _group(signs, over)
    if not things or not all(KIND in one and len(one) > 1 for one in things):
        return None
    if of_each and len(things) != _NUMBERS.get((of_each["all"] or "").lower().split()[-1], len(things)):
        return None  # "a mug, two jugs, both blue"
    return f"I have {', '.join('a ' + ' '.join(ordered(one.values())) for one in things)}"


def _head(words: Sequence[Word] | None, above: Sequence[Word]) -> tuple[Word, ...] | None:
    """What a head tells, a side alone with the kind ``above`` it; None if it tells the same twice, or anything else."""
    if not words or any(not one.name and one.word not in (",", ":") for one in words):
        return None
    looks = tuple(one for one in words if one.name)
    if len({one.name for one in looks}) != len(looks):
        return None
    keeps = [one.name for one in looks] == [PLACE] and any(one.name == KIND for one in above)
    return (*(one for one in above if one.name != PLACE), *looks) if keeps else looks


def _sides_apart(groups: list[str], scene: Scene) -> list[str]:
    """ "Right small red mug, blue jug; left large mug" with a colon behind each side, if each group begins with one and names no other."""
    found = [_SIDE_FIRST.match(group) for group in groups]
    if len(groups) < 2 or any(":" in group for group in groups):
        return groups
    rows = [(side[1], group[side.end() :]) for side, group in zip(found, groups, strict=True) if side]
    if len(rows) < len(groups) or any(ATTRIBUTE_OF[word] == PLACE for _, row in rows for _, _, word, _ in found_in(row, scene)):
        return groups
    return [f"{side}: {row}" for side, row in rows]


def things_in(row: str, scene: Scene) -> list[Look] | None:
    """The things of a ``row`` that says nothing else: "small red, medium brown and small yellow plates"."""
    return _group(words_of(row, scene) or [], {})


def _group(words: Sequence[Word], head: Look) -> list[Look] | None:
    """The things of one group; None if it says anything else, or could be read in two ways."""
    parts = _parts(words)
    if not parts or any(part.names == (PLACE,) or not part.names for part in parts):
        return None
    kinds = _kinds(parts, head)
    if kinds is None or (not head and all(part.names[:-1] == (KIND,) for part in parts)):  # "mugs dotted, jug plain": of what was listed
        return None
    done: list[Look] = []
    over: Look = {}
    for at, (part, kind) in enumerate(zip(parts, kinds, strict=True)):
        over = dict(part.over) or (over if KIND not in part.look else {})
        look = {**head, **over, **part.look}
        if not kind:  # of whatever kind that was named, or more of the one before
            if done and KIND in parts[at - 1].look and done[-1].keys().isdisjoint(part.names):
                done[-1] |= part.look
            continue
        run = [other for other, of in zip(parts, kinds, strict=True) if of == kind]
        if PLACE not in look and any(PLACE in one.look for one in run) and not (head.get(KIND) or any(one.first for one in run)):
            return None
        last = done[-1] if at and kinds[at - 1] == kind and done else {}
        before = {name: word for name, word in last.items() if name not in head}
        after = parts[at + 1].look if at + 1 < len(parts) and kinds[at + 1] == kind else {}
        left = _left_out(part, before, after, KIND in after and not parts[min(at + 1, len(parts) - 1)].first)
        if left is None:
            return None
        done.append({**left, **look, KIND: kind})
    return _under_the_first(parts, done)


def _under_the_first(parts: Sequence[_Part], done: list[Look]) -> list[Look]:
    """With the colour that stands before a size at the start, and so over all: "Yellow medium mugs plain, large dotted plate"."""
    names = [name for name in parts[0].names if name != KIND]
    if names[:1] not in ([COLOUR], [MARK]) or SIZE not in names[1:] or not done:
        return done
    over = {names[0]: done[0][names[0]]}
    if any({**over, **one} != {**one, **over} for one in done):
        return done
    return [{**over, **one} for one in done] if all(SIZE in one for one in done) else done


def _parts(words: Sequence[Word]) -> list[_Part] | None:
    """The parts of a group between its commas, those with a slash taken apart."""
    done: list[_Part] = []
    rows: list[list[Word]] = [[]]
    for one in words:
        if one.word == ",":
            rows.append([])
        elif one.name or one.word in ("/", *_SEPARATES):
            rows[-1].append(one)
        else:
            return None
    for row in filter(None, rows):
        some = _apart(row)
        if some is None:
            return None
        done += some
    return done


def _apart(row: Sequence[Word]) -> list[_Part] | None:
    """ "White plain/patched dinghies" as two, and "small red and large blue" too."""
    pieces: list[list[Word]] = [[]]
    signs: list[str] = []
    for one in row:
        if one.name:
            pieces[-1].append(one)
        elif pieces[-1]:
            pieces.append([])
            signs.append(one.word)
    if not all(pieces):
        return None
    done: list[_Part | None] = []
    at = 0
    while at < len(pieces):
        end = at
        while end + 1 < len(pieces) and pieces[end][-1].name == pieces[end + 1][0].name and (end == at or len(pieces[end]) == 1):
            end += 1
        before, behind = pieces[at][:-1], pieces[end][1:] if end > at else []
        done += [_part([*before, piece[0] if at_piece else piece[-1], *behind]) for at_piece, piece in enumerate(pieces[at : end + 1])]
        if end < len(signs) and signs[end] == "/":
            return None
        at = end + 1
    return [one for one in done if one] if all(done) else None


def _part(words: Sequence[Word]) -> _Part | None:
    look = {one.name: one.word for one in words}
    if len(look) != len(words):
        return None
    names = tuple(one.name for one in words)
    stop = names.index(KIND) if KIND in names else -1
    first = stop >= 0 and any(name != PLACE for name in names[stop + 1 :])
    over = tuple((one.name, one.word) for one in words[: stop + 1]) if first else ()
    return _Part(look, names, first, over, any(one.plural for one in words))


def _kinds(parts: Sequence[_Part], head: Look) -> list[str] | None:
    """The kind of each part, empty where it is not told; None if two are possible."""
    done: list[str] = []
    over, last = head.get(KIND, ""), ""
    for at, part in enumerate(parts):
        if own := part.look.get(KIND):
            if head.get(KIND, own) != own:
                return None
            over = own if part.first else head.get(KIND, "")
            last = own
            done.append(own)
            continue
        behind = next((one for one in parts[at:] if KIND in one.look), None)
        back = behind.look[KIND] if behind and not behind.first else ""
        if over and back and over != back:
            if over == head.get(KIND):
                return None
            done.append("" if behind and behind.several else over)  # "nebula small red, large green, medium blue comets"
            continue
        if not over and not back and not last:
            return None
        done.append(over or back)
    return done


def _left_out(part: _Part, before: Look, after: Look, closes: bool) -> Look | None:
    """What a part of one word has from its neighbours: what stands before that word, or else what comes behind it."""
    names = [name for name in part.names if name not in (KIND, PLACE)]
    if len(names) != 1:
        return {}
    order = (SIZE, COLOUR, MARK)
    rank = order.index(names[0])
    leading = {name: before[name] for name in order[:rank] if name in before}
    trailing = {name: after[name] for name in order[rank + 1 :] if name in after} if closes else {}
    if names[0] in before and leading and not any(name in before for name in order[rank + 1 :]):
        return leading
    if names[0] in after and trailing and not leading:
        return None if any(name in before and before[name] != word for name, word in trailing.items()) else trailing
    return {}
