"""What words stand for in a scene of `hidden_profile`: options, topics, values, known details."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from benchmark.phrases import AnyCase
from benchmark.reading import Terms
from tasks.hidden_profile.scenes import BAD, GOOD, Scene

OPPOSITE = {GOOD: BAD, BAD: GOOD}
OPTION, TOPIC, VALUE, DETAIL, VERDICT = "option", "topic", "value", "detail", "verdict"
NOT, SAME, NOR_IS, SCALE = "not", "same", "nor is", "scale"

Outcome = tuple[str, str]
"""(criterion, value)"""

_VERDICTS = {
    GOOD: """good goods well fine great excellent strong strongly positive positives plus pass passes passed passing ok okay reliable
    ample solid adequate decent satisfactory favourable favorable pro pros advantage strength strengths impressive superb perfect suitable
    nice success succeeded top-notch stellar superior flawless reliably spot-on outstanding gut bien bueno buena bon bonne
    praised excels excelled shines shone manages managed handles handled covered sorted commendable competent capable promising
    decently nicely admirable admirably exemplary convincing convinces convinced delights delighted impresses impressed
    glowing satisfies satisfied tops proficient skilled sturdy dependable asset assets merit merits
    soundly above-average gains gained works""",
    BAD: """bad bads badly poor poorly weak weakly negative negatives minus fail fails failed failing failure failures terrible awful
    problem problems problematic lacking lacks inadequate unsatisfactory unreliable unfavourable unfavorable con cons drawback
    drawbacks weakness weaknesses disappointing flaw flaws flawed trouble issue issues insufficient unsuitable mess dreadful abysmal
    complaint complaints concerning schlecht mal malo mala mauvais mauvaise unreliably lousy horrible flop flops flopped invalid
    shaky questionable dubious struggles struggled struggling trouble troubles troubled difficulty difficulties disappoints
    disappointed letdown shortcoming shortcomings deficient deficiency deficit subpar sub-par mediocre underwhelming underwhelms
    underperforms underperformed lags lagging suffers suffered worrying worrisome worries unconvincing unimpressive below-average
    inferior defective faulty against short liability hopeless messy rotten unacceptable appalling woeful pathetic loses""",
}
_PHRASES = {
    GOOD: ("spot on", "top notch", "thumbs up", "up to scratch", "no issue"),
    BAD: ("isn't valid", "not valid", "thumbs down", "let down", "lets down"),
}
_MORE = {
    "parking": "park",
    "catering": "caterer",
    "acoustics": "acoustic",
    "seating": "seat",
    "price": "pricewise; +inexpensive; -pricey; -costly; -pricy",
    "hygiene": "hygienic cleanliness; -unhygienic; -dirty",
    "punctuality": "timekeeping; -late; -tardy",
    "baking": "bake bakes baked baker; -can't bake; -cannot bake",
    "budgeting": "budget budgets; -overspends; -overspent",
    "references": "refs ref",
    "teamwork": "teamworking; -uncooperative",
    "delivery": "deliver delivers delivered delivering; -can't deliver; -cannot deliver",
    "packaging": "pack packs packed package packages",
    "labelling": "label labels labelled labeled",
    "invoicing": "invoice invoiced",
    "drainage": "drain drains",
    "steering": "steer steers steered",
    "braking": "brake",
    "heating": "heat",
}
"""What else a check is called, and (+, -) words that say how it came out."""
_LIGHT = frozenset("came were with from that this have into they them their there went does been will your just".split())
_SMALL_NUMBERS = ("one", "two", "six", "ten")
_NO_TYPO = 7
"""A word shorter than this may well be another word with one letter more or less."""
NEGATIONS = """no not never nor neither without hardly isn't aren't wasn't weren't doesn't don't didn't hasn't haven't can't cannot won't
    isnt arent wasnt werent doesnt dont didnt hasnt havent""".split()
_ALIKE = ("same", "too", "also", "likewise", "as well", "ditto", "so does", "so is", "so did")
_NOR = ("neither is", "neither does", "neither did", "neither are", "nor is", "nor does", "nor are", "either")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What words and phrases stand for in a scene, whatever its options are called; ``checks`` are names of checks that are spelt right."""

    meanings: dict[str, tuple[str, ...]]
    details: tuple[tuple[str, str, str], ...]
    checks: tuple[str, ...]

    @cached_property
    def terms(self) -> Terms:
        return Terms(self.meanings)

    @cached_property
    def _marks(self) -> AnyCase:
        longest_first = sorted((detail for detail, *_ in self.details), key=len, reverse=True)
        return AnyCase("|".join(map(re.escape, longest_first)))

    @cached_property
    def _inner_words(self) -> frozenset[str]:
        """Of each detail a word between blanks: where none of them is, no detail is."""
        return frozenset(max(detail.split()[1:-1], key=len) for detail in self.numbers)

    @cached_property
    def _check(self) -> AnyCase:
        return AnyCase("|".join(map(re.escape, self.checks)))

    def with_marks(self, text: str) -> str:
        """``text`` with a mark for each known detail."""
        if text.isascii() and self._inner_words.isdisjoint(text.lower().split()):
            return text
        return self._marks.sub(lambda match: _mark(self.numbers[match.group().lower()]), text)

    def may_name_checks(self, text: str) -> bool:
        """Whether the letters of a check stand in ``text``: a look for them spares patterns of whole rows."""
        return self._check.search(text) is not None

    @cached_property
    def topics(self) -> tuple[str, ...]:
        return tuple(term for term, meant in self.meanings.items() if meant[0] == TOPIC)

    def verdict(self, match: re.Match[str]) -> str:
        """A yes or no as the verdict that it is right behind the name of a check: "baking no, hygiene yes"."""
        before = match.string[: match.start()].casefold()
        starts = [len(before) - len(topic) for topic in self.topics if before.endswith(topic)]
        if any(not re.match(r"\w", before[start - 1 : start]) for start in starts):
            return f": {'good' if match[1].lower() == 'yes' else 'bad'}"
        return match.group()

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {detail.lower(): number for number, (detail, *_) in enumerate(self.details)}

    @cached_property
    def content(self) -> tuple[frozenset[str], ...]:
        return tuple(telling_words(detail) for detail, *_ in self.details)

    @cached_property
    def telling(self) -> dict[str, list[int]]:
        """By word, in which details it stands."""
        found: dict[str, list[int]] = {}
        for number, content in enumerate(self.content):
            for word in content:
                found.setdefault(word, []).append(number)
        return found


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What they stand for where its options have these names."""

    scene: Vocabulary
    options: tuple[str, ...]
    meanings: dict[str, tuple[str, ...]]
    terms: Terms


@lru_cache(maxsize=1024)
def mentioned(text: str, words: Lexicon) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """(start, end, meaning) of all that ``text`` names; clause, sentence and turn are often the same words."""
    return tuple([(start, end, words.meanings[term]) for start, end, term in words.terms.mentions(text)])


def options_in(text: str, words: Lexicon) -> tuple[str, ...]:
    return tuple(dict.fromkeys([meaning[1] for *_, meaning in mentioned(text, words) if meaning[0] == OPTION]))


@lru_cache(maxsize=512)
def lexicon(scene: Scene, options: tuple[str, ...]) -> Lexicon:
    """An option goes by its first word too."""
    common = _vocabulary(scene)
    names: dict[str, tuple[str, ...]] = {name: (OPTION, option) for option in options for name in (option, option.split()[0])}
    own = {slip.casefold(): meaning for slip, meaning in _misspelt(names).items() if slip.casefold() not in common.meanings}
    own |= {name.casefold(): meaning for name, meaning in names.items()}
    return Lexicon(common, options, common.meanings | own, Terms(own, common.terms))


@lru_cache(maxsize=64)
def _vocabulary(scene: Scene) -> Vocabulary:
    meanings: dict[str, tuple[str, ...]] = {}
    meanings |= dict.fromkeys(("high", "higher"), (SCALE, GOOD)) | dict.fromkeys(("low", "lower"), (SCALE, BAD))
    meanings |= dict.fromkeys(NEGATIONS, (NOT,)) | dict.fromkeys(_ALIKE, (SAME,)) | dict.fromkeys(_NOR, (NOR_IS,))
    for value, words in _VERDICTS.items():
        meanings |= dict.fromkeys((*words.split(), *map(_adverb, words.split()), *_PHRASES[value]), (VALUE, value))
    details = []
    for criterion in scene.criteria:
        names = (*criterion.names, *(name.replace(" ", "-") for name in criterion.names))
        meanings |= dict.fromkeys(names, (TOPIC, criterion.label))
        for value, words_of in criterion.verdicts.items():
            meanings |= dict.fromkeys(words_of, (VERDICT, criterion.label, value))
        for more in _MORE.get(criterion.label, "").split("; "):
            verdict = {"+": GOOD, "-": BAD}.get(more[:1])
            new = {more[1:]: (VERDICT, criterion.label, verdict)} if verdict else dict.fromkeys(more.split(), (TOPIC, criterion.label))
            meanings = new | meanings
        details += [(text, criterion.label, value) for value, texts in criterion.details.items() for text in texts]
    meanings |= {_mark(number): (DETAIL, label, value) for number, (_, label, value) in enumerate(details)}
    slips = _misspelt({word: meaning for word, meaning in meanings.items() if meaning[0] == TOPIC})
    checks = tuple(word.casefold() for word, meaning in meanings.items() if meaning[0] == TOPIC)
    return Vocabulary({word.casefold(): meaning for word, meaning in (slips | meanings).items()}, tuple(details), checks)


def _adverb(word: str) -> str:
    """ "superbly", "terribly", "shakily"."""
    return f"{word[:-1]}ily" if word.endswith("y") else f"{word[:-1]}y" if word.endswith("le") else f"{word}ly"


def _misspelt(meanings: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Long words with one letter after the first left out, doubled or swapped with the next, where that could be one word only."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for word, meaning in meanings.items():
        for i in range(1, len(word) if len(word) >= _NO_TYPO and word.isalpha() else 0):
            for slip in (word[:i] + word[i + 1 :], word[:i] + word[i] + word[i:], word[:i] + word[i : i + 2][::-1] + word[i + 2 :]):
                found.setdefault(slip, set()).add(meaning)
    return {slip: next(iter(meant)) for slip, meant in found.items() if len(meant) == 1}


def _mark(number: int) -> str:
    return f"§{number}§"


def telling_words(text: str) -> frozenset[str]:
    return frozenset(filter(None, map(_stem, re.findall(r"[a-z0-9]+", text.lower()))))


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """``word`` without a common ending: "shouted" and "shouts" are one. Small words tell nothing, and have none."""
    if word in _LIGHT or not (len(word) > 3 or word.isdigit() or word in _SMALL_NUMBERS):
        return ""
    for ending in ("ness", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            return word.removesuffix(ending).rstrip("e")
    return word.rstrip("es") if len(word) > 3 else word
