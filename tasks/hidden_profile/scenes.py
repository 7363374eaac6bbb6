"""What committees of `hidden_profile` choose between: scenes, checks, and the details in which a check's outcome shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

GOOD, BAD = "good", "bad"

PHRASINGS = {
    GOOD: (
        "{option} passed the {criterion} check: {detail}.",
        "{option} came out good on {criterion}: {detail}.",
        "{own} {criterion} check went well: {detail}.",
        "{option} did well on {criterion}: {detail}.",
    ),
    BAD: (
        "{option} failed the {criterion} check: {detail}.",
        "{option} came out bad on {criterion}: {detail}.",
        "{own} {criterion} check went badly: {detail}.",
        "{option} did badly on {criterion}: {detail}.",
    ),
}


@dataclass(frozen=True, eq=False)
class Criterion:
    """One check: what it is called (``label`` first), what shows its outcome, and words that say topic and outcome at once."""

    names: tuple[str, ...]
    details: dict[str, tuple[str, ...]]
    verdicts: dict[str, tuple[str, ...]]

    @property
    def label(self) -> str:
        return self.names[0]


@dataclass(frozen=True, eq=False)
class Scene:
    """One kind of committee. The first word of each option names it too; ``remarks`` are true and beside the point."""

    key: str
    option: str
    options: tuple[str, ...]
    opening: str
    stakes: str
    criteria: tuple[Criterion, ...]
    remarks: tuple[str, ...]

    @cached_property
    def by_label(self) -> dict[str, Criterion]:
        return {criterion.label: criterion for criterion in self.criteria}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())


def _criteria(text: str) -> tuple[Criterion, ...]:
    """Three lines each: names and verdict words (marked + or -), details of a good outcome, details of a bad one."""
    lines = _lines(text)
    found = []
    for heading, good, bad in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        words = heading.split(", ")
        verdicts = {GOOD: tuple(w[1:] for w in words if w[0] == "+"), BAD: tuple(w[1:] for w in words if w[0] == "-")}
        details = {GOOD: tuple(good.removeprefix("+ ").split(" / ")), BAD: tuple(bad.removeprefix("- ").split(" / "))}
        found.append(Criterion(tuple(w for w in words if w[0] not in "+-"), details, verdicts))
    return tuple(found)


VENUE = Scene(
    key="venue",
    option="venue",
    options=("Harbour Hall", "Tannery Loft", "Castle Barn", "Quarry Lodge", "Orchard House", "Brewery Yard", "Lantern Hall", "Abbey Court"),
    opening="are choosing the venue for the closing dinner of a book festival that they have run together for six years",
    stakes="The deposit is due tonight, and a poor venue would cost the festival its grant.",
    criteria=_criteria("""
