"""The meeting on one screen: read across the room, at any size, and what was taken back is gone from it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.messages import Messages
from assistant.tui.app import VidneApp
from assistant.tui.screens.meeting import GRAND, MeetingScreen, WitnessScreen
from assistant.tui.widgets import big
from assistant.tui.widgets.big import Big
from assistant.tui.widgets.poster import Poster
from tests.around import CARRIED, REMINDER, gather, home_of, house
from tests.test_tui import Member

DAY = date(2026, 3, 11)
SIZES = ((80, 24), (120, 36), (200, 60))


@pytest.fixture
def home(tmp_path):
    gather(tmp_path / "home", "da", DAY)
    return tmp_path / "home"


class Room:
    """A meeting on the screen of Anna's house."""

    def __init__(self, home, size=(80, 24)):
        self._house = house(home, "da", "Anna", DAY)
        self._app = VidneApp(self._house, "meeting")
        self._size = size

    async def __aenter__(self):
        self._context = self._app.run_test(size=self._size)
        member = Member(await self._context.__aenter__())
        while not isinstance(member.screen, MeetingScreen):
            await member.pilot.pause()
        await member.press("ctrl+d", "ctrl+d", "ctrl+d")
        return member

    async def __aexit__(self, *error):
        await self._context.__aexit__(*error)
        self._house.close()


def says(member, id):
    return member.screen.query_one(id, Big)._text


def poster(member):
    """The question and the teller's words that stand on the screen, in whatever type."""
    shown = member.screen.query_one(Poster)
    return f"{shown.question}\n{shown.words}"


@pytest.mark.parametrize("size", SIZES)
async def test_the_name_the_part_the_words_and_the_clock_are_there_at_every_size(home, size):
    async with Room(home, size) as member:
        await member.press("enter", "enter", "enter")
        assert says(member, "#who") == "Anna"
        assert says(member, "#clock").startswith("3:")
        for text in ("Anna fortæller.", CARRIED["da"]["Anna"][0]):
            assert text in poster(member)
        for text in ("V vi er vidner", "60 min"):
            assert text in member.sees
        assert ("Fortæller" in member.sees) == (size[1] < GRAND)
        assert bool(str(member.screen.query_one("#sign").content)) == (size[1] >= GRAND)
        assert any("█" in line for line in member.sees.split("\n"))


async def test_a_passage_taken_back_is_gone_with_the_next_beats(home):
    async with Room(home) as member:
        await member.press(*["enter"] * 8)
        assert says(member, "#who") == "Bo"
        assert "telefonen" in poster(member)
        bo = house(home_of(home, "Bo"), "da", "Bo", DAY)
        bo.circles.named().sync()
        for entry in [entry for entry in bo.circles.named().view.passages if entry.by == bo.circles.named().me.key]:
            bo.circles.named().withdraw(entry.id)
        bo.close()
        for _ in range(3):
            member.screen.beat()
        await member.pilot.pause()
        assert "telefonen" not in poster(member)
        assert not any(line.startswith("    ▌") for line in member.sees.split("\n"))


async def test_one_key_shows_the_groups_own_word_and_any_key_takes_it_away(home):
    async with Room(home) as member:
        await member.press("enter", "enter", "enter", "v")
        assert isinstance(member.screen, WitnessScreen)
        assert says(member, "#word") == REMINDER["da"]
        assert "Vi er vidner." in member.sees
        assert not any(name in member.sees for name in CARRIED["da"])
        await member.press("x")
        assert isinstance(member.screen, MeetingScreen)


async def test_a_heavy_turn_stands_still_and_takes_the_time_that_is_given(home):
    async with Room(home) as member:
        await member.press("enter", "enter", "enter", "s")
        assert "Hvem giver sin tur?\n\n\n1  Bo\n2  Carl" in poster(member)
        await member.press("4")
        assert "Tiden er lagt til her." in member.sees
        assert says(member, "#clock").startswith("11:")
        await member.press("enter")
        assert "Anna fortæller." in poster(member)


async def test_where_nobody_has_a_turn_left_to_give_nobody_is_asked_for_one(home):
    async with Room(home) as member:
        await member.press("enter", "enter", "enter", "p", "p", "p", "p", "s")
        assert says(member, "#who") == "Elif"
        assert poster(member).strip() == "Vi bliver her."
        assert "1–9" not in member.sees


async def test_while_the_group_stays_the_turn_can_go_on_the_clock_be_held_and_the_meeting_paused(home):
    async with Room(home) as member:
        await member.press("enter", "enter", "enter", "s", "space")
        assert "uret står stille" in member.sees
        await member.press("p")
        assert says(member, "#who") == "Bo"
        await member.press("s", "escape")
        assert not isinstance(member.screen, MeetingScreen)


