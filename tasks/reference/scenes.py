"""Where the two people stand, what they look at, and the words there are for it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

SIZE, COLOUR, MARK, KIND, PLACE = ATTRIBUTES = ("size", "colour", "mark", "kind", "place")
"""In the order in which English puts them: a small green striped mug on the left."""

NEUTRAL = ATTRIBUTES[:4]
"""What is the same from everywhere. A place is said as its speaker sees it."""

SIZES = ("small", "medium", "large")
LEFT, MIDDLE, RIGHT = PLACES = ("left", "middle", "right")
MIRRORED = {LEFT: RIGHT, MIDDLE: MIDDLE, RIGHT: LEFT}


class Scene(NamedTuple):
    """``{0}`` and ``{1}`` are the people. ``kinds`` are singular, with the plural after a slash where it is not in -s.

    ``remarks`` are things one of them notices that have no bearing; the word in brackets gives each away.
    """

    key: str
    setting: str
    stakes: str
    across: str
    thing: str
    things: str
    kinds: str
    colours: str
    marks: str
    remarks: tuple[str, ...]


SCENES = (
    Scene(
        "stall",
        "{0} and {1} are neighbours who mind a market stall together. They stand on opposite sides of its long table, "
        "and crates on it hide "
        "some of the pottery from one and some from the other. A customer on the phone will buy one piece if both can "
        "vouch for its condition.",
        "Whatever is sold unseen tends to come back with a claim for damages.",
        "they face each other across the table",
        "piece",
        "pieces",
        "mug jug bowl plate vase",
        "green red blue white yellow brown",
        "striped dotted plain chipped checked",
        (
            "A [kitten] sleeps under the table.", "The [awning] drips on this side.", "There is a forgotten [umbrella].",
            "There is a smell of [pancakes].", "The [cashbox] is locked.", "A [violinist] plays nearby.", "The [tablecloth] has a hole.",
            "A [tourist] asks for change.", "The [scales] are broken.", "There is [confetti] on the ground.",
        ),
    ),
    Scene(
        "harbour",
        "{0} is harbour master and {1} the new deputy. They stand on opposite quays of one basin; cranes and sheds hide some "
        "boats from one and some from the other. A boat that both can watch all night is to carry the mayor's coins.",
        "If nobody or the wrong crew is told by dusk, the town may lose the coins.",
        "the quays face each other",
        "boat",
        "boats",
        "dinghy/dinghies barge ferry/ferries trawler sloop",
        "green red blue white black orange",
        "striped patched plain rusty numbered",
        (
            "A [heron] stands on the steps.", "The [foghorn] was tested at noon.", "An [anchor] lies on this quay.",
            "The [lighthouse] is being painted.", "Someone is mending [nets] here.", "A [pelican] watches.", "The [slipway] is icy.",
            "A [choir] rehearses in the shed.", "The [fuel] pump is closed.", "A [bicycle] leans on a bollard.",
        ),
    ),
    Scene(
        "carousel",
        "{0} and {1} work in lost luggage and have known each other for years. Each watches one camera over the same "
        "stopped luggage belt; the "
        "cameras face each other from its two sides, and pillars hide some pieces from one and some from the other. A "
        "guard will pull off one "
        "piece for a test of the scanner, and it must be one that both cameras show.",
        "The belt starts again in a minute.",
        "the cameras face each other across the belt",
        "piece",
        "pieces",
        "suitcase backpack trunk crate duffel",
        "green red blue grey black purple",
        "strapped dented plain taped labelled",
        (
            "A [pushchair] stands by the belt.", "The [clock] on the wall is slow.", "Somebody dropped a [passport].",
            "A [cleaner] mops the floor.", "There is a [puddle] by the pillar.", "Two [pilots] walk past.", "The [vending] machine blinks.",
            "A child waves a [balloon].", "The [ceiling] lamp flickers.", "A [poodle] sniffs at the belt.",
        ),
    ),
    Scene(
        "cabinet",
        "{0} and {1} are curators of one museum. A long glass cabinet stands in the wall between their rooms and is seen "
        "from both, but labels "
        "and frames hide some specimens from one and some from the other. A film crew wants one specimen that it can show from both rooms.",
        "The crew pays only if both curators name it before closing time.",
        "they look into the cabinet from its two sides",
        "specimen",
        "specimens",
        "shell fossil beetle moth crystal",
        "green red blue grey brown golden",
        "spotted banded plain cracked ridged",
        (
            "The [thermostat] hums in this room.", "A school [class] is due at three.", "The [hinge] of the door squeaks.",
            "A [moustache] is drawn on a poster.", "The [carpet] is new.", "There is a [ladder] in the corner.",
            "A [visitor] has lost a glove.",
            "The [alarm] is off.", "A [donor] has sent flowers.", "The [skylight] leaks.",
        ),
    ),
    Scene(
        "sky",
        "{0} and {1} are amateur astronomers and old school friends. Both have turned a telescope to the same strip of "
        "sky, but cloud hides "
        "some of it from one and some from the other. They may report one discovery tonight, and a report counts only if "
        "two people saw it.",
        "A rival club reports at midnight.",
        "{0}'s telescope swaps left and right and {1}'s does not",
        "light",
        "lights",
        "star comet nebula galaxy/galaxies cluster",
        "green red blue white yellow orange",
        "flickering hazy steady ringed tailed",
        (
            "The [tripod] is shaky.", "An [owl] calls nearby.", "There is [dew] on the lens.", "A [satellite] went by at ten.",
            "The [thermos] is empty.", "A [neighbour] has the porch light on.", "The [chart] is torn.", "A [hedgehog] rustles nearby.",
            "There was a [meteor] at nine.", "The [torch] needs a battery.",
        ),
    ),
    Scene(
        "costumes",
        "{0} sews for the theatre that {1} directs. They stand on opposite sides of the long costume rail, where hat "
        "boxes hide some costumes "
        "from one and some from the other. The lead can try on one costume tonight, and both want to have looked it over first.",
        "Without it the dress rehearsal is off.",
        "they face each other across the rail",
        "costume",
        "costumes",
        "cloak gown tunic waistcoat apron",
        "green red blue white black silver",
        "striped embroidered plain torn quilted",
        (
            "A [mousetrap] stands in the corner.", "The [prompter] has a cold.", "There are [sequins] on the floor.",
            "The [piano] is out of tune.", "There is half a [sandwich] here.", "The [mirror] is cracked.", "A [wig] hangs from the lamp.",
            "The [stagehand] is asleep.", "There is [chalk] on the wall.", "The [fountain] from act two drips.",
        ),
    ),
)  # fmt: skip

SCENE = {scene.key: scene for scene in SCENES}


@lru_cache
def kinds_of(scene: Scene) -> tuple[str, ...]:
    return tuple(kind.partition("/")[0] for kind in scene.kinds.split())


@lru_cache
def plural_of(kind: str) -> str:
    """The plural of ``kind``; of a word that is none of ours, with an s."""
    known = dict(pair.split("/") for scene in SCENES for pair in scene.kinds.split() if "/" in pair)
    return known.get(kind, "nebulas" if kind == "nebula" else f"{kind}s")


@lru_cache
def plurals_of(scene: Scene) -> frozenset[str]:
    return frozenset(map(plural_of, kinds_of(scene)))


def _attributes() -> dict[str, str]:
    known = dict.fromkeys(SIZES, SIZE) | dict.fromkeys(PLACES, PLACE)
    for scene in SCENES:
        known |= (
            dict.fromkeys(scene.colours.split(), COLOUR) | dict.fromkeys(scene.marks.split(), MARK) | dict.fromkeys(kinds_of(scene), KIND)
        )
    return known


ATTRIBUTE_OF = _attributes()
"""What each word tells of an object; no word tells two things in any scene."""
KINDS = frozenset(word for word, name in ATTRIBUTE_OF.items() if name == KIND)


def ordered(words: Iterable[str]) -> tuple[str, ...]:
    """``words`` of one object in the order of ``ATTRIBUTES``."""
    return _ordered(frozenset(words))


@lru_cache(maxsize=8192)
def _ordered(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (ATTRIBUTES.index(ATTRIBUTE_OF[word]), word)))
