"""What the crisis check promises: a person in danger is heard beside anything else in a text, and idioms are not."""

import json
from itertools import permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.messages import Messages
from assistant.witness.crisis import Crisis
from assistant.witness.cues import as_ready, load, ready_file
from assistant.witness.ear import Ear, plain_of
from assistant.witness.rules import BadRule
from tests.likeness import labelled
from tests.listening import PROMPTS, faults, overslept, rows

CRISIS = Crisis.load([PROMPTS])

SIGNS = [
    "I'm not suicidal, but I can't see the point of being here any more.",
    "A client told me today he wants to die, and I just went home.",
    "He pushed me into the wall again last night, and I still came to the meeting.",
    "I've written the letters. It's calm now.",
    "i keep thinkin it would be easier if i just didnt wake up",
    "Jeg er ikke selvmordstruet, men jeg kan ikke se meningen med at være her længere.",
    "En borger sagde i dag, at han ikke vil leve mere, og jeg kørte bare hjem.",
    "Jeg er bange for, hvad jeg gør ved ham, hvis han dukker op på arbejdet.",
    "jg kan ik mer, jg orker ik at leve",
    "Jeg tør ikke gå hjem i aften.",
]
IDIOMS = [
    "That spreadsheet is killing me.",
    "I could have died of embarrassment when he just nodded.",
    "I shot myself in the foot by answering too fast.",
    "We had to kill the process two minutes before the demo.",
    "Over my dead body are we moving the deadline.",
    "Saying yes to the role is career suicide, my brother says.",
    "We run courses in suicide prevention for the new managers.",
    "Vi var ved at dø af grin på teammødet.",
    "Vi slog en time ihjel i kantinen, før mødet gik i gang.",
    "Jeg skød mig selv i foden, da jeg svarede med det samme.",
    "Jeg har det med at hænge mig i detaljerne.",
    "Jeg er dødtræt og drukner i mails.",
    "Det var et selvmål at sende den.",
    "Vi holder kursus i selvmordsforebyggelse for de nye ledere i maj.",
]
ORDINARY = [
    "Og så sagde hun at hun havde fundet en borger død i sengen onsdag morgen, at det var hendes første.",
    "Hun låste cyklen op, hun låste den igen, hun pillede ved kurven.",
    "Hvis fru H. ikke får sin insulin inden 8, er det fuldstændig lige meget hvor fint jeg har lyttet.",
    "Der døde en beboer i nat.",
    "jeg orker ikke mere",
    "Jeg overlevede ugen.",
    "Jeg orker ikke en uge til med det system.",
    "Jeg har ikke energi til at blive ved med det projekt.",
    "Han ville ikke være til grin igen.",
    "Jeg sover ikke ret godt. Jeg vågner kl. 4. Jeg har ikke sagt det til nogen på arbejdet.",
    "Nej, jeg har ikke talt med lægen. Jeg ved godt hvad du tænker. Men det er jo ikke sådan slemt-slemt.",
    (
        "Sad på kanten af badekarret kl. 18 og kunne ikke beslutte, om jeg skulle i bad eller lave mad. Min kone kom "
        'ind og sagde "bad". Så var det afgjort. Det er de mange små beslutninger i udvalget, der slider, 30 '
        "bevillinger på en dag, ja nej ja ja nej. Til aftensmad fik jeg lov at slippe for at vælge pålæg."
    ),
    "not doing sleep apparently",
    "It was easier to sleep on the ward without waking up every hour.",
    "I'm alright. I'm eating, I'm sleeping, I'm not a 9.",
    "My mother is in the hospice now. I go after work and read her the bus timetable.",
]

texts = st.one_of(st.text(), st.lists(st.sampled_from(SIGNS + IDIOMS + ORDINARY)).map(" ".join))


@pytest.mark.parametrize("lang", ["da", "en"])
def test_each_sign_hint_and_idiom_is_proved_by_its_own_sentences(lang):
    assert faults(Ear.load([PROMPTS], lang, "crisis", proofs=True)) == []


@pytest.mark.parametrize("lang", ["da", "en"])
def test_nothing_sleeps_through_what_it_should_hear(lang):
    held = json.loads(ready_file(PROMPTS, lang, "crisis").read_bytes())
    fresh = load([PROMPTS], lang, "crisis", proofs=True)
    assert held["made_of"] == json.loads(as_ready(fresh, PROMPTS, lang, "crisis"))["made_of"], "python -m tests.ready"
    assert overslept(Ear(fresh), held["wakes"]) == []


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("idiom", IDIOMS)
def test_an_idiom_covers_itself_and_not_the_sign_beside_it(sign, idiom):
    assert CRISIS.rule(idiom) is None
    assert CRISIS.rule(f"{idiom} {sign}")
    assert CRISIS.rule(f"{sign} {idiom}")


@pytest.mark.parametrize("text", ORDINARY)
def test_death_at_work_grief_and_tiredness_are_left_alone(text):
    assert CRISIS.findings(text) == ()


def test_a_member_is_heard_in_either_language():
    assert CRISIS.rule("I want to die.").startswith("en.crisis.")
    assert CRISIS.rule("Jeg vil gerne dø.").startswith("da.crisis.")


@given(texts)
@example("\ud800")
@example('"“' * 3)
@settings(max_examples=150, deadline=None)
def test_any_text_is_checked_and_every_finding_points_inside_it(text):
    for finding in CRISIS.findings(text):
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.why


@given(texts, st.sampled_from(SIGNS))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_before_it_a_sign_is_heard(text, sign):
    assert CRISIS.rule(f"{text}\n\n{sign}")


