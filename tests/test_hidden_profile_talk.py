"""How the committee task reads free English and says what it means: findings, questions, answers, corrections, proposals."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.lexicon import FIRST_NAMES
from benchmark.vocabulary import Claim, Turn
from tasks.hidden_profile.scenes import BAD, CAMP, COOK, GOOD, LUNCH, PHRASINGS, SCENES, VAN, VENUE, Scene
from tasks.hidden_profile.talk import Reader
from tasks.hidden_profile.wording import word
from tasks.hidden_profile.words import Lexicon, lexicon
from tests.whole_talks import said_in

HALLS = lexicon(VENUE, ("Harbour Hall", "Castle Barn", "Quarry Lodge", "Abbey Court"))
COOKS = lexicon(COOK, ("Brandt", "Okafor", "Novak", "Tanaka"))
LUNCHES = lexicon(LUNCH, ("Fernhill Food", "Copper Spoon", "Juniper Table", "Maple Meals"))
CAMPS = lexicon(CAMP, ("Raven Ridge", "Otter Bay", "Heron Point", "Wolf Meadow"))
VANS = lexicon(VAN, ("Kestrel", "Osprey", "Ibex", "Puffin"))


def short(claim: Claim) -> str:
    """ "H.park+": Harbour Hall's parking is good; "?" before it: a question; "!", "~": a proposal made, withdrawn."""
    if claim.slot == ("answer",):
        return {"propose": "!", "withdraw": "~"}[claim.kind] + str(claim.value)
    sign = {GOOD: "+", BAD: "-", None: ""}[claim.value]
    return f"{'?' if claim.kind == 'ask' else ''}{claim.slot[1][0]}.{claim.slot[2][:4]}{sign}"


def read(words: Lexicon, *texts: str) -> list[str]:
    """What the texts say, spoken in turn by A, B and C; with the number of the turn where there are several."""
    turns = [Turn("ABC"[number % 3], text) for number, text in enumerate(texts)]
    found = said_in(turns, Reader(words))
    return sorted(short(claim) if len(texts) == 1 else f"{claim.turn}:{short(claim)}" for claim in found)


def test_no_option_shares_a_name_with_a_person_and_first_words_tell_options_apart() -> None:
    for scene in SCENES:
        first = [option.split()[0] for option in scene.options]
        assert len(set(first)) == len(first)
        assert not set(first) & set(FIRST_NAMES)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.key)
def test_every_note_is_read_as_it_is_meant(scene: Scene) -> None:
    """Every finding in every wording, with and without the words of the check; and no remark says anything."""
    words = lexicon(scene, scene.options[:4])
    for option, criterion in itertools.product(scene.options[:2], scene.criteria):
        for value, detail in [(value, detail) for value, texts in criterion.details.items() for detail in texts]:
            meant = [("affirm", ("finding", option, criterion.label), value)]
            wordings = [p.format(option=option, own=f"{option}'s", criterion=criterion.label, detail=detail) for p in PHRASINGS[value]]
            for text in (*wordings, f"At {option} {detail}."):
                assert [(c.kind, c.slot, c.value) for c in said_in((Turn("A", text),), Reader(words))] == meant, text
    for option, remark in itertools.product(scene.options[:4], scene.remarks):
        assert said_in((Turn("A", remark.format(option=option)),), Reader(words)) == ()


