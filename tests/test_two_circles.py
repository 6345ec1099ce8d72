"""Who is in two circles is asked which one is meant, and nothing of the one is told to the other."""

from datetime import date

import pytest

from assistant.guides.events import Answered
from assistant.messages import Messages
from assistant.tui.app import VidneApp
from tests import around
from tests.test_cli import said, told, vidne

DAY = date(2026, 3, 11)


@pytest.fixture
def home(tmp_path):
    """Anna's home, with a circle in which Bo is and one in which Dea is."""
    folder = tmp_path / "anna"
    house = around.house(folder, "da", "Anna", DAY)
    for group, other in (("Holdet", "Bo"), ("Naboen", "Dea")):
        charter = around.charter("da", ("Anna", other)).model_copy(update={"group": group, "words": {"monthly": group}})
        house.circles.found(charter, "Anna", tmp_path / group)
    house.close()
    return folder


def test_a_conversation_about_one_of_two_circles_is_told_which_by_name(home):
    done = vidne("talk", "quarter", "--plain", home=home)
    assert done.returncode == 2
    assert told(done) == Messages.load("da")("trouble.circle_which", names='"Holdet", "Naboen"') + "\n"
    shown = said(vidne("talk", "quarter", "--plain", "--circle", "naboen", home=home, typed=b"\n\n"))
    assert "Dea" in shown
    assert "Bo" not in shown


def test_what_is_begun_in_one_circle_goes_on_in_it_and_is_agreed_there_alone(home):
    house = around.house(home, "da", "Anna", DAY)
    first, second = house.circles.all()
    session = house.sittings.session("quarter", circle=second.id)
    session.open()
    for text in ("", "", "Hver onsdag i måneden, 75 minutter"):
        session.send(Answered(text, session.now()))
    assert house.sittings.waiting("quarter", first.id) is None
    going_on = house.sittings.session("quarter", house.sittings.waiting("quarter", second.id).id)
    going_on.open()
    for _ in range(60):
        if going_on.phase.value == "ended":
            break
        going_on.send(Answered("", going_on.now()) if going_on._default else _left(going_on))
    assert [len(circle.view.charters) for circle in (first, second)] == [1, 2]
    assert second.view.charter.words["monthly"] == "Hver onsdag i måneden, 75 minutter"
    house.close()


def _left(session):
    from assistant.guides.events import Skipped
    from assistant.guides.guide import UNANSWERED

    asked = session.guide[session.state.step]
    return Answered("", session.now()) if asked.kind in UNANSWERED else Skipped(session.now())


def test_a_meeting_held_in_one_circle_is_shared_with_no_other(home):
    house = around.house(home, "da", "Anna", DAY)
    first, second = house.circles.all()
    session = house.sittings.session("meeting", circle=second.id)
    session.open()
    session.send(Answered("Anna\nDea", session.now()))
    while session.phase.value == "asking":
        session.send(_left(session))
    assert [len(circle.view.meetings) for circle in (first, second)] == [0, 1]
    house.close()
    house = around.house(home, "da", "Anna", DAY)
    first, second = house.circles.all()
    assert house.ours.within(first).page() is None
    assert house.ours.within(second).page() is not None
    house.ours.within(first).meeting(house.prompts.library.guide("meeting"))
    assert first.view.meetings == ()
    house.close()


async def test_the_app_asks_which_circle_and_who_chooses_none_goes_nowhere(home):
    house = around.house(home, "da", "Anna", DAY)
    app = VidneApp(house, "quarter")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert type(app.screen).__name__ == "WhichScreen"
        await pilot.press("escape")
        assert type(app.screen).__name__ == "HomeScreen"
        app.screen._go_on("quarter")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        assert type(app.screen).__name__ == "TogetherScreen"
        assert app.screen._session.send is not None
        assert "Dea" in app.screen._session._around.stands("people", None)[0]
    house.close()


def test_two_circles_of_one_name_are_told_apart_by_their_ids(home):
    house = around.house(home, "da", "Anna", DAY)
    again = house.circles.found(around.charter("da").model_copy(update={"group": "Holdet"}), "Anna")
    house.close()
    done = vidne("talk", "quarter", "--plain", "--circle", "holdet", home=home)
    assert f'"Holdet" ({again.id[:6]})' in told(done)
    assert vidne("talk", "quarter", "--plain", "--circle", again.id[:6], home=home, typed=b"\n").returncode == 0
