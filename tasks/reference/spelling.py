"""Short forms of a written turn put in full, so that what reads sentences meets only one of them."""

from __future__ import annotations

import re

from tasks.reference import forms
from tasks.reference.scenes import ATTRIBUTE_OF, PLACE

_SIZES = {"S": "small", "M": "medium", "L": "large"}
_PLACE = re.compile(r"(?i)\b(?:left|right|middle|cent(?:er|re)|mid)\b")
_SIZE = re.compile(r"(?i)\b(?:small|medium|large|big|tiny)\b")
_BRACKETS = re.compile(r"\(([^()\n]{1,60})\)")
_SHORTENED = {"sm": "small", "med": "medium", "lg": "large", "lrg": "large"}
_SHORT = re.compile(r"(?i)\b(sm|med|lg|lrg)\b\.?")
"""Who shortens sizes so means places by single letters."""
_INITIAL = re.compile(r"(?<![\w'])([SMLRC])(?![\w'])")
_COUNTED = re.compile(
    r"(?i)\b((?:(?!(?:is|are|my|the|have|see|and|or|plus|also)\b)[a-z-]+ ){1,2})\((\d|one|two|three|four|five|six|seven|eight)\)"
)
_BOTH = re.compile(
    r"(?i)((?:[\w-]+ ){0,4}[\w-]+)\s*(?:,|&|\+|\band\b)\s*((?:[\w-]+ ){0,4}[\w-]+)\s*[(,]\s*(?:both|each)(?: of them)?\s+(?:in the |on the |at the |on my )?"  # noqa: E501 (words of one kind)
    r"(left|right|middle)\b\)?"
)
_TALLY = re.compile(r"(?i)\b((?:[\w-]+ ){0,3}[\w-]+): (\d|two|three|four|five|six|seven|eight)(?=\s*(?:[,.(–—-]|$))")
"""A kind and then how many: "ringed stars: 2"."""
_THEIRS_FIRST = re.compile(
    r"(?i)[\s:,;(–—-]*\b(?:left|right|middle) (?:for you|on your (?:side|end))\s*(?:,|is|=|→|means|equals|and)\s*(?:on )?(?:the |my )?(left|right|middle)"  # noqa: E501 (words of one kind)
    r"(?: for me| on my (?:side|end)| here)?\)?"
)
_ROW = re.compile(
    r"(?P<row>[^.:;()\n]*(?:,|\band\b|[&+])[^.:;()\n]*?)(?:,\s*|\s*\()(?:all|both|each)(?: of them| two| three| four)?(?: are)? "
    r"(?P<look>(?:(?:on|in|at) (?:the|my) )?(?P<word>[\w-]+)(?: (?P<more>[\w-]+))?)\)?(?=\s*(?:[.;!?\n,]|$))"
)
_ALL_ASIDE = re.compile(r"(?i)[,(]\s*(?:all|both|each)\b")
_TWO_LAST = re.compile(r"(?i)(?:,|\band) ?(?:and )?(?:two|2) [^,]*(?:, ?| ?\()both\b[^,]*$")
""" "A jug, and two mugs, both blue": these two and not the jug."""
_PARTS = re.compile(r"(\s*(?:,\s*and\b|,|\band\b|[&+])\s*)")
_BARE = re.compile(r"(?<=[a-z] )([LRCM])(?=\s*(?:[,.;:/)✅❌✗✓]|$| (?:for|as|on|too|here|and|but|not|so|while|vs)\b))")
_YES = re.compile(r"(?i)\b(?:ye+s{2,}|ye{2,}s+|ye+p{2,}|yup{2,})\b")
_OF_HEAD = re.compile(r"(?i)(?::\s*\((?:both|all) (?P<inner>[\w -]+)\)[,:]?|(?::?\s*,|:)\s*(?:both|all) (?P<look>[\w &-]+?)[,:](?= ))")
"""What is said of all the things of a row, before they come: "two stars: both blue, small left, large right"."""
_ALL_ALIKE = re.compile(
    r"(?i)(?:\b(?P<number>two|three|four|[2-4]) (?P<of>(?:[\w-]+ ){0,2}))?(?P<kind>\b[\w-]+)(?: too| as well)?"
    r"(?P<looks>(?:,? (?:are )?(?:both|all) [\w-]+(?:,? (?!both|all)[\w-]+){0,3})+):(?= )"
)
_ALL = re.compile(r"(?i),|\b(?:are|both|all)\b")
""" "Grey trunks both large, both in the middle: labelled and taped"."""
_TWO_SIZES = re.compile(r"(?i)^(small|medium|large)\s*(?:&|and|/|\+)\s*(small|medium|large),?\s*(left|right|middle)$")
_MIRRORED = re.compile(
    r"(?i)[\s:,;(–—-]*(?:(?:on|at|is|it's|i\.e\.)\s+)*(?:(?:the|my) )?\b(?P<own>left|right|middle)(?: (?:side|end))?(?: (?:for|to) me| on my (?:side|end)| here)?"  # noqa: E501 (words of one kind)
    r"(?:\s*(?:,|;|/|\(|→|=|–|—|and|is|equals|which is|means|matches|mirrors)\s*)+(?:on |at )?(?:the |your )?\b(?:left|right|middle)(?: (?:side|end))?"  # noqa: E501 (words of one kind)
    r"(?P<you> (?:for|to) you| on your (?:side|end)| there)?\)?"
)
_YOURS = re.compile(r"(?i)\b(?:you|your|yours|there)\b")
_FLIPS = re.compile(
    r"(?i)\b(?:since |because |as |and )?(?:the )?left\s*(?:/|and|&|-)\s*right (?:\w+ ){0,3}"
    r"(?:flip|swap|mirror|revers|switch|chang|consistent|fit|agree|correct|check|work)\w*"
)


