"""The particulars of friends, the values they take and the words for them."""

from __future__ import annotations

from typing import NamedTuple

from benchmark.lexicon import FIRST_NAMES
from benchmark.phrases import Phrases


class Trait(NamedTuple):
    """How a particular is said, otherwise said and denied, which words ask for it, and the values it takes."""

    said: str
    varied: str
    denied: str
    asked: str
    values: str


_TABLE = """
home town; is from {}; comes from {}; is not from {}; from|home|town; Turin Porto Ghent Bergen Krakow Tartu Izmir Quito Lagos Kyoto
employer; works at {}; works for {}; does not work at {}; works?|jobs?; Halden Norvik Castrel Orrin Velmar Tessaly Sablon Averil Brack Zuni
hobby; likes {}; enjoys {}; does not like {}; hobby|likes?|enjoy; chess rowing juggling origami fencing pottery archery sailing skiing yoga
instrument; plays the {}; plays {}; does not play the {}; plays?|instrument; cello banjo flute harp oboe tuba violin piano viola lute
language; speaks {}; knows {}; does not speak {}; speaks?|language; Welsh Tamil Danish Basque Swahili Korean Greek Arabic Czech Hindi
pet; keeps a {}; has a {}; does not keep a {}; pets?|animal; parrot gecko rabbit poodle hamster tortoise ferret donkey beagle kitten
"""
TRAITS = {name: Trait(*rest) for name, *rest in (row.split("; ") for row in _TABLE.strip().splitlines())}
ASKED = {name: Phrases(trait.asked) for name, trait in TRAITS.items()}
TRAIT_OF = {value: name for name, trait in TRAITS.items() for value in trait.values.split()}
_FORMS = """skier:skiing ski:skiing juggler:juggling juggle:juggling archer:archery fencer:fencing fence:fencing rower:rowing row:rowing
    potter:pottery sailor:sailing sail:sailing pianist:piano cellist:cello oboist:oboe violinist:violin violist:viola harpist:harp
    flutist:flute flautist:flute tubist:tuba banjoist:banjo lutist:lute lutenist:lute yogi:yoga"""
ALIASES = dict(form.split(":") for form in _FORMS.split())
ALIASES |= {f"{word}s": meant for word, meant in ALIASES.items()} | {
    f"{value}s": value for name in ("pet", "instrument", "language") for value in TRAITS[name].values.split()
}
MEANT = {term.casefold(): ALIASES.get(term, term) for term in (*FIRST_NAMES, *TRAIT_OF, *ALIASES)}
"""Every word for a friend or a particular, in small letters, and what it means; no term is more than one word."""
FRIENDS = frozenset(MEANT.values()) - TRAIT_OF.keys()


def is_friend(word: str) -> bool:
    return MEANT.get(word.casefold()) in FRIENDS
