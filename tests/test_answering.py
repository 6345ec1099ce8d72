"""An answer in writing: in four steps, private until its writer has seen it and says yes; no draft is reported."""

import io
import json
from datetime import date

import pytest

from assistant.__main__ import House
from assistant.cli.main import run
from assistant.guides.events import Answered, Chose, Skipped
from assistant.messages import LANGS
from assistant.sittings.shown import Card, End, Line
from assistant.tui.app import VidneApp
from assistant.tui.screens.answers import AnswersScreen, CarriedScreen
from assistant.tui.screens.conversation import ConversationScreen
from tests.around import CARRIED, gather, home_of, house
from tests.test_tui import Member

DAY = date(2026, 3, 11)
ADVICE = "Du burde sige det højt næste gang, så er det overstået."
MORE_ADVICE = "Har du prøvet at skrive dem ned?"


@pytest.fixture
def home(tmp_path):
    gather(tmp_path / "home", "da", DAY, people=("Anna", "Bo", "Carl"))
    return tmp_path / "home"


def begin(there):
    """A sitting that answers what Bo carries."""
    entry = next(entry for entry in there.ours.carried() if there.ours.by(entry) == "Bo")
    session = there.sittings.answer(entry.id)
    session.open()
    return session


def send(there, session, *texts):
    for text in texts:
        shown = session.send(Answered(text, there.clock()) if text else Skipped(there.clock()))
    return shown


def nudged(shown):
    return [item.name for item in shown if isinstance(item, Line)] == ["nudge"]


def responses(home, name="Bo"):
    there = house(home_of(home, name), "da", name, DAY)
    there.circles.named().sync()
    found = [entry.body for entry in there.circles.named().view.responses]
    there.close()
    return found


def test_whoever_carried_it_can_read_the_answer_once_its_writer_said_yes(home):
    there = house(home, "da", "Anna", DAY)
    send(there, begin(there), "telefonen", "", "Min egen ringer aldrig.", "", "ja")
    (answer,) = responses(home)
    assert (answer.expression, answer.image, answer.resonance) == ("telefonen", "", "Min egen ringer aldrig.")
    assert there.ours.to_answer() != answer.to


