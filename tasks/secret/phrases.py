"""Turns of phrase by which talk about `secret` is read: what is denied, who has heard of it, and what names or points."""

from __future__ import annotations

import re

from benchmark.phrases import AnyCase, Phrases

NOT = r"(?:do|does|did|is|was|are|were|has|have|had|ca|could|wo|would|should|must)n't"
DENIAL = re.compile(
    rf"\b(?:not|{NOT}|never|nor|neither|no|except|rather than|instead of|other than|anything but|forget|(?:isn|wasn|don|ain)t"
    r"|rule out|ruled out|cross out|exclude|without)\b",
    re.IGNORECASE,
)
SPACES = re.compile(r"[^\S\n]{2,}")
RELATIVE = Phrases(r"where|when|whoever|who|that|which|because")
CLAUSE = re.compile(
    r"\s*[:—–]\s*|\s-\s"
    r"|(?<![,\s])[,\s]+(?<!nothing )(?<!anything )(?<!anyone )(?<!none )(?<!all )(?<!everything )but\b(?! not\b)(?! nothing\b)"
    r"|(?:,|,?\s+and)\s+(?=(?:all )?(?:the (?:rest|others?|remaining)|everything else|all else|all others)\b(?! stor))"
    r"|,\s+(?:(?:and|so|though|although|whereas|while|yet)\s+)?"
    r"(?=(?:it is|it's|it was|i|i've|i'm|we|she|he|they|rather|think|take|which|that's)\b)"
    r"|\s+(?:and|so)\s+(?=(?:i|we|she|he|they|it's)\b)",
    re.IGNORECASE,
)
GLUE = re.compile(
    r"^[\s,/&]*(?:(?:and|or|nor|the|a|an|my|your|our|one|ones|with|also|not|either|place|story|of|about)[\s,/&]*)*$", re.IGNORECASE
)
JOINS = Phrases("and|or|nor|either")
DENIED_AFTER = re.compile(
    r"^(?:\s+(?:one|place|story))?\s*,?(?:'s| is| was| are)?\s*"
    r"(?:not\b(?! only)|n't\b|isn't|isnt|wasn't|out\b|wrong|no\b|ruled out|off the)",
    re.IGNORECASE,
)
KNOWS = Phrases(
    r"(?:un)?kno\w*|knew|hear|hears|heard|(?:had|has|have) (?:\w+ ){0,4}?from|tell|tells|told|mention\w*|aware|unaware|gossip\w*|blab\w*"
    r"|shared?|spoke|guilty|confess\w*|admit\w*"
    r"|(?:is|are|was|were|got|been|slipped) out|talked|in on|passed|leaked|clue|(?:un)?familiar|learn\w*|secret from|news"
    r"|let slip|spilled|idea|breathed|kept|keep"
)
SAW = Phrases(
    r"(?:was|were) (?:also |both |already |right )?(?:there|with us|with me|with you|present|around|beside|next to)|saw"
    r"|seen|witness(?:ed)?|watched|laughed"
    r"|was away|stayed (?:at )?home|(?:wasn't|was not|weren't) (?:there|with us|around|present)|missed"
)
UNKNOWN = Phrases(
    r"not|no(?! (?:doubt|question|problem|wonder|worries))|none|never|nothing(?! else| more)|un\w+ (?:to|of|with)|unaware"
    rf"|nobody|no one|secret|nor|neither|without|ignorant|away|stayed|missed|kept|keep|{NOT}"
    r"|(?:does|do|did|have|has|is)nt"
)
EXCEPT = Phrases(r"except|but|apart from|other than|besides|save")
ONLY = Phrases(r"only|just")
EVERYTHING = Phrases(r"everything|all")
NOTHING = re.compile(
    r"\b(?:nothing(?! else| more)|none of|no one|nobody|not any|zero|nada)\b"
    r"|(?:n't|not|never)\b[^.]{0,40}\b(?:anything|a word|any)\b",
    re.IGNORECASE,
)
SEVERAL = Phrases("those|these|them|either|neither|both")
THAT = Phrases("that|this|it|those|these|them|either|neither|both|which|of that|any of it")
ABOUT_THAT = Phrases("(?:of|about) (?:that|it|this|those|them|these)(?: two)?")
SAME = Phrases(
    r"same (?:\w+)|(?:that|this) (?:one|place|spot|trail|town|inn|lot|item|person|candidate|name|winner)"
    r"|it(?:'s| is) there|(?:drinks|go|head|run|bid|meet) there"
    r"|that(?:'s| is) (?:the (?:one|place|spot)|it|where|our \w+|who)|use (?:that|this|it)|behind that"
    r"|go with (?:that|it)|there it is|there we go"
)
OF_THOSE = re.compile(
    r"^\W*(?:and |so |it's |it is |but )*"
    r"(?:(?:neither|none)(?: of (?:those|them|these|the two))?|not (?:that|those|this|these|them|there)\b[^,]*)\W*$",
    re.IGNORECASE,
)
ANSWER = re.compile(
    r"^\W*(?:(?P<yes>(?:oh )?(?:yes|yep|yeah|yup|correct|right|exactly|indeed|sure|true|agreed|confirmed|of course(?! not)"
    r"|certainly(?! not)|absolutely(?! not)|unfortunately(?: yes)?|sadly(?: yes)?|(?:i'm )?afraid so|(?:she|he"
    r"|i) (?:has|does|did|have|was)))"
    r"|(?P<no>no|nope|nah|never|not (?:yet|from me|by me|at all|that i know|me)|(?:of course|certainly|absolutely) not"
    r"|(?:she|he|i) (?:has|does|did|have|was)(?:n't| not)))"
    r"(?:\s*(?:$|[,.!;:–—-])[\s,.!;:–—-]*|\s+(?=(?:i|she|he|it|not|we|that|this|but|never|only|just)\b))",
    re.IGNORECASE,
)
AND_ABOUT = re.compile(r"^\W*(?:(?:and |or |what |how )*(?:about|of)|and|or|also|plus|nor|not|as well as)\b", re.IGNORECASE)
TELLS = r"\b(?:{0}) (?:\w+ )?(?:told|tells|mentioned|shared|spoke|talked)\b(?! (?:of|about|by))"
"""What others tell is no news to them: "he told a ghost story"."""
VERBISH = Phrases(
    r"(?:it|that|he|she|there|let)'s|is|isn't|was|were|are|be|go|goes|going|think|remember|recall|take|where|who"
    r"|whoever|bid|pick|choose|meet"
    r"|head|drive|look|find|found|use|mean|want|did|do|does|have|had|has|lost|got|came|know|then|instead|forget|say|said|clue|will|'ll"
)
IF = Phrases("if|whether|unless|in case")
OURS = Phrases("to (?:myself|ourselves)|between (?:us|the two of us|you and me)|our secret")
ASKS_FOR = Phrases("tell me|let me know|list|remind me|need to know|want to know")
WHAT = Phrases("what|which|anything|any|how much|stories|story|something|anyone")
REMEMBER = Phrases("remember|recall|forget|forgotten|think (?:of|back)|know where|know the one|(?:where|what|who) (?:did|was|were)")
NAMES_IT = re.compile(
    r"\b(?:is|it's|its|was|be|it|go|going|goes|chose|chosen|choose|pick|picked|booked|book|bid|bids|take|takes|run|runs"
    r"|won|wins|winner|answer"
    r"|secret|meet|head|drive|let's|lets|means?|meant|definitely|prepared|enter|heading|engrave|want|agreed?|commit|say|so)\b|'s\b",
    re.IGNORECASE,
)
TALKS_OF = Phrases("remember|recall|was|were|had|went|used to|last time|ago|like|liked|love|loved|story|stories|about|maybe|perhaps")
BARE = re.compile(r"^[\W\d]*(?:(?:ok|okay|oh|ah|yes|right|the|got it|then|well|so|at|in|on|ready)\W*)*$", re.IGNORECASE)
CHOICE = Phrases("or|either|one of|between")

