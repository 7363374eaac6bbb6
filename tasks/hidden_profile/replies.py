"""Verdicts of `hidden_profile` on what the turn before asked, written out: "all bad", "Quarry: both good, Abbey bad too"."""

from __future__ import annotations

import re

from benchmark.reading import sentences
from tasks.hidden_profile.words import OPTION, TOPIC, VALUE, Lexicon

_ALL = r"(?P<all>both|all(?: (?:two|three|four|five|six))?)(?: of (?:them|those|these))?"
_VERDICT = r"(?:(?:are|were|is|was|came out|come out) )?(?P<verdict>good|bad)(?: (?:too|as well))?"
_OF_ALL = re.compile(
    rf"\W*(?:(?:yes|no|sorry|alas|sadly|unfortunately|they(?:'re| are)|those are|i do|mine)\b[\s,:]*)*{_ALL} {_VERDICT}(?=\s*[.,;!]|$)",
    re.IGNORECASE,
)
_OF_ONE = re.compile(
    rf"(?:(?<=[.!?;,] )|^)(?P<option>[A-Z][\w-]+(?: [A-Z]\w+)?)(?:\s*[:,–—]\s*|\s+)(?:{_ALL} )?(?:also )?{_VERDICT}(?=\s*[.,;!]|$)"
)
_PASSES_ON = re.compile(
    r"\W*(?:(?:sorry|no|alas|unfortunately)\W+)*(?:not (?:me|i|here)"
    r"|(?:i|me) (?:don['’]?t|do not|haven['’]?t|lack)(?: (?:know|have|either|it|that|one|any))*"
    r"|nor (?:do )?i|(?:me )?neither|no idea|nothing(?: here| on that)?|i have nothing(?: on (?:it|that))?)\b\W*",
    re.IGNORECASE,
)
_COUNTS = {"both": 2, "all two": 2, "all three": 3, "all four": 4, "all five": 5, "all six": 6}


def answers_written_out(text: str, before: str, words: Lexicon) -> str:
    """``text`` with the checks that ``before`` asked for, where it says how they came out and names none."""
    asked = _asked(before, words) if "?" in before else []
    if not asked:
        return text
    if (match := _OF_ALL.match(text)) and _is_of(match, len(asked)):
        return f"{_listed(asked, match['verdict'])}{text[match.end() :]}"

    def named(match: re.Match[str]) -> str:
        kind, *option = words.meanings.get(match["option"].casefold(), ("",))
        its = [pair for pair in asked if kind == OPTION and pair[0] == option[0]]
        return _listed(its, match["verdict"]) if its and _is_of(match, len(its)) else match.group()

    return _OF_ONE.sub(named, text)


def passes_on(text: str) -> bool:
    """Whether a turn says no more than that its speaker has no answer, and so leaves the question to the next."""
    return _PASSES_ON.fullmatch(text) is not None


def _is_of(match: re.Match[str], number: int) -> bool:
    """Whether a verdict is of so many checks: "both" of two, without a word for it of one."""
    said = (match["all"] or "").lower()
    return number == 1 if not said else number > 1 and _COUNTS.get(said, number) == number


def _listed(pairs: list[tuple[str, str]], verdict: str) -> str:
    return ", ".join(f"{option} {check} {verdict.lower()}" for option, check in pairs)


def _asked(before: str, words: Lexicon) -> list[tuple[str, str]]:
    """Options with checks of the questions in ``before``, unless a question names a verdict."""
    pairs: list[tuple[str, str]] = []
    options: list[str] = []
    for sentence in sentences(before):
        meanings = [words.meanings[term] for *_, term in words.terms.mentions(sentence.text)]
        if not sentence.question or any(kind == VALUE for kind, *_ in meanings):
            continue
        last = ""
        for kind, *rest in meanings:
            if kind == OPTION:
                options = [*options, rest[0]] if last == OPTION else [rest[0]]
            elif kind == TOPIC:
                pairs += [(option, rest[0]) for option in options]
            last = kind
    return list(dict.fromkeys(pairs))
