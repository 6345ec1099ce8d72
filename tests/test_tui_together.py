"""A kickoff on the full screen: who comes and who goes, what is read aloud, and what does not stay to be seen."""

import pytest

from assistant.__main__ import House
from assistant.messages import LANGS, Messages
from assistant.tui.screens.card import CardScreen
from assistant.tui.screens.listed import ListScreen
from tests.test_tui import opened
from tests.transcripts import FOLDER, house_of, read

SCRIPTS = {lang: read((FOLDER / f"kickoff-{lang}.md").read_text("utf-8")) for lang in LANGS}
DANGER = {"da": "Jeg har tænkt på at tage livet af mig.", "en": "I have thought of killing myself."}


@pytest.fixture
def house(tmp_path):
    return lambda lang="da": house_of(SCRIPTS[lang], tmp_path / lang, min(SCRIPTS[lang].sittings))


async def to_why_here(member, people="Anna\nBo\nCarl\nDea"):
    """Come to the first question that each is asked."""
    await member.press("enter", "enter", "ctrl+n")
    await member.answer(people)
    await member.press("enter", "ctrl+n")


async def seen(member, text):
    """Say whether a text is in sight as soon as the page has found its place."""
    for _ in range(50):
        if text in member.sees:
            return True
        await member.pilot.pause()
    return False


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (160, 45)])
async def test_a_text_to_read_aloud_has_no_sheet_and_enter_goes_on(house, size):
    async with opened(house(), "kickoff", size) as member:
        assert not member.field.display
        assert "Ctrl+D" not in member.sees
        await member.press("enter", "enter")
        assert member.field.display
        assert member.app.focused is member.field


async def test_who_comes_is_chosen_and_what_is_being_written_stays(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member, "Anna\nBo (væk)")
        await member.write("Halvt skrevet")
        await member.press("f3")
        assert isinstance(member.screen, ListScreen)
        await member.press("2")
        assert member.field.text == "Halvt skrevet"
        await member.press("ctrl+d")
        assert "Bo, hvad fik dig" in member.sees


async def test_who_goes_is_asked_nothing_more(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member)
        await member.press("f3", "1")
        assert "Bo, hvad fik dig" in member.sees
        await member.press("f3", "escape")
        assert "Bo, hvad fik dig" in member.sees


async def test_what_stands_if_the_field_is_left_empty_is_shown_and_taken(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member, "Anna\nBo")
        await member.press("ctrl+n", "ctrl+n")
        assert "Står feltet tomt, gælder: Hele fællesskabet" in member.sees
        await member.press("ctrl+d")
        session = member.screen._session
        assert (session.turns[-1].step, session.turns[-1].how) == ("monthly", "default")


async def test_the_reason_is_told_once_with_the_answer_still_in_the_field(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member, "Anna\nBo")
        await member.press("ctrl+n", "ctrl+n")
        await member.answer("en halv time")
        assert "bestemmer." in member.sees
        assert member.field.text == "en halv time"
        await member.press("ctrl+d")
        assert "Hvor tit mødes to og to" in member.sees


@pytest.mark.parametrize("lang", LANGS)
async def test_what_the_help_lines_cover_does_not_stay_on_a_screen_that_several_look_at(lang, house):
    async with opened(house(lang), "kickoff") as member:
        await to_why_here(member)
        await member.answer(DANGER[lang])
        assert isinstance(member.screen, CardScreen)
        await member.press("1", "enter")
        assert await seen(member, "Bo, ")
        assert DANGER[lang] not in member.sees


async def test_keys_that_nobody_has_use_for_around_one_screen_do_nothing(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member)
        before = list(member.screen._session.turns)
        await member.press("ctrl+o", "ctrl+t", "f2", "f4")
        assert member.screen._session.turns == before
        assert "Anna, hvad fik dig" in member.sees


async def test_a_closed_terminal_goes_on_at_the_same_member(house, tmp_path):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member)
        await member.answer("Fordi.")
        await member.write("Halvt")
    again: House = house()
    async with opened(again, "kickoff") as member:
        assert await seen(member, "Bo, hvad fik dig")
        assert member.field.text == "Halvt"