_OF_ALL = frozenset(("all", "both", "each"))
_YOU = frozenset(("you", "your", "yours"))
_NONE = frozenset(("neither", "none", "nothing"))
_FLIPPED = frozenset(
    f"{stem}{end}"
    for stem in "flip swap mirror revers switch chang consistent fit agree correct check work".split()
    for end in ("", "s", "ed", "es", "e")
)
_CAPITAL = re.compile(r"[LRCM]\b(?<!\w.)")
_TO_YOU = re.compile(r"(?i)for you|on your")


_IN_ORDER = re.compile(r"(?i)\bfrom (?:my )?left to right\b")
_AND = re.compile(r"(?<=\w) n (?=\w)")
_INSIDE = re.compile(r"\([^()]*\)")
_IN_CASE = re.compile(r"(?i)\b(?:in (?:any|that|which|either|this|my) case\b|(?:just )?in case(?=\W*$| (?:you|it|that|they|we|one|of)\b))")
_MID = re.compile(r"(?i)\bmid\b(?![- ]?siz)")
_MARKED = {"lets": "let's", "thats": "that's", "dont": "don't", "cant": "can't", "im": "I'm", "ive": "I've", "isnt": "isn't"}
_UNMARKED = re.compile(rf"(?i)\b({'|'.join(_MARKED)})\b")
_CAPITALS = re.compile(r"\b[SM]\b")
_LETTER = re.compile(r"(?<![\w'])([LMRC])(?![\w'])")
_VERDICT = re.compile(
    r"(?i),?\s*\b(?:but|and|yet|though|although)\s+(?:neither|none|nothing)(?: of (?:them|these|those))? (?:\w+ )?"
    r"(?:fits?|match(?:es)?|works?|corresponds?)(?: (?:yours|any of yours|with yours))?(?=:)"
)
"""What is said of a row before it comes, and of nothing else: "I have two, but neither fits: a red mug, a blue mug"."""
_MINE_ARE = re.compile(
    r"(?i)\b((?:my|the(?= [\w-]+ ones\b)) (?:(?:two|three|four|five|[2-5]) )?(?:[\w-]+ ){0,2}[\w-]+s) are "
    r"(?!(?:all|both|each|in|on|at|not|the|also|a|an|one)\b)(?=[\w-]+ (?!(?:and|or)\b)[\w-]+[ ,][^:]*\band\b)"
)
""" "My two mugs are small red and large blue": a row of mugs."""
_MINE_ARE_A = re.compile(r"(?i)\b(my (?:[\w-]+ ){0,3}(?:[\w-]+s|one)) are (?=(?:an?|one|the) .*?(?:,|;|\band) (?:an?|one|the)\b)")
""" "My large mugs are a red one and a blue one"."""
_NO_RIGHT = re.compile(r"(?i)(\b(?:no|nope|nah),)\s+right(?=\s*(?:[,.;!]|$))")
""" "Is yours on the left?" "No, right."""
_CANDIDATES = re.compile(
    r"(?i)^\W*(?:[\w']+ ){0,3}?(?:candidates?|options?|possibilities|contenders|possibly|maybe|perhaps|potentially)"
    r"(?: (?:here|then|so far|left|shared|common|ours|matches|match))?\s*[:–—-]"
)
_COULD_FIT = re.compile(
    r"(?i)^\W*(?:(?:only|just|these|those|of (?:those|these|mine|yours)|\w+) ){1,3}(?:could|might|may|can|would) "
    r"(?:still |also |well |both |all )?(?:fit|match|be (?:it|ours|the one|shared|common|yours too)|work)(?: (?:here|too|yours|mine|so far))?\s*:"  # noqa: E501 (words of one kind)
)
""" "Three could fit: a red mug, a blue mug": each of them is there."""
_ALL_BUT = re.compile(
    r"(?i)[,;]? (?:-|–|—)? ?\b(?:all|each) (?:of them )?(?:are )?[\w-]+ "
    r"(?:(?:but|save|bar)(?= (?:for|the|my|one|two|that|those)\b)|except|apart from)[^.;!?]*"
)
""" "Three mugs, all plain but one": it is not told which."""
_NO_ONLY = re.compile(r"(?i)(\b(?:have|see|'ve) no [\w -]{3,60}?), (?:just|only) (?=[\w -]{3,60}\w(?:\s*[.,;!]|$))")
""" "I have no red mugs, only red jugs"."""
_OF_OTHERS_DIFFER = re.compile(
    r"(?i)[,;]? (?:and|but) (?:the |their )?(?:sizes?|colou?rs?|marks?|kinds?|places?|sides?) of the (?:others?|rest) (?:all |both )?(?:differs?|clash(?:es)?|do(?:es)?n't (?:match|fit))\b"  # noqa: E501 (words of one kind)
)
_MY_SIDE = re.compile(r"(?i)\byour (?:left|right|middle) (?:side |end )?is (?:on )?my (left|right|middle)(?: side| end)?,? where\b")
_PLACE_LEADS = re.compile(
    r"(?i)\b((?:on|at|in) (?:my|the) (?:far )?(?:left|right|middle)(?: side| end)?),\s+(?=(?:I|I've|there|there's)\b)"
)
_ONE_DOES = re.compile(r"(?i)(?:^|(?<=[.!?] ))(?:yes,? )?the ((?:[\w-]+ ){1,4}?)(one )?(?:does|is)(?=,? (?:it's|it is|and it|on|in) )")
"""What of a list is there: "the grey plain one does, it's on my left"."""
_FORMER = re.compile(
    r"(?i)([^,;:.]+?),? (?:and|&) ([^,;:.]+?)[,:;–—-]+ ?the (?:former|first)(?: one)?(?: is)? ((?:on|in|at) (?:my|the) \w+),? "
    r"(?:and )?the (?:latter|second)(?: one)?(?: is)? ((?:on|in|at) (?:my|the) \w+)"
)
""" "A mug and a jug, the former on my left, the latter on my right"."""
_VERSUS = re.compile(r"(?i)\b(?:left|middle|right) (?:vs\.?|versus|against) (?:left|middle|right)\b")
_IS_MATCH = re.compile(r"(?i)\s*=\s*(?:an? |the |our )?match\b")
_BOTH_WAYS = re.compile(
    r"(?i)(?:\b(?:mirrored|flipped|swapped|with) )?"
    r"\b(?:left ?/ ?right|right ?/ ?left|l/r|r/l)\b(?: (?:\w+ ){0,3}(?:flip|swap|mirror|fit)\w*)?"
)
_SET_IN = re.compile(
    r"(?i)(my (?:[\w-]+ ){0,3}[\w-]+s), ([^,;.:]+), are (?:both |all )?((?:on|in|at) (?:my|the) (?:left|right|middle)(?: end| side)?)"
)
""" "My mugs, a red one and a blue one, are on the left"."""
_TWO_SIDES = re.compile(
    r"(?i)\byours (?:is )?(?:(?:at|on|in) )?(?:the )?(?:left|right|middle),? (?:and )?mine (?:is )?(?:(?:at|on|in) )?(?:the )?(left|right|middle)"  # noqa: E501 (words of one kind)
    r"|\bmine (?:is )?(?:(?:at|on|in) )?(?:the )?(left|right|middle),? (?:and )?yours (?:is )?(?:(?:at|on|in) )?(?:the )?(?:left|right|middle)"  # noqa: E501 (words of one kind)
)
_ONES_ARE = re.compile(r"(?i)(?<=[:;,] )((?:[\w-]+ ){1,2}ones) are(?! (?:all|both|each|in|on|at|not|the|also|a|an)\b)")
_MINE_ASIDE = re.compile(r"(?i)\s*\((mine (?:is|are) [^()]*)\)")
""" "I have no red mugs (mine are blue) and no jugs"."""
_BOTH_ARE = re.compile(r"(?i)(?<![^,;:–—-] )\b(?P<kind>(?!are\b|is\b)[\w-]+s) (?P<all>both|all) (?P<look>[\w-]+)(?=\s*(?:[.,;!?]|$))")
""" "My plates are plain, mugs both brown"."""
_MINE_THERE = re.compile(
    r"(?i)(?:^|(?<=[.!?,] ))(?:and )?mine(?: is|'s) (?!not\b)(?:[\w-]+,? ){0,6}?((?:on|in|at) (?:the|my) (?:left|right|middle))(?: too| as well)?"  # noqa: E501 (words of one kind)
    r"\s*[:;–—-]+\s*(?:so |then )*the ((?:[\w-]+ ){2,5})it is\b"
)
""" "Mine is small too, and in the middle: the small red mug it is"."""
_GAPPED = re.compile(r"(?i)\b(?P<first>my [\w-]+ (?:is|are) [\w-]+)(?P<rest>(?:, (?:and )?[\w-]+ [\w-]+){1,6})(?=\W*$)")
""" "My nebulas are medium, galaxies small, star red"."""
_A_THING = re.compile(r"(?i)^\W*(?P<a>an?|one) (?P<kind>[\w-]+)(?=\W*$)")
""" "A crate." at the end of a list."""
_LOOKS = ("size", "colour", "mark")
_NONE_MINE = re.compile(
    r"(?i)^(\W*(?:no match(?:es)?|(?:none|no|nope|neither|nothing)(?: (?:of (?:those|these|them|yours|mine|that)|there|here|at all))?"
    r"(?: (?:fits?|match(?:es)?|works?|agrees?|overlaps?)(?: (?:here|mine|for me|on my side|either|there))?"
    r"| (?:is|are) (?:in|on|at) the (?:right|same) (?:place|spot|side)s?)?))"
    r"\s*[:;,–—-]+\s*(?=(?:my|mine|i(?:'ve| have| see| only have| only see))\b)"
)
""" "None: my large plate is on the right" says how one's own are; the "none" answers what was asked."""
_OUR_THING = re.compile(r"(?i)\b(that's|that is|it's|this is|is) our (?:piece|boat|light|specimen|costume|object)\b")
_MINE_NEXT = re.compile(r"(?i);\s*(?=(?:mine|my|it's|it is)\b)|[;:]\s*(?=I (?:have|see|'ve got|find) (?:it|mine|that one) (?:on|at|in)\b)")
_I_ON = re.compile(
    r"(?i)[,;]\s*(?:and )?(?:I|me) (?:(?:have|see) (?:it|mine) )?(?:on|at|in) (?:my|the) (left|right|middle)(?: end| side)?"
    r"(?=\s*(?:[.;!]|$))"
)
""" "We both see the red mug, I on my right"."""
_MY_EIGHT = re.compile(r"(?i)\bmy eight(?: (?:pieces|boats|lights|specimens|costumes|things|objects))?(?: are|:)\s*")
""" "My eight are five small, three large": so many are all."""
_VERDICT_YES = re.compile(r"(?i)(?<=\bno)[,;] (?:the |my )?([a-z]{3,12}) yes\s*[:,–—-]+\s*(?=[a-z])")
""" "Mug no, jug yes - small red plain"."""
_ONE_THERE = re.compile(
    r"(?i)(?<=[a-z]), (?:the|that|it's the) (?:one )?(?:that's |that is |which is )?((?:on|at|in) (?:my|the|your) (?:far )?(?:left|right|middle)(?: side| end)?)"  # noqa: E501 (words of one kind)
    r"(?=\W*$)"
)
""" "So the small red mug, the one on my left"."""
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s)[^.!?\n]*)*[.!?\n]?")

