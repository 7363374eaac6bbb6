"""Where people of `route` have to get through: settings, landmarks, and what reports say of a place."""

from __future__ import annotations

from dataclasses import dataclass

OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, eq=False)
class Scene:
    """One setting. ``unit`` is what its numbered points are called, ``way`` what leads past them; the rest is what its name says.

    No landmark is a word that a report or a remark of its scene uses.
    """

    key: str
    unit: str
    way: str
    start: str
    goal: str
    opening: str
    stakes: str
    landmarks: tuple[str, ...]
    states: dict[str, tuple[str, ...]]
    remarks: tuple[str, ...]


REPORTS = (
    "The {way} past the {landmark} is {state}.",
    "At the {landmark} the {way} is {state}.",
    "The {way} by the {landmark} is {state}.",
    "By the {landmark} it is {state}.",
)
"""How a report says that the way past a landmark is in some state."""

ENTRIES = (
    "{name}'s map: {landmark} at {number}.",
    "{name}'s map has {landmark} at {number}.",
    "{name}'s map shows {landmark} at {number}.",
    "At {number}, {name}'s map has {landmark}.",
)
"""How notes say where a map shows a landmark."""


MAPS = (
    "Six routes lead there, each past three of nine {unit}s, which carry the numbers 1 to 9 on both their maps. A route can be passed if "
    "the {way} is passable at all three of its {unit}s. Between them, {one} and {other} have reports on all nine, but a report names a "
    "landmark and no number, and the landmarks on their two maps differ: one that a report names may be missing on a map, or that map may "
    "have another name there. A landmark that is on both maps is the same place on both. If a map shows one twice, one of the two is a "
    "printing mistake: the right one is where the other map shows it too. All reports are true.",
    "There are six routes, and each leads past three {unit}s. The nine {unit}s have the same numbers, 1 to 9, on both "
    "maps, but the two maps "
    "do not agree on what stands there: a landmark may be missing on one of them or go by another name. Where a map "
    "shows the same landmark "
    "at two {unit}s, it is wrong about one of them, and the other map shows which is right. Reports speak of landmarks, never of numbers. "
    "All of them are true, and together the reports of {one} and {other} cover all nine {unit}s. A route is passable only if all "
    "three of its {unit}s are.",
    "Each of the six routes there passes three out of nine {unit}s, numbered 1 to 9 alike on both maps. {one} and "
    "{other} have reports, all "
    "of them true and together covering all nine {unit}s, of where the {way} is passable and where it is not; one impassable {unit} is "
    "enough to rule a route out. A report gives a landmark instead of a number, though, and the maps were not drawn by the same hand: a "
    "landmark can be on one map and not on the other, the same {unit} can have two names, and where a map shows one landmark at two "
    "{unit}s, it is wrong about one of them, and the other map shows which is right. What both maps show under one name is one place.",
)
"""What the two know of the routes and of their maps."""

AIMS = (
    "They succeed if both commit to the quickest of the routes that can be passed. It may be that none can; then they succeed if both say "
    "so. Otherwise they fail.",
    "What counts is that both commit to the same route and that it is the quickest passable one, or that both say that no route is "
    "passable, if that is so, as it may be.",
    "The right answer is the quickest route that is passable all the way, and both must give it. It is possible that no route is; then it "
    "is right that both say that there is none.",
)
"""What a right answer is."""


def with_article(landmark: str) -> str:
    return f"{'an' if landmark[0] in 'aeiou' else 'a'} {landmark}"


def _states(text: str) -> dict[str, tuple[str, ...]]:
    closed, opened = text.strip().splitlines()
    return {CLOSED: tuple(closed.split(" / ")), OPEN: tuple(opened.split(" / "))}