def test_a_machine_is_given_what_is_carried_and_what_was_answered(home, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    there = house(home, "da", "Anna", DAY)
    send(there, begin(there), "telefonen", "", "Min egen ringer aldrig.", "", "ja")
    there.close()
    command = ["answer", "--json", "--home", str(home_of(home, "Bo")), "--lang", "da"]
    assert run(command, House, LANGS) == 0
    carried = json.loads(capsys.readouterr().out)["carried"]
    assert all(row.keys() == {"number", "text", "by", "mine", "written"} for row in carried)
    (mine,) = (row for row in carried if row["mine"])
    assert mine["by"] == "Bo"
    assert run([*command, "--read", str(mine["number"])], House, LANGS) == 0
    assert "Min egen ringer aldrig." in str(json.loads(capsys.readouterr().out)["sections"])
    assert run([*command, "1"], House, LANGS) == 2


def test_what_was_carried_can_be_taken_back_from_the_list_of_all_that_was_carried(home, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    there = house(home_of(home, "Bo"), "da", "Bo", date(2026, 5, 30))
    number = [there.ours.is_mine(entry) for entry in there.ours.carried()].index(True) + 1
    another = 3 - number if number < 3 else 1
    there.close()
    command = ["answer", "--home", str(home_of(home, "Bo")), "--lang", "da", "--back"]
    assert run([*command, str(another)], House, LANGS) == 1
    assert run([*command, str(number)], House, LANGS) == 0
    assert "Taget tilbage." in capsys.readouterr().out
    assert run([*command[:-1], "--json"], House, LANGS) == 0
    assert CARRIED["da"]["Bo"][0] not in capsys.readouterr().out


@pytest.mark.parametrize("last", ["nej", ""])
def test_without_a_yes_it_stays_private(home, last):
    there = house(home, "da", "Anna", DAY)
    shown = send(there, begin(there), "telefonen", "", "", "", last)
    assert isinstance(shown[-1], End)
    assert responses(home) == []


def test_all_of_it_is_seen_before_it_is_shared(home):
    there = house(home, "da", "Anna", DAY)
    question = send(there, begin(there), "telefonen", "", "Min egen ringer aldrig.", "")[-1]
    assert question.step == "share"
    assert all(any(words in text for text in question.beside) for words in ("telefonen", "Min egen ringer aldrig."))


def test_a_draft_that_drifts_is_pointed_out_before_it_is_kept_and_its_writer_decides(home):
    there = house(home, "da", "Anna", DAY)
    session = begin(there)
    assert nudged(send(there, session, ADVICE))
    assert session.draft == ADVICE
    assert session.turns == []
    assert not nudged(send(there, session, ADVICE))
    assert [turn.text for turn in session.turns] == [ADVICE]


def test_a_question_to_the_one_who_carried_it_is_not_taken_for_one_to_vidne(home):
    session = begin(there := house(home, "da", "Anna", DAY))
    asked = "Hvad ville du gøre, hvis den ringede?"
    send(there, session, asked, asked)
    assert [(turn.kind, turn.text) for turn in session.turns] == [("answered", asked)]


def test_nobody_is_reminded_twice_in_a_row(home):
    there = house(home, "da", "Anna", DAY)
    session = begin(there)
    assert nudged(send(there, session, ADVICE))
    assert not nudged(send(there, session, MORE_ADVICE))
    assert not nudged(send(there, session, ADVICE))
    assert nudged(send(there, session, MORE_ADVICE))


def test_that_a_draft_was_pointed_out_stands_nowhere(home):
    there = house(home, "da", "Anna", DAY)
    session = begin(there)
    send(there, session, ADVICE, "telefonen", "", "", "", "ja")
    kept = repr([there.vault.turns(sitting.id) for sitting in there.vault.sittings()])
    assert "burde" not in kept + repr(responses(home))


def test_what_is_answered_is_kept_nowhere_with_the_answer_and_cannot_be_answered_once_taken_back(home):
    there = house(home, "da", "Anna", DAY)
    session = begin(there)
    send(there, session, "noget andet", "", "", "")
    (sitting,) = there.vault.sittings("answer")
    kept = repr(there.vault.turns(sitting.id)) + repr(sitting.facts)
    assert CARRIED["da"]["Bo"][0] not in kept
    bo = house(home_of(home, "Bo"), "da", "Bo", DAY)
    bo.circles.named().sync()
    for entry in [entry for entry in bo.circles.named().view.passages if entry.by == bo.circles.named().me.key]:
        bo.circles.named().withdraw(entry.id)
    bo.close()
    there.circles.named().sync()
    assert CARRIED["da"]["Bo"][0] not in repr(session.beside)
    shown = send(there, session, "ja")
    assert there.messages("trouble.circle_taken_back") in shown[-1].text
    assert responses(home, "Carl") == []


def test_danger_in_an_answer_shows_the_help_lines_and_is_shared_with_nobody(home):
    there = house(home, "da", "Anna", DAY)
    session = begin(there)
    shown = send(there, session, "telefonen", "Jeg vil ikke leve mere.")
    assert isinstance(shown[-1], Card)
    session.send(Chose("go_on", there.clock()))
    send(there, session, "", "", "ja")
    assert responses(home) == []


def test_what_one_writes_afterwards_is_private_and_never_offered_to_the_others(home):
    there = house(home, "da", "Anna", DAY)
    before = there.circles.named().view
    session = there.sittings.session("afterwards")
    session.open()
    send(there, session, "Bos telefon blev ved med at ringe.", "I min egen dør.", "ringetone")
    assert there.circles.named().view == before
    assert not any("ringe" in line.text for line in there.ours.desk().lines)
    there.close()


def test_a_half_answer_goes_on_where_it_stopped(home):
    there = house(home, "da", "Anna", DAY)
    session = begin(there)
    send(there, session, "telefonen")
    session.keep_draft("Et bord med")
    there.close()
    again = house(home, "da", "Anna", DAY)
    resumed = again.sittings.session("answer", again.sittings.waiting("answer").id)
    assert resumed.open()[-1].step == "image"
    assert resumed.draft == "Et bord med"
    assert CARRIED["da"]["Bo"][0] in resumed.beside[0]


async def test_what_is_carried_is_a_list_with_whose_each_is_and_a_number_opens_it(home):
    there = house(home, "da", "Anna", DAY)
    carried = there.ours.carried()
    app = VidneApp(there)
    async with app.run_test(size=(80, 24)) as pilot:
        member = Member(pilot)
        app.push_screen(AnswersScreen(there))
        await pilot.pause()
        for entry in carried:
            whose = "dit eget" if there.ours.is_mine(entry) else there.ours.by(entry)
            assert f" · {whose}\n" in member.sees or f"\n       {whose}\n" in member.sees
        await member.press("2")
        assert isinstance(member.screen, CarriedScreen)
        assert carried[1].body.text.split()[0] in member.sees
        await member.press("escape")
        assert isinstance(member.screen, AnswersScreen)
    there.close()


async def test_ones_own_is_taken_back_by_a_key_and_a_large_letter_is_a_key_too(home):
    there = house(home, "da", "Anna", DAY)
    mine = [there.ours.is_mine(entry) for entry in there.ours.carried()].index(True)
    app = VidneApp(there)
    async with app.run_test(size=(80, 24)) as pilot:
        member = Member(pilot)
        app.push_screen(AnswersScreen(there))
        await pilot.pause()
        await member.press(str(mine + 1))
        assert "Delete tag tilbage" in member.sees
        await member.press("delete")
        assert isinstance(member.screen, AnswersScreen)
        assert "dit eget" not in member.sees
        await member.press("1", "A")
        assert isinstance(member.screen, ConversationScreen)
    there.close()
