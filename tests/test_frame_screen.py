"""What belongs to the frame is done on the screen too: coming in by an invitation, and deciding about a day off."""

from contextlib import asynccontextmanager
from datetime import date

import pytest

from assistant.messages import LANGS, Messages
from assistant.sittings.circles import written_in
from assistant.sittings.days_off import decide
from assistant.trouble import Trouble
from assistant.tui.app import VidneApp
from assistant.tui.screens.frame import FrameScreen
from assistant.tui.screens.join import JoinScreen
from assistant.tui.widgets.line import Line
from tests.around import charter, house
from tests.test_tui import Member, opened

DAY = date(2026, 3, 2)
SIZES = [(80, 24), (160, 45)]


@pytest.fixture(params=LANGS)
def lang(request) -> str:
    return request.param


@pytest.fixture
def invited(tmp_path, lang):
    """Whom Anna let in: their home, the invitation's text, and the folder."""
    anna = house(tmp_path / "anna", lang, "Anna", DAY)
    circle = anna.circles.found(charter(lang), "Anna", tmp_path / "shared")
    text = anna.circles.invite(circle, "Bo")
    yield house(tmp_path / "bo", lang, "Bo", DAY), text, tmp_path / "shared"
    anna.close()


@asynccontextmanager
async def at(screen, there, size=(80, 24)):
    app = VidneApp(there)
    async with app.run_test(size=size) as pilot:
        told = []
        app.push_screen(screen(there), told.append)
        await pilot.pause()
        member = Member(pilot)
        member.told = told
        yield member
    there.close()


async def give(member, text: str) -> None:
    member.app.focused.value = text
    await member.press("enter")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_home_takes_in_who_has_an_invitation_and_shows_their_frame_then(invited, size, lang, tmp_path):
    bo, text, _ = invited
    file = tmp_path / "til Bo.txt"
    file.write_text(f"Kære Bo\n\n{text}\nVh Anna\n", "utf-8")
    say = Messages.load(lang)
    async with opened(bo, size=size) as member:
        row = next(line for line in member.sees.splitlines() if say("home.join") in line)
        await member.press(row.split()[0])
        assert say("circle.invitation") in member.sees
        await give(member, f"'{file}'")  # as a terminal writes a file that is dropped on it
        assert "".join(say("circle.joined", group=charter(lang).group).split()) in "".join(member.sees.split())
        assert say("home.join") not in member.sees
        assert say("home.charter") in member.sees


async def test_who_was_let_in_sees_the_frame_when_each_has_opened_vidne_once(invited, lang, tmp_path):
    bo, text, shared = invited
    bo.circles.join(text, shared)
    assert bo.charter_page() is None
    anna = house(tmp_path / "anna", lang, "Anna", DAY)
    for there in (anna, bo):
        async with opened(there):
            pass
    again = house(tmp_path / "bo", lang, "Bo", DAY)
    assert again.charter_page().group == charter(lang).group
    again.close()


async def test_an_invitation_pasted_whole_lets_in(invited):
    bo, text, _ = invited
    async with at(JoinScreen, bo) as member:
        await member.paste(text)
        assert " ".join(text.split()) == member.screen.query_one(Line).value.strip()
        await member.press("enter")
        assert len(member.told) == 1
        assert bo.circles.all()


async def test_where_the_folder_is_called_something_else_here_it_is_asked_for(invited, lang, tmp_path):
    bo, text, shared = invited
    shared.rename(tmp_path / "drev")
    say = Messages.load(lang)
    async with at(JoinScreen, bo) as member:
        await give(member, text)
        assert say("circle.where_folder") in member.sees
        await give(member, str(tmp_path / "nowhere"))
        assert not member.told
        assert not bo.circles.all()
        await give(member, str(tmp_path / "drev"))
        assert member.told == [say("circle.joined", group=charter(lang).group)]
        assert [circle.folder.path for circle in bo.circles.all()] == [tmp_path / "drev"]


@pytest.mark.parametrize("spoilt", [lambda text: text[:200], lambda text: "hej", lambda text: text.replace("A", "B")])
async def test_an_invitation_that_lets_nobody_in_says_why_and_stays_to_be_mended(invited, spoilt):
    bo, text, _ = invited
    async with at(JoinScreen, bo) as member:
        await give(member, spoilt(text))
        assert isinstance(member.screen, JoinScreen)
        assert str(member.screen.query_one("#notice").content)
        assert not bo.circles.all()
        await give(member, text)
        assert bo.circles.all()
        assert len(member.told) == 1


