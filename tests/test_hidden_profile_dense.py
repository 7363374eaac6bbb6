"""How talk of options is read where words are dear: tallies, initials, checks cut short, headed lists, questions hung on a statement.

What the last turn tells stands beside each talk, in the signs of ``test_hidden_profile_talk``; questions are left out, and what stands in
brackets may be read or not.
"""

from __future__ import annotations

import pytest

from tests.test_hidden_profile_talk import COOKS, read

TOLD = [
    (["Bad: Novak hygiene, Tanaka budgeting. Good: Novak stamina, Okafor references."], "N.hygi- T.budg- N.stam+ O.refe+"),
    (["Novak 4, teamwork? Tanaka 4, budgeting, references? Okafor 3, hygiene?"], ""),
    (["Novak teamwork bad. Tanaka references good, budgeting bad: 5. Okafor 4. Tanaka (ready)"], "N.team- T.refe+ T.budg- !Tanaka"),
    (["Novak has 4 good, stamina open. Tanaka has 3, hygiene, baking open. Okafor 3."], ""),
    (["Novak: 4 good, 2 bad, stamina unknown."], ""),
    (["Novak has 3 good: stamina, hygiene, baking."], "N.stam+ N.hygi+ N.baki+"),
    (["Novak 2 bad: stamina, hygiene. Tanaka 1 bad: baking."], "N.stam- N.hygi- T.baki-"),
    (["Novak 2 good (stamina, hygiene), 1 bad (baking)."], "N.stam+ N.hygi+ N.baki-"),
    (["Novak, Tanaka: stamina bad. Okafor hygiene good, baking bad"], "N.stam- T.stam- O.hygi+ O.baki-"),
    (["Novak stamina, baking bad: 4. Okafor 4, Tanaka 5. So Tanaka! (ready)"], "N.stam- N.baki- !Tanaka"),
    (["Novak stamina and Tanaka baking both bad."], "N.stam- T.baki-"),
    (["Novak stamina, Tanaka baking, Okafor hygiene all good."], "N.stam+ T.baki+ O.hygi+"),
    (["Both Novak stamina and Tanaka baking are good."], "N.stam+ T.baki+"),
    (["N stamina bad, hygiene good; T baking good, refs bad; O hyg bad."], "N.stam- N.hygi+ T.baki+ T.refe- O.hygi-"),
    (["N: stamina bad, hygiene good. T: baking good."], "N.stam- N.hygi+ T.baki+"),
    (["N 5, T 4, O 4, B out. (ready)"], ""),
    (["N 5. (ready)"], "!Novak"),
    (["Novak 5 (ready)"], "!Novak"),
    (["Novak with 5, nobody else gets there. (ready)"], "!Novak"),
    (["Novak at 5, the rest 4 or less (ready)"], "!Novak"),
    (["Novak, 5 good. Agreed. (ready)"], "!Novak"),
    (["Novak then (ready)"], "!Novak"),
    (["Then Novak (ready)"], "!Novak"),
    (["Novak! (ready)"], "!Novak"),
    (["Yes, Novak, 5. (ready)"], "!Novak"),
    (["Same count here: Novak (ready)"], "!Novak"),
    (["I get Novak 5, Tanaka 4 too. Novak. (ready)"], "!Novak"),
    (["Okafor 4. Novak 5 - agreed (ready)"], "!Novak"),
    (["Okafor at most 4, so Novak (ready)"], "!Novak"),
    (["Okafor max 4. Novak wins with 5. (ready)"], "!Novak"),
    (["Okafor max 4 (ready)"], ""),
    (["Okafor only 4. (ready)"], ""),
    (["Okafor 4. Tanaka 4. (ready)"], ""),
    (["Novak 5, clear winner. (ready)"], "!Novak"),
    (["Novak leads with 5. (ready)"], "[!Novak]"),
    (["Novak hygiene good: 4, stamina? Tanaka baking, references?"], "N.hygi+"),
    (["Novak hygiene good, stamina?"], "N.hygi+"),
    (["Novak hygiene good - stamina?"], "N.hygi+"),
    (["Is Novak hygiene good, stamina?"], ""),
    (["Is Novak good on hygiene, stamina, baking?"], ""),
    (["Novak hygiene, stamina?"], ""),
    (["So Novak 5, baking? Okafor 4, hygiene, stamina? Tanaka final 4?"], ""),
    (["Novak: stamina?", "Bad."], "N.stam-"),
    (["Novak 4, stamina?", "Novak stamina bad, so 4."], "N.stam-"),
    (["Novak 4, stamina?", "stamina bad"], "N.stam-"),
    (["Novak 4, stamina?", "bad, sorry"], "N.stam-"),
    (["stamina+ hygiene- for Novak; baking+ for Tanaka"], "N.stam+ N.hygi- T.baki+"),
    (["Novak stamina ok hygiene bad; Tanaka baking ok"], "N.stam+ N.hygi- T.baki+"),
    (["Novak good stamina, bad hygiene; Tanaka good baking"], "N.stam+ N.hygi- T.baki+"),
    (["hygiene: Novak bad, Tanaka good"], "N.hygi- T.hygi+"),
    (["Hygiene bad for Novak and Tanaka, good for Okafor"], "N.hygi- T.hygi- O.hygi+"),
    (["Tanaka hygiene bad too, so 4."], "T.hygi-"),
    (["Novak stamina good makes 5."], "N.stam+"),
    (["Novak's stamina is good, giving 5; Tanaka's budgeting bad, leaving 4."], "N.stam+ T.budg-"),
    (["Tanaka 4, with budgeting bad."], "T.budg-"),
    (["Tanaka's baking can't tie. Novak then (ready)"], "!Novak"),
    (["Nothing new on Okafor. Novak stamina good."], "N.stam+"),
    (["I have no Novak bads left."], ""),
    (["My bads: Novak hygiene, Tanaka baking; goods: Okafor stamina"], "N.hygi- T.baki- O.stam+"),
    (["Negatives - Novak: hygiene, baking. Tanaka: stamina. Positives - Okafor: references."], "N.hygi- N.baki- T.stam- O.refe+"),
    (["Fails: Novak hygiene/baking, Tanaka stamina. Passes: Okafor refs."], "N.hygi- N.baki- T.stam- O.refe+"),
    (["✗ Novak hygiene, Tanaka stamina ✓ Okafor refs"], "N.hygi- T.stam- O.refe+"),
    (["Novak hyg bad, stam good, ref bad."], "N.hygi- N.stam+ N.refe-"),
    (["Novak: bad hygiene+baking; good stamina"], "N.hygi- N.baki- N.stam+"),
    (["Okafor: all mine bad: stamina, hygiene."], "O.stam- O.hygi-"),
    (["Brandt is out. Okafor out too."], ""),
    (["Brandt out (max 3). Novak stamina good"], "N.stam+"),
    (["If Novak's stamina is good, Novak has 5."], ""),
    (["Novak would need good stamina to tie."], ""),
    (["Novak needs stamina and baking good."], ""),
    (["Novak stamina good? "], ""),
    (["Novak stamina: good or bad?"], ""),
    (["Anyone with Novak stamina good?"], ""),
    (["Does anything beat Novak's 5? (ready)"], ""),
    (["Correction: Novak hygiene good, not bad."], "N.hygi+"),
    (["Novak: hygiene good, so 5 total; Tanaka stays 4. Novak? (ready)"], "N.hygi+ [!Novak]"),
    (["Novak 5. Tanaka needs both budgeting and stamina."], ""),
    (["Tanaka: budgeting bad → max 4. Novak it is (ready)"], "T.budg- !Novak"),
    (["Everything adds up to Novak. (ready)"], "[!Novak]"),
    (["No objection, Novak. (ready)"], "!Novak"),
    (["Novak from me as well. (ready)"], "!Novak"),
    (["Confirmed. Novak has most, 5. (ready)"], "!Novak"),
]


@pytest.mark.parametrize(("texts", "meant"), TOLD, ids=[texts[-1] for texts, _ in TOLD])
def test_dense_talk_of_options_tells_what_it_says_and_no_more(texts: list[str], meant: str) -> None:
    may = [part.strip("[]") for part in meant.split() if part.startswith("[")]
    said = [one.removeprefix("1:") for one in read(COOKS, *texts) if len(texts) == 1 or one.startswith("1:")]

    assert [one for one in said if "?" not in one and one not in may] == sorted(part for part in meant.split() if not part.startswith("["))