_VERDICT_LAST = re.compile(
    r"(?i)(?<=[a-z]) ?[:;–—-] (?=(?:neither|none|nothing)(?: of (?:them|these|those))? (?:fits?|match(?:es)?|works?|lines? up|agrees?)\b)"
)
""" "Mug left: neither fits"."""
_TOO_SO_NO = re.compile(r"(?i)\b(too|also|as well) ?[:;–—-] ?no(?=\W*$)")
""" "Mug left as well: no" is of a mug that is there."""

_REWORDED: tuple[tuple[frozenset[str], re.Pattern[str], str], ...] = (
    (frozenset(("right",)), _NO_RIGHT, r"\1 on the right"),
    (frozenset(("a", "an", "one")), _A_THING, r"I have \g<a> \g<kind>"),
    (frozenset(("none", "no", "nope", "neither", "nothing")), _NONE_MINE, r"\1. "),
    (frozenset(("eight",)), _MY_EIGHT, "I have "),
    (frozenset(("none", "neither", "nothing")), _VERDICT_LAST, ". "),
    (frozenset(("no",)), _TOO_SO_NO, r"\1, so no"),
    (frozenset(("yes",)), _VERDICT_YES, r". I have a \1, "),
    (frozenset(("i", "me")), _I_ON, r". Mine is on my \1"),
    (frozenset(("mine", "it", "my")), _MINE_NEXT, ". "),
    (frozenset(("our",)), _OUR_THING, r"\1 ours"),
    (frozenset(("one",)), _ONE_THERE, r" \1"),
    (frozenset(("where",)), _MY_SIDE, r"On my \1"),
    (frozenset(("i", "there")), _PLACE_LEADS, r"\1 "),
    (frozenset(("does",)), _ONE_DOES, r"I have the \1\2too"),
    (frozenset(("are",)), _SET_IN, r"\1 \3: \2"),
    (frozenset(("yours",)), _TWO_SIDES, r"on my \1\2"),
    (frozenset(("mine",)), _MINE_THERE, r"I have a \2\1. The \2it is"),
    (frozenset(("ones",)), _ONES_ARE, r"\1:"),
    (frozenset(("former", "second")), _FORMER, r"\1 \3 and \2 \4"),
    (frozenset(("vs", "versus", "against")), _VERSUS, "different"),
    (frozenset(("=",)), _IS_MATCH, " matches"),
    (frozenset(("mid",)), _MID, "middle"),
    (frozenset(("case",)), _IN_CASE, ""),
    (frozenset(("from",)), _IN_ORDER, ""),
    (
        frozenset(
            ("candidates", "candidate", "options", "option", "possibilities", "contenders", "possibly", "maybe", "perhaps", "potentially")
        ),
        _CANDIDATES,
        "",
    ),
    (frozenset(("could", "might", "may", "can", "would")), _COULD_FIT, ""),
    (frozenset(("others", "other", "rest")), _OF_OTHERS_DIFFER, ". The others differ"),
    (frozenset(("but", "except", "save", "bar", "apart")), _ALL_BUT, ""),
    (frozenset(("only", "just")), _NO_ONLY, r"\1. I have only "),
    (frozenset(("n",)), _AND, " and "),
)
"""What is put another way where one of its words is said."""