def test_a_file_is_found_however_its_name_was_written(tmp_path):
    file = tmp_path / "min fil.txt"
    file.write_text("vidne1(", "utf-8")
    for written in (str(file), f"'{file}'", f'"{file}"', str(file).replace(" ", "\\ ")):
        assert written_in(written) == "vidne1("
    for written in ("", "'", "\0", "~nobody-of-that-name/x", str(tmp_path), "x" * 5000):
        assert written_in(written) == written
    for written in (str(tmp_path / "another file.txt"), "invitation.txt", "'~/in an old.md'"):
        with pytest.raises(Trouble) as told:
            written_in(written)
        assert told.value.key == "trouble.no_such_file"


def frame_of(there):
    return there.frame().renewed


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_meeting_on_a_day_off_is_moved_stands_or_is_left_out_on_the_screen(size, lang, tmp_path):
    there = house(tmp_path / "anna", lang, "Anna", DAY)
    there.circles.found(charter(lang), "Anna", tmp_path / "shared")
    say = Messages.load(lang)
    july = date(2026, 7, 8)
    async with at(FrameScreen, there, size) as member:
        row = next(line for line in member.sees.splitlines() if say("charter.do_days_off") in line)
        await member.press(row.split()[0])
        assert say("calendar.page_off") in member.sees
        await member.press("1", "1")
        await give(member, "?")
        assert july not in frame_of(there).dates.moved
        await give(member, {"da": "1. juli kl. 9.30", "en": "1 July at 9:30"}[lang])
        assert frame_of(there).dates.moved[july].isoformat() == "2026-07-01T09:30:00"
        assert say("calendar.decided_moved", when="").strip() in member.sees
        await member.press("1", "3")
        assert frame_of(there).dates.moved[july] is None
        assert say("calendar.decided_left_out") in member.sees
        await member.press("1", "2")
        assert frame_of(there).dates.moved[july].isoformat() == "2026-07-08T10:00:00"
        await member.press("escape", "escape")
        assert member.told == [""]


async def test_a_line_left_empty_says_so(invited, lang):
    async with at(JoinScreen, invited[0]) as member:
        await member.press("enter")
        assert Messages.load(lang)("screen.line_blank") in member.sees


async def test_the_next_invitation_is_for_somebody_else(lang, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    there = house(tmp_path / "anna", lang, "Anna", DAY)
    there.circles.found(charter(lang), "Anna", tmp_path / "shared")
    async with at(FrameScreen, there) as member:
        row = next(line for line in member.sees.splitlines() if Messages.load(lang)("charter.do_invite") in line)
        for name in ("Bo", "Carl"):
            await member.press(row.split()[0])
            assert member.screen.query_one(Line).value == name
            await member.press("enter")
    assert len(list(tmp_path.glob("invitation*.txt"))) == 2


async def test_where_no_meeting_falls_on_a_day_off_nothing_is_offered_to_decide(lang, tmp_path):
    there = house(tmp_path / "anna", lang, "Anna", DAY)
    agreed = charter(lang)
    short = agreed.model_copy(update={"dates": agreed.dates.model_copy(update={"months": 2})})
    there.circles.found(short, "Anna", tmp_path / "shared")
    async with at(FrameScreen, there) as member:
        assert Messages.load(lang)("charter.do_days_off") not in member.sees


@pytest.mark.parametrize(
    ("said", "to"),
    [("tirsdag kl. 9.30", "2026-07-14T09:30"), ("1. juli", "2026-07-01T10:00"), ("15. august", "2026-08-15T10:00")],
)
def test_a_day_is_moved_to_the_nearest_that_is_called_so(said, to, tmp_path):
    there = house(tmp_path / "anna", "da", "Anna", DAY)
    there.circles.found(charter("da"), "Anna", tmp_path / "shared")
    decide(there.frame(), date(2026, 7, 8), said, DAY, there.messages)
    assert frame_of(there).dates.moved[date(2026, 7, 8)].isoformat(timespec="minutes") == to
    there.close()
