"""Sizes that rows put short: "M/L patched ferries", "sloops S striped, L plain", "gowns: large, medium, small green striped"."""

from __future__ import annotations

import re

from tasks.reference.scenes import ATTRIBUTE_OF, COLOUR, KIND, MARK, Scene
from tasks.reference.words import found_in, is_plural

_WORDS = {"S": "small", "M": "medium", "L": "large"}
_KEY = re.compile(
    r"(?i)[(,;]? ?\bS ?[/,] ?M ?[/,] ?L\s*(?:=|:|is|are|for|means?)\s*(?:the )?(?:sizes?|small[/, ]+medium[/, ]+(?:and )?large)\b\)?"
)
"""What letters mean: "S/M/L=size"."""
_FIRST = re.compile(r"(?:(?<=^)|(?<=[:,;.] )|(?<=\n))([SML]) (?=([a-z]+)\b)")
_INNER = re.compile(r"(?:(?<=[a-z]s )|(?<=\band )|(?<=[&+(] )|(?<=\()|(?<=\bhave )|(?<='ve )|(?<=\b(?:see|got) ))([SMLRC]) (?=([a-z]+)\b)")
""" "Sloops S striped", "and L plain": a letter behind the kind in the plural, or between two things."""
_NEXT = r"(?![\w/&+'-])(?P<next>,? (?P<word>[a-z]+)\b)?"
_ROW = re.compile(rf"(?<![\w/&+'-])(?P<row>[SML](?:(?: ?[/&+] ?| and )[SML]){{1,2}}){_NEXT}")
_COMMAS = re.compile(rf"(?<![\w/&+'-])(?P<row>[SML](?:, ?(?:and )?[SML]){{1,2}}){_NEXT}")
""" "S/M" in front of a look, or behind a kind."""
_BRACKET = re.compile(r"\(([SMLRC](?:[,/&+ ]{1,3}[SMLRC])*)\)")
_CAPITAL = re.compile(r"[SML]\b(?<!\w.)")
_LETTER = re.compile(r"[SML]")
_SIDE = re.compile(r"(?<![\w'])[RC](?![\w':])")
"""A letter for a side, but for the head of a row: "R: S blue jug"."""
_SIZE = r"(?:small|medium|large)"
_AND = r"(?:,? and|,|/| &| \+)"
_SHARED = re.compile(rf"(?i)(?<![\w-])(?P<alone>{_SIZE}(?:{_AND} ?{_SIZE})*){_AND} ?(?P<last>{_SIZE} )(?P<rest>[a-z]+[a-z ]*)")
""" "Large, medium, small green striped": one look of all of them."""
_ALONE = re.compile(rf"(?i){_SIZE}")
_EVERY = re.compile(r"(?i)(?P<what>[a-z][a-z ]*?)(?:,| in|, in| \()? (?:all|the|every)(?: three)? sizes?\)?(?=\s*(?:[.,;?!]|$))")
""" "Red plain mugs in all sizes"."""
_ROW_OF_SIZES = rf"(?:,| in|, in| \() ?(?P<sizes>{_SIZE}(?:{_AND} ?{_SIZE})+)\)?(?=\s*(?:[.;?!]|$))"
_SIZES = re.compile(_ROW_OF_SIZES)
_BEHIND = re.compile(rf"(?i)(?P<what>[a-z][a-z ]*?(?:s|nebulae)){_ROW_OF_SIZES}")
""" "Green striped sloops in small, medium and large"."""


def sizes_in_full(text: str, scene: Scene) -> str:
    """``text`` with words for the letters that are sizes, and each of several sizes with the look that they share."""
    text = _spelt(text, scene)
    if " size" in text:
        text = _EVERY.sub(lambda every: _in_every(every, scene), text)
    low = text.lower()
    if sum(map(low.count, _WORDS.values())) < 2:
        return text
    text = _BEHIND.sub(lambda behind: _listed(behind, scene), text) if _SIZES.search(low) else text
    return _SHARED.sub(lambda shared: _each(shared, scene), text)


