"""Scenes of `crossed_wires` in which two places, or two trains, may share a name."""

from __future__ import annotations

from tasks.crossed_wires.points import Scene, lines, points

_OF_PLACES = lines("""
A stuffed badger used to greet everybody who came to {x}.
{X} was once let to a magician who never paid for it.
There is a story that {x} is haunted by a piano tuner.
A plaque at {x} honours a poet whom nobody reads.
{X} smells faintly of oranges when it has rained.
The key of {x} once spent a year at the bottom of a lake.
A film about smugglers was to be shot at {x} and never was.
The clock at {x} is said to run eleven minutes fast.
Somebody carved the word patience into a shelf at {x}.
{X} has a cat that belongs to nobody and is fed by all.
In the visitors' list of {x} stands the name of a bishop.
At {x} they still talk about the winter of the long frost.
A tap at {x} drips in what sounds like waltz time.
The owner's nephew proposed marriage at {x}, in vain.
A poster at {x} advertises a circus that closed in 1987.
There is a drawer at {x} that no one has ever opened.
The wallpaper at {x} was chosen by a retired admiral.
{X} owes its name to a bet, or so the postman says.
""")

HOTEL = Scene(
    key="hotel",
    name="the Bellevue",
    kind="hotel",
    two="two hotels",
    option="carrier",
    options=("Pronto", "Ballast", "Meridian", "Swallow", "Tandem", "Hobnail", "Corsair", "Pilgrim"),
    openings=(
        "{a} and {b} are married and meet tonight after five weeks apart; each has notes on a hotel called the Bellevue. {owner} has "
        "paid for a room at the Bellevue of {owner}'s notes, and their trunks must be sent there before they board.",
        "{a} and {b}, newly wed, travel separately and have each made notes on a hotel by the name of the Bellevue. The honeymoon suite "
        "is at {owner}'s Bellevue, and they must agree now on who carries their trunks there.",
    ),
    stakes=("In one of those trunks is the insulin that {a} needs tonight.", "The wedding rings are in one of the trunks."),
    details=points("""
quarter, district, area, neighbourhood, neighborhood
{X} stands in the {v} quarter.
The quarter of {x} is the {v} quarter.
harbour|harbor; market; castle; university

landlord, owner, landlady, proprietor
{X} belongs to a certain {v}.
The landlord of {x} is called {v}.
Roche; Conti; Weber; Duval

awning, awnings
The awning of {x} is {v}.
{X} has a {v} awning.
green; yellow; striped; crimson
"""),
    reports=points("""
entrance, entry
As of {t}, trunks for {x} go in by the {v}.
At {t} the porter of {x} gave the {v} as the entrance in use.
Entrance of {x}, noted at {t}: {v}.
courtyard; terrace

line, way, transport, route
The line that reaches {x} is the {v}, as of {t}.
At {t} it was the {v} that went to {x}.
Line to {x}, noted at {t}: {v}.
ferry|boat; tram; bus
"""),
    remarks=_OF_PLACES,
)

STUDIO = Scene(
    key="studio",
    name="the blue room",
    kind="room",
    two="two rooms",
    option="case",
    options=("Danube", "Tagus", "Loire", "Vistula", "Elbe", "Oder", "Rhone", "Volga"),
    openings=(
        "{a} and {b} are sound engineers and old bandmates. Both have notes on a room that everybody calls the blue room. Tonight's "
        "recording is in {owner}'s blue room, and they must agree on the one flight case to drive there.",
        "{a} and {b} run a two-person sound firm, and each has notes on a place known as the blue room. {owner} has taken a job in the "
        "blue room of {owner}'s notes; the van holds a single flight case.",
    ),
    stakes=("The broadcaster is live at eight, and there is no second trip.", "Their firm will not survive another evening without sound."),
    details=points("""
floor, storey, level
{X} is on the {v}.
The floor of {x} is the {v}.
ground floor; second floor; third floor; top floor|attic

neighbour, neighbor, next door
Next door to {x} is the {v}.
The neighbour of {x} is the {v}.
canteen; archive; laundry; library

view, outlook
{X} looks out on the {v}.
The view from {x} is of the {v}.
canal; chapel; orchard; car park|parking lot
"""),
    reports=points("""
desk, console, mixer
At {t} the caretaker of {x} called the desk {v}.
The desk at {x} is {v}, as of {t}.
Desk of {x}, noted at {t}: {v}.
analogue|analog; digital

music, session, ensemble, band
The session at {x} is for {v}, as of {t}.
As of {t}, {v} will play at {x}.
Music at {x}, noted at {t}: {v}.
brass; choir|a choir; strings
"""),
    remarks=_OF_PLACES,
)

TRAIN = Scene(
    key="train",
    name="the Comet",
    kind="train",
    two="two trains",
    option="meeting point",
    options=("Clock", "Fountain", "Kiosk", "Lantern", "Anchor", "Mural", "Pillar", "Arcade"),
    openings=(
        "{a} and {b} grew up with their grandmother. The old lady, who does not see well, arrives today by a train called the Comet, and "
        "each of them has notes on the Comet. She sits in {owner}'s Comet, and they must wait for her at one meeting point.",
        "{a} and {b}, who grew up in one house, are to fetch an old teacher of theirs from the station. Both have notes on a train by "
        "the name of the Comet; the old man travels by {owner}'s Comet. There is just time to reach one meeting point.",
    ),
    stakes=(
        "Whoever is not met is taken on to the border by mistake.",
        "Nobody can ring the traveller up, and the last tram leaves at dusk.",
    ),
    details=points("""
origin, start, departure
{X} comes from {v}.
The origin of {x} is {v}.
Basel|Basle; Ghent; Turin; Lyon

livery, colour, color, paint
{X} is painted {v}.
The livery of {x} is {v}.
silver; orange; green; white

wagon, extra wagon, extra, car
{X} has a {v} car.
The extra wagon of {x} is a {v} car.
dining|restaurant car; sleeping|sleeper; mail|post car; bicycle|bike
"""),
    reports=points("""
end, section
At {t} the {v} was given as the end where doors of {x} open.
As of {t}, {x} opens its doors at the {v}.
End of {x}, noted at {t}: {v}.
front; rear

platform, track
The board of {t} had {x} at the {v} platform.
As of {t}, {x} comes in at the {v} platform.
Platform of {x}, noted at {t}: {v}.
garden; canal; bridge
"""),
    remarks=lines("""
A conductor on {x} is known for reciting sonnets.
{X} once stood in the snow for nineteen hours.
Somebody wrote a bad opera about {x} in the fifties.
A goose travelled on {x} last spring and had a ticket.
On {x} the tea is said to taste of pencil shavings.
The whistle of {x} is a semitone flat, musicians say.
A honeymoon couple got off {x} on the wrong side.
{X} is mentioned in a crossword of last Sunday.
The engine driver of {x} keeps a cactus by his seat.
A suitcase full of spoons was once found on {x}.
{X} has been late on every Friday the thirteenth.
Stamp collectors love the postmark of {x}.
Two chess masters drew a famous game aboard {x}.
{X} gave its name to a biscuit that nobody liked.
A boy in uniform once stopped {x} for his hat.
On {x} one seat is always kept for an inspector.
The last minister who took {x} lost his gloves there.
A travel writer called {x} a drawing room that moves.
"""),
)
