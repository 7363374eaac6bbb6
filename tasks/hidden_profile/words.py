"""What words stand for in a scene of `hidden_profile`, clause by clause: options, topics, values, known details."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from benchmark.phrases import AnyCase
from benchmark.reading import Terms
from tasks.hidden_profile.scenes import BAD, GOOD, Scene

OPPOSITE = {GOOD: BAD, BAD: GOOD}
OPTION, TOPIC, VALUE, _DETAIL, _VERDICT, _NOT, _SAME, _NOR_IS = "option", "topic", "value", "detail", "verdict", "not", "same", "nor is"

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
_SCALE, _BETTER_LOW = "scale", ("price", "mileage")
_SMALL_NUMBERS = ("one", "two", "six", "ten")
_NO_TYPO = 7
"""A word shorter than this may well be another word with one letter more or less."""
_NEGATIONS = """no not never nor neither without hardly isn't aren't wasn't weren't doesn't don't didn't hasn't haven't can't cannot won't
    isnt arent wasnt werent doesnt dont didnt hasnt havent""".split()
_ALIKE = ("same", "too", "also", "likewise", "as well", "ditto", "so does", "so is", "so did")
_NOR = ("neither is", "neither does", "neither did", "neither are", "nor is", "nor does", "nor are", "either")
BREAK = AnyCase(
    r"\s*(?:[,/&)]|\band\b|\b(but (?:for|not)|except(?:ing)?(?: for)?|apart from|other than|aside from|save for)\b"
    r"|\b(but|while|whereas|though|although|however|yet)\b)\s*"
)
"""What parts clauses; the groups catch an exception and a contrast."""
IDLE = AnyCase(
    r"\b(?:good|great|fair|excellent|fine) (?:points?|ideas?|questions?|news|catch|to know|work|job|call|summary|luck)\b|\bsounds good\b"
    r"|\bin short\b|\bno problem\b(?! with)|\bgut feeling\b|^\W*(?:okay|ok|well|good|great|fine|right|thanks)\s*[,!]\s*(?=\w)"
)
UNSURE = AnyCase(
    r"(?:\b(?:not|cannot)|n't) (?:\w+ )?(?:know|confirm|say|tell|see)\b|\b(?:not sure|unsure|unclear|unknown|no idea|wonder|assume"
    r"|guess|hope|(?:no|any) (?:\w+ ){0,3}(?:information|info|notes?|data|findings?|results?)|nothing (?:on|about))\b"
)
_REFERS = AnyCase(r"\bboth\b|\b(?:fail|pass)(?:e[sd])? (?:it|that|this)\b")
_WHOLE = AnyCase(r"\b(?:both|all)\b")
_THERE = AnyCase(r"^\W*and\b|\b(?:as well|too|also)\b|\bthere\b(?! (?:is|are|was|were)\b)")
_HAS = re.compile(r"(?:\bhas\b|\b(?:can't|cannot) do\b)(?!.*\b(?:I|we|you|notes?|anyone)\b)", re.IGNORECASE)
"""With a negation: "neither has stamina"."""
_JUST_NO = re.compile(r"\bno\W*$", re.IGNORECASE)
_SAME_AS = AnyCase(r"\bsame (?:as|for|with|goes for)\b|\bso (?:is|are|was|were|does|do|did)\b")
_CLAIMS = re.compile(
    r"^(?!.*\w it is\W*$).*(?<!n't)(?<!not) (?:did|does|do|is|are|was|were|has)(?: too| also)?\W*$", re.IGNORECASE | re.DOTALL
)
_CLOSES = re.compile(r"\s+(?:is|are|was|were|looks?|seems?) (?!in my\b)[a-z]{3,}", re.IGNORECASE)
_NOT_THIS = re.compile(r"\W*(?:and |but )?not\b(?! (?:yet|all|every|only))", re.IGNORECASE)


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
    def _check(self) -> AnyCase:
        return AnyCase("|".join(map(re.escape, self.checks)))

    def with_marks(self, text: str) -> str:
        """``text`` with a mark for each known detail."""
        low = text.lower()
        for detail in self.numbers:
            if detail in low or not text.isascii():
                return self._marks.sub(lambda match: _mark(self.numbers[match.group().lower()]), text)
        return text

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
        return tuple(_content(detail) for detail, *_ in self.details)

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
    meanings |= dict.fromkeys(("high", "higher"), (_SCALE, GOOD)) | dict.fromkeys(("low", "lower"), (_SCALE, BAD))
    meanings |= dict.fromkeys(_NEGATIONS, (_NOT,)) | dict.fromkeys(_ALIKE, (_SAME,)) | dict.fromkeys(_NOR, (_NOR_IS,))
    for value, words in _VERDICTS.items():
        meanings |= dict.fromkeys((*words.split(), *map(_adverb, words.split()), *_PHRASES[value]), (VALUE, value))
    details = []
    for criterion in scene.criteria:
        names = (*criterion.names, *(name.replace(" ", "-") for name in criterion.names))
        meanings |= dict.fromkeys(names, (TOPIC, criterion.label))
        for value, words_of in criterion.verdicts.items():
            meanings |= dict.fromkeys(words_of, (_VERDICT, criterion.label, value))
        for more in _MORE.get(criterion.label, "").split("; "):
            verdict = {"+": GOOD, "-": BAD}.get(more[:1])
            new = {more[1:]: (_VERDICT, criterion.label, verdict)} if verdict else dict.fromkeys(more.split(), (TOPIC, criterion.label))
            meanings = new | meanings
        details += [(text, criterion.label, value) for value, texts in criterion.details.items() for text in texts]
    meanings |= {_mark(number): (_DETAIL, label, value) for number, (_, label, value) in enumerate(details)}
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


def _content(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return frozenset(_stem(word) for word in words if (len(word) > 3 or word.isdigit() or word in _SMALL_NUMBERS) and word not in _LIGHT)


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """``word`` without a common ending: "shouted" and "shouts" are one."""
    for ending in ("ness", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            return word.removesuffix(ending).rstrip("e")
    return word.rstrip("es") if len(word) > 3 else word


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
    refers: bool
    """Takes up what was just spoken of: "both failed it"."""
    not_this: bool
    """Sets what it names against what was said before: "good at baking, not at budgeting"."""
    there: bool
    """Means the option that was spoken of last."""
    same: bool
    """Says of a check what was said of another: "same for baking"."""
    claims: bool
    """Ends with the verb alone: "the Mill's did"."""
    closed: bool
    """Says something in other words, so that no later value is meant."""
    flipped: bool
    """Its value was denied."""
    whole: bool
    """Says it of all that were named: "both bad", "all good"."""


@lru_cache(maxsize=4096)
def read_clause(text: str, words: Lexicon) -> Clause:
    options, items, details, alike, negated, last, end, flipped = [], [], [], False, False, "", 0, False
    for before, after, (kind, *rest) in mentioned(text, words):
        negated = negated and ":" not in text[end:before]
        end = after
        if kind == OPTION:
            options.append(rest[0])
        elif kind == TOPIC:
            items.append((TOPIC, rest[0]))
        elif kind in (VALUE, _VERDICT):
            value = OPPOSITE[rest[-1]] if negated else rest[-1]
            flipped, negated = flipped or negated, False
            if kind == VALUE:
                items.append((VALUE, value))
            else:
                details.append((rest[0], value))
        elif kind == _SCALE:
            items.append((_SCALE, rest[0] if not negated else BAD if rest[0] == GOOD else GOOD))
        elif kind == _DETAIL:
            details.append((rest[0], rest[1]))
        alike = alike or kind in (_SAME, _NOR_IS)
        negated = negated or kind in (_NOT, _NOR_IS)
        last = kind if kind not in (_SAME, _NOR_IS) else last
    if not details:
        details = _paraphrased(text, negated, words, bool(options))
    brief = len(text.split()) <= 5
    denies = brief and last == _NOT and (bool(options or items) or not _JUST_NO.search(text)) and not text[end:].strip(" .!;")
    refers, there = _REFERS.search(text) is not None, _THERE.search(text) is not None
    if negated and not any(kind == VALUE for kind, _ in items) and options and _HAS.search(text):
        items.append((VALUE, BAD))
    names, not_this = tuple(dict.fromkeys(options)), brief and _NOT_THIS.match(text) is not None
    same, claims = _SAME_AS.search(text) is not None, brief and not items[1:] and _CLAIMS.search(text) is not None
    closed = last == TOPIC and _CLOSES.match(text, end) is not None
    item, form = tuple(_scaled(items) if items else ()), (alike, negated, denies, brief, last == OPTION, refers, not_this, there, same)
    return Clause(names, item, tuple(details), *form, claims, closed, flipped, _WHOLE.search(text) is not None)


def _scaled(items: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is high or low is good or bad by what it is of: high mileage, low stamina."""
    topics = [name for kind, name in items if kind == TOPIC]
    found = []
    for kind, name in items:
        if kind == _SCALE and topics:
            found.append((VALUE, OPPOSITE[name] if topics[-1] in _BETTER_LOW else name))
        elif kind != _SCALE:
            found.append((kind, name))
    return found