SCENES = (
    Scene(
        key="mountain",
        unit="waymark",
        way="track",
        start="the upper hut",
        goal="the injured climber",
        opening="lead the two halves of a mountain rescue team. A climber has broken a leg and night is three hours off",
        stakes="Whoever turns back half-way will not reach the climber before dark, and both halves must meet on one route",
        landmarks=tuple(
            "chapel cairn waterfall sheepfold cave quarry sawmill boulder tarn crucifix larch mineshaft barn ruin dairy fountain "
            "kiln belvedere reservoir bivouac viaduct spruce".split()
        ),
        states=_states("""
buried under snow / swept away / blocked by rockfall / cut by an avalanche / impassable with ice
clear / safe and firm / open again / free of snow / safe to walk
"""),
        remarks=(
            "The helicopter was last flown by a woman called Roswitha.",
            "A retired postman knits the hats of the whole team.",
            "The team's first rope hangs in the town museum.",
            "Soup in the upper hut has been the same since 1974.",
            "A raven called Emperor steals biscuits from rucksacks.",
            "The climber once won a prize for yodelling.",
        ),
    ),
    Scene(
        key="flood",
        unit="corner",
        way="lane",
        start="the sandbag depot",
        goal="the nursing home",
        opening=(
            "coordinate help in a flooded village, each from another end of it. The nursing home must be reached with a tractor and a pump"
        ),
        stakes="The water rises until midnight, and a tractor that meets a dead end cannot turn round",
        landmarks=tuple(
            "chapel bakery mill boathouse smithy library brewery orchard dairy vicarage pharmacy cinema barn laundry tavern "
            "greenhouse windmill florist museum creamery forge sawmill".split()
        ),
        states=_states("""
under water / washed out / flooded / blocked by a fallen tree / too deep to pass
dry / above water / passable / dry again / clear again
"""),
        remarks=(
            "The tractor was a wedding present to the mayor.",
            "Eleven hens spent the night on a kitchen table.",
            "The last flood of this size was in 1953.",
            "A cellist has been playing on a roof since breakfast.",
            "The village sign floated as far as the county town.",
            "The postman delivers by canoe this week.",
        ),
    ),
    Scene(
        key="festival",
        unit="gate",
        way="path",
        start="the loading bay",
        goal="the main stage",
        opening=(
            "run deliveries at a music festival, one in the van and one in the office. The headliner's only keyboard has to be "
            "on stage by eight"
        ),
        stakes="The van cannot turn among the tents, and without the keyboard the evening is off",
        landmarks=tuple(
            "carousel sauna chapel kiosk fountain totem yurt trampoline bandstand aviary pagoda windmill marquee barn labyrinth aquarium "
            "bonfire statue cinema obelisk pavilion teahouse".split()
        ),
        states=_states("""
blocked by a parked bus / fenced off / too muddy to pass / roped off / blocked by tents
open to vans / passable / free / wide open / clear of people
"""),
        remarks=(
            "The headliner travels with a parrot of her own.",
            "Someone has lost a tuba and nobody claims it.",
            "The first festival had nine visitors and a goat.",
            "The van's radio gets only one station, in Finnish.",
            "Pancakes sold out on the first evening.",
            "The lost property office holds forty-one umbrellas.",
        ),
    ),
    Scene(
        key="film",
        unit="checkpoint",
        way="road",
        start="the trailers",
        goal="the night set",
        opening=(
            "drive the cast of a film about and plan tonight's shuttle over the studio lot. The leading actress is due on the "
            "night set in an hour"
        ),
        stakes="A shuttle that drives into a running scene ruins a day's work, and neither of them wants to be the one who is blamed",
        landmarks=tuple(
            "saloon castle church prison windmill lighthouse pyramid cantina tavern bakery jungle submarine temple courtroom spaceship "
            "stable ballroom dungeon observatory cottage gallows igloo".split()
        ),
        states=_states("""
closed for shooting / blocked by cables / barricaded / blocked by a lorry / taped off
open to shuttles / free all night / clear / open as usual / passable
"""),
        remarks=(
            "The director eats only soup on Thursdays.",
            "The leading actress has never missed a call in her life.",
            "A stuntman keeps bees behind the trailers.",
            "The shuttle was once painted for a comedy about dentists.",
            "The script was written in eleven days.",
            "The catering van serves a famous lentil curry.",
        ),
    ),
    Scene(
        key="harbour",
        unit="buoy",
        way="channel",
        start="the fish quay",
        goal="the grounded ferry",
        opening="pilot the two tugs of a small port, on charts from different years. A ferry has run aground with ninety people aboard",
        stakes="The tide turns within the hour, and both tugs must go the same way, one behind the other",
        landmarks=tuple(
            "lighthouse cannery shipyard crane chapel jetty sandbank breakwater fort windmill icehouse slipway tollhouse boathouse "
            "statue aquarium silo tannery cairn bunker foghorn semaphore".split()
        ),
        states=_states("""
too shallow to pass / blocked by a wreck / blocked by nets / closed by the harbour master / chained off
deep enough / passable / clear / free to pass / open again
"""),
        remarks=(
            "The older tug is named after somebody's grandmother.",
            "The ferry's cook used to sing in the opera.",
            "Seals have been counted here since 1931.",
            "The harbour master's dog has a life jacket.",
            "The tugs were built in the same week of May.",
            "A brass band plays on the quay on Sundays.",
        ),
    ),
    Scene(
        key="school",
        unit="post",
        way="passage",
        start="the front entrance",
        goal="the treasure chest",
        opening=(
            "are a team in the school's night-time treasure hunt, on plans that two different teachers have drawn. The other "
            "team is already inside"
        ),
        stakes="A team that runs into a dead end is out, and the two of them are only counted when they arrive together",
        landmarks=tuple(
            "library gymnasium canteen aquarium piano greenhouse laboratory staircase trophy chapel darkroom workshop theatre telescope "
            "skeleton fountain bicycle mural globe cloakroom kiln archive".split()
        ),
        states=_states("""
locked / closed for painting / shut for exams / blocked by ladders / barred by a teacher
unlocked / open / free / clear / passable
"""),
        remarks=(
            "The headmaster plays the bagpipes in the evening.",
            "The treasure was an enormous cheese last year.",
            "The school's tortoise is older than the building.",
            "Half of the torches came from a cereal box.",
            "The caretaker whistles the same march every night.",
            "The other team has matching green scarves.",
        ),
    ),
)
