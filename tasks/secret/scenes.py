"""The scenes of `secret`: who must tell whom what, who listens, and what the two of them have been through together.

An episode is one line: the word it goes by, other words for it, and the note. ``{o}`` is the option, ``{at}`` the option as a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Episode(NamedTuple):
    """Something that happened. ``handle`` names it; ``words`` are all by which a talk may point at it."""

    handle: str
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """``place`` is a preposition where options are places; ``article`` goes before an option's name."""

    key: str
    kind: str
    article: str
    place: str
    options: tuple[str, ...]
    openings: tuple[str, ...]
    stakes: tuple[str, ...]
    secrets: tuple[str, ...]
    episodes: tuple[Episode, ...]


def _episodes(text: str) -> tuple[Episode, ...]:
    rows = [line.partition(": ") for line in text.strip().split("\n")]
    return tuple(Episode(words.split(", ")[0], tuple(words.split(", ")), note) for words, _, note in rows)


_PLACES = _episodes("""
soup, bowl: {At} {b} spilled a bowl of hot soup over a stranger.
umbrella, brolly: {At} {a} lost a yellow umbrella.
parrot, swore, swearing: A parrot swore at {a} {at} for a whole hour.
accordion, accordionist: {At} a man with an accordion would not leave them in peace.
thunderstorm, storm, lightning, thunder: They sat out a thunderstorm {at}.
wedding, bride, bridegroom, groom: {At} they walked into a wedding by mistake.
goat, goats: A goat ate what {b} had on the plate {at}.
keys, key, car keys, locked out: {At} {a} locked the keys into the car.
chess, judge: {At} {b} beat a retired judge at chess.
puncture, flat tyre, flat tire, tyre, tire, pump: They had a puncture {at} and nobody had a pump.
fireworks, firework, rocket, rockets: Somebody let off fireworks far too early {at}.
hat: The wind carried {b}'s hat away {at}.
twins, twin, sailor suits, sailor suit: Twins in sailor suits asked {a} for the way {at}.
violin, fiddle, raffle: {At} {b} won a violin in a raffle.
bees, bee, swarm: {At} they had to run from a swarm of bees.
actor, actress, autograph, film star, movie star: {At} {a} was taken for an actor and gave an autograph.
""")

_THINGS = _episodes("""
coffee, espresso: {b} knocked over a cup of coffee right beside {o}.
ladder: {a} had to climb a ladder to look behind {o}.
moth, moths: A moth flew out of {o} when {b} lifted the cloth.
sneeze, sneezing, sneezed: In front of {o} {a} had to sneeze eleven times.
priest, vicar, clergyman, man of the cloth, reverend: A priest asked {b} in a whisper what {o} was worth.
torch, flashlight: The torch went out while {a} was looking at {o}.
glove, gloves: {b} left a glove under {o} and had to go back for it.
letter: Inside {o} {a} found a letter from before the war.
chewing gum, gum: A child stuck chewing gum to {o}, and {b} scraped it off.
dog, terrier, puppy: A dog lay down on {b}'s feet in front of {o}.
scratch, fish: {b} found a scratch on {o} that looks like a fish.
song, humming, hummed, hum, tune, melody: Next to {o} {a} could not stop humming a song.
button: {a} tore off a button on a corner of {o}.
spider, spiders: A spider let itself down from {o} onto {b}'s sleeve.
grandmother, grandma, granny, nana: In front of {o} {a} told a long story about a grandmother.
hiccups, hiccup: Standing beside {o} {b} got hiccups and could not stop.
""")

_PEOPLE = _episodes("""
bicycle, bike, brakes: {O} once lent {a} a bicycle that had no brakes.
mushrooms, mushroom: {b} went for mushrooms with {o}, and they were lost until dark.
lift, elevator: {a} was stuck in a lift with {o} for an hour.
cake, salt, salty: {O} baked {a} a cake with salt in place of sugar.
ferry, overslept, oversleeping: {O} missed the ferry because {b} had overslept.
ghost, ghosts: {O} told a ghost story after which {a} could not sleep.
tooth, teeth: {O} lost a tooth at {b}'s table.
snowball, snowballs, mayor: {O} hit {a} with a snowball before the mayor's eyes.
canoe, capsized, capsizing: {b} and {o} turned over in a canoe.
trumpet: {O} woke {a} at five with a trumpet.
scarf, knitted, knitting: {a} knitted {o} a scarf that was twice too long.
crossword: {O} filled in {b}'s crossword without asking.
lizard, boot: {O}'s lizard was found in {a}'s boot.
karaoke, sang, singing: {b} and {o} came last at karaoke.
tent: {O} let down {a}'s tent in the middle of the night.
haircut, hair cut, hairdo, cut your hair, cut my hair: {O} gave {b} a haircut that nobody forgot.
""")