@given(st.sampled_from(SIGNS), texts)
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_after_it_a_sign_is_still_heard(sign, text):
    assert CRISIS.rule(f"{sign}\n\n{text}")


@pytest.mark.parametrize("again", ["he hit the ", "i want to ", "jeg vil ", "¶", "▒ ", "a.", "død ", '"', "ø" * 50])
def test_a_very_long_text_is_checked_like_a_short_one(again):
    silent = again * (200_000 // len(again))
    assert CRISIS.rule(f"{silent}\n\nI want to die.")


@pytest.mark.parametrize(
    ("lang", "later", "least", "most"),
    [("da", False, 0.98, 0.03), ("en", False, 0.98, 0.045), ("da", True, 0.97, 0.05), ("en", True, 0.97, 0.05)],
)
def test_the_figures_hold_on_the_labelled_sets(lang, later, least, most):
    """One row in fifteen, of what came later one in sixteen: they are many, and `make witness` counts them all."""
    some = rows("crisis", lang, later=later)[:: 16 if later else 15]
    spoke = [(bool(CRISIS.findings(row["text"])), row["label"] == "trigger") for row in some]
    recall = sum(says for says, is_sign in spoke if is_sign) / sum(is_sign for _, is_sign in spoke)
    false_alarms = sum(says for says, is_sign in spoke if not is_sign) / sum(not is_sign for _, is_sign in spoke)
    assert recall >= least
    assert false_alarms <= most


@pytest.mark.parametrize("lang", ["da", "en"])
def test_what_a_rehearsed_member_says_raises_no_card(lang):
    answers = Messages.load(lang)("year.answers").strip().split("\n")
    said = [*answers, *map(" ".join, permutations(answers, 2))]
    assert [text for text in said if CRISIS.findings(text)] == []


def test_what_no_rule_foresaw_is_heard_by_its_words_and_pointed_at():
    ordinary = "Vi talte om lokaler. "
    unforeseen = (
        "Min kollega drikker ved skrivebordet og siger, at hun håber, leveren tager hende inden jul, "
        "og at vi andre så kan dele hendes plads."
    )
    assert not any(ear.findings(plain_of(unforeseen)) for ear, _ in CRISIS.voices)
    for text in (unforeseen, ordinary + unforeseen, f"{unforeseen} {ordinary}"):
        (finding,) = CRISIS.findings(text)
        assert finding.rule == "da.crisis.likeness"
        assert unforeseen in text[finding.start : finding.end]


@pytest.mark.parametrize("check", ["crisis", "nudge"])
@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_second_voice_learned_from_no_sentence_that_is_held_back(check, lang):
    learned = labelled(check, lang)
    assert not any("held" in row.source for row in learned)
    assert not {row.text for row in learned} & {row["text"] for row in rows(check, lang, held=True)}


GROUPS_OWN = """
[[rule]]
id = "ward"
why = "Ordet for en situation på vores afdeling."
pattern = 'rød (?:alarm|knap)'
catches = ["Der var [rød alarm] på stue 3."]
leaves = ["Alarmen var rød."]
"""


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "witness" / "da"
    folder.mkdir(parents=True)
    return folder / "crisis.toml"


def test_a_group_adds_signs_and_takes_none_away(own, tmp_path):
    own.write_text(GROUPS_OWN, "utf-8")
    theirs = Crisis.load([tmp_path, PROMPTS])
    assert theirs.rule("Der var rød alarm på stue 3.") == "da.crisis.ward"
    assert all(theirs.rule(sign) for sign in SIGNS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GROUPS_OWN.replace("[[rule]]", "[[cover]]"), "crisis.toml: cover cannot stand here"),
        ('[spelling]\ndø = "blomst"\n'.replace("dø", '"dø"'), "crisis.toml: spelling cannot stand here"),
        (GROUPS_OWN.replace("leaves", "leavs"), "rule ward lacks leaves"),
        (GROUPS_OWN.replace("rød (?:", "rød ("), None),
        (GROUPS_OWN.replace("rød (?:", "rød (?=:"), "ward"),
        (GROUPS_OWN.replace("rød", "{farve}"), r"\{farve\} is not in \[words\]"),
        ("[[rule", "crisis.toml"),
    ],
)
def test_a_groups_file_that_weakens_or_cannot_be_used_is_refused_with_the_reason(own, tmp_path, text, said):
    own.write_text(text, "utf-8")
    if said is None:
        assert Crisis.load([tmp_path, PROMPTS])
        return
    with pytest.raises(BadRule, match=said):
        Crisis.load([tmp_path, PROMPTS])


def test_prompts_without_crisis_rules_are_refused(tmp_path):
    with pytest.raises(BadRule, match="no rules for crisis"):
        Crisis.load([tmp_path])


HINTS = """
[[hint]]
id = "kite"
why = "En drage."
pattern = 'drage\\S*'
catches = ["En [drage]"]
leaves = ["En fugl."]

[[hint]]
id = "wind"
why = "Vinden."
pattern = 'vind\\S*'
catches = ["Der er [vind]"]
leaves = ["Der er sol."]
"""


def test_two_hints_are_heard_only_near_each_other(own, tmp_path):
    own.write_text(HINTS, "utf-8")
    theirs = Crisis.load([tmp_path, PROMPTS])
    kite, wind, between = "Dragen er blå.", "Der er vind.", "Vi talte om lokaler."
    assert theirs.findings(f"{kite} {kite}") == theirs.findings(wind) == ()
    spoke = [finding.rule for finding in theirs.findings(f"{kite} {between} {wind}")]
    assert spoke == ["da.crisis.kite", "da.crisis.wind"]
    assert theirs.findings(f"{kite} {between * 15} {wind}") == ()