LONGEST = 280
"""Characters of a sentence that are put in full; no budget holds a longer one, and these patterns take long over it."""


def spelt_out(text: str) -> str:
    """Each sentence of ``text`` put in full, if it is no longer than one may be."""
    return "".join(_spelt_out(part) if len(part) <= LONGEST else part for part in _SENTENCE.findall(text) if part)


def _spelt_out(text: str) -> str:
    """``text`` with sizes and places for their initials, counts in front, and places only as the speaker has them."""
    said = forms.words_in(text)
    of_all = not said.isdisjoint(_OF_ALL)
    text = _BOTH_ARE.sub(_are, text) if of_all else text
    text = _GAPPED.sub(_with_verbs, text) if "my" in said else text
    text = _ROW.sub(_each, _ROW.sub(_each, text)) if of_all and _ALL_ASIDE.search(text) else text
    text = _BOTH_WAYS.sub(" ", text) if "/" in text else text
    if "mine" in said and (aside := _MINE_ASIDE.search(text)):
        text = f"{text[: aside.start()]}{text[aside.end() :].rstrip(' .')}. {aside[1]}."
    for cues, pattern, instead in _REWORDED:
        text = text if said.isdisjoint(cues) else pattern.sub(instead, text)
    if _CAPITAL.search(text) and (_SIZE.search(text) or not _CAPITALS.search(text)):
        text = _BARE.sub(lambda match: forms.INITIAL[match[1]], text)
    if not said.isdisjoint(_SHORTENED):
        text = _SHORT.sub(lambda match: _SHORTENED[match[1].lower()], text)
        text = _LETTER.sub(lambda match: forms.INITIAL[match[1]], text)
    text = _UNMARKED.sub(lambda match: _MARKED[match[1].lower()], text) if not said.isdisjoint(_MARKED) else text
    if "are" in said and ":" not in text and ("my" in said or "ones" in said):
        text = _MINE_ARE_A.sub(r"\1: ", _MINE_ARE.sub(r"\1: ", text))
    text = _VERDICT.sub("", text) if ":" in text and not said.isdisjoint(_NONE) else text
    text = _YES.sub("yes", text) if any(word[:1] == "y" for word in said) else text
    text = _signs(text)
    if of_all:
        text = _OF_HEAD.sub(_headed, text)
        text = _ALL_ALIKE.sub(_alike, text)
        text = _BOTH.sub(r"\1 \3 & \2 \3", text) if _ALL_ASIDE.search(text) else text
    if said.isdisjoint(_YOU) and not ("there" in said and "here" in said) and "flip" not in text:
        return _FLIPS.sub(" ", text) if not said.isdisjoint(_FLIPPED) else text
    text = _FLIPS.sub(" ", text)
    text = _THEIRS_FIRST.sub(r", on my \1", text) if _TO_YOU.search(text) else text
    return _MIRRORED.sub(lambda match: f", on my {match['own']}" if _YOURS.search(match.group()) else match.group(), text)


