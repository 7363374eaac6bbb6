"""How talk about friends is read where words are dear: verdicts on all of them at once, counts, lists that are closed, bare agreement.

What the last turn tells stands beside each talk, in the signs of ``test_mutual_friend``; questions are left out.
"""

from __future__ import annotations

import pytest

from tests.test_mutual_friend import heard

LIST = "I know Ida, Omar, Tomas, Elena, Vera, Nadia, Kwame, Lena, Hugo, Leon, Pia, Rosa."
ASKED = "Three of those: Ida (Halden, Turin, cello), Omar (Brack, Porto, oboe), Vera (Zuni, Quito, harp). Is one the same?"
OPEN = "Ida: Halden, Turin, cello. Omar: Brack, Porto, oboe. Vera: Zuni, Quito, harp. Any match?"
REST = "; ".join(f"-{name}" for name in ("Tomas", "Elena", "Nadia", "Kwame", "Lena", "Hugo", "Leon", "Pia", "Rosa"))
IDA, OMAR, VERA = "-Ida Halden&Turin&cello", "-Omar Brack&Porto&oboe", "-Vera Zuni&Quito&harp"
SAME = "+Vera Zuni; +Vera Quito; +Vera harp"
NONE = f"{IDA}; {OMAR}; {VERA}"

TOLD: dict[tuple[str, ...], str] = {
    (LIST, "Three of them! Ida: Halden. Omar: Brack. Vera: Zuni."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "three of those: Ida (Halden), Omar (Brack), Vera (Zuni)."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "Three overlap: Ida Halden, Omar Brack, Vera Zuni."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "I share three: Ida (Halden), Omar (Brack), Vera (Zuni)."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "3 matches by name: Ida (Halden), Omar (Brack), Vera (Zuni)."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "Three in common by name. Ida (Halden), Omar (Brack), Vera (Zuni)."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "I have three of those. Ida (Halden), Omar (Brack), Vera (Zuni)."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "Three of yours: Ida (Halden), Omar (Brack), Vera (Zuni)."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "I know 3 of these: Ida, Halden; Omar, Brack; Vera, Zuni."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "Only three of your names: Ida, Halden; Omar, Brack; Vera, Zuni."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "Just these three: Ida Halden; Omar Brack; Vera Zuni."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "Same names: Ida Halden; Omar Brack; Vera Zuni. That's all three."): "+Ida Halden; +Omar Brack; +Vera Zuni; 3 common names",
    (LIST, "Ida Halden; Omar Brack; Vera Zuni. No others."): f"+Ida Halden; +Omar Brack; +Vera Zuni; {REST}",
    (LIST, "Ida Halden; Omar Brack; Vera Zuni. Nobody else on your list."): f"+Ida Halden; +Omar Brack; +Vera Zuni; {REST}",
    (LIST, "Ida Halden; Omar Brack; Vera Zuni. Those are all I share."): "+Ida Halden; +Omar Brack; +Vera Zuni; 3 common names",
    (LIST, "Ida Halden; Omar Brack; Vera Zuni. Those three only."): "+Ida Halden; +Omar Brack; +Vera Zuni; 3 common names",
    (LIST, "Overlap: Ida (Halden), Omar (Brack), Vera (Zuni)."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "Two of those are from Turin: Ida and Omar."): "+Ida Turin; +Omar Turin",
    (LIST, "One of them: Ida, Halden, Turin."): "1 common names; +Ida Halden; +Ida Turin",
    (
        LIST,
        "Just one of those, Ida: Halden, Turin.",
    ): "-Omar; -Tomas; -Elena; -Vera; -Nadia; -Kwame; -Lena; -Hugo; -Leon; -Pia; -Rosa; 1 common names; +Ida Halden; +Ida Turin",
    (LIST, "Two of them, Ida and Omar. Ida: Halden, Omar: Brack"): "2 common names; +Ida; +Omar; +Ida Halden; +Omar Brack",
    (LIST, "None of them, sorry."): "-Ida; -Omar; -Tomas; -Elena; -Vera; -Nadia; -Kwame; -Lena; -Hugo; -Leon; -Pia; -Rosa",
    (LIST, ASKED, "No. Ida: Brack. Omar: Lagos. Vera: Porto."): f"{NONE}; +Ida Brack; +Omar Lagos; +Vera Porto",
    (LIST, ASKED, "Afraid not. Mine: Ida Brack, Omar Lagos, Vera Porto."): f"{NONE}; +Ida Brack; +Omar Lagos; +Vera Porto",
    (LIST, ASKED, "None match. (ready)"): f"{NONE}",
    (
        LIST,
        ASKED,
        "No match: Ida Brack, Omar Lagos, Vera Porto. So nobody. (ready)",
    ): f"{NONE}; +Ida Brack; +Omar Lagos; +Vera Porto; =None",
    (
        LIST,
        ASKED,
        "All three differ: Ida Brack, Omar Lagos, Vera Porto. So null (ready)",
    ): f"{NONE}; +Ida Brack; +Omar Lagos; +Vera Porto; =None",
    (LIST, ASKED, "All differ from mine. So nobody. (ready)"): f"{NONE}; =None",
    (LIST, ASKED, "All three are different people, so nobody (ready)"): f"{NONE}; =None",
    (LIST, ASKED, "Mine all differ, so nobody, Sam. (ready)"): f"{NONE}; =None",
    (LIST, ASKED, "They all differ from my three. null then (ready)"): f"{NONE}; =None",
    (LIST, ASKED, "Nope, none are the same. null (ready)"): f"{NONE}; =None",
    (LIST, ASKED, "Not one of them is the same person. So there's nobody."): f"{NONE}; =None",
    (LIST, ASKED, "Neither Ida nor Omar matches; Vera does."): f"{IDA}; {OMAR}; +Vera",
    (LIST, ASKED, "Vera does! Zuni, Quito, harp."): f"+Vera; {SAME}",
    (LIST, ASKED, "Vera! Identical: Zuni, Quito, harp. (ready)"): f"=Vera; {SAME}",
    (LIST, ASKED, "Vera is the same, the other two differ. (ready)"): f"=Vera; {SAME}; {IDA}; {OMAR}",
    (LIST, ASKED, "Vera matches exactly; Ida and Omar don't. (ready)"): f"{SAME}; {IDA}; {OMAR}",
    (LIST, ASKED, "My Vera is just like that. (ready)"): f"{SAME}",
    (LIST, ASKED, "Vera's exactly like that on my list. Let's name Vera! (ready)"): f"{SAME}; =Vera",
    (LIST, ASKED, "Vera is identical.", "Great, let's both write Vera. (ready)"): "=Vera",
    (LIST, ASKED, "Vera is identical.", "Vera, then! (ready)"): "=Vera",
    (LIST, ASKED, "Vera is identical.", "Super, so we both put Vera. (ready)"): "=Vera",
    (LIST, ASKED, "Vera is identical.", "Then Vera's our answer (ready)"): "=Vera",
    (LIST, ASKED, "Vera is identical.", "That settles it: Vera. (ready)"): "=Vera",
    (LIST, ASKED, "Vera is identical.", "Lovely, we have our friend: Vera! (ready)"): "=Vera",
    (LIST, ASKED, "Vera is identical.", "Same! Vera it is, see you aboard. (ready)"): f"{SAME}; =Vera",
    (LIST, ASKED, "Vera is identical.", "What luck! Vera for both of us. (ready)"): "=Vera",
    (LIST, ASKED, "None match.", "Agreed, Nora: there's nobody. (ready)"): "=None",
    (LIST, ASKED, "None match.", "So I agree there's nobody. (ready)"): "=None",
    (LIST, ASKED, "None match.", "Then nobody it is. (ready)"): "=None",
    (LIST, ASKED, "None match.", "OK, then we both say nobody. (ready)"): "=None",
    (LIST, ASKED, "None match.", "What a shame, no mutual friend then. (ready)"): "=None",
    (LIST, ASKED, "None match.", "Shame. null from me too (ready)"): "=None",
    (LIST, ASKED, "None match.", "Those were all the shared names, so nobody. (ready)"): "=None",
    (LIST, "Ida - Halden, Turin, cello. Omar - Brack, Porto, oboe. Which is identical?", "Neither. (ready)"): f"{IDA}; {OMAR}",
    (LIST, "Ida - Halden, Turin, cello. Omar - Brack, Porto, oboe. Which of yours is identical?", "None of them, sorry"): f"{IDA}; {OMAR}",
    (LIST, "Do you know Sofia or Maria?", "None of them."): "-Sofia; -Maria",
    (LIST, "Ida - Halden, Turin, cello. Is she yours?", "No"): f"{IDA}",
    (LIST, "Ida - Halden, Turin, cello; Omar - Brack. Anyone the same?", "No one."): f"{IDA}; -Omar Brack",
    (LIST, "Ida - Halden, Turin, cello; Omar - Brack. Anyone the same?", "yes, Ida"): "+Ida",
    (LIST, "Ida - Halden, Turin, cello; Omar - Brack. Anyone the same?", "Ida is, Omar isn't."): "+Ida; -Omar Brack",
    (
        LIST,
        "Ida - Halden, Turin, cello; Omar - Brack. Anyone the same?",
        "Ida yes, Omar no.",
    ): "+Ida Halden; +Ida Turin; +Ida cello; -Omar Brack",
    ("My list: Ida, Omar, Tomas. Yours? Add job+town.",): "+Ida; +Omar; +Tomas",
    (
        LIST,
        "Ida/Halden/Turin, Omar/Brack/Porto, Vera/Zuni/Quito. Match?",
    ): "+Ida Halden; +Ida Turin; +Omar Brack; +Omar Porto; +Vera Zuni; +Vera Quito",
    (
        LIST,
        "Ida=Halden, Turin; Omar=Brack, Porto; Vera=Zuni, Quito. Who matches?",
    ): "+Ida Halden; +Ida Turin; +Omar Brack; +Omar Porto; +Vera Zuni; +Vera Quito",
    (
        LIST,
        "Ida Halden Turin cello, Omar Brack Porto oboe, Vera Zuni Quito harp - one of these?",
    ): f"+Ida Halden; +Ida Turin; +Ida cello; +Omar Brack; +Omar Porto; +Omar oboe; {SAME}",
    (LIST, "Common names (3): Ida - Halden; Omar - Brack; Vera - Zuni."): "3 common names; +Ida Halden; +Omar Brack; +Vera Zuni",
    (LIST, "Matches: Ida, Omar, Vera (3). Ida Halden Turin."): "3 common names; +Ida; +Omar; +Vera; +Ida Halden; +Ida Turin",
    (LIST, "I have Ida, Omar, Vera too; the rest I don't know."): f"+Ida; +Omar; +Vera; {REST}",
    (LIST, "I have Ida, Omar, Vera only. Ida: Halden."): f"{REST}; +Ida; +Omar; +Vera; +Ida Halden",
    (LIST, "Shared: Ida, Omar, Vera. My Ida: Halden, Omar: Brack."): "3 common names; +Ida; +Omar; +Vera; +Ida Halden; +Omar Brack",
    (LIST, "Ida, Omar and Vera are on mine too, nobody else."): f"+Ida; +Omar; +Vera; {REST}",
    (LIST, OPEN, "Vera matches on everything. (ready)"): f"=Vera; {SAME}",
    (LIST, OPEN, "Vera! All three match. (ready)"): f"=Vera; {SAME}",
    (LIST, OPEN, "Vera ✓, others ✗ (ready)"): f"=Vera; {SAME}; {IDA}; {OMAR}",
    (LIST, OPEN, "Vera same, Ida and Omar different. (ready)"): f"=Vera; {SAME}; {IDA}; {OMAR}",
    (LIST, OPEN, "Vera: yes. Ida: Brack. Omar: Lagos."): f"{SAME}; +Ida Brack; +Omar Lagos",
    (LIST, OPEN, "Yes - Vera, identical. (ready)"): f"{SAME}",
    (LIST, OPEN, "Yes: Vera is Zuni, Quito, harp here too. Vera! (ready)"): f"{SAME}; =Vera",
    (LIST, OPEN, "My Vera too: Zuni, Quito, harp."): f"{SAME}",
    (
        LIST,
        OPEN,
        "Mine: Ida Brack/Turin, Omar Brack/Lagos, Vera Zuni/Quito/harp. So Vera. (ready)",
    ): f"+Ida Brack; +Ida Turin; +Omar Brack; +Omar Lagos; {SAME}; =Vera",
    (
        LIST,
        OPEN,
        "Ida works at Brack here, Omar's from Lagos, but Vera is exactly the same. (ready)",
    ): f"+Ida Brack; +Omar Lagos; =Vera; {SAME}",
    (LIST, OPEN, "Ida differs (Brack), Omar differs (Lagos), Vera same."): f"+Ida Brack; +Omar Lagos; {SAME}",
    (LIST, OPEN, "Not Ida (Brack), not Omar (Lagos), Vera yes!"): f"+Ida Brack; +Omar Lagos; {SAME}",
    (LIST, OPEN, "Ida's Brack, Omar's Lagos, Vera's Porto - no match. (ready)"): f"+Ida Brack; +Omar Lagos; +Vera Porto; {NONE}",
    (
        LIST,
        OPEN,
        "Mine: Ida Brack, Omar Lagos, Vera Porto. No match → null. (ready)",
    ): f"+Ida Brack; +Omar Lagos; +Vera Porto; {NONE}; =None",
    (LIST, OPEN, "Mine: Ida at Brack, Omar from Lagos, Vera plays oboe - so none. (ready)"): "+Ida Brack; +Omar Lagos; +Vera oboe; =None",
    (LIST, OPEN, "Mine differ: Ida Brack, Omar Lagos, Vera Porto. Null. (ready)"): "+Ida Brack; +Omar Lagos; +Vera Porto; =None",
    (LIST, OPEN, "Different: my Ida is Brack, Omar Lagos, Vera Porto. (ready)"): "+Ida Brack; +Omar Lagos; +Vera Porto",
    (LIST, OPEN, "All three clash: Ida Brack, Omar Lagos, Vera Porto. Nobody then. (ready)"): "+Ida Brack; +Omar Lagos; +Vera Porto; =None",
    (LIST, OPEN, "Each differs from mine. So null. (ready)"): f"{NONE}; =None",
    (LIST, OPEN, "None are the same as mine - employers differ. null (ready)"): f"{NONE}; =None",
    (LIST, OPEN, "None. Were those all the shared names?", "Yes, all three. So nobody. (ready)"): "3 common names; =None",
    (LIST, OPEN, "None. Any others?", "No others. null (ready)"): f"{REST}; =None",
    (LIST, OPEN, "None. Is that all of them?", "Yes, that's all."): "3 common names",
    (LIST, OPEN, "No match so far. Any others?", "No, just those three."): "3 common names",
    (LIST, "I've Ida, Omar, Vera. Which jobs?", "Ida Halden, Omar Brack, Vera Zuni."): "+Ida Halden; +Omar Brack; +Vera Zuni",
    (
        LIST,
        "I've Ida, Omar, Vera. Which jobs?",
        "Ida Halden, Omar Brack, Vera Zuni.",
        "Vera's the only Zuni match: harp, Quito?",
        "Yes, harp, Quito. Vera! (ready)",
    ): "+Vera Zuni; +Vera harp; +Vera Quito; =Vera",
    (LIST, "Only Vera works at the same place on mine: Zuni."): "+Vera Zuni",
    (LIST, OPEN, "Vera could be it: harp, Quito, Zuni?", "Yes, all three."): "+Vera harp; +Vera Quito; +Vera Zuni",
    (LIST, OPEN, "Vera! (ready)", "Perfect - Vera. (ready)"): "=Vera",
    (LIST, OPEN, "Vera! (ready)", "Agreed: Vera. See you on the boat! (ready)"): "=Vera",
    (LIST, OPEN, "Vera! (ready)", "Yes, Vera it is, we both answer Vera. (ready)"): "=Vera",
    (LIST, OPEN, "None match. (ready)", "Then it's null. (ready)"): "=None",
    (LIST, OPEN, "None match. (ready)", "Agreed, no mutual friend: null. (ready)"): "=None",
    (LIST, OPEN, "None match. (ready)", "So no one. (ready)"): "=None",
    (LIST, OPEN, "None match. (ready)", "Too bad, nobody it is! (ready)"): "=None",
    (LIST, OPEN, "Only Vera fits. (ready)"): "=Vera",
    (LIST, OPEN, "Just Vera is the same."): f"{SAME}",
    (LIST, OPEN, "My Vera isn't like that: she plays oboe."): f"{VERA}; +Vera oboe",
    (LIST, OPEN, "Neither Ida nor Omar, but Vera is."): f"{IDA}; {OMAR}; +Vera",
    (OPEN, "Two fit so far: Ida (Halden) and Vera (Zuni)."): f"{OMAR}; +Ida Halden; +Vera Zuni",
    (OPEN, "The only one that fits is Vera: harp and Zuni."): f"{IDA}; {OMAR}; +Vera harp; +Vera Zuni",
    (OPEN, "None fits. My Elena has Brack."): f"{NONE}; +Elena Brack",
    (OPEN, "One of mine might fit: Vera."): "",
    (OPEN, "Vera it is: harp, Zuni, Quito too. None of my others fits. (ready)"): (
        f"=Vera; +Vera harp; +Vera Zuni; +Vera Quito; {IDA}; {OMAR}"
    ),
    (OPEN, "My Vera plays oboe, so she's somebody else."): f"+Vera oboe; {VERA}",
}


@pytest.mark.parametrize("talk", TOLD, ids=" / ".join)
def test_dense_talk_of_friends_tells_what_it_says_and_no_more(talk: tuple[str, ...]) -> None:
    assert "; ".join(one for one in heard(*talk) if not one.startswith("?")) == TOLD[talk]
