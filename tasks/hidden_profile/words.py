"""What words stand for in a scene of `hidden_profile`, clause by clause: options, topics, values, known details."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from benchmark.reading import mentions
from tasks.hidden_profile.scenes import BAD, GOOD, Scene

OPPOSITE = {GOOD: BAD, BAD: GOOD}
OPTION, TOPIC, VALUE, _DETAIL, _VERDICT, _NOT, _SAME = "option", "topic", "value", "detail", "verdict", "not", "same"

Outcome = tuple[str, str]
"""(criterion, value)"""

_VERDICTS = {
    GOOD: """good goods well fine great excellent strong strongly positive positives plus pass passes passed passing ok okay reliable
    ample solid adequate decent satisfactory favourable favorable pro pros advantage strength strengths impressive superb perfect suitable
    nice success succeeded""",
    BAD: """bad bads badly poor poorly weak weakly negative negatives minus fail fails failed failing failure terrible awful problem
    problems problematic lacking lacks inadequate unsatisfactory unreliable unfavourable unfavorable con cons drawback drawbacks weakness
    weaknesses disappointing flaw flaws flawed trouble issue issues insufficient unsuitable""",
}
_NEGATIONS = """no not never nor neither without hardly isn't aren't wasn't weren't doesn't don't didn't hasn't haven't can't cannot won't
    isnt arent wasnt werent doesnt dont didnt hasnt havent""".split()
_ALIKE = ("same", "too", "also", "likewise", "as well", "ditto", "so does", "so is", "so did")

BREAK = re.compile(r"\s*(?:[,/&)]|\band\b|\b(but|while|whereas|though|although|however|yet)\b)\s*", re.IGNORECASE)
"""What parts clauses; the group catches a contrast."""
IDLE = re.compile(
    r"\b(?:good|great|fair|excellent|fine) (?:points?|ideas?|questions?|news|catch|to know|work|job|call|summary|luck)\b|\bsounds good\b"
    r"|\bno problem\b(?! with)|^\W*(?:okay|ok|well|good|great|fine|right|thanks)\s*[,!]\s*(?=\w)",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"(?:\b(?:not|cannot)|n't) (?:\w+ )?(?:know|confirm|say|tell|see)\b|\b(?:not sure|unsure|unclear|unknown|no idea|wonder|assume"
    r"|guess|hope|(?:no|any) (?:\w+ ){0,3}(?:information|info|notes?|data|findings?|results?)|nothing (?:on|about))\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r",(?= (?:and |but )?(?:what|who|which|how|do|does|did|any|anyone|anybody|can|could|is|are|has|have)\b[^.!?\n;,]*\?)",
    re.IGNORECASE,
)
"""A question hung on a statement: "Parking is good, what do you have?"."""


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What each word or phrase stands for in one scene with its options."""

    scene: Scene
    options: tuple[str, ...]
    meanings: dict[str, tuple[str, ...]]
    details: tuple[tuple[str, str, str], ...]

    @cached_property
    def terms(self) -> tuple[str, ...]:
        return tuple(self.meanings)

    @cached_property
    def marks(self) -> re.Pattern[str]:
        longest_first = sorted((detail for detail, *_ in self.details), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {detail.lower(): number for number, (detail, *_) in enumerate(self.details)}

    @cached_property
    def content(self) -> tuple[frozenset[str], ...]:
        return tuple(_content(detail) for detail, *_ in self.details)


@lru_cache(maxsize=512)
def lexicon(scene: Scene, options: tuple[str, ...]) -> Lexicon:
    meanings: dict[str, tuple[str, ...]] = {}
    meanings |= dict.fromkeys(_NEGATIONS, (_NOT,)) | dict.fromkeys(_ALIKE, (_SAME,))
    for value, words in _VERDICTS.items():
        meanings |= dict.fromkeys(words.split(), (VALUE, value))
    details = []
    for criterion in scene.criteria:
        meanings |= dict.fromkeys(criterion.names, (TOPIC, criterion.label))
        for value, words_of in criterion.verdicts.items():
            meanings |= dict.fromkeys(words_of, (_VERDICT, criterion.label, value))
        details += [(text, criterion.label, value) for value, texts in criterion.details.items() for text in texts]
    meanings |= {_mark(number): (_DETAIL, label, value) for number, (_, label, value) in enumerate(details)}
    for option in options:
        meanings |= {option: (OPTION, option), option.split()[0]: (OPTION, option)}
    return Lexicon(scene, options, {word.casefold(): meaning for word, meaning in meanings.items()}, tuple(details))


def _mark(number: int) -> str:
    return f"§{number}§"


def _content(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return frozenset(word.rstrip("s") for word in words if len(word) > 3 or word.isdigit())


@dataclass(frozen=True, slots=True)
class Clause:
    """What one stretch between commas or conjunctions names: ``denies`` as in "heating is not", ``brief`` as in "the Mill too"."""

    options: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    details: tuple[Outcome, ...]
    alike: bool
    negated: bool
    denies: bool
    brief: bool
    option_last: bool


@lru_cache(maxsize=4096)
def read_clause(text: str, words: Lexicon) -> Clause:
    options, items, details, alike, negated, last, end = [], [], [], False, False, "", 0
    for _, after, term in mentions(text, words.terms):
        end = after
        kind, *rest = words.meanings[term]
        if kind == OPTION:
            options.append(rest[0])
        elif kind == TOPIC:
            items.append((TOPIC, rest[0]))
        elif kind in (VALUE, _VERDICT):
            value = OPPOSITE[rest[-1]] if negated else rest[-1]
            negated = False
            if kind == VALUE:
                items.append((VALUE, value))
            else:
                details.append((rest[0], value))
        elif kind == _DETAIL:
            details.append((rest[0], rest[1]))
        alike = alike or kind == _SAME
        negated = negated or kind == _NOT
        last = kind if kind != _SAME else last
    if not details:
        details = _paraphrased(text, negated, words)
    brief = len(text.split()) <= 5
    denies = brief and last == _NOT and not text[end:].strip(" .!;")
    return Clause(tuple(dict.fromkeys(options)), tuple(items), tuple(details), alike, negated, denies, brief, last == OPTION)


def _paraphrased(text: str, negated: bool, words: Lexicon) -> list[Outcome]:
    """What follows from details of which three quarters of the telling words (and three at least) stand in ``text``."""
    given = _content(text)
    found = []
    for content, (detail, label, value) in zip(words.content, words.details, strict=True):
        if len(content) >= 3 and 4 * len(content & given) >= 3 * len(content):
            is_same = negated == any(word in _NEGATIONS for word in detail.split())
            found.append((label, value if is_same else OPPOSITE[value]))
    return found


def prepare(text: str, words: Lexicon) -> str:
    """Known details become marks, so that their own words are not read twice; signs become words."""
    text = text.replace("’", "'").replace("§", " ")
    text = words.marks.sub(lambda match: _mark(words.numbers[match.group().lower()]), text)
    text = _ADDED.sub(";", text)
    text = re.sub(r"(?<![\w-])-(?=[a-z])|(?<=[\w :])[-–−](?=\s*(?:[,.;)]|$))|[✗✘❌]", " bad ", text)
    return re.sub(r"[+✓✔✅]", " good ", text)
