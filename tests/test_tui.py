"""The full-screen app, used as a member uses it: home, a whole conversation, and everything there again next time."""

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager, suppress

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from assistant.__main__ import House as RealHouse
from assistant.messages import Messages
from assistant.tui.app import VidneApp
from assistant.tui.screens.card import CardScreen
from assistant.tui.screens.conversation import ConversationScreen
from assistant.tui.screens.first_run import FirstRunScreen
from assistant.tui.screens.home import HomeScreen
from assistant.tui.screens.reading import ReadingScreen
from assistant.tui.screens.search import SearchScreen
from assistant.tui.widgets.answer import FIELD, Answer
from assistant.tui.widgets.choices import Choices
from tests.tui_house import Full, House

LONG = "Tirsdag spurgte Jonas om en liste, og jeg talte til fem, før jeg svarede ham."


class Member:
    """Somebody at the keyboard, and what they see."""

    def __init__(self, pilot: Pilot) -> None:
        self.pilot = pilot
        self.app: VidneApp = pilot.app

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.rest()

    async def rest(self) -> None:
        """Wait until what was pressed is drawn: a page is laid out, then makes room, then scrolls."""
        for _ in range(3):
            await self.pilot.pause(0)
            drawn = asyncio.Event()
            self.screen.call_after_refresh(drawn.set)
            with suppress(TimeoutError):  # of a screen that closes
                await asyncio.wait_for(drawn.wait(), 1)
        await self.pilot.pause(0)

    async def until(self, seen: Callable[[], bool]) -> None:
        """Wait until something is there to be seen."""
        for _ in range(2000):
            if seen():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(self.sees)

    async def write(self, text: str) -> None:
        self.app.focused.insert(text)
        await self.pilot.pause()

    async def answer(self, text: str) -> None:
        await self.write(text)
        await self.press("ctrl+d")

    async def paste(self, text: str) -> None:
        self.app.post_message(Paste(text))
        await self.pilot.pause()

    @property
    def screen(self):
        return self.app.screen

    @property
    def sees(self) -> str:
        return "\n".join(strip.text.rstrip() for strip in self.screen._compositor.render_strips())

    @property
    def free(self) -> bool:
        """Whether something else fills them, just now."""
        return "Ctrl+P" in self.sees

    @property
    def field(self) -> Answer:
        return self.screen.query_one("#answer", Answer)


@asynccontextmanager
async def opened(house: House, guide: str | None = None, size: tuple[int, int] = (80, 24)):
    async with VidneApp(house, guide).run_test(size=size) as pilot:
        home = pilot.app.screen
        for _ in range(2000):  # until home is furnished, or has opened what was asked for
            if pilot.app.screen is not home or (home.query("Hints") and not guide):
                break
            await pilot.pause(0.01)
        await pilot.pause()
        yield Member(pilot)
    house.close()


@pytest.fixture
def house(tmp_path):
    return House.lived_in(tmp_path / "home")


# Home


async def test_an_empty_home_explains_itself(house):
    async with opened(house) as member:
        assert "samtale på omkring ti" in member.sees
        assert "Læs det" not in member.sees
        offered = [option.id for option in member.screen.query_one(Choices).options]
        assert offered == ["begin weekly", "page join", "page workshop", "quit"]


async def test_a_journal_that_was_begun_is_offered_first(house):
    async with opened(house) as member:
        await member.press("enter")
        await member.write("Mandag")
        await member.press("escape")
        assert isinstance(member.screen, HomeScreen)
        assert member.screen.query_one(Choices).highlighted_option.id == "go_on weekly"
        await member.press("1")
        assert member.field.text == "Mandag"


async def test_the_light_is_remembered(house):
    async with opened(house) as member:
        assert member.app.theme == "lamp"
        await member.press("ctrl+l")
    async with opened(house) as member:
        assert member.app.theme == "paper"


@pytest.mark.parametrize("file", ["vault.db", "home.toml"])
async def test_a_damaged_home_is_told_of_in_one_sentence_and_left_as_it_is(house, file):
    (house.home.folder / file).write_bytes(b"ikke en dagbog")
    async with opened(house) as member:
        assert "Traceback" not in member.sees
        assert len(member.sees.split()) > 15
        assert "Ugedagbog" not in member.sees
        await member.press("ctrl+q")
    assert (house.home.folder / file).read_bytes() == b"ikke en dagbog"


