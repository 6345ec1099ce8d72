"""What the nudge promises: a drifting draft is met by a kind reminder, and what a witness says is left alone."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.witness.cues import as_ready, load, ready_file
from assistant.witness.ear import Ear
from assistant.witness.nudge import Nudge
from assistant.witness.rules import BadRule
from tests.listening import PROMPTS, faults, overslept, rows

NUDGES = {lang: Nudge.load([PROMPTS], lang) for lang in ("da", "en")}

DRIFTING = {
    "en": [
        "I think you need to set a boundary with him.",
        "Have you tried telling her on the Monday?",
        "If it were me I'd leave the email till the morning.",
        "Not to give advice, but have you spoken to occupational health about it?",
        "It's up to you, but it might help to write it down first.",
        "Why didn't you say something at the time?",
        "That was the right call.",
        "It was brave of you to stay.",
        "You'll be fine, honestly.",
        "You're overthinking it.",
    ],
    "da": [
        "Du burde få en anden makker til det projekt.",
        "Har du prøvet at sige det til hende, lige når det sker?",
        "Hvis jeg var dig, gik jeg til hendes leder.",
        "Jeg ved godt, vi er vidner, men måske skulle du skrive det ned.",
        "Det plejer at hjælpe mig at trække vejret.",
        "Hvorfor gik du ikke bare til din leder med det samme?",
        "Stærkt gået, Malene.",
        "Hvor er du bare dygtig til at se de små ting!",
        "Det skal nok gå.",
        "Jeg tror, at du i virkeligheden er bange for at miste kontrollen.",
    ],
}
WITNESSING = {
    "en": [
        'The words that stuck with me were "you should have said it".',
        "My boss said I should delegate more too, and I still remember where I was standing.",
        "I should have rung my own father that day. Your cupboard took me back there.",
        "We should stop at three, the room is booked.",
        "I'll take the minutes this time if you like, and you could have the biscuits.",
        "What was it like in the room when nobody explained?",
        "Thank you for bringing it.",
        "When you told it I saw a long table with only one lamp on.",
        "What I heard was the word hovering. It made me think of my dad. I take it with me to the till.",
    ],
    "da": [
        'De ord, der blev hos mig, var "du skulle have sagt noget".',
        "Min chef sagde også, at jeg skulle delegere, og jeg kan stadig huske stolen.",
        "Jeg gik selv rundt og tænkte, at jeg burde kunne klare det hele.",
        "Vi skal stoppe kl. 15, så der er lige til Anne også.",
        "Husk, at lokalet er flyttet til 2. sal.",
        "Hvordan var det at stå der på gangen?",
        "Tak, fordi du tog den med.",
        "Jeg så et langt mødebord, og at du rykkede stolen en lille smule ind.",
        "Jeg hørte ordet tåge. Det rørte ved noget fra dengang. Jeg tager det med til tirsdag.",
    ],
}


@pytest.mark.parametrize("lang", NUDGES)
def test_each_rule_and_cover_is_proved_by_its_own_sentences(lang):
    assert faults(Ear.load([PROMPTS], lang, "nudge", proofs=True)) == []


@pytest.mark.parametrize("lang", NUDGES)
def test_nothing_sleeps_through_what_it_should_hear(lang):
    held = json.loads(ready_file(PROMPTS, lang, "nudge").read_bytes())
    fresh = load([PROMPTS], lang, "nudge", proofs=True)
    assert held["made_of"] == json.loads(as_ready(fresh, PROMPTS, lang, "nudge"))["made_of"], "python -m tests.ready"
    assert overslept(Ear(fresh), held["wakes"]) == []


@pytest.mark.parametrize(("lang", "draft"), [(lang, draft) for lang, drafts in DRIFTING.items() for draft in drafts])
def test_advice_praise_comfort_and_readings_are_noticed_also_when_hedged(lang, draft):
    assert NUDGES[lang].findings(draft)


@pytest.mark.parametrize(("lang", "draft"), [(lang, draft) for lang, drafts in WITNESSING.items() for draft in drafts])
def test_what_a_witness_says_is_left_alone(lang, draft):
    assert NUDGES[lang].findings(draft) == ()


@pytest.mark.parametrize("lang", NUDGES)
def test_the_others_words_may_be_quoted_whatever_they_were(lang):
    for draft in DRIFTING[lang]:
        for opening, closing in ('""', "“”", "„“", "«»"):
            assert NUDGES[lang].findings(f"{opening}{draft}{closing}") == ()


@pytest.mark.parametrize("lang", NUDGES)
@given(text=st.one_of(st.text(), st.lists(st.sampled_from([*DRIFTING["da"], *DRIFTING["en"]])).map(" ".join)))
@settings(max_examples=100, deadline=None)
def test_any_draft_is_looked_at_and_every_finding_points_inside_it(lang, text):
    for finding in NUDGES[lang].findings(text):
        assert 0 <= finding.start < finding.end <= len(text)


@pytest.mark.parametrize("lang", NUDGES)
@pytest.mark.parametrize("again", ["you should ", "? a ", '" a ', "du burde ", "så ", "' b "])
def test_a_very_long_draft_is_looked_at_too(lang, again):
    NUDGES[lang].findings(again * (100_000 // len(again)))


@pytest.mark.parametrize("lang", NUDGES)
def test_the_figures_hold_on_the_labelled_sets(lang):
    """One row in twenty: they are many, and `make witness` counts them all."""
    spoke = [(bool(NUDGES[lang].findings(row["text"])), row["label"] == "nudge") for row in rows("nudge", lang)[::20]]
    found = sum(says and drifts for says, drifts in spoke)
    false_alarms = sum(says and not drifts for says, drifts in spoke)
    assert found / sum(drifts for _, drifts in spoke) >= 0.75
    assert found / (found + false_alarms) >= 0.97
    assert false_alarms / sum(not drifts for _, drifts in spoke) <= 0.01


@pytest.mark.parametrize("lang", NUDGES)
def test_reminders_come_round_and_are_not_the_same_twice_in_a_row(lang):
    nudge = NUDGES[lang]
    shown = [nudge.reminder(number) for number in range(2 * len(nudge.reminders))]
    assert len(set(shown)) == len(nudge.reminders) >= 6
    assert all(one != following for one, following in pairwise(shown))


@pytest.mark.parametrize("lang", NUDGES)
def test_a_reminder_is_itself_no_advice(lang):
    assert [line for line in NUDGES[lang].reminders if NUDGES[lang].findings(line)] == []


def test_a_group_says_its_own_reminders_and_adds_its_own_rules(tmp_path):
    folder = tmp_path / "witness" / "da"
    folder.mkdir(parents=True)
    (folder / "reminders.toml").write_text('reminders = ["Skruetrækker."]\n', "utf-8")
    (folder / "nudge.toml").write_text(
        '[[rule]]\nid = "tool"\nwhy = "Vores ord."\npattern = "bare lige"\n'
        'catches = ["Det er [bare lige]."]\nleaves = ["Bare det."]\n',
        "utf-8",
    )
    nudge = Nudge.load([tmp_path, PROMPTS], "da")
    assert nudge.reminder(7) == "Skruetrækker."
    assert nudge.findings("Det er bare lige sådan.")[0].rule == "da.nudge.tool"
    assert all(nudge.findings(draft) for draft in DRIFTING["da"])


def test_reminders_that_are_no_list_of_sentences_are_refused(tmp_path):
    folder = tmp_path / "witness" / "da"
    folder.mkdir(parents=True)
    (folder / "reminders.toml").write_text('reminders = "Skruetrækker."\n', "utf-8")
    with pytest.raises(BadRule, match=r"reminders\.toml"):
        Nudge.load([tmp_path, PROMPTS], "da")
