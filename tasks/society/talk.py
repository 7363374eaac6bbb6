"""What a turn at a table says: what a find is called, and in which chest it belongs. Read with the finds' numbers only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from benchmark.bonds.societies import CHEST
from benchmark.reading import sentences
from benchmark.vocabulary import Claim, Turn
from tasks.society.scenes import CHESTS

NAME = "name"

_LETTERS = r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,2}"
LONGEST = 30
"""Characters of a name."""

_CHEST = re.compile(r"\b(?:chest|box|c)\W{0,2}(?:no\.?|number|nr\.?)?\s*(\d+)\b", re.IGNORECASE)
_QUOTED = re.compile(rf"[\"“”«»‘`*']({_LETTERS})[\"“”«»’`*']")
_SAID = re.compile(
    r"(?:\b(?:is|as|be|name|named|call(?:ed|ing)?(?: it| that| this)?|say)\b|[=:→]|->)\s*"
    rf"(?:a |an |the )?(?:called |named |name )?({_LETTERS})",
    re.IGNORECASE,
)
_BARE = re.compile(rf"^\W*(?:a |an |the )?({_LETTERS})\W*$")
_ENDS = re.compile(r"[,;]|\b(?:and|but|in|into|goes|belongs|is in|for|from)\b", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\b(?:i|you|we|it|they|that|this|not|no|unknown|unsure|sure|same|mine|yours|chest|find|in|to|what|ok|okay|yes|goes|belongs|agreed)\b",
    re.IGNORECASE,
)


def normal(name: object) -> str | None:
    """A name as it is compared: lower case, single spaces, at most three words of letters; None if it is no such name."""
    if not isinstance(name, str) or len(name) > 2 * LONGEST:
        return None
    folded = " ".join(name.casefold().replace("’", "'").split())
    return folded if len(folded) <= LONGEST and re.fullmatch(_LETTERS, folded) and folded.isascii() else None


@lru_cache(maxsize=4096)
def read(turns: tuple[Turn, ...], finds: tuple[str, ...]) -> tuple[Claim, ...]:
    """What was said of each find; of questions, reports and denials nothing."""
    number = re.compile(
        rf"(?<![\w.])(?<!chest )(?<!box )(?:finds?|number|no\.?|nr\.?|#)?\s*#?({'|'.join(map(re.escape, finds))})(?![\w])", re.IGNORECASE
    )
    found: list[Claim] = []
    for place, turn in enumerate(turns):
        said: list[Claim] = []
        for sentence in sentences(turn.text):
            if not (sentence.question or sentence.hearsay or sentence.negated):
                said += _sentence(sentence.text, number)
        found += [Claim(one.kind, one.slot, one.value, turn.seat, place) for one in dict.fromkeys(said)]
    return tuple(found)


def _sentence(text: str, number: re.Pattern[str]) -> list[Claim]:
    """Each find is what stands between its number and the next; what is quoted just before it counts too ("torve" for 17)."""
    found: list[Claim] = []
    matches = list(number.finditer(text))
    for place, match in enumerate(matches):
        end = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        about = text[match.end() : end]
        name = _named(about)
        if name is None and len(matches) == 1 and (before := _QUOTED.search(text[: match.start()])):
            name = normal(before[1])
        if name is not None:
            found.append(Claim("affirm", (NAME, match[1]), name))
        if (chest := _CHEST.search(about)) and 1 <= int(chest[1][:3]) <= CHESTS:
            found.append(Claim("affirm", (CHEST, match[1]), int(chest[1])))
    return found


def _named(about: str) -> str | None:
    if quoted := _QUOTED.search(about):
        return normal(quoted[1])
    head = _ENDS.split(about.strip().lstrip(",;"), maxsplit=1)[0]
    match = _SAID.search(head) or _BARE.match(head)
    return normal(match[1]) if match and not _NO_NAME.search(match[1]) else None


def word(claims: Iterable[Claim]) -> str:
    """``claims`` in words that ``read`` reads back, one sentence for the names and one for the chests; a proposed card is its names."""
    names, chests = [], []
    for claim in claims:
        if claim.kind == "propose":
            names += [(key, dict(entry)["name"]) for key, entry in claim.value or ()]
        elif claim.slot[0] == NAME:
            names.append((claim.slot[1], claim.value))
        else:
            chests.append(f"{claim.slot[1]} in chest {claim.value}")
    named = [f'{key} "{name}"' for key, name in names]
    return " ".join(f"{verb} {', '.join(part)}." for verb, part in (("I call", named), ("Put", chests)) if part)