async def test_a_weighed_answer_is_marked_whole_so_that_typing_takes_its_place_and_the_key_is_shown(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member, "Anna\nBo")
        await member.press("ctrl+n", "ctrl+n")
        for low, instead in (("20 minutter", "36 minutter"), ("når vi ses", None)):
            await member.answer(low)
            assert member.field.text == low
            assert "Ctrl+D lader jeres svar stå" in member.sees
            await (member.answer(instead) if instead else member.press("ctrl+d"))
            told = "36 minutter" if instead else "Gemt, som I skrev det"
            assert told in member.sees


async def test_one_enter_does_not_run_past_the_break_and_the_keys_are_named(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member, "Anna\nBo")
        while member.screen._question.kind != "break":
            await member.press("enter" if member.screen._reading else "ctrl+n")
        assert "Esc stopper her for i dag" in member.sees
        await member.press("enter")
        assert member.screen._question.kind == "break"
        assert "Tryk Enter en gang til" in member.sees
        await member.press("enter")
        assert member.screen._question.step == "again"


async def test_home_after_a_kickoff_names_no_command_and_all_of_it_is_seen(house):
    the_house = house()
    async with opened(the_house, "kickoff") as member:
        await to_why_here(member, "Anna\nBo")
        while type(member.screen).__name__ == "TogetherScreen":
            step = member.screen._question
            key = "enter" if member.screen._reading else "ctrl+d" if step.default else "ctrl+n"
            await member.press(key)
        assert "vidne " not in member.sees.replace("vidne\n", "")
        assert "Jeres ramme" in member.sees
        assert "Luk" in member.sees.split("\n")[-4] + member.sees.split("\n")[-3] + member.sees.split("\n")[-5]


async def test_frame_dates_and_invitation_are_reached_from_home_with_errors_told(house, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    the_house = house()
    from tests.around import charter

    if not the_house.home.exists:
        the_house.make_home("Anna", "key-file")
    the_house.circles.found(charter("da"), "Anna", tmp_path / "shared")
    async with opened(the_house, None) as member:
        member.app.screen._do("page charter")
        await member.pilot.pause()
        assert "Gem datoerne til din kalender" in member.sees
        await member.press("2")
        assert "onsdag den " in member.sees
        await member.press("escape", "4", "enter")
        assert (tmp_path / "aftaler.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
        await member.press("3")
        member.screen.query_one("Line").value = str(tmp_path / "aftaler.ics")
        await member.press("enter")
        assert "Der ligger allerede en fil" in member.sees
        await member.press("escape", "5")
        assert member.screen.query_one("Line").value == "Bo"
        await member.press("enter")
        assert "Invitationen til Bo ligger i" in member.sees
        assert "vidne1(" in (tmp_path / "invitation.txt").read_text()


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize(("lang", "size"), [("da", (80, 24)), ("da", (160, 45)), ("en", (160, 45))], ids=str)
async def test_whoever_is_to_say_whether_the_numbers_are_right_sees_all_of_them_and_both_answers(lang, size, tmp_path):
    there = House(tmp_path / "home", lang)
    there.make_home("Anna", "key-file")
    async with opened(there, "kickoff", size) as member:
        while (question := member.screen._question).step != "helplines":
            if question.step == "people":
                await member.answer("Anna\nBo")
            else:
                await member.press("enter" if member.screen._reading else "ctrl+n")
        last = f"2  {Messages.load(lang)('talk.no')}"
        assert await seen(member, last)
        assert letters(question.text) in letters(member.sees)
        await member.press("ctrl+r")
        assert await seen(member, last)
        assert letters(there.prompts.library.why("kickoff", "helplines")) in letters(member.sees)


async def test_where_nobody_is_named_yet_no_key_says_that_it_goes_on_without(house):
    async with opened(house(), "kickoff") as member:
        while member.screen._question.kind != "people":
            await member.press("enter" if member.screen._reading else "ctrl+n")
        assert "Ctrl+N" not in member.sees
        await member.answer("Anna\nBo")
        await member.press("ctrl+g")
        assert member.screen._question.kind == "people"
        assert "Ctrl+N" in member.sees


async def test_through_a_question_asked_of_each_it_is_seen_whose_turn_of_how_many_it_is(house):
    async with opened(house(), "kickoff") as member:
        await to_why_here(member)
        assert "7 af 17 · person 1 af 4" in member.sees
        await member.answer("For at lære.")
        assert "7 af 17 · person 2 af 4" in member.sees
