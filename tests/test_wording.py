"""Vidne's own words obey its own check: no prompt and no message coaches."""

from dataclasses import replace
from functools import cache

import pytest

from assistant.__main__ import House
from assistant.guides.facts import Facts, OlderWords
from assistant.guides.library import Library
from assistant.messages import LANGS, Messages
from assistant.prompts import builtin_prompts

FACTS = Facts(
    name="Karen",
    thread="tripperne",
    older=OlderWords("maj", "tripperne"),
    old_lines=("tripperne",),
    picked=("tripperne", "skoene"),
    member="Karen",
    people=("Karen", "Ali"),
    group="Bundventilen",
    reminder="svejseren",
    stands="den første tirsdag",
    first_words="en halv time",
    learning_point="at lade der være stille",
    daily_skill="tælle til fem",
    helplines="112 · Alarmcentralen",
    zone="Europe/Copenhagen",
)
BARE = replace(FACTS, older=None, picked=(), reminder=None, stands=None, helplines=None, learning_point=None)
WEEKS = [(week, month) for month in (1, 6, 12) for week in range(1, 13)]
"""So many weeks that every phrasing comes round, in each part of the year."""


@cache
def judge(lang):
    return House().judge("wording", lang)


def told(lang, text):
    return [(finding.rule, text[finding.start : finding.end]) for finding in judge(lang)(text, "")]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("guide", [guide.id for guide in Library([builtin_prompts()], "da").guides()])
def test_no_question_and_no_reason_coaches(guide, lang):
    library = Library([builtin_prompts()], lang)
    found = {}
    for step in library.guide(guide).steps:
        texts = {library.why(guide, step.id)}
        for facts in (FACTS, BARE):
            texts |= {library.question(guide, step.id, replace(facts, week=w, month=m)) for w, m in WEEKS}
        texts |= {library.default(guide, step.id, FACTS)} if step.default else set()
        texts |= {library.floor(guide, step.id, FACTS)} if step.has_floor else set()
        found |= {(step.id, text): told(lang, text) for text in texts if told(lang, text)}
    assert found == {}


@pytest.mark.parametrize("lang", LANGS)
def test_no_message_coaches(lang):
    messages = Messages.load(lang).sentences
    assert {name: told(lang, text) for name, text in messages.items() if told(lang, text)} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_the_check_hears_coaching(lang):
    assert told(lang, {"da": "Du burde tage en pause.", "en": "You should take a break."}[lang])
