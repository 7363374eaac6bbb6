"""What is said of friends, put so that it can be read clause by clause: verdicts in sentences of their own, asides left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from benchmark.reading import is_negated
from tasks.mutual_friend.phrases import TRAIT_NAMES
from tasks.mutual_friend.traits import MEANT, TRAIT_OF, is_friend

_MATCHES = {"yes": "matches", "yep": "matches", "no": "differs", "nope": "differs"}
_CAPITAL = re.compile(r"\b(?!My\b|I\b)[A-Z]\w+")
_WORD = re.compile(r"\w{3,}")
_LISTED = re.compile(r"\([^().]*;[^().]*\)")
_OPENED = re.compile(
    r"(?i)(^\W*|[.!?;,]\s*|\b(?:so|sadly|and)\s+)((?:(?:no|zero) match(?:es)?|(?:none|neither|nobody|no one)(?: of (?:them"
    r"|those|these))? (?:match(?:es)?|fits?|(?:is|are) the same)"
    r"|(?:(?:all|both|they|mine|each|all (?:two|three|four)) )?(?:(?:two|three|four) )?(?:of them )?(?:are |all )?differ(?:s"
    r"|ent)?)(?: people)?)\s*[:,–—]\s*(?=(?:my |mine\b|(?-i:[A-Z])))"
)
"""What opens a row of particulars and is no part of them: "No match: Ida Brack, Omar Lagos"."""
_VERDICT = re.compile(r"\b([A-Z]\w+)[:,]? (yes|no|nope|yep)\b(?=\s*(?:[.!;]|$|,\s*[A-Z]|,? (?:and|but)\b))")
"""\"Ida yes, Omar no\"."""
_TOGETHER = re.compile(
    r"\b[Mm]y [A-Z]\w+(?:(?:, |,? and |,? or )my [A-Z]\w+)+"
    r"(?= (?:both|all|each|are|have|keep|play|speak|like|enjoy|work|come|live|differ|match|fit|do|don't|aren't|haven't)\b)"
)
"""Friends of whom a word in the plural says the same."""
_CALLED = re.compile(r",\s*(\w+)(?=\s*(?:[.!?:;,]|$))")
"""The other by name, at the end of what is said to them; a friend never bears it."""
_HUNG = re.compile(r"(?i)\s+[–—-]\s+(?=(?:one|any\w*|which|who|does|do|is|are|match\w*|same|yours?)\b[^.!?;]*\?)")
"""Before a question hung on a description: "Ida Halden, Omar Brack - one of these?"."""
_LIST_ASKED = re.compile(
    r"(^\W*|[.!?]\s+)((?:[Mm]y |[Ii] know )?[A-Z]\w+(?:(?:, | / |/| and | & |, and )[A-Z]\w+){3,})\s*(?:[:,–—]|\s-)\s+"
    r"(?=(?:[Aa]ny\w*|[Ww]hich|[Ww]ho\w*|[Ss]hare|[Ss]ame|[Yy]ours?|[Hh]ave|[Gg]ot|[Mm]atch\w*|[Dd]o|[Ww]hat)\b[^.!?;]*\?)"
)
"""A list, before the question whom of it the other knows."""
_ONLY_THEY = re.compile(r"(^\W*|[.!?;]\s+)((?:[Mm]y )?[A-Z]\w+(?:(?:, | and | & |, and )[A-Z]\w+)*) only\b")
_NO_BUT = re.compile(r"\b(\w+),? no[,:;–—-]+ (?:but )?(\w+)\b")
"""\"rowing no, yoga\" of someone."""
_NOT_MINE = re.compile(
    r"\b((?:[A-Z]\w+(?:, | and | & |/))+[A-Z]\w+)\s*(?::|[–—]|\s-)\s*"
    r"(?=(?:all |both )?(?:unknown|not (?:mine|known|on|in|here|with me)|don't|aren't)\b)"
)
"""A row of friends before what is said of all."""
_NOT_SAME = re.compile(
    r"(?i)\b(?:is|are|does|do)(?:n't| not) (?:the same|identical|a match|match|fit|agree)\s*(?::|[–—]|\s-)\s+"
    r"(?!my |mine |his |her )([^.;!?()]+)"
)
"""Before how the speaker's own friend is."""
_SIGNED = re.compile(r"\b([A-Z]\w+) ?([+–-])(?:\s*[,;](?=\s)|(?=\s*(?:\.|$)))")
"""\"Ida+, Omar-\": not the one, whether or not one has an Omar."""
_DASHED = re.compile(r"(?i)\s+-\s+(?=(?:so |and )*(?:no(?:ne|body| one| match)?|null|all (?:differ|three|two)|mine|they)\b)")
_NO_AFTER = re.compile(
    r"(^\W*|[.!?;]\s+)((?:[Mm]y )?([A-Z]\w+)(?:'s\b| is\b| has\b)?)[:,]?\s+([^.!?;:()]*\w)\s*[,–—-]\s*(?:so )?no(?:pe)?(?=\s*(?:[.;!]|$))"
)
"""\"Ida: gecko, no\" says how she is and that she is not the one."""
_NOT_HER = re.compile(r"(?i)\bnot ((?-i:[A-Z])\w+) (?=\()")
_IS_NOT = re.compile(r"\b([A-Z]\w+)(?:[:,]? [Nn]o(?:pe)?| doesn't| does not| isn't| is not| [xX✗✘❌])(?= ?\()")
"""\"Ida no (ferret)", "Ida doesn't (ferret)"."""
_AS_TO = re.compile(
    r"(?i)\b(?:and |but )?(yes|yep|no|nope) (?:to|for|on) (?:my |your |the )?((?-i:[A-Z])\w+)(?=\W*(?:$|[,.;!]|and\b|but\b))"
)
"""\"Yes to Ida, no to Omar"."""
_NONE_OF_THEM = re.compile(
    r"(?i)(^\W*|[.!?;]\s+)((?:none|neither|no one|nobody|not one)(?: of (?:them|those|these))?)\s*(?::|[–—])\s*(?=(?-i:[A-Z])\w+ )"
)
"""Opens a row of one's own friends that shows it."""
_POINTS_TO = re.compile(r"\s*(?:→|[=-]>)\s*(?=(?:[A-Z]\w+|null|nobody|none)\W*(?:$|[.!]))")
_SHARED_ROW = re.compile(
    r"(?i)(?:(?:^|[.!?]\s+)[^.;:!?]*\b(?:same|shared?)\b[^.;:!?]*"
    rf"\b(?:{'|'.join(TRAIT_NAMES)})[^.;:!?]*:)[^.!?:]*;[^.!?:]*"
)
"""A row that begins with what all in it share; semicolons do not end it."""
_FIT_YOURS = re.compile(
    r"(?i)(^\W*|[.!?]\s+)(?:(?:yes|only|just|these|those|the following)\W+)*"
    r"(?:these|those)?(?: of (?:mine|my \w+))? ?"
    r"(?:fits?|match(?:es)?|(?:is|are) (?:also )?on|overlaps? with|agrees? with|appears? on) your (?:list|names?|row|friends|side)\s*:\s*"
    r"(?=(?:my )?(?-i:[A-Z]))"
)
"""What opens a row of one's own friends by saying whose list they are on too."""
_MANY_FIT_YOURS = re.compile(
    r"(?i)\b(two|three|four|five|six|\d)(?: of (?:mine|my \w+)| names?| friends?)? (?:fit|match|(?:are|is) (?:also )?on"
    r"|overlap with|agree with|appear on) your (?:list|names|row|friends|side|sheet|notes)(?=\s*[:,–—-])"
)