SCENES = (
    Scene(
        "dinner", "inn", "the ", "at",
        ("Anchor", "Bell", "Swan", "Crown", "Lantern", "Plough", "Magpie"),
        (
            "{a} and {b} are siblings. Tonight they take {c}, who brought them up, out for a seventieth birthday, and where they are going "
            "is to be a surprise. {a} has booked a table; {b}, who drives, does not know where. {c} sits in the back of the car.",
            "{c} has looked after {a} and {b} since they were small and cannot bear not to know things. {a} has chosen an inn for {c}'s "
            "birthday, and {b} has to lead the way there. The three of them are waiting for the same bus.",
        ),
        ("If {c} knows where they are going, the surprise of the year is lost.", "Thirty guests are hiding there already."),
        ("The table is booked {at}.", "It is {o} where the party is waiting."),
        _PLACES,
    ),
    Scene(
        "trail", "trail", "the ", "on",
        ("Ridge", "Quarry", "Beacon", "Hollow", "Viaduct", "Orchard", "Glacier"),
        (
            "{a} and {b} are scouts for a mountain running team. {a} has found out which trail tomorrow's race will take and must let {b} "
            "know, so that {b} can lay out the drinks tonight. They share a cable car with {c}, who coaches their rivals.",
            "Tomorrow the hill race is run, and {a} knows which trail suits their team. {b} has to enter the team for it at once. They "
            "meet at the only table that is free, and {c}, the coach of the other club, already sits there.",
        ),
        ("Whatever {c} learns, the rivals know within the hour.", "The team has trained for this race for two years."),
        ("{a} knows that the team runs {at}.", "It is {o} that the team will take."),
        _PLACES,
    ),
    Scene(
        "journey", "town", "", "in",
        ("Alnes", "Brekke", "Fossum", "Vinje", "Skarnes", "Tolga", "Hemsedal"),
        (
            "{a} and {b} are taking their old friend {c} away for a weekend, and {c} must not know to which town before they are there. "
            "{a} has the tickets in a pocket. {b} has to ask for the right platform, and {c} is carrying the bags beside them.",
            "{a} and {b}, married for twelve years, drive their friend {c} to a surprise. {a} has arranged all of it and {b} takes over "
            "the wheel now; {c}, in whose honour it is, leans forward between the seats.",
        ),
        ("{c} has guessed every surprise so far and is proud of it.", "A whole choir waits there to sing for {c}."),
        ("The rooms are booked {at}.", "It is {o} where all is prepared."),
        _PLACES,
    ),
    Scene(
        "auction", "lot", "the ", "",
        ("Harp", "Globe", "Telescope", "Barometer", "Samovar", "Cello", "Cradle"),
        (
            "{a} and {b} run an antique shop. {a} has found out that one lot of today's auction is worth ten times its estimate, and {b}, "
            "who holds the paddle, must bid for it. Between them sits {c}, a dealer from across the street.",
            "At the auction {b} bids for the shop that {a} and {b} own together. {a} has looked at every lot and knows which one they "
            "want. There is no time to go outside, and {c}, who buys whatever they want, is standing next to them.",
        ),
        ("If {c} bids as well, they cannot pay.", "The shop will not last the winter without a good sale."),
        ("The lot to bid for is {o}.", "It is {o} that is worth a fortune."),
        _THINGS,
    ),
    Scene(
        "prize", "candidate", "", "",
        ("Brandt", "Okafor", "Lindqvist", "Moreau", "Novak", "Haddad", "Sorensen"),
        (
            "{a} and {b} are on the jury of a village prize. {a} has counted the votes, and {b} must have the winner's name engraved "
            "within the hour. They meet at the baker's, where {c} stands in the queue with them: {c} writes for the local paper.",
            "The name of this year's prize winner is known to {a} alone. {b} is to write the speech and has to learn it now. They sit at "
            "the hairdresser's, and in the next chair sits {c}, from whom nobody has ever kept a secret.",
        ),
        ("What {c} hears, the village knows by supper.", "Last year it came out early, and half the hall stayed away."),
        ("The winner is {o}.", "It is {o} who gets the prize."),
        _PEOPLE,
    ),
)  # fmt: skip

UNSEEN = ("{c} was not there.", "{c} was away that day.", "{c} did not see it.", "{c} had stayed at home.")
SEEN = ("{c} was there too.", "{c} saw it happen.", "{c} was with them that day.", "{c} stood beside them and laughed.")
ALONE = ("{b} knows nothing of it.", "{b} never heard of it.", "{b} has no idea of that.")
GOSSIP = ("{b} has since told {c} about the {h}: {o}.", "Since then {c} has heard from {b} about the {h}: {o}.")
HUNCHES = ("{c} has a feeling that it is {o}.", "If {c} had to bet now, it would be on {o}.", "{c} would not be surprised if it were {o}.")


def scene_of(key: str) -> Scene:
    return next(scene for scene in SCENES if scene.key == key)


def called(scene: Scene, option: str) -> str:
    return f"{scene.article}{option}"


def filled(text: str, scene: Scene, option: str, names: tuple[str, ...], handle: str = "") -> str:
    """``text`` about ``option``, as it stands in a note."""
    o = called(scene, option)
    at = f"{scene.place} {o}".strip()
    a, b, c = names
    return text.format(a=a, b=b, c=c, h=handle, o=o, O=o[0].upper() + o[1:], at=at, At=at[:1].upper() + at[1:])