parking, car park, cars, bays
+ ninety cars fit in the yard / sixty bays lie beside the door / the field behind takes every van / a free garage stands next door
- the yard holds four cars at most / the nearest bays are a mile off / the lane is closed to vehicles / every bay is let to the bank
acoustics, sound, echo
+ a whisper reaches the back row / the timber ceiling swallows noise / a choir records there / speech stays crisp everywhere
- speech blurs past the third row / the tiled walls echo badly / freight trains drown the speaker / the fans hum through each toast
catering, kitchen, food, meals, cook
+ the cook easily feeds two hundred / three chefs share the stove / guests praise the soup in writing / vegan menus cost no more
- the oven has been cold since May / only sandwiches are served / the cook can feed forty at most / two guests fell ill last autumn
heating, boiler, warmth, +warm, -cold, -draughty
+ the new boiler works in minutes / the floor stays warm all winter / each room has its own stove / it held twenty degrees all January
- the boiler gives up every evening / guests kept their coats on / two of six radiators get warm / the draught blows out candles
access, accessibility, wheelchair access, +accessible, -inaccessible
+ a lift reaches each floor / the ramp is wide and gentle / every door opens by button / a wheelchair reaches every table
- nine steep steps lead inside / the lift is stuck since June / a wheelchair cannot enter the porch / the only ramp ends in gravel
lighting, lights, lamps, +bright, -dim
+ dimmers control every lamp / tall windows face the evening sun / the stage lamps are brand new / each table has a bright lamp
- half the lamps flicker all night / one bare bulb lights the stage / the dining room is dim all day / the fuses blow with ten lamps on
price, cost, costs, fee, pricing, +cheap, +affordable, -expensive, -overpriced
+ the fee is half of last year's / charities pay a third of the rate / the whole day costs 300 crowns / cleaning is included in the fee
- the fee is double last year's / each extra hour costs 400 crowns / the deposit eats the whole budget / cleaning is billed on top
seating, seats, chairs, tables
+ two hundred soft chairs are ready / every seat has a clear view / the tables form a neat ring / the chairs are new this spring
- sixty of the chairs are missing / pillars hide half of the stage / the benches are hard and narrow / one table in three wobbles
"""),
    remarks=_lines("""
{option} once appeared in a film about a lighthouse keeper.
The woman who founded {option} is buried two villages away.
A stuffed pike by the name of Bertil hangs in {option}.
Until the summer of 1998 {option} was painted mustard yellow.
The caretaker of {option} collects old railway tickets.
A long poem about {option} hangs framed in the town library.
The doorbell of {option} plays the first bars of a waltz.
{option} was drawn by an architect who never left the county.
"""),
)

COOK = Scene(
    key="cook",
    option="candidate",
    options=("Brandt", "Okafor", "Lindqvist", "Moreau", "Sorensen", "Novak", "Haddad", "Tanaka"),
    opening="are choosing the cook for the research ship on which they have sailed together for three winters",
    stakes="The ship leaves on Monday for five months, and a poor cook would have to be put ashore at great cost.",
    criteria=_criteria("""
hygiene, cleanliness, +clean, -dirty, -unhygienic
+ every surface shone at the trial / the inspector found no fault / each knife was boiled after use / the larder was labelled by date
- raw fish lay beside the salad / one cloth wiped floor and pans / flour moths lived in the larder / hands stayed unwashed all day
baking, bread, pastry
+ the rye loaf rose like a top hat / forty rolls were ready by dawn / the trial cake was gone in minutes / a sourdough starter came along
- the trial loaf sank like a stone / every roll was burnt underneath / the pastry tasted of salt alone / the oven was never preheated
budgeting, budget, spending, money, +thrifty, -wasteful
+ a week's menu cost 90 crowns / leftovers became second dinners / every receipt was filed by date / the stores always lasted to port
- saffron went into every dish / the stores ran out in nine days / half of the receipts were lost / a third of the food was binned
punctuality, timekeeping, +punctual, -unpunctual
+ dinner was served to the minute / every watch found coffee ready / the trial began ten minutes early / every shift began on the dot
- breakfast came at half past ten / the interview was moved twice / the trial dinner was hours late / two ferries were missed in May
first aid, medical skills
+ the certificate is this spring's / a scald was dressed in a minute / a choking guest was saved / six years were spent in a clinic
- the certificate ran out years ago / a cut thumb caused a faint / the burn kit was never opened / the sling held the wrong arm
stamina, endurance, fitness, +fit, -unfit
+ a double shift was no trouble / two winters at sea went easily / fifty-kilo sacks were carried up / a whole night watch went fine
- seasickness struck in the harbour / the stairs took three rests / the second shift was slept through / heat brings on dizziness
teamwork, cooperation, working with others
+ the deckhands learned to fillet / old shipmates still write letters / quarrels at the stove ended / praise went to the helpers
- pans were thrown at the helper / nobody else may touch the stove / two assistants quit within a week / orders came as shouts all day
references, reference, testimonials
+ three captains would hire again / the last owner wrote warm pages / the hotel begs for a return / the pilot vouches in person
- the last captain never answered / one letter proved to be forged / the hotel warns against hiring / two jobs are missing entirely
"""),
    remarks=_lines("""
{option} plays the accordion and knows forty sea songs.
A great-uncle of {option} once swam across the strait.
{option} has kept the same blue rucksack since school.
In the lobby {option} talked at length about beekeeping.
{option} grew up on an island without a single car.
The handwriting of {option} leans far to the left.
{option} owns a telescope and a dog called Pepper.
On the way to the trial {option} bought a map of Peru.
"""),
)

LUNCH = Scene(
    key="lunch",
    option="supplier",
    options=(
        "Fernhill Food",
        "Copper Spoon",
        "Juniper Table",
        "Maple Meals",
        "Bluebell Lunch",
        "Thistle Pantry",
        "Parsley Pot",
        "Windmill Deli",
    ),
    opening="are choosing the supplier of school lunches for the district whose parents' board they have sat on since spring",
    stakes="The contract runs for two years, and a poor supplier would leave nine hundred children hungry.",
    criteria=_criteria("""
