"""What people of `schedule` need a common time for, what a bad time costs them, and what fills their diaries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Scene:
    """One occasion. ``openings`` and ``stakes`` are whole sentences; ``unit`` and ``units`` count what a slot may cost someone, and
    ``what`` says what that is. ``blocks`` are reasons why one cannot come at all, ``costs`` why one can, but at a price.
    """

    key: str
    openings: tuple[str, str]
    stakes: tuple[str, str]
    unit: str
    units: str
    what: str
    blocks: tuple[str, ...]
    costs: tuple[str, ...]


def _rows(text: str) -> tuple[str, ...]:
    return tuple(phrase for row in text.strip().splitlines() for phrase in row.split(" / "))


PIANO = Scene(
    key="piano",
    openings=(
        "{names} live on one staircase and have promised to carry old Mrs Ferrante's piano down from the fourth floor together.",
        "Old Mrs Ferrante is moving to a home by the sea, and her neighbours {names} want to carry her piano down four flights for her.",
    ),
    stakes=(
        "Without every pair of hands the piano cannot be lifted, and what still stands upstairs on Sunday goes to the scrapyard.",
        "The piano needs {all_of_them} at once; hired movers would eat up her whole deposit.",
    ),
    unit="hour",
    units="hours",
    what="hours of pay that they would lose",
    blocks=_rows("""
dentist / driving test / court hearing / kidney scan / parents' evening / school play / eye surgery / tax office
boiler inspection / union meeting / choir concert / job interview / notary / allergy clinic / citizenship exam / fire drill
flight home / adoption hearing / knee operation / blood donation / passport office / welding exam / tenants' tribunal / vet
godson's baptism / hearing aid fitting / night bus shift / funeral
"""),
    costs=_rows("""
late shift swap / bakery round / taxi shift / stock count / paper round / translation job / market stall / window cleaning
tutoring / dog walking round / warehouse shift / call centre / courier tour / catering job / piano lessons / night porter
garden job / proofreading / museum guard duty / box office / bike repairs / laundry run / fruit picking / typing job
model sitting / house painting / ticket checks / barber's chair
"""),
)

BAND = Scene(
    key="band",
    openings=(
        "{names} play in a wedding band and must rehearse the bride's song once more, {all_of_them} in one room.",
        "The wedding band of {names} has learnt the couple's song apart, from recordings, and has never yet played it together.",
    ),
    stakes=(
        "The couple leave out the second half of the fee if the song goes wrong.",
        "A rehearsal that one of them misses is no rehearsal, and the bride's mother is paying for this song alone.",
    ),
    unit="euro",
    units="euros",
    what="euros that they would have to spend",
    blocks=_rows("""
orchestra audition / studio session / hearing test / music exam / theatre pit / church service / radio interview / school concert
organ tuning / choir tour / jury duty / recording date / tour bus / conservatory class / cello lesson / opera chorus
wisdom teeth / ballet accompaniment / street parade / cruise gig / brass festival / percussion class / licence renewal / film shoot
childbirth class / landlord's visit / physiotherapy / stage building
"""),
    costs=_rows("""
babysitter / cab fare / amp rental / parking garage / ferry ticket / dog sitter / van hire / lost tip jar
room surcharge / motorway toll / courier for drums / cancelled lesson / night tram / bike locker / missed refund / rebooked train
string change / dry cleaning / cloakroom fee / locksmith / cold takeaway / toll bridge / luggage locker / late library fee
rented keyboard / petrol / scooter rental / cancelled haircut
"""),
)

BOATHOUSE = Scene(
    key="boathouse",
    openings=(
        "{names} own a boathouse together, and the insurer wants all of its owners there when the roof is inspected.",
        "A storm has damaged the boathouse that {names} own in common. Its inspection counts only if every owner is there to sign.",
    ),
    stakes=(
        "If no date is set tonight, the claim lapses and the roof is theirs to pay.",
        "The inspector keeps the calendar open until tonight; a missing owner voids the visit and the claim.",
    ),
    unit="mile",
    units="miles",
    what="miles of detour that they would have to drive",
    blocks=_rows("""
harbour pilotage / regatta jury / heart check / lock closure / diving course / sea trial / ship survey / radio exam
dry dock / fish auction / sailing lesson / customs visit / island ferry / auction house / lifeboat drill / bank meeting
hull painting / estate hearing / harvest crew / kayak tour / lighthouse duty / dyke watch / chart course / engine overhaul
court summons / grandson's recital / hospital stay / buoy laying
"""),
    costs=_rows("""