def _signs(text: str) -> str:
    """``text`` with its brackets, numbered lists, semicolons and tallies put in words."""
    if ":" in text or ";" in text:
        text = _listed(_INSIDE.sub(lambda match: match.group().replace(";", ","), forms.EMOTICON.sub(".", text)))
    if ")" in text:
        text = forms.NUMBERED.sub("\n", text) if "1)" in text else text
        text = _COUNTED.sub(r"\2 \1", _BRACKETS.sub(lambda match: f"({_initials(match[1])})", text))
    return (
        _TALLY.sub(lambda match: f"no {match[1]}" if match[2] == "0" else f"{match[2]} {match[1]}. {match[1]}:", text.replace("**", ""))
        if ":" in text
        else text.replace("**", "")
    )


def _listed(text: str) -> str:
    """ "Left: a mug; a jug" with commas between what stands under one heading."""
    first, *rest = text.split(";")
    for part in rest:
        first += (", " if ":" in first and ":" not in part else ";") + part
    return first


def _are(match: re.Match[str]) -> str:
    """With a verb, unless it is a place that they share."""
    is_look = match["look"].lower() in ATTRIBUTE_OF and not _PLACE.fullmatch(match["look"])
    return f"{match['kind']} are {match['all']} {match['look']}" if is_look else match.group()