freshness, +fresh, -stale
+ the greens are picked at dawn / the bread is still warm at noon / nothing is over a day old / the fish comes off the boat
- the salad was brown by noon / the bread was baked on Friday / the milk was past its date / the fruit had been frozen twice
delivery, deliveries, transport
+ each van came before eleven / a spare van stands by every day / snow has never stopped the vans / all the schools lie on one route
- the van came after the bell / two schools are off the route / one driver serves the county / boxes went to the wrong gate
packaging, boxes, containers
+ the trays are washed and reused / each box closes with one click / the trays keep soup hot / even small hands open the lids
- soup leaked through every tray / each meal leaves a bag of rubbish / the lids need a knife to open / the trays melt in the warmer
price, cost, costs, pricing, +cheap, +affordable, -expensive, -overpriced
+ a meal costs three crowns all in / the rate is fixed for years / siblings get a third off / second helpings are free
- a meal costs nine crowns at least / the rate rises every term / each fork is charged for / the fuel is billed on top
labelling, labels, allergy labels, allergens
+ every nut is named on the lid / allergies are marked in red / a code on each box lists all / three languages are on each lid
- nuts went in unmentioned / the lids are blank underneath / the list was a year old / gluten was marked as absent
invoicing, invoices, billing, bills
+ one short bill comes each month / the sums matched to the cent / each school gets its own sheet / mistakes are mended in a day
- one week was billed twice / the bills arrive months late / the sums never match the meals / nobody can read the totals
variety, choice, menu, menus, +varied, -monotonous
+ forty dishes take turns each term / pupils vote for weekly dishes / each region has its own week / four soups are cooked every day
- it was pasta four days in five / the list never changes / the only soup is tomato / vegetarians get rice every day
support, service, helpline, customer service
+ the phone is answered at once / a person visits every month / letters are answered overnight / the owner came on a Sunday
- the phone rings until it dies / letters lie about for weeks / the helpline is a machine / the office shuts at eleven
"""),
    remarks=_lines("""
{option} took its name from a song the founder liked.
The office of {option} looks out on a disused canal.
A brass band once rehearsed in the attic of {option}.
The founder of {option} was born on a leap day.
{option} sponsors a rowing boat called the Marigold.
The logo of {option} was drawn on a paper napkin.
{option} began in a shed behind a bicycle shop.
The accountant of {option} has climbed four volcanoes.
"""),
)

CAMP = Scene(
    key="camp",
    option="site",
    options=("Raven Ridge", "Otter Bay", "Heron Point", "Wolf Meadow", "Badger Creek", "Falcon Pass", "Lynx Valley", "Marten Hill"),
    opening="are choosing the site of the summer camp at which they will count butterflies together for the fourth year",
    stakes="The tents go up on Saturday, and a poor site would end the count before the first week is over.",
    criteria=_criteria("""
