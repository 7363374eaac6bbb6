"""What words stand for in a scene of `route`: landmarks, numbered points, and whether one gets past."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from benchmark.phrases import AnyCase
from benchmark.reading import Terms, number_word
from tasks.route.dismissing import with_stops, words_in
from tasks.route.scenes import CLOSED, OPEN, Scene

NAME, POINT, STATE = "name", "point", "state"

_SHORT = {"gym": "gymnasium", "lab": "laboratory", "theater": "theatre", "stairs": "staircase", "sub": "submarine", "bike": "bicycle"}
"""What people shorten landmarks to."""

_STATES = {
    CLOSED: """closed|blocked|blocks|shut|impassable|unpassable|inaccessible|flooded|washed out|washed away|swept away|cut off
    |collapsed|barred|sealed
    |sealed off|down|dead end|no go|no-go|off limits|off-limits|unusable|blockage|unsafe|buried|submerged|underwater|obstructed
    |obstruction|jammed|taped off
    |roped off|fenced off|barricaded|locked|closure|closures|❌|✗|✘|🚫|⛔|no way past|no way through|no passage|no getting past|no access
    |not ok|no good
    |can't get past|cannot get past|can't pass|cannot pass|can't be passed|cannot be passed|don't get past|can't go through
    |can't get through
    |not get through|not get past|iced|guarded|cerrado|cerrada|fermé|fermée|gesperrt|bloqueado|bloqué|zu|closd|bloked|blokced|clsoed
    |blocekd|impassible
    |out of action|out of bounds|trouble|troubles|hopeless|dead|death trap|ruled out|avoid|cannot cross|can't cross|can't be crossed
    |can't make it|won't get|steer clear|keep clear|stuck
    |rockslide|landslide|avalanche|deluged|swamped|wrecked|shut off|shut down|too deep|too shallow
    |silted up|full of nets|full of tents|full of cables|guarded|too deep to wade
    |too muddy|muddy|rockfall|silted|chained|waxed|bad|out|is out|are out|stuck|kaputt|X|NO""",
    OPEN: """open|opened|reopened|clear|clears|cleared|passable|free|fine|ok|okay|good|safe|usable|dry|accessible|walkable|dredged
    |drained|firm underfoot|deep enough|gravelled|wide enough|unobstructed
    |unblocked|unlocked
    |navigable|can be passed|can pass|can get past|can get through|gets through|get through|lets us through|no problem|no problems
    |no obstruction|no blockage
    |no closure|all right|alright|doable|✓|✅|✔|👍|abierto|abierta|ouvert|ouverte|offen|libre|frei|opne|oepn|claer|pasable|passible
    |viable|works|unguarded|no trouble|no troubles|no worries|nothing blocks|nothing stops|can be crossed
    |can be used|can be taken|can be entered|can cross|gets by|get by|can go|walked|walk past|walk through|crossable|unhindered|smooth
    |in order|intact|YES""",
}
_NOT = re.compile(r"\b(?:not|never|no longer|isnt|arent|cannot|hardly|neither|nor|wasnt)\b(?! only)|n['’]t\b", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:then|now|too|as well)?\s*(?:[.,;!)]|$)")
_SIGNS = re.compile(r"[✓✅✔👍❌✗✘🚫⛔]")
_NOTHING_AT = AnyCase(
    r"\bnothing\b(?! (?:else|new|on|about|at|from|for|there|here|marked|shown|known|is|was))(?: [\w']+){1,4}? (?:at|by|near)\b"
)
_NOBODY_PAST = AnyCase(r"\b(?:nobody|no one|no-one)\b(?! else)(?: \w+){1,3}? (?:past|by|through|across|beyond)\b")
"""What is said to be free of obstacles, whatever these are called: "nothing dangerous by the mill"."""
_KILLS = AnyCase(
    r"\b(?:kills?|blocks?|rules? out|knocks? out|takes? out|stops?|cuts?|spoils?|break)\s+(?:off |out )?(?:everything"
    r"|every(?: single)? (?:route|way)"
    r"|(?:all|both)(?: (?:six|6|of them|the (?:rest|others)))?(?: (?:the )?routes)?|the (?:rest|others)|them(?: all)?)\b"
    r"|(?<=[1-9] )(?:kills?|blocks?|rules? out|knocks? out|takes? out|stops?)\s+(?=[1-9]\W[1-9]\W[1-9]\b)"
)
"""What is closed where it is said of a point: "1 and 6 kill every route"."""
_KILLING = frozenset("kill kills block blocks rule rules knock knocks take takes stop stops cut cuts spoil spoils break".split())
_NOBODY = frozenset(("nobody", "no"))
_NUMBER = re.compile("[1-9]")
_DIGIT = re.compile(r"(?<![\w.:])(?<!\d\d )#?([1-9])(?![\w%]|[.:]\d|,\d{3}(?!\d))")
_COUNTED = re.compile(
    r"\s*(?:more\b|of\b|routes?\b|reports?\b|ways?\b|places?\b|points?\b|paths?\b|options?\b|min\b|minutes?\b"
    r"|closures?\b|landmarks?\b|names?\b|others?\b|things?\b|closed (?:ones|points|places)\b|open (?:ones|points"
    r"|places)\b|times?\b)"
)
_UNITS = r"waymarks?|corners?|gates?|checkpoints?|check points?|buoys?|posts?|points?|numbers?|nos?\.?|nr\.?|wm|cp|at|junctions?|spots?|by"


@dataclass(frozen=True, slots=True)
class Token:
    """One thing a sentence names. ``negated``: a state that is denied is already turned round; for others, a "not" before it."""

    start: int
    end: int
    kind: str
    value: str
    plural: bool = False
    negated: bool = False


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of one scene: term, case-folded, to (kind, value, plural)."""

    scene: Scene
    meanings: dict[str, tuple[str, str, bool]]
    terms: Terms


