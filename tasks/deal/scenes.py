"""Who divides what, and why a piece is wanted: the scenes of `deal`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Good(NamedTuple):
    """A kind of piece: what several are called, and two reasons for which somebody wants them. ``{n}`` is who."""

    plural: str
    wanted: tuple[str, str]


class Scene(NamedTuple):
    """``stories`` say who {a} and {b} are and why they must divide; ``lost`` what happens without a deal."""

    stories: tuple[str, str]
    lost: str
    goods: Mapping[str, Good]


SCENES: Mapping[str, Scene] = {
    "attic": Scene(
        (
            "{a} and {b} shared a flat for four years and move out tonight, to different towns. The attic still has to be divided, and the "
            "van is waiting.",
            "The lease is up: {a} and {b}, flatmates since college, stand in their attic with two vans at the door and one heap to divide.",
        ),
        "the landlord clears the attic and pays each of them a little for it",
        {
            "lamp": Good("lamps", ("whose new room has no window at all", "who paints at night and needs the light")),
            "chair": Good("chairs", ("who has a table for six and nothing to sit on", "who means to have people over every weekend")),
            "rug": Good("rugs", ("whose new floor is bare and cold concrete", "whose neighbours below complain about every step")),
            "mirror": Good("mirrors", ("who is opening a small dance studio", "who wants the narrow hall to look wider")),
            "trunk": Good("trunks", ("whose new place has no cupboards to speak of", "who has boxes of letters to put somewhere")),
            "shelf": Good("shelves", ("who has books in heaps along the wall", "who needs somewhere to put the plants")),
        },
    ),
    "market": Scene(
        (
            "{a} and {b} run rival food stalls at one market. Today's van brought one delivery for the two of them, and the market opens "
            "in twenty minutes.",
            "One delivery came for two stalls, {a}'s and {b}'s. They compete for the same customers, but the driver wants one signature "
            "now.",
        ),
        "the driver takes everything back and each makes do with what was left yesterday",
        {
            "ham": Good("hams", ("who has a queue for sandwiches every noon", "who promised a wedding party cold cuts")),
            "melon": Good("melons", ("whose fruit salad sells out on hot days", "who squeezes juice for the whole north row")),
            "pumpkin": Good("pumpkins", ("who has put soup on the board already", "who bakes a spiced pie that people travel for")),
            "cheese": Good("cheeses", ("who grills toast from opening until dark", "who has a tasting plate on order for ten")),
            "duck": Good("ducks", ("whose roast is the dish of the week", "who was written up in the paper for one dish")),
            "cabbage": Good("cabbages", ("who fills dumplings by the hundred", "whose pickles are the first thing to go")),
        },
    ),
    "estate": Scene(
        (
            "{a} and {b} are siblings who have barely spoken since the funeral. Their aunt's will leaves a few things to the two of them "
            "together, to be divided by agreement.",
            "Their grandfather left {a} and {b}, siblings who compete in everything, one list of things and one instruction: agree.",
        ),
        "the notary sells everything at a poor price and each gets a small sum",
        {
            "painting": Good("paintings", ("who spent whole summers beside that easel", "whose walls have stood bare for years")),
            "clock": Good("clocks", ("who repairs such things for a living", "who fell asleep to that ticking as a child")),
            "vase": Good("vases", ("who collects that glass", "who sells flowers every day of the week")),
            "ring": Good("rings", ("who is to be married in the spring", "who tried on everything in that box at ten years old")),
            "carpet": Good("carpets", ("who learned to walk on that wool", "whose old house is draughty from end to end")),
            "violin": Good("violins", ("who teaches children to play", "who still practises every single morning")),
        },
    ),
    "labs": Scene(
        (
            "{a} and {b} head two labs of one institute. A third lab closes, and the dean gives its instruments to the two of them, if "
            "they can say by noon who takes what.",
            "A colleague retires and leaves a room full of instruments. {a} and {b}, who run the labs left and right of it and compete for "
            "the same grants, are to divide them.",
        ),
        "the dean sends the instruments to storage and gives each lab a little money",
        {
            "laser": Good("lasers", ("whose new optics bench is still empty", "whose doctoral student waits for beam time")),
            "microscope": Good("microscopes", ("who counts cells from morning to night", "who teaches a course for forty this term")),
            "freezer": Good("freezers", ("whose samples thaw in a shared corridor", "who is starting a tissue bank")),
            "pump": Good("pumps", ("whose vacuum line has failed twice", "who runs three chambers on one machine")),
            "printer": Good("printers", ("who builds fluid chips layer by layer", "whose grant promises a prototype by June")),
            "scanner": Good("scanners", ("who digitises a herbarium", "who has a thousand plates to read")),
        },
    ),
    "hikers": Scene(
        (
            "{a} leads one hiking club and {b} another. A shop donated a load of gear to both clubs at once, and both buses leave within "
            "the hour.",
            "Two clubs, {a}'s and {b}'s, won a truckload of gear together in a raffle. Each would rather have all of it, and the season "
            "opens tomorrow.",
        ),
        "the shop gives the gear to a third club and hands each of them a voucher",
        {
            "tent": Good("tents", ("whose group sleeps in the open otherwise", "who takes families with small children")),
            "rope": Good("ropes", ("who has the north face in the programme", "whose old ones failed the yearly check")),
            "stove": Good("stoves", ("who goes where no fire may be lit", "who has cooks and nothing to cook on")),
            "lantern": Good("lanterns", ("who walks the caves at the end of May", "who starts every tour before dawn")),
            "canoe": Good("canoes", ("whose route follows the river for days", "who lost two in the spring flood")),
            "compass": Good("compasses", ("who trains the beginners", "who goes into fog without any signal")),
        },
    ),
    "school": Scene(
        (
            "{a} and {b} teach music at two schools. A brass band that broke up left its instruments to both of them, and the caretaker "
            "wants them gone by three.",
            "An old concert hall empties its store. {a} and {b}, music teachers at rival schools, came to the door at the same moment.",
        ),
        "a dealer takes the instruments and pays each school a little",
        {
            "drum": Good("drums", ("who has twelve loud boys on a waiting list", "whose parade has nothing to march to")),
            "flute": Good("flutes", ("whose beginners share one between three", "who wants a wind quintet by summer")),
            "trumpet": Good("trumpets", ("who has the opening of the town hall to play", "who played one for twenty years")),
            "harp": Good("harps", ("whose best pupil has never touched one", "who arranged the whole winter concert around the harp")),
            "cello": Good("cellos", ("whose string section is all violins", "whose evening class was promised a cello")),
            "guitar": Good("guitars", ("who starts a songwriting course", "whose pupils bring broken ones from home")),
        },
    ),
}

UNWANTED = (
    "who has enough as it is",
    "who can borrow from a friend at any time",
    "who would hardly find a use",
    "who knows where to buy for little",
    "who has little room left",
    "who would sooner have the rest",
)
"""Why somebody does not want a kind much."""

PUBLISHED_NAMES: Mapping[str, str] = {
    "book": "books",
    "hat": "hats",
    "ball": "balls",
    "Food": "Food",
    "Water": "Water",
    "Firewood": "Firewood",
}
"""The kinds of the published games, and what several of them are called."""
