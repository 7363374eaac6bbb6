"""What rows leave out with a slash, and clauses with a comma: "Small crates taped/dented", "my red mug is small, blue jug large"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tasks.reference import forms
from tasks.reference.scenes import ATTRIBUTE_OF, COLOUR, KIND, MARK, NEUTRAL, PLACE, SIZE, Scene, ordered, plurals_of
from tasks.reference.words import found_in, words_of_things

Look = dict[str, str]
SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
LEAD = re.compile(
    r"(?i)^\W*(?:(?:(?:here )?I(?:'ve got| have| see| can see)|my (?:pieces|things|list|own|eight)|mine|here)\b(?: are| is)?[:,]?\s*)?"
)
_SIGN = re.compile(r"[/,:&+()]|\w+")
_FILLER = frozenset("a an the on in at my end side also plus as well one".split())
_SEPARATES = frozenset((",", "and", "&", "+"))


class Word(NamedTuple):
    """A word of a thing, or a sign between things, whose ``name`` is empty."""

    name: str
    word: str
    plural: bool = False


def in_full(text: str, scene: Scene) -> str:
    """``text`` with each thing of a row with slashes by itself, and each clause with its verb."""
    text = "".join(_one_by_one(part, scene) for part in SENTENCE.findall(text)) if "/" in text else text
    if "my" not in text.lower():
        return text
    return _predicated(_ONES.sub(lambda ones: _over(ones, scene), text), scene)


def _over(ones: re.Match[str], scene: Scene) -> str:
    """ "My striped ones: large blue" for "my striped ones large blue"."""
    both = found_in(ones["look"], scene) and found_in(ones["next"], scene)
    return f"{ones['mine']}: " if both else ones.group()


def _one_by_one(sentence: str, scene: Scene) -> str:
    """ "I have a small taped crate, a small dented crate." for "Small crates taped/dented.", if nothing else is said."""
    body = sentence.rstrip(" .!\n")
    if "/" not in body or sentence.rstrip().endswith("?"):
        return sentence
    lead = LEAD.match(body)
    groups = [words_of(group, scene) for group in body[lead.end() if lead else 0 :].split(";") if group.strip()]
    if not all(groups):
        return sentence
    sized = all(group and group[0].name == SIZE for group in groups)
    things: list[Look] = []
    for group in groups:
        some = _things(group or [], sized)
        if some is None:
            return sentence
        things += some
    if not all(_is_told(one) for one in things):
        return sentence
    return f" I have {', '.join('a ' + ' '.join(ordered(one.values())) for one in things)}."


def _is_told(look: Look) -> bool:
    return KIND in look and len(look) > 1


@lru_cache
def fitting(scene: Scene) -> frozenset[str]:
    """The words that a group can have, and a sign that is passed over."""
    return words_of_things(scene) | _FILLER | _SEPARATES | {"="}


def words_of(group: str, scene: Scene) -> list[Word] | None:
    """The words of ``group`` and the signs between them; None if it says anything else."""
    if not forms.words_in(group) <= fitting(scene) and "_" not in group:
        return None
    done: list[Word] = []
    at = 0
    for start, end, word, theirs in (*found_in(group, scene), (len(group), len(group), "", False)):
        for sign in _SIGN.findall(group[at:start].lower()):
            if sign not in _FILLER:
                if sign.isalnum() and sign not in _SEPARATES:
                    return None
                done.append(Word("", sign))
        at = max(at, end)
        if theirs:
            return None
        if word:
            done.append(Word(ATTRIBUTE_OF[word], word, group[start:end].lower() in plurals_of(scene)))
    return done


def _things(group: Sequence[Word], sized: bool) -> list[Look] | None:
    """What stands in a group between two semicolons; a later head in it has the size that it began with, if all groups begin so."""
    size = {SIZE: group[0].word} if sized else {}
    head: Look = {}
    things: list[Look] = []
    item: list[Word] = []
    for one in (*group, Word("", ",")):
        if one.name or one.word == "/":
            item.append(one)
            continue
        if one.word in ("(", ")"):
            return None
        parts = _parts(item)
        if parts is None or (one.word == ":" and (len(parts) != 1 or not parts[0])):
            return None
        item = []
        if one.word == ":":
            head = {**size, **{word.name: word.word for word in parts[0]}}
            continue
        if parts == [[]]:
            continue
        if (stop := _heads(parts[0])) >= 0:
            head = {**size, **{word.name: word.word for word in parts[0][: stop + 1]}}
            parts[0] = parts[0][stop + 1 :]
        elif any(word.name == KIND for part in parts for word in part):
            head = {}
        if (some := _side_by_side(parts, head)) is None:
            return None
        things += some
    return things


def _parts(item: Sequence[Word]) -> list[list[Word]] | None:
    """What stands between the slashes of ``item``; None if a part tells the same of its thing twice."""
    parts: list[list[Word]] = [[]]
    for one in item:
        if one.word == "/":
            parts.append([])
        elif any(one.name == before.name for before in parts[-1]):
            return None
        else:
            parts[-1].append(one)
    return None if len(parts) > 1 and not all(parts) else parts


def _heads(part: Sequence[Word]) -> int:
    """Where the kind stands that is over what comes behind it: "small purple crates taped"."""
    return next((at for at, one in enumerate(part[:-1]) if one.name == KIND and one.plural), -1)


def _side_by_side(parts: Sequence[Sequence[Word]], head: Look) -> list[Look] | None:
    """The things that ``parts`` are, each with what it leaves out: of the ``head``, of the one before, or of the last."""
    looks = [{one.name: one.word for one in part} for part in parts]
    if len(looks) == 1:
        alone = any(one.plural for one in parts[0])
        return None if alone or (not head and KIND not in looks[0]) else [{**head, **looks[0]}]
    places = [PLACE in look for look in looks]
    if any(places) and not all(places):
        return None
    done: list[Look] = []
    for look in looks:
        order = [NEUTRAL.index(name) for name in look if name != PLACE]
        if not order:
            return None
        before = {name: word for name, word in (done[-1] if done else {}).items() if name in NEUTRAL[: min(order)]}
        behind = {name: word for name, word in looks[-1].items() if name in NEUTRAL[max(order) + 1 :]}
        done.append({**behind, **before, **head, **look})
    return done if all({COLOUR, MARK, KIND} <= look.keys() for look in done) else None


_ONES = re.compile(r"(?i)\b(?P<mine>my (?P<look>[\w-]+) ones) (?=(?P<next>[\w-]+) )")
_CLAUSE = re.compile(r"(?i)\bmy (?:[\w-]+ ){0,3}(?:[\w-]+) (?:is|are) [^,.;:!?]+")
_NEXT = re.compile(r"(?i)\s*[,;]\s*(?:and )?(?P<what>[\w' -]+?)(?=\s*(?:[,.;!]|$))")


def _predicated(text: str, scene: Scene) -> str:
    """ "My red mug is small. My blue jug is large" for "my red mug is small, blue jug large"."""
    first = _CLAUSE.search(text)
    if not first:
        return text
    done, at = text[: first.end()], first.end()
    while (gapped := _NEXT.match(text, at)) and (verb := _verb(gapped["what"], scene)):
        done += f". My {verb}"
        at = gapped.end()
    return done + text[at:]


def _verb(clause: str, scene: Scene) -> str | None:
    """ "blue jug is large" for "blue jug large", if that is all that ``clause`` says."""
    words = words_of(clause, scene)
    if not words or any(not one.name and one.word != "and" for one in words):
        return None
    kinds = [at for at, one in enumerate(words) if one.name == KIND]
    if len(kinds) != 1 or not 0 < kinds[0] < len(words) - 1 or re.match(r"(?i)\s*(?:my|an?|one|the)\b", clause):
        return None
    kind = words[kinds[0]]
    end = next(end for _, end, word, _ in found_in(clause, scene) if word == kind.word)
    return f"{clause[:end].strip()} {'are' if kind.plural else 'is'} {clause[end:].strip()}"