async def test_a_number_chooses_at_once_and_is_a_letter_once_something_is_written(home):
    async with Room(home) as member:
        await member.press(*["enter"] * 3, *["p"] * 5, "ctrl+n", "enter", *["ctrl+n"] * 2, "ctrl+d", "ctrl+d")
        assert member.screen._question.step == "next_facilitator"
        assert "1–9 vælg" in member.sees
        await member.press("C", "2")
        assert member.screen._answer.text == "C2"
        await member.press("backspace", "backspace", "3")
        assert member.screen._session.state.answers["next_facilitator"] == "Carl"


async def test_a_turn_goes_on_by_a_key_and_comes_again_by_another(home):
    async with Room(home) as member:
        await member.press("enter", "enter", "enter", "p")
        assert says(member, "#who") == "Bo"
        await member.press("f3")
        assert "får sin tur efter det her" in member.sees
        await member.press("1", "p")
        assert says(member, "#who") == "Anna"


async def test_who_let_their_turn_go_can_also_leave_and_what_is_meant_is_said(home):
    async with Room(home) as member:
        await member.press("enter", "enter", "enter", "p", "f3")
        assert "Anna · går nu" in member.sees
        await member.press("2")
        assert [seat.name for seat in member.screen._session.seats if seat.away] == ["Anna"]
        await member.press("f3")
        assert member.sees.count("Anna · er ikke her lige nu") == 1


async def test_a_turn_let_go_by_mistake_is_one_key_away(home):
    async with Room(home) as member:
        await member.press("enter", "enter", "enter", "enter", "p", "ctrl+g")
        assert (says(member, "#who"), member.screen._question.step) == ("Anna", "stayed:1")


async def test_the_question_stands_on_though_the_only_witness_leaves_and_comes_back(tmp_path):
    gather(tmp_path / "home", "da", DAY, people=("Anna", "Bo"))
    async with Room(tmp_path / "home") as member:
        await member.press("enter", "enter", "enter", "enter", "enter")
        assert "Bo tager alle fire trin" in member.sees
        await member.press("f3", "2")
        assert "En eller to af jer tager alle fire trin" in member.sees
        await member.press("f3", "2")
        assert "Bo tager alle fire trin" in member.sees
        assert member.screen._question.step == "steps:1"


async def test_the_clock_is_held_and_the_words_are_hidden_by_a_key(home):
    async with Room(home) as member:
        await member.press("enter", "enter", "enter", "space")
        assert "uret står stille" in member.sees
        await member.press("space", "h")
        assert CARRIED["da"]["Anna"][0] not in poster(member)
        assert "uret står stille" not in member.sees


async def test_letters_are_letters_where_something_is_written(home):
    async with Room(home) as member:
        await member.press(*["enter"] * 3, *["p"] * 5)
        await member.press("v", "p", "s", "h", "space", "g")
        assert member.screen._answer.text == "vpsh g"
        await member.press("f8")
        assert isinstance(member.screen, WitnessScreen)


async def test_the_page_that_is_kept_is_seen_to_its_end_before_the_meeting_goes_on(tmp_path):
    many = {name: [f"{name} bar sten nummer {n} op ad bakken." for n in range(9)] for name in ("Anna", "Bo")}
    gather(tmp_path / "home", "da", DAY, people=("Anna", "Bo"), carried=many)
    async with Room(tmp_path / "home", (120, 36)) as member:
        await member.press(*["enter"] * 3, "p", "p", "ctrl+n", "enter", *["ctrl+n"] * 2, *["ctrl+d"] * 4)
        seen = []
        while member.screen._question.step == "look":
            seen.append(poster(member))
            await member.press("enter")
        assert len(seen) > 1
        assert all(any(f"nummer {n}" in " ".join(page.split()) for page in seen) for n in range(9))


@pytest.mark.parametrize("size", SIZES)
async def test_two_who_meet_see_the_part_the_question_and_the_clock(home, size):
    there = house(home, "da", "Anna", DAY)
    app = VidneApp(there, "pair")
    async with app.run_test(size=size) as pilot:
        member = Member(pilot)
        while not isinstance(member.screen, MeetingScreen):
            await pilot.pause()
        await member.press("enter")
        assert says(member, "#who") == "Fortæller"
        assert says(member, "#clock") in ("8:00", "7:59")
        assert "Du, der begynder, fortæller" in poster(member)
        await member.press("space")
        assert "uret står stille" in member.sees
        assert "vi bliver her" not in member.sees
    there.close()


def test_every_part_that_has_a_name_has_it_in_both_languages():
    parts = [
        {name for name in Messages.load(lang).sentences if name.startswith("meeting_part.")} for lang in ("da", "en")
    ]
    assert parts[0] == parts[1]


@given(st.text(max_size=20), st.integers(1, 200), st.booleans())
def test_any_name_is_drawn_within_its_room_or_stands_as_it_is_written(text, width, tall):
    drawn = big.lines(text, width, tall)
    assert drawn == [text] or all(len(line) <= width for line in drawn)
    assert len({len(line) for line in drawn}) == 1


def test_danish_and_accented_letters_are_drawn():
    assert all(big.dots(name) for name in ("Søren", "Åse", "Ægir", "José", "Bo-Ole", "3:30", "+0:12"))
    assert big.dots("🦆") is None
