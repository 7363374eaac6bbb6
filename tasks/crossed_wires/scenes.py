"""The scenes of `crossed_wires`; here those in which two people, or two recipes, may share a name."""

from __future__ import annotations

from tasks.crossed_wires.places import HOTEL, STUDIO, TRAIN
from tasks.crossed_wires.points import Scene, lines, points

_OF_PEOPLE = lines("""
{X} hums old film tunes when nobody seems to be near.
A niece of {x} is said to have swum across the Skagerrak.
{X} will not hear a word against instant coffee.
Somebody saw {x} feed sparrows with half a sandwich.
{X} owns an umbrella with a handle shaped like a swan.
For a birthday {x} once got a tuba and kept it.
{X} does the crossword in ink and never asks for help.
The postcards that {x} collects all show lighthouses.
{X} once shared a lift with a famous goalkeeper for an hour.
A cousin of {x} breeds snails and sells them to Lyon.
{X} swears that the winters used to be twice as long.
There is a crumpled map of Iceland among the things of {x}.
{X} can tell a joke about a parrot that takes ten minutes.
On Thursdays {x} telephones an aunt who hardly hears.
{X} has read the same novel about whales four times.
The scarf that {x} wears was knitted by a twin sister.
{X} keeps peppermints in a tobacco tin and offers them round.
Years ago {x} lost a bet and had to learn to juggle.
""")

WARD = Scene(
    key="ward",
    name="Mr Berg",
    kind="patient",
    two="two patients",
    option="pack",
    options=("Heron", "Falcon", "Plover", "Curlew", "Osprey", "Kestrel", "Gannet", "Linnet"),
    openings=(
        "{a} and {b} are nurses who trained together, and it is the hour of handover. Both have notes on a patient called Mr Berg. "
        "{owner}'s Mr Berg goes to theatre next, and the two of them must choose the instrument pack that goes up with him.",
        "{a} hands the ward over to {b}, as on most days for nine years. In the notes of both there is a patient by the name of Mr Berg. "
        "Theatre wants an instrument pack for {owner}'s Mr Berg, and both nurses sign for it.",
    ),
    stakes=("The wrong pack means that he is sent back and waits four more months.", "A wrong pack was sent up last week; not again."),
    details=points("""
bed, place
{X} lies in the bed by the {v}.
The bed of {x} stands by the {v}.
window; door; sink; stove|radiator

trade, job, profession, occupation, work
{X} is a retired {v}.
Before he retired {x} was a {v}.
baker; tailor; sailor|seaman; teacher

village, home, home town, town, place of origin
{X} comes from {v}.
The village that {x} comes from is {v}.
Alnes; Brekke; Fossum; Vinje
"""),
    reports=points("""
joint
At {t} the surgeon wrote down the {v} as the joint of {x}.
The theatre list of {t} has {x} down for the {v}.
Joint of {x} as of {t}: {v}.
knee; hip

drip, infusion
The ward doctor ordered {v} as the drip of {x} at {t}.
As of {t}, {x} is to have {v} in his drip.
Drip of {x}, noted at {t}: {v}.
saline; glucose; plasma
"""),
    remarks=_OF_PEOPLE,
)

OFFICE = Scene(
    key="office",
    name="Sam",
    kind="colleague",
    two="two colleagues",
    option="technician",
    options=("Brandt", "Okafor", "Lindqvist", "Moreau", "Sorensen", "Novak", "Haddad", "Tanaka"),
    openings=(
        "{a} and {b} share the help desk of a large firm and have covered for each other for years. Each has notes on a colleague called "
        "Sam, who is in trouble with a computer. It is {owner}'s Sam to whom they must send a technician now.",
        "{a} and {b}, who run the help desk of a bank together, both have notes on somebody called Sam. {owner} has promised help to the "
        "Sam in {owner}'s notes, and only one technician can still be sent.",
    ),
    stakes=(
        "That Sam speaks to the board in an hour and has nothing to show.",
        "The technicians leave at noon, and whoever comes for nothing will not come again.",
    ),
    details=points("""
department, dept, team
{X} works in {v}.
The department of {x} is {v}.
accounting|accounts|accountancy; design; legal; sales

floor, storey, level
{X} sits on the {v}.
The desk of {x} is on the {v}.
second floor; third floor; fourth floor; fifth floor

badge, badge colour, badge color
{X} wears a {v} badge.
The badge of {x} is {v}.
red; green; yellow; purple
"""),
    reports=points("""
machine, computer, device
At {t} the machine of {x} was said to be a {v}.
The ticket of {t} says that the machine of {x} is a {v}.
Machine of {x} as of {t}: {v}.
laptop; tower

fault, problem, defect
The {v} of {x} was reported at fault at {t}.
Fault of {x} as reported at {t}: {v}.
What fails {x}, according to the call at {t}, is the {v}.
screen|display; keyboard; battery
"""),
    remarks=_OF_PEOPLE,
)

CAKE = Scene(
    key="cake",
    name="Ottilie's plum cake",
    kind="recipe",
    two="two recipes",
    option="crate",
    options=("Maple", "Juniper", "Bramble", "Thistle", "Yarrow", "Alder", "Sorrel", "Hawthorn"),
    openings=(
        "{a} and {b} are cousins and bake for their aunt's seventieth birthday. Both have notes on a recipe called Ottilie's plum cake. "
        "The aunt wants the cake of {owner}'s notes, and they must order one grocery crate for it.",
        "{a} and {b} keep a small bakery together, and each has notes on a recipe that goes by the name of Ottilie's plum cake. A bride "
        "has ordered the one in {owner}'s notes; the grocer delivers one crate, and only today.",
    ),
    stakes=("The shops close in a quarter of an hour until Tuesday.", "Half the guests come for that cake and for nothing else."),
    details=points("""
cover, book cover, book
The cover of the book with {x} is {v}.
{X} stands in a book with a {v} cover.
black; grey|gray; brown; white

tin, shape, mould
{X} goes into the {v} tin.
The tin for {x} is {v}.
square; heart-shaped|heart shaped|heart; star-shaped|star shaped|star; oval

valley, region, origin, home
{X} comes from the valley of {v}.
The valley that {x} comes from is {v}.
Passeier; Ahrntal; Vinschgau; Zillertal
"""),
    reports=points("""
flour
At {t} the baker gave {v} as the flour for {x}.
As of {t}, the flour for {x} is {v}.
Flour for {x}, corrected at {t}: {v}.
rye; spelt

fat, shortening
The fat for {x} is {v}, as of {t}.
A message of {t} names {v} as the fat for {x}.
Fat for {x}, corrected at {t}: {v}.
butter; lard; margarine
"""),
    remarks=lines("""
A bishop is said to have asked twice for {x}.
{X} won a ribbon at a fair that no longer exists.
Nobody has ever dropped {x} and lived it down.
An uncle proposed over {x} and was turned down.
{X} is best eaten while somebody plays the zither.
The handwriting of {x} leans to the left, then gives up.
A customs officer once confiscated {x} and ate it.
There is a waltz about {x} in four verses.
{X} was served when the railway reached the village.
A stain on the page of {x} looks like Portugal.
Children were told that {x} makes them whistle.
The neighbours have tried to copy {x} since 1962.
Somebody pressed a four-leaved clover beside {x}.
{X} was once sent to sea and came back whole.
A painter gave a portrait in return for {x}.
The priest mentioned {x} in a sermon on envy.
{X} is said to keep for a week, but never does.
An emigrant had {x} described to him by telephone.
"""),
)

SCENES = (WARD, OFFICE, HOTEL, STUDIO, TRAIN, CAKE)