def _with_verbs(match: re.Match[str]) -> str:
    """Each with the verb that the first of them has, if all of them tell a look."""
    pairs = [one.split()[-2:] for one in match["rest"].split(",")[1:]]
    if any(ATTRIBUTE_OF.get(look.lower()) not in _LOOKS or ATTRIBUTE_OF.get(kind.lower()) in (*_LOOKS, PLACE) for kind, look in pairs):
        return match.group()
    return match["first"] + "".join(f", my {kind} {'are' if kind.endswith('s') else 'is'} {look}" for kind, look in pairs)


def _alike(match: re.Match[str]) -> str:
    kind = (match["of"] or "") + match["kind"]
    counted = f"{match['number']} {kind}. " if match["number"] else ""
    return f"{counted}{kind}{_ALL.sub('', match['looks'])}:"


def _headed(match: re.Match[str]) -> str:
    look = match["inner"] or match["look"]
    if " or " in look:
        return ":"
    if match["look"] and not match.group().startswith(":") and not match.group().endswith(":"):
        return match.group()  # "two vases, both large, and a mug"
    return f": {look}:" if match["look"] and match.group().startswith(",") else f" {look}:"


def _each(match: re.Match[str]) -> str:
    """ "A red mug, a blue jug, both small" with what is said of all of them said of each."""
    if (
        match["word"].lower() not in ATTRIBUTE_OF
        or (match["more"] or "left").lower() not in ATTRIBUTE_OF
        or _TWO_LAST.search(match.group())
    ):
        return match.group()
    parts = _PARTS.split(match["row"])
    sided = _PLACE.search(match["look"])
    return "".join(
        part if at % 2 or not part.strip() or forms.YES_NO.fullmatch(part) or (sided and _PLACE.search(part)) else f"{part} {match['look']}"
        for at, part in enumerate(parts)
    )


def _initials(inside: str) -> str:
    """Beside a place an M is a size; alone or beside a size it is a place."""
    sizes = bool(_PLACE.search(inside)) or len(_INITIAL.findall(inside)) > 1
    if _SIZE.search(inside):
        sizes = False

    def word(match: re.Match[str]) -> str:
        if sizes and match[1] in _SIZES:
            return _SIZES[match[1]]
        return forms.INITIAL.get(match[1], _SIZES.get(match[1], match[1]))

    return _TWO_SIZES.sub(r"\1 \3 & \2 \3", _INITIAL.sub(word, inside).strip())
