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
)
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
        for facts in (FACTS, replace(FACTS, older=None, picked=())):
            texts |= {library.question(guide, step.id, replace(facts, week=w, month=m)) for w, m in WEEKS}
        found |= {(step.id, text): told(lang, text) for text in texts if told(lang, text)}
    assert found == {}


@pytest.mark.parametrize("lang", LANGS)
def test_no_message_coaches(lang):
    messages = Messages.load(lang).sentences
    assert {name: told(lang, text) for name, text in messages.items() if told(lang, text)} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_the_check_hears_coaching(lang):
    assert told(lang, {"da": "Du burde tage en pause.", "en": "You should take a break."}[lang])