def _paraphrased(text: str, negated: bool, words: Lexicon, is_about: bool) -> list[Outcome]:
    """What follows from the details of which enough telling words stand in ``text``; of one check the nearest, unless two are as near.

    Enough are three quarters and three at least, or with an option named (``is_about``) two thirds, no other detail having those words.
    """
    given = _content(text)
    telling = given & words.scene.telling.keys()
    if len(telling) < 2:  # fewer are not enough
        return []
    best: dict[str, tuple[float, set[str]]] = {}
    contents, details = words.scene.content, words.scene.details
    for number in sorted({number for word in telling for number in words.scene.telling[word]}):
        content, (detail, label, value) = contents[number], details[number]
        shared = content & given
        is_near = len(content) >= 3 and 4 * len(shared) >= 3 * len(content)
        is_own = is_about and len(shared) >= 2 and 3 * len(shared) >= 2 * len(content) and sum(shared <= c for c in contents) == 1
        is_same = (is_near or is_own) and negated == any(word in _NEGATIONS for word in detail.split())
        if is_near or (is_own and is_same):
            share, values = best.get(label, (0.0, set()))
            nearness = len(shared) / len(content)
            if nearness >= share:
                best[label] = (nearness, {*(values if nearness == share else ()), value if is_same else OPPOSITE[value]})
    return [(label, value) for label, (_, (value, *more)) in best.items() if not more]
