"""Two meet: the circle learns that they did, if they say so, and nothing else ever."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.__main__ import House
from assistant.guides.events import Answered, Skipped
from assistant.sittings.shown import End, Question
from tests.transcripts import FOLDER, perform, read

AT = datetime(2026, 4, 22, 12, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
SCRIPT = read((FOLDER / "kickoff-da.md").read_text("utf-8"))
NOTE = "zyxwv sagde vi begge to"


@pytest.fixture
def two(tmp_path):
    """Two members of one circle, each with a home."""
    perform(SCRIPT, tmp_path / "mette")
    mette = House(tmp_path / "mette", "da", clock=lambda: AT)
    room = mette.circles.move(mette.circles.named(), tmp_path / "shared")
    ali = House(tmp_path / "ali", "da", clock=lambda: AT)
    ali.make_home("Ali", "key-file")
    ali.circles.join(mette.circles.invite(room, "Ali"))
    for each in (room, ali.circles.named()) * 2:
        each.sync()
    yield mette, ali
    mette.close()
    ali.close()


def meet(house, closing, who):
    """Hold a pair meeting, leave what has no answer, and give what is said at its end."""
    answers = {"closing": closing, "who": who}
    session = house.sittings.session("pair")
    shown = session.open()
    asked = []
    while questions := [item for item in shown if isinstance(item, Question)]:
        asked.append(questions[-1].step)
        answer = answers.get(questions[-1].step)
        shown = session.send(Answered(answer, AT) if answer else Skipped(AT))
    (end,) = [item for item in shown if isinstance(item, End)]
    return asked, end.text


@pytest.mark.parametrize("name", ["Ali", "ali", " ALI "])
def test_the_circle_learns_that_two_met_and_not_a_word_of_it(two, name):
    mette, ali = two
    _, said = meet(mette, NOTE, name)
    assert "Ali" in said
    mette.circles.named().sync()
    ali.circles.named().sync()
    (pair,) = ali.circles.named().view.pairs
    keys = {member.key for member in ali.circles.named().view.here}
    assert set(pair.body.members) == keys
    assert pair.body.month == "2026-04"
    assert "zyxwv" not in pair.body.model_dump_json()
    assert [found.guide for found in mette.search("zyxwv")] == ["pair"]


@pytest.mark.parametrize("who", [None, "Hanne", "ja", "Mette", "Ali, Ali", "Ali, Hanne", "Ali, Bo, Carl"])
def test_who_says_nothing_or_names_nobody_tells_the_circle_nothing(two, who):
    mette, _ = two
    meet(mette, None, who)
    assert mette.circles.named().view.pairs == ()


def test_without_a_circle_nobody_is_asked_about_one(tmp_path):
    house = House(tmp_path / "home", "da", clock=lambda: AT)
    house.make_home("Karen", "key-file")
    asked, _ = meet(house, None, None)
    assert asked[-1] == "closing"
    house.close()