# First run and passphrase


async def test_a_new_member_is_asked_three_questions_and_can_go_back(tmp_path):
    house = House(tmp_path / "home", "en")
    async with opened(house) as member:
        assert isinstance(member.screen, FirstRunScreen)
        await member.press("1", "N", "i", "enter")
        assert "It does not protect you from somebody who can use this computer" in " ".join(member.sees.split())
        assert "nobody can bring the journal back" in " ".join(member.sees.split())
        await member.press("escape")
        assert "Ni" in member.sees
        await member.press("a", "enter", "1")
        assert isinstance(member.screen, HomeScreen)
        assert (house.vault.profile.name, house.vault.profile.lang, house.protection) == ("Nia", "en", "key-file")


async def test_the_list_gone_back_to_takes_keys_at_once(tmp_path):
    house = House(tmp_path / "home", "en")
    async with opened(house) as member:
        await member.press("1", "escape", "2")
        assert Messages.load("da")("first_run.name") in member.sees


async def test_a_language_that_was_said_at_the_start_is_not_asked_for(tmp_path):
    house = RealHouse(tmp_path / "home", "en")
    async with opened(house) as member:
        assert house.messages("first_run.name") in member.sees
        assert "Esc quit" in member.sees
        await member.press("enter")
        assert "Esc back" in member.sees
        assert "a backup has to include both" in " ".join(member.sees.split())
        await member.press("escape", "escape")
    assert not house.home_exists


async def test_a_short_passphrase_is_refused_and_it_is_said_what_makes_one_safe(tmp_path):
    house = RealHouse(tmp_path / "home", "da")
    async with opened(house) as member:
        await member.press("enter", "2")
        assert "Fire ord" in " ".join(member.sees.split())
        await member.press(*"abc", "enter", *"abc", "enter")
        assert "gættes" in " ".join(member.sees.split())
        assert not house.home_exists
        await member.press(*"fire rare kopper te", "enter", *"fire rare kopper te", "enter")
    assert house.home_exists


async def test_a_passphrase_is_typed_twice_alike_and_opens_the_home(tmp_path):
    async with opened(House(tmp_path / "home")) as member:
        await member.press("1", "enter", "2", *"ab", "enter", *"ac", "enter")
        assert "ikke ens" in member.sees
        await member.press(*"ab", "enter", *"ab", "enter")
        assert isinstance(member.screen, HomeScreen)
    async with opened(House(tmp_path / "home")) as member:
        await member.press(*"forkert", "enter")
        assert "passer ikke" in member.sees
        await member.press(*"ab", "enter")
        assert isinstance(member.screen, HomeScreen)


async def test_no_home_is_made_for_somebody_who_leaves(tmp_path):
    house = House(tmp_path / "home")
    async with opened(house) as member:
        await member.press("escape")
    assert not house.home_exists


# Conversation


async def test_a_whole_conversation_is_kept_and_read(house):
    async with opened(house, "weekly") as member:
        assert "Hvor kommer du fra" in member.sees
        assert "1 af 3" in member.sees
        await member.answer("Fra vagten.")
        assert "Gemt." in member.sees
        await member.answer(LONG)
        assert "Dine ord" in member.sees
        await member.answer("God weekend.")
        assert isinstance(member.screen, HomeScreen)
        assert [(turn.kind, turn.text) for turn in house.vault.turns(1) if turn.kind == "answered"] == [
            ("answered", "Fra vagten."),
            ("answered", LONG),
            ("answered", "God weekend."),
        ]
        await member.press("2", "enter")
        assert isinstance(member.screen, ReadingScreen)
        for words in ("Hvor kommer du fra", "Fra vagten.", "talte til fem", "Dine ord", "God weekend."):
            assert words in member.sees


async def test_half_an_answer_is_read_with_what_was_sent(house):
    async with opened(house, "weekly") as member:
        await member.answer("Fra vagten.")
        await member.press(*"Så lo hun", "escape", "3", "enter")
        assert isinstance(member.screen, ReadingScreen)
        for words in ("Fra vagten.", house.messages("reading.half"), "Så lo hun"):
            assert words in member.sees


