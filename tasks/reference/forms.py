"""How people put what they say of the things they see: the turns of phrase that ``talk.py`` knows."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from benchmark.phrases import AnyCase
from benchmark.reading import is_negated


def pattern(text: str) -> AnyCase:
    """Any of the alternatives in ``text`` as whole words, whatever their case."""
    return AnyCase(rf"\b(?:{text})\b")


_WORDS = re.compile(r"[^\W\d_]+|=")


@lru_cache(maxsize=8192)
def words_in(text: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(text.lower()))


class Cue:
    """A pattern that is only looked for where one of its ``words`` stands, and one of ``others``: most texts have none of them."""

    def __init__(self, found: AnyCase | str, words: str, others: str = "") -> None:
        self.pattern = re.compile(found) if isinstance(found, str) else found
        self.words, self.others = frozenset(words.split()), frozenset(others.split())

    def is_likely(self, text: str) -> bool:
        said = words_in(text)
        return not self.words.isdisjoint(said) and not (self.others and self.others.isdisjoint(said))

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.is_likely(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self.pattern.match(text) if self.is_likely(text) else None

    def sub(self, instead: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self.pattern.sub(instead, text) if self.is_likely(text) else text

    def split(self, text: str) -> list[str]:
        return self.pattern.split(text) if self.is_likely(text) else [text]


CLAUSE = AnyCase(
    r"(?=[\s,;:–—-]|\b[abehtwy])(?:[\s,;]*\b(?:except(?: for)?(?= (?:an?|one|my|the)\b)|"
    r"but(?! one\b)|whereas|while|although|though(?!\s*[.,!:;–—-])|however|yet(?! *[.!]))\b[\s,]*"
    r"|\s+(?:so|then)\s+(?=(?:it|the|that|we|I|let|our)\b)"
    r"|\s*[,–—]\s*(?:and\s+|so\s+)?(?=(?:I|I'm|I've|we|it's|it is|that's|which|not|do|does|is|are|what about|how about|let's)\b)"
    r"|\s*[,–—]\s*so\s+(?=(?:it's |that's )?(?:an? )?(?:different|another)\b)"
    r"|\s*[,–—]\s*(?:and\s+|so\s+)?(?=(?:mine|my|yours?)\b(?! (?:far )?(?:left|right|middle)(?: side| end)?\s*(?:[,.;)]|$)))"
    r"|\s+and\s+(?=yours?\b)|\s*[,:–—-]\s*(?=(?:so |and |it |that |which )?(?:match(?:es)?|fits)\b)"
    r"|\s*,\s+(?=(?:all |both )?(?:[\w-]+ ){1,3}(?:is|are)\b)"
    r"|\s*,\s+(?:and )?"
    r"(?=(?:the )?(?:[\w-]+ ){1,4}(?:does(?:n't)|do(?:n't)|is(?:n't)|can't|fails|differs|does not)\b)"
    r"|\s+and\s+(?=(?:I|I've|mine|none|nothing|neither|we|do you|what about|how about|is|are)\b))"
)
"""Its first letter is looked at before its alternatives: few places of a text have such a one."""
YES_NO = re.compile(
    r"(?i)\W*(?:I do(?:n't| not)?(?= too|\W*$|\s*[.,!–—])(?: too)?|(?:none|neither)(?=\W*$|\s*[.,!–—:])|yes|yep|yeah|"
    r"yup|no|nope|nah|correct|exactly|indeed|sure|true|affirmative|negative|sí|oui|ja|nein)\b(?! (?:one|other|red|"
    r"more))[\s,.!:;–—-]*"
)
IS_YES = re.compile(r"(?i)\W*(?:affirmative|sí|oui|ja|I do(?!n't| not))\b")
NONE_AFTER = re.compile(
    r"(?i)^(?P<lead>.*?(?:^|[.,;]\s*))(?P<what>[^:,]{3,120}):\s*(?:not (?:a|one|even|any)\b[\w\s]*|none|no|nothing|zero"
    r"|nope|nil|never seen)\W*$"
)
"""A row and then that there is none of it: "Red jugs, blue bowls: none at all"."""
SHOWN = re.compile(
    r"(?i)\byou(?P<not>(?:'ll| will) (?:not|never|hardly)|won't|(?:'ll| will)|can't|cannot| can)? (?:find|see"
    r"|spot)\b(?=.*\b(?:here|my|mine)\b)"
)
"""What "you" would find on the speaker's side is what the speaker sees."""
LEADS_IN = re.compile(r"(?i)^[^:]{0,60}\b(?:start|begin|focus|look|go)(?:ing)?\b[^:]{0,40}:(?=.*\b(?:an?|my|one)\b)")
IS_NO = re.compile(r"(?i)\W*I (?:don't|do not|can't|haven't)\b")
OF_IT = re.compile(r"(?i)\W*(?:it's|it is|its|mine is|mine's)\b")
MENDS = Cue(
    pattern("sorry|correction|I meant?|my mistake|scratch that|I misspoke|wait|strike that|oops|typo"),
    "sorry correction mean meant mistake scratch misspoke wait strike oops typo",
)
INSTEAD = Cue(r"(?i)\b(?:rather than|instead of|as opposed to|unlike)\b[^,.]*", "rather instead opposed unlike")
SIDES = Cue(
    r"(?i)\b(?:mirror\w*|swap\w*|flip\w*|revers\w*|perspective|opposite sides?|facing|your (?:left|right) is|from your side)\b|=",
    "mirror mirrors mirrored mirroring swap swaps swapped flip flips flipped flipping reverse reversed reverses perspective side sides facing your =",  # noqa: E501 (words of one kind)
)
EQUALS = re.compile(r"(?i)\s*=\s*(?:on )?(?:your|the|mine|my)?\s*(?:left|right)\b")
HOW_MANY = re.compile(
    r"(?i)\W*(?:just |only |also |likewise,? |again,? )*"
    r"(?:(?:I(?:'ve| have| see)(?: got)?|there are)\s+)?(one|two|three|four|five|six|seven|eight|"
    r"[1-8])\b(?: (?:of (?:them|those)|here|too|as well|also|on my side|are(?=:)))*\s*(?:[:.,–—-]|$)"
)
EMOTICON = re.compile(r"(?<=\s)[:;]-?[()DP](?=\s|$)")
NUMBERED = re.compile(r"(?<!\S)\(?[1-9]\)\s")
OTHER = re.compile(r"(?i)\b(?:other|others|else|more)\b")
THE_ONE = re.compile(
    r"(?i)\blike (?:that|this|yours)\b|\bsuch an?\b"
    r"|\bthe\b.*\bones?\b|^\W*the (?:\w+ ){1,3}(?:I (?:lack|miss|don't|do not|can't|cannot)|is missing)\b"
)
OF_MINE = Cue(pattern("of mine|of my|nothing|anything"), "mine my nothing anything")
LONGEST, LONGEST_SENTENCE = 2_000, 500
"""In characters. No turn that was heard is longer (six for each of its words), and what a longer sentence says is past telling."""
INITIAL = {"L": "left", "R": "right", "M": "middle", "C": "middle"}
SMALL_WORDS = frozenset(
    "stands sits lies stand sit lie located placed also too on at in the my and is are it its it's was though only just as well with end side one this that "  # noqa: E501 (words of one kind)
    "definitely of far a an".split()
)
MY_ONLY = Cue(r"(?i)\b(?:my|the) only (.{1,60}?) is\b", "only")
NOTHING = re.compile(r"(?i)\bnothing (?:\w+ )?(?:match(?:es)?|fits|corresponds)\b(?! my| your)")
_NAMES = r"(?:settl|agree|commit|go|answer|choos|pick|tak|nam|report|submit|lock|propos|say|giv|put|writ|not|call|enter|list|us)"
SHALL = re.compile(
    rf"(?i)\b(?:shall|should|can|could|do|will|may) we (?:\w+ ){{0,2}}?{_NAMES}e?\b"
    rf"|\b(?:want|ready|okay?|happy|fine|good|agreed?|willing) (?:for (?:us|both of us) to|to|if we) (?:\w+ )?{_NAMES}e?\b"
    rf"|\b(?:how|what) about (?:us )?(?:both )?{_NAMES}ing\b|\b(?:let's|let us) (?:\w+ )?{_NAMES}e?\b"
    r"|^\W*(?:so |then |and )*(?:that|this) one(?: then| for (?:us )?both| it is| for both of us)*\W*$"
    r"|\bis (?:that|this|it) (?:our|the) (?:answer|one|match|choice|pick)\b|\bthat's (?:our|the) (?:one|answer|match)\b"
)
THAT = Cue(pattern(r"that|that's|it|it's|this|those"), "that it this those")
REPORTS = Cue(pattern(r"you(?:'ve| have| see| said| say| mentioned| described|'re)?|yours?"), "you your yours")
OWN = Cue(pattern(r"I|I've|I'm|me|my|mine|we|our|us|both|here"), "i me my mine we our us both here")
THESE = Cue(
    pattern(
        r"(?:I )?(?:have|see|got|'ve) none|(?:none|neither|any|either|nothing|no one|not one|not a single one) (?:of|like|"
        r"matching) (?:those|these|them|yours|that|it|this)"
        r"|(?:don't|do not|can't|cannot|didn't|haven't|have not|not) (?:have|see|find|got|get|spot)? ?(?:that|it|those|"
        r"these|them|this|either|any|one like)\b"
        r"(?: one| ones| here| over here| on my side| of (?:those|them|these|yours))?"
        r"|(?:none|neither|nothing|no|not) (?:match(?:es|ing)?|here|seen here|on my side)"
        r"|(?:doesn't|does not|don't|do not|didn't) match(?: (?:any\w*|mine))?"
    ),
    "have see got none neither any either nothing no not don doesn didn can cannot haven does do",
)
SAME = AnyCase(
    r"\b(?:same (?:here|one|thing|for me|as mine)|me too|mine too|so do I|I do(?: too)?\s*[.!]*$|identical"
    r"|(?:have|see|got|spot) (?:that|it|this|the same|exactly that|one like that|one too|one as well|one)\b"
    r"|(?:that|it)(?:'s| is) (?:mine|one of mine|there|here|here too|on my list|the one I (?:have|see))|that one(?:'s|"
    r" is)? (?:here|mine)(?: too)?|matches mine"
    r"|^\W*(?:perfect |exact |full )?match\b)|^\W*(?:✅|✓|same)\W*$"
)
SHARED = Cue(
    pattern(
        r"(?:we|both|us|you and I) (?:both )?(?:share|have in common|both (?:have|see)|can both)|in common|(?:our|the|a|"
        r"perfect|exact|full|that's a|common|shared) (?:match|overlap)"
        r"|common to (?:us|both)|is ours|(?:is|are) common|(?:I|we|let me|I'd|I'll) (?:suggest|recommend|nominate|choose|vote)|(?:shared|common|same) (?:one|object|piece|item|boat|light|specimen|costume|thing)|(?:it|that) (?:must|has to|"  # noqa: E501 (words of one kind)
        r"should) be(?! (?:a |an )?(?:different|other|another)\b)|answer|commit|propose|settle on|pick"
        r"|(?:let's|let us)(?: \w+)? (?:go|say|answer|commit|pick|choose|submit|name|report|take|agree|settle|lock|put|use|do|write|enter)"
        r"|(?:answer|submitt|commit|lock)ing\b(?! null)|(?:let's|let us|shall we|should we|we can|we should|I'll|I will|I'd|we'll|to|ready to|happy to) (?:go|say|"  # noqa: E501 (words of one kind)
        r"answer|commit|pick|choose|submit|name|report|take|agree|settle|lock|put|use|do|make|write|enter|note)"
        r"|middle for (?:both(?: of us)?|us both|each of us)|(?:has|have|must|needs?|got)(?: to)? be (?:it|ours|the one)"
        r"|go(?:ing)? with|agree(?:d)? on|(?<!can )confirm(?:ed|ing)?(?! (?:an?|that|my|two|three)\b)|lock(?:ing)? in"
        r"|we share|both (?:see|have)|is the one|match(?=\s*[:=–—-])|"
        r"only (?:candidate|option|possib\w+)|"
        r"(?:looks|seems|sounds) (?:like|to be) (?:the one|it|our)|it is(?=:)|"
        r"I think (?:it's )?the(?! .*\b(?:is|are|left|right|middle)\b)|"
        r"(?:it's|it is|that's|that is) our (?:\w+ )?(?:piece|boat|light|specimen|costume|object|one|choice|pick|match)|"
        r"it's the|it is the|that's ours?|that's the (?:one|match|answer)|seen by both|final|that's it|it is(?=\W*$)"
        r"|our (?:\w+ )?(?:piece|boat|light|specimen|costume|object|answer|one|choice|pick|match) is"
    ),
    "we both us you share common match overlap shared same be answer answering submit submitting commit committing propose "
    "settle pick let go going say name report ready happy agree agreed confirm confirmed confirming lock locking final it "
    "that is ours our looks seems sounds think only suggest recommend nominate choose vote should has have must needs need",
)
NOBODY = Cue(
    pattern(
        r"(?:share|see|have) (?:nothing|none|no \w+)(?: at all)? (?:in common|that is the same)|share (?:nothing|none)|"
        r"we share no \w+(?=\W*$)|"
        r"(?:no|nothing|none|isn't any|is no|not any|don't|do not|zero|not one|never)\b[^,.]{0,40}?"
        r"\b(?:in common|share[ds]?|common|overlap\w*|both|mutual|match between us|same)(?! (?:one|kind|colou?r|size))"
        r"|agreed\W+(?:there's |there is )?no match\w*|no match\w*(?= at all| anywhere|\W*$)(?<=so no match)"
        r"|(?:answer|commit|say|go with|go for|propose|submit|is|it's|pick|decline with|put)\b[^,.]{0,20}\b(?:null|none|"
        r"nothing|no match)|null|there is no match|no match at all|decline"
    ),
    "share nothing none no isn don not zero never null decline do agreed match matches answer commit say go propose submit is it pick put",
)
AGREES = re.compile(
    r"(?i)^\W*(?:agreed?|deal|ok(?:ay)?|sounds good|works for me|yes|yep|yeah|perfect|great|confirmed|sure|done|same|"
    r"lock(?:ed|ing)? in|correct|exactly|excellent|good|cool|fine|yup|yay|so be it|(?:(?:take|do) it|(?:it )?(?:looks|seems) (?:so|that way)|(?:it|that) (?:does|works))(?=\W*$)|(?:that's |that is )?right(?=\W*$)|sí|exacto|perfecto|claro|vale|genau|oui|ja|parfait|d'accord)\b(?!.*\b(?:but|not|no|don't)\b)"  # noqa: E501 (words of one kind)
)
TAG = Cue(
    r"(?i)\s*[,.–—-]?\s*(?:and\s+|or\s+)?\b(?:do you(?: have| see)?(?: (?:it|that|one|them|any|either))?(?: too|"
    r" as well)?|you|have you|can you see (?:it|that)|what about (?:you|yours)|how about (?:you|yours)"
    r"|(?:any|does (?:that|it|any) )\s*match\w*|(?<!your )(?<!my )(?<!the )(?<!far )right|ring a bell|sound familiar"
    r"|same (?:for you|there)|"
    r"any of (?:these|those|them)(?: yours)?|which (?:of )?(?:these|those|them|ones?|do you|match)[^,?]*)\s*\?*\s*$",
    "you yours any anymatch anymatches does right ring sound same which",
)
IT = pattern(r"it|it's|its|that one|that one's|this one|that|that's")
MINE = Cue(pattern("mine|my one|my own|the one I (?:see|have)"), "mine one own", "mine my i")
GUESS = Cue(
    pattern(r"if|suppose|maybe|perhaps|might|could be|possibly|probably|I think you|looking for|hoping|any|whether"),
    "if suppose maybe perhaps might could possibly probably think looking hoping any whether",
)
ASIDE = Cue(
    pattern(
        r"(?<![^\s,.])[a-z]+s no(?=\W*$)|focus(?:ing)? on|start(?:ing)? with|tell me|describe (?:your|the|it)|list (?:your|the)|compare|narrow\w*|"  # noqa: E501 (words of one kind)
        r"differ(?:s|ent)?|(?:don't|doesn't) agree|means|meaning|rules? out|ruled out|(?<!those )(?<!these )(?<!they )(?<!that )(?<!it )(?:is|are|r) out|except|besides|apart from|other than|let's check|check(?:ing)?"  # noqa: E501 (words of one kind)
    ),
    "no focus focusing start starting tell describe list compare narrow narrows narrowing narrowed differ differs different "
    "agree means meaning rule rules ruled out except besides apart other check checking",
)
PLACES = Cue(pattern(r"left|right|middle|cent(?:er|re)"), "left right middle center centre")
OF_SIGHT = pattern("have|see|got|spot|find|there|match(?:es)?|either|any of|familiar|yours?")
IN_SIGHT = pattern("have|got|see|there|mine|my|spot|count|notice|also|too|only|'ve|yes|left|here")
ELSE = Cue(pattern(r"what|anything|any|which|describe|list|tell"), "what anything any which describe list tell")

