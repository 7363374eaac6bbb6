"""Verdicts of `hidden_profile` on what the turn before asked, written out: "all bad", "Quarry: both good, Abbey bad too"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.hidden_profile.still_open import Pair, asked_for, left_open
from tasks.hidden_profile.words import OPTION, Lexicon

_ALL = r"(?P<all>both|all(?: (?:two|three|four|five|six))?)(?: of (?:them|those|these))?"
_IS = r"(?:(?:are|were|is|was|came out|come out|turn(?:ed)? out) )?"
_VERDICT = rf"{_IS}(?P<verdict>good|bad)(?: (?:too|as well))?"
_ENDS = r"(?=\s*[.,;!:(]|$)(?!\W*(?:but|except|save|apart|other than)\b)"
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
    rf"\s*[:,]? ?{_IS}(?:(?:all|both|each) )?(?P<verdict>good|bad)"
    rf"(?: (?:too|as well|here|for me|on my side|in my notes|on my list|from me))?{_ENDS}",
    re.IGNORECASE,
)
"""All that was asked for or left open: "all bad", "all six you ask about are bad", "the open ones are all good"."""
_OPTION = r"(?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])\w+)?(?:['’]s?(?!\w))?"
_OPTIONS = rf"{_OPTION}(?:(?:\s*[,/&]\s*(?:and )?| and ){_OPTION})*"
_OF_SOME = re.compile(
    r"(?:(?<=[.!?;:,] )|^)(?:(?:and|also|all|both|the|of) )*"
    rf"(?:(?P<first>{_OPTIONS}) (?:{_NUMBER} )?(?:still )?(?:open|missing|unknown) {_NOUN}"
    rf"|(?:{_NUMBER} )?(?:still )?(?:open|missing|unknown) (?P<between>{_OPTIONS}) {_NOUN}"
    rf"|(?:{_NUMBER} )?(?:still )?(?:open|missing|unknown) {_NOUN} (?:of|for|on|at|with) (?P<last>{_OPTIONS}))"
    rf"\s*[:,]? ?{_IS}(?:(?:all|both|each) )?(?P<verdict>good|bad)(?: (?:too|as well))?{_ENDS}",
    re.IGNORECASE,
)
"""What was left open of some options: "Kestrel's and Puffin's open checks all bad"."""
_OF_ONE = re.compile(
    r"(?:(?<=[.!?;,] )|^)(?P<option>[A-Z][\w-]+(?: [A-Z]\w+)?)(?:['’]s)?"
    rf"(?:\s*[:,–—]\s*|\s+)(?:{_ALL} )?(?:also )?{_VERDICT}(?=\s*[.,;!]|$)"
)
_PASSES_ON = re.compile(
    r"\W*(?:(?:sorry|no|alas|unfortunately)\W+)*(?:not (?:me|i|here)"
    r"|(?:i|me) (?:don['’]?t|do not|haven['’]?t|lack)(?: (?:know|have|either|it|that|one|any))*"
    r"|nor (?:do )?i|(?:me )?neither|no idea|nothing(?: here| on that)?|i have nothing(?: on (?:it|that))?)\b\W*",
    re.IGNORECASE,
)
_COUNTS = {word: number for number, word in enumerate("two three four five six seven eight".split(), 2)}
_WHOLE = ("all", "both", "each", "every one", "everything", "none", "neither")
_NAMES = re.compile(r"(?:[A-Z][\w-]+)(?: [A-Z]\w+)?")


def answers_written_out(text: str, before: str, words: Lexicon) -> str:
    """``text`` with the checks that ``before`` asked for or left open, where it says how they came out and names none."""
    if not before or not ("good" in (lower := text.lower()) or "bad" in lower):
        return text
    asked, unsettled = asked_for(before, words), left_open(before, words)
    if not asked and not unsettled:
        return text
    text = _OF_SOME.sub(lambda match: _of_some(match, [*asked, *unsettled], words), text)
    if match := _OF_THOSE.search(text):
        text = f"{text[: match.start()]}{_of_those(match, asked, unsettled)}{text[match.end() :]}"

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


def _of_those(match: re.Match[str], asked: Sequence[Pair], unsettled: Sequence[Pair]) -> str:
    """The checks that are meant, with their verdict; the same words where it may be others, nothing where it is another number."""
    each, said = (match["each"] or "").lower(), (match["number"] or "").lower()
    told = match["open"] or match["ask"] or (each == "your" and said)
    pairs = list(dict.fromkeys([*asked, *unsettled])) if match["open"] or match["ask"] else asked or unsettled
    if match["each"] is None or not (told or (match.start() == 0 and each in _WHOLE)) or not pairs:
        return match.group()
    number = 2 if each in ("both", "neither") else int(said) if said.isdigit() else _COUNTS.get(said, len(pairs))
    if number != len(pairs) or (number == 1 and not told):
        return "" if told else match.group()
    denies = each in ("none", "neither")
    return _listed(pairs, match["verdict"] if not denies else "good" if match["verdict"].lower() == "bad" else "bad")


def _of_some(match: re.Match[str], pairs: Sequence[Pair], words: Lexicon) -> str:
    """The checks that are open of the options named, with their verdict, if there are some of each."""
    row = match["first"] or match["between"] or match["last"]
    meanings = [words.meanings.get(name.casefold(), ("",)) for name in _NAMES.findall(row)]
    its = [[pair for pair in dict.fromkeys(pairs) if meant[0] == OPTION and pair[0] == meant[1]] for meant in meanings]
    return _listed([pair for some in its for pair in some], match["verdict"]) if its and all(its) else match.group()


def _listed(pairs: Sequence[Pair], verdict: str) -> str:
    return ", ".join(f"{option} {check} {verdict.lower()}" for option, check in pairs)