@lru_cache(maxsize=32)
def lexicon(scene: Scene) -> Lexicon:
    meanings: dict[str, tuple[str, str, bool]] = {}
    exact = {"X": CLOSED, "NO": CLOSED, "YES": OPEN}
    for state, words in _STATES.items():
        for term in re.split(r"\s*\|", words.strip()):
            if term not in exact:
                meanings[term.casefold()] = (STATE, state, False)
        for term in scene.states[state]:
            meanings[term.casefold()] = (STATE, state, False)
    for landmark in scene.landmarks:
        for form in _misspelt(landmark):
            meanings.setdefault(form, (NAME, landmark, False))
        for form in (landmark[:-1] + "ies" if landmark.endswith("y") else landmark + "s", landmark + "es"):
            meanings[form] = (NAME, landmark, True)
    meanings |= {short: (NAME, name, False) for short, name in _SHORT.items() if name in scene.landmarks}
    for landmark in scene.landmarks:
        meanings[landmark] = (NAME, landmark, False)
    return Lexicon(scene, meanings, Terms(meanings))


def _misspelt(name: str) -> list[str]:
    """A long name with one letter after the first left out, doubled or swapped with the next; and in two words."""
    found = []
    for i in range(1, len(name) if len(name) >= 6 else 0):
        found += [name[:i] + name[i + 1 :], name[:i] + name[i] + name[i:], name[:i] + name[i : i + 2][::-1] + name[i + 2 :]]
    for tail in (
        "house",
        "mill",
        "fall",
        "fold",
        "shaft",
        "mark",
        "stand",
        "yard",
        "yards",
        "bank",
        "water",
        "way",
        "room",
        "ship",
        "bed",
        "horn",
    ):
        if name.endswith(tail) and len(name) > len(tail) + 2:
            found += [f"{name.removesuffix(tail)} {tail}", f"{name.removesuffix(tail)}-{tail}"]
    return found


_NUMBER_WORDS = {number_word(n): str(n) for n in range(1, 10)}
_SPELT = AnyCase(rf"\b(?:{_UNITS})\s+({'|'.join(_NUMBER_WORDS)})\b")
_SUBJECT = AnyCase(
    r"\b(two|three|four|five|six|seven|eight|nine)(?= (?:is|isn't|was) (?:also |now |not |still |too )?(?:open|closed"
    r"|clear|blocked|passable|impassable|shut|fine|ok|free|out)\b)"
)
_ADDED = re.compile(
    r"[,:–—-]\s*(?=(?:and |but |so )?(?:where|what|which|how|do you|does|did you|is your|are your|can you|could you"
    r"|have you|any|is (?:it|that|yours)|are (?:they|those|these)|on yours|your (?:numbers?|points?|places?))\b[^.!?\n;]*\?)"
    r"|(?::|,\s*(?=(?:maybe |perhaps )?(?:at|on|yours?|is it) ))\s*(?=(?:(?:maybe|perhaps|at|on|my|yours?|number|is|is it"
    r"|that's) )*[1-9](?:\s*(?:,|/|or)\s*[1-9])*"
    r"(?: (?:here|there|on yours|on your \w+|for you))?\s*\?)",
    re.IGNORECASE,
)
"""A question hung on a statement: "The mill is closed, where is it?", "The mill is closed: 6?"."""
_ASIDE = re.compile(r"\s*\(([^()?]{1,40}\?)\s*\)")
"""One in brackets: "closed: mill (4 or 6?), tavern"."""
_GLUED = re.compile(r"\b([a-z]{4,})([1-9])\b", re.IGNORECASE)
_IDLE = re.compile(
    r"(?:^|(?<=[.!?\n;] ))\W*(?:(?:ok|okay|good|fine|great|alright|all right|right|perfect|clear|nice|thanks|thx"
    r"|understood|got it)\b(?=\s*[,.!;–—-]"
    r"|\s+(?:so|then|thanks|thx|got|i|but|that|my|we|and)\b)[\s,.!;–—-]*)+|\b(?:sounds|looks|(?<![\w)] )all|we're) (?:good|fine|ok"
    r"|okay)\b(?=\s*(?:[.!,(]|$|to me))"
    r"|\b(?:good|great|fine|bad) (?:points?|ideas?|questions?|news|catch|to know|work|job|call|summary|luck|thinking"
    r"|plan|match)\b|\bbut ok\b"
)
"""Words of a state that are none: "ok, so", "good news"."""
_IDLE_WORDS = frozenset("ok okay good fine great alright right perfect clear nice thanks thx understood got bad".split())
_ON_MY_MAP = AnyCase(
    r"\b(?:according to|judging by|per|going by|by) (?=(?:my|our) (?:map|chart|plan|notes?|sheet|reports?|copy)\b|the reports? i )"
)
_OF_MINE = frozenset(("my", "our", "report", "reports"))
_MORE_SPELT = re.compile(rf"\s*(?:,|and|&|or|, and|plus)\s*({'|'.join(_NUMBER_WORDS)})\b(?! (?:of|routes?|more|way)\b)", re.IGNORECASE)