def _spelt(text: str, scene: Scene) -> str:
    """``text`` with words for letters that open the things of a row; an S among them, or a key, shows that they are sizes."""
    if not _CAPITAL.search(text):
        return text
    key = _KEY.search(text)
    text = _bracketed(_KEY.sub("", text))
    opened = [match for match in _FIRST.finditer(text) if found_in(match[2], scene)]
    inner = [match for match in _INNER.finditer(text) if _is_look(match[2], scene)]
    rows = [match for row in (_ROW, _COMMAS) for match in row.finditer(text) if _is_row(match, text, scene)]
    small = sum(match[1] == "S" for match in (*opened, *inner)) + sum("S" in row["row"] for row in rows)
    if not key and not (small and len(opened) + len(inner) + 2 * len(rows) > 1):
        return text
    sided = any(match[1] in "RC" for match in inner) or (not key and _SIDE.search(text))
    at = {match.start(1) for match in opened} | {match.start(1) for match in inner if not sided}
    at |= {row.start() + letter.start() for row in rows if not sided or "S" in row["row"] for letter in _LETTER.finditer(row["row"])}
    return "".join(_WORDS[letter] if place in at else letter for place, letter in enumerate(text))


def _bracketed(text: str) -> str:
    """ "Grey crates taped (S, L), dented (M)" in words; "mug (S, L), jug (M, L)" may tell a size and a side of each."""
    inside = [match[1] for match in _BRACKET.finditer(text)]
    several = len({len(_LETTER.findall(one)) for one in inside}) > 1 or all(len(one) == 1 for one in inside)
    if not several or not any("S" in one for one in inside) or _SIDE.search(text):
        return text
    return _BRACKET.sub(lambda match: _LETTER.sub(lambda letter: _WORDS[letter.group()], match.group()), text)


def _is_look(word: str, scene: Scene) -> bool:
    return any(ATTRIBUTE_OF[found] in (COLOUR, MARK, KIND) for _, _, found, _ in found_in(word, scene))


def _is_row(row: re.Match[str], text: str, scene: Scene) -> bool:
    """Whether the letters stand before a look, or stand behind a kind in the plural: "red mug S, L" may be of one thing."""
    letters = _LETTER.findall(row["row"])
    opens = text[: row.start()].rstrip()[-1:] in ("", ":", "(")
    if len({*letters}) != len(letters) or ("," in row["row"] and not opens and (row["word"] or _SIDE.search(text))):
        return False  # "stars M, S comets": a side and a size
    if row["word"] and not row["next"].startswith(","):
        return _is_look(row["word"], scene)
    before = re.split(r"[.;,(]", text[: row.start()])[-1].rstrip(" :")
    return "S" in letters and is_plural(before.rpartition(" ")[2], scene)


def _in_every(every: re.Match[str], scene: Scene) -> str:
    """ "Small, medium, large red plain mugs", if the rest is a colour and a mark, with a kind or without."""
    found = found_in(every["what"], scene)
    if sorted(ATTRIBUTE_OF[word] for _, _, word, _ in found) not in (sorted((COLOUR, MARK)), sorted((COLOUR, MARK, KIND))):
        return every.group()
    start = found[0][0]
    look = every["what"][start:]
    each = ", ".join(f"{size} {look}" if len(found) > 2 else f"{look} {size}" for size in _WORDS.values())
    return f"{every['what'][:start]}{each}"


def _listed(behind: re.Match[str], scene: Scene) -> str:
    """ "Green striped sloops: small, large", if that is a colour, a mark and a kind and no more."""
    found = found_in(behind["what"], scene)
    names = [ATTRIBUTE_OF[word] for _, _, word, _ in found]
    if sorted(names) != sorted((COLOUR, MARK, KIND)) or not is_plural(behind["what"], scene):
        return behind.group()
    return f"{behind['what']}: {behind['sizes']}"


def _each(shared: re.Match[str], scene: Scene) -> str:
    """Each size with its look, if that has a colour and a mark, and no other size."""
    rest = shared["rest"].rstrip()
    found = found_in(rest, scene)
    sizes = [size.lower() for size in _ALONE.findall(f"{shared['alone']} {shared['last']}")]
    names = [ATTRIBUTE_OF[word] for _, _, word, _ in found]
    ends = found[-1][1] if names[:2] in ([COLOUR, MARK], [MARK, COLOUR]) and names[2:] in ([], [KIND]) else 0
    if not ends or rest[ends:].strip() or found[0][0] or len({*sizes}) != len(sizes):
        return shared.group()
    return ", ".join(f"{size} {rest}" for size in sizes) + shared["rest"][len(rest) :]