STATED = [
    (HALLS, "Harbour Hall: parking good, acoustics bad.", "H.park+ H.acou-"),
    (HALLS, "Harbour Hall has good parking but bad acoustics.", "H.park+ H.acou-"),
    (HALLS, "Harbour's parking and acoustics are good, heating is not.", "H.park+ H.acou+ H.heat-"),
    (HALLS, "Parking is good at Harbour Hall and the Castle Barn but bad at the Abbey.", "H.park+ C.park+ A.park-"),
    (HALLS, "Harbour Hall: parking good, light bad. Same for the Castle.", "H.park+ H.ligh- C.park+ C.ligh-"),
    (HALLS, "Harbour Hall has good parking. The Castle too.", "H.park+ C.park+"),
    (HALLS, "For parking: Harbour good, Castle bad, Quarry good.", "H.park+ C.park- Q.park+"),
    (HALLS, "Harbour Hall is good on parking, catering and lighting; bad on acoustics.", "H.park+ H.cate+ H.ligh+ H.acou-"),
    (HALLS, "Castle Barn. Good: parking, catering. Bad: acoustics, price.", "C.park+ C.cate+ C.acou- C.pric-"),
    (HALLS, "I have good news about parking at Harbour: it passed.", "H.park+"),
    (HALLS, "Quarry Lodge's acoustics aren't good.", "Q.acou-"),
    (HALLS, "There's no problem with the parking at Quarry.", "Q.park+"),
    (HALLS, "Ninety cars fit in the yard at Castle Barn.", "C.park+"),
    (HALLS, "At Castle Barn the yard fits ninety cars, and its lamps flicker all night (half of them).", "C.park+ C.ligh-"),
    (HALLS, "Castle Barn is cheap but draughty.", "C.pric+ C.heat-"),
    (HALLS, "I don't know about the parking at Abbey, but its heating is bad.", "A.heat-"),
    (HALLS, "Harbour Hall & Castle Barn: parking bad, heating good", "H.park- H.heat+ C.park- C.heat+"),
    (HALLS, "Harbour Hall:\n- parking: good\n- acoustics: bad\nCastle Barn:\n- price: bad", "H.park+ H.acou- C.pric-"),
    (HALLS, "**Harbour Hall**: parking ✓, acoustics ✗", "H.park+ H.acou-"),
    (HALLS, "Harbour: +parking, -acoustics, -heating", "H.park+ H.acou- H.heat-"),
    (HALLS, "parking good (Harbour, Castle), bad (Abbey)", "H.park+ C.park+ A.park-"),
    (HALLS, "The parking, the lighting and the seating are all good at Castle Barn.", "C.park+ C.ligh+ C.seat+"),
    (HALLS, "The problem with Abbey is the price.", "A.pric-"),
    (HALLS, "Good point. Thanks! Harbour has failed heating.", "H.heat-"),
    (HALLS, "Great, so heating at Quarry is bad.", "Q.heat-"),
    (HALLS, "Neither parking nor heating is good at Abbey.", "A.park- A.heat-"),
    (HALLS, "Harbour Hall is bad for parking and so is Castle Barn.", "H.park- C.park-"),
    (HALLS, "Castle Barn has three good checks in my notes: parking, lighting, price.", "C.park+ C.ligh+ C.pric+"),
    (HALLS, "Harbour Hall's parking check went well: ninety cars fit in the yard. (ready)", "H.park+"),
    (HALLS, "Heating: bad for Harbour. Access: good for Harbour, bad for Quarry.", "H.heat- H.acce+ Q.acce-"),
    (HALLS, "Abbey is good for price. And for seating.", "A.pric+"),
    (HALLS, "Both Harbour and Castle have bad lighting.", "H.ligh- C.ligh-"),
    (HALLS, "Abbey and Quarry both failed the heating check, but Quarry passed the access check.", "A.heat- Q.heat- Q.acce+"),
    (HALLS, "Castle - parking good, Quarry - parking bad", "C.park+ Q.park-"),
    (HALLS, "Castle Barn (parking good; heating bad), Abbey (price good)", "C.park+ C.heat- A.pric+"),
    (HALLS, "Not good at Castle: parking, lighting.", "C.park- C.ligh-"),
    (HALLS, "Castle has good parking, Quarry doesn't.", "C.park+ Q.park-"),
    (HALLS, "Castle has good parking, unlike Quarry.", "C.park+"),
    (HALLS, "Everything I have on Castle is bad: parking, heating, price.", "C.park- C.heat- C.pric-"),
    (HALLS, "Castle's only weakness is heating.", "C.heat-"),
    (COOKS, "Brandt: hygiene good (every surface shone), budgeting bad.", "B.hygi+ B.budg-"),
    (COOKS, "Novak has strong references; Tanaka's are weak.", "N.refe+ T.refe-"),
    (COOKS, "Tanaka baked well: forty rolls were ready by dawn.", "T.baki+"),
    (COOKS, "Novak: +baking, +teamwork, -stamina.", "N.baki+ N.team+ N.stam-"),
    (COOKS, "Okafor is not punctual and was wasteful with money.", "O.punc- O.budg-"),
    (COOKS, "Brandt has 2 more bads: teamwork, stamina. So Brandt is at most 4.", "B.team- B.stam-"),
    (LUNCHES, "Copper Spoon's deliveries are reliable, its prices are high.", "C.deli+"),
    (LUNCHES, "Juniper Table: soup leaked through every tray, nuts went in unmentioned.", "J.pack- J.labe-"),
    (LUNCHES, "Juniper Table's soup leaked through the trays.", "J.pack-"),
    (LUNCHES, "Maple Meals is expensive and stale.", "M.pric- M.fres-"),
    (CAMPS, "Raven Ridge has bad water and no signal.", "R.wate-"),
    (CAMPS, "Otter Bay is sheltered but boggy.", "O.shel+ O.drai-"),
    (CAMPS, "Good checks: Otter Bay water, Heron Point shelter. Bad: Wolf Meadow signal.", "O.wate+ H.shel+ W.sign-"),
    (VANS, "Kestrel passed steering and braking. Failed on paperwork.", "K.stee+ K.brak+ K.pape-"),
    (VANS, "The Ibex is rusty and cramped, though its brakes are fine.", "I.body- I.stor- I.brak+"),
    (VANS, "Private notes: Puffin steering GOOD, Puffin tyres BAD, Ibex storage GOOD", "P.stee+ P.tyre- I.stor+"),
    (VANS, "Kestrel's tyres, heating and mileage all failed.", "K.tyre- K.heat- K.mile-"),
    (VANS, "Kestrel's weak spots are tyres and heating.", "K.tyre- K.heat-"),
    (VANS, "I have: Kestrel tyres bad; Osprey tyres good; nothing on Puffin.", "K.tyre- O.tyre+"),
    (VANS, "Kestrel (tyres, heating) bad, Osprey (storage) good.", "K.tyre- K.heat- O.stor+"),
    (VANS, "Tyres: Kestrel bad, Osprey good. Heating: Kestrel good.", "K.tyre- O.tyre+ K.heat+"),
    (VANS, "Kestrel's tyres failed the check, as did its heating.", "K.tyre-"),
    (HALLS, "My notes: Harbour Hall good for seating; Castle Barn bad for access; also a pike hangs in Abbey Court.", "H.seat+ C.acce-"),
    (HALLS, "Harbour - lighting bad. Castle - heating bad. Who has Quarry?", "H.ligh- C.heat-"),
    (HALLS, "For what it's worth: Abbey Court's food is excellent.", "A.cate+"),
    (HALLS, "Harbour Hall took a hit on access — nine steep steps lead inside.", "H.acce-"),
    (HALLS, "Castle Barn got good marks for heating and access.", "C.heat+ C.acce+"),
    (HALLS, "I've two negatives for Harbour (seating, catering) and one positive for Abbey (parking).", "H.seat- H.cate- A.park+"),
    (HALLS, "Harbour: seating ✗ lighting ✗ heating ✓", "H.seat- H.ligh- H.heat+"),
    (HALLS, "Castle: acoustics, good. Price, bad.", "C.acou+ C.pric-"),
    (HALLS, "Also, Abbey Court failed its lighting check because one bare bulb lights the stage.", "A.ligh-"),
    (HALLS, "Abbey's stage is lit by one bare bulb only.", "A.ligh-"),
    (COOKS, "Brandt's teamwork and stamina both came out bad; first aid came out good.", "B.team- B.stam- B.firs+"),
    (COOKS, "Okafor earned good marks in hygiene but bad ones in budgeting.", "O.hygi+ O.budg-"),
    (COOKS, "Novak is bad at baking, good at teamwork.", "N.baki- N.team+"),
    (COOKS, "Okafor: 1 good (stamina), 2 bad (baking, references).", "O.stam+ O.baki- O.refe-"),
    (COOKS, "Mine: Tanaka hygiene bad / Tanaka baking good / Novak stamina bad", "T.hygi- T.baki+ N.stam-"),
    (COOKS, "Tanaka's hygiene is a concern, and Novak's stamina is a plus.", "N.stam+"),
    (COOKS, "Negative for Novak: punctuality. Positive for Novak: budgeting, hygiene.", "N.punc- N.budg+ N.hygi+"),
    (VANS, "The Osprey's brakes failed and its tyres did too.", "O.brak- O.tyre-"),
    (VANS, "Tyres are bad on the Osprey and on the Ibex.", "O.tyre- I.tyre-"),
    (VANS, "Ibex heating good, Ibex storage good, Ibex mileage bad, what do you have?", "I.heat+ I.stor+ I.mile-"),
    (VANS, "Ibex: heating good. Do others know its storage?", "I.heat+ ?I.stor"),
    (LUNCHES, "I hold two checks on Copper Spoon, both bad: invoicing and support.", "C.invo- C.supp-"),
    (LUNCHES, "My sheet shows Juniper Table strong in variety, weak in labelling.", "J.vari+ J.labe-"),
    (LUNCHES, "Maple Meals disappoints on packaging: the lids need a knife to open.", "M.pack-"),
    (LUNCHES, "Fernhill's helpline is poor; Fernhill's menu is great.", "F.supp- F.vari+"),
    (LUNCHES, "Regarding Copper Spoon's freshness, the bread is still warm at noon.", "C.fres+"),
    (CAMPS, "Raven: water+, shelter-, drainage+", "R.wate+ R.shel- R.drai+"),
    (CAMPS, "I found Otter's drainage good but the shelter there bad.", "O.drai+ O.shel-"),
    (CAMPS, "Good at Otter Bay: water. Bad at Otter Bay: firewood, permits.", "O.wate+ O.fire- O.perm-"),
    (CAMPS, "Thanks Kofi. That puts Otter at 5. Adding mine: Otter signal good, so 6.", "O.sign+"),
    (COOKS, "Novak: no problems with hygiene; baking failed.", "N.hygi+ N.baki-"),
    (COOKS, "Tanaka's stamina: pass. Tanaka's budgeting: fail.", "T.stam+ T.budg-"),
    (COOKS, "Tanaka got a good check for first aid and a bad check for teamwork.", "T.firs+ T.team-"),
    (COOKS, "Tanaka for me too. (ready)", "!Tanaka"),
    (COOKS, "Novak: first aid ok; stamina not ok", "N.firs+ N.stam-"),
    (COOKS, "Novak's first aid was not bad, but the references were.", "N.firs+ N.refe-"),
]