async def test_a_blank_answer_is_not_sent(house):
    async with opened(house, "weekly") as member:
        await member.answer("  \n ")
        assert "Der står ikke noget endnu" in member.sees
        assert "1 af 3" in member.sees
        assert house.vault.sittings() == () or house.vault.turns(1) == ()


async def test_going_back_brings_the_earlier_answer_and_leaving_it_keeps_it_once(house):
    async with opened(house, "weekly") as member:
        await member.answer("Fra vagten.")
        await member.press("ctrl+g")
        assert member.field.text == "Fra vagten."
        assert member.sees.count("Fra vagten.") == 1
        await member.press("ctrl+d")
        assert "2 af 3" in member.sees
        assert [turn.kind for turn in house.vault.turns(1)] == ["answered", "back", "skipped"]
        assert "Fra vagten." in member.sees


async def test_the_way_back_is_not_offered_at_the_first_question(house):
    async with opened(house, "weekly") as member:
        assert "Ctrl+G" not in member.sees
        await member.press("ctrl+g")
        assert house.vault.sittings() == ()


async def test_what_is_written_and_not_sent_is_warned_of_once_and_comes_back(house):
    async with opened(house, "weekly") as member:
        await member.write("Et halvt")
        await member.press("ctrl+n")
        assert "1 af 3" in member.sees
        assert "ikke sendt" in member.sees
        await member.press("ctrl+n")
        assert "2 af 3" in member.sees
        await member.press("ctrl+g")
        assert member.field.text == "Et halvt"
        assert house.vault.draft(1).text == "Et halvt"


async def test_why_is_told_and_hidden_again(house):
    async with opened(house, "weekly") as member:
        await member.press("ctrl+r")
        assert "Fordi scenen kommer før" in member.sees
        await member.press("ctrl+r")
        assert "Fordi scenen" not in member.sees
        assert house.vault.sittings() == ()


async def test_something_else_fills_is_a_free_page_that_ends_with_what_stands_there(house):
    async with opened(house, "weekly") as member:
        await member.press("ctrl+o")
        assert "Jeg spørger ikke" in member.sees
        assert " af 3" not in member.sees
        await member.answer("Min mor er syg.")
        assert "Min mor er syg." in member.sees
        await member.write("Og det fylder.")
        await member.press("ctrl+p")
        assert isinstance(member.screen, HomeScreen)
        assert [turn.text for turn in house.vault.turns(1) if turn.kind == "free"] == [
            "Min mor er syg.",
            "Og det fylder.",
        ]
        assert house.vault.sitting(1).finished


async def test_esc_goes_back_from_something_else_to_the_question_and_its_words(house):
    async with opened(house, "weekly") as member:
        await member.write("Et halvt svar")
        await member.press("ctrl+o", "ctrl+o")
        assert "tilbage til spørgsmålet" in member.sees
        assert "slut for i dag" in member.sees
        await member.write("Min mor er syg.")
        await member.press("escape")
        assert "1 af 3" in member.sees
        assert member.field.text == "Et halvt svar"
        assert "Min mor er syg." in member.sees
        assert [turn.text for turn in house.vault.turns(1) if turn.kind == "free"] == ["Min mor er syg."]
        await member.press("escape")
        assert isinstance(member.screen, HomeScreen)
        assert not house.vault.sitting(1).finished


async def test_danger_written_where_something_else_fills_stops_there_too(house):
    async with opened(house, "weekly") as member:
        await member.press("ctrl+o")
        await member.write("DANGER")
        await member.press("escape")
        assert isinstance(member.screen, CardScreen)


async def test_nothing_written_is_not_said_to_be_kept(house):
    async with opened(house, "weekly") as member:
        await member.press("escape")
        assert house.messages("talk.left") in member.sees
        assert house.messages("talk.paused").split(".")[0] not in member.sees


async def test_a_newcomer_is_told_how_to_write_and_send_beside_the_field(house):
    async with opened(house, "weekly") as member:
        assert house.messages("screen.how_to_write") in member.sees
        assert "Enter ny linje" in member.sees
        await member.write("Fra")
        await member.press("enter", *"vagten")
        assert member.field.text == "Fra\nvagten"
        assert "Enter ny linje" in member.sees
        await member.press("ctrl+s")
        assert "2 af 3" in member.sees


