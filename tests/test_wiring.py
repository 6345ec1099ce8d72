"""What the house wires: a group's own prompts, a resumed sitting, and older words at the right time of the year."""

from datetime import datetime, timedelta, timezone

import pytest

from assistant.__main__ import House
from assistant.guides.events import Answered, Skipped
from assistant.messages import Messages
from assistant.sittings.shown import Line, Question
from assistant.trouble import Trouble

ZONE = timezone(timedelta(hours=1))
BEGAN = datetime(2026, 1, 5, 16, 0, tzinfo=ZONE)
ANSWER = "Onsdag sagde jeg min tvivl højt, og så blev der stille omkring bordet et øjeblik."


@pytest.fixture
def home(tmp_path):
    house = House(tmp_path / "home", "da", clock=lambda: BEGAN)
    house.make_home("Karen", "key-file")
    house.close()
    return tmp_path / "home"


def on(home, at):
    """The house of that home on a day."""
    return House(home, "da", clock=lambda: at)


def write_a_week(home, at, answers):
    """Answer by step; what has no answer is left."""
    house = on(home, at)
    session = house.sittings.session("weekly")
    shown = session.open()
    while questions := [item for item in shown if isinstance(item, Question)]:
        answer = answers.get(questions[-1].step)
        shown = session.send(Answered(answer, at) if answer else Skipped(at))
    house.close()


def asked(home, at):
    """The steps of a new sitting, and its facts."""
    house = on(home, at)
    session = house.sittings.session("weekly")
    session.open()
    house.close()
    return session


def test_last_weeks_words_come_back_and_those_of_a_month_ago_do_not(home):
    write_a_week(home, BEGAN, {"notice": ANSWER, "naming": "tripperne"})
    assert asked(home, BEGAN + timedelta(days=7)).facts.thread == "tripperne"
    assert asked(home, BEGAN + timedelta(days=30)).facts.thread is None


def test_an_intention_never_comes_back(home):
    intentions = {"notice": "Jeg vil spørge Hanne i næste uge.", "hard": "Jeg vil øve mig mere på mandag."}
    write_a_week(home, BEGAN, intentions)
    assert asked(home, BEGAN + timedelta(days=7)).facts.thread is None


def test_an_older_word_is_asked_about_from_the_sixth_month_with_its_month(home):
    write_a_week(home, BEGAN + timedelta(days=65), {"notice": ANSWER, "naming": "tripperne"})
    facts = asked(home, BEGAN + timedelta(days=165)).facts
    assert (facts.older.month, facts.older.words) == ("marts", "tripperne")


def test_at_the_end_of_the_year_old_lines_are_picked_and_put_side_by_side(home):
    for week, word in enumerate(("tripperne", "skoene", "at holde vejret", "kryds på skødet")):
        write_a_week(home, BEGAN + timedelta(days=60 * week), {"notice": ANSWER, "naming": word})
    at = BEGAN + timedelta(days=345)
    house = on(home, at)
    session = house.sittings.session("weekly")
    question = session.open()[-1]
    assert question.lines == ("tripperne", "skoene", "at holde vejret", "kryds på skødet")
    beside = session.send(Answered("2 4", at))[-1]
    assert "skoene" in beside.text
    assert "kryds på skødet" in beside.text
    assert "tripperne" not in beside.text
    house.close()


def test_looking_in_and_leaving_leaves_no_trace(home):
    asked(home, BEGAN)
    assert on(home, BEGAN).vault.sittings() == ()


def test_a_resumed_sitting_asks_the_same_though_the_week_has_passed(home):
    house = on(home, BEGAN)
    session = house.sittings.session("weekly")
    session.open()
    question = session.send(Answered(ANSWER, BEGAN))[-1]
    sitting = house.vault.unfinished("weekly").id
    house.close()
    later = on(home, BEGAN + timedelta(days=9)).sittings.session("weekly", sitting).open()
    assert [item.name for item in later if isinstance(item, Line)] == ["resumed"]
    assert later[-1].text == question.text


def own_prompt(home, text):
    folder = home / "prompts" / "weekly" / "da"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "arriving.md").write_text(text, "utf-8")


def test_a_groups_own_words_win_file_by_file(home):
    own_prompt(home, "Hvad har du stadig i hænderne fra vagten?\n")
    house = on(home, BEGAN)
    assert house.sittings.session("weekly").open()[-1].text == "Hvad har du stadig i hænderne fra vagten?"


def test_a_groups_own_words_are_proved_before_they_are_asked_and_again_when_they_change(home):
    own_prompt(home, "Hej {{ nmae }}?\n")
    with pytest.raises(Trouble) as trouble:
        on(home, BEGAN).sittings.session("weekly")
    assert "arriving.md" in Messages.load("da")(trouble.value.key, **trouble.value.values)
    own_prompt(home, "Hvad så?\n")
    on(home, BEGAN).sittings.session("weekly")
    own_prompt(home, "{% for x in range(10**9) %}{% endfor %}\n")
    with pytest.raises(Trouble):
        on(home, BEGAN).sittings.session("weekly")


@pytest.mark.parametrize("words", ["abc", "          abc", "aaaaaaaaaaaaaaaa", "hemmelig123"])
def test_a_passphrase_that_is_found_by_trying_is_refused_kindly_and_no_home_is_made(tmp_path, words):
    house = House(tmp_path / "home", "da")
    with pytest.raises(Trouble) as trouble:
        house.make_home(None, "passphrase", words)
    assert trouble.value.key == "trouble.passphrase_short"
    assert "fire ord" in house.messages(trouble.value.key, **trouble.value.values)
    assert not house.home_exists


def test_four_words_are_a_passphrase(tmp_path):
    house = House(tmp_path / "home", "da")
    house.make_home(None, "passphrase", "hest kaffe bro tirsdag")
    assert house.protection == "passphrase"
    house.close()
