"""A group and its room: everyone sees what was shared with them, and it goes when it is taken back."""

import pytest

from assistant.circle.items import Word
from tests.circles import DAY, Group, bytes_of, charter, passage


@pytest.fixture
def group(tmp_path):
    group = Group(tmp_path, "Anna", "Bo", "Clara")
    yield group
    group.close()


def texts(room):
    return [entry.body.text for entry in room.view.passages]


def test_what_one_shares_the_others_read(group):
    group.rooms["Bo"].share(passage("Jeg tav ved bordet."))
    group.sync()
    assert [texts(room) for room in group.rooms.values()] == [["Jeg tav ved bordet."]] * 3
    assert {member.name for member in group.rooms["Clara"].view.here} == {"Anna", "Bo", "Clara"}
    assert group.rooms["Clara"].view == group.rooms["Anna"].view


def test_a_passage_that_is_taken_back_is_gone_for_everyone(group):
    item = group.rooms["Bo"].share(passage("Jeg tav ved bordet."))
    group.sync()
    group.rooms["Bo"].withdraw(item.id)
    group.sync()
    assert [texts(room) for room in group.rooms.values()] == [[], [], []]
    assert texts(group.reopened("Anna")) == []


def test_a_newcomer_gets_the_charter_and_the_words_but_nothing_that_was_carried(group):
    anna = group.rooms["Anna"]
    anna.share(passage("før Dorte"))
    anna.bring(Word(word="stilleå", meaning="når rummet venter", by=anna.me.key, found=DAY))
    group.sync()
    dorte = group.join("Dorte", group.rooms["Bo"].invite("Dorte", bytes_of("Dorte")))
    assert not dorte.admitted
    group.sync()
    anna.share(passage("efter Dorte"))
    group.sync()
    assert dorte.admitted
    assert texts(dorte) == ["efter Dorte"]
    assert [entry.body.word for entry in dorte.view.words] == ["stilleå"]
    assert dorte.view.charter == charter("Anna", "Bo", "Clara")