@pytest.mark.parametrize(("words", "text", "meant"), STATED, ids=[text for _, text, _ in STATED])
def test_what_is_stated_is_read(words: Lexicon, text: str, meant: str) -> None:
    assert read(words, text) == sorted(meant.split())


SAYS_NOTHING = [
    (HALLS, "Abbey Court wins on parking."),
    (HALLS, "Hana said Harbour's parking is bad."),
    (HALLS, "If Harbour's parking is good, we should take it."),
    (HALLS, "Maybe Abbey's heating is bad."),
    (HALLS, "I suggest we compare Harbour and Castle."),
    (HALLS, "We should not choose Harbour."),
    (HALLS, "Ok, noted. Nothing on Abbey from me."),
    (HALLS, "Harbour is our favourite so far with four goods."),
    (HALLS, "I can't confirm that Castle Barn passed parking."),
    (HALLS, "Castle beats Harbour."),
    (HALLS, "All good on parking?"),
    (COOKS, "Novak can't win: 4 bad checks."),
    (COOKS, "We're choosing Tanaka then?"),
    (COOKS, "Tanaka or Novak? I lean Novak."),
    (HALLS, "What we lack is Abbey's heating and Quarry's parking. Anyone?"),
    (HALLS, "Harbour now has 4 good and 4 bad, so it's out."),
    (VANS, "Kestrel: tyres G, heating B."),
    (VANS, "I withdraw Ibex."),
    (LUNCHES, "Copper Spoon lost points for late bills."),
    (LUNCHES, "Maple can no longer win, so drop it."),
    (CAMPS, "Please share what you know about Raven's access."),
    (CAMPS, "Confirming Otter Bay as our choice. (ready)"),
    (CAMPS, "Otter Bay has the most good checks."),
    (COOKS, "Novak flunked baking"),
]


