"""A member of two circles: what is carried, answered, found and written on a page is of the one that is meant."""

import io
from datetime import date, datetime, time
from functools import partial

import pytest

from assistant.__main__ import House
from assistant.circle.items import Passage
from assistant.cli.main import run as cli
from assistant.guides.events import Answered, Skipped
from assistant.guides.turn import Turn
from assistant.messages import LANGS
from assistant.tui.app import VidneApp
from assistant.tui.screens.carry import CarryScreen
from assistant.tui.screens.listed import ListScreen
from assistant.tui.screens.ours import OursScreen
from tests.around import ZONE, charter, gather, home_of, house
from tests.test_tui import Member

DAY = date(2026, 3, 11)
CLOCK = datetime.combine(DAY, time(10), ZONE)
SECOND = "Nattevagten"


@pytest.fixture
def home(tmp_path):
    """Anna is in two circles: one with Bo, and one with Carl, who carries something there."""
    gather(tmp_path / "home", "da", DAY, people=("Anna", "Bo"), carried={})
    anna = house(tmp_path / "home", "da", "Anna", DAY)
    agreed = charter("da", ("Anna", "Carl")).model_copy(update={"group": SECOND})
    second = anna.circles.found(agreed, "Anna", tmp_path / "second")
    carl = house(home_of(tmp_path / "home", "Carl"), "da", "Carl", DAY)
    carl.circles.join(anna.circles.invite(second, "Carl"), tmp_path / "second")
    second.sync()
    carl.circles.named().sync()
    carl.circles.named().share(Passage(text="Jeg slukkede lyset sidst.", month=f"{DAY:%Y-%m}", written=DAY))
    carl.close()
    sitting = anna.vault.begin("weekly", anna.clock(), ("notice",), {})
    anna.vault.keep(sitting, Turn("answered", "notice", "Jeg talte til tre.", anna.clock()))
    anna.close()
    return tmp_path / "home"


def run(home, monkeypatch, capsys, *args, lines=""):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8"))
    monkeypatch.setenv("VIDNE_HOME", str(home))
    code = cli(["--lang", "da", *args], partial(House, clock=lambda: CLOCK), LANGS)
    return code, capsys.readouterr()


def passages(home, name):
    there = house(home_of(home, name), "da", name, DAY)
    there.circles.named().sync()
    found = [entry.body.text for entry in there.circles.named().view.passages]
    there.close()
    return found


def test_what_is_carried_goes_to_the_circle_that_is_meant(home, monkeypatch, capsys):
    code, _ = run(home, monkeypatch, capsys, "carry", "1", "--circle", SECOND, lines="ja\n")
    assert code == 0
    assert "Jeg talte til tre." in passages(home, "Carl")
    assert passages(home, "Bo") == []


@pytest.mark.parametrize("command", [("carry",), ("answer",), ("words",), ("meeting",)])
def test_with_two_circles_and_nobody_to_ask_it_is_said_that_one_is_to_be_named(home, monkeypatch, capsys, command):
    code, out = run(home, monkeypatch, capsys, *command)
    assert code
    assert SECOND in out.err
    assert "--circle" in out.err


def test_what_is_answered_is_of_the_circle_that_is_meant(home, monkeypatch, capsys):
    _, out = run(home, monkeypatch, capsys, "answer", "--circle", SECOND)
    assert "Jeg slukkede lyset sidst." in out.out
    run(home, monkeypatch, capsys, "answer", "1", "--circle", SECOND, lines="lyset\n/skip\n/skip\n/skip\nja\n")
    carl = house(home_of(home, "Carl"), "da", "Carl", DAY)
    carl.circles.named().sync()
    assert [entry.body.expression for entry in carl.circles.named().view.responses] == ["lyset"]
    carl.close()


def test_a_meeting_its_page_and_its_words_are_of_one_circle(home, monkeypatch, capsys):
    anna = house(home, "da", "Anna", DAY)
    second = anna.circles.named(SECOND)
    session = anna.sittings.session("meeting", circle=second.id)
    shown = session.open()
    assert shown[-1].default == "Anna\nCarl"
    while shown[-1].step != "words":
        shown = session.send(Answered("", CLOCK) if shown[-1].default else Skipped(CLOCK))
    session.send(Answered("nattelys (Carl)", CLOCK))
    while not any(turn.kind == "finished" for turn in session.turns):
        session.send(Skipped(CLOCK))
    anna.close()
    assert "nattelys" in run(home, monkeypatch, capsys, "words", "--circle", SECOND)[1].out
    assert "nattelys" in run(home, monkeypatch, capsys, "meeting", "--circle", SECOND)[1].out
    assert "nattelys" not in run(home, monkeypatch, capsys, "words", "--circle", "Tirsdagsholdet")[1].out


async def test_the_screen_asks_which_circle_is_meant_once(home):
    there = house(home, "da", "Anna", DAY)
    app = VidneApp(there)
    async with app.run_test(size=(80, 24)) as pilot:
        member = Member(pilot)
        app.push_screen(OursScreen(there))
        await pilot.pause()
        await member.press("1")
        assert type(member.screen) is ListScreen
        await member.press("2")
        assert isinstance(member.screen, CarryScreen)
        await member.press("space", "ctrl+d", "ctrl+d")
    there.close()
    assert "Jeg talte til tre." in passages(home, "Carl")
    assert passages(home, "Bo") == []


def test_the_quarter_asks_for_a_first_day_only_in_the_circle_that_has_none(home):
    anna = house(home, "da", "Anna", DAY)
    dated = anna.circles.named(SECOND)
    undated = charter("da", ("Anna",)).model_copy(update={"group": "Den tredje", "dates": None})
    made = anna.circles.found(undated, "Anna", home.parent / "third")
    asked = {one.id: anna.sittings.session("quarter", circle=one.id).facts.undated for one in (dated, made)}
    anna.close()
    assert asked == {dated.id: False, made.id: True}