async def test_a_half_written_not_quite_is_there_again(house):
    async with opened(house, "weekly") as member:
        await member.answer("Fra vagten.")
        await member.answer(LONG)
        await member.write("En halv sidste linje")
        await member.press("ctrl+t")
        await member.write("Jeg ventede på")
    async with opened(house, "weekly") as member:
        assert member.app.focused.text == "Jeg ventede på"
        await member.write(" Jonas")
        await member.press("ctrl+d")
        assert "Jeg ventede på Jonas" in member.sees
        assert member.field.text == "En halv sidste linje"
    async with opened(house, "weekly") as member:
        assert member.field.text == "En halv sidste linje"


async def test_the_members_own_wording_wins(house):
    async with opened(house, "weekly") as member:
        await member.answer("Fra vagten.")
        assert "ikke helt" not in member.sees
        await member.answer(LONG)
        assert "ikke helt" in member.sees
        await member.write("En halv sidste linje")
        await member.press("ctrl+t")
        await member.answer("Jeg ventede på Jonas")
        assert "Jeg ventede på Jonas" in member.sees
        assert "Du skrev" not in member.sees
        assert member.app.focused is member.field
        assert member.field.text == "En halv sidste linje"
        await member.press("ctrl+t")
        assert member.app.focused is member.field


async def test_not_quite_can_be_closed_again(house):
    async with opened(house, "weekly") as member:
        await member.answer("Fra vagten.")
        await member.answer(LONG)
        await member.press("ctrl+t", "escape")
        assert isinstance(member.screen, ConversationScreen)
        assert "Du skrev" in member.sees
        assert member.app.focused is member.field


async def test_the_focus_is_always_on_the_answer(house):
    async with opened(house, "weekly") as member:
        for key in ("tab", "shift+tab", "pageup", "ctrl+r", "ctrl+d", "ctrl+n", "ctrl+g", "ctrl+o", "ctrl+g"):
            await member.press(key)
            assert member.app.focused is member.field, key


# The help lines


async def test_the_help_lines_stand_alone_and_no_key_held_too_long_chooses(house):
    async with opened(house, "weekly") as member:
        await member.answer("DANGER")
        assert isinstance(member.screen, CardScreen)
        for shown in ("112", "70 201 201", "Gå videre", "Stop her", "Slet det, jeg skrev"):
            assert shown in member.sees
        for hidden in ("Hvor kommer du fra", "DANGER", "1 af 3", "Ctrl+D"):
            assert hidden not in member.sees
        await member.press("enter", "space", "ctrl+d", "escape", "x", "3")
        assert isinstance(member.screen, CardScreen)
        assert house.vault.turns(1)[-1].text == "DANGER"


@pytest.mark.parametrize(
    ("place", "sign", "kept"),
    [
        ("da_DK", "Jeg orker ikke at leve.", "er kun gemt her, privat, og bliver ikke sendt nogen steder hen."),
        ("en_GB", "I want to die.", "What you write is kept only here, privately, and is sent nowhere."),
    ],
)
async def test_where_the_words_are_kept_is_read_beside_the_help_lines_without_a_key(
    place, sign, kept, tmp_path, monkeypatch
):
    monkeypatch.setenv("LC_ALL", f"{place}.UTF-8")
    house = RealHouse(tmp_path / "home", place[:2])
    house.make_home(None, "key-file")
    async with opened(house, "weekly") as member:
        await member.answer(sign)
        assert isinstance(member.screen, CardScreen)
        assert kept in " ".join(member.sees.split())


async def test_going_on_from_the_help_lines(house):
    async with opened(house, "weekly") as member:
        await member.answer("DANGER")
        await member.press("down", "enter")
        assert isinstance(member.screen, ConversationScreen)
        assert "2 af 3" in member.sees


async def test_stopping_at_the_help_lines(house):
    async with opened(house, "weekly") as member:
        await member.answer("DANGER")
        await member.press("2", "enter")
        assert isinstance(member.screen, HomeScreen)


async def test_deleting_at_the_help_lines(house):
    async with opened(house, "weekly") as member:
        await member.answer("DANGER")
        await member.press("3", "enter")
        assert isinstance(member.screen, CardScreen)
        assert "slettet" in member.sees
        assert "Slet det, jeg skrev" not in member.sees
        assert [turn.text for turn in house.vault.turns(1) if turn.kind == "sealed"] == [""]
        await member.press("1", "enter")
        assert "DANGER" not in member.sees