GUESSES = Phrases("it's|it is|then|must be|where|place|spot|is it|so we|we go|we're|i'll|of course")
"""Said of where one goes, and not of what was told."""
SAFE = Phrases(
    "safe|fresh|news? to|between us|stayed with|just us|ours alone|under wraps|to (?:myself|ourselves)"
    r"|innocent|untold|unspoken|unmentioned|clean|in the dark|off limits to"
)
"""Said of what the listener has not heard."""
HIDDEN = Phrases("kept|keep|silent|secret|ours|unaware|ignorant|unknown|unheard|unfamiliar")
"""More of the same, where it is said of a story."""
NOT_BEFORE = re.compile(
    r"(?:n't|\b(?:not|no|never|hardly|old))\s+(?:(?:a|able|any|all|exactly|entirely|just|longer|manage|quite|really|so|that|the|to|very)\s+){0,3}$",
    re.IGNORECASE,
)
"""Before a word of those two: "no longer safe"."""
IN_SHORT = re.compile(
    r"^\W*(?:\w+\s+)?(?:(?:is|are|was|were|do|does|did|has|have|had)(?P<not>n't|\s+not)?|(?P<never>not|never))(?:\s+(?:so|yet|either))?\W*$",
    re.IGNORECASE,
)
TO_ONESELF = re.compile(r"\W*to (?:myself|ourselves)\b\W*$", re.IGNORECASE)
BARE_YES = Phrases("yes|yep|yeah")
ASIDE = re.compile(
    r"\W*(?:(?:i|we) (?:swear|promise|think|believe|hope|guess|suppose|fear|admit|assure you|must (?:say|admit)|am afraid)"
    r"|i'm afraid)\W*$",
    re.IGNORECASE,
)
"""What cuts no clause in two: "the rest, I swear, I never told"."""
RECALLS = Phrases("i remember|i recall|i do remember")
WE_KNOW = AnyCase(r"\b(?:i|you|we) (?:do |still |also |both )?(?:know|knew)\b")
"""What the two of them know says nothing of the listener."""
ORDERS = re.compile(r"\W*(?:please|don't|do not|let|tell|keep)\b", re.IGNORECASE)
BARE_NOT = re.compile(
    r"(?:^|[,;–—])\W*(?:(?:and|but|so|just|yet)\W+)*not(?:\W+(?:even|the|a|an|my|your|our|that|those|of|about|with))*\W*$", re.IGNORECASE
)
"""Before a story: the opposite of what was said last."""
EVERY_BUT = re.compile(
    r"\b(?:any|every(?:thing|one)?|none|all|each)(?: one)?(?: (?:of )?(?:the |my )?(?:them|those|these|stories|lot|rest|others?"
    r"|two|three|four|five|six|seven|eight|nine|ten))?\W*$",
    re.IGNORECASE,
)
"""Before a "but" that takes something out."""
PIECE = re.compile(r"[,;:–—(/]|\b(?:and|but|while|whereas|though|likewise|nor|or|so|yet|plus|as)\b", re.IGNORECASE)
"""Where something else begins within a clause."""
NO_OTHERS = re.compile(
    r"(?:^|[,;–—-]|\b(?:and|but)\b)\W*(?:(?:and|but)\s+)?"
    r"(?:nothing (?:else|more|further|besides)|no (?:others?|more)|none of the (?:others?|rest)"
    r"|(?:not|never)(?: any of)? the (?:others?|rest)"
    r"|that(?:'s| is| was) (?:all|everything)|only)"
    r"(?:,?\s+(?:from me|sorry|i'm afraid|of (?:them|those|these)))?\W*(?:\(ready\)\W*)?$",
    re.IGNORECASE,
)
"""At the end of a row: of the others the opposite holds."""
ALL_OF = re.compile(
    r"(?<!not )\b(?:all (?:of )?(?:them|those|these)|them all|all (?:of )?(?:the )?(?P<n>\w+)|every (?:single )?one"
    r"|each (?:one|of them))\b",
    re.IGNORECASE,
)
ALL_ARE = re.compile(r"^\W*all(?: (?!i\b|we\b)\w+){1,3}\W*$", re.IGNORECASE)
NO_REST = Phrases("nothing else|none|no others|not any|neither")
YES = Phrases("yes|yep|yeah|both|all")
SUCH_AS = Phrases("mean|namely|such as|like|thinking of|for example|say")
EACH_ANSWER = re.compile(
    r"[\s:=,(–-]{0,4}(?:(?P<yes>yes|yep|yeah|told|known|heard|✓|✔|✅)"
    r"|no|nope|never|untold|unknown|unheard|not(?: told| yet| heard)?|✗|✘|❌)(?!\w)"
    r"\s*(?:$|[,;.)!/]|and\b|but\b)",
    re.IGNORECASE,
)
NONE = Phrases("none|no others")
REST = re.compile(
    r"\b(?:(?:the )?(?P<n>\w+) others\b|(?:the )?other (?P<m>\w+)|(?:the|all|those) (?:the )?(?:others?|rest|remaining(?: \w+)?)"
    r"|everything else|anything else|all else|nothing else)\b",
    re.IGNORECASE,
)
TOLD_LIST = re.compile(
    r"^\W*(?:(?:and|but|so|i|i've|have|never|not|already|yet|all) )*(?:told|mentioned|shared|untold|blabbed|spilled)\b[^:]{0,20}:",
    re.IGNORECASE,
)
TOLD_WHICH = Phrases("told|tell|mentioned|mention|shared|leaked|blabbed|kept|safe|let slip")
ASKS_WHICH = Phrases("which|what|any|anything|these|those|them|have you told|did you (?:ever )?(?:tell|mention)")
"""In a question of one sentence about a list of stories in another."""
POINTS = Phrases("it is|it's|it was|not|nor|where|when|the one|then|remember")
"""In a sentence that points at a story and is no list."""