_UNIT = re.compile(r"\b(?:wm|cp|w|b|p|c|no\.?|nr\.?|#)\s?(?=[1-9]\b)", re.IGNORECASE)


def prepare(text: str) -> str:
    """``text`` with plain quotation marks, numbers of points in digits, and no emphasis."""
    text = text.replace("’", "'").replace("**", "").replace("\u20e3", "").replace("\ufe0f", "")
    text = with_stops(text, text.rstrip().lower().endswith("(ready)"))
    said = words_in(text)
    text = _lifted(text) if "?" in text else text
    text = _GLUED.sub(r"\1 \2", text) if _NUMBER.search(text) else text
    text = _ADDED.sub("; ", text) if "?" in text else text
    text = text if said.isdisjoint(_IDLE_WORDS) else _IDLE.sub(" ", text)
    text = text if said.isdisjoint(_OF_MINE) else _ON_MY_MAP.sub("on ", text)
    text = _SUBJECT.sub(lambda match: _NUMBER_WORDS[match[1].lower()], text)
    parts, at = [], 0
    for match in _SPELT.finditer(text):
        if match.start(1) < at:
            continue
        parts += [text[at : match.start(1)], _NUMBER_WORDS[match[1].lower()]]
        at = match.end(1)
        while more := _MORE_SPELT.match(text, at):
            parts += [text[at : more.start(1)], _NUMBER_WORDS[more[1].lower()]]
            at = more.end(1)
    text = "".join([*parts, text[at:]])
    return _UNIT.sub(" ", text) if _NUMBER.search(text) else text


def _lifted(text: str) -> str:
    """``text`` with each question in brackets after the sentence that it stands in."""
    for match in reversed(list(_ASIDE.finditer(text))):
        end = next((at for at in range(match.end(), len(text)) if text[at] in ".!?;\n"), len(text))
        text = f"{text[: match.start()]}{text[match.end() : end]}; {match[1]} {text[end:]}"
    return text


@lru_cache(maxsize=4096)
def tokens(text: str, words: Lexicon) -> tuple[Token, ...]:
    """What ``text``, one sentence, names, in order."""
    found = [Token(start, end, *words.meanings[term.casefold()]) for start, end, term in words.terms.mentions(text)]
    said = words_in(text)
    kills = () if said.isdisjoint(_KILLING) else _KILLS.finditer(text)
    found += [Token(match.start(), match.end(), STATE, CLOSED) for match in kills if not _NOT.search(text[: match.start()][-16:])]
    if not text.isascii():
        signs = _SIGNS.finditer(text)
        found += [Token(match.start(), match.end(), STATE, OPEN if match.group() in "✓✅✔👍" else CLOSED) for match in signs]
    if "nothing" in said:
        found += [Token(match.start(), match.end(), STATE, OPEN) for match in _NOTHING_AT.finditer(text)]
    if not said.isdisjoint(_NOBODY):
        found += [Token(match.start(), match.end(), STATE, CLOSED) for match in _NOBODY_PAST.finditer(text)]
    digits = [match for match in _DIGIT.finditer(text) if not _COUNTED.match(text, match.end())] if _NUMBER.search(text) else []
    found += [Token(match.start(1), match.end(1), POINT, match[1]) for match in digits]
    found.sort(key=lambda token: token.start)
    settled: list[Token] = []
    end = 0
    for token in found:
        gap = text[end : token.start]
        is_out = text[token.start : token.end].lower() == "out" and (gap.strip() not in ("", "'s") or not _ENDS.match(text, token.end))
        if is_out or (settled and token.start < end):
            continue
        before = re.split(r"[,;:(]", gap)[-1][-40:]
        negated = bool(_NOT.search(before))
        value = token.value
        if negated and token.kind == STATE:
            value = {OPEN: CLOSED, CLOSED: OPEN}[value]
        settled.append(Token(token.start, token.end, token.kind, value, token.plural, negated))
        end = token.end
    return tuple(settled)
