"""The scenes of `haggle`: what is to be had, what a public guide says of its price, and why each side stops where it stops."""

from __future__ import annotations

from dataclasses import dataclass


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().split("\n"))


@dataclass(frozen=True, slots=True)
class Scene:
    """``{a}`` sells and ``{b}`` buys; ``{g}`` is the guide's price. Floors and ceilings hold the limit ``{p}`` and the reason for it."""

    key: str
    trade: str
    guides: tuple[int, int]
    openings: tuple[str, ...]
    floors: tuple[str, ...]
    ceilings: tuple[str, ...]
    seller: tuple[str, ...]
    """Remarks in the seller's notes: they say nothing of a price."""
    buyer: tuple[str, ...]


SCENES = (
    Scene(
        "bicycle",
        "{a} sells and {b} buys the bicycle",
        (180, 420),
        (
            "{a} is moving abroad and sells a touring bicycle; {b}, who lives round the corner, wants one for the summer. They stand in "
            "the courtyard with the bicycle between them. A guide on second-hand bicycles gives {g} euros for this model.",
            "At the flea market {b} has stopped before {a}'s touring bicycle for the third time. The market closes soon. The guide to used "
            "bicycles that hangs at the entrance has this model at {g} euros.",
        ),
        _lines("""
A colleague would pay {p} euros tomorrow, so {a} would rather keep the bicycle than take less than {p}.
The repair shop offers {p} euros for the bicycle in parts, and {a} does not sell below that.
{a} still owes {p} euros on the bicycle and cannot let it go for less.
"""),
        _lines("""
A shop across town has a bicycle just as good for {p} euros, so {b} would not pay more than {p}.
{b} has put {p} euros aside for a bicycle and can pay no more than that.
Renting for the whole summer comes to {p} euros, and {b} would not spend more on buying.
"""),
        _lines("""
{a} rode it to the Baltic Sea and back in one summer.
The saddle came from an uncle who raced in Belgium.
{a} has never once left the bicycle out in the rain.
The new flat abroad has no cellar and no lift.
The bell was a present and has the sound of a tram.
{a} oiled the chain yesterday and scrubbed the frame.
The removal van comes at the end of the week.
A neighbour's child learned to ride on this bicycle.
The lamp on the front was changed last winter.
{a} would like it to go to somebody who rides a lot.
The stickers on the frame are from every campsite.
The pump that belongs to it is in a box somewhere.
"""),
        _lines("""
{b} would ride to work along the river every day.
The last bicycle {b} had was stolen outside a cinema.
{b} likes the colour, though nobody needs to know.
Friends plan a tour round the lake for August.
{b} tried the gears and found that they shift well.
The bus to work is always late and always full.
{b} cannot repair so much as a puncture alone.
A sister of {b} swears by bicycles of this make.
{b} would have to buy a better lock as well.
The doctor told {b} to move more and sit less.
{b} has looked at a dozen bicycles this month.
There is room for a bicycle under the stairs at home.
"""),
    ),
    Scene(
        "crate",
        "{a} sells and {b} buys the crate",
        (30, 90),
        (
            "{a} has one crate of apricots left on the market stall, and the bells have already rung for closing. {b}, who makes jam, "
            "wants the whole crate. The board of the market hall has such a crate at {g} euros this morning.",
            "{b} cooks for a wedding and needs apricots; the last crate in town stands on the stall of {a}, who wants to go home. This "
            "morning's price for a crate, says the board at the gate, was {g} euros.",
        ),
        _lines("""
The cider press pays {p} euros for the crate tonight, so that {a} gives it to nobody for less.
{a} paid the grower {p} euros for this crate and has sworn never to sell under that.
A cousin would take the crate for {p} euros tonight, and {a} does not let it go for less.
"""),
        _lines("""
Frozen apricots for as much jam would cost {b} {p} euros, and more than that {b} does not pay.
{b} has {p} euros left in the purse, and no more than that can be paid.
With what the jam brings in, {b} loses money on every crate above {p} euros.
"""),
        _lines("""
{a} has stood behind the stall since before sunrise.
The awning of the stall was torn in last week's wind.
{a} promised to be home in time for a birthday.
The apricots were picked by an old couple in the hills.
A dog stole a sausage from the next stall at noon.
{a} thinks that the small ones are the sweetest.
The scales on the stall were checked a month ago.
On Saturdays the stall is run by a niece of {a}.
The van is parked far away beside the church.
{a} sold cherries only until the middle of June.
The crate itself was built by the carpenter next door.
A painter once painted {a} behind a heap of plums.
"""),
        _lines("""
{b} learned to make jam from a neighbour in the war years.
The jars are washed and stand in rows on the table.
{b} won a ribbon with plum jam at the autumn fair.
The bus home leaves from behind the market hall.
{b} cannot stand apricots that smell of nothing.
A grandchild is waiting to stir the first pot.
{b} has a recipe with almonds that nobody has seen.
The kitchen at home has a stove that burns wood.
{b} gave up coffee and has slept better ever since.
Last summer the wasps were worse than in any year.
{b} always carries the crates on a little handcart.
The labels were drawn by a nephew who studies art.
"""),
    ),
    Scene(
        "sublet",
        "{a} lets the room to {b} for the month",
        (450, 950),
        (
            "{a} goes to sea for a month and wants to sublet a room with a balcony; {b} has a job in town for just that month. They sit on "
            "the balcony. The city's rent table gives {g} euros a month for a room like this.",
            "{b} is looking for a place for the four weeks of a theatre festival, and {a} will be away just then. They talk about the rent "
            "for the month in {a}'s kitchen. By the city's rent table it would be {g} euros.",
        ),
        _lines("""
The landlord takes {p} euros for such a month, and {a} will not let the room for less than that.
A student would take it for {p} euros at once, so {a} does not go below {p}.
Storing the furniture and giving the room up would save {a} {p} euros, so {a} wants at least {p}.
"""),
        _lines("""
A boarding house by the station would cost {b} {p} euros for the month, and {b} would pay no more here.
The firm refunds {p} euros for a room, and {b} can pay no more than that.
Commuting for the whole month comes to {p} euros, and for more than that {b} would not move.
"""),
        _lines("""
{a} planted tomatoes on the balcony in the spring.
The key to the cellar sticks and has to be coaxed.
{a} will be on a ship that counts whales.
The people upstairs practise the cello until nine.
{a} would be glad if somebody watered the plants.
The mattress was new at the beginning of the year.
From the balcony one can see the harbour cranes.
{a} once found an owl asleep in the kitchen.
The letters can simply be left on the shelf.
The baker on the corner opens at five.
{a} painted the walls white with three friends.
The bathtub stands on four feet like those of a lion.
"""),
        _lines("""
{b} gets up early and is hardly ever at home.
The job is to tune the organ of the town hall.
{b} would bring nothing but a suitcase and a lamp.
Two aunts of {b} live on the other side of town.
{b} has always wanted a balcony to have breakfast on.
The last landlady counted the slices of bread.
{b} is allergic to cats and to most perfumes.
A colleague recommended this part of the town.
{b} can play the cello, though not very well.
The train arrives late on the evening before.
{b} has killed every plant but one cactus.
On Sundays {b} goes swimming, whatever the weather.
"""),
    ),
    Scene(
        "portrait",
        "{a} paints the portrait for {b}",
        (600, 1400),
        (
            "{b} wants a portrait of a grandmother for her ninetieth birthday, and {a} is the painter who could do it in time. They meet "
            "in the studio to settle the fee. The painters' guild prints a table of fees, which has {g} euros for a portrait of this size.",
            "{a} paints portraits; {b}, who runs the rowing club, wants one of its founder in the boathouse. They have agreed on "
            "everything but the fee. In the guild's table a portrait of that size stands at {g} euros.",
        ),
        _lines("""
In the same weeks {a} could letter a shop front for {p} euros, and would not paint the portrait for less.
Canvas, frame and rent come to {p} euros, and {a} does not work for less than that.
A school would pay {a} {p} euros for teaching instead, so the portrait must bring in at least {p}.
"""),
        _lines("""
A good photographer asks {p} euros, and {b} will not spend more on a painting.
Those who share the cost have given {b} {p} euros, and there is no more than that.
Another painter has offered to do it for {p} euros, so {b} would not pay above {p}.
"""),
        _lines("""
{a} paints only by daylight and never on Mondays.
The studio used to be a shop for umbrellas.
{a} was taught by a man who had known Munch.
A finished landscape has been drying for weeks.
{a} prefers faces that have seen some weather.
The cat of the studio has walked over two pictures.
{a} mixes a green that nobody else can mix.
The easel was bought from the estate of a count.
{a} needs four sittings and a good deal of tea.
The stairs up to the studio are steep and dark.
{a} hums while painting and does not notice it.
One portrait by {a} hangs in the town library.
"""),
        _lines("""
{b} thought of a gold frame and then of a plain one.
The person to be painted does not like to sit still.
{b} saw a picture by {a} at the dentist's.
The wall where it will hang gets no direct sun.
{b} tried to draw it and gave up after the nose.
There will be a party with a brass band and cake.
{b} would like a certain blue hat to be in it.
The speech is already written and far too long.
{b} knows nothing of painting and says so gladly.
An old photograph could help with the eyes.
{b} has promised to collect the picture in person.
A cousin of {b} thinks that portraits bring bad luck.
"""),
    ),
)


def scene_of(key: str) -> Scene:
    return next(scene for scene in SCENES if scene.key == key)
