"""Who meets whom is seen with the dates: what the last meeting agreed, and what the next would propose."""

from datetime import date

import pytest

from assistant.circle.charter import Charter, Place
from assistant.circle.items import Meeting
from assistant.circle.paired import section
from assistant.circle.pairs import groups
from assistant.circle.view import Entry, Member, View
from assistant.messages import LANGS, Messages

NAMES = ("Anna", "Bo", "Carl", "Dea")
MEMBERS = tuple(Member(letter * 64, name, "age") for letter, name in zip("abcd", NAMES, strict=True))
CHARTER = Charter(group="", lang="da", agreed=date(2026, 1, 1), places=tuple(Place(name=name) for name in NAMES))


def met(day, *pairs):
    keys = {member.name: member.key for member in MEMBERS}
    named = tuple(tuple(keys[name] for name in pair) for pair in pairs)
    return Entry("x", "a" * 64, Meeting(held=day, month=f"{day:%Y-%m}", present=tuple(keys.values()), next_pairs=named))


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_agreed_stands_first_and_then_others_meet(lang):
    say = Messages.load(lang)
    view = View(MEMBERS, (CHARTER,), meetings=(met(date(2026, 2, 3), ("Anna", "Bo"), ("Carl", "Dea")),))
    now, then = section(view, say).entries
    both = {"da": "og", "en": "and"}[lang]
    assert (now.label, then.label) == (say("calendar.pairs_now"), say("calendar.pairs_then"))
    assert now.wordings[0].text == f"Anna {both} Bo\nCarl {both} Dea"
    assert f"Anna {both} Bo" not in then.wordings[0].text
    assert all(name in then.wordings[0].text for name in NAMES)


def test_before_the_first_meeting_only_what_it_would_propose_stands_also_for_who_is_not_in_yet():
    say = Messages.load("da")
    (first,) = section(View(MEMBERS[:1], (CHARTER,)), say).entries
    assert first.label == say("calendar.pairs_first")
    assert len(first.wordings[0].text.split("\n")) == len(groups(NAMES))


def test_who_pauses_or_left_is_paired_with_nobody_and_one_alone_has_no_pair():
    say = Messages.load("da")
    paused = (*MEMBERS[:3], Member("d" * 64, "Dea", "age", "paused"))
    assert "Dea" not in section(View(paused, (CHARTER,)), say).entries[0].wordings[0].text
    alone = CHARTER.model_copy(update={"places": CHARTER.places[:1]})
    assert section(View(MEMBERS[:1], (alone,)), say) is None
    assert section(View(MEMBERS), say) is None
