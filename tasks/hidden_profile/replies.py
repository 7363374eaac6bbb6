"""Verdicts of `hidden_profile` on what the turn before asked, written out: "all bad", "Quarry: both good, Abbey bad too"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmark.phrases import AnyCase
from tasks.hidden_profile.still_open import Pair, asked_for, left_open
from tasks.hidden_profile.words import OPTION, TOPIC, Lexicon, mentioned

_ALL = r"(?P<all>both|all(?: (?:two|three|four|five|six))?)(?: of (?:them|those|these))?"
_IS = r"(?:(?:are|were|is|was|came out|come out|turn(?:ed)? out) )?"
_VALUE = r"(?P<verdict>good|bad|negative|positive|fail(?:ed|s)?|pass(?:ed|es)?)"
_VERDICT = rf"{_IS}{_VALUE}(?: (?:too|as well))?"
_TOTALS = r":\s*(?:so\b|[0-8]|four|five|six|(?:[A-Z]\w+ ){1,2}(?:(?:has|is|at|with|stays) )*(?:[0-8]|four|five|six)\b)"
_BUT = r"\W*(?:but|except|save|apart|other than)\b"
_ENDS = rf"(?=\s*[.,;!(]|\s*{_TOTALS}|$)(?!{_BUT})"
_OPENS = r"(?:(?<=[.!?;] )|^)"
_NUMBER = r"(?:two|three|four|five|six|seven|eight|[2-8])"
_NOUN = r"(?:checks?|ones?|points?|items?|questions?|asks?|gaps?|unknowns?|things?|findings?)"
_YOU_ASK = (
    r"(?:(?:that |which )?you(?: (?:both|two|all))?(?:['’]ve| have)? "
    r"(?:ask(?:ed)?|name[d]?|list(?:ed)?|mention(?:ed)?|want(?:ed)?|need(?:ed)?|leave open|left open|raised?)(?: (?:about|for|of|me))*"
    r"|you['’]re (?:asking|missing)(?: (?:about|for))?|(?:asked|in question)(?: (?:about|for))?|(?:still )?open)"
)
_OF_THOSE = re.compile(
    rf"{_OPENS}\W*(?:(?:yes|no|sorry|alas|sadly|unfortunately|and|also|they(?:['’]re| are)|those are|i do|mine|for me)\b[\s,:]*)*"
    r"(?P<each>all|both|each|every|everything|every one|what|none|neither|the|your|those|these|(?=open|still))?"
    r"(?: of)?(?:(?:^| )(?:the|your|those|these|them))?"
    rf"(?: (?P<number>{_NUMBER}))?(?P<open> ?(?:still )?\b(?:open|missing|unknown))?(?: {_NOUN})? ?(?P<ask>{_YOU_ASK})?"
    rf"\s*[:,]? ?{_IS}(?:(?:all|both|each) )?{_VALUE}"
    r"(?: (?:too|as well|here|for me|on my side|in my notes|on my list|from me))?"
    rf"(?:,? (?:but|except|save|apart|other than)(?: (?:for|from))?(?P<but> [^.,;:!?()]+)(?=[.,;:!(]|$)|{_ENDS})",
    re.IGNORECASE,
)
"""All that was asked for or left open: "all bad", "all six you ask about are bad", "the open ones are all good"."""
_OPTION = r"(?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])\w+)?(?:['’]s?(?!\w))?"
_OPTIONS = rf"{_OPTION}(?:(?:\s*[,/&]\s*(?:and )?| and ){_OPTION})*"
_OF_SOME = re.compile(
    r"(?:(?<=[.!?;:,] )|^)(?:(?:and|also|all|both|the|of) )*"
    rf"(?:(?P<first>{_OPTIONS}) (?:{_NUMBER} )?(?:still )?(?:open|missing|unknown)(?: {_NOUN})?"
    rf"|(?:{_NUMBER} )?(?:still )?(?:open|missing|unknown) (?P<between>{_OPTIONS}) {_NOUN}"
    rf"|(?:{_NUMBER} )?(?:still )?(?:open|missing|unknown) {_NOUN} (?:of|for|on|at|with) (?P<last>{_OPTIONS}))"
    rf"\s*[:,]? ?{_IS}(?:(?:all|both|each) )?{_VALUE}(?: (?:too|as well))?{_ENDS}",
    re.IGNORECASE,
)
"""What was left open of some options: "Kestrel's and Puffin's open checks all bad"."""
_OF_ONE = re.compile(
    r"(?:(?<=[.!?;,] )|^)(?P<option>[A-Z][\w-]+(?: [A-Z]\w+)?)(?:['’]s)?"
    rf"(?:\s*[:,–—]\s*|\s+)(?:{_ALL} )?(?:also )?{_VERDICT}(?=\s*[.,;!]|\s*{_TOTALS}|$)"
)
_PASSES_ON = re.compile(
    r"\W*(?:(?:sorry|no|alas|unfortunately)\W+)*(?:not (?:me|i|here)"
    r"|(?:i|me) (?:don['’]?t|do not|haven['’]?t|lack)(?: (?:know|have|either|it|that|one|any))*"
    r"|nor (?:do )?i|(?:me )?neither|(?:no (?:idea|info|data|notes|news)|nothing)(?: here| on (?:that|it|any|(?:any of )?(?:those|them)))?"
    r"|i have nothing(?: on (?:it|that))?)\b\W*",
    re.IGNORECASE,
)
_REST = re.compile(
    rf"(?<=[.,;!:] )(?:and )?(?:all )?(?:the )?(?:rest|others?|everything else)(?: {_NOUN})?(?: {_YOU_ASK})?,? "
    rf"{_IS}(?:all )?{_VALUE}{_ENDS}",
    re.IGNORECASE,
)
_SOME_VALUE = AnyCase(_VALUE)
_COUNTS = {word: number for number, word in enumerate("two three four five six seven eight".split(), 2)}
_WHOLE = ("all", "both", "each", "every", "every one", "everything", "none", "neither")
_NAMES = re.compile(r"(?:[A-Z][\w-]+)(?: [A-Z]\w+)?")


def answers_written_out(text: str, before: str, words: Lexicon, earlier: str = "") -> str:
    """``text`` with the checks that ``before`` asked for or left open, where it says how they came out and names none.

    Of more checks than those it may tell if the turn ``earlier`` asked for the others.
    """
    if not before or not _SOME_VALUE.search(text):
        return text
    asked, unsettled = asked_for(before, words), left_open(before, words)
    if not asked and not unsettled:
        return text
    text = _OF_SOME.sub(lambda match: _of_some(match, [*asked, *unsettled], words), text)
    text = _REST.sub(lambda match: _of_the_rest(match, asked, words), text)
    if match := _OF_THOSE.search(text):
        told = _of_those(match, asked, unsettled, earlier, words)
        text = f"{text[: match.start()]}{told}{text[match.end() :]}"

    def named(match: re.Match[str]) -> str:
        kind, *option = words.meanings.get(match["option"].casefold(), ("",))
        its = [pair for pair in asked or unsettled if kind == OPTION and pair[0] == option[0]]
        return _listed(its, match["verdict"]) if its and _is_of(match, len(its)) else match.group()

    return _OF_ONE.sub(named, text)


def passes_on(text: str) -> bool:
    """Whether a turn says no more than that its speaker has no answer, and so leaves the question to the next."""
    return _PASSES_ON.fullmatch(text) is not None


def _is_of(match: re.Match[str], number: int) -> bool:
    """Whether a verdict is of so many checks: "both" of two, without a word for it of one."""
    said = (match["all"] or "").lower()
    if not said:
        return number == 1
    return number == 2 if said == "both" else number > 1 and _COUNTS.get(said.removeprefix("all").strip(), number) == number


def _of_those(match: re.Match[str], asked: Sequence[Pair], unsettled: Sequence[Pair], earlier: str, words: Lexicon) -> str:
    """The checks that are meant, with their verdict; the same words where it may be others, nothing where it is another number."""
    each, said = (match["each"] or "").lower(), (match["number"] or "").lower()
    told = match["open"] or match["ask"] or (each == "your" and said)
    pairs = list(dict.fromkeys([*asked, *unsettled])) if match["open"] or match["ask"] else list(asked or unsettled)
    if match["each"] is None or not (told or (match.start() == 0 and each in _WHOLE)) or not pairs:
        return match.group()
    number = 2 if each in ("both", "neither") else int(said) if said.isdigit() else _COUNTS.get(said, len(pairs))
    if number > len(pairs) and match["ask"]:
        pairs = list(dict.fromkeys([*asked_for(earlier, words), *pairs]))
    if number != len(pairs) or (number == 1 and not told):
        return "" if told else match.group()
    verdict = _other(match["verdict"]) if each in ("none", "neither") else match["verdict"]
    if match["but"] is None:
        return _listed(pairs, verdict)
    but = [meaning for *_, meaning in mentioned(match["but"], words)]
    named = _named_in(match["but"], words) if any(kind == TOPIC for kind, *_ in but) else pairs
    excepted = [pair for pair in pairs if pair in named and (OPTION, pair[0]) in but]
    others = [pair for pair in pairs if pair not in excepted]
    return ", ".join((_listed(others, verdict), _listed(excepted, _other(verdict)))) if excepted and others else ""


def _of_the_rest(match: re.Match[str], asked: Sequence[Pair], words: Lexicon) -> str:
    """The checks asked for that the turn has not named before, with their verdict, if it has named some."""
    named = _named_in(match.string[: match.start()], words)
    others = [pair for pair in asked if pair not in named]
    return _listed(others, match["verdict"]) if others and len(others) < len(asked) else match.group()


def _named_in(text: str, words: Lexicon) -> list[Pair]:
    """Each check in ``text`` with the option before it."""
    pairs: list[Pair] = []
    option = ""
    for *_, (kind, *rest) in mentioned(text, words):
        if kind == OPTION:
            option = rest[0]
        elif kind == TOPIC and option:
            pairs.append((option, rest[0]))
    return pairs


def _of_some(match: re.Match[str], pairs: Sequence[Pair], words: Lexicon) -> str:
    """The checks that are open of the options named, with their verdict, if there are some of each."""
    row = match["first"] or match["between"] or match["last"]
    meanings = [words.meanings.get(name.casefold(), ("",)) for name in _NAMES.findall(row)]
    its = [[pair for pair in dict.fromkeys(pairs) if meant[0] == OPTION and pair[0] == meant[1]] for meant in meanings]
    return _listed([pair for some in its for pair in some], match["verdict"]) if its and all(its) else match.group()


def _listed(pairs: Sequence[Pair], verdict: str) -> str:
    return ", ".join(f"{option} {check} {_plain(verdict)}" for option, check in pairs)


def _plain(verdict: str) -> str:
    return "good" if verdict.lower() in ("good", "positive", "pass", "passed", "passes") else "bad"


def _other(verdict: str) -> str:
    return "bad" if _plain(verdict) == "good" else "good"