@pytest.mark.parametrize(("words", "text"), SAYS_NOTHING, ids=[text for _, text in SAYS_NOTHING])
def test_hearsay_guesses_and_chatter_state_nothing(words: Lexicon, text: str) -> None:
    assert read(words, text) == []


ASKED = [
    (HALLS, "Does anyone know the parking at Harbour Hall?", "?H.park"),
    (HALLS, "Is the heating at Abbey good or bad?", "?A.heat"),
    (HALLS, "What about the acoustics of Quarry and Castle?", "?Q.acou ?C.acou"),
    (HALLS, "Is Harbour's lighting bad?", "?H.ligh-"),
    (HALLS, "Castle Barn scored good on access and price, bad on heating - which rules it out?", "?C.acce ?C.pric ?C.heat"),
    (HALLS, "Do you have Castle's price?", "?C.pric"),
    (CAMPS, "Could someone tell me Heron's permits?", "?H.perm"),
]


@pytest.mark.parametrize(("words", "text", "meant"), ASKED, ids=[text for _, text, _ in ASKED])
def test_a_question_asks_and_states_nothing(words: Lexicon, text: str, meant: str) -> None:
    assert read(words, text) == sorted(meant.split())


PROPOSED = [
    (HALLS, "I propose Harbour Hall.", "Harbour Hall"),
    (HALLS, "Let's go with the Castle Barn.", "Castle Barn"),
    (HALLS, "I think Abbey Court is the best.", "Abbey Court"),
    (HALLS, "Abbey Court wins.", "Abbey Court"),
    (HALLS, "Abbey Court it is!", "Abbey Court"),
    (HALLS, "My vote is Quarry Lodge over Abbey.", "Quarry Lodge"),
    (HALLS, "Shall we take Quarry Lodge?", "Quarry Lodge"),
    (COOKS, "Tanaka leads with 5 good. I vote Tanaka.", "Tanaka"),
    (COOKS, "Then it's Tanaka. Agreed on Tanaka. (ready)", "Tanaka"),
    (COOKS, "Final answer: Tanaka.", "Tanaka"),
    (COOKS, "My answer is Tanaka (ready)", "Tanaka"),
    (COOKS, "Tanaka is the clear winner.", "Tanaka"),
    (COOKS, "Tanaka is the best candidate with six good checks.", "Tanaka"),
    (COOKS, "Let's commit to Tanaka.", "Tanaka"),
    (HALLS, "So Castle has 5 good; nobody can beat it. I propose Castle Barn.", "Castle Barn"),
    (HALLS, "I agree with Castle Barn. (ready)", "Castle Barn"),
    (HALLS, "Not Harbour, then. Let's pick Quarry Lodge.", "Quarry Lodge"),
    (CAMPS, "Otter 6, Raven 4. Otter it is. (ready)", "Otter Bay"),
    (CAMPS, "I'm going with Otter Bay. (ready)", "Otter Bay"),
]