school run / sail maker / timber yard / feed store / rope dealer / client visit / bakery delivery / sick aunt
engine parts / egg round / library van / beehive check / paint shop / ladder return / horse stable / recycling yard
net mender / coal merchant / orchard visit / post depot / carpool / vegetable box / plant nursery / pump rental
cheese dairy / spare key / bait shop / car wash
"""),
)

DINNER = Scene(
    key="dinner",
    openings=(
        "{names} are cousins who want to sit down with their grandmother once for her ninetieth birthday, {all_of_them} at one table.",
        "Their grandmother turns ninety, and her grandchildren {names} have promised her one birthday table with {all_of_them} at it.",
    ),
    stakes=(
        "The inn holds the room until tonight only, and she has said that she will not come to a table with an empty chair.",
        "She has counted the chairs already, and the inn gives the room away tonight.",
    ),
    unit="hour",
    units="hours",
    what="hours of extra travel that they would have",
    blocks=_rows("""
thesis defence / oral exam / night shift / handball cup / wedding toast / lab safety audit / scout camp / visa interview
premiere / surgery rota / ski trip / flat viewing / marathon / debate cup / antenatal class / trade fair
choir recital / sleep clinic / military reserve / shop opening / board meeting / chess league / theatre duty / sprint review
pottery firing / airport pickup / custody weekend / book launch
"""),
    costs=_rows("""
track repairs / last coach / closed tunnel / slow ferry / borrowed car / mountain pass / missed connection / roadworks
village bus / night train / detour via aunt / bridge closure / regional line / split journey / rush traffic / shared ride
replacement bus / border queue / early checkout / snow chains / pricey rental / long layover / flooded road / strike timetable
charging stops / crowded cable car / towed caravan / full motorway
"""),
)

HANDOVER = Scene(
    key="handover",
    openings=(
        "{names} look after a mountain weather station in turns and must hand over its instruments in person, all present at once.",
        "A new instrument has come to the weather station that {names} keep running, and its maker explains it once, to {all_of_them} "
        "together.",
    ),
    stakes=(
        "Whoever misses it may not touch the instrument, and the station would stand still all winter.",
        "If they cannot name the time tonight, the maker flies home and the old readings end for good.",
    ),
    unit="favour",
    units="favours",
    what="favours that they would have to call in",
    blocks=_rows("""
avalanche watch / helicopter flight / glacier survey / climbing course / rescue drill / radio duty / valley clinic / snow gauge tour
data deadline / balloon launch / site visit / pilot medical / thesis committee / cable inspection / mast repair / bear count
ministry call / blasting hour / rope exam / custody visit / field camp / power cut / lake sampling / school visit
lecture / root canal / road closure / generator service
"""),
    costs=_rows("""
swapped watch / borrowed jeep / child pickup / cow milking / lift pass / covered seminar / held seat / hut cooking
goat feeding / key pickup / sledge loan / moved lesson / shared cab / ski rental / wood delivery / mail run
cat feeding / late lab access / exam cover / snow shovelling / bed swap / translated letter / tyre change / stove watch
typed minutes / parcel pickup / hens / lent laptop
"""),
)

SCENES = (PIANO, BAND, BOATHOUSE, DINNER, HANDOVER)

BLOCKED = (
    "{slot} is out: {why}.",
    "{slot}: impossible, {why}.",
    "Cannot make {slot}: {why}.",
    "{slot}: not possible ({why}).",
    "Taken on {slot}: {why}.",
)
PRICED = (
    "{slot} costs {cost}: {why}.",
    "{slot}: {cost}, {why}.",
    "{slot} would cost {cost} ({why}).",
    "{cost} for {slot}: {why}.",
    "{slot} at a cost of {cost}: {why}.",
)
COSTLESS = (
    "{slot} costs nothing: an empty page.",
    "{slot}: no cost, nothing is planned.",
    "Nothing lost on {slot}: a blank page.",
    "{slot} at no cost: an idle stretch.",
)
RULES = (
    "Each of them has looked through the diary: a slot is either impossible for them, or it has a cost of 0 to {top} (whole numbers: "
    "{what}). The right answer is the slot that {all_of_them} can make with the lowest cost in total, everyone's costs added up; "
    "no two slots that {all} can make cost the same in total.",
    "For each of them every slot is either impossible or has a cost, a whole number from 0 to {top}: {what}. Of the slots that are "
    "possible for {all_of_them}, the right one is that for which their costs add up to the least (no two such slots cost the same "
    "in total).",
)
"""How the brief says what a right answer is."""
VERDICT = (
    "It may also be that no slot is possible for {all_of_them}. They succeed if {each_names} the right slot in the end, or if "
    "{all_of_them} say that there is none where that is so; otherwise they fail."
)
PAIR = {"all": "both", "all_of_them": "both of them", "each_names": "both of them name"}
GROUP = {"all": "all", "all_of_them": "all of them", "each_names": "every one of them names"}
"""How the brief speaks of two people, and of more."""