def _differing(found: re.Match[str]) -> str:
    known = [MEANT.get(word.group().casefold(), "") for word in _WORD.finditer(found[4])]
    tells = any(known) and all(term in TRAIT_OF for term in known if term) and is_friend(found[3])
    return f"{found[1]}{found[2]} differs ({found[4]})" if tells and not is_negated(found[4]) else found.group()


def _of_friends(row: int, instead: str) -> Callable[[re.Match[str]], str]:
    """``instead``, where all that begins with a capital in group ``row`` is a friend."""
    return lambda found: found.expand(instead) if all(map(is_friend, _CAPITAL.findall(found[row]))) else found.group()


def _judged(name: int, word: int) -> Callable[[re.Match[str]], str]:
    """A yes or no beside a friend, as what it says of that friend; the groups of both."""
    return lambda found: f"{found[name]} {_MATCHES[found[word].lower()]}" if is_friend(found[name]) else found.group()


def _signed(found: re.Match[str]) -> str:
    return f"{found[1]}{'' if found[2] == '+' else ' differs'};" if is_friend(found[1]) else found.group()


_Rewording = tuple[tuple[str, ...], str, re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _not_this(found: re.Match[str]) -> str:
    one, other = (MEANT.get(found[place].casefold(), "") for place in (1, 2))
    alike = one in TRAIT_OF and TRAIT_OF.get(one) == TRAIT_OF.get(other)
    return f"not {found[1]} but {found[2]}" if alike else found.group()


_REWORDINGS: tuple[_Rewording, ...] = (
    ((" my ",), "", _TOGETHER, lambda found: found[0][:3] + found[0][3:].replace("my ", "")),
    (("→", "->", "=>"), "", _POINTS_TO, ". So "),
    (("same", "share"), ":", _SHARED_ROW, lambda found: found.group().replace(";", ",")),
    (("(",), "", _IS_NOT, lambda found: f"{found[1]} differs" if is_friend(found[1]) else found.group()),
    ((" to ", " for ", " on "), "", _AS_TO, _judged(2, 1)),
    (("no", "neither"), ":–—", _NONE_OF_THEM, r"\1\2 match; "),
    (("not ",), "(", _NOT_HER, r"\1 differs "),
    (("+", "-,", "-.", "-;", "–,", "–."), "", _SIGNED, _signed),
    (("not ", "unknown", "n't"), ":–—-", _NOT_MINE, _of_friends(1, r"\1 are ")),
    (("not ", "n't"), ":–—-", _NOT_SAME, r"differs (\1)"),
    (("?",), ":,–—-", _LIST_ASKED, _of_friends(2, r"\1\2. ")),
    ((" only",), "", _ONLY_THEY, _of_friends(2, r"\1Only \2")),
    ((" no",), ",:;–—-", _NO_BUT, _not_this),
    ((" - ", "–", "—"), "?", _HUNG, "; "),
    ((" - ",), "", _DASHED, " – "),
    ((" your ",), ":", _FIT_YOURS, r"\1"),
    ((" your ",), ":,–—-", _MANY_FIT_YOURS, r"\1 fit"),
    (("match", "differ", "fit", "same"), ":,–—", _OPENED, r"\1\2; "),
    (("(",), ";", _LISTED, lambda found: found.group().replace(";", ",")),
    ((" no",), ",–—-", _NO_AFTER, _differing),
    ((" no", " ye"), "", _VERDICT, _judged(1, 2)),
)
"""Each with letters and with marks of which some must stand in a text: a look for them spares most patterns."""


def plain(text: str, people: Sequence[str]) -> str:
    """``text`` with plain apostrophes, a verdict on all before particulars as a sentence of its own, and "Ida yes" as "Ida matches".

    ``people`` who talk are left out where one is called by name.
    """
    text = text.replace("’", "'")
    low, marks = text.lower(), {*text}
    for letters, signs, pattern, instead in _REWORDINGS:
        for some in letters:
            if some in low and not (signs and marks.isdisjoint(signs)):
                reworded = pattern.sub(instead, text)
                if reworded != text:
                    text, low, marks = reworded, reworded.lower(), {*reworded}
                break
    called = any(person in text for person in people)
    return _CALLED.sub(lambda name: "" if name[1] in people else name.group(), text) if called else text