AGREEMENT = frozenset(
    """yes yep yup yeah agreed agree ok okay great perfect confirmed confirm confirming final answer so then it is it's its that's that
    s let's let us both say i'm i m ll i'll answering submitting going go with the our we we're on done settled deal exactly right sure
    excellent awesome good fine lock locked locking in match is sounds too as well done same here for me you and to commit committing
    my your side perfectly absolutely bingo correct hence therefore thus must be must've going also now all set ready choose choosing
    pick picking name naming report unless object disagree otherwise""".split()
)
"""Words that may stand beside a description that is proposed or agreed to."""
ACCEPTS = frozenset(
    "yes yep yup agreed agree confirmed confirm final answer answering submitting settled deal lock locked commit committing".split()
)
SO_BE_IT = re.compile(
    r"(?i)^\W*(?:so|then|hence|therefore),? (?:it's )?the (?:\w+ ?){1,4}\W*$|\b(?:it is|it's the|the \w+(?: \w+){0,3} it is)\b"
)
ONES = Cue(pattern("ones?|mine"), "one ones mine")
ANOTHER = Cue(
    pattern("another|a different|a second|a third"),
    "another different second third",
)
OTHERS = pattern("the (?:other (?:one|ones|two|three|four)|others|rest)")
TOO = Cue(pattern("too|as well|also|yes"), "too well also yes")
THE = Cue(pattern("the|that|this|your"), "the that this your")
DISSENTS = re.compile(r"(?i)\b(?:not|no|never|\w+n't|wait|but|unless|however|instead|rather|until)\b")
SHARE = re.compile(
    r"(?i)\b(?:shared?|shares|common|match\w*|(?:we|us|you|that|which|for|by|to|in) both|both (?:of us|see|have|can|share|lists|sides))\b"
)
OR = Cue(r"(?i)\bor\b", "or")
MATCHES = re.compile(r"(?i)\bmatch(?:es|ed)?\b(?! (?:none|nothing|no)\b)")
NOT_THAT = re.compile(r"(?i),? (?:and )?not (?:the|a|an|your|my|that)\b[^,.;:]*")
SUPPOSED = Cue(
    r"(?i)\b(?:would (?:have to|need to|need|then|only match)|should then|needs? to be|has to be|have to be)\b"
    r"(?=.*\b(?:left|right|middle|match|sides?|opposite|mirrored)\b)|\bneeds? (?:my |your |the |a )?(?:left|right|middle)\b",
    "would should be needs need",
)
SEVERAL = pattern("none|neither|any|either|those|these|them|nothing|yours")
ALIKE = Cue(
    r"(?i)\b(?:match(?:es)?|corresponds? to|lines? up with|fits) (?:my|your|mine|yours)\b|\byour .{3,60}(?: is|'s| equals) (?:also |exactly |just )?(?:the one )?(?:on |at |in )?my (?:left|right|middle)\b"  # noqa: E501 (words of one kind)
    r"|^\W*(?:so )?(?:only )?the .{0,30}\bones? match(?:es)?\b(?! (?:too|here))",
    "match matches correspond corresponds line lines fits your",
)
"""Says that something is the same for both, which tells nothing new of it."""
IT_MATCHES = Cue(
    r"(?i)(?:^\W*|\b(?:so|that|it|this|which|and|they|these|the two|both|yes|perfect|exact)\s+)(?:it |that |this )?"
    r"(?:also |both |is |'s |are )?(?:an? |our |the )?(?:perfect |exact |full )?match(?:es|ing)?\b(?! (?:none|nothing|no|in|on|with))"
    r"|^\W*(?:it |that |this )?(?:is|'s|are) (?:also )?(?:the )?(?:common|shared|identical|the same|ours)\b"
    r"|^\W*(?:so |yes,? |that's |it's |exactly )?(?:the )?(?:very |exact )?"
    r"same (?:one|piece|boat|light|specimen|costume|object|thing)\W*$",
    "match matches matching same common shared identical ours",
)
ONLY_PLACE = re.compile(
    r"(?i)\W*(?:(?:it's|it is|mine is|mine's) )?(?:on |in |at |to )?(?:the |my )?(?:far )?(?:left|right|middle)(?: side| end)?\W*"
)
MOSTLY = re.compile(r"(?i)\W*(?:(?:nearly|almost) all|most|almost everything|nearly everything|everything|(?:the )?(?:rest|remainder))\b")
CONCLUDES = re.compile(r"(?i)\W*(?:so|hence|then|therefore|thus)\b")
I_HAVE = re.compile(r"(?i)\W*I(?:'ve got|'ve| have| see| got)\b(?! (?:no|none|nothing)\b)")
YOUR_FIRST = re.compile(r"(?i)\W*(?:so |and |then )?your\b")
ON_MINE = re.compile(r"(?i)\b(?:on |in |at )?my (?:left|right|middle)\b")
AS_OWN = Cue(pattern("I|I've|I'm|my|mine|an?|no"), "i my mine a an no")
"""Speaks of a thing as something that the speaker sees or lacks, not as what was spoken of before."""
SETTLING = AnyCase(r"\b(?:shall|should|agree|commit|go with|answer|settle|stick with|propose|deal|take|pick|choose)")
FITS = Cue(
    pattern(
        "matches|fits|works|agrees|coincides|overlaps|(?:lines|checks) (?:up|out)"
        "|is (?:identical|the same|shared|common|ours)|is exactly yours|(?:is|looks) (?:just |exactly )?like yours"
        r"|(?:is|appears) (?:in|on) (?:both|each)(?: of)?(?: our)? \w+|flips"
    ),
    "matches fits works agrees coincides overlaps up out identical same shared common ours exactly like both each flips",
)
STANDS = Cue(pattern("stands|it is|wins|it stays"), "stands is wins stays")
FAILS = pattern("fails?|differs?|clash(?:es)?|mismatch(?:es)?|conflicts?|disagrees?|different|eliminated|excluded|(?:is|are) out|unlike")
"""Says of two things that they are not one, without a word that denies."""
THE_IS = Cue(r"(?i)\bthe (?:[\w-]+ ){1,4}?(?:is|sits|stands|lies)\b", "is sits stands lies")
BARE_IS = re.compile(r"(?i)^\W*(?!(?:mine|it)\b)(?:[\w-]+ ){1,3}is (?:in |on |at )?(?:the |my )?(?:left|right|middle)\b")
WHICH = re.compile(r"(?i)\W*which (?:are|is)\b")
YOURS = pattern("yours?")
OF_THESE = re.compile(r"(?i)\bnone of (?:these|those|them|that)\b(?!.*\bin common\b)")
OF_SOME = re.compile(r"(?i)\b(?:there|here|among|so far)(?: either| too| as well)?\W*$")
THEN_NONE = re.compile(
    r"(?i)\W*(?:(?:so|then|hence|thus|therefore),? )?(?:it's |it is )?(?:none|null|nothing)(?:,? (?:then|in common|for us|shared))*\W*"
)
MY_ONE = Cue(pattern("my|mine"), "my mine")
OF_ALL = Cue(pattern("all|both|each|they're all"), "all both each")
THAT_ONE = re.compile(r"(?i)\b(?:the|that|this|your) (?:[\w-]+,? ){1,4}one\b")
SO_FAR = Cue(pattern("so far|yet"), "far yet")
"""Said of a search, and not of what there is to be seen: "no mugs yet"."""
OF_BOTH = re.compile(r"(?i)^\W*(?:both|all(?: three| of them)?)(?: are| being)?\b")
PLACE_FIRST = re.compile(
    r"(?i)^\W*(?:(?:hi|hello|hey)\b[^,.!]{0,20}[,.!]\s*)?(?:(?:on|at|to|in) (?:my|the) (?:far )?(?:left|right|middle)(?: side| end)?,?\s+(?:I(?:'ve| have| see| can see)(?: got)?"  # noqa: E501 (words of one kind)
    r"|there(?:'s| is| are))|my (?:left|right|middle)(?: side| end)? (?:has|holds|shows|contains))\s+"
)
"""A place that all that follows is in: "on my left I see a mug and a jug"."""
IS_MY_ONLY = Cue(r"(?i)\b(?:it's|it is|that's|this is) my only ([\w -]{3,40})", "only")


def is_aside(text: str, full: bool) -> bool:
    """Whether ``text`` guesses, reports what the other has, or only says what the talk is about; where it describes something in ``full``
    it does that only if it is of what the other has."""
    own = OWN.search(text)
    if full:
        return not own and bool(REPORTS.search(YOUR_SIDE.sub("", text)))
    if ASIDE.search(text) or MOSTLY.match(text) or (GUESS.search(text) and not is_negated(text) and not own):
        return True
    return bool(IS_MY_ONLY.search(text) or (not own and REPORTS.search(YOUR_SIDE.sub("", text))))


YOUR_SIDE = Cue(r"(?i)\b(?:on|at|to|from)\s+your\s+(?:left|right)\b", "your")