@pytest.mark.parametrize(("words", "text", "option"), PROPOSED, ids=[text for _, text, _ in PROPOSED])
def test_a_proposal_is_heard(words: Lexicon, text: str, option: str) -> None:
    assert read(words, text) == [f"!{option}"]


EXCHANGES = [
    (("How is the heating at Abbey?", "Bad. Harbour is good overall."), ["0:?A.heat", "1:A.heat-"]),
    (("Is the heating at Abbey good?", "Yes."), ["0:?A.heat+", "1:A.heat+"]),
    (("Is the heating at Abbey bad?", "No, it's fine."), ["0:?A.heat-", "1:A.heat+"]),
    (("How is the heating at Abbey?", "Bad."), ["0:?A.heat", "1:A.heat-"]),
    (("How is the heating at Abbey?", "Heating is good there."), ["0:?A.heat", "1:A.heat+"]),
    (("How is the heating at Abbey?", "No idea."), ["0:?A.heat"]),
    (("How is the heating of Abbey Court?", "It failed."), ["0:?A.heat", "1:A.heat-"]),
    (("Any notes on Castle heating?", "It's good, and parking is bad."), ["0:?C.heat", "1:C.heat+", "1:C.park-"]),
    (("Castle parking is good.", "x", "y", "Sorry, I meant Castle parking is bad."), ["3:C.park-"]),
    (
        ("I propose Abbey Court.", "x", "y", "I no longer propose Abbey Court. I propose Castle Barn."),
        ["0:!Abbey Court", "3:!Castle Barn", "3:~Abbey Court"],
    ),
    (("Castle parking is good.", "Actually, Castle parking is bad."), ["0:C.park+", "1:C.park-"]),
    (("Does Castle have good parking?", "I don't know.", "Yes, it does."), ["0:?C.park+", "2:C.park+"]),
]