async def test_the_help_lines_stand_there_again_after_a_closed_terminal(house):
    async with opened(house, "weekly") as member:
        await member.answer("DANGER")
    async with opened(house) as member:
        await member.press("1")
        assert isinstance(member.screen, CardScreen)


# What is large, and what fails


async def test_a_huge_paste_is_held_beside_the_field_and_sent_whole(house):
    huge = "ord " * 300_000
    async with opened(house, "weekly") as member:
        await member.write("Her er det:")
        await member.paste(huge)
        assert "1,2 MB" in member.sees
        assert member.field.text == "Her er det:"
        assert house.vault.draft(1).text == f"Her er det:\n\n{huge}"
    async with opened(house, "weekly") as member:
        assert len(member.field.text) <= FIELD
        await member.press("ctrl+d")
        assert house.vault.turns(1)[0].text == f"Her er det:\n\n{huge}"
        assert "2 af 3" in member.sees
        await member.press("escape")


async def test_a_held_paste_can_be_taken_out_again(house):
    async with opened(house, "weekly") as member:
        await member.paste("x" * (FIELD + 1))
        await member.press("ctrl+z")
        assert member.field.whole == ""
        assert "100" not in member.sees
        assert house.vault.draft(1) is None


async def test_a_huge_answer_is_read_whole(house):
    async with opened(house, "weekly") as member:
        await member.paste("ord " * 40_000 + "SIDST")
        await member.press("ctrl+d", "escape", "3", "enter", "end")
        assert "SIDST" in member.sees


async def test_an_answer_that_could_not_be_kept_stays_in_the_field(tmp_path):
    house = Full.lived_in(tmp_path / "home")
    async with opened(house, "weekly") as member:
        house.full = True
        await member.answer("Fra vagten.")
        assert "1 af 3" in member.sees
        assert member.field.text == "Fra vagten."
        assert house.messages("trouble.disk_full").split()[0] in member.sees
        house.full = False
        await member.press("ctrl+d")
        assert "2 af 3" in member.sees


# Searching


async def test_words_are_found_as_one_types_and_open_their_sitting(house):
    async with opened(house, "weekly") as member:
        await member.answer("Fra vagten.")
        await member.answer(LONG)
        await member.press("escape", "4", *"jonas", "enter")
        assert "spurgte Jonas om en liste" in member.sees
        await member.press("enter")
        assert isinstance(member.screen, ReadingScreen)
        await member.press("escape", "escape")
        assert isinstance(member.screen, HomeScreen)


async def test_a_place_that_was_found_is_opened_where_it_stands(house):
    async with opened(house, "weekly") as member:
        await member.answer("Fra vagten. " * 200)
        await member.answer(f"{'Ord og ord. ' * 300}{LONG}")
        await member.press("escape")
        await member.press(str(len(member.screen.query_one(Choices).options) - 3), *"jonas", "enter", "enter")
        assert isinstance(member.screen, ReadingScreen)
        await member.pilot.pause()
        assert "spurgte Jonas om en liste" in " ".join(member.sees.split())


async def test_enter_looks_for_new_words_before_it_opens_a_place(house):
    async with opened(house, "weekly") as member:
        await member.answer("Fra vagten.")
        await member.answer(LONG)
        await member.press("escape", "4", *"vagten", "enter", *["backspace"] * 6, *"jonas", "enter")
        assert isinstance(member.screen, SearchScreen)
        assert "spurgte Jonas om en liste" in member.sees


async def test_words_that_stand_nowhere_are_said_to(house):
    async with opened(house, "weekly") as member:
        await member.answer("Fra vagten.")
        await member.press("escape", "4", *"zebra", "enter")
        assert house.messages("search.nothing") in " ".join(member.sees.split())


async def test_what_is_told_for_a_while_does_not_lie_on_the_keys(house):
    async with VidneApp(house).run_test(size=(80, 24), notifications=True) as pilot:
        member = Member(pilot)
        await member.until(lambda: "Ctrl+L" in member.sees)
        keys = member.sees.split("\n")[-2:]
        await member.press("ctrl+c")
        await member.until(lambda: "Ctrl+Q lukker Vidne;" in member.sees)
        assert member.sees.split("\n")[-2:] == keys
    house.close()