water, drinking water
+ a clear spring runs nearby / the well was tested in April / the tap gives plenty all day / the brook flows even in August
- the spring dries up by midsummer / the well smells of sulphur / the nearest tap is an hour off / cattle stand in the only brook
shelter, cover, +sheltered, -exposed
+ an old barn takes every tent / a cliff stops the west wind / tall firs break every gust / the hut has a sound slate roof
- the wind flattened two tents / one low bush stands nearby / the hut lost its roof in spring / gusts come from every side
drainage, ground, soil, +dry, -boggy, -swampy
+ rain is gone within the hour / the ground is gravel all over / a ditch leads the storm away / the slope sheds every drop
- puddles stay for a week / the ground is bog underneath / the ditch runs into the camp / the last tents stood in mud
signal, reception, coverage, phone signal
+ calls go through on every network / the mast stands within sight / a video call ran for hours / the radio reaches the valley
- the hills block every network / calls drop after ten seconds / the mast was taken down in May / calling takes an hour of climbing
sunlight, sun, daylight, +sunny, -shady
+ the sun is there by five / the clearing faces due south / the panels filled by ten / the far corner is lit at dawn
- the cliff casts shade until noon / fog hangs in until two / the firs leave one lit patch / the panels filled to a tenth
access, road, roads, getting there, +accessible, -inaccessible
+ the van reaches the fire pit / a bus stops at the gate daily / the track was gravelled in May / the bridge carries lorries
- the last miles are on foot / the bridge is down since winter / the track crosses two deep fords / the gate is locked all summer
firewood, wood, fuel
+ a stack of dry birch waits / the forester leaves trimmings / storm wood lies all around / the sawmill gives its offcuts
- not a dead branch lies about / the forester forbids all fires / the birch is green and wet / each log must be carried up
permits, permit, permission, paperwork
+ the county has stamped the form / the farmer signed on Tuesday / the reserve needs only a note / last year's form still holds
- the county wants sixty more days / the farmer refused in writing / the reserve closes for nesting / two offices blame each other
"""),
    remarks=_lines("""
{option} stands on a stamp that was printed in 1936.
A painter spent eleven autumns at {option} and sold nothing.
The name of {option} comes from a very old dialect.
A stone at {option} bears the initials of two sisters.
{option} was once the border between two parishes.
Somebody buried a bottle of letters near {option}.
A ballad tells how a piper vanished at {option}.
The map of {option} was printed upside down for years.
"""),
)

VAN = Scene(
    key="van",
    option="van",
    options=("Kestrel", "Osprey", "Ibex", "Puffin", "Gannet", "Stoat", "Curlew", "Bison"),
    opening="are choosing a used van for the mountain rescue team in which they have served together for ten years",
    stakes="The seller waits until midnight, and a poor van would leave people on the mountain.",
    criteria=_criteria("""
steering, handling
+ it held the line on sheet ice / a finger turns it in the yard / the rack was replaced in March / it parks in one smooth move
- it pulls to the left on ice / the wheel has far too much play / it wandered across two lanes / the rack groans in every bend
braking, brakes
+ it stopped dead on wet gravel / the discs are a month old / it held still on the steep ramp / the pads have years to go
- it slid past the stop line / the discs are worn right down / it rolled back on the ramp / the pedal sinks to the floor
tyres, tires, tread
+ the tread is deep all round / four winter sets come with it / the spare has never been used / the sidewalls are like new
- two of the four are bald / the winter set is split / the spare is from another van / the sidewalls are cracked
bodywork, body, rust, +rustless, -rusty
+ the panels have no blister / the sills ring sound / the roof was sealed last autumn / the doors close with a click
- a thumb goes through the sill / rain drips in at the roof / the doors have to be tied / blisters cover the left panels
heating, heater, warmth, +warm, -cold
+ the cabin is warm in two minutes / the glass clears at once / the rear has a stove of its own / it ran all night at minus ten
- the cabin never got above nine / the glass stays fogged for miles / the rear blower is dead / the heater smells of fumes
mileage, distance driven, odometer
+ it did one short trip a week / the clock shows very few miles / it spent years in a museum / a doctor drove it to church
- it went three times round the globe / it was a taxi for nine years / the clock was turned back / it drove the night mail
storage, space, room, cargo space, +roomy, -cramped
+ two stretchers fit side by side / the racks hold all the ropes / a drawer slides under each bench / the roof box takes all the skis
- one stretcher fits at a slant / the ropes end up on the seats / a bench fills half of the back / the skis stick out at the back
paperwork, documents, papers
+ every bill is there / the test runs until next June / the title is clear and stamped / the log was kept in neat ink
- the title names another owner / the test ran out last year / half of the log is torn out / two fines are still unpaid
"""),
    remarks=_lines("""
The first owner of {option} named it after a cousin.
A faded sticker on {option} praises a cheese festival.
{option} once waited three hours for a herd of goats.
A glove of unknown origin was found inside {option}.
{option} appears in the background of a wedding photo.
The horn of {option} sounds a little like a goose.
A bard wrote a limerick about {option} in Welsh.
Somebody planted a fern in the ashtray of {option}.
"""),
)

SCENES = (VENUE, COOK, LUNCH, CAMP, VAN)