@pytest.mark.parametrize(("texts", "meant"), EXCHANGES, ids=[" / ".join(texts) for texts, _ in EXCHANGES])
def test_replies_and_corrections_are_read_with_what_went_before(texts: tuple[str, ...], meant: list[str]) -> None:
    assert read(HALLS, *texts) == meant


@given(st.lists(st.tuples(st.sampled_from(VAN.criteria), st.sampled_from(VANS.options), st.sampled_from(["affirm", "ask"]), st.booleans())))
def test_what_is_put_into_words_is_read_back(drawn: list[tuple[object, str, str, bool]]) -> None:
    said = {}
    for criterion, option, kind, good in drawn:
        value = (GOOD if good else BAD) if kind == "affirm" or good else None
        said[kind, option, criterion] = Claim(kind, ("finding", option, criterion.label), value)  # type: ignore[attr-defined]
    plan = [*said.values(), Claim("propose", ("answer",), "Ibex")]

    found = said_in((Turn("A", word(plan)),), Reader(VANS))

    assert {(c.kind, c.slot, c.value) for c in found} == {(c.kind, c.slot, c.value) for c in plan}
    assert len(found) == len(plan)


@given(st.lists(st.text(max_size=60) | st.sampled_from([text for _, text, _ in STATED])), st.sampled_from([HALLS, COOKS, CAMPS]))
def test_any_text_is_read_and_a_talk_only_grows(texts: list[str], words: Lexicon) -> None:
    """Whatever is said, there is a reading, its claims are stamped, and asked or proposed is never unsaid."""
    turns = tuple(Turn("AB"[number % 2], text) for number, text in enumerate(texts))
    whole = said_in(turns, Reader(words))
    before = [claim for claim in said_in(turns[:-1], Reader(words)) if claim.kind != "affirm"]

    assert [claim for claim in whole if claim.kind != "affirm"][: len(before)] == before
    assert all(claim.seat == turns[claim.turn].seat for claim in whole)
